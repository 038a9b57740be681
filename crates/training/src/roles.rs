//! The weights that find the roles of people beside their names.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use nukil_pipeline::{Config, FeatureRows, Pipeline, RoleExample};
use nukil_types::Document;

use crate::articles::{plain, read};
use crate::choices;

/// Learns the weights from the articles of `train`, lines of JSON, and prints how many choices of
/// `tune` they make right.
pub fn learn(train: &str, tune: &str, out: &str) -> Result<()> {
    let pipeline = Pipeline::new(Config::default())?;
    let mut rows = FeatureRows::default();
    let learned = examples(&pipeline, train, &mut rows)?;
    let unseen = examples(&pipeline, tune, &mut rows)?;
    let (table, told) = choices::learn(&learned, &unseen, 4, |feature| rows[&feature].join("\t"));
    let head = "# Weights that find the roles of people beside their names, in hundredths: a conditional logit over the\n\
                # features of crates/entities/src/roles.rs. Learned by scripts/learn-links from data/gold. CC0-1.0.\n\
                side\tfeature\tvalue\tweight\n";
    fs::write(out, head.to_string() + &table).with_context(|| format!("cannot write {out}"))?;
    writeln!(std::io::stdout(), "{told} of {tune}: roles")?;
    Ok(())
}

fn examples(
    pipeline: &Pipeline,
    path: &str,
    rows: &mut FeatureRows,
) -> Result<Vec<(Vec<Vec<u64>>, usize)>> {
    let mut found = Vec::new();
    for (number, article) in read(path)?.iter().enumerate() {
        let roles = |surface: &str| {
            let surface = plain(surface);
            let named = |forms: &Vec<String>| forms.iter().any(|form| plain(form) == surface);
            let person =
                article.entities.iter().find(|it| it.r#type == "PER" && named(&it.surfaces))?;
            Some(person.roles.iter().map(|role| plain(role).to_lowercase()).collect())
        };
        let document = Document::new(number.to_string(), "-", &article.text);
        if let Ok(examples) = pipeline.role_examples(document, roles, rows) {
            found.extend(examples.into_iter().map(|it: RoleExample| (it.candidates, it.chosen)));
        }
    }
    Ok(found)
}

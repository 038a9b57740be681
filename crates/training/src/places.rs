//! The weights that tell which place of a name is meant.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use nukil_pipeline::{Choice, Config, Pipeline, PlaceExamples};
use nukil_types::Document;

use crate::articles::{plain, read};
use crate::choices;

/// Learns the weights from the articles of `train`, lines of JSON, and prints how many choices of
/// `tune` they make right.
pub fn learn(train: &str, tune: &str, out: &str) -> Result<()> {
    let pipeline = Pipeline::new(Config::default())?;
    let learned = examples(&pipeline, train)?;
    let unseen = examples(&pipeline, tune)?;
    let written = |feature| learned.rows[&feature].join("\t");
    let pairs = |choices: &[Choice]| -> Vec<choices::Choice<u64>> {
        choices.iter().map(|choice| (choice.candidates.clone(), choice.chosen)).collect()
    };
    let (table, told) =
        choices::learn(&pairs(&learned.choices), &pairs(&unseen.choices), 3, written);
    let head = "# Weights that tell which place of a name is meant, in hundredths: a conditional logit over the\n\
                # features of crates/entities/src/places.rs. Learned by scripts/learn-links from data/gold. CC0-1.0.\n\
                feature\tvalue\tweight\n";
    fs::write(out, head.to_string() + &table).with_context(|| format!("cannot write {out}"))?;
    writeln!(std::io::stdout(), "{told}: which place is meant")?;
    Ok(())
}

fn examples(pipeline: &Pipeline, path: &str) -> Result<PlaceExamples> {
    let mut found = PlaceExamples::default();
    for (number, article) in read(path)?.iter().enumerate() {
        let ids = |form: &str| {
            let form = plain(form);
            let named = |place: &&crate::articles::Linked| {
                place.surfaces.iter().any(|surface| plain(surface) == form)
            };
            Some(article.places.iter().find(named)?.ids.clone())
        };
        let document = Document::new(number.to_string(), "-", &article.text);
        // A document that cannot be read has nothing to learn from.
        let _ = pipeline.place_examples(document, ids, &mut found);
    }
    Ok(found)
}

//! The weights that find the roles of people beside their names: a conditional logit over the
//! candidates of every place, learned by L-BFGS with an L2 penalty.

use std::collections::HashMap;
use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use nukil_pipeline::{Config, FeatureRows, Pipeline, RoleExample};
use nukil_types::Document;

use crate::articles::{plain, read};

/// Strength of the L2 penalty on a weight.
const PENALTY: f64 = 0.5;
const ITERATIONS: usize = 150;
/// Choices in which a feature must occur.
const LEAST: u32 = 4;
/// Weights below this, in hundredths, are left out.
const SMALLEST: i16 = 5;

/// Learns the weights from the articles of `train`, lines of JSON, and prints how many choices of
/// `tune` they make right.
pub fn learn(train: &str, tune: &str, out: &str) -> Result<()> {
    let pipeline = Pipeline::new(Config::default())?;
    let mut rows = FeatureRows::default();
    let learned = examples(&pipeline, train, &mut rows)?;
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for example in &learned {
        let mut features: Vec<u64> = example.candidates.iter().flatten().copied().collect();
        features.sort_unstable();
        features.dedup();
        features.iter().for_each(|feature| *counts.entry(*feature).or_default() += 1);
    }
    let mut features: Vec<u64> =
        counts.iter().filter(|&(_, &count)| count >= LEAST).map(|(&feature, _)| feature).collect();
    features.sort_unstable();
    let numbers: HashMap<u64, u32> =
        features.iter().enumerate().map(|(number, &feature)| (feature, number as u32)).collect();
    let numbered = |examples: &[RoleExample]| -> Vec<(Vec<Vec<u32>>, usize)> {
        let of = |features: &Vec<u64>| {
            features.iter().filter_map(|feature| numbers.get(feature).copied()).collect()
        };
        examples.iter().map(|it| (it.candidates.iter().map(of).collect(), it.chosen)).collect()
    };
    let point = regression(&numbered(&learned), features.len());
    let mut table: Vec<String> = features
        .iter()
        .zip(&point)
        .map(|(feature, weight)| (feature, (weight * 100.0).round() as i16))
        .filter(|(_, weight)| weight.abs() >= SMALLEST)
        .map(|(feature, weight)| format!("{}\t{weight}\n", rows[feature].join("\t")))
        .collect();
    table.sort();
    let head = "# Weights that find the roles of people beside their names, in hundredths: a conditional logit over the\n\
                # features of crates/entities/src/roles.rs. Learned by scripts/learn-links from data/gold. CC0-1.0.\n\
                side\tfeature\tvalue\tweight\n";
    fs::write(out, head.to_string() + &table.concat())
        .with_context(|| format!("cannot write {out}"))?;
    let unseen = numbered(&examples(&pipeline, tune, &mut rows)?);
    let (mut right, mut found, mut roles) = (0, 0, 0);
    for (candidates, chosen) in &unseen {
        let scores = scores(candidates, &point);
        let best =
            (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
        right += usize::from(best == Some(*chosen) && *chosen > 0);
        found += usize::from(best != Some(0));
        roles += usize::from(*chosen > 0);
    }
    let all = unseen.len();
    writeln!(
        std::io::stdout(),
        "{} choices learned from, {} features; {all} choices of {tune}, {roles} with a role, {found} found, {right} right",
        learned.len(),
        features.len()
    )?;
    Ok(())
}

fn examples(pipeline: &Pipeline, path: &str, rows: &mut FeatureRows) -> Result<Vec<RoleExample>> {
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
            found.extend(examples);
        }
    }
    Ok(found)
}

fn scores(candidates: &[Vec<u32>], point: &[f64]) -> Vec<f64> {
    let score = |features: &Vec<u32>| features.iter().map(|&at| point[at as usize]).sum();
    candidates.iter().map(score).collect()
}

fn regression(examples: &[(Vec<Vec<u32>>, usize)], features: usize) -> Vec<f64> {
    let mut point = vec![0.0; features];
    let mut evaluate = |point: &[f64], gradient: &mut [f64]| {
        gradient.iter_mut().zip(point).for_each(|(slope, weight)| *slope = PENALTY * weight);
        let mut loss = 0.5 * PENALTY * point.iter().map(|weight| weight * weight).sum::<f64>();
        for (candidates, chosen) in examples {
            let mut shares = scores(candidates, point);
            let greatest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            loss -= shares[*chosen] - greatest;
            shares.iter_mut().for_each(|share| *share = (*share - greatest).exp());
            let sum: f64 = shares.iter().sum();
            loss += sum.ln();
            for (at, (features, share)) in candidates.iter().zip(&shares).enumerate() {
                let error = share / sum - f64::from(u8::from(at == *chosen));
                features.iter().for_each(|&feature| gradient[feature as usize] += error);
            }
        }
        loss
    };
    nukil_tagger::minimise(&mut point, ITERATIONS, &mut evaluate, &mut |_, _| {});
    point
}

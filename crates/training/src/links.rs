//! The weights that say whether a name is a form of another: logistic regression, learned by L-BFGS
//! with an L2 penalty.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use nukil_pipeline::{Config, LinkExample, Pipeline, clue_names};
use nukil_types::{Document, Label};

use crate::articles::{plain, read};

/// Kinds of names that have weights of their own.
const KINDS: [&str; 4] = ["person", "place", "organisation", "other"];
/// Strength of the L2 penalty on a weight.
const PENALTY: f64 = 0.5;
const ITERATIONS: usize = 200;

/// Learns the weights from the articles of `train`, lines of JSON, and prints how many pairs of names
/// of `tune` they tell right.
pub fn learn(train: &str, tune: &str, out: &str) -> Result<()> {
    let pipeline = Pipeline::new(Config::default())?;
    let (learned, unseen) = (examples(&pipeline, train)?, examples(&pipeline, tune)?);
    let names = clue_names();
    let weights: Vec<Vec<f64>> =
        (0..KINDS.len()).map(|kind| regression(&learned, kind, names.len())).collect();
    let mut table = String::from(
        "# Weights that say whether a name of a document is a form of another, in hundredths: a logistic regression\n\
         # over the clues of crates/entities/src/likeness.rs. Learned by scripts/learn-links from data/gold. CC0-1.0.\n\
         clue\tperson\tplace\torganisation\tother\n",
    );
    let mut sorted: Vec<(usize, &&str)> = names.iter().enumerate().collect();
    sorted.sort_by_key(|(_, name)| **name);
    for (clue, name) in sorted {
        let own: Vec<String> =
            weights.iter().map(|of| format!("{:.0}", of[clue] * 100.0 + 0.0)).collect();
        let own = own.join("\t").replace("-0\t", "0\t");
        table += &format!("{name}\t{own}\n");
    }
    fs::write(out, table).with_context(|| format!("cannot write {out}"))?;
    let mut told = std::io::stdout();
    for (kind, name) in KINDS.iter().enumerate() {
        let (mut right, mut joined, mut same, mut all) = (0, 0, 0, 0);
        for example in unseen.iter().filter(|it| it.kind == kind) {
            let join = example.clues.iter().map(|&clue| weights[kind][clue]).sum::<f64>() > 0.0;
            right += usize::from(join && example.same);
            joined += usize::from(join);
            same += usize::from(example.same);
            all += 1;
        }
        writeln!(
            told,
            "{name}: {all} pairs, {same} of one thing, {joined} joined, {right} of these right"
        )?;
    }
    Ok(())
}

fn examples(pipeline: &Pipeline, path: &str) -> Result<Vec<LinkExample>> {
    let mut found = Vec::new();
    for (number, article) in read(path)?.iter().enumerate() {
        let entities = |surface: &str, label: &Label| {
            let surface = plain(surface);
            let annotated = article.entities.iter().enumerate();
            let named = annotated.filter(|(_, entity)| {
                entity.r#type == label.as_str()
                    && entity.surfaces.iter().any(|other| plain(other) == surface)
            });
            named.map(|(number, _)| number).collect()
        };
        let document = Document::new(number.to_string(), "-", &article.text);
        if let Ok(examples) = pipeline.link_examples(document, entities) {
            found.extend(examples);
        }
    }
    Ok(found)
}

/// The weights of all clues for names of one kind.
fn regression(examples: &[LinkExample], kind: usize, clues: usize) -> Vec<f64> {
    let own: Vec<&LinkExample> = examples.iter().filter(|it| it.kind == kind).collect();
    let mut point = vec![0.0; clues];
    let mut evaluate = |point: &[f64], gradient: &mut [f64]| {
        gradient.iter_mut().zip(point).for_each(|(slope, weight)| *slope = PENALTY * weight);
        let mut loss = 0.5 * PENALTY * point.iter().map(|weight| weight * weight).sum::<f64>();
        for example in &own {
            let score: f64 = example.clues.iter().map(|&clue| point[clue]).sum();
            let margin = if example.same { score } else { -score };
            loss += (-margin).exp().ln_1p();
            let error = 1.0 / (1.0 + (-score).exp()) - f64::from(u8::from(example.same));
            example.clues.iter().for_each(|&clue| gradient[clue] += error);
        }
        loss
    };
    nukil_tagger::minimise(&mut point, ITERATIONS, &mut evaluate, &mut |_, _| {});
    point
}

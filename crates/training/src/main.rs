//! Learns the small classifiers that nukil ships.
//!
//! usage: nukil-training uses TRAIN.tsv TUNE.tsv OUT
//!        nukil-training links TRAIN.jsonl TUNE.jsonl OUT
//!        nukil-training roles TRAIN.jsonl TUNE.jsonl OUT
//!        nukil-training places TRAIN.jsonl TUNE.jsonl OUT
//!        nukil-training quotes TRAIN.jsonl TUNE.jsonl CLAUSES SPEAKERS
//!
//! `uses` tells places that say which of something is meant ("Presiden AS") from others:
//! `crates/data/compiled/uses.bin`, made by `scripts/train-model`. In the token files the places that
//! were labelled by reading bear the labels PLAIN and QUALIFIER. The last line says how many places of
//! TUNE are right.
//!
//! `links` tells whether a name of a document is a form of another: `data/links/weights.tsv`, made by
//! `scripts/learn-links`, which also makes `data/roles/weights.tsv` by `roles`: where the roles of
//! people stand beside their names, and `data/quotes/clauses.tsv` and `speakers.tsv` by `quotes`: which
//! sentences say what someone said, and who; and `data/links/places.tsv` by `places`: which place of a name
//! is meant.

mod articles;
mod choices;
mod links;
mod places;
mod quotes;
mod roles;

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, bail};
use nukil_entities::{PLAIN, QUALIFIER};
use nukil_pipeline::{Recast, Tokens, Workbench};
use nukil_tagger::{Example, Labels, SpanClassifier, SpanSettings};

/// How much a copy in lower case counts beside the text itself.
const LOWER: f64 = 0.3;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["uses", train, tune, out] => learn_uses(train, tune, out),
        ["links", train, tune, out] => links::learn(train, tune, out),
        ["places", train, tune, out] => places::learn(train, tune, out),
        ["roles", train, tune, out] => roles::learn(train, tune, out),
        ["quotes", train, tune, clauses, speakers] => quotes::learn(train, tune, clauses, speakers),
        _ => bail!(
            "usage: nukil-training uses|links|places|roles TRAIN TUNE OUT, or quotes TRAIN TUNE CLAUSES SPEAKERS"
        ),
    }
}

fn learn_uses(train: &str, tune: &str, out: &str) -> Result<()> {
    let bench = Workbench::new()?;
    let labels = Labels::new([PLAIN, QUALIFIER].map(String::from));
    let examples = |path: &str, recast, weight| -> Result<Vec<Example>> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
        let sentences = nukil_tagger::read(&text, true).with_context(|| path.to_string())?;
        Ok(bench.examples(&sentences, &labels, Tokens::Given, recast, 0, weight))
    };
    let mut learned = examples(train, Recast::AsWritten, 1.0)?;
    learned.extend(examples(train, Recast::Lower, LOWER)?);
    // With 2 in place of 4 the same number of places is right, with twice the features.
    let settings = SpanSettings { least: 4, ..SpanSettings::default() };
    let classifier = SpanClassifier::train(&labels, bench.clusters(), &learned, settings);
    let (mut right, mut all) = (0, 0);
    for example in examples(tune, Recast::AsWritten, 1.0)? {
        let words: Vec<(&str, &str)> = example.pairs().collect();
        for place in labels.stretches(&example.labels) {
            let tokens = place.start..place.end;
            let found = classifier.probabilities(bench.clusters(), &words, &example.signs, tokens);
            right += usize::from(found[place.kind] > 0.5);
            all += 1;
        }
    }
    fs::write(out, classifier.to_bytes()).with_context(|| format!("cannot write {out}"))?;
    writeln!(std::io::stdout(), "{right} of {all} places of {tune} right")?;
    Ok(())
}

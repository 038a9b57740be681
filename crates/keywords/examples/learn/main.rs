//! Learns the weights of the ranker from articles with the tags of their editors.
//!
//! ```text
//! learn RECORDS.jsonl TAGGED.jsonl > weights.tsv
//! ```
//!
//! RECORDS are what `nukil extract --tokens --output-format jsonl` says of the texts in TAGGED, one
//! a line and in the same order; a line of TAGGED has title, text and tags, and its text for the
//! program is the title, an empty line and the text. The weights of a logistic regression over all
//! articles go to standard output. Standard error has how well they do: on the articles they were
//! learned from, and five-fold (learned from four parts, measured on the fifth), with the parts
//! taken in turn and as five stretches, which neighbours on one story do not straddle.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program, not a library")]

mod logistic;
mod record;

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use nukil_keywords::{Feature, Features, Ranker, Scratch, Weights, background};
use nukil_types::Document;

/// An article with its gold tags, in plain form.
struct Article {
    document: Document,
    tags: HashSet<String>,
}

/// One candidate of one article: its evidence, and whether an editor chose it.
struct Example {
    article: usize,
    features: Features,
    chosen: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [records, tagged] = &arguments[..] else {
        return Err("usage: learn RECORDS.jsonl TAGGED.jsonl > weights.tsv".into());
    };
    let mut articles = Vec::new();
    for (record, gold) in
        fs::read_to_string(records)?.lines().zip(fs::read_to_string(tagged)?.lines())
    {
        let gold: serde_json::Value = serde_json::from_str(gold)?;
        let text =
            format!("{}\n\n{}", record::string(&gold["title"]), record::string(&gold["text"]));
        let tags = record::list(&gold["tags"]).iter().map(|tag| plain(record::string(tag)));
        let document = record::document(&serde_json::from_str(record)?, text);
        articles.push(Article { document, tags: tags.collect() });
    }

    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let table = |name: &str| fs::read_to_string(data.join(name));
    let compiled = background::compile(
        &table("frequencies/words.tsv")?,
        &table("frequencies/phrases.tsv")?,
        &table("frequencies/headlines.tsv")?,
    )?;
    let ranker = Ranker::new(compiled.leak(), &Weights::statistical().to_tsv(""))?;
    let examples = examples(&ranker, &articles);
    let reached = examples.iter().filter(|example| example.chosen).count();
    let tags: usize = articles.iter().map(|article| article.tags.len()).sum();
    eprintln!("{} candidates, {reached} of {tags} tags among them", examples.len());

    let report = |name: &str, tally: &Tally| eprintln!("{name}: F1@5 {:.2}", tally.f1());
    let all: Vec<usize> = (0..articles.len()).collect();
    let mut tally = Tally::default();
    tally.measure(&ranker, &mut articles, &all);
    report("weights set by hand", &tally);
    for (name, stretches) in [("five-fold, parts in turn", false), ("five-fold, stretches", true)] {
        let count = articles.len();
        let part = |article: usize| if stretches { article * 5 / count } else { article % 5 };
        let mut tally = Tally::default();
        for held in 0..5 {
            let weights = learn(&examples, |article| part(article) != held);
            let kept: Vec<usize> = all.iter().copied().filter(|&at| part(at) == held).collect();
            tally.measure(&ranker.clone().with_weights(weights), &mut articles, &kept);
        }
        report(name, &tally);
    }
    let weights = learn(&examples, |_| true);
    let mut tally = Tally::default();
    tally.measure(&ranker.with_weights(weights.clone()), &mut articles, &all);
    report("articles learned from", &tally);
    print!("{}", weights.to_tsv(COMMENTS));
    Ok(())
}

/// What the file of weights says of itself.
const COMMENTS: &str = "\
# Weights of the evidence for a keyword: a logistic regression over the features of nukil_keywords::Feature.
# Learned by crates/keywords/examples/learn from the tags that editors gave 307 Indonesian news articles
# (gikirima/indonews-scrapper; no text or tag is kept). The weight of link is set by hand: these articles are no pages
# and have no links. CC0-1.0.
";

fn examples(ranker: &Ranker, articles: &[Article]) -> Vec<Example> {
    let mut scratch = Scratch::new();
    let mut examples = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        ranker.evidence(&article.document, &mut scratch, |phrase, features| {
            let chosen = article.tags.contains(&plain(phrase));
            examples.push(Example { article: index, features: *features, chosen });
        });
    }
    examples
}

fn learn(examples: &[Example], wanted: impl Fn(usize) -> bool) -> Weights {
    let rows: Vec<(&Features, bool)> = examples
        .iter()
        .filter(|example| wanted(example.article))
        .map(|example| (&example.features, example.chosen))
        .collect();
    logistic::fit(&rows).with(Feature::Link, Weights::LINK)
}

/// Counts behind precision and recall.
#[derive(Default)]
struct Tally {
    right: usize,
    found: usize,
    tags: usize,
}

impl Tally {
    fn measure(&mut self, ranker: &Ranker, articles: &mut [Article], indices: &[usize]) {
        let mut scratch = Scratch::new();
        for &index in indices {
            let Article { document, tags } = &mut articles[index];
            ranker.rank(document, &mut scratch, 15);
            let mut found: Vec<String> = Vec::new();
            for keyword in document.keywords.iter().map(|keyword| plain(&keyword.text)) {
                if !keyword.is_empty() && !found.contains(&keyword) {
                    found.push(keyword);
                }
            }
            found.truncate(5);
            self.right += found.iter().filter(|keyword| tags.contains(*keyword)).count();
            self.found += found.len();
            self.tags += tags.len();
        }
    }

    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.tags).max(1) as f64
    }
}

/// Lower case, letters, digits and underscores only, single spaces: how tags are compared.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|character: char| !character.is_alphanumeric() && character != '_');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

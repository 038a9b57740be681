//! Learns the weights, the habits and the trees of the ranker from articles with keyphrases that an editor
//! or an annotator gave them.
//!
//! ```text
//! learn FOLDER NAME RECORDS.jsonl ARTICLES.jsonl [NAME RECORDS.jsonl ARTICLES.jsonl ...]
//! ```
//!
//! A line of ARTICLES has text and keyphrases; RECORDS are what `nukil extract --tokens
//! --output-format jsonl` says of these texts, one a line and in the same order. The tables go into
//! FOLDER. Standard error has how well they do on each set: five-fold (learned from four parts of all
//! sets, measured on the fifth; near-duplicates are in one part) and on the articles they were learned
//! from. A set whose name begins with `unseen` is only measured.

#![allow(clippy::print_stderr, reason = "a program, not a library")]

mod boosting;
mod duplicates;
mod habits;
mod logistic;
mod record;

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use boosting::Row;
use habits::Counts;
use nukil_keywords::{Feature, Features, Habits, Ranker, Scratch, Weights, background};
use nukil_types::Document;

/// Parts of the articles.
const PARTS: usize = 5;

/// An article with its keyphrases, in plain form.
struct Article {
    set: String,
    part: usize,
    document: Document,
    keyphrases: HashSet<String>,
}

impl Article {
    fn is_unseen(&self) -> bool {
        self.set.starts_with("unseen")
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, sets) = match &arguments[..] {
        [folder, sets @ ..] if !sets.is_empty() && sets.len() % 3 == 0 => (folder, sets),
        _ => return Err("usage: learn FOLDER [NAME RECORDS.jsonl ARTICLES.jsonl]...".into()),
    };
    let mut articles = Vec::new();
    for set in sets.chunks(3) {
        read(set, &mut articles)?;
    }
    duplicates::share_parts(&mut articles);

    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let table = |name: &str| fs::read_to_string(data.join(name));
    let compiled = background::compile(
        &table("frequencies/words.tsv")?,
        &table("frequencies/phrases.tsv")?,
        &table("frequencies/headlines.tsv")?,
    )?;
    let ranker = Ranker::new(compiled.leak(), &Weights::statistical().to_tsv(""))?;
    let counts = count(&ranker, &articles);

    let mut tally = Tally::default();
    let seen = |article: &Article| !article.is_unseen();
    tally.measure(&ranker, &mut articles, &seen);
    tally.report("weights set by hand");
    let mut tally = Tally::default();
    for held in 0..PARTS {
        let model = Model::learn(&ranker, &articles, &counts, Some(held))?;
        let kept = |article: &Article| article.part == held && !article.is_unseen();
        tally.measure(&model.ranker(&ranker)?, &mut articles, &kept);
    }
    tally.report("five-fold");
    let model = Model::learn(&ranker, &articles, &counts, None)?;
    let mut tally = Tally::default();
    tally.measure(&model.ranker(&ranker)?, &mut articles, &|_| true);
    tally.report("learned from all");
    model.write(Path::new(folder))?;
    Ok(())
}

fn read(set: &[String], articles: &mut Vec<Article>) -> Result<(), Box<dyn Error>> {
    let [name, records, gold] = set else { return Err("three arguments a set".into()) };
    let (records, gold) = (fs::read_to_string(records)?, fs::read_to_string(gold)?);
    for (number, (record, gold)) in records.lines().zip(gold.lines()).enumerate() {
        let gold: serde_json::Value = serde_json::from_str(gold)?;
        let keyphrases = record::list(&gold["keyphrases"]).iter().map(record::string).map(plain);
        let text = record::string(&gold["text"]).to_string();
        articles.push(Article {
            set: name.clone(),
            part: number % PARTS,
            document: record::document(&serde_json::from_str(record)?, text),
            keyphrases: keyphrases.collect(),
        });
    }
    Ok(())
}

/// What editors chose, counted by the parts of the articles.
fn count(ranker: &Ranker, articles: &[Article]) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); PARTS];
    let mut scratch = Scratch::new();
    for article in articles.iter().filter(|article| !article.is_unseen()) {
        ranker.evidence(&article.document, &mut scratch, |phrase, _| {
            counts[article.part].add(phrase, article.keyphrases.contains(&plain(phrase)));
        });
    }
    counts
}

/// All that is learned.
struct Model {
    habits: Counts,
    weights: Weights,
    forest: nukil_keywords::Forest,
}

impl Model {
    /// Learns from all parts but `held`. The habits that an article is learned with are those of the other
    /// parts, as they will be those of other articles when a new one is ranked.
    fn learn(
        ranker: &Ranker,
        articles: &[Article],
        counts: &[Counts],
        held: Option<usize>,
    ) -> Result<Self, Box<dyn Error>> {
        let without = |parts: &[Option<usize>]| {
            let mut habits = Counts::default();
            let kept = counts.iter().enumerate().filter(|&(part, _)| !parts.contains(&Some(part)));
            kept.for_each(|(_, counts)| habits.join(counts));
            habits
        };
        let learned = (0..PARTS).filter(|&part| Some(part) != held);
        let mut of_parts = Vec::new();
        for part in learned {
            let habits = Habits::parse(&without(&[held, Some(part)]).to_tsv(""))?;
            of_parts.push((part, ranker.clone().with_habits(habits)));
        }
        let of_part =
            |wanted: usize| articles.iter().filter(move |it| it.part == wanted && !it.is_unseen());

        let mut scratch = Scratch::new();
        let mut examples: Vec<(Features, bool)> = Vec::new();
        for (part, ranker) in &of_parts {
            for article in of_part(*part) {
                ranker.evidence(&article.document, &mut scratch, |phrase, features| {
                    examples.push((*features, article.keyphrases.contains(&plain(phrase))));
                });
            }
        }
        let weights = logistic::fit(&examples).with(Feature::Link, Weights::LINK);

        let mut rows = Vec::new();
        for (part, ranker) in of_parts {
            let ranker = ranker.with_weights(weights.clone());
            for article in of_part(part) {
                ranker.second_evidence(&article.document, &mut scratch, |phrase, evidence| {
                    let chosen = article.keyphrases.contains(&plain(phrase));
                    rows.push(Row { evidence: *evidence, chosen });
                });
            }
        }
        let forest = boosting::fit(&rows);
        Ok(Model { habits: without(&[held]), weights, forest })
    }

    fn ranker(&self, ranker: &Ranker) -> Result<Ranker, Box<dyn Error>> {
        let habits = Habits::parse(&self.habits.to_tsv(""))?;
        let ranker = ranker.clone().with_weights(self.weights.clone());
        Ok(ranker.with_habits(habits).with_forest(self.forest.clone()))
    }

    fn write(&self, folder: &Path) -> Result<(), Box<dyn Error>> {
        fs::write(folder.join("weights.tsv"), self.weights.to_tsv(WEIGHTS))?;
        fs::write(folder.join("habits.tsv"), self.habits.to_tsv(HABITS))?;
        fs::write(folder.join("trees.tsv"), self.forest.to_tsv(TREES))?;
        Ok(())
    }
}

/// What the tables say of themselves.
const WEIGHTS: &str = "\
# Weights of the evidence for a keyword: a logistic regression over the features of nukil_keywords::Feature.
# Learned by scripts/learn-keywords from the tags of editors and the keyphrases of annotators; no text is kept.
# The weight of link is set by hand: the articles are no pages and have no links. CC0-1.0.
";
const HABITS: &str = "\
# How much oftener than others a phrase, a first word or a last word was chosen as a keyword: logarithm of its
# rate over that of all candidates, smoothed. Learned by scripts/learn-keywords. CC0-1.0.
";
const TREES: &str = "\
# Trees that rank the best candidates once more: four questions and sixteen scores each, see nukil_keywords::Forest.
# Learned by scripts/learn-keywords, in this order. CC0-1.0.
";

/// Counts behind precision and recall, for each set.
#[derive(Default)]
struct Tally(BTreeMap<String, [usize; 3]>);

impl Tally {
    fn measure(
        &mut self,
        ranker: &Ranker,
        articles: &mut [Article],
        wanted: &dyn Fn(&Article) -> bool,
    ) {
        let mut scratch = Scratch::new();
        for article in articles.iter_mut().filter(|article| wanted(article)) {
            ranker.rank(&mut article.document, &mut scratch, 10);
            let mut found: Vec<String> = Vec::new();
            for keyword in article.document.keywords.iter().map(|keyword| plain(&keyword.text)) {
                if !keyword.is_empty() && !found.contains(&keyword) {
                    found.push(keyword);
                }
            }
            found.truncate(5);
            let right = found.iter().filter(|keyword| article.keyphrases.contains(*keyword));
            let counts = self.0.entry(article.set.clone()).or_default();
            counts[0] += right.count();
            counts[1] += found.len();
            counts[2] += article.keyphrases.len();
        }
    }

    fn report(&self, name: &str) {
        let of_set = |(set, [right, found, gold]): (&String, &[usize; 3])| {
            let f1 = 200.0 * *right as f64 / (found + gold).max(1) as f64;
            format!("{set} {f1:.2}")
        };
        let sets: Vec<String> = self.0.iter().map(of_set).collect();
        eprintln!("F1@5, {name}: {}", sets.join(", "));
    }
}

/// Lower case, letters, digits and underscores only, single spaces: how keyphrases are compared.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|character: char| !character.is_alphanumeric() && character != '_');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

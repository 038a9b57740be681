//! Annotated articles, as lines of JSON.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

/// An annotated article.
#[derive(Deserialize)]
pub struct Article {
    pub text: String,
    pub entities: Vec<Annotated>,
    /// Nothing where quotations are not annotated.
    pub quotes: Option<Vec<Said>>,
    /// The places whose identifiers are annotated.
    #[serde(default)]
    pub places: Vec<Linked>,
}

/// A place with its identifiers, of which each is right; none where the gazetteer has no such place.
#[derive(Deserialize)]
pub struct Linked {
    pub surfaces: Vec<String>,
    pub ids: Vec<String>,
}

/// A quotation that the annotators have: the words with which it begins and ends.
#[derive(Deserialize)]
pub struct Said {
    pub speaker: Option<String>,
    pub from: String,
    pub to: String,
}

/// An entity that the annotators have.
#[derive(Deserialize)]
pub struct Annotated {
    pub r#type: String,
    pub surfaces: Vec<String>,
    #[serde(default)]
    pub roles: Vec<String>,
}

/// The articles of a file.
pub fn read(path: &str) -> Result<Vec<Article>> {
    let lines = fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    let article = |(number, line)| {
        serde_json::from_str(line).with_context(|| format!("{path}, line {}", number + 1))
    };
    lines.lines().enumerate().map(article).collect()
}

/// A text with single blanks.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

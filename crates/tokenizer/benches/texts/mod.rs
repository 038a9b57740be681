//! The texts that are measured on: the collection of news beside the project where it is at hand,
//! else the samples of `data/`, over and over.

mod files;

use std::fs;
use std::path::Path;

use files::files;
use nukil_types::{Document, Span};

/// Bytes that are measured on at the least.
const LEAST: usize = 8 << 20;

/// The texts, a document each, and what they are.
pub fn texts() -> (&'static str, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let news = files(&root.join("../shared/corpora/bulk"), "jsonl");
    let texts: Vec<String> = news
        .iter()
        .flat_map(|path| {
            fs::read_to_string(path).expect("a collection").lines().map(text).collect::<Vec<_>>()
        })
        .collect();
    if !texts.is_empty() {
        return ("news", texts);
    }
    let samples: Vec<String> = files(&root.join("data/samples"), "txt")
        .iter()
        .map(|path| fs::read_to_string(path).expect("a sample"))
        .collect();
    let bytes: usize = samples.iter().map(String::len).sum();
    let times = LEAST.div_ceil(bytes);
    ("samples", samples.iter().cycle().take(samples.len() * times).cloned().collect())
}

/// Documents of the texts, each all prose.
pub fn documents(texts: &[String]) -> Vec<Document> {
    let whole = |text: &String| {
        let mut document = Document::new("", "", text.clone());
        document.body.push(Span::new(0, text.len()));
        document
    };
    texts.iter().map(whole).collect()
}

/// The field `text` of a line of JSON.
fn text(line: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
    record["text"].as_str().expect("a text").to_string()
}

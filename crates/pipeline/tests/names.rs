//! Golden sentences: which names the whole chain finds in them.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::{Document, Label};

/// A sentence with its names in brackets: `[PER Antony Blinken] tiba`.
fn bracketed(document: &Document) -> String {
    let mut text = document.text.clone();
    for mention in document.mentions.iter().rev() {
        let name = document.slice(mention.span);
        let marked = format!("[{} {name}]", mention.label.as_str());
        text.replace_range(mention.span.start..mention.span.end, &marked);
    }
    text
}

/// The sentence without the brackets.
fn plain(golden: &str) -> String {
    let mut text = golden.to_string();
    for label in [Label::Person, Label::Location, Label::Organisation] {
        text = text.replace(&format!("[{} ", label.as_str()), "");
    }
    text.replace(']', "")
}

#[test]
fn golden_sentences() {
    let pipeline =
        Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap();
    let golden: Vec<&str> = include_str!("names.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let documents = golden.iter().map(|line| Document::new("1", "-", plain(line))).collect();
    let found = pipeline.process_batch(documents);
    let wrong: Vec<String> = golden
        .iter()
        .zip(found)
        .map(|(line, document)| (line, bracketed(&document.unwrap())))
        .filter(|(line, found)| **line != found)
        .map(|(line, found)| format!("expected {line}\n   found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), golden.len(), wrong.join("\n"));
}

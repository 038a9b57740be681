//! Golden files of texts with what is found in them. Cases are parted by an empty line; lines that begin
//! with ">" are expected, those with "#" are left out, and the rest is the text.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::Document;

/// Compares what `found` writes of every document with what the file expects, of at least `least` cases.
pub fn check(golden: &str, least: usize, found: impl Fn(&Document) -> Vec<String>) {
    let pipeline =
        Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap();
    let lines: Vec<&str> = golden.lines().filter(|line| !line.starts_with('#')).collect();
    let cases: Vec<(String, Vec<&str>)> = lines
        .split(|line| line.is_empty())
        .filter(|case| !case.is_empty())
        .map(|case| {
            let (expected, text): (Vec<&str>, Vec<&str>) =
                case.iter().partition(|line| line.starts_with('>'));
            (text.join("\n"), expected)
        })
        .collect();
    assert!(cases.len() >= least, "only {} cases were read", cases.len());
    let documents = cases.iter().map(|(text, _)| Document::new("1", "-", text.as_str())).collect();
    let processed = pipeline.process_batch(documents);
    let wrong: Vec<String> = cases
        .iter()
        .zip(processed)
        .map(|((text, expected), document)| (text, expected, found(&document.unwrap())))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| {
            format!("{text}\n expected\n{}\n found\n{}", expected.join("\n"), found.join("\n"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

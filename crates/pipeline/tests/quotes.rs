//! Golden quotations: who says what, as the whole chain reads it.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::{Document, Span};

/// The quotations as the golden file writes them.
fn found(document: &Document) -> Vec<String> {
    let words = |span: Option<Span>| span.map_or("-", |span| document.slice(span));
    let line = |quote: &nukil_types::Quote| {
        let speaker = quote.speaker.map_or("-", |at| document.entities[at].name.as_str());
        let said = document.slice(quote.span).replace('\n', "⏎");
        let (speaker_text, verb) = (words(quote.speaker_span), words(quote.verb));
        let (kind, via) = (quote.kind.as_str(), words(quote.via));
        format!("> {kind} | {speaker} | {speaker_text} | {verb} | {via} | {said}")
    };
    document.quotes.iter().map(line).collect()
}

#[test]
fn golden_quotations() {
    let pipeline =
        Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap();
    let golden: Vec<&str> =
        include_str!("quotes.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let cases: Vec<(String, Vec<&str>)> = golden
        .split(|line| line.is_empty())
        .filter(|case| !case.is_empty())
        .map(|case| {
            let (quotes, text): (Vec<&str>, Vec<&str>) =
                case.iter().partition(|line| line.starts_with('>'));
            (text.join("\n"), quotes)
        })
        .collect();
    assert!(cases.len() > 40, "only {} cases were read", cases.len());
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

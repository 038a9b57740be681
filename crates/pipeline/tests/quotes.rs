//! Golden quotations: who says what, as the whole chain reads it.

mod golden;

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
    golden::check(include_str!("quotes.txt"), 70, found);
}

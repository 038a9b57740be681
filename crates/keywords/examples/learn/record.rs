//! A document as the program's JSON Lines describe it, so that the weights are learned from what
//! the whole chain of stages finds, through its documented interface.

use nukil_types::{
    Dateline, Document, Entity, Label, Mention, MentionSource, Sentence, Span, TokenKind,
};
use serde_json::Value;

/// The text of a JSON string; empty for anything else.
pub(crate) fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The elements of a JSON array; none for anything else.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The document that `record` describes and whose text is `text`.
pub(crate) fn document(record: &Value, text: String) -> Document {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let offset = |value: &Value| {
        let at = value.as_u64().unwrap_or(0) as usize;
        bytes.get(at).copied().unwrap_or(text.len())
    };
    let span =
        |start: &Value, end: &Value| Span::new(offset(start), offset(end).max(offset(start)));

    let mut document = Document::new(string(&record["id"]), "-", text.clone());
    document.title = record["title"].as_str().map(str::to_string);
    document.title_span = record["title_span"].as_array().map(|ends| span(&ends[0], &ends[1]));
    document.dateline = Dateline {
        outlet: record["dateline"]["outlet"].as_str().map(str::to_string),
        place: record["dateline"]["place"].as_str().map(str::to_string),
    };
    for token in list(&record["tokens"]) {
        let span = span(&token["start"], &token["end"]);
        document.push_token(span, kind(&text[span.start..span.end]));
        let index = document.tokens.len() - 1;
        document.tokens[index].stop = token["stop"].as_bool().unwrap_or(false);
        document.set_lemma(index, string(&token["lemma"]));
    }
    for ends in list(&record["sentences"]) {
        let span = span(&ends[0], &ends[1]);
        let tokens = tokens_of(&document, span);
        let headline = document.title_span.is_some_and(|title| title.contains(span));
        document.sentences.push(Sentence { span, tokens, headline });
    }
    let ids: Vec<&str> =
        list(&record["entities"]).iter().map(|entity| string(&entity["id"])).collect();
    for entity in list(&record["entities"]) {
        document.entities.push(Entity {
            label: Label::parse(string(&entity["label"])),
            kind: None,
            name: string(&entity["name"]).to_string(),
            aliases: Vec::new(),
            roles: Vec::new(),
            gazetteer_id: None,
            country: None,
            province: None,
            regency: None,
            latitude: None,
            longitude: None,
            mentions: entity["mentions"].as_u64().unwrap_or(0) as usize,
            first_start: 0,
            salience: entity["salience"].as_f64().unwrap_or(0.0),
        });
    }
    for mention in list(&record["mentions"]) {
        let span = span(&mention["start"], &mention["end"]);
        let Some(entity) = ids.iter().position(|id| *id == string(&mention["entity"])) else {
            continue;
        };
        document.mentions.push(Mention {
            span,
            tokens: tokens_of(&document, span),
            label: Label::parse(string(&mention["label"])),
            entity,
            sentence: 0,
            score: mention["score"].as_f64().unwrap_or(0.0),
            found_by: MentionSource::Rule,
            qualifier: false,
        });
    }
    document
}

fn tokens_of(document: &Document, span: Span) -> std::ops::Range<usize> {
    let start = document.tokens.partition_point(|token| token.span.start < span.start);
    let end = document.tokens.partition_point(|token| token.span.start < span.end);
    start..end.max(start)
}

/// The kind of a token from its surface, which is all that a record says of it.
fn kind(surface: &str) -> TokenKind {
    let address = surface.contains("://") || surface.starts_with(['@', '#']) && surface.len() > 1;
    let first = surface.chars().find(|character| character.is_alphanumeric());
    match first {
        _ if address => TokenKind::Address,
        Some(first) if first.is_numeric() => TokenKind::Number,
        Some(_) => TokenKind::Word,
        None => TokenKind::Punctuation,
    }
}

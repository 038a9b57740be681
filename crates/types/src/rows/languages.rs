use super::numbers::{SCORE, round};
use crate::Document;

/// Code and confidence of the document's language; `und` and no confidence where nothing was
/// identified.
pub fn language(document: &Document) -> (&str, f64) {
    match &document.language {
        Some(language) => (&language.code, round(language.confidence, SCORE)),
        None => ("und", 0.0),
    }
}

/// Codes of all languages of the document, that of the most of it first.
pub fn languages(document: &Document) -> Vec<&str> {
    let mut codes = vec![language(document).0];
    for passage in &document.passages {
        if !codes.contains(&passage.language.code.as_str()) {
            codes.push(&passage.language.code);
        }
    }
    codes
}

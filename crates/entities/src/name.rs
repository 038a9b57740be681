//! A name in the text, as the stages of this crate hand it on.

use std::ops::Range;

use nukil_gazetteer::Gazetteer;
use nukil_types::{Document, Label, MentionSource, Span};

/// A name in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// Number of its sentence.
    pub sentence: usize,
    pub tokens: Range<usize>,
    /// Where it stands. It begins or ends within a token where two names are joined by a hyphen:
    /// "Anies-Muhaimin", "se-Lampung".
    pub span: Span,
    pub label: Label,
    /// From 0 to 1.
    pub score: f64,
    pub found_by: MentionSource,
}

impl Name {
    /// A name that covers whole tokens.
    pub fn new(document: &Document, sentence: usize, tokens: Range<usize>, label: Label) -> Self {
        let span = document.span_of(tokens.clone());
        Name { sentence, tokens, span, label, score: 1.0, found_by: MentionSource::Tagger }
    }

    /// Whether a gazetteer of the user's asserts it.
    pub fn is_asserted(&self) -> bool {
        self.found_by == MentionSource::User
    }

    /// Whether it begins or ends within a token.
    pub fn is_partial(&self, document: &Document) -> bool {
        self.span != document.span_of(self.tokens.clone())
    }
}

/// The names that the user's gazetteers assert, in text order, without overlap: of several that
/// begin at one word the longest.
pub(crate) fn asserted(document: &Document, gazetteer: &Gazetteer<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    if !gazetteer.asserts() {
        return names;
    }
    for (number, sentence) in document.sentences.iter().enumerate() {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match gazetteer.asserted_at(document, at..sentence.tokens.end) {
                Some(found) => {
                    let tokens = at..at + found.length;
                    at = tokens.end;
                    let name = Name::new(document, number, tokens, found.label.clone());
                    names.push(Name { found_by: MentionSource::User, ..name });
                }
                None => at += 1,
            }
        }
    }
    names
}

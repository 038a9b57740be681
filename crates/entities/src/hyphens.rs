//! Names that share a token: "Anies-Muhaimin" are two people, "Jakarta-Bandung" are two places,
//! "se-Lampung" and "7-Sterling" hold a name behind the hyphen.

use nukil_gazetteer::{Gazetteer, Part};
use nukil_types::{Document, Label, Span};
use rustc_hash::FxHashSet;

use crate::name::Name;
use crate::view::Views;

/// What stands before the hyphen of a name without being part of it.
const PREFIXES: [&str; 9] = ["se", "non", "pro", "anti", "pasca", "eks", "pra", "antar", "lintas"];

/// Divides names with a hyphen in a document.
pub(crate) struct Hyphens<'d, 'g> {
    document: &'d Document,
    views: &'d Views,
    gazetteer: &'d Gazetteer<'g>,
    /// All words of the document, once they were asked for.
    words: Option<FxHashSet<&'d str>>,
}

impl<'d, 'g> Hyphens<'d, 'g> {
    pub(crate) fn new(
        document: &'d Document,
        views: &'d Views,
        gazetteer: &'d Gazetteer<'g>,
    ) -> Self {
        Hyphens { document, views, gazetteer, words: None }
    }

    /// The names in a name: itself, what is behind the hyphen, or one on each side.
    pub(crate) fn split(&mut self, name: Name) -> impl Iterator<Item = Name> {
        let hyphen = name.tokens.clone().find(|&at| self.views.token(at).hyphen);
        let (left, right) = match hyphen.map(|at| self.divide(&name, at)) {
            None | Some(Division::Whole) => (name, None),
            Some(Division::Behind(start)) => {
                (Name { span: Span::new(start, name.span.end), ..name }, None)
            }
            Some(Division::Both { at, end, start }) => {
                let right = Name {
                    tokens: at..name.tokens.end,
                    span: Span::new(start, name.span.end),
                    ..name.clone()
                };
                let span = Span::new(name.span.start, end);
                (Name { tokens: name.tokens.start..at + 1, span, ..name }, Some(right))
            }
        };
        [left].into_iter().chain(right)
    }

    fn divide(&mut self, name: &Name, at: usize) -> Division {
        let token = &self.document.tokens[at];
        let surface = self.document.surface(token);
        let Some((left, right)) = surface.split_once('-') else { return Division::Whole };
        let capital = |part: &str| part.starts_with(char::is_uppercase);
        if !capital(right) || right.contains('-') {
            return Division::Whole;
        }
        let (end, start) = (token.span.start + left.len(), token.span.end - right.len());
        let first = at == name.tokens.start;
        let number = left.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = PREFIXES.contains(&&*left.to_lowercase());
        if first && (prefix || number && name.label == Label::Person) {
            return Division::Behind(start);
        }
        let apart = match name.label {
            Label::Person => [left, right].iter().any(|part| self.stands_alone(part)),
            Label::Location => {
                let headed = self.views.head(name.tokens.start, Part::Inside).is_some();
                let hits = self.views.hits(name.tokens.start);
                let listed = hits.iter().any(|hit| hit.length == name.tokens.len());
                !headed && !listed && [left, right].iter().all(|part| self.begins_place(part))
            }
            _ => false,
        };
        if capital(left) && apart { Division::Both { at, end, start } } else { Division::Whole }
    }

    /// Whether the document has this word as a token of its own.
    fn stands_alone(&mut self, word: &str) -> bool {
        let document = self.document;
        let words = self.words.get_or_insert_with(|| {
            document.tokens.iter().map(|token| document.surface(token)).collect()
        });
        words.contains(word)
    }

    /// Whether a name of the gazetteer begins with this word.
    fn begins_place(&self, word: &str) -> bool {
        let beginning = self.gazetteer.beginning(&word.to_lowercase());
        beginning.names.is_any() && !beginning.word.is_ordinary()
    }
}

/// How a name with a hyphen is divided.
enum Division {
    Whole,
    /// The name begins here, behind the hyphen.
    Behind(usize),
    /// One name ends with the first part of the token `at`, which ends at `end`; another begins
    /// at `start`, with the second.
    Both {
        at: usize,
        end: usize,
        start: usize,
    },
}

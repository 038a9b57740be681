//! Names that share a token: "Anies-Muhaimin" are two people, "Jakarta-Surabaya-Malang" are three places,
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

    /// The names in a name: itself, what is behind the hyphen, or one between every two hyphens.
    pub(crate) fn split(&mut self, name: Name) -> impl Iterator<Item = Name> {
        let hyphen = name.tokens.clone().find(|&at| self.views.token(at).hyphen);
        let names = match hyphen.map(|at| (at, self.divide(&name, at))) {
            None | Some((_, Division::Whole)) => vec![name],
            Some((_, Division::Behind(start))) => {
                vec![Name { span: Span::new(start, name.span.end), ..name }]
            }
            Some((at, Division::Parts(parts))) => {
                let last = parts.len() - 1;
                let part = |(number, part): (usize, &Span)| {
                    let (first, last) = (number == 0, number == last);
                    let tokens = &name.tokens;
                    let tokens = if first { tokens.start } else { at }..if last {
                        tokens.end
                    } else {
                        at + 1
                    };
                    let start = if first { name.span.start } else { part.start };
                    let end = if last { name.span.end } else { part.end };
                    Name { tokens, span: Span::new(start, end), ..name.clone() }
                };
                parts.iter().enumerate().map(part).collect()
            }
        };
        names.into_iter()
    }

    fn divide(&mut self, name: &Name, at: usize) -> Division {
        let token = &self.document.tokens[at];
        let surface = self.document.surface(token);
        let Some((left, right)) = surface.split_once('-') else { return Division::Whole };
        let capital = |part: &str| part.starts_with(char::is_uppercase);
        if !capital(right) {
            return Division::Whole;
        }
        let several = right.contains('-');
        let first = at == name.tokens.start;
        let number = left.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = PREFIXES.contains(&&*left.to_lowercase());
        if first && !several && (prefix || number && name.label == Label::Person) {
            return Division::Behind(token.span.end - right.len());
        }
        let parts = || surface.split('-');
        let apart = match name.label {
            Label::Person => !several && parts().any(|part| self.stands_alone(part)),
            Label::Location => {
                let headed = self.views.head(name.tokens.start, Part::Inside).is_some();
                let hits = self.views.hits(name.tokens.start);
                let listed = hits.iter().any(|hit| hit.length == name.tokens.len());
                !headed && !listed && parts().all(|part| self.begins_place(part))
            }
            _ => false,
        };
        if !apart || !parts().all(capital) {
            return Division::Whole;
        }
        let mut start = token.span.start;
        let spans = parts().map(|part| {
            let span = Span::new(start, start + part.len());
            start = span.end + 1;
            span
        });
        Division::Parts(spans.collect())
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
    /// Every part of the token is a name, or belongs to one with what stands beside the token.
    Parts(Vec<Span>),
}

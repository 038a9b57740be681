//! Names that share a token: "Anies-Muhaimin" are two people, "Jakarta-Surabaya-Malang" are three places,
//! "se-Lampung" and "7-Sterling" hold a name behind the hyphen.

use nukil_gazetteer::{Gazetteer, Part};
use nukil_types::{Document, Label, Span};
use rustc_hash::{FxHashMap, FxHashSet};

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

    /// Puts in the place of every name with a hyphen those that it holds: what is behind the hyphen, or
    /// one between every two hyphens.
    pub(crate) fn split(&mut self, names: &mut Vec<Name>) {
        if !(0..self.document.tokens.len()).any(|at| self.views.token(at).hyphen) {
            return;
        }
        self.find_pairs(names);
        let mut whole = std::mem::take(names).into_iter().peekable();
        while let Some(mut name) = whole.next() {
            // "Andika Perkasa-Hendrar" and "Prihadi" behind it.
            let ends_hyphenated = |name: &Name| self.views.token(name.tokens.end - 1).hyphen;
            let goes_on = |next: &Name| {
                name.label == Label::Person
                    && next.label == Label::Person
                    && name.sentence == next.sentence
                    && name.tokens.end == next.tokens.start
                    && ends_hyphenated(&name)
                    && !name.is_asserted()
                    && !next.is_asserted()
            };
            if let Some(next) = whole.next_if(goes_on) {
                name.tokens.end = next.tokens.end;
                name.span.end = next.span.end;
            }
            self.split_one(name, names);
        }
    }

    /// Adds pairs that are in no name where both are words of people's names: "Duet Kevin-Marcus" beside
    /// "Kevin Sanjaya" and "Marcus Gideon".
    fn find_pairs(&self, names: &mut Vec<Name>) {
        let mut people: FxHashMap<&str, f64> = FxHashMap::default();
        for name in names.iter().filter(|it| it.label == Label::Person) {
            for at in name.tokens.clone() {
                let score = people.entry(self.document.surface(&self.document.tokens[at]));
                let score = score.or_default();
                *score = score.max(name.score);
            }
        }
        if people.is_empty() {
            return;
        }
        let mut next = 0;
        let mut found = Vec::new();
        for (number, sentence) in self.document.sentences.iter().enumerate() {
            for at in sentence.tokens.clone().filter(|&at| self.views.token(at).hyphen) {
                next += names[next..].iter().take_while(|name| name.tokens.end <= at).count();
                let inside = names.get(next).is_some_and(|name| name.tokens.start <= at);
                if inside && (names[next].tokens.len() > 1 || names[next].is_asserted()) {
                    continue;
                }
                let surface = self.document.surface(&self.document.tokens[at]);
                let scores = surface.split_once('-').map(|(left, right)| {
                    [left, right].map(|part| people.get(part).filter(|_| part.len() > 2))
                });
                if let Some([Some(&left), Some(&right)]) = scores {
                    let name = Name::new(self.document, number, at..at + 1, Label::Person);
                    let name = Name { score: left.min(right), ..name };
                    match names.get_mut(next).filter(|_| inside) {
                        Some(known) => *known = name,
                        None => found.push(name),
                    }
                }
            }
        }
        if !found.is_empty() {
            names.append(&mut found);
            names.sort_by_key(|name| name.span.start);
        }
    }

    /// Adds the names that a name holds to those found.
    fn split_one(&mut self, name: Name, found: &mut Vec<Name>) {
        let hyphen = name.tokens.clone().find(|&at| self.views.token(at).hyphen);
        let hyphen = hyphen.filter(|_| !name.is_asserted());
        match hyphen.map(|at| (at, self.divide(&name, at))) {
            None | Some((_, Division::Whole)) => found.push(name),
            Some((_, Division::Behind(start))) => {
                found.push(Name { span: Span::new(start, name.span.end), ..name });
            }
            Some((at, Division::Parts(parts))) => {
                let last = parts.len() - 1;
                found.extend(parts.iter().enumerate().map(|(number, part)| {
                    let tokens = &name.tokens;
                    let (start, first) = match number {
                        0 => (name.span.start, tokens.start),
                        _ => (part.start, at),
                    };
                    let (end, behind) = match number {
                        _ if number == last => (name.span.end, tokens.end),
                        _ => (part.end, at + 1),
                    };
                    Name { tokens: first..behind, span: Span::new(start, end), ..name.clone() }
                }));
            }
        }
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
            Label::Person if several => false,
            Label::Person => {
                // "Ganjar Pranowo-Mahfud MD", "Khofifah-Emil"; but "Trent Alexander-Arnold".
                let inside = !first && at + 1 < name.tokens.end;
                inside
                    || parts().any(|part| self.stands_alone(part))
                    || parts().any(|part| self.is_indonesian(part))
                        && !parts().any(|part| self.is_foreign(part))
            }
            Label::Organisation => {
                // "TNI-Polri"
                name.tokens.len() == 1 && !several && parts().all(|part| self.is_listed(part))
            }
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

    /// Whether people of Indonesia have this name.
    fn is_indonesian(&self, word: &str) -> bool {
        self.gazetteer.beginning(&word.to_lowercase()).word.part.is_indonesian()
    }

    /// Whether only people elsewhere have it, or it is an article ("Al-Maliki").
    fn is_foreign(&self, word: &str) -> bool {
        let part = self.gazetteer.beginning(&word.to_lowercase()).word.part;
        word.len() < 3 || part.is_foreign() && !part.is_indonesian()
    }

    /// Whether this word looks like an acronym and begins names of the gazetteer.
    fn is_listed(&self, word: &str) -> bool {
        word.len() > 2 && self.begins_place(word)
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

//! What the rules see of a token: its shape, what is known of the word, the cues and names that
//! begin at it. Looked up once a token, so that no rule walks an automaton of its own.

use std::hash::BuildHasher;
use std::ops::Range;

use nukil_gazetteer::{
    Beginning, Case, Cue, CueHit, Gazetteer, Hit, Kind, Order, Part, TitleKind, WordEvidence,
};
use nukil_types::{Document, Sentence, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// anak
    Lower,
    /// Bandung, McDonald
    Capital,
    /// KPK
    Upper,
    /// M, S.
    Initial,
    /// 1945
    Number,
    /// Punctuation and web addresses.
    Other,
}

/// How a sentence is written, which says what a capital is worth in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// Capitals mark names and beginnings.
    Prose,
    /// Nearly Every Word Has One, as in headlines.
    TitleCase,
    /// ALL IN CAPITALS.
    Capitals,
    /// no capital at all
    Lower,
}

/// What the rules see of one token.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub shape: Shape,
    pub word: WordEvidence,
    /// Whether the way it is written, and what is known of the word, say that a name may hold it.
    pub capital: bool,
    /// Whether it stands first in its sentence or in a quotation, where every word has a capital.
    pub initial: bool,
    /// Whether it belongs to a title of an office or a rank.
    pub titled: bool,
    cues: Range<usize>,
    hits: Range<usize>,
}

/// A title in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// Its first token.
    pub start: usize,
    pub kind: TitleKind,
    /// Whether a place or an organisation may stand between it and the name.
    pub complement: bool,
}

/// The longest cues of each sort that end right before a token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Before {
    pub title: Option<Title>,
    /// A word before a place, and whether little else can follow it.
    pub place: Option<bool>,
    pub verb: Option<Order>,
}

/// Words of which is remembered what the gazetteer knows.
const REMEMBERED: usize = 1 << 16;

/// What the gazetteer with which it was first used knows of words, by their hashes of 64 bits: two
/// words of one hash are not to be expected before there are billions.
#[derive(Default)]
pub(crate) struct WordMemory(FxHashMap<u64, Beginning>);

/// The views of all tokens of a document; buffers are reused from document to document.
#[derive(Default)]
pub(crate) struct Views {
    tokens: Vec<View>,
    before: Vec<Before>,
    cues: Vec<CueHit>,
    hits: Vec<Hit>,
    writing: Vec<Writing>,
}

impl Views {
    pub(crate) fn fill(
        &mut self,
        document: &Document,
        gazetteer: &Gazetteer<'_>,
        words: &mut WordMemory,
    ) {
        self.tokens.clear();
        self.cues.clear();
        self.hits.clear();
        self.writing.clear();
        words.tidy();
        self.before.clear();
        self.before.resize(document.tokens.len() + 1, Before::default());
        for sentence in &document.sentences {
            let writing = writing(document, sentence);
            self.writing.push(writing);
            let mut initial = true;
            for index in sentence.tokens.clone() {
                let token = &document.tokens[index];
                let surface = document.surface(token);
                let shape = shape(surface, token.kind);
                let rest = index..sentence.tokens.end;
                let (cues, hits) = (self.cues.len(), self.hits.len());
                let mut word = WordEvidence::default();
                let mut capital = false;
                if shape != Shape::Other {
                    let known = words.beginning(gazetteer, document.folded(token));
                    if shape != Shape::Number {
                        let rest = rest.clone();
                        gazetteer.cues_at(known, document, rest, &mut |hit| self.cues.push(hit));
                    }
                    // In prose an ordinary word in lower case is looked up for its cues alone.
                    if shape == Shape::Number {
                        gazetteer.names_at(known, document, rest, &mut |hit| self.hits.push(hit));
                    } else if shape != Shape::Lower || writing == Writing::Lower {
                        word = known.word;
                        capital = is_capital(shape, writing, word, initial);
                        gazetteer.names_at(known, document, rest, &mut |hit| {
                            if hit.case != Case::Lower || writing == Writing::Lower {
                                self.hits.push(hit);
                            }
                        });
                    }
                }
                self.tokens.push(View {
                    shape,
                    word,
                    capital,
                    initial,
                    titled: false,
                    cues: cues..self.cues.len(),
                    hits: hits..self.hits.len(),
                });
                initial = match token.kind {
                    TokenKind::Punctuation => initial || opens(surface),
                    _ => false,
                };
            }
        }
        self.mark_before();
        self.mark_titles();
    }

    /// Notes every word of a title at that word.
    fn mark_titles(&mut self) {
        for start in 0..self.tokens.len() {
            for hit in self.tokens[start].cues.clone() {
                let hit = self.cues[hit];
                if let Cue::Title { kind: TitleKind::Office | TitleKind::Rank, .. } = hit.cue {
                    let covered = &mut self.tokens[start..start + hit.length];
                    covered.iter_mut().for_each(|view| view.titled = true);
                }
            }
        }
    }

    /// Notes every cue at the token behind it. Tokens come in text order, so the first to note a
    /// cue of a sort is the one that begins first: the longest.
    fn mark_before(&mut self) {
        for (start, view) in self.tokens.iter().enumerate() {
            for hit in &self.cues[view.cues.clone()] {
                let before = &mut self.before[start + hit.length];
                match hit.cue {
                    Cue::Title { kind: TitleKind::DegreeAfter, .. } => {}
                    Cue::Title { kind, complement } => {
                        before.title.get_or_insert(Title { start, kind, complement });
                    }
                    Cue::PlaceCue { strong } => {
                        before.place.get_or_insert(strong);
                    }
                    Cue::SpeechVerb(order) => {
                        before.verb.get_or_insert(order);
                    }
                    Cue::Head { .. } | Cue::NotName { .. } => {}
                }
            }
        }
    }

    pub(crate) fn token(&self, index: usize) -> &View {
        &self.tokens[index]
    }

    pub(crate) fn writing(&self, sentence: usize) -> Writing {
        self.writing[sentence]
    }

    /// The cues that begin at a token.
    pub(crate) fn cues(&self, index: usize) -> &[CueHit] {
        &self.cues[self.tokens[index].cues.clone()]
    }

    /// The gazetteer names that begin at a token.
    pub(crate) fn hits(&self, index: usize) -> &[Hit] {
        &self.hits[self.tokens[index].hits.clone()]
    }

    /// What ends right before a token.
    pub(crate) fn before(&self, index: usize) -> Before {
        self.before[index]
    }

    /// How long the longest title is that begins at a token.
    pub(crate) fn title(&self, index: usize) -> Option<(usize, TitleKind)> {
        self.cues(index).iter().rev().find_map(|hit| match hit.cue {
            // Degrees are short, and many are words: they count behind a name alone.
            Cue::Title { kind: TitleKind::DegreeAfter, .. } => None,
            Cue::Title { kind, .. } => Some((hit.length, kind)),
            _ => None,
        })
    }

    /// Whether a degree as it stands behind a name ("S.H.") begins at a token.
    pub(crate) fn degree(&self, index: usize) -> bool {
        let degree = |cue| matches!(cue, Cue::Title { kind: TitleKind::DegreeAfter, .. });
        self.cues(index).iter().any(|hit| degree(hit.cue))
    }

    /// The speech verb that begins at a token, and how long it is.
    pub(crate) fn verb(&self, index: usize) -> Option<(usize, Order)> {
        self.cues(index).iter().rev().find_map(|hit| match hit.cue {
            Cue::SpeechVerb(order) => Some((hit.length, order)),
            _ => None,
        })
    }

    /// Whether a word that is capitalised without being a name begins here, and how long it is.
    pub(crate) fn not_name(&self, index: usize) -> Option<usize> {
        self.cues(index).iter().rev().find_map(|hit| match hit.cue {
            Cue::NotName { acronym } => {
                (!acronym || self.tokens[index].shape == Shape::Upper).then_some(hit.length)
            }
            _ => None,
        })
    }

    /// The longest head of a name that begins at a token and stands on that side of the rest:
    /// its length and the kind of the whole.
    pub(crate) fn head(&self, index: usize, side: Part) -> Option<(usize, Kind)> {
        self.cues(index).iter().rev().find_map(|hit| match hit.cue {
            Cue::Head { kind, part, capital } if part == side => {
                let marked = !capital || self.tokens[index].shape != Shape::Lower;
                marked.then_some((hit.length, kind))
            }
            _ => None,
        })
    }
}

impl WordMemory {
    fn tidy(&mut self) {
        if self.0.len() > REMEMBERED {
            self.0.clear();
        }
    }

    /// What the gazetteer knows of a word, looked up the first time.
    fn beginning(&mut self, gazetteer: &Gazetteer<'_>, folded: &str) -> Beginning {
        let word = FxBuildHasher.hash_one(folded);
        *self.0.entry(word).or_insert_with(|| gazetteer.beginning(folded))
    }
}

/// Whether a token of this shape may belong to a name in a sentence so written.
fn is_capital(shape: Shape, writing: Writing, word: WordEvidence, initial: bool) -> bool {
    let marked = matches!(shape, Shape::Capital | Shape::Upper | Shape::Initial);
    match writing {
        Writing::Prose => marked && !(initial && shape == Shape::Capital && word.is_ordinary()),
        Writing::TitleCase => marked && !(shape == Shape::Capital && word.is_ordinary()),
        Writing::Capitals => marked && !word.is_ordinary(),
        Writing::Lower => word.capital >= 3 && word.capital_share().is_some_and(|s| s > 0.9),
    }
}

/// A sentence is in title case when nearly all of its words of some length carry a capital.
fn writing(document: &Document, sentence: &Sentence) -> Writing {
    let (mut words, mut capital, mut upper, mut lower) = (0, 0, 0, 0);
    for token in &document.tokens[sentence.tokens.clone()] {
        if token.kind != TokenKind::Word || token.span.len() < 4 {
            continue;
        }
        match shape(document.surface(token), token.kind) {
            Shape::Upper => upper += 1,
            Shape::Capital => capital += 1,
            Shape::Lower => lower += 1,
            _ => continue,
        }
        words += 1;
    }
    if words > 0 && lower == words {
        Writing::Lower
    } else if words >= 3 && upper * 10 >= words * 8 {
        Writing::Capitals
    } else if words >= 4 && (capital + upper) * 10 >= words * 8 {
        Writing::TitleCase
    } else {
        Writing::Prose
    }
}

fn shape(surface: &str, kind: TokenKind) -> Shape {
    match kind {
        TokenKind::Number => return Shape::Number,
        TokenKind::Punctuation | TokenKind::Address => return Shape::Other,
        TokenKind::Word => {}
    }
    let (mut letters, mut uppers) = (0, 0);
    let mut first_upper = false;
    for c in surface.chars() {
        if c.is_alphabetic() {
            letters += 1;
            if c.is_uppercase() {
                uppers += 1;
                first_upper |= letters == 1;
            }
        }
    }
    match (letters, uppers) {
        (0, _) => Shape::Number,
        (1, 1) => Shape::Initial,
        _ if uppers == letters => Shape::Upper,
        // A lower-case beginning with capitals behind it is a brand or an affixed acronym.
        _ if first_upper || uppers >= 2 => Shape::Capital,
        _ => Shape::Lower,
    }
}

/// Marks after which a sentence, or a sentence within one, begins.
fn opens(surface: &str) -> bool {
    matches!(surface, "\"" | "“" | "‘" | "'" | ":" | "«")
}

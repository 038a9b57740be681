//! What the rules see of a token: its shape, what is known of the word, the cues and names that
//! begin at it. Looked up once a token, so that no rule walks an automaton of its own.

use std::ops::Range;

use nukil_gazetteer::{Case, Cue, CueHit, Gazetteer, Hit, Kind, Order, Part, TitleKind};
use nukil_types::hash::text;
use nukil_types::{Document, Label, Sentence, TokenKind};
use rustc_hash::FxHashMap;

use crate::USUAL;
use crate::known::{BATCH, Known, Word, WordMemory};

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
    /// Whether a hyphen stands in it.
    pub hyphen: bool,
    /// What is known of the word, unless it is an ordinary one in lower case.
    pub word: Word,
    /// Whether the way it is written, and what is known of the word, say that a name may hold it.
    pub capital: bool,
    /// Whether it stands first in its sentence or in a quotation, where every word has a capital.
    pub initial: bool,
    /// Whether it belongs to a title of an office or a rank.
    pub titled: bool,
    /// What ends right before it.
    pub before: Before,
    cues: Range<u32>,
    hits: Range<u32>,
}

/// A title in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// [`Title::start`], in as few bytes as do.
    pub first: u32,
    pub kind: TitleKind,
    /// Whether a place or an organisation may stand between it and the name.
    pub complement: bool,
}

impl Title {
    /// Its first token.
    pub(crate) fn start(self) -> usize {
        self.first as usize
    }
}

/// The longest cues of each sort that end right before a token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Before {
    pub title: Option<Title>,
    /// A word before a place, and whether little else can follow it.
    pub place: Option<bool>,
    pub verb: Option<Order>,
}

/// A token whose word is looked up.
#[derive(Clone, Copy)]
struct Asked {
    token: usize,
    /// Hash of the folded word.
    hash: u64,
    /// The end of its sentence.
    end: usize,
    writing: Writing,
}

/// The views of all tokens of a document; buffers are reused from document to document.
#[derive(Default)]
pub(crate) struct Views {
    tokens: Vec<View>,
    cues: Vec<CueHit>,
    hits: Vec<Hit>,
    writing: Vec<Writing>,
    /// How tokens are to be read that are broken at the end of a line or stand in capitals where others
    /// do not.
    rewritten: FxHashMap<usize, String>,
}

/// What is needed to fill views, and what is remembered of words from document to document.
#[derive(Default)]
pub(crate) struct Scratch {
    asked: Vec<Asked>,
    words: WordMemory,
}

impl Views {
    pub(crate) fn fill(
        &mut self,
        document: &Document,
        gazetteer: &Gazetteer<'_>,
        scratch: &mut Scratch,
    ) {
        let Scratch { asked, words } = scratch;
        self.tokens.clear();
        self.tokens.reserve(document.tokens.len().max(USUAL));
        self.cues.clear();
        self.hits.clear();
        self.writing.clear();
        self.rewritten.clear();
        asked.clear();
        for sentence in &document.sentences {
            let writing = self.look(document, sentence);
            self.writing.push(writing);
            self.ask(document, sentence, writing, gazetteer, asked);
        }
        for batch in asked.chunks(BATCH) {
            let words_asked = batch.iter().map(|asked| (asked.token, asked.hash));
            words.recall(gazetteer, document, words_asked, |at, known| {
                self.find(document, gazetteer, &batch[at], known);
            });
        }
    }

    /// Sees how the tokens of a sentence are written, and so the sentence.
    fn look(&mut self, document: &Document, sentence: &Sentence) -> Writing {
        let mut counts = Counts::default();
        let mut initial = true;
        for token in &document.tokens[sentence.tokens.clone()] {
            let plain = token.kind == TokenKind::Word
                && document.surface_bytes(token).iter().all(u8::is_ascii_lowercase);
            let (shape, hyphen) = if plain {
                (Shape::Lower, false)
            } else {
                let surface = document.surface(token);
                let broken = surface.contains('\n');
                if broken {
                    let whole: String = surface.chars().filter(|c| c.is_alphabetic()).collect();
                    self.rewritten.insert(self.tokens.len(), whole);
                }
                (shape(surface, token.kind), !broken && surface.contains('-'))
            };
            if token.kind == TokenKind::Word && token.span.len() >= 4 {
                counts.add(shape);
            }
            self.tokens.push(View {
                shape,
                hyphen,
                word: Word::default(),
                capital: false,
                initial,
                titled: false,
                before: Before::default(),
                cues: 0..0,
                hits: 0..0,
            });
            initial =
                token.kind == TokenKind::Punctuation && (initial || opens(document.surface(token)));
        }
        let writing = counts.writing();
        if counts.upper > 1 && writing != Writing::Capitals {
            self.quieten(document, sentence.tokens.clone());
        }
        writing
    }

    /// Takes names all in capitals in a sentence that is not ("oleh TUTIK WARDHANI SARI dari") as if only
    /// their first letters were: where two words of some length in a row look like no acronyms.
    fn quieten(&mut self, document: &Document, sentence: Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end {
            let upper =
                |at: &usize| matches!(self.tokens[*at].shape, Shape::Upper | Shape::Initial);
            let run = at..at + (at..sentence.end).take_while(upper).count();
            at = run.end.max(at + 1);
            let surface = |at: usize| document.surface(&document.tokens[at]);
            let long = run.clone().filter(|&at| surface(at).len() > 3 && is_spoken(surface(at)));
            if long.count() < 2 {
                continue;
            }
            for at in run.clone() {
                let surface = surface(at);
                // "TB. HASANUDIN", but not the degree in "SARI SE."
                let title = at == run.start && surface.ends_with('.') && surface.is_ascii();
                if surface.len() > 2 && (title || is_spoken(surface)) {
                    let (first, rest) = surface.split_at(1);
                    self.rewritten.insert(at, first.to_string() + &rest.to_ascii_lowercase());
                    self.tokens[at].shape = Shape::Capital;
                }
            }
        }
    }

    /// How a token is to be read where that is not as it is written.
    pub(crate) fn rewritten(&self, index: usize) -> Option<&str> {
        if self.rewritten.is_empty() {
            return None;
        }
        self.rewritten.get(&index).map(String::as_str)
    }

    /// Notes which words of a sentence are to be looked up. In prose an ordinary word in lower case
    /// is looked up for its cues alone, with which few begin.
    fn ask(
        &self,
        document: &Document,
        sentence: &Sentence,
        writing: Writing,
        gazetteer: &Gazetteer<'_>,
        asked: &mut Vec<Asked>,
    ) {
        let end = sentence.tokens.end;
        for token in sentence.tokens.clone() {
            let shape = self.tokens[token].shape;
            if shape == Shape::Other {
                continue;
            }
            let folded = document.folded_bytes(&document.tokens[token]);
            let hash = text(folded);
            let asks = shape != Shape::Lower
                || writing == Writing::Lower
                || gazetteer.may_begin_cue(folded, hash);
            if asks {
                asked.push(Asked { token, hash, end, writing });
            }
        }
    }

    /// Finds the cues and names that begin at a token.
    fn find(
        &mut self,
        document: &Document,
        gazetteer: &Gazetteer<'_>,
        asked: &Asked,
        known: &Known,
    ) {
        let &Asked { token, end, writing, .. } = asked;
        let shape = self.tokens[token].shape;
        let (cues, hits) = (self.cues.len(), self.hits.len());
        if shape != Shape::Number {
            gazetteer.cues_at(&known.cues, document, token..end, |hit| self.cues.push(hit));
        }
        if shape == Shape::Number {
            gazetteer.names_at(&known.names, document, token..end, |hit| self.hits.push(hit));
        } else if shape != Shape::Lower || writing == Writing::Lower {
            let view = &mut self.tokens[token];
            view.word = known.word;
            view.capital = is_capital(shape, writing, known.word, view.initial);
            gazetteer.names_at(&known.names, document, token..end, |hit| {
                let marked = hit.case != Case::Lower || writing == Writing::Lower;
                if marked && !ends_title(&self.tokens[token..token + hit.length], &hit, gazetteer) {
                    self.hits.push(hit);
                }
            });
        }
        self.tokens[token].cues = cues as u32..self.cues.len() as u32;
        self.tokens[token].hits = hits as u32..self.hits.len() as u32;
        for at in cues..self.cues.len() {
            self.note(document, token, self.cues[at]);
        }
    }

    /// Notes a cue at the token behind it, and a title at all of its words. Tokens come in text
    /// order, so the first cue of a sort to be noted is the one that begins first: the longest.
    fn note(&mut self, document: &Document, start: usize, hit: CueHit) {
        if let Cue::Title { kind: TitleKind::Rank, complement } = hit.cue {
            let end = start + hit.length;
            let behind = end_of_rank(document, end);
            if behind > end
                && let Some(view) = self.tokens.get_mut(behind)
            {
                let title = Title { first: start as u32, kind: TitleKind::Rank, complement };
                view.before.title.get_or_insert(title);
            }
        }
        if let Cue::Title { kind: TitleKind::Office | TitleKind::Rank, .. } = hit.cue {
            let covered = &mut self.tokens[start..start + hit.length];
            covered.iter_mut().for_each(|view| view.titled = true);
        }
        let Some(behind) = self.tokens.get_mut(start + hit.length) else { return };
        let before = &mut behind.before;
        match hit.cue {
            Cue::Title { kind: TitleKind::DegreeAfter, .. } => {}
            Cue::Title { kind, complement } => {
                before.title.get_or_insert(Title { first: start as u32, kind, complement });
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

    pub(crate) fn token(&self, index: usize) -> &View {
        &self.tokens[index]
    }

    pub(crate) fn writing(&self, sentence: usize) -> Writing {
        self.writing[sentence]
    }

    /// The cues that begin at a token.
    pub(crate) fn cues(&self, index: usize) -> &[CueHit] {
        let cues = &self.tokens[index].cues;
        &self.cues[cues.start as usize..cues.end as usize]
    }

    /// The gazetteer names that begin at a token.
    pub(crate) fn hits(&self, index: usize) -> &[Hit] {
        let hits = &self.tokens[index].hits;
        &self.hits[hits.start as usize..hits.end as usize]
    }

    /// What ends right before a token.
    pub(crate) fn before(&self, index: usize) -> Before {
        self.tokens[index].before
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

/// What stands between a rank and a name: "Laksamana Muda TNI", "Kolonel Inf".
const CORPS: [&str; 14] = [
    "tni", "pol", "inf", "kav", "arm", "arh", "czi", "cpm", "mar", "laut", "marinir", "pas", "pnb",
    "tek",
];

/// Whether a word says to which force or corps a rank belongs.
pub(crate) fn is_corps(word: &str) -> bool {
    CORPS.contains(&word.trim_end_matches('.'))
}

/// What stands in brackets behind a rank: "(Purn)" of the retired, and the branches of the navy.
const BRANCHES: [&str; 12] = ["purn", "mar", "p", "kh", "e", "k", "s", "t", "w", "pm", "l", "h"];

/// Where a rank ends whose own words end at `at`: behind the corps, and behind the branch in brackets
/// ("Mayjen TNI (Purn)", "Letkol Laut (KH)").
fn end_of_rank(document: &Document, at: usize) -> usize {
    let folded = |at: usize| document.tokens.get(at).map_or("", |token| document.folded(token));
    let at = at + usize::from(is_corps(folded(at)));
    let inside = folded(at + 1).trim_end_matches('.');
    let branch = BRANCHES.contains(&inside);
    if folded(at) == "(" && branch && folded(at + 2) == ")" { at + 3 } else { at }
}

/// Whether a place begins with the last words of a title and goes on behind it: "Kota Surabaya" in
/// "Wali Kota Surabaya". A title that begins before its tokens is noted, one that begins with them
/// is not.
fn ends_title(tokens: &[View], hit: &Hit, gazetteer: &Gazetteer<'_>) -> bool {
    let [first, .., last] = tokens else { return false };
    first.titled && !last.titled && gazetteer.kind(hit.entry).label() == Label::Location
}

/// Whether a token of this shape may belong to a name in a sentence so written.
fn is_capital(shape: Shape, writing: Writing, word: Word, initial: bool) -> bool {
    let marked = matches!(shape, Shape::Capital | Shape::Upper | Shape::Initial);
    match writing {
        Writing::Prose => marked && !(initial && shape == Shape::Capital && word.ordinary),
        Writing::TitleCase => marked && !(shape == Shape::Capital && word.ordinary),
        Writing::Capitals => marked && !word.ordinary,
        Writing::Lower => word.proper,
    }
}

/// How many words of some length in a sentence are written how.
#[derive(Default)]
struct Counts {
    lower: usize,
    capital: usize,
    upper: usize,
}

impl Counts {
    fn add(&mut self, shape: Shape) {
        match shape {
            Shape::Lower => self.lower += 1,
            Shape::Capital => self.capital += 1,
            Shape::Upper => self.upper += 1,
            Shape::Initial | Shape::Number | Shape::Other => {}
        }
    }

    /// A sentence is in title case when nearly all of its words carry a capital.
    fn writing(&self) -> Writing {
        let &Counts { lower, capital, upper } = self;
        let words = lower + capital + upper;
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
}

/// The shape of what is not in plain small letters throughout.
fn shape(surface: &str, kind: TokenKind) -> Shape {
    match kind {
        TokenKind::Number => return Shape::Number,
        TokenKind::Punctuation | TokenKind::Address => return Shape::Other,
        TokenKind::Word => {}
    }
    if let [b'A'..=b'Z', rest @ ..] = surface.as_bytes()
        && !rest.is_empty()
        && rest.iter().all(u8::is_ascii_lowercase)
    {
        return Shape::Capital;
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

/// Whether a word in capitals is one that can be spoken, as acronyms seldom can: ASCII letters, of which
/// some but not most are vowels, and no more than three others in a row.
fn is_spoken(word: &str) -> bool {
    let is_vowel = |letter: u8| matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y');
    let vowels = word.bytes().filter(|&letter| is_vowel(letter)).count();
    let longest = word.as_bytes().split(|&letter| is_vowel(letter)).map(<[u8]>::len).max();
    word.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'\'')
        && vowels > 0
        && vowels * 4 >= word.len()
        && vowels * 4 <= word.len() * 3
        && longest.is_some_and(|run| run <= 3)
}

/// Marks after which a sentence, or a sentence within one, begins.
fn opens(surface: &str) -> bool {
    matches!(surface, "\"" | "“" | "‘" | "'" | ":" | "«")
}

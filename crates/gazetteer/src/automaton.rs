//! A finite-state map from token sequences to postings.
//!
//! Keys are the folded tokens of a phrase joined by one space. A key's value packs where its
//! postings begin in a side table and how many there are. Walking follows the text token by
//! token through the automaton's nodes, so that all phrases which begin at a token are found in
//! one pass over the longest of them, and nothing is built at run time.

use std::ops::Range;

use fst::raw::{Fst, Node, Output};
use nukil_types::Document;
use nukil_types::artefact::{FormatError, read_u32};

pub(crate) struct Automaton<'a> {
    fst: Fst<&'a [u8]>,
    postings: &'a [u8],
}

/// Low bits of a value: how many postings; the rest: the index of the first.
const COUNT_BITS: u32 = 12;

impl<'a> Automaton<'a> {
    pub(crate) fn open(fst: &'a [u8], postings: &'a [u8]) -> Result<Self, FormatError> {
        // Entrances hold addresses of four bytes.
        let small = u32::try_from(fst.len()).is_ok();
        let fst = Fst::new(fst).ok().filter(|_| small).ok_or(FormatError::Section("automaton"))?;
        Ok(Automaton { fst, postings })
    }

    /// What follows a token with which phrases begin.
    pub(crate) fn enter(&self, folded: &str) -> Entrance {
        let mut entrance = Entrance::default();
        let mut state = State { fst: &self.fst, node: self.fst.root(), output: Output::zero() };
        if !state.token(folded) {
            return entrance;
        }
        if let Some(value) = state.value() {
            entrance.whole = value;
        }
        if state.step(b' ') {
            entrance.node = state.node.addr() as u32;
            entrance.output = state.output.value();
            entrance.next = state.node.transitions().fold(0, |bits, next| bits | bit(next.inp));
        }
        entrance
    }

    /// Calls `found` with length in tokens and posting for every phrase that begins at the
    /// first of `tokens`, whose entrance is given, and ends within them.
    #[inline]
    pub(crate) fn walk(
        &self,
        entrance: &Entrance,
        document: &Document,
        tokens: Range<usize>,
        found: impl FnMut(usize, u32),
    ) {
        // With most words none does.
        if entrance.is_any() {
            self.walk_on(entrance, document, tokens, found);
        }
    }

    fn walk_on(
        &self,
        entrance: &Entrance,
        document: &Document,
        tokens: Range<usize>,
        mut found: impl FnMut(usize, u32),
    ) {
        self.postings(entrance.whole, |posting| found(1, posting));
        let Some(behind) = document.tokens[tokens].get(1..) else { return };
        let next = behind.first().map(|token| document.folded(token));
        if !next.is_some_and(|folded| entrance.leads_to(folded)) {
            return;
        }
        let node = self.fst.node(entrance.node as usize);
        let mut state = State { fst: &self.fst, node, output: Output::new(entrance.output) };
        for (index, token) in behind.iter().enumerate() {
            if !state.token(document.folded(token)) {
                return;
            }
            if let Some(value) = state.value() {
                self.postings(value, |posting| found(index + 2, posting));
            }
            if !state.step(b' ') {
                return;
            }
        }
    }

    /// Calls `found` for every posting of the phrase with these folded tokens.
    pub(crate) fn phrase<'w>(&self, tokens: impl Iterator<Item = &'w str>, found: impl FnMut(u32)) {
        let mut state = State { fst: &self.fst, node: self.fst.root(), output: Output::zero() };
        for (index, token) in tokens.enumerate() {
            if index > 0 && !state.step(b' ') || !state.token(token) {
                return;
            }
        }
        if let Some(value) = state.value() {
            self.postings(value, found);
        }
    }

    /// Calls `each` for the first word of every phrase.
    pub(crate) fn first_words(&self, mut each: impl FnMut(&str)) {
        self.words_from(self.fst.root(), &mut Vec::new(), &mut each);
    }

    fn words_from(&self, node: Node<'_>, word: &mut Vec<u8>, each: &mut impl FnMut(&str)) {
        let ends = node.is_final() || node.find_input(b' ').is_some();
        if let Some(word) = std::str::from_utf8(word).ok().filter(|_| ends) {
            each(word);
        }
        for next in node.transitions().filter(|next| next.inp != b' ') {
            word.push(next.inp);
            self.words_from(self.fst.node(next.addr), word, each);
            word.pop();
        }
    }

    fn postings(&self, value: u64, mut found: impl FnMut(u32)) {
        let first = (value >> COUNT_BITS) as usize;
        let count = (value & ((1 << COUNT_BITS) - 1)) as usize;
        for index in first..first + count {
            if let Some(posting) = read_u32(self.postings, index * 4) {
                found(posting);
            }
        }
    }
}

/// What follows the first token of a phrase; all zero when no phrase begins so. Most tokens are told
/// by it that nothing begins with them and the next, without a look at the automaton.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entrance {
    /// The value of the phrase that is this token alone.
    whole: u64,
    /// Where the others go on behind the space, and what their values have in common.
    node: u32,
    output: u64,
    /// Bits of the bytes with which their next token may begin.
    next: u32,
}

impl Entrance {
    /// Whether any phrase begins with the token.
    pub fn is_any(&self) -> bool {
        self.whole != 0 || self.next != 0
    }

    /// Whether a phrase may go on with a token; if not, none does.
    fn leads_to(&self, folded: &str) -> bool {
        match folded.as_bytes().first() {
            Some(byte) if byte.is_ascii() => self.next & bit(*byte) != 0,
            // It may stand for a plain one.
            _ => self.next != 0,
        }
    }
}

/// One of 32 bits for a byte, another for every letter.
fn bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// Where a walk stands in the automaton.
struct State<'f, 'a> {
    fst: &'f Fst<&'a [u8]>,
    node: Node<'f>,
    output: Output,
}

impl State<'_, '_> {
    fn step(&mut self, byte: u8) -> bool {
        let Some(at) = self.node.find_input(byte) else { return false };
        let transition = self.node.transition(at);
        self.output = self.output.cat(transition.out);
        self.node = self.fst.node(transition.addr);
        true
    }

    /// The value of the phrase that ends here.
    fn value(&self) -> Option<u64> {
        let output = self.node.is_final().then(|| self.node.final_output())?;
        Some(self.output.cat(output).value())
    }

    fn token(&mut self, folded: &str) -> bool {
        let folded = bare(folded);
        if folded.is_ascii() {
            return folded.bytes().all(|byte| self.step(byte));
        }
        let mut buffer = [0; 4];
        folded.chars().map(plain).all(|c| c.encode_utf8(&mut buffer).bytes().all(|b| self.step(b)))
    }
}

/// Names are compiled with the plain apostrophe, whichever the text uses.
pub(crate) fn plain(c: char) -> char {
    if matches!(c, '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`') { '\'' } else { c }
}

/// Abbreviations are compiled without their last full stop, which texts write or leave out
/// ("Dr.", "Dr").
pub(crate) fn bare(token: &str) -> &str {
    token.strip_suffix('.').filter(|bare| bare.ends_with(char::is_alphanumeric)).unwrap_or(token)
}

/// The automaton and its postings for `phrases`: sorted by key, all postings of a key together.
pub(crate) fn build(phrases: &[(String, Vec<u32>)]) -> Result<(Vec<u8>, Vec<u8>), fst::Error> {
    let mut builder = fst::MapBuilder::memory();
    let mut postings = Vec::new();
    for (key, values) in phrases {
        let first = (postings.len() / 4) as u64;
        let count = values.len().min((1 << COUNT_BITS) - 1);
        builder.insert(key, first << COUNT_BITS | count as u64)?;
        for value in &values[..count] {
            postings.extend(value.to_le_bytes());
        }
    }
    Ok((builder.into_inner()?, postings))
}

/// The key of a phrase with these tokens.
pub(crate) fn key(tokens: &[String]) -> String {
    let mut key = String::new();
    for token in tokens {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(bare(token).chars().map(plain).flat_map(char::to_lowercase));
    }
    key
}

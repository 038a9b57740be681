//! A finite-state map from token sequences to postings.
//!
//! Keys are the folded tokens of a phrase joined by one space. A key's value packs where its
//! postings begin in a side table and how many there are. Walking follows the text token by
//! token through the automaton's nodes, so that all phrases which begin at a token are found in
//! one pass over the longest of them, and nothing is built at run time.

use std::ops::Range;

use fst::raw::{CompiledAddr, Fst, Node, Output};
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
        let fst = Fst::new(fst).map_err(|_| FormatError::Section("automaton"))?;
        Ok(Automaton { fst, postings })
    }

    /// Where the phrases go on that begin with a token.
    pub(crate) fn enter(&self, folded: &str) -> Entrance {
        let mut state = State { fst: &self.fst, node: self.fst.root(), output: Output::zero() };
        Entrance(state.token(folded).then(|| (state.node.addr(), state.output)))
    }

    /// Calls `found` with length in tokens and posting for every phrase that begins at the
    /// first of `tokens`, whose entrance is given, and ends within them.
    pub(crate) fn walk(
        &self,
        entrance: Entrance,
        document: &Document,
        tokens: Range<usize>,
        found: &mut dyn FnMut(usize, u32),
    ) {
        let Entrance(Some((address, output))) = entrance else { return };
        let start = tokens.start;
        let mut state = State { fst: &self.fst, node: self.fst.node(address), output };
        for index in tokens {
            if index > start
                && !(state.step(b' ') && state.token(document.folded(&document.tokens[index])))
            {
                return;
            }
            if state.node.is_final() {
                let value = state.output.cat(state.node.final_output()).value();
                self.postings(value, |posting| found(index + 1 - start, posting));
            }
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

/// Where a walk stands behind the first token of a phrase; nothing when no phrase begins so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entrance(Option<(CompiledAddr, Output)>);

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

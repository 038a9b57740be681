//! Where the anchors of rules stand in a line.

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, BuildError, MatchKind};

/// An automaton of Aho and Corasick, "Efficient string matching: an aid to bibliographic search" (1975),
/// over words whose ASCII letters match in either case. It is asked of every byte of a text, which the
/// search for overlapping matches that its crate brings does in twice the steps.
#[derive(Debug)]
pub(crate) struct Anchors {
    automaton: DFA,
    start: StateID,
}

impl Anchors {
    /// The automaton of these words, none of them empty.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Result<Self, BuildError> {
        let automaton = DFA::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            // It would be asked at every return to the start.
            .prefilter(false)
            .build(words)?;
        // There is one, as searches that are not anchored are what it is built for.
        let start = automaton.start_state(Anchored::No).unwrap_or_default();
        Ok(Anchors { automaton, start })
    }

    /// The words that stand in `line`, by their numbers, and where each begins: in the order of their ends,
    /// and one in another behind it.
    pub(crate) fn find<'l>(&'l self, line: &'l str) -> Found<'l> {
        let rest = line.as_bytes().iter();
        Found { anchors: self, length: line.len(), rest, state: self.start, told: 0 }
    }
}

/// The words that stand in a line.
pub(crate) struct Found<'l> {
    anchors: &'l Anchors,
    length: usize,
    /// What of the line has not been read, and the state there.
    rest: std::slice::Iter<'l, u8>,
    state: StateID,
    /// How many of the words that end there have been told.
    told: usize,
}

impl Iterator for Found<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let automaton = &self.anchors.automaton;
        while !automaton.is_match(self.state) || self.told == automaton.match_len(self.state) {
            let (mut rest, mut state) = (self.rest.clone(), self.state);
            let special = rest.any(|&byte| {
                state = automaton.next_state(Anchored::No, state, byte);
                automaton.is_special(state)
            });
            (self.rest, self.state, self.told) = (rest, state, 0);
            if !special {
                self.state = self.anchors.start;
                return None;
            }
        }
        let word = automaton.match_pattern(self.state, self.told);
        self.told += 1;
        let end = self.length - self.rest.len();
        Some((word.as_usize(), end - automaton.pattern_len(word)))
    }
}

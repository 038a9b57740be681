//! What a grammar has read.

use std::ops::Range;

use nukil_types::ValueKind;

/// A value in a sentence, before it is known whether names leave it its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub kind: ValueKind,
    pub tokens: Range<usize>,
    pub value: String,
    pub unit: String,
    pub score: f64,
}

/// Score of what a calendar word, a currency or another unit marks as a value.
const MARKED: f64 = 0.95;
/// Score of a count of things that no list names.
const COUNTED: f64 = 0.75;

impl Found {
    /// A value that needs no unit.
    pub fn new(kind: ValueKind, tokens: Range<usize>, value: String) -> Self {
        Found { kind, tokens, value, unit: String::new(), score: MARKED }
    }

    /// With the unit.
    pub fn of(mut self, unit: &str) -> Self {
        self.unit.push_str(unit);
        self
    }

    /// Marked as a count of things that no list names.
    pub fn of_things(mut self) -> Self {
        self.score = COUNTED;
        self
    }
}

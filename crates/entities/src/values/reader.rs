//! A sentence as the grammars of values read it: its tokens, what is known of each, and which of
//! them a name has taken.

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use nukil_types::{Document, TokenKind};

use super::calendar::{self, Anchor};
use super::lexicon::{Lexicon, Senses};

/// A sentence that is read for values. Tokens are asked for by their index in the document; what
/// lies outside the sentence is empty.
pub(super) struct Reader<'r> {
    pub document: &'r Document,
    pub lexicon: &'r Lexicon,
    /// The tokens of the sentence.
    pub tokens: Range<usize>,
    /// The sense of each of them.
    pub senses: &'r [u16],
    /// Whether a name holds it.
    pub taken: &'r [bool],
    pub headline: bool,
    /// Whether the document is in Malay.
    pub malay: bool,
    /// The day of publication.
    pub anchor: Anchor,
    /// The days of the week, from Monday, that the article has dated in sentences before.
    pub dated: [Anchor; 7],
}

impl<'r> Reader<'r> {
    fn within(&self, at: usize) -> Option<usize> {
        self.tokens.contains(&at).then(|| at - self.tokens.start)
    }

    /// The token as written.
    pub fn surface(&self, at: usize) -> &'r str {
        self.within(at).map_or("", |_| self.document.surface(&self.document.tokens[at]))
    }

    /// The token in lower case.
    pub fn folded(&self, at: usize) -> &'r str {
        self.within(at).map_or("", |_| self.document.folded(&self.document.tokens[at]))
    }

    /// The lemma of the token.
    pub fn lemma(&self, at: usize) -> &'r str {
        self.within(at).map_or("", |_| self.document.lemma(&self.document.tokens[at]))
    }

    /// What is known of the word.
    pub fn senses(&self, at: usize) -> &'r Senses {
        self.lexicon.senses(self.within(at).map_or(0, |at| self.senses[at]))
    }

    /// Whether the token is a word, and no name holds it.
    pub fn is_free_word(&self, at: usize) -> bool {
        self.is_free(at) && self.document.tokens[at].kind == TokenKind::Word
    }

    /// Whether the token is there and no name holds it.
    pub fn is_free(&self, at: usize) -> bool {
        self.within(at).is_some_and(|at| !self.taken[at])
    }

    /// Whether the token is a number without letters.
    pub fn is_number(&self, at: usize) -> bool {
        self.within(at).is_some_and(|_| self.document.tokens[at].kind == TokenKind::Number)
    }

    /// Whether the token begins with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.surface(at).starts_with(char::is_uppercase)
    }

    /// The day that the article has called by this day of the week and its date, last of all.
    pub fn dated(&self, weekday: Weekday) -> Option<Date> {
        self.dated[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }

    /// The token before `at`; nothing when `at` is the first of the sentence.
    pub fn before(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).filter(|&before| self.tokens.contains(&before))
    }

    /// The token when it is digits alone: its number and how many digits it has.
    pub fn digits(&self, at: usize) -> Option<(u64, usize)> {
        let surface = self.surface(at);
        let plain =
            (1..=18).contains(&surface.len()) && surface.bytes().all(|b| b.is_ascii_digit());
        Some((plain.then(|| surface.parse().ok())??, surface.len()))
    }

    /// The month that the token names, in Malay too where the document is.
    pub fn month(&self, at: usize) -> Option<i8> {
        let senses = self.senses(at);
        senses.month.or(senses.malay_month.filter(|_| self.malay))
    }

    /// The token when it is a day of the month in digits: "19", the Malay "10hb".
    pub fn day(&self, at: usize) -> Option<i8> {
        let surface = self.surface(at);
        let digits = surface.strip_suffix("hb").unwrap_or(surface);
        let plain =
            (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        calendar::as_day(plain.then(|| digits.parse().ok())??)
    }

    /// The token when it is digits in `parts` groups with one mark between them ("20/9/2022").
    pub fn split_digits<const PARTS: usize>(
        &self,
        at: usize,
        marks: &[char],
    ) -> Option<[u64; PARTS]> {
        if !self.is_number(at) {
            return None;
        }
        split_digits(self.surface(at), marks)
    }
}

/// A text that is digits in `parts` groups with one mark between them.
pub(super) fn split_digits<const PARTS: usize>(text: &str, marks: &[char]) -> Option<[u64; PARTS]> {
    let mark = text.chars().find(|mark| marks.contains(mark))?;
    let mut parts = text.split(mark);
    let mut found = [0; PARTS];
    for part in &mut found {
        let digits = parts.next()?;
        let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        *part = plain.then(|| digits.parse().ok())??;
    }
    parts.next().is_none().then_some(found)
}

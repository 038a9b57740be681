//! What is asked of a token again and again while candidates are collected, as bits of one number: those of
//! the token, of its word and of its neighbours. What all tokens of a phrase are asked is so asked once.

use std::ops::{BitAnd, BitOr, BitOrAssign};

use nukil_types::{Document, Token, TokenKind};

use crate::exclude::Role;
use crate::scratch::Word;
use crate::words::Shape;

/// Longest number inside a candidate, in bytes: a year or a model, not an amount.
const MAX_NUMBER: usize = 4;

/// Bits of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark(u32);

impl Mark {
    /// It is a word by its kind.
    pub(crate) const WORD: Mark = Mark(1);
    /// It is a number by its kind.
    pub(crate) const NUMBER: Mark = Mark(1 << 1);
    /// It is a function word.
    pub(crate) const STOP: Mark = Mark(1 << 2);
    /// It is a number too long for a candidate.
    pub(crate) const AMOUNT: Mark = Mark(1 << 3);
    /// It begins with a capital.
    pub(crate) const LARGE: Mark = Mark(1 << 4);
    /// It is an acronym ([`Shape::Capitals`]).
    pub(crate) const ACRONYM: Mark = Mark(1 << 5);
    /// It begins with a capital that says something, and is no function word.
    pub(crate) const CAPITAL: Mark = Mark(1 << 6);
    /// It lies in a mention.
    pub(crate) const NAMED: Mark = Mark(1 << 7);
    /// It and the token before it stand together once in the document.
    pub(crate) const SINGLE: Mark = Mark(1 << 8);
    /// The news at large rarely has it without the word before, or behind it.
    pub(crate) const BOUND_BEFORE: Mark = Mark(1 << 9);
    pub(crate) const BOUND_BEHIND: Mark = Mark(1 << 10);
    /// It is "hari" before "ini".
    pub(crate) const TODAY: Mark = Mark(1 << 11);
    /// Two words run together: no keyword has it, and no name.
    pub(crate) const GLUED: Mark = Mark(1 << 12);
    /// Nothing that is no name goes on over it: an active verb, or a word between the parts of a headline.
    pub(crate) const CLAUSE: Mark = Mark(1 << 13);
    /// It has the form of a verb.
    pub(crate) const VERB: Mark = Mark(1 << 14);
    /// It is no subject alone, cannot begin, cannot end what is no name.
    const NO_SUBJECT: Mark = Mark(1 << 15);
    const NO_FIRST: Mark = Mark(1 << 16);
    pub(crate) const NO_LAST: Mark = Mark(1 << 17);
    /// It is a unit, which does not begin a phrase after a number.
    pub(crate) const UNIT: Mark = Mark(1 << 18);
    /// The headline has the word.
    pub(crate) const HEADLINE: Mark = Mark(1 << 19);

    /// What a token says without its word.
    #[inline]
    pub(crate) fn of(document: &Document, token: &Token) -> Self {
        let Token { span, kind, stop, .. } = *token;
        match kind {
            TokenKind::Word => {}
            TokenKind::Number => return Mark::NUMBER | Mark::AMOUNT.when(span.len() > MAX_NUMBER),
            TokenKind::Address | TokenKind::Punctuation => return Mark::default(),
        }
        let word = Mark::WORD | Mark::STOP.when(stop);
        // As most words begin.
        if let Some(b'a'..=b'z') = document.text.as_bytes().get(span.start) {
            return word;
        }
        match Shape::of(document.surface(token)) {
            Shape::Lower => word,
            Shape::Capitalised => word | Mark::LARGE | Mark::CAPITAL.when(!stop),
            Shape::Capitals => word | Mark::LARGE | Mark::ACRONYM | Mark::CAPITAL.when(!stop),
        }
    }

    /// What a word says of all its tokens.
    #[inline]
    pub(crate) fn of_word(word: &Word) -> Self {
        let role = match word.role {
            Role::Free => Mark::default(),
            Role::Calendar => Mark::NO_SUBJECT | Mark::NO_LAST,
            Role::Unit => Mark::UNIT,
            Role::Quantity => Mark::NO_FIRST,
            Role::Title => Mark::NO_SUBJECT,
            Role::Glued => Mark::GLUED,
            Role::Link => Mark::NO_FIRST | Mark::CLAUSE,
            Role::Inner => Mark::NO_SUBJECT | Mark::NO_FIRST | Mark::NO_LAST,
        };
        role | (Mark::CLAUSE | Mark::NO_FIRST).when(word.active)
            | (Mark::NO_FIRST | Mark::NO_LAST).when(word.passive)
            | Mark::VERB.when(word.verb)
            | Mark::HEADLINE.when(word.headline > 0)
    }

    /// These bits where `condition` holds, or none.
    #[inline]
    pub(crate) fn when(self, condition: bool) -> Self {
        Mark(self.0 * u32::from(condition))
    }

    /// Whether it has any of these bits.
    #[inline]
    pub(crate) fn has(self, bits: Mark) -> bool {
        self.0 & bits.0 != 0
    }

    /// The same without these bits.
    #[inline]
    pub(crate) fn without(self, bits: Mark) -> Self {
        Mark(self.0 & !bits.0)
    }

    /// Whether a phrase with it has a subject.
    #[inline]
    pub(crate) fn is_subject(self) -> bool {
        self & (Mark::WORD | Mark::STOP | Mark::NO_SUBJECT) == Mark::WORD
    }

    /// Whether a phrase that is no name may begin with it, unless it is a unit that is counted.
    #[inline]
    pub(crate) fn is_first(self) -> bool {
        self & (Mark::WORD | Mark::STOP | Mark::NO_FIRST | Mark::BOUND_BEFORE) == Mark::WORD
    }
}

impl BitOr for Mark {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Mark(self.0 | other.0)
    }
}

impl BitOrAssign for Mark {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Mark {
    type Output = Self;

    #[inline]
    fn bitand(self, other: Self) -> Self {
        Mark(self.0 & other.0)
    }
}

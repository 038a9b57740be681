//! The rules that join runs of letters and digits to tokens, a file a rule.
//!
//! The scanner finds a run of letters and digits, and asks the rule of the mark behind it whether
//! the word goes on. A rule sees the [`Run`] so far and gives the new end, or nothing.

pub(crate) mod address;
pub(crate) mod ampersand;
pub(crate) mod apostrophe;
pub(crate) mod currency;
pub(crate) mod entity;
pub(crate) mod full_stop;
pub(crate) mod hyphen;
pub(crate) mod initial;
pub(crate) mod number;
pub(crate) mod plus;
pub(crate) mod punctuation;
pub(crate) mod slash;
pub(crate) mod underscore;

use crate::chars;

/// A token in the making.
#[derive(Clone, Copy)]
pub(crate) struct Run<'t> {
    /// The text up to the end of the span that is scanned.
    pub(crate) text: &'t str,
    /// First byte of the token.
    pub(crate) start: usize,
    /// First byte of its last run of letters and digits.
    pub(crate) part: usize,
    /// One past its last byte so far.
    pub(crate) end: usize,
}

impl<'t> Run<'t> {
    /// The token so far.
    pub(crate) fn whole(&self) -> &'t str {
        &self.text[self.start..self.end]
    }

    /// The last run of letters and digits.
    pub(crate) fn last_part(&self) -> &'t str {
        &self.text[self.part..self.end]
    }

    /// The last character so far.
    pub(crate) fn last(&self) -> Option<char> {
        chars::char_before(self.text, self.end)
    }

    /// Where the run of letters and digits behind a mark of `width` bytes ends, if there is one.
    pub(crate) fn beyond(&self, width: usize) -> Option<usize> {
        let from = self.end + width;
        let next = chars::char_at(self.text, from)?;
        if !next.is_alphanumeric() {
            return None;
        }
        let end = chars::run_end(self.text, from);
        (end > from).then_some(end)
    }
}

/// Whether `part` is digits and nothing else.
pub(crate) fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

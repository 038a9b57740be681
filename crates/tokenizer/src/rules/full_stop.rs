//! Full stops inside and behind words and numbers.
//!
//! `1.000`, `19.30`, `TEMPO.CO`, `S.H`, `M.Si`, `a.n` go on behind the stop; `dinas.Ia` is a
//! sentence end whose space got lost; `No.5`, `Dr.Ahmad`, `M.Nasir` are an abbreviation or initial
//! and a word. Behind a word the stop stays with abbreviations, initials and dotted acronyms.

use super::{Run, address, initial, is_digits};
use crate::abbreviations::{Abbreviation, Abbreviations};
use crate::chars;

/// What a full stop does to the word before it.
pub(crate) enum Stop {
    /// The token goes on to this end.
    On(usize),
    /// The token is a domain and ends here.
    Domain(usize),
    /// The token takes the full stop and ends.
    Keep,
    /// The full stop is no part of the token.
    Apart,
}

/// Longest part of a dotted acronym or degree that no list holds.
const SHORT: usize = 3;

pub(crate) fn rule(run: &Run, abbreviations: &Abbreviations) -> Stop {
    match run.beyond(1) {
        Some(end) => inside(run, end, abbreviations),
        None if keeps_stop(run, abbreviations) => Stop::Keep,
        None => Stop::Apart,
    }
}

/// A letter or digit follows the stop; the run of it ends at `end`.
fn inside(run: &Run, end: usize, abbreviations: &Abbreviations) -> Stop {
    let right = &run.text[run.end + 1..end];
    let digit = right.as_bytes()[0].is_ascii_digit();
    if digit && run.last().is_some_and(|c| c.is_ascii_digit()) {
        return Stop::On(end);
    }
    if let Some(domain) = address::domain_end(run) {
        return Stop::Domain(domain);
    }
    let joined = || abbreviations.get(&run.text[run.start..end]).is_some();
    match abbreviations.get(run.whole()) {
        Some(Abbreviation::Number) if !digit => {}
        Some(_) => return if joined() { Stop::On(end) } else { Stop::Keep },
        None => {}
    }
    let left = run.last_part();
    let (left_length, right_length) = (left.chars().count(), right.chars().count());
    if digit {
        // `PMK.011`, `v2.0`, but not `ikon.1`.
        let code = left_length <= SHORT || !left.contains(char::is_lowercase);
        return if code { Stop::On(end) } else { Stop::Apart };
    }
    let mut letters = right.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let title_case = capital && letters.next().is_some_and(char::is_lowercase);
    if left_length == 1 && !is_digits(left) {
        // `S.Pd`, `R.A`, but `M.Nur`: a syllable in small letters may be a name.
        let short = right_length <= if title_case { 2 } else { SHORT };
        return match short || joined() {
            true => Stop::On(end),
            false if left.starts_with(char::is_uppercase) => Stop::Keep,
            false => Stop::Apart,
        };
    }
    if joined() {
        return Stop::On(end);
    }
    if title_case {
        return Stop::Apart;
    }
    let short = if left.starts_with(char::is_lowercase) {
        left_length <= SHORT && right_length <= SHORT
    } else {
        left_length <= SHORT || right_length <= SHORT
    };
    if short { Stop::On(end) } else { Stop::Apart }
}

/// No letter or digit follows the stop.
fn keeps_stop(run: &Run, abbreviations: &Abbreviations) -> bool {
    // The first of several is an ellipsis.
    if run.text.as_bytes().get(run.end + 1) == Some(&b'.') {
        return false;
    }
    let word = run.whole();
    match abbreviations.get(word) {
        Some(Abbreviation::Inner | Abbreviation::Open) => return true,
        Some(Abbreviation::Number) => return number_follows(&run.text[run.end + 1..]),
        None => {}
    }
    if is_initial(word) { initial::keeps_stop(run) } else { is_dotted_acronym(word) }
}

/// Whether a number comes next, in digits or Roman (`No. XI`).
fn number_follows(rest: &str) -> bool {
    let rest = rest.trim_start_matches(chars::is_blank).as_bytes();
    let roman = rest.iter().take_while(|byte| b"IVXLC".contains(byte)).count();
    rest.first().is_some_and(u8::is_ascii_digit)
        || roman > 0 && !rest.get(roman).is_some_and(u8::is_ascii_alphanumeric)
}

/// One capital letter.
pub(crate) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Single letters with stops between them: `A.S`, `U.S`, `R.A`.
pub(crate) fn is_dotted_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

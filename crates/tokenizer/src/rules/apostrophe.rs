//! Apostrophes: inside a word between letters (`Ma'ruf`, `Jum’at`, `McDonald's`), and before the
//! Arabic names and words that begin with an ayn (`'Aisyiyah`). Else the mark is a quote.

use super::Run;
use crate::chars;

/// The marks that news text uses for an apostrophe.
pub(crate) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | 'ʼ' | 'ʿ' | 'ʻ')
}

/// Whether the ayn of scholarly transliteration at `at`, which is never a quote, begins a word.
pub(crate) fn is_letter(text: &str, at: usize) -> bool {
    let behind = at + 'ʿ'.len_utf8();
    chars::char_at(text, at) == Some('ʿ')
        && chars::char_at(text, behind).is_some_and(|c| c.is_alphabetic() && !is_apostrophe(c))
}

pub(crate) fn join(run: &Run, width: usize) -> Option<usize> {
    let end = run.beyond(width)?;
    let letter = |character: Option<char>| character.is_some_and(char::is_alphabetic);
    // `90's` too, but not the minutes of `33'40`.
    let next = chars::char_at(run.text, run.end + width);
    (letter(next) && run.last().is_some_and(char::is_alphanumeric)).then_some(end)
}

/// Words written with an ayn at the front, lower-case.
const AYN: [&str; 18] = [
    "aalaa", "abd", "abdul", "ain", "aisyah", "aisyiyah", "alaihi", "alaihim", "ali", "anhu",
    "arasy", "asyura", "id", "idul", "ied", "ulama", "umar", "umrah",
];

/// Length of the longest of them.
const LONGEST: usize = 8;

/// End of the word with an ayn before it that begins at the apostrophe at `start`.
pub(crate) fn ayn(text: &str, start: usize, width: usize) -> Option<usize> {
    let from = start + width;
    if !matches!(text.as_bytes().get(from), Some(b'a' | b'A' | b'i' | b'I' | b'u' | b'U')) {
        return None;
    }
    let end = chars::run_end(text, from);
    if end - from > LONGEST {
        return None;
    }
    let word = text[from..end].to_lowercase();
    // A mark right behind the word closes a quotation: 'Umar'.
    let quoted = chars::char_at(text, end).is_some_and(is_apostrophe);
    (!quoted && AYN.binary_search(&word.as_str()).is_ok()).then_some(end)
}

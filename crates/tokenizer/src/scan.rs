//! Finds the next token. Runs of ASCII letters with a blank or a comma behind them, nearly all of
//! news text, are done in one pass over their bytes; everything else asks the rules.

use nukil_types::bytes::{CHUNK, chunk, letters_in_front};
use nukil_types::{Span, TokenKind};

use crate::abbreviations::Abbreviations;
use crate::chars::{self, BLANK, DIGIT, HIGH, JOINER, LETTER};
use crate::rules::full_stop::Stop;
use crate::rules::{
    Run, address, ampersand, apostrophe, currency, entity, full_stop, hyphen, number, plus,
    punctuation, slash, underscore,
};

/// The first token of `text` at or behind `from`.
#[inline]
pub(crate) fn next_token(
    abbreviations: &Abbreviations,
    text: &str,
    from: usize,
) -> Option<(Span, TokenKind)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let byte = *bytes.get(at)?;
        let class = chars::class(byte);
        if class & BLANK != 0 {
            at += 1;
        } else if class & (LETTER | DIGIT) != 0 {
            return Some(word(abbreviations, text, at));
        } else if class & HIGH != 0 {
            let character = chars::char_at(text, at)?;
            if chars::is_blank(character) {
                at += character.len_utf8();
            } else if character.is_alphanumeric()
                && (!apostrophe::is_apostrophe(character) || apostrophe::is_letter(text, at))
            {
                return Some(word(abbreviations, text, at));
            } else {
                return Some(mark(text, at));
            }
        } else {
            return Some(mark(text, at));
        }
    }
}

/// The word, number or address that begins with the letter or digit at `start`.
#[inline]
fn word(abbreviations: &Abbreviations, text: &str, start: usize) -> (Span, TokenKind) {
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        let letters = letters_in_front(chunk(&bytes[end..]));
        end += letters;
        if letters < CHUNK {
            break;
        }
    }
    if end < bytes.len() && chars::class(bytes[end]) & DIGIT != 0 {
        if end > start && currency::is_code(&text[start..end]) {
            return (Span::new(start, end), TokenKind::Word);
        }
        while end < bytes.len() && chars::class(bytes[end]) & (LETTER | DIGIT) != 0 {
            end += 1;
        }
    }
    match bytes.get(end) {
        Some(&byte) if chars::class(byte) & JOINER != 0 => joined(abbreviations, text, start),
        _ if chars::class(bytes[start]) & LETTER != 0 => (Span::new(start, end), TokenKind::Word),
        _ => (Span::new(start, end), kind(&text[start..end])),
    }
}

/// As [`word`], where a mark that may join parts stands behind the first run.
fn joined(abbreviations: &Abbreviations, text: &str, start: usize) -> (Span, TokenKind) {
    let first = chars::run_end(text, start);
    // A character that is alphanumeric yet no part of words by UAX #29 stands alone.
    let end = if first > start { first } else { chars::symbol_end(text, start) };
    let mut run = Run { text, start, part: start, end };
    let address = |end| (Span::new(start, end), TokenKind::Address);
    let mut email_sought = false;
    while let Some(mark) = chars::char_at(text, run.end) {
        let width = mark.len_utf8();
        // The local part of an e-mail address may hold what no word does.
        if !email_sought && matches!(mark, '.' | '-' | '+' | '_') {
            email_sought = true;
            if let Some(end) = address::email_end(text, start) {
                return address(end);
            }
        }
        let next = match mark {
            '-' | '\u{2010}' | '\u{2011}' => hyphen::join(&run, width),
            '.' => match full_stop::rule(&run, abbreviations) {
                Stop::On(end) => Some(end),
                Stop::Keep => {
                    run.end += 1;
                    break;
                }
                Stop::Apart => None,
                Stop::Domain(end) => {
                    if let Some(end) = address::after_domain(text, end) {
                        return address(end);
                    }
                    let site = text[start..end].get(..4);
                    if site.is_some_and(|site| site.eq_ignore_ascii_case("www.")) {
                        return address(end);
                    }
                    Some(end)
                }
            },
            ':' => match address::after_scheme(&run) {
                Some(end) => return address(end),
                None => number::join(&run),
            },
            ',' => number::join(&run),
            '/' => slash::join(&run),
            '&' => ampersand::join(&run),
            '+' => plus::join(&run),
            '_' => underscore::join(&run),
            '@' => match address::email_end(text, start) {
                Some(end) => return address(end),
                None => None,
            },
            _ if apostrophe::is_apostrophe(mark) => apostrophe::join(&run, width),
            _ => None,
        };
        let Some(next) = next else { break };
        run.part = run.end + width;
        run.end = next;
    }
    (Span::new(start, run.end), kind(run.whole()))
}

/// The kind of a token that begins with a letter or digit.
#[inline]
fn kind(surface: &str) -> TokenKind {
    if surface.as_bytes()[0].is_ascii_alphabetic() || surface.contains(char::is_alphabetic) {
        TokenKind::Word
    } else {
        TokenKind::Number
    }
}

/// The token that begins with the mark at `start`: punctuation, or a word or address whose first
/// character is no letter.
fn mark(text: &str, start: usize) -> (Span, TokenKind) {
    let span = |end| Span::new(start, end);
    let first = chars::char_at(text, start).unwrap_or(' ');
    let found = match first {
        '@' => address::mention_end(text, start).map(|end| (span(end), TokenKind::Address)),
        '#' => address::hashtag_end(text, start).map(|end| (span(end), TokenKind::Address)),
        '&' => entity::end(text, start).map(|end| (span(end), TokenKind::Punctuation)),
        _ if apostrophe::is_apostrophe(first) => {
            apostrophe::ayn(text, start, first.len_utf8()).map(|end| (span(end), TokenKind::Word))
        }
        _ => None,
    };
    found.unwrap_or_else(|| (span(punctuation::end(text, start)), TokenKind::Punctuation))
}

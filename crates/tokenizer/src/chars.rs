//! What a byte or a character is to the scanner.
//!
//! News text is almost all ASCII, so bytes are looked up in a table; a character outside ASCII is
//! decoded, and where words of other scripts, combining marks or emoji begin and end is left to
//! the word bounds of Unicode (UAX #29, crate `unicode-segmentation`).

use unicode_segmentation::UnicodeSegmentation;

/// An ASCII letter.
pub(crate) const LETTER: u8 = 1;
/// An ASCII digit.
pub(crate) const DIGIT: u8 = 2;
/// ASCII white space or a control character: never part of a token.
pub(crate) const BLANK: u8 = 4;
/// First or later byte of a character outside ASCII.
pub(crate) const HIGH: u8 = 8;
/// May stand inside a word or number, when a rule says so.
pub(crate) const JOINER: u8 = 16;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            0..=b' ' | 0x7F => BLANK,
            0x80.. => HIGH | JOINER,
            b'-' | b'.' | b',' | b':' | b'/' | b'\'' | b'`' | b'&' | b'+' | b'@' | b'_' => JOINER,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// The class bits of a byte.
#[inline]
pub(crate) fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The character that begins at `at`, if any.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&byte) if byte < 0x80 => Some(char::from(byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// The character that ends at `at`, if any.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Characters that are seen by no reader: soft hyphens, zero-width and direction marks, controls.
/// At the edge of a token they count as white space; inside a word they are passed over.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// White space of any width (the no-break kinds too) or nothing visible at all.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// Characters outside ASCII that end a word whatever follows, so that the rules of this crate and
/// not those of UAX #29 decide about apostrophes, dashes and stops.
fn ends_word(character: char) -> bool {
    character.is_whitespace()
        || matches!(character,
            '\u{80}'..='\u{A9}' | '\u{AB}' | '\u{AC}' | '\u{AE}'..='\u{B1}' | '\u{B4}'
            | '\u{B6}'..='\u{B8}' | '\u{BB}' | '\u{BF}' | '\u{D7}' | '\u{F7}' | '\u{200B}'
            | '\u{2010}'..='\u{2029}' | '\u{202F}'..='\u{205F}' | '\u{2E00}'..='\u{2E7F}'
            | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}'
            | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
            | '\u{FF5B}'..='\u{FF65}' | '\u{FFFD}')
}

/// How much text is handed to UAX #29 at once. Words are shorter; the bound keeps a text without
/// white space from being scanned again for every token.
const STRETCH: usize = 128;

/// End of the run of letters, digits and marks that begins at `from`; `from` if none does.
pub(crate) fn run_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() && class(bytes[at]) & (LETTER | DIGIT) != 0 {
        at += 1;
    }
    if at < bytes.len() && bytes[at] >= 0x80 { unicode_run_end(text, from) } else { at }
}

fn unicode_run_end(text: &str, from: usize) -> usize {
    let mut end = from;
    loop {
        let mut limit = end;
        for character in text[end..].chars() {
            let inside = match character.is_ascii() {
                true => character.is_ascii_alphanumeric(),
                false => !ends_word(character),
            };
            if !inside || limit - end >= STRETCH {
                break;
            }
            limit += character.len_utf8();
        }
        let stretch = &text[end..limit];
        let Some(bound) = stretch.split_word_bounds().next() else { break };
        // Past the first stretch only letters and digits may carry the word on.
        if !bound.starts_with(char::is_alphanumeric) {
            break;
        }
        end += bound.len();
        if bound.len() < stretch.len() || stretch.len() < STRETCH {
            break;
        }
    }
    // Square and cubic metres belong to their unit.
    if end > from && matches!(char_at(text, end), Some('²' | '³')) {
        end += '²'.len_utf8();
    }
    from + text[from..end].trim_end_matches(is_invisible).len()
}

/// End of the symbol that begins at `from` and is no letter or digit: one mark, or one emoji with
/// all its modifiers.
pub(crate) fn symbol_end(text: &str, from: usize) -> usize {
    let Some(first) = char_at(text, from) else { return from };
    if first.is_ascii() || ends_word(first) {
        return from + first.len_utf8();
    }
    let mut limit = from;
    for character in text[from..].chars() {
        if character.is_ascii() || ends_word(character) || limit - from >= STRETCH {
            break;
        }
        limit += character.len_utf8();
    }
    let bound = text[from..limit].split_word_bounds().next().unwrap_or(&text[from..limit]);
    // The selector of the coloured form is part of an emoji.
    let trailing = |c| is_invisible(c) && c != '\u{FE0F}';
    from + bound.trim_end_matches(trailing).len().max(first.len_utf8())
}

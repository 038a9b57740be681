//! The words of a page, and what stands between them.

use nukil_types::Span;

use crate::lines::is_blank;
use crate::model::Lexicon;

/// Longest character reference ("&amp;ldquo;"), in bytes.
const REFERENCE_LIMIT: usize = 14;

/// A word: a run of letters and digits; a capital behind a small letter begins the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub span: Span,
    /// Hash of the word in lower case; all numbers have the same.
    pub hash: u64,
    /// Its number in the lexicon of the model; 0 if it is not in it.
    pub number: u16,
    pub case: Case,
    /// What stands between the word before and this one.
    pub gap: Gap,
    /// Where the marks begin that belong to this word ("(", an opening quotation mark).
    pub lead: usize,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    /// The first letter alone is a capital.
    Title,
    /// Two capitals or more and no small letter.
    Upper,
    Digit,
}

/// The marks between two words, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gap(u16);

/// What a byte is: a small letter, a capital or a digit of ASCII, a byte of any other character that
/// is not of ASCII, or a mark.
const CLASSES: [u8; 256] = {
    let mut classes = [MARK; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            128.. => OTHER,
            _ => MARK,
        };
        byte += 1;
    }
    classes
};
const MARK: u8 = 0;
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
const OTHER: u8 = 8;

impl Gap {
    pub(crate) const BLANK: u16 = 1;
    pub(crate) const STOP: u16 = 1 << 1;
    pub(crate) const ASK: u16 = 1 << 2;
    pub(crate) const COLON: u16 = 1 << 3;
    pub(crate) const COMMA: u16 = 1 << 4;
    pub(crate) const DASH: u16 = 1 << 5;
    pub(crate) const QUOTE: u16 = 1 << 6;
    pub(crate) const OPEN: u16 = 1 << 7;
    pub(crate) const CLOSE: u16 = 1 << 8;
    pub(crate) const BAR: u16 = 1 << 9;
    pub(crate) const SLASH: u16 = 1 << 10;
    pub(crate) const OTHER: u16 = 1 << 11;
    /// Two blanks or more.
    pub(crate) const WIDE: u16 = 1 << 12;

    /// Whether one blank stands between the words, and nothing else.
    #[inline]
    pub(crate) fn is_blank(self) -> bool {
        self.0 == Self::BLANK
    }

    #[inline]
    pub(crate) fn union(self, other: Gap) -> Gap {
        Gap(self.0 | other.0)
    }

    #[inline]
    pub(crate) fn has(self, marks: u16) -> bool {
        self.0 & marks != 0
    }

    /// The mark that says most of how the words before it end, as a small number.
    #[inline]
    pub(crate) fn end(self) -> u64 {
        if self.0 & !(Self::BLANK | Self::WIDE) == 0 { 0 } else { self.end_mark() }
    }

    fn end_mark(self) -> u64 {
        const ORDER: [u16; 11] = [
            Gap::STOP,
            Gap::ASK,
            Gap::COLON,
            Gap::BAR,
            Gap::CLOSE,
            Gap::QUOTE,
            Gap::COMMA,
            Gap::DASH,
            Gap::OPEN,
            Gap::SLASH,
            Gap::OTHER,
        ];
        ORDER.iter().position(|&mark| self.has(mark)).map_or(0, |at| at as u64 + 1)
    }

    fn of(c: char) -> u16 {
        match c {
            '.' | '…' => Self::STOP,
            '?' | '!' => Self::ASK,
            ':' => Self::COLON,
            ',' | ';' => Self::COMMA,
            '-' | '–' | '—' | '―' | '\u{fffd}' => Self::DASH,
            '"' | '“' | '”' | '\'' | '‘' | '’' => Self::QUOTE,
            '(' | '[' => Self::OPEN,
            ')' | ']' => Self::CLOSE,
            '|' => Self::BAR,
            '/' => Self::SLASH,
            c if is_blank(c) => Self::BLANK,
            _ => Self::OTHER,
        }
    }
}

/// The hash of all numbers.
const NUMBER: u64 = 1;

/// A hash of `word` in lower case (ASCII).
pub(crate) fn hash_word(word: &str) -> u64 {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return NUMBER;
    }
    let chunks = word.as_bytes().chunks(8).map(|chunk| {
        let lower = chunk.iter().rev().map(|byte| u64::from(byte.to_ascii_lowercase()));
        lower.fold(0, |chunk, byte| chunk << 8 | byte)
    });
    finish_hash(chunks.fold(0, add_chunk))
}

/// A hash of a word of ASCII letters and digits that stands in `bytes` from `start` to `end`.
#[inline]
fn hash_ascii(bytes: &[u8], start: usize, end: usize) -> u64 {
    let mut hash = 0;
    let mut at = start;
    while at < end {
        let chunk = match bytes[at..].first_chunk() {
            Some(&chunk) => u64::from_le_bytes(chunk),
            None => bytes[at..].iter().rev().fold(0, |chunk, &byte| chunk << 8 | u64::from(byte)),
        };
        let kept = u64::MAX >> (64 - 8 * (end - at).min(8));
        // The bit that makes a capital a small letter is set in every digit.
        hash = add_chunk(hash, (chunk | 0x2020_2020_2020_2020) & kept);
        at += 8;
    }
    finish_hash(hash)
}

#[inline]
fn add_chunk(hash: u64, chunk: u64) -> u64 {
    (hash.rotate_left(5) ^ chunk).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[inline]
fn finish_hash(hash: u64) -> u64 {
    hash ^ hash >> 32
}

/// Appends the words of `line` to `tokens`; gives what stands behind the last.
pub(crate) fn scan(text: &str, line: Span, lexicon: &Lexicon, tokens: &mut Vec<Token>) -> Gap {
    let bytes = &text.as_bytes()[..line.end];
    let mut gap = Gap::default();
    let mut lead = line.start;
    let mut at = line.start;
    while let Some(&byte) = bytes.get(at) {
        let class = CLASSES[usize::from(byte)];
        let word = match class {
            MARK => None,
            OTHER => any_word(text, at, line.end),
            _ => short_word(bytes, at)
                .or_else(|| ascii_word(bytes, at))
                .or_else(|| any_word(text, at, line.end)),
        };
        if let Some(Word { end, hash, case }) = word {
            let (span, number) = (Span { start: at, end }, lexicon.number(hash));
            tokens.push(Token { span, hash, number, case, gap, lead });
            (gap, lead, at) = (Gap::default(), end, end);
            continue;
        }
        if byte == b' ' && gap.0 & Gap::BLANK == 0 {
            gap.0 |= Gap::BLANK;
            at += 1;
            lead = at;
            continue;
        }
        let (mark, length) = match class {
            MARK if byte != b'&' => (Gap::of(char::from(byte)), 1),
            _ => mark_at(&text[at..line.end]),
        };
        if mark == Gap::BLANK && gap.has(Gap::BLANK) && text[..at].ends_with(is_blank) {
            gap.0 |= Gap::WIDE;
        }
        gap.0 |= mark;
        at += length;
        // Opening marks belong to the word behind them, all others to the one before.
        let opens = mark == Gap::OPEN || mark == Gap::QUOTE && lead_open(text, at - length);
        if !opens {
            lead = at;
        }
    }
    gap
}

/// One word of so many may be written otherwise where all are in small letters, or all in capitals.
const RARE: usize = 50;

/// Whether the words are neither all in small letters nor all in capitals.
pub(crate) fn is_mixed_case(tokens: &[Token]) -> bool {
    let few = tokens.len() / RARE;
    let (mut not_lower, mut not_upper) = (0, 0);
    tokens.iter().any(|token| {
        not_lower += usize::from(matches!(token.case, Case::Title | Case::Upper));
        not_upper += usize::from(matches!(token.case, Case::Title | Case::Lower));
        not_lower > few && not_upper > few
    })
}

/// A word that the scanner has read.
struct Word {
    end: usize,
    hash: u64,
    case: Case,
}

/// The word that begins with the letter or digit at `start`, if it is one letter and small letters, or such
/// behind a capital: most words are, and eight bytes are read at once. Not those at the end of `bytes`.
#[inline]
fn short_word(bytes: &[u8], start: usize) -> Option<Word> {
    let first = CLASSES[usize::from(bytes[start])];
    // A capital counts as small here.
    let mut chunk = u64::from_le_bytes(*bytes[start..].first_chunk()?) | 0x20;
    let (mut hash, mut at) = (0, start);
    let mut small = small_letters(chunk);
    while small == 8 {
        hash = add_chunk(hash, chunk);
        at += 8;
        chunk = u64::from_le_bytes(*bytes[at..].first_chunk()?);
        small = small_letters(chunk);
    }
    let end = at + small;
    if small > 0 {
        hash = add_chunk(hash, chunk & (u64::MAX >> (64 - 8 * small)));
    }
    let ended = match CLASSES[usize::from(bytes[end])] {
        MARK => true,
        UPPER => end > start + 1 || first == LOWER,
        _ => false,
    };
    let case = if first == LOWER { Case::Lower } else { Case::Title };
    (ended && end > start).then(|| Word { end, hash: finish_hash(hash), case })
}

/// How many small letters the eight bytes begin with.
#[inline]
fn small_letters(chunk: u64) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    // The top bit of each byte: whether it is `a` or above, and whether it is above `z`.
    let rest = chunk & !TOP;
    let from_a = rest + (0x80 - b'a' as u64) * EACH;
    let above_z = rest + (0x7f - b'z' as u64) * EACH;
    let small = from_a & !above_z & !chunk & TOP;
    (small ^ TOP).trailing_zeros() as usize / 8
}

/// The word that begins with the letter or digit at `start`, if all its characters are ASCII.
#[inline]
fn ascii_word(bytes: &[u8], start: usize) -> Option<Word> {
    let class = |at: usize| bytes.get(at).map_or(MARK, |&byte| CLASSES[usize::from(byte)]);
    let first = class(start);
    let mut end = start + 1;
    while class(end) == LOWER {
        end += 1;
    }
    let mut rest = if end > start + 1 { LOWER } else { MARK };
    let mut before = if end > start + 1 { LOWER } else { first };
    loop {
        let next = class(end);
        match next {
            MARK => break,
            UPPER if before == LOWER => break,
            // Either a mark or a letter of the word.
            OTHER => return None,
            _ => {}
        }
        rest |= next;
        before = next;
        end += 1;
    }
    let case = match first {
        DIGIT => Case::Digit,
        LOWER => Case::Lower,
        _ if end > start + 1 && rest & LOWER == 0 => Case::Upper,
        _ => Case::Title,
    };
    let hash = if (first | rest) == DIGIT { NUMBER } else { hash_ascii(bytes, start, end) };
    Some(Word { end, hash, case })
}

/// The word that begins at `start`, of any characters, if one does.
fn any_word(text: &str, start: usize, limit: usize) -> Option<Word> {
    let rest = &text[start..limit];
    let word = &rest[..word_length(rest)];
    let word = Some(word).filter(|word| !word.is_empty())?;
    Some(Word { end: start + word.len(), hash: hash_word(word), case: case_of(word) })
}

/// Whether the mark at `at` has a blank or nothing of a word before it.
fn lead_open(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| is_blank(c) || matches!(c, '"' | '“' | '(' | ';'))
}

/// Bytes of the word that `rest` begins with.
fn word_length(rest: &str) -> usize {
    let mut lower = false;
    for (at, c) in rest.char_indices() {
        if !c.is_alphanumeric() || lower && c.is_uppercase() {
            return at;
        }
        lower = c.is_lowercase();
    }
    rest.len()
}

fn case_of(word: &str) -> Case {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    if first.is_numeric() {
        Case::Digit
    } else if !first.is_uppercase() {
        Case::Lower
    } else if word.len() > 1 && !chars.any(char::is_lowercase) {
        Case::Upper
    } else {
        Case::Title
    }
}

/// The mark that `rest` begins with, and its length.
fn mark_at(rest: &str) -> (u16, usize) {
    reference(rest).unwrap_or_else(|| {
        let c = rest.chars().next().unwrap_or(' ');
        (Gap::of(c), c.len_utf8())
    })
}

/// The character reference that `rest` begins with: the mark that it stands for, and its length.
fn reference(rest: &str) -> Option<(u16, usize)> {
    let name = rest.strip_prefix('&')?;
    let name = name.strip_prefix("amp;").unwrap_or(name);
    let length = name.bytes().take(REFERENCE_LIMIT).position(|byte| byte == b';')?;
    let mark = match &name[..length] {
        "nbsp" => Gap::BLANK,
        "ldquo" | "rdquo" | "quot" | "lsquo" | "rsquo" | "#39" => Gap::QUOTE,
        "ndash" | "mdash" => Gap::DASH,
        "hellip" => Gap::STOP,
        "gt" | "lt" | "amp" | "middot" | "bull" => Gap::OTHER,
        _ => return None,
    };
    Some((mark, rest.len() - name.len() + length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<(&str, Case)> {
        let mut tokens = Vec::new();
        scan(line, Span::new(0, line.len()), &Lexicon::default(), &mut tokens);
        tokens.iter().map(|token| (&line[token.span.start..token.span.end], token.case)).collect()
    }

    #[test]
    fn words_end_at_marks_and_before_a_glued_capital() {
        assert_eq!(
            words("Harga naik.&amp;nbsp;Baca jugaHarga RI-2024"),
            [
                ("Harga", Case::Title),
                ("naik", Case::Lower),
                ("Baca", Case::Title),
                ("juga", Case::Lower),
                ("Harga", Case::Title),
                ("RI", Case::Upper),
                ("2024", Case::Digit),
            ]
        );
    }

    #[test]
    fn opening_marks_go_with_the_word_behind_them() {
        let line = "Kami lega.”(ant) “Ya";
        let mut tokens = Vec::new();
        scan(line, Span::new(0, line.len()), &Lexicon::default(), &mut tokens);
        let leads: Vec<&str> =
            tokens.iter().map(|token| &line[token.lead..token.span.end]).collect();
        assert_eq!(leads, ["Kami", "lega", "(ant", "“Ya"]);
        assert!(tokens[2].gap.has(Gap::STOP) && tokens[2].gap.has(Gap::OPEN));
    }

    #[test]
    fn a_word_hashes_as_it_does_in_the_table() {
        let line = "Kab. Rejang mempertanggungjawabkan ABC a1b2 Rp500 x kepada Jokowi di é Éa día NÉ 12345678";
        let mut tokens = Vec::new();
        scan(line, Span::new(0, line.len()), &Lexicon::default(), &mut tokens);
        for token in tokens {
            let word = &line[token.span.start..token.span.end];
            assert_eq!((token.hash, token.case), (hash_word(word), case_of(word)), "{word}");
        }
    }

    #[test]
    fn small_letters_are_counted_from_the_start() {
        for (bytes, count) in [
            (b"abcxyz.z", 6),
            (b"az`aaaaa", 2),
            (b"{aaaaaaa", 0),
            (b"abcdefgh", 8),
            (b"ab\xe1aaaaa", 2),
        ] {
            assert_eq!(small_letters(u64::from_le_bytes(*bytes)), count);
        }
    }

    #[test]
    fn one_case_is_not_mixed() {
        let mixed = |line: &str| {
            let mut tokens = Vec::new();
            scan(line, Span::new(0, line.len()), &Lexicon::default(), &mut tokens);
            is_mixed_case(&tokens)
        };
        assert!(mixed("Harga naik 2 persen di Bandung"));
        assert!(!mixed("harga naik 2 persen di bandung"));
        assert!(!mixed("HARGA NAIK 2 PERSEN DI BANDUNG"));
    }

    #[test]
    fn numbers_and_cases_share_a_hash() {
        assert_eq!(hash_word("2024"), hash_word("7"));
        assert_eq!(hash_word("Baca"), hash_word("baca"));
        assert_ne!(hash_word("baca"), hash_word("juga"));
    }
}

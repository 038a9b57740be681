//! The page as lines: the unit in which furniture comes.

use memchr::memchr;
use nukil_types::Span;

/// A line that holds more than white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// From its first to its last character that is not white space.
    pub span: Span,
    /// How many empty lines stand directly above it.
    pub blank_above: usize,
}

/// White space, and what renders as nothing: byte order marks, zero-width characters.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

/// The lines of `text` that hold more than white space.
pub(crate) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut blank_above) = (0, 0);
    while start < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let span = trim(text, Span::new(start, end));
        if span.is_empty() {
            blank_above += 1;
        } else {
            lines.push(Line { span, blank_above });
            blank_above = 0;
        }
        start = end + 1;
    }
    lines
}

/// `span` without the white space at its ends; empty at its start when there is nothing else.
pub(crate) fn trim(text: &str, span: Span) -> Span {
    let slice = &text[span.start..span.end];
    if let [first, .., last] = slice.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return span;
    }
    let kept = slice.trim_start_matches(is_blank);
    let start = if kept.is_empty() { span.start } else { span.end - kept.len() };
    Span::new(start, start + kept.trim_end_matches(is_blank).len())
}

/// The largest character boundary of `text` that is not past `at`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_know_the_gap_above() {
        let text = "\u{feff}Judul\n\n \u{a0}Isi berita. \r\n\u{200b}\nAkhir";
        let lines = split(text);
        let found: Vec<_> =
            lines.iter().map(|l| (&text[l.span.start..l.span.end], l.blank_above)).collect();
        assert_eq!(found, [("Judul", 0), ("Isi berita.", 1), ("Akhir", 1)]);
    }
}

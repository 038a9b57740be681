//! Line breaks between two tokens.
//!
//! A blank line always ends a sentence. A single line break ends one too, for in scraped news a
//! line is a paragraph or a heading, unless the sentence visibly goes on (small letter, comma) or
//! the text was wrapped at a fixed width.

use nukil_types::{Document, Token};

/// How the line breaks between two tokens look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// None.
    Same,
    /// One.
    Next,
    /// Two or more: a blank line, or the separators that Unicode has for it.
    Paragraph,
}

impl Lines {
    /// Reads the text between two tokens, which is blank.
    pub(super) fn between(gap: &[u8]) -> Lines {
        let feeds = gap.iter().filter(|&&byte| byte == b'\n').count();
        // Line ends of old: carriage returns alone.
        let returns = gap.iter().filter(|&&byte| byte == b'\r').count();
        // U+2028 and U+2029.
        let separators = gap.windows(3).filter(|w| matches!(w, [0xE2, 0x80, 0xA8 | 0xA9])).count();
        match feeds.max(returns) + separators {
            0 if gap.contains(&0x0C) => Lines::Paragraph,
            0 => Lines::Same,
            1 => Lines::Next,
            _ => Lines::Paragraph,
        }
    }
}

/// Narrowest and widest line, in bytes, that text is wrapped to.
const WRAP: std::ops::RangeInclusive<usize> = 50..=110;

/// Fewest lines of a wrapped paragraph.
const FEWEST_LINES: usize = 3;

/// The width that the paragraph under the scan is wrapped to; measured once a paragraph.
#[derive(Debug)]
pub(super) struct Width {
    /// Start and end of the prose that may be looked at.
    prose: (usize, usize),
    /// End of the paragraph that `wrapped` speaks of.
    until: usize,
    /// Its widest line, if the paragraph looks wrapped.
    wrapped: Option<usize>,
}

impl Width {
    /// Nothing measured yet, in the prose from `start` to `end`.
    pub(super) fn of(start: usize, end: usize) -> Width {
        Width { prose: (start, end), until: start, wrapped: None }
    }

    /// Whether the single line break between `token` and `next`, with no full stop before it, ends
    /// a sentence.
    pub(super) fn ends_line(&mut self, document: &Document, token: &Token, next: &Token) -> bool {
        let text = &document.text[..self.prose.1];
        if matches!(document.surface(token), "," | ";" | "-" | "–" | "—" | "(" | "&" | "/") {
            return false;
        }
        if document.surface(next).starts_with(char::is_lowercase) {
            return false;
        }
        if next.span.start >= self.until {
            self.measure(text, token.span.start);
        }
        let Some(width) = self.wrapped else { return true };
        let line = text[..token.span.end].rfind('\n').map_or(0, |feed| feed + 1);
        // In wrapped text the next word did not fit any more.
        token.span.end - line + 1 + next.span.len() <= width
    }

    /// Measures the paragraph around `at`.
    fn measure(&mut self, text: &str, at: usize) {
        let prose = self.prose.0;
        let start = text[prose..at].rfind("\n\n").map_or(prose, |blank| prose + blank + 2);
        let end = text[at..].find("\n\n").map_or(text.len(), |blank| at + blank);
        self.until = end;
        let mut count = 0;
        let mut widest = 0;
        let mut narrowest_full = usize::MAX;
        let mut lines = text[start..end].lines().peekable();
        while let Some(line) = lines.next() {
            let length = line.trim_end().len();
            count += 1;
            widest = widest.max(length);
            if lines.peek().is_some() {
                narrowest_full = narrowest_full.min(length);
            }
        }
        // All lines but the last are nearly as long as the longest.
        let wrapped =
            count >= FEWEST_LINES && WRAP.contains(&widest) && narrowest_full + 20 >= widest;
        self.wrapped = wrapped.then_some(widest);
    }
}

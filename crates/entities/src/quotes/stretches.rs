//! Stretches of text in double quotation marks, straight or curly.
//!
//! A stretch ends in the paragraph in which it begins, unless the next paragraph begins with a
//! mark that opens: then the quotation goes on there. A mark that is never closed opens nothing.
//!
//! Marks are also what scrapers made of them: character references ("&quot;", and "&amp;ldquo;", which is
//! debris and no token), the sign for a character that was lost ("\u{fffd}"), and a question mark right before
//! a word.

use std::ops::Range;

use nukil_types::{Document, TokenKind};

/// A stretch between two quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The tokens between the marks.
    pub inside: Range<usize>,
    /// Those with the marks that are tokens.
    whole: Range<usize>,
}

impl Stretch {
    /// The tokens with the marks.
    pub fn whole(&self) -> Range<usize> {
        self.whole.clone()
    }
}

/// What a mark can do to a quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens,
    Closes,
    /// A straight mark, which does either.
    Straight,
    /// A question mark in place of one that opens; another one closes it.
    Question,
    /// A single mark, which opens before a capital and closes behind another mark: "'Kami siap,' kata
    /// Budi".
    Single,
}

fn mark(surface: &str) -> Option<Mark> {
    match surface {
        "\"" | "''" | "＂" | "\u{fffd}" => Some(Mark::Straight),
        "“" | "„" | "«" => Some(Mark::Opens),
        "”" | "»" => Some(Mark::Closes),
        "?" => Some(Mark::Question),
        "'" | "‘" | "’" => Some(Mark::Single),
        _ => reference(surface),
    }
}

/// The mark that a character reference stands for, which may have been escaped again.
fn reference(text: &str) -> Option<Mark> {
    let name = text.strip_prefix('&')?.strip_suffix(';')?;
    match name.trim_start_matches("amp;") {
        "quot" | "#34" => Some(Mark::Straight),
        "ldquo" | "#8220" => Some(Mark::Opens),
        "rdquo" | "#8221" => Some(Mark::Closes),
        _ => None,
    }
}

/// The mark in debris right before a token: "&amp;ldquo;".
fn mark_before(document: &Document, at: usize) -> Option<Mark> {
    let start = at.checked_sub(1).map_or(0, |before| document.tokens[before].span.end);
    let gap = document.text.get(start..document.tokens[at].span.start)?;
    let open = gap.find('&')?;
    let close = open + gap[open..].rfind(';')?;
    reference(&gap[open..=close])
}

/// A mark that opened a stretch.
#[derive(Clone, Copy)]
struct Open {
    /// The first token with the mark, and without.
    whole: usize,
    inside: usize,
    mark: Mark,
}

/// Fills `found` with the stretches of the document in text order. They do not overlap.
pub(super) fn find(document: &Document, found: &mut Vec<Stretch>) {
    found.clear();
    let has_debris = !document.blocks.is_empty();
    let mut open: Option<Open> = None;
    for sentence in &document.sentences {
        for at in sentence.tokens.clone() {
            if has_debris && let Some(mark) = mark_before(document, at) {
                let begins = begins_paragraph(document, at);
                place(document, mark, at..at, begins, &mut open, found);
            }
            let token = &document.tokens[at];
            let is_mark = token.kind == TokenKind::Punctuation;
            let mark = is_mark.then(|| mark(document.surface(token))).flatten();
            if mark.is_none() && open.is_none() {
                continue;
            }
            let begins = begins_paragraph(document, at);
            match mark {
                Some(mark) => place(document, mark, at..at + 1, begins, &mut open, found),
                None if begins && !has_reference_before(document, at) => open = None,
                None => {}
            }
        }
    }
}

fn has_reference_before(document: &Document, at: usize) -> bool {
    !document.blocks.is_empty() && mark_before(document, at).is_some()
}

/// What a mark that stands at these tokens, or before the token where they begin, does to the stretch
/// that is open.
fn place(
    document: &Document,
    mark: Mark,
    tokens: Range<usize>,
    begins: bool,
    open: &mut Option<Open>,
    found: &mut Vec<Stretch>,
) {
    let opened = Open { whole: tokens.start, inside: tokens.end, mark };
    if begins && mark == Mark::Closes {
        *open = None;
    }
    if mark == Mark::Single && !is_single(document, &tokens, *open) {
        return;
    }
    match (*open, mark) {
        (None, Mark::Question | Mark::Single) => {
            if opens_word(document, tokens.start) {
                *open = Some(opened);
            }
        }
        (Some(other), Mark::Question) if other.mark != Mark::Question => {}
        (Some(other), Mark::Straight | Mark::Closes) if other.mark == Mark::Single => {
            *open = None;
        }
        // The quotation goes on in this paragraph.
        (Some(_), Mark::Opens | Mark::Straight) if begins => {}
        (None, Mark::Straight) if !tokens.is_empty() && is_glued_behind(document, tokens.start) => {
        }
        (None, Mark::Opens | Mark::Straight) | (Some(_), Mark::Opens) => *open = Some(opened),
        (Some(start), Mark::Closes | Mark::Straight | Mark::Question | Mark::Single) => {
            if start.inside < tokens.start {
                found.push(Stretch {
                    inside: start.inside..tokens.start,
                    whole: start.whole..tokens.end,
                });
            }
            *open = None;
        }
        // "”Kami siap,” kata Budi": the mark that closes at both ends.
        (None, Mark::Closes) => {
            if !tokens.is_empty() && opens_word(document, tokens.start) {
                *open = Some(opened);
            }
        }
    }
}

/// Whether a single mark opens or closes speech, and is no apostrophe.
fn is_single(document: &Document, tokens: &Range<usize>, open: Option<Open>) -> bool {
    match open {
        None => true,
        Some(open) => {
            let start = document.tokens[tokens.start].span.start;
            let before = document.text[..start].chars().next_back();
            open.mark == Mark::Single
                && before.is_some_and(|it| matches!(it, ',' | '.' | '!' | '?'))
        }
    }
}

/// Whether a mark stands right before a word with a capital and behind a blank.
fn opens_word(document: &Document, at: usize) -> bool {
    let span = document.tokens[at].span;
    let before = document.text[..span.start].chars().next_back();
    let behind = document.text[span.end..].chars().next();
    before.is_none_or(char::is_whitespace) && behind.is_some_and(char::is_uppercase)
}

/// Whether a paragraph ends between the token and the one before it: a line that ends in a mark. Where
/// the text of a link stands on a line of its own, lines end within a sentence.
fn begins_paragraph(document: &Document, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let gap = document.tokens[before].span.end..document.tokens[at].span.start;
    let line = document.text[gap].contains('\n');
    line && document.tokens[before].kind == TokenKind::Punctuation
        && document.surface(&document.tokens[before]) != ","
}

/// Whether a mark can only close: a word right before it, none right behind.
fn is_glued_behind(document: &Document, at: usize) -> bool {
    let span = document.tokens[at].span;
    let before = document.text[..span.start].chars().next_back();
    let behind = document.text[span.end..].chars().next();
    before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
}

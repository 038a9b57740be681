//! Stretches of text in double quotation marks, straight or curly.
//!
//! A stretch ends in the paragraph in which it begins, unless the next paragraph begins with a
//! mark that opens: then the quotation goes on there. A mark that is never closed opens nothing.

use std::ops::Range;

use nukil_types::{Document, TokenKind};

/// A stretch between two quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The tokens between the marks.
    pub inside: Range<usize>,
}

impl Stretch {
    /// The tokens with the marks.
    pub fn whole(&self) -> Range<usize> {
        self.inside.start - 1..self.inside.end + 1
    }
}

/// What a token can do to a quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens,
    Closes,
    /// A straight mark, which does either.
    Straight,
}

fn mark(surface: &str) -> Option<Mark> {
    match surface {
        "\"" | "''" | "＂" => Some(Mark::Straight),
        "“" | "„" | "«" => Some(Mark::Opens),
        "”" | "»" => Some(Mark::Closes),
        _ => None,
    }
}

/// Fills `found` with the stretches of the document in text order. They do not overlap.
pub(super) fn find(document: &Document, found: &mut Vec<Stretch>) {
    found.clear();
    let mut open: Option<usize> = None;
    for sentence in &document.sentences {
        for at in sentence.tokens.clone() {
            let token = &document.tokens[at];
            let is_mark = token.kind == TokenKind::Punctuation;
            let mark = is_mark.then(|| mark(document.surface(token))).flatten();
            if mark.is_none() && open.is_none() {
                continue;
            }
            let begins = begins_paragraph(document, at);
            if begins && !matches!(mark, Some(Mark::Opens | Mark::Straight)) {
                open = None;
            }
            let Some(mark) = mark else { continue };
            match (open, mark) {
                // The quotation goes on in this paragraph.
                (Some(_), Mark::Opens | Mark::Straight) if begins => {}
                (None, Mark::Straight) if is_glued_behind(document, at) => {}
                (None, Mark::Opens | Mark::Straight) | (Some(_), Mark::Opens) => open = Some(at),
                (Some(start), Mark::Closes | Mark::Straight) => {
                    if start + 1 < at {
                        found.push(Stretch { inside: start + 1..at });
                    }
                    open = None;
                }
                (None, Mark::Closes) => {}
            }
        }
    }
}

/// Whether a line ends between the token and the one before it.
fn begins_paragraph(document: &Document, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let gap = document.tokens[before].span.end..document.tokens[at].span.start;
    document.text[gap].contains('\n')
}

/// Whether a mark can only close: a word right before it, none right behind.
fn is_glued_behind(document: &Document, at: usize) -> bool {
    let span = document.tokens[at].span;
    let before = document.text[..span.start].chars().next_back();
    let behind = document.text[span.end..].chars().next();
    before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
}

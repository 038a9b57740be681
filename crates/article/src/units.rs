//! The page as units that are furniture or prose as a whole: lines, and inside a line sentences,
//! what begins with an anchor ("Baca juga", "Pewarta:"), and behind an anchor every place at which
//! prose may go on.

use std::ops::Range;

use nukil_types::{Block, BlockKind, Span};

use crate::lines::{self, Line};
use crate::model::Lexicon;
use crate::tokens::{self, Case, Gap, Token};

/// Words behind an anchor at each of which, if it has a capital, prose may go on.
const REACH: usize = 60;
/// The same behind a word with a colon that is no known anchor.
const COLON_REACH: usize = 12;
/// Words of an abbreviation before a full stop that ends no sentence ("Dr.", "H.").
const ABBREVIATION: usize = 3;

/// Bytes of a page for which it has one word, and somewhat more than that.
const BYTES_PER_WORD: usize = 6;

/// A stretch of a line.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub span: Span,
    pub tokens: Range<usize>,
    /// Index of its line.
    pub line: usize,
    pub cut: Cut,
    /// What stands behind its last word.
    pub end: Gap,
    /// What the rules say of it.
    pub rule: Option<BlockKind>,
    /// The first word of the anchor before it, when it stands in its reach.
    pub anchor: Option<usize>,
    /// Whether it is the last of its line.
    pub last: bool,
}

/// Why a unit begins where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// A line begins.
    Line,
    /// A line begins with an empty one above.
    Paragraph,
    /// The line goes on behind headline or dateline.
    Head,
    /// A sentence begins.
    Sentence,
    /// An anchor begins, or what a rule found.
    Anchor,
    /// What a rule found has ended.
    Rule,
    /// A capital in the reach of an anchor.
    Capital,
    /// A capital that touches the small letter before it.
    Glue,
}

/// How many kinds of cuts there are.
pub(crate) const CUTS: usize = 8;

/// A page cut into units.
#[derive(Debug, Default)]
pub(crate) struct Units {
    pub tokens: Vec<Token>,
    pub units: Vec<Unit>,
    /// The words of the headline, by their hashes.
    pub headline: Vec<u64>,
}

/// A line to be cut: what the rules say of the whole, and whether it is out of the question.
pub(crate) struct Row {
    pub line: Line,
    pub kind: Option<BlockKind>,
}

/// Whether the model has no say on blocks of this kind.
pub(crate) fn is_settled(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Headline
            | BlockKind::Dateline
            | BlockKind::Separator
            | BlockKind::Recurring
            | BlockKind::Script
    )
}

/// Cuts the lines of `text` into units. `parts` are what the rules found inside lines, in order.
pub(crate) fn cut(
    text: &str,
    headline: Option<Span>,
    rows: impl Iterator<Item = Row>,
    parts: &[Block],
    lexicon: &Lexicon,
) -> Units {
    let mut page = Units::default();
    page.tokens.reserve(text.len() / BYTES_PER_WORD);
    if let Some(headline) = headline {
        tokens::scan(text, headline, lexicon, &mut page.tokens);
        page.headline.extend(page.tokens.drain(..).map(|token| token.hash));
    }
    let mut next_part = 0;
    for (index, row) in rows.enumerate() {
        if row.kind.is_some_and(is_settled) {
            continue;
        }
        let line = row.line.span;
        while parts.get(next_part).is_some_and(|part| part.span.end <= line.start) {
            next_part += 1;
        }
        let first = page.tokens.len();
        let end = tokens::scan(text, line, lexicon, &mut page.tokens);
        let parts = &parts[next_part..];
        let mut cutter =
            Cutter { text, line: row.line, index, kind: row.kind, end, parts, lexicon };
        cutter.cut(&page.tokens, first, &mut page.units);
    }
    page
}

struct Cutter<'a> {
    text: &'a str,
    line: Line,
    index: usize,
    kind: Option<BlockKind>,
    end: Gap,
    parts: &'a [Block],
    lexicon: &'a Lexicon,
}

impl Cutter<'_> {
    fn cut(&mut self, tokens: &[Token], first: usize, units: &mut Vec<Unit>) {
        let from = units.len();
        let mut anchor: Option<usize> = None;
        let mut reach = 0;
        let mut open = false;
        let mut rule = None;
        let mut after_head = false;
        for at in first..tokens.len() {
            let token = &tokens[at];
            // Most words: nothing can begin or end there.
            if open
                && rule.is_none()
                && token.case == Case::Lower
                && token.gap.is_blank()
                && self.parts.first().is_none_or(|part| part.span.start > token.span.start)
            {
                continue;
            }
            let part = self.part_at(token.span.start);
            let kind = part.map(|part| part.kind);
            let begins_part = part.is_some_and(|part| token.lead <= part.span.start);
            if kind.is_some_and(is_settled) {
                if open {
                    close(units, tokens, at);
                }
                (open, after_head, anchor) = (false, true, None);
                continue;
            }
            let cut = if !open {
                Some(if after_head {
                    Cut::Head
                } else if self.line.blank_above > 0 {
                    Cut::Paragraph
                } else {
                    Cut::Line
                })
            } else if kind != rule || begins_part {
                Some(if kind.is_some() { Cut::Anchor } else { Cut::Rule })
            } else if begins_sentence(tokens, at) {
                Some(Cut::Sentence)
            } else if token.gap == Gap::default() && tokens[at - 1].case == Case::Lower {
                Some(Cut::Glue)
            } else if self.begins_anchor(tokens, at).is_some() {
                Some(Cut::Anchor)
            } else if anchor.is_some_and(|from| at - from <= reach)
                && matches!(token.case, Case::Title | Case::Upper)
            {
                Some(Cut::Capital)
            } else {
                None
            };
            rule = kind;
            let Some(mut cut) = cut else { continue };
            let begun = if begins_part { Some(REACH) } else { self.begins_anchor(tokens, at) };
            if let Some(length) = begun {
                reach = length;
                if matches!(cut, Cut::Sentence | Cut::Capital | Cut::Glue) {
                    cut = Cut::Anchor;
                }
                anchor = Some(at);
            } else if matches!(cut, Cut::Sentence | Cut::Head | Cut::Line | Cut::Paragraph) {
                anchor = None;
            }
            if open {
                close(units, tokens, at);
            }
            let start = if open || after_head { token.lead } else { self.line.span.start };
            units.push(Unit {
                span: Span::new(start, start),
                tokens: at..at,
                line: self.index,
                cut,
                end: Gap::default(),
                rule: self.kind.or(kind),
                anchor: anchor.filter(|&from| from < at),
                last: false,
            });
            (open, after_head) = (true, false);
        }
        if open {
            let last = units.len() - 1;
            let unit = &mut units[last];
            unit.tokens.end = tokens.len();
            unit.end = self.end;
            unit.span.end = self.line.span.end;
            unit.last = true;
        }
        for unit in &mut units[from..] {
            unit.span = lines::trim(self.text, unit.span);
        }
    }

    /// The part that holds `at`; asked of places in order.
    #[inline]
    fn part_at(&mut self, at: usize) -> Option<&Block> {
        while self.parts.first().is_some_and(|part| part.span.end <= at) {
            self.parts = &self.parts[1..];
        }
        self.parts.first().filter(|part| part.span.start <= at)
    }

    /// How far the anchor reaches that begins with the word `at`, if one does.
    fn begins_anchor(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let token = &tokens[at];
        if token.case == Case::Lower {
            return None;
        }
        let next = tokens.get(at + 1)?;
        if self.lexicon.is_anchor(token, next) {
            return Some(REACH);
        }
        let gap = |index: usize| tokens.get(index).map_or(self.end, |token| token.gap);
        let colon = gap(at + 1).has(Gap::COLON)
            || !gap(at + 1).has(!Gap::BLANK) && gap(at + 2).has(Gap::COLON);
        (colon && token.case != Case::Digit).then_some(COLON_REACH)
    }
}

/// Ends the last unit before the word `at`.
fn close(units: &mut [Unit], tokens: &[Token], at: usize) {
    if let Some(unit) = units.last_mut() {
        unit.tokens.end = at;
        unit.end = tokens[at].gap;
        unit.span.end = tokens[at].lead;
    }
}

/// Whether a sentence begins with the word `at`, which is not the first of its line.
fn begins_sentence(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let before = &tokens[at - 1];
    let gap = token.gap;
    if token.case == Case::Lower {
        // "Harga naik. (dry/din)", "… tutup.\" (ant)"
        return gap.has(Gap::OPEN) && gap.has(Gap::STOP | Gap::ASK | Gap::QUOTE);
    }
    if gap.has(Gap::STOP | Gap::ASK) {
        let short = before.span.len() <= ABBREVIATION
            && before.case == Case::Title
            && !gap.has(Gap::ASK | Gap::QUOTE | Gap::OPEN);
        let glued = !gap.has(Gap::BLANK);
        // "Rp 1.200", "KOMPAS.com", "U.S. Steel"
        let inside = token.case == Case::Digit || before.case != Case::Lower;
        return !(short || glued && inside);
    }
    gap.has(Gap::WIDE)
        || gap.has(Gap::CLOSE) && !gap.has(Gap::COMMA | Gap::DASH) && token.case == Case::Title
}

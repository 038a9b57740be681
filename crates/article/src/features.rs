//! What the model knows of a unit: its words, marks and capitals, where it stands, what the rules
//! say of it, and the same of its neighbours.

use nukil_types::{BlockKind, Span};

use crate::lines;
use crate::model::Lexicon;
use crate::tokens::{Case, Gap, Token, hash_word};
use crate::units::{Cut, Unit, Units};

/// Most words of a unit that count one by one.
const BAG: usize = 14;
/// Most words of a line in a run of short ones.
const SHORT: usize = 8;
/// Words on either side of an edge that are compared.
const NEAR: usize = 6;

macro_rules! templates {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// Kinds of features.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Template { $($variant),* }

        impl Template {
            /// All of them.
            pub(crate) const ALL: &[Template] = &[$(Template::$variant),*];

            /// The name in the table of weights.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Template::$variant => $name),* }
            }
        }
    };
}

templates! {
    Bias = "bias",
    First = "first",
    Second = "second",
    FirstPair = "first-pair",
    Last = "last",
    LastPair = "last-pair",
    Word = "word",
    Pair = "pair",
    Shape = "shape",
    Length = "length",
    Case = "case",
    End = "end",
    Start = "start",
    Colon = "colon",
    Marks = "marks",
    Place = "place",
    PageEnd = "page-end",
    PageStart = "page-start",
    Rule = "rule",
    RuleBefore = "rule-before",
    RuleAfter = "rule-after",
    Before = "before",
    BeforeEnd = "before-end",
    After = "after",
    AfterLength = "after-length",
    BeforeLength = "before-length",
    Repeated = "repeated",
    AnchorDistance = "anchor-distance",
    AnchorWord = "anchor-word",
    AnchorColon = "anchor-colon",
    AnchorRest = "anchor-rest",
    LineFirst = "line-first",
    LineEnd = "line-end",
    RunHead = "run-head",
    RunLength = "run-length",
    RunBefore = "run-before",
    LineBefore = "line-before",
    Glued = "glued",
    Headline = "headline",
    // What speaks for prose that goes on behind furniture.
    EdgeFirst = "edge-first",
    EdgeLast = "edge-last",
    EdgeShape = "edge-shape",
    EdgeDistance = "edge-distance",
    EdgeRule = "edge-rule",
    EdgeTitle = "edge-title",
    EdgeFirstTitle = "edge-first-title",
    EdgeKnown = "edge-known",
    EdgePrefix = "edge-prefix",
    EdgeRest = "edge-rest",
    EdgeNext = "edge-next",
    EdgeNextPrefix = "edge-next-prefix",
    EdgeBalance = "edge-balance",
}

/// Takes features: those that are words or pairs of words, and those that are small numbers.
pub(crate) trait Sink {
    fn word(&mut self, template: Template, word: &Token);
    fn pair(&mut self, template: Template, first: &Token, second: &Token);
    fn code(&mut self, template: Template, code: u64);
}

/// A page with what features of a unit need to know of the whole.
pub(crate) struct Features<'a> {
    page: &'a Units,
    text: &'a str,
    lexicon: &'a Lexicon,
    /// What the words of every unit are like.
    looks: Vec<Looks>,
    /// The hashes of words that several units have, in order.
    repeated: Vec<u64>,
    /// The first words of units in the reach of an anchor, by their hashes, in order; and whether they also
    /// stand on the page in small letters.
    firsts: Vec<(u64, bool)>,
    /// Where every unit stands.
    places: Vec<Place>,
}

/// Where a unit stands: indexes of other units.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The first and the last of its line.
    line: (usize, usize),
    /// The last before the next that does not begin with a mere capital.
    rest: usize,
    /// The first and the last of the run of short lines that it stands in.
    run: Option<(usize, usize)>,
    /// In such a run, the last before it that ends with a colon or that the rules know; else the first.
    head: usize,
    /// Of the last unit of a line, how many units of the line are glued to the one before.
    glued: usize,
}

impl<'a> Features<'a> {
    pub(crate) fn new(text: &'a str, page: &'a Units, lexicon: &'a Lexicon) -> Self {
        let looks: Vec<Looks> =
            page.units.iter().map(|unit| Looks::of(&page.tokens[unit.tokens.clone()])).collect();
        let longer = page.units.iter().zip(&looks).filter(|(unit, _)| unit.tokens.len() > 1);
        let mut hashes: Vec<u64> = longer.map(|(_, looks)| looks.hash).collect();
        hashes.sort_unstable();
        let again = hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        let repeated = again.collect();
        let firsts = first_words(page);
        let places = places(&page.units);
        Features { page, text, lexicon, looks, repeated, firsts, places }
    }

    fn tokens(&self, unit: &Unit) -> &'a [Token] {
        &self.page.tokens[unit.tokens.clone()]
    }

    /// The features that speak for furniture or prose.
    pub(crate) fn unit(&self, index: usize, sink: &mut impl Sink) {
        let units = &self.page.units;
        let unit = &units[index];
        let tokens = self.tokens(unit);
        let Some((first, last)) = tokens.first().zip(tokens.last()) else { return };
        let count = tokens.len();
        sink.code(Template::Bias, unit.cut as u64);
        let behind = unit.cut == Cut::Capital;
        if !behind {
            sink.word(Template::First, first);
            sink.word(Template::Last, last);
        }
        if let [first, second, ..] = tokens
            && !behind
        {
            sink.word(Template::Second, second);
            sink.pair(Template::FirstPair, first, second);
            sink.pair(Template::LastPair, &tokens[count - 2], last);
        }
        if !behind {
            self.bag(tokens, sink);
        }
        let length = length_class(count);
        let looks = &self.looks[index];
        let case = looks.cases.class();
        let end = unit.end.end();
        let chunk = u64::from(unit.cut == Cut::Capital);
        let whole = u64::from(unit.last && is_line(unit));
        sink.code(Template::Length, length * 4 + whole * 2 + chunk);
        sink.code(Template::Case, case * 4 + whole * 2 + chunk);
        sink.code(Template::End, end * 4 + whole * 2 + u64::from(unit.last));
        sink.code(Template::Shape, ((length * 8 + case) * 16 + end) * 4 + whole * 2 + chunk);
        let lead = &self.text[unit.span.start..first.span.start];
        let opening = match lead.chars().last() {
            None => 0,
            Some('(' | '[') => 1,
            Some('"' | '“' | '\'' | '‘') => 2,
            _ => 3,
        };
        sink.code(Template::Start, opening * 4 + first.case as u64);
        let colon = tokens.iter().skip(1).take(4).position(|token| token.gap.has(Gap::COLON));
        sink.code(Template::Colon, colon.map_or(0, |at| at as u64 + 1) * 2 + whole);
        self.marks(index, tokens, sink);
        self.place(index, unit, whole, sink);
        let rule = rule_code(unit.rule);
        sink.code(Template::Rule, rule * 2 + whole);
        let before = index.checked_sub(1).map(|at| &units[at]);
        let after = units.get(index + 1);
        sink.code(
            Template::RuleBefore,
            before.map_or(31, |unit| rule_code(unit.rule)) * 2 + u64::from(unit.rule.is_some()),
        );
        sink.code(
            Template::RuleAfter,
            after.map_or(31, |unit| rule_code(unit.rule)) * 2 + u64::from(unit.rule.is_some()),
        );
        if let Some(before) = before {
            if let [first, second, ..] = self.tokens(before)
                && !behind
            {
                sink.pair(Template::Before, first, second);
            }
            sink.code(Template::BeforeEnd, before.end.end() * 8 + unit.cut as u64);
            sink.code(
                Template::BeforeLength,
                length_class(before.tokens.len()) * 8 + unit.cut as u64,
            );
        }
        if let Some(after) = after {
            if let [first, second, ..] = self.tokens(after) {
                sink.pair(Template::After, first, second);
            }
            sink.code(
                Template::AfterLength,
                length_class(after.tokens.len()) * 8 + after.cut as u64,
            );
        }
        let repeated = count > 1 && self.repeated.binary_search(&looks.hash).is_ok();
        if repeated {
            sink.code(Template::Repeated, length);
        }
        let headline = &self.page.headline;
        let same = tokens.iter().zip(headline).take_while(|(token, hash)| token.hash == **hash);
        let same = same.take(5).count();
        if same >= 2 {
            sink.code(Template::Headline, same as u64);
        }
        let (line_first, line_last) = self.places[index].line;
        if let [first, second, ..] = self.tokens(&units[line_first])
            && line_first < index
            && !behind
        {
            sink.pair(Template::LineFirst, first, second);
        }
        if line_last > index {
            let last = &units[line_last];
            let slash = self.looks[line_last].marks.has(Gap::SLASH);
            let length = length_class(last.tokens.len());
            let left = (line_last - index).min(3) as u64;
            sink.code(
                Template::LineEnd,
                ((length * 16 + last.end.end()) * 4 + left) * 2 + u64::from(slash),
            );
        }
        self.line(index, sink);
        if let Some(anchor) = unit.anchor {
            let (rest, end) = self.rest(index);
            sink.code(Template::AnchorRest, (length_class(rest) * 16 + end) * 2 + chunk);
            let distance = unit.tokens.start - anchor;
            let from = &self.page.tokens[anchor..];
            sink.code(Template::AnchorDistance, distance.min(40) as u64 / 2);
            if let [first, second, third, ..] = from {
                sink.pair(Template::AnchorWord, first, second);
                let colon = third.gap.has(Gap::COLON) || second.gap.has(Gap::COLON);
                sink.code(
                    Template::AnchorColon,
                    u64::from(colon) * 64 + (distance.min(40) as u64) / 2,
                );
            }
        }
    }

    /// What speaks for the end of furniture before the unit, in the reach of an anchor.
    pub(crate) fn edge(&self, index: usize, sink: &mut impl Sink) {
        let units = &self.page.units;
        let unit = &units[index];
        let Some(anchor) = unit.anchor else { return };
        let at = unit.tokens.start;
        let tokens = &self.page.tokens;
        let first = &tokens[at];
        let last = &tokens[at - 1];
        let title = case_class(&tokens[(anchor + 2).min(at)..at]);
        let in_title = u64::from((3..6).contains(&title));
        sink.word(
            if in_title == 1 { Template::EdgeFirstTitle } else { Template::EdgeFirst },
            first,
        );
        let known = self.firsts.binary_search_by_key(&first.hash, |&(hash, _)| hash);
        let known = u64::from(known.is_ok_and(|at| self.firsts[at].1));
        sink.code(Template::EdgeKnown, (known * 8 + title) * 8 + first.case as u64);
        sink.word(Template::EdgePrefix, &self.prefix(first, 3));
        if let Some(next) = tokens.get(at + 1).filter(|token| token.case == Case::Lower) {
            sink.word(Template::EdgeNext, next);
            sink.word(Template::EdgeNextPrefix, &self.prefix(next, 2));
        }
        let behind = &tokens[at + 1..tokens.len().min(at + 1 + NEAR)];
        let lower = lower_words(&tokens[(anchor + 2).max(at.saturating_sub(NEAR)).min(at)..at]);
        sink.code(Template::EdgeBalance, lower * 8 + lower_words(behind));
        let distance = (at - anchor).min(40) as u64;
        let (rest, end) = self.rest(index);
        sink.code(
            Template::EdgeRest,
            (length_class(rest) * 16 + end) * 8 + distance.min(15) / 4 * 2 + in_title,
        );
        sink.word(Template::EdgeLast, last);
        let case = |at: usize| tokens.get(at).map_or(4, |token| token.case as u64);
        let next = tokens.get(at + 1).map_or(0, |token| token.gap.end());
        sink.code(
            Template::EdgeShape,
            ((((last.case as u64 * 8 + case(at)) * 8 + case(at + 1)) * 8 + case(at + 2)) * 16
                + first.gap.end())
                * 16
                + next,
        );
        let colon = tokens[anchor + 1..at].iter().take(3).chain([first]);
        let colon = u64::from(colon.take(3).any(|token| token.gap.has(Gap::COLON)));
        sink.code(Template::EdgeDistance, distance * 2 + colon);
        let ended = rule_code(units[index - 1].rule) * 32 + rule_code(unit.rule);
        sink.code(Template::EdgeRule, ended);
        // In a headline in sentence case a capital that begins no name begins the next sentence.
        sink.code(
            Template::EdgeTitle,
            ((title * 8 + case(at)) * 8 + case(at + 1)) * 8 + distance / 6,
        );
    }

    /// The first `length` bytes of a word.
    fn prefix(&self, token: &Token, length: usize) -> Token {
        let end = lines::floor_boundary(self.text, token.span.end.min(token.span.start + length));
        let span = Span::new(token.span.start, end);
        let hash = hash_word(&self.text[span.start..span.end]);
        Token { span, hash, number: self.lexicon.number(hash), ..*token }
    }

    /// How many words follow up to the end of the sentence, those of the unit included, and how it ends.
    fn rest(&self, index: usize) -> (usize, u64) {
        let units = &self.page.units;
        let last = &units[self.places[index].rest];
        let count = last.tokens.end - units[index].tokens.start;
        let anchor =
            units.get(self.places[index].rest + 1).is_some_and(|next| next.cut == Cut::Anchor);
        (count, if anchor { 15 } else { last.end.end() })
    }

    /// What the lines around say: the run of short lines, the heading above, glued headlines.
    fn line(&self, index: usize, sink: &mut impl Sink) {
        let units = &self.page.units;
        let unit = &units[index];
        if let Some((run_first, run_last)) = self.places[index].run {
            let page_end = u64::from(run_last + 1 == units.len());
            let head = self.places[index].head;
            sink.word(Template::RunHead, &self.tokens(&units[head])[0]);
            let length = length_class(run_last - run_first);
            let case = self.looks[index].cases.class();
            let first = u64::from(index == run_first);
            sink.code(Template::RunLength, ((length * 2 + page_end) * 2 + first) * 8 + case);
            let before = run_first.checked_sub(1).map_or(31, |at| rule_code(units[at].rule));
            sink.code(Template::RunBefore, before * 2 + page_end);
        }
        let (first, last) = self.places[index].line;
        if let Some(before) = first.checked_sub(1) {
            let (above, _) = self.places[before].line;
            let count = units[before].tokens.end - units[above].tokens.start;
            if let [first, second, ..] = self.tokens(&units[above])
                && count <= SHORT
                && unit.cut != Cut::Capital
            {
                sink.pair(Template::LineBefore, first, second);
            }
        }
        let glued = self.places[last].glued;
        if glued > 0 {
            sink.code(Template::Glued, glued.min(4) as u64 * 8 + unit.cut as u64);
        }
    }

    /// The words of a unit, those in the middle of a long one left out.
    fn bag(&self, tokens: &[Token], sink: &mut impl Sink) {
        let pairs = tokens.len() <= 2 * BAG;
        let parts =
            if pairs { [tokens, &[]] } else { [&tokens[..BAG], &tokens[tokens.len() - BAG..]] };
        for part in parts {
            for (at, token) in part.iter().enumerate() {
                if token.case == Case::Digit {
                    continue;
                }
                sink.word(Template::Word, token);
                if let Some(next) = part.get(at + 1).filter(|_| pairs) {
                    sink.pair(Template::Pair, token, next);
                }
            }
        }
    }

    fn marks(&self, index: usize, tokens: &[Token], sink: &mut impl Sink) {
        let unit = &self.page.units[index];
        let looks = &self.looks[index];
        for (code, mark) in
            [Gap::BAR, Gap::OTHER, Gap::OPEN, Gap::QUOTE, Gap::SLASH, Gap::COMMA, Gap::DASH]
                .into_iter()
                .enumerate()
        {
            if looks.marks.has(mark) {
                sink.code(Template::Marks, code as u64);
            }
        }
        let digits = looks.digits;
        sink.code(
            Template::Marks,
            16 + digits * 4 / tokens.len() as u64 * 2 + u64::from(digits > 0),
        );
        let surface = &self.text[unit.span.start..unit.span.end];
        if surface.starts_with('(') && surface.trim_end_matches('.').ends_with(')') {
            sink.code(Template::Marks, 32 + length_class(tokens.len()));
        }
    }

    fn place(&self, index: usize, unit: &Unit, whole: u64, sink: &mut impl Sink) {
        let units = &self.page.units;
        let before =
            units[..index].iter().rev().take(4).take_while(|other| other.line == unit.line);
        let after = units[index + 1..].iter().take(4).take_while(|other| other.line == unit.line);
        let before = before.count() as u64;
        let after = after.count() as u64;
        sink.code(Template::Place, (before * 8 + after) * 2 + whole);
        let left = (units.len() - index - 1).min(24) as u64;
        sink.code(Template::PageEnd, left * 2 + whole);
        sink.code(Template::PageStart, index.min(12) as u64 * 2 + whole);
    }
}

/// How many of the longer words are in small letters.
fn lower_words(tokens: &[Token]) -> u64 {
    let lower = |token: &&Token| token.case == Case::Lower && token.span.len() >= 4;
    tokens.iter().filter(lower).count() as u64
}

/// Where every unit stands.
fn places(units: &[Unit]) -> Vec<Place> {
    let mut places = vec![Place::default(); units.len()];
    let (mut line, mut rest, mut glued) = (0, 0, 0);
    let mut run: Option<usize> = None;
    for (at, unit) in units.iter().enumerate() {
        let next = units.get(at + 1);
        if next.is_none_or(|next| next.cut != Cut::Capital) {
            places[rest..=at].iter_mut().for_each(|place| place.rest = at);
            rest = at + 1;
        }
        glued += usize::from(unit.cut == Cut::Glue);
        if next.is_some_and(|next| next.line == unit.line) {
            continue;
        }
        places[line..=at].iter_mut().for_each(|place| place.line = (line, at));
        places[at].glued = std::mem::take(&mut glued);
        let count = unit.tokens.end - units[line].tokens.start;
        let short = is_line(&units[line]) && count <= SHORT && !unit.end.has(Gap::STOP);
        let end = if short { at + 1 } else { line };
        if short {
            run = run.or(Some(line));
        }
        // A run ends before a line that is not short, or with the page.
        if let Some(first) = run.filter(|_| !short || next.is_none()) {
            places[first..end].iter_mut().for_each(|place| place.run = Some((first, end - 1)));
            run = None;
        }
        line = at + 1;
    }
    let mut head = 0;
    for (at, unit) in units.iter().enumerate() {
        match places[at].run {
            Some((first, _)) if first == at => head = at,
            _ if unit.end.has(Gap::COLON) || unit.rule.is_some() => head = at,
            _ => {}
        }
        places[at].head = head;
    }
    places
}

/// Whether the unit begins its line.
fn is_line(unit: &Unit) -> bool {
    matches!(unit.cut, Cut::Line | Cut::Paragraph)
}

/// What the words of a unit are like.
#[derive(Clone, Copy, Debug, Default)]
struct Looks {
    hash: u64,
    /// The marks between them.
    marks: Gap,
    digits: u64,
    cases: Cases,
}

impl Looks {
    fn of(tokens: &[Token]) -> Self {
        let mut looks = Looks::default();
        for (at, token) in tokens.iter().enumerate() {
            looks.hash = looks.hash.rotate_left(7).wrapping_mul(31) ^ token.hash;
            looks.marks = if at == 0 { looks.marks } else { looks.marks.union(token.gap) };
            looks.digits += u64::from(token.case == Case::Digit);
            looks.cases.add(token);
        }
        looks
    }
}

/// How the longer words of a stretch are written.
#[derive(Clone, Copy, Debug, Default)]
struct Cases {
    all: u64,
    capitals: u64,
    upper: u64,
}

impl Cases {
    #[inline]
    fn add(&mut self, token: &Token) {
        let counts = u64::from(token.span.end - token.span.start >= 4 && token.case != Case::Digit);
        self.all += counts;
        self.capitals += counts & u64::from(token.case != Case::Lower);
        self.upper += counts & u64::from(token.case == Case::Upper);
    }

    /// How many of them have a capital, from 0 to 5; 6 where there are none, 7 where all letters are
    /// capitals.
    fn class(&self) -> u64 {
        match self.all {
            0 => 6,
            all if self.upper == all => 7,
            all => self.capitals * 5 / all,
        }
    }
}

/// The first words of units in the reach of an anchor, by their hashes, and whether they also stand on the
/// page in small letters.
fn first_words(page: &Units) -> Vec<(u64, bool)> {
    let reached = page.units.iter().filter(|unit| unit.anchor.is_some());
    let first = |unit: &Unit| (page.tokens[unit.tokens.start].hash, false);
    let mut firsts: Vec<(u64, bool)> = reached.map(first).collect();
    if firsts.is_empty() {
        return firsts;
    }
    firsts.sort_unstable();
    firsts.dedup();
    // Most words of the page are none of them, which one bit for each value of the low byte tells.
    let mut filter = [0_u64; 4];
    for &(hash, _) in &firsts {
        filter[hash as usize / 64 % 4] |= 1 << (hash % 64);
    }
    for token in page.tokens.iter().filter(|token| token.case == Case::Lower) {
        let hash = token.hash;
        if filter[hash as usize / 64 % 4] & 1 << (hash % 64) != 0
            && let Ok(at) = firsts.binary_search_by_key(&hash, |&(hash, _)| hash)
        {
            firsts[at].1 = true;
        }
    }
    firsts
}

fn rule_code(rule: Option<BlockKind>) -> u64 {
    rule.map_or(0, |kind| kind as u64 + 1)
}

fn length_class(words: usize) -> u64 {
    match words {
        0..=5 => words as u64,
        6..=8 => 6,
        9..=12 => 7,
        13..=18 => 8,
        19..=28 => 9,
        29..=45 => 10,
        _ => 11,
    }
}

/// The class of the cases of `tokens`.
fn case_class(tokens: &[Token]) -> u64 {
    let mut cases = Cases::default();
    tokens.iter().for_each(|token| cases.add(token));
    cases.class()
}

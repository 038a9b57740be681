//! How a candidate stands to the others of its document: evidence for the trees ([`crate::Forest`]).

use nukil_types::{Document, Label, TokenKind};

use crate::features::Feature;
use crate::scratch::{Candidate, NONE, Scratch};

/// Kinds of evidence of the second ranking: those of the first, then these.
pub const SECOND: usize = Feature::ALL.len() + Context::ALL.len();

/// Candidates that are ranked a second time.
pub const AGAIN: usize = 24;

/// One kind of evidence from the first ranking and the neighbours. Scores are those of the first
/// ranking, which are logarithms of odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Context {
    /// Its score.
    Score,
    /// Its place, from 0.
    Rank,
    /// How many better ones are of its kind: people, places, other names, phrases.
    OfKind,
    /// The greatest number of better ones that share one word with it.
    Sharing,
    /// How far it is behind the best.
    BehindBest,
    /// How far it is before the fifth.
    BeforeFifth,
    /// Candidates that hold it and more.
    Outer,
    /// Score of the best of them less its own.
    OuterScore,
    /// Logarithm of the count of that one over its own.
    OuterCount,
    /// Whether one of them is a name.
    OuterName,
    /// Candidates that it holds.
    Inner,
    /// Score of the best of them less its own.
    InnerScore,
    /// Logarithm of the count of that one over its own.
    InnerCount,
    /// Whether one of them is a name.
    InnerName,
    /// Whether the first occurrence stands in brackets.
    InBrackets,
    /// Whether brackets open behind it.
    BeforeBrackets,
    /// Whether it stands in quotation marks.
    InQuotes,
    /// Whether a function word stands before it.
    AfterStop,
    /// Whether a sentence or a clause begins with it.
    Opens,
    /// Whether a verb stands behind it.
    BeforeVerb,
    /// Whether a comma, a full stop or another mark stands behind it.
    BeforePause,
    /// How much oftener than others editors chose this phrase ([`crate::Habits`]).
    ChosenPhrase,
    /// The same for phrases that begin with its first word.
    ChosenFirst,
    /// The same for phrases that end with its last word.
    ChosenLast,
}

impl Context {
    /// All of them, in the order of the row.
    pub const ALL: [Context; 24] = [
        Context::Score,
        Context::Rank,
        Context::OfKind,
        Context::Sharing,
        Context::BehindBest,
        Context::BeforeFifth,
        Context::Outer,
        Context::OuterScore,
        Context::OuterCount,
        Context::OuterName,
        Context::Inner,
        Context::InnerScore,
        Context::InnerCount,
        Context::InnerName,
        Context::InBrackets,
        Context::BeforeBrackets,
        Context::InQuotes,
        Context::AfterStop,
        Context::Opens,
        Context::BeforeVerb,
        Context::BeforePause,
        Context::ChosenPhrase,
        Context::ChosenFirst,
        Context::ChosenLast,
    ];

    /// The name in a table of trees.
    pub fn name(self) -> &'static str {
        match self {
            Context::Score => "score",
            Context::Rank => "rank",
            Context::OfKind => "of_kind",
            Context::Sharing => "sharing",
            Context::BehindBest => "behind_best",
            Context::BeforeFifth => "before_fifth",
            Context::Outer => "outer",
            Context::OuterScore => "outer_score",
            Context::OuterCount => "outer_count",
            Context::OuterName => "outer_name",
            Context::Inner => "inner",
            Context::InnerScore => "inner_score",
            Context::InnerCount => "inner_count",
            Context::InnerName => "inner_name",
            Context::InBrackets => "in_brackets",
            Context::BeforeBrackets => "before_brackets",
            Context::InQuotes => "in_quotes",
            Context::AfterStop => "after_stop",
            Context::Opens => "opens",
            Context::BeforeVerb => "before_verb",
            Context::BeforePause => "before_pause",
            Context::ChosenPhrase => "chosen_phrase",
            Context::ChosenFirst => "chosen_first",
            Context::ChosenLast => "chosen_last",
        }
    }
}

/// Calls `set` with the place in the ranking, the kind and the value of all such evidence. `ranking` is
/// sorted, best first, at most [`AGAIN`] candidates with their scores.
pub(crate) fn fill(
    document: &Document,
    scratch: &Scratch,
    ranking: &[(f64, u32)],
    mut set: impl FnMut(usize, Context, f32),
) {
    if ranking.is_empty() {
        return;
    }
    let candidate = |at: usize| &scratch.candidates[ranking[at].1 as usize];
    let words = |candidate: &Candidate| {
        let first = candidate.first as usize;
        &scratch.word_of[first..first + candidate.length as usize]
    };
    // A bit for every word: candidates without a common bit have no word in common.
    let mut bits = [0_u64; AGAIN];
    for at in 0..ranking.len() {
        bits[at] = words(candidate(at)).iter().fold(0, |bits, word| bits | 1 << (word % 64));
    }
    let odds = |at: usize| ranking[at].0 as f32;
    let fifth = odds(4.min(ranking.len() - 1));
    let mut of_kind = [0_u8; 4];
    for at in 0..ranking.len() {
        let this = candidate(at);
        let score = odds(at);
        set(at, Context::Score, score);
        set(at, Context::Rank, at as f32);
        set(at, Context::BehindBest, odds(0) - score);
        set(at, Context::BeforeFifth, score - fifth);
        let kind = &mut of_kind[kind(document, this)];
        set(at, Context::OfKind, f32::from(*kind));
        *kind += 1;

        let mut sharing = [0_u8; 4];
        let mut outer = Kin::default();
        let mut inner = Kin::default();
        for other in (0..ranking.len()).filter(|&other| other != at && bits[other] & bits[at] != 0)
        {
            let that = candidate(other);
            if other < at {
                for (count, word) in sharing.iter_mut().zip(words(this)) {
                    *count += u8::from(words(that).contains(word));
                }
            }
            if that.length > this.length && has(words(that), words(this)) {
                outer.add(that, this, odds(other) - score);
            } else if that.length < this.length && has(words(this), words(that)) {
                inner.add(that, this, odds(other) - score);
            }
        }
        set(at, Context::Sharing, f32::from(sharing.into_iter().max().unwrap_or(0)));
        set(at, Context::Outer, outer.number);
        set(at, Context::OuterScore, outer.score);
        set(at, Context::OuterCount, outer.count);
        set(at, Context::OuterName, outer.name);
        set(at, Context::Inner, inner.number);
        set(at, Context::InnerScore, inner.score);
        set(at, Context::InnerCount, inner.count);
        set(at, Context::InnerName, inner.name);
        around(document, scratch, this, |context, holds| {
            set(at, context, f32::from(u8::from(holds)));
        });
    }
}

/// Candidates that hold another, or are held by it.
struct Kin {
    number: f32,
    score: f32,
    count: f32,
    name: f32,
}

impl Default for Kin {
    fn default() -> Self {
        Kin { number: 0.0, score: NO_KIN, count: 0.0, name: 0.0 }
    }
}

/// The score that stands for "there is none".
const NO_KIN: f32 = -20.0;

impl Kin {
    fn add(&mut self, kin: &Candidate, this: &Candidate, score: f32) {
        self.number += 1.0;
        if score > self.score {
            self.score = score;
            self.count = kin.count as f32 / this.count.max(1) as f32;
        }
        if kin.is_name() {
            self.name = 1.0;
        }
    }
}

fn has(outer: &[u32], inner: &[u32]) -> bool {
    outer.windows(inner.len()).any(|window| window == inner)
}

/// 0 for people, 1 for places, 2 for other names, 3 for phrases.
fn kind(document: &Document, candidate: &Candidate) -> usize {
    if !candidate.is_name() {
        return 3;
    }
    match document.entities.get(candidate.entity as usize).map(|entity| &entity.label) {
        Some(Label::Person) => 0,
        Some(Label::Location) => 1,
        _ => 2,
    }
}

/// What stands around the first occurrence.
fn around(
    document: &Document,
    scratch: &Scratch,
    candidate: &Candidate,
    mut set: impl FnMut(Context, bool),
) {
    let first = candidate.first as usize;
    let end = first + candidate.length as usize;
    let before = first.checked_sub(1);
    let is_mark = |token: &&nukil_types::Token| token.kind == TokenKind::Punctuation;
    let mark = |at: Option<usize>| {
        let token = at.and_then(|at| document.tokens.get(at)).filter(is_mark);
        token.map_or("", |token| document.surface(token))
    };
    let is_stop = |at: usize| document.tokens.get(at).is_some_and(|token| token.stop);
    let (left, right) = (mark(before), mark(Some(end)));
    let quotes = |mark: &str| !mark.is_empty() && QUOTES.contains(&mark);
    set(Context::InBrackets, left == "(" && right == ")");
    set(Context::BeforeBrackets, right == "(");
    set(Context::InQuotes, quotes(left) && quotes(right));
    set(Context::AfterStop, before.is_some_and(is_stop));
    set(Context::Opens, before.is_none_or(|at| scratch.word_of[at] == NONE));
    let next = scratch.word_of.get(end).and_then(|&word| scratch.words.get(word as usize));
    set(Context::BeforeVerb, next.is_some_and(|word| word.verb));
    set(Context::BeforePause, document.tokens.get(end).is_none_or(|token| is_mark(&token)));
}

const QUOTES: [&str; 7] = ["\"", "'", "“", "”", "‘", "’", "''"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_stands_at_its_own_place() {
        for (at, context) in Context::ALL.into_iter().enumerate() {
            assert_eq!(context as usize, at);
        }
    }

    #[test]
    fn words_are_found_side_by_side_only() {
        assert!(has(&[1, 2, 3], &[2, 3]));
        assert!(!has(&[1, 2, 3], &[1, 3]));
        assert!(!has(&[1], &[1, 2]));
    }
}

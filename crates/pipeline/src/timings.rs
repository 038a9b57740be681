//! How long each stage takes, for who asks; nothing is measured otherwise.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A stage of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Taking the text out of a page, and cutting what is too long.
    Page,
    /// Telling headline, dateline and prose from page furniture.
    Layout,
    /// Identifying the language.
    Language,
    /// Splitting into tokens and sentences.
    Tokens,
    /// Marking stop words.
    StopWords,
    /// Finding lemmas.
    Lemmas,
    /// Looking names up in the gazetteers, and proposing others by rule.
    Rules,
    /// Deciding by the tagger what is a name.
    Tagger,
    /// Gathering mentions into entities.
    Entities,
    /// Finding quotations.
    Quotes,
    /// Finding dates, times and amounts.
    Values,
    /// Ranking keywords.
    Keywords,
}

impl Stage {
    /// All stages, in the order in which a document comes to them.
    pub const ALL: [Stage; 12] = [
        Stage::Page,
        Stage::Layout,
        Stage::Language,
        Stage::Tokens,
        Stage::StopWords,
        Stage::Lemmas,
        Stage::Rules,
        Stage::Tagger,
        Stage::Entities,
        Stage::Quotes,
        Stage::Values,
        Stage::Keywords,
    ];

    /// Its name in the statistics of a run.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Page => "page",
            Stage::Layout => "layout",
            Stage::Language => "language",
            Stage::Tokens => "tokens",
            Stage::StopWords => "stop_words",
            Stage::Lemmas => "lemmas",
            Stage::Rules => "rules",
            Stage::Tagger => "tagger",
            Stage::Entities => "entities",
            Stage::Quotes => "quotes",
            Stage::Values => "values",
            Stage::Keywords => "keywords",
        }
    }
}

/// Time spent in each stage, by all threads together.
#[derive(Debug, Default)]
pub(crate) struct Timings {
    nanoseconds: [AtomicU64; Stage::ALL.len()],
}

impl Timings {
    /// What has been spent so far, stage by stage.
    pub fn spent(&self) -> Vec<(Stage, Duration)> {
        let spent = |stage: Stage| {
            Duration::from_nanos(self.nanoseconds[stage as usize].load(Ordering::Relaxed))
        };
        Stage::ALL.map(|stage| (stage, spent(stage))).to_vec()
    }
}

/// A watch on the way of a group of documents through the stages.
pub(crate) struct Watch<'t>(Option<(&'t Timings, Instant)>);

impl<'t> Watch<'t> {
    /// A watch that begins now; one that never looks at a clock where there are no timings.
    pub fn start(timings: Option<&'t Timings>) -> Self {
        Watch(timings.map(|timings| (timings, Instant::now())))
    }

    /// Says that a stage is over, and the next begins.
    pub fn lap(&mut self, stage: Stage) {
        if let Some((timings, since)) = &mut self.0 {
            let now = Instant::now();
            let spent = u64::try_from(now.duration_since(*since).as_nanos()).unwrap_or(u64::MAX);
            timings.nanoseconds[stage as usize].fetch_add(spent, Ordering::Relaxed);
            *since = now;
        }
    }
}

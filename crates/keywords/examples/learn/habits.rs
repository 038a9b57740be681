//! Counts how often editors chose a phrase, a first word, a last word.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Candidates that are added to the counts of each phrase and word, chosen at the rate of all.
const SMOOTHING: f64 = 8.0;
/// Articles that must have a phrase or a word.
const FEWEST: u32 = 3;
/// Weights nearer to nought than this are left out.
const LEAST: f64 = 0.2;

/// Articles with a phrase or word among their candidates, and how many chose it.
#[derive(Clone, Copy, Default)]
struct Count {
    seen: u32,
    chosen: u32,
}

/// Counts of one part of the articles.
#[derive(Clone, Default)]
pub(crate) struct Counts {
    all: Count,
    of: BTreeMap<(&'static str, String), Count>,
}

impl Counts {
    /// Counts a candidate in its plain form.
    pub(crate) fn add(&mut self, phrase: &str, chosen: bool) {
        let add = |count: &mut Count| {
            count.seen += 1;
            count.chosen += u32::from(chosen);
        };
        add(&mut self.all);
        add(self.of.entry(("phrase", phrase.to_string())).or_default());
        let words = phrase.split_once(' ').zip(phrase.rsplit_once(' '));
        if let Some(((first, _), (_, last))) = words {
            add(self.of.entry(("first", first.to_string())).or_default());
            add(self.of.entry(("last", last.to_string())).or_default());
        }
    }

    /// Adds the counts of another part.
    pub(crate) fn join(&mut self, other: &Counts) {
        let add = |to: &mut Count, from: Count| {
            to.seen += from.seen;
            to.chosen += from.chosen;
        };
        add(&mut self.all, other.all);
        for (key, &count) in &other.of {
            match self.of.get_mut(key) {
                Some(known) => add(known, count),
                None => {
                    self.of.insert(key.clone(), count);
                }
            }
        }
    }

    /// The table that `Habits::parse` reads.
    pub(crate) fn to_tsv(&self, comments: &str) -> String {
        let base = f64::from(self.all.chosen) / f64::from(self.all.seen.max(1));
        let mut table = format!("{comments}place\ttext\tweight\n");
        for ((place, text), count) in &self.of {
            let rate =
                (f64::from(count.chosen) + base * SMOOTHING) / (f64::from(count.seen) + SMOOTHING);
            let weight = (rate / base).ln();
            if count.seen >= FEWEST && weight.abs() >= LEAST {
                let _ = writeln!(table, "{place}\t{text}\t{weight:.2}");
            }
        }
        table
    }
}

//! One pass over a text: what its words say together.

use crate::evidence::{Costs, WEIGHED};
use crate::votes::{LANGUAGES, LONGEST};
use crate::words::Words;

/// What speaks against Malay and English before a word is read, in tenths of a natural logarithm:
/// this program reads Indonesian news, so they are a fifth as likely. It decides headlines.
const PRIOR: Costs = [0, 15, 15];

/// Sums over the words of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Words: runs of letters, hyphens inside.
    pub words: u32,
    /// Those of them that stand in a table.
    pub known: u32,
    /// Votes for each of [`LANGUAGES`].
    pub tally: [u32; LANGUAGES.len()],
    /// What speaks against Indonesian, Malay and English.
    pub costs: Costs,
}

impl Count {
    /// Adds the sums of another text.
    pub fn add(&mut self, other: &Count) {
        self.words += other.words;
        self.known += other.known;
        for (sum, more) in self.tally.iter_mut().zip(other.tally) {
            *sum += more;
        }
        for (sum, more) in self.costs.iter_mut().zip(other.costs) {
            *sum += more;
        }
    }

    /// The language with most votes, the earlier of equals; an index into [`LANGUAGES`].
    pub fn most_votes(&self) -> usize {
        let first = |best, at| if self.tally[at] > self.tally[best] { at } else { best };
        (1..self.tally.len()).fold(0, first)
    }

    /// The share of words that vote for `language`.
    pub fn share(&self, language: usize) -> f64 {
        f64::from(self.tally[language]) / f64::from(self.words.max(1))
    }

    /// Of Indonesian, Malay and English the one that least speaks against (the one with more votes
    /// of equals, then the earlier), and by how much it leads.
    pub fn least_cost(&self) -> (usize, u32) {
        let costs = |at: usize| self.costs[at] + PRIOR[at];
        let order = |at: usize| (costs(at), u32::MAX - self.tally[at], at);
        let best = (1..WEIGHED).fold(0, |best, at| if order(at) < order(best) { at } else { best });
        let next = (0..WEIGHED).filter(|&at| at != best).map(costs).min();
        (best, next.map_or(0, |next| next - costs(best)))
    }
}

/// Counts what the words of `text` say.
pub(crate) fn count(text: &str, words: &Words) -> Count {
    let mut count = Count::default();
    let mut lower = String::with_capacity(LONGEST);
    for word in text.split(|c: char| !(c.is_alphabetic() || c == '-')) {
        let word = word.trim_matches('-');
        if word.is_empty() {
            continue;
        }
        count.words += 1;
        if word.len() > LONGEST {
            continue;
        }
        lower.clear();
        match word.is_ascii() {
            true => {
                lower.push_str(word);
                lower.make_ascii_lowercase();
            }
            false => lower.extend(word.chars().flat_map(char::to_lowercase)),
        }
        let Some(word) = words.of(&lower) else { continue };
        count.known += 1;
        for (sum, cost) in count.costs.iter_mut().zip(word.costs) {
            *sum += u32::from(cost);
        }
        for (sum, weight) in count.tally.iter_mut().zip(word.vote) {
            *sum += u32::from(weight);
        }
    }
    count
}

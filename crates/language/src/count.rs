//! One pass over a text: what its words say together.

use nukil_types::bytes::{CHUNK, SMALL, chunk, letters_in_front};

use crate::evidence::{Costs, WEIGHED};
use crate::votes::{LANGUAGES, LONGEST};
use crate::words::{BATCH, Key, Words};

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

/// Counts what the words of `text` say: runs of letters with hyphens between them.
pub(crate) fn count(text: &str, words: &Words) -> Count {
    let mut count = Count::default();
    let mut batch = Batch::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut key = Key::default();
        loop {
            let lower = chunk(&bytes[at..]) | SMALL;
            let letters = letters_in_front(lower);
            key.push(lower, letters);
            at += letters;
            if letters < CHUNK {
                break;
            }
        }
        match bytes.get(at) {
            Some(byte) if *byte == b'-' || !byte.is_ascii() => {
                let is_end = |c: char| !(c.is_alphabetic() || c == '-');
                let rest = &text[start..];
                let end = rest.find(is_end).unwrap_or(rest.len());
                let word = rest[..end].trim_matches('-');
                if !word.is_empty() {
                    let lower: String = word.chars().flat_map(char::to_lowercase).collect();
                    count.add_word(word.len(), &Key::of(&lower), &mut batch, words);
                }
                // What ends the run goes with it, and may be what the run is empty before.
                at = start + end + rest[end..].chars().next().map_or(0, char::len_utf8);
            }
            _ => {
                if at > start {
                    count.add_word(at - start, &key, &mut batch, words);
                }
                at += 1;
            }
        }
    }
    count.add_batch(&mut batch, words);
    count
}

/// Words that are looked up together ([`Words::sum`]).
struct Batch {
    keys: [Key; BATCH],
    length: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Batch { keys: [Key::default(); BATCH], length: 0 }
    }
}

impl Count {
    /// Adds a word of `length` bytes as written; what it says is added with its batch.
    #[inline]
    fn add_word(&mut self, length: usize, key: &Key, batch: &mut Batch, words: &Words) {
        self.words += 1;
        if length > LONGEST {
            return;
        }
        batch.keys[batch.length] = *key;
        batch.length += 1;
        if batch.length == BATCH {
            self.add_batch(batch, words);
        }
    }

    /// Adds what the words of a batch say, and empties it.
    fn add_batch(&mut self, batch: &mut Batch, words: &Words) {
        let sums = words.sum(&batch.keys[..batch.length]);
        self.known += sums.known();
        for (language, sum) in self.costs.iter_mut().enumerate() {
            *sum += sums.cost(language);
        }
        for (language, sum) in self.tally.iter_mut().enumerate() {
            *sum += sums.vote(language);
        }
        batch.length = 0;
    }
}

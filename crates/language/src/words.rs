//! What each word says, of both tables together, so that a word is looked up once.

use rustc_hash::FxHashMap;

use crate::TableError;
use crate::evidence::{Evidence, WEIGHED};
use crate::votes::{SPELLING, Vote, Votes};

/// What a difference of spelling adds to the costs of the language that spells otherwise.
const SPELLING_COST: u8 = 20;

/// What one word says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Its vote for each language.
    pub vote: Vote,
    /// What it speaks against Indonesian, Malay and English, in tenths of a natural logarithm.
    pub costs: [u8; WEIGHED],
}

/// A word in lower case as it is looked up, made letter by letter while a text is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Key {
    hash: u64,
    /// The last bytes, the very last lowest.
    tail: u64,
    length: usize,
}

impl Key {
    /// Takes the next byte of the word.
    pub(crate) fn push(&mut self, byte: u8) {
        // As FNV-1a, with the multiplier of Knuth's multiplicative hashing (the golden ratio of
        // 2⁶⁴), which reaches the high bits at once.
        self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.tail = self.tail << 8 | u64::from(byte);
        self.length += 1;
    }

    fn of(word: &str) -> Self {
        let mut key = Key::default();
        word.bytes().for_each(|byte| key.push(byte));
        key
    }
}

/// What ending of a word votes, and for what.
#[derive(Clone, Copy, Debug)]
struct Ending {
    key: Key,
    /// The bytes of [`Key::tail`] that it has.
    mask: u64,
    word: Word,
}

/// The words of both tables.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// By their hash, so that no string is read: nearly every word of a text is looked up, and the
    /// time that takes is the time that memory takes. Two words of one 64-bit hash would be taken
    /// for one; fifteen thousand words are too few for that.
    words: FxHashMap<u64, Word>,
    endings: Vec<Ending>,
}

impl Words {
    /// Reads both tables.
    pub(crate) fn parse(votes_tsv: &str, words_tsv: &str) -> Result<Self, TableError> {
        let votes = Votes::parse(votes_tsv)?;
        let mut words: FxHashMap<u64, Word> = FxHashMap::default();
        for (word, costs) in Evidence::parse(words_tsv)?.words {
            words.insert(Key::of(&word).hash, Word { vote: Vote::default(), costs });
        }
        for (word, vote) in votes.words {
            words.entry(Key::of(&word).hash).or_default().add(vote);
        }
        let endings = votes.endings.into_iter().map(|(ending, vote)| {
            let key = Key::of(&ending);
            let mut word = Word::default();
            word.add(vote);
            Ending { key, mask: u64::MAX >> (64 - 8 * key.length), word }
        });
        Ok(Words { words, endings: endings.collect() })
    }

    /// What a word says; where it has no vote, its ending may have one.
    pub(crate) fn of(&self, key: &Key) -> Option<Word> {
        let known = self.words.get(&key.hash).copied();
        if known.is_some_and(|word| word.votes()) {
            return known;
        }
        let Some(mut ending) = self.by_ending(key) else { return known };
        for (sum, cost) in ending.costs.iter_mut().zip(known.unwrap_or_default().costs) {
            *sum += cost;
        }
        Some(ending)
    }

    /// What the ending of a word says, which must leave a stem of three letters.
    fn by_ending(&self, key: &Key) -> Option<Word> {
        let has = |ending: &&Ending| {
            key.tail & ending.mask == ending.key.tail && key.length >= ending.key.length + 3
        };
        self.endings.iter().find(has).map(|ending| ending.word)
    }
}

impl Word {
    /// Whether it has a vote for any language.
    pub(crate) fn votes(&self) -> bool {
        self.vote != Vote::default()
    }

    /// Takes in a vote, and what it adds to the costs where it is a difference of spelling.
    fn add(&mut self, vote: Vote) {
        self.vote = vote;
        let weighed = &vote[..WEIGHED];
        if weighed.contains(&SPELLING) {
            for (cost, &weight) in self.costs.iter_mut().zip(weighed) {
                *cost += if weight == 0 { SPELLING_COST } else { 0 };
            }
        }
    }
}

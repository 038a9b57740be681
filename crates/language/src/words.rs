//! What each word says, of both tables together, so that a word is looked up once.

use rustc_hash::FxHashMap;

use crate::TableError;
use crate::evidence::{Evidence, WEIGHED};
use crate::votes::{SPELLING, Vote, Votes};

/// What a difference of spelling adds to the costs of the language that spells otherwise.
const SPELLING_COST: u8 = 20;

/// What one word says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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

/// The words of both tables by their hash. Sixteen bytes a slot and no string to follow: nearly
/// every word of a text is looked up, and the time that takes is the time that memory takes. Two
/// words of one 64-bit hash would be taken for one; fifteen thousand words are too few for that.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// Hash and index into `words`; a power of two of them, half of them free ([`FREE`]).
    slots: Vec<(u64, u32)>,
    /// What words say, each once.
    words: Vec<Word>,
    endings: Vec<Ending>,
}

/// Index of a slot that holds no word.
const FREE: u32 = u32::MAX;

impl Words {
    /// Reads both tables.
    pub(crate) fn parse(votes_tsv: &str, words_tsv: &str) -> Result<Self, TableError> {
        let votes = Votes::parse(votes_tsv)?;
        let evidence = Evidence::parse(words_tsv)?.words;
        let room = 2 * (evidence.len() + votes.words.len()).max(1);
        let slots = vec![(0, FREE); room.next_power_of_two()];
        let mut words = Words { slots, words: Vec::new(), endings: Vec::new() };
        let mut numbers = FxHashMap::default();
        for (word, costs) in evidence {
            words.set(&Key::of(&word), Word { vote: Vote::default(), costs }, &mut numbers);
        }
        for (word, vote) in votes.words {
            let key = Key::of(&word);
            let mut word = words.get(&key).unwrap_or_default();
            word.add(vote);
            words.set(&key, word, &mut numbers);
        }
        words.endings = votes
            .endings
            .into_iter()
            .map(|(ending, vote)| {
                let key = Key::of(&ending);
                let mut word = Word::default();
                word.add(vote);
                Ending { key, mask: u64::MAX >> (64 - 8 * key.length), word }
            })
            .collect();
        Ok(words)
    }

    /// Lets a word say `word`; `numbers` are those of all that is said.
    fn set(&mut self, key: &Key, word: Word, numbers: &mut FxHashMap<Word, u32>) {
        let number = *numbers.entry(word).or_insert(self.words.len() as u32);
        if number as usize == self.words.len() {
            self.words.push(word);
        }
        let at = self.find(key);
        self.slots[at] = (key.hash, number);
    }

    fn get(&self, key: &Key) -> Option<Word> {
        let (_, number) = self.slots[self.find(key)];
        self.words.get(number as usize).copied()
    }

    /// The slot that holds the word or, where none does, the free one where it belongs.
    fn find(&self, key: &Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.hash >> 32) as usize & mask;
        while self.slots[at].1 != FREE && self.slots[at].0 != key.hash {
            at = (at + 1) & mask;
        }
        at
    }

    /// What a word says; where it has no vote, its ending may have one.
    pub(crate) fn of(&self, key: &Key) -> Option<Word> {
        let known = self.get(key);
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

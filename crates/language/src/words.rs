//! What each word says, of both tables together, so that a word is looked up once.

use std::collections::hash_map::Entry;

use nukil_types::bytes::{CHUNK, chunk};
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

/// A word in lower case as it is looked up, made of eight bytes at a time while a text is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Key {
    hash: u64,
    /// The last bytes, the very last lowest.
    tail: u64,
    length: usize,
}

impl Key {
    /// Takes the first `length` bytes of `chunk`, the first lowest. All but the last taking of a
    /// word are of [`CHUNK`] bytes.
    #[inline]
    pub(crate) fn push(&mut self, chunk: u64, length: usize) {
        if length == 0 {
            return;
        }
        let bits = 8 * length as u32;
        let bytes = chunk.swap_bytes() >> (u64::BITS - bits);
        // As FNV-1a, with the multiplier of Knuth's multiplicative hashing (the golden ratio of
        // 2⁶⁴), which reaches the high bits at once.
        self.hash = (self.hash ^ bytes).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.tail = self.tail.checked_shl(bits).unwrap_or(0) | bytes;
        self.length += length;
    }

    pub(crate) fn of(word: &str) -> Self {
        let mut key = Key::default();
        for part in word.as_bytes().chunks(CHUNK) {
            key.push(chunk(part), part.len());
        }
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
    slots: Slots,
    /// What words say; many say the same. The first is what a word says that no table has.
    said: Vec<Word>,
    endings: Vec<Ending>,
    /// Whether an ending may have these last two bytes ([`last_two`]); most words have others.
    last: [bool; 256],
}

/// What each word says, by its hash alone: nearly every word of a text is looked up, and the time that
/// takes is the time that memory takes. Two words of one hash of 63 bits would be taken for one;
/// fifteen thousand words are too few for that.
///
/// A slot has the low bits of the hash, then a number from 1; 0 is a free one. The high bits of the hash
/// say where a search begins.
#[derive(Clone, Debug)]
struct Slots(Vec<u64>);

/// Bits of a slot that hold a number.
const NUMBER_BITS: u32 = 16;
const NUMBER: u64 = (1 << NUMBER_BITS) - 1;

impl Slots {
    /// Room for so many words; at most half of the slots are taken.
    fn with_room(words: usize) -> Self {
        Slots(vec![0; (2 * words).next_power_of_two().max(2)])
    }

    /// Where the search for a word with this hash begins.
    #[inline]
    fn home(&self, hash: u64) -> usize {
        (hash >> (u64::BITS - self.0.len().ilog2())) as usize
    }

    /// The first slot of that search.
    #[inline]
    fn first(&self, hash: u64) -> u64 {
        self.0[self.home(hash)]
    }

    /// The slot that the word with this hash has, or that it may take.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let slots = self.0.as_slice();
        let mut at = self.home(hash);
        while slots[at] & NUMBER != 0
            && slots[at] >> NUMBER_BITS != hash << NUMBER_BITS >> NUMBER_BITS
        {
            at = (at + 1) & (slots.len() - 1);
        }
        at
    }

    /// The number of the word with this hash, or 0.
    #[inline]
    fn get(&self, hash: u64) -> usize {
        (self.0[self.place(hash)] & NUMBER) as usize
    }

    fn set(&mut self, hash: u64, number: u16) {
        let place = self.place(hash);
        self.0[place] = hash << NUMBER_BITS | u64::from(number);
    }
}

impl Words {
    /// Reads both tables.
    pub(crate) fn parse(votes_tsv: &str, words_tsv: &str) -> Result<Self, TableError> {
        let votes = Votes::parse(votes_tsv)?;
        let evidence = Evidence::parse(words_tsv)?;
        let slots = Slots::with_room(votes.words.len() + evidence.words.len());
        let mut words =
            Words { slots, said: vec![Word::default()], endings: Vec::new(), last: [false; 256] };
        let mut numbers = FxHashMap::default();
        for (word, costs) in evidence.words {
            words.insert(word, &mut numbers, |word| word.costs = costs)?;
        }
        for (word, vote) in votes.words {
            words.insert(&word, &mut numbers, |word| word.add(vote))?;
        }
        for (ending, vote) in votes.endings {
            let key = Key::of(&ending);
            let mut word = Word::default();
            word.add(vote);
            // One byte alone says nothing of the one before it.
            if key.length == 1 {
                words.last.fill(true);
            }
            words.last[last_two(key.tail)] = true;
            words.endings.push(Ending { key, mask: u64::MAX >> (64 - 8 * key.length), word });
        }
        Ok(words)
    }

    /// Changes what `word` says; `numbers` holds the places of all that is said.
    fn insert(
        &mut self,
        word: &str,
        numbers: &mut FxHashMap<Word, u16>,
        change: impl FnOnce(&mut Word),
    ) -> Result<(), TableError> {
        let hash = Key::of(word).hash;
        let mut says = self.said[self.slots.get(hash)];
        change(&mut says);
        let number = match numbers.entry(says) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                let reason = "more than 65,535 words that all say something else";
                let number = u16::try_from(self.said.len()).map_err(|_| TableError {
                    table: "words of languages",
                    line: 0,
                    reason: reason.to_string(),
                })?;
                self.said.push(says);
                *free.insert(number)
            }
        };
        self.slots.set(hash, number);
        Ok(())
    }

    /// Calls `tell` with what each of the words says, and whether a table has it.
    ///
    /// The slots are larger than the nearest memory. Here those where the searches begin are read first:
    /// as none of these reads hangs on another, the processor waits for many at a time.
    pub(crate) fn each(&self, keys: &[Key], mut tell: impl FnMut(Word, bool)) {
        let touched = keys.iter().fold(0, |all, key| all ^ self.slots.first(key.hash));
        std::hint::black_box(touched);
        for key in keys {
            let number = self.slots.get(key.hash);
            let mut word = self.said[number];
            let mut known = number != 0;
            // Where it has no vote, its ending may have one.
            if self.last[last_two(key.tail)]
                && !word.votes()
                && let Some(ending) = self.by_ending(key)
            {
                word.vote = ending.vote;
                for (sum, cost) in word.costs.iter_mut().zip(ending.costs) {
                    *sum += cost;
                }
                known = true;
            }
            tell(word, known);
        }
    }

    /// What the ending of a word says, which must leave a stem of three letters.
    fn by_ending(&self, key: &Key) -> Option<Word> {
        let has = |ending: &&Ending| {
            key.tail & ending.mask == ending.key.tail && key.length >= ending.key.length + 3
        };
        self.endings.iter().find(has).map(|ending| ending.word)
    }
}

/// The last two bytes of a word as one; few endings share it.
fn last_two(tail: u64) -> usize {
    ((tail ^ tail >> 5) & 0xff) as usize
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

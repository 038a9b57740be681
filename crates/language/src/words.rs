//! What each word says, of both tables together, so that a word is looked up once.

use std::collections::hash_map::Entry;

use nukil_types::bytes::{CHUNK, chunk};
use rustc_hash::FxHashMap;

use crate::TableError;
use crate::evidence::{Evidence, WEIGHED};
use crate::votes::{LANGUAGES, SPELLING, Vote, Votes};

/// What a difference of spelling adds to the costs of the language that spells otherwise.
const SPELLING_COST: u8 = 20;

/// What one word says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Word {
    /// Its vote for each language.
    vote: Vote,
    /// What it speaks against Indonesian, Malay and English, in tenths of a natural logarithm.
    costs: [u8; WEIGHED],
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
    row: Row,
}

/// Words that are looked up together ([`Words::sum`]): as many as a few lines of text have.
pub(crate) const BATCH: usize = 64;

/// What a word says as numbers of 16 bits side by side, so that one addition takes in four of them: its
/// votes, then its costs, then 1 where a table has it.
type Row = [u64; 3];

/// Where the costs begin in a [`Row`], and where it says whether a table has the word.
const COSTS: usize = LANGUAGES.len();
const KNOWN: usize = COSTS + WEIGHED;

/// Where the number at a place of a row lies: in which `u64`, and at which bit.
#[inline]
fn lane(place: usize) -> (usize, usize) {
    (place / 4, 16 * (place % 4))
}

/// Whether a row has a vote for any language.
#[inline]
fn votes(row: &Row) -> bool {
    const { assert!(COSTS == 6) };
    row[0] | row[1] << 32 != 0
}

/// Sums over the words of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums(Row);

impl Sums {
    #[inline]
    fn add(&mut self, row: &Row) {
        // No sum of a batch is too large for its place, with an ending for every word.
        const { assert!(2 * BATCH * (u8::MAX as usize) <= u16::MAX as usize) };
        for (sum, numbers) in self.0.iter_mut().zip(row) {
            *sum += numbers;
        }
    }

    fn get(&self, place: usize) -> u32 {
        let (at, bit) = lane(place);
        u32::from((self.0[at] >> bit) as u16)
    }

    /// The votes for one of [`LANGUAGES`].
    pub(crate) fn vote(&self, language: usize) -> u32 {
        self.get(language)
    }

    /// What speaks against one of Indonesian, Malay and English.
    pub(crate) fn cost(&self, language: usize) -> u32 {
        self.get(COSTS + language)
    }

    /// How many words stand in a table.
    pub(crate) fn known(&self) -> u32 {
        self.get(KNOWN)
    }
}

/// The words of both tables.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    slots: Slots,
    /// What words say; many say the same. The first is what a word says that no table has.
    rows: Vec<Row>,
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
struct Slots {
    slots: Vec<u64>,
    /// By how much a hash is shifted to give a place.
    shift: u32,
}

/// Bits of a slot that hold a number.
const NUMBER_BITS: u32 = 16;
const NUMBER: u64 = (1 << NUMBER_BITS) - 1;

impl Slots {
    /// Room for so many words; at most half of the slots are taken.
    fn with_room(words: usize) -> Self {
        let slots = vec![0; (2 * words).next_power_of_two().max(2)];
        Slots { shift: u64::BITS - slots.len().ilog2(), slots }
    }

    /// Where the search for a word with this hash begins.
    #[inline]
    fn home(&self, hash: u64) -> usize {
        (hash >> self.shift) as usize
    }

    /// The first slot of that search.
    #[inline]
    fn first(&self, hash: u64) -> u64 {
        self.slots[self.home(hash)]
    }

    /// Whether the search for a word with this hash ends at a slot.
    #[inline]
    fn ends(slot: u64, hash: u64) -> bool {
        slot & NUMBER == 0 || slot >> NUMBER_BITS == hash << NUMBER_BITS >> NUMBER_BITS
    }

    /// The slot that the word with this hash has, or that it may take.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let slots = self.slots.as_slice();
        let mut at = self.home(hash);
        while !Slots::ends(slots[at], hash) {
            at = (at + 1) & (slots.len() - 1);
        }
        at
    }

    /// The number of the word with this hash, or 0; the first slot of the search is known.
    #[inline]
    fn number(&self, hash: u64, first: u64) -> usize {
        let slot = if Slots::ends(first, hash) { first } else { self.slots[self.place(hash)] };
        (slot & NUMBER) as usize
    }

    fn set(&mut self, hash: u64, number: u16) {
        let place = self.place(hash);
        self.slots[place] = hash << NUMBER_BITS | u64::from(number);
    }
}

impl Words {
    /// Reads both tables.
    pub(crate) fn parse(votes_tsv: &str, words_tsv: &str) -> Result<Self, TableError> {
        let votes = Votes::parse(votes_tsv)?;
        let evidence = Evidence::parse(words_tsv)?;
        let slots = Slots::with_room(votes.words.len() + evidence.words.len());
        let mut all = Said { slots, said: vec![Word::default()], numbers: FxHashMap::default() };
        for (word, costs) in evidence.words {
            all.insert(word, |word| word.costs = costs)?;
        }
        for (word, vote) in votes.words {
            all.insert(&word, |word| word.add(vote))?;
        }
        let rows = all.said.iter().enumerate().map(|(number, word)| word.row(number > 0)).collect();
        let mut words = Words { slots: all.slots, rows, endings: Vec::new(), last: [false; 256] };
        for (ending, vote) in votes.endings {
            let key = Key::of(&ending);
            let mut word = Word::default();
            word.add(vote);
            // One byte alone says nothing of the one before it.
            if key.length == 1 {
                words.last.fill(true);
            }
            words.last[last_two(key.tail)] = true;
            let mask = u64::MAX >> (64 - 8 * key.length);
            words.endings.push(Ending { key, mask, row: word.row(true) });
        }
        Ok(words)
    }

    /// The sums over what these words say, [`BATCH`] at most.
    ///
    /// The slots are larger than the nearest memory. Here those where the searches begin are read first:
    /// as none of these reads hangs on another, the processor waits for many at a time.
    pub(crate) fn sum(&self, keys: &[Key]) -> Sums {
        let mut firsts = [0; BATCH];
        for (first, key) in firsts.iter_mut().zip(keys) {
            *first = self.slots.first(key.hash);
        }
        let mut sums = Sums::default();
        for (key, &first) in keys.iter().zip(&firsts) {
            let row = &self.rows[self.slots.number(key.hash, first)];
            // Where it has no vote, its ending may have one.
            if self.last[last_two(key.tail)]
                && !votes(row)
                && let Some(ending) = self.by_ending(key)
            {
                sums.add(ending);
                let (at, bit) = lane(KNOWN);
                sums.0[at] -= row[at] & 1 << bit;
            }
            sums.add(row);
        }
        sums
    }

    /// What the ending of a word says, which must leave a stem of three letters.
    fn by_ending(&self, key: &Key) -> Option<&Row> {
        let has = |ending: &&Ending| {
            key.tail & ending.mask == ending.key.tail && key.length >= ending.key.length + 3
        };
        self.endings.iter().find(has).map(|ending| &ending.row)
    }
}

/// What words say while the tables are read.
struct Said {
    slots: Slots,
    said: Vec<Word>,
    /// The places of all that is said.
    numbers: FxHashMap<Word, u16>,
}

impl Said {
    /// Changes what `word` says.
    fn insert(&mut self, word: &str, change: impl FnOnce(&mut Word)) -> Result<(), TableError> {
        let hash = Key::of(word).hash;
        let mut says = self.said[self.slots.number(hash, self.slots.first(hash))];
        change(&mut says);
        let number = match self.numbers.entry(says) {
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
}

/// The last two bytes of a word as one; few endings share it.
fn last_two(tail: u64) -> usize {
    ((tail ^ tail >> 5) & 0xff) as usize
}

impl Word {
    /// The same side by side; `known` tells whether a table has it.
    fn row(&self, known: bool) -> Row {
        let numbers = self.vote.into_iter().chain(self.costs).chain([u8::from(known)]);
        let mut row = Row::default();
        for (place, number) in numbers.enumerate() {
            let (at, bit) = lane(place);
            row[at] |= u64::from(number) << bit;
        }
        row
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

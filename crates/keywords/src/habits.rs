//! What editors choose: how much oftener than others a phrase, a first word or a last word made a keyword
//! in the articles that the weights were learned from.
//!
//! An editor tags "harga emas" whenever an article has it and "kata dia" never, which no count in one
//! article tells. The numbers are logarithms of the rate of a phrase over that of all candidates,
//! both smoothed, so that what was seen a few times says little (a lexical prior, as in KEA's keyphrase
//! frequency: Frank and others, "Domain-specific keyphrase extraction", 1999).
//!
//! A table of them is compiled into an open-addressing hash table, which is read as it lies.

use std::borrow::Cow;

use nukil_types::artefact::FormatError;
use nukil_types::facts::{self, Facts, FactsError};

use crate::hash;

/// How often phrases and words were chosen, by their hashes.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    slots: Cow<'static, [u8]>,
}

/// Bytes of one slot: fingerprint (`u32`), weight (`i16`, hundredths). All 0 where it is free.
const SLOT: usize = 6;
type Slot = [u8; SLOT];

/// What a weight in a slot is multiplied by.
const SCALE: f32 = 100.0;

/// Where in a phrase the weight counts.
#[derive(Clone, Copy)]
enum Place {
    Phrase,
    /// First and last words of phrases of two words and more.
    First,
    Last,
}

impl Place {
    /// The hash of a text in this place.
    fn of(self, hash: u64) -> u64 {
        match self {
            Place::Phrase => hash,
            Place::First => hash::extend(1, hash),
            Place::Last => hash::extend(2, hash),
        }
    }
}

impl Habits {
    /// Reads a table of habits: columns place (`phrase`, `first`, `last`), text and weight (two digits
    /// behind the point), in the format of [`nukil_types::facts`].
    ///
    /// # Errors
    /// A line with another place, or without a number that a slot can hold.
    ///
    /// ```
    /// use nukil_keywords::Habits;
    ///
    /// assert!(Habits::parse("place\ttext\tweight\nphrase\tharga emas\t1.5\n").is_ok());
    /// let error = Habits::parse("place\ttext\tweight\nmiddle\temas\t1.5\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: \"middle\" is no place of a word");
    /// ```
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        let mut entries = Vec::new();
        let columns = ["place", "text", "weight"];
        for row in Facts::parse(text, &columns)?.fields_of(columns) {
            let (line, [place, text, weight]) = row?;
            let weight: Option<f32> = facts::number(line, weight, "weight")?;
            let weight = weight.map(|weight| (weight * SCALE).round());
            let weight = weight.filter(|weight| weight.abs() <= f32::from(i16::MAX));
            let weight = weight.ok_or_else(|| FactsError::new(line, "no finite weight"))?;
            let place = match place {
                "phrase" => Place::Phrase,
                "first" => Place::First,
                "last" => Place::Last,
                _ => return Err(FactsError::new(line, format!("{place:?} is no place of a word"))),
            };
            entries.push((place.of(hash::phrase(text)), weight as i16));
        }
        // At most three quarters full: searches stay short.
        let mut slots = vec![[0; SLOT]; entries.len() * 4 / 3 + 1];
        for (hash, weight) in entries {
            insert(&mut slots, hash, weight);
        }
        Ok(Habits { slots: slots.into_flattened().into() })
    }

    /// Habits whose slots are `slots`, as [`Habits::slots`] gave them.
    pub(crate) fn open(slots: &'static [u8]) -> Result<Self, FormatError> {
        match slots.len() % SLOT {
            0 => Ok(Habits { slots: slots.into() }),
            _ => Err(FormatError::Section("table of habits")),
        }
    }

    /// The slots of the table.
    pub(crate) fn slots(&self) -> &[u8] {
        &self.slots
    }

    /// The weights of a phrase, of its first word and of its last; a phrase of one word has no last.
    /// What the table does not have weighs nothing.
    pub(crate) fn of(&self, phrase: u64, first: u64, last: Option<u64>) -> [f32; 3] {
        let of = |place: Place, hash| self.find(place.of(hash));
        let whole = of(Place::Phrase, phrase);
        match last {
            Some(last) => [whole, of(Place::First, first), of(Place::Last, last)],
            None => [whole; 3],
        }
    }

    fn find(&self, hash: u64) -> f32 {
        let (slots, _) = self.slots.as_chunks::<SLOT>();
        if slots.is_empty() {
            return 0.0;
        }
        let (found, weight) = split(slots[search(slots, hash)]);
        if found == fingerprint(hash) { f32::from(weight) / SCALE } else { 0.0 }
    }
}

/// The fingerprint and the weight in a slot.
#[inline]
fn split(slot: Slot) -> (u32, i16) {
    let [a, b, c, d, weight @ ..] = slot;
    (u32::from_le_bytes([a, b, c, d]), i16::from_le_bytes(weight))
}

/// Low half of the hash; never 0, which marks a free slot.
#[inline]
fn fingerprint(hash: u64) -> u32 {
    (hash as u32).max(1)
}

/// The slot of a hash, or the free slot where it would be. The search begins at the high half of the
/// hash, scaled to the number of slots (as in [`crate::background`]), and ends in a full table, too.
fn search(slots: &[Slot], hash: u64) -> usize {
    let wanted = fingerprint(hash);
    let mut at = (((hash >> 32) * slots.len() as u64) >> 32) as usize;
    for _ in 0..slots.len() {
        let (found, _) = split(slots[at]);
        if found == wanted || found == 0 {
            break;
        }
        at = if at + 1 == slots.len() { 0 } else { at + 1 };
    }
    at
}

fn insert(slots: &mut [Slot], hash: u64, weight: i16) {
    let at = search(slots, hash);
    let [a, b, c, d] = fingerprint(hash).to_le_bytes();
    let [e, f] = weight.to_le_bytes();
    slots[at] = [a, b, c, d, e, f];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_alone_is_a_phrase() {
        let habits = Habits::parse(
            "place\ttext\tweight\nphrase\temas\t1\nfirst\temas\t2\nlast\temas\t3\n\
             phrase\tharga emas\t-4.56\n",
        );
        let habits = habits.unwrap();
        let (harga, emas) = (hash::word("harga"), hash::word("emas"));
        assert_eq!(habits.of(emas, emas, None), [1.0; 3]);
        assert_eq!(habits.of(hash::phrase("harga emas"), harga, Some(emas)), [-4.56, 0.0, 3.0]);
        assert_eq!(habits.of(hash::phrase("emas antam"), emas, Some(harga)), [0.0, 2.0, 0.0]);
        assert_eq!(Habits::default().of(emas, emas, None), [0.0; 3]);
    }

    #[test]
    fn a_weight_that_no_slot_holds_is_named() {
        let error = Habits::parse("place\ttext\tweight\nphrase\temas\t999\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2: no finite weight");
    }

    #[test]
    fn every_search_ends() {
        let full = Habits::open(&[1; 4 * SLOT]).unwrap();
        full.of(hash::word("emas"), hash::word("harga"), Some(hash::word("naik")));
        assert!(Habits::open(&[1; SLOT + 1]).is_err());
    }
}

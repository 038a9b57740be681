//! Numbers of things that are known by their hashes.

use std::hint::black_box;

/// Numbers by hashes of 64 bits: two things of one hash are not to be expected before there are
/// billions.
///
/// A hash table with linear probing (Knuth, *The Art of Computer Programming* 3, 6.4) of 2 to the
/// `PLACES` slots, each the number and those bits of the hash that do not say where to look. Half of
/// the slots are to stay free, so numbers are less than half of them.
///
/// ```
/// use nukil_types::{HashNumbers, hash};
///
/// let mut numbers = HashNumbers::<4>::default();
/// numbers.insert(hash::text("bandung"), 7);
/// assert_eq!(numbers.get(hash::text("bandung")), Some(7));
/// assert_eq!(numbers.get(hash::text("cimahi")), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct HashNumbers<const PLACES: u32> {
    slots: Vec<u64>,
}

impl<const PLACES: u32> HashNumbers<PLACES> {
    /// So many numbers find room.
    pub const ROOM: usize = 1 << (PLACES - 1);

    /// The bits of a hash that say where to look; in a slot the number stands in their place.
    const LOW: u64 = (1 << PLACES) - 1;

    /// Reads where each of these is looked for, so that it is near when it is asked for: reads one
    /// right after another are waited for together.
    #[inline]
    pub fn touch(&self, hashes: impl Iterator<Item = u64>) {
        let slot = |hash: u64| self.slots.get((hash & Self::LOW) as usize).copied().unwrap_or(0);
        black_box(hashes.fold(0, |seen, hash| seen ^ slot(hash)));
    }

    /// The number of what has this hash.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<u32> {
        let mut at = (hash & Self::LOW) as usize;
        loop {
            match *self.slots.get(at)? {
                0 => return None,
                // They count from one in the slots.
                slot if slot & !Self::LOW == hash & !Self::LOW => {
                    return Some((slot & Self::LOW) as u32 - 1);
                }
                _ => at = (at + 1) & Self::LOW as usize,
            }
        }
    }

    /// Notes the number of what has this hash and none yet, if there is room for it.
    pub fn insert(&mut self, hash: u64, number: u32) {
        if number as usize >= Self::ROOM {
            return;
        }
        if self.slots.is_empty() {
            // Zeroed by the system, so that one article does not pay for what it leaves free.
            self.slots = vec![0; 1 << PLACES];
        }
        let mut at = (hash & Self::LOW) as usize;
        while self.slots[at] != 0 {
            at = (at + 1) & Self::LOW as usize;
        }
        self.slots[at] = hash & !Self::LOW | u64::from(number + 1);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.slots.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_find_room_are_known_again_until_they_are_forgotten() {
        type Numbers = HashNumbers<6>;
        let mut numbers = Numbers::default();
        let hashes = |from: u32| {
            let words = (from..from + Numbers::ROOM as u32).map(|number| format!("kata{number}"));
            words.map(|word| crate::hash::text(&word)).zip(0..).collect::<Vec<(u64, u32)>>()
        };
        for from in [0, 1000] {
            for (hash, number) in hashes(from) {
                assert_eq!(numbers.get(hash), None);
                numbers.insert(hash, number);
            }
            for (hash, number) in hashes(from) {
                assert_eq!(numbers.get(hash), Some(number));
            }
            let beyond = !hashes(from)[0].0;
            numbers.insert(beyond, Numbers::ROOM as u32);
            assert_eq!(numbers.get(beyond), None);
            numbers.clear();
        }
    }
}

//! Tables that give hashes small numbers.
//!
//! The ranker looks up every word and every phrase of a document. The keys are hashes that are
//! spread over all bits already, so a slot is found without hashing anew, and key and number lie
//! side by side in one line of the cache. A table is emptied by raising its generation, without
//! touching its memory.

/// Numbers by hash. Sixteen bytes a slot, at most half of the slots used.
#[derive(Debug)]
pub(crate) struct Numbers {
    slots: Vec<Slot>,
    generation: u32,
    held: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    hash: u64,
    /// The generation that wrote the slot; of any other the slot is free.
    generation: u32,
    number: u32,
}

/// Slots for every hash from which on a table is made smaller.
const MOST_ROOM: usize = 32;
/// Slots of a fresh table; a power of two, as all sizes are.
const SMALLEST: usize = 1 << 8;

impl Default for Numbers {
    fn default() -> Self {
        Numbers { slots: vec![Slot::default(); SMALLEST], generation: 1, held: 0 }
    }
}

impl Numbers {
    /// Forgets all hashes.
    pub fn clear(&mut self) {
        // A table that one long document has grown would scatter those of all others.
        if MOST_ROOM * self.held.max(SMALLEST) < self.slots.len() {
            self.slots = vec![Slot::default(); self.slots.len() / 2];
        }
        self.held = 0;
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 {
            // Slots of the first generations may still be there.
            self.slots.fill(Slot::default());
            self.generation = 1;
        }
    }

    /// The number of `hash`.
    pub fn get(&self, hash: u64) -> Option<u32> {
        let slot = &self.slots[self.find(hash)];
        (slot.generation == self.generation).then_some(slot.number)
    }

    /// The number of `hash`, which becomes `next` if it has none yet.
    pub fn get_or_insert(&mut self, hash: u64, next: u32) -> u32 {
        let at = self.find(hash);
        if self.slots[at].generation == self.generation {
            return self.slots[at].number;
        }
        self.slots[at] = Slot { hash, generation: self.generation, number: next };
        self.held += 1;
        if 2 * self.held > self.slots.len() {
            self.grow();
        }
        next
    }

    /// The slot that holds `hash` or, where none does, the free one where it belongs.
    fn find(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = &self.slots[at];
            if slot.generation != self.generation || slot.hash == hash {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let doubled = vec![Slot::default(); 2 * self.slots.len()];
        for slot in std::mem::replace(&mut self.slots, doubled) {
            if slot.generation == self.generation {
                let at = self.find(slot.hash);
                self.slots[at] = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_keeps_its_number_until_the_table_is_emptied() {
        let mut numbers = Numbers::default();
        // Many of them want the same slot.
        let hashes = || (0..1000_u64).map(|at| at << 6);
        for (next, hash) in hashes().enumerate() {
            assert_eq!(numbers.get_or_insert(hash, next as u32), next as u32);
        }
        for (number, hash) in hashes().enumerate() {
            assert_eq!(numbers.get_or_insert(hash, 7), number as u32);
            assert_eq!(numbers.get(hash), Some(number as u32));
        }
        assert_eq!((numbers.held, numbers.get(1)), (1000, None));
        numbers.clear();
        assert_eq!((numbers.held, numbers.get(0)), (0, None));
    }

    #[test]
    fn no_slot_of_an_old_generation_comes_back() {
        let mut numbers = Numbers::default();
        numbers.get_or_insert(5, 3);
        numbers.generation = u32::MAX;
        numbers.clear();
        assert_eq!((numbers.generation, numbers.get(5)), (1, None));
    }
}

//! Which identifiers a run has met.
//!
//! All documents of a run leave a trace here, and nothing else of them stays. A hash table would
//! take eighteen bytes for each after it has doubled, and all of it anew while it does; sorted
//! lists take ten at the most, and grow one at a time.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Lists, by some bits of a hash. Of ten million documents each has 2,400, into which one is
/// inserted in the time that it takes to read a line.
const LISTS: usize = 1 << 12;

/// A set of identifiers, by hashes of 64 bits: the chance that among ten million of them any one is
/// taken for another is one in 370,000.
pub(crate) struct Met(Vec<Vec<u64>>);

impl Met {
    pub fn new() -> Self {
        Met(vec![Vec::new(); LISTS])
    }

    /// Adds an identifier, and says whether it was new.
    pub fn insert(&mut self, id: &str) -> bool {
        // The default keys are fixed, so what counts as met is the same in every run.
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let hash = hasher.finish();
        let list = &mut self.0[hash as usize % LISTS];
        let Err(place) = list.binary_search(&hash) else { return false };
        if list.len() == list.capacity() {
            // Doubling would leave half of it empty.
            list.reserve_exact(list.len() / 4 + 4);
        }
        list.insert(place, hash);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_new_once() {
        let mut met = Met::new();
        for id in 0..20_000 {
            assert!(met.insert(&id.to_string()), "{id}");
        }
        for id in 0..20_000 {
            assert!(!met.insert(&id.to_string()), "{id}");
        }
        assert!(met.insert("20000"));
    }

    #[test]
    fn ten_bytes_an_identifier_are_enough() {
        let mut met = Met::new();
        for id in 0..200_000 {
            met.insert(&id.to_string());
        }
        let places: usize = met.0.iter().map(Vec::capacity).sum();
        assert!(places * 8 <= 200_000 * 10, "{places}");
    }
}

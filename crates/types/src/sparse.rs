//! Small values by hashes, for look-ups that mostly find nothing.

/// Slots of a new table.
const FIRST_SLOTS: usize = 16;
/// Fewest bits of a hash that the filter tells apart.
const FILTER_BITS: u32 = 16;

/// Small values by keys of 64 bits, in a hash table with linear probing (Knuth, *The Art of Computer
/// Programming* 3, 6.4). A filter of one bit for each value of the top bits of a hash is asked
/// first: it is small enough to stay in the cache, and it rejects most keys that have no value.
///
/// ```
/// use nukil_types::SparseTable;
///
/// let mut weights = SparseTable::default();
/// weights.get_or_insert(7, -12_i16);
/// assert_eq!(weights.get(7), Some(-12));
/// assert_eq!(weights.get(8), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparseTable<V> {
    filter: Vec<u64>,
    /// How far a hash is shifted to the bits that the filter tells apart.
    shift: u32,
    /// Zero marks an empty slot; the hash of no key is zero.
    keys: Vec<u64>,
    values: Vec<V>,
    len: usize,
}

impl<V: Copy + Default> Default for SparseTable<V> {
    fn default() -> Self {
        SparseTable::with_room(0)
    }
}

impl<V: Copy + Default> SparseTable<V> {
    /// A table for so many keys, which need not grow for them.
    pub fn with_room(keys: usize) -> Self {
        let slots = (2 * keys).next_power_of_two().max(FIRST_SLOTS);
        // At least four bits a key.
        let bits = FILTER_BITS.max(slots.ilog2() + 1);
        SparseTable {
            filter: vec![0; 1 << (bits - 6)],
            shift: u64::BITS - bits,
            keys: vec![0; slots],
            values: vec![V::default(); slots],
            len: 0,
        }
    }

    /// The value of `key`.
    #[inline(always)]
    pub fn get(&self, key: u64) -> Option<V> {
        let hash = spread(key);
        let bit = (hash >> self.shift) as usize;
        if self.filter[bit / 64] & 1 << (bit % 64) == 0 {
            return None;
        }
        let at = self.slot(hash);
        (self.keys[at] == hash).then(|| self.values[at])
    }

    /// The value of `key`, which is set to `value` if it had none.
    pub fn get_or_insert(&mut self, key: u64, value: V) -> V {
        if self.len * 2 >= self.keys.len() {
            self.grow();
        }
        let hash = spread(key);
        let at = self.slot(hash);
        if self.keys[at] != hash {
            let bit = (hash >> self.shift) as usize;
            self.filter[bit / 64] |= 1 << (bit % 64);
            (self.keys[at], self.values[at]) = (hash, value);
            self.len += 1;
        }
        self.values[at]
    }

    /// The slot that holds `hash`, or the empty one where it belongs.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.keys.len() - 1;
        let mut at = hash as usize & mask;
        while self.keys[at] != hash && self.keys[at] != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let slots = self.keys.len() * 4;
        let keys = std::mem::replace(&mut self.keys, vec![0; slots]);
        let values = std::mem::replace(&mut self.values, vec![V::default(); slots]);
        for (hash, value) in keys.into_iter().zip(values).filter(|&(hash, _)| hash != 0) {
            let at = self.slot(hash);
            (self.keys[at], self.values[at]) = (hash, value);
        }
    }
}

/// Mixes the bits of a key: no two keys share a hash, and zero is the hash of one that is not used.
#[inline]
fn spread(key: u64) -> u64 {
    let product = (key ^ 0x5851_f42d_4c95_7f2d).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_first_value_while_the_table_grows() {
        for room in [0, 100, 40_000] {
            let mut table = SparseTable::with_room(room);
            for key in 0..5000 {
                assert_eq!(table.get_or_insert(key * key, key as u16), key as u16);
            }
            assert_eq!(table.get_or_insert(49, 0), 7);
            for key in 0..5000 {
                assert_eq!(table.get(key * key), Some(key as u16));
                assert_eq!(table.get(key * key + 2 * key + 2), None);
            }
        }
    }
}

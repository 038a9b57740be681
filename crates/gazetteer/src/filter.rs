//! A small set of hashes that holds a few too many, so that most of what is not in a large table is
//! known without a look at it (Bloom, *Space/Time Trade-offs in Hash Coding*, CACM 1970; with one
//! hash alone).

/// Bits of the set: eight kilobytes, which stay near the processor, and some twenty for every word
/// with which a cue begins.
const BITS: usize = 1 << 16;

pub(crate) struct Filter(Box<[u64; BITS / 64]>);

impl Filter {
    pub(crate) fn new() -> Self {
        Filter(Box::new([0; BITS / 64]))
    }

    pub(crate) fn add(&mut self, hash: u64) {
        let (word, bit) = place(hash);
        self.0[word] |= bit;
    }

    /// Whether this hash, or one that shares its bit, was added.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = place(hash);
        self.0[word] & bit != 0
    }
}

/// The word in which the bit of a hash stands, and the bit.
#[inline]
fn place(hash: u64) -> (usize, u64) {
    let place = hash as usize % BITS;
    (place / 64, 1 << (place % 64))
}

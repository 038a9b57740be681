//! Words and phrases as 64-bit numbers.
//!
//! A phrase is hashed from the hashes of its words, so that the thousand phrases of an article
//! are counted and looked up without one string being built. The compiled background holds the
//! same numbers: changing a line here means raising its format version.

/// The hash of a lower-cased word: FNV-1a (Fowler, Noll, Vo), then the finaliser of SplitMix64
/// (Steele, Lea, Flood 2014), which spreads short words over all bits.
#[inline]
pub(crate) fn word(folded: &str) -> u64 {
    finish(fnv(SEED, folded))
}

/// The hash of the word that `prefix` and `folded` make together.
#[inline]
pub(crate) fn prefixed(prefix: &str, folded: &str) -> u64 {
    finish(fnv(fnv(SEED, prefix), folded))
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

#[inline]
fn fnv(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[inline]
fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The hash of the phrase that `prefix` begins and `word` ends. A phrase of one word has the hash
/// of the word.
#[inline]
pub(crate) fn extend(prefix: u64, word: u64) -> u64 {
    let hash = (prefix.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 32)
}

/// The hash of words that stand in one string, a space between them.
pub(crate) fn phrase(text: &str) -> u64 {
    let mut words = text.split(' ').map(word);
    let first = words.next().unwrap_or_default();
    words.fold(first, extend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_grows_word_by_word() {
        assert_eq!(phrase("harga"), word("harga"));
        assert_eq!(phrase("harga emas"), extend(word("harga"), word("emas")));
        assert_ne!(phrase("harga emas"), phrase("emas harga"));
        assert_ne!(phrase("a a"), phrase("a a a"));
    }
}

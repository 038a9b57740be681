//! Hashes of features. They are part of the model's format, so they are written out here and do
//! not come from a crate that may change them.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// `hash` with one more value in it; order matters.
#[inline]
pub(crate) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(MULTIPLIER)
}

/// The hash of a text.
pub(crate) fn text(text: &str) -> u64 {
    let mut hash = text.len() as u64;
    let (words, rest) = text.as_bytes().as_chunks();
    for &word in words {
        hash = mix(hash, u64::from_le_bytes(word));
    }
    if !rest.is_empty() {
        // As if zeros followed.
        hash = mix(hash, rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)));
    }
    finish(hash)
}

/// Spreads the entropy of a hash over all of its bits (the finaliser of splitmix64).
#[inline]
pub(crate) fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

//! Hashes that artefacts hold. They are part of the formats, so they are written out here and do
//! not come from a crate that may change them.

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// `hash` with one more value in it; order matters.
#[inline]
pub fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(23) ^ value).wrapping_mul(MULTIPLIER)
}

/// The hash of a text.
#[inline]
pub fn text(text: impl AsRef<[u8]>) -> u64 {
    let text = text.as_ref();
    let mut hash = text.len() as u64;
    let (words, rest) = text.as_chunks();
    for &word in words {
        hash = mix(hash, u64::from_le_bytes(word));
    }
    if !rest.is_empty() {
        hash = mix(hash, word(rest));
    }
    finish(hash)
}

/// One to seven bytes, the first in the lowest bits, as if zeros followed. Parts that overlap say
/// the same of what both hold, so no byte is read by itself.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    match (bytes, bytes) {
        (&[a, b, c, d, ..], &[.., e, f, g, h]) => {
            let [first, last] = [[a, b, c, d], [e, f, g, h]].map(u32::from_le_bytes);
            u64::from(first) | u64::from(last) << (8 * (bytes.len() - 4))
        }
        (&[a, b, ..], &[.., c, d]) => {
            let [first, last] = [[a, b], [c, d]].map(u16::from_le_bytes);
            u64::from(first) | u64::from(last) << (8 * (bytes.len() - 2))
        }
        _ => bytes.first().map_or(0, |&byte| u64::from(byte)),
    }
}

/// Spreads the entropy of a hash over all of its bits (the finaliser of splitmix64).
#[inline]
pub fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_hashed_as_if_zeros_followed() {
        for length in 1..8 {
            let text = &"abcdefg"[..length];
            let padded = format!("{text:\0<8}");
            assert_eq!(
                word(text.as_bytes()),
                u64::from_le_bytes(*padded.as_bytes().as_array().unwrap())
            );
        }
    }
}

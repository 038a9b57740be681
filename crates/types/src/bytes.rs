//! Eight bytes of a text at a time.

/// Bytes in a [`chunk`].
pub const CHUNK: usize = 8;

/// The first eight bytes of `bytes` as a number, the very first lowest; zeros where there are none.
#[inline]
pub fn chunk(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; CHUNK];
        padded[..bytes.len()].copy_from_slice(bytes);
        padded
    }))
}

/// The bit that a byte of ASCII lacks, in every byte.
const HIGH: u64 = u64::from_le_bytes([0x80; CHUNK]);

/// How many bytes are ASCII, up to the first that is none.
pub fn ascii_in_front(bytes: &[u8]) -> usize {
    let (chunks, _) = bytes.as_chunks::<CHUNK>();
    let plain = chunks.iter().take_while(|chunk| u64::from_le_bytes(**chunk) & HIGH == 0);
    let plain = plain.count() * CHUNK;
    plain + bytes[plain..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// The bit that tells a small letter of ASCII from a capital, in every byte.
pub const SMALL: u64 = u64::from_le_bytes([0x20; CHUNK]);

/// How many bytes of a chunk are letters of ASCII, up to the first that is none.
///
/// All eight are asked at once: a sum carries into the high bit of its byte where that is at least, or
/// more than, a letter (Lamport, "Multiple byte processing with full-word instructions", 1975).
///
/// ```
/// use nukil_types::bytes::{chunk, letters_in_front};
///
/// assert_eq!(letters_in_front(chunk(b"Sore, hujan")), 4);
/// assert_eq!(letters_in_front(chunk(b"berhujan")), 8);
/// ```
#[inline]
pub fn letters_in_front(chunk: u64) -> usize {
    let low = (chunk | SMALL) & !HIGH;
    let from_a = low + u64::from_le_bytes([0x80 - b'a'; CHUNK]);
    let past_z = low + u64::from_le_bytes([0x7f - b'z'; CHUNK]);
    let others = !(from_a & !past_z & !chunk) & HIGH;
    others.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_ends_before_the_first_other_byte() {
        let text = format!("{}é", "a".repeat(20));
        for start in 0..=20 {
            assert_eq!(ascii_in_front(&text.as_bytes()[start..]), 20 - start);
        }
        assert_eq!(ascii_in_front(b"hujan lebat"), 11);
    }

    #[test]
    fn letters_are_those_of_ascii() {
        for byte in 0..=u8::MAX {
            let letters = letters_in_front(chunk(&[b'z', byte, b'A', b'-']));
            let expected = if byte.is_ascii_alphabetic() { 3 } else { 1 };
            assert_eq!(letters, expected, "{byte:#x}");
        }
        assert_eq!(letters_in_front(chunk(b"")), 0);
    }
}

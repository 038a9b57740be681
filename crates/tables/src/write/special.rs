//! Characters that a format cannot hold as they are.

/// How many bytes are looked at together.
const AT_ONCE: usize = 8;

/// Where the first byte is that `is_special` says yes to. What that asks should be so simple that
/// the processor can ask it of many bytes at once.
pub(crate) fn first(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, _) = bytes.as_chunks::<AT_ONCE>();
    // Without a way out before the last of them, or they would be asked one by one.
    let plain = |chunk: &&[u8; AT_ONCE]| {
        !chunk.iter().fold(false, |special, &byte| special | is_special(byte))
    };
    let start = chunks.iter().take_while(plain).count() * AT_ONCE;
    let found = bytes[start..].iter().position(|&byte| is_special(byte))?;
    Some(start + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_wherever_it_stands() {
        for length in 0..40 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(first(&bytes, |byte| byte == b','), None);
            for at in (0..length).rev() {
                bytes[at] = b',';
                assert_eq!(first(&bytes, |byte| byte == b','), Some(at));
            }
        }
    }
}

//! How words of a list begin: most words of a text are told from all of them by that, and need no look-up.

/// The beginnings of words, by a hash of their first bytes.
#[derive(Clone, Debug)]
pub(crate) struct Beginnings([u64; BITS / 64]);

/// Twenty or more for each beginning of a list.
const BITS: usize = 1 << 12;

/// Bytes of a beginning; behind the end of a shorter form zeros stand for them.
const LENGTH: usize = 3;

impl Default for Beginnings {
    fn default() -> Self {
        Beginnings([0; BITS / 64])
    }
}

impl Beginnings {
    /// Adds a word.
    pub(crate) fn insert(&mut self, word: &str) {
        let mut add = |form: &[u8]| {
            let (at, bit) = place(form);
            self.0[at] |= bit;
        };
        add(word.as_bytes());
        // A shorter word may be the part of a form before its hyphen.
        if word.len() < LENGTH {
            (0..=u8::MAX).for_each(|byte| add(&[word.as_bytes(), &[b'-', byte]].concat()));
        }
    }

    /// Whether a form may begin with one of the words; where not, it does not.
    #[inline]
    pub(crate) fn may_hold(&self, form: &str) -> bool {
        let (at, bit) = place(form.as_bytes());
        self.0[at] & bit != 0
    }
}

/// The bit of a form.
#[inline]
fn place(form: &[u8]) -> (usize, u64) {
    let byte = |at| form.get(at).map_or(0, |&byte: &u8| u32::from(byte));
    let first = byte(0) | byte(1) << 8 | byte(2) << 16;
    // Knuth's multiplicative hashing.
    let hash = first.wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS.ilog2());
    (hash as usize / 64, 1 << (hash % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_more_behind_a_word_is_held() {
        let mut beginnings = Beginnings::default();
        assert!(!beginnings.may_hold("itu"));
        ["itu", "ia", "o"].iter().for_each(|word| beginnings.insert(word));
        for form in ["itu", "itulah", "itu-itu", "ia", "ia-ia", "o", "o-o", "o-"] {
            assert!(beginnings.may_hold(form), "{form}");
        }
        for form in ["hujan", "iklan", "", "it"] {
            assert!(!beginnings.may_hold(form), "{form}");
        }
    }
}

use crate::bytes::{CHUNK, chunk};

/// A short form as a number: its bytes, the first lowest, and in the highest byte its length. Tables of
/// them hold no strings, so that to look one up is to read one place.
///
/// ```
/// use nukil_types::FormKey;
///
/// assert_eq!(FormKey::of_form("hujan"), FormKey::of(b"hujan lebat", 5));
/// assert_ne!(FormKey::of_form("hujan"), FormKey::of_form("hujan\0"));
/// assert_eq!(FormKey::of_form("mempertimbangkan"), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormKey([u64; 2]);

impl FormKey {
    /// The key of no form: what a free place of a table holds.
    pub(crate) const NONE: FormKey = FormKey([0; 2]);

    /// Longest form that has a key, in bytes; one word of news in three hundred is longer.
    pub const LONGEST: usize = 15;

    /// The key of the first `length` bytes of `text`; none where the form is too long, or empty.
    /// Where it is known what stands behind the form, that costs less than [`FormKey::of_form`].
    #[inline]
    pub fn of(text: &[u8], length: usize) -> Option<Self> {
        let cut = |chunk: u64, length: usize| chunk & (u64::MAX >> (64 - 8 * length as u32));
        let (first, more) = match length {
            1..=CHUNK => (cut(chunk(text), length), 0),
            9..=Self::LONGEST => (chunk(text), cut(chunk(&text[CHUNK..]), length - CHUNK)),
            _ => return None,
        };
        Some(FormKey([first, more | (length as u64) << 56]))
    }

    /// The key of a form by itself.
    #[inline]
    pub fn of_form(form: &str) -> Option<Self> {
        FormKey::of(form.as_bytes(), form.len())
    }

    /// A hash of it, of which the highest bits tell most.
    #[inline]
    pub(crate) fn hash(self) -> u64 {
        let FormKey([first, more]) = self;
        let wide = u128::from(first ^ more.rotate_left(29)) * 0x9e37_79b9_7f4a_7c15;
        wide as u64 ^ (wide >> 64) as u64
    }
}

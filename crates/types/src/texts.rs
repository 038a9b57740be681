//! A table in an artefact from texts to a few bytes each.

use std::collections::BTreeMap;

use crate::artefact::FormatError;

/// What a compiled table holds of texts: they are known by their hashes of 64 bits
/// ([`crate::hash::text`]), which are sorted, and a text is looked for among the few whose hashes
/// begin with the same bits. Nothing is built when it is opened.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use nukil_types::{TextTable, hash};
///
/// let texts = ["bandung", "cimahi"].map(|text| (hash::text(text), [text.len() as u8]));
/// let [starts, hashes, values] = TextTable::compile(&BTreeMap::from(texts));
/// let table = TextTable::open(&starts, &hashes, &values).unwrap();
/// assert_eq!(table.get(hash::text("cimahi")), Some([6]));
/// assert_eq!(table.get(hash::text("garut")), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TextTable<'a, const N: usize> {
    /// Where the hashes that begin with each number begin, and where the last end.
    starts: &'a [[u8; 4]],
    hashes: &'a [[u8; 8]],
    values: &'a [[u8; N]],
}

impl<'a, const N: usize> TextTable<'a, N> {
    /// The sections of the table of these values, by the hashes of their texts.
    pub fn compile(values: &BTreeMap<u64, [u8; N]>) -> [Vec<u8>; 3] {
        // So many bits that about four texts share them.
        let first = (values.len() / 4).max(1).ilog2();
        let mut counts = vec![0_u32; 1 << first];
        for &hash in values.keys() {
            counts[place(hash, first)] += 1;
        }
        let mut end = 0;
        let starts = [0].into_iter().chain(counts.into_iter().map(|count| {
            end += count;
            end
        }));
        [
            starts.flat_map(u32::to_le_bytes).collect(),
            values.keys().flat_map(|hash| hash.to_le_bytes()).collect(),
            values.values().flatten().copied().collect(),
        ]
    }

    /// Opens the three sections.
    ///
    /// # Errors
    /// [`FormatError`] when they do not go together.
    pub fn open(starts: &'a [u8], hashes: &'a [u8], values: &'a [u8]) -> Result<Self, FormatError> {
        let (starts, hashes, values) = (starts.as_chunks(), hashes.as_chunks(), values.as_chunks());
        let whole = starts.1.is_empty() && hashes.1.is_empty() && values.1.is_empty();
        let (starts, hashes, values) = (starts.0, hashes.0, values.0);
        let sound = starts.len().checked_sub(1).is_some_and(usize::is_power_of_two)
            && starts.is_sorted_by_key(|start| u32::from_le_bytes(*start))
            && starts[starts.len() - 1] == (hashes.len() as u32).to_le_bytes()
            && values.len() == hashes.len();
        if !(whole && sound) {
            return Err(FormatError::Section("table of texts"));
        }
        Ok(TextTable { starts, hashes, values })
    }

    /// The value of the text that has this hash.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<[u8; N]> {
        let at = place(hash, (self.starts.len() - 1).ilog2());
        let [start, end] = [at, at + 1].map(|at| u32::from_le_bytes(self.starts[at]) as usize);
        let wanted = hash.to_le_bytes();
        let found = self.hashes[start..end].iter().position(|hash| *hash == wanted)?;
        Some(self.values[start + found])
    }
}

/// The first bits of a hash.
#[inline]
fn place(hash: u64, bits: u32) -> usize {
    hash.checked_shr(u64::BITS - bits).unwrap_or(0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_texts_as_there_are_come_back() {
        for count in [0, 1, 7, 8, 1000] {
            let texts = (0..count).map(|number| crate::hash::text(format!("kata{number}")));
            let values: BTreeMap<u64, [u8; 4]> =
                texts.zip(0_u32..).map(|(hash, number)| (hash, number.to_le_bytes())).collect();
            let [starts, hashes, bytes] = TextTable::compile(&values);
            let table = TextTable::open(&starts, &hashes, &bytes).unwrap();
            for (&hash, &value) in &values {
                assert_eq!(table.get(hash), Some(value));
                assert_eq!(table.get(!hash), None);
            }
            assert!(TextTable::<4>::open(&starts[1..], &hashes, &bytes).is_err());
            assert!(TextTable::<4>::open(&[], &hashes, &bytes).is_err());
        }
    }
}

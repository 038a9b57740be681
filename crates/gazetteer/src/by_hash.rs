//! Entries by hashes: of the letters of names, and of identifiers.
//!
//! A row is 12 bytes, little-endian: a hash (`u64`) and the number of an entry (`u32`). Rows are sorted.

use nukil_types::artefact::{FormatError, read_u32};
use nukil_types::hash::text;

use crate::{EntryId, Kind};

const ROW: usize = 12;

/// Letters of the shortest name of one word that a text may write as two.
const SHORTEST: usize = 8;

pub(crate) struct ByHash<'a>(&'a [u8]);

impl<'a> ByHash<'a> {
    pub fn open(rows: &'a [u8]) -> Result<Self, FormatError> {
        let whole = rows.len().is_multiple_of(ROW);
        whole.then_some(ByHash(rows)).ok_or(FormatError::Section("entries by hash"))
    }

    /// The rows of some hashes and entries.
    pub fn compile(mut rows: Vec<(u64, u32)>) -> Vec<u8> {
        rows.sort_unstable();
        rows.dedup();
        let mut bytes = Vec::with_capacity(rows.len() * ROW);
        for (hash, entry) in rows {
            bytes.extend(hash.to_le_bytes());
            bytes.extend(entry.to_le_bytes());
        }
        bytes
    }

    /// The entries of a hash.
    pub fn entries(&self, hash: u64) -> impl Iterator<Item = EntryId> {
        let rows = self.0.len() / ROW;
        let (mut from, mut to) = (0, rows);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.hash(middle) < hash {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        let same = (from..rows).take_while(move |&row| self.hash(row) == hash);
        same.map(|row| EntryId(read_u32(self.0, row * ROW + 8).unwrap_or(0)))
    }

    fn hash(&self, row: usize) -> u64 {
        let half = |at| u64::from(read_u32(self.0, row * ROW + at).unwrap_or(0));
        half(0) | half(4) << 32
    }
}

/// The hash of the letters of some words: "Tulangbawang" has that of Tulang Bawang.
pub(crate) fn letters<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    let mut letters = String::new();
    for word in words {
        letters.extend(word.chars().filter(|letter| letter.is_alphanumeric()));
    }
    text(&letters)
}

/// Whether texts are likely to write the name of something of this kind in another number of words.
pub(crate) fn may_be_parted(kind: Kind, words: &[String]) -> bool {
    let unit = matches!(
        kind,
        Kind::Province | Kind::Regency | Kind::City | Kind::District | Kind::Village | Kind::Town
    );
    unit && (words.len() > 1 || words.iter().any(|word| word.len() >= SHORTEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_joined_or_parted() {
        let names = [("tulang bawang", 3), ("gunungsindur", 5), ("tulangbawang", 9)];
        let rows = names.map(|(name, entry)| (letters(name.split(' ')), entry));
        let rows = ByHash::compile(rows.to_vec());
        let by_hash = ByHash::open(&rows).unwrap();
        let found = |name: &str| -> Vec<u32> {
            by_hash.entries(letters(name.split(' '))).map(|entry| entry.0).collect()
        };
        assert_eq!(found("tulangbawang"), [3, 9]);
        assert_eq!(found("gunung sindur"), [5]);
        assert_eq!(found("gunung sitoli"), [0; 0]);
        assert!(ByHash::open(&rows[1..]).is_err());
    }
}

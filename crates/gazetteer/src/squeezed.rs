//! Names of administrative units by their letters alone, for text that joins or parts their words
//! otherwise: "Tulangbawang" for Tulang Bawang, "Gunung Sindur" for Gunungsindur.
//!
//! A row is 12 bytes, little-endian: the hash of the letters (`u64`) and the number of an entry
//! (`u32`). Rows are sorted.

use nukil_types::artefact::{FormatError, read_u32};
use nukil_types::hash::text;

use crate::{EntryId, Kind};

const ROW: usize = 12;

/// Letters of the shortest name of one word that a text may write as two.
const SHORTEST: usize = 8;

pub(crate) struct Squeezed<'a>(&'a [u8]);

impl<'a> Squeezed<'a> {
    pub fn open(rows: &'a [u8]) -> Result<Self, FormatError> {
        let whole = rows.len().is_multiple_of(ROW);
        whole.then_some(Squeezed(rows)).ok_or(FormatError::Section("squeezed names"))
    }

    /// Calls `found` for every entry with the letters of some words.
    pub fn of<'w>(&self, words: impl Iterator<Item = &'w str>, mut found: impl FnMut(EntryId)) {
        let wanted = hash(words);
        let rows = self.0.len() / ROW;
        let (mut from, mut to) = (0, rows);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.hash(middle) < wanted {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        while from < rows && self.hash(from) == wanted {
            found(EntryId(read_u32(self.0, from * ROW + 8).unwrap_or(0)));
            from += 1;
        }
    }

    fn hash(&self, row: usize) -> u64 {
        let half = |at| u64::from(read_u32(self.0, row * ROW + at).unwrap_or(0));
        half(0) | half(4) << 32
    }
}

fn hash<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    let mut letters = String::new();
    for word in words {
        letters.extend(word.chars().filter(|letter| letter.is_alphanumeric()));
    }
    text(&letters)
}

/// Whether texts are likely to write the name of something of this kind in another number of words.
pub(crate) fn takes(kind: Kind, words: &[String]) -> bool {
    let unit = matches!(
        kind,
        Kind::Province | Kind::Regency | Kind::City | Kind::District | Kind::Village | Kind::Town
    );
    unit && (words.len() > 1 || words.iter().any(|word| word.len() >= SHORTEST))
}

/// The rows of some names, each its folded words and its entry.
pub(crate) fn compile(names: &[(Vec<String>, u32)]) -> Vec<u8> {
    let row =
        |(words, entry): &(Vec<String>, u32)| (hash(words.iter().map(String::as_str)), *entry);
    let mut rows: Vec<(u64, u32)> = names.iter().map(row).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut bytes = Vec::with_capacity(rows.len() * ROW);
    for (hash, entry) in rows {
        bytes.extend(hash.to_le_bytes());
        bytes.extend(entry.to_le_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_joined_or_parted() {
        let words = |name: &str| name.split(' ').map(str::to_string).collect::<Vec<_>>();
        let names = [("tulang bawang", 3), ("gunungsindur", 5), ("tulangbawang", 9)];
        let rows = compile(&names.map(|(name, entry)| (words(name), entry)));
        let squeezed = Squeezed::open(&rows).unwrap();
        let found = |name: &str| {
            let mut found = Vec::new();
            squeezed.of(name.split(' '), |entry| found.push(entry.0));
            found
        };
        assert_eq!(found("tulangbawang"), [3, 9]);
        assert_eq!(found("gunung sindur"), [5]);
        assert_eq!(found("gunung sitoli"), [0; 0]);
        assert!(Squeezed::open(&rows[1..]).is_err());
    }
}

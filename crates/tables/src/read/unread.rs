//! Files that lie in the input and are not read: how many of which kind.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::format;

/// Most kinds that are told apart.
const MOST: usize = 100;

/// Files that are not read, counted by their kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread(BTreeMap<String, u64>);

impl Unread {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts a file of that name.
    pub(crate) fn add(&mut self, name: &Path) {
        self.add_kind(format::kind(name), 1);
    }

    /// Counts something that is no file, folder or link.
    pub(crate) fn add_special(&mut self) {
        self.add_kind("device or pipe".to_string(), 1);
    }

    fn add_kind(&mut self, kind: String, number: u64) {
        let kind = match self.0.len() < MOST || self.0.contains_key(&kind) {
            true => kind,
            false => "of other kinds".to_string(),
        };
        *self.0.entry(kind).or_default() += number;
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: &Unread) {
        other.0.iter().for_each(|(kind, number)| self.add_kind(kind.clone(), *number));
    }

    /// What `failures` says of them.
    pub(crate) fn reason(&self) -> String {
        match self.0.values().sum::<u64>() {
            1 => format!("1 file is not read: {self}"),
            files => format!("{files} files are not read: {self}"),
        }
    }
}

/// `2 .pdf, 1 .docx`: the most frequent first.
impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: Vec<_> = self.0.iter().collect();
        kinds.sort_by_key(|(_, number)| std::cmp::Reverse(**number));
        for (at, (kind, number)) in kinds.into_iter().enumerate() {
            write!(f, "{}{number} {kind}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_the_most_frequent_first() {
        let mut unread = Unread::default();
        for name in ["a.pdf", "b.docx", "c.PDF", "README", "h.pdf.gz", "1. Banjir besar di Demak"] {
            unread.add(Path::new(name));
        }
        assert_eq!(unread.reason(), "6 files are not read: 3 .pdf, 2 without extension, 1 .docx");
        let mut all = Unread::default();
        (0..1000).for_each(|at| all.add(Path::new(&format!("a.x{at}"))));
        assert_eq!(all.0.len(), MOST + 1);
    }
}

//! Lines that recur in the documents of one source: furniture that no rule knows.
//!
//! A first pass over the collection counts lines, a second takes those as furniture that stand in
//! many documents. The counts are those of the Misra-Gries summary (Misra and Gries, "Finding
//! repeated elements", 1982): a bounded table, from which all counts lose one whenever it is full,
//! so that a line can lose no more than its share of the overflow and memory does not grow with
//! the collection.
//!
//! Prose recurs as well: whole articles, and paragraphs that tell in every article on a matter what
//! happened before. So a document that repeats another does not count, and a line counts anew only
//! in a document on another matter than the last one that had it. What a document is about, the
//! names at its head tell, but for those that many documents have there.

use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::lines;

/// Lines counted at most: some 50 MB.
const MOST_LINES: usize = 1 << 19;
/// Fewest documents on different matters in which a line of a source recurs,
const FEWEST: u32 = 5;
/// and the share of its documents: one in so many.
const ONE_IN: u32 = 2_000;
/// Longest line that counts, in bytes; the longest of all is a notice of a paragraph.
const LONGEST: usize = 1_000;
/// How much of a document, in bytes, is its head, and never more than half of it.
const HEAD: usize = 600;
/// Names that tell what a document is about.
const NAMES: usize = 12;
/// Shortest name that tells something, in bytes.
const SHORTEST_NAME: usize = 4;
/// A name tells nothing when it heads so many documents of its source and one in ten.
const COMMON: u32 = 5;
/// Names counted at most.
const MOST_NAMES: usize = 1 << 17;
/// Lines by whose text a document is known when it comes again: its longest.
const SIGNATURE: usize = 3;

/// Counts the lines of a collection, one document at a time.
///
/// ```
/// use nukil_article::FurnitureLearner;
///
/// let mut learner = FurnitureLearner::default();
/// for day in 1..=9 {
///     let text = format!("Banjir hari ke-{day}\n\nUnduh aplikasi Harian Timur");
///     learner.read(&format!("berita/{day}.txt"), &text);
/// }
/// let furniture = learner.finish();
/// assert!(furniture.holds("berita/10.txt", "Unduh aplikasi Harian Timur"));
/// assert!(!furniture.holds("berita/3.txt", "Banjir hari ke-3"));
/// assert!(!furniture.holds("arsip.jsonl", "Unduh aplikasi Harian Timur"));
/// ```
#[derive(Debug)]
pub struct FurnitureLearner {
    /// Lines counted at most.
    room: usize,
    /// Documents a source, by its hash.
    sources: FxHashMap<u64, u32>,
    /// Hashes of the documents met: eight bytes each.
    documents: FxHashSet<u64>,
    /// In how many heads a name stands, by the hash of source and name.
    names: FxHashMap<u64, u32>,
    lines: FxHashMap<u64, Counter>,
    /// How often all counters have lost one.
    lost: u32,
}

#[derive(Clone, Copy, Debug)]
struct Counter {
    source: u64,
    /// Documents on another matter than the one before.
    documents: u32,
    /// Number of the last document that had the line.
    last: u32,
    /// What that document is about.
    matter: Matter,
}

/// Hashes of the names that tell what a document is about; zero where there are fewer.
type Matter = [u32; NAMES];

/// Lines that recur, to be given to an [`Arranger`](crate::Arranger).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecurringFurniture {
    lines: FxHashSet<u64>,
}

impl Default for FurnitureLearner {
    fn default() -> Self {
        FurnitureLearner {
            room: MOST_LINES,
            sources: FxHashMap::default(),
            documents: FxHashSet::default(),
            names: FxHashMap::default(),
            lines: FxHashMap::default(),
            lost: 0,
        }
    }
}

impl FurnitureLearner {
    /// Counts the lines of a document whose file has this path. Documents of a table are of one
    /// source, and so are those of all other files of a folder.
    pub fn read(&mut self, path: &str, text: &str) {
        let source = hash(0, source_of(path));
        if !self.documents.insert(signature(source, text)) {
            return;
        }
        let number = self.documents.len() as u32;
        *self.sources.entry(source).or_default() += 1;
        let matter = self.matter(source, text);
        for line in lines::split(text) {
            let surface = &text[line.span.start..line.span.end];
            if !is_eligible(surface) {
                continue;
            }
            if self.lines.len() >= self.room {
                self.make_room();
            }
            match self.lines.entry(hash(source, surface)) {
                Entry::Occupied(mut known) => {
                    let counter = known.get_mut();
                    if counter.last != number {
                        counter.documents += u32::from(!share_a_name(&counter.matter, &matter));
                        counter.last = number;
                        counter.matter = matter;
                    }
                }
                Entry::Vacant(free) => {
                    free.insert(Counter { source, documents: 1, last: number, matter });
                }
            }
        }
    }

    /// What a document is about: of the names at its head that are not common, those with the
    /// smallest hashes, so that two documents keep the same ones of what they share.
    fn matter(&mut self, source: u64, text: &str) -> Matter {
        let common = COMMON.max(self.sources.get(&source).copied().unwrap_or_default() / 10);
        let mut matter = [u32::MAX; NAMES];
        let mut met: Vec<u64> = Vec::new();
        let head = &text[..lines::floor_boundary(text, HEAD.min(text.len() / 2))];
        let words = head.split(|c: char| !c.is_alphanumeric());
        for name in words.filter(|word| word.len() >= SHORTEST_NAME) {
            let key = hash(source, name);
            if !name.starts_with(char::is_uppercase) || met.contains(&key) {
                continue;
            }
            met.push(key);
            if self.names.len() >= MOST_NAMES {
                self.names.retain(|_, heads| {
                    *heads -= 1;
                    *heads > 0
                });
            }
            let heads = self.names.entry(key).or_default();
            *heads += 1;
            // The upper half of the hash, which has every bit of the name in it; never zero.
            let name = ((key >> 32) as u32).max(1);
            let last = matter.len() - 1;
            if *heads <= common && name < matter[last] {
                matter[last] = name;
                matter.sort_unstable();
            }
        }
        matter.map(|name| if name == u32::MAX { 0 } else { name })
    }

    /// Every counter loses one; those that have none left go.
    fn make_room(&mut self) {
        self.lost += 1;
        self.lines.retain(|_, counter| {
            counter.documents = counter.documents.saturating_sub(1);
            counter.documents > 0
        });
    }

    /// The lines that recur.
    pub fn finish(self) -> RecurringFurniture {
        let recurs = |counter: &Counter| {
            let documents = self.sources.get(&counter.source).copied().unwrap_or_default();
            // What all counters have lost, this one may have lost, too.
            counter.documents + self.lost >= FEWEST.max(documents / ONE_IN)
                && counter.documents >= FEWEST
        };
        let lines = self.lines.iter().filter(|(_, counter)| recurs(counter));
        RecurringFurniture { lines: lines.map(|(&line, _)| line).collect() }
    }
}

impl RecurringFurniture {
    /// How many lines it holds.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether `line`, without white space around it, recurs in the source of the file at `path`.
    pub fn holds(&self, path: &str, line: &str) -> bool {
        self.holds_of(source_of(path), line)
    }

    /// The same of a source that is known.
    pub(crate) fn holds_of(&self, source: &str, line: &str) -> bool {
        !self.lines.is_empty()
            && is_eligible(line)
            && self.lines.contains(&hash(hash(0, source), line))
    }
}

/// Ends of the names of files with many documents.
const TABLES: [&str; 5] = [".jsonl", ".ndjson", ".json", ".csv", ".tsv"];

/// The source of a document by the path of its file: a table is one, and so are all other files of
/// a folder together.
pub(crate) fn source_of(path: &str) -> &str {
    match path.rsplit_once('/') {
        _ if !is_own_file(path) => path,
        Some((folder, _)) => folder,
        None => "",
    }
}

/// Whether the file at `path` holds one document.
pub(crate) fn is_own_file(path: &str) -> bool {
    let name = path.strip_suffix(".gz").or_else(|| path.strip_suffix(".zst")).unwrap_or(path);
    !TABLES.iter().any(|end| name.ends_with(end))
}

/// Whether a line can be furniture by recurring alone: two words and more, not the middle of a
/// sentence that a scraper cut at its links, not what somebody said.
fn is_eligible(line: &str) -> bool {
    line.len() <= LONGEST
        && !line.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | '.' | '"' | '“'))
        && line.split_whitespace().nth(1).is_some()
}

fn share_a_name(one: &Matter, other: &Matter) -> bool {
    one.iter().any(|name| *name != 0 && other.contains(name))
}

/// What tells a document from all others: its source and its longest lines.
fn signature(source: u64, text: &str) -> u64 {
    let mut longest = [""; SIGNATURE];
    for line in lines::split(text) {
        let mut surface = &text[line.span.start..line.span.end];
        for place in &mut longest {
            if surface.len() > place.len() {
                std::mem::swap(place, &mut surface);
            }
        }
    }
    longest.iter().fold(source, |seed, line| hash(seed, line))
}

fn hash(seed: u64, text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    seed.hash(&mut hasher);
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(documents: &[String]) -> RecurringFurniture {
        let mut learner = FurnitureLearner::default();
        for document in documents {
            learner.read("a", document);
        }
        learner.finish()
    }

    /// Articles on different matters.
    fn article(number: usize, line: &str) -> String {
        const PLACES: [&str; 7] =
            ["Ambon", "Bogor", "Ciamis", "Demak", "Ende", "Flores Timur", "Garut"];
        let place = PLACES[number % PLACES.len()];
        format!("warga {place} ke-{number} mengungsi\nisi berita nomor {number}.\n{line}")
    }

    #[test]
    fn a_line_recurs_from_the_fifth_document() {
        let four: Vec<_> = (0..4).map(|n| article(n, "Unduh aplikasi kami")).collect();
        let five: Vec<_> = (0..5).map(|n| article(n, "Unduh aplikasi kami")).collect();
        assert!(!learned(&four).holds("a", "Unduh aplikasi kami"));
        assert!(learned(&five).holds("a", "Unduh aplikasi kami"));
    }

    #[test]
    fn a_document_that_comes_again_counts_once() {
        let again = vec!["Banjir surut\nWarga pulang ke rumah.\nJalan dibuka.".to_string(); 9];
        assert_eq!(learned(&again).len(), 0);
    }

    #[test]
    fn a_line_twice_in_a_document_counts_once() {
        let document = |n: usize| article(n, "Bagian kedua\nBagian kedua");
        let four: Vec<_> = (0..4).map(document).collect();
        assert_eq!(learned(&four).len(), 0);
    }

    #[test]
    fn what_happened_before_is_told_in_articles_on_one_matter() {
        let background = "Jembatan Ampera ditutup sejak Senin karena diperbaiki.";
        let notice = "Kirim naskah Anda ke alamat redaksi kami.";
        let others = (0..200).map(|n| article(n, if n % 10 == 0 { notice } else { "" }));
        let same = (0..20).map(|n| format!("Ampera ditutup, hari ke-{n}\nisi {n}.\n{background}"));
        let furniture = learned(&others.chain(same).collect::<Vec<_>>());
        assert!(furniture.holds("a", notice));
        assert!(!furniture.holds("a", background));
    }

    #[test]
    fn cut_sentences_and_quotations_do_not_recur() {
        for line in ["dan", "Kompas.com", "\"Ya, betul,\" kata dia.", ", Senin (2/6/2025)."] {
            let documents: Vec<_> = (0..9).map(|n| article(n, line)).collect();
            assert_eq!(learned(&documents).len(), 0, "{line}");
        }
    }

    /// A table that is full forgets what is rare, and keeps what recurs.
    #[test]
    fn memory_is_bounded() {
        let mut learner = FurnitureLearner { room: 1_000, ..FurnitureLearner::default() };
        for document in 0..200 {
            let mut text = String::from("Unduh aplikasi kami\n");
            for line in 0..100 {
                text.push_str(&format!("Baris {document} {line}\n"));
            }
            learner.read("a", &text);
        }
        assert!(learner.lines.len() <= 1_000);
        let furniture = learner.finish();
        assert!(furniture.holds("a", "Unduh aplikasi kami"));
        assert_eq!(furniture.len(), 1);
    }
}

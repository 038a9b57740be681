//! How often the news at large uses a word or a phrase, and how it writes it.
//!
//! Three readable tables, or the documents of a user ([`Builder`]), are compiled into one artefact,
//! an open-addressing hash table keyed by hashes. Eight bytes hold all that the ranker asks of a phrase, so a
//! look-up is one cache line; an automaton would spell every phrase letter by letter and would be
//! no smaller.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use nukil_types::artefact::{self, Artefact, FormatError};
use nukil_types::facts::{Facts, FactsError, Row};

use crate::hash;

pub use crate::builder::Builder;

/// First bytes of the artefact.
const MAGIC: [u8; 4] = *b"NKBG";
/// Raised with every change of the layout or of [`crate::hash`].
const VERSION: u32 = 2;
/// Bytes of one slot: fingerprint (`u32`), inverse document frequency (`u16`, thousandths of a
/// nat), share of headlines (`u8`, of 255), share of capitals (`u8`, of 255).
const SLOT: usize = 8;

/// The bytes of one slot; all 0 where it is free.
type Slot = [u8; SLOT];

/// The bytes of a slot behind its fingerprint: what a background says of a word or a phrase.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry([u8; 4]);

/// The row of a table that holds totals, not a word.
const TOTALS: &str = "*";

/// How much a word's share of headlines leans on the average before it is seen often.
const HEADLINE_PRIOR_DOCUMENTS: f64 = 10.0;
/// The average share of headlines of a word that the article holds.
const HEADLINE_PRIOR_WORD: f64 = 0.10;
/// The average share of headlines of a phrase that the article holds.
const HEADLINE_PRIOR_PHRASE: f64 = 0.15;

/// Why tables of counts could not be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("table of {table}, {fault}")]
pub struct CompileError {
    /// Which table: `words`, `phrases` or `headlines`.
    pub table: &'static str,
    /// The line and what is wrong with it.
    #[source]
    pub fault: FactsError,
}

/// Hashes to be looked up together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub hashes: Vec<u64>,
    slots: Vec<Slot>,
}

/// What the background knows of a word or a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Usage {
    /// Inverse document frequency, `ln((N + 1) / (documents + 1))`.
    pub idf: f64,
    /// Of the articles that hold it, the share that holds it in the headline too, smoothed.
    pub headline: f64,
    /// Of its occurrences inside a sentence, the share that begins with a capital, smoothed.
    pub capital: f64,
    /// Whether the tables hold it at all.
    pub known: bool,
}

/// An opened background: the built-in one, or one that a user built.
#[derive(Clone, Debug)]
pub struct Background {
    bytes: Cow<'static, [u8]>,
    /// Where the slots lie.
    slots: Range<usize>,
    documents: f64,
    /// Tells it from all others, for who remembers what it says.
    number: u64,
}

/// Backgrounds opened so far.
static OPENED: AtomicU64 = AtomicU64::new(0);

impl Background {
    /// Opens what [`compile`] or [`Builder::finish`] made.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no background, one of another version, or damaged.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, FormatError> {
        let bytes = bytes.into();
        let opened = Artefact::open(&bytes, MAGIC, VERSION)?;
        let slots = opened.section(1)?;
        let sum = checksum(opened.digest(), opened.section(0)?, slots);
        if opened.section(2)? != sum {
            return Err(FormatError::Section("the checksum does not agree"));
        }
        let documents = artefact::read_u32(opened.section(0)?, 0)
            .ok_or(FormatError::Section("number of documents"))?;
        let count = slots.len() / SLOT;
        if slots.len() % SLOT != 0 || u32::try_from(count).is_err() {
            return Err(FormatError::Section("table of phrases"));
        }
        // A full table would let a look-up go round for ever.
        if !slots.chunks_exact(SLOT).any(|slot| slot[..4] == [0; 4]) {
            return Err(FormatError::Section("table of phrases has no free slot"));
        }
        let start = slots.as_ptr() as usize - bytes.as_ptr() as usize;
        let slots = start..start + slots.len();
        let number = OPENED.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(Background { bytes, slots, documents: f64::from(documents), number })
    }

    /// A number from 1 that this background and its clones have, and no other.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// How many documents were counted.
    pub fn documents(&self) -> u32 {
        self.documents as u32
    }

    /// How much the phrase with this hash sets apart the documents that hold it, from 0 (all of
    /// them do) to 1: its inverse document frequency (Spärck Jones, "A statistical interpretation
    /// of term specificity and its application in retrieval", 1972) over the greatest possible.
    /// What is too rare to be listed counts as held by one.
    pub(crate) fn distinction(&self, hash: u64) -> f64 {
        let greatest = (self.documents + 1.0).ln();
        let idf = self.find(hash).map_or(((self.documents + 1.0) / 2.0).ln(), Entry::idf);
        if greatest > 0.0 { (idf / greatest).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Usage of the word with this hash.
    pub(crate) fn word(&self, hash: u64) -> Usage {
        self.find(hash).map_or(self.rare_word(), Usage::from)
    }

    /// What is taken for the usage of a word that is not listed: two documents is what such a word
    /// has on average.
    #[inline]
    pub(crate) fn rare_word(&self) -> Usage {
        Usage {
            idf: ((self.documents + 1.0) / 3.0).max(1.0).ln(),
            headline: HEADLINE_PRIOR_WORD,
            capital: 0.5,
            known: false,
        }
    }

    /// What is taken for the usage of a phrase of several words that is not listed.
    #[inline]
    pub(crate) fn rare_phrase(&self) -> Usage {
        Usage {
            idf: (self.documents + 1.0).ln(),
            headline: HEADLINE_PRIOR_PHRASE,
            capital: 0.5,
            known: false,
        }
    }

    /// What the tables say of the word or phrase with this hash, if they hold it.
    pub(crate) fn find(&self, hash: u64) -> Option<Entry> {
        let table = self.table();
        find_from(table, hash, table[home(hash, table.len())])
    }

    /// Tells of each hash of `batch` its place there and what the tables say of it, if they hold it.
    ///
    /// The table is larger than the near caches, so a search is mostly waiting for its first slot.
    /// Here all first slots are read before the first search goes on: as none of these reads hangs
    /// on another, the processor waits for many at a time.
    #[inline]
    pub(crate) fn find_all(&self, batch: &mut Batch, mut tell: impl FnMut(usize, Option<Entry>)) {
        let Batch { hashes, slots } = batch;
        let table = self.table();
        slots.clear();
        slots.extend(hashes.iter().map(|&hash| table[home(hash, table.len())]));
        for (at, (&hash, &slot)) in hashes.iter().zip(&*slots).enumerate() {
            tell(at, find_from(table, hash, slot));
        }
    }

    /// The slots, of which at least one is free.
    #[inline]
    fn table(&self) -> &[Slot] {
        let (table, _) = self.bytes[self.slots.clone()].as_chunks();
        table
    }
}

impl Entry {
    /// The inverse document frequency alone.
    #[inline]
    pub(crate) fn idf(self) -> f64 {
        let Entry([idf, more_idf, ..]) = self;
        f64::from(u16::from_le_bytes([idf, more_idf])) / 1000.0
    }
}

impl From<Entry> for Usage {
    #[inline]
    fn from(entry: Entry) -> Self {
        let Entry([.., headline, capital]) = entry;
        Usage {
            idf: entry.idf(),
            headline: f64::from(headline) / 255.0,
            capital: f64::from(capital) / 255.0,
            known: true,
        }
    }
}

/// Searches `table` for `hash`; the slot where the search begins is known.
#[inline]
fn find_from(table: &[Slot], hash: u64, first: Slot) -> Option<Entry> {
    let wanted = fingerprint(hash);
    let (mut slot, mut at) = (first, home(hash, table.len()));
    loop {
        let [a, b, c, d, entry @ ..] = slot;
        let found = u32::from_le_bytes([a, b, c, d]);
        if found == wanted {
            return Some(Entry(entry));
        }
        if found == 0 {
            return None;
        }
        at = if at + 1 == table.len() { 0 } else { at + 1 };
        slot = table[at];
    }
}

/// Low half of the hash; never 0, which marks a free slot.
#[inline]
fn fingerprint(hash: u64) -> u32 {
    (hash as u32).max(1)
}

/// The slot where a search begins: the high half of the hash, which the fingerprint does not use,
/// scaled to the number of slots (Lemire, "Fast random integer generation in an interval", 2019).
#[inline]
fn home(hash: u64, count: usize) -> usize {
    (((hash >> 32) * count as u64) >> 32) as usize
}

/// Counts of one word or phrase, as the tables give them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub documents: u32,
    pub lower: u32,
    pub capital: u32,
    /// Articles that hold it, and those of them with it in the headline.
    pub headline: Option<(u32, u32)>,
}

/// Compiles the background from three tables, in the format of [`nukil_types::facts`].
///
/// - `words`: columns word, documents, lower, capital. Row `*` gives the number of documents.
/// - `phrases`: columns phrase (words with a space between), documents.
/// - `headlines`: columns phrase (or word), documents, headlines: how many articles hold it, and
///   how many of these hold it in the headline.
///
/// The result depends on nothing but the tables.
///
/// # Errors
/// [`CompileError`] names the line that lacks a field or has no number where one belongs.
///
/// ```
/// let words = "word\tcount\tdocuments\tlower\tcapital\n*\t90\t10\t80\t10\nemas\t9\t3\t8\t1\n";
/// let phrases = "phrase\tdocuments\nharga emas\t2\n";
/// let headlines = "phrase\tdocuments\theadlines\nharga emas\t2\t1\n";
/// let background = nukil_keywords::background::compile(words, phrases, headlines).unwrap();
/// assert_eq!(&background[..4], b"NKBG");
/// ```
pub fn compile(words: &str, phrases: &str, headlines: &str) -> Result<Vec<u8>, CompileError> {
    let mut entries = BTreeMap::new();
    let total = read_words(words, &mut entries).map_err(in_table("words"))?;
    read_phrases(phrases, &mut entries).map_err(in_table("phrases"))?;
    read_headlines(headlines, &mut entries).map_err(in_table("headlines"))?;

    let sources = [words.as_bytes(), phrases.as_bytes(), headlines.as_bytes()];
    let encoded = entries
        .iter()
        .map(|(key, counts)| (hash::phrase(key), encode(counts, key.contains(' '), total)));
    Ok(write(&sources, total, encoded))
}

/// The artefact of counts by hash (the last field: whether of a phrase), sorted.
pub(crate) fn of_counts(entries: &[(u64, Counts, bool)], documents: u32) -> Vec<u8> {
    let encoded =
        entries.iter().map(|&(hash, counts, phrase)| (hash, encode(&counts, phrase, documents)));
    write(&[], documents, encoded)
}

/// Writes the artefact of entries that each have a hash and the end of a slot. They lie in the order
/// in which they come, as far as their places do not say otherwise.
fn write(
    sources: &[&[u8]],
    documents: u32,
    entries: impl ExactSizeIterator<Item = (u64, [u8; 4])>,
) -> Vec<u8> {
    // At most three quarters full: searches stay short.
    let count = entries.len() * 4 / 3 + 1;
    let mut slots = vec![0; count * SLOT];
    for (hash, value) in entries {
        insert(&mut slots, hash, value);
    }
    sealed(sources, &documents.to_le_bytes(), &slots)
}

/// The artefact of these sections.
fn sealed(sources: &[&[u8]], documents: &[u8], slots: &[u8]) -> Vec<u8> {
    let sum = checksum(artefact::digest(sources), documents, slots);
    artefact::write(MAGIC, VERSION, sources, &[documents, slots, &sum])
}

/// The checksum of the sections and of what the frame says of their sources.
fn checksum(digest: u64, documents: &[u8], slots: &[u8]) -> [u8; 8] {
    artefact::checksum([&digest.to_le_bytes()[..], documents, slots]).to_le_bytes()
}

fn in_table(table: &'static str) -> impl Fn(FactsError) -> CompileError {
    move |fault| CompileError { table, fault }
}

type Entries<'t> = BTreeMap<&'t str, Counts>;

/// Reads the table of words; gives the number of documents.
fn read_words<'t>(text: &'t str, entries: &mut Entries<'t>) -> Result<u32, FactsError> {
    let table = Facts::parse(text, &["word", "documents", "lower", "capital"])?;
    let mut total = None;
    for row in table.rows() {
        let row = row?;
        if row.get("word") == TOTALS {
            total = Some(count(&row, "documents")?);
            continue;
        }
        let entry = entries.entry(row.get("word")).or_default();
        entry.documents = count(&row, "documents")?;
        entry.lower = count(&row, "lower")?;
        entry.capital = count(&row, "capital")?;
    }
    total.ok_or_else(|| FactsError::new(1, "no row * with the totals"))
}

fn read_phrases<'t>(text: &'t str, entries: &mut Entries<'t>) -> Result<(), FactsError> {
    let table = Facts::parse(text, &["phrase", "documents"])?;
    for row in table.rows() {
        let row = row?;
        if row.get("phrase") != TOTALS {
            entries.entry(row.get("phrase")).or_default().documents = count(&row, "documents")?;
        }
    }
    Ok(())
}

fn read_headlines<'t>(text: &'t str, entries: &mut Entries<'t>) -> Result<(), FactsError> {
    let table = Facts::parse(text, &["phrase", "documents", "headlines"])?;
    for row in table.rows() {
        let row = row?;
        let (documents, headlines) = (count(&row, "documents")?, count(&row, "headlines")?);
        let entry = entries.entry(row.get("phrase")).or_default();
        entry.documents = entry.documents.max(documents);
        entry.headline = Some((documents, headlines));
    }
    Ok(())
}

/// The count in a column that may not be empty.
fn count(row: &Row<'_, '_>, column: &str) -> Result<u32, FactsError> {
    row.number(column)?.ok_or_else(|| row.error(format!("no count in column {column:?}")))
}

/// The last four bytes of a slot.
fn encode(counts: &Counts, phrase: bool, total: u32) -> [u8; 4] {
    let idf = ((f64::from(total) + 1.0) / (f64::from(counts.documents) + 1.0)).max(1.0).ln();
    let idf = ((idf * 1000.0).round() as u16).to_le_bytes();
    let prior = if phrase { HEADLINE_PRIOR_PHRASE } else { HEADLINE_PRIOR_WORD };
    let (documents, headlines) = counts.headline.unwrap_or_default();
    let headline = (f64::from(headlines) + HEADLINE_PRIOR_DOCUMENTS * prior)
        / (f64::from(documents) + HEADLINE_PRIOR_DOCUMENTS);
    let capital = (f64::from(counts.capital) + 1.0)
        / (f64::from(counts.lower) + f64::from(counts.capital) + 2.0);
    [idf[0], idf[1], (headline * 255.0).round() as u8, (capital * 255.0).round() as u8]
}

/// Puts an entry into the first free slot from its home on. Of two phrases that agree in the
/// fingerprint and meet in one stretch (one in billions) the first is kept.
fn insert(slots: &mut [u8], hash: u64, value: [u8; 4]) {
    let count = slots.len() / SLOT;
    let wanted = fingerprint(hash).to_le_bytes();
    let mut at = home(hash, count);
    loop {
        let slot = &mut slots[at * SLOT..(at + 1) * SLOT];
        if slot[..4] == wanted {
            return;
        }
        if slot[..4] == [0; 4] {
            slot[..4].copy_from_slice(&wanted);
            slot[4..].copy_from_slice(&value);
            return;
        }
        at = if at + 1 == count { 0 } else { at + 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "# sumber\nword\tcount\tdocuments\tlower\tcapital\n\
        *\t900\t99\t800\t100\nemas\t40\t19\t38\t0\nmonas\t9\t4\t0\t8\n";
    const PHRASES: &str = "phrase\tdocuments\n*\t99\nharga emas\t9\n";
    const HEADLINES: &str = "phrase\tdocuments\theadlines\nemas\t10\t5\n";

    #[test]
    fn what_was_compiled_is_found() {
        let background = Background::open(compile(WORDS, PHRASES, HEADLINES).unwrap()).unwrap();
        let emas = background.word(hash::word("emas"));
        assert!((emas.idf - 5.0_f64.ln()).abs() < 1e-3);
        assert!((emas.headline - 0.3).abs() < 1e-2);
        assert!((emas.capital - 0.025).abs() < 1e-2);
        assert!((background.word(hash::word("monas")).capital - 0.9).abs() < 1e-2);
        let phrase = background.find(hash::phrase("harga emas")).unwrap();
        assert!((phrase.idf() - 10.0_f64.ln()).abs() < 1e-3);
        assert!(background.find(hash::phrase("emas harga")).is_none());
        let unseen = background.rare_phrase();
        assert!(!unseen.known);
        assert!(unseen.idf > phrase.idf());
    }

    #[test]
    fn the_same_tables_give_the_same_bytes() {
        assert_eq!(compile(WORDS, PHRASES, HEADLINES), compile(WORDS, PHRASES, HEADLINES));
    }

    #[test]
    fn a_bad_row_is_named() {
        let table = "word\tcount\tdocuments\tlower\tcapital\n*\t9\t9\t9\t9\nemas\t9\tx\t1\t1\n";
        let error = compile(table, PHRASES, HEADLINES).unwrap_err();
        assert_eq!(
            error.to_string(),
            "table of words, line 3: \"x\" in column \"documents\" is not a number"
        );
        let error = compile(WORDS, "phrase\tdocuments\nharga emas\n", HEADLINES).unwrap_err();
        assert_eq!(error.to_string(), "table of phrases, line 2: 1 fields, expected 2");
        let error = compile("word\tdocuments\tlower\tcapital\n", PHRASES, HEADLINES).unwrap_err();
        assert_eq!(error.fault.reason, "no row * with the totals");
    }

    #[test]
    fn a_damaged_artefact_is_refused() {
        let bytes = compile(WORDS, PHRASES, HEADLINES).unwrap();
        for length in 0..bytes.len() {
            assert!(Background::open(bytes[..length].to_vec()).is_err(), "cut at {length}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                assert!(Background::open(damaged).is_err(), "bit {bit} of byte {at}");
            }
        }
        let full = sealed(&[], &[9, 0, 0, 0], &[1; 4 * SLOT]);
        assert!(Background::open(full).is_err());
        let empty = sealed(&[], &[9, 0, 0, 0], &[]);
        assert!(Background::open(empty).is_err());
    }
}

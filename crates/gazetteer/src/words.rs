//! What is known of single words: how news writes them, and whether they are parts of names.

use nukil_types::TextTable;
use nukil_types::artefact::FormatError;
use rustc_hash::FxHashMap;

/// Which part of a person's name a word may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NamePart(pub(crate) u8);

impl NamePart {
    pub(crate) const GIVEN: u8 = 1;
    pub(crate) const FAMILY: u8 = 2;
    pub(crate) const SECOND: u8 = 4;
    pub(crate) const FOREIGN: u8 = 8;
    pub(crate) const AFFIX: u8 = 16;

    /// A name of Indonesia's peoples, given or family.
    pub fn is_indonesian(self) -> bool {
        self.0 & (Self::GIVEN | Self::FAMILY | Self::SECOND) != 0
    }

    /// A name from elsewhere in the world.
    pub fn is_foreign(self) -> bool {
        self.0 & Self::FOREIGN != 0
    }

    /// In no list, but built like a name: Sulistyaningsih, Abdulrahman.
    pub fn is_built_like_a_name(self) -> bool {
        self.0 & Self::AFFIX != 0
    }

    /// Any of these.
    pub fn is_any(self) -> bool {
        self.0 != 0
    }
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordEvidence {
    /// How often the background text writes it in lower case.
    pub lower: u32,
    /// How often it writes it with a capital inside a sentence.
    pub capital: u32,
    /// Which part of a person's name it may be.
    pub part: NamePart,
}

impl WordEvidence {
    /// The share of occurrences inside a sentence that carry a capital, smoothed; nothing for a
    /// word that the background text does not hold.
    pub fn capital_share(self) -> Option<f64> {
        let total = self.lower + self.capital;
        (total > 0).then(|| (f64::from(self.capital) + 0.5) / (f64::from(total) + 1.0))
    }

    /// Whether the word is mostly written in lower case: an ordinary word.
    pub fn is_ordinary(self) -> bool {
        self.lower >= 3 && self.capital_share().is_some_and(|share| share < 0.5)
    }
}

const COUNT_BITS: u32 = 24;
const COUNT_MASK: u64 = (1 << COUNT_BITS) - 1;
/// Beside the bits of a [`NamePart`]: names of the gazetteer begin with the word.
pub(crate) const BEGINS: u8 = 1 << 7;
/// Bytes of a packed word.
pub(crate) const PACKED: usize = 7;

pub(crate) struct Words<'a> {
    table: TextTable<'a, PACKED>,
    /// By the first and by the last byte.
    prefixes: FxHashMap<u8, Vec<&'a str>>,
    suffixes: FxHashMap<u8, Vec<&'a str>>,
}

impl<'a> Words<'a> {
    pub(crate) fn open(table: [&'a [u8]; 3], affixes: &'a [u8]) -> Result<Self, FormatError> {
        let [starts, hashes, packed] = table;
        let table = TextTable::open(starts, hashes, packed)?;
        let affixes = std::str::from_utf8(affixes).map_err(|_| FormatError::Section("affixes"))?;
        let (prefixes, suffixes) =
            affixes.split_once('\n').ok_or(FormatError::Section("affixes"))?;
        let by = |byte: fn(&[u8]) -> Option<&u8>, list: &'a str| {
            let mut affixes: FxHashMap<u8, Vec<&str>> = FxHashMap::default();
            for affix in list.split(' ') {
                if let Some(&byte) = byte(affix.as_bytes()) {
                    affixes.entry(byte).or_default().push(affix);
                }
            }
            affixes
        };
        let (prefixes, suffixes) = (by(|it| it.first(), prefixes), by(|it| it.last(), suffixes));
        Ok(Words { table, prefixes, suffixes })
    }

    /// What is known of a word, by its folded form and the hash of that, and whether names begin with
    /// it as it is written here.
    pub(crate) fn get(&self, folded: &str, hash: u64) -> (WordEvidence, bool) {
        let [a, b, c, d, e, f, part] = self.table.get(hash).unwrap_or_default();
        let counts = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        let mut evidence = WordEvidence {
            lower: (counts & COUNT_MASK) as u32,
            capital: (counts >> COUNT_BITS) as u32,
            part: NamePart(part & !BEGINS),
        };
        if !evidence.part.is_any() && self.has_affix(folded) {
            evidence.part = NamePart(NamePart::AFFIX);
        }
        (evidence, part & BEGINS != 0)
    }

    /// An affix and at least three letters beside it.
    fn has_affix(&self, folded: &str) -> bool {
        let (Some(first), Some(last)) = (folded.as_bytes().first(), folded.as_bytes().last())
        else {
            return false;
        };
        let any = |affixes: Option<&Vec<&str>>, has: &dyn Fn(&str) -> bool| {
            affixes.is_some_and(|affixes| {
                affixes.iter().any(|affix| folded.len() >= affix.len() + 3 && has(affix))
            })
        };
        any(self.suffixes.get(last), &|affix| folded.ends_with(affix))
            || any(self.prefixes.get(first), &|affix| folded.starts_with(affix))
    }
}

/// The packed value of a word.
pub(crate) fn pack(lower: u32, capital: u32, part: u8) -> [u8; PACKED] {
    let count = |n: u32| u64::from(n).min(COUNT_MASK);
    let [a, b, c, d, e, f, ..] = (count(lower) | count(capital) << COUNT_BITS).to_le_bytes();
    [a, b, c, d, e, f, part]
}

//! What is known of single words: how news writes them, and whether they are parts of names.

use nukil_types::artefact::FormatError;

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

pub(crate) struct Words<'a> {
    map: fst::Map<&'a [u8]>,
    prefixes: Vec<&'a str>,
    suffixes: Vec<&'a str>,
}

impl<'a> Words<'a> {
    pub(crate) fn open(map: &'a [u8], affixes: &'a [u8]) -> Result<Self, FormatError> {
        let map = fst::Map::new(map).map_err(|_| FormatError::Section("words"))?;
        let affixes = std::str::from_utf8(affixes).map_err(|_| FormatError::Section("affixes"))?;
        let (prefixes, suffixes) =
            affixes.split_once('\n').ok_or(FormatError::Section("affixes"))?;
        let split = |list: &'a str| list.split(' ').filter(|affix| !affix.is_empty()).collect();
        Ok(Words { map, prefixes: split(prefixes), suffixes: split(suffixes) })
    }

    pub(crate) fn get(&self, folded: &str) -> WordEvidence {
        let value = self.map.get(folded).unwrap_or(0);
        let mut evidence = WordEvidence {
            lower: (value & COUNT_MASK) as u32,
            capital: (value >> COUNT_BITS & COUNT_MASK) as u32,
            part: NamePart((value >> (2 * COUNT_BITS)) as u8),
        };
        if !evidence.part.is_any() && self.has_affix(folded) {
            evidence.part = NamePart(NamePart::AFFIX);
        }
        evidence
    }

    /// An affix and at least three letters beside it.
    fn has_affix(&self, folded: &str) -> bool {
        let room = |affix: &str| folded.len() >= affix.len() + 3;
        self.suffixes.iter().any(|affix| room(affix) && folded.ends_with(affix))
            || self.prefixes.iter().any(|affix| room(affix) && folded.starts_with(affix))
    }
}

/// The packed value of a word.
pub(crate) fn pack(lower: u32, capital: u32, part: u8) -> u64 {
    let count = |n: u32| u64::from(n).min(COUNT_MASK);
    count(lower) | count(capital) << COUNT_BITS | u64::from(part) << (2 * COUNT_BITS)
}

//! Words that tell a headline from prose, and the measure of how much a line looks like one.

use nukil_types::BlockKind;
use nukil_types::facts::{Facts, FactsError};
use rustc_hash::FxHashMap;

/// Word classes read from `words.tsv`.
#[derive(Debug, Default)]
pub(crate) struct Words {
    classes: FxHashMap<Box<[u8]>, u16>,
}

/// Bytes of the longest word that is looked up.
const LONGEST: usize = 24;

const SMALL: u16 = 1;
const OPENER: u16 = 2;
const PLACE: u16 = 4;
const PLACE_HEAD: u16 = 8;
const BYLINE: u16 = 16;
const CAPTION: u16 = 32;
const LINK: u16 = 64;
const TAGS: u16 = 128;
const MEDIA: u16 = 256;

impl Words {
    /// Reads the table.
    pub(crate) fn parse(text: &str) -> Result<Self, FactsError> {
        let mut words = Words::default();
        for row in Facts::parse(text, &["word", "class"])?.rows() {
            let row = row?;
            let class = match row.get("class") {
                "small" => SMALL,
                "opener" => OPENER,
                "place" => PLACE,
                "place-head" => PLACE_HEAD,
                "byline" => BYLINE,
                "caption" => CAPTION,
                "link" => LINK,
                "tags" => TAGS,
                "media" => MEDIA,
                other => return Err(row.error(format!("unknown class {other:?}"))),
            };
            *words.classes.entry(row.get("word").as_bytes().into()).or_default() |= class;
        }
        Ok(words)
    }

    /// Whether headlines keep `word` in lower case. A word that is in lower case anyway counts
    /// when it is as short as a unit ("km") or hangs on a small word ("ke-27").
    pub(crate) fn is_small(&self, word: &str) -> bool {
        let head = word.split('-').next().unwrap_or_default();
        self.has(word, SMALL) || word.len() <= 2 || self.has(head, SMALL) && head.len() < word.len()
    }

    /// Whether `word` often opens a sentence.
    pub(crate) fn is_opener(&self, word: &str) -> bool {
        self.has(word, OPENER)
    }

    /// Whether `word` is a place that stands in datelines.
    pub(crate) fn is_place(&self, word: &str) -> bool {
        self.has(word, PLACE)
    }

    /// Whether `word` begins a place name of two words.
    pub(crate) fn is_place_head(&self, word: &str) -> bool {
        self.has(word, PLACE_HEAD)
    }

    /// Whether `word` stands in names of outlets ("Radar", "Post").
    pub(crate) fn is_media(&self, word: &str) -> bool {
        self.has(word, MEDIA)
    }

    /// The kind of furniture that `word` tells.
    pub(crate) fn kind(&self, word: &str) -> Option<BlockKind> {
        let kinds = [
            (BYLINE, BlockKind::Byline),
            (CAPTION, BlockKind::Caption),
            (LINK, BlockKind::Link),
            (TAGS, BlockKind::Tags),
        ];
        let classes = self.classes_of(word);
        kinds.into_iter().find(|&(class, _)| classes & class != 0).map(|(_, kind)| kind)
    }

    fn has(&self, word: &str, class: u16) -> bool {
        self.classes_of(word) & class != 0
    }

    fn classes_of(&self, word: &str) -> u16 {
        // Longer than any word of the table; also bounds the copy below.
        if word.len() > LONGEST {
            return 0;
        }
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.classes.get(&*lower).copied().unwrap_or_default()
    }

    /// Which share of the longer words of `line`, small words aside, begins with a capital:
    /// near 1 for a headline, near 0.2 for prose.
    pub(crate) fn capital_share(&self, line: &str) -> f64 {
        let (mut capitals, mut all) = (0u32, 0u32);
        for word in line.split(|c: char| !c.is_alphanumeric() && c != '-') {
            let Some(first) = word.chars().next() else { continue };
            if word.len() < 4 || !first.is_alphabetic() || self.is_small(word) {
                continue;
            }
            all += 1;
            capitals += u32::from(first.is_uppercase());
        }
        if all == 0 { 0.0 } else { f64::from(capitals) / f64::from(all) }
    }
}

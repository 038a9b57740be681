//! The compiled lexicon: one artefact of roots, exceptions, names, English words, spelling variants
//! and ambiguous forms.
//!
//! Layout, all numbers little-endian: magic (8 bytes), format (u32), digest of the sources (u64),
//! length of what follows (u32), then six sections, each a count (u32) and so many records.
//! A string is a length byte and its UTF-8 bytes. Records: root = string, weight byte; exception =
//! form string, lemma string; name = string; English = stem string, word string; variant = variant
//! string, standard string; ambiguous = form, lemma and other lemma, words before and words after
//! that call for the other, joined by `|`. Every section is sorted bytewise, so the same sources
//! give the same bytes.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer as Snowball};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::source::Source;
use crate::{CompileError, FormatError};

const MAGIC: &[u8; 8] = b"NUKILSTM";
const FORMAT: u32 = 2;
const HEADER: usize = 24;

/// Steps of the weight byte in a unit of the natural logarithm of a count.
const WEIGHT_STEPS: f32 = 16.0;
/// Count that a root of `own.tsv` gets: as if the news used it now and then.
const OWN_COUNT: u32 = 20;
/// Exceptions and names are sure of themselves, as the commonest roots are.
const FIXED_WEIGHT: f32 = 8.0;
/// Longest string of the artefact, in bytes.
const LONGEST_STRING: usize = 255;
/// What stands in the place of an empty list of words.
const NO_WORDS: &str = "-";

/// The readable sources of the lexicon, the text of each file of `data/roots`.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'s> {
    /// Columns `root`, `count`, `sources`: roots and how often news uses them.
    pub roots: Source<'s>,
    /// Columns `word`, `verdict`, `reason`: roots to add (`root`) or to leave out (`not`).
    pub own: Source<'s>,
    /// Columns `form`, `lemma`, `reason`: forms whose lemma no rule can know, and forms kept whole.
    pub exceptions: Source<'s>,
    /// Columns `name`, `count`: names that the rules would take apart.
    pub names: Source<'s>,
    /// Columns `word`, `count`: English words of Indonesian news.
    pub english: Source<'s>,
    /// Columns `variant`, `standard`: spellings that the dictionary does not have, and the one
    /// that it has.
    pub variants: Source<'s>,
    /// Columns `form`, `lemma`, `other`, `before`, `after`, `reason`: forms of two lemmas, and the
    /// neighbours (joined by `|`; `-` for none) beside which the other is meant.
    pub ambiguous: Source<'s>,
}

/// What the lexicon says of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) lemma: &'static str,
    /// Natural logarithm of how often news uses it.
    pub(crate) weight: f32,
    /// Whether affixes attach to it; exceptions and names take clitics alone.
    pub(crate) is_root: bool,
    /// Whether the words around it may call for another lemma.
    pub(crate) ambiguous: bool,
}

/// A form of two lemmas.
#[derive(Debug)]
pub(crate) struct Ambiguous {
    /// The lemma that its entry does not give.
    pub(crate) other: &'static str,
    before: Vec<&'static str>,
    after: Vec<&'static str>,
}

impl Ambiguous {
    /// Whether the words right before and after the form call for the other lemma.
    pub(crate) fn is_other(&self, before: &str, after: &str) -> bool {
        self.before.contains(&before) || self.after.contains(&after)
    }
}

/// Look-up tables over the bytes of an artefact.
pub(crate) struct Lexicon {
    entries: FxHashMap<&'static [u8], Entry>,
    english: FxHashMap<&'static str, &'static str>,
    variants: FxHashMap<&'static str, &'static str>,
    ambiguous: FxHashMap<&'static str, Ambiguous>,
    digest: u64,
}

/// Compiles the sources of `data/roots` into one artefact for [`Stemmer::from_bytes`].
///
/// [`Stemmer::from_bytes`]: crate::Stemmer::from_bytes
///
/// # Errors
/// When a row is malformed, doubled, or contradicts another: the error names file and line.
pub fn compile(sources: &Sources<'_>) -> Result<Vec<u8>, CompileError> {
    let mut roots: BTreeMap<&str, u32> = BTreeMap::new();
    for row in sources.roots.rows::<2>() {
        let (line, [root, count]) = row?;
        let count =
            count.parse().map_err(|_| sources.roots.error(line, "the count is no number"))?;
        checked(sources.roots, line, root)?;
        if roots.insert(root, count).is_some() {
            return Err(sources.roots.error(line, "the root is listed twice"));
        }
    }
    for row in sources.own.rows::<3>() {
        let (line, [word, verdict, _]) = row?;
        checked(sources.own, line, word)?;
        match verdict {
            "root" if roots.insert(word, OWN_COUNT).is_none() => {}
            "not" if roots.remove(word).is_some() => {}
            "root" => return Err(sources.own.error(line, "roots.tsv holds this root already")),
            "not" => return Err(sources.own.error(line, "roots.tsv does not hold this word")),
            _ => return Err(sources.own.error(line, "the verdict is neither root nor not")),
        }
    }

    let mut exceptions: BTreeMap<&str, &str> = BTreeMap::new();
    for row in sources.exceptions.rows::<3>() {
        let (line, [form, lemma, _]) = row?;
        checked(sources.exceptions, line, form)?;
        checked(sources.exceptions, line, lemma)?;
        if exceptions.insert(form, lemma).is_some() {
            return Err(sources.exceptions.error(line, "the form is listed twice"));
        }
    }

    let mut names = BTreeMap::new();
    for row in sources.names.rows::<1>() {
        let (line, [name]) = row?;
        checked(sources.names, line, name)?;
        if !roots.contains_key(name) && !exceptions.contains_key(name) {
            names.insert(name, ());
        }
    }

    // The dictionary form of English words that share a stem is the shortest of them.
    let snowball = Snowball::create(Algorithm::English);
    let mut english: BTreeMap<String, &str> = BTreeMap::new();
    for row in sources.english.rows::<1>() {
        let (line, [word]) = row?;
        checked(sources.english, line, word)?;
        let shortest = english.entry(snowball.stem(word).into_owned()).or_insert(word);
        if (word.len(), word) < (shortest.len(), *shortest) {
            *shortest = word;
        }
    }

    let mut variants: BTreeMap<&str, &str> = BTreeMap::new();
    for row in sources.variants.rows::<2>() {
        let (line, [variant, standard]) = row?;
        checked(sources.variants, line, variant)?;
        checked(sources.variants, line, standard)?;
        if variants.insert(variant, standard).is_some() {
            return Err(sources.variants.error(line, "the variant is listed twice"));
        }
    }

    let mut ambiguous: BTreeMap<&str, [&str; 4]> = BTreeMap::new();
    for row in sources.ambiguous.rows::<6>() {
        let (line, [form, lemma, other, before, after, _]) = row?;
        for word in [form, lemma, other] {
            checked(sources.ambiguous, line, word)?;
        }
        let mut lists = [before, after];
        for list in &mut lists {
            if *list == NO_WORDS {
                *list = "";
            } else if list.len() > LONGEST_STRING {
                return Err(sources.ambiguous.error(line, "the list of words is too long"));
            }
        }
        if ambiguous.insert(form, [lemma, other, lists[0], lists[1]]).is_some() {
            return Err(sources.ambiguous.error(line, "the form is listed twice"));
        }
    }

    let mut body = Vec::new();
    section(&mut body, roots.len());
    for (root, count) in roots {
        string(&mut body, root);
        body.push(weight_byte(count));
    }
    section(&mut body, exceptions.len());
    for (form, lemma) in exceptions {
        string(&mut body, form);
        string(&mut body, lemma);
    }
    section(&mut body, names.len());
    for name in names.into_keys() {
        string(&mut body, name);
    }
    section(&mut body, english.len());
    for (stem, word) in &english {
        string(&mut body, stem);
        string(&mut body, word);
    }
    section(&mut body, variants.len());
    for (variant, standard) in variants {
        string(&mut body, variant);
        string(&mut body, standard);
    }
    section(&mut body, ambiguous.len());
    for (form, fields) in ambiguous {
        string(&mut body, form);
        for field in fields {
            string(&mut body, field);
        }
    }

    let mut artefact = Vec::with_capacity(HEADER + body.len());
    artefact.extend(MAGIC);
    artefact.extend(FORMAT.to_le_bytes());
    artefact.extend(digest(sources).to_le_bytes());
    // Well below the limit: half a million records of 255 bytes would be needed to pass it.
    artefact.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    artefact.extend(body);
    Ok(artefact)
}

fn checked(source: Source<'_>, line: usize, word: &str) -> Result<(), CompileError> {
    let plain = word.chars().all(|letter| letter == '-' || letter.is_alphanumeric());
    if word.len() > LONGEST_STRING || !plain || word.chars().any(char::is_uppercase) {
        return Err(source.error(line, "not a lower-case word"));
    }
    Ok(())
}

fn section(body: &mut Vec<u8>, count: usize) {
    body.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn string(body: &mut Vec<u8>, text: &str) {
    // `checked` let nothing longer through, and a stem is no longer than its word.
    body.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
    body.extend(text.as_bytes());
}

fn weight_byte(count: u32) -> u8 {
    // At most 16 ⋅ ln(2³²) = 355 before the cast, which saturates.
    ((count as f32).ln_1p() * WEIGHT_STEPS).round() as u8
}

/// FNV-1a over the sources: says whether an artefact was made from them, no more.
fn digest(sources: &Sources<'_>) -> u64 {
    let Sources { roots, own, exceptions, names, english, variants, ambiguous } = sources;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for source in [roots, own, exceptions, names, english, variants, ambiguous] {
        for &byte in source.text.as_bytes().iter().chain(b"\0") {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    hash
}

/// An exception or a name.
fn fixed(lemma: &'static str) -> Entry {
    Entry { lemma, weight: FIXED_WEIGHT, is_root: false, ambiguous: false }
}

impl Lexicon {
    pub(crate) fn open(artefact: &'static [u8]) -> Result<Self, FormatError> {
        let body = artefact.strip_prefix(MAGIC).ok_or(FormatError::Foreign)?;
        let mut reader = Reader { rest: body };
        let found = reader.number()?;
        if found != FORMAT {
            return Err(FormatError::Version { found, expected: FORMAT });
        }
        let digest = u64::from(reader.number()?) | u64::from(reader.number()?) << 32;
        if reader.number()? as usize != reader.rest.len() {
            return Err(FormatError::Damaged);
        }

        let root_count = reader.count()?;
        let mut entries = FxHashMap::with_capacity_and_hasher(2 * root_count, FxBuildHasher);
        for _ in 0..root_count {
            let lemma = reader.string()?;
            let weight = f32::from(reader.byte()?) / WEIGHT_STEPS;
            entries
                .insert(lemma.as_bytes(), Entry { lemma, weight, is_root: true, ambiguous: false });
        }
        for _ in 0..reader.count()? {
            let form = reader.string()?;
            let lemma = reader.string()?;
            entries.insert(form.as_bytes(), fixed(lemma));
        }
        for _ in 0..reader.count()? {
            let lemma = reader.string()?;
            entries.insert(lemma.as_bytes(), fixed(lemma));
        }
        let english_count = reader.count()?;
        let mut english = FxHashMap::with_capacity_and_hasher(english_count, FxBuildHasher);
        for _ in 0..english_count {
            let stem = reader.string()?;
            english.insert(stem, reader.string()?);
        }
        let variant_count = reader.count()?;
        let mut variants = FxHashMap::with_capacity_and_hasher(variant_count, FxBuildHasher);
        for _ in 0..variant_count {
            let variant = reader.string()?;
            variants.insert(variant, reader.string()?);
        }
        let mut ambiguous = FxHashMap::default();
        for _ in 0..reader.count()? {
            let form = reader.string()?;
            let lemma = reader.string()?;
            let other = reader.string()?;
            let mut words = || Ok(reader.string()?.split('|').filter(|w| !w.is_empty()).collect());
            let entry = Ambiguous { other, before: words()?, after: words()? };
            // The frequency and kind of a root stay, for the words that are made from it.
            let known = entries.entry(form.as_bytes()).or_insert(fixed(lemma));
            known.lemma = lemma;
            known.ambiguous = true;
            ambiguous.insert(form, entry);
        }
        if !reader.rest.is_empty() {
            return Err(FormatError::Damaged);
        }
        Ok(Lexicon { entries, english, variants, ambiguous, digest })
    }

    pub(crate) fn get(&self, word: &[u8]) -> Option<Entry> {
        self.entries.get(word).copied()
    }

    /// The dictionary form of the English words with this Snowball stem.
    pub(crate) fn english(&self, stem: &str) -> Option<&'static str> {
        self.english.get(stem).copied()
    }

    /// The standard spelling of a word that has another.
    pub(crate) fn standard(&self, word: &str) -> Option<&'static str> {
        self.variants.get(word).copied()
    }

    /// What may decide between the lemmas of a form of two.
    pub(crate) fn ambiguous(&self, form: &str) -> Option<&Ambiguous> {
        self.ambiguous.get(form)
    }

    pub(crate) fn digest(&self) -> u64 {
        self.digest
    }
}

struct Reader {
    rest: &'static [u8],
}

impl Reader {
    fn take(&mut self, length: usize) -> Result<&'static [u8], FormatError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(FormatError::Damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, FormatError> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Result<u32, FormatError> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A count of records; none is shorter than a byte, so a larger one is damage.
    fn count(&mut self) -> Result<usize, FormatError> {
        let count = self.number()? as usize;
        if count > self.rest.len() { Err(FormatError::Damaged) } else { Ok(count) }
    }

    fn string(&mut self) -> Result<&'static str, FormatError> {
        let length = self.byte()?;
        let bytes = self.take(usize::from(length))?;
        std::str::from_utf8(bytes).map_err(|_| FormatError::Damaged)
    }
}

//! Word families: what the search profile takes off beyond the dictionary form.
//!
//! Dictionaries list loans and nouns of persons as words of their own (*aktivitas* beside *aktif*,
//! *wartawan* beside *warta*); whoever searches for one wants the others too. A step is taken only
//! to a word that the lexicon knows as a root, so that no family ends in a stump.

use crate::lexicon::Lexicon;

/// What an ending becomes in the word that the family is named after.
const ENDINGS: [(&str, &str); 14] = [
    ("ivitas", "if"),
    ("ivisme", "if"),
    ("alisasi", "al"),
    ("alisme", "al"),
    ("alitas", "al"),
    ("alistis", "al"),
    ("alis", "al"),
    ("isasi", ""),
    ("isme", ""),
    ("itas", ""),
    ("wan", ""),
    ("wan", "h"), // sejarawan, sejarah
    ("wati", ""),
    ("man", ""),
];

/// Words with such an ending that have gone their own way from the word inside them.
const STRANGERS: [&str; 9] = [
    "analis",
    "halaman",
    "identitas",
    "mayoritas",
    "minoritas",
    "mobilisasi",
    "organisasi",
    "spesialis",
    "spesialisasi",
];

/// Prefixes that make new words freely; a word in the dictionary that begins so may be another
/// (*antipati* is not about *pati*), so they come off unknown words only.
const FREE_PREFIXES: [&str; 6] = ["antar", "anti", "multi", "non", "pasca", "pra"];

/// Shortest word that a family is named after.
const SHORTEST: usize = 4;

/// The word that the family of the root `lemma` is named after, if that is another.
pub(crate) fn head(lexicon: &Lexicon, lemma: &str) -> Option<&'static str> {
    if !lexicon.get(lemma.as_bytes())?.is_root || STRANGERS.contains(&lemma) {
        return None;
    }
    ENDINGS.iter().find_map(|(ending, instead)| {
        let stem = lemma.strip_suffix(ending)?;
        let mut buffer = [0; 64];
        let whole = buffer.get_mut(..stem.len() + instead.len())?;
        whole[..stem.len()].copy_from_slice(stem.as_bytes());
        whole[stem.len()..].copy_from_slice(instead.as_bytes());
        let entry = lexicon.get(whole)?;
        (entry.is_root && whole.len() >= SHORTEST && entry.lemma != lemma).then_some(entry.lemma)
    })
}

/// The rest of an unknown word behind a prefix that makes words freely, as a byte offset.
pub(crate) fn behind_free_prefix(word: &str) -> Option<usize> {
    FREE_PREFIXES
        .iter()
        .find(|prefix| word.len() >= prefix.len() + SHORTEST && word.starts_with(**prefix))
        .map(|prefix| prefix.len())
}

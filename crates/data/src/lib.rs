//! The compiled artefacts and the readable lists, embedded in the program; the only crate that
//! embeds.
//!
//! `scripts/build-data` makes what lies in `compiled/` from the sources in the top-level `data/`;
//! lists that are read as they are come straight from there. Sources and licences:
//! `data/SOURCES.md`.
//!
//! ```
//! assert!(nukil_data::ABBREVIATIONS.lines().any(|line| line.starts_with("Dr.")));
//! ```

/// Names, cues and word evidence, for `nukil-gazetteer`.
pub static GAZETTEER: &[u8] = include_bytes!("../compiled/gazetteer.bin");
/// Document frequencies of words and phrases, for `nukil-keywords`.
pub static BACKGROUND: &[u8] = include_bytes!("../compiled/background.bin");
/// Roots and exceptions, for `nukil-stemmer`.
pub static ROOTS: &[u8] = include_bytes!("../compiled/roots.bin");
/// Word clusters, for `nukil-tagger`.
pub static CLUSTERS: &[u8] = include_bytes!("../compiled/clusters.bin");
/// The model that labels names, for `nukil-tagger`; `scripts/train-model` makes it.
pub static TAGGER: &[u8] = include_bytes!("../compiled/tagger.bin");

/// Abbreviations that keep their full stop, for `nukil-tokenizer`.
pub static ABBREVIATIONS: &str = include_str!("../../../data/lexicon/abbreviations.tsv");
/// Words that vote for a language, for `nukil-language`.
pub static FUNCTION_WORDS: &str = include_str!("../../../data/language/function-words.tsv");
/// Page furniture, for `nukil-article`.
pub static FURNITURE: &str = include_str!("../../../data/article/furniture.tsv");
/// Outlets as datelines name them, for `nukil-article`.
pub static OUTLETS: &str = include_str!("../../../data/article/outlets.tsv");
/// Elements of pages that hold articles, for `nukil-article`.
pub static PAGES: &str = include_str!("../../../data/article/pages.tsv");
/// Words that tell prose from headlines, for `nukil-article`.
pub static LAYOUT_WORDS: &str = include_str!("../../../data/article/words.tsv");
/// Function words proper, for `nukil-stopwords`.
pub static STOPWORDS_SHORT: &str = include_str!("../../../data/stopwords/short.tsv");
/// Function words, fillers and colloquial words, for `nukil-stopwords`.
pub static STOPWORDS_LONG: &str = include_str!("../../../data/stopwords/long.tsv");
/// Learned weights of the keyword features, for `nukil-keywords`.
pub static KEYWORD_WEIGHTS: &str = include_str!("../../../data/keywords/weights.tsv");
/// Words that dates, times and amounts are written with, for `nukil-entities`.
pub static VALUE_WORDS: &str = include_str!("../../../data/values/words.tsv");

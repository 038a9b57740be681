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

/// The tables of `data/article/furniture` by their names.
macro_rules! furniture {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../data/article/furniture/", $name, ".tsv")))),*]
    };
}

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
/// Tells places that qualify something from others; made by `scripts/train-model`.
pub static USES: &[u8] = include_bytes!("../compiled/uses.bin");

/// Weights that say whether a name is a form of another, `data/links/weights.tsv`.
pub static LINK_WEIGHTS: &str = include_str!("../../../data/links/weights.tsv");
/// Weights that tell which place of a name is meant, `data/links/places.tsv`.
pub static PLACE_WEIGHTS: &str = include_str!("../../../data/links/places.tsv");
/// Weights that tell which sentences say what someone said, `data/quotes/clauses.tsv`.
pub static CLAUSE_WEIGHTS: &str = include_str!("../../../data/quotes/clauses.tsv");
/// Weights that tell for whom pronouns and phrases stand beside quotations, `data/quotes/speakers.tsv`.
pub static SPEAKER_WEIGHTS: &str = include_str!("../../../data/quotes/speakers.tsv");
/// Weights that find the roles of people beside their names, `data/roles/weights.tsv`.
pub static ROLE_WEIGHTS: &str = include_str!("../../../data/roles/weights.tsv");

/// Abbreviations that keep their full stop, for `nukil-tokenizer`.
pub static ABBREVIATIONS: &str = include_str!("../../../data/lexicon/abbreviations.tsv");
/// Words that vote for a language, for `nukil-language`.
pub static FUNCTION_WORDS: &str = include_str!("../../../data/language/function-words.tsv");
/// How much words speak against Indonesian, Malay and English, for `nukil-language`.
pub static LANGUAGE_WORDS: &str = include_str!("../../../data/language/words.tsv");
/// Page furniture, for `nukil-article`: the name of a table and its text. One table holds what many
/// outlets share, the others what one outlet or one house alone has.
pub static FURNITURE: &[(&str, &str)] = furniture![
    "akurat",
    "bisnis",
    "cnn-indonesia",
    "detik",
    "general",
    "kapanlagi",
    "kompas",
    "photo-agencies",
    "transmedia",
    "tribun",
];
/// Outlets as datelines name them, for `nukil-article`.
pub static OUTLETS: &str = include_str!("../../../data/article/outlets.tsv");
/// Weights of the model that tells page furniture from prose, for `nukil-article`; `scripts/learn-furniture`
/// makes them.
pub static FURNITURE_WEIGHTS: &str = include_str!("../../../data/article/weights.tsv");
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
/// What editors choose as keywords, and trees that rank the best once more, for `nukil-keywords`.
pub static KEYWORD_TABLES: &[u8] = include_bytes!("../compiled/keywords.bin");
/// Words that dates, times and amounts are written with, for `nukil-entities`.
pub static VALUE_WORDS: &str = include_str!("../../../data/values/words.tsv");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_furniture_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/article/furniture");
        let entries = std::fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        let embedded: Vec<String> =
            FURNITURE.iter().map(|(name, _)| format!("{name}.tsv")).collect();
        assert_eq!(embedded, names);
    }
}

//! The table of words that vote for a language.

use nukil_types::facts;
use rustc_hash::FxHashSet;

use crate::TableError;

/// The languages that words vote for, in the order in which a tie is broken: the likelier in
/// Indonesian news first.
pub(crate) const LANGUAGES: [&str; 6] = ["id", "ms", "en", "jv", "su", "min"];

/// Longest word that is looked up, in bytes.
pub(crate) const LONGEST: usize = 24;

/// Longest ending, in bytes: as many as a number of 64 bits holds.
pub(crate) const LONGEST_ENDING: usize = 8;

/// What one word says: its weight for each of [`LANGUAGES`].
pub(crate) type Vote = [u8; LANGUAGES.len()];

/// The weight of a word that another language spells otherwise.
pub(crate) const SPELLING: u8 = 2;

#[derive(Clone, Debug)]
pub(crate) struct Votes {
    pub words: Vec<(Box<str>, Vote)>,
    pub endings: Vec<(Box<str>, Vote)>,
}

impl Votes {
    /// Reads columns `word`, `language` (joined by `|`) and `weight`; a word that begins with a
    /// hyphen is an ending.
    pub(crate) fn parse(tsv: &str) -> Result<Self, TableError> {
        let mut votes = Votes { words: Vec::new(), endings: Vec::new() };
        let mut met = FxHashSet::default();
        let mut rows = facts::lines(tsv);
        let error = |line, reason: String| TableError { table: "words of languages", line, reason };
        match rows.next() {
            Some((_, "word\tlanguage\tweight")) => {}
            Some((line, _)) => {
                return Err(error(line, "the header is not `word\\tlanguage\\tweight`".into()));
            }
            None => return Err(error(1, "no header".into())),
        }
        for (line, row) in rows {
            let mut columns = row.split('\t');
            let (Some(word), Some(languages), Some(weight), None) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(error(line, "not three columns".into()));
            };
            let weight: u8 = weight
                .parse()
                .map_err(|_| error(line, format!("the weight `{weight}` is no small number")))?;
            let mut weights = [0; LANGUAGES.len()];
            for language in languages.split('|') {
                let Some(at) = LANGUAGES.iter().position(|&known| known == language) else {
                    return Err(error(line, format!("unknown language `{language}`")));
                };
                weights[at] = weight;
            }
            if word.is_empty() || word.len() > LONGEST {
                return Err(error(line, "the word is empty or too long".into()));
            }
            if word.starts_with('-') && !(2..=LONGEST_ENDING + 1).contains(&word.len()) {
                return Err(error(line, "the ending is empty or too long".into()));
            }
            match word.strip_prefix('-') {
                Some(ending) => votes.endings.push((ending.into(), weights)),
                None if met.insert(word) => votes.words.push((word.into(), weights)),
                None => return Err(error(line, format!("`{word}` is listed twice"))),
            }
        }
        Ok(votes)
    }
}

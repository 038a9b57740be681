//! The table of words that vote for a language.

use nukil_types::facts;
use rustc_hash::FxHashMap;
use thiserror::Error;

/// The languages that words vote for, in the order in which a tie is broken: the likelier in
/// Indonesian news first.
pub(crate) const LANGUAGES: [&str; 6] = ["id", "ms", "en", "jv", "su", "min"];

/// Votes for each of [`LANGUAGES`].
pub(crate) type Tally = [u32; LANGUAGES.len()];

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 24;

/// Why a table of votes could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("words of languages, line {line}: {reason}")]
pub struct VotesError {
    /// Line of the table, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// What one word says: its weight for each language.
#[derive(Clone, Copy, Debug)]
struct Vote {
    weights: [u8; LANGUAGES.len()],
}

#[derive(Clone, Debug)]
pub(crate) struct Votes {
    words: FxHashMap<Box<str>, Vote>,
    endings: Vec<(Box<str>, Vote)>,
}

impl Votes {
    /// Reads columns `word`, `language` (joined by `|`) and `weight`; a word that begins with a
    /// hyphen is an ending.
    pub(crate) fn parse(tsv: &str) -> Result<Self, VotesError> {
        let mut votes = Votes { words: FxHashMap::default(), endings: Vec::new() };
        let mut rows = facts::lines(tsv);
        let error = |line, reason: String| VotesError { line, reason };
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
            let vote = Vote { weights };
            match word.strip_prefix('-') {
                Some(ending) => votes.endings.push((ending.into(), vote)),
                None if votes.words.insert(word.into(), vote).is_none() => {}
                None => return Err(error(line, format!("`{word}` is listed twice"))),
            }
        }
        Ok(votes)
    }

    /// Counts the votes of `text`; gives them and the number of words.
    pub(crate) fn count(&self, text: &str) -> (Tally, u32) {
        let mut tally = Tally::default();
        let mut words = 0;
        let mut lower = String::with_capacity(LONGEST);
        for word in text.split(|c: char| !(c.is_alphabetic() || c == '-')) {
            let word = word.trim_matches('-');
            if word.is_empty() {
                continue;
            }
            words += 1;
            if word.len() > LONGEST {
                continue;
            }
            lower.clear();
            match word.is_ascii() {
                true => {
                    lower.push_str(word);
                    lower.make_ascii_lowercase();
                }
                false => lower.extend(word.chars().flat_map(char::to_lowercase)),
            }
            let vote = self.words.get(lower.as_str()).or_else(|| self.by_ending(&lower));
            if let Some(vote) = vote {
                for (sum, &weight) in tally.iter_mut().zip(&vote.weights) {
                    *sum += u32::from(weight);
                }
            }
        }
        (tally, words)
    }

    /// The vote of the ending of a word, which must leave a stem of three letters.
    fn by_ending(&self, word: &str) -> Option<&Vote> {
        let has = |ending: &str| word.len() >= ending.len() + 3 && word.ends_with(ending);
        self.endings.iter().find(|(ending, _)| has(ending)).map(|(_, vote)| vote)
    }
}

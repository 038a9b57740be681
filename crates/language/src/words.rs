//! What each word says, of both tables together, so that a word is looked up once.

use rustc_hash::FxHashMap;

use crate::TableError;
use crate::evidence::{Evidence, WEIGHED};
use crate::votes::{SPELLING, Vote, Votes};

/// What a difference of spelling adds to the costs of the language that spells otherwise.
const SPELLING_COST: u8 = 20;

/// What one word says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Its vote for each language.
    pub vote: Vote,
    /// What it speaks against Indonesian, Malay and English, in tenths of a natural logarithm.
    pub costs: [u8; WEIGHED],
}

#[derive(Clone, Debug)]
pub(crate) struct Words {
    words: FxHashMap<Box<str>, Word>,
    endings: Vec<(Box<str>, Word)>,
}

impl Words {
    /// Reads both tables.
    pub(crate) fn parse(votes_tsv: &str, words_tsv: &str) -> Result<Self, TableError> {
        let votes = Votes::parse(votes_tsv)?;
        let mut words: FxHashMap<Box<str>, Word> = FxHashMap::default();
        for (word, costs) in Evidence::parse(words_tsv)?.words {
            words.insert(word, Word { vote: Vote::default(), costs });
        }
        for (word, vote) in votes.words {
            words.entry(word).or_default().add(vote);
        }
        let endings = votes.endings.into_iter().map(|(ending, vote)| {
            let mut word = Word::default();
            word.add(vote);
            (ending, word)
        });
        Ok(Words { words, endings: endings.collect() })
    }

    /// What `word`, in lower case, says; where it has no vote, its ending may have one.
    pub(crate) fn of(&self, word: &str) -> Option<Word> {
        let known = self.words.get(word).copied();
        match known {
            Some(Word { vote, .. }) if vote != Vote::default() => return known,
            _ => {}
        }
        let Some(mut ending) = self.by_ending(word) else { return known };
        for (sum, cost) in ending.costs.iter_mut().zip(known.unwrap_or_default().costs) {
            *sum += cost;
        }
        Some(ending)
    }

    /// What the ending of a word says, which must leave a stem of three letters.
    fn by_ending(&self, word: &str) -> Option<Word> {
        // The last letter alone, looked at first, rules nearly all of them out.
        let last = word.as_bytes().last();
        let has = |ending: &str| {
            ending.as_bytes().last() == last
                && word.len() >= ending.len() + 3
                && word.ends_with(ending)
        };
        self.endings.iter().find(|(ending, _)| has(ending)).map(|&(_, word)| word)
    }
}

impl Word {
    /// Takes in a vote, and what it adds to the costs where it is a difference of spelling.
    fn add(&mut self, vote: Vote) {
        self.vote = vote;
        let weighed = &vote[..WEIGHED];
        if weighed.contains(&SPELLING) {
            for (cost, &weight) in self.costs.iter_mut().zip(weighed) {
                *cost += if weight == 0 { SPELLING_COST } else { 0 };
            }
        }
    }
}

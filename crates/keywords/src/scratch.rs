//! What is known of one document while it is ranked, in memory that the next document uses again.

use nukil_types::{FormKey, FormTable};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::background::{Batch, Entry, Usage};
use crate::exclude::Role;
use crate::marks::Mark;
use crate::memory::Memory;

/// Marks a token that is no word, or that lies in no mention.
pub(crate) const NONE: u32 = u32::MAX;

/// A distinct word of the document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub hash: u64,
    pub lemma: u64,
    pub role: Role,
    pub usage: Usage,
    /// How often the document has it.
    pub count: u32,
    /// How often the document has it or another word of the same lemma.
    pub family: u32,
    /// How often the headline has it.
    pub headline: u32,
    /// Whether it has the form of an active verb (`me-`, `-kan`): a clause, and no noun phrase, has it.
    pub active: bool,
    /// Whether it has the form of a passive verb (`di-`): no noun phrase begins with it.
    pub passive: bool,
    /// Whether it has the form of any verb.
    pub verb: bool,
    /// Whether it ends with the pronoun `-nya`.
    pub possessed: bool,
    /// Articles of the background with its passive (`di-`) over those with itself, at most 1: high
    /// for a root that is a verb ("bayar", dibayar), 0 for a noun ("pelat").
    pub verbal: f32,
}

/// A distinct phrase and what was seen of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub hash: u64,
    /// First token of the first occurrence.
    pub first: u32,
    /// First token of the last occurrence.
    pub last: u32,
    /// Tokens in it.
    pub length: u32,
    pub count: u32,
    /// Occurrences of this very form; `count` has those of merged forms, too.
    pub own: u32,
    /// First token of the first occurrence in any form.
    pub earliest: u32,
    /// Occurrences in the headline.
    pub headline: u32,
    /// The sentence of the body that has it first, from 0; [`NONE`] when only the headline has it.
    pub lead: u32,
    /// Sentences that hold it.
    pub sentences: u32,
    /// The sentence of the body that had it last.
    pub last_sentence: u32,
    /// Occurrences that are exactly a mention, that hold one, that cut one.
    pub exact: u32,
    pub holding: u32,
    pub cutting: u32,
    /// Entity of the first exact mention.
    pub entity: u32,
    /// Occurrences inside a sentence of the body that are capitalised at both edges, or not.
    pub capital: u32,
    pub lower: u32,
    /// Occurrences in the body that are cut out of a longer run of capitalised words.
    pub cut_capitals: u32,
    /// Greatest share of a link that an occurrence is.
    pub link: f32,
    /// Occurrences with an acronym in them.
    pub acronym: u32,
    /// Function words in it.
    pub stops: u32,
    pub number: bool,
    /// Highest count of a candidate that holds this one and more.
    pub within: u32,
    /// Whether it is the name of a person.
    pub person: bool,
    /// Merged into another candidate, as a short form of its entity.
    pub merged: bool,
    /// The candidate that it was merged into, or [`NONE`].
    pub lent_to: u32,
    /// Characters of the first occurrence.
    pub characters: u32,
}

impl Candidate {
    /// Whether the phrase is, more often than not, the whole name of an entity.
    #[inline]
    pub(crate) fn is_name(&self) -> bool {
        !self.merged && self.entity != NONE && 2 * self.exact >= self.count
    }

    /// Whether the phrase is a part of longer names wherever the body has it.
    #[inline]
    pub(crate) fn is_half(&self) -> bool {
        let cut = self.cut_capitals + self.headline >= self.count;
        self.length > 1 && self.exact == 0 && self.cut_capitals > 0 && cut
    }
}

/// An occurrence of a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occurrence {
    pub candidate: u32,
    pub token: u32,
}

/// Words of one lemma.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Family {
    /// How often the document has them.
    pub count: u32,
    /// Whether one of them is a verb by its form.
    pub verb: bool,
}

/// Memory that the ranker uses again from document to document.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The words of earlier documents.
    pub(crate) memory: Memory,
    /// The number of every word, and by their hashes that of those too long for a key.
    pub(crate) numbers: FormTable<u32>,
    pub(crate) long: FxHashMap<u64, u32>,
    /// The distinct words.
    pub(crate) words: Vec<Word>,
    /// How often the document has every word.
    pub(crate) counts: Vec<u32>,
    /// The key and the first token of every word.
    pub(crate) keys: Vec<Option<FormKey>>,
    pub(crate) first_of: Vec<u32>,
    /// The words that no earlier document had, and what the background says of them.
    pub(crate) fresh: Vec<u32>,
    pub(crate) entries: Vec<Option<Entry>>,
    /// Word of every token; [`NONE`] for punctuation and addresses.
    pub(crate) word_of: Vec<u32>,
    /// What else is asked of every token, and what of it every word says.
    pub(crate) marks: Vec<Mark>,
    pub(crate) of_words: Vec<Mark>,
    /// Mention of every token; [`NONE`] outside of names.
    pub(crate) mention_of: Vec<u32>,
    /// Link of every token; [`NONE`] outside of links. Empty for a document without any.
    pub(crate) link_of: Vec<u32>,
    /// Words of every link.
    pub(crate) link_lengths: Vec<u32>,
    /// How often pairs of words were met that share a place in here.
    pub(crate) pairs: Vec<u8>,
    /// What is looked up in the background at once, and what each look-up is for.
    pub(crate) batch: Batch,
    pub(crate) asked: Vec<u32>,
    /// Candidate of every word by itself, or [`NONE`], and of every longer phrase by its hash.
    pub(crate) alone: Vec<u32>,
    pub(crate) phrases: FxHashMap<u64, u32>,
    pub(crate) candidates: Vec<Candidate>,
    /// The candidates that are worth a look and not merged into others, in order.
    pub(crate) live: Vec<u32>,
    /// How the news at large uses each of these.
    pub(crate) usages: Vec<Usage>,
    pub(crate) occurrences: Vec<Occurrence>,
    /// Family of every lemma that is no word of the document, or none of its own lemma, by hash.
    pub(crate) lemmas: FxHashMap<u64, u32>,
    pub(crate) families: Vec<Family>,
    /// Phrases of a headline that does not stand in the text, as far as the text has their words, and
    /// the words of a run of it.
    pub(crate) title_phrases: FxHashSet<u64>,
    pub(crate) title_run: Vec<Option<u32>>,
    /// Candidate that stands for each entity.
    pub(crate) representatives: Vec<u32>,
    /// Scores and candidates, the best of them first and sorted.
    pub(crate) ranking: Vec<(f64, u32)>,
    /// The candidates that become keywords, best first.
    pub(crate) chosen: Vec<u32>,
    /// For every candidate the place of its keyword in `chosen`, or [`NONE`].
    pub(crate) place_of: Vec<u32>,
}

impl Scratch {
    /// Fresh memory. It grows with the longest document it sees.
    pub fn new() -> Self {
        Self::default()
    }

    /// The word of a token that is one.
    #[inline]
    pub(crate) fn word(&self, token: usize) -> Option<&Word> {
        self.words.get(self.word_of[token] as usize)
    }

    /// The candidates that are worth a look and not merged into others, with their numbers and how
    /// the news at large uses them.
    #[inline]
    pub(crate) fn live(&self) -> impl Iterator<Item = (u32, &Candidate, &Usage)> {
        let numbered = self.live.iter().zip(&self.usages);
        numbered.map(|(&index, usage)| (index, &self.candidates[index as usize], usage))
    }

    /// Index of the mention that a token lies in, or [`NONE`].
    #[inline]
    pub(crate) fn mention(&self, token: usize) -> u32 {
        self.mention_of[token]
    }

    /// The words of a candidate's first occurrence.
    #[inline]
    pub(crate) fn words_of(
        &self,
        candidate: &Candidate,
    ) -> impl DoubleEndedIterator<Item = &Word> + Clone {
        let first = candidate.first as usize;
        (first..first + candidate.length as usize).filter_map(|token| self.word(token))
    }
}

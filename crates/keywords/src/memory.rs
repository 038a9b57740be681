//! What a worker remembers of the words that it has met in earlier documents, so that neither their
//! hashes nor what the background says of them is asked for again.

use nukil_types::{FormKey, FormTable};

use crate::background::{Background, Entry};
use crate::exclude::Role;

/// Words that are remembered before it starts afresh: some 800 kB.
const MOST_WORDS: usize = 1 << 13;

/// Words of earlier documents.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    words: FormTable<Known>,
    /// The background of which it speaks, by its number.
    background: u64,
}

/// What is known of a word, whatever document it stands in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    pub hash: u64,
    /// What the background says of it, if anything.
    pub entry: Option<Entry>,
    /// Its role by its letters, in lower case.
    pub role: Role,
    /// How much of a verb it is, where it is a root.
    pub verbal: f32,
}

impl Memory {
    /// Begins a document.
    pub(crate) fn begin(&mut self, background: &Background) {
        if self.background != background.number() || self.words.len() >= MOST_WORDS {
            self.words.reset(self.words.len());
            self.background = background.number();
        }
    }

    /// Has a word near that will be asked for.
    #[inline]
    pub(crate) fn touch(&self, key: FormKey) {
        self.words.touch(key);
    }

    /// What is known of a word.
    #[inline]
    pub(crate) fn get(&self, key: FormKey) -> Option<Known> {
        self.words.get(key)
    }

    /// Remembers a word.
    pub(crate) fn insert(&mut self, key: FormKey, known: Known) {
        self.words.insert(key, known);
    }
}

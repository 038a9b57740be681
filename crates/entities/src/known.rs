//! What the gazetteer knows of words, remembered from document to document.

use std::hint::black_box;

use nukil_gazetteer::{Entrance, Gazetteer, WordEvidence};
use nukil_types::{Document, HashNumbers};

use crate::evidence::WordSigns;

/// Words that are looked up together.
pub(crate) const BATCH: usize = 256;

/// What rules and tagger ask of a word, worked out when it is met for the first time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Whether the background text holds it.
    pub listed: bool,
    /// Whether that writes it mostly in lower case.
    pub ordinary: bool,
    /// Whether that hardly ever does.
    pub proper: bool,
    /// What the tagger is told of it.
    pub signs: WordSigns,
}

impl From<WordEvidence> for Word {
    fn from(evidence: WordEvidence) -> Self {
        let share = evidence.capital_share();
        Word {
            listed: share.is_some(),
            ordinary: evidence.is_ordinary(),
            proper: evidence.capital >= 3 && share.is_some_and(|share| share > 0.9),
            signs: WordSigns::from(evidence),
        }
    }
}

/// What is known of a word, and the names and cues that begin with it; a line of the processor's
/// memory.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Known {
    pub word: Word,
    pub names: Entrance,
    pub cues: Entrance,
}

/// What the gazetteer with which it was first used knows of words. Rows stand in the order in which
/// words were met, so that the frequent ones lie together.
#[derive(Default)]
pub(crate) struct WordMemory {
    /// Numbers of the rows, by the hashes of the words.
    numbers: Numbers,
    rows: Vec<Known>,
    /// The rows of the words that are looked up now.
    found: Vec<usize>,
}

type Numbers = HashNumbers<17>;

impl WordMemory {
    /// Calls `each` for every one of a few tokens, at most [`BATCH`], with what is known of its word.
    /// `asked` gives their numbers in the document and the hashes of their words.
    ///
    /// That is done step by step with all of them, so that the processor waits for many places in
    /// memory at once.
    pub(crate) fn recall(
        &mut self,
        gazetteer: &Gazetteer<'_>,
        document: &Document,
        asked: impl Iterator<Item = (usize, u64)> + Clone,
        mut each: impl FnMut(usize, &Known),
    ) {
        if self.rows.len() + BATCH > Numbers::ROOM {
            self.rows.clear();
            self.numbers.clear();
        }
        if self.rows.is_empty() {
            self.rows.reserve(Numbers::ROOM);
        }
        self.numbers.touch(asked.clone().map(|(_, hash)| hash));
        self.found.clear();
        for (token, hash) in asked {
            let row = self.row(hash, || {
                let beginning = gazetteer.beginning(document.folded(&document.tokens[token]));
                Known { word: beginning.word.into(), names: beginning.names, cues: beginning.cues }
            });
            self.found.push(row);
        }
        let near = |sum, &row: &usize| sum ^ u8::from(self.rows[row].word.listed);
        black_box(self.found.iter().fold(0, near));
        for (at, &row) in self.found.iter().enumerate() {
            each(at, &self.rows[row]);
        }
    }

    /// The number of a word's row, in which `look_up` tells what is known of a new one.
    fn row(&mut self, hash: u64, look_up: impl FnOnce() -> Known) -> usize {
        if let Some(row) = self.numbers.get(hash) {
            return row as usize;
        }
        let row = self.rows.len();
        self.rows.push(look_up());
        self.numbers.insert(hash, row as u32);
        row
    }
}

#[cfg(test)]
mod tests {
    use nukil_gazetteer::{Sources, UserGazetteer, compile};
    use nukil_types::hash::text as hash;
    use nukil_types::{Span, TokenKind};

    use super::*;

    #[test]
    fn words_are_known_again_whatever_was_met_between_and_forgotten() {
        let words = |name: &str| vec![name.to_string()];
        let counts = "word\tlower\tcapital\nrumah\t90\t1\njawa\t0\t90\n";
        let sources = Sources { words: Some(("words.tsv", counts)), ..Sources::default() };
        let bytes = compile(&sources, &words).unwrap();
        let gazetteer = Gazetteer::open(&bytes, UserGazetteer::default()).unwrap();

        let others = (0..2 * Numbers::ROOM).map(|number| format!("kata{number}"));
        let words = ["rumah", "jawa"].map(str::to_string).into_iter().chain(others);
        let text: Vec<String> = words.flat_map(|word| [word, "rumah".to_string()]).collect();
        let mut document = Document::new("1", "-", text.join(" "));
        let mut start = 0;
        for word in &text {
            document.push_token(Span::new(start, start + word.len()), TokenKind::Word);
            start += word.len() + 1;
        }
        let tokens: Vec<usize> = (0..text.len()).collect();
        let mut memory = WordMemory::default();
        for batch in tokens.chunks(BATCH) {
            let asked = batch.iter().map(|&token| (token, hash(&text[token])));
            memory.recall(&gazetteer, &document, asked, |at, known| {
                let word = text[batch[at]].as_str();
                assert_eq!(known.word.ordinary, word == "rumah", "{word}");
                assert_eq!(known.word.proper, word == "jawa", "{word}");
            });
        }
    }
}

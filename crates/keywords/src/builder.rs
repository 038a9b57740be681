//! Counts a background over documents instead of tables: a user's own collection, or the very
//! corpus whose keywords are wanted.
//!
//! Only hashes are kept, and of phrases only as many as the memory allows: when they are too many,
//! the rare ones go. This is lossy counting (Manku & Motwani, "Approximate frequency counts over
//! data streams", 2002): a phrase that is seen again later is counted from then on, so its count
//! may be too low by the number of times that the table was thinned, and never too high.

use nukil_types::{Document, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::background::{self, Counts};
use crate::hash;
use crate::words::title_phrases;

/// Longest phrase that is counted, in tokens.
pub(crate) const MAX_TOKENS: usize = 4;
/// Most phrases that are held at once: about 60 MB.
const MAX_PHRASES: usize = 1_800_000;

/// Counts words and phrases of documents that have tokens with stop marks.
///
/// ```
/// use nukil_keywords::background::{Background, Builder};
/// use nukil_types::{Document, Sentence, Span, TokenKind};
///
/// let mut document = Document::new("a1", "-", "harga emas");
/// document.push_token(Span::new(0, 5), TokenKind::Word);
/// document.push_token(Span::new(6, 10), TokenKind::Word);
/// document.sentences.push(Sentence { span: Span::new(0, 10), tokens: 0..2, headline: false });
///
/// let mut builder = Builder::new();
/// builder.add(&document);
/// let background = Background::open(builder.finish(1)).unwrap();
/// assert_eq!(background.documents(), 1);
/// ```
#[derive(Debug)]
pub struct Builder {
    documents: u32,
    words: FxHashMap<u64, Counts>,
    phrases: FxHashMap<u64, Phrase>,
    max_phrases: usize,
    /// How often the phrases have been thinned.
    thinned: u32,
    /// Words and phrases of the document at hand, and those of its headline.
    held: FxHashSet<(u64, bool)>,
    headline: FxHashSet<(u64, bool)>,
}

impl Default for Builder {
    fn default() -> Self {
        Builder::new()
    }
}

/// Counts of a phrase.
#[derive(Clone, Copy, Debug, Default)]
struct Phrase {
    documents: u32,
    headlines: u32,
    /// Documents with it that may have been forgotten before it was first, or again, listed.
    missed: u32,
}

impl Builder {
    /// A builder that has seen nothing.
    pub fn new() -> Self {
        Builder {
            documents: 0,
            words: FxHashMap::default(),
            phrases: FxHashMap::default(),
            max_phrases: MAX_PHRASES,
            thinned: 0,
            held: FxHashSet::default(),
            headline: FxHashSet::default(),
        }
    }

    /// How many documents were counted.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// Counts one document: its words, and runs of two to four words inside a sentence that neither
    /// begin nor end with a function word.
    pub fn add(&mut self, document: &Document) {
        self.documents += 1;
        self.held.clear();
        self.headline.clear();
        for sentence in &document.sentences {
            self.add_sentence(document, sentence.tokens.clone(), sentence.headline);
        }
        if let (Some(title), None) = (&document.title, document.title_span) {
            let headline = &mut self.headline;
            title_phrases(title, |hash, is_phrase| {
                headline.insert((hash, is_phrase));
            });
        }
        // Each entry gains one, so the order makes no difference.
        self.held.iter().for_each(|entry @ &(hash, is_phrase)| {
            let headlines = u32::from(self.headline.contains(entry));
            if is_phrase {
                let fresh = Phrase { missed: self.thinned, ..Phrase::default() };
                let phrase = self.phrases.entry(hash).or_insert(fresh);
                phrase.documents += 1;
                phrase.headlines += headlines;
            } else {
                let word = self.words.entry(hash).or_default();
                word.documents += 1;
                let (held, with_headline) = word.headline.get_or_insert_default();
                *held += 1;
                *with_headline += headlines;
            }
        });
        while self.phrases.len() > self.max_phrases {
            self.thinned += 1;
            let thinned = self.thinned;
            self.phrases.retain(|_, phrase| phrase.documents + phrase.missed > thinned);
        }
    }

    fn add_sentence(
        &mut self,
        document: &Document,
        tokens: std::ops::Range<usize>,
        headline: bool,
    ) {
        for start in tokens.clone() {
            let first = &document.tokens[start];
            if first.kind != TokenKind::Word {
                continue;
            }
            let hash = hash::word(document.folded(first));
            if !headline && start > tokens.start {
                let capital = document.surface(first).starts_with(char::is_uppercase);
                let word = self.words.entry(hash).or_default();
                word.capital += u32::from(capital);
                word.lower += u32::from(!capital);
            }
            self.hold(hash, false, headline);
            if first.stop {
                continue;
            }
            let mut phrase = hash;
            for last in document.tokens[start + 1..tokens.end].iter().take(MAX_TOKENS - 1) {
                if !matches!(last.kind, TokenKind::Word | TokenKind::Number) {
                    break;
                }
                phrase = hash::extend(phrase, hash::word(document.folded(last)));
                if !last.stop {
                    self.hold(phrase, true, headline);
                }
            }
        }
    }

    fn hold(&mut self, hash: u64, is_phrase: bool, headline: bool) {
        self.held.insert((hash, is_phrase));
        if headline {
            self.headline.insert((hash, is_phrase));
        }
    }

    /// The background as an artefact, without the words and phrases that fewer than `floor`
    /// documents hold. The same documents in the same order give the same bytes.
    pub fn finish(self, floor: u32) -> Vec<u8> {
        let words = self.words.into_iter().map(|(hash, counts)| (hash, counts, false));
        let phrases = self.phrases.into_iter().map(|(hash, phrase)| {
            let headline = Some((phrase.documents, phrase.headlines));
            (hash, Counts { documents: phrase.documents, headline, ..Counts::default() }, true)
        });
        let mut entries: Vec<(u64, Counts, bool)> =
            words.chain(phrases).filter(|(_, counts, _)| counts.documents >= floor).collect();
        entries.sort_unstable_by_key(|&(hash, _, is_phrase)| (hash, is_phrase));
        background::of_counts(&entries, self.documents)
    }
}

#[cfg(test)]
mod tests {
    use nukil_types::{Sentence, Span};

    use super::*;
    use crate::background::{Background, Usage};

    /// A document of sentences in lower case; the first is the headline.
    fn document(sentences: &[&str]) -> Document {
        let mut document = Document::new("uji", "-", sentences.join("\n"));
        let mut at = 0;
        for (number, sentence) in sentences.iter().enumerate() {
            let first = document.tokens.len();
            let start = at;
            for word in sentence.split(' ') {
                document.push_token(Span::new(at, at + word.len()), TokenKind::Word);
                let last = document.tokens.len() - 1;
                document.tokens[last].stop = ["di", "yang"].contains(&word);
                at += word.len() + 1;
            }
            document.sentences.push(Sentence {
                span: Span::new(start, at - 1),
                tokens: first..document.tokens.len(),
                headline: number == 0,
            });
        }
        document
    }

    #[test]
    fn documents_headlines_and_capitals_are_counted() {
        let mut builder = Builder::new();
        for _ in 0..9 {
            builder.add(&document(&["banjir rob", "warga di Demak kena banjir rob"]));
        }
        builder.add(&document(&["gempa", "warga di Demak lari"]));
        let background = Background::open(builder.finish(1)).unwrap();
        assert_eq!(background.documents(), 10);
        let rob = Usage::from(background.find(hash::phrase("banjir rob")).unwrap());
        assert!((rob.idf - 1.1_f64.ln()).abs() < 1e-3);
        // Nine of nine, smoothed by ten articles of the average.
        assert!((rob.headline - (9.0 + 1.5) / 19.0).abs() < 1e-2);
        assert!(background.word(hash::word("demak")).capital > 0.9);
        assert!(background.word(hash::word("banjir")).capital < 0.1);
        assert!(background.find(hash::phrase("warga di")).is_none());
        assert!(background.find(hash::phrase("warga di demak")).is_some());
    }

    #[test]
    fn what_all_documents_hold_sets_none_apart() {
        let mut builder = Builder::new();
        for _ in 0..20 {
            builder.add(&document(&["kabar", "banjir rob"]));
        }
        builder.add(&document(&["kabar", "harga emas"]));
        let background = Background::open(builder.finish(2)).unwrap();
        assert!(background.distinction(hash::phrase("kabar")) < 1e-3);
        let common = background.distinction(hash::phrase("banjir rob"));
        let rare = background.distinction(hash::phrase("harga emas"));
        assert!(common < rare && rare < 1.0, "{common} {rare}");
    }

    #[test]
    fn a_crowded_table_forgets_the_rare_and_never_counts_too_much() {
        let mut builder = Builder { max_phrases: 40, ..Builder::new() };
        for number in 0..200 {
            let rare = format!("kata{number} langka{number}");
            builder.add(&document(&["kabar", "harga emas naik", &rare]));
        }
        assert!(builder.phrases.len() <= 40);
        let common = builder.phrases[&hash::phrase("harga emas")];
        assert!(common.documents <= 200 && common.documents + common.missed >= 200);
    }

    #[test]
    fn the_same_documents_give_the_same_bytes() {
        let build = || {
            let mut builder = Builder::new();
            builder.add(&document(&["banjir rob", "warga di Demak"]));
            builder.add(&document(&["harga emas", "harga emas naik lagi"]));
            builder.finish(1)
        };
        assert_eq!(build(), build());
    }
}

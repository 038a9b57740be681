//! Lemmas of words and of documents.

use nukil_types::{Document, Span, Token, TokenKind};
use rust_stemmers::{Algorithm, Stemmer as Snowball};
use rustc_hash::FxHashMap;

use crate::FormatError;
use crate::analysis::{LONGEST_WORD, best};
use crate::hyphens::{Hyphened, read};
use crate::lexicon::Lexicon;

/// Forms that a [`Scratch`] remembers before it starts afresh.
const REMEMBERED_FORMS: usize = 1 << 16;

/// Share of a sentence's words with a capital from which on the capital says nothing (headlines).
const TITLE_CASE_SHARE: f64 = 0.6;

/// The lemmatiser of Indonesian words: forms in, dictionary forms out.
///
/// Immutable once opened, so one serves all workers; what changes lies in each worker's [`Scratch`].
pub struct Stemmer {
    lexicon: Lexicon,
    snowball: Snowball,
}

/// Working memory of one worker: forms already seen, reused from document to document.
#[derive(Default)]
pub struct Scratch {
    seen: FxHashMap<Box<str>, Verdict>,
}

/// What a form is made from.
#[derive(Clone, Copy)]
enum Verdict {
    /// Itself.
    Whole,
    /// A root, an exception's lemma or an English word.
    Lemma {
        lemma: &'static str,
        /// Not to be believed of a word that a capital marks as a name.
        weak: bool,
    },
    /// The bytes of the form between these offsets.
    Part(usize, usize),
}

impl Stemmer {
    /// Opens an artefact of [`compile`](crate::compile); takes about a millisecond.
    ///
    /// # Errors
    /// When the bytes are no such artefact, of another format, or damaged.
    pub fn from_bytes(artefact: &'static [u8]) -> Result<Self, FormatError> {
        Ok(Stemmer {
            lexicon: Lexicon::open(artefact)?,
            snowball: Snowball::create(Algorithm::English),
        })
    }

    /// Digest of the sources that the lexicon was compiled from.
    pub fn source_digest(&self) -> u64 {
        self.lexicon.digest()
    }

    /// The lemma of a lower-cased form: a root or the form itself.
    pub fn lemma<'w>(&self, folded: &'w str, scratch: &mut Scratch) -> &'w str {
        match self.verdict(folded, scratch) {
            Verdict::Whole => folded,
            Verdict::Lemma { lemma, .. } => lemma,
            Verdict::Part(start, end) => &folded[start..end],
        }
    }

    /// Gives every word of the document whose lemma differs from its folded form that lemma.
    ///
    /// A capital inside a sentence marks a name, and acronyms are written in capitals throughout:
    /// such tokens stay whole unless they are made with affixes that seldom occur in names by
    /// chance (*Kementerian Keuangan* has its lemmas, *Bekasi* and *Susi* stay as they are).
    pub fn lemmatize(&self, document: &mut Document, scratch: &mut Scratch) {
        for sentence in 0..document.sentences.len() {
            let tokens = document.sentences[sentence].tokens.clone();
            let capitals_tell = capitals_tell(document, tokens.clone());
            let mut fresh_start = true;
            for index in tokens {
                let token = &document.tokens[index];
                let after_opening = std::mem::replace(&mut fresh_start, opens(document, token));
                if token.kind != TokenKind::Word {
                    fresh_start |= after_opening && token.kind == TokenKind::Punctuation;
                    continue;
                }
                let spelling =
                    if capitals_tell { spelling(document, token) } else { Spelling::Lower };
                if spelling == Spelling::Acronym {
                    continue;
                }
                let name = spelling == Spelling::Capital && !after_opening;
                let folded = token.folded;
                match self.verdict(document.folded(token), scratch) {
                    Verdict::Whole => {}
                    Verdict::Lemma { weak: true, .. } if name => {}
                    Verdict::Lemma { lemma, .. } => document.set_lemma(index, lemma),
                    Verdict::Part(start, end) => {
                        document.tokens[index].lemma =
                            Span::new(folded.start + start, folded.start + end);
                    }
                }
            }
        }
    }

    fn verdict(&self, folded: &str, scratch: &mut Scratch) -> Verdict {
        if let Some(entry) = self.lexicon.get(folded.as_bytes()) {
            return if entry.lemma == folded {
                Verdict::Whole
            } else {
                Verdict::Lemma { lemma: entry.lemma, weak: false }
            };
        }
        // A form this long is seen once; remembering it would only fill memory.
        if folded.len() > 2 * LONGEST_WORD {
            return Verdict::Whole;
        }
        if let Some(&verdict) = scratch.seen.get(folded) {
            return verdict;
        }
        let verdict = self.analyse(folded);
        if scratch.seen.len() == REMEMBERED_FORMS {
            scratch.seen.clear();
        }
        scratch.seen.insert(folded.into(), verdict);
        verdict
    }

    fn analyse(&self, folded: &str) -> Verdict {
        if folded.contains('-') {
            return match read(&self.lexicon, folded) {
                Hyphened::Root(lemma) => Verdict::Lemma { lemma, weak: false },
                Hyphened::Part(start, end) => Verdict::Part(start, end),
                Hyphened::Whole => Verdict::Whole,
            };
        }
        if let Some(reading) = best(&self.lexicon, folded.as_bytes()) {
            return Verdict::Lemma { lemma: reading.root, weak: reading.weak };
        }
        match self.english(folded) {
            Some(lemma) if lemma != folded => Verdict::Lemma { lemma, weak: true },
            _ => Verdict::Whole,
        }
    }

    /// The dictionary form of an inflected English word, where that form is known as English.
    fn english(&self, folded: &str) -> Option<&'static str> {
        let inflected = ["s", "ing", "ed"].iter().any(|ending| folded.ends_with(ending));
        if !inflected || folded.len() < 5 || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let lemma = self.lexicon.english(&self.snowball.stem(folded))?;
        // A stem is shared by derived words too (related, relatively); an inflection only adds to
        // its dictionary form, but for a final e or y.
        folded.starts_with(lemma.trim_end_matches(['e', 'y'])).then_some(lemma)
    }
}

/// Whether the word after this token may have its capital only from where it stands, as the first
/// of a quotation or after a colon or dash.
fn opens(document: &Document, token: &Token) -> bool {
    token.kind == TokenKind::Punctuation
        && matches!(
            document.surface(token),
            "\"" | "“" | "‘" | "'" | "«" | "(" | ":" | "-" | "–" | "—"
        )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Lower,
    Capital,
    Acronym,
}

fn spelling(document: &Document, token: &Token) -> Spelling {
    let surface = document.surface(token);
    let mut letters = surface.chars().filter(|letter| letter.is_alphabetic());
    if !surface.starts_with(char::is_uppercase) {
        Spelling::Lower
    } else if surface.len() > 1 && letters.all(char::is_uppercase) {
        Spelling::Acronym
    } else {
        Spelling::Capital
    }
}

/// Whether a capital means something in this sentence: not in a headline in title case or capitals.
fn capitals_tell(document: &Document, tokens: std::ops::Range<usize>) -> bool {
    let mut words = 0;
    let mut capitals = 0;
    for token in &document.tokens[tokens] {
        if token.kind == TokenKind::Word {
            words += 1;
            capitals += usize::from(document.surface(token).starts_with(char::is_uppercase));
        }
    }
    (capitals as f64) < TITLE_CASE_SHARE * f64::from(words)
}

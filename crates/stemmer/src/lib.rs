//! Lemmas of Indonesian words: roots, affix rules and exceptions.
//!
//! [`compile`] turns the readable lists of `data/roots` into one artefact; [`Stemmer::from_bytes`]
//! opens it in about a millisecond. A [`Stemmer`] gives the dictionary form of a word, which for
//! an inflected or derived word is its root: *dipertanggungjawabkan* is *tanggungjawab*,
//! *penulisannya* is *tulis*, *tolong-menolong* is *tolong*. It serves as stemmer for search and
//! as lemmatiser alike, because Indonesian dictionaries list derived words under their roots.
//!
//! ```
//! use nukil_stemmer::{Scratch, Source, Sources, Stemmer, compile};
//!
//! let artefact = compile(&Sources {
//!     roots: Source::new("roots.tsv", "root\tcount\tsources\nlari\t20\ts\ntulis\t90\ts\n"),
//!     own: Source::new("own.tsv", "word\tverdict\treason\n"),
//!     exceptions: Source::new("exceptions.tsv", "form\tlemma\treason\ntapi\ttetapi\tbaku\n"),
//!     names: Source::new("names.tsv", "name\tcount\n"),
//!     english: Source::new("english.tsv", "word\tcount\n"),
//!     variants: Source::new("variants.tsv", "variant\tstandard\n"),
//!     ambiguous: Source::new("ambiguous.tsv", "form\tlemma\tother\tbefore\tafter\treason\n"),
//! })?;
//! let stemmer = Stemmer::from_bytes(artefact.leak())?;
//! let mut scratch = Scratch::default();
//! assert_eq!(stemmer.lemma("penulisannya", &mut scratch), "tulis");
//! assert_eq!(stemmer.lemma("berlari-lari", &mut scratch), "lari");
//! assert_eq!(stemmer.lemma("tapi", &mut scratch), "tetapi");
//! assert_eq!(stemmer.lemma("jakarta", &mut scratch), "jakarta");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How a word is read
//!
//! 1. A form that the lexicon holds is decided: a root is its own lemma, an exception has the one
//!    that is listed, a name stays whole.
//! 2. A hyphened form is compared half with half (`hyphens`).
//! 3. Otherwise every way to take clitics, suffixes and prefixes off is tried (`affixes`), and the
//!    known root that is most likely, by its frequency in news and its length, wins (`analysis`).
//! 4. An inflected English word has the dictionary form of the English words that share its
//!    Snowball stem, if the lexicon knows one (*games*, *game*).
//! 5. All else stays whole: no lemma is ever a stump.
//!
//! # Where treebanks differ
//!
//! The Indonesian treebanks disagree on function words whose affix is no longer felt: two keep
//! *sebagai* and *setelah* whole, one strips them. Here conjunctions, prepositions and adverbs of
//! that kind stay whole, by `exceptions.tsv`; verbs used as prepositions (*terhadap*, *menurut*)
//! go to their roots, as dictionaries have them.

mod affixes;
mod analysis;
mod clitics;
mod error;
mod families;
mod hyphens;
mod lexicon;
mod source;
mod stemmer;

pub use clitics::Clitics;
pub use error::{CompileError, FormatError};
pub use lexicon::{Sources, compile};
pub use source::Source;
pub use stemmer::{LemmaProfile, Options, Scratch, Stemmer};

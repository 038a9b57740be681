//! Lemmas of Indonesian words: roots, affix rules and exceptions.
//!
//! [`compile`] turns the readable lists of `data/roots` into one artefact; [`Stemmer::from_bytes`]
//! opens it in about a millisecond. A [`Stemmer`] gives the dictionary form of a word, which for
//! an inflected or derived word is its root: *dipertanggungjawabkan* is *tanggungjawab*,
//! *penulisannya* is *tulis*, *tolong-menolong* is *tolong*. That is the profile
//! [`LemmaProfile::Lemma`]; the stemmer for search, [`LemmaProfile::Root`], goes on to one root for
//! a family of words (*aktivitas*, *aktif*). [`Options`] choose between them, ask for the standard
//! spelling (*karir*, *karier*), or for the [`Clitics`] of every word.
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
//! let clitics = stemmer.clitics("penulisannya", &mut scratch);
//! assert_eq!(&"penulisannya"[clitics.host("penulisannya".len())], "penulisan");
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
//! 5. An unknown word in -nya loses it, unless it is written as a name.
//! 6. All else stays whole: no lemma is ever a stump.
//!
//! # Where treebanks differ
//!
//! The Indonesian treebanks disagree on function words whose affix is no longer felt: two keep
//! *setelah* whole, one strips it. Here conjunctions, prepositions and adverbs of that kind stay
//! whole, by `exceptions.tsv`; verbs used as prepositions (*terhadap*, *menurut*) go to their
//! roots, as dictionaries have them. `TREEBANKS.md` beside the crate has the rest.

mod affixes;
mod analysis;
mod clitics;
mod error;
mod families;
mod hyphens;
mod lexicon;
mod memory;
mod source;
mod stemmer;

pub use clitics::Clitics;
pub use error::{CompileError, FormatError};
pub use lexicon::{Sources, compile};
pub use source::Source;
pub use stemmer::{LemmaProfile, Options, Scratch, Stemmer};

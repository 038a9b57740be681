//! Marks the function words of Indonesian by profile.
//!
//! A stop word is marked, never dropped: names hold function words ("Partai Bulan Bintang",
//! "Hari Tanoesoedibjo"), so each later room decides for itself what a mark means to it.
//!
//! Two profiles: [`Profile::Short`] holds function words proper (prepositions, conjunctions,
//! pronouns, determiners, negations, auxiliaries, particles, adverbs of degree and time), and
//! [`Profile::Long`] adds colloquial forms, forms of address, verbs of reporting, words of news
//! pages, words of time, light verbs and fillers. Users add and remove words of their own.
//!
//! ```
//! use nukil_stopwords::{Profile, Stopwords};
//!
//! let short = "word\tkind\ndan\tconjunction\nitu\tpronoun\n";
//! let long = "word\tkind\nkatanya\treporting\n";
//! let mut stopwords = Stopwords::new(Profile::Short, short, long)?;
//! assert!(stopwords.is_stop("itulah"));
//! assert!(!stopwords.is_stop("katanya"));
//! stopwords.add(&["katanya"]);
//! assert!(stopwords.is_stop("katanya"));
//! # Ok::<(), nukil_stopwords::ListError>(())
//! ```
//!
//! # What is marked
//!
//! - Only tokens of kind `Word`. Punctuation marks, numbers and addresses are no words, hence no
//!   stop words, whatever a list says; who wants to skip them asks for the kind.
//! - A listed word, in whatever case it is written.
//! - A listed word with a clitic: *itulah*, *baginya*, *siapakah*, *olehnya*.
//! - A word doubled or joined with a hyphen of which every part is a stop word: *mereka-mereka*,
//!   *sana-sini*.
//! - Never a word that the lists call `content`, which only looks like such a form: *makalah* is no
//!   *maka* with *-lah*.

mod beginnings;
mod list;
mod stopwords;

pub use list::ListError;
pub use stopwords::{Profile, Stopwords};

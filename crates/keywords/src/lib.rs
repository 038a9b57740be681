//! Ranks the phrases that say what a document is about.
//!
//! 1. Candidates are runs of one to four tokens without punctuation or a function
//!    word at an edge, and the names that the entities found. The forms of one name are one
//!    candidate.
//! 2. For each, [`Feature`]s gather the evidence: how often, where, in what letters, as whose
//!    name, whether the page links it, and how the news at large ([`background`]) uses the phrase
//!    and its words.
//! 3. [`Weights`] turn the evidence into a score. They were learned from tags that editors gave
//!    their articles and from annotators' keyphrases; [`Weights::statistical`] are set by hand and
//!    know no newsroom's habits.
//! 4. The best candidates are ranked once more by trees ([`Forest`]), which see how a candidate stands
//!    to the others ([`Context`]) and what editors choose elsewhere ([`Habits`]). Weights set by hand do
//!    without.
//! 5. The list is taken from the top, without phrases that only repeat a better one. Every keyword
//!    comes with all its occurrences.
//!
//! A user's own collection can be the background ([`background::Builder`]). The documents of one
//! corpus are ranked by what sets them apart ([`Ranker::with_corpus`]), and a [`Corpus`] gathers
//! their keywords with days and bursts.
//!
//! ```
//! use nukil_keywords::{Ranker, Scratch, Weights, background};
//! use nukil_types::{Document, Sentence, Span, TokenKind};
//!
//! let text = "Harga emas naik lagi. Kenaikan harga emas didorong permintaan.";
//! let mut document = Document::new("a1", "contoh.txt", text);
//! for (start, end) in [(0, 20), (22, 61)] {
//!     let first = document.tokens.len();
//!     let mut at = start;
//!     for word in text[start..end].split(' ') {
//!         document.push_token(Span::new(at, at + word.len()), TokenKind::Word);
//!         at += word.len() + 1;
//!     }
//!     let tokens = first..document.tokens.len();
//!     document.sentences.push(Sentence { span: Span::new(start, end), tokens, headline: false });
//! }
//!
//! let words = "word\tdocuments\tlower\tcapital\n*\t1000\t1\t1\nnaik\t300\t1\t0\nlagi\t500\t1\t0\n";
//! let phrases = "phrase\tdocuments\nharga emas\t40\n";
//! let compiled = background::compile(words, phrases, "phrase\tdocuments\theadlines\n").unwrap();
//! let weights = Weights::statistical().to_tsv("");
//! let ranker = Ranker::new(compiled.leak(), &weights).unwrap();
//! ranker.rank(&mut document, &mut Scratch::new(), 5);
//! assert_eq!(document.keywords[0].text, "harga emas");
//! assert_eq!(document.keywords[0].count, 2);
//! ```

pub mod background;
mod builder;
mod burst;
mod candidates;
mod context;
mod corpus;
mod exclude;
mod features;
mod forest;
mod habits;
mod hash;
mod links;
mod marks;
mod memory;
mod merge;
mod ranker;
mod scratch;
mod select;
mod single;
pub mod tables;
mod weights;
mod words;

pub use context::{AGAIN, Context, SECOND};
pub use corpus::{Corpus, Period};
pub use features::{Feature, Features};
pub use forest::{DEPTH, Forest, LEAVES, Tree};
pub use habits::Habits;
pub use ranker::{Method, Ranker, RankerError};
pub use scratch::Scratch;
pub use weights::Weights;

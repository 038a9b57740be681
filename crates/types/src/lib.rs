//! The vocabulary that the rooms of `nukil` share: a [`Document`] and what each stage adds to it.
//!
//! A document goes forward only: `article` finds the headline and the prose, `language` names
//! the language, `tokenizer` adds [`Sentence`]s and [`Token`]s, `stopwords` and `stemmer` mark
//! and lemmatise them, `entities` adds [`Mention`]s, [`Entity`] rows, [`Quote`]s and [`Value`]s,
//! `keywords` adds [`Keyword`]s. No stage moves what an earlier one put there.
//!
//! All spans inside the program are half-open **byte** ranges of [`Document::text`] on character
//! boundaries; [`OffsetTable`] turns them into code points or UTF-16 units at the edge, once.
//!
//! ```
//! use nukil_types::{Document, Span};
//!
//! let mut document = Document::new("a1", "contoh.txt", "Presiden bertolak ke Surabaya.");
//! document.body.push(Span::new(0, 30));
//! assert_eq!(document.slice(Span::new(21, 29)), "Surabaya");
//! ```

pub mod artefact;
mod block;
pub mod bytes;
mod clitic;
mod corpus;
mod document;
mod extra;
pub mod facts;
mod fields;
pub mod hash;
mod key;
mod lengths;
mod limits;
mod numbers;
mod offsets;
mod panics;
mod quote;
pub mod rows;
mod span;
mod sparse;
mod table;
mod texts;
mod value;

pub use block::{Block, BlockKind};
pub use clitic::{Clitic, CliticKind};
pub use corpus::{Burst, CorpusKeyword};
pub use document::{
    DateSource, Dateline, Document, Entity, FoldedText, Keyword, Label, Language, Mention,
    MentionSource, Passage, Sentence, Skip, Token, TokenKind, word_goes_on,
};
pub use extra::ExtraColumns;
pub use fields::{Fields, Role, pass_through_name};
pub use key::FormKey;
pub use lengths::FormLengths;
pub use limits::{Limits, PageLimits};
pub use numbers::HashNumbers;
pub use offsets::{OffsetTable, OffsetUnit};
pub use panics::{guarded, is_guarded};
pub use quote::{Quote, QuoteKind};
pub use span::Span;
pub use sparse::SparseTable;
pub use table::FormTable;
pub use texts::TextTable;
pub use value::{Value, ValueKind};

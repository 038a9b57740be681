//! Tokens and sentences of Indonesian text, with offsets.
//!
//! The base is Unicode's word bounds; on it stand the rules of Indonesian, a file a rule (the
//! module `rules`): reduplication and affixed hyphens, amounts, dates, abbreviations and degrees,
//! initials, addresses, apostrophes. Sentences are found over the tokens (module `sentences`).
//! White space is no token; every other visible character is in exactly one, and nothing is changed:
//! the surfaces and the blanks between them give back the text.
//!
//! ```
//! use nukil_tokenizer::Tokenizer;
//! use nukil_types::{Document, Span};
//!
//! let tokenizer = Tokenizer::new("form\tkind\nDr.\tinner\nS.H.\topen\n")?;
//! let text = "\"Harganya Rp1,5 triliun,\" kata Dr. Budi S. Putra, S.H. Anak-anak senang.";
//! let mut document = Document::new("a1", "contoh.txt", text);
//! document.body.push(Span::new(0, text.len()));
//! tokenizer.tokenize(&mut document);
//!
//! let surfaces: Vec<&str> = document.tokens.iter().map(|token| document.surface(token)).collect();
//! assert_eq!(surfaces[1..5], ["Harganya", "Rp", "1,5", "triliun"]);
//! assert_eq!(surfaces[7..], ["kata", "Dr.", "Budi", "S.", "Putra", ",", "S.H.", "Anak-anak", "senang", "."]);
//! assert_eq!(document.sentences.len(), 2);
//! # Ok::<(), nukil_tokenizer::AbbreviationsError>(())
//! ```

mod abbreviations;
mod chars;
mod error;
mod glue;
mod rules;
mod scan;
mod sentences;
mod tokenizer;

pub use error::AbbreviationsError;
pub use tokenizer::Tokenizer;

//! Separates headline, byline, dateline and prose of a news article from page furniture.
//!
//! Text comes as it is, or a [`PageReader`] takes it out of an HTML page.
//!
//! A page is read as lines. Rules in readable tables (`data/article`) say which lines and which
//! parts of lines are links, adverts, credits and sign-offs; the layout of the page says which
//! line is the headline, where the dateline ends, and where the column of related headlines
//! begins. Lines that recur in the collection can be learned from it ([`FurnitureLearner`]).
//! Nothing is deleted: an [`Outline`] holds spans of the text as given, and its
//! [blocks](nukil_types::Block) say what the rest is. [`moments`] and [`dates`] read when an
//! article was published.
//!
//! ```
//! use nukil_article::{Arranger, Layout};
//! use nukil_types::Document;
//!
//! let arranger =
//!     Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS)?;
//! let mut document = Document::new(
//!     "a1",
//!     "contoh.txt",
//!     "Wali Kota Resmikan Pasar Ikan Baru\n\n\
//!      TEMPO.CO, Jakarta - Pasar itu dibuka Senin, 19 September 2022.\n\n\
//!      Baca juga: Harga Ikan Turun\n\n\
//!      Pedagang mulai berjualan. (dry/din)",
//! );
//! arranger.arrange(&mut document, Layout::Article);
//!
//! assert_eq!(document.title.as_deref(), Some("Wali Kota Resmikan Pasar Ikan Baru"));
//! assert_eq!(document.dateline.outlet.as_deref(), Some("TEMPO.CO"));
//! assert_eq!(document.dateline.place.as_deref(), Some("Jakarta"));
//! assert_eq!(document.published.as_deref(), Some("2022-09-19"));
//! let body: Vec<&str> = document.body.iter().map(|&span| document.slice(span)).collect();
//! assert_eq!(body, [
//!     "Pasar itu dibuka Senin, 19 September 2022.",
//!     "Pedagang mulai berjualan.",
//! ]);
//! # Ok::<(), nukil_article::RuleError>(())
//! ```

mod anchors;
mod arranger;
mod dateline;
pub mod dates;
mod debris;
mod error;
mod features;
mod furniture;
mod headline;
mod html;
#[doc(hidden)]
pub mod learning;
mod lines;
mod link;
mod model;
pub mod moments;
mod outlets;
mod pattern;
mod recurring;
mod related;
mod signoff;
mod site;
mod tokens;
mod told;
mod units;
mod words;

pub use arranger::{Arranger, Layout, Outline};
pub use error::RuleError;
pub use html::{Page, PageError, PageLimits, PageReader};
pub use recurring::{FurnitureLearner, RecurringFurniture};

//! Which language a document is written in, and which its paragraphs are where it is mixed.
//!
//! whatlang knows neither Malay nor Sundanese nor Minangkabau, and takes short Indonesian headlines
//! for Javanese. So the words of `data/language/function-words.tsv` vote first: function words, and
//! the spellings in which Indonesian and Malay differ (karena/kerana, polisi/polis, -itas/-iti).
//! Between Indonesian, Malay and English the words of running text then decide, by how often each
//! of the three has them (`data/language/words.tsv`). Only a text in which both say little is shown
//! to whatlang. The answer is advice; nothing is dropped.
//!
//! How often the answer is right, on 566 Indonesian, Malay and English documents and their 10,310
//! sentences of three words and more, each asked for alone (`scripts/score-languages`):
//!
//! | | documents | sentences | Indonesian | Malay | English |
//! |---|---|---|---|---|---|
//! | this crate, words learned in part from the same Malay documents | 99.8 | 96.7 | 98.4 | 94.4 | 99.0 |
//! | this crate, the table of words alone, Malay five-fold | | 95.0 | 98.6 | 90.3 | 99.0 |
//! | lingua 2.1.1, asked for these three languages | 99.5 | 90.7 | 86.1 | 93.6 | 100.0 |
//! | lingua 2.1.1, all its languages | 99.5 | 90.4 | 85.7 | 93.4 | 99.3 |
//! | whatlang 0.18 (knows no Malay) | 53.7 | 52.2 | 93.4 | 0.0 | 94.0 |
//!
//! Javanese, Sundanese and Minangkabau are known by function words alone and measured by sentences
//! written for the tests.
//!
//! ```
//! use nukil_language::Detector;
//!
//! let votes = "word\tlanguage\tweight\ndan\tid|ms\t1\nkarena\tid\t2\nkerana\tms\t2\n";
//! let words = "word\tid\tms\ten\nbanjir\t0\t0\t60\nkemarin\t0\t31\t60\n";
//! let detector = Detector::new(votes, words)?;
//! assert_eq!(detector.detect("Jalan ditutup karena hujan dan banjir.").code, "id");
//! assert_eq!(detector.detect("Jalan ditutup kerana hujan dan banjir.").code, "ms");
//! assert_eq!(detector.detect("12.30").code, "und");
//! # Ok::<(), nukil_language::TableError>(())
//! ```

mod codes;
mod count;
mod detector;
mod error;
mod evidence;
mod votes;
mod words;

pub use detector::Detector;
pub use error::TableError;

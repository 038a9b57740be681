//! Which language a document is written in: whatlang plus a vote of function words.
//!
//! whatlang knows neither Malay nor Sundanese nor Minangkabau, and takes short Indonesian headlines
//! for Javanese. So the words of `data/language/function-words.tsv` vote first: function words, and
//! the spellings in which Indonesian and Malay differ (karena/kerana, polisi/polis, -itas/-iti).
//! Only a text in which they are rare is shown to whatlang. The answer is advice; nothing is dropped.
//!
//! ```
//! use nukil_language::Detector;
//!
//! let votes = "word\tlanguage\tweight\ndan\tid|ms\t1\nkarena\tid\t2\nkerana\tms\t2\n";
//! let detector = Detector::new(votes)?;
//! assert_eq!(detector.detect("Jalan ditutup karena hujan dan banjir.").code, "id");
//! assert_eq!(detector.detect("Jalan ditutup kerana hujan dan banjir.").code, "ms");
//! assert_eq!(detector.detect("12.30").code, "und");
//! # Ok::<(), nukil_language::VotesError>(())
//! ```

mod codes;
mod detector;
mod votes;

pub use detector::Detector;
pub use votes::VotesError;

//! Labels the tokens of a sentence: which of them name a person, a place, an organisation, or
//! whatever else a file of labelled tokens teaches.
//!
//! A linear-chain conditional random field (Lafferty, McCallum and Pereira, *Conditional Random
//! Fields*, 2001). What it looks at stands in two files that read as lists: [`Slot`] holds what
//! others tell of a token (gazetteer hits, titles, verbs of speech, how it is written), and
//! `features.rs` what the tagger sees by itself (letters, word clusters, neighbours) and which of
//! all that it takes together. [`train`] finds the weights; a [`Model`] keeps those that matter;
//! a [`Tagger`] labels with it, adding up a few vectors a token; [`Evaluation`] says how right
//! that is.
//!
//! This crate knows neither gazetteers nor rules: whoever calls it fills in the [`Signs`].
//!
//! ```
//! use nukil_tagger::{
//!     Clusters, Example, Labels, Model, Scratch, Settings, Signs, Tagger, compile_clusters, train,
//! };
//!
//! let table = "word\tuse64\tuse256\tuse1000\ttopic64\ttopic256\ttopic1000\tlabel64\nkata\t1\t1\t1\t1\t1\t1\t1\n";
//! let bytes = compile_clusters(table).unwrap();
//! let clusters = Clusters::open(&bytes).unwrap();
//! let labels = Labels::new(["PER".to_string()]);
//!
//! let sentence = |text: &str| -> Vec<(String, String)> {
//!     text.split(' ').map(|word| (word.to_string(), word.to_lowercase())).collect()
//! };
//! let example = |text: &str, labels: &[usize]| Example {
//!     words: sentence(text),
//!     signs: vec![Signs::default(); labels.len()],
//!     labels: labels.to_vec(),
//!     set: 0,
//!     document: 0,
//!     weight: 1.0,
//!     copy: false,
//! };
//! let examples =
//!     [example("hujan turun , kata Budi", &[0, 0, 0, 0, 1]), example("kata Siti", &[0, 1])];
//! let settings = Settings { least: 1, ..Settings::default() };
//! let model = train(&labels, &clusters, &examples, &settings, &mut |_, _| {});
//!
//! // A name that was not in the examples, behind a verb that was.
//! let model = Model::open(&model.to_bytes(), &clusters).unwrap();
//! let tagger = Tagger::new(model, clusters);
//! let words = sentence("kata Joko");
//! let words = words.iter().map(|(surface, folded)| (surface.as_str(), folded.as_str()));
//! let mut scratch = Scratch::default();
//! assert_eq!(tagger.tag(words, &[Signs::default(); 2], &mut scratch), [0, 1]);
//! let names = tagger.labels().stretches(&[0, 1]);
//! assert!(tagger.probabilities(&names, &mut scratch)[0] > 0.5);
//! ```

mod asked;
mod beside;
mod calibration;
mod clusters;
mod document;
mod evaluate;
mod features;
mod labels;
mod lattice;
mod lbfgs;
mod model;
mod potentials;
mod signs;
mod spans;
mod sums;
mod tagger;
mod train;
mod tsv;

pub use calibration::Line;
pub use clusters::{Clusters, ClustersError, compile_clusters};
pub use document::{DocumentNames, Form, tell_document, tell_examples};
pub use evaluate::{Evaluation, Figures};
pub use labels::{Labels, Stretch};
pub use lbfgs::minimise;
pub use model::Model;
pub use signs::{SLOTS, Signs, Slot};
pub use spans::{SpanClassifier, SpanSettings};
pub use tagger::{Scratch, Tagger, Word};
pub use train::{Example, Settings, train};
pub use tsv::{Sentence, TsvError, begins_document, read};

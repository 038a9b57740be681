//! Readers of collections and writers of the dataset folder.
//!
//! Input comes as text files, JSON Lines, CSV or Parquet, compressed or not, from files, folders,
//! globs, tar archives or standard input. A [`Reader`] makes one stream of [`Document`]s of it, in a
//! fixed order, with one document in memory at a time; what cannot be read is a [`Failure`] in the
//! stream. Output is a dataset folder of CSV or Parquet tables or of JSON Lines records
//! ([`DatasetWriter`]), or records on any stream ([`RecordWriter`]). [`columns`] names the tables' columns.
//!
//! Inside the program offsets are bytes; the writers turn them into code points, or what else
//! is asked for, once a document.
//!
//! ```
//! use nukil_tables::{DatasetOptions, DatasetWriter, ReadOptions, Reader};
//!
//! let folder = tempfile::tempdir()?;
//! let berita = folder.path().join("berita.csv");
//! std::fs::write(&berita, "id,text,rubrik\nb1,Presiden bertolak ke Surabaya.,nasional\n")?;
//!
//! let out = folder.path().join("hasil");
//! let mut writer = DatasetWriter::create(&out, DatasetOptions::default())?;
//! for document in Reader::new(vec![berita], ReadOptions::default()) {
//!     match document {
//!         Ok(document) => writer.write(&document)?, // After the pipeline has been over it.
//!         Err(failure) => writer.fail(&failure)?,
//!     }
//! }
//! writer.finish()?;
//! let documents = std::fs::read_to_string(out.join("documents.csv"))?;
//! assert!(documents.lines().next().unwrap().ends_with(",replacement_characters,published_at,published_from,rubrik"));
//! assert!(documents.lines().nth(1).unwrap().ends_with(",false,und,,0,,,nasional"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Document`]: nukil_types::Document

mod digest;
mod failure;
mod read;
mod write;

pub use digest::Digest;
pub use failure::Failure;
pub use nukil_types::{Fields, Limits};
pub use read::{
    Charset, Fingerprint, InputFormat, InputMark, InputTrail, ReadOptions, Reader, total_bytes,
};
pub use write::{
    Change, CompleteFile, Counts, DatasetOptions, DatasetWriter, FileEntry, KeywordRecordWriter,
    KeywordWriter, Manifest, OpenError, Opened, PartitionBy, RecordWriter, RunDescription, SCHEMA,
    StagedFile, WordFormat, WordWriter, WriteError, columns,
};

//! Writers: from processed documents to the dataset folder or a stream of records.

pub mod columns;
mod csv_table;
mod csv_tables;
mod dataset;
mod join;
mod json;
mod keywords;
pub(crate) mod manifest;
mod numbers;
mod ours;
mod parquet_tables;
mod part;
mod partition;
mod record;
mod special;
mod staged;
mod words;
mod workplace;

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use nukil_types::{Document, OffsetTable, OffsetUnit};

use self::json::Json;
use self::record::Record;

pub use self::dataset::{DatasetOptions, DatasetWriter, OpenError, Opened};
pub use self::keywords::{KeywordRecordWriter, KeywordWriter};
pub use self::manifest::{Change, Counts, FileEntry, Kind, Manifest, RunDescription};
pub use self::partition::PartitionBy;
pub use self::record::SCHEMA;
pub use self::staged::{CompleteFile, StagedFile};
pub use self::words::{WordFormat, WordWriter};

/// Output that could not be written: which file, and why.
#[derive(Debug)]
pub struct WriteError {
    path: PathBuf,
    error: io::Error,
}

impl WriteError {
    pub(crate) fn new(path: &Path, error: io::Error) -> Self {
        WriteError { path: path.to_path_buf(), error }
    }

    /// The file or folder that could not be written.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}", self.path.display())
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

/// Writes documents as JSON Lines records to any stream.
///
/// ```
/// use nukil_tables::RecordWriter;
/// use nukil_types::{Document, OffsetUnit};
///
/// let mut lines = Vec::new();
/// let mut writer = RecordWriter::new(&mut lines, OffsetUnit::CodePoint, false);
/// writer.write(&Document::new("a1", "-", "Gempa mengguncang Cianjur."))?;
/// assert!(lines.starts_with(b"{\"schema\":2,\"id\":\"a1\",\"source\":\"-\","));
/// assert!(lines.ends_with(b"}\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct RecordWriter<W> {
    stream: W,
    unit: OffsetUnit,
    tokens: bool,
    json: Json,
}

impl<W: Write> RecordWriter<W> {
    /// A writer to `stream`, which should be buffered, with offsets in `unit`, and with tokens
    /// where `tokens` says so.
    pub fn new(stream: W, unit: OffsetUnit, tokens: bool) -> Self {
        RecordWriter { stream, unit, tokens, json: Json::default() }
    }

    /// Writes one record and the end of its line.
    ///
    /// # Errors
    /// Those of the stream, under their own [`io::ErrorKind`].
    pub fn write(&mut self, document: &Document) -> io::Result<()> {
        let offsets = OffsetTable::new(&document.text, self.unit);
        let record = Record { document, offsets: &offsets, tokens: self.tokens };
        self.stream.write_all(self.json.line(record))
    }

    /// Sends what is buffered on its way.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

//! The keywords of documents, and of the whole collection, without the other tables.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use nukil_types::{CorpusKeyword, Document, OffsetTable, OffsetUnit};

use super::WriteError;
use super::csv_tables::{CorpusTable, FailuresTable, KeywordTables};
use super::dataset::MadeFolder;
use super::json::Json;
use super::manifest::MANIFEST;
use super::record::{Record, corpus_record, keywords_record};
use super::workplace::remove;
use crate::Failure;

/// Writes the tables of keywords into a folder: `keywords.csv`, `keyword_occurrences.csv`,
/// `failures.csv` and, for a collection, `corpus.csv`. They appear together, when the writer is
/// finished.
///
/// ```
/// use nukil_tables::KeywordWriter;
/// use nukil_types::{CorpusKeyword, OffsetUnit};
///
/// let folder = tempfile::tempdir()?;
/// let mut writer = KeywordWriter::create(folder.path(), OffsetUnit::CodePoint, true)?;
/// writer.write_corpus(&CorpusKeyword {
///     text: "banjir rob".to_string(),
///     lemma: "banjir rob".to_string(),
///     is_entity: false,
///     documents: 12,
///     total: 40,
///     first_date: Some("2023-02-06".to_string()),
///     last_date: Some("2023-02-09".to_string()),
///     burst: None,
/// })?;
/// writer.finish()?;
/// let table = std::fs::read_to_string(folder.path().join("corpus.csv"))?;
/// assert_eq!(table.lines().nth(1), Some("banjir rob,banjir rob,false,12,40,2023-02-06,2023-02-09,,,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct KeywordWriter {
    unit: OffsetUnit,
    // Before `folder`, so that the files are gone when the folder is to be removed.
    keywords: KeywordTables,
    corpus: Option<CorpusTable>,
    failures: FailuresTable,
    folder: MadeFolder,
}

impl KeywordWriter {
    /// Makes `folder` if need be and opens the files in it; `corpus.csv` where `corpus` says so.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be made.
    pub fn create(folder: &Path, unit: OffsetUnit, corpus: bool) -> Result<Self, WriteError> {
        let made = MadeFolder::make(folder)?;
        Ok(KeywordWriter {
            unit,
            keywords: KeywordTables::create(folder)?,
            corpus: corpus.then(|| CorpusTable::create(folder)).transpose()?,
            failures: FailuresTable::create(folder)?,
            folder: made,
        })
    }

    /// Writes the rows of one document.
    ///
    /// # Errors
    /// When a file cannot be written, for instance because the disk is full.
    pub fn write(&mut self, document: &Document) -> Result<(), WriteError> {
        self.keywords.write(document, &OffsetTable::new(&document.text, self.unit))
    }

    /// Writes a row of `corpus`; nothing where that table was not asked for.
    ///
    /// # Errors
    /// As [`KeywordWriter::write`].
    pub fn write_corpus(&mut self, keyword: &CorpusKeyword) -> Result<(), WriteError> {
        self.corpus.as_mut().map_or(Ok(()), |table| table.write(keyword))
    }

    /// Writes a row of `failures`.
    ///
    /// # Errors
    /// As [`KeywordWriter::write`].
    pub fn fail(&mut self, failure: &Failure) -> Result<(), WriteError> {
        self.failures.write(failure)
    }

    /// Gives all files their names, and says which they are.
    ///
    /// # Errors
    /// When what is still buffered cannot be written; then no file has got its name.
    pub fn finish(self) -> Result<Vec<PathBuf>, WriteError> {
        let KeywordWriter { keywords, corpus, failures, folder, .. } = self;
        let mut complete = Vec::from(keywords.complete()?);
        if let Some(corpus) = corpus {
            complete.push(corpus.complete()?);
        }
        complete.push(failures.complete()?);
        folder.keep();
        // Tables of a dataset that are replaced here are no longer what its manifest says.
        if let Some(first) = complete.first() {
            remove(&first.path().with_file_name(MANIFEST))?;
        }
        complete.into_iter().map(|file| file.rename()).collect()
    }
}

/// Writes keywords as JSON Lines to any stream: a record a document, or a record a keyword of the
/// whole collection.
pub struct KeywordRecordWriter<W> {
    stream: W,
    unit: OffsetUnit,
    json: Json,
}

impl<W: Write> KeywordRecordWriter<W> {
    /// A writer to `stream`, which should be buffered, with offsets in `unit`.
    pub fn new(stream: W, unit: OffsetUnit) -> Self {
        KeywordRecordWriter { stream, unit, json: Json::default() }
    }

    /// Writes the record of one document and the end of its line.
    ///
    /// # Errors
    /// Those of the stream, under their own [`io::ErrorKind`].
    pub fn write(&mut self, document: &Document) -> io::Result<()> {
        let offsets = OffsetTable::new(&document.text, self.unit);
        let record = Record { document, offsets: &offsets, tokens: false };
        self.stream.write_all(self.json.line(keywords_record(record)))
    }

    /// Writes the record of one keyword of the collection and the end of its line.
    ///
    /// # Errors
    /// As [`KeywordRecordWriter::write`].
    pub fn write_corpus(&mut self, keyword: &CorpusKeyword) -> io::Result<()> {
        self.stream.write_all(self.json.line(corpus_record(keyword)))
    }

    /// Sends what is buffered on its way.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

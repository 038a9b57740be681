//! The keywords of documents, and of the whole collection, without the other tables.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use nukil_types::{CorpusKeyword, Document, OffsetTable, OffsetUnit};

use super::WriteError;
use super::csv_tables::{CorpusTable, FailuresTable, KeywordTables};
use super::dataset::{MadeFolder, publish, take};
use super::json::Json;
use super::manifest::{
    Counts, FileEntry, Kind, Manifest, PartEntry, Ready, RunDescription, Unfinished,
};
use super::ours::{earlier, refused};
use super::part::part_name;
use super::record::{Record, corpus_record, keywords_record};
use super::workplace::Workplace;
use crate::Failure;
use crate::read::InputMark;

/// Writes the tables of keywords into a folder: `keywords.csv`, `keyword_occurrences.csv`,
/// `failures.csv` and, for a collection, `corpus.csv`. They appear together, when the writer is
/// finished, with a manifest; until then they are where those of an unfinished dataset are. One run
/// at a time writes to a folder.
///
/// ```
/// use nukil_tables::{InputMark, KeywordWriter, RunDescription};
/// use nukil_types::{CorpusKeyword, OffsetUnit};
///
/// let folder = tempfile::tempdir()?;
/// let run = RunDescription::default();
/// let mut writer = KeywordWriter::create(folder.path(), OffsetUnit::CodePoint, true, run)?;
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
/// writer.finish(InputMark::default())?;
/// let table = std::fs::read_to_string(folder.path().join("corpus.csv"))?;
/// assert_eq!(table.lines().nth(1), Some("banjir rob,banjir rob,false,12,40,2023-02-06,2023-02-09,,,"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct KeywordWriter {
    unit: OffsetUnit,
    folder: PathBuf,
    state: Unfinished,
    counts: Counts,
    /// Gone when they are complete.
    tables: Option<Tables>,
    /// Gone when the tables have their places.
    workplace: Option<Workplace>,
    made: MadeFolder,
}

struct Tables {
    keywords: KeywordTables,
    corpus: Option<CorpusTable>,
    failures: FailuresTable,
}

impl KeywordWriter {
    /// Makes `folder` if need be and opens the files, `corpus.csv` where `corpus` says so.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be made, another run is writing there, or one that did
    /// not end can still be gone on with; when the folder holds a dataset, whose other tables would
    /// be of another run, or something that is not ours in the place of a table.
    pub fn create(
        folder: &Path,
        unit: OffsetUnit,
        corpus: bool,
        run: RunDescription,
    ) -> Result<Self, WriteError> {
        let made = MadeFolder::make(folder)?;
        let (workplace, left) = take(folder, |_| true)?;
        if left.is_ok_and(|left| left.is_some_and(|left| !left.parts.is_empty())) {
            let what = "a run that did not end is there, and can be gone on with";
            return Err(refused(folder, what));
        }
        workplace.clear(|_| false)?;
        let part = workplace.path().join(part_name(0));
        let mut writer = KeywordWriter {
            unit,
            folder: folder.to_path_buf(),
            state: Unfinished::new(Kind::Keywords, run),
            counts: Counts::default(),
            tables: None,
            workplace: Some(workplace),
            made,
        };
        if Manifest::find(folder)?.is_some_and(|found| found.kind == Kind::Dataset) {
            return Err(refused(folder, "a dataset is there, whose tables go together"));
        }
        let mut names = vec!["keywords.csv", "keyword_occurrences.csv", "failures.csv"];
        names.extend(corpus.then_some("corpus.csv"));
        let names: Vec<_> = names.into_iter().map(String::from).collect();
        earlier(folder, None, &names)?;
        fs::create_dir(&part).map_err(|error| WriteError::new(&part, error))?;
        writer.tables = Some(Tables {
            keywords: KeywordTables::create(&part)?,
            corpus: corpus.then(|| CorpusTable::create(&part)).transpose()?,
            failures: FailuresTable::create(&part)?,
        });
        Ok(writer)
    }

    /// Writes the rows of one document.
    ///
    /// # Errors
    /// When a file cannot be written, for instance because the disk is full.
    pub fn write(&mut self, document: &Document) -> Result<(), WriteError> {
        self.counts.add(document);
        let Some(tables) = &mut self.tables else { return Ok(()) };
        tables.keywords.write(document, &OffsetTable::new(&document.text, self.unit))
    }

    /// Writes a row of `corpus`; nothing where that table was not asked for.
    ///
    /// # Errors
    /// As [`KeywordWriter::write`].
    pub fn write_corpus(&mut self, keyword: &CorpusKeyword) -> Result<(), WriteError> {
        let table = self.tables.as_mut().and_then(|tables| tables.corpus.as_mut());
        table.map_or(Ok(()), |table| table.write(keyword))
    }

    /// Writes a row of `failures`.
    ///
    /// # Errors
    /// As [`KeywordWriter::write`].
    pub fn fail(&mut self, failure: &Failure) -> Result<(), WriteError> {
        self.counts.fail(failure);
        self.tables.as_mut().map_or(Ok(()), |tables| tables.failures.write(failure))
    }

    /// Gives all files their places, and says which they are; `read` is the whole input.
    ///
    /// # Errors
    /// When what is still buffered cannot be written; then no file has got its place.
    pub fn finish(mut self, read: InputMark) -> Result<Vec<PathBuf>, WriteError> {
        let (Some(tables), Some(workplace)) = (self.tables.take(), &self.workplace) else {
            return Ok(Vec::new());
        };
        let Tables { keywords, corpus, failures } = tables;
        let mut complete = Vec::from(keywords.complete()?);
        if let Some(corpus) = corpus {
            complete.push(corpus.complete()?);
        }
        complete.push(failures.complete()?);
        let mut files = Vec::new();
        for file in complete {
            file.sync()?;
            let rows = file.rows();
            files.push(FileEntry::of(&file.rename()?, rows)?);
        }
        let names: Vec<_> = files.iter().map(|file| file.name.clone()).collect();
        let earlier = earlier(&self.folder, None, &names)?;
        let (name, counts) = (part_name(0), self.counts);
        let ready = Ready { folder: name.clone(), files: files.clone(), earlier };
        self.state.parts.push(PartEntry { name, read, counts, files, slices: Vec::new() });
        self.state.read_whole = true;
        self.state.ready = Some(ready.clone());
        super::manifest::put(workplace.path(), workplace.path(), &self.state, true)?;
        let places = publish(&self.folder, workplace, &self.state, &ready, true)?;
        if let Some(workplace) = self.workplace.take() {
            workplace.remove()?;
        }
        std::mem::take(&mut self.made).keep();
        Ok(places)
    }
}

impl Drop for KeywordWriter {
    fn drop(&mut self) {
        self.tables = None;
        // Tables that are ready may have their places in part: the next run goes on with that.
        if self.state.ready.is_some() {
            std::mem::take(&mut self.made).keep();
        } else if let Some(workplace) = self.workplace.take() {
            // Nobody can be told what cannot be removed; the next run tries again.
            drop(workplace.remove());
        }
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

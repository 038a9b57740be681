//! A part of a dataset: the tables of a stretch of the input, in a folder of their own.
//!
//! The folder has a temporary name until the part is whole. In a partitioned dataset the rows of a
//! part are then put together by partition, table by table, and a small file beside each table says
//! where those of which partition stand. No row is held in memory for that, only where it ends.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use nukil_types::{Document, OffsetTable};
use serde::{Deserialize, Serialize};

use super::WriteError;
use super::csv_tables::{CsvTables, FailuresTable};
use super::dataset::DatasetOptions;
use super::json::Json;
use super::manifest::FileEntry;
use super::parquet_tables::{ParquetTables, partitions};
use super::partition::PartitionBy;
use super::record::Record;
use super::staged::{CompleteFile, StagedFile, sync_folder};
use crate::Failure;

/// Whether a file holds the table that is never partitioned: what could not be read has no date.
pub(crate) fn is_failures(name: &str) -> bool {
    name.starts_with("failures.")
}

/// What follows the name of a part's folder until the part is whole.
pub(crate) const UNFINISHED: &str = ".tmp";

/// The name of the folder of a part.
pub(crate) fn part_name(number: usize) -> String {
    format!("part-{number:06}")
}

/// Whether the folder of a part, whole or not, is called so.
pub(crate) fn is_part(name: &str) -> bool {
    let number = name.strip_suffix(UNFINISHED).unwrap_or(name).strip_prefix("part-");
    let number = number.and_then(|number| number.parse().ok());
    number.is_some_and(|number| name.strip_suffix(UNFINISHED).unwrap_or(name) == part_name(number))
}

/// The files of a part that is whole.
pub(crate) struct Completed {
    /// Its tables.
    pub files: Vec<FileEntry>,
    /// The files that say where the partitions of the tables stand.
    pub slices: Vec<FileEntry>,
}

/// The tables of a part that is being written.
pub(crate) struct Part {
    options: DatasetOptions,
    folder: PathBuf,
    csv: Option<CsvTables>,
    records: Option<(StagedFile, u64)>,
    json: Json,
    parquet: Option<ParquetTables>,
    failures: FailuresTable,
    /// Of every document its partition, and how many rows each table had behind it.
    documents: Vec<(String, Vec<u64>)>,
}

/// Bytes of a part's table that hold all its rows of one partition.
#[derive(Serialize, Deserialize)]
pub(crate) struct Slice {
    pub partition: String,
    pub start: u64,
    pub end: u64,
}

impl Part {
    /// Makes `folder` and opens all tables in it.
    pub fn create(folder: PathBuf, options: DatasetOptions) -> Result<Self, WriteError> {
        // Made anew: a link in its place would lead elsewhere.
        fs::create_dir(&folder).map_err(|error| WriteError::new(&folder, error))?;
        Ok(Part {
            options,
            csv: options.csv.then(|| CsvTables::create(&folder, options.tokens)).transpose()?,
            records: options
                .jsonl
                .then(|| StagedFile::create(&folder, "records.jsonl").map(|file| (file, 0)))
                .transpose()?,
            json: Json::default(),
            parquet: options
                .parquet
                .then(|| ParquetTables::create(&folder, options.tokens))
                .transpose()?,
            failures: FailuresTable::create(&folder)?,
            documents: Vec::new(),
            folder,
        })
    }

    /// The tables of documents, in the order of [`Part::complete`], and their rows so far.
    pub fn tables(&self) -> impl Iterator<Item = (&Path, u64)> {
        let csv = self.csv.iter().flat_map(CsvTables::rows);
        let records = self.records.iter().map(|(file, rows)| (file.path(), *rows));
        csv.chain(records).chain(self.parquet.iter().flat_map(ParquetTables::rows))
    }

    pub fn write(&mut self, document: &Document) -> Result<(), WriteError> {
        let offsets = OffsetTable::new(&document.text, self.options.unit);
        if let Some(tables) = &mut self.csv {
            tables.write(document, &offsets)?;
        }
        if let Some((file, rows)) = &mut self.records {
            let record = Record { document, offsets: &offsets, tokens: self.options.tokens };
            file.write_all(self.json.line(record))
                .map_err(|error| WriteError::new(file.path(), error))?;
            *rows += 1;
        }
        if let Some(tables) = &mut self.parquet {
            tables.write(document, &offsets)?;
        }
        if let Some(partition) = self.options.partition_by.folder(document) {
            let rows = self.tables().map(|(_, rows)| rows).collect();
            self.documents.push((partition, rows));
        }
        Ok(())
    }

    pub fn fail(&mut self, failure: &Failure) -> Result<(), WriteError> {
        if let Some(tables) = &mut self.parquet {
            tables.fail(failure)?;
        }
        self.failures.write(failure)
    }

    /// Completes all files under their names. Where `durable`, they have reached the disk when this
    /// returns.
    pub fn complete(self, durable: bool) -> Result<Completed, WriteError> {
        let Part { options, folder, csv, records, parquet, failures, documents, .. } = self;
        let mut files = Vec::new();
        if let Some(tables) = csv {
            files.extend(tables.complete()?);
        }
        if let Some((file, rows)) = records {
            files.push(file.complete()?.with_rows(rows));
        }
        if let Some(tables) = parquet {
            files.extend(tables.complete()?);
        }
        let mut slices = Vec::new();
        if options.partition_by != PartitionBy::None {
            files = files
                .into_iter()
                .enumerate()
                .map(|(at, file)| match is_failures(&file_name(file.path())) {
                    true => Ok(file),
                    false => {
                        slices.push(folder.join(slices_name(&file_name(file.path()))));
                        grouped(&folder, file, &documents, at)
                    }
                })
                .collect::<Result<_, _>>()?;
        }
        files.push(failures.complete()?);
        let mut entries = Vec::new();
        for file in files {
            if durable {
                file.sync()?;
            }
            let rows = file.rows();
            entries.push(FileEntry::of(&file.rename()?, rows)?);
        }
        let slices = slices.iter().map(|path| FileEntry::of(path, 0)).collect::<Result<_, _>>()?;
        if durable {
            sync_folder(&folder);
        }
        Ok(Completed { files: entries, slices })
    }
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Name of the file that says where the partitions of a table of a part stand.
pub(crate) fn slices_name(table: &str) -> String {
    format!("{table}.partitions.json")
}

/// Puts the rows of a table together by partition and writes where which stand. `at` is the place
/// of the table among those of [`Part::tables`].
fn grouped(
    folder: &Path,
    table: CompleteFile,
    documents: &[(String, Vec<u64>)],
    at: usize,
) -> Result<CompleteFile, WriteError> {
    let name = file_name(table.path());
    let error = |error| WriteError::new(table.path(), error);
    let rows = documents.iter().map(|(_, rows)| rows[at]);
    let mut sorted = StagedFile::create(folder, &name)?;
    let slices = if name.ends_with(".parquet") {
        partitions::split(table.reopen()?, &runs(documents, 0, rows), &mut sorted)?
    } else {
        let (first, ends) = row_ends(&name, table.reopen()?, rows).map_err(error)?;
        let runs = runs(documents, first, ends);
        put_together(table.reopen()?, first, &runs, &mut sorted).map_err(error)?
    };
    let path = folder.join(slices_name(&name));
    let listed = serde_json::to_vec(&slices).map_err(io::Error::from);
    listed.and_then(|bytes| fs::write(&path, bytes)).map_err(|it| WriteError::new(&path, it))?;
    Ok(sorted.complete()?.with_rows(table.rows()))
}

/// The stretches of each partition, where documents end at `ends`.
fn runs(
    documents: &[(String, Vec<u64>)],
    first: u64,
    ends: impl IntoIterator<Item = u64>,
) -> BTreeMap<&str, Vec<(u64, u64)>> {
    let mut runs: BTreeMap<&str, Vec<(u64, u64)>> = BTreeMap::new();
    let mut start = first;
    for ((partition, _), end) in documents.iter().zip(ends) {
        let runs = runs.entry(partition).or_default();
        match runs.last_mut() {
            Some(last) if last.1 == start => last.1 = end,
            _ => runs.push((start, end)),
        }
        start = end;
    }
    runs
}

/// Copies a table with the bytes of each partition together; those up to `first` stay first.
fn put_together(
    mut source: File,
    first: u64,
    runs: &BTreeMap<&str, Vec<(u64, u64)>>,
    sorted: &mut StagedFile,
) -> io::Result<Vec<Slice>> {
    copy(&mut source, 0, first, sorted)?;
    let (mut slices, mut end) = (Vec::new(), first);
    for (partition, runs) in runs {
        let start = end;
        for &(from, to) in runs {
            copy(&mut source, from, to, sorted)?;
            end += to - from;
        }
        slices.push(Slice { partition: partition.to_string(), start, end });
    }
    Ok(slices)
}

/// Where the first row of a table begins, and where after so many rows the next begins, for each of
/// `rows`, which do not fall.
fn row_ends(
    name: &str,
    file: File,
    rows: impl Iterator<Item = u64>,
) -> io::Result<(u64, Vec<u64>)> {
    let mut ends = Vec::new();
    if name.ends_with(".csv") {
        let mut reader = csv_reader(file);
        let mut row = csv::ByteRecord::new();
        let mut read = 0;
        let first = first_row(&mut reader)?;
        for rows in rows {
            while read < rows && reader.read_byte_record(&mut row)? {
                read += 1;
            }
            ends.push(reader.position().byte());
        }
        return Ok((first, ends));
    }
    let mut reader = BufReader::new(file);
    let (mut line, mut read, mut end) = (Vec::new(), 0, 0);
    for rows in rows {
        while read < rows {
            line.clear();
            end += reader.read_until(b'\n', &mut line)? as u64;
            read += 1;
        }
        ends.push(end);
    }
    Ok((0, ends))
}

/// A reader of a table of ours.
pub(crate) fn csv_reader(file: impl Read) -> csv::Reader<impl Read> {
    csv::ReaderBuilder::new().flexible(true).from_reader(file)
}

/// Where the first row behind the header row begins.
pub(crate) fn first_row(reader: &mut csv::Reader<impl Read>) -> csv::Result<u64> {
    reader.byte_headers()?;
    Ok(reader.position().byte())
}

/// Copies some bytes of a file.
pub(crate) fn copy(
    source: &mut File,
    start: u64,
    end: u64,
    target: &mut impl Write,
) -> io::Result<()> {
    source.seek(SeekFrom::Start(start))?;
    let copied = io::copy(&mut source.take(end - start), target)?;
    if copied < end - start {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

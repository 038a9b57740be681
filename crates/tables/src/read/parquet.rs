//! Parquet: one document a row.
//!
//! A Parquet file is read from its end, where it says what stands where. What comes through a pipe,
//! out of an archive or compressed is therefore copied to a temporary file first. Rows are read in
//! batches of some megabytes, pages as they are needed, so that row groups of any size will do.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema};
use nukil_pipeline::record_batches::{Article, ArticleColumns, BatchError};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use super::fields::{Fields, Problem, Row};
use super::open::{Opened, unreadable};
use crate::Limits;

/// The first and the last bytes of a Parquet file.
pub(crate) const MAGIC: &[u8] = b"PAR1";
/// Bytes that the rows of a batch are to take.
const BATCH_BYTES: i64 = 4 << 20;
/// Most rows of a batch.
const BATCH_ROWS: i64 = 1024;

/// The rows of a Parquet file.
pub(crate) struct Parquet {
    batches: ParquetRecordBatchReader,
    columns: ArticleColumns,
    batch: RecordBatch,
    /// The next row of `batch`.
    next: usize,
    text_field: String,
    limits: Limits,
    position: u64,
    progress: Option<Progress>,
    done: bool,
}

/// Opens the Parquet file that `opened` holds. It is at `path`, unless it is no file of its own;
/// how far it has been read is then added to `counter`.
pub(crate) fn open(
    opened: Opened,
    path: Option<&Path>,
    counter: &Arc<AtomicU64>,
    fields: &Fields,
    limits: Limits,
) -> Result<Parquet, Problem> {
    if !opened.head.starts_with(MAGIC) {
        return Err(Problem::new("this is no Parquet file"));
    }
    let read = opened.head.len() as u64;
    let (file, copied) = match path.map(uncompressed).transpose().map_err(unreadable)?.flatten() {
        Some(file) => (file, false),
        None => (copy(opened)?, true),
    };
    let length = file.metadata().map_err(unreadable)?.len();
    // Zones of time are left out: only offsets can be written, and the times are in UTC anyway.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let metadata = guarded(|| ArrowReaderMetadata::load(&file, options))?;
    if !lies_within(metadata.metadata(), length) {
        return Err(damaged("columns lie outside of it"));
    }
    let columns = ArticleColumns::new(metadata.schema(), fields).map_err(|error| {
        let hint = match &error {
            BatchError::NoText { .. } => "; --text-field names another",
            _ => "",
        };
        Problem::new(format!("{error}{hint}"))
    })?;
    let total = metadata.metadata().file_metadata().num_rows();
    // What is copied is counted as it is.
    let progress = (!copied).then(|| Progress {
        counter: Arc::clone(counter),
        length,
        rows: total.max(1) as u64,
        counted: read.min(length),
    });
    let rows = batch_rows(metadata.metadata());
    // Views of the pages: texts that a dictionary holds once take no more than that.
    let views = ArrowReaderOptions::new().with_schema(Arc::new(views(metadata.schema())));
    let metadata =
        guarded(|| ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), views))?;
    let batch = RecordBatch::new_empty(Arc::clone(metadata.schema()));
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
    let batches = guarded(|| builder.with_batch_size(rows).build())?;
    let text_field = fields.text.clone();
    Ok(Parquet {
        batches,
        columns,
        batch,
        next: 0,
        text_field,
        limits,
        position: 0,
        progress,
        done: false,
    })
}

/// The file at `path`, if it is one, and not a compressed one.
fn uncompressed(path: &Path) -> io::Result<Option<File>> {
    // A named pipe is being read already, and cannot be from its end.
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut file = File::open(path)?;
    let mut magic = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut magic)?;
    file.rewind()?;
    Ok((magic == MAGIC).then_some(file))
}

/// Copies what is still to come to a temporary file that has no name.
fn copy(opened: Opened) -> Result<File, Problem> {
    let copy = || -> io::Result<File> {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut opened.into_stream(), &mut file)?;
        Ok(file)
    };
    copy().map_err(|error| {
        Problem::new(format!("cannot be copied to a temporary file, as Parquet must be: {error}"))
    })
}

/// Whether all columns lie within a file of that length.
fn lies_within(metadata: &ParquetMetaData, length: u64) -> bool {
    metadata.row_groups().iter().flat_map(RowGroupMetaData::columns).all(|chunk| {
        let start = chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset());
        let end = start.checked_add(chunk.compressed_size());
        let end = end.filter(|&end| 0 <= start && start <= end);
        end.is_some_and(|end| end as u64 <= length)
    })
}

/// How many rows are read at a time, by how many bytes the rows of the largest row group take.
fn batch_rows(metadata: &ParquetMetaData) -> usize {
    let bytes = |group: &RowGroupMetaData| group.total_byte_size() / group.num_rows().max(1);
    let largest = metadata.row_groups().iter().map(bytes).max().unwrap_or(1);
    (BATCH_BYTES / largest.max(1)).clamp(1, BATCH_ROWS) as usize
}

/// The schema with texts and bytes as views.
fn views(schema: &Schema) -> Schema {
    let view = |field: &Field| {
        let data_type = match field.data_type() {
            DataType::Utf8 => DataType::Utf8View,
            DataType::Binary => DataType::BinaryView,
            other => other.clone(),
        };
        field.clone().with_data_type(data_type)
    };
    Schema::new(schema.fields().iter().map(|field| view(field)).collect::<Vec<_>>())
}

/// Does `work` in the Parquet library, which panics on some kinds of damage. Nothing is used again
/// that a panic has been through.
fn guarded<T, E: Display>(work: impl FnOnce() -> Result<T, E>) -> Result<T, Problem> {
    match nukil_types::guarded(work) {
        Ok(result) => result.map_err(damaged),
        Err(_) => Err(damaged("its parts do not fit together")),
    }
}

/// What is said of a file that does not hold what it should.
fn damaged(error: impl Display) -> Problem {
    let reason = error.to_string();
    let reason = reason.trim_start_matches("Parquet argument error: ");
    Problem::new(format!("damaged Parquet file: {}", reason.trim_start_matches("Parquet error: ")))
}

/// How far a file has been read, by its rows.
struct Progress {
    counter: Arc<AtomicU64>,
    /// Bytes of the file.
    length: u64,
    rows: u64,
    /// Bytes that have been added to `counter`.
    counted: u64,
}

impl Progress {
    fn at(&mut self, row: u64) {
        let bytes = (u128::from(self.length) * u128::from(row) / u128::from(self.rows)) as u64;
        self.counter.fetch_add(bytes.saturating_sub(self.counted), Ordering::Relaxed);
        self.counted = self.counted.max(bytes);
    }
}

impl Parquet {
    /// Reads on until there is a row; false at the end.
    fn next_batch(&mut self) -> Result<bool, Problem> {
        while self.next == self.batch.num_rows() {
            match guarded(|| self.batches.next().transpose()) {
                Ok(None) => return Ok(false),
                Ok(Some(batch)) => (self.batch, self.next) = (batch, 0),
                Err(Problem { reason, .. }) => {
                    let row = self.position + 1;
                    return Err(Problem::new(format!("row {row} and those behind it: {reason}")));
                }
            }
        }
        Ok(true)
    }

    fn row(&self, article: Article) -> Result<Row, Problem> {
        let position = self.position;
        let Article { id, title, text, date, extra } = article;
        let problem = |doc_id: Option<String>, reason: String| {
            Err(Problem::of(doc_id, format!("row {position}: {reason}")))
        };
        let bytes = text.as_ref().map_or(0, String::len)
            + extra.iter().map(|(_, cell)| cell.len()).sum::<usize>();
        if bytes > self.limits.max_record_bytes {
            let most = self.limits.max_record_bytes;
            return problem(id, format!("longer than {most} bytes"));
        }
        let Some(mut text) = text else {
            let field = &self.text_field;
            return problem(id, format!("no text in column {field:?}; --text-field names another"));
        };
        let truncated = self.limits.cut(&mut text);
        Ok(Row { id, position, title, text, date, extra, truncated, page: None })
    }
}

impl Iterator for Parquet {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        match self.next_batch() {
            Ok(true) => {}
            Ok(false) => {
                self.done = true;
                return None;
            }
            Err(problem) => {
                self.done = true;
                return Some(Err(problem));
            }
        }
        // One row at a time: a page may hold a long text once that many rows have.
        let row = self.batch.slice(self.next, 1);
        self.next += 1;
        self.position += 1;
        if let Some(progress) = &mut self.progress {
            progress.at(self.position);
        }
        match self.columns.articles(&row) {
            Ok(mut articles) => articles.pop().map(|article| self.row(article)),
            Err(error) => {
                self.done = true;
                Some(Err(Problem::new(format!("row {}: {error}", self.position))))
            }
        }
    }
}

//! One table in Parquet.

use std::io;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use nukil_pipeline::record_batches::BatchBuilder;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use tempfile::TempPath;

use super::join::join;
use crate::write::WriteError;
use crate::write::record::SCHEMA;
use crate::write::staged::{CompleteFile, StagedFile};

/// Rows that are collected before they are encoded.
const BATCH_ROWS: usize = 1 << 13;
/// Bytes of rows that are collected before they are encoded.
const BATCH_BYTES: usize = 1 << 20;
/// Most rows of a row group: as many as DuckDB works on at a time.
const GROUP_ROWS: usize = 122_880;
/// Most bytes of a row group. All of it is in memory until it is complete, so this bounds what a
/// table takes, however large the collection is.
const GROUP_BYTES: usize = 4 << 20;

/// What all our Parquet files have in common.
pub(super) fn properties() -> WriterProperties {
    let fact = |name: &str, value: String| KeyValue::new(name.to_string(), value);
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_max_row_group_bytes(Some(GROUP_BYTES))
        // Row groups are small enough to be skipped by their own statistics alone.
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_key_value_metadata(Some(vec![
            fact("nukil.schema", SCHEMA.to_string()),
            fact("nukil.version", env!("CARGO_PKG_VERSION").to_string()),
        ]))
        .build()
}

/// A file that could not be written, from what the Parquet library says of it.
pub(super) fn write_error(path: &Path, error: ParquetError) -> WriteError {
    let error = match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    };
    WriteError::new(path, error)
}

/// A Parquet file that rows are added to.
///
/// A file has its columns from the start, but those of `documents` come up as documents do. When
/// rows have more columns than the file, the rows before them are put aside as a part, and the
/// file begins anew; at the end the parts are joined.
pub(super) struct TableFile<B> {
    folder: PathBuf,
    name: &'static str,
    builder: B,
    writer: ArrowWriter<StagedFile>,
    /// How many columns `writer` has.
    width: usize,
    /// Rows that have left the builder.
    rows: u64,
    /// Files with the rows before those of `writer`; removed when they are dropped.
    parts: Vec<TempPath>,
}

impl<B: BatchBuilder + Default> TableFile<B> {
    /// Opens `folder/name`.
    pub fn create(folder: &Path, name: &'static str) -> Result<Self, WriteError> {
        let mut builder = B::default();
        let empty = builder.finish();
        Ok(TableFile {
            folder: folder.to_path_buf(),
            name,
            builder,
            writer: open(folder, name, &empty)?,
            width: empty.num_columns(),
            rows: 0,
            parts: Vec::new(),
        })
    }

    /// The path that the file will have, and its rows so far.
    pub fn rows(&self) -> (&Path, u64) {
        (self.writer.inner().path(), self.rows + self.builder.rows() as u64)
    }

    /// Has `append` add rows.
    pub fn add(&mut self, append: impl FnOnce(&mut B)) -> Result<(), WriteError> {
        append(&mut self.builder);
        if self.builder.rows() >= BATCH_ROWS || self.builder.bytes() >= BATCH_BYTES {
            self.write_batch()?;
        }
        Ok(())
    }

    fn write_batch(&mut self) -> Result<(), WriteError> {
        let batch = self.builder.finish();
        self.rows += batch.num_rows() as u64;
        if batch.num_columns() > self.width {
            self.width = batch.num_columns();
            let wider = open(&self.folder, self.name, &batch)?;
            let narrow = std::mem::replace(&mut self.writer, wider);
            if narrow.in_progress_rows() > 0 || !narrow.flushed_row_groups().is_empty() {
                self.parts.extend(close(narrow)?.into_part());
            }
        }
        self.writer.write(&batch).map_err(|error| write_error(self.writer.inner().path(), error))
    }

    /// Completes the file, still under its temporary name.
    pub fn complete(mut self) -> Result<CompleteFile, WriteError> {
        if self.builder.rows() > 0 {
            self.write_batch()?;
        }
        let last = close(self.writer)?;
        if self.parts.is_empty() {
            return Ok(last.with_rows(self.rows));
        }
        self.parts.extend(last.into_part());
        let whole = join(&self.parts, StagedFile::create(&self.folder, self.name)?)?;
        Ok(whole.with_rows(self.rows))
    }
}

/// Begins a file with the columns of `batch`.
fn open(
    folder: &Path,
    name: &str,
    batch: &RecordBatch,
) -> Result<ArrowWriter<StagedFile>, WriteError> {
    let file = StagedFile::create(folder, name)?;
    let path = file.path().to_path_buf();
    ArrowWriter::try_new_with_options(file, batch.schema(), options())
        .map_err(|error| write_error(&path, error))
}

/// How all our Parquet files are written.
pub(super) fn options() -> ArrowWriterOptions {
    // Parquet codes all texts by dictionaries where that pays. With the schema of Arrow besides,
    // data frames would make categories of ours, which join with no other column.
    ArrowWriterOptions::new().with_properties(properties()).with_skip_arrow_metadata(true)
}

fn close(writer: ArrowWriter<StagedFile>) -> Result<CompleteFile, WriteError> {
    let path = writer.inner().path().to_path_buf();
    writer.into_inner().map_err(|error| write_error(&path, error))?.complete()
}

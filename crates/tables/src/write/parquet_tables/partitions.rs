//! Splits a Parquet table by partition, and joins what several parts have of one.
//!
//! A part's table becomes a row of small Parquet files, one a partition, one behind the other in one
//! file. The rows of a partition in all parts are then written anew, so that the row groups of the
//! dataset are not as small as the share that a part has in a partition.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{RecordBatch, new_null_array};
use arrow_schema::{FieldRef, Schema, SchemaRef};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;

use super::file::{options, write_error};
use crate::write::WriteError;
use crate::write::part::Slice;
use crate::write::staged::{CompleteFile, StagedFile};

/// Rows that are decoded at a time.
const BATCH_ROWS: usize = 1 << 13;

/// Writes the rows of each partition of the table in `source` to `out`, as a Parquet file of its own
/// behind those before it. `runs` are the stretches of rows of each partition.
///
/// The table is decoded as a whole, so it must be no larger than a part.
pub(crate) fn split(
    source: File,
    runs: &BTreeMap<&str, Vec<(u64, u64)>>,
    out: &mut StagedFile,
) -> Result<Vec<Slice>, WriteError> {
    let path = out.path().to_path_buf();
    let error = |error| write_error(&path, error);
    let reader = ParquetRecordBatchReaderBuilder::try_new(source).map_err(error)?;
    let schema = Arc::clone(reader.schema());
    let reader = reader.with_batch_size(BATCH_ROWS).build().map_err(error)?;
    let batches: Vec<RecordBatch> =
        reader.collect::<Result<_, _>>().map_err(|it| error(ParquetError::from(it)))?;
    let (mut slices, mut end) = (Vec::new(), 0);
    for (partition, runs) in runs {
        let mut file = Vec::new();
        let mut writer =
            ArrowWriter::try_new_with_options(&mut file, Arc::clone(&schema), options())
                .map_err(error)?;
        for &(from, to) in runs {
            for rows in rows(&batches, from as usize, to as usize) {
                writer.write(&rows).map_err(error)?;
            }
        }
        writer.close().map_err(error)?;
        out.write_all(&file).map_err(|error| WriteError::new(&path, error))?;
        let start = end;
        end += file.len() as u64;
        slices.push(Slice { partition: partition.to_string(), start, end });
    }
    Ok(slices)
}

/// The rows `from..to` of batches that follow one another.
fn rows(batches: &[RecordBatch], from: usize, to: usize) -> impl Iterator<Item = RecordBatch> {
    let mut begin = 0;
    batches.iter().filter_map(move |batch| {
        let start = begin;
        begin += batch.num_rows();
        let (from, to) = (from.max(start), to.min(begin));
        (from < to).then(|| batch.slice(from - start, to - from))
    })
}

/// One file of those that [`split`] wrote: where it stands in which file.
pub(crate) struct Stretch<'p> {
    pub path: &'p Path,
    pub start: u64,
    pub end: u64,
}

impl Stretch<'_> {
    fn open(&self) -> Result<ParquetRecordBatchReaderBuilder<Bytes>, WriteError> {
        let read = || {
            let mut file = File::open(self.path)?;
            file.seek(SeekFrom::Start(self.start))?;
            let mut bytes = Vec::new();
            file.take(self.end - self.start).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = read().map_err(|error| WriteError::new(self.path, error))?;
        ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes))
            .map_err(|error| write_error(self.path, error))
    }
}

/// The columns of all stretches, in the order in which they come up.
pub(crate) fn columns<'p>(
    stretches: impl Iterator<Item = Stretch<'p>>,
) -> Result<SchemaRef, WriteError> {
    let mut fields: Vec<FieldRef> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for stretch in stretches {
        for field in stretch.open()?.schema().fields() {
            if known.insert(field.name().clone()) {
                fields.push(Arc::clone(field));
            }
        }
    }
    Ok(Arc::new(Schema::new(fields)))
}

/// Writes the rows of all stretches to `out`, with nulls in the columns that a stretch lacks.
pub(crate) fn join<'p>(
    stretches: impl Iterator<Item = Stretch<'p>>,
    columns: &SchemaRef,
    out: StagedFile,
) -> Result<CompleteFile, WriteError> {
    let path = out.path().to_path_buf();
    let error = |error| write_error(&path, error);
    let mut writer =
        ArrowWriter::try_new_with_options(out, Arc::clone(columns), options()).map_err(error)?;
    for stretch in stretches {
        let reader = stretch.open()?.with_batch_size(BATCH_ROWS).build().map_err(error)?;
        for batch in reader {
            let batch = batch.map_err(|it| error(ParquetError::from(it)))?;
            let column = |field: &FieldRef| match batch.column_by_name(field.name()) {
                Some(column) => Arc::clone(column),
                None => new_null_array(field.data_type(), batch.num_rows()),
            };
            let cells = columns.fields().iter().map(column).collect();
            let filled = RecordBatch::try_new(Arc::clone(columns), cells)
                .map_err(|it| error(ParquetError::from(it)))?;
            writer.write(&filled).map_err(error)?;
        }
    }
    writer.into_inner().map_err(error)?.complete()
}

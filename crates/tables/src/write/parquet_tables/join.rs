//! Joins Parquet files of one table into one, without decoding them.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::Type as PhysicalType;
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArrayType;
use parquet::errors::ParquetError;
use parquet::file::metadata::{
    ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData,
};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnDescPtr, ColumnDescriptor, ColumnPath, Type, TypePtr};

use super::file::{properties, write_error};
use crate::write::WriteError;
use crate::write::staged::{CompleteFile, StagedFile};

/// Writes the row groups of `parts`, one after another, to `out`. It has the columns of all parts
/// in the order in which they come up; where a part lacks one, its rows have nulls there.
///
/// The bytes of the columns are copied as they are, so this takes no longer than a copy, and the
/// memory of the footers alone.
///
/// # Errors
/// When a part is no whole Parquet file, when parts disagree on the type of a column, or when a
/// part lacks a column that cannot be null; when `out` cannot be written.
pub(crate) fn join(
    parts: &[impl AsRef<Path>],
    out: StagedFile,
) -> Result<CompleteFile, WriteError> {
    let path = out.path().to_path_buf();
    let error = |error| write_error(&path, error);
    let mut columns = Columns::default();
    for part in parts {
        let part = part.as_ref();
        let (_, metadata) = open(part)?;
        columns.add(&metadata).map_err(|error| write_error(part, error))?;
    }
    let schema = columns.schema().map_err(error)?;
    let mut writer =
        SerializedFileWriter::new(out, schema, Arc::new(properties())).map_err(error)?;
    let columns = writer.schema_descr().columns().to_vec();
    for part in parts {
        let (file, metadata) = open(part.as_ref())?;
        for group in metadata.row_groups() {
            let mut copy = writer.next_row_group().map_err(error)?;
            copy_group(&file, group, &columns, &mut copy).map_err(error)?;
            copy.close().map_err(error)?;
        }
    }
    writer.into_inner().map_err(error)?.complete()
}

fn open(part: &Path) -> Result<(File, ParquetMetaData), WriteError> {
    let file = File::open(part).map_err(|error| WriteError::new(part, error))?;
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&file);
    metadata.map(|metadata| (file, metadata)).map_err(|error| write_error(part, error))
}

/// The columns of all parts.
#[derive(Default)]
struct Columns {
    fields: Vec<TypePtr>,
    by_name: HashMap<String, usize>,
    root: String,
}

impl Columns {
    fn add(&mut self, part: &ParquetMetaData) -> Result<(), ParquetError> {
        let root = part.file_metadata().schema();
        self.root = root.name().to_string();
        for field in root.get_fields() {
            match self.by_name.get(field.name()) {
                None => {
                    self.by_name.insert(field.name().to_string(), self.fields.len());
                    self.fields.push(Arc::clone(field));
                }
                Some(&at) if self.fields[at] == *field => {}
                Some(_) => {
                    let name = field.name();
                    return Err(ParquetError::General(format!("another type of column {name:?}")));
                }
            }
        }
        Ok(())
    }

    fn schema(self) -> Result<TypePtr, ParquetError> {
        Type::group_type_builder(&self.root).with_fields(self.fields).build().map(Arc::new)
    }
}

/// Copies the columns of a row group; those that it lacks are filled with nulls.
fn copy_group(
    file: &File,
    group: &RowGroupMetaData,
    columns: &[ColumnDescPtr],
    copy: &mut SerializedRowGroupWriter<'_, StagedFile>,
) -> Result<(), ParquetError> {
    let chunks: HashMap<&ColumnPath, &ColumnChunkMetaData> =
        group.columns().iter().map(|chunk| (chunk.column_path(), chunk)).collect();
    for column in columns {
        match chunks.get(column.path()) {
            Some(&chunk) => {
                let close = ColumnCloseResult {
                    bytes_written: chunk.compressed_size() as u64,
                    rows_written: group.num_rows() as u64,
                    metadata: chunk.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                copy.append_column(file, close)?;
            }
            None => write_nulls(column, group.num_rows() as usize, copy)?,
        }
    }
    Ok(())
}

/// Fills a column that another part has with nulls. It is a pass-through column, so a text.
fn write_nulls(
    column: &ColumnDescriptor,
    rows: usize,
    copy: &mut SerializedRowGroupWriter<'_, StagedFile>,
) -> Result<(), ParquetError> {
    let levels = (column.max_def_level(), column.max_rep_level());
    if levels != (1, 0) || column.physical_type() != PhysicalType::BYTE_ARRAY {
        let name = column.name();
        return Err(ParquetError::General(format!("a part lacks the column {name:?}")));
    }
    if let Some(mut writer) = copy.next_column()? {
        writer.typed::<ByteArrayType>().write_batch(&[], Some(&vec![0; rows]), None)?;
        writer.close()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use arrow_array::cast::AsArray;
    use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;

    /// Writes a part with a column of numbers and columns of texts.
    fn part(folder: &Path, name: &str, numbers: &[i64], texts: &[&str]) -> PathBuf {
        let column = |text: &str| -> ArrayRef {
            Arc::new(StringArray::from_iter(numbers.iter().map(|n| Some(format!("{text}{n}")))))
        };
        let numbers: ArrayRef = Arc::new(Int64Array::from(numbers.to_vec()));
        let texts = texts.iter().map(|text| (*text, column(text), true));
        let columns = std::iter::once(("nomor", numbers, false)).chain(texts);
        let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
        let path = folder.join(name);
        let file = File::create(&path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties())).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        path
    }

    fn joined(folder: &Path, parts: &[PathBuf]) -> PathBuf {
        let out = StagedFile::create(folder, "whole.parquet").unwrap();
        join(parts, out).unwrap().rename().unwrap()
    }

    fn batches(path: &Path) -> Vec<RecordBatch> {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        reader.build().unwrap().map(Result::unwrap).collect()
    }

    fn message(folder: &Path, parts: &[PathBuf]) -> String {
        let out = StagedFile::create(folder, "whole.parquet").unwrap();
        let error = join(parts, out).err().unwrap();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        format!("{error}: {cause}").replace(&folder.display().to_string(), "")
    }

    #[test]
    fn columns_of_all_parts_are_columns_of_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let parts = [
            part(folder.path(), "1", &[1, 2], &["a"]),
            part(folder.path(), "2", &[3], &["b", "a"]),
            part(folder.path(), "3", &[4], &[]),
        ];
        let whole = joined(folder.path(), &parts);
        let (_, metadata) = open(&whole).unwrap();
        let groups = metadata.row_groups().iter().map(|group| group.num_rows());
        assert_eq!(groups.collect::<Vec<_>>(), [2, 1, 1]);
        let mut rows = Vec::new();
        for batch in batches(&whole) {
            let texts = |name| batch.column_by_name(name).unwrap().as_string::<i32>().iter();
            for (a, b) in texts("a").zip(texts("b")) {
                rows.push((a.map(str::to_string), b.map(str::to_string)));
            }
        }
        let row = |a: Option<&str>, b: Option<&str>| (a.map(Into::into), b.map(Into::into));
        let expected = [
            row(Some("a1"), None),
            row(Some("a2"), None),
            row(Some("a3"), Some("b3")),
            row(None, None),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn the_same_parts_give_the_same_bytes_and_parts_may_be_joined_before() {
        let folder = tempfile::tempdir().unwrap();
        let parts = [
            part(folder.path(), "1", &[1, 2], &["a"]),
            part(folder.path(), "2", &[3], &["a", "b"]),
            part(folder.path(), "3", &[4], &["b"]),
        ];
        let whole = joined(folder.path(), &parts);
        let (bytes, rows) = (std::fs::read(&whole).unwrap(), batches(&whole));
        let again = joined(folder.path(), &parts);
        assert!(bytes == std::fs::read(&again).unwrap());

        let first = folder.path().join("first");
        std::fs::rename(joined(folder.path(), &parts[..2]), &first).unwrap();
        let in_steps = joined(folder.path(), &[first, parts[2].clone()]);
        assert_eq!(batches(&in_steps), rows);
    }

    #[test]
    fn parts_that_do_not_fit_are_an_error_that_names_them() {
        let folder = tempfile::tempdir().unwrap();
        let good = part(folder.path(), "1", &[1, 2], &["a"]);
        let other = part(folder.path(), "2", &[1], &["nomor"]);
        let bytes = std::fs::read(&good).unwrap();
        let short = folder.path().join("3");
        std::fs::write(&short, &bytes[..bytes.len() - 9]).unwrap();
        assert_eq!(
            message(folder.path(), &[good.clone(), other]),
            "cannot write /2: Parquet error: another type of column \"nomor\""
        );
        assert!(message(folder.path(), &[good, short]).starts_with("cannot write /3: "));
    }
}

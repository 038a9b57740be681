//! Parquet tables: row groups that memory can hold, and columns that come up late.

use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use nukil_tables::{DatasetOptions, DatasetWriter};
use nukil_types::rows::columns;
use nukil_types::{Document, Sentence, Span, TokenKind};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::{ParquetMetaDataReader, RowGroupMetaData};

fn write(folder: &Path, documents: impl IntoIterator<Item = Document>) {
    let options =
        DatasetOptions { csv: false, parquet: true, tokens: true, ..DatasetOptions::default() };
    let mut writer = DatasetWriter::create(folder, options).unwrap();
    for document in documents {
        writer.write(&document).unwrap();
    }
    writer.finish().unwrap();
}

fn row_groups(file: &Path) -> Vec<RowGroupMetaData> {
    let file = File::open(file).unwrap();
    ParquetMetaDataReader::new().parse_and_finish(&file).unwrap().row_groups().to_vec()
}

fn batches(file: &Path) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(file).unwrap()).unwrap();
    reader.build().unwrap().map(Result::unwrap).collect()
}

/// A document of so many tokens, each with a text of its own.
fn article(number: usize, tokens: usize) -> Document {
    let words: Vec<String> = (0..tokens).map(|token| format!("kata{number}x{token}")).collect();
    let mut document = Document::new(format!("a{number}"), "-", words.join(" "));
    let mut start = 0;
    for word in &words {
        document.push_token(Span::new(start, start + word.len()), TokenKind::Word);
        start += word.len() + 1;
    }
    let span = Span::new(0, document.text.len());
    document.sentences.push(Sentence { span, tokens: 0..tokens, headline: false });
    document
}

#[test]
fn row_groups_are_bounded_in_rows() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), (0..30).map(|number| article(number, 10_000)));
    let groups = row_groups(&folder.path().join("tokens.parquet"));
    let rows: Vec<_> = groups.iter().map(RowGroupMetaData::num_rows).collect();
    assert_eq!(rows, [122_880, 122_880, 54_240]);
}

#[test]
fn row_groups_are_bounded_in_bytes() {
    let folder = tempfile::tempdir().unwrap();
    // Headlines of 64 kB that no two documents share and that hardly compress.
    let mut state = 1_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'!' + (state >> 57) as u8 % 90)
    };
    let documents: Vec<_> = (0..400)
        .map(|number| Document {
            title: Some((0..1 << 16).map(|_| letter()).collect()),
            ..Document::new(format!("a{number}"), "-", "Ya.")
        })
        .collect();
    write(folder.path(), documents);
    let groups = row_groups(&folder.path().join("documents.parquet"));
    let bytes: Vec<_> = groups.iter().map(RowGroupMetaData::total_byte_size).collect();
    assert!(bytes.len() > 2, "{bytes:?}");
    assert!(bytes.iter().all(|&bytes| bytes < 10 << 20), "{bytes:?}");
    assert_eq!(groups.iter().map(RowGroupMetaData::num_rows).sum::<i64>(), 400);
}

#[test]
fn columns_that_come_up_late_are_columns_of_all_rows() {
    let folder = tempfile::tempdir().unwrap();
    // More documents than are collected before they are written.
    let extra = |number: usize| -> Vec<(String, String)> {
        let names: &[&str] = match number {
            0..9_000 => &["rubrik"],
            9_000..18_000 => &["penulis", "rubrik"],
            _ => &["tag"],
        };
        names.iter().map(|name| (name.to_string(), format!("{name} {number}"))).collect()
    };
    write(
        folder.path(),
        (0..19_000).map(|number| Document {
            extra: extra(number),
            ..Document::new(format!("a{number}"), "-", "Ya.")
        }),
    );
    let mut number = 0;
    for batch in batches(&folder.path().join("documents.parquet")) {
        let schema = batch.schema();
        let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        assert_eq!(names[columns::DOCUMENTS.len()..], ["rubrik", "penulis", "tag"]);
        for row in 0..batch.num_rows() {
            let cell = |column: &str| {
                let column = batch.column_by_name(column).unwrap().as_string::<i32>();
                column.is_valid(row).then(|| column.value(row).to_string())
            };
            assert_eq!(cell("doc_id"), Some(format!("a{number}")));
            for column in ["rubrik", "penulis", "tag"] {
                let given = extra(number).into_iter().find(|(name, _)| name == column);
                assert_eq!(cell(column), given.map(|(_, cell)| cell), "{column} of {number}");
            }
            number += 1;
        }
    }
    assert_eq!(number, 19_000);
    let parts = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let parts: Vec<_> = parts.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(parts.is_empty(), "{parts:?}");
}

#[test]
fn no_documents_are_tables_without_rows() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), []);
    for table in ["documents", "mentions", "entities", "keywords", "quotes", "tokens", "failures"] {
        let file = folder.path().join(format!("{table}.parquet"));
        assert!(row_groups(&file).is_empty(), "{table}");
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(file).unwrap()).unwrap();
        assert!(!reader.schema().fields().is_empty(), "{table}");
    }
}

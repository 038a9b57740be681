//! Record batches in and out, whatever the engine that hands them over makes of its columns.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, DictionaryArray, Float64Array,
    Int64Array, LargeStringArray, ListArray, RecordBatch, StringArray, StringViewArray,
    TimestampSecondArray,
};
use arrow_schema::DataType;
use nukil_pipeline::record_batches::{BatchError, BatchOptions, Tables, TablesBuilder};
use nukil_pipeline::{Config, Pipeline};
use nukil_types::rows::columns;
use nukil_types::{Document, Fields, OffsetUnit};

const FIRST: &str = "Banjir di Demak\n\nDEMAK, KOMPAS.com - Bupati Demak Eisti'anah meninjau banjir \
                     di Kecamatan Sayung, Kabupaten Demak, Senin (6/2/2023). \u{201c}Air naik sejak \
                     Minggu,\u{201d} kata Eisti'anah.";
const SECOND: &str = "Presiden Joko Widodo bertolak ke Surabaya.";

fn pipeline() -> Pipeline {
    Pipeline::new(Config { jobs: 2, ..Config::default() }).unwrap()
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn process(batch: &RecordBatch) -> Tables {
    pipeline().process_record_batch(batch, &BatchOptions::default()).unwrap()
}

/// The cells of a column of texts, coded or not.
fn texts(table: &RecordBatch, name: &str) -> Vec<Option<String>> {
    let column = table.column_by_name(name).unwrap_or_else(|| panic!("no column {name}"));
    let column = match column.data_type() {
        DataType::Dictionary(_, _) => arrow_cast::cast(column, &DataType::Utf8).unwrap(),
        _ => Arc::clone(column),
    };
    column.as_string::<i32>().iter().map(|cell| cell.map(str::to_string)).collect()
}

fn some(cells: &[&str]) -> Vec<Option<String>> {
    cells.iter().map(|cell| Some(cell.to_string())).collect()
}

#[test]
fn a_batch_gives_the_tables_of_its_documents() {
    let articles = batch(vec![
        ("id", Arc::new(StringArray::from(vec![Some("a"), None]))),
        ("text", Arc::new(StringArray::from(vec![FIRST, SECOND]))),
        ("date", Arc::new(StringArray::from(vec!["2023-02-06", ""]))),
        ("rubrik", Arc::new(StringArray::from(vec!["daerah", ""]))),
    ]);
    let options = BatchOptions { tokens: true, ..BatchOptions::default() };
    let pipeline = pipeline();
    let tables = pipeline.process_record_batch(&articles, &options).unwrap();

    let mut first = Document::new("a", "-", FIRST);
    first.published = Some("2023-02-06".to_string());
    first.extra.push(("rubrik".to_string(), "daerah".to_string()));
    let second = Document::new("2", "-", SECOND);
    let mut expected = TablesBuilder::new(OffsetUnit::CodePoint, true);
    for document in pipeline.process_batch(vec![first, second]) {
        expected.append(&document.unwrap());
    }
    assert_eq!(tables, expected.finish());
    assert_eq!(texts(&tables.documents, "rubrik"), [Some("daerah".to_string()), None]);
    assert_eq!(tables.failures.num_rows(), 0);
}

#[test]
fn tables_have_the_columns_of_csv_in_their_order() {
    let tables = TablesBuilder::new(OffsetUnit::CodePoint, true).finish();
    let names = |table: &RecordBatch| -> Vec<String> {
        table.schema().fields().iter().map(|field| field.name().clone()).collect()
    };
    assert_eq!(names(&tables.documents), columns::DOCUMENTS);
    assert_eq!(names(&tables.mentions), columns::MENTIONS);
    assert_eq!(names(&tables.entities), columns::ENTITIES);
    assert_eq!(names(&tables.keywords), columns::KEYWORDS);
    assert_eq!(names(&tables.keyword_occurrences), columns::KEYWORD_OCCURRENCES);
    assert_eq!(names(&tables.quotes), columns::QUOTES);
    assert_eq!(names(&tables.tokens.unwrap()), columns::TOKENS);
    assert_eq!(names(&tables.failures), columns::FAILURES);
}

#[test]
fn offsets_count_in_the_unit_asked_for() {
    let text = format!("😀 {SECOND}");
    let articles = batch(vec![("text", Arc::new(StringArray::from(vec![text])))]);
    let start = |unit| {
        let options = BatchOptions { unit, ..BatchOptions::default() };
        let tables = pipeline().process_record_batch(&articles, &options).unwrap();
        let column = tables.mentions.column_by_name("start").unwrap().clone();
        column.as_primitive::<arrow_array::types::Int64Type>().value(0)
    };
    assert_eq!(start(OffsetUnit::CodePoint), 11);
    assert_eq!(start(OffsetUnit::Utf16), 12);
    assert_eq!(start(OffsetUnit::Byte), 14);
}

#[test]
fn texts_come_in_every_type_that_holds_them() {
    let coded: DictionaryArray<Int32Type> = [FIRST, SECOND].into_iter().collect();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(vec![FIRST, SECOND])),
        Arc::new(LargeStringArray::from(vec![FIRST, SECOND])),
        Arc::new(StringViewArray::from(vec![FIRST, SECOND])),
        Arc::new(BinaryArray::from(vec![FIRST.as_bytes(), SECOND.as_bytes()])),
        Arc::new(coded),
    ];
    let expected = process(&batch(vec![("text", Arc::clone(&columns[0]))]));
    assert_eq!(texts(&expected.documents, "title")[0].as_deref(), Some("Banjir di Demak"));
    for column in columns {
        let data_type = column.data_type().clone();
        assert_eq!(process(&batch(vec![("text", column)])), expected, "{data_type}");
    }
}

#[test]
fn other_types_pass_through_as_json_has_them() {
    let list = ListArray::from_iter_primitive::<arrow_array::types::Int64Type, _, _>([
        Some(vec![Some(1), None]),
        None,
    ]);
    let jakarta = TimestampSecondArray::from(vec![Some(1_678_790_096), None]);
    let jakarta = jakarta.with_timezone("Asia/Jakarta");
    let articles = batch(vec![
        ("id", Arc::new(Int64Array::from(vec![7, 8]))),
        ("text", Arc::new(StringArray::from(vec![SECOND, SECOND]))),
        ("date", Arc::new(Date32Array::from(vec![Some(19_430), None]))),
        ("dibaca", Arc::new(Float64Array::from(vec![Some(1.5), Some(f64::NAN)]))),
        ("daring", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        ("diambil", Arc::new(TimestampSecondArray::from(vec![Some(1_678_790_096), None]))),
        ("terbit", Arc::new(jakarta)),
        ("nomor", Arc::new(list)),
        ("source", Arc::new(StringArray::from(vec!["antara", "tempo"]))),
    ]);
    let documents = process(&articles).documents;
    assert_eq!(texts(&documents, "doc_id"), some(&["7", "8"]));
    assert_eq!(texts(&documents, "published"), [Some("2023-03-14".to_string()), None]);
    assert_eq!(texts(&documents, "dibaca"), [Some("1.5".to_string()), None]);
    assert_eq!(texts(&documents, "daring"), [Some("true".to_string()), None]);
    assert_eq!(texts(&documents, "diambil"), [Some("2023-03-14T10:34:56".to_string()), None]);
    assert_eq!(texts(&documents, "terbit"), [Some("2023-03-14T10:34:56Z".to_string()), None]);
    assert_eq!(texts(&documents, "nomor"), [Some("[1,null]".to_string()), None]);
    assert_eq!(texts(&documents, "input_source"), some(&["antara", "tempo"]));
}

#[test]
fn rows_without_a_text_are_failures_in_their_place() {
    let articles = batch(vec![
        ("id", Arc::new(StringArray::from(vec![None, Some("b"), None, Some("d")]))),
        ("text", Arc::new(StringArray::from(vec![None, Some(SECOND), Some(SECOND), None]))),
    ]);
    let options =
        BatchOptions { first_row: 101, source: "tabel".to_string(), ..BatchOptions::default() };
    let tables = pipeline().process_record_batch(&articles, &options).unwrap();
    assert_eq!(texts(&tables.documents, "doc_id"), some(&["b", "103"]));
    let failures = &tables.failures;
    assert_eq!(texts(failures, "doc_id"), [None, Some("d".to_string())]);
    assert_eq!(texts(failures, "source"), some(&["tabel", "tabel"]));
    assert_eq!(texts(failures, "stage"), some(&["read", "read"]));
    let reasons = ["row 101: no text in column \"text\"", "row 104: no text in column \"text\""];
    assert_eq!(texts(failures, "reason"), some(&reasons));
}

#[test]
fn a_batch_without_texts_is_an_error_that_names_the_columns() {
    let articles = batch(vec![
        ("id", Arc::new(Int64Array::from(vec![1]))),
        ("isi", Arc::new(Int64Array::from(vec![1]))),
    ]);
    let failed = |fields: Fields| -> BatchError {
        let options = BatchOptions { fields, ..BatchOptions::default() };
        pipeline().process_record_batch(&articles, &options).unwrap_err()
    };
    let message = failed(Fields::default()).to_string();
    assert_eq!(message, "no column \"text\" for the text; the columns are id, isi");
    let message = failed(Fields { text: "isi".to_string(), ..Fields::default() }).to_string();
    assert_eq!(message, "column \"isi\" holds Int64, no text");
}

//! Parquet input: the documents that JSON Lines of the same rows give, and damage.

mod support;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Float64Array, Int64Array, ListArray,
    RecordBatch, StringArray, TimestampMillisecondArray,
};
use nukil_tables::{Fields, InputFormat, Limits, ReadOptions, Reader};
use nukil_types::Document;
use parquet::arrow::ArrowWriter;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use support::{Folder, gzip, zstd};

/// A Parquet file with the columns of `batch`, `rows` to a row group.
fn write(path: &Path, batch: &RecordBatch, rows: usize, compression: Compression) {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(rows))
        .set_compression(compression)
        .build();
    let file = File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

/// Three articles with an identifier and a text.
fn articles() -> RecordBatch {
    let texts = ["Banjir di Demak.", "Gempa di Cianjur.", "Rob di Semarang."];
    batch(vec![
        ("id", Arc::new(StringArray::from(vec!["a", "b", "c"]))),
        ("text", Arc::new(StringArray::from(texts.to_vec()))),
    ])
}

const OUTLINE: [&str; 3] =
    ["a <{}> Banjir di Demak.", "b <{}> Gempa di Cianjur.", "c <{}> Rob di Semarang."];

fn outline(source: &str) -> Vec<String> {
    OUTLINE.iter().map(|line| line.replace("{}", source)).collect()
}

#[test]
fn rows_are_read_as_those_of_json_lines() {
    let folder = Folder::new();
    let tags = ListArray::from_iter_primitive::<arrow_array::types::Int64Type, _, _>([
        Some(vec![Some(1), Some(2)]),
        None,
        Some(vec![]),
    ]);
    let terbit = TimestampMillisecondArray::from(vec![Some(1_678_790_096_000), None, None]);
    let rows = batch(vec![
        ("nomor", Arc::new(Int64Array::from(vec![Some(7), None, Some(9)]))),
        ("judul", Arc::new(StringArray::from(vec![Some(" Banjir "), None, Some("")]))),
        ("isi", Arc::new(StringArray::from(vec![Some("Banjir di Demak."), None, Some("Rob.")]))),
        ("tanggal", Arc::new(Date32Array::from(vec![Some(19_430), None, None]))),
        ("rubrik", Arc::new(BinaryArray::from_opt_vec(vec![Some(b"daerah"), None, Some(b"")]))),
        ("source", Arc::new(StringArray::from(vec!["antara", "antara", "tempo"]))),
        ("dibaca", Arc::new(Float64Array::from(vec![Some(1.5), None, Some(2.0)]))),
        ("daring", Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)]))),
        ("terbit", Arc::new(terbit.with_timezone("Asia/Jakarta"))),
        ("tag", Arc::new(tags)),
    ]);
    write(&folder.path("a.parquet"), &rows, 2, Compression::SNAPPY);
    folder.put(
        "b.jsonl",
        r#"{"nomor":7,"judul":" Banjir ","isi":"Banjir di Demak.","tanggal":"2023-03-14","rubrik":"daerah","source":"antara","dibaca":1.5,"daring":true,"terbit":"2023-03-14T10:34:56Z","tag":[1,2]}
{"nomor":null,"judul":null,"isi":null,"tanggal":null,"rubrik":null,"source":"antara","dibaca":null,"daring":null,"terbit":null,"tag":null}
{"nomor":9,"judul":"","isi":"Rob.","tanggal":null,"rubrik":"","source":"tempo","dibaca":2.0,"daring":false,"terbit":null,"tag":[]}
"#,
    );
    let fields = Fields {
        id: "nomor".to_string(),
        title: "judul".to_string(),
        text: "isi".to_string(),
        date: "tanggal".to_string(),
    };
    let read = |name: &str| -> Vec<Result<Document, String>> {
        let options = ReadOptions { fields: fields.clone(), ..ReadOptions::default() };
        Reader::new(vec![folder.path(name)], options)
            .map(|item| match item {
                Ok(document) => Ok(Document { source: String::new(), ..document }),
                Err(failure) => Err(failure.reason),
            })
            .collect()
    };
    let (parquet, json) = (read("a.parquet"), read("b.jsonl"));
    assert_eq!(parquet.len(), 3);
    assert_eq!(parquet[0], json[0]);
    assert_eq!(parquet[2], json[2]);
    let reason = "row 2: no text in column \"isi\"; --text-field names another";
    assert_eq!(parquet[1], Err(reason.to_string()));
}

#[test]
fn row_groups_and_codecs_of_all_kinds() {
    let folder = Folder::new();
    for (at, codec) in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4,
        Compression::LZ4_RAW,
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{at}.parquet");
        write(&folder.path(&name), &articles(), 1 + at % 3, codec);
        assert_eq!(folder.default(&[&name]), outline(&name), "{codec:?}");
    }
}

#[test]
fn what_cannot_be_read_from_its_end_is_copied_first() {
    let folder = Folder::new();
    write(&folder.path("asli"), &articles(), 2, Compression::SNAPPY);
    let bytes = std::fs::read(folder.path("asli")).unwrap();
    folder.put("a.parquet.gz", gzip(&bytes));
    folder.put("b.pq.zst", zstd(&bytes));
    // By its content, too, where no extension tells.
    for name in ["asli", "a.parquet.gz", "b.pq.zst"] {
        assert_eq!(folder.default(&[name]), outline(name));
    }
    let options = ReadOptions { format: Some(InputFormat::Parquet), ..ReadOptions::default() };
    assert_eq!(folder.outline(&["asli"], options), outline("asli"));
}

#[test]
fn damage_is_told_and_other_files_are_read() {
    let folder = Folder::new();
    write(&folder.path("utuh.parquet"), &articles(), 1, Compression::UNCOMPRESSED);
    let bytes = std::fs::read(folder.path("utuh.parquet")).unwrap();
    folder.put("pendek.parquet", &bytes[..bytes.len() - 20]);
    folder.put("palsu.parquet", "id,text\na,Banjir.\n");
    folder.put("kosong.parquet", "");
    // The length of the first page's content, in the third byte of its header, is a lie.
    let mut wrong = bytes.clone();
    wrong[6] ^= 0x40;
    folder.put("rusak.parquet", wrong);
    let lines = folder.default(&[
        "pendek.parquet",
        "palsu.parquet",
        "kosong.parquet",
        "rusak.parquet",
        "utuh.parquet",
    ]);
    assert!(lines[0].starts_with("pendek.parquet: damaged Parquet file: "), "{lines:?}");
    assert_eq!(lines[1], "palsu.parquet: this is no Parquet file");
    assert_eq!(lines[2], "kosong.parquet: empty file");
    let prefix = "rusak.parquet: row 1 and those behind it: damaged Parquet file: ";
    assert!(lines[3].starts_with(prefix), "{lines:?}");
    assert_eq!(lines[4..], outline("utuh.parquet"));
}

#[test]
fn the_text_must_be_there_and_be_text() {
    let folder = Folder::new();
    let rows = batch(vec![
        ("id", Arc::new(Int64Array::from(vec![1]))),
        ("text", Arc::new(Int64Array::from(vec![1]))),
    ]);
    write(&folder.path("a.parquet"), &rows, 1, Compression::SNAPPY);
    assert_eq!(folder.default(&["a.parquet"]), ["a.parquet: column \"text\" holds Int64, no text"]);
    let fields = Fields { text: "isi".to_string(), ..Fields::default() };
    let options = ReadOptions { fields, ..ReadOptions::default() };
    assert_eq!(
        folder.outline(&["a.parquet"], options),
        [
            "a.parquet: no column \"isi\" for the text; the columns are id, text; --text-field names \
          another"
        ]
    );
}

#[test]
fn long_rows_fail_and_long_texts_are_cut() {
    let folder = Folder::new();
    let texts = ["Rob. ".repeat(60), "Gempa di Cianjur. ".repeat(40), "Banjir.".to_string()];
    let rows = batch(vec![
        ("id", Arc::new(StringArray::from(vec!["a", "b", "c"]))),
        ("text", Arc::new(StringArray::from(texts.to_vec()))),
    ]);
    write(&folder.path("a.parquet"), &rows, 3, Compression::SNAPPY);
    let limits = Limits { max_record_bytes: 400, max_characters: 5, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    // The reader keeps a little more, for who finds the end of the sentence.
    let kept = &texts[0][..5 + Limits::LOOKAHEAD];
    assert_eq!(
        folder.outline(&["a.parquet"], options),
        [
            &format!("a <a.parquet> {kept}"),
            "a.parquet: document b: row 2: longer than 400 bytes",
            "c <a.parquet> Banjir.",
        ]
    );
}

#[test]
fn progress_comes_to_the_length_of_the_file() {
    let folder = Folder::new();
    let texts: Vec<String> =
        (0..5000).map(|number| format!("Berita {number}.").repeat(9)).collect();
    let rows = batch(vec![("text", Arc::new(StringArray::from(texts)))]);
    write(&folder.path("a.parquet"), &rows, 1000, Compression::UNCOMPRESSED);
    let length = std::fs::metadata(folder.path("a.parquet")).unwrap().len();
    let mut reader = Reader::new(vec![folder.path("a.parquet")], ReadOptions::default());
    assert_eq!(reader.by_ref().filter(Result::is_ok).count(), 5000);
    let read = reader.bytes_read();
    assert!((length..length + (100 << 10)).contains(&read), "{read} of {length}");
}

#[test]
fn no_damage_stops_the_reader() {
    let folder = Folder::new();
    let tags = ListArray::from_iter_primitive::<arrow_array::types::Int64Type, _, _>([
        Some(vec![Some(1), Some(2)]),
        None,
        Some(vec![]),
    ]);
    let rows = batch(vec![
        ("id", Arc::new(StringArray::from(vec!["a", "b", "a"]))),
        ("text", Arc::new(StringArray::from(vec![Some("Banjir."), None, Some("Rob.")]))),
        ("dibaca", Arc::new(Float64Array::from(vec![Some(1.5), None, Some(2.0)]))),
        ("tag", Arc::new(tags)),
    ]);
    for codec in [Compression::UNCOMPRESSED, Compression::ZSTD(ZstdLevel::default())] {
        write(&folder.path("utuh.parquet"), &rows, 2, codec);
        let bytes = std::fs::read(folder.path("utuh.parquet")).unwrap();
        for at in (4..bytes.len()).step_by(3) {
            for flip in [0x01, 0x80, 0xff] {
                let mut wrong = bytes.clone();
                wrong[at] ^= flip;
                let path = folder.put("rusak.parquet", wrong);
                let items = Reader::new(vec![path], ReadOptions::default()).take(10);
                let items: Vec<_> = items.collect();
                assert!((1..=4).contains(&items.len()), "byte {at} with {flip}: {items:?}");
            }
        }
    }
}

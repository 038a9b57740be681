//! Parquet out and in: the same rows as in CSV, the same results as from JSON Lines.

mod support;
#[path = "support/parquet.rs"]
mod tables;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use nukil_pipeline::record_batches::BatchOptions;
use nukil_pipeline::{Config, Pipeline};
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use support::Room;

const TABLES: [&str; 8] = [
    "documents",
    "mentions",
    "entities",
    "keywords",
    "keyword_occurrences",
    "quotes",
    "tokens",
    "failures",
];

fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").display().to_string()
}

fn csv_rows(room: &Room, name: &str) -> Vec<Vec<String>> {
    let text = room.read(name);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect());
    rows.collect()
}

fn assert_same_tables(room: &Room, folder: &str, names: &[&str]) {
    for table in names {
        let parquet = tables::rows(&room.path(&format!("{folder}/{table}.parquet")));
        let csv = csv_rows(room, &format!("{folder}/{table}.csv"));
        assert_eq!(parquet.len(), csv.len(), "{table}");
        for (parquet, csv) in parquet.iter().zip(&csv) {
            assert_eq!(parquet, csv, "{table}");
        }
    }
}

fn metadata(path: &Path) -> ParquetMetaData {
    ParquetMetaDataReader::new().parse_and_finish(&File::open(path).unwrap()).unwrap()
}

#[test]
fn parquet_holds_the_rows_of_csv() {
    let room = Room::new();
    room.put("rusak.jsonl", "{\"id\": \"r1\", \"text\": 3}\n");
    let ran = room.run(&[
        "extract",
        &samples(),
        "rusak.jsonl",
        "--tokens",
        "--output-format",
        "csv,jsonl,parquet",
        "-o",
        "hasil",
    ]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_same_tables(&room, "hasil", &TABLES);
    assert_eq!(tables::rows(&room.path("hasil/failures.parquet")).len(), 2);
    assert_eq!(room.read("hasil/records.jsonl").lines().count(), 10);
}

#[test]
fn parquet_alone_leaves_failures_in_csv_too() {
    let room = Room::new();
    room.put("a.txt", "Presiden Joko Widodo bertolak ke Surabaya.");
    let ran = room.run(&["extract", "a.txt", "--output-format", "parquet", "-o", "hasil"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let expected = [
        "documents.parquet",
        "entities.parquet",
        "failures.csv",
        "failures.parquet",
        "keyword_occurrences.parquet",
        "keywords.parquet",
        "mentions.parquet",
        "quotes.parquet",
    ];
    assert_eq!(room.names("hasil"), expected);
    // They are output, no articles.
    let ran = room.run(&["extract", ".", "--output-format", "parquet", "-o", "hasil"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(tables::rows(&room.path("hasil/documents.parquet")).len(), 2);
}

#[test]
fn parquet_is_the_same_whatever_the_number_of_jobs() {
    let room = Room::new();
    for jobs in ["1", "2"] {
        let ran = room.run(&[
            "extract",
            &samples(),
            "--tokens",
            "--jobs",
            jobs,
            "--output-format",
            "parquet",
            "-o",
            jobs,
        ]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    for table in TABLES {
        let read = |jobs: &str| std::fs::read(room.path(&format!("{jobs}/{table}.parquet")));
        assert!(read("1").unwrap() == read("2").unwrap(), "{table}");
    }
}

#[test]
fn the_footer_tells_schema_and_version_and_texts_are_coded_and_compressed() {
    let room = Room::new();
    let ran = room.run(&["extract", &samples(), "--output-format", "parquet", "-o", "hasil"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for table in TABLES.into_iter().filter(|table| *table != "tokens") {
        let metadata = metadata(&room.path(&format!("hasil/{table}.parquet")));
        let facts = metadata.file_metadata().key_value_metadata().unwrap();
        let fact = |name: &str| {
            let fact = facts.iter().find(|fact| fact.key == name).unwrap();
            fact.value.clone().unwrap()
        };
        assert_eq!(fact("nukil.schema"), "1");
        assert_eq!(fact("nukil.version"), env!("CARGO_PKG_VERSION"));
        for chunk in metadata.row_groups().iter().flat_map(|group| group.columns()) {
            let path = chunk.column_path().string();
            assert!(matches!(chunk.compression(), Compression::ZSTD(_)), "{table}.{path}");
            let coded = chunk.encodings().any(|encoding| encoding == Encoding::RLE_DICTIONARY);
            assert!(coded || path != "doc_id", "{table}.{path}");
        }
    }
}

/// Articles enough for several row groups of `tokens`.
fn many_articles(count: usize) -> String {
    let article = std::fs::read_to_string(format!("{}/03-kompas-banjir.txt", samples())).unwrap();
    let line = |number: usize| serde_json::json!({"id": format!("a{number}"), "text": article, "rubrik": "daerah"});
    (0..count).map(|number| format!("{}\n", line(number))).collect()
}

#[test]
fn row_groups_are_bounded() {
    let room = Room::new();
    room.put("banyak.jsonl", many_articles(300));
    let ran = room.run(&[
        "extract",
        "banyak.jsonl",
        "--tokens",
        "--output-format",
        "csv,parquet",
        "-o",
        "hasil",
    ]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let tokens = metadata(&room.path("hasil/tokens.parquet"));
    let groups: Vec<_> = tokens.row_groups().iter().map(|group| group.num_rows()).collect();
    assert!(groups.len() > 1, "{groups:?}");
    assert!(groups.iter().all(|&rows| rows <= 122_880), "{groups:?}");
    assert_same_tables(&room, "hasil", &["documents", "tokens"]);
}

#[test]
fn pass_through_columns_that_come_up_late_are_columns_of_all_rows() {
    let room = Room::new();
    // More documents than are collected before they are written.
    let mut lines = String::new();
    for number in 0..19_000 {
        let extra = match number {
            0..9_000 => "\"rubrik\": \"daerah\"".to_string(),
            9_000..18_000 => format!("\"penulis\": \"p{number}\", \"rubrik\": \"kota\""),
            _ => format!("\"tag\": \"t{number}\""),
        };
        lines.push_str(&format!("{{\"text\": \"Ya.\", {extra}}}\n"));
    }
    room.put("a.jsonl", lines);
    let ran = room.run(&["extract", "a.jsonl", "--output-format", "csv,parquet", "-o", "hasil"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_same_tables(&room, "hasil", &["documents"]);
    let header = &tables::rows(&room.path("hasil/documents.parquet"))[0];
    assert_eq!(header[header.len() - 3..], ["rubrik", "penulis", "tag"]);
    let left: Vec<_> =
        room.names("hasil").into_iter().filter(|name| name.starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_record_batch_gives_the_rows_of_csv() {
    let room = Room::new();
    let texts: Vec<String> = std::fs::read_dir(samples())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let mut lines = String::new();
    for text in &texts {
        lines.push_str(&format!("{}\n", serde_json::json!({"text": text, "rubrik": "contoh"})));
    }
    room.put("a.jsonl", &lines);
    let ran = room.run(&["extract", "a.jsonl", "--tokens", "-o", "hasil"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);

    let rubrik = vec!["contoh"; texts.len()];
    let batch = RecordBatch::try_from_iter([
        ("text", Arc::new(StringArray::from(texts)) as ArrayRef),
        ("rubrik", Arc::new(StringArray::from(rubrik))),
    ]);
    let options =
        BatchOptions { source: "a.jsonl".to_string(), tokens: true, ..BatchOptions::default() };
    let pipeline = Pipeline::new(Config { jobs: 1, ..Config::default() }).unwrap();
    let made = pipeline.process_record_batch(&batch.unwrap(), &options).unwrap();
    let made = [
        ("documents", made.documents),
        ("mentions", made.mentions),
        ("entities", made.entities),
        ("keywords", made.keywords),
        ("keyword_occurrences", made.keyword_occurrences),
        ("quotes", made.quotes),
        ("tokens", made.tokens.unwrap()),
        ("failures", made.failures),
    ];
    for (table, batch) in made {
        let csv = csv_rows(&room, &format!("hasil/{table}.csv"));
        assert_eq!(tables::cells(&batch), csv[1..], "{table}");
    }
}

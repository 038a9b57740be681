//! Parquet out and in: the same rows as in CSV, the same results as from JSON Lines.

mod support;
#[path = "support/parquet.rs"]
mod tables;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
use nukil_pipeline::record_batches::BatchOptions;
use nukil_pipeline::{Config, Pipeline};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use support::{Ran, Room};

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
    // Two of the file that is damaged, and one that tells of the README beside the samples.
    assert_eq!(tables::rows(&room.path("hasil/failures.parquet")).len(), 3);
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
        "manifest.json",
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
        assert_eq!(fact("nukil.schema"), "2");
        assert_eq!(fact("nukil.version"), env!("CARGO_PKG_VERSION"));
        for chunk in metadata.row_groups().iter().flat_map(|group| group.columns()) {
            let path = chunk.column_path().string();
            assert!(matches!(chunk.compression(), Compression::ZSTD(_)), "{table}.{path}");
            let coded = chunk.encodings().any(|encoding| encoding == Encoding::RLE_DICTIONARY);
            assert!(coded || path != "doc_id", "{table}.{path}");
        }
    }
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

/// Writes a Parquet file of one batch.
fn write(path: &Path, batch: &RecordBatch) {
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn articles_in_parquet_give_what_they_give_in_json_lines() {
    let room = Room::new();
    let texts: Vec<String> =
        ["01-tempo-diplomasi.txt", "03-kompas-banjir.txt", "05-sindonews-hukum.txt"]
            .map(|name| std::fs::read_to_string(Path::new(&samples()).join(name)).unwrap())
            .to_vec();
    let mut lines = String::new();
    for (number, text) in texts.iter().enumerate() {
        let date = (number > 0).then_some("2023-02-06");
        let line = serde_json::json!({"nomor": number, "date": date, "text": text, "rubrik": null});
        lines.push_str(&format!("{line}\n"));
    }
    room.put("a.jsonl", lines);
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("nomor", Arc::new(Int64Array::from(vec![0, 1, 2])) as ArrayRef, true),
        ("date", Arc::new(Date32Array::from(vec![None, Some(19_394), Some(19_394)])), true),
        ("text", Arc::new(StringArray::from(texts)), true),
        ("rubrik", Arc::new(StringArray::new_null(3)), true),
    ]);
    write(&room.path("a.parquet"), &batch.unwrap());

    let tables = |arguments: &[&str], folder: &str, source: &str| {
        let mut command = room.nukil(&["extract", "--id-field", "nomor", "--output-format"]);
        command.args(["csv,jsonl", "-o", folder]).args(arguments);
        if arguments.contains(&"-") {
            command.write_stdin(std::fs::read(room.path("a.parquet")).unwrap());
        }
        let ran = Ran::of(&mut command);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let read = |name: &String| room.read(&format!("{folder}/{name}"));
        // The manifest has a digest of the input, its name included.
        let names = room.names(folder).into_iter().filter(|name| name != "manifest.json");
        let from = [format!(",{source},"), format!("\"source\":\"{source}\"")];
        let texts: Vec<String> = names.map(|name| read(&name)).collect();
        texts.iter().map(|text| text.replace(&from[0], ",.,").replace(&from[1], ".")).collect()
    };
    let expected: Vec<String> = tables(&["a.jsonl"], "dari-jsonl", "a.jsonl");
    assert_eq!(tables(&["a.parquet"], "dari-parquet", "a.parquet"), expected);
    let piped = tables(&["-", "--input-format", "parquet"], "dari-pipa", "-");
    assert_eq!(piped, expected);
    assert_eq!(tables(&["-"], "dari-pipa-juga", "-"), expected);
}

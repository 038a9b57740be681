//! Tables in folders by date or source: the same rows as in one file, each where its path says.

mod support;
#[path = "support/parquet.rs"]
mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::{Ran, Room};

const TABLES: [&str; 6] =
    ["documents", "mentions", "entities", "keywords", "keyword_occurrences", "quotes"];

/// A folder of three dated articles and one without a date, in a table and as text.
fn room() -> Room {
    let room = Room::new();
    room.put(
        "berita/arsip=2022.csv",
        "id,date,text,rubrik\n\
         a,2022-09-20,\"Banjir di Demak, kata Budi Santoso.\",daerah\n\
         b,2022-09-19,Gempa mengguncang Cianjur.,\n\
         c,2022-09-20,\"\"\"Kita siap,\"\" kata Bupati Demak Eisti'anah.\",\"daerah,\n\"\"utara\"\"\"\n",
    );
    room.put("berita/tanpa tanggal.txt", "Harga beras di Surabaya naik 3 persen.");
    room.put("berita/kosong.txt", "");
    room
}

/// The rows of a table by the folder of their partition, sorted.
fn rows(folder: &Path, table: &str) -> BTreeMap<String, Vec<csv::StringRecord>> {
    let read = |path: &Path| {
        let mut reader = csv::Reader::from_path(path).expect("a table");
        let mut rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        rows.sort_by(|a, b| a.iter().cmp(b.iter()));
        rows
    };
    let path = folder.join(format!("{table}.csv"));
    if path.exists() {
        return [(String::new(), read(&path))].into();
    }
    fs::read_dir(folder.join(table))
        .expect("a folder of partitions")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_str().expect("UTF-8").to_string();
            (name, read(&path.join(format!("{table}.csv"))))
        })
        .collect()
}

fn run(room: &Room, options: &[&str]) -> Ran {
    let ran = room.run(&[&["extract", "berita", "--tokens"][..], options].concat());
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    ran
}

#[test]
fn partitions_hold_the_rows_of_the_whole_table() {
    let room = room();
    run(&room, &["-o", "utuh"]);
    let ran = run(&room, &["-o", "hari", "--partition-by", "date"]);
    assert!(
        ran.messages().last().unwrap().ends_with(
            "in hari: documents, mentions, entities, keywords, keyword_occurrences, quotes, \
             tokens, failures.csv"
        ),
        "{}",
        ran.stderr
    );
    run(&room, &["-o", "sumber", "--partition-by", "source", "--part-documents", "1"]);
    for table in TABLES.into_iter().chain(["tokens"]) {
        let whole = rows(&room.path("utuh"), table).remove("").expect("one file");
        for folder in ["hari", "sumber"] {
            let mut joined: Vec<_> =
                rows(&room.path(folder), table).into_values().flatten().collect();
            joined.sort_by(|a, b| a.iter().cmp(b.iter()));
            assert_eq!(joined, whole, "{folder}/{table}");
        }
    }
    let documents = |folder: &str| -> Vec<(String, Vec<String>)> {
        let ids = |rows: Vec<csv::StringRecord>| rows.iter().map(|row| row[0].into()).collect();
        rows(&room.path(folder), "documents").into_iter().map(|(p, rows)| (p, ids(rows))).collect()
    };
    let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        documents("hari"),
        [
            ("published=2022-09-19".to_string(), owned(&["b"])),
            ("published=2022-09-20".to_string(), owned(&["a", "c"])),
            ("published=__HIVE_DEFAULT_PARTITION__".to_string(), owned(&["tanpa tanggal"])),
        ]
    );
    assert_eq!(
        documents("sumber"),
        [
            ("source=berita%2Farsip%3D2022.csv".to_string(), owned(&["a", "b", "c"])),
            ("source=berita%2Ftanpa tanggal.txt".to_string(), owned(&["tanpa tanggal"])),
        ]
    );
    for folder in ["hari", "sumber"] {
        let failures = room.read(&format!("{folder}/failures.csv"));
        assert_eq!(failures, room.read("utuh/failures.csv"));
    }
}

/// Parts that do not have all columns, joined in every partition.
#[test]
fn partitions_in_parquet_hold_the_rows_of_csv() {
    let room = room();
    let options = ["--partition-by", "date", "--part-documents", "1"];
    run(&room, &[&options[..], &["-o", "hari", "--output-format", "csv,parquet"]].concat());
    for table in TABLES.into_iter().chain(["tokens"]) {
        let csv = rows(&room.path("hari"), table);
        assert_eq!(csv.len(), 3, "{table}");
        for (partition, csv) in csv {
            let path =
                room.path("hari").join(table).join(partition).join(format!("{table}.parquet"));
            let mut parquet = tables::rows(&path).split_off(1);
            parquet.sort();
            assert_eq!(parquet.len(), csv.len());
            for (parquet, csv) in parquet.iter().zip(&csv) {
                assert!(csv.iter().eq(parquet), "{table}: {parquet:?}, {csv:?}");
            }
        }
    }
    assert_eq!(tables::rows(&room.path("hari/failures.parquet")).len(), 2);
}

#[test]
fn partitions_inside_the_input_folder_are_not_read_again() {
    let room = room();
    let options = ["-o", "berita/hasil", "--partition-by", "date", "--output-format", "csv,jsonl"];
    for _ in 0..2 {
        run(&room, &options);
        let documents: usize =
            rows(&room.path("berita/hasil"), "documents").values().map(Vec::len).sum();
        assert_eq!(documents, 4);
    }
}

#[test]
fn standard_output_has_no_partitions() {
    let ran = room().run(&["extract", "berita", "-o", "-", "--partition-by", "date"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--partition-by splits the tables of a folder"), "{}", ran.stderr);
}

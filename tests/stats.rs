//! What `--stats` writes agrees with the tables, and the last line of a run tells its pace.

mod support;

use serde::Deserialize;

use support::{Ran, Room, without_pace};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    program: String,
    documents: u64,
    failed: u64,
    skipped: u64,
    truncated: u64,
    input_bytes: u64,
    text_bytes: u64,
    tokens: u64,
    sentences: u64,
    mentions: u64,
    entities: u64,
    quotes: u64,
    keywords: u64,
    jobs: u64,
    wall_seconds: f64,
    mb_per_second: f64,
    peak_memory_bytes: Option<u64>,
    stages: Vec<Stage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stage {
    stage: String,
    seconds: f64,
    mb_per_second: Option<f64>,
}

const STAGES: [&str; 14] = [
    "read",
    "page",
    "layout",
    "language",
    "tokens",
    "stop_words",
    "lemmas",
    "rules",
    "tagger",
    "entities",
    "quotes",
    "values",
    "keywords",
    "write",
];

const NEWS: &str = "Banjir Rendam Demak\n\nDEMAK, KOMPAS.com - Bupati Demak Eisti'anah meninjau \
                    banjir di Kecamatan Sayung, Kabupaten Demak, Senin (6/2/2023). \"Air sudah \
                    surut,\" kata Eisti'anah. Sebanyak 170 rumah terendam.\n";

fn report(room: &Room, name: &str) -> Report {
    serde_json::from_str(&room.read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A room with four documents, one of them cut, one skipped, and one failure; and a run over it.
fn run(options: &[&str]) -> (Room, Ran) {
    let room = Room::new();
    room.put("berita/a.txt", NEWS);
    room.put("berita/b.txt", NEWS.repeat(3));
    room.put("berita/c.txt", "The minister said on Monday that the flood was over. ".repeat(4));
    room.put("berita/d.txt", "");
    room.put("berita/e.txt", NEWS);
    let limit = (NEWS.len() + 60).to_string();
    let fixed = ["extract", "berita", "--language", "id", "--max-characters", &limit];
    let ran = room.run(&[&fixed, options].concat());
    (room, ran)
}

#[test]
fn the_counts_are_those_of_the_tables() {
    let (room, ran) = run(&["--stats", "angka.json", "--jobs", "2"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let report = report(&room, "angka.json");
    assert!(report.program.starts_with("nukil "), "{}", report.program);
    assert_eq!(
        (report.documents, report.failed, report.skipped, report.truncated, report.jobs),
        (4, 1, 1, 1, 2)
    );

    let rows =
        |table: &str| room.columns(&format!("nukil-out/{table}.csv"), &["doc_id"]).len() as u64;
    assert_eq!(
        [
            report.documents,
            report.failed,
            report.mentions,
            report.entities,
            report.quotes,
            report.keywords
        ],
        ["documents", "failures", "mentions", "entities", "quotes", "keywords"].map(rows)
    );
    assert!(report.mentions > 0 && report.quotes > 0, "the sample has names and quotations");
    let sums = |column: &str| -> u64 {
        let cells = room.columns("nukil-out/documents.csv", &[column]);
        cells.iter().map(|row| row[0].parse::<u64>().expect("a number")).sum()
    };
    assert_eq!((report.text_bytes, report.sentences), (sums("characters"), sums("sentences")));
    assert!(report.tokens > sums("words"), "tokens are words and what stands between them");
    let bytes =
        ["a", "b", "c", "d", "e"].map(|name| room.read(&format!("berita/{name}.txt")).len());
    assert_eq!(report.input_bytes, bytes.iter().sum::<usize>() as u64);

    let names: Vec<_> = report.stages.iter().map(|stage| stage.stage.as_str()).collect();
    assert_eq!(names, STAGES);
    for stage in &report.stages {
        assert!(stage.seconds > 0.0 && stage.mb_per_second > Some(0.0), "{}", stage.stage);
        assert!(stage.seconds <= report.wall_seconds * 2.0, "{}", stage.stage);
    }
    assert!(report.mb_per_second > 0.0);
    assert_eq!(report.peak_memory_bytes.is_some(), cfg!(target_os = "linux"));
}

#[test]
fn what_is_measured_changes_nothing_of_the_output() {
    let (measured, _) = run(&["--stats", "angka.json"]);
    let (plain, _) = run(&[]);
    assert!(!plain.path("angka.json").exists());
    for table in plain.names("nukil-out") {
        let name = format!("nukil-out/{table}");
        assert_eq!(measured.read(&name), plain.read(&name), "{name}");
    }
}

#[test]
fn statistics_are_written_where_nothing_could_be_done() {
    let room = Room::new();
    room.put("kosong.txt", "");
    let ran = room.run(&["extract", "kosong.txt", "--stats", "angka.json", "--quiet"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (2, ""));
    let report = report(&room, "angka.json");
    assert_eq!((report.documents, report.failed, report.text_bytes), (0, 1, 0));
}

#[test]
fn statistics_that_cannot_be_written_stop_the_run_before_it_begins() {
    let room = Room::new();
    room.put("a.txt", NEWS);
    for (file, reason) in [("tiada/angka.json", "tiada"), ("-", "the name of a file")] {
        let ran = room.run(&["extract", "a.txt", "--stats", file]);
        assert_eq!((ran.status, ran.stderr.contains(reason)), (2, true), "{}", ran.stderr);
        assert!(!room.path("nukil-out/documents.csv").exists());
    }
}

#[test]
fn one_line_at_the_end_tells_documents_failures_and_pace() {
    let (_, ran) = run(&["--output-format", "jsonl"]);
    let messages = ran.messages();
    let last = without_pace(messages.last().expect("a message"));
    assert_eq!(
        last,
        "nukil: 4 documents done, 1 failed (see failures.csv), 0.0 MB; in nukil-out: records.jsonl, \
         failures.csv"
    );
    // Nothing is drawn where nobody looks.
    assert!(!ran.stderr.contains(['\r', '\u{1b}']), "{:?}", ran.stderr);
}

//! Bad input, each kind among good documents: a clear message, the right exit status, and the
//! others done.

mod support;

use support::{Ran, Room};

const GOOD: &str = "JAKARTA - Menteri Luar Negeri Retno Marsudi bertolak ke Surabaya.\n";

/// Runs over a bad file between two good ones and checks all but the message.
fn between_good_ones(name: &str, content: &[u8]) -> (Room, Ran) {
    let room = Room::new();
    room.put("berita/a-baik.txt", GOOD);
    room.put(&format!("berita/{name}"), content);
    room.put("berita/z-baik.txt", GOOD);
    let ran = room.run(&["extract", "berita"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    assert_eq!(room.columns("nukil-out/documents.csv", &["doc_id"]), [["a-baik"], ["z-baik"]]);
    (room, ran)
}

fn is_told(name: &str, content: &[u8], reason: &str) {
    let (room, ran) = between_good_ones(name, content);
    assert_eq!(ran.messages()[0], format!("nukil: berita/{name}: {reason}"));
    assert_eq!(
        room.columns("nukil-out/failures.csv", &["source", "doc_id", "stage", "reason"]),
        [[&format!("berita/{name}"), "", "read", reason]]
    );
}

#[test]
fn an_empty_file() {
    is_told("kosong.txt", b"", "empty file");
    is_told("kosong.jsonl", b"", "empty file");
    is_told("kosong.csv", b"", "empty file");
}

#[test]
fn a_binary_file() {
    is_told(
        "gambar.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "binary file, no text: a NUL at byte 8",
    );
}

#[test]
fn a_csv_without_the_text_column() {
    is_told(
        "tabel.csv",
        b"id,judul,isi\n1,Banjir,Banjir di Demak.\n",
        "no column \"text\" for the text; the columns are id, judul, isi; --text-field names \
         another",
    );
}

#[test]
fn a_parquet_file_that_is_none_or_only_a_part_of_one() {
    is_told("tabel.parquet", b"id,text\n", "this is no Parquet file");
    let reason = "damaged Parquet file: Invalid Parquet file. Corrupt footer";
    is_told("separuh.parquet", b"PAR1 dan seterusnya", reason);
}

/// The library panics over this one, which the fuzz target has found.
#[test]
fn a_panic_over_a_file_is_a_failure_and_no_more() {
    let room = Room::new();
    room.put("a.parquet", include_bytes!("fuzz/seeds/parquet/levels.parquet"));
    room.put("b.txt", GOOD);
    let mut command = room.nukil(&["extract", "a.parquet", "b.txt"]);
    let ran = Ran::of(command.env_remove("RUST_BACKTRACE"));
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let reason = "nukil: a.parquet: row 1 and those behind it: damaged Parquet file: its parts do not \
                  fit together";
    assert_eq!((ran.messages()[0], ran.messages().len()), (reason, 2), "{}", ran.stderr);
}

#[test]
fn damaged_utf8_is_replaced_and_bad_json_fails_in_single_lines() {
    let room = Room::new();
    let mut lines =
        b"{\"id\":\"a\",\"text\":\"Banjir di Demak.\"}\n{\"text\":\"\xC3\xA9 di Caf\xE9.\"}\n"
            .to_vec();
    lines.extend(b"{\"text\":\n{\"id\":\"d\",\"text\":\"Gempa di Cianjur.\"}\n");
    room.put("berita.jsonl", lines);
    let ran = room.run(&["extract", "berita.jsonl"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.messages()[..2],
        [
            "nukil: berita.jsonl: line 3, column 8: EOF while parsing a value",
            "nukil: 1 text with 1 character that could not be decoded (replacement_characters)",
        ]
    );
    assert_eq!(
        room.columns("nukil-out/documents.csv", &["doc_id", "replacement_characters"]),
        [["a", "0"], ["2", "1"], ["d", "0"]]
    );
    assert_eq!(room.columns("nukil-out/failures.csv", &["source"]).len(), 1);
}

#[test]
fn a_line_of_50_megabytes_is_cut_and_one_beyond_the_limit_fails() {
    let room = Room::new();
    let line = |id: &str, bytes: usize| {
        let sentence = "Banjir merendam Kabupaten Demak, Jawa Tengah. ";
        format!("{{\"id\":\"{id}\",\"text\":\"{}\"}}\n", sentence.repeat(bytes / sentence.len()))
    };
    let good = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"Gempa di Cianjur.\"}}\n");
    let lines = [good("a"), line("b", 50 << 20), line("c", 65 << 20), good("d")];
    room.put("berita.jsonl", lines.concat());
    let ran = room.run(&["extract", "berita.jsonl"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.messages()[0], "nukil: berita.jsonl: line 3: longer than 67108864 bytes");
    assert_eq!(
        ran.messages()[1],
        "nukil: 1 text cut at a limit (--max-characters, --max-tokens) and marked as truncated"
    );
    assert_eq!(
        room.columns("nukil-out/documents.csv", &["doc_id", "characters", "truncated"]),
        [["a", "17", "false"], ["b", "999993", "true"], ["d", "17", "false"]]
    );
}

#[test]
fn a_missing_file_among_good_ones() {
    let room = Room::new();
    room.put("a.txt", GOOD);
    room.put("b.txt", GOOD);
    let ran = room.run(&["extract", "a.txt", "tiada.txt", "b.txt", "tiada/*.txt"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.messages()[0], "nukil: tiada.txt: no such file or folder");
    assert_eq!(ran.messages()[1], "nukil: tiada/*.txt: no file matches");
    assert_eq!(room.columns("nukil-out/documents.csv", &["doc_id"]), [["a"], ["b"]]);
    assert_eq!(
        room.columns("nukil-out/failures.csv", &["source"]),
        [["tiada.txt"], ["tiada/*.txt"]]
    );
}

#[test]
fn nothing_readable_leaves_an_earlier_dataset_as_it_was() {
    let room = Room::new();
    room.put("a.txt", GOOD);
    assert_eq!(room.run(&["extract", "a.txt"]).status, 0);
    let before = room.read("nukil-out/documents.csv");
    room.put("kosong.txt", "");
    let ran = room.run(&["extract", "tiada.txt", "kosong.txt"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.messages(),
        [
            "nukil: tiada.txt: no such file or folder",
            "nukil: kosong.txt: empty file",
            "nukil: nothing could be done, nothing was written",
        ]
    );
    assert_eq!(room.read("nukil-out/documents.csv"), before);
    assert_eq!(room.names("nukil-out").len(), 8);

    assert_eq!(room.run(&["extract", "tiada.txt", "-o", "baru"]).status, 2);
    assert!(!room.path("baru").exists());
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let room = Room::new();
    room.put("a.txt", GOOD);
    room.put("berkas", "bukan folder");
    for (output, reason) in [
        ("berkas", "cannot write berkas: not a directory"),
        ("berkas/x", "cannot write berkas/x: "),
        ("/dev/null/x", "cannot write /dev/null/x: "),
    ] {
        let ran = room.run(&["extract", "a.txt", "-o", output]);
        assert_eq!(ran.status, 2, "{output}");
        assert!(ran.stderr.starts_with(&format!("nukil: {reason}")), "{}", ran.stderr);
        assert_eq!(ran.messages().len(), 1);
    }
    assert_eq!(room.read("berkas"), "bukan folder");
    assert_eq!(room.names(""), ["a.txt", "berkas"]);
}

#[test]
fn a_bad_row_of_a_gazetteer_is_told_with_file_and_line() {
    let room = Room::new();
    room.put("a.txt", GOOD);
    room.put("nama.csv", "name,label,id,aliases\nPT Maju,ORG,m1,\n,ORG,m2,\n");
    let ran = room.run(&["extract", "a.txt", "--gazetteer", "nama.csv"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.starts_with("nukil: nama.csv"), "{}", ran.stderr);
    assert!(ran.stderr.contains('3'), "{}", ran.stderr);
    assert!(!room.path("nukil-out").exists());
}

#[test]
fn a_name_that_is_none_and_a_pattern_with_an_operator_are_refused() {
    let room = Room::new();
    room.put("a.txt", GOOD);
    let long = "a".repeat(5_000_000);
    for (file, content, reason) in [
        (
            "nama.csv",
            format!("name,label,id,aliases\nPT Maju,ORG,m1,{long}\n"),
            "line 2: a name of 5000000 bytes; expected at most 1000",
        ),
        (
            "pola.jsonl",
            format!("{{\"label\": \"ORG\", \"pattern\": \"{long}\"}}\n"),
            "line 1: a name of 5000000 bytes; expected at most 1000",
        ),
        (
            "pola.jsonl",
            r#"{"label": "ORG", "pattern": [{"LOWER": "pt", "OP": "?"}, {"LOWER": "maju"}]}"#
                .into(),
            "line 1: the attribute \"OP\" of a token is not supported",
        ),
        (
            "pola.jsonl",
            r#"{"label": "ORG", "pattern": [{"LOWER": "pt", "TEXT": "PT"}]}"#.into(),
            "line 1: a token pattern needs one of LOWER, TEXT and ORTH",
        ),
    ] {
        room.put(file, content);
        let ran = room.run(&["extract", "a.txt", "--gazetteer", file]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(reason), "{}", ran.stderr);
    }
}

#[test]
fn what_python_writes_and_json_does_not_have_costs_no_record() {
    let room = Room::new();
    room.put(
        "berita.jsonl",
        r#"{"id": "a", "text": "Gempa di Cianjur.", "skor": NaN, "pengirim": "\ud83d rusak"}
{"id": "b", "text": "Banjir \udc00 di Demak.", "skor": -Infinity}
"#,
    );
    let ran = room.run(&["extract", "berita.jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let columns = ["doc_id", "replacement_characters", "skor", "pengirim"];
    assert_eq!(
        room.columns("nukil-out/documents.csv", &columns),
        [["a", "0", "", "\u{fffd} rusak"], ["b", "1", "", ""]]
    );
}

/// What a terminal would take for a command, in the name of a file, of a document and of a person.
#[test]
fn no_command_to_a_terminal_gets_into_messages() {
    let room = Room::new();
    room.put("berita/\u{1b}[2Jkosong.txt", "");
    room.put("berita/a.jsonl", "{\"id\": \"\\u001b]0;x\\u0007\", \"tajuk\": 1}\n");
    room.put("berita/b.txt", "Menteri Retno\u{1b}[31m Marsudi dan Budi Santoso tiba di Demak.");
    let runs = [
        room.run(&["extract", "berita", "--summary", "always"]),
        room.run(&["explain", "berita"]),
        room.run(&["extract", "tiada\u{1b}[2J.txt"]),
    ];
    for ran in runs {
        let shown = format!("{}{}", ran.stderr, ran.stdout);
        let command = |c: char| c.is_control() && c != '\n';
        assert!(!shown.contains(command), "{shown:?}");
        assert!(shown.contains("\\u{1b}"), "{shown}");
    }
}

#[test]
fn files_of_options_that_are_not_there() {
    let room = Room::new();
    room.put("a.txt", GOOD);
    for option in ["--background", "--gazetteer", "--stopwords-add", "--stopwords-remove"] {
        let ran = room.run(&["extract", "a.txt", option, "tiada"]);
        assert_eq!(ran.status, 2, "{option}");
        assert!(ran.stderr.starts_with("nukil: cannot read tiada: "), "{}", ran.stderr);
        assert!(!room.path("nukil-out").exists());
    }
}

#[test]
fn wrong_usage() {
    let room = Room::new();
    room.put("a.txt", GOOD);
    for arguments in [
        &["extract"][..],
        &["extract", "a.txt", "--output-format", "xml"],
        &["extract", "a.txt", "--jobs", "0"],
        &["extract", "a.txt", "-o", "-", "--output-format", "csv"],
        &["nukil"],
    ] {
        let ran = room.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert_eq!(ran.stdout, "");
        assert_ne!(ran.stderr, "");
    }
    assert_eq!(room.names(""), ["a.txt"]);
}

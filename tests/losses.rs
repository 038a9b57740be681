//! Every document is in `documents` or in `failures`, and every file that is not read is told.

mod support;

use std::fs;

use support::Room;

const TEXT: &str = "JAKARTA - Menteri Luar Negeri Retno Marsudi bertolak ke Surabaya.\n";

/// The documents and the reasons of failures of a run over `input`, and its status.
fn extracted(room: &Room, input: &str) -> (i32, Vec<String>, Vec<String>) {
    let ran = room.run(&["extract", input, "-o", "hasil"]);
    let cells = |table: &str, column: &str| {
        room.columns(table, &[column]).into_iter().flatten().collect::<Vec<_>>()
    };
    let reasons = cells("hasil/failures.csv", "reason");
    (ran.status, cells("hasil/documents.csv", "doc_id"), reasons)
}

#[test]
fn a_quote_that_is_never_closed_loses_no_document() {
    let room = Room::new();
    for (quoted, reason) in [
        ("id,text\na,\"Hujan\nb,Banjir\nc,Gempa\n", "line 2: a quotation mark is never closed"),
        (
            "id,text\na,\"Hujan\nb,\"Banjir\"\nc,Gempa\n",
            "line 2: a field goes on over lines and has a quotation mark in it; inside a field it \
             is written twice",
        ),
    ] {
        room.put("berita.csv", quoted);
        let (status, documents, reasons) = extracted(&room, "berita.csv");
        assert_eq!((status, documents), (1, vec!["b".to_string(), "c".to_string()]));
        assert_eq!(reasons, [reason]);
    }
}

#[test]
fn a_record_beyond_the_limit_takes_no_other_with_it() {
    let room = Room::new();
    let long = "Hujan turun.\n".repeat(50_000);
    room.put("berita.csv", format!("id,text\na,Hujan\nb,\"{long}\"\nc,Gempa\n"));
    let arguments = ["extract", "berita.csv", "-o", "hasil", "--max-record-bytes", "200000"];
    let ran = room.run(&arguments);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(room.columns("hasil/documents.csv", &["doc_id"]), [["a"], ["c"]]);
    assert_eq!(
        room.columns("hasil/failures.csv", &["reason"]),
        [["line 3: the record that begins here is longer than 200000 bytes, to line 50003"]]
    );
}

#[test]
fn files_of_other_kinds_are_counted_in_the_last_line_and_in_failures() {
    let room = Room::new();
    room.put("berita/a.txt", TEXT);
    for name in ["b.pdf", "c.PDF", "lama/d.docx", "lama/README", ".tersembunyi"] {
        room.put(&format!("berita/{name}"), "x");
    }
    let ran = room.run(&["extract", "berita", "-o", "hasil"]);
    // No document was lost by them.
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let reason = "4 files are not read: 2 .pdf, 1 .docx, 1 without extension";
    assert_eq!(ran.messages()[0], format!("nukil: berita: {reason}"));
    let last = ran.messages()[1];
    let begin = "nukil: 1 document done, not read: 2 .pdf, 1 .docx, 1 without extension, 0.0 MB";
    assert!(last.starts_with(begin), "{last}");
    assert_eq!(
        room.columns("hasil/failures.csv", &["source", "doc_id", "stage", "reason"]),
        [["berita", "", "input", reason]]
    );
}

#[test]
fn links_in_an_archive_and_an_archive_behind_another_are_not_passed_over() {
    let room = Room::new();
    let archive = |name: &str, link: Option<&str>| {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_ustar();
        header.set_size(TEXT.len() as u64);
        builder.append_data(&mut header, name, TEXT.as_bytes()).unwrap();
        if let Some(link) = link {
            let mut header = tar::Header::new_ustar();
            header.set_entry_type(tar::EntryType::Link);
            header.set_size(0);
            builder.append_link(&mut header, link, name).unwrap();
        }
        builder.into_inner().unwrap()
    };
    room.put("arsip.tar", [archive("a.txt", Some("b.txt")), archive("c.txt", None)].concat());
    let (status, documents, reasons) = extracted(&room, "arsip.tar");
    assert_eq!((status, documents), (1, vec!["a".to_string(), "c".to_string()]));
    assert_eq!(
        reasons,
        [
            "b.txt: a link to a.txt, which is not followed in an archive; a file of it is read under \
             its own name"
        ]
    );
}

/// A name in Latin-1, as old archives have them.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_are_read_by_folder_and_by_pattern() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let room = Room::new();
    let folder = room.path("berita").join(OsStr::from_bytes(b"caf\xE9"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(OsStr::from_bytes(b"ros\xE9.txt")), TEXT).unwrap();
    fs::write(folder.join(OsStr::from_bytes(b"ros\xE8.txt")), TEXT).unwrap();
    fs::write(room.path("berita/a.txt"), TEXT).unwrap();
    for (input, found) in [("berita", 3), ("berita/*", 3), ("berita/*/*.txt", 2), ("**/*.txt", 3)] {
        let (status, documents, reasons) = extracted(&room, input);
        assert_eq!(
            (status, documents.len(), reasons.len()),
            (0, found, 0),
            "{input}: {documents:?}"
        );
    }
    let sources = room.columns("hasil/documents.csv", &["doc_id", "source"]);
    assert_eq!(sources[1], ["ros\u{fffd}", "berita/caf\u{fffd}/ros\u{fffd}.txt"]);
    // Both names look the same, and their documents are told apart.
    assert_ne!(sources[1][0], sources[2][0]);
}

/// They are documented; a cell that was changed would no longer be what the input had.
#[test]
fn formulas_pass_into_csv_as_they_are() {
    let room = Room::new();
    let formula = "=cmd|' /C calc'!A0";
    room.put("berita.csv", format!("id,text,rubrik\na,Hujan di Demak.,{formula}\n"));
    assert_eq!(room.run(&["extract", "berita.csv", "-o", "hasil"]).status, 0);
    assert_eq!(room.columns("hasil/documents.csv", &["rubrik"]), [[formula]]);
}

//! What the readers make of files good and bad.

mod support;

use std::path::Path;

use nukil_tables::{
    Charset, Failure, Fields, InputFormat, Limits, ReadOptions, Reader, total_bytes,
};

use support::{Folder, gzip, zstd};

#[test]
fn a_folder_is_walked_in_order_and_ids_are_paths_below_it() {
    let folder = Folder::new();
    folder.put("berita/b.txt", "Dua.");
    folder.put("berita/a/z.txt", "Satu.");
    folder.put("berita/c.jsonl", "{\"text\":\"Tiga.\"}\n{\"id\":\"x\",\"text\":\"Empat.\"}\n");
    folder.put("berita/.tersembunyi/q.txt", "Tidak.");
    folder.put("berita/.q.txt", "Tidak.");
    folder.put("berita/foto.jpg", "Tidak.");
    folder.put("berita/README", "Tidak.");
    assert_eq!(
        folder.default(&["berita"]),
        [
            "a/z <berita/a/z.txt> Satu.",
            "b <berita/b.txt> Dua.",
            "1 <berita/c.jsonl> Tiga.",
            "x <berita/c.jsonl> Empat.",
            "berita: 2 files are not read: 1 .jpg, 1 without extension",
        ]
    );
}

#[test]
fn identifiers_that_the_program_gives_are_unique_in_a_run() {
    let folder = Folder::new();
    folder.put("a/x.txt", "Satu.");
    folder.put("b/x.txt", "Dua.");
    folder.put("b/x.txt.gz", gzip(b"Tiga."));
    folder.put("c.jsonl", "{\"text\":\"Empat.\"}");
    folder.put("d.jsonl", "{\"text\":\"Lima.\"}");
    let ids: Vec<_> = folder
        .default(&["a", "b", "c.jsonl", "d.jsonl", "c.jsonl", "c.jsonl"])
        .iter()
        .map(|line| line.split(" <").next().unwrap().rsplit('/').next().unwrap().to_string())
        .collect();
    assert_eq!(ids, ["x", "x.txt", "x.txt.gz", "1", "d.jsonl:1", "c.jsonl:1", "c.jsonl:1#2"]);
}

#[test]
fn ids_of_the_input_stay_as_they_are_and_repetitions_are_counted() {
    let folder = Folder::new();
    let path = folder.put("a.csv", "id,text\n7,Satu\n7,Dua\n,Tiga\n7,Empat\n");
    let mut reader = Reader::new(vec![path], ReadOptions::default());
    let ids: Vec<_> = reader.by_ref().map(|document| document.unwrap().id).collect();
    assert_eq!(ids, ["7", "7", "3", "7"]);
    assert_eq!(reader.repeated_ids(), 2);
}

#[test]
fn compressed_files_are_opened_whatever_their_name() {
    let folder = Folder::new();
    folder.put("a.txt.gz", gzip(b"Satu."));
    folder.put("b.jsonl.zst", zstd(b"{\"text\":\"Dua.\"}\n"));
    folder.put("c.csv", gzip(b"id,text\n9,Tiga.\n"));
    // Several members, several frames, and a skippable frame between them.
    folder.put("d.txt.gz", [gzip(b"Em"), gzip(b"pat.")].concat());
    let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0], &b"xyz"[..]].concat();
    folder.put("e.txt.zst", [zstd(b"Li"), skippable, zstd(b"ma.")].concat());
    assert_eq!(
        folder.default(&["a.txt.gz", "b.jsonl.zst", "c.csv", "d.txt.gz", "e.txt.zst"]),
        [
            "a <a.txt.gz> Satu.",
            "1 <b.jsonl.zst> Dua.",
            "9 <c.csv> Tiga.",
            "d <d.txt.gz> Empat.",
            "e <e.txt.zst> Lima.",
        ]
    );
}

#[test]
fn compressed_files_that_are_broken_are_failures() {
    let folder = Folder::new();
    folder.put("a.txt.gz", "Ini bukan gzip.");
    folder.put("b.txt.zst", "Ini bukan Zstandard.");
    let long = "Banjir merendam Demak. ".repeat(5000);
    let whole = gzip(long.as_bytes());
    folder.put("c.txt.gz", &whole[..whole.len() / 2]);
    let whole = zstd(long.as_bytes());
    folder.put("d.txt.zst", &whole[..whole.len() / 2]);
    folder.put("e.txt", "Lanjut.");
    let lines = folder.default(&["a.txt.gz", "b.txt.zst", "c.txt.gz", "d.txt.zst", "e.txt"]);
    assert_eq!(lines[0], "a.txt.gz: the name ends in .gz, but this is no gzip file");
    assert_eq!(lines[1], "b.txt.zst: the name ends in .zst, but this is no Zstandard file");
    assert_eq!(lines[2], "c.txt.gz: the compressed file ends too early");
    assert!(lines[3].starts_with("d.txt.zst: cannot be read: "), "{}", lines[3]);
    assert_eq!(lines[4], "e <e.txt> Lanjut.");
}

#[test]
fn a_damaged_zstandard_file_is_not_taken_for_its_text() {
    let folder = Folder::new();
    let mut damaged = zstd(b"Banjir merendam Demak.");
    // The checksum stands at the end.
    *damaged.last_mut().unwrap() ^= 1;
    folder.put("a.txt.zst", damaged);
    assert_eq!(
        folder.default(&["a.txt.zst"]),
        ["a.txt.zst: cannot be read: the Zstandard checksum does not agree"]
    );
}

#[test]
fn bad_files_are_told_and_good_ones_go_on() {
    let folder = Folder::new();
    folder.put("kosong.txt", "");
    folder.put("bom.txt", b"\xEF\xBB\xBF");
    folder.put("spasi.txt", " \n\t\n");
    folder.put("biner.txt", b"abc\0def");
    folder.put("data.parquet", "PAR1");
    folder.put("tabel.csv", "id,isi\n1,Banjir.\n");
    folder.put("baik.txt", b"\xEF\xBB\xBFBanjir.");
    assert_eq!(
        folder.default(&[
            "kosong.txt",
            "bom.txt",
            "spasi.txt",
            "biner.txt",
            "data.parquet",
            "tabel.csv",
            "tiada.txt",
            "tiada-*.txt",
            "baik.txt",
        ]),
        [
            "kosong.txt: empty file",
            "bom.txt: empty file",
            "spasi.txt: empty file: nothing but white space",
            "biner.txt: binary file, no text: a NUL at byte 3",
            "data.parquet: damaged Parquet file: EOF: Parquet file too small. Size is 4 but need 8",
            "tabel.csv: no column \"text\" for the text; the columns are id, isi; --text-field \
             names another",
            "tiada.txt: no such file or folder",
            "tiada-*.txt: no file matches",
            "baik <baik.txt> Banjir.",
        ]
    );
}

/// One text in every encoding, as a file, as JSON Lines and as CSV.
#[test]
fn encodings_are_told_by_their_bytes() {
    let folder = Folder::new();
    let text = "Kafé “Demak” – kata Budi.";
    let utf16 = |text: &str, mark: bool, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{text}").encode_utf16().flat_map(unit).collect()
    };
    let windows = b"Kaf\xE9 \x93Demak\x94 \x96 kata Budi.".to_vec();
    folder.put("a-utf8.txt", text);
    folder.put("b-utf8-bom.txt", format!("\u{feff}{text}"));
    folder.put("c-utf16le.txt", utf16(text, true, u16::to_le_bytes));
    folder.put("d-utf16be.txt", utf16(text, true, u16::to_be_bytes));
    folder.put("e-utf16le-tanpa-bom.txt", utf16(text, false, u16::to_le_bytes));
    folder.put("f-windows.txt", &windows);
    let json = format!("{{\"id\":\"g\",\"text\":\"{text}\"}}\n");
    folder.put("g.jsonl", utf16(&json, true, u16::to_le_bytes));
    folder.put("h.jsonl", [b"{\"id\":\"h\",\"text\":\"", &windows[..], b"\"}\n"].concat());
    folder.put("i.csv", utf16(&format!("id;text\ni;{text}\n"), true, u16::to_le_bytes));
    folder.put("j.csv", [b"id;text\nj;", &windows[..], b"\n"].concat());
    let documents = folder.default(&[""]);
    assert_eq!(documents.len(), 10);
    for document in documents {
        assert!(document.ends_with(&format!("> {text}")), "{document}");
    }
}

#[test]
fn an_encoding_that_is_asked_for_is_taken() {
    let folder = Folder::new();
    folder.put("a.txt", b"Kaf\xE9");
    let read = |label: &str| {
        let charset = Charset::for_label(label);
        let options = ReadOptions { charset, ..ReadOptions::default() };
        folder.outline(&["a.txt"], options)
    };
    assert_eq!(read("windows-1251"), ["a <a.txt> Kafй"]);
    assert_eq!(read("utf-8"), ["a <a.txt> Kaf\u{fffd}"]);
    assert_eq!(read("latin1"), ["a <a.txt> Kafé"]);
}

#[test]
fn a_page_comes_as_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("halaman.html");
    std::fs::write(&path, b"<p>Caf\xE9").unwrap();
    let read = |limits| {
        let options = ReadOptions { limits, ..ReadOptions::default() };
        Reader::new(vec![path.clone()], options).next().unwrap()
    };
    let document = read(Limits::default()).unwrap();
    assert_eq!(document.page.as_deref(), Some(&b"<p>Caf\xE9"[..]));
    assert_eq!((document.id.as_str(), document.text.as_str()), ("halaman", ""));
    let failure = read(Limits { max_page_bytes: 6, ..Limits::default() }).unwrap_err();
    assert_eq!(failure.reason, "the page has more than 6 bytes (--max-page-bytes)");
}

/// What is decoded on reading is UTF-8, whatever the page declares; a mark says so.
#[test]
fn a_page_in_utf16_comes_as_utf8_with_a_mark() {
    let folder = Folder::new();
    let page = "\u{feff}<meta charset=utf-16><p>Kafé";
    let path = folder
        .put("halaman.html", page.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let document = Reader::new(vec![path], ReadOptions::default()).next().unwrap().unwrap();
    assert_eq!(document.page.as_deref(), Some(page.as_bytes()));
}

#[test]
fn a_folder_without_a_file_to_read_is_told() {
    let folder = Folder::new();
    folder.put("foto/a.jpg", "…");
    assert_eq!(
        folder.default(&["foto"]),
        [
            "foto: no file to read in this folder (.txt, .html, .jsonl, .csv, .parquet, .tar, also .gz and .zst)",
            "foto: 1 file is not read: 1 .jpg",
        ]
    );
}

#[test]
fn a_named_file_of_unknown_extension_goes_by_its_content() {
    let folder = Folder::new();
    folder.put("a.dat", "{\"id\":\"p\",\"text\":\"Satu.\"}\n");
    folder.put("b.dat", "id;text\nq;Dua.\n");
    folder.put("c.dat", "Tiga.");
    assert_eq!(
        folder.default(&["a.dat", "b.dat", "c.dat"]),
        ["p <a.dat> Satu.", "q <b.dat> Dua.", "c.dat <c.dat> Tiga."]
    );
}

#[test]
fn a_format_that_is_asked_for_overrides_the_extension() {
    let folder = Folder::new();
    folder.put("d/a.json", "{\"text\":\"Satu.\"}");
    folder.put("d/b.txt", "Dua.");
    let options = |format| ReadOptions { format: Some(format), ..ReadOptions::default() };
    assert_eq!(
        folder.outline(&["d/a.json"], options(InputFormat::Text)),
        ["a <d/a.json> {\"text\":\"Satu.\"}"]
    );
    assert_eq!(
        folder.outline(&["d"], options(InputFormat::Text)),
        ["b <d/b.txt> Dua.", "d: 1 file is not read: 1 .json"]
    );
    assert_eq!(
        folder.outline(&["d"], options(InputFormat::JsonLines)),
        ["1 <d/a.json> Satu.", "d: 1 file is not read: 1 .txt"]
    );
}

#[test]
fn globs_are_sorted_and_a_file_of_that_very_name_comes_first() {
    let folder = Folder::new();
    folder.put("b1.txt", "Satu.");
    folder.put("b2.txt", "Dua.");
    folder.put("c[1].txt", "Tiga.");
    folder.put(".b3.txt", "Tidak.");
    assert_eq!(
        folder.default(&["*[12].txt", "c[1].txt"]),
        ["b1 <b1.txt> Satu.", "b2 <b2.txt> Dua.", "c[1] <c[1].txt> Tiga."]
    );
}

#[test]
fn tables_of_an_earlier_run_are_no_input() {
    let folder = Folder::new();
    folder.put("berita/a.txt", "Satu.");
    folder.put("berita/documents.csv", "id,text\n1,Tabel pengguna.\n");
    folder.put("berita/hasil/documents.csv", "doc_id,source\n");
    folder.put("berita/hasil/records.jsonl", "{}");
    let options =
        ReadOptions { output: Some(folder.path("berita/hasil")), ..ReadOptions::default() };
    let expected = ["a <berita/a.txt> Satu.", "1 <berita/documents.csv> Tabel pengguna."];
    assert_eq!(folder.outline(&["berita"], options.clone()), expected);
    assert_eq!(folder.outline(&["berita/*.*", "berita/*/*.csv"], options)[..2], expected);
}

#[test]
fn fields_go_where_the_options_say() {
    let folder = Folder::new();
    let path = folder.put(
        "a.csv",
        "url,judul,isi,tanggal,source,title\nu1,Banjir,Banjir di Demak.,1/2/2024,antara,T\n",
    );
    let fields = Fields {
        id: "url".to_string(),
        title: "judul".to_string(),
        text: "isi".to_string(),
        date: "tanggal".to_string(),
    };
    let options = ReadOptions { fields, ..ReadOptions::default() };
    let document = Reader::new(vec![path], options).next().unwrap().unwrap();
    assert_eq!(document.id, "u1");
    assert_eq!(document.title.as_deref(), Some("Banjir"));
    assert_eq!(document.text, "Banjir di Demak.");
    assert_eq!(document.published.as_deref(), Some("1/2/2024"));
    let extra = [("input_source", "antara"), ("input_title", "T")];
    assert_eq!(document.extra, extra.map(|(name, cell)| (name.to_string(), cell.to_string())));
}

#[test]
fn long_texts_are_cut_and_marked() {
    let folder = Folder::new();
    let text = "€uro ".repeat(100);
    // What a sentence end is told by is kept beyond the limit.
    let kept: String = text.chars().take(7 + Limits::LOOKAHEAD).collect();
    folder.put("a.txt", &text);
    folder.put("b.jsonl", format!("{{\"text\":\"{text}\"}}"));
    folder.put("c.csv", format!("text\n{text}\n"));
    folder.put("d.txt", &kept);
    let limits = Limits { max_characters: 7, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let inputs = ["a.txt", "b.jsonl", "c.csv", "d.txt"].map(|name| folder.path(name)).to_vec();
    let cut: Vec<_> = Reader::new(inputs, options)
        .map(|document| document.unwrap())
        .map(|document| (document.text, document.truncated))
        .collect();
    assert_eq!(
        cut,
        [(kept.clone(), true), (kept.clone(), true), (kept.clone(), true), (kept, false)]
    );
}

#[test]
fn a_failure_in_a_row_names_its_document_where_it_has_an_id() {
    let folder = Folder::new();
    let path = folder.put("a.jsonl", "{\"id\":\"a7\"}\n{\"id\":\"a8\",\"text\":\"Lanjut.\"}\n");
    let source = path.display().to_string();
    let items: Vec<_> = Reader::new(vec![path], ReadOptions::default()).collect();
    assert_eq!(
        items[0],
        Err(Failure {
            source,
            doc_id: Some("a7".to_string()),
            stage: "read".to_string(),
            reason: "line 1: no text in field \"text\"; --text-field names another".to_string(),
        })
    );
    assert_eq!(items[1].as_ref().unwrap().id, "a8");
}

#[test]
fn bytes_read_reach_the_total() {
    let folder = Folder::new();
    folder.put("d/a.txt", "Satu.");
    folder.put("d/b.txt.gz", gzip(b"Dua."));
    let inputs = vec![folder.path("d")];
    let options = ReadOptions::default();
    let total = total_bytes(inputs.clone(), &options).unwrap();
    let mut reader = Reader::new(inputs, options.clone());
    assert_eq!(reader.by_ref().count(), 2);
    assert_eq!(reader.bytes_read(), total);
    assert_eq!(total_bytes(vec![Path::new("-").to_path_buf()], &options), None);
}

#[cfg(unix)]
#[test]
fn a_folder_linked_into_itself_ends() {
    let folder = Folder::new();
    folder.put("d/a.txt", "Satu.");
    std::os::unix::fs::symlink(folder.path("d"), folder.path("d/lagi")).unwrap();
    let lines = folder.default(&["d"]);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].starts_with("d/lagi: a link back to "), "{lines:?}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_broken_ones_told() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    folder.put("lain/z.txt", "Dua.");
    folder.put("lain/foto.jpg", "…");
    folder.put("d/a.txt", "Satu.");
    folder.put("d/c.txt", "Tiga.");
    symlink(folder.path("lain"), folder.path("d/b")).unwrap();
    symlink(folder.path("lain/z.txt"), folder.path("d/e.txt")).unwrap();
    symlink(folder.path("lain/foto.jpg"), folder.path("d/f.jpg")).unwrap();
    symlink(folder.path("tiada"), folder.path("d/g.txt")).unwrap();
    assert_eq!(
        folder.default(&["d"]),
        [
            "a <d/a.txt> Satu.",
            "b/z <d/b/z.txt> Dua.",
            "c <d/c.txt> Tiga.",
            "e <d/e.txt> Dua.",
            "d/g.txt: no such file or folder",
            "d: 2 files are not read: 2 .jpg",
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_ring_end() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    folder.put("d/a.txt", "Satu.");
    folder.put("d/dalam/b.txt", "Dua.");
    folder.put("lain/c.txt", "Tiga.");
    symlink(folder.path("lain"), folder.path("d/dalam/ke")).unwrap();
    symlink(folder.path("d"), folder.path("lain/kembali")).unwrap();
    let lines = folder.default(&["d"]);
    let expected = [
        "a <d/a.txt> Satu.",
        "dalam/b <d/dalam/b.txt> Dua.",
        "dalam/ke/c <d/dalam/ke/c.txt> Tiga.",
        "d/dalam/ke/kembali: a link back to d",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_folder_of_many_files_is_read_in_the_order_of_names() {
    let folder = Folder::new();
    let mut names: Vec<_> = (0..120).map(|n| format!("b{n}.txt")).collect();
    for name in &names {
        folder.put(&format!("d/{name}"), "Satu.");
    }
    folder.put("d/b10/a.txt", "Satu.");
    names.push("b10/a.txt".to_string());
    // By the names in each folder: b10/ stands before b10.txt.
    names.sort_by(|one, other| Path::new(one).cmp(Path::new(other)));
    let read = folder.default(&["d/"]);
    let sources: Vec<_> = read.iter().map(|line| line.split(['<', '>']).nth(1).unwrap()).collect();
    let expected: Vec<_> = names.iter().map(|name| format!("d/{name}")).collect();
    assert_eq!(sources, expected);
}

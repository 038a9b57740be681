//! What the readers make of tar archives, whole and damaged.

mod support;

use std::path::Path;

use nukil_tables::{InputFormat, ReadOptions, Reader, total_bytes};
use proptest::prelude::*;
use tar::{Builder, EntryType, Header};

use support::{Folder, gzip, zstd};

/// An archive of files by path and content; a path that ends in a slash is a folder.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for &(path, content) in files {
        let mut header = Header::new_gnu();
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        if path.ends_with('/') {
            header.set_entry_type(EntryType::Directory);
        }
        builder.append_data(&mut header, path, content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn news() -> Vec<u8> {
    tar(&[
        ("2024/", b""),
        ("2024/banjir.txt", b"Banjir di Demak."),
        ("2024/01/berita.jsonl", b"{\"text\":\"Satu.\"}\n{\"id\":\"x\",\"text\":\"Dua.\"}\n"),
        ("2023/tabel.csv.gz", &gzip(b"id,text\nt,Tiga.\n")),
        ("2023/gempa.txt.zst", &zstd(b"Gempa di Palu.")),
        ("2023/foto.jpg", b"\xFF\xD8"),
    ])
}

const NEWS: [&str; 5] = [
    "2024/banjir <arsip:2024/banjir.txt> Banjir di Demak.",
    "1 <arsip:2024/01/berita.jsonl> Satu.",
    "x <arsip:2024/01/berita.jsonl> Dua.",
    "t <arsip:2023/tabel.csv.gz> Tiga.",
    "2023/gempa <arsip:2023/gempa.txt.zst> Gempa di Palu.",
];

/// What is read of an archive put there under `name`, which is cut out.
fn outline(folder: &Folder, name: &str, archive: &[u8]) -> Vec<String> {
    folder.put(name, archive);
    folder.default(&[name]).iter().map(|line| line.replace(name, "arsip")).collect()
}

#[test]
fn files_of_an_archive_are_read_in_its_order_however_it_is_compressed() {
    let folder = Folder::new();
    let archive = news();
    for (name, bytes) in [
        ("arsip.tar", archive.clone()),
        ("arsip.tar.gz", gzip(&archive)),
        ("arsip.tgz", gzip(&archive)),
        ("arsip.tar.zst", zstd(&archive)),
        ("arsip.tzst", zstd(&archive)),
        ("simpanan", archive.clone()),
        ("simpanan.gz", gzip(&archive)),
    ] {
        let lines = outline(&folder, name, &bytes);
        assert_eq!(lines[..NEWS.len()], NEWS, "{name}");
        assert_eq!(lines[NEWS.len()..], ["arsip: 1 file is not read: 1 .jpg"], "{name}");
    }
}

#[test]
fn what_is_hidden_is_passed_over_and_what_is_not_read_is_told() {
    let folder = Folder::new();
    let mut builder = Builder::new(Vec::new());
    let mut put = |path: &str, kind: EntryType, content: &[u8]| {
        let mut header = Header::new_ustar();
        header.set_entry_type(kind);
        header.set_size(content.len() as u64);
        if kind == EntryType::Symlink || kind == EntryType::Link {
            header.set_link_name("2024/a.txt").unwrap();
        }
        // Written into the header as it is, where the builder would tidy it.
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        builder.append(&header, content).unwrap();
    };
    put("./2024/a.txt", EntryType::Regular, b"Satu.");
    put("./2024/._a.txt", EntryType::Regular, b"\0\x05\x16\x07");
    put(".rahasia/b.txt", EntryType::Regular, b"Tidak.");
    put("2024/kait.txt", EntryType::Symlink, b"");
    put("2024/kait-keras.txt", EntryType::Link, b"");
    put("2024/pipa.txt", EntryType::Fifo, b"");
    put("2024/map.txt/", EntryType::Regular, b"");
    put("/mutlak//c.txt", EntryType::Continuous, b"Dua.");
    put("../d.txt", EntryType::Regular, b"Tiga.");
    let archive = builder.into_inner().unwrap();
    assert_eq!(
        outline(&folder, "arsip.tar", &archive),
        [
            "2024/a <arsip:2024/a.txt> Satu.",
            "arsip: 2024/kait.txt: a link to 2024/a.txt, which is not followed in an archive; a \
             file of it is read under its own name",
            "arsip: 2024/kait-keras.txt: a link to 2024/a.txt, which is not followed in an \
             archive; a file of it is read under its own name",
            "mutlak/c <arsip:mutlak/c.txt> Dua.",
            "../d <arsip:../d.txt> Tiga.",
            "arsip: 1 file is not read: 1 device or pipe",
        ]
    );
}

#[test]
fn an_archive_behind_another_is_read() {
    let folder = Folder::new();
    let mut archive = tar(&[("a.txt", b"Satu.")]);
    archive.extend(vec![0; 20 * 512]);
    archive.extend(tar(&[("b.txt", b"Dua.")]));
    let read = ["a <arsip:a.txt> Satu.", "b <arsip:b.txt> Dua."];
    assert_eq!(outline(&folder, "arsip.tar", &archive), read);
    let twice = [gzip(&archive[..512 * 10]), gzip(&archive[512 * 10..])].concat();
    assert_eq!(outline(&folder, "arsip.tar.gz", &twice), read);
    // What is behind and no archive is told.
    archive.extend(b"bukan arsip".repeat(100));
    let lines = outline(&folder, "lain.tar", &archive);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[2].starts_with("arsip: damaged archive: "), "{lines:?}");
}

#[test]
fn names_long_and_odd_are_kept() {
    let folder = Folder::new();
    let long = format!("{}/{}.txt", "wilayah".repeat(20), "kabupaten-".repeat(20));
    let names = [long.as_str(), "a b/ç, \"é\"\t😀.txt", "titik.dua:tiga.txt"];
    for pax in [false, true] {
        let mut builder = Builder::new(Vec::new());
        for name in names {
            let mut header = Header::new_ustar();
            header.set_size(5);
            if pax {
                builder.append_pax_extensions([("path", name.as_bytes())]).unwrap();
                header.set_path("pendek.txt").unwrap();
                header.set_cksum();
                builder.append(&header, &b"Satu."[..]).unwrap();
            } else {
                let mut header = Header::new_gnu();
                header.set_size(5);
                builder.append_data(&mut header, name, &b"Satu."[..]).unwrap();
            }
        }
        let lines = outline(&folder, "arsip.tar", &builder.into_inner().unwrap());
        let expected = names.map(|name| {
            let id = name.strip_suffix(".txt").unwrap();
            format!("{id} <arsip:{name}> Satu.")
        });
        assert_eq!(lines, expected, "pax {pax}");
    }
}

#[test]
fn a_name_that_is_no_utf8_is_read_with_replacement_characters() {
    let folder = Folder::new();
    let mut header = Header::new_ustar();
    header.set_size(5);
    header.as_old_mut().name[..7].copy_from_slice(b"k\xE9.text");
    header.set_cksum();
    let mut builder = Builder::new(Vec::new());
    builder.append(&header, &b"Satu."[..]).unwrap();
    let lines = outline(&folder, "arsip.tar", &builder.into_inner().unwrap());
    assert_eq!(lines, ["k\u{fffd} <arsip:k\u{fffd}.text> Satu."]);
}

#[test]
fn a_name_that_comes_twice_gives_two_identifiers() {
    let folder = Folder::new();
    let archive = tar(&[("a.txt", b"Satu."), ("a.txt", b"Dua."), ("a.txt", b"Tiga.")]);
    assert_eq!(
        outline(&folder, "arsip.tar", &archive),
        [
            "a <arsip:a.txt> Satu.",
            "arsip:a.txt <arsip:a.txt> Dua.",
            "arsip:a.txt#2 <arsip:a.txt> Tiga."
        ]
    );
}

#[test]
fn a_bad_file_of_an_archive_is_named_and_the_others_go_on() {
    let folder = Folder::new();
    let archive = tar(&[
        ("a.txt", b"Satu."),
        ("kosong.txt", b""),
        ("biner.txt", b"biner\0\0"),
        ("palsu.txt.gz", b"bukan gzip"),
        ("dalam.tar", &news()),
        ("rusak.jsonl", b"{\"text\":1}\n{\"text\":\"Dua.\"}\n"),
        ("z.txt", b"Tiga."),
    ]);
    assert_eq!(
        outline(&folder, "arsip.tar", &archive),
        [
            "a <arsip:a.txt> Satu.",
            "arsip:kosong.txt: empty file",
            "arsip:biner.txt: binary file, no text: a NUL at byte 5",
            "arsip:palsu.txt.gz: the name ends in .gz, but this is no gzip file",
            "arsip:dalam.tar: an archive inside an archive is not read",
            "arsip:rusak.jsonl: line 1, column 9: invalid type: integer `1`, expected a string",
            "2 <arsip:rusak.jsonl> Dua.",
            "z <arsip:z.txt> Tiga.",
        ]
    );
}

#[test]
fn a_damaged_archive_fails_by_name_and_the_next_input_is_read() {
    let folder = Folder::new();
    folder.put("z.txt", "Terakhir.");
    let last = "z <z.txt> Terakhir.";
    let read = |name: &str, bytes: &[u8]| {
        folder.put(name, bytes);
        folder.default(&[name, "z.txt"])
    };
    let archive = tar(&[("a.txt", b"Satu."), ("b.txt", b"Dua."), ("c.jpg", &[7; 2000])]);

    let within_b = &archive[..512 * 3 + 2];
    let lines = read("a.tar", within_b);
    let ended = "a.tar:b.txt: cannot be read: the archive ends in the middle of a file";
    assert_eq!(lines, ["a <a.tar:a.txt> Satu.", ended, last]);

    let within_picture = &archive[..512 * 5 + 700];
    let lines = read("b.tar", within_picture);
    let ended = "b.tar: damaged archive: the archive ends in the middle of a file";
    assert_eq!(lines[2..], [ended, "b.tar: 1 file is not read: 1 .jpg", last]);

    let mut scratched = archive.clone();
    scratched[512 * 2 + 3] ^= 0xFF;
    let lines = read("c.tar", &scratched);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[1].starts_with("c.tar: damaged archive: "), "{lines:?}");

    let lines = read("d.tar", b"bukan arsip sama sekali");
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("d.tar: damaged archive: "), "{lines:?}");

    // Larger than what is looked at before anything is read out of it.
    let picture: Vec<u8> = (0..20_000_u32)
        .flat_map(|n| n.wrapping_mul(n).wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let mut compressed = gzip(&tar(&[("a.txt", b"Satu."), ("b.jpg", &picture)]));
    compressed.truncate(compressed.len() - 6);
    let lines = read("e.tar.gz", &compressed);
    let ended = "e.tar.gz: the compressed file ends too early";
    let unread = "e.tar.gz: 1 file is not read: 1 .jpg";
    assert_eq!(lines, ["a <e.tar.gz:a.txt> Satu.", ended, unread, last]);

    assert_eq!(read("f.tar", b""), ["f.tar: empty file", last]);
}

#[test]
fn the_size_in_a_header_is_not_believed() {
    let folder = Folder::new();
    let mut header = Header::new_gnu();
    header.set_path("besar.txt").unwrap();
    header.set_size(1 << 60);
    header.set_cksum();
    let mut archive = header.as_bytes().to_vec();
    archive.extend(b"Satu.");
    let lines = outline(&folder, "arsip.tar", &archive);
    assert_eq!(
        lines,
        ["arsip:besar.txt: cannot be read: the archive ends in the middle of a file"]
    );
}

#[test]
fn an_archive_without_a_file_to_read_is_told() {
    let folder = Folder::new();
    let archive = tar(&[("foto/", b""), ("foto/a.jpg", b"\xFF\xD8")]);
    assert_eq!(
        outline(&folder, "arsip.tar", &archive),
        [
            "arsip: no file to read in this archive (.txt, .html, .jsonl, .csv, .parquet, .tar, also .gz and .zst)",
            "arsip: 1 file is not read: 1 .jpg",
        ]
    );
}

#[test]
fn archives_in_folders_are_read_and_a_format_chooses_among_their_files() {
    let folder = Folder::new();
    folder.put("d/a.txt", "Nol.");
    folder.put("d/arsip.tar", news());
    let jsonl = ReadOptions { format: Some(InputFormat::JsonLines), ..ReadOptions::default() };
    assert_eq!(
        folder.outline(&["d"], jsonl),
        [
            "1 <d/arsip.tar:2024/01/berita.jsonl> Satu.",
            "x <d/arsip.tar:2024/01/berita.jsonl> Dua.",
            "d/arsip.tar: 4 files are not read: 2 .txt, 1 .csv, 1 .jpg",
            "d: 1 file is not read: 1 .txt",
        ]
    );
    assert_eq!(folder.default(&["d"]).len(), 7);
}

#[test]
fn bytes_read_of_an_archive_reach_its_size() {
    let folder = Folder::new();
    let inputs = vec![folder.put("arsip.tar.gz", gzip(&news()))];
    let options = ReadOptions::default();
    let total = total_bytes(inputs.clone(), &options).unwrap();
    let mut reader = Reader::new(inputs, options);
    assert_eq!(reader.by_ref().filter(Result::is_ok).count(), NEWS.len());
    assert_eq!(reader.bytes_read(), total);
}

proptest! {
    /// Whatever is cut off or overwritten: the reader ends, and what it gives is from the archive.
    #[test]
    fn no_damage_stops_the_reader(cut in 0_usize..6000, at in 0_usize..6000, byte: u8) {
        let folder = Folder::new();
        let mut archive = news();
        archive.truncate(cut);
        if let Some(place) = archive.get_mut(at) {
            *place = byte;
        }
        let path = folder.put("arsip.tar", archive);
        for item in Reader::new(vec![path.clone()], ReadOptions::default()) {
            let source = item.map_or_else(|failure| failure.source, |document| document.source);
            let inside = source.starts_with(&format!("{}:", path.display()));
            prop_assert!(inside || Path::new(&source) == path, "{source}");
        }
    }
}

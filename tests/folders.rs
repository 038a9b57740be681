//! What lies in an output folder and was not written by this program stays as it is, whatever a
//! manifest there says; and what is not as it was written is not gone on with.

#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::{Ran, Room, program};

const TEXT: &str = "JAKARTA - Menteri Luar Negeri Retno Marsudi bertolak ke Surabaya.\n";

/// Everything below a folder, links not followed: what a file holds, where a link leads.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = entry.path().strip_prefix(folder).expect("below").display().to_string();
            let kind = entry.file_type().expect("a kind");
            let content = if kind.is_dir() {
                folders.push(entry.path());
                "folder".to_string()
            } else if kind.is_symlink() {
                format!("-> {}", fs::read_link(entry.path()).expect("a link").display())
            } else if kind.is_fifo() {
                "pipe".to_string()
            } else {
                String::from_utf8_lossy(&fs::read(entry.path()).expect("a file")).into_owned()
            };
            found.insert(name, content);
        }
    }
    found
}

/// A room with an article and a folder of the user's beside the output folder.
fn room() -> Room {
    let room = Room::new();
    room.put("berita/a.txt", TEXT);
    room.put("korban/surat.txt", "milik saya");
    room
}

/// Runs and checks that it is refused, with a reason, and changes nothing at all.
fn refused(room: &Room, arguments: &[&str], reason: &str) {
    let before = tree(&room.path(""));
    let ran = room.run(arguments);
    assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.stderr);
    let last = ran.messages().last().expect("a message").to_string();
    assert!(last.contains(reason), "{last}");
    assert_same(&tree(&room.path("")), &before);
}

fn assert_same(after: &BTreeMap<String, String>, before: &BTreeMap<String, String>) {
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    for (name, content) in after {
        assert!(*content == before[name], "{name} has changed");
    }
}

const EXTRACT: [&str; 4] = ["extract", "berita", "-o", "hasil"];
const ADVICE: &str = "move it away or choose another folder";

fn manifest(room: &Room, path: &str) -> serde_json::Value {
    serde_json::from_str(&room.read(path)).expect("JSON")
}

fn put_manifest(room: &Room, path: &str, manifest: &serde_json::Value) {
    room.put(path, serde_json::to_vec(manifest).expect("JSON"));
}

#[test]
fn names_in_a_manifest_lead_nowhere_else() {
    let room = room();
    assert_eq!(room.run(&EXTRACT).status, 0);
    let good = manifest(&room, "hasil/manifest.json");
    let absolute = room.path("korban").display().to_string();
    for name in ["../korban", absolute.as_str(), "mentions.csv/../../korban", ".", "..", "surat"] {
        let mut bad = good.clone();
        bad["files"][0]["name"] = name.into();
        put_manifest(&room, "hasil/manifest.json", &bad);
        refused(&room, &EXTRACT, ADVICE);
        refused(&room, &["extract", "berita", "-o", "hasil", "--resume"], ADVICE);
    }
    // A name of a table that the manifest does not rightly have is not removed, either.
    let mut bad = good.clone();
    bad["files"][0]["name"] = "corpus.csv".into();
    put_manifest(&room, "hasil/manifest.json", &bad);
    room.put("hasil/corpus.csv", "milik saya");
    refused(&room, &EXTRACT, "hasil/corpus.csv: it has been changed since it was written");
    fs::remove_file(room.path("hasil/corpus.csv")).unwrap();
    refused(&room, &EXTRACT, "hasil/documents.csv: this program has not written what is there");
    put_manifest(&room, "hasil/manifest.json", &good);
    assert_eq!(room.run(&EXTRACT).status, 0);
}

#[test]
fn what_stands_in_the_place_of_a_table_is_not_replaced() {
    let put = |room: &Room, name: &str, kind: &str| {
        let path = room.path(&format!("hasil/{name}"));
        fs::create_dir_all(room.path("hasil")).unwrap();
        match kind {
            "file" => fs::write(path, "milik saya").unwrap(),
            "folder" => room.put(&format!("hasil/{name}/surat.txt"), "milik saya"),
            "link" => symlink("../korban/surat.txt", path).unwrap(),
            _ => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        }
    };
    for kind in ["file", "folder", "link", "pipe"] {
        for (name, options) in [
            ("manifest.json", &[][..]),
            ("documents.csv", &[]),
            ("failures.csv", &[]),
            ("failures.parquet", &["--output-format", "parquet"]),
            ("records.jsonl", &["--output-format", "jsonl"]),
            ("mentions", &["--partition-by", "date"]),
        ] {
            let room = room();
            put(&room, name, kind);
            refused(&room, &[&EXTRACT[..], options].concat(), ADVICE);
        }
        let room = room();
        put(&room, "keywords.csv", kind);
        refused(&room, &["keywords", "berita", "-o", "hasil"], ADVICE);
        // What no table of this run needs is left alone.
        assert_eq!(room.run(&["extract", "berita", "-o", "lain"]).status, 0);
        put(&room, "tokens.csv", kind);
        fs::rename(room.path("hasil/tokens.csv"), room.path("lain/tokens.csv")).unwrap();
        let before = tree(&room.path("lain"))["tokens.csv"].clone();
        assert_eq!(room.run(&["extract", "berita", "-o", "lain"]).status, 0);
        assert_eq!(tree(&room.path("lain"))["tokens.csv"], before);
    }
}

#[test]
fn a_table_that_the_user_has_changed_is_not_replaced() {
    for options in [&[][..], &["--partition-by", "date"]] {
        let room = room();
        let arguments = [&EXTRACT[..], options].concat();
        assert_eq!(room.run(&arguments).status, 0);
        let table = match options {
            [] => "hasil/mentions.csv",
            _ => "hasil/mentions/published=__HIVE_DEFAULT_PARTITION__/mentions.csv",
        };
        // In the same size.
        let changed = room.read(table).replacen("Retno", "Ratna", 1);
        room.put(table, &changed);
        refused(&room, &arguments, "it has been changed since it was written");
        room.put(table, changed.replacen("Ratna", "Retno", 1));
        assert_eq!(room.run(&arguments).status, 0);
    }
}

#[test]
fn a_dataset_of_schema_1_is_left_alone() {
    let room = room();
    room.put("hasil/documents.csv", "doc_id\n");
    room.put(
        "hasil/manifest.json",
        r#"{"schema": 1, "program": "nukil 0.1.0", "complete": true, "files": []}"#,
    );
    let reason = "the dataset there has schema 1, and this program writes schema 2; move it away";
    refused(&room, &EXTRACT, reason);
    refused(&room, &["keywords", "berita", "-o", "hasil"], reason);
}

#[test]
fn the_folder_of_unfinished_work_is_used_only_when_it_is_ours() {
    let work = "hasil/.nukil-unfinished";
    let own = room();
    fs::create_dir(own.path("hasil")).unwrap();
    symlink("../korban", own.path(work)).unwrap();
    refused(&own, &EXTRACT, ADVICE);
    refused(&own, &["keywords", "berita", "-o", "hasil"], ADVICE);
    for name in ["surat.txt", "part-000000/surat.txt", "joined/x/surat.txt", "lock"] {
        let room = room();
        room.put(&format!("{work}/{name}"), "milik saya");
        refused(&room, &EXTRACT, ADVICE);
        refused(&room, &["keywords", "berita", "-o", "hasil"], ADVICE);
        refused(&room, &[&EXTRACT[..], &["--resume"]].concat(), ADVICE);
    }
    // A link in it leads nowhere, be it the lock, a part, or a file of a part.
    for name in ["lock", "part-000000", "part-000000.tmp", "manifest.json", "joined"] {
        let room = room();
        let mark = "unfinished work of nukil\n";
        room.put(&format!("{work}/lock"), mark);
        if name == "lock" {
            fs::remove_file(room.path(&format!("{work}/lock"))).unwrap();
        }
        symlink("../../korban", room.path(&format!("{work}/{name}"))).unwrap();
        refused(&room, &EXTRACT, "hasil/.nukil-unfinished");
    }
}

/// A run over standard input that was killed behind its third part.
fn killed(room: &Room, options: &[&str]) {
    let mut child = begun(room, "hasil", options);
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

fn lines() -> String {
    let line = |at: usize| {
        format!(
            "{{\"id\": \"d{at}\", \"date\": \"2022-09-1{}\", \"text\": \"Retno tiba di Demak. {}\"}}\n",
            at % 3,
            "Hujan turun. ".repeat(60),
        )
    };
    (0..20).map(line).collect()
}

/// A run over standard input that has written three parts and waits for more.
fn begun(room: &Room, folder: &str, options: &[&str]) -> Child {
    use std::io::Write;
    let mut child = Command::new(program())
        .current_dir(room.path(""))
        .args(["extract", "-", "--part-documents", "4", "--jobs", "1", "-q", "-o", folder])
        .args(options)
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.as_mut().expect("a pipe").write_all(lines().as_bytes()).expect("it is read");
    let path = room.path(&format!("{folder}/.nukil-unfinished/manifest.json"));
    let parts = || {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let found = serde_json::from_str::<serde_json::Value>(&text).unwrap_or_default();
        found["parts"].as_array().map_or(0, Vec::len)
    };
    let start = Instant::now();
    while parts() < 3 {
        assert!(start.elapsed() < Duration::from_secs(60), "no part is whole");
        thread::sleep(Duration::from_millis(5));
    }
    child
}

fn resume(room: &Room, options: &[&str]) -> Ran {
    let arguments = ["extract", "-", "--part-documents", "4", "-q", "-o", "hasil", "--resume"];
    Ran::of(room.nukil(&[&arguments[..], options].concat()).write_stdin(lines()))
}

#[test]
fn parts_that_are_not_as_they_were_written_are_not_gone_on_with() {
    const WORK: &str = "hasil/.nukil-unfinished";
    let partitioned = ["--partition-by", "date"];
    for options in [&[][..], &partitioned] {
        let room = room();
        killed(&room, options);
        let damaged = |reason: &str| {
            let before = tree(&room.path(""));
            let ran = resume(&room, options);
            assert_eq!(ran.status, 2, "{}", ran.stderr);
            assert!(ran.stderr.contains("what is left of the run is damaged"), "{}", ran.stderr);
            assert!(ran.stderr.contains(reason), "{}", ran.stderr);
            assert_same(&tree(&room.path("")), &before);
        };

        // Other bytes in the same size.
        let table = format!("{WORK}/part-000001/mentions.csv");
        let good = room.read(&table);
        room.put(&table, good.replacen("Retno", "Ratna", 1));
        damaged("part-000001/mentions.csv: it is not what was written");
        room.put(&table, &good);
        if !options.is_empty() {
            let slices = format!("{table}.partitions.json");
            let good = room.read(&slices);
            room.put(&slices, good.replacen("2022-09-10", "2022-09-11", 1));
            damaged("mentions.csv.partitions.json: it is not what was written");
            room.put(&slices, good);
        }

        let path = format!("{WORK}/manifest.json");
        let good = manifest(&room, &path);
        let with = |change: &dyn Fn(&mut serde_json::Value), reason: &str| {
            let mut bad = good.clone();
            change(&mut bad);
            put_manifest(&room, &path, &bad);
            damaged(reason);
            put_manifest(&room, &path, &good);
        };
        // A part that is listed twice, or left out, or elsewhere.
        let twice = |bad: &mut serde_json::Value| {
            let part = bad["parts"][0].clone();
            bad["parts"].as_array_mut().unwrap().insert(1, part);
        };
        with(&twice, "its parts do not follow one another");
        let without = |bad: &mut serde_json::Value| {
            bad["parts"].as_array_mut().unwrap().remove(0);
        };
        with(&without, "its parts do not follow one another");
        let elsewhere = |bad: &mut serde_json::Value| {
            bad["parts"][0]["name"] = "../../korban".into();
        };
        with(&elsewhere, "its parts do not follow one another");
        let outside = |bad: &mut serde_json::Value| {
            bad["parts"][0]["files"][0]["name"] = "../../../korban/surat.txt".into();
        };
        with(&outside, "a part lists other files than it can have");
        let counts =
            |bad: &mut serde_json::Value| bad["parts"][0]["counts"]["documents"] = 5.into();
        with(&counts, "the rows of a part are not those that it has counted");
        let ready = |bad: &mut serde_json::Value| {
            bad["ready"] = serde_json::json!({
                "folder": "../../korban",
                "files": bad["parts"][0]["files"],
                "earlier": [{"name": "../korban", "rows": 0, "bytes": 0, "digest": "0"}],
            });
        };
        with(&ready, "it lists tables that no dataset has");

        let ran = resume(&room, options);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert_eq!(room.read("korban/surat.txt"), "milik saya");
    }
}

#[test]
fn a_manifest_of_unfinished_work_removes_nothing_outside_of_it() {
    let room = room();
    killed(&room, &[]);
    let path = "hasil/.nukil-unfinished/manifest.json";
    let mut bad = manifest(&room, path);
    bad["parts"][0]["name"] = "../../korban".into();
    bad["ready"] = serde_json::json!({
        "folder": "../../korban",
        "files": bad["parts"][0]["files"],
        "earlier": [{"name": "../korban", "rows": 0, "bytes": 0, "digest": "0"}],
    });
    put_manifest(&room, path, &bad);
    // A run that begins anew throws it away, and nothing else.
    assert_eq!(room.run(&[&EXTRACT[..], &["-q"]].concat()).status, 0);
    assert_eq!(room.read("korban/surat.txt"), "milik saya");
    assert!(!room.path("hasil/.nukil-unfinished").exists());
}

#[test]
fn keywords_wait_for_no_run_and_mix_with_none() {
    let room = room();
    let keywords = ["keywords", "berita", "-o", "hasil"];
    let mut child = begun(&room, "hasil", &[]);
    let ran = room.run(&keywords);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.messages(), ["nukil: cannot write hasil: another run is writing there"]);
    assert!(!room.path("hasil/keywords.csv").exists());
    child.kill().unwrap();
    child.wait().unwrap();
    refused(&room, &keywords, "a run that did not end is there, and can be gone on with");
    assert_eq!(resume(&room, &[]).status, 0);
    refused(&room, &keywords, "a dataset is there, whose tables go together");

    let elsewhere = ["keywords", "berita", "-o", "kata"];
    assert_eq!(room.run(&elsewhere).status, 0);
    assert_eq!(
        room.names("kata"),
        ["failures.csv", "keyword_occurrences.csv", "keywords.csv", "manifest.json"]
    );
    assert_eq!(manifest(&room, "kata/manifest.json")["kind"], "nukil keywords");
    assert_eq!(room.run(&[&elsewhere[..], &["--corpus"]].concat()).status, 0);
    assert!(room.path("kata/corpus.csv").exists());
    // Keywords of a run without the collection do not stay beside those of one with it.
    assert_eq!(room.run(&elsewhere).status, 0);
    assert!(!room.path("kata/corpus.csv").exists());
    // A dataset takes the place of keywords alone.
    let ran = room.run(&["extract", "berita", "-o", "kata", "--resume"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(manifest(&room, "kata/manifest.json")["kind"], "nukil dataset");
}

#[test]
fn a_single_file_of_output_replaces_no_link_device_or_pipe() {
    let room = room();
    room.put("berita.jsonl", lines());
    let commands: [&[&str]; 2] = [
        &["extract", "berita.jsonl", "-q", "-o", "hasil", "--stats"],
        &["background", "build", "berita.jsonl", "-q", "-o"],
    ];
    for command in commands {
        // What a link leads to is written; the link stays.
        room.put("sasaran", "lama");
        symlink("sasaran", room.path("tautan")).unwrap();
        assert_eq!(room.run(&[command, &["tautan"]].concat()).status, 0);
        assert!(fs::symlink_metadata(room.path("tautan")).unwrap().is_symlink());
        assert_ne!(fs::read(room.path("sasaran")).unwrap(), b"lama");
        fs::remove_file(room.path("tautan")).unwrap();

        symlink("tiada", room.path("tautan")).unwrap();
        assert_eq!(room.run(&[command, &["tautan"]].concat()).status, 2);
        fs::remove_file(room.path("tautan")).unwrap();

        assert_eq!(room.run(&[command, &["/dev/null"]].concat()).status, 0);
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());

        assert!(Command::new("mkfifo").arg(room.path("pipa")).status().unwrap().success());
        let pipe = room.path("pipa");
        let reader = thread::spawn(move || fs::read(pipe).unwrap());
        assert_eq!(room.run(&[command, &["pipa"]].concat()).status, 0);
        assert!(!reader.join().unwrap().is_empty());
        assert!(fs::symlink_metadata(room.path("pipa")).unwrap().file_type().is_fifo());
        fs::remove_file(room.path("pipa")).unwrap();
    }
}

#[test]
fn a_source_with_a_long_name_has_a_partition() {
    let room = Room::new();
    let folders = "berita-daerah/".repeat(25);
    for name in ["a", "b"] {
        room.put(&format!("{folders}{name}.txt"), TEXT);
    }
    for format in ["csv", "parquet", "jsonl"] {
        let output = ["-o", format, "--output-format", format, "--partition-by", "source"];
        let ran = room.run(&[&["extract", "berita-daerah"], &output[..]].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let table = if format == "jsonl" { "records" } else { "documents" };
        let names = room.names(&format!("{format}/{table}"));
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.iter().all(|name| name.len() <= 255 && name.starts_with("source=berita")));
    }
}

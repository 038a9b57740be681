//! A run that is interrupted, however it is, loses no part that was whole, and gone on with it ends
//! in the bytes of a run that never was.

#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::{Ran, Room, program, without_pace};

/// Documents in a part.
const PART: &str = "6";

/// A collection with dates, failures, a long article, and columns that come up late: lines of JSON.
fn lines(number: usize) -> String {
    let places = ["Demak", "Cianjur", "Surabaya", "Kota Padang", "Papua", "New York"];
    let people = ["Budi Santoso", "Antony Blinken", "Retno Marsudi", "Siti Aminah"];
    let mut lines = String::new();
    for at in 0..number {
        let (place, person) = (places[at % places.len()], people[at % people.len()]);
        let mut text = format!(
            "Menteri {person} tiba di {place}, kata \"juru bicara\".\nHarga beras naik {at} persen."
        );
        if at == 41 {
            text = text.repeat(60);
        }
        // What a reader looks at before it begins is more than a few short lines.
        let filling = "-".repeat(800);
        let mut line =
            serde_json::json!({ "id": format!("d{at}"), "text": text, "catatan": filling });
        if at % 3 > 0 {
            line["date"] = format!("2022-09-{:02}", 10 + at * 7 % 5).into();
        }
        if at > 20 {
            line["rubrik"] = "daerah, \"utara\"\ndan timur".into();
        }
        if at % 30 == 25 {
            line["penulis"] = person.into();
        }
        lines += &match at % 17 {
            16 => "{\"text\": rusak}\n".to_string(),
            _ => format!("{line}\n"),
        };
    }
    lines
}

/// Every file below a folder, hidden or not, with what it holds.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(folder).expect("below").display().to_string();
                    found.insert(name, fs::read(&path).expect("a file"));
                }
            }
        }
    }
    found
}

fn assert_same(found: &BTreeMap<String, Vec<u8>>, wanted: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    for (name, bytes) in found {
        assert!(*bytes == wanted[name], "{name} has other bytes than without interruption");
    }
}

/// A run in the background that reads standard input as far as it is fed.
fn fed(room: &Room, lines: &str, options: &[&str]) -> Child {
    let mut child = Command::new(program())
        .current_dir(room.path(""))
        .args(["extract", "-", "--part-documents", PART, "--jobs", "1"])
        .args(options)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.as_mut().expect("a pipe").write_all(lines.as_bytes()).expect("it is read");
    child
}

/// The parts that are whole in an unfinished run in `folder`.
fn resumable_parts(room: &Room, folder: &str) -> usize {
    let manifest = room.path(folder).join(".nukil-unfinished/manifest.json");
    fs::read(manifest).map_or(0, |bytes| {
        let manifest: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        manifest["parts"].as_array().expect("a list").len()
    })
}

/// Waits until so many parts of a run in `folder` are whole.
fn wait_for_parts(room: &Room, folder: &str, parts: usize) {
    let begun = Instant::now();
    while resumable_parts(room, folder) < parts {
        assert!(begun.elapsed() < Duration::from_secs(60), "fewer than {parts} parts");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Leaves a run over standard input killed behind its fourth part.
fn killed(room: &Room, lines: &str, options: &[&str]) {
    let first: String = lines.split_inclusive('\n').take(27).collect();
    let mut child = fed(room, &first, options);
    wait_for_parts(room, "nukil-out", 4);
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

fn resume(room: &Room, input: &str, options: &[&str]) -> Ran {
    let arguments = [&["extract", "-", "--part-documents", PART, "--resume"][..], options].concat();
    Ran::of(room.nukil(&arguments).write_stdin(input))
}

/// Runs over the collection without interruption and gives what lies in the folder.
fn uninterrupted(room: &Room, input: &str, options: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let arguments =
        [&["extract", "-", "--part-documents", PART, "-o", "acuan"][..], options].concat();
    let ran = Ran::of(room.nukil(&arguments).write_stdin(input));
    assert!(ran.status < 2, "{}", ran.stderr);
    files(&room.path("acuan"))
}

/// Numbers that look random and are the same in every run (xorshift; Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// How many kills a test tries: `scripts/kill` asks for more than the few that every change can wait
/// for.
fn kills_to_try() -> usize {
    std::env::var("NUKIL_KILLS").map_or(20, |kills| kills.parse().expect("a number"))
}

#[test]
fn kills_at_random_moments_change_no_byte() {
    let room = Room::new();
    room.put("berita/a.jsonl", lines(26));
    room.put(
        "berita/b.csv",
        "id,text,penulis\nx1,Gempa mengguncang Cianjur.,Ani\nx2,\"Banjir, lagi\",\n",
    );
    const ALL: &str = "csv,jsonl,parquet";
    let kinds: [&[&str]; 4] = [
        &["--output-format", "csv,jsonl", "--tokens"],
        &["--output-format", "parquet"],
        &["--output-format", ALL, "--partition-by", "date"],
        &["--output-format", ALL, "--partition-by", "source"],
    ];
    let mut random = Random(20_220_920);
    let wanted = kills_to_try();
    let (mut kills, mut resumed, mut joining) = (0, 0, 0);
    for (number, kind) in kinds.iter().enumerate() {
        let command = |folder: &str| {
            let mut command = Command::new(program());
            command
                .current_dir(room.path(""))
                .args(["extract", "berita", "--quiet", "--part-documents", PART, "-o", folder])
                .args(*kind);
            command
        };
        assert_eq!(command("acuan").status().expect("it starts").code(), Some(1));
        let reference = files(&room.path("acuan"));
        // A killed run is gone on with; one that came to its end makes room for a new one.
        let mut is_whole = false;
        while kills < wanted * (number + 1) / kinds.len() || !is_whole {
            is_whole = false;
            let jobs = (1 + random.below(3)).to_string();
            // An earlier dataset of the same run would be found complete.
            let mut child = command("keluar").args(["--resume", "--jobs", &jobs]).spawn().unwrap();
            // A clock alone would mostly meet the start of the program or its end. So the moment
            // lies a little after a part has become whole, or after the tables begin to be joined;
            // every fifth run is let go on to its end.
            let parts = resumable_parts(&room, "keluar") + random.below(3) as usize;
            let joins = random.below(3) == 0;
            let to_the_end = random.below(5) == 0 || kills >= wanted * (number + 1) / kinds.len();
            let joined = room.path("keluar/.nukil-unfinished/joined");
            let reached = || match joins {
                true => joined.exists(),
                false => resumable_parts(&room, "keluar") >= parts,
            };
            let mut ended = None;
            while ended.is_none() && (to_the_end || !reached()) {
                thread::sleep(Duration::from_micros(200));
                ended = child.try_wait().unwrap();
            }
            thread::sleep(Duration::from_micros(random.below(if joins { 20_000 } else { 5_000 })));
            if let Some(status) = child.try_wait().unwrap() {
                assert_eq!(status.code(), Some(1));
                assert_same(&files(&room.path("keluar")), &reference);
                fs::remove_dir_all(room.path("keluar")).unwrap();
                is_whole = true;
                continue;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            resumed += usize::from(resumable_parts(&room, "keluar") > 0);
            joining += usize::from(joined.exists());
        }
        fs::remove_dir_all(room.path("acuan")).unwrap();
    }
    // Else the moments would prove little.
    assert!(resumed >= kills / 5, "{resumed} of {kills} kills left parts that were whole");
    assert!(joining > 0, "no kill of {kills} came while tables were joined");
}

#[test]
fn kills_of_keywords_leave_the_tables_of_before_or_those_of_now() {
    let room = Room::new();
    room.put("lama.jsonl", lines(20));
    room.put("baru.jsonl", lines(60));
    let command = |input: &str, folder: &str, options: &[&str]| {
        let mut command = Command::new(program());
        command
            .current_dir(room.path(""))
            .args(["keywords", input, "--quiet", "-o", folder])
            .args(options);
        command
    };
    let run = |input: &str, folder: &str, options: &[&str]| {
        assert_eq!(command(input, folder, options).status().expect("it starts").code(), Some(1));
        files(&room.path(folder))
    };
    let before = run("lama.jsonl", "keluar", &["--corpus"]);
    let now = run("baru.jsonl", "acuan", &[]);
    let mut random = Random(19_450_817);
    let mut kills = 0;
    while kills < kills_to_try() {
        let mut child = command("baru.jsonl", "keluar", &[]).spawn().unwrap();
        // The moments are the steps that can be seen from outside.
        let places = [
            ".nukil-unfinished/lock",
            ".nukil-unfinished/part-000000",
            ".nukil-unfinished/part-000000/keywords.csv",
            ".nukil-unfinished/manifest.json",
        ];
        let place = room.path("keluar").join(places[random.below(4) as usize]);
        let mut ended = None;
        while ended.is_none() && !place.exists() {
            thread::sleep(Duration::from_micros(100));
            ended = child.try_wait().unwrap();
        }
        thread::sleep(Duration::from_micros(random.below(4_000)));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
        }
        let mut left = files(&room.path("keluar"));
        left.retain(|name, _| !name.starts_with(".nukil-unfinished/"));
        if left.contains_key("manifest.json") {
            // What a manifest promises is there, and nothing of another run is beside it.
            let names: Vec<_> = left.keys().collect();
            let same = [&before, &now].into_iter().any(|it| it.keys().collect::<Vec<_>>() == names);
            assert!(same, "{names:?}");
            assert_same(&left, if left.contains_key("corpus.csv") { &before } else { &now });
        }
        // The next run ends what this one began, and then does its own work.
        assert_same(&run("baru.jsonl", "keluar", &[]), &now);
        assert_same(&run("lama.jsonl", "keluar", &["--corpus"]), &before);
    }
}

#[test]
fn standard_input_that_is_fed_again_is_gone_on_with() {
    let room = Room::new();
    let input = lines(60);
    let wanted = uninterrupted(&room, &input, &[]);
    killed(&room, &input, &[]);
    let whole = fs::read(room.path("nukil-out/.nukil-unfinished/part-000002/mentions.csv"));
    assert!(!whole.unwrap().is_empty());
    let ran = resume(&room, &input, &[]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(ran.messages()[0], "nukil: goes on behind 23 documents");
    // The failures of the parts that were whole have been told.
    assert!(ran.messages()[1].starts_with("nukil: -: line 34, "), "{}", ran.stderr);
    let last = "nukil: 57 documents done, 3 failed (see failures.csv), 0.0 MB; in nukil-out: ";
    let told = without_pace(ran.messages().last().unwrap());
    assert!(told.starts_with(last), "{}", ran.stderr);
    assert_same(&files(&room.path("nukil-out")), &wanted);

    let again = resume(&room, &input, &[]);
    assert_eq!(again.status, 1);
    assert_eq!(again.messages(), ["nukil: nukil-out is complete already: 57 documents done"]);
    assert_same(&files(&room.path("nukil-out")), &wanted);
}

#[test]
fn another_input_or_option_is_an_error_that_names_it() {
    let room = Room::new();
    let input = lines(60);
    killed(&room, &input, &[]);
    let before = files(&room.path("nukil-out"));
    let refused = |input: &str, options: &[&str], reason: &str| {
        let ran = resume(&room, input, options);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        let last = ran.messages().last().unwrap().to_string();
        assert!(last.starts_with(&format!("nukil: --resume cannot go on: {reason}")), "{last}");
        assert!(last.ends_with("or without --resume to begin anew"), "{last}");
        // Nothing was lost by it.
        assert_same(&files(&room.path("nukil-out")), &before);
    };
    let run = "the run in nukil-out was another: ";
    refused(&input, &["--keywords", "3"], &format!("{run}--keywords: 10 then, 3 now. "));
    refused(
        &input,
        &["--tokens", "--language", "id"],
        &format!("{run}--language: not given then, id now; --tokens: false then, true now. "),
    );
    let stream = "the first 24 documents of the input are not those of then. ";
    refused(&input.replacen("beras naik 9 ", "beras naik 8 ", 1), &[], stream);
    refused(&lines(20), &[], stream);
    assert_eq!(resume(&room, &input, &[]).status, 1);

    let complete = resume(&room, &input, &["--keywords", "3"]);
    assert_eq!(complete.status, 2);
    assert!(complete.stderr.contains("--keywords: 10 then, 3 now"), "{}", complete.stderr);
    let complete = resume(&room, &lines(61), &[]);
    assert_eq!(complete.status, 2);
    assert!(complete.stderr.contains("complete, but of another input"), "{}", complete.stderr);
}

#[test]
fn a_changed_file_of_the_input_or_of_an_option_is_an_error() {
    let room = Room::new();
    room.put("berita.jsonl", lines(60));
    room.put("kata.txt", "banjir\n");
    let begin = [
        "extract",
        "berita.jsonl",
        "--stopwords-add",
        "kata.txt",
        "--part-documents",
        "2",
        "--jobs",
        "1",
    ];
    let mut child =
        Command::new(program()).current_dir(room.path("")).args(begin).arg("-q").spawn().unwrap();
    wait_for_parts(&room, "nukil-out", 2);
    child.kill().unwrap();
    child.wait().unwrap();
    let again = || room.run(&[&begin[..], &["--resume"]].concat());

    room.put("kata.txt", "gempa\n");
    let ran = again();
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--stopwords-add: kata.txt (xxh3 "), "{}", ran.stderr);
    room.put("kata.txt", "banjir\n");
    room.put("berita.jsonl", lines(61));
    let ran = again();
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("was another: input: 1 file of "), "{}", ran.stderr);

    let ran = room.run(&begin);
    assert_eq!(ran.status, 1);
    let message = &ran.messages()[0];
    assert!(message.starts_with("nukil: nukil-out begins anew; an unfinished run"), "{message}");
    assert!(message.contains("--resume"), "{message}");
}

#[test]
fn an_earlier_dataset_stays_whole_until_the_new_one_is_complete() {
    let room = Room::new();
    room.put("a.txt", "Banjir di Demak.");
    assert_eq!(room.run(&["extract", "a.txt", "--tokens"]).status, 0);
    let before = files(&room.path("nukil-out"));
    let input = lines(60);
    killed(&room, &input, &[]);
    let mut during = files(&room.path("nukil-out"));
    during.retain(|name, _| !name.starts_with(".nukil-unfinished/"));
    assert_same(&during, &before);
    assert_eq!(resume(&room, &input, &[]).status, 1);
    // The tokens of the earlier dataset would be taken for those of this one.
    assert_same(&files(&room.path("nukil-out")), &uninterrupted(&room, &input, &[]));
}

#[test]
fn a_run_with_nothing_to_go_on_with_begins_at_the_beginning() {
    let room = Room::new();
    let ran = resume(&room, &lines(10), &[]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_same(&files(&room.path("nukil-out")), &uninterrupted(&room, &lines(10), &[]));

    let ran = resume(&room, &lines(10), &["-o", "-"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--resume goes on in a folder"), "{}", ran.stderr);
}

#[test]
fn one_run_at_a_time_writes_to_a_folder() {
    let room = Room::new();
    let input = lines(60);
    let first: String = input.split_inclusive('\n').take(27).collect();
    let mut child = fed(&room, &first, &[]);
    wait_for_parts(&room, "nukil-out", 4);
    for options in [&[][..], &["--resume"]] {
        let arguments = [&["extract", "-"][..], options].concat();
        let ran = Ran::of(room.nukil(&arguments).write_stdin("Banjir di Demak."));
        assert_eq!(ran.status, 2);
        assert_eq!(ran.messages(), ["nukil: cannot write nukil-out: another run is writing there"]);
    }
    let rest: String = input.split_inclusive('\n').skip(27).collect();
    child.stdin.take().unwrap().write_all(rest.as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_same(&files(&room.path("nukil-out")), &uninterrupted(&room, &input, &[]));
}

/// Lets children be interrupted where this process ignores interrupts, as in the background of a
/// script: a signal that is listened to is as by default in a child.
fn let_children_be_interrupted() {
    #[expect(clippy::exit, reason = "what an interrupt does by default")]
    ctrlc::set_handler(|| std::process::exit(130)).expect("interrupts can be listened to");
}

#[test]
fn an_interrupt_that_the_parent_ignores_is_ignored() {
    let room = Room::new();
    let input = lines(60);
    let mut child = Command::new("sh")
        .current_dir(room.path(""))
        .args(["-c", "trap '' INT; exec \"$0\" extract - --part-documents 6 -q"])
        .arg(program())
        .stdin(Stdio::piped())
        .spawn()
        .expect("a shell");
    let stdin = child.stdin.as_mut().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it is read");
    wait_for_parts(&room, "nukil-out", 4);
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill is there").success());
    drop(child.stdin.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    assert_same(&files(&room.path("nukil-out")), &uninterrupted(&room, &input, &[]));
}

#[test]
fn an_interrupt_ends_the_run_and_leaves_what_is_whole() {
    let_children_be_interrupted();
    let room = Room::new();
    let input = lines(60);
    let interrupt = |child: Child| {
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("kill is there").success());
        // Its standard input is still open: it does not wait for more.
        let output = child.wait_with_output().expect("it ends");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let first: String = input.split_inclusive('\n').take(27).collect();
    let child = fed(&room, &first, &[]);
    wait_for_parts(&room, "nukil-out", 4);
    let (status, messages) = interrupt(child);
    assert_eq!(status, Some(130));
    let last = "nukil: interrupted after 23 documents; the same command with --resume goes on";
    assert_eq!(messages.lines().last(), Some(last));
    let left = room.names("nukil-out/.nukil-unfinished");
    assert_eq!(
        left,
        ["lock", "manifest.json", "part-000000", "part-000001", "part-000002", "part-000003"]
    );
    assert_eq!(resume(&room, &input, &[]).status, 1);
    assert_same(&files(&room.path("nukil-out")), &uninterrupted(&room, &input, &[]));
}

/// A limit on the size of files stands for a disk that is full: at once inside a part, and again
/// where the parts are joined.
#[test]
fn a_file_that_cannot_grow_is_told_and_costs_no_part() {
    let room = Room::new();
    let input = lines(60);
    room.put("berita.jsonl", &input);
    let run = |blocks: &str, options: &str| {
        // Blocks have 512 bytes. Without the trap the system would end the program.
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" extract berita.jsonl --tokens \
             --part-documents {PART} {options}"
        );
        let mut command = assert_cmd::Command::new("sh");
        command.current_dir(room.path("")).arg("-c").arg(script).arg(program());
        Ran::of(&mut command)
    };
    let ran = run("unlimited", "-o acuan");
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let wanted = files(&room.path("acuan"));
    let largest = wanted["tokens.csv"].len();
    assert!(largest > 70_000, "{largest}");

    let told = |ran: Ran, place: &str, kept: &str| {
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        let last = ran.messages().last().unwrap().to_string();
        let begin = format!("nukil: cannot write nukil-out/.nukil-unfinished/{place}/tokens.csv: ");
        assert!(last.starts_with(&begin), "{last}");
        let end = format!("; {kept} done are kept: the same command with --resume goes on");
        assert!(last.ends_with(&end), "{last}");
    };
    // The article of 60 repetitions is in the seventh part.
    told(run("40", ""), "part-000006.tmp", "34 documents");
    assert_eq!(room.names("nukil-out/.nukil-unfinished").len(), 6 + 2);
    told(run("120", "--resume"), "joined", "57 documents");
    told(run("120", "--resume"), "joined", "57 documents");
    let ran = run("unlimited", "--resume");
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_same(&files(&room.path("nukil-out")), &wanted);

    // Where no part was whole, nothing is left.
    let ran = run("1", "-o kosong");
    assert_eq!(ran.status, 2);
    assert!(!ran.stderr.contains("--resume"), "{}", ran.stderr);
    assert!(!room.path("kosong").exists());
}

#[test]
fn a_full_file_system_is_told_and_costs_no_part() {
    let room = Room::new();
    room.put("berita.jsonl", lines(60));
    fs::create_dir(room.path("kecil")).unwrap();
    let script = format!(
        "set -e\n\
         run() {{ \"$0\" extract berita.jsonl --tokens --part-documents {PART} -q \"$@\" || echo \"status $?\"; }}\n\
         run -o acuan\n\
         mount -t tmpfs -o size=200k none kecil || exit 77\n\
         run -o kecil/keluar 2>pesan\n\
         mount -o remount,size=8m kecil || exit 77\n\
         run -o kecil/keluar --resume\n\
         cp -R kecil/keluar sesudah\n"
    );
    let mut command = assert_cmd::Command::new("unshare");
    command.current_dir(room.path("")).args(["-r", "-m", "sh", "-c", &script]).arg(program());
    let output = match command.output() {
        Ok(output) if output.status.code() == Some(0) => output,
        // No unshare, or no right to mount.
        other => {
            let why = other.map(|output| String::from_utf8_lossy(&output.stderr).into_owned());
            #[expect(clippy::print_stderr, reason = "a skipped test says so")]
            {
                eprintln!("skipped: a small file system cannot be mounted here: {why:?}");
            }
            return;
        }
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout), "status 1\nstatus 2\nstatus 1\n");
    let message = room.read("pesan");
    assert!(message.contains("No space left on device"), "{message}");
    let advice = "kept: once there is space, the same command with --resume goes on\n";
    assert!(message.ends_with(advice), "{message}");
    assert_same(&files(&room.path("sesudah")), &files(&room.path("acuan")));
}

#[test]
fn a_dataset_of_another_schema_is_not_resumed() {
    let room = Room::new();
    room.put("berita.txt", "Hujan turun di Demak.");
    let arguments = ["extract", "berita.txt", "--quiet"];
    assert_eq!(room.run(&arguments).status, 0);
    let manifest = room.path("nukil-out/manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replacen("\"schema\": 2", "\"schema\": 1", 1)).unwrap();
    let ran = room.run(&["extract", "berita.txt", "--quiet", "--resume"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("schema: 1 then, 2 now"), "{}", ran.stderr);
}

//! What the command line promises: inputs of every kind, the dataset folder of the contract,
//! data alone on standard output, and the same bytes whatever the number of jobs.

mod support;

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use support::{Ran, Room, program, without_pace};

const ARTICLE: &str = "Banjir Rendam Demak\n\nDEMAK, KOMPAS.com - Bupati Demak Eisti'anah meninjau \
    banjir di Kecamatan Sayung, Kabupaten Demak, Senin (6/2/2023). Menurut Eisti'anah, “air naik” \
    sejak Minggu.\n";

fn gzip(content: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn zstd(content: &str) -> Vec<u8> {
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    ruzstd::encoding::compress_to_vec(content.as_bytes(), level)
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[test]
fn a_folder_becomes_a_dataset_folder_of_the_contract() {
    let room = Room::new();
    room.put("berita/a.txt", ARTICLE);
    let ran = room.run(&["extract", "berita", "--tokens"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    let header = |table: &str| {
        room.read(&format!("nukil-out/{table}.csv")).lines().next().unwrap().to_string()
    };
    for (table, columns) in [
        (
            "documents",
            "doc_id,source,title,published,outlet,dateline_place,language,language_confidence,\
             characters,words,sentences,truncated,languages,skipped,replacement_characters,\
             published_at,published_from",
        ),
        (
            "mentions",
            "doc_id,mention_id,entity_id,label,use,text,start,end,sentence,score,found_by,value,\
             unit",
        ),
        (
            "entities",
            "doc_id,entity_id,label,kind,name,aliases,roles,gazetteer_id,country,province,regency,latitude,longitude,\
             mentions,first_start,salience",
        ),
        ("keywords", "doc_id,rank,keyword,lemma,score,count,is_entity,first_start"),
        ("keyword_occurrences", "doc_id,rank,start,end"),
        ("quotes", "doc_id,quote_id,speaker,speaker_text,text,start,end,verb,via,kind"),
        ("failures", "source,doc_id,stage,reason"),
        ("tokens", "doc_id,token,text,start,end,lemma,stop,sentence"),
    ] {
        assert_eq!(header(table), columns, "{table}");
    }
    // Nothing but the tables and their manifest, no temporary file.
    assert_eq!(
        room.names("nukil-out"),
        [
            "documents.csv",
            "entities.csv",
            "failures.csv",
            "keyword_occurrences.csv",
            "keywords.csv",
            "manifest.json",
            "mentions.csv",
            "quotes.csv",
            "tokens.csv"
        ]
    );
    assert_eq!(
        room.columns("nukil-out/documents.csv", &["doc_id", "source"]),
        [["a", "berita/a.txt"]]
    );
    let mentions = room.columns("nukil-out/mentions.csv", &["text", "start", "end"]);
    assert!(mentions.iter().any(|row| row[0] == "Demak"));
}

#[test]
fn offsets_of_all_units_give_back_the_surface() {
    let room = Room::new();
    let text = format!("😀 {ARTICLE}");
    room.put("a.txt", &text);
    let surfaces = |unit: &str| {
        let output = format!("keluar-{unit}");
        let ran = room.run(&["extract", "a.txt", "--tokens", "--offsets", unit, "-o", &output]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ["tokens", "mentions"].map(|table| {
            room.columns(&format!("{output}/{table}.csv"), &["text", "start", "end"])
                .into_iter()
                .map(|row| (row[0].clone(), row[1].parse().unwrap()..row[2].parse().unwrap()))
                .collect::<Vec<(String, std::ops::Range<usize>)>>()
        })
    };
    let characters: Vec<char> = text.chars().collect();
    let utf16: Vec<u16> = text.encode_utf16().collect();
    for rows in surfaces("codepoint") {
        assert!(!rows.is_empty());
        for (surface, span) in rows {
            assert_eq!(characters[span].iter().collect::<String>(), surface);
        }
    }
    for (surface, span) in surfaces("byte").concat() {
        assert_eq!(&text[span], surface);
    }
    for (surface, span) in surfaces("utf16").concat() {
        assert_eq!(String::from_utf16(&utf16[span]).unwrap(), surface);
    }
}

#[test]
fn tabular_input_with_other_column_names_passes_the_rest_through() {
    let room = Room::new();
    room.put(
        "berita.csv",
        "judul,isi,source,rubrik\n\
         Banjir,\"Banjir merendam Demak, Senin.\",antara,\"daerah, \"\"utara\"\"\"\n\
         Gempa,Gempa mengguncang Cianjur.,,\n",
    );
    room.put(
        "lain.jsonl",
        "{\"id\":7,\"judul\":\"Hujan\",\"isi\":\"Hujan turun di Bogor.\",\"penulis\":[\"A\",\"B\"]}\n",
    );
    let ran = room.run(&[
        "extract",
        "berita.csv",
        "lain.jsonl",
        "--text-field",
        "isi",
        "--title-field",
        "judul",
    ]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let header = room.read("nukil-out/documents.csv").lines().next().unwrap().to_string();
    assert!(
        header.ends_with(
            ",replacement_characters,published_at,published_from,input_source,rubrik,penulis"
        ),
        "{header}"
    );
    assert_eq!(
        room.columns(
            "nukil-out/documents.csv",
            &["doc_id", "title", "input_source", "rubrik", "penulis"]
        ),
        [
            ["1", "Banjir", "antara", "daerah, \"utara\"", ""],
            ["2", "Gempa", "", "", ""],
            ["7", "Hujan", "", "", "[\"A\",\"B\"]"],
        ]
    );
}

#[test]
fn compressed_input_gives_what_the_plain_one_gives() {
    let room = Room::new();
    let lines = format!("{}\n", serde_json::json!({"id": "a", "text": ARTICLE}));
    room.put("polos/berita.jsonl", &lines);
    room.put("gz/berita.jsonl.gz", gzip(&lines));
    room.put("zst/berita.jsonl.zst", zstd(&lines));
    for folder in ["polos", "gz", "zst"] {
        let ran = room.run(&["extract", folder, "-o", &format!("{folder}-keluar")]);
        assert_eq!(ran.status, 0, "{folder}: {}", ran.stderr);
    }
    for table in ["mentions", "entities", "keywords"] {
        let plain = room.read(&format!("polos-keluar/{table}.csv"));
        assert_eq!(room.read(&format!("gz-keluar/{table}.csv")), plain);
        assert_eq!(room.read(&format!("zst-keluar/{table}.csv")), plain);
    }
}

#[test]
fn standard_input_to_standard_output_carries_data_alone() {
    let room = Room::new();
    let input = "{\"id\":\"a\",\"text\":\"Banjir di Demak.\"}\nrusak\n{\"text\":\"Gempa.\"}\n";
    let ran = Ran::of(room.nukil(&["extract", "-", "-o", "-"]).write_stdin(input));
    assert_eq!(ran.status, 1);
    let records: Vec<_> = ran.stdout.lines().map(json).collect();
    let ids: Vec<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a", "3"]);
    assert!(records.iter().all(|record| record["schema"] == 2 && record["source"] == "-"));
    assert_eq!(ran.messages()[0], "nukil: -: line 2, column 1: expected value");
    // No bar, no colour: standard error is no terminal here.
    assert!(!ran.stderr.contains(['\r', '\u{1b}']), "{:?}", ran.stderr);
    assert_eq!(room.names(""), [""; 0]);

    let ran = Ran::of(room.nukil(&["extract", "-", "-o", "-"]).write_stdin(ARTICLE));
    assert_eq!(json(ran.stdout.trim_end())["id"], "stdin");

    let options = ["extract", "-", "-o", "-", "--input-format", "csv", "--text-field", "isi"];
    let ran = Ran::of(room.nukil(&options).write_stdin("isi\nGempa di Cianjur.\n"));
    assert_eq!(json(ran.stdout.trim_end())["id"], "1");
}

#[test]
fn json_lines_in_the_folder_are_those_of_standard_output() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    let ran = room.run(&["extract", "a.txt", "-o", "-", "--output-format", "jsonl", "--tokens"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let tokens = json(ran.stdout.trim_end())["tokens"].as_array().unwrap().len();
    assert!(tokens > 10);
    let written = room.run(&["extract", "a.txt", "--output-format", "csv,jsonl", "--tokens"]);
    assert_eq!(written.status, 0);
    assert_eq!(room.read("nukil-out/records.jsonl"), ran.stdout);
    assert!(room.path("nukil-out/documents.csv").exists());

    assert_eq!(room.run(&["extract", "a.txt", "--output-format", "jsonl", "-o", "b"]).status, 0);
    assert_eq!(room.names("b"), ["failures.csv", "manifest.json", "records.jsonl"]);
}

#[test]
fn the_number_of_jobs_does_not_change_a_byte() {
    let room = Room::new();
    let places = ["Demak", "Cianjur", "Surabaya", "Kota Padang", "Papua", "New York"];
    let people = ["Budi Santoso", "Antony Blinken", "Retno Marsudi", "Siti"];
    let mut lines = String::new();
    for number in 0..400_usize {
        let place = places[number % places.len()];
        let person = people[number % people.len()];
        let text = match number % 50 {
            0 => String::from("{\"text\": rusak}"),
            _ => serde_json::json!({
                "id": format!("d{number}"),
                "text": format!(
                    "JAKARTA - Menteri {person} tiba di {place}. {}",
                    format!("Kata {person}, harga beras naik {number} persen. ").repeat(number % 7)
                ),
            })
            .to_string(),
        };
        lines.push_str(&text);
        lines.push('\n');
    }
    room.put("berita.jsonl", lines);
    let run = |jobs: &str| {
        let options = [
            "extract",
            "berita.jsonl",
            "--tokens",
            "--output-format",
            "csv,jsonl",
            "--jobs",
            jobs,
            "-o",
            jobs,
        ];
        let ran = room.run(&options);
        assert_eq!(ran.status, 1);
        let messages = without_pace(&ran.stderr.replace(&format!("in {jobs}:"), ""));
        let tables: Vec<_> = room
            .names(jobs)
            .into_iter()
            .map(|name| (room.read(&format!("{jobs}/{name}")), name))
            .collect();
        (messages, tables)
    };
    let alone = run("1");
    assert_eq!(alone.1.len(), 10);
    assert_eq!(alone.1[0].0.lines().count(), 1 + 392);
    assert!(alone == run("2"), "two jobs write other bytes than one");
    assert!(alone == run("3"), "three jobs write other bytes than one");
}

#[test]
fn quiet_means_no_word() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    room.put("kosong.txt", "");
    let ran = room.run(&["extract", "a.txt", "kosong.txt", "--quiet", "--summary", "always"]);
    assert_eq!(ran.status, 1);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    assert_eq!(room.columns("nukil-out/failures.csv", &["reason"]), [["empty file"]]);
}

#[test]
fn the_picture_at_the_end_is_shown_when_asked_for() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    let without = room.run(&["extract", "a.txt"]);
    assert_eq!(
        without.messages().iter().map(|line| without_pace(line)).collect::<Vec<_>>(),
        [
            "nukil: 1 document done, 0.0 MB; in nukil-out: documents.csv, mentions.csv, entities.csv, \
          keywords.csv, keyword_occurrences.csv, quotes.csv, failures.csv"
        ]
    );
    let with = room.run(&["extract", "a.txt", "--summary", "always"]);
    let messages = with.messages();
    let places = messages.iter().position(|line| line.starts_with("Places ")).unwrap();
    assert!(messages[places + 1..].iter().any(|line| line.starts_with("  Demak ")), "{messages:?}");
    let last = |ran: &Ran| ran.messages().last().map(|line| without_pace(line));
    assert_eq!(last(&with), last(&without));
}

#[test]
fn documents_with_the_id_of_another_are_told() {
    let room = Room::new();
    room.put("a.csv", "id,text\n7,Banjir di Demak.\n7,Gempa di Cianjur.\n");
    let ran = room.run(&["extract", "a.csv"]);
    assert_eq!(ran.status, 0);
    assert_eq!(
        ran.messages()[0],
        "nukil: 1 document with the id of an earlier one; their rows cannot be told apart"
    );
}

#[test]
fn tables_inside_the_input_folder_are_not_read_again() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    for _ in 0..2 {
        let ran = room.run(&["extract", "."]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert_eq!(room.columns("nukil-out/documents.csv", &["doc_id"]), [["a"]]);
    }
}

#[test]
fn stop_words_can_be_added_and_taken_out() {
    let room = Room::new();
    room.put("a.txt", "Banjir melanda Demak dan Kudus.");
    room.put("tambah.txt", "# kata berita\nbanjir\n\n");
    room.put("buang.txt", "dan\n");
    let marked = |options: &[&str]| {
        let arguments = [&["extract", "a.txt", "--tokens"][..], options].concat();
        let ran = room.run(&arguments);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        room.columns("nukil-out/tokens.csv", &["text", "stop"])
            .into_iter()
            .filter(|row| row[1] == "true")
            .map(|row| row[0].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(marked(&[]), ["dan"]);
    assert_eq!(marked(&["--stopwords-add", "tambah.txt"]), ["Banjir", "dan"]);
    assert_eq!(marked(&["--stopwords-remove", "buang.txt"]), [""; 0]);
}

#[test]
fn names_of_a_gazetteer_of_ones_own_are_found() {
    let room = Room::new();
    room.put("a.txt", "Kemarin harga sembako di warung zonk turun.");
    room.put("nama.csv", "name,label,id,aliases\nWarung Zonk,TOKO,w1,warung zonk\n");
    let ran = room.run(&["extract", "a.txt", "--gazetteer", "nama.csv"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(
        room.columns("nukil-out/mentions.csv", &["label", "text", "found_by"]),
        [["DATE", "Kemarin", "rule"], ["TOKO", "warung zonk", "user"]]
    );
    assert_eq!(
        room.columns("nukil-out/entities.csv", &["name", "gazetteer_id"]),
        [["Warung Zonk", "w1"]]
    );
}

#[test]
fn the_number_of_keywords_is_as_asked() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    for number in ["0", "2"] {
        let ran = room.run(&["extract", "a.txt", "--keywords", number]);
        assert_eq!(ran.status, 0);
        let keywords = room.columns("nukil-out/keywords.csv", &["rank"]);
        assert_eq!(keywords.len().to_string(), number);
    }
}

#[test]
fn documents_in_other_languages_are_listed_as_skipped() {
    let room = Room::new();
    room.put("a.txt", "Polisi mengatakan jalan di Bogor itu ditutup karena banjir merendam rumah.");
    room.put("b.txt", "Polis memaklumkan jalan di Ipoh itu ditutup kerana banjir melanda rumah.");
    room.put("c.txt", "The police said that the road in Bogor was closed because of the flood.");
    let inputs = ["extract", "a.txt", "b.txt", "c.txt"];
    let documents = |options: &[&str]| {
        let ran = room.run(&[&inputs[..], options].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let columns = ["language", "languages", "skipped", "sentences"];
        (room.columns("nukil-out/documents.csv", &columns), ran.stderr)
    };
    let (all, _) = documents(&[]);
    assert_eq!(all, [["id", "id", "", "1"], ["ms", "ms", "", "1"], ["en", "en", "", "1"]]);
    let (kept, stderr) = documents(&["--language", "id,ms"]);
    assert_eq!(kept, [["id", "id", "", "1"], ["ms", "ms", "", "1"], ["en", "en", "language", "0"]]);
    assert!(stderr.contains("1 document skipped: in another language"), "{stderr}");
    let places = room.columns("nukil-out/entities.csv", &["doc_id", "name"]);
    assert!(places.iter().any(|row| row[0] == "a"), "{places:?}");
    assert!(places.iter().all(|row| row[0] != "c"), "{places:?}");
}

/// What is not seen on a page moves no offset and hides no name.
#[test]
fn names_with_invisible_characters_and_references_are_found() {
    let room = Room::new();
    let text = "Menteri&nbsp;Luar&amp;nbsp;Negeri Retno\u{a0}Marsudi tiba di Ja\u{ad}karta dan \
                \u{200b}Bandung\u{200b}, lalu &amp;ldquo;pulang&amp;rdquo; ke Demak.";
    room.put("a.txt", text);
    let ran = room.run(&["extract", "a.txt", "--quiet"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let mentions = room.columns("nukil-out/mentions.csv", &["text", "start", "end"]);
    let characters: Vec<char> = text.chars().collect();
    for row in &mentions {
        let (start, end) = (row[1].parse::<usize>().unwrap(), row[2].parse::<usize>().unwrap());
        assert_eq!(characters[start..end].iter().collect::<String>(), row[0]);
    }
    let found: Vec<_> = mentions.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(found, ["Retno\u{a0}Marsudi", "Ja\u{ad}karta", "Bandung", "Demak"]);
    assert_eq!(
        room.columns("nukil-out/entities.csv", &["name", "roles"])[0],
        ["Retno Marsudi", "Menteri Luar Negeri"]
    );
}

#[test]
fn a_text_in_windows_1252_is_read_and_another_encoding_can_be_named() {
    let room = Room::new();
    room.put("a.txt", b"Caf\xE9 Demak \x96 dibuka di Bandung, kata Budi.");
    let run = |options: &[&str]| {
        let ran = room.run(&[&["extract", "a.txt", "-o", "-"], options].concat());
        (ran.status, ran.stderr)
    };
    let (status, stderr) = run(&[]);
    assert_eq!(
        (status, without_pace(&stderr)),
        (0, "nukil: 1 document done, 0.0 MB\n".to_string())
    );
    let (status, stderr) = run(&["--encoding", "utf-8"]);
    assert_eq!(status, 0);
    assert!(stderr.contains("1 text with 2 characters that could not be decoded"), "{stderr}");
    let (status, stderr) = run(&["--encoding", "klingon"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("no encoding of this name"), "{stderr}");
}

#[test]
fn lines_that_recur_are_furniture_when_asked_for() {
    let room = Room::new();
    let places = [
        "Ambon", "Bogor", "Ciamis", "Demak", "Ende", "Garut", "Jepara", "Kudus", "Lumajang",
        "Malang", "Ngawi", "Padang",
    ];
    for place in places {
        let text = format!(
            "Menu Utama Harian Timur\n\nWarga {place} Mengungsi karena Banjir\n\nBanjir merendam rumah \
             warga di {place} sejak Senin pagi.\n\nRedaksi Budi Santoso dan Siti Aminah di Surabaya"
        );
        room.put(&format!("berita/{place}.txt"), text);
    }
    let documents = |options: &[&str]| {
        let ran = room.run(&[&["extract", "berita", "--quiet"], options].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let columns = ["doc_id", "title"];
        (room.columns("nukil-out/documents.csv", &columns), room.read("nukil-out/mentions.csv"))
    };
    let (_, without) = documents(&[]);
    assert!(without.contains("Budi Santoso"));
    let (titles, with) = documents(&["--learn-furniture"]);
    assert!(!with.contains("Budi Santoso") && !with.contains("Surabaya"), "{with}");
    for (row, place) in titles.iter().zip(places) {
        assert_eq!(*row, [place, &format!("Warga {place} Mengungsi karena Banjir")]);
    }
    let ran = room.run(&["extract", "-", "--learn-furniture"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("standard input"), "{}", ran.stderr);
}

#[test]
fn a_language_is_a_code() {
    let ran = Room::new().run(&["extract", "-", "--language", "Indonesian"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("ISO 639"), "{}", ran.stderr);
}

#[test]
fn the_plain_layout_takes_everything_as_prose() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    let ran = room.run(&["extract", "a.txt", "--layout", "plain", "-o", "-"]);
    let record = json(ran.stdout.trim_end());
    assert!(record["title"].is_null());
    assert_eq!(record["body"][0][0], 0);
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let room = Room::new();
    let line = format!("{}\n", serde_json::json!({"text": ARTICLE}));
    room.put("berita.jsonl", line.repeat(500));
    let mut child = Command::new(program())
        .current_dir(room.path(""))
        .args(["extract", "berita.jsonl", "-o", "-", "--quiet"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut begin = [0; 20];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut begin).unwrap();
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn completions_and_manual_name_the_options() {
    let room = Room::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = room.run(&["completions", shell]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{shell}");
        for word in ["extract", "gazetteer"] {
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
    }
    let ran = room.run(&["man"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let pages =
        ["nukil", "nukil-extract", "nukil-keywords", "nukil-background-build", "nukil-completions"];
    for line in pages.map(|page| format!(".TH {page} 1")) {
        assert!(ran.stdout.contains(&line), "{line}");
    }
    assert!(ran.stdout.contains("gazetteer"));
}

#[test]
fn help_goes_to_standard_output() {
    let room = Room::new();
    for arguments in [&["--help"][..], &["extract", "--help"], &["help", "extract"], &["--version"]]
    {
        let ran = room.run(arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.stdout.contains("nukil"), "{arguments:?}");
    }
    let help = room.run(&["extract", "--help"]).stdout;
    for part in ["Input:", "Output:", "Analysis:", "Examples:", "Exit status:"] {
        assert!(help.contains(part), "{part}");
    }
}

/// Sentences in which every name behind "kata" is of one made-up type, every one behind "di" of
/// another.
fn labelled() -> String {
    let mut text = String::new();
    for name in ["Budi", "Siti", "Joko", "Rina", "Agus", "Dewi"] {
        text += &format!(
            "Banjir\tO\ndi\tO\nDemak\tB-TEMPAT\nsurut\tO\n,\tO\nkata\tO\n{name}\tB-ORANG\n"
        );
        text += "Santoso\tI-ORANG\n.\tO\n\n";
    }
    text
}

#[test]
fn a_tagger_of_ones_own_is_trained_tagged_with_and_measured() {
    let room = Room::new();
    room.put("latih.tsv", labelled());
    room.put("uji.tsv", "Hujan\tO\ndi\tO\nKudus\tB-TEMPAT\n\nkata\tO\nRatna\tB-ORANG\n");
    for model in ["satu", "dua"] {
        let ran = room.run(&["train", "--train", "latih.tsv", "--dev", "uji.tsv", "-o", model]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    let bytes = |model: &str| std::fs::read(room.path(model)).unwrap();
    assert!(bytes("satu") == bytes("dua"), "the same files give the same model");

    let ran = room.run(&["tag", "--model", "satu", "uji.tsv"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "Hujan\tO\tO\ndi\tO\tO\nKudus\tB-TEMPAT\tB-TEMPAT\n\nkata\tO\tO\nRatna\tB-ORANG\tB-ORANG\n"
    );

    let ran = room.run(&["eval", "uji.tsv", "--model", "satu"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let all = ran.stdout.lines().find(|line| line.starts_with("all ")).unwrap();
    assert_eq!(
        all.split_whitespace().collect::<Vec<_>>(),
        ["all", "100.00", "100.00", "100.00", "2"]
    );
}

#[test]
fn a_damaged_model_and_a_broken_token_file_are_named() {
    let room = Room::new();
    room.put("latih.tsv", labelled());
    room.put("rusak.tsv", "Budi\tB-PER\nSiti\n");
    let ran = room.run(&["train", "--train", "rusak.tsv", "-o", "model"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("rusak.tsv") && ran.stderr.contains("line 2"), "{}", ran.stderr);

    assert_eq!(room.run(&["train", "--train", "latih.tsv", "-o", "model", "--quiet"]).status, 0);
    let mut bytes = std::fs::read(room.path("model")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    room.put("rusak", &bytes);
    room.put("pendek", &bytes[..100]);
    for model in ["rusak", "pendek", "latih.tsv"] {
        for command in [
            vec!["tag", "--model", model, "latih.tsv"],
            vec!["eval", "latih.tsv", "--model", model],
            vec!["extract", "latih.tsv", "--model", model],
        ] {
            let ran = room.run(&command);
            assert_eq!(ran.status, 2, "{command:?}: {}", ran.stderr);
            assert!(ran.stderr.contains(model), "{command:?}: {}", ran.stderr);
        }
    }
}

#[test]
fn mentions_below_the_least_score_are_left_out() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    // Names and dates.
    room.put("b.txt", include_str!("../data/samples/01-tempo-diplomasi.txt"));
    for file in ["a.txt", "b.txt"] {
        let scores = |least: f64| -> Vec<f64> {
            let least = least.to_string();
            let ran = room.run(&["extract", file, "-o", "-", "--min-score", &least]);
            let record = json(&ran.stdout);
            let mentions = record["mentions"].as_array().unwrap();
            mentions.iter().map(|mention| mention["score"].as_f64().unwrap()).collect()
        };
        let all = scores(0.0);
        // Scores are rounded when they are written.
        let most = all.iter().copied().fold(0.0, f64::max) - 0.0001;
        for least in [0.7, most] {
            let kept: Vec<f64> = all.iter().copied().filter(|&score| score >= least).collect();
            assert!(kept.len() < all.len());
            assert_eq!(scores(least), kept, "{file}, {least}");
        }
    }
}

#[test]
fn what_a_gazetteer_asserts_holds_for_initials_too() {
    let room = Room::new();
    room.put("nama.csv", "name,label\nES,ORG\n");
    room.put("a.txt", "Pria berinisial ES ditangkap polisi. Petugas membawa ES ke kantor.");
    let labels = |options: &[&str]| -> Vec<String> {
        let ran = room.run(&[&["extract", "a.txt", "-o", "-"], options].concat());
        let record = json(&ran.stdout);
        let mentions = record["mentions"].as_array().unwrap().iter();
        mentions.map(|mention| mention["label"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(labels(&[]), ["PER", "PER"]);
    assert_eq!(labels(&["--gazetteer", "nama.csv"]), ["ORG", "ORG"]);
}

#[test]
fn dates_amounts_and_quotations_stand_in_the_tables() {
    let room = Room::new();
    room.put(
        "berita.jsonl",
        "{\"id\":1,\"date\":\"2022-09-20\",\"text\":\"Joko Widodo meninjau banjir, Senin (19/9). \\\"Bantuan \
         Rp 2-3 miliar segera cair,\\\" kata Joko Widodo, dilansir Reuters.\"}\n",
    );
    let ran = room.run(&["extract", "berita.jsonl", "--layout", "plain"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let mentions = room
        .columns("nukil-out/mentions.csv", &["label", "entity_id", "text", "value", "unit"])
        .into_iter()
        .filter(|row| row[1].is_empty())
        .collect::<Vec<_>>();
    assert_eq!(
        mentions,
        [
            ["DATE", "", "Senin (19/9)", "2022-09-19", ""],
            ["MONEY", "", "Rp 2-3 miliar", "2000000000/3000000000", "IDR"],
        ]
    );
    assert_eq!(
        room.columns("nukil-out/quotes.csv", &["speaker", "speaker_text", "text", "via", "kind"]),
        [["e1", "Joko Widodo", "Bantuan Rp 2-3 miliar segera cair,", "Reuters", "direct"]]
    );
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    let room = Room::new();
    room.put("a.txt", "Banjir di Demak.");
    room.put("a.tsv", "Demak\tB-LOC\n");
    let train = ["train", "--train", "a.tsv", "-o", "m"];
    for (command, option, values) in [
        (&["extract", "a.txt"][..], "--min-score", &["nan", "2", "-0.1", "inf", "x"][..]),
        (&["keywords", "a.txt"], "--min-score", &["nan"]),
        (&["extract", "a.txt"], "--jobs", &["0", "513", "10000", "99999999999999999999"]),
        (&["keywords", "a.txt"], "--jobs", &["10000"]),
        (&["tokenize", "a.txt"], "--jobs", &["10000"]),
        (&train, "--l2", &["nan", "0", "-1", "inf", "0.5,nan"]),
        (&train, "--recast", &["nan", "-1", "inf"]),
    ] {
        for value in values {
            let ran = room.run(&[command, &[&format!("{option}={value}")]].concat());
            assert_eq!(ran.status, 2, "{option} {value}");
            assert!(ran.stderr.contains(option), "{}", ran.stderr);
        }
    }
    assert_eq!(room.names(""), ["a.tsv", "a.txt"]);
    assert_eq!(room.run(&["extract", "a.txt", "--min-score", "1", "--jobs", "8"]).status, 0);
}

#[cfg(unix)]
#[test]
fn a_closed_standard_output_is_an_error_and_the_null_device_is_none() {
    let room = Room::new();
    room.put("a.txt", "Banjir di Demak.");
    let run = |arguments: &str, output: &str| {
        let mut command = assert_cmd::Command::new("sh");
        let script = format!("\"$0\" {arguments} {output}");
        command.current_dir(room.path("")).arg("-c").arg(script).arg(support::program());
        support::Ran::of(&mut command)
    };
    for arguments in [
        "extract a.txt -o -",
        "keywords a.txt -o -",
        "tokenize a.txt",
        "explain a.txt",
        "completions bash",
        "man",
    ] {
        let closed = run(arguments, ">&-");
        assert_eq!(closed.status, 2, "{arguments}");
        let last = closed.messages().last().map(|last| last.to_string());
        let told =
            "nukil: standard output is closed; send it to a file, to a pipe or to > /dev/null";
        assert_eq!(last.as_deref(), Some(told), "{arguments}");
        assert_eq!(run(arguments, "> /dev/null").status, 0, "{arguments}");
    }
    // Where nothing is written there, it does not matter.
    assert_eq!(run("extract a.txt -o hasil", ">&-").status, 0);
}

//! What `nukil keywords` and `nukil background build` promise: tables of keywords alone, the
//! keywords of a collection with their days and bursts, counts of one's own, and the same bytes
//! whatever the number of jobs.

mod support;

use support::{Ran, Room};

const ARTICLE: &str = "Banjir Rob Rendam Demak\n\nDEMAK, KOMPAS.com - Banjir rob merendam ribuan rumah di \
    Kecamatan Sayung, Kabupaten Demak, Senin (6/2/2023). Bupati Demak Eisti'anah meninjau banjir \
    rob itu. Menurut Eisti'anah, banjir rob datang dari laut.\n";

/// A collection over forty days, ten articles a day; a flood is in those of three days.
fn collection(room: &Room) {
    let mut lines = String::new();
    for day in 0..40 {
        for number in 0..10 {
            let flood = (10..13).contains(&day) && number < 6;
            let text = if flood {
                format!(
                    "Banjir rob merendam rumah warga. Banjir rob datang lagi kata warga {number}."
                )
            } else {
                format!("Harga emas naik tajam. Harga emas Antam dijual toko nomor {day}.")
            };
            let date = format!("2023-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
            let line =
                serde_json::json!({ "id": format!("d{day}n{number}"), "text": text, "date": date });
            lines += &format!("{line}\n");
        }
    }
    room.put("arsip.jsonl", lines);
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[test]
fn keywords_come_with_every_occurrence() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    let ran = room.run(&["keywords", "a.txt", "-o", "hasil"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert_eq!(
        room.names("hasil"),
        ["failures.csv", "keyword_occurrences.csv", "keywords.csv", "manifest.json"]
    );
    let keywords = room.columns("hasil/keywords.csv", &["doc_id", "rank", "keyword", "count"]);
    let flood = keywords.iter().find(|row| row[2] == "banjir rob").expect("the keyword");
    assert_eq!((flood[0].as_str(), flood[3].as_str()), ("a", "4"));

    let text: Vec<char> = ARTICLE.chars().collect();
    let rows = room.columns("hasil/keyword_occurrences.csv", &["rank", "start", "end"]);
    let marked: Vec<String> = rows
        .iter()
        .filter(|row| row[0] == flood[1])
        .map(|row| text[row[1].parse().unwrap()..row[2].parse().unwrap()].iter().collect())
        .collect();
    assert_eq!(marked, ["Banjir Rob", "Banjir rob", "banjir rob", "banjir rob"]);

    // The same table as `extract` writes.
    assert_eq!(room.run(&["extract", "a.txt", "-o", "semua"]).status, 0);
    for table in ["keywords.csv", "keyword_occurrences.csv"] {
        assert_eq!(room.read(&format!("hasil/{table}")), room.read(&format!("semua/{table}")));
    }
}

#[test]
fn json_lines_have_the_spans_in_the_unit_asked_for() {
    let room = Room::new();
    room.put("a.txt", "Kafe – kafe\n\nKafe Toraja buka. Kafe Toraja ramai.");
    for (unit, first) in [("codepoint", 13), ("byte", 15), ("utf16", 13)] {
        let ran =
            room.run(&["keywords", "a.txt", "--layout", "plain", "--offsets", unit, "-o", "-"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let record = json(ran.stdout.trim_end());
        assert_eq!((&record["schema"], &record["id"]), (&json("2"), &json("\"a\"")));
        let keywords = record["keywords"].as_array().expect("keywords");
        let toraja =
            keywords.iter().find(|keyword| keyword["text"] == "Kafe Toraja").expect("the keyword");
        assert_eq!(toraja["spans"][0][0], first, "{unit}");
        assert_eq!(toraja["spans"].as_array().map(Vec::len), Some(2));
    }
}

#[test]
fn a_collection_tells_its_keywords_their_days_and_bursts() {
    let room = Room::new();
    collection(&room);
    let ran = room.run(&["keywords", "arsip.jsonl", "--corpus", "-o", "hasil"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(
        room.names("hasil"),
        ["corpus.csv", "failures.csv", "keyword_occurrences.csv", "keywords.csv", "manifest.json"]
    );
    let header = room.read("hasil/corpus.csv").lines().next().unwrap().to_string();
    assert_eq!(
        header,
        "keyword,lemma,is_entity,documents,total,first_date,last_date,burst_start,burst_end,\
         burst_weight"
    );
    let columns =
        ["keyword", "documents", "total", "first_date", "last_date", "burst_start", "burst_end"];
    let rows = room.columns("hasil/corpus.csv", &columns);
    let row = |keyword: &str| rows.iter().find(|row| row[0] == keyword).expect("the keyword");
    assert_eq!(
        row("banjir rob")[1..],
        ["18", "36", "2023-01-11", "2023-01-13", "2023-01-11", "2023-01-13"]
    );
    let documents: Vec<usize> = rows.iter().map(|row| row[1].parse().unwrap()).collect();
    assert!(documents.is_sorted_by(|one, other| one >= other));

    let weeks = room.run(&["keywords", "arsip.jsonl", "--corpus", "--by", "week", "-o", "-"]);
    let flood = weeks.stdout.lines().map(json).find(|row| row["keyword"] == "banjir rob");
    let burst = flood.expect("the keyword")["burst"].clone();
    assert_eq!(
        (&burst["start"], &burst["end"]),
        (&json("\"2023-01-09\""), &json("\"2023-01-15\""))
    );
}

#[test]
fn what_most_documents_of_a_collection_hold_ranks_lower_in_it() {
    let room = Room::new();
    collection(&room);
    let rank = |options: &[&str]| {
        let arguments = [&["keywords", "arsip.jsonl", "-o", "hasil"], options].concat();
        assert_eq!(room.run(&arguments).status, 0);
        let rows = room.columns("hasil/keywords.csv", &["doc_id", "keyword", "score"]);
        let row = rows.iter().find(|row| row[0] == "d0n0" && row[1] == "harga emas");
        row.map_or(0.0, |row| row[2].parse::<f64>().unwrap())
    };
    assert!(rank(&["--corpus"]) < rank(&[]) / 2.0);
}

#[test]
fn jobs_do_not_change_a_byte() {
    let room = Room::new();
    collection(&room);
    for jobs in ["1", "3"] {
        let ran = room.run(&["keywords", "arsip.jsonl", "--corpus", "-j", jobs, "-o", jobs]);
        assert_eq!(ran.status, 0);
        let counts = format!("{jobs}.nkbg");
        assert_eq!(
            room.run(&["background", "build", "arsip.jsonl", "-j", jobs, "-o", &counts]).status,
            0
        );
    }
    for table in ["keywords.csv", "keyword_occurrences.csv", "corpus.csv"] {
        assert!(room.read(&format!("1/{table}")) == room.read(&format!("3/{table}")), "{table}");
    }
    let bytes = |jobs: &str| std::fs::read(room.path(&format!("{jobs}.nkbg"))).unwrap();
    assert!(bytes("1") == bytes("3"));
}

#[test]
fn a_background_of_ones_own_takes_the_place_of_the_built_in_one() {
    let room = Room::new();
    collection(&room);
    room.put("a.txt", ARTICLE);
    let ran = room.run(&["background", "build", "arsip.jsonl", "-o", "arsip.nkbg"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.messages(), ["nukil: 400 documents counted; in arsip.nkbg"]);
    let scores = |options: &[&str]| {
        let ran = room.run(&[&["keywords", "a.txt", "-o", "-"], options].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout
    };
    assert_ne!(scores(&[]), scores(&["--background", "arsip.nkbg"]));
    let extracted = room.run(&["extract", "a.txt", "-o", "-", "--background", "arsip.nkbg"]);
    let keywords = |output: &str| json(output.trim_end())["keywords"].clone();
    assert_eq!(keywords(&extracted.stdout), keywords(&scores(&["--background", "arsip.nkbg"])));

    let ran = room.run(&["keywords", "a.txt", "--background", "a.txt"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.messages(),
        ["nukil: a.txt: no counts by `nukil background build`: not a NKBG artefact"]
    );
}

#[test]
fn the_statistical_method_weighs_otherwise() {
    let room = Room::new();
    room.put("a.txt", ARTICLE);
    let keywords = |method: &str| {
        let ran = room.run(&["keywords", "a.txt", "--keyword-method", method, "-o", "-"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout
    };
    assert_eq!(keywords("learned"), room.run(&["keywords", "a.txt", "-o", "-"]).stdout);
    assert_ne!(keywords("learned"), keywords("statistical"));
    assert!(keywords("statistical").contains("\"text\":\"banjir rob\""));
}

#[test]
fn bad_documents_do_not_end_a_run_and_wrong_usage_is_told() {
    let room = Room::new();
    room.put("a.jsonl", "{\"id\": \"a\", \"text\": \"Banjir rob di Demak.\"}\nrusak\n");
    let told = ["nukil: a.jsonl: line 2, column 1: expected value", "nukil: 1 document done"];
    for options in [&[][..], &["--corpus"]] {
        let ran = room.run(&[&["keywords", "a.jsonl", "-o", "hasil"], options].concat());
        assert_eq!((ran.status, ran.messages()), (1, told.to_vec()));
        assert_eq!(room.columns("hasil/failures.csv", &["stage"]), [["read"]]);
    }
    let ran = room.run(&["background", "build", "a.jsonl", "-o", "a.nkbg"]);
    assert_eq!(ran.status, 1);

    let ran = Ran::of(room.nukil(&["keywords", "-", "--corpus", "-o", "lain"]).write_stdin("x"));
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.messages(),
        ["nukil: --corpus reads its input twice, which standard input cannot be"]
    );
    assert!(!room.path("lain").exists());
    assert_eq!(room.run(&["keywords", "a.jsonl", "--by", "week"]).status, 2);
    assert_eq!(room.run(&["keywords", "tidak-ada.txt"]).status, 2);
    assert_eq!(room.run(&["background", "build", "tidak-ada.txt", "-o", "b.nkbg"]).status, 2);
    assert!(!room.path("b.nkbg").exists());
    assert_eq!(room.run(&["background", "build", "a.jsonl", "-o", "tidak/ada.nkbg"]).status, 2);
}

/// Its other tables would be of another run.
#[test]
fn keywords_do_not_take_the_place_of_a_dataset() {
    let room = Room::new();
    room.put("a.txt", "Banjir merendam Demak. Banjir surut.");
    assert_eq!(room.run(&["extract", "a.txt"]).status, 0);
    let before = room.read("nukil-out/keywords.csv");
    let ran = room.run(&["keywords", "a.txt", "--keywords", "1"]);
    assert_eq!(ran.status, 2);
    let reason =
        "a dataset is there, whose tables go together; move it away or choose another folder";
    assert_eq!(ran.messages(), [format!("nukil: cannot write nukil-out: {reason}")]);
    assert_eq!(room.read("nukil-out/keywords.csv"), before);
    assert!(room.path("nukil-out/manifest.json").exists());
}

#[test]
fn a_damaged_file_of_counts_is_refused() {
    let room = Room::new();
    collection(&room);
    room.put("a.txt", ARTICLE);
    assert_eq!(room.run(&["background", "build", "arsip.jsonl", "-o", "arsip.nkbg"]).status, 0);
    let good = std::fs::read(room.path("arsip.nkbg")).unwrap();
    // Places all over the file, more of them in its frame.
    for at in (0..64).chain((64..good.len()).step_by(good.len() / 32)) {
        let mut damaged = good.clone();
        damaged[at] ^= 0x10;
        room.put("rusak.nkbg", &damaged);
        let ran = room.run(&["keywords", "a.txt", "--background", "rusak.nkbg", "-o", "-"]);
        assert_eq!(ran.status, 2, "byte {at}");
        let begin = "nukil: rusak.nkbg: no counts by `nukil background build`: ";
        assert!(ran.stderr.starts_with(begin), "byte {at}: {}", ran.stderr);
    }
    room.put("rusak.nkbg", &good);
    let ran = room.run(&["keywords", "a.txt", "--background", "rusak.nkbg", "-o", "-"]);
    assert_eq!(ran.status, 0);
}

//! What `nukil tokenize` promises: records that give back the surfaces, CoNLL-U that parses back to
//! the text, clitics as words of their own, and the profiles of lemmas.

mod support;

use std::fs;
use std::path::Path;

use support::{Ran, Room};

const TEXT: &str = "“Bukunya kubaca,” kata dia. Karirnya di PT. Maju 😀 naik 24,1 persen!\n\n\
    KTP-nya\u{a0}hilang?  Anak-anaknya\tdiminta\nmelapor | sekarang \\ juga _ .\n";

/// Every kind of text that the project has samples of, and one that tries the format.
fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let mut texts: Vec<(String, String)> = fs::read_dir(folder)
        .expect("data/samples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.display().to_string(), fs::read_to_string(path).expect("a text")))
        .collect();
    texts.sort();
    assert!(texts.len() >= 10);
    texts.push(("coba".to_string(), TEXT.to_string()));
    texts
}

fn tokenize(text: &str, options: &[&str]) -> String {
    let room = Room::new();
    let ran = Ran::of(room.nukil(&[&["tokenize", "-"], options].concat()).write_stdin(text));
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    ran.stdout
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    schema: u32,
    id: String,
    source: String,
    sentences: Vec<[usize; 2]>,
    tokens: Vec<Token>,
    truncated: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    start: usize,
    end: usize,
    text: String,
    kind: String,
    lemma: String,
    stop: bool,
    sentence: usize,
    #[serde(default)]
    clitics: Vec<Clitic>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Clitic {
    start: usize,
    end: usize,
    text: String,
    kind: String,
}

fn record(text: &str, options: &[&str]) -> Record {
    serde_json::from_str(tokenize(text, options).trim_end()).expect("one record")
}

#[test]
fn offsets_of_tokens_and_clitics_give_back_their_surfaces() {
    for (name, text) in texts() {
        let record = record(&text, &[]);
        assert_eq!((record.schema, record.source.as_str(), record.truncated), (2, "-", false));
        assert_eq!(record.id, "stdin");
        let characters: Vec<char> = text.chars().collect();
        let slice = |start: usize, end: usize| characters[start..end].iter().collect::<String>();
        let mut at = 0;
        for token in &record.tokens {
            assert_eq!(slice(token.start, token.end), token.text, "{name}");
            assert!(slice(at, token.start).trim().is_empty(), "{name}: text outside of tokens");
            at = token.end;
            let [start, end] = record.sentences[token.sentence];
            assert!(start <= token.start && token.end <= end, "{name}: {}", token.text);
            assert!(!token.lemma.is_empty());
            for clitic in &token.clitics {
                assert_eq!(slice(clitic.start, clitic.end), clitic.text, "{name}");
                assert!(token.start <= clitic.start && clitic.end <= token.end);
                assert!(["pronoun", "particle"].contains(&clitic.kind.as_str()));
            }
        }
        assert!(slice(at, characters.len()).trim().is_empty(), "{name}: text behind the tokens");
    }
}

#[test]
fn kinds_stop_words_and_clitics_are_told() {
    let tokens = record("Bukunya 24 persen, kata dia @kai_121.", &[]).tokens;
    let told: Vec<(&str, &str, bool)> =
        tokens.iter().map(|t| (t.text.as_str(), t.kind.as_str(), t.stop)).collect();
    assert_eq!(
        told,
        [
            ("Bukunya", "word", false),
            ("24", "number", false),
            ("persen", "word", false),
            (",", "punctuation", false),
            ("kata", "word", false),
            ("dia", "word", true),
            ("@kai_121", "address", false),
            (".", "punctuation", false),
        ]
    );
    assert_eq!(tokens[0].clitics[0].text, "nya");
}

/// A line of a CoNLL-U file.
struct Line<'t> {
    id: &'t str,
    form: &'t str,
    lemma: &'t str,
    misc: &'t str,
}

/// Sentences of a CoNLL-U file, checked against what the format asks: comments first, ten columns,
/// none empty, ids counted from 1, ranges over the words right behind them, an empty line at the
/// end.
fn sentences(file: &str) -> Vec<(&str, Vec<Line<'_>>)> {
    assert!(file.ends_with("\n\n"), "the last sentence is not closed");
    let blocks = file.strip_suffix("\n\n").expect("checked").split("\n\n");
    let mut sentences = Vec::new();
    for block in blocks {
        let mut text = None;
        let mut lines: Vec<Line<'_>> = Vec::new();
        let (mut next, mut range_end) = (1, 0);
        for line in block.split('\n') {
            if let Some(comment) = line.strip_prefix("# ") {
                assert!(lines.is_empty(), "a comment inside a sentence");
                text = comment.strip_prefix("text = ").or(text);
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 10, "{line}");
            assert!(columns.iter().all(|column| !column.is_empty()), "{line}");
            assert!(!columns[1].contains(char::is_whitespace), "{line}");
            if let Some((start, end)) = columns[0].split_once('-') {
                assert_eq!(start.parse(), Ok(next), "{line}");
                range_end = end.parse().expect("a number");
                assert!(range_end > next, "{line}");
            } else {
                assert_eq!(columns[0].parse(), Ok(next), "{line}");
                next += 1;
            }
            lines.push(Line {
                id: columns[0],
                form: columns[1],
                lemma: columns[2],
                misc: columns[9],
            });
        }
        assert!(range_end < next, "a range reaches behind the sentence");
        sentences.push((text.expect("a comment # text"), lines));
    }
    sentences
}

fn misc<'t>(line: &Line<'t>, name: &str) -> Option<&'t str> {
    line.misc.split('|').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
}

/// The lines that stand in the text: ranges, and words that no range covers.
fn surfaces<'s, 't>(lines: &'s [Line<'t>]) -> Vec<&'s Line<'t>> {
    let mut surfaces = Vec::new();
    let mut range_end = 0;
    for line in lines {
        if let Some((_, end)) = line.id.split_once('-') {
            range_end = end.parse().expect("a number");
            surfaces.push(line);
        } else if line.id.parse::<usize>().expect("a number") > range_end {
            surfaces.push(line);
        }
    }
    surfaces
}

#[test]
fn conllu_parses_back_to_the_text() {
    for (name, text) in texts() {
        let file = tokenize(&text, &["--output-format", "conllu"]);
        let mut whole = String::new();
        for (comment, lines) in sentences(&file) {
            let mut sentence = String::new();
            for line in surfaces(&lines) {
                let gap = match (misc(line, "SpaceAfter"), misc(line, "SpacesAfter")) {
                    (Some("No"), None) => String::new(),
                    (None, Some(spaces)) => spaces
                        .replace("\\s", " ")
                        .replace("\\t", "\t")
                        .replace("\\n", "\n")
                        .replace("\\r", "\r"),
                    (None, None) => " ".to_string(),
                    other => panic!("{name}: {other:?}"),
                };
                let range = misc(line, "TokenRange").expect("every surface has a range");
                let start = whole.chars().count();
                assert_eq!(range, format!("{start}:{}", start + line.form.chars().count()));
                whole += line.form;
                whole += &gap;
                sentence += line.form;
                sentence += if gap.is_empty() { "" } else { " " };
            }
            assert_eq!(sentence.trim_end(), comment, "{name}");
        }
        // What stands behind the last token is not told.
        assert_eq!(whole.trim_end(), text.trim_end(), "{name}");
    }
}

#[test]
fn conllu_tells_the_words_of_a_range() {
    let file = tokenize("Bukunya kubaca, KTP-nya hilang.", &["--output-format", "conllu"]);
    let parsed = sentences(&file);
    let words: Vec<(&str, &str, &str)> =
        parsed[0].1.iter().map(|line| (line.id, line.form, line.lemma)).collect();
    assert_eq!(
        words,
        [
            ("1-2", "Bukunya", "_"),
            ("1", "Buku", "buku"),
            ("2", "nya", "nya"),
            ("3-4", "kubaca", "_"),
            ("3", "ku", "ku"),
            ("4", "baca", "baca"),
            ("5", ",", ","),
            ("6-7", "KTP-nya", "_"),
            ("6", "KTP", "ktp"),
            ("7", "nya", "nya"),
            ("8", "hilang", "hilang"),
            ("9", ".", "."),
        ]
    );
}

#[test]
fn profiles_and_spelling_change_the_lemmas() {
    let lemmas = |options: &[&str]| {
        let tokens = record("Aktivitas dan karirnya, kata wartawan", options).tokens;
        tokens.into_iter().map(|token| token.lemma).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(lemmas(&[]), "aktivitas dan karir , kata wartawan");
    assert_eq!(lemmas(&["--standard-spelling"]), "aktivitas dan karier , kata wartawan");
    assert_eq!(lemmas(&["--profile", "root"]), "aktif dan karier , kata warta");
}

#[test]
fn the_article_layout_leaves_furniture_out() {
    let text =
        "Banjir Rendam Demak\n\nDEMAK, KOMPAS.com - Air naik.\n\nBaca juga: Gempa di Cianjur\n";
    let surfaces = |layout: &str| {
        let tokens = record(text, &["--layout", layout]).tokens;
        tokens.into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    };
    assert!(surfaces("plain").ends_with("Baca juga : Gempa di Cianjur"));
    assert_eq!(surfaces("article"), "Banjir Rendam Demak Air naik .");
}

#[test]
fn a_bad_document_does_not_end_the_run_and_jobs_do_not_change_a_byte() {
    let room = Room::new();
    let mut lines = String::new();
    for number in 0..300 {
        let text = format!("Harganya naik {number} persen. ").repeat(number % 7);
        lines += &serde_json::json!({ "id": format!("d{number}"), "text": text }).to_string();
        lines += if number == 100 { "\nrusak\n" } else { "\n" };
    }
    room.put("berita.jsonl", lines);
    let run = |jobs: &str, format: &str| {
        let ran = room.run(&["tokenize", "berita.jsonl", "--output-format", format, "-j", jobs]);
        assert_eq!(ran.status, 1);
        assert_eq!(ran.messages(), ["nukil: berita.jsonl: line 102, column 1: expected value"]);
        ran.stdout
    };
    for format in ["jsonl", "conllu"] {
        assert!(run("1", format) == run("3", format), "{format}");
    }
    assert_eq!(run("1", "jsonl").lines().count(), 300);

    let quiet = room.run(&["tokenize", "berita.jsonl", "--quiet"]);
    assert_eq!((quiet.status, quiet.stderr.as_str()), (1, ""));
}

#[test]
fn nothing_to_read_is_status_two() {
    let room = Room::new();
    assert_eq!(room.run(&["tokenize", "tidak-ada.txt"]).status, 2);
    assert_eq!(room.run(&["tokenize"]).status, 2);
    assert_eq!(room.run(&["tokenize", "a.txt", "--output-format", "csv"]).status, 2);
}

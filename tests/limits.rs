//! What becomes of documents that are too long.

mod support;

use serde_json::Value;

use support::{Ran, Room};

/// 6 sentences of 17 characters, one of 15, each with a space or a line break behind it.
const NEWS: &str = "Gempa di Cianjur. Gempa di Cianjur. Gempa di Cianjur.\nGempa di Cianjur. \
                    Gempa di Cianjur. Gempa di Cianjur. Banjir di Riau.\n";

fn records(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

/// How much is left of each of three documents: a text, a row of JSON Lines, a row of a table.
fn kept(options: &[&str]) -> Vec<(u64, bool)> {
    let room = Room::new();
    room.put("a.txt", NEWS);
    let row = serde_json::json!({"id": "b", "text": NEWS});
    room.put("b.jsonl", row.to_string());
    room.put("c.csv", format!("id,text\nc,\"{NEWS}\"\n"));
    let ran = room.run(&[&["extract", "a.txt", "b.jsonl", "c.csv", "-o", "-"], options].concat());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    records(&ran)
        .iter()
        .map(|record| {
            let characters = record["characters"].as_u64().expect("a number");
            let truncated = record["truncated"].as_bool().expect("a truth value");
            // Whatever is taken out of the text lies in what is kept of it.
            for sentence in record["sentences"].as_array().expect("sentences") {
                assert!(sentence[1].as_u64() <= Some(characters), "{record}");
            }
            (characters, truncated)
        })
        .collect()
}

#[test]
fn a_text_of_any_format_is_cut_at_a_sentence_end() {
    let whole = NEWS.chars().count() as u64;
    for (limit, expected) in [
        (whole, (whole, false)),
        // The white space behind the last sentence alone is too much.
        (whole - 1, (whole - 1, true)),
        (whole - 2, (107, true)),
        (107, (107, true)),
        (106, (89, true)),
        (53, (53, true)),
        (20, (17, true)),
        (16, (8, true)),
        (3, (3, true)),
    ] {
        assert_eq!(kept(&["--max-characters", &limit.to_string()]), [expected; 3], "{limit}");
    }
}

#[test]
fn a_text_of_too_many_tokens_is_cut_at_a_sentence_end() {
    for (limit, expected) in
        [(28, (124, false)), (27, (107, true)), (8, (35, true)), (7, (17, true))]
    {
        assert_eq!(kept(&["--max-tokens", &limit.to_string()]), [expected; 3], "{limit}");
    }
}

#[test]
fn strict_refuses_what_would_be_cut_and_the_others_go_on() {
    let room = Room::new();
    let row = |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string();
    let rows = [row("a", "Gempa di Cianjur."), row("b", NEWS), row("c", "Banjir di Riau.")];
    room.put("berita.jsonl", rows.join("\n"));
    let ran = room.run(&["extract", "berita.jsonl", "--strict", "--max-characters", "20"]);
    assert_eq!(ran.status, 1);
    let reason = "the text has more than 20 characters (--max-characters)";
    assert_eq!(ran.messages()[0], format!("nukil: berita.jsonl: document b: limits: {reason}"));
    assert_eq!(room.columns("nukil-out/documents.csv", &["doc_id"]), [["a"], ["c"]]);
    assert_eq!(
        room.columns("nukil-out/failures.csv", &["source", "doc_id", "stage", "reason"]),
        [["berita.jsonl", "b", "limits", reason]]
    );

    let ran = room.run(&["tokenize", "berita.jsonl", "--strict", "--max-tokens", "4"]);
    assert_eq!((ran.status, records(&ran).len()), (1, 2));
    assert!(ran.messages()[0].ends_with("the text has more than 4 tokens (--max-tokens)"));

    let ran = room.run(&["extract", "berita.jsonl", "--strict"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

#[test]
fn the_queue_may_hold_a_byte_and_the_output_is_the_same() {
    let room = Room::new();
    let rows: String =
        (0..20).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"Banjir di Demak.\"}}\n")).collect();
    room.put("berita.jsonl", rows);
    let wide = room.run(&["extract", "berita.jsonl", "-o", "-"]);
    let narrow = room.run(&["extract", "berita.jsonl", "-o", "-", "--max-queue-bytes", "1"]);
    assert_eq!((wide.status, wide.stdout.lines().count()), (0, 20));
    assert_eq!(wide.stdout, narrow.stdout);
}

#[test]
fn a_page_is_cut_at_a_sentence_end() {
    let room = Room::new();
    let sentence = "Warga Demak mengungsi ke balai desa sejak Senin malam karena banjir. ";
    let page = format!(
        "<html><head><title>Banjir Demak</title></head><body><h1>Banjir Demak</h1>\
         <div itemprop=articleBody><p>{}</p><p>{}</p></div></body></html>",
        sentence.repeat(5),
        sentence.repeat(5)
    );
    room.put("banjir.html", page);
    let ran = room.run(&["extract", "banjir.html", "-o", "-", "--max-characters", "120"]);
    let record = records(&ran).remove(0);
    assert_eq!(record["text"], format!("Banjir Demak\n\n{}", sentence.trim_end()));
    assert_eq!(record["truncated"], true);
}

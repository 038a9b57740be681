//! Whether places get the right identifier, on gold data that is not part of this repository: the
//! linking corpus, with `links.tsv` from its identifiers to ours. Without the data the test says so
//! and passes.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use nukil_types::facts::Facts;
use serde_json::Value;

mod support;

/// Of the mentions that are found, the share that must get the right identifier.
const LINKED: f64 = 0.95;
/// Of all, found or not. What is missing is mostly a place within another name, which is no mention
/// of its own since schema 2 ("Pemkot Surabaya", "Kota Surabaya", "Ambon City Center"); before, when
/// it was one, the share was 0.93.
const ALL: f64 = 0.80;

/// The items that are scored: our identifier, and the forms that are given to it by mistake.
fn items(table: &str) -> HashMap<String, (String, Vec<String>)> {
    let table = Facts::parse(table, &["wikidata", "gazetteer_id", "place"]).unwrap();
    let rows = table.rows().map(Result::unwrap);
    let item = |row: nukil_types::facts::Row<'_, '_>| {
        let mislabelled = row.list("mislabelled").map(str::to_string).collect();
        (row.get("wikidata").to_string(), (row.get("gazetteer_id").to_string(), mislabelled))
    };
    rows.map(item).collect()
}

#[test]
fn places_get_the_right_identifier() {
    let items = items(include_str!("links.tsv"));
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let corpora = std::env::var_os("NUKIL_CORPORA").map_or(beside, Into::into);
    let path = corpora.join("linking/indel-dev.jsonl");
    if !path.exists() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: {} is not there", path.display());
        }
        return;
    }
    let output = Command::new(support::program())
        .args(["extract", "--layout", "plain", "-o", "-", "--quiet"])
        .arg(&path)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success());
    let records = String::from_utf8(output.stdout).unwrap();
    let gold = fs::read_to_string(&path).unwrap();
    assert_eq!(gold.lines().count(), records.lines().count());

    let (mut all, mut found, mut right) = (0_u32, 0_u32, 0_u32);
    let mut wrong = String::new();
    for (gold, record) in gold.lines().zip(records.lines()) {
        let gold: Value = serde_json::from_str(gold).unwrap();
        let record: Value = serde_json::from_str(record).unwrap();
        assert_eq!(gold["id"], record["id"]);
        for place in gold["mentions"].as_array().unwrap() {
            let text = place["text"].as_str().unwrap();
            let Some((id, mislabelled)) = items.get(place["wikidata"].as_str().unwrap()) else {
                continue;
            };
            if mislabelled.iter().any(|form| form == text) {
                continue;
            }
            all += 1;
            let mentions = record["mentions"].as_array().unwrap();
            let same = |mention: &&Value| {
                mention["start"] == place["start"] && mention["end"] == place["end"]
            };
            let Some(mention) = mentions.iter().find(same) else { continue };
            let entities = record["entities"].as_array().unwrap();
            let entity = entities.iter().find(|entity| entity["id"] == mention["entity"]);
            found += 1;
            let got = entity.and_then(|entity| entity["gazetteer_id"].as_str());
            if got == Some(id) {
                right += 1;
            } else {
                writeln!(wrong, "{text} in {}: {got:?} for {id}", gold["id"]).unwrap();
            }
        }
    }
    let (linked, of_all) = (f64::from(right) / f64::from(found), f64::from(right) / f64::from(all));
    assert!(
        linked >= LINKED && of_all >= ALL,
        "{right} right of {found} found of {all}: {linked:.3}, {of_all:.3}\n{wrong}"
    );
}

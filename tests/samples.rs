//! The samples in `data/samples` against golden tables, one line a row, that a person reviewed.
//!
//! After a change that is meant, `scripts/bless-samples` writes them again; the diff is then what
//! the change does to ten articles.

mod support;

use std::fs;
use std::path::Path;

use support::Room;

#[test]
fn the_samples_give_the_golden_tables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let room = Room::new();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_nukil"));
    command.current_dir(root).args(["extract", "data/samples", "--quiet", "-o"]);
    command.arg(room.path("out")).assert().success();
    let mut wrong = Vec::new();
    for table in ["documents", "mentions", "entities", "keywords", "quotes", "failures"] {
        let golden = fs::read_to_string(root.join(format!("tests/golden/{table}.csv"))).unwrap();
        let found = room.read(&format!("out/{table}.csv"));
        let missing = golden.lines().filter(|row| !found.lines().any(|other| other == *row));
        wrong.extend(missing.map(|row| format!("{table}: missing {row}")));
        let added = found.lines().filter(|row| !golden.lines().any(|other| other == *row));
        wrong.extend(added.map(|row| format!("{table}: added   {row}")));
        if wrong.is_empty() && golden != found {
            wrong.push(format!("{table}: the same rows in another order"));
        }
    }
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

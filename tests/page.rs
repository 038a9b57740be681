//! A saved Tempo page with its furniture, which is not in the repository: the test is skipped
//! with a notice where it is not at hand.

use std::path::Path;

use serde_json::Value;

#[test]
fn a_page_of_foreign_news_gives_its_people_with_their_roles() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed");
    if !page.exists() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: {} is not there", page.display());
        }
        return;
    }
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_nukil"));
    let output = command.args(["extract", "-o", "-", "--quiet"]).arg(page).output().unwrap();
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    let entities = record["entities"].as_array().unwrap();
    let find = |name: &str| {
        let found = entities.iter().find(|entity| entity["name"] == name);
        found.unwrap_or_else(|| panic!("no entity {name:?}"))
    };
    let holds = |name: &str, column: &str, value: &str| {
        let list = find(name)[column].as_array().unwrap().clone();
        assert!(list.iter().any(|item| item == value), "{name}: no {value:?} in {column} {list:?}");
    };
    for (name, role) in [
        ("Antony Blinken", "Menteri Luar Negeri Amerika Serikat"),
        ("Ararat Mirzoyan", "Menteri Luar Negeri Armenia"),
        ("Jeyhun Bayramov", "Menteri Luar Negeri Azerbaijan"),
        ("Ned Price", "Juru Bicara Kemlu AS"),
        ("Grigory Karasin", "Anggota senior majelis tinggi parlemen Rusia"),
        ("Vladimir Putin", "Presiden"),
        ("Nikol Pashinyan", "Perdana Menteri Armenia"),
    ] {
        holds(name, "roles", role);
    }
    for (name, alias) in [
        ("Antony Blinken", "Blinken"),
        ("Ned Price", "Price"),
        ("Vladimir Putin", "Putin"),
        ("Amerika Serikat", "AS"),
    ] {
        holds(name, "aliases", alias);
    }
    for name in
        ["Armenia", "Azerbaijan", "New York", "Turki", "Rusia", "Nagorno-Karabakh", "Reuters"]
    {
        find(name);
    }
    // The column of related headlines below the article is no part of it.
    for name in ["Julian Assange", "Texas", "Filipina", "Thailand", "Ukraina"] {
        assert!(
            !entities.iter().any(|entity| entity["name"] == name),
            "{name} is not in the article"
        );
    }
    assert_eq!(record["dateline"]["outlet"], "TEMPO.CO");
    assert_eq!(record["dateline"]["place"], "Jakarta");
    assert!(["2022-09-19", "2022-09-20"].contains(&record["published"].as_str().unwrap()));
}

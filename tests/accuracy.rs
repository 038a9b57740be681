//! The figures that `tests/accuracy.toml` pins: what the program reaches on articles that were never
//! used to learn or to choose. The scorer and the articles are not part of this repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nukil_types::artefact::digest;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pinned {
    tolerance: f64,
    gold: Vec<Gold>,
    figure: Vec<Figure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gold {
    file: PathBuf,
    digest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    measure: String,
    options: Vec<String>,
    f1: f64,
    headlines: Option<usize>,
}

#[test]
#[ignore = "needs the gold data and the scorer in ../shared"]
fn figures_on_check_hold() {
    let pinned: Pinned = toml::from_str(include_str!("accuracy.toml")).unwrap();
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("NUKIL_SHARED").map_or(beside, PathBuf::from);
    let gold = pinned.gold.iter().map(|gold| {
        let path = shared.join(&gold.file);
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let found = format!("{:016x}", digest(&[&bytes]));
        assert_eq!(found, gold.digest, "{} is another file", path.display());
        path
    });
    let gold: Vec<PathBuf> = gold.collect();
    for figure in &pinned.figure {
        let output = Command::new("python3")
            .arg(shared.join("score/score_gold.py"))
            .arg(&figure.measure)
            .args(&gold)
            .args(&figure.options)
            .env("NUKIL", assert_cmd::cargo::cargo_bin("nukil"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).unwrap();
        let last = said.lines().last().unwrap();
        let f1: f64 = last.split(' ').nth(1).unwrap().parse().unwrap();
        let what = format!("{} {:?}", figure.measure, figure.options);
        let change = (f1 - figure.f1).abs();
        assert!(change <= pinned.tolerance + 1e-9, "{what}: F1 {f1}, pinned {}", figure.f1);
        if let Some(pinned) = figure.headlines {
            let right = said.lines().find_map(|line| line.split_once("headlines right "));
            let right: usize = right.unwrap().1.trim().parse().unwrap();
            assert_eq!(right, pinned, "{what}: headlines");
        }
    }
}

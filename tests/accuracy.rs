//! The figures that `tests/accuracy.toml` pins, measured on gold data that is not part of this
//! repository. Without the data the test says so and passes.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use nukil_types::artefact::digest;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pinned {
    tolerance: f64,
    figure: Vec<Figure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    file: PathBuf,
    digest: String,
    options: Vec<String>,
    f1: f64,
}

/// Where the gold data lies: beside the repository, or where the environment says.
fn corpora() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    std::env::var_os("NUKIL_CORPORA").map_or(beside, PathBuf::from)
}

#[test]
fn figures_hold() {
    let pinned: Pinned = toml::from_str(include_str!("accuracy.toml")).unwrap();
    assert!(!pinned.figure.is_empty());
    for figure in &pinned.figure {
        let path = corpora().join(&figure.file);
        let Ok(bytes) = fs::read(&path) else {
            #[expect(clippy::print_stderr, reason = "a skipped test says so")]
            {
                eprintln!("skipped: {} is not there", path.display());
            }
            continue;
        };
        let found = format!("{:016x}", digest(&[&bytes]));
        assert_eq!(found, figure.digest, "{} is another file", path.display());
        let mut command = Command::cargo_bin("nukil").unwrap();
        let output = command.arg("eval").arg(&path).args(&figure.options).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let table = String::from_utf8(output.stdout).unwrap();
        let all = table.lines().find(|line| line.starts_with("all ")).unwrap();
        let f1: f64 = all.split_whitespace().nth(3).unwrap().parse().unwrap();
        let change = f1 - figure.f1;
        assert!(
            change.abs() <= pinned.tolerance + 1e-9,
            "{} {:?}: F1 {f1}, pinned {}",
            figure.file.display(),
            figure.options,
            figure.f1
        );
    }
}

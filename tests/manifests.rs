//! What every crate of the repository promises in its manifest.
//!
//! The compiler refuses unsafe code only in a crate that takes over the lints of the workspace,
//! and a new crate that does not would pass unseen.

use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

fn manifest(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// The value at a path of keys.
fn at<'t>(table: &'t Table, keys: &[&str]) -> Option<&'t toml::Value> {
    let (last, keys) = keys.split_last().expect("a key");
    keys.iter().try_fold(table, |table, key| table.get(*key)?.as_table())?.get(*last)
}

/// The manifests of the members, that of the root first.
fn members(root: &Path) -> Vec<PathBuf> {
    let crates = fs::read_dir(root.join("crates")).expect("the crates");
    let folders = crates.map(|entry| entry.expect("an entry").path());
    let mut manifests: Vec<_> =
        folders.map(|folder| folder.join("Cargo.toml")).filter(|path| path.exists()).collect();
    manifests.sort();
    assert!(manifests.len() > 10, "{manifests:?}");
    manifests.insert(0, root.join("Cargo.toml"));
    manifests
}

#[test]
fn every_crate_forbids_unsafe_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let forbids = |table: &Table, lints: &[&str]| {
        at(table, lints).and_then(toml::Value::as_str) == Some("forbid")
    };
    let workspace = manifest(&root.join("Cargo.toml"));
    assert!(forbids(&workspace, &["workspace", "lints", "rust", "unsafe_code"]));
    for path in members(root) {
        let inherited = at(&manifest(&path), &["lints", "workspace"]) == Some(&true.into());
        assert!(inherited, "{path:?} lacks the lints of the workspace");
    }
    // The fuzz targets are a workspace of their own.
    let fuzz = root.join("tests/fuzz/Cargo.toml");
    assert!(forbids(&manifest(&fuzz), &["lints", "rust", "unsafe_code"]), "{fuzz:?}");
}

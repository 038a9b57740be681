//! The options of a run as a person reads them, for its manifest.
//!
//! They are taken from the command line's own description, so that an option that is added there
//! counts from its first day: it changes the output unless it is listed here as one that does not.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::builder::ValueHint;
use clap::{Arg, ArgMatches, CommandFactory};
use nukil_tables::Digest;

use crate::args::Cli;

/// Options, by their identifiers, that do not change a byte of the tables: where they go, how the
/// work is done and what is said of it. The inputs have a digest of their own.
const WITHOUT_EFFECT: [&str; 8] =
    ["inputs", "output", "resume", "jobs", "quiet", "summary", "stats", "max_queue_bytes"];

/// All options of a command that decide which bytes come out, with the values they have by default
/// or from the user. Several values are joined by a comma, files have a digest behind their name.
///
/// # Errors
/// When a file that an option names cannot be read.
pub fn of(command: &str, matches: &ArgMatches) -> Result<BTreeMap<String, String>> {
    let cli = Cli::command();
    let matches = matches.subcommand_matches(command).unwrap_or(matches);
    let arguments = cli.find_subcommand(command).into_iter().flat_map(clap::Command::get_arguments);
    let mut options = BTreeMap::new();
    for argument in arguments {
        let name = argument.get_id().as_str();
        if WITHOUT_EFFECT.contains(&name) {
            continue;
        }
        let Ok(Some(values)) = matches.try_get_raw(name) else { continue };
        let values = values.map(|value| described(argument, value)).collect::<Result<Vec<_>>>()?;
        let option =
            argument.get_long().map_or_else(|| name.to_string(), |long| format!("--{long}"));
        options.insert(option, values.join(","));
    }
    Ok(options)
}

/// A value; that of a file is what the file holds.
fn described(argument: &Arg, value: &OsStr) -> Result<String> {
    let words = value.to_string_lossy().into_owned();
    if !matches!(argument.get_value_hint(), ValueHint::FilePath) {
        return Ok(words);
    }
    let path = Path::new(value);
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(format!("{words} (xxh3 {})", Digest::of(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(arguments: &[&str]) -> BTreeMap<String, String> {
        let matches = Cli::command().get_matches_from([&["nukil", "extract"], arguments].concat());
        of("extract", &matches).unwrap()
    }

    #[test]
    fn what_changes_the_output_is_told_and_nothing_else() {
        let by_default = options(&["berita"]);
        assert_eq!(by_default["--keywords"], "10");
        assert_eq!(by_default["--tokens"], "false");
        assert_eq!(by_default["--layout"], "article");
        assert!(!by_default.contains_key("--gazetteer"));
        let same = ["lain", "-o", "x", "--jobs", "3", "--quiet", "--summary", "never", "--resume"];
        assert_eq!(options(&same), by_default);
        let same = ["berita", "--stats", "tiada/angka.json", "--max-queue-bytes", "7"];
        assert_eq!(options(&same), by_default);
        let other = options(&["berita", "--language", "id,ms", "--tokens"]);
        assert_eq!(other["--language"], "id,ms");
        assert_eq!(other["--tokens"], "true");
    }

    #[test]
    fn a_file_is_told_by_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kata.txt");
        let with = |words: &str| {
            fs::write(&file, words).unwrap();
            options(&["berita", "--stopwords-add", file.to_str().unwrap()])
        };
        let first = with("banjir\n");
        assert!(first["--stopwords-add"].contains("kata.txt (xxh3 "), "{first:?}");
        assert_eq!(with("banjir\n"), first);
        assert_ne!(with("gempa\n"), first);
    }
}

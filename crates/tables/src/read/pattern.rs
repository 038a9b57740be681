//! The files and folders that a pattern such as `arsip/*/2024-*.txt` stands for.
//!
//! The crate `glob` matches the names; its own walk panics over names that are no UTF-8, so the
//! folders are read here. Such a name is matched with U+FFFD in the place of what is damaged.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern, PatternError};

/// What a folder that cannot be read is, and why.
pub(crate) type Refusal = (PathBuf, io::Error);

/// Hidden names are matched by a pattern that begins with a full stop, as shells have it.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: false,
    require_literal_leading_dot: true,
};

/// Whether a path is a pattern.
pub(crate) fn is_pattern(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().iter().any(|byte| b"*?[".contains(byte))
}

/// What matches, sorted, and the folders on the way that cannot be read.
///
/// # Errors
/// When it is no pattern, for instance because a bracket is not closed.
pub(crate) fn matches(pattern: &Path) -> Result<Vec<Result<PathBuf, Refusal>>, PatternError> {
    let mut found: Vec<Result<PathBuf, Refusal>> = vec![Ok(PathBuf::new())];
    let mut components = pattern.components().peekable();
    while let Some(component) = components.next() {
        let Component::Normal(name) = component else {
            for path in found.iter_mut().flatten() {
                path.push(component);
            }
            continue;
        };
        let is_last = components.peek().is_none();
        let mut next = Vec::new();
        if !is_pattern(Path::new(name)) {
            let there = |path: &PathBuf| fs::symlink_metadata(path).is_ok();
            let joined = found.into_iter().map(|path| path.map(|path| path.join(name)));
            next.extend(joined.filter(|path| path.as_ref().map_or(true, there)));
        } else if name == "**" {
            for path in found {
                match path {
                    Ok(path) => descend(path, &mut next),
                    refused => next.push(refused),
                }
            }
            if is_last {
                next.retain(|path| path.as_ref().map_or(true, |path| !path.as_os_str().is_empty()));
            }
        } else {
            let name = Pattern::new(&name.to_string_lossy())?;
            for path in found {
                let path = match path {
                    Ok(path) => path,
                    refused => {
                        next.push(refused);
                        continue;
                    }
                };
                match names(&path) {
                    Ok(names) => next.extend(
                        names
                            .into_iter()
                            .filter(|it| name.matches_with(&it.to_string_lossy(), OPTIONS))
                            .map(|it| path.join(it))
                            .filter(|it| is_last || it.is_dir())
                            .map(Ok),
                    ),
                    Err(error) => next.push(Err((path, error))),
                }
            }
        }
        found = next;
    }
    found.sort_by(|one, other| path(one).cmp(path(other)));
    found.dedup_by(|one, other| one.is_ok() && other.is_ok() && path(one) == path(other));
    Ok(found)
}

fn path(found: &Result<PathBuf, Refusal>) -> &Path {
    match found {
        Ok(path) | Err((path, _)) => path,
    }
}

/// The names in a folder; there are none in what is no folder.
fn names(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.file_name())).collect(),
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::NotFound) =>
        {
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}

/// A folder and all folders below it, links and hidden ones left out.
fn descend(folder: PathBuf, found: &mut Vec<Result<PathBuf, Refusal>>) {
    let mut waiting = vec![folder];
    while let Some(folder) = waiting.pop() {
        match names(&folder) {
            Ok(names) => {
                let visible = names.iter().filter(|it| !it.as_encoded_bytes().starts_with(b"."));
                let below = visible.map(|name| folder.join(name));
                let is_folder =
                    |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|there| there.is_dir());
                waiting.extend(below.filter(is_folder));
                found.push(Ok(folder));
            }
            Err(error) => found.push(Err((folder, error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(root: &Path, pattern: &str) -> Vec<String> {
        let matches = matches(&root.join(pattern)).unwrap();
        let below = |found: Result<PathBuf, Refusal>| {
            found.unwrap().strip_prefix(root).unwrap().display().to_string()
        };
        matches.into_iter().map(below).collect()
    }

    #[test]
    fn patterns_match_as_in_a_shell() {
        let room = tempfile::tempdir().unwrap();
        for name in ["a/1.txt", "a/2.csv", "b/1.txt", "b/c/3.txt", "b/.d/4.txt", ".e.txt", "f.txt"]
        {
            let path = room.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let matched = |pattern: &str| matched(room.path(), pattern);
        assert_eq!(matched("*.txt"), ["f.txt"]);
        assert_eq!(matched(".*.txt"), [".e.txt"]);
        assert_eq!(matched("*/*.txt"), ["a/1.txt", "b/1.txt"]);
        assert_eq!(matched("[ab]/1.*"), ["a/1.txt", "b/1.txt"]);
        assert_eq!(matched("?/2.csv"), ["a/2.csv"]);
        assert_eq!(matched("**/*.txt"), ["a/1.txt", "b/1.txt", "b/c/3.txt", "f.txt"]);
        assert_eq!(matched("*"), ["a", "b", "f.txt"]);
        assert!(matched("tiada/*").is_empty());
        assert!(matched("f.txt/*").is_empty());
        assert!(matches(&room.path().join("[a")).is_err());
    }
}

//! What in an output folder was written by this program, and so may be replaced or removed.
//!
//! A manifest may come from anywhere: with a dataset that was copied, or from somebody who wants to
//! see a file of the user's removed. So names in it count only when they are names of tables, no
//! link is followed, and a table is ours only when its digest is the one that a manifest gives.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::WriteError;
use super::columns::{TABLES, is_file};
use super::manifest::{FileEntry, MANIFEST, Manifest, Unfinished};
use super::partition::is_partition;
use crate::digest::{Digest, Digester};

/// Bytes that are read at a time.
const BUFFER: usize = 256 << 10;
/// What to do about something that is not ours.
const ADVICE: &str = "move it away or choose another folder";

/// What lies at a path; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    File,
    Folder,
    /// A link, a device, a pipe.
    Other,
}

/// Looks at a path without following a link.
pub(crate) fn look(path: &Path) -> io::Result<Found> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_file() => Ok(Found::File),
        Ok(there) if there.is_dir() => Ok(Found::Folder),
        Ok(_) => Ok(Found::Other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(error),
    }
}

/// The refusal to touch what is at a path.
pub(crate) fn refused(path: &Path, what: &str) -> WriteError {
    WriteError::new(path, io::Error::other(format!("{what}; {ADVICE}")))
}

/// Whether a table of a dataset, or the folder of a partitioned one, can have this name.
pub(crate) fn is_place(name: &str) -> bool {
    is_file(name) || name == "records" || TABLES.contains(&name)
}

/// Size and digest of a file, or of a folder with all files below it.
///
/// # Errors
/// When it cannot be read, or there is anything but files and folders below it.
pub(crate) fn measure(path: &Path) -> io::Result<(u64, Digest)> {
    let mut digester = Digester::default();
    match look(path)? {
        Found::File => {
            let bytes = digest_file(path, &mut digester)?;
            Ok((bytes, digester.digest()))
        }
        Found::Folder => {
            let bytes = digest_folder(path, &mut digester)?;
            Ok((bytes, digester.digest()))
        }
        Found::Nothing => Err(io::ErrorKind::NotFound.into()),
        Found::Other => Err(io::Error::other("neither a file nor a folder")),
    }
}

fn digest_file(path: &Path, digester: &mut Digester) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; BUFFER];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(bytes),
            Ok(read) => {
                digester.piece(&buffer[..read]);
                bytes += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn digest_folder(path: &Path, digester: &mut Digester) -> io::Result<u64> {
    let mut names =
        fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.sort_unstable();
    let mut total = 0;
    for name in names {
        let path = path.join(&name);
        digester.bytes(name.as_encoded_bytes());
        // Behind every entry its size and kind, so that no two trees give the same bytes.
        let (bytes, kind) = match look(&path)? {
            Found::File => (digest_file(&path, digester)?, 0),
            Found::Folder => (digest_folder(&path, digester)?, 1),
            _ => {
                let reason = format!("{} is neither a file nor a folder", path.display());
                return Err(io::Error::other(reason));
            }
        };
        digester.number(bytes);
        digester.number(kind);
        total += bytes;
    }
    Ok(total)
}

/// Whether what is at a path is what an entry of a manifest says. A size that differs spares the
/// reading of a file.
pub(crate) fn holds(path: &Path, entry: &FileEntry) -> io::Result<bool> {
    if look(path)? == Found::File && fs::symlink_metadata(path)?.len() != entry.bytes {
        return Ok(false);
    }
    Ok(measure(path)? == (entry.bytes, entry.digest))
}

/// The tables of ours that lie in `folder`, which is to get those of the names `wanted`; `left` is
/// what a run there left unfinished.
///
/// # Errors
/// When something there is not ours and is in the way of a table, or of the manifest, or stands where
/// the manifest says that a table of ours is.
pub(crate) fn earlier(
    folder: &Path,
    left: Option<&Unfinished>,
    wanted: &[String],
) -> Result<Vec<FileEntry>, WriteError> {
    let manifest = Manifest::find(folder)?;
    let listed = manifest.iter().flat_map(|manifest| &manifest.files);
    let ready = left.and_then(|left| left.ready.as_ref());
    let moved = ready.iter().flat_map(|ready| ready.files.iter().chain(&ready.earlier));
    let known: Vec<&FileEntry> = listed.chain(moved).filter(|it| is_place(&it.name)).collect();
    let mut names: Vec<&str> = known.iter().map(|entry| entry.name.as_str()).collect();
    names.extend(wanted.iter().map(String::as_str));
    names.sort_unstable();
    names.dedup();
    let mut files = Vec::new();
    for name in names {
        let place = folder.join(name);
        if look(&place).map_err(|error| WriteError::new(&place, error))? == Found::Nothing {
            continue;
        }
        let mut ours = known.iter().filter(|entry| entry.name == name).peekable();
        let is_listed = ours.peek().is_some();
        match ours.find(|entry| holds(&place, entry).unwrap_or(false)) {
            Some(entry) => files.push((*entry).clone()),
            None if is_listed => {
                return Err(refused(&place, "it has been changed since it was written"));
            }
            None => return Err(refused(&place, "this program has not written what is there")),
        }
    }
    Ok(files)
}

/// Removes a folder of unfinished work, or a file of it. Before anything is removed, all names below
/// are looked at: what this program does not write there is refused.
pub(crate) fn remove_work(path: &Path) -> Result<(), WriteError> {
    check_work(path)?;
    super::workplace::remove(path)
}

fn check_work(path: &Path) -> Result<(), WriteError> {
    let failed = |error| WriteError::new(path, error);
    match look(path).map_err(failed)? {
        Found::Nothing | Found::File => Ok(()),
        Found::Other => Err(refused(path, "a link or a device is there")),
        Found::Folder => {
            for entry in fs::read_dir(path).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let name = entry.file_name();
                if !name.to_str().is_some_and(is_work) {
                    return Err(refused(&entry.path(), NOT_OURS));
                }
                check_work(&entry.path())?;
            }
            Ok(())
        }
    }
}

/// What is said of something in the hidden folder that this program does not write there.
pub(crate) const NOT_OURS: &str = "this program writes no such thing here";

/// Whether this program gives a file or folder of unfinished work this name.
fn is_work(name: &str) -> bool {
    let table = name.strip_suffix(".partitions.json").unwrap_or(name);
    is_place(table) || is_staged(name) || is_partition(name)
}

/// Whether a file that waits for its name, or the folder of a table that is being split, is called
/// so.
pub(crate) fn is_staged(name: &str) -> bool {
    let inner = name.strip_prefix('.').and_then(|name| name.strip_suffix(".part"));
    inner.is_some_and(|inner| {
        is_place(inner)
            || inner.rsplit_once('.').is_some_and(|(name, _)| is_place(name) || name == MANIFEST)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_lead_elsewhere_are_no_places() {
        for name in ["mentions.csv", "mentions", "records.jsonl", "records", "corpus.csv"] {
            assert!(is_place(name), "{name}");
        }
        for name in ["", ".", "..", "../mentions.csv", "/mentions.csv", "a/mentions.csv"] {
            assert!(!is_place(name) && !is_work(name), "{name}");
        }
        for name in [".mentions.csv.Ab3.part", ".manifest.json.x.part", ".mentions.part"] {
            assert!(is_staged(name), "{name}");
        }
        for name in [".surat.part", "mentions.csv.part", ".part", ".surat.txt.x.part"] {
            assert!(!is_staged(name), "{name}");
        }
    }

    #[test]
    fn a_tree_has_another_digest_when_a_file_moves_or_changes() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("mentions");
        let put = |name: &str, text: &str| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("a/m.csv", "satu");
        put("b/m.csv", "dua");
        let first = measure(&root).unwrap();
        assert_eq!(first.0, 7);
        put("a/m.csv", "sata");
        assert_ne!(measure(&root).unwrap(), first);
        put("a/m.csv", "satu");
        assert_eq!(measure(&root).unwrap(), first);
        fs::rename(root.join("b"), root.join("c")).unwrap();
        assert_ne!(measure(&root).unwrap(), first);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_a_tree_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("mentions");
        fs::create_dir(&root).unwrap();
        std::os::unix::fs::symlink(folder.path(), root.join("a")).unwrap();
        assert!(measure(&root).is_err());
        assert!(remove_work(&root).is_err());
    }
}

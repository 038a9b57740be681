//! The files below a folder, sorted by name; those that are not read are counted.
//!
//! A collection may have a million files in one folder. To sort them their names must be held, and
//! little more: the entries of the crate `walkdir` take 150 bytes each, the names that are kept here
//! some 60, and those of files that are not read nothing.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::unread::Unread;

/// A walk through a folder and those in it, links followed, hidden entries left out.
pub(crate) struct Walk {
    /// The folder that is being read, below those that it lies in.
    levels: Vec<Level>,
    /// Whether a file is to be read, by its name.
    wanted: Box<dyn Fn(&Path) -> bool + Send>,
    /// Files met so far that are not, hidden ones left out.
    unread: Unread,
}

/// What is left of a folder.
struct Level {
    path: PathBuf,
    entries: std::vec::IntoIter<Entry>,
}

struct Entry {
    name: Box<OsStr>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// A link to something that is looked at when its turn comes.
    Link,
}

/// A file or folder that cannot be read, and why.
pub(crate) struct WalkError {
    pub path: PathBuf,
    pub reason: String,
}

impl Walk {
    /// A walk through `root`, which nothing is known of yet; of its files those are given whose
    /// names are `wanted`.
    pub fn new(root: &Path, wanted: impl Fn(&Path) -> bool + Send + 'static) -> Self {
        let name = Box::from(root.as_os_str());
        let entries = vec![Entry { name, kind: Kind::Folder }].into_iter();
        // A path put behind an empty one is itself.
        let levels = vec![Level { path: PathBuf::new(), entries }];
        Walk { levels, wanted: Box::new(wanted), unread: Unread::default() }
    }

    /// The files met so far that are not wanted.
    pub fn unread(&self) -> &Unread {
        &self.unread
    }

    /// Goes into a folder.
    fn enter(&mut self, path: PathBuf) -> Result<(), WalkError> {
        match entries(&path, &self.wanted, &mut self.unread) {
            Ok(entries) => {
                self.levels.push(Level { path, entries: entries.into_iter() });
                Ok(())
            }
            Err(error) => Err(WalkError { path, reason: super::open::reason(&error) }),
        }
    }

    /// The folder that the walk is in and that a link at `path` leads back to, if it does.
    fn ancestor(&self, path: &Path) -> io::Result<Option<&Path>> {
        let target = fs::canonicalize(path)?;
        let folders = self.levels.iter().map(|level| level.path.as_path()).skip(1);
        let same = |folder: &&Path| fs::canonicalize(folder).is_ok_and(|real| real == target);
        Ok(folders.rev().find(same))
    }

    /// What a link leads to: a folder, a file that is wanted, or nothing of interest.
    fn follow(&mut self, path: &Path) -> Result<Option<Kind>, String> {
        let reason = |error: io::Error| super::open::reason(&error);
        let target = fs::metadata(path).map_err(reason)?;
        if target.is_dir() {
            return match self.ancestor(path).map_err(reason)? {
                Some(ancestor) => Err(format!("a link back to {}", ancestor.display())),
                None => Ok(Some(Kind::Folder)),
            };
        }
        match (target.is_file(), (self.wanted)(path)) {
            (true, true) => return Ok(Some(Kind::File)),
            (true, false) => self.unread.add(path),
            (false, _) => self.unread.add_special(),
        }
        Ok(None)
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, WalkError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let level = self.levels.last_mut()?;
            let Some(Entry { name, kind }) = level.entries.next() else {
                self.levels.pop();
                continue;
            };
            let path = level.path.join(&*name);
            let kind = match kind {
                Kind::Link => match self.follow(&path) {
                    Ok(Some(kind)) => kind,
                    Ok(None) => continue,
                    Err(reason) => return Some(Err(WalkError { path, reason })),
                },
                kind => kind,
            };
            if kind == Kind::File {
                return Some(Ok(path));
            }
            if let Err(error) = self.enter(path) {
                return Some(Err(error));
            }
        }
    }
}

/// The entries of a folder that may be of interest, sorted.
fn entries(
    folder: &Path,
    wanted: impl Fn(&Path) -> bool,
    unread: &mut Unread,
) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let found = entry.file_type()?;
        let kind = if found.is_dir() {
            Kind::Folder
        } else if found.is_symlink() {
            Kind::Link
        } else if !found.is_file() {
            unread.add_special();
            continue;
        } else if wanted(Path::new(&name)) {
            Kind::File
        } else {
            unread.add(Path::new(&name));
            continue;
        };
        entries.push(Entry { name: name.into_boxed_os_str(), kind });
    }
    entries.shrink_to_fit();
    entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

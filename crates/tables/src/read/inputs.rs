//! From INPUT arguments to files, in a fixed order.

use std::fs;
use std::path::{Path, PathBuf};

use super::ReadOptions;
use super::format::{self, InputFormat};
use super::pattern;
use super::unread::Unread;
use super::walk;
use crate::Failure;
use crate::write::columns;
use crate::write::manifest::MANIFEST;

/// What is said of a folder or an archive in which nothing is read.
pub(crate) const READABLE: &str = ".txt, .html, .jsonl, .csv, .parquet, .tar, also .gz and .zst";

/// A file to read, or standard input.
#[derive(Clone, Debug)]
pub(crate) struct InputFile {
    /// Nothing for standard input and for a file in an archive.
    pub path: Option<PathBuf>,
    /// The path as the user gave it, or below the folder that the user gave; for a file in an
    /// archive that of the archive, a colon, and the path in it.
    pub source: String,
    /// The identifier of its document, should it be a text file.
    pub id: String,
}

/// The files that INPUT arguments stand for: arguments in the order given, what a glob matches
/// and a folder holds sorted by name. Folders are read as they are reached, one level at a time.
pub(crate) struct Inputs {
    arguments: std::vec::IntoIter<PathBuf>,
    /// What the current argument still stands for.
    open: Vec<Walk>,
    format: Option<InputFormat>,
    output: Option<PathBuf>,
    /// Files of folders so far that are not read.
    pub unread: Unread,
}

/// One folder, or one path that a glob matched or the user named, perhaps in vain.
enum Walk {
    File(PathBuf),
    Refused(Failure),
    Folder { root: PathBuf, files: walk::Walk, found: bool },
}

impl Inputs {
    pub fn new(arguments: Vec<PathBuf>, options: &ReadOptions) -> Self {
        Inputs {
            arguments: arguments.into_iter(),
            open: Vec::new(),
            format: options.format,
            output: options.output.as_ref().and_then(|folder| fs::canonicalize(folder).ok()),
            unread: Unread::default(),
        }
    }

    /// Takes up an argument; standard input is handed back at once.
    fn take_up(&mut self, argument: PathBuf) -> Option<Result<InputFile, Failure>> {
        if argument.as_os_str() == "-" {
            let (source, id) = ("-".to_string(), "stdin".to_string());
            return Some(Ok(InputFile { path: None, source, id }));
        }
        if argument.exists() {
            self.open.push(Walk::new(argument, self.format));
            return None;
        }
        let source = argument.to_string_lossy();
        if !pattern::is_pattern(&argument) {
            return Some(Err(Failure::read(source, "no such file or folder")));
        }
        let matches = match pattern::matches(&argument) {
            Ok(matches) => matches,
            Err(error) => {
                return Some(Err(Failure::read(source, format!("not a pattern: {error}"))));
            }
        };
        // The matches come sorted; the last is taken from the pile first.
        let mut walks: Vec<_> = matches
            .into_iter()
            .filter(|path| !path.as_ref().is_ok_and(|path| self.is_output(path)))
            .map(|path| path.map_or_else(Walk::refused, |path| Walk::new(path, self.format)))
            .collect();
        if walks.is_empty() {
            return Some(Err(Failure::read(source, "no file matches")));
        }
        walks.reverse();
        self.open = walks;
        None
    }

    /// Whether `path` is a table of the dataset folder that this run writes to. An earlier run's
    /// tables would otherwise be read as articles when the folder lies inside the input.
    fn is_output(&self, path: &Path) -> bool {
        let Some(output) = &self.output else { return false };
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(name) = name.filter(|name| columns::is_file(name) || *name == MANIFEST) else {
            return false;
        };
        let Some(parent) = path.parent().and_then(|parent| {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            fs::canonicalize(parent).ok()
        }) else {
            return false;
        };
        // The tables of a partitioned dataset lie two folders deeper: mentions/published=…/
        let table = || output.join(name.split('.').next().unwrap_or(name));
        parent == *output || parent.parent().is_some_and(|folder| folder == table())
    }
}

impl Walk {
    fn new(path: PathBuf, format: Option<InputFormat>) -> Self {
        if path.is_dir() {
            let files = walk::Walk::new(&path, move |name| format::wanted(name, format));
            Walk::Folder { root: path, files, found: false }
        } else {
            Walk::File(path)
        }
    }

    fn refused((path, error): pattern::Refusal) -> Self {
        Walk::Refused(Failure::read(path.to_string_lossy(), super::open::reason(&error)))
    }
}

impl Iterator for Inputs {
    type Item = Result<InputFile, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.open.pop() {
                None => {
                    let argument = self.arguments.next()?;
                    if let Some(item) = self.take_up(argument) {
                        return Some(item);
                    }
                }
                Some(Walk::File(path)) => {
                    let source = path.to_string_lossy().into_owned();
                    let id = format::stem(&path);
                    return Some(Ok(InputFile { path: Some(path), source, id }));
                }
                Some(Walk::Refused(failure)) => return Some(Err(failure)),
                Some(Walk::Folder { root, mut files, found }) => match files.next() {
                    None => {
                        let unread = files.unread();
                        if !unread.is_empty() {
                            self.unread.merge(unread);
                            let reason = unread.reason();
                            let failure = Failure::input(root.to_string_lossy(), reason);
                            self.open.push(Walk::Refused(failure));
                        }
                        if !found {
                            let reason = format!("no file to read in this folder ({READABLE})");
                            return Some(Err(Failure::read(root.to_string_lossy(), reason)));
                        }
                    }
                    Some(Err(walk::WalkError { path, reason })) => {
                        self.open.push(Walk::Folder { root, files, found: true });
                        return Some(Err(Failure::read(path.to_string_lossy(), reason)));
                    }
                    Some(Ok(path)) if self.is_output(&path) => {
                        self.open.push(Walk::Folder { root, files, found });
                    }
                    Some(Ok(path)) => {
                        let source = path.to_string_lossy().into_owned();
                        let id = relative_id(&root, &path);
                        self.open.push(Walk::Folder { root, files, found: true });
                        return Some(Ok(InputFile { path: Some(path), source, id }));
                    }
                },
            }
        }
    }
}

/// The path below `root`, slashes between its parts on every system, without the extension.
pub(crate) fn relative_id(root: &Path, path: &Path) -> String {
    let mut id = String::new();
    let below = path.strip_prefix(root).unwrap_or(path);
    if let Some(parent) = below.parent() {
        for part in parent {
            id.push_str(&part.to_string_lossy());
            id.push('/');
        }
    }
    id.push_str(&format::stem(path));
    id
}

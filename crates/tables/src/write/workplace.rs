//! The folder in which a dataset is made before it appears.
//!
//! It is ours when it was made by this program, which its lock file says. Links are not followed, and
//! what this program does not write there is neither removed nor gone on with.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use same_file::Handle;

use super::WriteError;
use super::join::JOINED;
use super::manifest::{self, MANIFEST, Unfinished};
use super::ours::{Found, NOT_OURS, is_staged, look, refused, remove_work};
use super::part::is_part;

/// Name of the folder inside the dataset folder. It is hidden, so that no reader walks into it.
const FOLDER: &str = ".nukil-unfinished";
/// The file in it that the run which works there has locked. The system frees it when the run
/// ends, however it ends.
const LOCK: &str = "lock";
/// What that file holds. It has less while a run makes it, and in folders of the first versions.
const MARK: &[u8] = b"unfinished work of nukil\n";

/// How long a lock is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// The folder of unfinished work in a dataset folder, taken by this run alone.
pub(crate) struct Workplace {
    path: PathBuf,
    /// Held open for its lock.
    _lock: File,
}

impl Workplace {
    /// Takes the workplace in `dataset`, made if need be.
    ///
    /// # Errors
    /// When it cannot be made, another run works there, or it is not ours.
    pub fn take(dataset: &Path) -> Result<Self, WriteError> {
        let path = dataset.join(FOLDER);
        let lock = path.join(LOCK);
        let begun = Instant::now();
        loop {
            let file = match open_lock(&path, &lock)? {
                Some(file) => file,
                // A run that ended just now took its workplace away, or one that began made it.
                None => continue,
            };
            match file.try_lock() {
                Ok(()) => {}
                // A run that was killed may take a moment to let go.
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => {
                    thread::sleep(PATIENCE / 20);
                    continue;
                }
                Err(TryLockError::WouldBlock) => {
                    let reason = io::Error::other("another run is writing there");
                    return Err(WriteError::new(dataset, reason));
                }
                // A file system without locks is worked on without.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(WriteError::new(&lock, error)),
            }
            // A lock on a file that was taken away in between keeps nobody out.
            let held = file.try_clone().and_then(Handle::from_file);
            let held = held.map_err(|error| WriteError::new(&lock, error))?;
            if Handle::from_path(&lock).is_ok_and(|there| there == held) {
                return Ok(Workplace { path, _lock: file });
            }
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The manifest of a run in `dataset` that did not end, if one lies there.
    ///
    /// # Errors
    /// When it cannot be read, or is no manifest.
    pub fn left_in(dataset: &Path) -> io::Result<Option<Unfinished>> {
        let folder = dataset.join(FOLDER);
        let path = folder.join(MANIFEST);
        match (look(&folder)?, look(&path)?) {
            (Found::Nothing, _) | (_, Found::Nothing) => Ok(None),
            (Found::Folder, Found::File) => manifest::read(&path),
            _ => Err(io::Error::other("a link or a device is there")),
        }
    }

    /// Removes what lies here, except what `keep` says to keep by its name.
    ///
    /// # Errors
    /// When there is something that this program does not write there; nothing is removed then.
    pub fn clear(&self, keep: impl Fn(&str) -> bool) -> Result<(), WriteError> {
        let failed = |error| WriteError::new(&self.path, error);
        let mut unwanted = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let known = |name: &str| {
                [LOCK, MANIFEST, JOINED].contains(&name) || is_part(name) || is_staged(name)
            };
            match entry.file_name().to_str().filter(|name| known(name)) {
                Some(name) if name == LOCK || keep(name) => {}
                Some(name) => unwanted.push(self.path.join(name)),
                None => return Err(refused(&entry.path(), NOT_OURS)),
            }
        }
        // First of all the manifest: without its parts it would promise too much.
        unwanted.sort_by_key(|path| !path.ends_with(MANIFEST));
        unwanted.iter().try_for_each(|path| remove_work(path))
    }

    /// Removes the workplace and all that lies here.
    pub fn remove(self) -> Result<(), WriteError> {
        self.clear(|_| false)
    }
}

/// A run that was refused leaves no empty workplace.
impl Drop for Workplace {
    fn drop(&mut self) {
        let is_lock =
            |entry: io::Result<fs::DirEntry>| entry.is_ok_and(|it| it.file_name() == LOCK);
        if fs::read_dir(&self.path).is_ok_and(|mut entries| entries.all(is_lock)) {
            // What cannot be removed is removed by the next run.
            let _ = fs::remove_file(self.path.join(LOCK));
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// Opens the lock file in a workplace, both made if need be; nothing where another run made or
/// removed one of them in between.
fn open_lock(folder: &Path, lock: &Path) -> Result<Option<File>, WriteError> {
    let failed = |error| WriteError::new(folder, error);
    match look(folder).map_err(failed)? {
        Found::Folder => {}
        Found::Nothing => match fs::create_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(failed(error));
            }
            _ => {}
        },
        Found::File | Found::Other => {
            return Err(refused(folder, "this program has not written what is there"));
        }
    }
    let mut options = File::options();
    let opened = match look(lock).map_err(failed)? {
        // Made anew or not at all: a link that comes in between is not written through.
        Found::Nothing => {
            let mut entries = fs::read_dir(folder).map_err(failed)?;
            if entries.next().is_some() && look(lock).map_err(failed)? == Found::Nothing {
                return Err(refused(folder, "this program has not written what is there"));
            }
            let made = options.create_new(true).write(true).open(lock);
            made.and_then(|mut file| file.write_all(MARK).map(|()| file))
        }
        Found::File => match fs::read(lock) {
            Ok(mark) if MARK.starts_with(&mark) => options.write(true).open(lock),
            Ok(_) => return Err(refused(lock, "this program has not written what is there")),
            Err(error) => Err(error),
        },
        Found::Folder | Found::Other => {
            return Err(refused(lock, "this program has not written what is there"));
        }
    };
    match opened {
        Ok(file) => Ok(Some(file)),
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) =>
        {
            Ok(None)
        }
        Err(error) => Err(WriteError::new(lock, error)),
    }
}

/// Removes a file, or a folder and all below; it is no error when there is none. A link is removed
/// itself, and what it leads to stays.
pub(crate) fn remove(path: &Path) -> Result<(), WriteError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::new(path, error)),
        _ => Ok(()),
    }
}

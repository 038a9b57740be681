//! The folder in which a dataset is made before it appears.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

use super::WriteError;
use super::manifest::{self, MANIFEST, Unfinished};

/// Name of the folder inside the dataset folder. It is hidden, so that no reader walks into it.
const FOLDER: &str = ".nukil-unfinished";
/// The file in it that the run which works there has locked. The system frees it when the run
/// ends, however it ends.
const LOCK: &str = "lock";

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
    /// When it cannot be made, or another run works there.
    pub fn take(dataset: &Path) -> Result<Self, WriteError> {
        let path = dataset.join(FOLDER);
        let error = |error| WriteError::new(&path, error);
        loop {
            fs::create_dir_all(&path).map_err(error)?;
            let lock = path.join(LOCK);
            let mut options = File::options();
            let file = match options.create(true).truncate(false).write(true).open(&lock) {
                Ok(file) => file,
                // A run that ended just now took its workplace away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(WriteError::new(&lock, error)),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let reason = io::Error::other("another run is writing there");
                    return Err(WriteError::new(dataset, reason));
                }
                // A file system without locks is worked on without.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(WriteError::new(&lock, error)),
            }
            // A lock on a file that was taken away in between keeps nobody out.
            let held = file.try_clone().and_then(Handle::from_file).map_err(error)?;
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
        manifest::read(&dataset.join(FOLDER).join(MANIFEST))
    }

    /// Removes what lies here, except what `keep` says to keep by its name.
    pub fn clear(&self, keep: impl Fn(&str) -> bool) -> Result<(), WriteError> {
        // First of all the manifest: without its parts it would promise too much.
        if !keep(MANIFEST) {
            remove(&self.path.join(MANIFEST))?;
        }
        let entries = fs::read_dir(&self.path).map_err(|it| WriteError::new(&self.path, it))?;
        for entry in entries {
            let entry = entry.map_err(|error| WriteError::new(&self.path, error))?;
            let name = entry.file_name();
            if !name.to_str().is_some_and(|name| name == LOCK || name == MANIFEST || keep(name)) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Removes the workplace and all that lies here.
    pub fn remove(self) -> Result<(), WriteError> {
        self.clear(|_| false)?;
        remove(&self.path.join(LOCK))?;
        fs::remove_dir(&self.path).map_err(|error| WriteError::new(&self.path, error))
    }
}

/// Removes a file, or a folder and all below; it is no error when there is none.
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

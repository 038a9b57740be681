//! A file that appears under its name only when it is complete.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::TempPath;

use super::WriteError;

const BUFFER: usize = 256 << 10;

/// A file under a temporary, hidden name beside its place. It gets its name by
/// [`CompleteFile::rename`], and is removed when it is dropped before.
pub struct StagedFile {
    // A file by itself: the errors of `tempfile`'s own writer name the temporary path.
    writer: BufWriter<File>,
    /// Nothing for a device or a pipe, which is written to as it is.
    temporary: Option<TempPath>,
    path: PathBuf,
}

impl StagedFile {
    /// Opens the file that will be `folder/name`.
    ///
    /// # Errors
    /// When there is no such folder, or no file can be made in it under that name.
    pub fn create(folder: &Path, name: &str) -> Result<Self, WriteError> {
        StagedFile::create_in(folder, folder, name)
    }

    /// Opens the file that will be at `path`, as the user names it: what a link leads to is written,
    /// and not the link; a device or a pipe is written to as it is.
    ///
    /// # Errors
    /// As [`StagedFile::create`], and when `path` ends in no name or is a link to nothing.
    pub fn create_at(path: &Path) -> Result<Self, WriteError> {
        let error = |error| WriteError::new(path, error);
        let is_link = fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink());
        match fs::metadata(path) {
            Ok(there) if !there.is_file() && !there.is_dir() => {
                let file = File::options().write(true).open(path).map_err(error)?;
                let writer = BufWriter::with_capacity(BUFFER, file);
                return Ok(StagedFile { writer, temporary: None, path: path.to_path_buf() });
            }
            Err(dangling) if is_link => return Err(error(dangling)),
            _ => {}
        }
        let real = if is_link { fs::canonicalize(path).map_err(error)? } else { path.into() };
        let Some(name) = real.file_name().and_then(OsStr::to_str) else {
            return Err(error(io::Error::other("this cannot be the name of a file")));
        };
        let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty());
        StagedFile::create(folder.unwrap_or(Path::new(".")), name)
    }

    /// As [`StagedFile::create`], with the temporary file in `staging`, a folder on the same file
    /// system. What a killed run leaves is then found there and not beside the tables.
    pub(crate) fn create_in(staging: &Path, folder: &Path, name: &str) -> Result<Self, WriteError> {
        let path = folder.join(name);
        // A folder in place of the file would be found out only at the end.
        if path.is_dir() {
            return Err(WriteError::new(&path, io::ErrorKind::IsADirectory.into()));
        }
        let prefix = format!(".{name}.");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        // Temporary files are private by default; a table is a file as any other.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(staging).map_err(|error| WriteError::new(&path, error))?;
        let (file, temporary) = file.into_parts();
        let writer = BufWriter::with_capacity(BUFFER, file);
        Ok(StagedFile { writer, temporary: Some(temporary), path })
    }

    /// The path that the file will have.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A second handle on what has been flushed, from the start.
    pub(crate) fn reopen(&self) -> Result<File, WriteError> {
        let there = self.temporary.as_deref().unwrap_or(&self.path);
        File::open(there).map_err(|error| WriteError::new(&self.path, error))
    }

    /// Completes the file with `value` as indented JSON, still under its temporary name.
    ///
    /// # Errors
    /// As [`StagedFile::complete`].
    pub fn complete_json(mut self, value: &impl Serialize) -> Result<CompleteFile, WriteError> {
        let written = serde_json::to_writer_pretty(&mut self, value).map_err(io::Error::from);
        written
            .and_then(|()| self.write_all(b"\n"))
            .map_err(|error| WriteError::new(&self.path, error))?;
        self.complete()
    }

    /// Completes the file, still under its temporary name.
    ///
    /// # Errors
    /// When what is still buffered cannot be written.
    pub fn complete(self) -> Result<CompleteFile, WriteError> {
        let StagedFile { writer, temporary, path } = self;
        match writer.into_inner() {
            Ok(file) => Ok(CompleteFile { file, temporary, path, rows: 0 }),
            Err(error) => Err(WriteError::new(&path, error.into_error())),
        }
    }
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A file that waits only for its name, so that all of a set can be renamed together once none
/// can fail for want of space.
pub struct CompleteFile {
    file: File,
    /// Nothing for a device or a pipe, which has its name.
    temporary: Option<TempPath>,
    path: PathBuf,
    rows: u64,
}

impl CompleteFile {
    /// Says how many rows the file holds.
    pub(crate) fn with_rows(self, rows: u64) -> Self {
        CompleteFile { rows, ..self }
    }

    /// How many rows the file holds, where its writer has counted them.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// The path that the file will have.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A second handle on the file, from the start.
    pub(crate) fn reopen(&self) -> Result<File, WriteError> {
        let there = self.temporary.as_deref().unwrap_or(&self.path);
        File::open(there).map_err(|error| WriteError::new(&self.path, error))
    }

    /// Waits until the file has reached the disk.
    pub(crate) fn sync(&self) -> Result<(), WriteError> {
        self.file.sync_all().map_err(|error| WriteError::new(&self.path, error))
    }

    /// Gives the file its name, in place of an earlier one.
    ///
    /// # Errors
    /// When a file of that name is there and cannot be replaced.
    pub fn rename(self) -> Result<PathBuf, WriteError> {
        match self.temporary.map_or(Ok(()), |temporary| temporary.persist(&self.path)) {
            Ok(()) => Ok(self.path),
            Err(error) => Err(WriteError::new(&self.path, error.error)),
        }
    }

    /// The file under its temporary name, closed; removed when the path is dropped.
    pub(crate) fn into_part(self) -> Option<TempPath> {
        self.temporary
    }
}

/// Waits until the names in a folder have reached the disk, where the system has a way to.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        // What cannot be waited for is on its way all the same.
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_run_leaves_of_a_staged_file_is_in_the_staging_folder() {
        let room = tempfile::tempdir().unwrap();
        let staging = room.path().join("staging");
        std::fs::create_dir(&staging).unwrap();
        let file = StagedFile::create_in(&staging, room.path(), "manifest.json").unwrap();
        // A killed run drops nothing.
        std::mem::forget(file);
        assert_eq!(names(room.path()), ["staging"]);
        assert_eq!(names(&staging).len(), 1);

        let file = StagedFile::create_in(&staging, room.path(), "manifest.json").unwrap();
        file.complete().unwrap().rename().unwrap();
        assert_eq!(names(room.path()), ["manifest.json", "staging"]);
    }
}

//! A file that appears under its name only when it is complete.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::WriteError;

const BUFFER: usize = 256 << 10;

/// A file under a temporary, hidden name beside its place. It gets its name by
/// [`CompleteFile::rename`], and is removed when it is dropped before.
pub struct StagedFile {
    writer: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl StagedFile {
    /// Opens the file that will be `folder/name`.
    ///
    /// # Errors
    /// When there is no such folder, or no file can be made in it under that name.
    pub fn create(folder: &Path, name: &str) -> Result<Self, WriteError> {
        let path = folder.join(name);
        // A folder in place of the file would be found out only at the end.
        if path.is_dir() {
            return Err(WriteError::new(&path, std::io::ErrorKind::IsADirectory.into()));
        }
        let prefix = format!(".{name}.");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        // Temporary files are private by default; a table is a file as any other.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(|error| WriteError::new(&path, error))?;
        Ok(StagedFile { writer: BufWriter::with_capacity(BUFFER, file), path })
    }

    /// The path that the file will have.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A second handle on what has been flushed, from the start.
    pub(crate) fn reopen(&self) -> Result<File, WriteError> {
        self.writer.get_ref().reopen().map_err(|error| WriteError::new(&self.path, error))
    }

    /// Completes the file, still under its temporary name.
    ///
    /// # Errors
    /// When what is still buffered cannot be written.
    pub fn complete(self) -> Result<CompleteFile, WriteError> {
        let StagedFile { writer, path } = self;
        match writer.into_inner() {
            Ok(file) => Ok(CompleteFile { file, path }),
            Err(error) => Err(WriteError::new(&path, error.into_error())),
        }
    }
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}

/// A file that waits only for its name, so that all of a set can be renamed together once none
/// can fail for want of space.
pub struct CompleteFile {
    file: NamedTempFile,
    path: PathBuf,
}

impl CompleteFile {
    /// Gives the file its name, in place of an earlier one.
    ///
    /// # Errors
    /// When a file of that name is there and cannot be replaced.
    pub fn rename(self) -> Result<PathBuf, WriteError> {
        match self.file.persist(&self.path) {
            Ok(_) => Ok(self.path),
            Err(error) => Err(WriteError::new(&self.path, error.error)),
        }
    }

    /// The file under its temporary name, closed; removed when the path is dropped.
    pub(crate) fn into_part(self) -> TempPath {
        self.file.into_temp_path()
    }
}

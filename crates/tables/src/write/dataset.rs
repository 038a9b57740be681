//! The dataset folder: all tables of a run, which appear together or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nukil_types::{Document, OffsetTable, OffsetUnit};

use super::csv_tables::{CsvTables, FailuresTable};
use super::parquet_tables::ParquetTables;
use super::staged::StagedFile;
use super::{WriteError, write_record};
use crate::Failure;

/// What a dataset folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatasetOptions {
    /// Whether to write `documents.csv`, `mentions.csv`, `entities.csv`, `keywords.csv` and
    /// `keyword_occurrences.csv` and `quotes.csv`.
    pub csv: bool,
    /// Whether to write `records.jsonl`, one JSON Lines record a document.
    pub jsonl: bool,
    /// Whether to write the tables of CSV, and `failures`, in Parquet (`documents.parquet`, …).
    pub parquet: bool,
    /// Whether to add tokens: `tokens.csv`, `tokens.parquet`, and the field `tokens` of the records.
    pub tokens: bool,
    /// What offsets count.
    pub unit: OffsetUnit,
}

impl Default for DatasetOptions {
    fn default() -> Self {
        DatasetOptions {
            csv: true,
            jsonl: false,
            parquet: false,
            tokens: false,
            unit: OffsetUnit::default(),
        }
    }
}

/// Writes a dataset folder.
///
/// Everything goes to hidden temporary files in the folder, which [`DatasetWriter::finish`]
/// renames; an earlier dataset there stays whole until then. When the writer is dropped
/// unfinished, the temporary files are removed, and so are folders that it made.
///
/// ```
/// use nukil_tables::{DatasetOptions, DatasetWriter};
/// use nukil_types::Document;
///
/// let folder = tempfile::tempdir()?;
/// let out = folder.path().join("hasil");
/// let mut writer = DatasetWriter::create(&out, DatasetOptions::default())?;
/// writer.write(&Document::new("a1", "-", "Gempa mengguncang Cianjur."))?;
/// let files = writer.finish()?;
/// assert_eq!(files[0], out.join("documents.csv"));
/// assert!(std::fs::read_to_string(&files[0])?.ends_with("\na1,-,,,,,und,0.0000,26,0,0,false,und,,0,\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DatasetWriter {
    options: DatasetOptions,
    // Before `_folder`, so that its files are gone when the folder is to be removed.
    files: Files,
    folder: MadeFolder,
}

struct Files {
    csv: Option<CsvTables>,
    jsonl: Option<StagedFile>,
    parquet: Option<ParquetTables>,
    failures: FailuresTable,
}

impl DatasetWriter {
    /// Makes `folder` if need be and opens all files in it, so that an output that cannot be
    /// written is found out before any work is done.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be made.
    pub fn create(folder: &Path, options: DatasetOptions) -> Result<Self, WriteError> {
        let made = MadeFolder::make(folder)?;
        let files = Files {
            csv: options.csv.then(|| CsvTables::create(folder, options.tokens)).transpose()?,
            jsonl: options
                .jsonl
                .then(|| StagedFile::create(folder, "records.jsonl"))
                .transpose()?,
            parquet: options
                .parquet
                .then(|| ParquetTables::create(folder, options.tokens))
                .transpose()?,
            failures: FailuresTable::create(folder)?,
        };
        Ok(DatasetWriter { options, files, folder: made })
    }

    /// Writes the rows of one document to every table.
    ///
    /// # Errors
    /// When a file cannot be written, for instance because the disk is full.
    pub fn write(&mut self, document: &Document) -> Result<(), WriteError> {
        let offsets = OffsetTable::new(&document.text, self.options.unit);
        if let Some(tables) = &mut self.files.csv {
            tables.write(document, &offsets)?;
        }
        if let Some(file) = &mut self.files.jsonl {
            write_record(file, document, &offsets, self.options.tokens)
                .map_err(|error| WriteError::new(file.path(), error))?;
        }
        if let Some(tables) = &mut self.files.parquet {
            tables.write(document, &offsets)?;
        }
        Ok(())
    }

    /// Writes a row of `failures`.
    ///
    /// # Errors
    /// As [`DatasetWriter::write`].
    pub fn fail(&mut self, failure: &Failure) -> Result<(), WriteError> {
        if let Some(tables) = &mut self.files.parquet {
            tables.fail(failure)?;
        }
        self.files.failures.write(failure)
    }

    /// Gives all files their names, and says which they are.
    ///
    /// # Errors
    /// When what is still buffered cannot be written; then no file has got its name.
    pub fn finish(self) -> Result<Vec<PathBuf>, WriteError> {
        let DatasetWriter { files, folder, .. } = self;
        let mut complete = Vec::new();
        if let Some(tables) = files.csv {
            complete.extend(tables.complete()?);
        }
        if let Some(file) = files.jsonl {
            complete.push(file.complete()?);
        }
        if let Some(tables) = files.parquet {
            complete.extend(tables.complete()?);
        }
        complete.push(files.failures.complete()?);
        folder.keep();
        complete.into_iter().map(|file| file.rename()).collect()
    }
}

/// Folders that this run made, innermost first; removed again unless they are kept.
pub(crate) struct MadeFolder(Vec<PathBuf>);

impl MadeFolder {
    pub fn make(folder: &Path) -> Result<Self, WriteError> {
        if folder.exists() && !folder.is_dir() {
            return Err(WriteError::new(folder, io::ErrorKind::NotADirectory.into()));
        }
        let missing = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .map(Path::to_path_buf)
            .collect();
        let made = MadeFolder(missing);
        fs::create_dir_all(folder).map_err(|error| WriteError::new(folder, error))?;
        Ok(made)
    }

    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolder {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Only an empty folder can be removed so; another may have come to use it.
            let _ = fs::remove_dir(folder);
        }
    }
}

//! The dataset folder: all tables of a run, which appear together or not at all.
//!
//! While a run goes on, its output lies in a hidden folder, `.nukil-unfinished`, in parts
//! (`part-000000`, …), each with the tables of a stretch of the input; `manifest.json` there says
//! which parts are whole and how far they have read. A run that was killed goes on behind them. At
//! the end the parts are joined and the tables put in their places.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nukil_types::{Document, OffsetUnit};

use super::WriteError;
use super::join::{JOINED, join, joined_name};
use super::manifest::{
    Change, Counts, FileEntry, MANIFEST, Manifest, PartEntry, Ready, RunDescription, Unfinished,
    changes, input_change, put, schema_change, size,
};
use super::part::{Part, file_name, is_failures};
use super::partition::PartitionBy;
use super::staged::sync_folder;
use super::workplace::{Workplace, remove};
use crate::Failure;
use crate::read::InputMark;

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
    /// What the tables are split by, all but `failures`.
    pub partition_by: PartitionBy,
}

impl Default for DatasetOptions {
    fn default() -> Self {
        DatasetOptions {
            csv: true,
            jsonl: false,
            parquet: false,
            tokens: false,
            unit: OffsetUnit::default(),
            partition_by: PartitionBy::None,
        }
    }
}

/// Writes a dataset folder, in parts.
///
/// The tables appear when [`DatasetWriter::finish`] puts them in their places; an earlier dataset
/// there stays whole until then. When the writer is dropped unfinished, the parts that are whole
/// stay, so that a later run can go on behind them ([`DatasetWriter::open`]); where there are none,
/// all is removed, and so are folders that it made.
///
/// A finished dataset has a [`Manifest`], `manifest.json`. By it the next run knows the tables that
/// are ours, and removes those that it does not write anew.
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
/// assert!(std::fs::read_to_string(&files[0])?.ends_with("\na1,-,,,,,und,0.0000,26,0,0,false,und,,0,,\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DatasetWriter {
    options: DatasetOptions,
    folder: PathBuf,
    state: Unfinished,
    /// The part that is being written; none between two parts.
    // Taken out and put back with every document, so in a box: it is large.
    part: Option<Box<Part>>,
    /// What that part has counted.
    counts: Counts,
    /// How far the input was read for what was written.
    read: InputMark,
    // Gone when the dataset is finished.
    workplace: Option<Workplace>,
    made: MadeFolder,
}

/// What came of [`DatasetWriter::open`].
pub enum Opened {
    /// A writer, at the beginning or behind the parts that an earlier run left.
    Writer {
        /// The writer; [`DatasetWriter::read_mark`] says where it goes on.
        writer: Box<DatasetWriter>,
        /// What an unfinished run had counted that was thrown away to start anew.
        discarded: Option<Counts>,
    },
    /// The dataset of such a run is there already. Whether its input was the same is told by
    /// [`Manifest::input`] alone.
    Complete(Manifest),
}

/// Why a dataset could not be opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// It cannot be written.
    Write(WriteError),
    /// The run that is to go on was another.
    Changed {
        /// The dataset folder.
        folder: PathBuf,
        /// In what it was another; at least one.
        changes: Vec<Change>,
    },
    /// What is left of the run that is to go on is damaged.
    Damaged {
        /// The file or folder that is not as it should be.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl From<WriteError> for OpenError {
    fn from(error: WriteError) -> Self {
        OpenError::Write(error)
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Write(error) => write!(f, "{error}"),
            OpenError::Changed { folder, changes } => {
                write!(f, "the run in {} was another", folder.display())?;
                for (at, change) in changes.iter().enumerate() {
                    write!(f, "{} {change}", if at == 0 { ":" } else { ";" })?;
                }
                Ok(())
            }
            OpenError::Damaged { path, reason } => {
                write!(f, "what is left of the run is damaged: {}: {reason}", path.display())
            }
        }
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            OpenError::Write(error) => error.source(),
            _ => None,
        }
    }
}

impl DatasetWriter {
    /// Makes `folder` if need be and opens all files in it, so that an output that cannot be
    /// written is found out before any work is done. What an earlier run left unfinished there is
    /// removed.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be made, or another run is writing there.
    pub fn create(folder: &Path, options: DatasetOptions) -> Result<Self, WriteError> {
        let made = MadeFolder::make(folder)?;
        let workplace = Workplace::take(folder)?;
        let state = Unfinished::new(RunDescription::default());
        DatasetWriter::begin(folder, options, state, workplace, made)
    }

    /// As [`DatasetWriter::create`], for a run that can be gone on with; where `resume`, goes on
    /// with the one that was left unfinished there, if any.
    ///
    /// # Errors
    /// [`OpenError`]; `Changed` and `Damaged` only where `resume`.
    pub fn open(
        folder: &Path,
        options: DatasetOptions,
        run: RunDescription,
        resume: bool,
    ) -> Result<Opened, OpenError> {
        let made = MadeFolder::make(folder)?;
        let workplace = Workplace::take(folder)?;
        let path = workplace.path().join(MANIFEST);
        let left = match Workplace::left_in(folder) {
            Ok(left) => left.filter(|left| !left.parts.is_empty()),
            Err(error) if resume => {
                return Err(OpenError::Damaged { path, reason: error.to_string() });
            }
            Err(_) => None,
        };
        if !resume {
            let discarded = left.map(|left| left.counts());
            let state = Unfinished::new(run);
            let writer = DatasetWriter::begin(folder, options, state, workplace, made)?;
            return Ok(Opened::Writer { writer: Box::new(writer), discarded });
        }
        let Some(left) = left else {
            let schema = Manifest::schema_in(folder).and_then(schema_change);
            unchanged(folder, schema.into_iter().collect())?;
            if let Some(manifest) = Manifest::read(folder).filter(|found| found.holds(folder)) {
                workplace.remove()?;
                made.keep();
                unchanged(folder, changes(&manifest.program, &manifest.options, &run))?;
                return Ok(Opened::Complete(manifest));
            }
            let state = Unfinished::new(run);
            let writer = DatasetWriter::begin(folder, options, state, workplace, made)?;
            return Ok(Opened::Writer { writer: Box::new(writer), discarded: None });
        };
        let mut different = changes(&left.program, &left.options, &run);
        different.extend(schema_change(left.schema));
        different.extend(input_change(&left.input, &run.input));
        unchanged(folder, different)?;
        whole(workplace.path(), &left)?;
        let writer = DatasetWriter::begin(folder, options, left, workplace, made)?;
        Ok(Opened::Writer { writer: Box::new(writer), discarded: None })
    }

    /// What a run in `folder` that did not end has counted in parts that are whole, if there are
    /// any.
    pub fn unfinished(folder: &Path) -> Option<Counts> {
        let left = Workplace::left_in(folder).ok().flatten()?;
        (!left.parts.is_empty()).then(|| left.counts())
    }

    /// A writer behind the parts of `state`; all else in the workplace is removed.
    fn begin(
        folder: &Path,
        options: DatasetOptions,
        state: Unfinished,
        workplace: Workplace,
        made: MadeFolder,
    ) -> Result<Self, WriteError> {
        let goes_on = !state.parts.is_empty();
        workplace.clear(|name| {
            let part = || state.parts.iter().any(|part| part.name == name);
            goes_on && (name == MANIFEST || name == JOINED || part())
        })?;
        let read = state.read();
        let mut writer = DatasetWriter {
            options,
            folder: folder.to_path_buf(),
            state,
            part: None,
            counts: Counts::default(),
            read,
            workplace: Some(workplace),
            made,
        };
        writer.part()?;
        if !goes_on {
            writer.nothing_in_the_way()?;
        }
        Ok(writer)
    }

    /// That every table can have its place: one that would be in the way, and was not written by
    /// us, is not touched.
    fn nothing_in_the_way(&mut self) -> Result<(), WriteError> {
        let (earlier, partitioned) = (self.earlier_files(), self.is_partitioned());
        let tables = self.part()?.tables();
        let names: Vec<_> =
            tables.map(|(path, _)| joined_name(&file_name(path), partitioned)).collect();
        for name in names.into_iter().chain(["failures.csv", "failures.parquet"].map(String::from))
        {
            let place = self.folder.join(&name);
            let ours = earlier.iter().any(|file| file.name == name);
            let split = partitioned && !is_failures(&name);
            let error = |kind: io::ErrorKind| Err(WriteError::new(&place, kind.into()));
            match fs::metadata(&place) {
                Ok(there) if there.is_dir() && !ours && !split => {
                    return error(io::ErrorKind::IsADirectory);
                }
                Ok(there) if there.is_dir() && !ours => {
                    return error(io::ErrorKind::DirectoryNotEmpty);
                }
                Ok(there) if there.is_file() && !ours && split => {
                    return error(io::ErrorKind::NotADirectory);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The files of an earlier dataset that are ours.
    fn earlier_files(&self) -> Vec<FileEntry> {
        Manifest::read(&self.folder).map(|found| found.files).unwrap_or_default()
    }

    fn is_partitioned(&self) -> bool {
        self.options.partition_by != PartitionBy::None
    }

    /// How far the input was read at the end of the last whole part: where the reader is to go on.
    pub fn read_mark(&self) -> InputMark {
        self.state.read()
    }

    /// Whether that was the end of the input.
    pub fn read_whole(&self) -> bool {
        self.state.read_whole
    }

    /// What was counted so far, in parts that an earlier run left as in this one.
    pub fn counts(&self) -> Counts {
        let mut counts = self.state.counts();
        counts += self.counts;
        counts
    }

    /// Writes the rows of one document to every table.
    ///
    /// # Errors
    /// When a file cannot be written, for instance because the disk is full.
    pub fn write(&mut self, document: &Document) -> Result<(), WriteError> {
        self.part()?.write(document)?;
        self.counts.add(document);
        Ok(())
    }

    /// Writes a row of `failures`.
    ///
    /// # Errors
    /// As [`DatasetWriter::write`].
    pub fn fail(&mut self, failure: &Failure) -> Result<(), WriteError> {
        self.part()?.fail(failure)?;
        self.counts.failures += 1;
        Ok(())
    }

    /// Says how far the input has been read for what was written so far.
    pub fn reads_to(&mut self, read: InputMark) {
        self.read = read;
    }

    /// Makes what was written since the last part whole, as a part of its own: once this returns,
    /// it is on the disk, and neither a kill nor a power cut loses it.
    ///
    /// # Errors
    /// As [`DatasetWriter::write`]; the part is then lost, earlier ones are not.
    pub fn end_part(&mut self) -> Result<(), WriteError> {
        match self.counts.items() {
            0 => Ok(()),
            _ => self.close_part(true),
        }
    }

    /// Joins the parts and gives all tables their places, and says which they are.
    ///
    /// # Errors
    /// When what is left cannot be written; unless it was the very last step that failed, no table
    /// has got its place then.
    pub fn finish(mut self) -> Result<Vec<PathBuf>, WriteError> {
        let alone = self.state.parts.is_empty();
        if self.counts.items() > 0 || alone {
            // A run that fits in a part is as quick as if there were none: nothing was promised.
            self.close_part(!alone)?;
        }
        self.drop_part();
        let ready = match &self.state.ready {
            Some(ready) => ready.clone(),
            None => {
                let ready = self.make_ready()?;
                self.state.ready = Some(ready.clone());
                self.put_state(!alone)?;
                ready
            }
        };
        self.publish(&ready, !alone)
    }

    /// Removes everything that was written, whole parts too.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn discard(mut self) -> Result<(), WriteError> {
        self.drop_part();
        self.state.parts.clear();
        self.workplace.take().map_or(Ok(()), Workplace::remove)
    }

    /// The part that is being written, begun if need be.
    fn part(&mut self) -> Result<&mut Part, WriteError> {
        let part = match self.part.take() {
            Some(part) => part,
            None => Box::new(Part::create(self.unfinished_part(), self.options)?),
        };
        Ok(self.part.insert(part))
    }

    fn close_part(&mut self, durable: bool) -> Result<(), WriteError> {
        self.part()?;
        let Some(part) = self.part.take() else { return Ok(()) };
        let files = part.complete(durable)?;
        let name = part_name(self.state.parts.len());
        let whole = self.work().join(&name);
        fs::rename(self.unfinished_part(), &whole)
            .map_err(|error| WriteError::new(&whole, error))?;
        if durable {
            sync_folder(self.work());
        }
        let counts = std::mem::take(&mut self.counts);
        self.state.parts.push(PartEntry { name, read: self.read, counts, files });
        self.put_state(durable).inspect_err(|_| {
            // A part that the manifest does not list is none.
            self.state.parts.pop();
            let _ = remove(&whole);
        })
    }

    /// The folder of the part that is being written.
    fn unfinished_part(&self) -> PathBuf {
        self.work().join(format!("{}{UNFINISHED}", part_name(self.state.parts.len())))
    }

    /// Removes the part that is being written.
    fn drop_part(&mut self) {
        self.part = None;
        if self.workplace.is_some() {
            // What stays is removed by the next run.
            let _ = remove(&self.unfinished_part());
        }
    }

    /// Joins the parts, unless one is all there is.
    fn make_ready(&mut self) -> Result<Ready, WriteError> {
        let partitioned = self.is_partitioned();
        let (folder, files) = match self.state.parts.as_slice() {
            [only] if !partitioned => (only.name.clone(), only.files.clone()),
            _ => {
                // From here on files of parts go away, and nothing can be added to them.
                self.state.read_whole = true;
                self.put_state(true)?;
                (JOINED.to_string(), join(self.work(), &self.state.parts, partitioned)?)
            }
        };
        let stale = self
            .earlier_files()
            .into_iter()
            .map(|file| file.name)
            .filter(|name| !files.iter().any(|file| file.name == *name))
            .collect();
        self.state.read_whole = true;
        Ok(Ready { folder, files, stale })
    }

    /// Gives all tables their places. It can be interrupted and gone on with at every step.
    fn publish(mut self, ready: &Ready, durable: bool) -> Result<Vec<PathBuf>, WriteError> {
        // A mixture of two datasets, should it come to that, has no manifest.
        remove(&self.folder.join(MANIFEST))?;
        let mut places = Vec::new();
        for name in ready.files.iter().map(|file| &file.name) {
            let (file, place) =
                (self.work().join(&ready.folder).join(name), self.folder.join(name));
            if file.exists() {
                if place.is_dir() {
                    remove(&place)?;
                }
                fs::rename(&file, &place).map_err(|error| WriteError::new(&place, error))?;
            }
            places.push(place);
        }
        for name in &ready.stale {
            remove(&self.folder.join(name))?;
        }
        put(&self.folder, self.work(), &self.state.finished(ready.files.clone()), durable)?;
        if let Some(workplace) = self.workplace.take() {
            workplace.remove()?;
        }
        std::mem::take(&mut self.made).keep();
        Ok(places)
    }

    fn put_state(&self, durable: bool) -> Result<(), WriteError> {
        put(self.work(), self.work(), &self.state, durable)
    }

    fn work(&self) -> &Path {
        self.workplace.as_ref().map_or(&self.folder, Workplace::path)
    }
}

impl Drop for DatasetWriter {
    fn drop(&mut self) {
        self.drop_part();
        match self.workplace.take() {
            // Nobody can be told what cannot be removed; the next run tries again.
            Some(workplace) if self.state.parts.is_empty() => drop(workplace.remove()),
            Some(_) => std::mem::take(&mut self.made).keep(),
            None => {}
        }
    }
}

/// What follows the name of a part's folder until the part is whole.
const UNFINISHED: &str = ".tmp";

fn part_name(number: usize) -> String {
    format!("part-{number:06}")
}

fn unchanged(folder: &Path, changes: Vec<Change>) -> Result<(), OpenError> {
    match changes.is_empty() {
        true => Ok(()),
        false => Err(OpenError::Changed { folder: folder.to_path_buf(), changes }),
    }
}

/// Checks that all files of the parts are there, in their size. Once the tables are joined one after
/// another, the parts' files of those that are whole are gone.
fn whole(work: &Path, left: &Unfinished) -> Result<(), OpenError> {
    if left.read_whole {
        return Ok(());
    }
    for part in &left.parts {
        for file in &part.files {
            let path = work.join(&part.name).join(&file.name);
            let reason = match size(&path) {
                Ok(bytes) if bytes == file.bytes => continue,
                Ok(bytes) => format!("{} bytes were written, {bytes} are there", file.bytes),
                Err(error) => error.to_string(),
            };
            return Err(OpenError::Damaged { path, reason });
        }
    }
    Ok(())
}

/// Folders that this run made, innermost first; removed again unless they are kept.
#[derive(Default)]
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

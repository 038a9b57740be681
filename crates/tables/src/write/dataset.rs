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
use super::join::{JOINED, join, joined_name, tables};
use super::manifest::{
    Change, Counts, FileEntry, Kind, MANIFEST, Manifest, PartEntry, Ready, RunDescription,
    Unfinished, are_places, changes, input_change, put, schema_change,
};
use super::ours::{Found, earlier, holds, look};
use super::part::{Completed, Part, UNFINISHED, file_name, part_name};
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
/// are ours, and removes those that it does not write anew. What is not ours, or was changed since, is
/// neither replaced nor removed: where it is in the way, nothing is written at all.
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
        let (workplace, _) = take(folder, |_| true)?;
        let state = Unfinished::new(Kind::Dataset, RunDescription::default());
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
        let publish = |left: &Unfinished| !resume || left.kind != Kind::Dataset;
        let (workplace, left) = take(folder, publish)?;
        let left = match left {
            Ok(left) => left.filter(|left| !left.parts.is_empty()),
            Err(reason) if resume => {
                return Err(OpenError::Damaged { path: workplace.path().join(MANIFEST), reason });
            }
            Err(_) => None,
        };
        if !resume {
            let discarded = left.map(|left| left.counts());
            let state = Unfinished::new(Kind::Dataset, run);
            let writer = DatasetWriter::begin(folder, options, state, workplace, made)?;
            return Ok(Opened::Writer { writer: Box::new(writer), discarded });
        }
        let Some(left) = left else {
            let schema = Manifest::schema_in(folder).and_then(schema_change);
            unchanged(folder, schema.into_iter().collect())?;
            let found = Manifest::find(folder)?.filter(|found| found.kind == Kind::Dataset);
            if let Some(manifest) = found.filter(|found| found.is_whole(folder)) {
                workplace.remove()?;
                made.keep();
                unchanged(folder, changes(&manifest.program, &manifest.options, &run))?;
                return Ok(Opened::Complete(manifest));
            }
            let state = Unfinished::new(Kind::Dataset, run);
            let writer = DatasetWriter::begin(folder, options, state, workplace, made)?;
            return Ok(Opened::Writer { writer: Box::new(writer), discarded: None });
        };
        let mut different = changes(&left.program, &left.options, &run);
        different.extend(schema_change(left.schema));
        different.extend(input_change(&left.input, &run.input));
        unchanged(folder, different)?;
        whole(folder, workplace.path(), &left, options.partition_by != PartitionBy::None)?;
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
        let names = writer.names()?;
        writer.earlier(&names)?;
        Ok(writer)
    }

    /// The names of all tables that come out.
    fn names(&mut self) -> Result<Vec<String>, WriteError> {
        let partitioned = self.is_partitioned();
        let parquet = self.options.parquet;
        let tables = self.part()?.tables();
        let mut names: Vec<_> =
            tables.map(|(path, _)| joined_name(&file_name(path), partitioned)).collect();
        names.push("failures.csv".to_string());
        names.extend(parquet.then(|| "failures.parquet".to_string()));
        Ok(names)
    }

    /// The tables of an earlier dataset in the places of those of some names, all of them ours.
    fn earlier(&self, names: &[String]) -> Result<Vec<FileEntry>, WriteError> {
        earlier(&self.folder, Some(&self.state), names)
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
        self.counts.fail(failure);
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
        let Completed { files, slices } = part.complete(durable)?;
        let name = part_name(self.state.parts.len());
        let whole = self.work().join(&name);
        fs::rename(self.unfinished_part(), &whole)
            .map_err(|error| WriteError::new(&whole, error))?;
        if durable {
            sync_folder(self.work());
        }
        let counts = std::mem::take(&mut self.counts);
        self.state.parts.push(PartEntry { name, read: self.read, counts, files, slices });
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
                let work = self.work().to_path_buf();
                let (parts, done) = (self.state.parts.clone(), self.state.joined.clone());
                let files = join(&work, &parts, partitioned, done, |joined| {
                    self.state.joined = joined.to_vec();
                    self.put_state(true)
                })?;
                (JOINED.to_string(), files)
            }
        };
        let names: Vec<_> = files.iter().map(|file| file.name.clone()).collect();
        let earlier = self.earlier(&names)?;
        self.state.read_whole = true;
        Ok(Ready { folder, files, earlier })
    }

    /// Gives all tables their places.
    fn publish(mut self, ready: &Ready, durable: bool) -> Result<Vec<PathBuf>, WriteError> {
        let Some(workplace) = self.workplace.take() else { return Ok(Vec::new()) };
        let places = publish(&self.folder, &workplace, &self.state, ready, durable)
            .inspect_err(|_| std::mem::take(&mut self.made).keep())?;
        workplace.remove()?;
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

/// Takes the workplace in a dataset folder, and says what an earlier run left there: nothing, an
/// unfinished run, or why what it left cannot be read. Where all its tables were ready and `publish`
/// says so, they are given their places first, as some may have them already.
pub(crate) fn take(
    folder: &Path,
    publish: impl Fn(&Unfinished) -> bool,
) -> Result<(Workplace, Result<Option<Unfinished>, String>), WriteError> {
    let workplace = Workplace::take(folder)?;
    let left = match Workplace::left_in(folder) {
        Ok(left) => left,
        Err(error) => return Ok((workplace, Err(error.to_string()))),
    };
    match left {
        Some(left) if left.ready.is_some() && publish(&left) => {
            // One that is damaged is thrown away with all else that lies there.
            if let (Some(ready), Ok(())) =
                (&left.ready, whole(folder, workplace.path(), &left, false))
            {
                self::publish(folder, &workplace, &left, ready, true)?;
                workplace.clear(|_| false)?;
                return Ok((workplace, Ok(None)));
            }
            Ok((workplace, Ok(Some(left))))
        }
        left => Ok((workplace, Ok(left))),
    }
}

/// Gives all tables that are ready their places. It can be interrupted and gone on with at every step.
pub(crate) fn publish(
    folder: &Path,
    workplace: &Workplace,
    state: &Unfinished,
    ready: &Ready,
    durable: bool,
) -> Result<Vec<PathBuf>, WriteError> {
    let work = workplace.path();
    // Once more, because the run may have taken days.
    let names: Vec<_> = ready.files.iter().map(|file| file.name.clone()).collect();
    let earlier = earlier(folder, Some(state), &names)?;
    // A mixture of two datasets, should it come to that, has no manifest.
    remove(&folder.join(MANIFEST))?;
    let mut places = Vec::new();
    for name in names {
        let (file, place) = (work.join(&ready.folder).join(&name), folder.join(&name));
        let there = |path: &Path| look(path).map_err(|error| WriteError::new(path, error));
        if there(&file)? != Found::Nothing {
            if there(&place)? == Found::Folder {
                remove(&place)?;
            }
            fs::rename(&file, &place).map_err(|error| WriteError::new(&place, error))?;
        }
        places.push(place);
    }
    let stale = |file: &&FileEntry| !ready.files.iter().any(|new| new.name == file.name);
    for file in earlier.iter().filter(stale) {
        remove(&folder.join(&file.name))?;
    }
    put(folder, work, &state.finished(ready.files.clone()), durable)?;
    Ok(places)
}

fn unchanged(folder: &Path, changes: Vec<Change>) -> Result<(), OpenError> {
    match changes.is_empty() {
        true => Ok(()),
        false => Err(OpenError::Changed { folder: folder.to_path_buf(), changes }),
    }
}

/// Checks that all of an unfinished run is there as it was written. Once the tables are joined one
/// after another, the parts' files of those that are whole are gone, and once they are given their
/// places, so are they.
fn whole(
    folder: &Path,
    work: &Path,
    left: &Unfinished,
    partitioned: bool,
) -> Result<(), OpenError> {
    let damaged =
        |path: PathBuf, reason: &str| Err(OpenError::Damaged { path, reason: reason.to_string() });
    let check = |path: PathBuf, file: &FileEntry| match holds(&path, file) {
        Ok(true) => Ok(()),
        Ok(false) => damaged(path, "it is not what was written"),
        Err(error) => damaged(path, &error.to_string()),
    };
    let manifest = work.join(MANIFEST);
    if let Some(problem) = inconsistency(left) {
        return damaged(manifest, problem);
    }
    if let Some(ready) = &left.ready {
        for file in &ready.files {
            let path = work.join(&ready.folder).join(&file.name);
            let place = folder.join(&file.name);
            match look(&path) {
                Ok(Found::Nothing) => check(place, file)?,
                _ => check(path, file)?,
            }
        }
        return Ok(());
    }
    for file in &left.joined {
        check(work.join(JOINED).join(&file.name), file)?;
    }
    let names = left.parts.first().map(|part| part.files.as_slice()).unwrap_or_default();
    for (joined, members) in tables(names, partitioned) {
        if left.joined.iter().any(|file| file.name == joined) {
            continue;
        }
        for part in &left.parts {
            let part_folder = work.join(&part.name);
            for &at in &members {
                check(part_folder.join(&part.files[at].name), &part.files[at])?;
            }
        }
    }
    // Small, and gone with the tables whose partitions they tell.
    for part in left.parts.iter().filter(|_| left.joined.is_empty()) {
        for file in &part.slices {
            check(work.join(&part.name).join(&file.name), file)?;
        }
    }
    Ok(())
}

/// What in the manifest of an unfinished run does not go together, if anything does not.
fn inconsistency(left: &Unfinished) -> Option<&'static str> {
    let first = left.parts.first()?;
    for (number, part) in left.parts.iter().enumerate() {
        if part.name != part_name(number) {
            return Some("its parts do not follow one another");
        }
        let names =
            |part: &PartEntry| part.files.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
        if !are_places(&part.files) || names(part) != names(first) {
            return Some("a part lists other files than it can have");
        }
        let rows = |table: &str, wanted: u64| {
            let of = |file: &&FileEntry| file.name.split('.').next() == Some(table);
            part.files.iter().filter(of).all(|file| file.rows == wanted)
        };
        let Counts { documents, .. } = part.counts;
        let is_dataset = left.kind == Kind::Dataset;
        if is_dataset && !(rows("documents", documents) && rows("records", documents)) {
            return Some("the rows of a part are not those that it has counted");
        }
        let slices = |file: &FileEntry| {
            part.files.iter().any(|table| super::part::slices_name(&table.name) == file.name)
        };
        if !part.slices.iter().all(slices) {
            return Some("a part lists other files than it can have");
        }
    }
    if !are_places(&left.joined) {
        return Some("it lists tables that no dataset has");
    }
    if let Some(ready) = &left.ready {
        let known = ready.folder == JOINED || (left.parts.len() == 1 && ready.folder == first.name);
        if !known || !are_places(&ready.files) || !are_places(&ready.earlier) {
            return Some("it lists tables that no dataset has");
        }
    }
    None
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

//! The manifests of a dataset: what a run is of, how far it has come, what it has written.
//!
//! [`Unfinished`] lies beside the parts of a run that goes on and says which of them are whole;
//! [`Manifest`] lies beside the tables and says that they are all there is. Both are
//! `manifest.json`; neither holds times or anything of the machine, so that the same run writes the
//! same bytes whenever it ends.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use nukil_types::Document;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::WriteError;
use super::ours::{Found, holds, is_place, look, measure, refused};
use super::part::file_name;
use super::record::SCHEMA;
use super::staged::{StagedFile, sync_folder};
use crate::Failure;
use crate::digest::Digest;
use crate::read::{Fingerprint, InputMark};

/// Name of every manifest.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What a run is of: whatever of it decides which bytes come out. A run can go on only as what it
/// began as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunDescription {
    /// Name and version of the program.
    pub program: String,
    /// The options, by name, as a person reads them; files that they name with a digest.
    pub options: BTreeMap<String, String>,
    /// The input, from outside.
    pub input: Fingerprint,
}

/// What a run, or a part of it, has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents in the tables.
    pub documents: u64,
    /// Documents and files that failed, in `failures`.
    pub failures: u64,
    /// Further rows of `failures`: kinds of files that lie in the input and are not read.
    pub unread: u64,
    /// Documents that were not looked into.
    pub skipped: u64,
    /// Documents whose text was cut.
    pub truncated: u64,
    /// Documents with characters that could not be decoded.
    pub damaged: u64,
    /// How many such characters there are.
    pub replaced: u64,
}

impl Counts {
    /// Counts one document.
    pub fn add(&mut self, document: &Document) {
        let replaced = document.replacement_characters() as u64;
        self.documents += 1;
        self.skipped += u64::from(document.skipped.is_some());
        self.truncated += u64::from(document.truncated);
        self.damaged += u64::from(replaced > 0);
        self.replaced += replaced;
    }

    /// Counts one row of `failures`.
    pub fn fail(&mut self, failure: &Failure) {
        match failure.stage == Failure::INPUT {
            true => self.unread += 1,
            false => self.failures += 1,
        }
    }

    /// Documents and rows of `failures`.
    pub fn items(&self) -> u64 {
        self.documents + self.failures + self.unread
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.documents += other.documents;
        self.failures += other.failures;
        self.unread += other.unread;
        self.skipped += other.skipped;
        self.truncated += other.truncated;
        self.damaged += other.damaged;
        self.replaced += other.replaced;
    }
}

/// A file of a part or a dataset, or the folder of a partitioned table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name below the dataset folder: `mentions.csv`, or `mentions` for a partitioned table.
    pub name: String,
    /// Rows or records, without the header row.
    pub rows: u64,
    /// Size; that of all files below a folder.
    pub bytes: u64,
    /// Digest of what it holds; of a folder, of all files below it and their names. By it the next
    /// run knows a table that is still as it was written.
    pub digest: Digest,
}

impl FileEntry {
    /// The entry of what lies at a path. Only the bytes below `path` are read; the rows are given.
    pub(crate) fn of(path: &Path, rows: u64) -> Result<Self, WriteError> {
        let (bytes, digest) = measure(path).map_err(|error| WriteError::new(path, error))?;
        Ok(FileEntry { name: file_name(path), rows, bytes, digest })
    }
}

/// What wrote a dataset: the mark by which a manifest of this program is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// All tables, by `nukil extract`.
    #[serde(rename = "nukil dataset")]
    Dataset,
    /// Those of keywords alone, by `nukil keywords`.
    #[serde(rename = "nukil keywords")]
    Keywords,
}

/// The manifest of a finished dataset, `manifest.json` beside its tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What wrote it.
    pub kind: Kind,
    /// [`SCHEMA`] of the program that wrote the dataset.
    pub schema: u32,
    /// Name and version of that program.
    pub program: String,
    /// True; a dataset that is not complete has no manifest.
    pub complete: bool,
    /// [`RunDescription::options`] of the run.
    pub options: BTreeMap<String, String>,
    /// All that was read.
    pub input: InputMark,
    /// What was counted.
    pub counts: Counts,
    /// The files of the dataset.
    pub files: Vec<FileEntry>,
}

impl Manifest {
    /// The manifest in a dataset folder, if there is one that this program understands.
    pub fn read(folder: &Path) -> Option<Manifest> {
        Manifest::find(folder).ok().flatten()
    }

    /// As [`Manifest::read`]; what lies in its place and is none is an error.
    pub(crate) fn find(folder: &Path) -> Result<Option<Manifest>, WriteError> {
        let path = folder.join(MANIFEST);
        let failed = |error| WriteError::new(&path, error);
        match look(&path).map_err(failed)? {
            Found::Nothing => return Ok(None),
            Found::File => {}
            Found::Folder | Found::Other => return Err(refused(&path, FOREIGN)),
        }
        let Ok(Some(found)) = read::<Manifest>(&path) else {
            return Err(match Manifest::schema_in(folder) {
                Some(schema) if schema != SCHEMA => {
                    let reason = format!(
                        "the dataset there has schema {schema}, and this program writes schema \
                         {SCHEMA}"
                    );
                    refused(folder, &reason)
                }
                _ => refused(&path, FOREIGN),
            });
        };
        // One of another schema may mean something else by the same names.
        let ours = found.complete && found.schema == SCHEMA;
        match ours && are_places(&found.files) {
            true => Ok(Some(found)),
            false => Err(refused(&path, FOREIGN)),
        }
    }

    /// The schema of the dataset in a folder, if there is one.
    pub(crate) fn schema_in(folder: &Path) -> Option<u32> {
        /// What manifests of all schemas have.
        #[derive(Deserialize)]
        struct AnySchema {
            schema: u32,
            program: String,
        }
        let path = folder.join(MANIFEST);
        if look(&path).ok()? != Found::File {
            return None;
        }
        let found: AnySchema = read(&path).ok().flatten()?;
        found.program.starts_with("nukil ").then_some(found.schema)
    }

    /// Whether all files are there, as they were written.
    pub(crate) fn is_whole(&self, folder: &Path) -> bool {
        self.files.iter().all(|file| holds(&folder.join(&file.name), file).unwrap_or(false))
    }
}

/// What is said of a manifest that is none.
const FOREIGN: &str = "this program has not written what is there";

/// Whether all entries have names of tables, and no two the same.
pub(crate) fn are_places(files: &[FileEntry]) -> bool {
    let mut names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    names.sort_unstable();
    names.iter().all(|name| is_place(name)) && names.windows(2).all(|pair| pair[0] != pair[1])
}

/// The manifest of a run that has not ended, among its parts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Unfinished {
    /// What writes it.
    pub kind: Kind,
    /// [`SCHEMA`] of the program.
    pub schema: u32,
    /// The run's description, field by field.
    pub program: String,
    pub options: BTreeMap<String, String>,
    pub input: Fingerprint,
    /// The parts that are whole, in order.
    pub parts: Vec<PartEntry>,
    /// Whether they are all there will be.
    pub read_whole: bool,
    /// Tables that are joined. The parts' files of these may be gone.
    pub joined: Vec<FileEntry>,
    /// Where the files of the dataset lie once they wait only for their places.
    pub ready: Option<Ready>,
}

/// A part that is whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PartEntry {
    /// Its folder.
    pub name: String,
    /// The input up to its end, earlier parts included.
    pub read: InputMark,
    /// What it has counted.
    pub counts: Counts,
    /// Its files, those of every part in the same order.
    pub files: Vec<FileEntry>,
    /// The files that say where the partitions of its tables stand.
    pub slices: Vec<FileEntry>,
}

/// A dataset of which every file is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ready {
    /// Folder that the files are moved out of.
    pub folder: String,
    /// The files.
    pub files: Vec<FileEntry>,
    /// Tables of an earlier dataset, which they take the place of.
    pub earlier: Vec<FileEntry>,
}

impl Unfinished {
    pub fn new(kind: Kind, run: RunDescription) -> Self {
        let RunDescription { program, options, input } = run;
        Unfinished {
            kind,
            schema: SCHEMA,
            program,
            options,
            input,
            parts: Vec::new(),
            read_whole: false,
            joined: Vec::new(),
            ready: None,
        }
    }

    /// How far the input was read at the end of the last whole part.
    pub fn read(&self) -> InputMark {
        self.parts.last().map(|part| part.read).unwrap_or_default()
    }

    /// What all whole parts have counted.
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        self.parts.iter().for_each(|part| all += part.counts);
        all
    }

    /// The manifest of the dataset that comes of these parts.
    pub fn finished(&self, files: Vec<FileEntry>) -> Manifest {
        Manifest {
            kind: self.kind,
            schema: self.schema,
            program: self.program.clone(),
            complete: true,
            options: self.options.clone(),
            input: self.read(),
            counts: self.counts(),
            files,
        }
    }
}

/// Something that is not what it was when a run began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The name of an option, `version` or `input`.
    pub what: String,
    /// What it was then.
    pub then: String,
    /// What it is now.
    pub now: String,
}

/// `--keywords: 10 then, 5 now`
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} then, {} now", self.what, self.then, self.now)
    }
}

/// That an earlier run wrote another schema, if it did.
pub(crate) fn schema_change(then: u32) -> Option<Change> {
    let (what, then_words, now) = ("schema".to_string(), then.to_string(), SCHEMA.to_string());
    (then != SCHEMA).then_some(Change { what, then: then_words, now })
}

/// In what `now` differs from the program and options of an earlier run.
pub(crate) fn changes(
    program: &str,
    options: &BTreeMap<String, String>,
    now: &RunDescription,
) -> Vec<Change> {
    let mut changes = Vec::new();
    if program != now.program {
        let (then, now) = (program.to_string(), now.program.clone());
        changes.push(Change { what: "version".to_string(), then, now });
    }
    let mut names: Vec<&String> = options.keys().chain(now.options.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let value = |options: &BTreeMap<String, String>, name: &str| {
        options.get(name).map_or_else(|| "not given".to_string(), Clone::clone)
    };
    for name in names {
        if options.get(name) != now.options.get(name) {
            let (then, now) = (value(options, name), value(&now.options, name));
            changes.push(Change { what: name.clone(), then, now });
        }
    }
    changes
}

/// That the files of the input are others, if they are.
pub(crate) fn input_change(then: &Fingerprint, now: &Fingerprint) -> Option<Change> {
    let words = |input: &Fingerprint| {
        let Fingerprint { files, bytes, digest } = input;
        let plural = if *files == 1 { "" } else { "s" };
        format!("{files} file{plural} of {bytes} bytes (names, sizes and times {digest})")
    };
    let (what, then_words, now_words) = ("input".to_string(), words(then), words(now));
    (then != now).then_some(Change { what, then: then_words, now: now_words })
}

/// Most bytes of a manifest that are read. One of a million parts is smaller.
const LONGEST: u64 = 1 << 30;

/// The manifest at `path`, or nothing where there is none.
pub(crate) fn read<M: DeserializeOwned>(path: &Path) -> io::Result<Option<M>> {
    match File::open(path) {
        Ok(file) => {
            let file = BufReader::new(file.take(LONGEST));
            serde_json::from_reader(file).map(Some).map_err(io::Error::from)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a manifest in place of the one in `folder`: whoever looks sees the one or the other. It is
/// staged in `staging`. Where `durable`, it has reached the disk when this returns.
pub(crate) fn put(
    folder: &Path,
    staging: &Path,
    manifest: &impl Serialize,
    durable: bool,
) -> Result<(), WriteError> {
    let file = StagedFile::create_in(staging, folder, MANIFEST)?.complete_json(manifest)?;
    if durable {
        file.sync()?;
    }
    file.rename()?;
    if durable {
        sync_folder(folder);
    }
    Ok(())
}

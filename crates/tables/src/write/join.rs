//! Joins the tables of all parts to those of the dataset.
//!
//! One table after another is written, and the parts' files of it are removed when it is whole, so
//! that a dataset takes little more space than twice its largest table. The manifest of the run lists
//! what is whole, with a digest; a join that was interrupted goes on behind it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use arrow_schema::SchemaRef;
use csv::ByteRecord;

use super::WriteError;
use super::csv_table::{put_cell, write_row};
use super::manifest::{FileEntry, PartEntry};
use super::ours::{Found, NOT_OURS, look, refused, remove_work};
use super::parquet_tables::join::join as join_parquet;
use super::parquet_tables::partitions;
use super::part::{Slice, copy, csv_reader, first_row, is_failures, slices_name};
use super::partition::is_partition;
use super::staged::StagedFile;
use super::workplace::remove;

/// Folder of the joined tables, below that of the parts.
pub(crate) const JOINED: &str = "joined";

/// A stretch of rows of one part's table.
struct Stretch {
    part: usize,
    start: u64,
    end: u64,
}

/// The tables of the parts, those of one name in the dataset together: the name, and the places of
/// the tables among the files of each part.
pub(crate) fn tables(names: &[FileEntry], partitioned: bool) -> Vec<(String, Vec<usize>)> {
    let mut joined: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, FileEntry { name, .. }) in names.iter().enumerate() {
        let target = joined_name(name, partitioned && !is_failures(name));
        match joined.iter_mut().find(|(known, _)| *known == target) {
            // The folder of a table has its partitions in all formats.
            Some((_, members)) => members.push(at),
            None => joined.push((target, vec![at])),
        }
    }
    joined
}

/// Joins the tables of `parts`, folders below `work`, into a folder there. Those of `done` are
/// joined already. `put` is told all that are whenever there is one more; only then the parts' files
/// of it go away.
pub(crate) fn join(
    work: &Path,
    parts: &[PartEntry],
    partitioned: bool,
    done: Vec<FileEntry>,
    mut put: impl FnMut(&[FileEntry]) -> Result<(), WriteError>,
) -> Result<Vec<FileEntry>, WriteError> {
    let folder = work.join(JOINED);
    let failed = |error| WriteError::new(&folder, error);
    match look(&folder).map_err(failed)? {
        Found::Nothing => fs::create_dir(&folder).map_err(failed)?,
        Found::Folder => {}
        Found::File | Found::Other => return Err(refused(&folder, NOT_OURS)),
    }
    // What an earlier try did not bring to its end.
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !done.iter().any(|file| *entry.file_name() == *file.name) {
            remove_work(&entry.path())?;
        }
    }
    let mut files = done;
    // All parts have the same files; those of the first name them.
    let names = parts.first().map(|part| part.files.as_slice()).unwrap_or_default();
    for (joined, members) in tables(names, partitioned) {
        let target = folder.join(&joined);
        let tables = |name: &str| -> Vec<PathBuf> {
            parts.iter().map(|part| work.join(&part.name).join(name)).collect()
        };
        let members: Vec<(usize, &str)> =
            members.into_iter().map(|at| (at, names[at].name.as_str())).collect();
        if !files.iter().any(|file| file.name == joined) {
            if partitioned && !is_failures(&joined) {
                let unfinished = folder.join(format!(".{joined}.part"));
                let error = |error| WriteError::new(&unfinished, error);
                fs::create_dir(&unfinished).map_err(error)?;
                for (_, name) in &members {
                    split_table(&unfinished, name, &tables(name))?;
                }
                fs::rename(&unfinished, &target)
                    .map_err(|error| WriteError::new(&target, error))?;
            } else {
                members
                    .iter()
                    .try_for_each(|(_, name)| join_table(&folder, name, &tables(name)))?;
            }
            let rows = |(at, _): (usize, &str)| parts.iter().map(|part| part.files[at].rows).sum();
            let rows = members.first().copied().map_or(0, rows);
            files.push(FileEntry::of(&target, rows)?);
            put(&files)?;
        }
        for (_, name) in &members {
            for table in tables(name) {
                remove(&table)?;
                remove(&table.with_file_name(slices_name(name)))?;
            }
        }
    }
    Ok(files)
}

/// The name of a table in the dataset folder: that of a file, or of the folder of its partitions.
pub(crate) fn joined_name(table: &str, split: bool) -> String {
    match table.split_once('.') {
        Some((stem, _)) if split => stem.to_string(),
        _ => table.to_string(),
    }
}

/// Joins the whole tables to one file.
fn join_table(folder: &Path, name: &str, tables: &[PathBuf]) -> Result<(), WriteError> {
    let mut file = StagedFile::create(folder, name)?;
    let file = if is_parquet(name) {
        join_parquet(tables, file)?
    } else {
        let table = Joiner::open(name, tables)?;
        table.write(&table.all()?, &mut file)?;
        file.complete()?
    };
    file.sync()?;
    file.rename()?;
    Ok(())
}

/// Joins the rows of each partition to a file in its folder, one partition after another.
fn split_table(folder: &Path, name: &str, tables: &[PathBuf]) -> Result<(), WriteError> {
    let mut split: BTreeMap<String, Vec<Stretch>> = BTreeMap::new();
    for (part, path) in tables.iter().enumerate() {
        let path = path.with_file_name(slices_name(name));
        let listed = File::open(&path).and_then(|file| {
            serde_json::from_reader::<_, Vec<Slice>>(BufReader::new(file)).map_err(io::Error::from)
        });
        for Slice { partition, start, end } in listed.map_err(|it| WriteError::new(&path, it))? {
            split.entry(partition).or_default().push(Stretch { part, start, end });
        }
    }
    let parquet = |stretch: &Stretch| {
        let Stretch { part, start, end } = *stretch;
        partitions::Stretch { path: &tables[part], start, end }
    };
    let joined = if is_parquet(name) {
        // All partitions of a part have its columns: one of each part tells them all.
        let mut told = BTreeMap::new();
        for stretch in split.values().flatten() {
            told.entry(stretch.part).or_insert(stretch);
        }
        Joined::Parquet(partitions::columns(told.into_values().map(parquet))?)
    } else {
        Joined::Text(Joiner::open(name, tables)?)
    };
    for (partition, stretches) in &split {
        let folder = folder.join(partition);
        if !is_partition(partition) {
            return Err(refused(&folder, NOT_OURS));
        }
        fs::create_dir_all(&folder).map_err(|error| WriteError::new(&folder, error))?;
        let mut file = StagedFile::create(&folder, name)?;
        let file = match &joined {
            Joined::Parquet(columns) => {
                partitions::join(stretches.iter().map(parquet), columns, file)?
            }
            Joined::Text(table) => {
                table.write(stretches, &mut file)?;
                file.complete()?
            }
        };
        file.rename()?;
    }
    Ok(())
}

/// What is known of a table before its partitions are joined.
enum Joined<'p> {
    /// The columns of a Parquet table.
    Parquet(SchemaRef),
    /// A table of CSV or JSON Lines.
    Text(Joiner<'p>),
}

fn is_parquet(name: &str) -> bool {
    name.ends_with(".parquet")
}

/// The files of one table in all parts.
struct Joiner<'p> {
    tables: &'p [PathBuf],
    /// Of each part its header row and where the first row behind it begins; none for a file
    /// without header row.
    headers: Vec<(ByteRecord, u64)>,
    /// The columns of the whole table: the parts' own, in the order in which they came up.
    columns: ByteRecord,
}

impl<'p> Joiner<'p> {
    fn open(name: &str, tables: &'p [PathBuf]) -> Result<Self, WriteError> {
        let mut joiner = Joiner { tables, headers: Vec::new(), columns: ByteRecord::new() };
        let mut known: HashSet<Vec<u8>> = HashSet::new();
        if name.ends_with(".csv") {
            for table in tables {
                let error = |error: csv::Error| WriteError::new(table, error.into());
                let file = File::open(table).map_err(|error| WriteError::new(table, error))?;
                let mut reader = csv_reader(file);
                let first = first_row(&mut reader).map_err(error)?;
                let header = reader.byte_headers().map_err(error)?.clone();
                for column in header.iter() {
                    if known.insert(column.to_vec()) {
                        joiner.columns.push_field(column);
                    }
                }
                joiner.headers.push((header, first));
            }
        }
        Ok(joiner)
    }

    /// All rows of all parts.
    fn all(&self) -> Result<Vec<Stretch>, WriteError> {
        let stretch = |(part, path): (usize, &PathBuf)| {
            let start = self.headers.get(part).map_or(0, |(_, first)| *first);
            let there = fs::metadata(path).map_err(|error| WriteError::new(path, error))?;
            let end = there.len();
            Ok(Stretch { part, start, end })
        };
        self.tables.iter().enumerate().map(stretch).collect()
    }

    /// Writes the header row, where there is one, and some rows.
    fn write(&self, stretches: &[Stretch], file: &mut StagedFile) -> Result<(), WriteError> {
        let path = file.path().to_path_buf();
        let failed = |error: csv::Error| WriteError::new(&path, error.into());
        if !self.headers.is_empty() {
            let mut header = Vec::new();
            self.columns.iter().for_each(|column| put_cell(&mut header, column));
            write_row(&mut header, file).map_err(|error| WriteError::new(&path, error))?;
        }
        for &Stretch { part, start, end } in stretches {
            let table = &self.tables[part];
            let mut source = File::open(table).map_err(|error| WriteError::new(table, error))?;
            match self.headers.get(part) {
                Some((header, _)) if *header != self.columns => {
                    self.fill_up(header, &mut source, start, end, file).map_err(failed)?;
                }
                _ => copy(&mut source, start, end, file)
                    .map_err(|error| WriteError::new(&path, error))?,
            }
        }
        Ok(())
    }

    /// Copies rows of a part that does not have all columns.
    fn fill_up(
        &self,
        header: &ByteRecord,
        source: &mut File,
        start: u64,
        end: u64,
        target: &mut impl Write,
    ) -> csv::Result<()> {
        source.seek(SeekFrom::Start(start))?;
        let known: HashMap<&[u8], usize> =
            header.iter().enumerate().map(|(at, column)| (column, at)).collect();
        let places: Vec<Option<usize>> =
            self.columns.iter().map(|column| known.get(column).copied()).collect();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(source.take(end - start));
        let (mut known, mut whole) = (ByteRecord::new(), Vec::new());
        while reader.read_byte_record(&mut known)? {
            for place in &places {
                let cell = place.and_then(|at| known.get(at)).unwrap_or_default();
                put_cell(&mut whole, cell);
            }
            write_row(&mut whole, target)?;
        }
        Ok(())
    }
}

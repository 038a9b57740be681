//! Readers: from INPUT arguments to a stream of documents.

mod archive;
mod csv;
mod decode;
mod fields;
mod format;
mod further;
mod html;
mod inputs;
mod jsonl;
mod met;
mod open;
mod parquet;
mod pattern;
mod text;
mod trail;
mod unread;
mod walk;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use nukil_types::{Document, Fields, guarded};

use self::archive::Archive;
use self::fields::{Problem, Row, Rows};
use self::further::Further;
use self::inputs::{InputFile, Inputs, relative_id};
use self::met::Met;
use self::open::Unpacked;
use crate::{Failure, Limits};

pub use self::decode::Charset;
pub use self::format::InputFormat;
pub use self::trail::{Fingerprint, InputMark, InputTrail};
pub use self::unread::Unread;

/// How inputs are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format of all inputs; where it is nothing, each file goes by its extension, then by
    /// its content. Of a folder only files with an extension of the format are read.
    pub format: Option<InputFormat>,
    /// Names of the columns of tabular input.
    pub fields: Fields,
    /// The encoding of all inputs; where it is nothing, each is UTF-8, UTF-16 or windows-1252 by
    /// its bytes.
    pub charset: Option<Charset>,
    /// How large a piece of input may be.
    pub limits: Limits,
    /// The dataset folder that the run writes to, whose tables are then no input.
    pub output: Option<PathBuf>,
}

/// The documents of a list of inputs, one after another in a fixed order.
///
/// A file is text, a page, a table, or a tar archive of such files, which is read from its first
/// file to its last. One file is open at a time and one document in memory. An item is a [`Failure`] where a file
/// or a document could not be read; reading goes on behind it.
///
/// # Identifiers
///
/// A row's own id is kept as it is. A row without one gets its position in its file, counted
/// from 1. A text file gets its name without the extension, with the path below the folder that
/// was walked, or with its path in its archive: `2024/banjir` for `berita/2024/banjir.txt` where
/// `berita` was the INPUT, and for `arsip.tar:2024/banjir.txt`, as the source of a file in an archive
/// is written. An identifier of the latter two kinds that the run has already met is replaced by one that names
/// the whole source (`lain/banjir.txt`; `b.jsonl:1`), numbered (`#2`) where even that was met.
/// So only ids of the input itself can come twice; [`Reader::repeated_ids`] counts those.
///
/// ```
/// use std::io::Write;
/// use nukil_tables::{Reader, ReadOptions};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("berita.jsonl");
/// std::fs::write(&path, "{\"text\": \"Banjir merendam Demak.\", \"rubrik\": \"daerah\"}\n")?;
///
/// let mut reader = Reader::new(vec![path], ReadOptions::default());
/// let document = reader.next().unwrap()?;
/// assert_eq!(document.id, "1");
/// assert_eq!(document.text, "Banjir merendam Demak.");
/// assert_eq!(document.extra, [("rubrik".to_string(), "daerah".to_string())]);
/// assert!(reader.next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reader {
    inputs: Inputs,
    options: ReadOptions,
    current: Option<(InputFile, Rows)>,
    /// The archive that is open; `current` is of it then.
    archive: Option<(InputFile, Archive)>,
    met: Met,
    /// Of an identifier that was given again the last number that it got.
    counts: HashMap<String, u64>,
    repeated_ids: u64,
    further: Further,
    bytes_read: Arc<AtomicU64>,
}

impl Reader {
    /// A reader of `inputs`: files, folders, globs, or `-` for standard input. Nothing is opened
    /// before the first document is asked for.
    pub fn new(inputs: Vec<PathBuf>, options: ReadOptions) -> Self {
        Reader {
            inputs: Inputs::new(inputs, &options),
            options,
            current: None,
            archive: None,
            met: Met::new(),
            counts: HashMap::new(),
            repeated_ids: 0,
            further: Further::default(),
            bytes_read: Arc::default(),
        }
    }

    /// Bytes of files read so far, before decompression; to be compared with [`total_bytes`].
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// The files of folders and archives so far that are of no kind that is read.
    pub fn unread(&self) -> &Unread {
        &self.inputs.unread
    }

    /// How many documents so far came with an id that was already in use.
    pub fn repeated_ids(&self) -> u64 {
        self.repeated_ids
    }

    /// The identifier of a row.
    fn row_id(&mut self, file: &InputFile, row: &mut Row) -> String {
        if let Some(id) = row.id.take() {
            self.repeated_ids += u64::from(!self.met.insert(&id));
            return id;
        }
        let id = row.position.to_string();
        if self.met.insert(&id) {
            id
        } else {
            self.unused(format!("{}:{}", file.source, row.position))
        }
    }

    /// The identifier of a text file or a page.
    fn text_id(&mut self, file: &InputFile) -> String {
        if self.met.insert(&file.id) { file.id.clone() } else { self.unused(file.source.clone()) }
    }

    /// `id`, numbered where it is in use.
    fn unused(&mut self, id: String) -> String {
        if self.met.insert(&id) {
            return id;
        }
        let count = self.counts.entry(id.clone()).or_insert(1);
        loop {
            *count += 1;
            let numbered = format!("{id}#{count}");
            if self.met.insert(&numbered) {
                return numbered;
            }
        }
    }

    fn open(&self, file: &InputFile) -> Result<Content, Problem> {
        let path = file.path.as_deref();
        guarded(|| self.content(open::open(path, &self.bytes_read)?, path, path))
            .unwrap_or_else(|defect| Err(Problem::new(defect)))
    }

    /// Opens the next file of the archive that is open; nothing at its end.
    fn open_member(&mut self) -> Option<(InputFile, Result<Content, Problem>)> {
        let (file, mut archive) = self.archive.take()?;
        let Some(member) = archive.next() else {
            let unread = archive.unread();
            if unread.is_empty() {
                return None;
            }
            self.inputs.unread.merge(unread);
            let problem = Problem { stage: Failure::INPUT, ..Problem::new(unread.reason()) };
            return Some((file, Err(problem)));
        };
        match member {
            Ok(member) => {
                let name = Path::new(&member.name);
                let source = format!("{}:{}", file.source, member.name);
                let inside = InputFile { path: None, source, id: relative_id(Path::new(""), name) };
                let content = guarded(|| {
                    let opened = open::unpack(member.content, Some(name))?;
                    self.content(opened, Some(name), None)
                });
                let content = content.unwrap_or_else(|defect| Err(Problem::new(defect)));
                let content = match content {
                    Ok(Content::Archive(_)) => {
                        Err(Problem::new("an archive inside an archive is not read"))
                    }
                    content => content,
                };
                self.archive = Some((file, archive));
                Some((inside, content))
            }
            Err(problem) => {
                self.archive = Some((file.clone(), archive));
                Some((file, Err(problem)))
            }
        }
    }

    /// What an opened file of that name holds. It is at `path`, unless it is part of an archive or
    /// comes from standard input.
    fn content(
        &self,
        opened: Unpacked,
        name: Option<&Path>,
        path: Option<&Path>,
    ) -> Result<Content, Problem> {
        // Before the bytes are taken for text: the zeros in an archive are no other encoding.
        let named = name.is_some_and(format::names_archive) && !opened.head.is_empty();
        if named || archive::is_archive(&opened.head) {
            let archive = Archive::new(opened.into_stream(), self.options.format);
            return Ok(Content::Archive(archive));
        }
        let format = |head: &[u8]| {
            let known = self.options.format.or_else(|| name.and_then(format::by_extension));
            known.unwrap_or_else(|| format::by_content(head, &self.options.fields))
        };
        // Nor are those in a Parquet file.
        let opened = match format(&opened.head) {
            InputFormat::Parquet => opened.undecoded(),
            _ => opened.decode(self.options.charset)?,
        };
        if opened.head.is_empty() {
            return Err(Problem::new("empty file"));
        }
        let format = format(&opened.head);
        if format != InputFormat::Parquet
            && let Some(at) = opened.head.iter().position(|&byte| byte == 0)
        {
            return Err(text::binary(opened.offset + at));
        }
        let ReadOptions { fields, limits, .. } = &self.options;
        match format {
            InputFormat::Text => Ok(Content::Text(Box::new(text::read(opened, limits)?))),
            InputFormat::Html => Ok(Content::Text(Box::new(html::read(opened, limits)?))),
            InputFormat::JsonLines => {
                let stream = opened.into_stream();
                let rows = jsonl::JsonLines::new(stream, fields.clone(), *limits);
                Ok(Content::Rows(Box::new(rows)))
            }
            InputFormat::Csv => {
                let head = opened.head.clone();
                let rows = csv::Csv::new(&head, opened.into_stream(), fields, *limits)?;
                Ok(Content::Rows(Box::new(rows)))
            }
            InputFormat::Parquet => {
                let rows = parquet::open(opened, path, &self.bytes_read, fields, *limits)?;
                Ok(Content::Rows(Box::new(rows)))
            }
        }
    }
}

/// What an opened file holds: one document, rows of them, or files.
enum Content {
    Text(Box<Row>),
    Rows(Rows),
    Archive(Archive),
}

fn document(file: &InputFile, id: String, row: Row) -> Document {
    Document {
        id,
        source: file.source.clone(),
        text: row.text,
        page: row.page,
        truncated: row.truncated,
        extra: row.extra,
        title: row.title,
        published: row.date,
        ..Document::default()
    }
}

fn failure(file: &InputFile, problem: Problem) -> Failure {
    let Problem { doc_id, stage, reason } = problem;
    Failure { doc_id, stage: stage.to_string(), ..Failure::read(&file.source, reason) }
}

impl Iterator for Reader {
    type Item = Result<Document, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((file, mut rows)) = self.current.take() {
                let row = guarded(|| rows.next()).unwrap_or_else(|defect| {
                    rows = Box::new(std::iter::empty());
                    let reason = format!("{defect}; the rest of the file is not read");
                    Some(Err(Problem::new(reason)))
                });
                match row {
                    Some(Ok(mut row)) => {
                        let id = self.row_id(&file, &mut row);
                        self.further.gather(&mut row.extra);
                        let document = document(&file, id, row);
                        self.current = Some((file, rows));
                        return Some(Ok(document));
                    }
                    Some(Err(problem)) => {
                        let failure = failure(&file, problem);
                        self.current = Some((file, rows));
                        return Some(Err(failure));
                    }
                    None => {}
                }
            }
            let (file, content) = match self.open_member() {
                Some(member) => member,
                None => match self.inputs.next()? {
                    Ok(file) => {
                        let content = self.open(&file);
                        (file, content)
                    }
                    Err(failure) => return Some(Err(failure)),
                },
            };
            match content {
                Ok(Content::Text(row)) => {
                    let id = self.text_id(&file);
                    return Some(Ok(document(&file, id, *row)));
                }
                Ok(Content::Rows(rows)) => self.current = Some((file, rows)),
                Ok(Content::Archive(archive)) => self.archive = Some((file, archive)),
                Err(problem) => return Some(Err(failure(&file, problem))),
            }
        }
    }
}

/// Size of all files that a [`Reader`] of the same inputs will read, or nothing where standard
/// input is among them. What cannot be read counts for nothing.
pub fn total_bytes(inputs: Vec<PathBuf>, options: &ReadOptions) -> Option<u64> {
    let mut total = 0;
    for file in Inputs::new(inputs, options).flatten() {
        total += fs::metadata(file.path?).map_or(0, |metadata| metadata.len());
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_reader_costs_the_rest_of_its_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.txt");
        fs::write(&path, "Hujan turun di Demak.").unwrap();
        let mut reader = Reader::new(vec![path], ReadOptions::default());
        let file = InputFile { path: None, source: "a.csv".to_string(), id: "a".to_string() };
        let rows = (0..3).map(|at| match at {
            1 => panic!("rusak"),
            _ => Ok(Row { position: 1, text: "Banjir.".to_string(), ..Row::default() }),
        });
        reader.current = Some((file, Box::new(rows)));
        let read: Vec<_> = reader.map(|item| item.map(|document| document.id)).collect();
        assert_eq!(read.len(), 3);
        assert_eq!(read[0], Ok("1".to_string()));
        let defect = "a.csv: internal error: rusak; the rest of the file is not read";
        assert_eq!(read[1].as_ref().unwrap_err().to_string(), defect);
        assert_eq!(read[2], Ok("b".to_string()));
    }
}

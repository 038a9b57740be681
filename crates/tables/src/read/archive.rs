//! A tar archive: files one after another in a stream, each of which is read as it would be by
//! itself.
//!
//! The headers are read by the crate `tar`, which lends out each file only as long as its archive
//! stays borrowed; a table in an archive, however, is read row by row between other calls. So the
//! crate is shown one header at a time, and the bytes of the file behind it are counted out here.

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tar::EntryType;

use super::fields::Problem;
use super::format::{self, InputFormat};
use super::inputs::READABLE;
use super::open::{Stream, reason};
use super::unread::Unread;

/// Files fill whole blocks.
const BLOCK: u64 = 512;
/// Most bytes of a file's header with its extensions, which hold a long name or what a file system
/// knows of the file. What is longer is damage, or made to fill memory.
const HEADER: u64 = 1 << 20;

/// Whether these first bytes are those of an archive: the magic number of its first header, which
/// all programs have written since POSIX.1-1988.
pub(crate) fn is_archive(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// The files of an archive, in its order.
pub(crate) struct Archive {
    shared: Arc<Mutex<Shared>>,
    format: Option<InputFormat>,
    found: bool,
    /// Files so far that are not read, until they are told.
    unread: Unread,
}

/// What the archive and the file that is being read out of it share.
struct Shared {
    stream: Stream,
    /// Bytes of the present file that are still to come.
    left: u64,
    /// Bytes behind it, up to the end of its last block.
    padding: u64,
    /// Whether the stream has come to its end, in order or not.
    ended: bool,
}

/// A file in an archive.
pub(crate) struct Member {
    /// Its path, with slashes.
    pub name: String,
    /// Its bytes; those that are not read before the next file is asked for are passed over.
    pub content: MemberBytes,
}

/// The bytes of a file in an archive.
pub(crate) struct MemberBytes(Arc<Mutex<Shared>>);

impl Archive {
    /// The archive that `stream` holds from its first byte on. Of its files those are given that a
    /// folder would give: with an extension of `format`, or of any where that is nothing, hidden
    /// files and those in hidden folders left out.
    pub fn new(stream: Stream, format: Option<InputFormat>) -> Self {
        let shared = Shared { stream, left: 0, padding: 0, ended: false };
        Archive {
            shared: Arc::new(Mutex::new(shared)),
            format,
            found: false,
            unread: Unread::default(),
        }
    }

    /// The next file to read. Behind damage that hides where the next file begins there is none.
    pub fn next(&mut self) -> Option<Result<Member, Problem>> {
        loop {
            let header = match lock(&self.shared).next_header() {
                Ok(Some(header)) => header,
                Ok(None) if self.found => return None,
                Ok(None) => {
                    self.found = true;
                    let reason = format!("no file to read in this archive ({READABLE})");
                    return Some(Err(Problem::new(reason)));
                }
                Err(error) => {
                    self.found = true;
                    return Some(Err(damaged(&error)));
                }
            };
            let Some(name) = visible(&header.path) else { continue };
            let wanted = format::wanted(Path::new(&name), self.format);
            match header.kind {
                EntryType::Regular
                | EntryType::Continuous
                | EntryType::GNUSparse
                | EntryType::Link
                | EntryType::Symlink
                    if !wanted =>
                {
                    self.unread.add(Path::new(&name));
                }
                EntryType::Regular | EntryType::Continuous => {
                    self.found = true;
                    let content = MemberBytes(Arc::clone(&self.shared));
                    return Some(Ok(Member { name, content }));
                }
                EntryType::GNUSparse => {
                    self.found = true;
                    let reason = format!("{name}: a file with holes is not read out of an archive");
                    return Some(Err(Problem::new(reason)));
                }
                EntryType::Link | EntryType::Symlink => {
                    self.found = true;
                    let target = String::from_utf8_lossy(&header.target);
                    let reason = format!(
                        "{name}: a link to {target}, which is not followed in an archive; a file of \
                         it is read under its own name"
                    );
                    return Some(Err(Problem::new(reason)));
                }
                EntryType::Block | EntryType::Char | EntryType::Fifo => self.unread.add_special(),
                // Folders, and notes on the archive.
                _ => {}
            }
        }
    }

    /// The files that are not read, once all have been met.
    pub fn unread(&self) -> &Unread {
        &self.unread
    }
}

/// What is needed of a header.
struct Header {
    path: Vec<u8>,
    kind: EntryType,
    /// What a link leads to.
    target: Vec<u8>,
}

impl Shared {
    /// Passes over what is left of the present file and reads the next header; nothing at the end
    /// of the archive.
    fn next_header(&mut self) -> io::Result<Option<Header>> {
        if self.ended {
            return Ok(None);
        }
        let header = self.read_header();
        self.ended = !matches!(header, Ok(Some(_)));
        header
    }

    fn read_header(&mut self) -> io::Result<Option<Header>> {
        let (left, padding) = (std::mem::take(&mut self.left), std::mem::take(&mut self.padding));
        let left = left.saturating_add(padding);
        if io::copy(&mut (&mut self.stream).take(left), &mut io::sink())? < left {
            return Err(too_short());
        }
        // Behind the zeros that end an archive another may follow.
        let Some(block) = self.next_block()? else { return Ok(None) };
        let mut archive = tar::Archive::new(block.chain(&mut self.stream).take(HEADER));
        match archive.entries()?.next() {
            Some(entry) => {
                let entry = entry?;
                let kind = entry.header().entry_type();
                // Of a file with holes the size is what it would take without the archive.
                self.left = match kind {
                    EntryType::GNUSparse => entry.header().entry_size()?,
                    _ => entry.size(),
                };
                self.padding = self.left.wrapping_neg() % BLOCK;
                let target = entry.link_name_bytes().map_or(Vec::new(), |it| it.into_owned());
                Ok(Some(Header { path: entry.path_bytes().into_owned(), kind, target }))
            }
            None => Err(too_short()),
        }
    }

    /// The next block that is not all zeros; nothing at the end, which is also that of what
    /// compresses the archive, with its checksum.
    fn next_block(&mut self) -> io::Result<Option<Cursor<Vec<u8>>>> {
        loop {
            let mut block = Vec::new();
            (&mut self.stream).take(BLOCK).read_to_end(&mut block)?;
            if block.iter().any(|&byte| byte != 0) {
                return Ok(Some(Cursor::new(block)));
            }
            if block.len() < BLOCK as usize {
                return Ok(None);
            }
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        if most == 0 {
            return Ok(0);
        }
        if self.ended {
            return Err(too_short());
        }
        let read = match self.stream.read(&mut buffer[..most]) {
            Ok(0) => Err(too_short()),
            read => read,
        };
        match read {
            Ok(read) => self.left -= read as u64,
            Err(ref error) if error.kind() == io::ErrorKind::Interrupted => {}
            // The reader of the file tells of it; nothing is known of what is behind.
            Err(_) => self.ended = true,
        }
        read
    }
}

impl Read for MemberBytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        lock(&self.0).read(buffer)
    }
}

/// Archive and file are read in turns, by one thread: nobody waits here.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn too_short() -> io::Error {
    io::Error::other("the archive ends in the middle of a file")
}

fn damaged(error: &io::Error) -> Problem {
    Problem::new(match error.kind() {
        io::ErrorKind::UnexpectedEof => reason(error),
        _ => format!("damaged archive: {error}"),
    })
}

/// The path of a file with nothing but slashes between its parts, unless one of these is hidden or
/// it is no file's. Programs write `./` in front, and macOS puts beside every file a hidden `._`
/// file with what it knows of it.
fn visible(path: &[u8]) -> Option<String> {
    let path = String::from_utf8_lossy(path);
    let mut name = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part.starts_with('.') && part != ".." {
            return None;
        }
        if !name.is_empty() {
            name.push('/');
        }
        name.push_str(part);
    }
    // Archives older than POSIX mark folders by nothing else.
    (!name.is_empty() && !path.ends_with('/')).then_some(name)
}

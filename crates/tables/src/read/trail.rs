//! What is kept of an input that was read, so that a later run knows whether it reads the same.

use std::fs;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use nukil_types::Document;
use serde::{Deserialize, Serialize};

use super::ReadOptions;
use super::inputs::Inputs;
use crate::Failure;
use crate::digest::{Digest, Digester};

/// How far an input has been read, and a digest of all that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputMark {
    /// Documents and failures, which a [`crate::Reader`] gives in one stream.
    pub items: u64,
    /// Digest of all of them, as they were read.
    pub digest: Digest,
}

/// Follows the items of a reader and gives a mark wherever one is wanted.
///
/// ```
/// use nukil_tables::{InputTrail, ReadOptions, Reader};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("berita.jsonl");
/// let read = |text: &str| -> std::io::Result<_> {
///     std::fs::write(&path, format!("{{\"text\": \"{text}\"}}\n"))?;
///     let mut trail = InputTrail::default();
///     Reader::new(vec![path.clone()], ReadOptions::default()).for_each(|item| trail.add(&item));
///     Ok(trail.mark())
/// };
/// let first = read("Banjir di Demak.")?;
/// assert_eq!(first.items, 1);
/// assert_eq!(read("Banjir di Demak.")?, first);
/// assert_ne!(read("Banjir di Kudus.")?, first);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct InputTrail {
    digester: Digester,
    items: u64,
}

impl InputTrail {
    /// Adds an item as the reader gave it, before any stage has been over it.
    pub fn add(&mut self, item: &Result<Document, Failure>) {
        self.items += 1;
        let digester = &mut self.digester;
        match item {
            Ok(document) => {
                digester.bytes(b"document");
                digester.bytes(document.id.as_bytes());
                digester.bytes(document.source.as_bytes());
                digester.bytes(document.text.as_bytes());
                digester.optional(document.page.as_deref());
                digester.optional(document.title.as_deref().map(str::as_bytes));
                digester.optional(document.published.as_deref().map(str::as_bytes));
                digester.number(u64::from(document.truncated));
                digester.number(document.extra.len() as u64);
                for (name, cell) in &document.extra {
                    digester.bytes(name.as_bytes());
                    digester.bytes(cell.as_bytes());
                }
            }
            Err(failure) => {
                digester.bytes(b"failure");
                digester.bytes(failure.source.as_bytes());
                digester.optional(failure.doc_id.as_deref().map(str::as_bytes));
                digester.bytes(failure.stage.as_bytes());
                digester.bytes(failure.reason.as_bytes());
            }
        }
    }

    /// How many items were added.
    pub fn items(&self) -> u64 {
        self.items
    }

    /// The mark behind all items so far.
    pub fn mark(&self) -> InputMark {
        InputMark { items: self.items, digest: self.digester.digest() }
    }
}

/// What the files of an input look like from outside, without reading them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// How many files there are.
    pub files: u64,
    /// Their size together.
    pub bytes: u64,
    /// Digest of path, size and time of change of each, in the order in which they are read.
    pub digest: Digest,
}

impl Fingerprint {
    /// Looks at the files that a [`crate::Reader`] of the same inputs will read. Standard input and
    /// what cannot be read count by their names.
    pub fn of(inputs: Vec<PathBuf>, options: &ReadOptions) -> Self {
        let mut fingerprint = Fingerprint::default();
        let mut digester = Digester::default();
        for file in Inputs::new(inputs, options) {
            match file {
                Ok(file) => {
                    digester.bytes(file.source.as_bytes());
                    let metadata = file.path.and_then(|path| fs::metadata(path).ok());
                    let Some(metadata) = metadata else { continue };
                    let changed = metadata.modified().ok();
                    let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                    let changed = changed.unwrap_or_default();
                    digester.number(metadata.len());
                    digester.number(changed.as_secs());
                    digester.number(u64::from(changed.subsec_nanos()));
                    fingerprint.files += 1;
                    fingerprint.bytes += metadata.len();
                }
                Err(failure) => digester.bytes(failure.to_string().as_bytes()),
            }
        }
        fingerprint.digest = digester.digest();
        fingerprint
    }
}

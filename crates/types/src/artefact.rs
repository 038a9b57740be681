//! The container of every compiled artefact: magic, format version, digest of the sources, and
//! numbered sections. Opening one checks the frame and copies nothing.
//!
//! Layout, integers little-endian: magic (4 bytes), version (`u32`), digest (`u64`), section
//! count (`u32`), then for each section its length (`u64`), then the sections.

use std::fmt;

use crate::hash::mix;

/// Why bytes are no artefact of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatError {
    /// The bytes do not begin with the wanted magic.
    Foreign {
        /// The magic that was wanted.
        wanted: [u8; 4],
    },
    /// The artefact was made by another version of the program.
    Version {
        /// The version this program reads.
        wanted: u32,
        /// The version found.
        found: u32,
    },
    /// The bytes end before, or go on after, what the frame promises.
    Length,
    /// A section does not hold what it should.
    Section(&'static str),
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormatError::Foreign { wanted } => {
                write!(f, "not a {} artefact", String::from_utf8_lossy(wanted))
            }
            FormatError::Version { wanted, found } => {
                write!(f, "artefact of format version {found}; this program reads {wanted}")
            }
            FormatError::Length => f.write_str("artefact is cut short or padded"),
            FormatError::Section(what) => write!(f, "artefact is damaged: {what}"),
        }
    }
}

impl std::error::Error for FormatError {}

/// An opened artefact.
#[derive(Clone, Debug)]
pub struct Artefact<'a> {
    digest: u64,
    sections: Vec<&'a [u8]>,
}

/// Bytes before the table of section lengths.
const HEADER: usize = 20;

impl<'a> Artefact<'a> {
    /// Opens `bytes` as an artefact of the given magic and format version.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are foreign, of another version, or cut short.
    pub fn open(bytes: &'a [u8], magic: [u8; 4], version: u32) -> Result<Self, FormatError> {
        if bytes.get(..4) != Some(&magic[..]) {
            return Err(FormatError::Foreign { wanted: magic });
        }
        let found = read_u32(bytes, 4).ok_or(FormatError::Length)?;
        if found != version {
            return Err(FormatError::Version { wanted: version, found });
        }
        let digest = read_u64(bytes, 8).ok_or(FormatError::Length)?;
        let count = read_u32(bytes, 16).ok_or(FormatError::Length)? as usize;
        let mut at = HEADER.checked_add(count.checked_mul(8).ok_or(FormatError::Length)?);
        let mut sections = Vec::new();
        for section in 0..count {
            let start = at.ok_or(FormatError::Length)?;
            let length = read_u64(bytes, HEADER + 8 * section).ok_or(FormatError::Length)?;
            let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
            let section = end.and_then(|end| bytes.get(start..end)).ok_or(FormatError::Length)?;
            sections.push(section);
            at = end;
        }
        if at != Some(bytes.len()) {
            return Err(FormatError::Length);
        }
        Ok(Artefact { digest, sections })
    }

    /// Digest of the sources that the artefact was compiled from.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// The section numbered `index`.
    ///
    /// # Errors
    /// [`FormatError::Section`] when there are fewer.
    pub fn section(&self, index: usize) -> Result<&'a [u8], FormatError> {
        self.sections.get(index).copied().ok_or(FormatError::Section("a section is missing"))
    }
}

/// The bytes of an artefact that holds `sections`, compiled from `sources`.
pub fn write(magic: [u8; 4], version: u32, sources: &[&[u8]], sections: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(magic);
    bytes.extend(version.to_le_bytes());
    bytes.extend(digest(sources).to_le_bytes());
    bytes.extend((sections.len() as u32).to_le_bytes());
    for section in sections {
        bytes.extend((section.len() as u64).to_le_bytes());
    }
    for section in sections {
        bytes.extend_from_slice(section);
    }
    bytes
}

/// The digest of the sources of an artefact: the 64-bit FNV-1a hash (Fowler, Noll, Vo) over
/// several byte strings, each followed by a zero byte, so that moving a boundary changes it.
pub fn digest(parts: &[&[u8]]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.iter().chain(&[0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A checksum of the sections of an artefact: it changes whenever a single byte does. Opening an
/// artefact does not check it, because those that are built in cannot be damaged.
pub fn checksum<'b>(sections: impl IntoIterator<Item = &'b [u8]>) -> u64 {
    let mut sum = 0;
    for section in sections {
        sum = mix(sum, section.len() as u64);
        let (words, rest) = section.as_chunks();
        for &word in words {
            sum = mix(sum, u64::from_le_bytes(word));
        }
        for &byte in rest {
            sum = mix(sum, u64::from(byte));
        }
    }
    sum
}

/// The little-endian `u32` at byte `at`.
pub fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// The little-endian `u64` at byte `at`.
pub fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: [u8; 4] = *b"TEST";

    #[test]
    fn sections_come_back() {
        let bytes = write(MAGIC, 1, &[b"sumber"], &[b"satu", b"", b"tiga"]);
        let artefact = Artefact::open(&bytes, MAGIC, 1).unwrap();
        assert_eq!(artefact.section(0).unwrap(), b"satu");
        assert_eq!(artefact.section(1).unwrap(), b"");
        assert_eq!(artefact.section(2).unwrap(), b"tiga");
        assert!(artefact.section(3).is_err());
    }

    #[test]
    fn every_cut_is_an_error() {
        let bytes = write(MAGIC, 1, &[b"sumber"], &[b"satu", b"dua"]);
        for length in 0..bytes.len() {
            assert!(Artefact::open(&bytes[..length], MAGIC, 1).is_err(), "cut at {length}");
        }
        let mut padded = bytes.clone();
        padded.push(0);
        assert_eq!(Artefact::open(&padded, MAGIC, 1).unwrap_err(), FormatError::Length);
    }

    #[test]
    fn foreign_bytes_and_other_versions_are_named() {
        let bytes = write(MAGIC, 2, &[], &[]);
        assert_eq!(
            Artefact::open(&bytes, MAGIC, 1).unwrap_err(),
            FormatError::Version { wanted: 1, found: 2 }
        );
        assert!(matches!(Artefact::open(b"%PDF-1.7", MAGIC, 1), Err(FormatError::Foreign { .. })));
    }
}

//! Digests by which it is known whether something is still what it was.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use twox_hash::xxhash3_128::Hasher;

/// A 128-bit XXH3 digest (Collet, <https://xxhash.com>), written as 32 hexadecimal digits. It tells
/// a change from none, and is no protection against who wants to forge one.
///
/// ```
/// use nukil_tables::Digest;
///
/// let digest = Digest::of("Gempa mengguncang Cianjur.".as_bytes());
/// assert_ne!(digest, Digest::of(b"Gempa mengguncang Garut."));
/// assert_eq!(digest.to_string().len(), 32);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest(u128);

impl Digest {
    /// That of some bytes; `xxhsum -H2` gives the same.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(Hasher::oneshot(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for Digest {
    type Err = std::num::ParseIntError;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(digits, 16).map(Digest)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Makes a digest of fields one after another. Each goes in with its length, so that moving a
/// border between two changes the digest.
#[derive(Clone, Default)]
pub(crate) struct Digester(Hasher);

impl Digester {
    pub fn number(&mut self, number: u64) {
        self.0.write(&number.to_le_bytes());
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.write(bytes);
    }

    /// A piece of a field that is longer than can be held. Its length is to go in behind it, unless
    /// nothing else goes in.
    pub fn piece(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// A field that may be missing, which is not the same as empty.
    pub fn optional(&mut self, bytes: Option<&[u8]>) {
        self.number(u64::from(bytes.is_some()));
        if let Some(bytes) = bytes {
            self.bytes(bytes);
        }
    }

    /// The digest of all fields so far; more may follow.
    pub fn digest(&self) -> Digest {
        Digest(self.0.finish_128())
    }
}

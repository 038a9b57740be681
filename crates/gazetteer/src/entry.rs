//! Entries as fixed-width records over a pool of strings, read on demand.
//!
//! Record, 32 bytes, integers little-endian: offset of the name and of the id in the pool
//! (`u32` each; strings end at a zero byte, offset 0 is "none"), latitude and longitude in
//! ten-thousandths of a degree (`i32`, `i32::MIN` for none), population (`u32`), parent
//! (offset of its id, `u32`), kind (`u8`), two bytes of country code, five bytes unused.

use nukil_types::artefact::{FormatError, read_u32};

use crate::Kind;

/// Number of an entry in the compiled gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(crate) u32);

/// What a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'a> {
    /// The name as the gazetteer writes it.
    pub name: &'a str,
    /// What sort of thing it is.
    pub kind: Kind,
    /// Identifier with its scheme: `kemendagri:32.73`, `iso:AM`, `geonames:5128581`.
    pub id: Option<&'a str>,
    /// Identifier of the place in which it lies.
    pub parent: Option<&'a str>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<&'a str>,
    /// Degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
}

const RECORD: usize = 32;
const DEGREE: f64 = 10_000.0;
const NO_DEGREES: i32 = i32::MIN;

pub(crate) struct Entries<'a> {
    records: &'a [u8],
    pool: &'a str,
}

impl<'a> Entries<'a> {
    pub(crate) fn open(records: &'a [u8], pool: &'a [u8]) -> Result<Self, FormatError> {
        let pool = std::str::from_utf8(pool).map_err(|_| FormatError::Section("strings"))?;
        if !records.len().is_multiple_of(RECORD) {
            return Err(FormatError::Section("entries"));
        }
        Ok(Entries { records, pool })
    }

    /// # Panics
    /// When the gazetteer has no such entry; ids come from the same artefact.
    pub(crate) fn get(&self, id: EntryId) -> Entry<'a> {
        let record = self.record(id);
        let field = |index: usize| read_u32(record, index * 4).unwrap_or(0);
        let latitude = field(2) as i32;
        let longitude = field(3) as i32;
        let country = std::str::from_utf8(&record[25..27]).ok();
        Entry {
            name: self.string(field(0)).unwrap_or(""),
            kind: self.kind(id),
            id: self.string(field(1)),
            parent: self.string(field(5)),
            country: country.filter(|code| *code != "\0\0"),
            coordinates: (latitude != NO_DEGREES)
                .then(|| (f64::from(latitude) / DEGREE, f64::from(longitude) / DEGREE)),
            population: self.population(id),
        }
    }

    /// # Panics
    /// As [`Entries::get`].
    pub(crate) fn identity(&self, id: EntryId) -> &'a str {
        let field = |index: usize| read_u32(self.record(id), index * 4).unwrap_or(0);
        self.string(field(1)).or_else(|| self.string(field(0))).unwrap_or("")
    }

    /// # Panics
    /// As [`Entries::get`].
    pub(crate) fn kind(&self, id: EntryId) -> Kind {
        Kind::decode(self.record(id)[24]).unwrap_or(Kind::Organisation)
    }

    /// # Panics
    /// As [`Entries::get`].
    pub(crate) fn population(&self, id: EntryId) -> u32 {
        read_u32(self.record(id), 16).unwrap_or(0)
    }

    fn record(&self, id: EntryId) -> &'a [u8] {
        &self.records[id.0 as usize * RECORD..][..RECORD]
    }

    fn string(&self, at: u32) -> Option<&'a str> {
        if at == 0 {
            return None;
        }
        let at = at as usize;
        // Most are a few letters long.
        let length = self.pool.as_bytes().get(at..)?.iter().position(|&byte| byte == 0)?;
        self.pool.get(at..at + length)
    }
}

/// Entries being compiled.
pub(crate) struct EntryWriter {
    records: Vec<u8>,
    pool: String,
    known: rustc_hash::FxHashMap<String, u32>,
}

impl EntryWriter {
    pub(crate) fn new() -> Self {
        // The first byte is spent so that no string lies at offset 0, which means "none".
        EntryWriter { records: Vec::new(), pool: "\0".into(), known: Default::default() }
    }

    pub(crate) fn push(&mut self, entry: &Entry<'_>) -> EntryId {
        let id = EntryId((self.records.len() / RECORD) as u32);
        let name = self.intern(Some(entry.name));
        let identifier = self.intern(entry.id);
        let parent = self.intern(entry.parent);
        let degrees = |value: Option<f64>| {
            value.map_or(NO_DEGREES, |degrees| (degrees * DEGREE).round() as i32)
        };
        let latitude = degrees(entry.coordinates.map(|(latitude, _)| latitude));
        let longitude = degrees(entry.coordinates.map(|(_, longitude)| longitude));
        let mut country = [0; 2];
        if let Some(&[first, second]) = entry.country.map(str::as_bytes) {
            country = [first, second];
        }
        for value in [name, identifier, latitude as u32, longitude as u32, entry.population, parent]
        {
            self.records.extend(value.to_le_bytes());
        }
        self.records.push(entry.kind as u8);
        self.records.extend(country);
        self.records.extend([0; 5]);
        id
    }

    pub(crate) fn finish(self) -> (Vec<u8>, Vec<u8>) {
        (self.records, self.pool.into_bytes())
    }

    fn intern(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text else { return 0 };
        if let Some(&at) = self.known.get(text) {
            return at;
        }
        let at = self.pool.len() as u32;
        self.pool.push_str(text);
        self.pool.push('\0');
        self.known.insert(text.to_string(), at);
        at
    }
}

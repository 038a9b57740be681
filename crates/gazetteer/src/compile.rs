//! From the readable sources in `data/` to the artefact that [`crate::Gazetteer`] opens.

use std::collections::{BTreeMap, BTreeSet};

use nukil_types::TextTable;
use nukil_types::artefact;
use nukil_types::facts::{Facts, FactsError, Row};
use nukil_types::hash::text;

use crate::automaton::{build, key};
use crate::by_hash::{self, ByHash};
use crate::cue::{Cue, Order, Part, TitleKind};
use crate::entry::{Entry, EntryWriter};
use crate::words::{BEGINS, NamePart, pack};
use crate::{Kind, MAGIC, Tokenize, VERSION};

/// Bit of a posting: the form that matched has no lower-case letter.
pub(crate) const ACRONYM: u32 = 1 << 31;
/// Bit of a posting: the form that matched is the entry's own name.
pub(crate) const PRIMARY: u32 = 1 << 30;
/// Bits of a posting that number the entry.
pub(crate) const ENTRY: u32 = PRIMARY - 1;

/// The readable sources, each with its name for messages, and its text.
#[derive(Default)]
pub struct Sources<'t> {
    /// Names of places, people and organisations (`name kind aliases id country latitude
    /// longitude population parent`).
    pub names: Vec<(&'t str, &'t str)>,
    /// `form kind takes`
    pub titles: Option<(&'t str, &'t str)>,
    /// `form order`
    pub speech_verbs: Option<(&'t str, &'t str)>,
    /// `form label part kind case`
    pub name_heads: Option<(&'t str, &'t str)>,
    /// `form strength`
    pub place_cues: Option<(&'t str, &'t str)>,
    /// `form kind`
    pub not_names: Option<(&'t str, &'t str)>,
    /// `word count documents lower capital`
    pub words: Option<(&'t str, &'t str)>,
    /// `name class ordinary`
    pub name_parts: Option<(&'t str, &'t str)>,
    /// `affix class`
    pub name_affixes: Option<(&'t str, &'t str)>,
}

/// A source that cannot be compiled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A line that is not as it should be.
    #[error("{file}: {error}")]
    Facts {
        /// Which source.
        file: String,
        /// Where, and what is wrong.
        error: FactsError,
    },
    /// The automaton could not be built.
    #[error("automaton: {0}")]
    Automaton(#[from] fst::Error),
}

/// Compiles the sources; names are split by `tokenize`, as running text will be.
///
/// The same sources give the same bytes.
///
/// # Errors
/// [`CompileError`] names the file and line of the first fact that cannot be read.
pub fn compile(sources: &Sources<'_>, tokenize: Tokenize<'_>) -> Result<Vec<u8>, CompileError> {
    let (names, [by_letters, units], entries) = compile_names(sources, tokenize)?;
    let first_words = names.iter().filter_map(|(name, _)| name.split(' ').next());
    let first_words: BTreeSet<String> = first_words.map(str::to_string).collect();
    let (names, name_postings) = build(&names)?;
    let (records, pool) = entries.finish();
    let (cues, cue_postings) = build(&compile_cues(sources, tokenize)?)?;
    let words = compile_words(sources, &first_words)?;
    let affixes = compile_affixes(sources)?;
    let [starts, hashes, packed] = &words;
    let sections: [&[u8]; 12] = [
        &names,
        &name_postings,
        &records,
        &pool,
        &cues,
        &cue_postings,
        starts,
        hashes,
        packed,
        affixes.as_bytes(),
        &by_letters,
        &units,
    ];
    let lists = [
        sources.titles,
        sources.speech_verbs,
        sources.name_heads,
        sources.place_cues,
        sources.not_names,
        sources.words,
        sources.name_parts,
        sources.name_affixes,
    ];
    let texts: Vec<&[u8]> = sources
        .names
        .iter()
        .copied()
        .chain(lists.into_iter().flatten())
        .map(|(_, text)| text.as_bytes())
        .collect();
    Ok(artefact::write(MAGIC, VERSION, &texts, &sections))
}

type Phrases = Vec<(String, Vec<u32>)>;

/// The names and their entries; the entries of names by their letters, and of units by their identifiers.
fn compile_names(
    sources: &Sources<'_>,
    tokenize: Tokenize<'_>,
) -> Result<(Phrases, [Vec<u8>; 2], EntryWriter), CompileError> {
    let mut entries = EntryWriter::new();
    let (mut by_letters, mut units) = (Vec::new(), Vec::new());
    let mut phrases: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for &(file, text) in &sources.names {
        read(file, text, &["name", "kind"], |row| {
            let kind = Kind::parse(row.get("kind"))
                .ok_or_else(|| row.error(format!("unknown kind {:?}", row.get("kind"))))?;
            let field = |name| Some(row.get(name)).filter(|field| !field.is_empty());
            let latitude = row.number("latitude")?;
            let longitude = row.number("longitude")?;
            let entry = Entry {
                name: row.get("name"),
                kind,
                id: field("id"),
                parent: field("parent"),
                country: field("country"),
                coordinates: latitude.zip(longitude),
                population: row.number("population")?.unwrap_or(0),
            };
            let id = entries.push(&entry).0;
            let mut add = |form: &str, flags: u32| {
                let tokens = tokenize(form);
                if !tokens.is_empty() {
                    let acronym = if form.contains(char::is_lowercase) { 0 } else { ACRONYM };
                    let posting = id | acronym | flags;
                    let postings = phrases.entry(key(&tokens)).or_default();
                    if !postings.contains(&posting) {
                        postings.push(posting);
                    }
                }
            };
            let words = tokenize(entry.name);
            if by_hash::may_be_parted(kind, &words) {
                by_letters.push((by_hash::letters(words.iter().map(String::as_str)), id));
            }
            if let (Kind::Province | Kind::Regency | Kind::City, Some(code)) = (kind, entry.id) {
                units.push((nukil_types::hash::text(code), id));
            }
            add(entry.name, PRIMARY);
            for alias in row.list("aliases") {
                add(alias, 0);
            }
            for level in levels(kind) {
                add(&format!("{level} {}", entry.name), PRIMARY);
            }
            Ok(())
        })?;
    }
    let by_hash = [by_letters, units].map(ByHash::compile);
    Ok((phrases.into_iter().collect(), by_hash, entries))
}

/// What news writes before the name of an administrative unit, as part of it.
fn levels(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Province => &["Provinsi"],
        Kind::Regency => &["Kabupaten", "Kab."],
        Kind::City => &["Kota"],
        Kind::District => &["Kecamatan", "Kec."],
        _ => &[],
    }
}

fn compile_cues(sources: &Sources<'_>, tokenize: Tokenize<'_>) -> Result<Phrases, CompileError> {
    let mut phrases: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut list = |source: Option<(&str, &str)>,
                    columns: &[&str],
                    parse: &dyn Fn(&Row<'_, '_>) -> Result<Cue, FactsError>| {
        let Some((file, text)) = source else { return Ok(()) };
        read(file, text, columns, |row| {
            let code = parse(row)?.encode();
            let postings = phrases.entry(key(&tokenize(row.get("form")))).or_default();
            if !postings.contains(&code) {
                postings.push(code);
            }
            Ok(())
        })
    };
    list(sources.titles, &["form", "kind", "takes"], &|row| {
        let kind = column(row, "kind", TitleKind::parse)?;
        Ok(Cue::Title { kind, complement: row.get("takes") != "name" })
    })?;
    list(sources.speech_verbs, &["form", "order"], &|row| {
        Ok(Cue::SpeechVerb(column(row, "order", Order::parse)?))
    })?;
    list(sources.name_heads, &["form", "part", "kind", "case"], &|row| {
        let kind = column(row, "kind", Kind::parse)?;
        let part = column(row, "part", Part::parse)?;
        Ok(Cue::Head { kind, part, capital: row.get("case") == "capital" })
    })?;
    list(sources.place_cues, &["form", "strength"], &|row| {
        Ok(Cue::PlaceCue { strong: row.get("strength") == "strong" })
    })?;
    list(sources.not_names, &["form"], &|row| {
        Ok(Cue::NotName { acronym: !row.get("form").contains(char::is_lowercase) })
    })?;
    Ok(phrases.into_iter().filter(|(key, _)| !key.is_empty()).collect())
}

fn column<T>(
    row: &Row<'_, '_>,
    name: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, FactsError> {
    let field = row.get(name);
    parse(field).ok_or_else(|| row.error(format!("unknown {name} {field:?}")))
}

/// The words of the lists, and those with which names begin.
fn compile_words(
    sources: &Sources<'_>,
    first_words: &BTreeSet<String>,
) -> Result<[Vec<u8>; 3], CompileError> {
    let mut words: BTreeMap<String, (u32, u32, u8)> = BTreeMap::new();
    if let Some((file, text)) = sources.words {
        read(file, text, &["word", "lower", "capital"], |row| {
            let word = words.entry(row.get("word").to_lowercase()).or_default();
            word.0 += row.number::<u32>("lower")?.unwrap_or(0);
            word.1 += row.number::<u32>("capital")?.unwrap_or(0);
            Ok(())
        })?;
    }
    if let Some((file, text)) = sources.name_parts {
        read(file, text, &["name", "class"], |row| {
            let mut part = 0;
            for class in row.list("class") {
                part |= match class {
                    "given" => NamePart::GIVEN,
                    "family" => NamePart::FAMILY,
                    "second" => NamePart::SECOND,
                    "foreign-given" | "foreign-family" => NamePart::FOREIGN,
                    _ => return Err(row.error(format!("unknown class {class:?}"))),
                };
            }
            words.entry(row.get("name").to_lowercase()).or_default().2 |= part;
            Ok(())
        })?;
    }
    for word in first_words {
        words.entry(word.clone()).or_default().2 |= BEGINS;
    }
    let packed = words
        .iter()
        .map(|(word, &(lower, capital, part))| (text(word), pack(lower, capital, part)));
    Ok(TextTable::compile(&packed.collect()))
}

/// Prefixes on the first line, suffixes on the second, each list joined by spaces.
fn compile_affixes(sources: &Sources<'_>) -> Result<String, CompileError> {
    let (mut prefixes, mut suffixes) = (Vec::new(), Vec::new());
    if let Some((file, text)) = sources.name_affixes {
        read(file, text, &["affix", "class"], |row| {
            let affix = row.get("affix").trim_matches('-').to_lowercase();
            match row.get("class") {
                "prefix" => prefixes.push(affix),
                "suffix" => suffixes.push(affix),
                class => return Err(row.error(format!("unknown class {class:?}"))),
            }
            Ok(())
        })?;
    }
    Ok(format!("{}\n{}", prefixes.join(" "), suffixes.join(" ")))
}

fn read<'t>(
    file: &str,
    text: &'t str,
    columns: &[&str],
    mut each: impl FnMut(&Row<'t, '_>) -> Result<(), FactsError>,
) -> Result<(), CompileError> {
    let wrap = |error| CompileError::Facts { file: file.to_string(), error };
    let table = Facts::parse(text, columns).map_err(wrap)?;
    for row in table.rows() {
        row.and_then(|row| each(&row)).map_err(wrap)?;
    }
    Ok(())
}

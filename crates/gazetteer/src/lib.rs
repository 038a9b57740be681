//! Names of places, people and organisations, and the cue words around them, matched over tokens.
//!
//! Three things are compiled from `data/` into one artefact, which opens in half a millisecond
//! because nothing is parsed or copied, and no more gathered than the first words of cues:
//!
//! - **names**: an automaton from the tokens of a name to gazetteer [`Entry`]s (what a name may
//!   stand for). All readings are proposed; the context decides between them elsewhere.
//! - **cues**: an automaton from words and phrases to [`Cue`]s: titles, speech verbs, heads of
//!   names, words before a place, words that are capitalised and no names.
//! - **words**: for every word how often news writes it in lower case and with a capital, and
//!   whether it is a given or a family name.
//!
//! A user's own gazetteer ([`UserGazetteer`]) is read at run time and asserted: what it names is
//! a mention whatever the context says.
//!
//! ```
//! use nukil_gazetteer::{Case, Gazetteer, Kind, Sources, UserGazetteer, compile};
//! use nukil_types::{Document, Span, TokenKind};
//!
//! let words = |name: &str| name.split(' ').map(str::to_string).collect::<Vec<_>>();
//! let places = "name\tkind\taliases\tid\nJawa Timur\tprovince\tJatim\tkemendagri:35\n";
//! let sources = Sources { names: vec![("provinces.tsv", places)], ..Sources::default() };
//! let bytes = compile(&sources, &words).unwrap();
//! let gazetteer = Gazetteer::open(&bytes, UserGazetteer::default()).unwrap();
//!
//! let mut document = Document::new("1", "-", "Banjir di Jawa Timur");
//! for (start, end) in [(0, 6), (7, 9), (10, 14), (15, 20)] {
//!     document.push_token(Span::new(start, end), TokenKind::Word);
//! }
//! let mut found = Vec::new();
//! let beginning = gazetteer.beginning(document.folded(&document.tokens[2]));
//! gazetteer.names_at(&beginning.names, &document, 2..4, |hit| found.push(hit));
//! let entry = gazetteer.entry(found[0].entry);
//! assert_eq!((found[0].length, found[0].case), (2, Case::AsWritten));
//! assert_eq!((entry.name, entry.kind, entry.id), ("Jawa Timur", Kind::Province, Some("kemendagri:35")));
//! ```

mod automaton;
mod by_hash;
mod compile;
mod cue;
mod entry;
mod filter;
mod kind;
mod user;
mod words;

use std::ops::Range;

use nukil_types::artefact::{Artefact, FormatError};
use nukil_types::hash::text;
use nukil_types::{Document, Label};

pub use compile::{CompileError, Sources, compile};
pub use cue::{Cue, Order, Part, TitleKind};
pub use entry::{Entry, EntryId};
pub use kind::Kind;
pub use user::{UserError, UserGazetteer};
pub use words::{NamePart, WordEvidence};

pub use automaton::Entrance;

use automaton::Automaton;
use by_hash::ByHash;
use entry::Entries;
use filter::Filter;
use words::Words;

const MAGIC: [u8; 4] = *b"NKGZ";
const VERSION: u32 = 3;

/// Splits a name into tokens as running text would be split.
pub type Tokenize<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// How the case of a match agrees with the case in which the gazetteer writes the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Capitals where the name has them.
    AsWritten,
    /// All in capitals, as in some headlines and datelines, where the name is not.
    AllCapitals,
    /// Without the capitals of the name.
    Lower,
}

/// A name that the text at some token may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// How many tokens it covers.
    pub length: usize,
    /// What it may stand for.
    pub entry: EntryId,
    /// How it is written.
    pub case: Case,
    /// Whether the form that matched is an acronym or another form in capitals.
    pub acronym: bool,
    /// Whether the form that matched is the entry's own name rather than an alias.
    pub primary: bool,
}

/// A cue word or phrase at some token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueHit {
    /// How many tokens it covers.
    pub length: usize,
    /// What it says.
    pub cue: Cue,
}

/// What the gazetteer knows of a word: what is told of it alone, and where the names and cues go
/// on that begin with it. It depends on nothing but the folded word, so it can be kept for the
/// next time.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// What is known of the word itself.
    pub word: WordEvidence,
    /// The names that begin with it.
    pub names: Entrance,
    /// The cues that begin with it.
    pub cues: Entrance,
}

/// A name of the user's own at some token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asserted<'g> {
    /// How many tokens it covers.
    pub length: usize,
    /// The label the user gave it.
    pub label: &'g Label,
    /// The user's identifier.
    pub id: Option<&'g str>,
    /// The name of which the text may hold an alias.
    pub name: &'g str,
}

/// The opened gazetteer.
pub struct Gazetteer<'a> {
    names: Automaton<'a>,
    cues: Automaton<'a>,
    cue_words: Filter,
    entries: Entries<'a>,
    words: Words<'a>,
    by_letters: ByHash<'a>,
    units: ByHash<'a>,
    user: UserGazetteer,
}

impl<'a> Gazetteer<'a> {
    /// Opens the compiled artefact and sets a user's gazetteer beside it.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no artefact of this version.
    pub fn open(bytes: &'a [u8], user: UserGazetteer) -> Result<Self, FormatError> {
        let artefact = Artefact::open(bytes, MAGIC, VERSION)?;
        let cues = Automaton::open(artefact.section(4)?, artefact.section(5)?)?;
        let mut cue_words = Filter::new();
        cues.first_words(|word| cue_words.add(text(word)));
        let [words, hashes, packed] = [6, 7, 8].map(|at| artefact.section(at));
        Ok(Gazetteer {
            names: Automaton::open(artefact.section(0)?, artefact.section(1)?)?,
            entries: Entries::open(artefact.section(2)?, artefact.section(3)?)?,
            cues,
            cue_words,
            by_letters: ByHash::open(artefact.section(10)?)?,
            units: ByHash::open(artefact.section(11)?)?,
            words: Words::open([words?, hashes?, packed?], artefact.section(9)?)?,
            user,
        })
    }

    /// What is known of a word, by its folded form.
    pub fn beginning(&self, folded: &str) -> Beginning {
        let hash = text(folded);
        let cued = self.may_begin_cue(folded.as_bytes(), hash);
        let (word, named) = self.words.get(folded, hash);
        // The automaton takes some forms for one: with and without a full stop, any apostrophe.
        let named = named || !folded.is_ascii() || folded.contains('`') || folded.ends_with('.');
        Beginning {
            word,
            names: if named { self.names.enter(folded) } else { Entrance::default() },
            cues: if cued { self.cues.enter(folded) } else { Entrance::default() },
        }
    }

    /// Whether a cue may begin with a word, by its folded form and the hash of that
    /// ([`nukil_types::hash::text`]). Seldom is
    /// none there when it says so; when it says no, there is none.
    #[inline]
    pub fn may_begin_cue(&self, folded: &[u8], hash: u64) -> bool {
        // The automaton takes some forms for one: with and without a full stop, any apostrophe.
        self.cue_words.may_hold(hash) || !folded.is_ascii() || folded.ends_with(b".")
    }

    /// Calls `found` for every compiled name that begins at the first of `tokens`, of whose
    /// [`Gazetteer::beginning`] the `names` are given, and ends within them, shortest first.
    pub fn names_at(
        &self,
        names: &Entrance,
        document: &Document,
        tokens: Range<usize>,
        mut found: impl FnMut(Hit),
    ) {
        let start = tokens.start;
        self.names.walk(names, document, tokens, |length, posting| {
            let acronym = posting & compile::ACRONYM != 0;
            let case = written_case(document, start, length, acronym);
            found(Hit {
                length,
                entry: EntryId(posting & compile::ENTRY),
                case,
                acronym,
                primary: posting & compile::PRIMARY != 0,
            });
        });
    }

    /// Calls `found` with what a name of these folded words may stand for, and whether it is the entry's own
    /// name rather than an alias.
    pub fn named<'w>(
        &self,
        words: impl Iterator<Item = &'w str>,
        mut found: impl FnMut(EntryId, bool),
    ) {
        self.names.phrase(words, |posting| {
            found(EntryId(posting & compile::ENTRY), posting & compile::PRIMARY != 0);
        });
    }

    /// The administrative units whose names have the letters of some folded words, however these part
    /// them: Tulang Bawang for "tulangbawang".
    pub fn with_letters<'w>(
        &self,
        words: impl Iterator<Item = &'w str>,
    ) -> impl Iterator<Item = EntryId> {
        self.by_letters.entries(by_hash::letters(words))
    }

    /// The Indonesian province, regency or city of an identifier.
    pub fn unit(&self, id: &str) -> Option<Entry<'a>> {
        let mut entries = self.units.entries(text(id)).map(|entry| self.entry(entry));
        entries.find(|entry| entry.id == Some(id))
    }

    /// Calls `found` for every cue that begins at the first of `tokens`, of whose
    /// [`Gazetteer::beginning`] the `cues` are given, and ends within them, shortest first.
    pub fn cues_at(
        &self,
        cues: &Entrance,
        document: &Document,
        tokens: Range<usize>,
        mut found: impl FnMut(CueHit),
    ) {
        self.cues.walk(cues, document, tokens, |length, posting| {
            if let Some(cue) = Cue::decode(posting) {
                found(CueHit { length, cue });
            }
        });
    }

    /// Whether there are names of a user's own.
    pub fn asserts(&self) -> bool {
        !self.user.is_empty()
    }

    /// The longest name of the user's own that begins at the first of `tokens`.
    pub fn asserted_at(&self, document: &Document, tokens: Range<usize>) -> Option<Asserted<'_>> {
        self.user.longest_at(document, tokens)
    }

    /// What a name stands for.
    ///
    /// # Panics
    /// When the gazetteer has no such entry.
    pub fn entry(&self, id: EntryId) -> Entry<'a> {
        self.entries.get(id)
    }

    /// What tells an entry from others of its kind: its identifier, or its name where it has none.
    ///
    /// # Panics
    /// As [`Gazetteer::entry`].
    pub fn identity(&self, id: EntryId) -> &'a str {
        self.entries.identity(id)
    }

    /// The kind of an entry, without what lies farther away in memory.
    ///
    /// # Panics
    /// As [`Gazetteer::entry`].
    pub fn kind(&self, id: EntryId) -> Kind {
        self.entries.kind(id)
    }

    /// The inhabitants of an entry, likewise.
    ///
    /// # Panics
    /// As [`Gazetteer::entry`].
    pub fn population(&self, id: EntryId) -> u32 {
        self.entries.population(id)
    }
}

/// How the tokens of a match are written, against a form in capitals or one in title case.
fn written_case(document: &Document, start: usize, length: usize, acronym: bool) -> Case {
    let surface = |index: usize| document.surface(&document.tokens[index]);
    if acronym {
        let upper = (start..start + length).all(|at| !surface(at).contains(char::is_lowercase));
        return if upper { Case::AsWritten } else { Case::Lower };
    }
    // Function words inside a name stand in lower case; its ends do not.
    let capital = |index: usize| surface(index).starts_with(|c: char| !c.is_lowercase());
    if !capital(start) || !capital(start + length - 1) {
        return Case::Lower;
    }
    let shouted = (start..start + length)
        .all(|at| surface(at).chars().count() > 1 && !surface(at).contains(char::is_lowercase));
    if shouted { Case::AllCapitals } else { Case::AsWritten }
}

#[cfg(test)]
mod tests {
    use nukil_types::{Span, TokenKind};

    use super::*;

    fn compiled() -> Vec<u8> {
        let words = |name: &str| name.split(' ').map(str::to_string).collect::<Vec<_>>();
        let titles = "form\tkind\ttakes\ndr.\tdegree-before\tname\njuru bicara\toffice\tboth\n\
                      qari'\tprofession\tname\n";
        let sources = Sources {
            names: vec![("places.tsv", "name\tkind\nBatu\tcity\nBatu 'Ampar\tvillage\n")],
            titles: Some(("titles.tsv", titles)),
            ..Sources::default()
        };
        compile(&sources, &words).unwrap()
    }

    #[test]
    fn a_cue_may_begin_with_every_form_of_its_first_word() {
        let bytes = compiled();
        let gazetteer = Gazetteer::open(&bytes, UserGazetteer::default()).unwrap();
        let may = |word: &str| gazetteer.may_begin_cue(word.as_bytes(), text(word));
        for word in ["dr", "dr.", "juru", "qari'", "qari’"] {
            assert!(may(word), "{word}");
        }
        for word in ["bicara", "jur", "batu"] {
            assert!(!may(word), "{word}");
        }
    }

    #[test]
    fn a_name_goes_on_over_any_apostrophe() {
        let bytes = compiled();
        let gazetteer = Gazetteer::open(&bytes, UserGazetteer::default()).unwrap();
        for (text, expected) in [
            ("Batu 'Ampar", &[1, 2][..]),
            ("Batu ’Ampar", &[1, 2]),
            ("Batu Ampar", &[1]),
            ("Batu.", &[1]),
            ("Ampar Batu", &[]),
        ] {
            let mut document = Document::new("1", "-", text);
            let mut start = 0;
            for word in text.split(' ') {
                document.push_token(Span::new(start, start + word.len()), TokenKind::Word);
                start += word.len() + 1;
            }
            let beginning = gazetteer.beginning(document.folded(&document.tokens[0]));
            let mut lengths = Vec::new();
            let tokens = 0..document.tokens.len();
            gazetteer.names_at(&beginning.names, &document, tokens, |hit| lengths.push(hit.length));
            assert_eq!(lengths, expected, "{text}");
        }
    }
}

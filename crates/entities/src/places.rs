//! Which of the things of a name is meant. For places that is told by the level that the text
//! gives ("Kabupaten", "Bupati", "Presiden"), by the place that stands beside it ("Atlanta,
//! Georgia"), by the other places of the document, by level and by size.

use std::ops::Range;

use nukil_gazetteer::{Entry, EntryId, Gazetteer, Kind};
use nukil_types::{Document, Label};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::forms::brackets;
use crate::name::Name;
use crate::view::Views;

/// What speaks for one reading of a name; the reading with the greatest sum is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReadingScore {
    /// What sort of thing it is: a country is meant more often than a village.
    pub kind: f64,
    /// The text calls it so: "Kabupaten Bandung", "Bupati Bandung", here or elsewhere.
    pub told: f64,
    /// It lies in the place that stands beside it, or holds that: "Depok, Jawa Barat".
    pub beside: f64,
    /// It lies in another place of the document, or holds it.
    pub near: f64,
    /// The name is its own and not an alias.
    pub own_name: f64,
    /// How many live there.
    pub size: f64,
}

impl ReadingScore {
    /// The sum.
    pub fn total(&self) -> f64 {
        self.kind + self.told + self.beside + self.near + self.own_name + self.size
    }
}

/// From which mention something of a document is known.
#[derive(Clone, Copy)]
enum Origin {
    /// One form, by the number of its first mention.
    Form(usize),
    Several,
}

/// The readings of the mentions of a document.
pub(crate) struct Readings<'r, 'g> {
    document: &'r Document,
    views: &'r Views,
    gazetteer: &'r Gazetteer<'g>,
    chosen: &'r [Name],
    /// The best reading of every mention.
    pub best: Vec<Option<EntryId>>,
    /// Of every mention the number of the first one with the same words.
    forms: Vec<usize>,
    /// Ids and country codes of the places named.
    known: FxHashMap<&'g str, Origin>,
    /// Ids of the places in which these lie.
    parents: FxHashMap<&'g str, Origin>,
    /// What the text calls by its level.
    told: FxHashSet<EntryId>,
}

/// The places that stand before a mention and behind it, with nothing but a comma or a bracket
/// between.
#[derive(Default)]
struct Beside<'g> {
    before: Option<Entry<'g>>,
    behind: Option<Entry<'g>>,
}

impl Beside<'_> {
    fn is_empty(&self) -> bool {
        self.before.is_none() && self.behind.is_none()
    }

    /// Whether a place lies in one of them, or holds it.
    fn agrees(&self, entry: &Entry<'_>) -> bool {
        self.before.as_ref().is_some_and(|inner| lies_in(inner, entry))
            || self.behind.as_ref().is_some_and(|outer| lies_in(entry, outer))
    }
}

impl<'r, 'g> Readings<'r, 'g> {
    /// Reads every mention twice: what is plain first, and with it the rest.
    pub(crate) fn new(
        document: &'r Document,
        views: &'r Views,
        gazetteer: &'r Gazetteer<'g>,
        chosen: &'r [Name],
    ) -> Self {
        let mut first: FxHashMap<String, usize> = FxHashMap::default();
        let form = |(at, mention): (usize, &Name)| {
            if mention.label != Label::Location {
                return at;
            }
            let (name, _) = brackets(document, mention);
            *first.entry(document.folded_words(name)).or_insert(at)
        };
        let forms = chosen.iter().enumerate().map(form).collect();
        let mut readings = Readings {
            document,
            views,
            gazetteer,
            chosen,
            best: vec![None; chosen.len()],
            forms,
            known: FxHashMap::default(),
            parents: FxHashMap::default(),
            told: FxHashSet::default(),
        };
        for _ in 0..2 {
            readings.best = (0..chosen.len()).map(|mention| readings.read(mention)).collect();
            readings.learn();
        }
        readings
    }

    fn read(&self, mention: usize) -> Option<EntryId> {
        let mut best: Option<(f64, EntryId)> = None;
        self.each(mention, |id, score| {
            let total = score.total();
            if best.is_none_or(|(highest, _)| total > highest) {
                best = Some((total, id));
            }
        });
        best.map(|(_, id)| id)
    }

    /// Calls `reading` for everything with the label of a mention for which its name may stand.
    pub(crate) fn each(&self, mention: usize, mut reading: impl FnMut(EntryId, ReadingScore)) {
        let proposal = &self.chosen[mention];
        let (name, _) = brackets(self.document, proposal);
        let whole = |tokens: Range<usize>| {
            let hits = self.views.hits(tokens.start).iter();
            hits.filter(move |hit| hit.length == tokens.len())
        };
        let is_place = proposal.label == Label::Location;
        let tokens = match is_place && name.len() > 1 && whole(name.clone()).next().is_none() {
            // "Republik India", "Kerajaan Inggris": the name without the word for its level.
            true if level(self.folded(name.start)).is_some() => name.start + 1..name.end,
            _ => name.clone(),
        };
        let told = if is_place { self.level(&name) } else { None };
        let beside = if is_place { self.beside(mention) } else { Beside::default() };
        for hit in whole(tokens) {
            if self.gazetteer.kind(hit.entry).label() == proposal.label {
                let mut score = self.score(mention, hit.entry, told, &beside);
                score.own_name = if hit.primary { 0.5 } else { 0.0 };
                reading(hit.entry, score);
            }
        }
    }

    fn score(
        &self,
        mention: usize,
        id: EntryId,
        told: Option<Kind>,
        beside: &Beside<'g>,
    ) -> ReadingScore {
        let of_kind = self.gazetteer.kind(id);
        let kind = rank(of_kind);
        let size = (f64::from(self.gazetteer.population(id)) + 1.0).log10() * 0.4;
        let mut score = ReadingScore { kind, size, ..ReadingScore::default() };
        if of_kind.label() != Label::Location {
            return score;
        }
        score.told = match told {
            Some(told) if is_level(of_kind, told) => 8.0,
            None if self.told.contains(&id) => 5.0,
            _ => 0.0,
        };
        if beside.is_empty() && self.known.is_empty() && self.parents.is_empty() {
            return score;
        }
        let entry = self.gazetteer.entry(id);
        if beside.agrees(&entry) {
            score.beside = 6.0;
        }
        let knows = |ids: &FxHashMap<&str, Origin>, id: Option<&str>| match id.map(|id| ids.get(id))
        {
            Some(Some(Origin::Several)) => true,
            Some(Some(Origin::Form(form))) => *form != self.forms[mention],
            _ => false,
        };
        let abroad = matches!(entry.kind, Kind::Town | Kind::State);
        score.near = if knows(&self.known, entry.parent) || knows(&self.parents, entry.id) {
            3.0
        } else if abroad && knows(&self.known, entry.country) {
            2.0
        } else {
            0.0
        };
        score
    }

    /// Takes note of what the best readings tell of the document.
    fn learn(&mut self) {
        self.known.clear();
        self.parents.clear();
        self.told.clear();
        for (mention, best) in self.best.iter().enumerate() {
            let Some(id) = *best else { continue };
            let entry = self.gazetteer.entry(id);
            if entry.kind.label() != Label::Location {
                continue;
            }
            let form = self.forms[mention];
            for known in entry.id.into_iter().chain(entry.country) {
                note(&mut self.known, known, form);
            }
            if let Some(parent) = entry.parent {
                note(&mut self.parents, parent, form);
            }
            let (name, _) = brackets(self.document, &self.chosen[mention]);
            if self.level(&name).is_some_and(|told| is_level(entry.kind, told)) {
                self.told.insert(id);
            }
        }
    }

    /// The level that the text gives a place, in its name or right before it.
    fn level(&self, name: &Range<usize>) -> Option<Kind> {
        let inside = level(self.folded(name.start)).filter(|_| name.len() > 1);
        inside.or_else(|| {
            let mut before = name.start.checked_sub(1)?;
            if self.folded(before) == "." {
                before = before.checked_sub(1)?;
            }
            let word = self.folded(before);
            level(word).or_else(|| office(word))
        })
    }

    /// The places that stand beside a mention, as far as they are read.
    fn beside(&self, mention: usize) -> Beside<'g> {
        let gap = |one: usize, other: usize| {
            let (end, start) = (self.chosen[one].tokens.end, self.chosen[other].tokens.start);
            end + 1 == start && matches!(self.folded(end), "," | "(")
        };
        let before = mention.checked_sub(1).filter(|&before| gap(before, mention));
        let behind =
            (mention + 1 < self.chosen.len() && gap(mention, mention + 1)).then_some(mention + 1);
        let other = |at: Option<usize>| Some(self.gazetteer.entry(self.best[at?]?));
        Beside { before: other(before), behind: other(behind) }
    }

    fn folded(&self, at: usize) -> &str {
        self.document.folded(&self.document.tokens[at])
    }
}

/// How readily a kind of thing is meant by a name.
pub(crate) fn rank(kind: Kind) -> f64 {
    match kind {
        Kind::Country => 10.0,
        Kind::Province | Kind::Continent | Kind::Region => 9.0,
        Kind::City => 8.0,
        Kind::Regency => 7.5,
        Kind::Island | Kind::State | Kind::Sea => 6.0,
        Kind::Town => 4.0,
        Kind::Mountain | Kind::River | Kind::Lake | Kind::Airport | Kind::Landmark => 5.0,
        Kind::District => 3.0,
        Kind::Village => 1.0,
        _ => 5.0,
    }
}

fn note<'g>(ids: &mut FxHashMap<&'g str, Origin>, id: &'g str, form: usize) {
    let origin = ids.entry(id).or_insert(Origin::Form(form));
    if matches!(origin, Origin::Form(known) if *known != form) {
        *origin = Origin::Several;
    }
}

/// Whether one place lies in another, by its parent, by codes of which one goes on the other, or
/// by country.
fn lies_in(inner: &Entry<'_>, outer: &Entry<'_>) -> bool {
    let Some(id) = outer.id else { return false };
    let goes_on = |code: &str| {
        let rest = code.strip_prefix(id);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let below = inner.parent.is_some_and(goes_on)
        || inner.id.is_some_and(|code| code != id && goes_on(code));
    let country = matches!(outer.kind, Kind::Country | Kind::State)
        && !matches!(inner.kind, Kind::Country | Kind::State)
        && inner.country.is_some()
        && inner.country == outer.country;
    below || country
}

fn is_level(kind: Kind, told: Kind) -> bool {
    kind == told || told == Kind::City && kind == Kind::Town
}

/// The level of which a word in or before a place's name speaks.
fn level(word: &str) -> Option<Kind> {
    Some(match word {
        "kota" => Kind::City,
        "kabupaten" | "kab" | "kab." => Kind::Regency,
        "provinsi" | "propinsi" | "prov" | "prov." => Kind::Province,
        "kecamatan" | "kec" | "kec." => Kind::District,
        "negara" | "republik" | "kerajaan" => Kind::Country,
        _ => return None,
    })
}

/// The level of the place that an office, or another word before its name, serves.
fn office(word: &str) -> Option<Kind> {
    Some(match word {
        "walikota" | "pemkot" | "pilwalkot" => Kind::City,
        "bupati" | "pemkab" | "pilbup" => Kind::Regency,
        "gubernur" | "pemprov" | "pilgub" => Kind::Province,
        "camat" => Kind::District,
        "desa" | "kelurahan" | "lurah" | "kades" => Kind::Village,
        "presiden" | "raja" | "ratu" => Kind::Country,
        "pulau" | "kepulauan" => Kind::Island,
        "gunung" => Kind::Mountain,
        "sungai" => Kind::River,
        "danau" => Kind::Lake,
        _ => return None,
    })
}

//! Which of the things of a name is meant. For places that is a learned choice between what the
//! gazetteer has by the name and nothing: by the level that the text gives ("Kabupaten", "Bupati"), the
//! word before the name, the place that stands beside it ("Atlanta, Georgia"), and the other places of
//! the document.
//!
//! Every name is read three times: alone at first, and then with what the readings before tell of the
//! other names.

use std::ops::Range;

use nukil_gazetteer::{Case, Entry, EntryId, Gazetteer, Kind};
use nukil_types::facts::FactsError;
use nukil_types::{Document, Label};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::choice::{Choice, ChoiceRows, Noted, Score, Sink, Weights, templates};
use crate::forms::brackets;
use crate::name::Name;
use crate::view::Views;

templates! {
    /// Kinds of features of a reading.
    PlaceFeature {
        // The name stands for nothing that the gazetteer has.
        None = "none",
        NoneBefore = "none-before",
        NoneKind = "none-kind",
        NoneNear = "none-near",
        // What it is, and how well the form agrees with its name.
        Kind = "kind",
        Form = "form",
        Size = "size",
        Rivals = "rivals",
        // The text calls it so.
        Told = "told",
        Before = "before",
        ToldElsewhere = "told-elsewhere",
        // It lies in the place beside it, or holds it.
        Beside = "beside",
        // It lies in another place of the document, holds it, or lies in the same unit.
        Inside = "inside",
        Around = "around",
        Neighbours = "neighbours",
        Abroad = "abroad",
    }
    words: PlaceFeature::NoneBefore,
    pairs: PlaceFeature::Told | PlaceFeature::Before,
}

/// The learned weights that tell which place of a name is meant. `scripts/learn-links` learns them.
#[derive(Clone, Debug)]
pub struct PlaceWeights(Weights<PlaceFeature>);

impl PlaceWeights {
    /// Reads the table: a feature, its value, a weight.
    ///
    /// # Errors
    /// [`FactsError`] at the first row that is none.
    pub fn parse(table: &str) -> Result<Self, FactsError> {
        Weights::parse(table).map(PlaceWeights)
    }
}

/// What speaks for one reading of a name, in weights of the learned choice; the reading with the
/// greatest sum is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReadingScore {
    /// What sort of thing it is, and how many live there: a country is meant more often than a village.
    pub kind: f64,
    /// How well the form agrees with its name.
    pub form: f64,
    /// The text calls it so: "Kabupaten Bandung", "Bupati Bandung", here or elsewhere.
    pub told: f64,
    /// It lies in the place that stands beside it, or holds that: "Depok, Jawa Barat".
    pub beside: f64,
    /// It lies in another place of the document, or holds it.
    pub near: f64,
}

impl ReadingScore {
    /// The sum.
    pub fn total(&self) -> f64 {
        self.kind + self.form + self.told + self.beside + self.near
    }
}

/// Something for which a name may stand.
#[derive(Clone, Copy)]
struct Candidate<'g> {
    id: EntryId,
    entry: Entry<'g>,
    /// Whether the form is its own name, an alias, or has only its letters.
    form: Form,
    case: Case,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Own,
    Alias,
    Letters,
}

/// From which mention something of a document is known.
#[derive(Clone, Copy)]
enum Origin {
    /// One form, by the number of its first mention.
    Form(usize),
    Several,
}

/// What the readings of a document tell of each other.
#[derive(Default)]
struct Context<'g> {
    /// Ids and countries of the places named.
    known: FxHashMap<&'g str, Origin>,
    /// Ids of the places in which these lie.
    around: FxHashMap<&'g str, Origin>,
    /// What the text calls by its level.
    told: FxHashSet<EntryId>,
}

/// The readings of the mentions of a document.
pub(crate) struct Readings<'r, 'g> {
    document: &'r Document,
    views: &'r Views,
    gazetteer: &'r Gazetteer<'g>,
    chosen: &'r [Name],
    weights: Option<&'r PlaceWeights>,
    /// The best reading of every mention.
    pub best: Vec<Option<EntryId>>,
    /// Of every mention the number of the first one with the same words.
    forms: Vec<usize>,
    context: Context<'g>,
}

/// The places that stand before a mention and behind it, with nothing but a comma or a bracket
/// between.
#[derive(Default)]
struct Beside<'g> {
    before: Option<Entry<'g>>,
    behind: Option<Entry<'g>>,
}

/// A place among the mentions, with what stands around it.
struct Place<'p, 'g> {
    mention: usize,
    candidates: Vec<Candidate<'g>>,
    /// The level that the text gives it, and the word that does.
    told: Option<(Kind, &'p str)>,
    before: &'p str,
    beside: Beside<'g>,
    /// The greatest of the kinds of its candidates.
    greatest: u64,
    /// Whether some candidate is near another place of the document.
    near: bool,
    /// Whether the document calls some candidate by its level.
    called: bool,
}

impl<'r, 'g> Readings<'r, 'g> {
    /// Reads every mention.
    pub(crate) fn new(
        document: &'r Document,
        views: &'r Views,
        gazetteer: &'r Gazetteer<'g>,
        chosen: &'r [Name],
        weights: Option<&'r PlaceWeights>,
    ) -> Self {
        let mut readings = Self::unread(document, views, gazetteer, chosen, weights);
        for _ in 0..3 {
            readings.best = (0..chosen.len()).map(|mention| readings.read(mention)).collect();
            readings.learn();
        }
        readings
    }

    fn unread(
        document: &'r Document,
        views: &'r Views,
        gazetteer: &'r Gazetteer<'g>,
        chosen: &'r [Name],
        weights: Option<&'r PlaceWeights>,
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
        let best = vec![None; chosen.len()];
        let context = Context::default();
        Readings { document, views, gazetteer, chosen, weights, best, forms, context }
    }

    fn read(&self, mention: usize) -> Option<EntryId> {
        let place = self.place(mention);
        let candidates = &place.candidates;
        // Others than places have one reading as a rule.
        let weights = self.weights.filter(|_| self.chosen[mention].label == Label::Location);
        let Some(PlaceWeights(weights)) = weights else {
            let first = |&at: &usize| (candidates[at].form == Form::Own, std::cmp::Reverse(at));
            return (0..candidates.len()).max_by_key(first).map(|at| candidates[at].id);
        };
        if candidates.is_empty() {
            return None;
        }
        let plain = |kind| matches!(kind, Kind::Country | Kind::Province | Kind::Continent);
        if let [only] = &candidates[..]
            && plain(only.entry.kind)
            && place.told.is_none()
        {
            return Some(only.id);
        }
        let features = |at: usize, score: &mut Score<'_, _>| self.features(&place, at, score);
        let best = weights.choose(candidates.len() + 1, features);
        Some(candidates[best.checked_sub(1)?].id)
    }

    /// Calls `reading` for everything with the label of a mention for which its name may stand.
    pub(crate) fn each(&self, mention: usize, mut reading: impl FnMut(EntryId, ReadingScore)) {
        let place = self.place(mention);
        for (at, candidate) in place.candidates.iter().enumerate() {
            let mut parts = Parts::default();
            if let Some(PlaceWeights(weights)) = self.weights {
                parts.weights = Some(weights);
                self.features(&place, at + 1, &mut parts);
            }
            reading(candidate.id, parts.score);
        }
    }

    fn place(&self, mention: usize) -> Place<'r, 'g> {
        let proposal = &self.chosen[mention];
        let (name, _) = brackets(self.document, proposal);
        let is_place = proposal.label == Label::Location;
        let candidates = self.candidates(proposal, &name);
        let mut place = Place {
            mention,
            told: None,
            before: "",
            beside: Beside::default(),
            greatest: candidates.iter().map(|it| level_number(it.entry.kind)).max().unwrap_or(0),
            near: false,
            called: false,
            candidates,
        };
        if is_place && !place.candidates.is_empty() {
            let sentence = self.document.sentences[proposal.sentence].tokens.start;
            let before = name.start.checked_sub(1).filter(|&at| at >= sentence);
            place.before = before.map_or("", |at| self.folded(at));
            place.told = self.level(&name);
            // What the text calls it, it is.
            let is_told = |it: &Candidate<'_>| {
                place.told.is_some_and(|(told, _)| is_level(it.entry.kind, told))
            };
            if place.candidates.iter().any(is_told) {
                let told: Vec<bool> = place.candidates.iter().map(is_told).collect();
                let mut told = told.into_iter();
                place.candidates.retain(|_| told.next() == Some(true));
            }
            place.beside = self.beside(mention);
            let near = |candidate: &Candidate<'_>| {
                self.ancestors(mention, &candidate.entry) > 0
                    || self.holds(mention, &candidate.entry)
            };
            place.near = place.candidates.iter().any(near);
            place.called = place.candidates.iter().any(|it| self.context.told.contains(&it.id));
            self.leave_out_strangers(&mut place);
            if let Some(outer) = self.outer(mention) {
                place.candidates.retain(|it| !outer.excludes(&it.entry));
            }
        }
        place
    }

    /// The place behind a mention and a comma, in which it must lie: "Tripoli, Lebanon, …". In a list, the
    /// places lie beside each other: "Jakarta, Singapura, dan Kuala Lumpur".
    fn outer(&self, mention: usize) -> Option<Outer<'g>> {
        let (name, behind) = (&self.chosen[mention], self.chosen.get(mention + 1)?);
        let comma = behind.tokens.start == name.tokens.end + 1
            && self.folded(name.tokens.end) == ","
            && name.sentence == behind.sentence
            && behind.label == Label::Location;
        let end = self.document.sentences[name.sentence].tokens.end;
        let goes_on =
            |at: usize| at < end && matches!(self.folded(at), "dan" | "serta" | "atau" | "hingga");
        let at = behind.tokens.end;
        let is_comma = at < end && self.folded(at) == ",";
        let next = self.chosen.get(mention + 2).filter(|next| next.tokens.start == at + 1);
        // "Cibinong, Bogor, Jawa Barat" is no list.
        let next = next.and_then(|_| self.best[mention + 2]).map(|id| self.gazetteer.entry(id));
        let best = self.best[mention + 1].map(|id| self.gazetteer.entry(id))?;
        let follows = is_comma && next.is_some_and(|next| !lies_in(&best, &next));
        let before = mention.checked_sub(1).map(|before| &self.chosen[before]);
        let in_list = before.is_some_and(|before| {
            before.label == Label::Location
                && before.tokens.end + 1 == name.tokens.start
                && self.folded(before.tokens.end) == ","
        });
        let list = goes_on(at) || is_comma && goes_on(at + 1) || follows || in_list;
        if !comma || list {
            return None;
        }
        let (tokens, _) = brackets(self.document, behind);
        let readings = self.candidates(behind, &tokens).into_iter().map(|it| it.entry);
        Some(Outer { best, readings: readings.collect() })
    }

    /// Leaves out villages and districts that nothing tells from others of the same name and kind.
    fn leave_out_strangers(&self, place: &mut Place<'_, 'g>) {
        let minor = |kind| matches!(kind, Kind::Village | Kind::District);
        if place.candidates.len() < 2 || !place.candidates.iter().any(|it| minor(it.entry.kind)) {
            return;
        }
        let (mention, beside) = (place.mention, &place.beside);
        let stranger = |candidate: &Candidate<'_>| {
            let entry = &candidate.entry;
            minor(entry.kind)
                && self.ancestors(mention, entry) == 0
                && self.neighbours(mention, entry) & 0b11 == 0
                && !self.holds(mention, entry)
                && beside.agreement(entry) % 8 != 1
                && beside.agreement(entry) / 8 != 1
        };
        let known: Vec<bool> = place.candidates.iter().map(|it| !stranger(it)).collect();
        let alone = [Kind::Village, Kind::District].map(|kind| {
            let of_kind =
                place.candidates.iter().zip(&known).filter(|(it, _)| it.entry.kind == kind);
            let (all, known) = of_kind
                .fold((0, 0), |(all, some), (_, &known)| (all + 1, some + usize::from(known)));
            (kind, all == 1 && known == 0)
        });
        let mut known = known.into_iter();
        place.candidates.retain(|candidate| {
            known.next() == Some(true) || alone.contains(&(candidate.entry.kind, true))
        });
    }

    fn candidates(&self, proposal: &Name, name: &Range<usize>) -> Vec<Candidate<'g>> {
        let is_place = proposal.label == Label::Location;
        let whole = |tokens: &Range<usize>| {
            let length = tokens.len();
            self.views.hits(tokens.start).iter().filter(move |hit| hit.length == length)
        };
        // "Republik India", "Kerajaan Inggris": the name without the word for its level.
        let bare = match is_place && name.len() > 1 && level(self.folded(name.start)).is_some() {
            true => name.start + 1..name.end,
            false => name.clone(),
        };
        let mut found: Vec<Candidate<'g>> = Vec::new();
        let mut add = |id: EntryId, form: Form, case: Case| {
            let entry = self.gazetteer.entry(id);
            // Several entries may tell of one thing.
            let again = found.iter().any(|known| entry.id.is_some() && known.entry.id == entry.id);
            if entry.kind.label() == proposal.label && !again {
                found.push(Candidate { id, entry, form, case });
            }
        };
        let form = |own| if own { Form::Own } else { Form::Alias };
        if proposal.is_partial(self.document) {
            // "Jakarta-Bandung" is one token.
            let text = self.document.slice(proposal.span).to_lowercase();
            self.gazetteer.named(text.split_whitespace(), |id, own| {
                add(id, form(own), Case::AsWritten);
            });
            return found;
        }
        let named = whole(name).next().is_some();
        let tokens = if named { name.clone() } else { bare.clone() };
        for hit in whole(&tokens) {
            add(hit.entry, form(hit.primary), hit.case);
        }
        // Hokkaido is an island and a state, which are one to a reader.
        if found.iter().any(|it| it.entry.kind == Kind::State) {
            found.retain(|it| it.entry.id.is_some() || it.entry.kind != Kind::Island);
        }
        if is_place {
            let words = bare.map(|at| self.folded(at));
            for id in self.gazetteer.with_letters(words) {
                if !found.iter().any(|known| known.id == id) {
                    let entry = self.gazetteer.entry(id);
                    found.push(Candidate { id, entry, form: Form::Letters, case: Case::AsWritten });
                }
            }
        }
        found
    }

    /// Tells the features of a candidate, or of none of them.
    fn features(&self, place: &Place<'_, 'g>, at: usize, sink: &mut impl Sink<PlaceFeature>) {
        let Some(candidate) = at.checked_sub(1).map(|at| &place.candidates[at]) else {
            sink.code(PlaceFeature::None, place.candidates.len().min(4) as u64);
            sink.word(PlaceFeature::NoneBefore, place.before);
            let told = place.told.map_or(15, |(kind, _)| level_number(kind));
            sink.code(PlaceFeature::NoneKind, place.greatest * 16 + told);
            sink.code(PlaceFeature::NoneNear, place.greatest * 2 + u64::from(place.near));
            return;
        };
        let Candidate { id, entry, form, case } = candidate;
        let kind = level_number(entry.kind);
        let told = match place.told {
            None => 0,
            Some((told, _)) if is_level(entry.kind, told) => 1,
            Some(_) => 2,
        };
        sink.code(PlaceFeature::Kind, kind * 4 + told);
        let words = self.chosen[place.mention].tokens.len().min(3) as u64;
        let case = match case {
            Case::AsWritten => 0,
            Case::AllCapitals => 1,
            Case::Lower => 2,
        };
        sink.code(PlaceFeature::Form, ((kind * 4 + *form as u64) * 4 + words) * 4 + case);
        let size = (f64::from(entry.population) + 1.0).log10() as u64;
        sink.code(PlaceFeature::Size, kind * 16 + size);
        let same = |other: &&Candidate<'_>| other.entry.kind == entry.kind;
        let same = place.candidates.iter().filter(same).count();
        let same = match same {
            0..=2 => same as u64,
            3..=6 => 3,
            7..=20 => 4,
            _ => 5,
        };
        sink.code(PlaceFeature::Rivals, (kind * 16 + place.greatest) * 8 + same);
        let kind_name = entry.kind.as_str();
        match place.told {
            Some((_, word)) => sink.pair(PlaceFeature::Told, word, kind_name),
            None => sink.pair(PlaceFeature::Before, place.before, kind_name),
        }
        if place.called && place.told.is_none() {
            let called = u64::from(self.context.told.contains(id));
            sink.code(PlaceFeature::ToldElsewhere, kind * 2 + called);
        }
        sink.code(PlaceFeature::Beside, kind * 64 + place.beside.agreement(entry));
        let inside = self.ancestors(place.mention, entry);
        sink.code(PlaceFeature::Inside, (kind * 2 + u64::from(place.near)) * 16 + inside);
        let around = self.holds(place.mention, entry);
        sink.code(PlaceFeature::Around, kind * 2 + u64::from(around));
        sink.code(PlaceFeature::Neighbours, kind * 8 + self.neighbours(place.mention, entry));
        if !self.context.known.is_empty() {
            let domestic = entry.country == Some("ID");
            let home = self.knows(&self.context.known, place.mention, Some("ID"));
            let same = self.knows(&self.context.known, place.mention, entry.country);
            let code = u64::from(domestic) * 4 + u64::from(home) * 2 + u64::from(same);
            sink.code(PlaceFeature::Abroad, kind * 8 + code);
        }
    }

    /// Whether another form than that of a mention tells of a place.
    fn knows(&self, ids: &FxHashMap<&str, Origin>, mention: usize, id: Option<&str>) -> bool {
        match id.and_then(|id| ids.get(id)) {
            Some(Origin::Several) => true,
            Some(Origin::Form(form)) => *form != self.forms[mention],
            None => false,
        }
    }

    /// Which of the units that hold a place the document names: bits for the nearest, the next, the
    /// one after that and the country.
    fn ancestors(&self, mention: usize, entry: &Entry<'_>) -> u64 {
        if self.context.known.is_empty() {
            return 0;
        }
        let known = |id| u64::from(self.knows(&self.context.known, mention, id));
        let mut bits = 0;
        for (at, unit) in units(entry).into_iter().enumerate() {
            bits |= known(unit) << at;
        }
        let abroad = entry.country != Some("ID") && entry.kind != Kind::Country;
        bits | (u64::from(abroad) & known(entry.country)) << 3
    }

    /// Whether another place of the document lies in one.
    fn holds(&self, mention: usize, entry: &Entry<'_>) -> bool {
        self.knows(&self.context.around, mention, entry.id)
    }

    /// Whether other places of the document lie in the same units: bits as for `ancestors`.
    fn neighbours(&self, mention: usize, entry: &Entry<'_>) -> u64 {
        if self.context.around.is_empty() {
            return 0;
        }
        let around = |id| u64::from(self.knows(&self.context.around, mention, id));
        let units = units(entry).into_iter().enumerate();
        units.map(|(at, unit)| around(unit) << at).sum()
    }

    /// Takes note of what the best readings tell of the document.
    fn learn(&mut self) {
        let mut context = Context::default();
        for (mention, best) in self.best.iter().enumerate() {
            let Some(id) = *best else { continue };
            let entry = self.gazetteer.entry(id);
            if entry.kind.label() != Label::Location {
                continue;
            }
            let form = self.forms[mention];
            for known in entry.id.into_iter().chain(entry.country) {
                note(&mut context.known, known, form);
            }
            for unit in units(&entry).into_iter().flatten() {
                note(&mut context.around, unit, form);
            }
            let (name, _) = brackets(self.document, &self.chosen[mention]);
            if self.level(&name).is_some_and(|(told, _)| is_level(entry.kind, told)) {
                context.told.insert(id);
            }
        }
        self.context = context;
    }

    /// The level that the text gives a place, in its name or right before it, with the word.
    fn level(&self, name: &Range<usize>) -> Option<(Kind, &'r str)> {
        let inside = level(self.folded(name.start)).filter(|_| name.len() > 1);
        if let Some(inside) = inside {
            return Some((inside, self.folded(name.start)));
        }
        let mut before = name.start.checked_sub(1)?;
        if self.folded(before) == "." {
            before = before.checked_sub(1)?;
        }
        let word = self.folded(before);
        level(word).or_else(|| office(word)).map(|kind| (kind, word))
    }

    /// The places that stand beside a mention, as far as they are read.
    fn beside(&self, mention: usize) -> Beside<'g> {
        let gap = |one: usize, other: usize| {
            let (end, start) = (self.chosen[one].tokens.end, self.chosen[other].tokens.start);
            let mut between = end..start;
            between.len() <= 2
                && between.all(|at| {
                    matches!(
                        self.folded(at),
                        "," | "(" | "kecamatan" | "kabupaten" | "kota" | "provinsi" | "di"
                    )
                })
        };
        let before = mention.checked_sub(1).filter(|&before| gap(before, mention));
        let behind =
            (mention + 1 < self.chosen.len() && gap(mention, mention + 1)).then_some(mention + 1);
        let other = |at: Option<usize>| Some(self.gazetteer.entry(self.best[at?]?));
        Beside { before: other(before), behind: other(behind) }
    }

    fn folded(&self, at: usize) -> &'r str {
        self.document.folded(&self.document.tokens[at])
    }
}

/// A place that holds the one before it.
struct Outer<'g> {
    best: Entry<'g>,
    readings: Vec<Entry<'g>>,
}

impl Outer<'_> {
    /// Whether a place is smaller and lies elsewhere, whatever of its name the outer one is.
    fn excludes(&self, entry: &Entry<'_>) -> bool {
        let size = |kind| match kind {
            Kind::Village => 1,
            Kind::District | Kind::Town => 2,
            Kind::City | Kind::Regency => 3,
            Kind::Province | Kind::State => 4,
            Kind::Country => 5,
            _ => 0,
        };
        size(entry.kind) > 0
            && size(entry.kind) < size(self.best.kind)
            && !self.readings.iter().any(|outer| lies_in(entry, outer))
    }
}

impl Beside<'_> {
    /// How a place agrees with those beside it: behind it one that holds it, before it one that it
    /// holds, or others.
    fn agreement(&self, entry: &Entry<'_>) -> u64 {
        let with = |other: &Option<Entry<'_>>, inner: bool| match other {
            None => 0,
            Some(other) if inner && lies_in(entry, other) => 1,
            Some(other) if !inner && lies_in(other, entry) => 1,
            Some(other) if other.id == entry.id => 2,
            Some(other) if other.country != entry.country => 3,
            Some(other) if units(other)[0].is_some() && units(other)[0] == units(entry)[0] => 4,
            Some(_) => 5,
        };
        with(&self.behind, true) * 8 + with(&self.before, false)
    }
}

/// Sums weights by what they speak of.
#[derive(Default)]
struct Parts<'w> {
    weights: Option<&'w Weights<PlaceFeature>>,
    score: ReadingScore,
}

impl Parts<'_> {
    fn add(&mut self, template: PlaceFeature, weight: Option<i16>) {
        let part = match template {
            PlaceFeature::Kind | PlaceFeature::Size | PlaceFeature::Rivals => &mut self.score.kind,
            PlaceFeature::Form => &mut self.score.form,
            PlaceFeature::Told | PlaceFeature::Before | PlaceFeature::ToldElsewhere => {
                &mut self.score.told
            }
            PlaceFeature::Beside => &mut self.score.beside,
            _ => &mut self.score.near,
        };
        *part += f64::from(weight.unwrap_or_default()) / 100.0;
    }
}

impl Sink<PlaceFeature> for Parts<'_> {
    fn word(&mut self, template: PlaceFeature, word: &str) {
        let weight = self.weights.and_then(|weights| weights.of_word(template, word));
        self.add(template, weight);
    }

    fn pair(&mut self, template: PlaceFeature, first: &str, second: &str) {
        let weight = self.weights.and_then(|weights| weights.of_pair(template, first, second));
        self.add(template, weight);
    }

    fn code(&mut self, template: PlaceFeature, code: u64) {
        let weight = self.weights.and_then(|weights| weights.of_code(template, code));
        self.add(template, weight);
    }
}

/// The choices that [`PlaceWeights`] are learned from, and their features.
#[derive(Clone, Debug, Default)]
pub struct PlaceExamples {
    /// One a place and reading: every name is read twice.
    pub choices: Vec<Choice>,
    /// The features.
    pub rows: ChoiceRows,
}

/// Adds the choices of the places of a document. `ids` gives the annotated identifiers of a form, of
/// which each is right: none where the gazetteer has no such place, nothing where it is not annotated.
pub(crate) fn learn(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[Name],
    ids: impl Fn(&str) -> Option<Vec<String>>,
    examples: &mut PlaceExamples,
) {
    let mut readings = Readings::unread(document, views, gazetteer, chosen, None);
    let gold: Vec<Option<Vec<String>>> =
        chosen.iter().map(|name| ids(document.slice(name.span))).collect();
    let right = |place: &Place<'_, '_>| {
        let ids = gold[place.mention].as_ref()?;
        // Where the annotators found no identifier, the gazetteer may still have the place without one.
        let is_right = |candidate: &Candidate<'_>| match candidate.entry.id {
            Some(id) => ids.iter().any(|right| right == id),
            None => ids.is_empty(),
        };
        let at = place.candidates.iter().position(is_right);
        // What the gazetteer cannot find by the form teaches nothing.
        (at.is_some() || ids.is_empty()).then_some(at)
    };
    for _ in 0..2 {
        for (mention, name) in chosen.iter().enumerate() {
            let place = readings.place(mention);
            if name.label != Label::Location || place.candidates.is_empty() {
                continue;
            }
            let Some(right) = right(&place) else { continue };
            let features = |at: usize, noted: &mut Noted<'_>| readings.features(&place, at, noted);
            let all = place.candidates.len() + 1;
            let candidates = Noted::candidates(&mut examples.rows, all, features);
            let chosen = right.map_or(0, |right| right + 1);
            examples.choices.push(Choice { candidates, chosen });
        }
        readings.best = (0..chosen.len())
            .map(|mention| {
                let place = readings.place(mention);
                let right = right(&place).flatten();
                right.map(|right| place.candidates[right].id)
            })
            .collect();
        readings.learn();
    }
}

/// The identifiers of the units in which a place lies, the nearest first. Codes of Indonesian units go
/// on from that of the unit that holds them.
fn units<'g>(entry: &Entry<'g>) -> [Option<&'g str>; 3] {
    let mut units = [None; 3];
    let Some(mut unit) = entry.parent else { return units };
    for place in &mut units {
        *place = Some(unit);
        match unit.rsplit_once('.') {
            Some((outer, _)) if unit.starts_with("kemendagri:") => unit = outer,
            _ => break,
        }
    }
    units
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
    let within = match outer.kind {
        Kind::Country => inner.kind != Kind::Country,
        Kind::State => !matches!(inner.kind, Kind::Country | Kind::State),
        _ => false,
    };
    let country = within && inner.country.is_some() && inner.country == outer.country;
    units(inner).contains(&Some(id)) || country
}

fn is_level(kind: Kind, told: Kind) -> bool {
    kind == told || told == Kind::City && kind == Kind::Town
}

/// The number of a kind among features: units from the smallest on, then what is no unit.
fn level_number(kind: Kind) -> u64 {
    match kind {
        Kind::Village => 1,
        Kind::District => 2,
        Kind::Town => 3,
        Kind::State => 4,
        Kind::Regency => 5,
        Kind::City => 6,
        Kind::Province => 7,
        Kind::Country => 8,
        Kind::Island => 9,
        Kind::Continent | Kind::Region => 10,
        Kind::Landmark | Kind::Airport => 11,
        _ => 12,
    }
}

/// The level of which a word in or before a place's name speaks.
fn level(word: &str) -> Option<Kind> {
    Some(match word {
        "kota" => Kind::City,
        "kabupaten" | "kab" | "kab." => Kind::Regency,
        "provinsi" | "propinsi" | "prov" | "prov." => Kind::Province,
        "kecamatan" | "kec" | "kec." => Kind::District,
        "desa" | "kelurahan" | "kel" | "kel." | "kampung" | "pekon" | "nagari" | "gampong" => {
            Kind::Village
        }
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
        "lurah" | "kades" | "peratin" => Kind::Village,
        "presiden" | "raja" | "ratu" => Kind::Country,
        "pulau" | "kepulauan" => Kind::Island,
        "gunung" => Kind::Mountain,
        "sungai" => Kind::River,
        "danau" => Kind::Lake,
        _ => return None,
    })
}

//! From mentions to entities: which mentions of a document name one person, place or organisation.

use std::borrow::Cow;

use nukil_gazetteer::{EntryId, Gazetteer, Kind};
use nukil_types::{Document, Label};
use rustc_hash::FxHashMap;

use crate::called::called;
use crate::forms::{Word, brackets, form, introduced, level, words};
use crate::likeness::{
    Alignment, Circumstances, Clue, KINDS, LinkWeights, Match, Way, clues, is_number, kind,
};
use crate::name::Name;
use crate::places::{PlaceWeights, Readings};
use crate::view::Views;

/// The mentions of an entity.
pub(crate) struct Cluster {
    pub label: Label,
    /// Their numbers, in text order.
    pub mentions: Vec<usize>,
    pub entry: Option<EntryId>,
    /// Name and identifier from a user's gazetteer.
    pub asserted: Option<(String, Option<String>)>,
    /// The level of a place that its first mention with one says.
    level: Option<&'static str>,
    /// Whether a short form is introduced in brackets beside it.
    introduced: bool,
}

/// A form of a name.
struct Form<'d> {
    words: Vec<Word<'d>>,
    /// The letters with which they begin.
    letters: Letters,
    /// The level of a place that it says.
    level: Option<&'static str>,
}

/// Forms of a name that others are compared with.
const FORMS: usize = 4;
/// Most entities with which a name is compared, so that a long list of names takes linear time.
const COMPARED: usize = 256;

/// Why a mention belongs to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// It is the longest, or the first of the longest names of the entity.
    New,
    /// The gazetteer knows it as another form of one and the same.
    SameEntry,
    /// Its words are those of another form, but for spelling and for words such as PT and Kota.
    SameWords,
    /// Its words stand for words of another form: it shortens a longer name.
    Shortens,
    /// So they do, and one of them is written otherwise.
    Misspelt,
}

/// Who says whether a name is a form of another with other words.
pub(crate) enum Judge<'j> {
    /// Nobody; such names stay apart.
    Nobody,
    Weights(&'j LinkWeights),
    /// The annotation, which gives the entities of every name; what the names look like beside each
    /// other is added to the examples.
    Gold {
        entities: &'j [Vec<usize>],
        examples: &'j mut Vec<LinkExample>,
    },
}

/// A short name beside a long one.
#[derive(Clone, Debug)]
pub struct LinkExample {
    /// 0 for people, 1 for places, 2 for organisations, 3 for others.
    pub kind: usize,
    /// Numbers of what is told of the two, by [`clue_names`](crate::clue_names).
    pub clues: Vec<usize>,
    /// Whether they name one thing.
    pub same: bool,
}

/// Gathers names, which are in text order, into entities in the order of their first occurrence;
/// tells `joined` why, mention by mention, in no order.
pub(crate) fn gather<'d>(
    document: &'d Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[Name],
    places: Option<&PlaceWeights>,
    mut judge: Judge<'_>,
    mut joined: impl FnMut(usize, Join),
) -> Vec<Cluster> {
    let readings = Readings::new(document, views, gazetteer, chosen, places).best;
    let mut clusters: Vec<Cluster> = Vec::with_capacity(chosen.len());
    // Of each the first forms.
    let mut forms_of: Vec<Vec<Form<'d>>> = Vec::with_capacity(chosen.len());
    let mut likeness = Likeness::default();
    let mut by_entry: FxHashMap<(Label, &str), usize> = FxHashMap::default();
    let mut by_form: FxHashMap<(Label, Word), Vec<usize>> = FxHashMap::default();
    by_form.reserve(chosen.len());

    // Several entries may tell of one thing, each with forms of its own.
    let identity = |id: EntryId| (gazetteer.kind(id).label(), gazetteer.identity(id));
    // Longer names first, so that a short form finds the name that it shortens even when it
    // comes before it, in a headline.
    let mut all: Vec<Word> = Vec::with_capacity(2 * chosen.len());
    let forms: Vec<std::ops::Range<usize>> =
        chosen.iter().map(|mention| words(document, views, mention, &mut all)).collect();
    let mut order: Vec<usize> = (0..chosen.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(forms[index].len()));
    for index in order {
        let mention = &chosen[index];
        let words = &all[forms[index].clone()];
        let asserted = mention
            .is_asserted()
            .then(|| gazetteer.asserted_at(document, mention.tokens.clone()))
            .flatten();
        let own = match asserted {
            Some(name) => Cow::Owned(name.name.to_lowercase()),
            None => form(words),
        };
        let level = level(document, mention);
        let mut entry = readings[index].filter(|_| asserted.is_none());
        let key = (mention.label.clone(), own);
        let same_words = || {
            let mut candidates = by_form.get(&key)?.iter().copied();
            // Kota Bandung and Kabupaten Bandung are two, and so are Desa and Kecamatan Lambai.
            let same = |&at: &usize| {
                let two_entries = || match (clusters[at].entry, entry) {
                    (Some(one), Some(other)) => identity(one) != identity(other),
                    _ => false,
                };
                let two_levels =
                    || clusters[at].level.is_some_and(|it| level.is_some_and(|own| it != own));
                mention.label != Label::Location || !two_entries() && !two_levels()
            };
            candidates.rfind(same)
        };
        let (number, join) =
            if let Some(&number) = entry.and_then(|entry| by_entry.get(&identity(entry))) {
                (number, Join::SameEntry)
            } else if let Some(number) = same_words() {
                (number, Join::SameWords)
            } else if let Some((number, join)) = asserted
                .is_none()
                .then(|| {
                    // A list that knows the word only as a short form says less than the document.
                    let own = |id: EntryId| {
                        gazetteer.entry(id).name.eq_ignore_ascii_case(document.slice(mention.span))
                    };
                    let known = entry.is_some_and(|id| !may_be_namesake(gazetteer, id) || own(id));
                    let name = Short { mention, index, words, entry, known };
                    likeness.find(document, gazetteer, &clusters, &forms_of, &name, &mut judge)
                })
                .flatten()
            {
                // What the gazetteer knows by this short name is another.
                entry = None;
                (number, join)
            } else {
                clusters.push(Cluster::new(mention.label.clone()));
                forms_of.push(Vec::new());
                likeness.of_kind[kind(&mention.label)].push(clusters.len() - 1);
                (clusters.len() - 1, Join::New)
            };
        joined(index, join);
        let cluster = &mut clusters[number];
        let place = cluster.mentions.partition_point(|&other| other < index);
        cluster.mentions.insert(place, index);
        if join != Join::SameWords && forms_of[number].len() < FORMS {
            let letters = Letters::of(words);
            forms_of[number].push(Form { words: words.to_vec(), letters, level });
        }
        cluster.level = cluster.level.or(level);
        if let Some(entry) = entry {
            // Of entries for one thing the one that says where it lies.
            let placed = |id: EntryId| gazetteer.entry(id).coordinates.is_some();
            if cluster.entry.is_none_or(|known| !placed(known) && placed(entry)) {
                cluster.entry = Some(entry);
            }
            by_entry.entry(identity(entry)).or_insert(number);
        }
        if let Some(name) = asserted {
            cluster.asserted = Some((name.name.to_string(), name.id.map(str::to_string)));
        }
        let mut remember = |form: (Label, Word<'d>)| {
            let numbers = by_form.entry(form).or_default();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        };
        remember(key);
        for other in introduced(document, mention) {
            remember((mention.label.clone(), other));
        }
        for other in called(document, chosen, index) {
            remember((mention.label.clone(), form(&all[forms[other].clone()])));
        }
        let (_, inside) = brackets(document, mention);
        if let Some(short) = inside.or_else(|| bracketed(document, chosen, index)) {
            remember((mention.label.clone(), document.folded_words(short).into()));
            clusters[number].introduced = true;
        }
    }
    clusters.sort_by_key(|cluster| cluster.mentions.first().copied());
    clusters
}

/// Whether short forms of an entry are those of many others, too: of people and clubs.
fn may_be_namesake(gazetteer: &Gazetteer<'_>, id: EntryId) -> bool {
    gazetteer.kind(id).label() == Label::Person || gazetteer.kind(id) == Kind::Club
}

impl Cluster {
    fn new(label: Label) -> Self {
        Cluster {
            label,
            mentions: Vec::new(),
            entry: None,
            asserted: None,
            level: None,
            introduced: false,
        }
    }

    /// Whether a mention stands before that of this number, and how many mentions lie between it and
    /// the nearest, one before if there is one.
    fn distance(&self, index: usize) -> (bool, usize) {
        let place = self.mentions.partition_point(|&other| other < index);
        match place.checked_sub(1) {
            Some(before) => (true, index - self.mentions[before]),
            None => (false, self.mentions.first().map_or(usize::MAX, |behind| behind - index)),
        }
    }
}

/// The letters with which the words of a name begin, a bit each.
#[derive(Clone, Copy, Debug)]
struct Letters(u64);

impl Letters {
    fn of(words: &[Word<'_>]) -> Self {
        let bit = |word: &Word| word.chars().next().map_or(0, |letter| 1 << (letter as u32 % 64));
        Letters(words.iter().map(bit).fold(0, |all, bit| all | bit))
    }

    /// Whether so many words of a name can stand for words of another that makes it worth a look.
    ///
    /// `letters` has those with which the words begin, one by one.
    fn may_match(
        self,
        words: &[Word<'_>],
        letters: &[Letters],
        label: &Label,
        long: &[Word<'_>],
    ) -> bool {
        let begins = letters.iter().filter(|letter| letter.0 & self.0 != 0);
        begins.count() + 1 >= words.len().max(2)
            || matches!(words, [word] if *label == Label::Person
                && word.len() > 2
                && long.iter().any(|other| other.ends_with(&**word)))
    }
}

/// A name for which a longer one is looked for.
struct Short<'n, 'd> {
    mention: &'n Name,
    index: usize,
    words: &'n [Word<'d>],
    /// What it stands for in the gazetteer.
    entry: Option<EntryId>,
    /// Whether the gazetteer has it by this name, and not as a short form that others may have.
    known: bool,
}

/// Finds the entity of which a name is a form. Buffers are reused.
#[derive(Default)]
struct Likeness {
    alignment: Alignment,
    /// The letters with which the words of the name begin, one by one.
    letters: Vec<Letters>,
    /// The entities of each kind of names.
    of_kind: [Vec<usize>; KINDS],
    candidates: Vec<Candidate>,
    /// The matches of all candidates, one behind the other.
    matches: Vec<Match>,
}

/// Whether a mention of an entity stands before, and how near the nearest is.
type Nearness = (bool, std::cmp::Reverse<usize>);

/// A form that has words for words of the name.
#[derive(Clone, Copy)]
struct Candidate {
    cluster: usize,
    /// Its number among the forms of the entity.
    form: usize,
    /// Where its matches end.
    end: usize,
    /// Whether they are all words of the name.
    whole: bool,
}

impl Likeness {
    /// The entity of which a name is a form by what the judge says, and why. Of several as likely,
    /// the one named last before.
    fn find(
        &mut self,
        document: &Document,
        gazetteer: &Gazetteer<'_>,
        clusters: &[Cluster],
        forms: &[Vec<Form<'_>>],
        name: &Short<'_, '_>,
        judge: &mut Judge<'_>,
    ) -> Option<(usize, Join)> {
        if matches!(judge, Judge::Nobody) {
            return None;
        }
        self.align(clusters, forms, name);
        let label = &name.mention.label;
        let kind = kind(label);
        let own_level = level(document, name.mention);
        let surface = document.slice(name.mention.span);
        let capitals = name.words.len() == 1 && !surface.contains(char::is_lowercase);
        let mut wholes = self.candidates.iter().filter(|it| it.whole).map(|it| it.cluster);
        let rivals = wholes.next().is_some_and(|first| wholes.any(|other| other != first));
        let mut best: Option<(i32, Nearness, usize, Join)> = None;
        let mut from = 0;
        for &Candidate { cluster: number, form, end, .. } in &self.candidates {
            let matches = &self.matches[from..end];
            from = end;
            let cluster = &clusters[number];
            let (before, distance) = cluster.distance(name.index);
            let level = forms[number][form].level;
            // Kota Bandung and Kabupaten Bandung are two.
            if own_level.is_some() && level.is_some() && own_level != level {
                continue;
            }
            // Tulang Bawang is no short form of Tulang Bawang Barat, which is another regency.
            let two = |(one, other)| gazetteer.identity(one) != gazetteer.identity(other);
            if *label == Label::Location && name.entry.zip(cluster.entry).is_some_and(two) {
                continue;
            }
            let circumstances = Circumstances {
                one_level: own_level.is_some() != level.is_some(),
                known: name.known,
                long_known: cluster.entry.is_some(),
                capitals,
                introduced: cluster.introduced,
                before,
                distance,
                mentions: cluster.mentions.len(),
                rivals,
            };
            let long = &forms[number][form].words;
            let mut score = 0;
            match judge {
                Judge::Nobody => {}
                Judge::Weights(weights) => {
                    let add = |clue| score += weights.weight(kind, clue);
                    clues(name.words, long, matches, circumstances, add);
                }
                Judge::Gold { entities, examples } => {
                    let (own, others) = (&entities[name.index], &entities[cluster.mentions[0]]);
                    if own.is_empty() || others.is_empty() {
                        continue;
                    }
                    let same = own.iter().any(|entity| others.contains(entity));
                    let mut found = Vec::new();
                    let add = |clue: Clue| found.push(clue as usize);
                    clues(name.words, long, matches, circumstances, add);
                    examples.push(LinkExample { kind, clues: found, same });
                    score = if same { 1 } else { -1 };
                }
            }
            let near = (before, std::cmp::Reverse(distance));
            let misspelt = matches.iter().any(|it| it.way == Way::Misspelt);
            let join = if misspelt { Join::Misspelt } else { Join::Shortens };
            if score > 0 && best.is_none_or(|(most, nearest, ..)| (score, near) > (most, nearest)) {
                best = Some((score, near, number, join));
            }
        }
        best.map(|(_, _, number, join)| (number, join))
    }

    /// Fills the candidates.
    fn align(&mut self, clusters: &[Cluster], forms: &[Vec<Form<'_>>], name: &Short<'_, '_>) {
        self.candidates.clear();
        self.matches.clear();
        self.letters.clear();
        self.letters.extend(name.words.iter().map(|word| Letters::of(std::slice::from_ref(word))));
        let label = &name.mention.label;
        let of_kind = self.of_kind[kind(label)].iter().rev().take(COMPARED);
        for &number in of_kind.filter(|&&number| clusters[number].label == *label) {
            for (form, long) in forms[number].iter().enumerate() {
                let letters = long.letters;
                if !letters.may_match(name.words, &self.letters, label, &long.words) {
                    continue;
                }
                self.alignment.align(name.words, &long.words);
                let matches = &self.alignment.matches;
                if matches.is_empty() || are_two(label, name.words, &long.words, matches) {
                    continue;
                }
                self.matches.extend(&self.alignment.matches);
                let whole = self.alignment.matches.len() == name.words.len();
                let end = self.matches.len();
                self.candidates.push(Candidate { cluster: number, form, end, whole });
            }
        }
    }
}

/// Whether two names that have words in common must be of two things: people of whom each has a word
/// that the other lacks, such as brothers and sisters, and what bears different numbers ("SDN 1",
/// "SDN 2").
fn are_two(label: &Label, short: &[Word<'_>], long: &[Word<'_>], matches: &[Match]) -> bool {
    let mut missing =
        short.iter().enumerate().filter(|(at, _)| !matches.iter().any(|it| it.word == *at));
    let covers = |it: &Match, at: usize| (it.start..it.end).contains(&at);
    let mut skipped =
        long.iter().enumerate().filter(|(at, _)| !matches.iter().any(|it| covers(it, *at)));
    if *label == Label::Person {
        return missing.count() > 0 && skipped.count() > 0;
    }
    let numbers = |(_, word): (usize, &Word)| is_number(word);
    missing.any(numbers) && skipped.any(numbers)
}

/// The tokens of the one word that stands in brackets behind a mention, or before one of an
/// organisation or a place in brackets, when it is a mention of the same label: the other form of a
/// name that is introduced so. Before a person's name in brackets stands whom that person plays.
fn bracketed(document: &Document, chosen: &[Name], index: usize) -> Option<std::ops::Range<usize>> {
    let opens = |one: &Name, other: &Name| {
        let surface = |at: usize| document.tokens.get(at).map(|token| document.surface(token));
        other.tokens.start == one.tokens.end + 1
            && surface(one.tokens.end) == Some("(")
            && surface(other.tokens.end) == Some(")")
            && one.label == other.label
    };
    let mention = &chosen[index];
    let behind = chosen.get(index + 1).filter(|next| opens(mention, next));
    let other = behind.or_else(|| {
        let before = index.checked_sub(1).filter(|_| mention.label != Label::Person)?;
        chosen.get(before).filter(|last| opens(last, mention))
    });
    other.map(|other| other.tokens.clone()).filter(|tokens| tokens.len() == 1)
}

//! From mentions to entities: which mentions of a document name one person, place or organisation.

use std::borrow::Cow;

use nukil_gazetteer::{EntryId, Gazetteer};
use nukil_types::{Document, Label};
use rustc_hash::FxHashMap;

use crate::forms::{
    Word, brackets, form, introduced, is_acronym, is_misspelt, shortens_organisation,
    shortens_person, shortens_place, words,
};
use crate::name::Name;
use crate::places::Readings;
use crate::view::Views;

/// An entity while its mentions are gathered.
pub(crate) struct Cluster {
    pub label: Label,
    /// Numbers of its mentions, in text order once all are gathered.
    pub mentions: Vec<usize>,
    pub entry: Option<EntryId>,
    /// Name and identifier from a user's gazetteer.
    pub asserted: Option<(String, Option<String>)>,
    /// Whether a short form is introduced in brackets beside it.
    introduced: bool,
}

/// Why a mention belongs to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// It is the longest, or the first of the longest names of the entity.
    New,
    /// The gazetteer knows it as another form of one and the same.
    SameEntry,
    /// Its words are those of another form, but for spelling and for words such as PT and Kota.
    SameWords,
    /// It shortens a longer name.
    Shortens,
    /// It is a name of several words of which one is written with one letter more, less or other.
    Misspelt,
}

/// Gathers names, which are in text order, into entities in the order of their first occurrence;
/// tells `joined` why, mention by mention, in no order.
pub(crate) fn gather<'d>(
    document: &'d Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[Name],
    mut joined: impl FnMut(usize, Join),
) -> Vec<Cluster> {
    let readings = Readings::new(document, views, gazetteer, chosen).best;
    let mut clusters: Vec<Cluster> = Vec::with_capacity(chosen.len());
    // Of each the words of its longest form.
    let mut names: Vec<&[Word]> = Vec::with_capacity(chosen.len());
    let mut by_entry: FxHashMap<(Label, &str), usize> = FxHashMap::default();
    let mut by_form: FxHashMap<(Label, Word), Vec<usize>> = FxHashMap::default();
    by_form.reserve(chosen.len());
    // Names of people by all their words but one, with that one.
    let mut near: FxHashMap<(usize, String), Vec<(usize, &Word)>> = FxHashMap::default();

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
        let mut entry = readings[index].filter(|_| asserted.is_none());
        let key = (mention.label.clone(), own);
        let same_words = || {
            let mut candidates = by_form.get(&key)?.iter().copied();
            // Kota Bandung and Kabupaten Bandung are two.
            let same = |&at: &usize| match (clusters[at].entry, entry) {
                (Some(one), Some(other)) => {
                    mention.label != Label::Location || identity(one) == identity(other)
                }
                _ => true,
            };
            candidates.rfind(same)
        };
        let (number, join) =
            if let Some(&number) = entry.and_then(|entry| by_entry.get(&identity(entry))) {
                (number, Join::SameEntry)
            } else if let Some(number) = same_words() {
                (number, Join::SameWords)
            } else if let Some(number) = asserted
                .is_none()
                .then(|| shortened_by(&clusters, &names, chosen, index, words, entry.is_some()))
                .flatten()
            {
                // What the gazetteer knows by this short name is another.
                entry = None;
                (number, Join::Shortens)
            } else if let Some(number) = misspelt(&near, words, mention) {
                (number, Join::Misspelt)
            } else {
                clusters.push(Cluster::new(mention.label.clone()));
                names.push(words);
                (clusters.len() - 1, Join::New)
            };
        joined(index, join);
        if mention.label == Label::Person && matches!(join, Join::New) {
            for (at, word) in words.iter().enumerate().filter(|_| words.len() > 1) {
                near.entry(without(words, at)).or_default().push((number, word));
            }
        }
        let cluster = &mut clusters[number];
        cluster.mentions.push(index);
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
        let (_, inside) = brackets(document, mention);
        if let Some(short) = inside.or_else(|| bracketed(document, chosen, index)) {
            remember((mention.label.clone(), document.folded_words(short).into()));
            clusters[number].introduced = true;
        }
    }
    for cluster in &mut clusters {
        cluster.mentions.sort_unstable();
    }
    clusters.sort_by_key(|cluster| cluster.mentions.first().copied());
    clusters
}

/// Words of a name without one of them, and which one that is.
fn without(words: &[Word<'_>], at: usize) -> (usize, String) {
    (at, [&words[..at], &words[at + 1..]].concat().join(" "))
}

/// The person whose name has the same words but for a slip in one.
fn misspelt(
    near: &FxHashMap<(usize, String), Vec<(usize, &Word<'_>)>>,
    words: &[Word<'_>],
    mention: &Name,
) -> Option<usize> {
    if mention.label != Label::Person || words.len() < 2 || mention.is_asserted() {
        return None;
    }
    words.iter().enumerate().find_map(|(at, word)| {
        let others = near.get(&without(words, at))?;
        others.iter().find(|(_, other)| is_misspelt(word, other)).map(|(number, _)| *number)
    })
}

impl Cluster {
    fn new(label: Label) -> Self {
        Cluster { label, mentions: Vec::new(), entry: None, asserted: None, introduced: false }
    }
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

/// The cluster whose name, of `names`, these words shorten. Of several, the one named last before.
/// Where the gazetteer knows the words, they shorten only the name of a person whom it does not
/// know: in an article on Risma Damayanti, "Risma" is not the minister.
fn shortened_by(
    clusters: &[Cluster],
    names: &[&[Word<'_>]],
    chosen: &[Name],
    index: usize,
    words: &[Word<'_>],
    known: bool,
) -> Option<usize> {
    let label = &chosen[index].label;
    if known && (*label != Label::Person || chosen[index].tokens.len() > 1) {
        return None;
    }
    let shortens = |cluster: &Cluster, name: &[Word]| {
        cluster.label == *label
            && !(known && cluster.entry.is_some())
            && match label {
                Label::Person => shortens_person(words, name),
                Label::Organisation => {
                    shortens_organisation(words, name)
                        || !cluster.introduced && is_acronym(words, name)
                }
                Label::Location => shortens_place(words, name),
                _ => false,
            }
    };
    let distance = |cluster: &Cluster| {
        let before = cluster.mentions.iter().filter(|&&at| at < index).max();
        let behind = cluster.mentions.iter().filter(|&&at| at > index).min();
        match (before, behind) {
            (Some(before), _) => (0, index - before),
            (None, Some(behind)) => (1, behind - index),
            (None, None) => (2, 0),
        }
    };
    let named = clusters.iter().zip(names).enumerate();
    let candidates = named.filter(|(_, (cluster, name))| shortens(cluster, name));
    candidates.min_by_key(|(_, (cluster, _))| distance(cluster)).map(|(number, _)| number)
}

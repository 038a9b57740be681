//! From mentions to entities: which mentions of a document name one person, place or organisation.

use std::borrow::Cow;

use nukil_gazetteer::{EntryId, Gazetteer};
use nukil_types::{Document, Label};
use rustc_hash::FxHashMap;

use crate::forms::{Word, is_acronym, parts, shortens_organisation, shortens_person, words};
use crate::places::Readings;
use crate::proposal::Proposal;
use crate::qualifiers::{Places, Qualifier};
use crate::view::Views;

/// An entity while its mentions are gathered.
pub(crate) struct Cluster {
    pub label: Label,
    /// Numbers of its mentions, in text order once all are gathered.
    pub mentions: Vec<usize>,
    /// Numbers of the qualifiers that name it, in text order.
    pub qualifiers: Vec<usize>,
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
}

/// Gathers mentions and qualifiers, which are in text order, into entities in the order of their
/// first occurrence; tells `joined` why, mention by mention, in no order. A qualifier that nothing
/// is known of, or that ends the name of the same place ("Kota Surabaya"), belongs to none.
pub(crate) fn gather<'d>(
    document: &'d Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[(usize, Proposal)],
    qualifiers: &[Qualifier],
    mut joined: impl FnMut(usize, Join),
) -> Vec<Cluster> {
    let places = Places::new(chosen, qualifiers);
    let readings = Readings::new(document, views, gazetteer, &places.all).best;
    let mut clusters: Vec<Cluster> = Vec::with_capacity(chosen.len());
    // Of each the words of its longest form.
    let mut names: Vec<&[Word]> = Vec::with_capacity(chosen.len());
    let mut by_entry: FxHashMap<(Label, &str), usize> = FxHashMap::default();
    let mut by_form: FxHashMap<(Label, Word), Vec<usize>> = FxHashMap::default();
    by_form.reserve(chosen.len());

    // Several entries may tell of one thing, each with forms of its own.
    let identity = |id: EntryId| (gazetteer.kind(id).label(), gazetteer.identity(id));
    // Longer names first, so that a short form finds the name that it shortens even when it
    // comes before it, in a headline.
    let mut all: Vec<Word> = Vec::with_capacity(2 * chosen.len());
    let forms: Vec<std::ops::Range<usize>> =
        chosen.iter().map(|(_, mention)| words(document, views, mention, &mut all)).collect();
    let mut order: Vec<usize> = (0..chosen.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(forms[index].len()));
    for index in order {
        let mention = &chosen[index].1;
        let words = &all[forms[index].clone()];
        let asserted = mention
            .is_asserted()
            .then(|| gazetteer.asserted_at(document, mention.tokens.clone()))
            .flatten();
        let form = match (asserted, words) {
            (Some(name), _) => Cow::Owned(name.name.to_lowercase()),
            (None, [word]) => word.clone(),
            (None, words) => Cow::Owned(words.join(" ")),
        };
        let mut entry = readings[places.names[index]].filter(|_| asserted.is_none());
        let key = (mention.label.clone(), form);
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
            } else {
                clusters.push(Cluster::new(mention.label.clone()));
                names.push(words);
                (clusters.len() - 1, Join::New)
            };
        joined(index, join);
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
        let (_, inside) = parts(document, &mention.tokens);
        if let Some(short) = inside.or_else(|| bracketed(document, chosen, index)) {
            remember((mention.label.clone(), document.folded_words(short).into()));
            clusters[number].introduced = true;
        }
    }
    for (index, qualifier) in qualifiers.iter().enumerate() {
        let Some(entry) = qualifier.entry.or(readings[places.qualifiers[index]]) else { continue };
        let number = *by_entry.entry(identity(entry)).or_insert_with(|| {
            clusters.push(Cluster { entry: Some(entry), ..Cluster::new(Label::Geopolitical) });
            clusters.len() - 1
        });
        let cluster = &mut clusters[number];
        let within = |&at: &usize| chosen[at].1.tokens.contains(&qualifier.place.tokens.start);
        if !cluster.mentions.iter().any(within) {
            cluster.qualifiers.push(index);
        }
    }
    for cluster in &mut clusters {
        cluster.mentions.sort_unstable();
    }
    clusters.sort_by_key(|cluster| {
        let name = cluster.mentions.first().map(|&at| chosen[at].1.tokens.start);
        let qualifier = cluster.qualifiers.first().map(|&at| qualifiers[at].place.tokens.start);
        name.into_iter().chain(qualifier).min()
    });
    clusters
}

impl Cluster {
    fn new(label: Label) -> Self {
        let (mentions, qualifiers) = (Vec::new(), Vec::new());
        Cluster { label, mentions, qualifiers, entry: None, asserted: None, introduced: false }
    }
}

/// The tokens of the one word that stands in brackets behind a mention, or before one of an
/// organisation or a place in brackets, when it is a mention of the same label: the other form of a
/// name that is introduced so. Before a person's name in brackets stands whom that person plays.
fn bracketed(
    document: &Document,
    chosen: &[(usize, Proposal)],
    index: usize,
) -> Option<std::ops::Range<usize>> {
    let opens = |one: &Proposal, other: &Proposal| {
        let surface = |at: usize| document.tokens.get(at).map(|token| document.surface(token));
        other.tokens.start == one.tokens.end + 1
            && surface(one.tokens.end) == Some("(")
            && surface(other.tokens.end) == Some(")")
            && one.label == other.label
    };
    let mention = &chosen[index].1;
    let behind = chosen.get(index + 1).filter(|(_, next)| opens(mention, next));
    let other = behind.or_else(|| {
        let before = index.checked_sub(1).filter(|_| mention.label != Label::Person)?;
        chosen.get(before).filter(|(_, last)| opens(last, mention))
    });
    other.map(|(_, other)| other.tokens.clone()).filter(|tokens| tokens.len() == 1)
}

/// The cluster whose name, of `names`, these words shorten. Of several, the one named last before.
/// Where the gazetteer knows the words, they shorten only the name of a person whom it does not
/// know: in an article on Risma Damayanti, "Risma" is not the minister.
fn shortened_by(
    clusters: &[Cluster],
    names: &[&[Word<'_>]],
    chosen: &[(usize, Proposal)],
    index: usize,
    words: &[Word<'_>],
    known: bool,
) -> Option<usize> {
    let label = &chosen[index].1.label;
    if known && (*label != Label::Person || chosen[index].1.tokens.len() > 1) {
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

//! The tagger decides sentence by sentence; the document has the second word.
//!
//! Its names take the place of those that the rules chose, but for what the user asserts. Where
//! it saw none, a name that the rules chose is taken up after all when the document speaks for
//! it: when the tagger saw that name in another sentence, or when it is a place that the gazetteer
//! holds, in an article or in several sentences of a shorter text. The guideline that the tagger
//! follows leaves out countries that act ("Pemerintah AS"), which whoever counts the places of an
//! article wants.

use std::hash::Hasher;
use std::ops::Range;

use nukil_gazetteer::{Gazetteer, Hit, Kind, Part};
use nukil_tagger::{Labels, Scratch, Signs, Stretch, Tagger, Word};
use nukil_types::hash::text;
use nukil_types::{Document, Label, MentionSource, Sentence, Token};
use rustc_hash::{FxHashMap, FxHasher};

use crate::edges::mended;
use crate::proposal::Proposal;
use crate::view::{Shape, Views, Writing};

/// The probability at which an organisation that the rules chose counts though the tagger's best
/// labels leave it out.
const LIKELY: f64 = 0.12;

/// Sentences of a text that is an article and not a few lines.
const ARTICLE: usize = 5;

/// Sentences of a shorter text in which a place of the gazetteer is named before it counts.
const SENTENCES: usize = 2;

/// Weight of the rules at which a place of the gazetteer is plain enough to count: a country, a
/// province, a large town, not a village whose name is a word.
const PLAIN: f64 = 0.45;

const LABELS: [Label; 3] = [Label::Person, Label::Location, Label::Organisation];

/// The names of all sentences in text order, each with the number of its sentence. The weight of
/// a name from the tagger is its probability.
pub(crate) fn choose(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    tagger: &Tagger<'_>,
    signs: &[Signs],
    rules: Vec<(usize, Proposal)>,
    scratch: &mut Scratch,
) -> Vec<(usize, Proposal)> {
    let mut chosen: Vec<(usize, Proposal)> = Vec::new();
    let mut left: Vec<(usize, Proposal)> = Vec::new();
    let mut rules = rules.into_iter().peekable();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let begin = chosen.len();
        let mut others = Vec::new();
        while let Some(name) = rules.next_if(|(of, _)| *of == number) {
            if name.1.is_asserted() { chosen.push(name) } else { others.push(name) }
        }
        let signs = &signs[sentence.tokens.clone()];
        let words = document.tokens[sentence.tokens.clone()].iter();
        let words = words.map(|token| OfDocument { document, token });
        let names = Labels::stretches(tagger.tag(words, signs, scratch));
        let first = sentence.tokens.start;
        let weighed = names.iter().map(|name| name.start..name.end).chain(
            others
                .iter()
                .filter(|(_, name)| is_plain_organisation(views, name))
                .map(|(_, name)| name.tokens.start - first..name.tokens.end - first),
        );
        let hull = |a: Range<usize>, b: Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        if let Some(tokens) = weighed.reduce(hull) {
            tagger.weigh(tokens, scratch);
        }
        let prose = views.writing(number) == Writing::Prose;
        let kinds = tagger.labels().types();
        for name in names {
            let label = Label::parse(&kinds[name.kind]);
            let tokens = first + name.start..first + name.end;
            let weight = tagger.probability(&name, scratch);
            for (label, tokens) in mended(document, views, first, &label, prose, tokens) {
                let whole = others.iter().map(|(_, place)| place).find(|place| {
                    label == Label::Location
                        && is_listed_place(place)
                        && !views.token(place.tokens.start).titled
                        && place.holds_place(&tokens)
                });
                let tokens = whole.map_or(tokens, |place| place.tokens.clone());
                let found_by = MentionSource::Tagger;
                let name = Proposal { tokens, label, weight, found_by };
                let none = is_odd_acronym(views, &name)
                    || is_listed_word(views, &name) && goes_on(views, &name, sentence);
                if !none && is_free(&chosen[begin..], &name) {
                    chosen.push((number, name));
                }
            }
        }
        let mut until = 0;
        for (_, name) in others {
            let mut name = widened(views, gazetteer, &chosen[begin..], name);
            if name.tokens.start < until || !is_free(&chosen[begin..], &name) {
                continue;
            }
            until = name.tokens.end;
            let kind = kinds.iter().position(|kind| kind == name.label.as_str());
            let kind = kind.filter(|_| is_plain_organisation(views, &name));
            let (start, end) = (name.tokens.start - first, name.tokens.end - first);
            let stretch = kind.map(|kind| Stretch { start, end, kind });
            let probability = stretch.map_or(0.0, |name| tagger.probability(&name, scratch));
            if probability >= LIKELY {
                name.weight = probability;
                chosen.push((number, name));
            } else {
                left.push((number, name));
            }
        }
    }
    second_word(document, views, &mut chosen, left);
    agree(document, &mut chosen);
    chosen.sort_by_key(|(_, name)| name.tokens.start);
    chosen
}

/// A word as the tagger asks for it.
#[derive(Clone, Copy)]
struct OfDocument<'d> {
    document: &'d Document,
    token: &'d Token,
}

impl Word for OfDocument<'_> {
    fn surface(&self) -> &str {
        self.document.surface(self.token)
    }

    fn folded(&self) -> &str {
        self.document.folded(self.token)
    }

    fn bytes(&self) -> &[u8] {
        self.document.surface_bytes(self.token)
    }
}

fn is_free(chosen: &[(usize, Proposal)], name: &Proposal) -> bool {
    chosen.iter().all(|(_, other)| {
        other.tokens.end <= name.tokens.start || name.tokens.end <= other.tokens.start
    })
}

/// Whether this is an acronym that no list holds and that is less likely an organisation than not.
/// Acronyms name measures, products and illnesses as well.
fn is_odd_acronym(views: &Views, name: &Proposal) -> bool {
    let at = name.tokens.start;
    name.label == Label::Organisation
        && name.tokens.len() == 1
        && views.token(at).shape == Shape::Upper
        && views.hits(at).is_empty()
        && name.weight < 0.5
}

/// A place that the rules chose, with what the gazetteer holds of it behind it and no other name
/// does: "Jawa" in "Gubernur Jawa Barat Dedi Mulyadi", where they took "Barat Dedi Mulyadi" for a
/// person and the tagger did not.
fn widened(
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[(usize, Proposal)],
    name: Proposal,
) -> Proposal {
    if name.label != Label::Location {
        return name;
    }
    let start = name.tokens.start;
    let place = |hit: &&Hit| {
        let kind = gazetteer.kind(hit.entry);
        hit.length > name.tokens.len() && kind.label() == Label::Location && kind != Kind::Village
    };
    let Some(hit) = views.hits(start).iter().rev().find(place) else { return name };
    let tokens = start..start + hit.length;
    let whole = Proposal { tokens, found_by: MentionSource::Gazetteer, ..name.clone() };
    if is_free(chosen, &whole) { whole } else { name }
}

/// Probabilities of names of one form, summed by label: one sum for each of [`LABELS`].
type Sums = FxHashMap<u64, [f64; LABELS.len()]>;

/// A number for the words of a name in lower case, which no other words of a document have.
fn form(document: &Document, name: &Range<usize>) -> u64 {
    let mut form = FxHasher::default();
    document.tokens[name.clone()]
        .iter()
        .for_each(|token| form.write_u64(text(document.folded_bytes(token))));
    form.finish()
}

/// Which of [`LABELS`] this is.
fn number(label: &Label) -> Option<usize> {
    LABELS.iter().position(|known| known == label)
}

/// Takes up what the rules chose and the tagger did not see, where the document speaks for it.
fn second_word(
    document: &Document,
    views: &Views,
    chosen: &mut Vec<(usize, Proposal)>,
    left: Vec<(usize, Proposal)>,
) {
    if left.is_empty() {
        return;
    }
    let mut seen = Sums::default();
    for (_, name) in chosen.iter().filter(|(_, name)| name.found_by == MentionSource::Tagger) {
        let Some(label) = number(&name.label) else { continue };
        seen.entry(form(document, &name.tokens)).or_default()[label] += name.weight;
        if name.label == Label::Person && name.tokens.len() > 1 {
            for at in name.tokens.clone() {
                seen.entry(form(document, &(at..at + 1))).or_default()[label] += 0.5 * name.weight;
            }
        }
    }
    // Of each form the sentences with a place of that name.
    let mut places: FxHashMap<u64, (usize, usize)> = FxHashMap::default();
    for (number, name) in left.iter().filter(|(_, name)| is_listed_place(name)) {
        let (count, last) = places.entry(form(document, &name.tokens)).or_insert((0, usize::MAX));
        if last != number {
            (*count, *last) = (*count + 1, *number);
        }
    }
    let enough = if document.sentences.len() < ARTICLE { SENTENCES } else { 1 };
    for (sentence, name) in left {
        let form = form(document, &name.tokens);
        let sums = seen.get(&form).copied().unwrap_or_default();
        let label = number(&name.label);
        let own = label.map_or(0.0, |label| sums[label]);
        let others = sums.into_iter().enumerate().filter(|(other, _)| Some(*other) != label);
        let rival = others.fold(0.0, |most: f64, (_, sum)| most.max(sum));
        let sentences = places.get(&form).map_or(0, |&(count, _)| count);
        let place = is_listed_place(&name) && sentences >= enough;
        if own > rival && own >= 0.4
            || place && !goes_on(views, &name, &document.sentences[sentence])
        {
            chosen.push((sentence, name));
        }
    }
}

/// Whether this is one word and a place that the gazetteer holds.
fn is_listed_word(views: &Views, name: &Proposal) -> bool {
    let one = name.label == Label::Location && name.tokens.len() == 1;
    one && !views.hits(name.tokens.start).is_empty()
}

/// Whether a place stands behind a capitalised word with which it makes a longer name: "Piala
/// Asia", "KRL Jabodetabek", not "Presiden Prancis".
fn goes_on(views: &Views, name: &Proposal, sentence: &Sentence) -> bool {
    let at = name.tokens.start;
    let before = views.before(at);
    at > sentence.tokens.start
        && before.title.is_none()
        && before.place.is_none()
        && matches!(views.token(at - 1).shape, Shape::Capital | Shape::Upper)
        && !views.token(at - 1).initial
}

/// Gives every name of several words one label in a document, the one that speaks for it most:
/// "Polsek Kelapa Gading" is not a place in one sentence and a police station in another. One
/// word may well be both: "Bandung" the city, "Bandung" the club.
fn agree(document: &Document, chosen: &mut [(usize, Proposal)]) {
    let long = |name: &Proposal| {
        number(&name.label).filter(|_| !name.is_asserted() && name.tokens.len() > 1)
    };
    let mut sums = Sums::default();
    for (_, name) in chosen.iter() {
        if let Some(label) = long(name) {
            sums.entry(form(document, &name.tokens)).or_default()[label] += name.weight;
        }
    }
    for (_, name) in chosen {
        let Some(mut label) = long(name) else { continue };
        let sums = sums[&form(document, &name.tokens)];
        for other in 0..LABELS.len() {
            if sums[other] > sums[label] {
                label = other;
            }
        }
        name.label = LABELS[label].clone();
    }
}

fn is_listed_place(name: &Proposal) -> bool {
    let listed = name.label == Label::Location && name.found_by == MentionSource::Gazetteer;
    listed && name.weight >= PLAIN
}

/// Whether the gazetteer or a head ("Dinas", "Polres") says that this is an organisation.
fn is_plain_organisation(views: &Views, name: &Proposal) -> bool {
    let head = views.head(name.tokens.start, Part::Inside);
    let headed = head.is_some_and(|(_, kind)| kind.label() == Label::Organisation);
    name.label == Label::Organisation
        && name.tokens.len() > 1
        && (headed || name.found_by == MentionSource::Gazetteer)
}

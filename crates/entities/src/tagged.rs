//! The tagger decides sentence by sentence; the document has the second word.
//!
//! Its names take the place of those that the rules chose, but for what the user asserts. Where
//! it saw none, a name that the rules chose is taken up after all when the document speaks for
//! it: when the tagger saw that name in another sentence, or when it is a place that the gazetteer
//! holds, in an article or in several sentences of a shorter text. The guideline that the tagger
//! follows leaves out countries that act ("Pemerintah AS"), which whoever counts the places of an
//! article wants.

use std::ops::Range;

use nukil_gazetteer::{Kind, Part, TitleKind};
use nukil_tagger::{Labels, Scratch, Signs, Stretch, Tagger};
use nukil_types::{Document, Label, MentionSource};
use rustc_hash::FxHashMap;

use crate::proposal::Proposal;
use crate::rules::ASSERTED;
use crate::view::{Shape, Views};

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

/// The names of all sentences in text order, each with the number of its sentence. The weight of
/// a name from the tagger is its probability.
pub(crate) fn choose(
    document: &Document,
    views: &Views,
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
            if name.1.weight >= ASSERTED { chosen.push(name) } else { others.push(name) }
        }
        let signs = &signs[sentence.tokens.clone()];
        let words = document.tokens[sentence.tokens.clone()].iter();
        let words = words.map(|token| (document.surface(token), document.folded(token)));
        let names = Labels::stretches(tagger.tag(words, signs, scratch));
        if !names.is_empty() || !others.is_empty() {
            tagger.weigh(scratch);
        }
        let first = sentence.tokens.start;
        let kinds = tagger.labels().types();
        for name in names {
            let mut label = Label::parse(&kinds[name.kind]);
            let mut tokens = first + name.start..first + name.end;
            if label == Label::Person && tokens.start > first && is_village(views, tokens.start) {
                label = Label::Location;
                tokens.start -= 1;
            }
            let proposal = Proposal {
                tokens: mended(document, views, &label, tokens),
                label,
                weight: tagger.probability(&name, scratch),
                found_by: MentionSource::Tagger,
            };
            if is_free(&chosen[begin..], &proposal) {
                chosen.push((number, proposal));
            }
        }
        for (_, mut name) in others {
            if !is_free(&chosen[begin..], &name) {
                continue;
            }
            let kind = kinds.iter().position(|kind| kind == name.label.as_str());
            let (start, end) = (name.tokens.start - first, name.tokens.end - first);
            let stretch = kind.map(|kind| Stretch { start, end, kind });
            let probability = stretch.map_or(0.0, |name| tagger.probability(&name, scratch));
            if probability >= LIKELY && is_long_organisation(&name) {
                name.weight = probability;
                chosen.push((number, name));
            } else {
                left.push((number, name));
            }
        }
    }
    second_word(document, &mut chosen, left);
    chosen.sort_by_key(|(_, name)| name.tokens.start);
    chosen
}

/// The tokens of a name with its edges mended. A bracket that is open is closed, one that only
/// closes is left off; a name ends with a bracket behind which goes on what is no name ("(KPK)
/// bersama Polri"). A title before a person ("Mayor Jenderal"), a common noun or a bracket before
/// a place ("lereng Gunung Merapi") and the rank of a person behind it ("Polres Pati AKP") are no
/// part of it.
fn mended(
    document: &Document,
    views: &Views,
    label: &Label,
    mut tokens: Range<usize>,
) -> Range<usize> {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let last_mark = tokens.clone().rev().map(surface).find(|&mark| mark == "(" || mark == ")");
    let closes = tokens.end < document.tokens.len() && surface(tokens.end) == ")";
    if last_mark == Some("(") && closes {
        tokens.end += 1;
    }
    if surface(tokens.end - 1) == ")" && !tokens.clone().any(|at| surface(at) == "(") {
        tokens.end -= 1;
    }
    if let Some(closing) = tokens.clone().find(|&at| surface(at) == ")") {
        let goes_on = closing + 1 < tokens.end;
        if goes_on && surface(tokens.start) == "(" {
            tokens.start = closing + 1;
        } else if goes_on && views.token(closing + 1).shape == Shape::Lower {
            tokens.end = closing + 1;
        }
    }
    let rank = |at: usize| views.title(at).filter(|(_, kind)| *kind == TitleKind::Rank);
    let is_last = |at: usize| rank(at).is_some_and(|(length, _)| at + length == tokens.end);
    if let Some(at) = (tokens.start + 1..tokens.end).find(|&at| is_last(at)) {
        tokens.end = at;
    }
    let before = |at: usize| match label {
        Label::Person => views
            .title(at)
            .filter(|(_, kind)| matches!(kind, TitleKind::Office | TitleKind::Rank))
            .map(|(length, _)| length),
        Label::Location if views.token(at).shape == Shape::Lower => {
            views.head(at, Part::Outside).map(|(length, _)| length)
        }
        _ => None,
    };
    while let Some(length) = before(tokens.start).filter(|&length| length < tokens.len()) {
        tokens.start += length;
    }
    tokens
}

fn is_free(chosen: &[(usize, Proposal)], name: &Proposal) -> bool {
    chosen.iter().all(|(_, other)| {
        other.tokens.end <= name.tokens.start || name.tokens.end <= other.tokens.start
    })
}

/// Takes up what the rules chose and the tagger did not see, where the document speaks for it.
fn second_word(
    document: &Document,
    chosen: &mut Vec<(usize, Proposal)>,
    left: Vec<(usize, Proposal)>,
) {
    let form = |name: &Proposal| {
        let tokens = &document.tokens[name.tokens.clone()];
        let folded: Vec<&str> = tokens.iter().map(|token| document.folded(token)).collect();
        folded.join(" ")
    };
    // Of each form the sum of probabilities by label, and the sentences with a place of that name.
    let mut seen: FxHashMap<(String, Label), f64> = FxHashMap::default();
    for (_, name) in chosen.iter().filter(|(_, name)| name.found_by == MentionSource::Tagger) {
        *seen.entry((form(name), name.label.clone())).or_default() += name.weight;
        if name.label == Label::Person && name.tokens.len() > 1 {
            for at in name.tokens.clone() {
                let part = document.folded(&document.tokens[at]).to_string();
                *seen.entry((part, Label::Person)).or_default() += 0.5 * name.weight;
            }
        }
    }
    let mut places: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    for (number, name) in left.iter().filter(|(_, name)| is_listed_place(name)) {
        let (count, last) = places.entry(form(name)).or_insert((0, usize::MAX));
        if last != number {
            (*count, *last) = (*count + 1, *number);
        }
    }
    let enough = if document.sentences.len() < ARTICLE { SENTENCES } else { 1 };
    for (number, name) in left {
        let form = form(&name);
        let own = seen.get(&(form.clone(), name.label.clone())).copied().unwrap_or(0.0);
        let rivals = [Label::Person, Label::Location, Label::Organisation];
        let rival = rivals
            .into_iter()
            .filter(|label| *label != name.label)
            .filter_map(|label| seen.get(&(form.clone(), label)))
            .fold(0.0, |most: f64, &weight| most.max(weight));
        let sentences = places.get(&form).map_or(0, |&(count, _)| count);
        if own > rival && own >= 0.4 || is_listed_place(&name) && sentences >= enough {
            chosen.push((number, name));
        }
    }
}

fn is_listed_place(name: &Proposal) -> bool {
    let listed = name.label == Label::Location && name.found_by == MentionSource::Gazetteer;
    listed && name.weight >= PLAIN
}

fn is_long_organisation(name: &Proposal) -> bool {
    name.label == Label::Organisation && name.tokens.len() > 1
}

/// Whether the word before a token says that a village or district is named: "Kampung Bumi Aji",
/// but not "Kepala Desa Suyono".
fn is_village(views: &Views, at: usize) -> bool {
    let village = |(length, kind)| length == 1 && matches!(kind, Kind::Village | Kind::District);
    views.before(at).title.is_none()
        && views.token(at - 1).shape == Shape::Capital
        && views.head(at - 1, Part::Inside).is_some_and(village)
}

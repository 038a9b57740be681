//! The tagger decides what is a name, sentence by sentence; what the other sentences hold is then
//! told to every sentence, and those to which it is news are labelled once more.

use std::ops::Range;

use nukil_gazetteer::Gazetteer;
use nukil_tagger::{DocumentNames, Form, Signs, Stretch, Tagger, Word};
use nukil_types::hash::{mix, text};
use nukil_types::{Document, Label, Token};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::bodies;
use crate::brackets;
use crate::hyphens::Hyphens;
use crate::name::Name;
use crate::support;
use crate::view::Views;

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
pub(crate) struct Scratch {
    pub tagger: nukil_tagger::Scratch,
    names: DocumentNames,
    /// A form a token of the document.
    forms: Vec<Form>,
    /// What the first pass marked in all sentences, where that of each sentence ends, and the scores
    /// of all tokens.
    found: Vec<Stretch>,
    ends: Vec<usize>,
    scores: Vec<i16>,
}

/// The names of all sentences in text order: those that a user asserts, and where these leave
/// room those that the tagger marks. `signs` are told what the document holds elsewhere.
pub(crate) fn names(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    tagger: &Tagger<'_>,
    signs: &mut [Signs],
    asserted: Vec<Name>,
    scratch: &mut Scratch,
) -> Vec<Name> {
    first_pass(document, views, tagger, signs, scratch);
    let Scratch { tagger: buffers, names, forms, found, ends, scores } = scratch;
    let mut chosen: Vec<Name> = Vec::with_capacity(found.len() + asserted.len());
    let mut asserted = asserted.into_iter().peekable();
    let mut begin = 0;
    for ((number, sentence), &end) in document.sentences.iter().enumerate().zip(&*ends) {
        let tokens = sentence.tokens.clone();
        let (forms, signs) = (&forms[tokens.clone()], &mut signs[tokens.clone()]);
        let first = &found[begin..end];
        begin = end;
        let news = names.tell(number, forms, first, signs);
        let second = news.then(|| label(document, views, tokens.clone(), tagger, signs, buffers));
        let marked = second.as_deref().unwrap_or(first);
        if second.is_none() && !marked.is_empty() {
            tagger.recall(tokens.clone(), scores, buffers);
        }
        let weights = tagger.probabilities(marked, buffers);
        let words: Vec<OfDocument<'_>> = match marked {
            [] => Vec::new(),
            _ => words(document, views, tokens.clone()).collect(),
        };
        let mut marked = marked.iter().zip(&weights).peekable();
        loop {
            let of_user = asserted.peek().filter(|name| name.sentence == number);
            let of_user = of_user.map(|name| name.tokens.clone());
            let start = |stretch: &Stretch| tokens.start + stretch.start;
            let before = |(stretch, _): &(&Stretch, &f64)| {
                of_user.as_ref().is_none_or(|own| start(stretch) < own.start)
            };
            if let Some((stretch, &weight)) = marked.next_if(before) {
                let covered = start(stretch)..tokens.start + stretch.end;
                let taken = chosen.last().is_some_and(|last| last.tokens.end > covered.start);
                if taken || of_user.is_some_and(|own| own.start < covered.end) {
                    continue;
                }
                let (kind, share) = tagger.kind(&words, signs, stretch);
                let label = Label::parse(kind);
                let (covered, person) = match label {
                    Label::Organisation => {
                        support::person_behind(document, views, gazetteer, covered)
                    }
                    _ => (covered.clone(), covered.end..covered.end),
                };
                let whole = weight * share;
                let mut add = |part: Range<usize>, label: Label, score: f64| {
                    if !part.is_empty() {
                        let name = Name::new(document, number, part, label);
                        chosen.push(Name { score, ..name });
                    }
                };
                let score = if person.is_empty() { whole } else { whole.max(least(&label)) };
                for part in brackets::split(document, covered) {
                    add(part, label.clone(), score);
                }
                add(person, Label::Person, score);
            } else if of_user.is_some() {
                chosen.extend(asserted.next());
            } else {
                break;
            }
        }
    }
    Hyphens::new(document, views, gazetteer).split(&mut chosen);
    bodies::complete(document, views, &mut chosen);
    parts_of_people(document, views, &mut chosen);
    support::ranks_and_degrees(document, views, &mut chosen);
    support::initials(document, views, &mut chosen);
    support::groups(document, &mut chosen);
    leave_out_doubtful(document, views, &mut chosen);
    support::lists(document, views, &mut chosen);
    chosen
}

/// Makes one word a person that was taken for a place or an organisation, where it is part of a
/// person's name of several words in the document, the tagger is less sure of it than of that, and no
/// list has it: "Price" beside "Ned Price".
fn parts_of_people(document: &Document, views: &Views, names: &mut [Name]) {
    let folded = |at: usize| document.folded(&document.tokens[at]);
    let mut parts: FxHashMap<&str, f64> = FxHashMap::default();
    for name in names.iter().filter(|it| it.label == Label::Person && it.tokens.len() > 1) {
        for at in name.tokens.clone() {
            let score = parts.entry(folded(at)).or_default();
            *score = score.max(name.score);
        }
    }
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1) {
        let other = matches!(name.label, Label::Location | Label::Organisation);
        let at = name.tokens.start;
        if other
            && !name.is_asserted()
            && !name.is_partial(document)
            && views.hits(at).is_empty()
            && parts.get(folded(at)).is_some_and(|&score| score > name.score)
        {
            name.label = Label::Person;
        }
    }
}

/// Leaves out names of low score whose words are nowhere in the document a name of higher score.
fn leave_out_doubtful(document: &Document, views: &Views, names: &mut Vec<Name>) {
    let form = |name: &Name| {
        let folded = document.tokens[name.tokens.clone()].iter().map(|it| document.folded(it));
        folded.fold(name.label.as_str().len() as u64, |hash, word| mix(hash, text(word)))
    };
    let sure: Vec<bool> = (0..names.len())
        .map(|at| {
            let name = &names[at];
            let room = name.score >= least(&name.label) - DOUBT;
            name.score >= least(&name.label)
                || room && support::is_introduced(document, views, name)
                || room && support::has_office(document, views, names, at)
        })
        .collect();
    if !sure.contains(&false) {
        return;
    }
    let of_sure = names.iter().zip(&sure).filter(|(_, sure)| **sure);
    let known: FxHashSet<u64> = of_sure.map(|(name, _)| form(name)).collect();
    let mut sure = sure.iter();
    names.retain(|name| sure.next() == Some(&true) || known.contains(&form(name)));
}

/// How much lower the score of a name may be that an acronym or an office beside it speaks for.
pub(crate) const DOUBT: f64 = 0.2;

/// The least score of a name: what is likelier wrong than right is left out. Rare types are found too
/// seldom for that, and their scores are shares of two choices.
pub(crate) fn least(label: &Label) -> f64 {
    match label {
        Label::Person | Label::Organisation => 0.5,
        Label::Location => 0.4,
        _ => 0.3,
    }
}

/// Labels every sentence as if it stood alone, and collects the names.
fn first_pass(
    document: &Document,
    views: &Views,
    tagger: &Tagger<'_>,
    signs: &[Signs],
    scratch: &mut Scratch,
) {
    let Scratch { tagger: buffers, names, forms, found, ends, scores } = scratch;
    forms.clear();
    found.clear();
    ends.clear();
    scores.clear();
    forms.extend(document.tokens.iter().zip(signs).map(|(token, signs)| {
        Form::new(document.surface(token), document.folded_bytes(token), signs)
    }));
    names.begin(forms.iter());
    for (number, sentence) in document.sentences.iter().enumerate() {
        let tokens = sentence.tokens.clone();
        let marked =
            label(document, views, tokens.clone(), tagger, &signs[tokens.clone()], buffers);
        tagger.keep(buffers, scores);
        names.add(number, &forms[tokens], &marked);
        found.extend(marked);
        ends.push(found.len());
    }
}

/// The names that the tagger marks in a sentence.
fn label(
    document: &Document,
    views: &Views,
    tokens: Range<usize>,
    tagger: &Tagger<'_>,
    signs: &[Signs],
    scratch: &mut nukil_tagger::Scratch,
) -> Vec<Stretch> {
    let labels = tagger.tag(words(document, views, tokens), signs, scratch);
    tagger.labels().stretches(labels)
}

/// The words of these tokens as the tagger asks for them.
pub(crate) fn words<'d>(
    document: &'d Document,
    views: &'d Views,
    tokens: Range<usize>,
) -> impl Iterator<Item = OfDocument<'d>> + Clone {
    tokens.map(|at| {
        let token = &document.tokens[at];
        OfDocument { document, token, rewritten: views.rewritten(at) }
    })
}

/// A word as the tagger asks for it.
#[derive(Clone, Copy)]
pub(crate) struct OfDocument<'d> {
    document: &'d Document,
    token: &'d Token,
    /// How it is to be read where that is not as it is written.
    rewritten: Option<&'d str>,
}

impl Word for OfDocument<'_> {
    fn surface(&self) -> &str {
        self.rewritten.unwrap_or_else(|| self.document.surface(self.token))
    }

    fn folded(&self) -> &str {
        self.document.folded(self.token)
    }

    fn bytes(&self) -> &[u8] {
        let written = || self.document.surface_bytes(self.token);
        self.rewritten.map_or_else(written, str::as_bytes)
    }
}

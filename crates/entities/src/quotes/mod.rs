//! Who says what: quotations with their speakers.
//!
//! A quotation in marks is attributed by what stands beside it, in the orders of news prose:
//! `"…," kata X`, `"…," X menambahkan`, `"…," ujarnya`, `X mengatakan, "…"`, `X: "…"`. One with
//! nothing beside it is a quotation when it is a sentence of its own, and goes on with the speaker
//! of the sentence before. Words in marks that are no sentence and have no verb of speech are
//! titles, terms or irony, and no quotation.
//!
//! Indirect quotations are sentences with a verb of speech and no marks that it leads to: `X
//! mengatakan …`, `Menurut X, …`, `…, kata X`.
//!
//! A pronoun, "-nya", or nothing at all stands for whoever speaks, or else is named first, in the
//! nearest sentence before that has one of both; names inside quotations do not count.
//!
//! The way follows rule-based attribution as in Pouliquen, Steinberger and Best, "Automatic
//! Detection of Quotations in Multilingual News" (RANLP 2007): speaker, verb and marks in fixed
//! orders.

mod direct;
mod indirect;
mod speech;
mod stretches;
mod words;

use nukil_types::{Document, Label, Span};

use crate::view::Views;
use speech::{Speaker, Speech};
use stretches::Stretch;

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
pub(crate) struct Scratch {
    stretches: Vec<Stretch>,
    speakers: Speakers,
}

/// Who speaks in each sentence so far.
#[derive(Default)]
struct Speakers(Vec<Said>);

/// Who speaks in a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// Nobody, as far as is known.
    Nothing,
    /// Someone without a name: "juru bicara itu".
    BySomeone,
    /// An entity.
    By(usize),
}

/// What stands beside a quotation.
struct Attribution {
    verb: Option<Span>,
    speaker: Speaker,
}

/// Fills `document.quotes`; its mentions and entities must be there.
pub(crate) fn find(document: &mut Document, views: &Views, scratch: &mut Scratch) {
    let mut quotes = std::mem::take(&mut document.quotes);
    quotes.clear();
    let Scratch { stretches, speakers } = scratch;
    stretches::find(document, stretches);
    speakers.0.clear();
    speakers.0.resize(document.sentences.len(), Said::Nothing);
    let speech = Speech { document, views, stretches };
    let mut next = 0;
    for (number, sentence) in document.sentences.iter().enumerate() {
        // A quotation belongs to the sentence in which it ends, as its speaker stands there.
        let first = next;
        while stretches.get(next).is_some_and(|stretch| stretch.inside.end < sentence.tokens.end) {
            next += 1;
        }
        let found = quotes.len();
        for stretch in &stretches[first..next] {
            quotes.extend(direct::find(&speech, stretch, number, speakers));
        }
        let none = quotes.len() == found && !sentence.headline;
        if none && let Some(quote) = indirect::find(&speech, number, speakers) {
            quotes.push(quote);
        }
    }
    document.quotes = quotes;
}

impl Speakers {
    /// The entity that speaks; `number` is the sentence in which the quotation begins.
    fn resolve(&self, speech: &Speech<'_>, speaker: Speaker, number: usize) -> Option<usize> {
        match speaker {
            Speaker::Named(entity, _) => Some(entity),
            Speaker::Phrase(span) => by_role(speech, span, number),
            // What was said earlier in the same sentence comes first.
            Speaker::Before(_) => match self.said(number) {
                Said::Nothing => {
                    let before = (0..number).rev().take(FAR);
                    before
                        .map(|at| match self.said(at) {
                            Said::Nothing => {
                                first_person(speech, at).map_or(Said::Nothing, Said::By)
                            }
                            said => said,
                        })
                        .find(|&said| said != Said::Nothing)
                        .and_then(Said::entity)
                }
                said => said.entity(),
            },
        }
    }

    fn said(&self, number: usize) -> Said {
        self.0[number]
    }

    fn note(&mut self, number: usize, said: Said) {
        self.0[number] = said;
    }
}

impl Said {
    fn entity(self) -> Option<usize> {
        match self {
            Said::By(entity) => Some(entity),
            Said::Nothing | Said::BySomeone => None,
        }
    }
}

/// Mentions of people before a quotation that a role may stand for.
const NEAR: usize = 40;

/// The person named before whose role a phrase says, in part or by its acronym: "Bupati" for the
/// Bupati Indramayu, "KSAU" for the Kepala Staf TNI Angkatan Udara (KSAU). Of several the one named
/// last.
fn by_role(speech: &Speech<'_>, phrase: Span, number: usize) -> Option<usize> {
    let document = speech.document;
    let said = document.slice(phrase).to_lowercase();
    let mut said: Vec<&str> = said.split_whitespace().collect();
    said.pop_if(|last| matches!(*last, "itu" | "ini" | "tersebut"));
    if said.is_empty() {
        return None;
    }
    let end = document.sentences[number].tokens.end;
    let behind = document.mentions.partition_point(|name| name.tokens.start < end);
    let people = document.mentions[..behind].iter().rev();
    let mut people = people.filter(|name| name.label == Label::Person).take(NEAR);
    let has = |role: &String| {
        let role = role.to_lowercase();
        let words: Vec<&str> =
            role.split([' ', '(', ')', ',']).filter(|it| !it.is_empty()).collect();
        let acronym = said.len() == 1 && role.contains(&format!("({})", said[0]));
        acronym || words.starts_with(&said)
    };
    people.find(|name| document.entities[name.entity].roles.iter().any(has)).map(|name| name.entity)
}

/// Sentences that a pronoun may stand behind the name it stands for.
const FAR: usize = 5;

/// The first person whom a sentence names outside quotations.
fn first_person(speech: &Speech<'_>, number: usize) -> Option<usize> {
    let sentence = &speech.document.sentences[number];
    if sentence.headline {
        return None;
    }
    let mentions = &speech.document.mentions;
    let first = mentions.partition_point(|name| name.tokens.start < sentence.tokens.start);
    let inside =
        mentions[first..].iter().take_while(|name| name.tokens.start < sentence.tokens.end);
    let mut people = inside.filter(|name| name.label == Label::Person);
    people.find(|name| !speech.is_quoted(name.tokens.start)).map(|name| name.entity)
}

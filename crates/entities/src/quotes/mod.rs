//! Who says what: quotations with their speakers.
//!
//! A quotation in marks is attributed by what stands beside it, in the orders of news prose:
//! `"…," kata X`, `"…," X menambahkan`, `"…," ujarnya`, `X mengatakan, "…"`, `X: "…"`. One with
//! nothing beside it is a quotation when it is a sentence of its own, and goes on with the speaker
//! of the sentence before. Words in marks that are no sentence and have no verb of speech are
//! titles, terms or irony, and no quotation.
//!
//! A sentence without marks tells what someone said where it is likelier to than not: of its readings
//! (`X mengatakan …`, `Menurut X, …`, `…, kata X`) and none of them one is chosen by learned weights.
//!
//! A pronoun, "-nya", a phrase ("politikus Gerindra itu"), or nothing at all stands for one of the people
//! and organisations named before, or for nobody who has a name. That is a learned choice as well:
//! who spoke last, who was named last and where, whose role the phrase says. Both are conditional
//! logits ([`QuoteWeights`]).
//!
//! The way follows rule-based attribution as in Pouliquen, Steinberger and Best, "Automatic
//! Detection of Quotations in Multilingual News" (RANLP 2007): speaker, verb and marks in fixed
//! orders.

mod antecedents;
mod direct;
mod indirect;
mod speech;
mod stretches;
mod words;

use std::ops::Range;

use nukil_types::facts::FactsError;
use nukil_types::{Document, Quote, QuoteKind, Span};

use crate::choice::{Choice, ChoiceRows, Noted, Score, Weights};
use crate::view::Views;
use antecedents::{Anaphor, Antecedent, Spoken};
use indirect::Clause;
use speech::{Speaker, Speech};
use stretches::Stretch;

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
pub(crate) struct Scratch {
    stretches: Vec<Stretch>,
    spoken: Spoken,
}

/// What stands beside a quotation.
#[derive(Clone, Copy)]
struct Attribution {
    verb: Option<Span>,
    speaker: Speaker,
}

/// The learned weights that tell which sentences say what someone said, and for whom a pronoun or a
/// phrase stands. `scripts/learn-links` learns them.
#[derive(Clone, Debug)]
pub struct QuoteWeights {
    clauses: Weights<Clause>,
    speakers: Weights<Antecedent>,
}

impl QuoteWeights {
    /// Reads the two tables, of clauses and of speakers: a feature, its value, a weight.
    ///
    /// # Errors
    /// [`FactsError`] at the first row that is none.
    pub fn parse(clauses: &str, speakers: &str) -> Result<Self, FactsError> {
        Ok(QuoteWeights { clauses: Weights::parse(clauses)?, speakers: Weights::parse(speakers)? })
    }
}

/// A quotation that the annotators have.
#[derive(Clone, Debug)]
pub struct AnnotatedQuote {
    /// Bytes of the text.
    pub span: Span,
    /// The forms of the speaker's name, with single blanks; none where nobody is named.
    pub speaker: Vec<String>,
}

/// Choices that [`QuoteWeights`] are learned from.
#[derive(Clone, Debug, Default)]
pub struct QuoteExamples {
    /// Of sentences without marks.
    pub clauses: Vec<Choice>,
    /// Of pronouns and phrases that stand for speakers.
    pub speakers: Vec<Choice>,
    /// The features of readings.
    pub clause_rows: ChoiceRows,
    /// The features of antecedents.
    pub speaker_rows: ChoiceRows,
}

/// Who chooses between readings.
pub(crate) enum Judge<'j> {
    /// Only quotations in marks are found, and only speakers whose names stand beside them.
    Nobody,
    Weights(&'j QuoteWeights),
    /// The annotators; their choices are noted.
    Gold {
        quotes: &'j [AnnotatedQuote],
        examples: &'j mut QuoteExamples,
    },
}

/// Fills `document.quotes`; its mentions and entities must be there.
pub(crate) fn find(
    document: &mut Document,
    views: &Views,
    mut judge: Judge<'_>,
    scratch: &mut Scratch,
) {
    let mut quotes = std::mem::take(&mut document.quotes);
    quotes.clear();
    let Scratch { stretches, spoken } = scratch;
    stretches::find(document, stretches);
    spoken.clear();
    let speech = Speech { document, views, stretches };
    let (mut next, mut free) = (0, 0);
    for (number, sentence) in document.sentences.iter().enumerate() {
        // A quotation belongs to the sentence in which it ends, as its speaker stands there.
        let first = next;
        while stretches.get(next).is_some_and(|stretch| stretch.inside.end < sentence.tokens.end) {
            next += 1;
        }
        let found = quotes.len();
        for stretch in &stretches[first..next] {
            let Some(said) = direct::find(&speech, stretch, number) else { continue };
            let tokens = stretch.inside.clone();
            // It may have begun some sentences before.
            let begin = speech.sentence_of(stretch.whole().start);
            let limit = stretch.whole().end;
            let speaker = judge.speaker(&speech, spoken, &said, begin, tokens.clone(), limit);
            quotes.push(quote(&speech, QuoteKind::Direct, tokens, said, speaker, number));
            spoken.note(speaker, number);
        }
        if quotes.len() > found {
            free = number + 1;
        }
        if quotes.len() > found || sentence.headline {
            continue;
        }
        let mut readings = indirect::readings(&speech, number, free);
        let chosen = judge.reading(&speech, &readings, number);
        if let Some(reading) = chosen.map(|chosen| readings.swap_remove(chosen)) {
            let limit = reading.limit();
            let (said, clause) = (reading.attribution, reading.clause);
            let begin = speech.sentence_of(clause.start);
            let speaker = judge.speaker(&speech, spoken, &said, begin, clause.clone(), limit);
            // A phrase may name what does not speak again: "laporan itu menyebut".
            if speaker.is_some() {
                spoken.note(speaker, number);
            }
            quotes.push(quote(&speech, QuoteKind::Indirect, clause, said, speaker, number));
            free = number + 1;
        }
    }
    document.quotes = quotes;
}

/// The quotation of some tokens, which ends in the sentence with this number.
fn quote(
    speech: &Speech<'_>,
    kind: QuoteKind,
    tokens: Range<usize>,
    said: Attribution,
    speaker: Option<usize>,
    number: usize,
) -> Quote {
    Quote {
        span: speech.span(tokens),
        kind,
        speaker,
        speaker_span: said.speaker.span(),
        verb: said.verb,
        via: speech.via(speech.document.sentences[number].tokens.clone()),
    }
}

impl Judge<'_> {
    /// The entity that speaks. `sentence` is the one in which the quotation begins, `tokens` those of
    /// the quotation; names before `limit` may be meant.
    fn speaker(
        &mut self,
        speech: &Speech<'_>,
        spoken: &Spoken,
        said: &Attribution,
        sentence: usize,
        tokens: Range<usize>,
        limit: usize,
    ) -> Option<usize> {
        if let Speaker::Named(entity, _) = said.speaker {
            return Some(entity);
        }
        let anaphor = Anaphor::new(speech, spoken, said.speaker, sentence, tokens.clone(), limit);
        match self {
            Judge::Nobody => None,
            Judge::Weights(weights) => {
                let features = |at, score: &mut Score<'_, _>| anaphor.features(at, score);
                anaphor.entity(weights.speakers.choose(anaphor.len(), features))
            }
            Judge::Gold { quotes, examples } => {
                let annotated = best(quotes, speech.span(tokens))?;
                let named = |&at: &usize| {
                    anaphor.entity(at).is_some_and(|entity| annotated.names(speech, entity))
                };
                let chosen = (1..anaphor.len()).find(named).unwrap_or(0);
                let features = |at, noted: &mut Noted<'_>| anaphor.features(at, noted);
                let candidates =
                    Noted::candidates(&mut examples.speaker_rows, anaphor.len(), features);
                examples.speakers.push(Choice { candidates, chosen });
                anaphor.entity(chosen)
            }
        }
    }

    /// The reading of a sentence without marks that says what someone said.
    fn reading(
        &mut self,
        speech: &Speech<'_>,
        readings: &[indirect::Reading],
        number: usize,
    ) -> Option<usize> {
        if readings.is_empty() {
            return None;
        }
        let marks = indirect::marks(speech, number);
        match self {
            Judge::Nobody => None,
            Judge::Weights(weights) => {
                let features = |at: usize, score: &mut Score<'_, _>| match at.checked_sub(1) {
                    Some(at) => indirect::features(speech, number, &readings[at], marks, score),
                    None => indirect::none(marks, score),
                };
                weights.clauses.choose(readings.len() + 1, features).checked_sub(1)
            }
            Judge::Gold { quotes, examples } => {
                let share = |reading: &indirect::Reading| {
                    let span = speech.span(reading.clause.clone());
                    quotes.iter().map(|quote| quote.share(span)).fold(0.0, f64::max)
                };
                let shares: Vec<f64> = readings.iter().map(share).collect();
                let best = (0..shares.len())
                    .rev()
                    .max_by(|&one, &other| shares[one].total_cmp(&shares[other]));
                let chosen = best.filter(|&best| shares[best] >= 0.5);
                // Said in more sentences than a reading takes: neither right nor wrong.
                let holds = |reading: &indirect::Reading| {
                    let span = speech.span(reading.clause.clone());
                    let holds = |quote: &AnnotatedQuote| {
                        quote.span.start <= span.start && quote.span.end >= span.end
                    };
                    quotes.iter().any(holds)
                };
                if chosen.is_none() && readings.iter().any(holds) {
                    return None;
                }
                let features = |at: usize, noted: &mut Noted<'_>| match at.checked_sub(1) {
                    Some(at) => indirect::features(speech, number, &readings[at], marks, noted),
                    None => indirect::none(marks, noted),
                };
                let candidates =
                    Noted::candidates(&mut examples.clause_rows, readings.len() + 1, features);
                let choice = Choice { candidates, chosen: chosen.map_or(0, |chosen| chosen + 1) };
                examples.clauses.push(choice);
                chosen
            }
        }
    }
}

impl AnnotatedQuote {
    /// The share that both have of the longer one.
    fn share(&self, span: Span) -> f64 {
        let both = self.span.end.min(span.end).saturating_sub(self.span.start.max(span.start));
        both as f64 / self.span.len().max(span.len()) as f64
    }

    /// Whether an entity is the speaker.
    fn names(&self, speech: &Speech<'_>, entity: usize) -> bool {
        let is_form = |text: &str| {
            let words = || text.split_whitespace();
            self.speaker.iter().any(|form| words().eq(form.split(' ')))
        };
        let mut mentions = speech.document.mentions.iter().filter(|name| name.entity == entity);
        is_form(&speech.document.entities[entity].name)
            || mentions.any(|name| is_form(speech.document.slice(name.span)))
    }
}

/// The annotated quotation of which a span has the greatest share, at least half.
fn best(quotes: &[AnnotatedQuote], span: Span) -> Option<&AnnotatedQuote> {
    let best = quotes.iter().max_by(|one, other| one.share(span).total_cmp(&other.share(span)))?;
    (best.share(span) >= 0.5).then_some(best)
}

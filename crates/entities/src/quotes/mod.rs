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

mod speech;
mod stretches;

use std::ops::Range;

use nukil_gazetteer::Order;
use nukil_types::{Document, Label, Quote, QuoteKind, Span};

use crate::view::Views;
use speech::{Speaker, Speech};
use stretches::Stretch;

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
pub(crate) struct Scratch {
    stretches: Vec<Stretch>,
    /// Who speaks in each sentence.
    speakers: Vec<Option<usize>>,
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
    speakers.clear();
    speakers.resize(document.sentences.len(), None);
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
            direct(&speech, stretch, number, speakers, &mut quotes);
        }
        let none = quotes.len() == found && !sentence.headline;
        if none && let Some(quote) = indirect(&speech, number, speakers) {
            quotes.push(quote);
        }
    }
    document.quotes = quotes;
}

/// Adds a quotation in marks, if it is one.
fn direct(
    speech: &Speech<'_>,
    stretch: &Stretch,
    number: usize,
    speakers: &mut [Option<usize>],
    quotes: &mut Vec<Quote>,
) {
    let document = speech.document;
    let sentence = document.sentences[number].tokens.clone();
    let whole = stretch.whole();
    // It may have begun some sentences before.
    let begin = document.sentences.partition_point(|other| other.tokens.end <= whole.start);
    let beginning = document.sentences[begin].tokens.start;
    let attribution =
        behind(speech, whole.end, sentence.end).or_else(|| before(speech, beginning, whole.start));
    let said = match attribution {
        Some(attribution) => attribution,
        None if is_sentence(speech, stretch, beginning, sentence.end) => {
            Attribution { verb: None, speaker: Speaker::Before(None) }
        }
        None => return,
    };
    let speaker = resolve(speech, said.speaker, begin, speakers);
    speakers[number] = speaker.or(speakers[number]);
    quotes.push(Quote {
        span: speech.span(stretch.inside.clone()),
        kind: QuoteKind::Direct,
        speaker,
        speaker_span: said.speaker.span(),
        verb: said.verb,
        via: speech.via(sentence),
    });
}

impl Speaker {
    fn span(self) -> Option<Span> {
        match self {
            Speaker::Named(_, span) | Speaker::Phrase(span) => Some(span),
            Speaker::Before(span) => span,
        }
    }
}

/// The entity that speaks; `number` is the sentence in which the quotation begins.
fn resolve(
    speech: &Speech<'_>,
    speaker: Speaker,
    number: usize,
    speakers: &[Option<usize>],
) -> Option<usize> {
    match speaker {
        Speaker::Named(entity, _) => Some(entity),
        Speaker::Phrase(_) => None,
        Speaker::Before(_) => {
            // What was said earlier in the same sentence comes first.
            speakers[number].or_else(|| {
                (0..number)
                    .rev()
                    .take(FAR)
                    .find_map(|at| speakers[at].or_else(|| first_person(speech, at)))
            })
        }
    }
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

/// The attribution behind a quotation in marks, in the same sentence.
fn behind(speech: &Speech<'_>, start: usize, end: usize) -> Option<Attribution> {
    let mut at = start;
    while at < end && matches!(speech.folded(at), "," | "-" | "–" | "—" | "demikian" | "begitu")
    {
        at += 1;
    }
    if at >= end {
        return None;
    }
    if let Some((order, next)) = speech.verb(at) {
        let verb = Some(speech.span(at..next));
        match order {
            Order::After => {
                let speaker = speech.speaker_at(next, end)?;
                return Some(Attribution { verb, speaker });
            }
            Order::Anaphoric => {
                // "katanya" alone; a name behind it is hers to whom it was said.
                return Some(Attribution { verb, speaker: Speaker::Before(None) });
            }
            _ => {}
        }
    }
    // "…," Budi menambahkan; behind a full stop another sentence would begin.
    let last = speech.surface(start - 2);
    if !matches!(last, "," | "?" | "!" | "..." | "…") && speech.surface(start) != "," {
        return None;
    }
    let limit = end.min(at + NEAR);
    let (verb, next) = (at + 1..limit).find_map(|verb| match speech.verb(verb)? {
        (Order::Before, next) => Some((verb, next)),
        _ => None,
    })?;
    let speaker = speech.speaker_before(at, verb)?;
    let verb = Some(speech.span(verb..next));
    Some(Attribution { verb, speaker })
}

/// Tokens that a subject may take between a quotation and its verb.
const NEAR: usize = 12;

/// The attribution before a quotation in marks, in the sentence in which it begins.
fn before(speech: &Speech<'_>, start: usize, end: usize) -> Option<Attribution> {
    let mut at = end;
    let mut led = false;
    while at > start && matches!(speech.folded(at - 1), ":" | "," | "bahwa" | "jika") {
        led |= speech.folded(at - 1) == ":";
        at -= 1;
    }
    let earliest = start.max(at.saturating_sub(NEAR));
    let verb = (earliest..at).rev().filter(|&verb| !speech.is_quoted(verb)).find_map(|verb| {
        let (order, next) = speech.verb(verb)?;
        // Between the verb and the marks only the one who hears may stand ("kepada wartawan").
        let joined = next == at || matches!(speech.folded(next), "kepada" | "," | "saat" | "di");
        (joined && next <= at).then_some((order, verb, next))
    });
    if let Some((order, verb, next)) = verb {
        let speaker = match order {
            // "Joko Widodo berdiri seraya berkata" has the subject further before.
            Order::Before => {
                speech.speaker_before(start, verb).or_else(|| speech.last_person(start..verb))
            }
            Order::Anaphoric => Some(Speaker::Before(None)),
            _ => None,
        };
        let verb = Some(speech.span(verb..next));
        return speaker.map(|speaker| Attribution { verb, speaker });
    }
    // "kata Budi, "…"" has the speaker behind the verb.
    let after = (earliest..at).rev().find_map(|verb| match speech.verb(verb)? {
        (Order::After, next) if next < at && !speech.is_quoted(verb) => Some((verb, next)),
        _ => None,
    });
    if let Some((verb, next)) = after
        && let Some(speaker @ Speaker::Named(_, span)) = speech.speaker_at(next, at)
        && span.end == speech.span(at - 1..at).end
    {
        return Some(Attribution { verb: Some(speech.span(verb..next)), speaker });
    }
    // "Budi: "…""
    let name = speech.name_before(at).filter(|name| led && name.label == Label::Person)?;
    Some(Attribution { verb: None, speaker: Speaker::Named(name.entity, name.span) })
}

/// Tokens of the shortest quotation that needs no verb of speech beside it.
const SHORTEST: usize = 4;

/// Whether what stands in marks is one sentence or more of its own.
fn is_sentence(speech: &Speech<'_>, stretch: &Stretch, beginning: usize, end: usize) -> bool {
    let whole = stretch.whole();
    let closes = |at: usize| matches!(speech.surface(at), "." | "!" | "?" | "..." | "…" | "?!");
    let ends = whole.end >= end || (closes(whole.end) && whole.end + 1 >= end);
    let closed = closes(stretch.inside.end - 1) || closes(whole.end);
    whole.start == beginning && ends && closed && stretch.inside.len() >= SHORTEST
}

/// Verbs that a clause may follow without "bahwa" or a comma.
const CLAUSE_VERBS: [&str; 45] = [
    "bercerita",
    "berharap",
    "berjanji",
    "berkata",
    "berpendapat",
    "bersikeras",
    "bertutur",
    "berujar",
    "berucap",
    "melaporkan",
    "memaparkan",
    "memastikan",
    "meminta",
    "memperkirakan",
    "memprediksi",
    "menambahkan",
    "menceritakan",
    "menduga",
    "menegaskan",
    "menekankan",
    "menerangkan",
    "mengabarkan",
    "mengaku",
    "mengakui",
    "menganggap",
    "mengatakan",
    "mengemukakan",
    "mengharapkan",
    "menghimbau",
    "mengimbau",
    "mengingatkan",
    "mengisahkan",
    "mengklaim",
    "mengungkapkan",
    "menguraikan",
    "mengusulkan",
    "menilai",
    "menjelaskan",
    "menuturkan",
    "menyarankan",
    "menyatakan",
    "menyebut",
    "menyebutkan",
    "menyimpulkan",
    "meyakini",
];

/// Tokens of the shortest clause that tells what was said.
const CLAUSE: usize = 2;

/// What a sentence without a quotation in marks tells that someone said.
fn indirect(speech: &Speech<'_>, number: usize, speakers: &mut [Option<usize>]) -> Option<Quote> {
    let sentence = speech.document.sentences[number].tokens.clone();
    // The sentences of a quotation in marks are attributed where it ends.
    if speech.is_cut(sentence.start) || speech.is_cut(sentence.end) {
        return None;
    }
    let (attribution, clause) = according_to(speech, sentence.clone())
        .or_else(|| subject_first(speech, sentence.clone()))
        .or_else(|| verb_last(speech, sentence.clone()))?;
    let clause = trimmed(speech, clause);
    if clause.len() < CLAUSE {
        return None;
    }
    let speaker = resolve(speech, attribution.speaker, number, speakers);
    speakers[number] = speaker;
    Some(Quote {
        span: speech.span(clause),
        kind: QuoteKind::Indirect,
        speaker,
        speaker_span: attribution.speaker.span(),
        verb: attribution.verb,
        via: speech.via(sentence),
    })
}

/// The clause without the marks at its end.
fn trimmed(speech: &Speech<'_>, clause: Range<usize>) -> Range<usize> {
    let mark = |&at: &usize| {
        matches!(speech.surface(at - 1), "." | "," | ";" | ":" | "!" | "..." | "…" | "\"" | "”")
    };
    let end = (clause.start + 1..=clause.end).rev().find(|at| !mark(at));
    clause.start..end.unwrap_or(clause.start)
}

/// `Menurut X, …`, `Menurutnya, …`
fn according_to(
    speech: &Speech<'_>,
    sentence: Range<usize>,
) -> Option<(Attribution, Range<usize>)> {
    let start = sentence.start;
    let (order, next) = speech.verb(start)?;
    let speaker = match (order, speech.folded(start)) {
        (Order::After, "menurut") => speech.speaker_at(next, sentence.end)?,
        (Order::Anaphoric, _) => Speaker::Before(None),
        _ => return None,
    };
    let named = speaker.span().map_or(next, |span| {
        (next..sentence.end)
            .find(|&at| speech.document.tokens[at].span.start >= span.end)
            .unwrap_or(sentence.end)
    });
    let comma = (named..sentence.end).find(|&at| speech.surface(at) == ",")?;
    // "Menurut Ned Price, juru bicara kementerian itu, …"
    let role = speech.views.title(comma + 1).is_some();
    let closing = (comma + 1..sentence.end).find(|&at| speech.surface(at) == ",");
    let comma = closing.filter(|_| role).unwrap_or(comma);
    let verb = Some(speech.span(start..next));
    Some((Attribution { verb, speaker }, comma + 1..sentence.end))
}

/// `X mengatakan bahwa …`, `X menilai …`
fn subject_first(
    speech: &Speech<'_>,
    sentence: Range<usize>,
) -> Option<(Attribution, Range<usize>)> {
    let mut verbs = sentence.clone().filter(|&at| !speech.is_quoted(at));
    verbs.find_map(|at| {
        let (Order::Before, next) = speech.verb(at)? else { return None };
        let led = matches!(speech.folded(next), "bahwa" | ",");
        if !led && !CLAUSE_VERBS.contains(&speech.folded(at)) {
            return None;
        }
        let speaker = speech.speaker_before(sentence.start, at)?;
        let mut clause = next;
        // "mengatakan kepada wartawan bahwa …"
        let hearer = speech.folded(next) == "kepada";
        if hearer || matches!(speech.folded(next), "di" | "dalam" | "saat" | "pada" | "usai") {
            let limit = sentence.end.min(next + NEAR);
            let leads = |at: usize| match speech.folded(at) {
                "bahwa" => true,
                comma => comma == "," && hearer,
            };
            clause = (next..limit).find(|&at| leads(at)).unwrap_or(next);
        }
        while matches!(speech.folded(clause), "bahwa" | "," | ":") {
            clause += 1;
        }
        let verb = Some(speech.span(at..next));
        // "menuturkan hal itu" does not say what; "melaporkan Elza" is no speech.
        let object = match speech.folded(clause) {
            "hal" => matches!(speech.folded(clause + 1), "itu" | "ini" | "tersebut" | "serupa"),
            _ => {
                let name = speech.name_at(clause);
                speech.folded(at) == "melaporkan"
                    && name.is_some_and(|name| name.label == Label::Person)
            }
        };
        (clause < sentence.end && !object)
            .then_some((Attribution { verb, speaker }, clause..sentence.end))
    })
}

/// Whether what stands behind the comma after a speaker goes on with what was said, rather than
/// with when, where or by whom.
fn goes_on(speech: &Speech<'_>, start: usize, end: usize) -> bool {
    let goes_on = start + CLAUSE < end
        && speech.is_word(start)
        && !speech.is_setting(start)
        && speech.views.title(start).is_none();
    goes_on && !matches!(speech.verb(start), Some((Order::Via, _)))
}

/// `…, kata X.`, `…, ujarnya.`
fn verb_last(speech: &Speech<'_>, sentence: Range<usize>) -> Option<(Attribution, Range<usize>)> {
    let mut commas =
        sentence.clone().filter(|&at| speech.surface(at) == "," && !speech.is_quoted(at));
    let behind = |comma: usize| {
        let (order, next) = (comma + 1 < sentence.end).then(|| speech.verb(comma + 1))??;
        let speaker = match order {
            Order::After => match speech.speaker_at(next, sentence.end)? {
                // Many of these verbs are nouns as well: a phrase behind one says too little.
                Speaker::Phrase(_) => return None,
                speaker => speaker,
            },
            Order::Anaphoric => Speaker::Before(None),
            _ => return None,
        };
        let verb = Some(speech.span(comma + 1..next));
        // "Bendungan itu, lanjut Budi, tidak hanya …": what was said stands on both sides.
        let second = (next..sentence.end).find(|&at| speech.surface(at) == ",");
        let inside = second.is_some_and(|at| goes_on(speech, at + 1, sentence.end));
        let end = if inside { sentence.end } else { comma };
        Some((Attribution { verb, speaker }, sentence.start..end))
    };
    commas.find_map(behind)
}

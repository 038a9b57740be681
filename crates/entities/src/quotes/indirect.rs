//! What a sentence tells that someone said, without marks.

use std::ops::Range;

use nukil_gazetteer::Order;
use nukil_types::{Label, Quote, QuoteKind};

use super::speech::{Speaker, Speech};
use super::{Attribution, Said, Speakers, words};

/// Tokens that those who hear may take between a verb and "bahwa".
const HEARER: usize = 12;

/// Tokens of the shortest clause that tells what was said.
const CLAUSE: usize = 2;

/// What a sentence without a quotation in marks tells that someone said.
pub(super) fn find(speech: &Speech<'_>, number: usize, speakers: &mut Speakers) -> Option<Quote> {
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
    let speaker = speakers.resolve(speech, attribution.speaker, number);
    // A phrase may name what does not speak again: "laporan itu menyebut".
    if let Some(entity) = speaker {
        speakers.note(number, Said::By(entity));
    }
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
        // "Kata dia, …"
        (Order::After, _) => {
            let speaker = speech.speaker_at(next, sentence.end)?;
            let end = speaker.span()?.end;
            let behind =
                (next..sentence.end).find(|&at| speech.document.tokens[at].span.start >= end);
            if matches!(speaker, Speaker::Phrase(_)) || !speech.is_comma(behind?) {
                return None;
            }
            speaker
        }
        (Order::Anaphoric, _) => Speaker::Before(None),
        _ => return None,
    };
    let named = speaker.span().map_or(next, |span| {
        (next..sentence.end)
            .find(|&at| speech.document.tokens[at].span.start >= span.end)
            .unwrap_or(sentence.end)
    });
    let comma = (named..sentence.end).find(|&at| speech.is_comma(at))?;
    // "Menurut Ned Price, juru bicara kementerian itu, …"
    let role = comma + 1 < sentence.end && speech.views.title(comma + 1).is_some();
    let closing = (comma + 1..sentence.end).find(|&at| speech.is_comma(at));
    let comma = closing.filter(|_| role).unwrap_or(comma);
    let verb = Some(speech.span(start..next));
    Some((Attribution { verb, speaker }, comma + 1..sentence.end))
}

/// `X mengatakan bahwa …`, `X menilai …`
fn subject_first(
    speech: &Speech<'_>,
    sentence: Range<usize>,
) -> Option<(Attribution, Range<usize>)> {
    sentence.clone().find_map(|at| {
        let (order, next) = speech.verb(at)?;
        // "Dian bilang"
        let follows = order == Order::Before || speech.folded(at) == "bilang";
        if !follows {
            return None;
        }
        if speech.is_quoted(at) {
            return None;
        }
        let led = matches!(speech.folded(next), "bahwa" | ",");
        if !led && !words::takes_clause(speech.folded(at)) {
            return None;
        }
        let speaker = speech.speaker_before(sentence.start, at)?;
        let mut clause = next;
        // "mengatakan kepada wartawan bahwa …"
        let hearer = speech.folded(next) == "kepada";
        if hearer || matches!(speech.folded(next), "di" | "dalam" | "saat" | "pada" | "usai") {
            let limit = sentence.end.min(next + HEARER);
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
            object if !led && words::is_object(object) => true,
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
    let mut commas = sentence.clone().filter(|&at| speech.is_comma(at) && !speech.is_quoted(at));
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
        let second = (next..sentence.end).find(|&at| speech.is_comma(at));
        let inside = second.is_some_and(|at| goes_on(speech, at + 1, sentence.end));
        let end = if inside { sentence.end } else { comma };
        Some((Attribution { verb, speaker }, sentence.start..end))
    };
    commas.find_map(behind)
}

//! Quotations in marks: what is speech among them, and what stands beside it.

use nukil_gazetteer::Order;
use nukil_types::Label;

use super::Attribution;
use super::speech::{Speaker, Speech};
use super::stretches::Stretch;

/// What stands beside a quotation in marks, if the stretch is one; `number` is the sentence in which it
/// ends.
pub(super) fn find(speech: &Speech<'_>, stretch: &Stretch, number: usize) -> Option<Attribution> {
    let document = speech.document;
    let end = document.sentences[number].tokens.end;
    let whole = stretch.whole();
    let beginning = document.sentences[speech.sentence_of(whole.start)].tokens.start;
    let behind = behind(speech, stretch, number);
    let before = || before(speech, beginning, whole.start);
    let attribution = match behind {
        // "Hasan Basri mengatakan, "…," ujarnya.": the name says more than "-nya".
        Some(Attribution { speaker: Speaker::Before(None), .. }) => {
            let named = before().filter(|it| matches!(it.speaker, Speaker::Named(..)));
            named.or(behind)
        }
        _ => behind.or_else(before),
    };
    let bare = || Attribution { verb: None, speaker: Speaker::Before(None) };
    attribution.or_else(|| is_sentence(speech, stretch, beginning, end).then(bare))
}

/// The attribution behind a quotation in marks, in the sentence with this number, in which it ends;
/// or in the next, where a mark that was lost looks like its end: "… siap? ucap Budi".
fn behind(speech: &Speech<'_>, stretch: &Stretch, number: usize) -> Option<Attribution> {
    if let Some(speaker) = behind_dash(speech, stretch) {
        return Some(Attribution { verb: None, speaker });
    }
    let sentences = &speech.document.sentences;
    let start = stretch.whole().end;
    let mut end = sentences[number].tokens.end;
    let mut at = start;
    let skipped = [",", "-", "–", "—", "?", "\u{fffd}", "demikian", "begitu"];
    while at < end && skipped.contains(&speech.folded(at)) {
        at += 1;
    }
    if at >= end
        && speech.surface(at).starts_with(char::is_lowercase)
        && let Some(next) = sentences.get(number + 1)
    {
        end = next.tokens.end;
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
    let last = speech.surface(stretch.inside.end - 1);
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

/// The person behind a dash on the same line: ""Kami siap." - Komisioner Gito Purnomo".
fn behind_dash(speech: &Speech<'_>, stretch: &Stretch) -> Option<Speaker> {
    let document = speech.document;
    let dash = stretch.whole().end;
    if !matches!(speech.surface(dash), "-" | "--" | "–" | "—") {
        return None;
    }
    let number = speech.sentence_of(dash);
    let text = document.span_of(dash - 1..dash + 1);
    if document.slice(text).contains('\n') {
        return None;
    }
    // A sentence that ends in a full stop may end before the dash.
    let own = document.sentences[number].tokens.end;
    let end = match document.sentences.get(number + 1) {
        Some(next) if own == dash + 1 => next.tokens.end,
        _ => own,
    };
    let speaker = speech.speaker_at(dash + 1, end)?;
    let Speaker::Named(entity, span) = speaker else { return None };
    let behind = document.text[span.end..].trim_start_matches([' ', '\u{a0}']);
    let closes = behind.is_empty() || behind.starts_with(['\n', ',', '.', '(']);
    (document.entities[entity].label == Label::Person && closes).then_some(speaker)
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

//! What a sentence tells that someone said, without marks: a choice between the ways to read it and
//! none of them.

use std::ops::Range;

use nukil_gazetteer::Order;
use nukil_types::Label;

use super::Attribution;
use super::speech::{Speaker, Speech};
use super::words::{is_demonstrative, is_no_subject};
use crate::choice::{Sink, templates};
use crate::view::Shape;

/// Tokens that those who hear may take between a verb and "bahwa".
const HEARER: usize = 12;

/// Tokens of the shortest clause that tells what was said.
const CLAUSE: usize = 2;

/// Tokens before "kata X, …" at most: "Ke depan, kata X, …".
const LEAD: usize = 8;

/// Readings of a sentence that are looked at.
const MOST: usize = 12;

/// How a sentence tells what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    /// X mengatakan bahwa …
    SubjectFirst,
    /// Menurut X, …; Lanjut X, …; Menurutnya, …
    Lead,
    /// …, kata X; …, ujarnya
    Last,
    /// …, lanjut X, …
    Between,
    /// Several sentences without marks, and behind the last of them: …, kata X
    Several,
}

templates! {
    /// Kinds of features of a reading.
    Clause {
        // The sentence tells nothing that was said.
        None = "none",
        NoneMarks = "none-marks",
        // The verb and what stands around it.
        Pattern = "pattern",
        Verb = "verb",
        VerbLed = "verb-led",
        VerbNext = "verb-next",
        Form = "form",
        Order = "order",
        Led = "led",
        Before = "before",
        Next = "next",
        Place = "place",
        Rank = "rank",
        Opening = "opening",
        Relative = "relative",
        Unsaid = "unsaid",
        // Who speaks.
        Speaker = "speaker",
        SpeakerLed = "speaker-led",
        Head = "head",
        // What was said.
        First = "first",
        FirstTwo = "first-two",
        FirstShape = "first-shape",
        Length = "length",
        Verbs = "verbs",
        // Quotations in marks around the sentence.
        Marks = "marks",
        // Sentences before it that are part of what was said.
        Sentences = "sentences",
        Own = "own",
    }
    words: Clause::Verb | Clause::Before | Clause::Next | Clause::Head | Clause::First,
    pairs: Clause::VerbLed | Clause::VerbNext | Clause::FirstTwo | Clause::Opening,
}

/// What stands between a verb and what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Led {
    Nothing,
    Bahwa,
    Comma,
    /// agar, supaya, untuk
    Aim,
    /// jika, kalau, apakah
    Whether,
    /// adanya, soal, tentang
    Matter,
}

fn led(word: &str) -> Led {
    match word {
        "bahwa" | "bahwasanya" => Led::Bahwa,
        "," | ":" => Led::Comma,
        "agar" | "supaya" | "untuk" => Led::Aim,
        "jika" | "kalau" | "apakah" | "apabila" | "bila" => Led::Whether,
        "adanya" | "soal" | "tentang" | "mengenai" | "terkait" => Led::Matter,
        _ => Led::Nothing,
    }
}

/// One way to read a sentence as what someone said.
pub(super) struct Reading {
    pattern: Pattern,
    verb: Range<usize>,
    order: Option<Order>,
    pub attribution: Attribution,
    /// The tokens of what was said.
    pub clause: Range<usize>,
    /// How many readings with a verb of speech come before this one.
    rank: usize,
    led: Led,
}

impl Reading {
    /// The token up to which names may be those of the speaker.
    pub fn limit(&self) -> usize {
        match self.pattern {
            Pattern::SubjectFirst | Pattern::Lead => self.verb.start,
            Pattern::Last | Pattern::Between | Pattern::Several => self.clause.end,
        }
    }
}

/// The ways to read a sentence without a quotation in marks; `free` is the first sentence that belongs
/// to no other quotation.
pub(super) fn readings(speech: &Speech<'_>, number: usize, free: usize) -> Vec<Reading> {
    let sentence = speech.document.sentences[number].tokens.clone();
    let mut found: Vec<Reading> = Vec::new();
    // The sentences of a quotation in marks are attributed where it ends.
    if speech.is_cut(sentence.start) || speech.is_cut(sentence.end) {
        return found;
    }
    let mut rank = 0;
    for at in sentence.clone() {
        if found.len() >= MOST {
            break;
        }
        if speech.is_quoted(at) {
            continue;
        }
        let verb = speech.verb(at);
        let known = found.len();
        match verb {
            Some((Order::After | Order::Anaphoric, _)) => {
                let reading = last(speech, sentence.clone(), at);
                if let Some(reading) = &reading {
                    found.extend(several(speech, number, free, reading));
                }
                found.extend(reading);
                found.extend(lead(speech, sentence.clone(), at));
            }
            None if speech.folded(at).starts_with("di") && may_tell(speech, at) => {
                found.extend(lead(speech, sentence.clone(), at));
            }
            _ => {}
        }
        // "Dian bilang"
        let follows = matches!(verb, Some((Order::Before, _))) || speech.folded(at) == "bilang";
        if follows || verb.is_none() && may_tell(speech, at) {
            found.extend(subject_first(speech, sentence.clone(), at));
        }
        for reading in &mut found[known..] {
            reading.rank = rank;
        }
        rank += usize::from(found.len() > known && verb.is_some());
    }
    for reading in &mut found {
        reading.clause = trimmed(speech, reading.clause.clone());
    }
    found.retain(|reading| reading.clause.len() >= CLAUSE);
    found
}

/// Whether a word that is no verb of speech in the lists looks like a verb that may be one.
fn may_tell(speech: &Speech<'_>, at: usize) -> bool {
    let word = speech.folded(at);
    let verbal = ["me", "ber", "di"].iter().any(|prefix| word.starts_with(prefix));
    let shape = speech.views.token(at).shape;
    verbal
        && word.len() > 5
        && (shape == Shape::Lower || shape == Shape::Capital && is_first(speech, at))
}

/// Whether a token is the first of its sentence.
fn is_first(speech: &Speech<'_>, at: usize) -> bool {
    speech.document.sentences[speech.sentence_of(at)].tokens.start == at
}

/// The clause without the marks at its end.
fn trimmed(speech: &Speech<'_>, clause: Range<usize>) -> Range<usize> {
    let mark = |&at: &usize| {
        matches!(speech.surface(at - 1), "." | "," | ";" | ":" | "!" | "..." | "…" | "\"" | "”")
    };
    let end = (clause.start + 1..=clause.end).rev().find(|at| !mark(at));
    clause.start..end.unwrap_or(clause.start)
}

/// The first token behind the words of a speaker.
fn behind(speech: &Speech<'_>, speaker: Speaker, next: usize, end: usize) -> usize {
    let Some(span) = speaker.span() else { return next };
    (next..end).find(|&at| speech.document.tokens[at].span.start >= span.end).unwrap_or(end)
}

/// `Menurut X, …`, `Menurutnya, …`, `Ke depan ujar X, …`
fn lead(speech: &Speech<'_>, sentence: Range<usize>, at: usize) -> Option<Reading> {
    if at >= sentence.start + LEAD {
        return None;
    }
    let known = speech.verb(at);
    let (order, next) = (known.map(|(order, _)| order), known.map_or(at + 1, |(_, next)| next));
    let speaker = match order {
        Some(Order::After) => speech.speaker_at(next, sentence.end)?,
        Some(_) => Speaker::Before(None),
        // "Disebutkan, …", "Dipaparkan Khoirul, …"
        None if speech.is_comma(next) => Speaker::Nobody,
        None => speech.speaker_at(next, sentence.end)?,
    };
    let named = behind(speech, speaker, next, sentence.end);
    let comma = (named..sentence.end).find(|&at| speech.is_comma(at));
    // Such a verb is one of many, so nothing may stand between its speaker and the comma.
    let comma = comma.filter(|&comma| known.is_some() || comma == named);
    // "Dikatakan dia kegiatan itu merugikan"
    let bare = matches!(speaker, Speaker::Before(Some(_)));
    let mut clause = match comma {
        Some(comma) => comma + 1,
        None if bare => named,
        None => return None,
    };
    // "Menurut Ned Price, juru bicara kementerian itu, …"
    let role = clause < sentence.end && speech.views.title(clause).is_some();
    let closing = (clause..sentence.end).find(|&at| speech.is_comma(at));
    if let Some(closing) = closing.filter(|_| role) {
        clause = closing + 1;
    }
    let verb = Some(speech.span(at..next));
    Some(Reading {
        pattern: Pattern::Lead,
        verb: at..next,
        order,
        attribution: Attribution { verb, speaker },
        clause: clause..sentence.end,
        rank: 0,
        led: led(speech.folded(named)),
    })
}

/// `X mengatakan bahwa …`, `X menilai …`
fn subject_first(speech: &Speech<'_>, sentence: Range<usize>, at: usize) -> Option<Reading> {
    let known = speech.verb(at);
    let next = known.map_or(at + 1, |(_, next)| next);
    let speaker = speech.speaker_before(sentence.start, at).unwrap_or(Speaker::Nobody);
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
    let led = led(speech.folded(clause));
    while matches!(speech.folded(clause), "bahwa" | "bahwasanya" | "," | ":") {
        clause += 1;
    }
    (clause < sentence.end && !is_thing(speech, clause)).then(|| Reading {
        pattern: Pattern::SubjectFirst,
        verb: at..next,
        order: known.map(|(order, _)| order),
        attribution: Attribution { verb: Some(speech.span(at..next)), speaker },
        clause: clause..sentence.end,
        rank: 0,
        led,
    })
}

/// Whether "hal itu", or "itu di Jakarta", begins at a token, which does not say what was said.
fn is_thing(speech: &Speech<'_>, at: usize) -> bool {
    let next = speech.folded(at + 1);
    if is_demonstrative(speech.folded(at)) && (speech.is_setting(at + 1) || !speech.is_word(at + 1))
    {
        return true;
    }
    let points = is_demonstrative(next) || matches!(next, "sama" | "senada" | "serupa");
    speech.folded(at) == "hal" && (points || next == "yang" && speech.folded(at + 2) == "sama")
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
fn last(speech: &Speech<'_>, sentence: Range<usize>, at: usize) -> Option<Reading> {
    let comma = at.checked_sub(1).filter(|&comma| comma > sentence.start)?;
    if !speech.is_comma(comma) || speech.is_quoted(comma) {
        return None;
    }
    let (order, next) = speech.verb(at)?;
    let speaker = match order {
        Order::After => speech.speaker_at(next, sentence.end)?,
        _ => Speaker::Before(None),
    };
    // "Bendungan itu, lanjut Budi, tidak hanya …": what was said stands on both sides.
    let named = behind(speech, speaker, next, sentence.end);
    let second = (named..sentence.end).find(|&at| speech.is_comma(at));
    let inside = second.is_some_and(|at| goes_on(speech, at + 1, sentence.end));
    let end = if inside { sentence.end } else { comma };
    Some(Reading {
        pattern: if inside { Pattern::Between } else { Pattern::Last },
        verb: at..next,
        order: Some(order),
        attribution: Attribution { verb: Some(speech.span(at..next)), speaker },
        clause: sentence.start..end,
        rank: 0,
        led: Led::Comma,
    })
}

/// Sentences without marks before a reading's own that may be part of what was said.
const EARLIER: usize = 3;

/// The same speaker with one to three sentences before as well.
fn several<'r>(
    speech: &'r Speech<'_>,
    number: usize,
    free: usize,
    reading: &'r Reading,
) -> impl Iterator<Item = Reading> {
    let sentences = &speech.document.sentences;
    let earlier = (free..number).rev().take(EARLIER);
    let earlier = earlier.take_while(|&at| !sentences[at].headline).take_while(move |&at| {
        !speech.is_cut(sentences[at].tokens.start) && !is_quoted(speech, at)
    });
    // Those who speak themselves say "kami" or "saya" sooner or later.
    let mut own = has_own(speech, number);
    let earlier = earlier.filter(move |&at| {
        own |= has_own(speech, at);
        own && reading.pattern == Pattern::Last
    });
    earlier.map(move |at| Reading {
        pattern: Pattern::Several,
        verb: reading.verb.clone(),
        attribution: reading.attribution,
        clause: sentences[at].tokens.start..reading.clause.end,
        ..*reading
    })
}

/// Whether a quotation in marks stands in a sentence.
fn is_quoted(speech: &Speech<'_>, number: usize) -> bool {
    speech.document.sentences[number].tokens.clone().any(|at| speech.is_quoted(at))
}

/// Quotations in marks beside a sentence: whether the one before ends with one, and the next begins
/// with one.
pub(super) fn marks(speech: &Speech<'_>, number: usize) -> u64 {
    let sentences = &speech.document.sentences;
    let before = number
        .checked_sub(1)
        .is_some_and(|before| sentences[before].tokens.clone().any(|at| speech.is_quoted(at)));
    let next = sentences.get(number + 1).is_some_and(|next| speech.is_quoted(next.tokens.start));
    u64::from(before) + 2 * u64::from(next)
}

/// Tells the features of a sentence in which nobody speaks.
pub(super) fn none(marks: u64, sink: &mut impl Sink<Clause>) {
    sink.code(Clause::None, 0);
    sink.code(Clause::NoneMarks, marks);
}

/// Tells the features of a reading.
pub(super) fn features(
    speech: &Speech<'_>,
    number: usize,
    reading: &Reading,
    marks: u64,
    sink: &mut impl Sink<Clause>,
) {
    let sentence = &speech.document.sentences[number].tokens;
    let pattern = reading.pattern as u64;
    let led = reading.led as u64;
    let verb = speech.folded(reading.verb.start);
    let order = reading.order.map_or(7, |order| order as u64);
    sink.code(Clause::Pattern, pattern);
    sink.code(Clause::Order, pattern * 8 + order);
    sink.code(Clause::Led, (pattern * 8 + order) * 8 + led);
    sink.word(Clause::Verb, verb);
    let led_word = ["", "bahwa", ",", "agar", "jika", "adanya"][reading.led as usize];
    sink.pair(Clause::VerbLed, verb, led_word);
    // Those who hear, or where it was said, may stand between: "mengatakan kepada wartawan bahwa".
    let joined = reading.clause.start <= reading.verb.end + 1;
    let next = if joined { speech.folded(reading.verb.end) } else { "" };
    sink.word(Clause::Next, next);
    sink.pair(Clause::VerbNext, verb, next);
    let form = ["me", "ber", "di"].iter().position(|prefix| verb.starts_with(prefix));
    let form = form.map_or(3, |form| form as u64) * 2 + u64::from(verb.ends_with("kan"));
    sink.code(Clause::Form, form * 8 + order);
    let before = reading.verb.start.checked_sub(1).filter(|before| sentence.contains(before));
    sink.word(Clause::Before, before.map_or("", |at| speech.folded(at)));
    let place = match reading.verb.start - sentence.start {
        place @ 0..=3 => place as u64,
        4..=7 => 4,
        8..=15 => 5,
        _ => 6,
    };
    // Of the others the place tells how long what was said is.
    if matches!(reading.pattern, Pattern::SubjectFirst | Pattern::Lead) {
        sink.code(Clause::Place, pattern * 8 + place);
    }
    // "Namun, kata Budi, …", "Bendungan itu, kata Budi, …": what comes first belongs to what was said
    // or leads to it.
    if matches!(reading.pattern, Pattern::Lead | Pattern::Between) {
        let pattern = if reading.pattern == Pattern::Lead { "lead" } else { "between" };
        sink.pair(Clause::Opening, pattern, speech.folded(sentence.start));
    }
    sink.code(Clause::Rank, pattern * 4 + reading.rank.min(3) as u64);
    let relative = (sentence.start..reading.verb.start)
        .rev()
        .take_while(|&at| !speech.is_comma(at))
        .any(|at| speech.folded(at) == "yang");
    sink.code(Clause::Relative, pattern * 2 + u64::from(relative));
    // What is not, or not yet, said: "untuk mengatakan bahwa".
    let unsaid = before.is_some_and(|at| is_no_subject(speech.folded(at)));
    sink.code(Clause::Unsaid, (pattern * 8 + led) * 2 + u64::from(unsaid));
    let (kind, head) = kind(speech, reading.attribution.speaker);
    sink.code(Clause::Speaker, pattern * 16 + kind);
    sink.code(Clause::SpeakerLed, ((pattern * 16 + kind) * 8 + led) * 8 + order);
    sink.word(Clause::Head, head);
    let first = reading.clause.start;
    sink.word(Clause::First, speech.folded(first));
    sink.pair(Clause::FirstTwo, speech.folded(first), speech.folded(first + 1));
    let named = speech.name_at(first).map_or(3, |name| label(&name.label));
    sink.code(
        Clause::FirstShape,
        (pattern * 8 + speech.views.token(first).shape as u64) * 4 + named,
    );
    let length = match reading.clause.len() {
        0..=3 => 0,
        4..=6 => 1,
        7..=14 => 2,
        15..=24 => 3,
        _ => 4,
    };
    let verbs = reading.clause.clone().filter(|&at| is_predicate(speech, at)).count().min(3);
    sink.code(Clause::Verbs, (pattern * 8 + order) * 4 + verbs as u64);
    sink.code(Clause::Length, (pattern * 8 + length) * 4 + verbs as u64);
    sink.code(Clause::Marks, (pattern * 8 + order) * 8 + marks);
    if matches!(reading.pattern, Pattern::Last | Pattern::Several) {
        let first = speech.sentence_of(reading.clause.start);
        sink.code(Clause::Sentences, (number - first) as u64);
        // "Koperasi ini harus sehat. Kita dorong bersama, tegasnya."
        let begins = has_own(speech, first);
        let before = first.checked_sub(1).is_some_and(|before| has_own(speech, before));
        let all = (first..=number).filter(|&number| has_own(speech, number)).count() as u64;
        let own = u64::from(begins) + 2 * u64::from(before) + 4 * all;
        sink.code(Clause::Own, (number - first) as u64 * 32 + own);
    }
}

/// Whether a sentence has words of those who speak themselves.
fn has_own(speech: &Speech<'_>, number: usize) -> bool {
    let mut tokens = speech.document.sentences[number].tokens.clone();
    tokens.any(|at| OWN.contains(&speech.folded(at)))
}

/// Words of those who speak themselves.
const OWN: [&str; 12] =
    ["aku", "biar", "enggak", "gak", "gitu", "kami", "kan", "kita", "nggak", "saya", "sih", "ya"];

/// Whether a word may be what a clause says of its subject.
fn is_predicate(speech: &Speech<'_>, at: usize) -> bool {
    let word = speech.folded(at);
    let helps = [
        "ada", "adalah", "akan", "belum", "bisa", "bukan", "dapat", "harus", "masih", "sedang",
        "sudah", "tak", "telah", "tidak",
    ];
    helps.contains(&word) || may_tell(speech, at)
}

/// What the words for a speaker are, and the first of them where they name nobody.
fn kind<'s>(speech: &Speech<'s>, speaker: Speaker) -> (u64, &'s str) {
    let tokens = &speech.document.tokens;
    let first = |start| tokens.partition_point(|token| token.span.start < start);
    match speaker {
        Speaker::Named(entity, _) => {
            let label = label(&speech.document.entities[entity].label);
            (label, "")
        }
        Speaker::Before(None) => (4, ""),
        Speaker::Before(Some(span)) => (5, speech.folded(first(span.start))),
        Speaker::Phrase(span) => {
            let first = first(span.start);
            let last = tokens.partition_point(|token| token.span.start < span.end) - 1;
            let titled = speech.views.title(first).is_some();
            let pointed = is_demonstrative(speech.folded(last));
            (6 + u64::from(titled) + 2 * u64::from(pointed), speech.folded(first))
        }
        Speaker::Nobody => (10, ""),
    }
}

fn label(label: &Label) -> u64 {
    match label {
        Label::Person => 0,
        Label::Organisation => 1,
        Label::Location => 2,
        _ => 3,
    }
}

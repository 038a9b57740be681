//! What is known of every token, told in the tagger's signs.

use std::ops::Range;

use nukil_gazetteer::{Case, Gazetteer, Kind, Order, Part, TitleKind, WordEvidence};
use nukil_tagger::{Signs, Slot};
use nukil_types::{Document, Label};

use crate::USUAL;
use crate::view::{Shape, Views, Writing};

/// Where a token stands in a stretch of several.
fn position(at: usize, length: usize) -> u8 {
    match (at, length) {
        (0, 1) => 0,
        (0, _) => 1,
        (at, length) if at + 1 == length => 3,
        _ => 2,
    }
}

/// Fills one set of signs a token.
pub(crate) fn fill(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    signs: &mut Vec<Signs>,
) {
    signs.clear();
    signs.reserve(document.tokens.len().max(USUAL));
    signs.resize(document.tokens.len(), Signs::default());
    for (number, sentence) in document.sentences.iter().enumerate() {
        let writing = views.writing(number);
        let mut far = false;
        let mut hits_until = [0; 3];
        let mut heads_until = 0;
        let mut title_until = 0;
        runs(document, views, sentence.tokens.clone(), signs);
        for at in sentence.tokens.clone() {
            let view = views.token(at);
            let mine = &mut signs[at];
            mine.set(Slot::Writing, writing as u8);
            mine.set(Slot::Shape, 1 + 2 * view.shape as u8 + u8::from(view.initial));
            view.word.signs.tell(mine);
            let before = view.before;
            if let Some(title) = before.title {
                let complement = u8::from(title.complement);
                mine.set(Slot::TitleBefore, 1 + 2 * title.kind as u8 + complement);
            }
            far = far && stays_far(document, view.shape, at);
            mine.set(Slot::TitleFar, u8::from(far && before.title.is_none()));
            far |= before.title.is_some_and(|title| title.complement);
            if let Some(strong) = before.place {
                mine.set(Slot::PlaceCue, 1 + u8::from(strong));
            }
            if let Some(order) = before.verb {
                mine.set(Slot::VerbBefore, 1 + order as u8);
            }
            if !views.cues(at).is_empty() {
                cues(views, at, &mut title_until, &mut heads_until, signs);
            }
            if !views.hits(at).is_empty() {
                hits(views, gazetteer, at, &mut hits_until, signs);
            }
        }
    }
}

fn label_number(label: &Label) -> u8 {
    match label {
        Label::Person => 0,
        Label::Location => 1,
        _ => 2,
    }
}

/// Words that may stand within a run of capitalised words.
const LINKS: [&str; 9] = ["dan", "&", "of", "the", "and", "untuk", "/", ".", "-"];

/// Most words of a name before its acronym.
const LONGEST: usize = 12;

/// Tells of every word which head stands before it in its run of capitalised words, and which
/// names are introduced with an acronym.
fn runs(document: &Document, views: &Views, sentence: Range<usize>, signs: &mut [Signs]) {
    let mut head: Option<(usize, u8)> = None;
    for at in sentence.clone() {
        let shape = views.token(at).shape;
        if head.is_some()
            && matches!(shape, Shape::Lower | Shape::Other)
            && !LINKS.contains(&document.folded(&document.tokens[at]))
        {
            head = None;
        }
        if let Some((end, label)) = head.filter(|&(end, _)| end <= at) {
            signs[at].set(Slot::RunHead, 1 + 2 * label + u8::from(end == at));
        }
        if let Some((length, kind)) = views.head(at, Part::Inside) {
            head = Some((at + length, label_number(&kind.label())));
        }
        let is = |at: usize, mark: &str| {
            sentence.contains(&at) && document.surface(&document.tokens[at]) == mark
        };
        if shape == Shape::Upper
            && at > sentence.start
            && is(at - 1, "(")
            && is(at + 1, ")")
            && let Some(long) = long_form(document, views, at, sentence.start)
        {
            signs[at].set(Slot::Introduced, 2);
            long.for_each(|word| signs[word].set(Slot::Introduced, 1));
        }
    }
}

/// The words before the bracket whose first letters make up the acronym in it. Function words
/// between them need not count.
fn long_form(
    document: &Document,
    views: &Views,
    acronym: usize,
    first: usize,
) -> Option<Range<usize>> {
    let end = acronym - 1;
    let mut letters = document.folded(&document.tokens[acronym]).chars().rev().peekable();
    for at in (first.max(end.saturating_sub(LONGEST))..end).rev() {
        let token = &document.tokens[at];
        let initial = document.folded(token).chars().next();
        if initial.is_some() && initial == letters.peek().copied() {
            letters.next();
            if letters.peek().is_none() {
                return Some(at..end);
            }
        } else if views.token(at).shape != Shape::Lower && !token.stop {
            return None;
        }
    }
    None
}

/// What is told of a word wherever it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordSigns {
    share: u8,
    frequency: u8,
    part: u8,
}

impl From<WordEvidence> for WordSigns {
    fn from(word: WordEvidence) -> Self {
        let mut signs = WordSigns::default();
        if let Some(share) = word.capital_share() {
            signs.share = match share {
                ..0.02 => 1,
                ..0.1 => 2,
                ..0.3 => 3,
                ..0.6 => 4,
                ..0.85 => 5,
                ..0.96 => 6,
                _ => 7,
            };
            let total = word.lower + word.capital;
            signs.frequency = 1 + (f64::from(total).log2() / 2.0) as u8;
        }
        let part = word.part;
        let class = u8::from(part.is_indonesian())
            | u8::from(part.is_foreign()) << 1
            | u8::from(part.is_built_like_a_name()) << 2;
        if class > 0 {
            signs.part = 2 * class + u8::from(word.is_ordinary());
        }
        signs
    }
}

impl WordSigns {
    fn tell(self, signs: &mut Signs) {
        signs.set(Slot::CapitalShare, self.share);
        signs.set(Slot::Frequency, self.frequency);
        signs.set(Slot::NamePart, self.part);
    }
}

/// Whether a title's place or organisation may go on over this token.
fn stays_far(document: &Document, shape: Shape, at: usize) -> bool {
    let token = &document.tokens[at];
    shape != Shape::Lower && document.surface(token) != ","
        || matches!(document.folded(token), "dan" | "bidang" | "urusan" | "untuk")
}

/// What the cues say that begin at a token, of which there is one.
fn cues(
    views: &Views,
    at: usize,
    title_until: &mut usize,
    heads_until: &mut usize,
    signs: &mut [Signs],
) {
    if let Some((_, order)) = views.verb(at) {
        signs[at].set(Slot::Verb, 1 + order as u8);
    }
    signs[at].set(Slot::Degree, u8::from(views.degree(at)));
    if let Some(length) = views.not_name(at) {
        for signs in &mut signs[at..at + length] {
            signs.set(Slot::NotName, 1 + u8::from(length > 1));
        }
    }
    if let Some((length, kind)) = views.title(at).filter(|_| at >= *title_until) {
        *title_until = at + length;
        for (inner, signs) in signs[at..*title_until].iter_mut().enumerate() {
            signs.set(Slot::Title, 1 + 2 * kind as u8 + u8::from(inner > 0));
        }
    }
    heads(views, at, heads_until, signs);
}

fn heads(views: &Views, at: usize, until: &mut usize, signs: &mut [Signs]) {
    if let Some((length, kind)) = views.head(at, Part::Inside).filter(|_| at >= *until) {
        *until = at + length;
        for (inner, signs) in signs[at..*until].iter_mut().enumerate() {
            let inside = u8::from(inner > 0);
            signs.set(Slot::Head, 1 + 2 * label_number(&kind.label()) + inside);
        }
    }
    if let Some((length, kind)) = views.head(at, Part::Outside)
        && let Some(behind) = signs.get_mut(at + length)
    {
        behind.set(Slot::HeadBefore, 1 + label_number(&kind.label()));
    }
    if let Some((_, kind)) = views.head(at, Part::Suffix) {
        signs[at].set(Slot::HeadBehind, 1 + label_number(&kind.label()));
    }
}

/// The longest hit of each label; of readings as long as each other the one listed first among
/// the kinds, where villages and districts, whose names are often words, count last.
fn hits(
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    at: usize,
    until: &mut [usize; 3],
    signs: &mut [Signs],
) {
    for label in 0..3 {
        if at < until[usize::from(label)] {
            continue;
        }
        let readings = views.hits(at).iter().filter_map(|hit| {
            let kind = gazetteer.kind(hit.entry);
            let minor = matches!(kind, Kind::Village | Kind::District);
            (label_number(&kind.label()) == label).then_some((
                hit.length,
                !minor,
                std::cmp::Reverse(kind),
                hit,
            ))
        });
        let best = readings.max_by_key(|&(length, major, kind, _)| (length, major, kind));
        let Some((length, _, std::cmp::Reverse(kind), hit)) = best else { continue };
        until[usize::from(label)] = at + length;
        let case = match hit.case {
            Case::AsWritten => 1,
            Case::AllCapitals => 2,
            Case::Lower => 3,
        } + 4 * u8::from(hit.acronym);
        for (inner, mine) in signs[at..at + length].iter_mut().enumerate() {
            let place = position(inner, length);
            match label {
                0 => mine.set(Slot::Person, 1 + place),
                1 => mine.set(Slot::Place, 1 + 4 * kind as u8 + place),
                _ => mine.set(Slot::Organisation, 1 + 4 * kind as u8 + place),
            }
            mine.set(Slot::HitCase, case);
        }
    }
}

// The numbers of these kinds are part of what a model has learned.
const _: () = {
    assert!(TitleKind::Office as u8 == 0 && TitleKind::Modifier as u8 == 6);
    assert!(Order::After as u8 == 0 && Order::BeforeName as u8 == 5);
    assert!(Kind::Continent as u8 == 0 && Kind::Organisation as u8 == 33);
    assert!(Writing::Prose as u8 == 0 && Writing::Lower as u8 == 3);
};

//! From scores to a list that a reader wants: no phrase twice, few ways to say one thing.

use std::ops::Range;

use nukil_types::{Document, Keyword};

use crate::background::Background;
use crate::context::AGAIN;
use crate::hash;
use crate::scratch::{Candidate, NONE, Scratch};
use crate::words::Shape;

/// How many keywords above a keyword may share a phrase with it, one holding the other.
const MAX_RELATIVES: usize = 2;
/// How many keywords above a keyword may share a word with it.
const MAX_SHARING: usize = 3;
/// The same for a keyword that never stands apart from a longer phrase.
const MAX_SHARING_BOUND: usize = 1;

/// Candidates that are sorted at a time: some more than most lists of ten look at.
const SORTED: usize = AGAIN;

/// Chooses the best `n` candidates of the ranking into `scratch.chosen`.
///
/// A candidate is passed over
/// - when it agrees in its lemmas with a better one;
/// - when a better one holds it and it never stands apart from that one ("emas antam" beside
///   "harga emas antam");
/// - when it is a half of a better name, mostly stands in names and is none itself ("Delta" beside
///   "Delta Mahakam");
/// - when it is a longer or shorter name of a better one's person;
/// - when it holds, or is held by, too many better ones, or shares a word with too many: the list
///   would say one thing five times.
pub(crate) fn choose(document: &Document, scratch: &mut Scratch, n: usize) {
    let mut chosen = std::mem::take(&mut scratch.chosen);
    let mut ranking = std::mem::take(&mut scratch.ranking);
    chosen.clear();
    let mut rest = ranking.as_mut_slice();
    while chosen.len() < n && !rest.is_empty() {
        let sorted = sort_best(document, scratch, rest);
        for &(_, index) in &rest[..sorted] {
            if chosen.len() < n && adds(scratch, &chosen, &scratch.candidates[index as usize]) {
                chosen.push(index);
            }
        }
        rest = &mut rest[sorted..];
    }
    scratch.ranking = ranking;
    scratch.chosen = chosen;
}

/// Sorts the best candidates to the front, best first, and tells how many they are. Of one score are
/// those better that come first in the text, then in the alphabet.
pub(crate) fn sort_best(
    document: &Document,
    scratch: &Scratch,
    ranking: &mut [(f64, u32)],
) -> usize {
    let first = |index: u32| {
        let candidate = &scratch.candidates[index as usize];
        let tokens = candidate.first as usize..(candidate.first + candidate.length) as usize;
        (candidate.first, document.slice(document.span_of(tokens)))
    };
    let order = |one: &(f64, u32), other: &(f64, u32)| {
        other.0.total_cmp(&one.0).then_with(|| first(one.1).cmp(&first(other.1)))
    };
    if ranking.len() > SORTED {
        ranking.select_nth_unstable_by(SORTED, order);
    }
    let sorted = SORTED.min(ranking.len());
    ranking[..sorted].sort_unstable_by(order);
    sorted
}

/// Whether a candidate says something that the better ones do not.
fn adds(scratch: &Scratch, chosen: &[u32], candidate: &Candidate) -> bool {
    let (mut relatives, mut sharing) = (0, 0);
    let in_names = candidate.exact == 0 && 2 * candidate.cutting > candidate.own;
    for &better in chosen {
        let better = &scratch.candidates[better as usize];
        if !share_word(scratch, candidate, better) {
            continue;
        }
        sharing += 1;
        let held = holds(scratch, better, candidate);
        relatives += usize::from(held || holds(scratch, candidate, better));
        let never_apart = held && candidate.own <= better.own;
        let half = held && in_names && better.is_name();
        let same_person =
            candidate.person && better.person && (held || holds(scratch, candidate, better));
        if never_apart || half || same_person || same_lemmas(scratch, candidate, better) {
            return false;
        }
    }
    // What only a longer phrase has says least beside others of its words ("kegiatan studi").
    let bound = candidate.length > 1 && candidate.own > 1 && candidate.within >= candidate.own;
    let most = if bound && !candidate.is_name() { MAX_SHARING_BOUND } else { MAX_SHARING };
    relatives <= MAX_RELATIVES && sharing <= most
}

/// Whether two candidates have a word of one lemma in common.
fn share_word(scratch: &Scratch, one: &Candidate, other: &Candidate) -> bool {
    scratch
        .words_of(one)
        .any(|word| scratch.words_of(other).any(|in_other| word.lemma == in_other.lemma))
}

/// Whether `outer` has the words of `inner` in it, side by side, and more.
fn holds(scratch: &Scratch, outer: &Candidate, inner: &Candidate) -> bool {
    if outer.length <= inner.length {
        return false;
    }
    let word_of = &scratch.word_of;
    let tokens = |candidate: &Candidate| {
        let first = candidate.first as usize;
        &word_of[first..first + candidate.length as usize]
    };
    tokens(outer).windows(inner.length as usize).any(|window| window == tokens(inner))
}

fn same_lemmas(scratch: &Scratch, one: &Candidate, other: &Candidate) -> bool {
    let lemmas = |candidate| scratch.words_of(candidate).map(|word| word.lemma);
    one.length == other.length && lemmas(one).eq(lemmas(other))
}

/// Writes a candidate as a row of the document.
pub(crate) fn keyword(
    document: &Document,
    scratch: &Scratch,
    background: &Background,
    index: u32,
    score: f64,
) -> Keyword {
    let candidate = &scratch.candidates[index as usize];
    let phrase = candidate.first as usize..(candidate.first + candidate.length) as usize;
    let bytes = document.span_of(phrase.clone()).len();
    let (mut lemma, mut family) = (String::with_capacity(bytes), String::with_capacity(bytes));
    for at in phrase.clone() {
        let token = &document.tokens[at];
        if at > phrase.start {
            lemma.push(' ');
            family.push(' ');
        }
        // "Tambunan" is no derivation of "tambun", but of "jasa keuangan", which happens to stand in a
        // longer name, too, the lemma is always the same.
        let named = candidate.is_name()
            || document.mentions.get(scratch.mention(at) as usize).is_some_and(|mention| {
                let Range { start, end } = mention.tokens;
                start >= phrase.start && end <= phrase.end && end - start < phrase.len()
            });
        lemma.push_str(if named { document.folded(token) } else { document.lemma(token) });
        family.push_str(document.lemma(token));
    }
    Keyword {
        text: commonest_form(document, scratch, background, index),
        lemma,
        family,
        score,
        count: candidate.count as usize,
        is_entity: candidate.is_name(),
        first_start: document.tokens[candidate.earliest as usize].span.start,
        occurrences: Vec::with_capacity(candidate.count as usize),
    }
}

/// Gives every keyword its occurrences, those of merged forms among them, and counts them. Where one
/// form of a name stands in another ("Bandung" in "Kota Bandung") only the longer counts.
pub(crate) fn find_occurrences(document: &mut Document, scratch: &mut Scratch) {
    let place_of = &mut scratch.place_of;
    place_of.clear();
    place_of.resize(scratch.candidates.len(), NONE);
    for (place, &index) in scratch.chosen.iter().enumerate() {
        place_of[index as usize] = place as u32;
    }
    // They come in text order, and of those that begin together the shorter first.
    for seen in &scratch.occurrences {
        let candidate = &scratch.candidates[seen.candidate as usize];
        let kept = if candidate.lent_to == NONE { seen.candidate } else { candidate.lent_to };
        let place = place_of[kept as usize] as usize;
        if place >= document.keywords.len() {
            continue;
        }
        let first = seen.token as usize;
        let span = document.span_of(first..first + candidate.length as usize);
        let keyword = &mut document.keywords[place];
        match keyword.occurrences.last_mut() {
            Some(before) if span.contains(*before) => *before = span,
            Some(before) if before.contains(span) => {}
            _ => keyword.occurrences.push(span),
        }
    }
    for keyword in &mut document.keywords {
        keyword.count = keyword.occurrences.len();
    }
}

/// The form in which the document writes a candidate most often; of equally common ones the first.
fn commonest_form(
    document: &Document,
    scratch: &Scratch,
    background: &Background,
    index: u32,
) -> String {
    let candidate = &scratch.candidates[index as usize];
    let name = candidate.is_name();
    let mut forms: Vec<(String, usize)> = Vec::new();
    let mut form = String::new();
    // Occurrences come in text order; those of one candidate are few and mostly near each other.
    let from = scratch.occurrences.partition_point(|seen| seen.token < candidate.first);
    let of_candidate = scratch.occurrences[from..].iter().filter(|seen| seen.candidate == index);
    for occurrence in of_candidate.take(candidate.own as usize) {
        let start = occurrence.token as usize;
        let at = document.sentences.partition_point(|sentence| sentence.tokens.end <= start);
        let Some(sentence) = document.sentences.get(at) else { continue };
        // Headlines write every word with a capital, and a sentence begins with one; neither says
        // how the phrase is written, so they vote only with what the news at large does.
        let opening = sentence.tokens.start == start;
        let doubtful = |token| !name && (sentence.headline || opening && token == start);
        write_form(document, scratch, background, candidate, start, doubtful, &mut form);
        // Inside a longer name ("Stasiun Manggarai") a word may have a capital that it has not elsewhere.
        let last = start + candidate.length as usize - 1;
        let inside = |at: usize| {
            let mention = document.mentions.get(scratch.mention(at) as usize);
            mention.is_some_and(|mention| {
                mention.tokens.start < start || mention.tokens.end > last + 1
            })
        };
        let votes = match (inside(start) || inside(last), sentence.headline || opening) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        match forms.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += votes,
            None => forms.push((form.clone(), votes)),
        }
    }
    let most = forms.iter().map(|&(_, count)| count).max();
    let best = forms.into_iter().find(|&(_, count)| Some(count) == most);
    best.map(|(form, _)| form).unwrap_or_default()
}

/// Writes one occurrence as text; a word for which `doubtful` says so loses a capital that the news at
/// large does not give it.
fn write_form(
    document: &Document,
    scratch: &Scratch,
    background: &Background,
    candidate: &Candidate,
    start: usize,
    doubtful: impl Fn(usize) -> bool,
    text: &mut String,
) {
    let tokens = start..start + candidate.length as usize;
    text.clear();
    let mut end = 0;
    for at in tokens {
        let token = &document.tokens[at];
        if at > start && token.span.start > end {
            text.push(' ');
        }
        end = token.span.end;
        let surface = document.surface(token);
        let folded = document.folded(token);
        let lower = doubtful(at)
            && Shape::of(surface) != Shape::Lower
            && background.word(hash::word(folded)).capital < 0.5
            && scratch.mention(at) == NONE;
        text.push_str(if lower { folded } else { surface });
    }
}

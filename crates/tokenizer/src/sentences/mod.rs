//! Finds where sentences end, over the tokens of one span.

mod line_break;
mod starters;

use std::ops::Range;

use nukil_types::{Document, Sentence, Token, TokenKind};

use crate::abbreviations::{Abbreviation, Abbreviations};
use crate::rules::full_stop;
use line_break::{Lines, Width};

/// Most tokens of a sentence. Prose stays far below; a table or noise without a full stop is cut
/// here, so that what later stages do in a sentence stays small.
const LONGEST: usize = 2000;

/// Adds the sentences of the tokens in `range`, all of one span of prose.
pub(crate) fn split(
    abbreviations: &Abbreviations,
    document: &mut Document,
    range: Range<usize>,
    headline: bool,
) {
    let Some(last) = range.clone().last() else { return };
    let mut width =
        Width::of(document.tokens[range.start].span.start, document.tokens[last].span.end);
    let mut start = range.start;
    for at in range.clone() {
        let full = at - start + 1 == LONGEST;
        if at == last || full || ends_at(abbreviations, document, start, at, range.end, &mut width)
        {
            let tokens = start..at + 1;
            let span = document.span_of(tokens.clone());
            document.sentences.push(Sentence { span, tokens, headline });
            start = at + 1;
        }
    }
}

/// Whether the sentence that began at token `start` ends with token `at`; a further token follows,
/// and `end` bounds the tokens.
#[inline]
fn ends_at(
    abbreviations: &Abbreviations,
    document: &Document,
    start: usize,
    at: usize,
    end: usize,
    width: &mut Width,
) -> bool {
    let (token, next) = (&document.tokens[at], &document.tokens[at + 1]);
    let bytes = document.text.as_bytes();
    let gap = &bytes[token.span.end..next.span.start];
    let lines = match gap {
        [] | [b' '] => Lines::Same,
        _ => Lines::between(gap),
    };
    if lines == Lines::Paragraph {
        return true;
    }
    let closing = token.kind == TokenKind::Punctuation || bytes[token.span.end - 1] == b'.';
    if closing && let Some(stop) = stop_before(document, start, at) {
        return after_stop(abbreviations, document, start, stop, at, end, lines);
    }
    lines == Lines::Next && width.ends_line(document, token, next)
}

/// Most marks that close behind a full stop.
const MOST_CLOSERS: usize = 4;

/// The token that ends a sentence by its mark, when `at` is that token or a quote or bracket that
/// closes right behind it.
fn stop_before(document: &Document, start: usize, at: usize) -> Option<usize> {
    for stop in (start..=at).rev().take(MOST_CLOSERS + 1) {
        let surface = document.surface(&document.tokens[stop]);
        if ends_in_stop(surface) {
            return Some(stop);
        }
        // Whatever closes does so without a space before it.
        let glued =
            stop > start && document.tokens[stop - 1].span.end == document.tokens[stop].span.start;
        if !glued || !is_closer(surface) {
            return None;
        }
    }
    None
}

fn ends_in_stop(surface: &str) -> bool {
    surface.ends_with(['.', '?', '!', '…', '。', '？', '！', '؟', '।'])
}

fn is_closer(surface: &str) -> bool {
    matches!(surface, "\"" | "'" | "''" | "”" | "’" | "»" | ")" | "]" | "}" | "&quot;" | "*" | "**")
}

fn is_opener(surface: &str) -> bool {
    matches!(surface, "\"" | "'" | "``" | "`" | "“" | "‘" | "„" | "«" | "(" | "[" | "&quot;")
}

/// Whether the stop at token `stop`, with closing marks up to token `at`, ends the sentence.
fn after_stop(
    abbreviations: &Abbreviations,
    document: &Document,
    start: usize,
    stop: usize,
    at: usize,
    end: usize,
    lines: Lines,
) -> bool {
    let next = &document.tokens[at + 1];
    let glued = document.tokens[at].span.end == next.span.start;
    let follows = document.surface(next);
    // More of what closes, or a stop still to come: `…!"`, `?)`.
    if glued && (is_closer(follows) && !opens(document, at + 1, end) || ends_in_stop(follows)) {
        return false;
    }
    let Some(word) = word_at_or_after(document, at + 1, end) else {
        // Nothing but marks to the end; they stay with the sentence unless a line sets them apart.
        return lines == Lines::Next;
    };
    let surface = document.surface(word);
    if surface.starts_with(char::is_lowercase) && !is_mixed_case(surface) {
        // `a.` at the head of the next line is a list, any other small letter goes on.
        let marker = at + 2 < end && surface.len() == 1;
        return marker && lines == Lines::Next && document.surface(&document.tokens[at + 2]) == ".";
    }
    if matches!(follows, "," | ";" | ":" | "/") {
        return false;
    }
    let mark = document.surface(&document.tokens[stop]);
    if mark.len() > 1 && mark.ends_with('.') && document.tokens[stop].kind == TokenKind::Word {
        return after_abbreviation(abbreviations, document, mark, word, follows, lines);
    }
    !(mark == "." && is_list_number(document, start, stop, at))
}

/// Whether the quote at token `at` opens: a word is glued behind it.
fn opens(document: &Document, at: usize, end: usize) -> bool {
    at + 1 < end
        && document.tokens[at].span.end == document.tokens[at + 1].span.start
        && document.tokens[at + 1].kind != TokenKind::Punctuation
        && is_opener(document.surface(&document.tokens[at]))
}

/// The token at `at` or, where opening marks and dashes stand there, the one behind them.
fn word_at_or_after(document: &Document, at: usize, end: usize) -> Option<&Token> {
    document.tokens[at..end].iter().find(|token| {
        token.kind != TokenKind::Punctuation
            || !(is_opener(document.surface(token)) || is_dash(document.surface(token)))
    })
}

fn is_dash(surface: &str) -> bool {
    matches!(surface, "-" | "–" | "—" | "--" | "•" | "*")
}

/// `iPhone`: a name with a small letter first.
fn is_mixed_case(surface: &str) -> bool {
    surface.contains(char::is_uppercase)
}

/// Whether an abbreviation with its stop, `mark`, is the last word of a sentence when `word` is
/// the first word behind it and `follows` the first token.
fn after_abbreviation(
    abbreviations: &Abbreviations,
    document: &Document,
    mark: &str,
    word: &Token,
    follows: &str,
    lines: Lines,
) -> bool {
    let form = &mark[..mark.len() - 1];
    if follows.starts_with('(') {
        return false;
    }
    let surface = document.surface(word);
    let capital = surface.starts_with(char::is_uppercase);
    let starter = || capital && starters::is_starter(document.folded(word));
    match abbreviations.get(form) {
        // `PT. Ia`, `di RS. Namun`: acronyms of things, unlike titles, may stand last.
        Some(Abbreviation::Inner) => {
            form.len() > 1 && form.bytes().all(|byte| byte.is_ascii_uppercase()) && starter()
        }
        Some(Abbreviation::Number) => false,
        Some(Abbreviation::Open) if lines == Lines::Next => true,
        // `Co. Ltd.`, `S.H. M.H.`
        Some(Abbreviation::Open) => {
            let chained = surface.strip_suffix('.').and_then(|form| abbreviations.get(form));
            capital && chained != Some(Abbreviation::Open)
        }
        // Initials and dotted acronyms end a sentence only before a word that begins one.
        None if full_stop::is_initial(form) || full_stop::is_dotted_acronym(form) => starter(),
        None => capital,
    }
}

/// `1.`, `a.` at the head of a line of a list.
fn is_list_number(document: &Document, start: usize, stop: usize, at: usize) -> bool {
    if stop != start + 1 || at != stop {
        return false;
    }
    let number = document.surface(&document.tokens[start]);
    number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

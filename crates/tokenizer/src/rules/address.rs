//! Web addresses, e-mail addresses, `@mentions` and `#hashtags`.
//!
//! A bare domain (`detik.com`, `Liputan6.com`) is the name of an outlet and stays a word; with a
//! scheme, `www.` or a path it is an address.

use super::Run;
use crate::chars;

/// Last parts of domains and files that Indonesian news names, lower-case.
const SUFFIXES: [&str; 52] = [
    "ac", "ai", "app", "asia", "au", "be", "biz", "cc", "cn", "co", "com", "de", "desa", "edu",
    "ee", "eu", "fm", "fr", "gl", "gle", "go", "gov", "hk", "html", "id", "info", "int", "io",
    "is", "jp", "kr", "live", "ly", "md", "me", "mil", "my", "net", "news", "nl", "online", "or",
    "org", "php", "ru", "sch", "sg", "site", "tv", "uk", "us", "xyz",
];

/// Longest local part of an e-mail address (RFC 5321).
const LONGEST_LOCAL: usize = 64;

/// Most labels of a domain.
const MOST_LABELS: usize = 6;

/// Whether `part` may be the last part of a domain.
pub(crate) fn is_suffix(part: &str) -> bool {
    let mut lower = [0; 6];
    let Some(lower) = lower.get_mut(..part.len()) else { return false };
    lower.copy_from_slice(part.as_bytes());
    lower.make_ascii_lowercase();
    SUFFIXES.binary_search_by(|suffix| suffix.as_bytes().cmp(lower)).is_ok()
}

/// End of the dotted name that `run` begins, when its last part is that of a domain:
/// `news.detik.com`.
pub(crate) fn domain_end(run: &Run) -> Option<usize> {
    let bytes = run.text.as_bytes();
    let (mut end, mut domain) = (run.end, None);
    for _ in 1..MOST_LABELS {
        let next = label_end(bytes, end + 1);
        if bytes.get(end) != Some(&b'.') || next == end + 1 {
            break;
        }
        if is_suffix(&run.text[end + 1..next]) && !is_sentence_start(run, end + 1, next) {
            domain = Some(next);
        }
        end = next;
    }
    domain
}

/// `dia.Go` rather than `DETIK.Go`: a capital behind a small letter begins a sentence, unless it is
/// the suffix that every outlet has.
fn is_sentence_start(run: &Run, from: usize, to: usize) -> bool {
    let capital = run.text.as_bytes()[from].is_ascii_uppercase();
    let small = run.last().is_some_and(char::is_lowercase);
    capital && small && !run.text[from..to].eq_ignore_ascii_case("com")
}

/// End of one label of a domain: letters, digits and hyphens.
fn label_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let label = rest.iter().take_while(|&&b| b.is_ascii_alphanumeric() || b == b'-').count();
    let hyphens = rest[..label].iter().rev().take_while(|&&b| b == b'-').count();
    from + label - hyphens
}

/// End of the address when `run` is a scheme (`https`) before `://`.
pub(crate) fn after_scheme(run: &Run) -> Option<usize> {
    let rest = run.text[run.end..].strip_prefix("://")?;
    let scheme = run.whole().bytes().all(|byte| byte.is_ascii_alphabetic());
    (scheme && rest.starts_with(|c: char| c.is_alphanumeric()))
        .then(|| path_end(run.text, run.end + 3))
}

/// End of the path behind a domain that ends at `from`, if there is one.
pub(crate) fn after_domain(text: &str, from: usize) -> Option<usize> {
    let mut rest = text[from..].bytes();
    let path = matches!(rest.next(), Some(b'/' | b'?'));
    (path && rest.next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'@'))
        .then(|| path_end(text, from))
}

/// End of the rest of an address: up to white space or a quote, less the marks of the sentence.
pub(crate) fn path_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let length = rest
        .find(|c: char| chars::is_blank(c) || matches!(c, '"' | '<' | '>' | '“' | '”' | '‘' | '’'))
        .unwrap_or(rest.len());
    let mut address = &rest[..length];
    // A bracket that the address does not open closes the sentence's own.
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '…', ']', '*']);
        address = match shorter.strip_suffix(')') {
            Some(inner) if closed > opened => {
                closed -= 1;
                inner
            }
            _ if shorter.len() == address.len() => return from + address.len(),
            _ => shorter,
        };
    }
}

/// End of the e-mail address that begins at `start`, if one does.
pub(crate) fn email_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let local = bytes[start..]
        .iter()
        .take(LONGEST_LOCAL + 1)
        .take_while(|&&b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-')
        })
        .count();
    let at = start + local;
    if local == 0 || local > LONGEST_LOCAL || bytes.get(at) != Some(&b'@') {
        return None;
    }
    let mut end = label_end(bytes, at + 1);
    let mut labels = usize::from(end > at + 1);
    while labels > 0 && bytes.get(end) == Some(&b'.') {
        let next = label_end(bytes, end + 1);
        if next == end + 1 {
            break;
        }
        labels += 1;
        end = next;
    }
    (labels > 1).then_some(end)
}

/// End of the `@mention` that begins at `start`: letters, digits, `_` and inner full stops.
pub(crate) fn mention_end(text: &str, start: usize) -> Option<usize> {
    let name = text[start + 1..]
        .bytes()
        .take_while(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
        .count();
    let name = text[start + 1..start + 1 + name].trim_end_matches('.');
    name.contains(|c: char| c.is_ascii_alphanumeric()).then_some(start + 1 + name.len())
}

/// End of the `#hashtag` that begins at `start`: letters (one at least), digits and `_`.
pub(crate) fn hashtag_end(text: &str, start: usize) -> Option<usize> {
    let mut end = start + 1;
    loop {
        let run = chars::run_end(text, end);
        let marks = text[run..].bytes().take_while(|&byte| byte == b'_').count();
        if run + marks == end {
            break;
        }
        end = run + marks;
    }
    text[start + 1..end].contains(char::is_alphabetic).then_some(end)
}

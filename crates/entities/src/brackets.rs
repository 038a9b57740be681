//! Names with one bracket of two: "Kementerian Luar Negeri (Kemlu" before ")" is a name and its short
//! form, "BMKG) Lampung" is a short form with something behind it.

use std::ops::Range;

use nukil_types::Document;

/// The names in these tokens: themselves where their brackets are whole, else what stands on both
/// sides of one that only opens, and what stands before one that only closes.
pub(crate) fn split(document: &Document, tokens: Range<usize>) -> [Range<usize>; 2] {
    let mut open = None;
    for at in tokens.clone() {
        match document.surface(&document.tokens[at]) {
            "(" => open = Some(at),
            // The bracket belongs to the name before.
            ")" if at == tokens.start => return [at + 1..tokens.end, at..at],
            ")" if open.is_none() => return [tokens.start..at, at..at],
            ")" => open = None,
            _ => {}
        }
    }
    match open {
        Some(at) => [tokens.start..at, at + 1..tokens.end],
        None => [tokens.clone(), tokens.end..tokens.end],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nukil_types::{Span, TokenKind};

    #[test]
    fn a_bracket_without_its_fellow_divides_a_name() {
        for (text, names) in [
            ("Kementerian Luar Negeri ( Kemlu", ["Kementerian Luar Negeri", "Kemlu"]),
            ("Dinas Pendidikan ( Disdik ) Batam", ["Dinas Pendidikan ( Disdik ) Batam", ""]),
            ("BMKG ) Lampung", ["BMKG", ""]),
            (") Petrus Golose", ["Petrus Golose", ""]),
            ("BMKG", ["BMKG", ""]),
        ] {
            let mut document = Document::new("1", "-", text);
            let mut start = 0;
            for word in text.split(' ') {
                let kind = TokenKind::Word;
                document.push_token(Span::new(start, start + word.len()), kind);
                start += word.len() + 1;
            }
            let found = split(&document, 0..document.tokens.len());
            let found = found.map(|tokens| match tokens.is_empty() {
                true => String::new(),
                false => document.slice(document.span_of(tokens)).to_string(),
            });
            assert_eq!(found, names, "{text}");
        }
    }
}

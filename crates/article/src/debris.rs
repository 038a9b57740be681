//! What scrapers and wrong conversions leave of spaces and marks, and what is no part of the prose:
//! character references escaped twice (`&amp;ldquo;`, and `&amp;` itself) or of white space
//! (`&nbsp;`), and UTF-8 that was once read as windows-1252 or ISO 8859-1 (`â€œ`, `Â` before a no-break
//! space).
//!
//! The text stays as it is, so that offsets hold; the debris becomes blocks between pieces of prose.
//! Other references, such as `&quot;`, are marks of punctuation to whoever splits tokens, and what is
//! left of a letter (`Ã©`) stays in its word.

use memchr::memchr2_iter;
use nukil_types::{Block, BlockKind, Span};

use crate::lines;

/// Longest name or number of a reference.
const LONGEST: usize = 8;

/// Names of references that stand for white space or for nothing.
const BLANKS: [&str; 16] = [
    "nbsp", "#160", "#xa0", "#xA0", "ensp", "emsp", "thinsp", "#8201", "shy", "#173", "#xad",
    "#xAD", "zwnj", "zwj", "#8203", "#65279",
];

/// Takes the debris out of `body` and puts them among `blocks`, which stay in order.
pub(crate) fn take_out(text: &str, body: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    // Most texts have none. 0xC3 begins `â` and `Â`, beside other letters with an accent.
    let found: Vec<Span> = body
        .iter()
        .flat_map(|span| {
            let prose = &text.as_bytes()[span.start..span.end];
            memchr2_iter(b'&', 0xC3, prose).filter_map(|at| {
                let at = span.start + at;
                match text.as_bytes()[at] {
                    b'&' => reference(text, at, span.end),
                    _ => misread(text, at, span.end),
                }
            })
        })
        .collect();
    if found.is_empty() {
        return;
    }
    let mut pieces = Vec::with_capacity(body.len() + found.len());
    let mut left = found.iter().copied().peekable();
    for span in body.iter() {
        let mut start = span.start;
        loop {
            let next = left.next_if(|reference| reference.start < span.end);
            let end = next.map_or(span.end, |reference| reference.start);
            let piece = lines::trim(text, Span::new(start, end.max(start)));
            pieces.extend(Some(piece).filter(|piece| !piece.is_empty()));
            match next {
                Some(reference) => start = reference.end.max(start),
                None => break,
            }
        }
    }
    *body = pieces;
    blocks.extend(found.into_iter().map(|span| Block { span, kind: BlockKind::Debris }));
    blocks.sort_by_key(|block| block.span);
}

/// The reference that the `&` at `at` begins, if it is one of those to take out.
fn reference(text: &str, at: usize, end: usize) -> Option<Span> {
    let rest = &text[at + 1..end];
    let name = name(rest)?;
    let after = at + 1 + name.len() + 1;
    if name == "amp" {
        // `&amp;amp;nbsp;` has been escaped once more.
        let mut last = after;
        while let Some(inner) = self::name(&text[last..end]) {
            last += inner.len() + 1;
            if inner != "amp" {
                break;
            }
        }
        return Some(Span::new(at, last));
    }
    BLANKS.contains(&name).then_some(Span::new(at, after))
}

/// The UTF-8 of a space or a mark, read as something else, that begins at `at`.
fn misread(text: &str, at: usize, end: usize) -> Option<Span> {
    let mut chars = text[at..end].chars();
    let (first, second) = (chars.next()?, chars.next()?);
    if (first, second) == ('Â', '\u{a0}') {
        return Some(Span::new(at, at + first.len_utf8() + second.len_utf8()));
    }
    // The marks U+2010 to U+203A and the spaces before them begin with the bytes E2 80.
    if first != 'â' || !matches!(second, '\u{80}' | '€') {
        return None;
    }
    let third = chars.next()?;
    let known = match second {
        '€' => {
            matches!(third, 'œ' | '\u{9d}' | '™' | '˜' | '“' | '”' | '¦' | '¢' | '‹' | '\u{90}')
        }
        _ => matches!(third, '\u{80}'..='\u{bf}'),
    };
    let behind = at + first.len_utf8() + second.len_utf8() + third.len_utf8();
    // An apostrophe or a hyphen inside a word holds it together.
    let joins = matches!(third, '™' | '˜' | '\u{90}' | '\u{91}' | '\u{98}' | '\u{99}')
        && text[..at].ends_with(char::is_alphanumeric)
        && text[behind..].starts_with(char::is_alphanumeric);
    (known && !joins).then_some(Span::new(at, behind))
}

/// The name or number of a reference that `rest` begins with, its semicolon behind it.
fn name(rest: &str) -> Option<&str> {
    let bytes = rest.as_bytes();
    let digits = usize::from(bytes.first() == Some(&b'#'));
    let length = bytes[digits..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let closed = bytes.get(digits + length) == Some(&b';');
    (closed && (2..=LONGEST).contains(&length)).then(|| &rest[..digits + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debris_leaves_the_prose_and_the_text_stays() {
        for (text, pieces, references) in [
            ("Ketua KPK&amp;nbsp;Budi", vec!["Ketua KPK", "Budi"], vec!["&amp;nbsp;"]),
            (
                "kata dia.&nbsp; &amp;ldquo;Ya.",
                vec!["kata dia.", "Ya."],
                vec!["&nbsp;", "&amp;ldquo;"],
            ),
            ("Jaya &amp; Putra", vec!["Jaya", "Putra"], vec!["&amp;"]),
            ("Jaya &amp;amp;nbsp;Putra", vec!["Jaya", "Putra"], vec!["&amp;amp;nbsp;"]),
            ("Jaya &quot;Putra&quot; & Co; R&D", vec!["Jaya &quot;Putra&quot; & Co; R&D"], vec![]),
            ("Tissa BianiÂ\u{a0}yang", vec!["Tissa Biani", "yang"], vec!["Â\u{a0}"]),
            (
                "â\u{80}\u{9c}Ya,â\u{80}\u{9d} kata dia",
                vec!["Ya,", "kata dia"],
                vec!["â\u{80}\u{9c}", "â\u{80}\u{9d}"],
            ),
            ("â€œYa,â€\u{9d} kata", vec!["Ya,", "kata"], vec!["â€œ", "â€\u{9d}"]),
            ("Jumâ€™at, Café Ãœ", vec!["Jumâ€™at, Café Ãœ"], vec![]),
            ("di kota&#160;.", vec!["di kota", "."], vec!["&#160;"]),
        ] {
            let mut body = vec![Span::new(0, text.len())];
            let mut blocks = Vec::new();
            take_out(text, &mut body, &mut blocks);
            let slice = |span: &Span| &text[span.start..span.end];
            assert_eq!(body.iter().map(slice).collect::<Vec<_>>(), pieces, "{text}");
            let found: Vec<_> = blocks.iter().map(|block| slice(&block.span)).collect();
            assert_eq!(found, references, "{text}");
        }
    }
}

//! Character references that a scraper left in the text and that are no part of the prose: those
//! escaped twice (`&amp;ldquo;`, and `&amp;` itself) and those of white space (`&nbsp;`).
//!
//! The text stays as it is, so that offsets hold; the references become blocks between pieces of
//! prose. Others, such as `&quot;`, are marks of punctuation to whoever splits tokens.

use memchr::memchr_iter;
use nukil_types::{Block, BlockKind, Span};

use crate::lines;

/// Longest name or number of a reference.
const LONGEST: usize = 8;

/// Names of references that stand for white space or for nothing.
const BLANKS: [&str; 16] = [
    "nbsp", "#160", "#xa0", "#xA0", "ensp", "emsp", "thinsp", "#8201", "shy", "#173", "#xad",
    "#xAD", "zwnj", "zwj", "#8203", "#65279",
];

/// Takes the references out of `body` and puts them among `blocks`, which stay in order.
pub(crate) fn take_out(text: &str, body: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    // Most texts have none, and most ampersands are no references.
    let found: Vec<Span> = body
        .iter()
        .flat_map(|span| {
            let prose = &text.as_bytes()[span.start..span.end];
            memchr_iter(b'&', prose).filter_map(|at| reference(text, span.start + at, span.end))
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
    blocks.extend(found.into_iter().map(|span| Block { span, kind: BlockKind::Reference }));
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
    fn references_leave_the_prose_and_the_text_stays() {
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

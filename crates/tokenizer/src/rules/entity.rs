//! HTML character references that a scraper left in the text (`&quot;`, `&#8221;`) are one mark, also
//! those escaped twice (`&amp;ldquo;`).

/// Longest name or number of a reference that is looked for.
const LONGEST: usize = 8;

/// End of the reference that begins at the `&` at `start`.
pub(crate) fn end(text: &str, start: usize) -> Option<usize> {
    let end = closed(text, start + 1)?;
    match &text[start..end] {
        "&amp;" => Some(closed(text, end).unwrap_or(end)),
        _ => Some(end),
    }
}

/// End of the name or number at `start` and the semicolon behind it.
fn closed(text: &str, start: usize) -> Option<usize> {
    let name = &text.as_bytes()[start..];
    let digits = usize::from(name.first() == Some(&b'#'));
    let length = name[digits..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let closed = name.get(digits + length) == Some(&b';');
    (closed && (2..=LONGEST).contains(&length)).then_some(start + digits + length + 1)
}

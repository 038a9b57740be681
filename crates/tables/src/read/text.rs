//! A text file: one document.

use std::io::Read;

use super::decode;
use super::fields::{Problem, Row};
use super::open::{Opened, unreadable};
use crate::Limits;

/// Reads the one document of a text file.
///
/// Of a file beyond the limit on characters only as much is read as can be kept, so what lies
/// behind is not looked at.
pub(crate) fn read(opened: Opened, limits: &Limits) -> Result<Row, Problem> {
    // Four bytes are the most that a code point takes; one more tells that something was cut.
    let cap = limits.kept_characters().saturating_add(1).saturating_mul(4);
    let offset = opened.offset;
    let mut bytes = Vec::with_capacity(opened.head.len());
    opened.into_stream().take(cap as u64).read_to_end(&mut bytes).map_err(unreadable)?;
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(binary(offset + at));
    }

    // The cap may have gone through a character, which is no damage of the file's.
    if bytes.len() == cap
        && let Err(error) = std::str::from_utf8(&bytes)
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => decode::text(error.as_bytes()).into_owned(),
    };
    if text.trim().is_empty() {
        return Err(Problem::new("empty file: nothing but white space"));
    }
    let truncated = limits.cut(&mut text);
    Ok(Row { position: 1, text, truncated, ..Row::default() })
}

/// What is said of a file with a NUL byte.
pub(crate) fn binary(at: usize) -> Problem {
    Problem::new(format!("binary file, no text: a NUL at byte {at}"))
}

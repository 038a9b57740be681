//! `&` inside a short name in capitals: `S&P`, `R&D`, `AT&T`.

use super::Run;

/// Longest part of such a name.
const LONGEST: usize = 3;

pub(crate) fn join(run: &Run) -> Option<usize> {
    let end = run.beyond(1)?;
    let short =
        |part: &str| part.len() <= LONGEST && part.starts_with(|c: char| c.is_ascii_uppercase());
    let right = &run.text[run.end + 1..end];
    // `S&P500` carries the number of the index with it.
    let right = right.trim_end_matches(|c: char| c.is_ascii_digit());
    (short(run.last_part()) && short(right)).then_some(end)
}

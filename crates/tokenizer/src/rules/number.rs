//! Commas and colons inside numbers: `24,1`, `10.815,82`, `19:30`, `2:1`.

use super::Run;
use crate::chars;

pub(crate) fn join(run: &Run) -> Option<usize> {
    let digit = |character: Option<char>| character.is_some_and(|c| c.is_ascii_digit());
    if digit(run.last()) && digit(chars::char_at(run.text, run.end + 1)) {
        run.beyond(1)
    } else {
        None
    }
}

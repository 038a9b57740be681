//! Marks stand alone, but a run of one mark is one token: `...`, `--`, `!!!`, ` `` `.

use crate::chars;

/// End of the mark, or run of it, that begins at `start`.
pub(crate) fn end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mark = bytes[start];
    let longest = match mark {
        b'.' | b'-' | b'!' | b'?' | b'=' | b'*' | b'_' | b'~' => usize::MAX,
        // TeX and typewriter quotes.
        b'`' | b'\'' => 2,
        _ => return chars::symbol_end(text, start),
    };
    let run = bytes[start..].iter().take(longest).take_while(|&&byte| byte == mark).count();
    start + run
}

//! Slashes. Dates and numbers are one token (`17/08/1945`, `9/8`), so are the numbers of letters
//! and laws (`34/PMK.011/2007`, `II/2007`) and pairs of single letters (`a/n`, `S/A`). Words on both
//! sides of a slash are two words: `kabupaten/kota`, `DPR/MPR`, `004/RW`.

use super::{Run, is_digits};
use crate::chars;

/// Most parts of a number.
const LONGEST: usize = 8;

pub(crate) fn join(run: &Run) -> Option<usize> {
    let mut parts = 1;
    let mut numbers = usize::from(is_number(run.whole()));
    let mut codes = usize::from(is_code(run.whole()));
    let mut last = run.whole();
    let mut end = run.end;
    while run.text.as_bytes().get(end) == Some(&b'/') && parts < LONGEST {
        let next = code_end(run.text, end + 1);
        if next == end + 1 {
            break;
        }
        last = &run.text[end + 1..next];
        parts += 1;
        numbers += usize::from(is_number(last));
        codes += usize::from(is_code(last));
        end = next;
    }
    let single = |part: &str| part.len() == 1;
    let whole = match parts {
        1 => false,
        2 if single(run.whole()) && single(last) => true,
        2 => codes == 2 && is_digits(last),
        _ => codes == parts && numbers > 0,
    };
    whole.then_some(end)
}

/// End of one part of a number: runs of letters and digits joined by full stops and hyphens.
fn code_end(text: &str, from: usize) -> usize {
    let mut end = chars::run_end(text, from);
    while end > from && matches!(text.as_bytes().get(end), Some(b'.' | b'-' | b',')) {
        let next = chars::run_end(text, end + 1);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    end
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','))
}

/// A number, capitals, or letters with a number (`Kep-176`).
fn is_code(part: &str) -> bool {
    part.bytes().any(|byte| byte.is_ascii_digit())
        || part.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.' || byte == b'-')
}

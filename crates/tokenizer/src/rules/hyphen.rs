//! Hyphens: reduplication (`anak-anak`), affixes (`ke-20`, `di-PHK-kan`, `non-PNS`, `1960-an`) and
//! compounds (`Nagorno-Karabakh`) are one token. Between two numbers the hyphen is the word
//! "sampai", so `12-14` is three tokens, and so is `Januari-September`; three groups of digits or
//! more are a date or a telephone number and stay whole.

use super::{Run, is_digits};
use crate::chars;

pub(crate) fn join(run: &Run, width: usize) -> Option<usize> {
    let end = run.beyond(width)?;
    let next = run.end + width;
    let (left, right) = (run.last_part(), &run.text[next..end]);
    // Two different names are a stretch of time; `Minggu-Minggu` would be a reduplication.
    if is_calendar(left) && is_calendar(right) && left != right {
        return None;
    }
    if !right.starts_with(|c: char| c.is_ascii_digit()) || !ends_in_number(run) {
        return Some(end);
    }
    if !is_digits(run.whole()) {
        return None;
    }
    let mut groups = 2;
    let mut at = end;
    while run.text.as_bytes().get(at) == Some(&b'-') {
        let group = chars::run_end(run.text, at + 1);
        if !is_digits(&run.text[at + 1..group]) {
            break;
        }
        groups += 1;
        at = group;
    }
    (groups > 2 && is_digits(right)).then_some(at)
}

/// Names of months and days.
const CALENDAR: [&str; 19] = [
    "Agustus",
    "April",
    "Desember",
    "Februari",
    "Januari",
    "Juli",
    "Jumat",
    "Juni",
    "Kamis",
    "Maret",
    "Mei",
    "Minggu",
    "November",
    "Oktober",
    "Rabu",
    "Sabtu",
    "Selasa",
    "Senin",
    "September",
];

fn is_calendar(part: &str) -> bool {
    CALENDAR.binary_search(&part).is_ok()
}

/// Whether the token so far is a number (`6,2`), not a word that ends in one (`COVID19`).
fn ends_in_number(run: &Run) -> bool {
    run.whole().bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b':'))
}

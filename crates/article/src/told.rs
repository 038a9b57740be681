//! The day that the prose of an article tells as its present: "…, kata Budi, Senin (19/9/2022)".
//!
//! A wrong day spoils every count by day, none does not. So a day is taken only where it comes with
//! the day of the week that it was (writers often mistype the month or the year), where no later one
//! does, and where the sentence reports what somebody said; or, failing that, where it is the first
//! of all and nothing says that it lies ahead or long behind.

use nukil_types::Span;

use crate::dates::{self, Date, Dates};
use crate::lines::floor_boundary;

/// How far before a day its sentence is looked at, in bytes.
const SENTENCE: usize = 160;
/// How near to a day stands what says that it is another than that of the report.
const NEAR: usize = 24;

/// Words of a sentence that reports what was said or written on its day.
#[rustfmt::skip]
const REPORTS: [&str; 44] = [
    "beber", "dihubungi", "dikonfirmasi", "dikutip", "dilansir", "ditemui", "imbuh", "imbuhnya",
    "jelas", "jelasnya", "kata", "katanya", "keterangan", "keterangannya", "melansir", "menegaskan",
    "mengatakan", "mengungkapkan", "mengutip", "menjelaskan", "menuturkan", "menyampaikan",
    "menyatakan", "menyebut", "menyebutkan", "papar", "paparnya", "pungkas", "pungkasnya", "tambah",
    "tambahnya", "tegas", "tegasnya", "terang", "terangnya", "tukas", "tutur", "tuturnya", "ucap",
    "ucapnya", "ujar", "ujarnya", "ungkap", "ungkapnya",
];

/// Words right before a day that is another than that of the report.
#[rustfmt::skip]
const OTHERWISE: [&str; 13] = [
    "akan", "depan", "dijadwalkan", "hingga", "lahir", "lalu", "mendatang", "mulai", "pada",
    "rencananya", "sampai", "sejak", "silam",
];

/// The day that `body`, stretches of `text`, tells as its present.
pub(crate) fn day(text: &str, body: &[Span]) -> Option<Date> {
    let mut first: Option<(Date, bool)> = None;
    let mut reported: Option<Date> = None;
    let mut latest: Option<Date> = None;
    for span in body {
        let prose = &text[span.start..span.end];
        for found in Dates::new(prose) {
            let before = &prose[..found.start];
            let Some(weekday) = dates::weekday_before(before) else { continue };
            if found.date.weekday() != weekday {
                continue;
            }
            let sentence = sentence(before);
            latest = latest.max(Some(found.date));
            first.get_or_insert_with(|| {
                let near =
                    &sentence[floor_boundary(sentence, sentence.len().saturating_sub(NEAR))..];
                (found.date, !holds(near, &OTHERWISE))
            });
            if reported.is_none() && holds(sentence, &REPORTS) {
                reported = Some(found.date);
            }
        }
    }
    let plain = first.filter(|&(_, plain)| plain).map(|(date, _)| date);
    [reported, plain].into_iter().flatten().find(|&date| Some(date) == latest)
}

/// The end of `before` from where its last sentence begins.
fn sentence(before: &str) -> &str {
    let from = floor_boundary(before, before.len().saturating_sub(SENTENCE));
    let near = &before[from..];
    let mut ends = near
        .match_indices(['.', '!', '?'])
        .filter(|(at, _)| near[at + 1..].starts_with(char::is_whitespace));
    ends.next_back().map_or(near, |(at, _)| &near[at + 1..])
}

/// Whether one of these words, which are sorted, stands in a text.
fn holds(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphabetic())
        .any(|word| words.binary_search(&word.to_lowercase().as_str()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        day(text, &[Span::new(0, text.len())]).map(|date| date.to_string())
    }

    #[test]
    fn words_are_sorted() {
        assert!(REPORTS.is_sorted() && OTHERWISE.is_sorted());
    }

    #[test]
    fn a_report_dates_itself() {
        let text = "Ia lahir pada 17 Agustus 1945. \"Baik,\" kata Budi, Senin, 19 September 2022.";
        assert_eq!(told(text).as_deref(), Some("2022-09-19"));
        let text = "Sidang digelar Jum'at (20/6/2025) di kota itu.";
        assert_eq!(told(text).as_deref(), Some("2025-06-20"));
    }

    #[test]
    fn a_day_that_was_another_day_of_the_week_is_a_slip() {
        // 24 February 2022 was a Thursday.
        assert_eq!(told("Demikian dikutip dari The Verge, Senin (24/2/2022)."), None);
    }

    #[test]
    fn a_day_ahead_or_long_behind_dates_nothing() {
        assert_eq!(told("Konser akan digelar pada Sabtu (21/6/2025)."), None);
        assert_eq!(told("Rapat sejak Senin (19/9/2022) belum selesai."), None);
        // A later day is told, so that the first is not the present.
        let text = "Banjir datang Senin (19/9/2022). Air surut Rabu (21/9/2022).";
        assert_eq!(told(text), None);
        assert_eq!(told("Ia lahir pada 17 Agustus 1945."), None);
    }
}

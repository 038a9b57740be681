//! The day that the prose of an article tells as its present: "…, kata Budi, Senin (19/9/2022)".
//!
//! A wrong day spoils every count by day, none does not. So a day is taken only where it comes with
//! the day of the week that it was (writers often mistype the month or the year), and where the
//! text speaks of it as of its present. In this order:
//!
//! | told by | example | the day |
//! |---|---|---|
//! | "hari ini", "malam ini" | `hari ini, Senin (19/9/2022)` | itself |
//! | a report, when no later day is told | `kata Budi, Senin (19/9/2022)` | itself |
//! | "besok" | `besok, Selasa (20/9/2022)` | the one before |
//! | the first day, when no later one is told and nothing says that it lies ahead or long behind | `Sidang digelar Senin (19/9/2022).` | itself |
//!
//! Days that lie ahead ("akan … Sabtu (24/9/2022)") do not count as later ones. A long text is more
//! often a feature, which comes out weeks after its interviews: there a report counts only if it is
//! taken from a statement or from another outlet.

use nukil_types::Span;

use crate::dates::{self, Date, Dates};
use crate::lines::floor_boundary;

/// How far before a day its sentence is looked at, in bytes.
const SENTENCE: usize = 160;
/// How near to a day stands what says that it is another than that of the report.
const NEAR: usize = 24;
/// How far behind a day of the week its date stands, in bytes ("Kamis dini hari (19/6)").
const DATED: usize = 14;
/// From how many bytes of prose on a text is taken for a feature.
const FEATURE: usize = 4000;
/// Years of the days that are taken: those since news pages are kept.
const YEARS: std::ops::Range<u16> = 1990..2100;

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

/// Words of a report that is taken from a statement or from another outlet.
#[rustfmt::skip]
const RELEASES: [&str; 9] = [
    "dikutip", "dilansir", "keterangan", "keterangannya", "melansir", "mengutip", "pernyataan",
    "rilis", "siaran",
];

/// Words of a sentence that tells what lies ahead, unless it reports.
const AHEAD: [&str; 5] = ["akan", "bakal", "berikutnya", "dijadwalkan", "rencananya"];

/// Words right behind a day that lies ahead.
const COMING: [&str; 4] = ["besok", "depan", "mendatang", "nanti"];

/// Words right behind a day that lies behind.
const GONE: [&str; 3] = ["kemarin", "lalu", "silam"];

/// Words of a sentence that tells of long ago.
#[rustfmt::skip]
const LONG_AGO: [&str; 10] = [
    "dulu", "kelahiran", "lahir", "memperingati", "mengenang", "peringatan", "pernah", "sejarah",
    "silam", "wafat",
];

/// A day of the week with its date in the text.
struct Told {
    date: Date,
    reported: bool,
    /// Whether the report is taken from a statement or another outlet.
    released: bool,
    /// Whether it lies ahead of the present.
    ahead: bool,
    /// Whether it is called tomorrow.
    tomorrow: bool,
    /// Whether it lies behind the present.
    gone: bool,
    /// Whether nothing in its sentence says that it is another day than the present.
    plain: bool,
}

/// The day that the headline and `body`, stretches of `text`, tell as their present.
pub(crate) fn day(text: &str, headline: Option<Span>, body: &[Span]) -> Option<Date> {
    let mut days: Vec<Told> = Vec::new();
    let mut all: Vec<Date> = Vec::new();
    for span in headline.iter().chain(body) {
        let prose = &text[span.start..span.end];
        for found in Dates::new(prose) {
            all.push(found.date);
            let before = &prose[..found.start];
            let weekday = dates::weekday_before(before);
            let agrees = weekday.is_none_or(|weekday| weekday == found.date.weekday());
            if !agrees || !YEARS.contains(&found.date.year()) {
                continue;
            }
            let sentence = sentence(before);
            if is_today(sentence, weekday.is_some()) {
                return Some(found.date);
            }
            if weekday.is_some() {
                days.push(Told::read(found.date, sentence, &prose[found.end..]));
            }
        }
    }
    let feature = body.iter().map(|span| span.len()).sum::<usize>() > FEATURE;
    let latest = days.iter().filter(|day| !day.ahead).map(|day| day.date).max();
    // The same day in another year is a slip of one of them.
    let slips = |date: Date| all.iter().any(|&other| other != date && other.is_anniversary(date));
    let present = |day: &&Told| Some(day.date) == latest && !day.gone && !slips(day.date);
    let mut current = days.iter().filter(|day| !day.ahead);
    let first = current.clone().next().filter(|day| day.plain && !feature);
    let reported = current.find(|day| day.reported).filter(|day| day.released || !feature);
    if let Some(day) = reported.filter(present) {
        return Some(day.date);
    }
    if let Some(day) = days.iter().find(|day| day.tomorrow) {
        return day.date.neighbour(-1);
    }
    first.filter(present).map(|day| day.date).filter(|&date| is_present(text, body, date))
}

impl Told {
    fn read(date: Date, sentence: &str, behind: &str) -> Self {
        let near = &sentence[floor_boundary(sentence, sentence.len().saturating_sub(NEAR))..];
        let reported = holds(sentence, &REPORTS);
        let next = behind.trim_start_matches([')', ' ']);
        let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let before = words_before_day(sentence, true).next().unwrap_or_default();
        let tomorrow = matches!(before, "besok" | "esok") || next == "besok";
        Told {
            date,
            reported,
            released: reported && holds(sentence, &RELEASES),
            ahead: tomorrow
                || before == "lusa"
                || COMING.contains(&next)
                || !reported && holds(sentence, &AHEAD),
            tomorrow,
            gone: GONE.contains(&next),
            plain: !holds(near, &OTHERWISE) && !holds(sentence, &LONG_AGO),
        }
    }
}

/// The words with which a sentence ends before a date, the last first, the day of the week and the
/// marks left out.
fn words_before_day(sentence: &str, weekday: bool) -> impl Iterator<Item = &str> {
    let words = sentence.rsplit(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’')));
    words.filter(|word| !word.is_empty()).skip(usize::from(weekday))
}

/// Whether a sentence calls the date behind it today ("hari ini, Senin (", "malam ini ").
fn is_today(sentence: &str, weekday: bool) -> bool {
    let mut words = words_before_day(sentence, weekday);
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("ini"))
        && words.next().is_some_and(|part| {
            ["hari", "malam", "pagi", "siang", "sore"]
                .iter()
                .any(|it| part.eq_ignore_ascii_case(it))
        })
}

/// Whether the prose names no other day of the week than that of `date` without its date: in "Gempa
/// terjadi Minggu (26/12/2004). Peringatan digelar Kamis." the present is not that Sunday.
fn is_present(text: &str, body: &[Span], date: Date) -> bool {
    body.iter().all(|span| {
        let prose = &text[span.start..span.end];
        let mut behind = 0;
        prose.match_indices(char::is_uppercase).all(|(start, _)| {
            if start < behind {
                return true;
            }
            let rest = &prose[start..];
            let word = rest.find(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’'));
            behind = start + word.unwrap_or(rest.len());
            let other = dates::weekday_before(&prose[start..behind])
                .is_some_and(|weekday| weekday != date.weekday());
            let next = &prose[behind..floor_boundary(prose, behind + DATED)];
            !other || next.contains(|c: char| c.is_ascii_digit())
        })
    })
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
        day(text, None, &[Span::new(0, text.len())]).map(|date| date.to_string())
    }

    #[test]
    fn words_are_sorted() {
        for words in [&REPORTS[..], &OTHERWISE, &RELEASES, &AHEAD, &LONG_AGO] {
            assert!(words.is_sorted(), "{words:?}");
        }
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

    #[test]
    fn today_and_tomorrow_are_told() {
        for (text, expected) in [
            (
                "Harga naik hari ini, Senin (19/9/2022). Rapat digelar Rabu (21/9/2022).",
                "2022-09-19",
            ),
            ("Laga dimulai malam ini, Selasa (20/9/2022) pukul 20.00 WIB.", "2022-09-20"),
            ("Harga pangan hari ini 21 September 2022 turun.", "2022-09-21"),
            ("Upacara digelar besok, Kamis (22/9/2022).", "2022-09-21"),
            ("Jalan ditutup Sabtu (24/9/2022) besok, kata Budi.", "2022-09-23"),
            (
                "Festival akan dibuka Sabtu (24/9/2022). \"Siap,\" kata Budi, Rabu (21/9/2022).",
                "2022-09-21",
            ),
        ] {
            assert_eq!(told(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_day_of_another_time_is_none() {
        for text in [
            "Gempa terjadi Minggu (26/12/2004). Peringatan digelar Kamis di kota itu.",
            "Pemilu berikutnya digelar Rabu, 14 Februari 2029. Warga bersiap.",
            "Pada Jumat, 17 Agustus 1945 Indonesia merdeka. Kini warga merayakannya.",
            "Tragedi itu dikenang: kapal karam Minggu (14/4/1912) di laut utara.",
            "Penyanyi itu lahir Minggu, 18 Maret 2018 di kota itu.",
            "\"Saya datang,\" kata Budi, Senin (19/9/2022) lalu.",
            // A slip of the year: the same day is told in another.
            "Warga panik Senin (9/6/2025). \"Benar,\" kata Budi, Selasa (9/6/2026).",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn a_feature_is_dated_by_statements_alone() {
        let padding = "Usaha itu dirintis dari dapur rumah bersama tetangga. ".repeat(80);
        let met =
            format!("{padding}\"Kami mulai kecil,\" ujar Siti saat ditemui, Senin (19/9/2022).");
        assert_eq!(told(&met), None);
        let said =
            format!("{padding}\"Kami bantu,\" kata Budi dalam keterangan, Senin (19/9/2022).");
        assert_eq!(told(&said).as_deref(), Some("2022-09-19"));
    }
}

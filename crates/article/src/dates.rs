//! Dates as Indonesian pages write them.
//!
//! "Selasa, 10 Juni 2025 08:14 WIB", "Diperbarui 18 Jun 2025, 14:00 WIB", "19/06/2025",
//! "4/24/2025 11:13", "2023-02-27T20:29:19+07:00": all name a day, and the day is all that is
//! kept, in the page's own time zone. Where no full date can be read, nothing is invented.

use std::fmt;

/// A day of the Gregorian calendar.
///
/// Written as ISO 8601:
///
/// ```
/// let date = nukil_article::dates::find("Tayang: Senin, 9 Juni 2025 19:37 WITA").unwrap();
/// assert_eq!(date.to_string(), "2025-06-09");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day `day` of `month` (from 1) in `year`; `None` when there is no such day, or the year
    /// is one that no news page means (before 1900 or after 2199).
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1900..2200).contains(&year) && (1..=last).contains(&day)).then_some(Date {
            year: year as u16,
            month: month as u8,
            day: day as u8,
        })
    }
}

impl Date {
    /// The year.
    pub(crate) fn year(self) -> u16 {
        self.year
    }

    /// Whether `other` is the same day of the same month.
    pub(crate) fn is_anniversary(self, other: Self) -> bool {
        (self.month, self.day) == (other.month, other.day)
    }

    /// The day of the week, from 0 for Monday (Sakamoto's method).
    pub(crate) fn weekday(self) -> u8 {
        const MONTHS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let (month, day) = (u32::from(self.month), u32::from(self.day));
        let year = u32::from(self.year) - u32::from(month < 3);
        let sum = year + year / 4 - year / 100 + year / 400 + MONTHS[month as usize - 1] + day;
        // From Sunday.
        ((sum + 6) % 7) as u8
    }

    /// The day before (`step` below zero) or after this one; `None` where the years end.
    pub(crate) fn neighbour(self, step: i8) -> Option<Self> {
        let (year, month, day) = (u32::from(self.year), u32::from(self.month), u32::from(self.day));
        if step > 0 {
            return Date::new(year, month, day + 1)
                .or_else(|| Date::new(year, month + 1, 1))
                .or_else(|| Date::new(year + 1, 1, 1));
        }
        let last_of = |year, month| (28..=31).rev().find_map(|day| Date::new(year, month, day));
        Date::new(year, month, day - 1)
            .or_else(|| last_of(year, month - 1))
            .or_else(|| last_of(year - 1, 12))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The first full date (day, month and year) in `text`.
///
/// Days come before months in dates of numbers unless that is impossible ("4/24/2025").
pub fn find(text: &str) -> Option<Date> {
    Dates::new(text).next().map(|found| found.date)
}

/// The first full date in `text`, and where it ends.
pub(crate) fn find_with_end(text: &str) -> Option<(Date, usize)> {
    Dates::new(text).next().map(|found| (found.date, found.end))
}

/// The day on which a file was published, by its path: `2022-09-20-banjir.txt`,
/// `20220920_banjir.txt`, `berita/2022/09/20/banjir.txt`.
///
/// ```
/// let date = nukil_article::dates::of_path("berita/20220920-banjir.txt").unwrap();
/// assert_eq!(date.to_string(), "2022-09-20");
/// ```
pub fn of_path(path: &str) -> Option<Date> {
    // The name before the folders that it lies in.
    let name = path.rsplit('/').next().unwrap_or(path);
    find(name).or_else(|| unbroken(name)).or_else(|| find(path))
}

/// `20220920`: eight digits by themselves, of a year from 1990 on.
fn unbroken(name: &str) -> Option<Date> {
    let mut runs = name.split(|c: char| !c.is_ascii_alphanumeric());
    runs.find_map(|run| {
        let digits = |range: std::ops::Range<usize>| run.get(range)?.parse::<u32>().ok();
        let whole = run.len() == 8 && run.bytes().all(|byte| byte.is_ascii_digit());
        let year = digits(0..4).filter(|&year| whole && year >= 1990)?;
        Date::new(year, digits(4..6)?, digits(6..8)?)
    })
}

/// Where the date ends that `text` begins with: a full one, or one without its year ("3 Feb.",
/// "5/7").
pub(crate) fn end_at_start(text: &str) -> Option<usize> {
    if let Some(found) = Dates::new(text).next()
        && found.start == 0
    {
        return Some(found.end);
    }
    let bytes = text.as_bytes();
    let (_, end) = digits(bytes, 0);
    (1..=2).contains(&end).then_some(())?;
    if bytes[end..].starts_with(b"/") {
        let (_, behind) = digits(bytes, end + 1);
        return (behind > end + 1 && behind <= end + 3).then_some(behind);
    }
    let at = skip_between(text, end);
    let word_end = letters(bytes, at);
    month(&text[at..word_end])?;
    Some(word_end + usize::from(text[word_end..].starts_with('.')))
}

/// Whether `line` says when the article went online and nothing else.
pub(crate) fn of_stamp(line: &str) -> Option<Date> {
    if line.len() > 90 {
        return None;
    }
    let found = Dates::new(line).next()?;
    let around = [&line[..found.start], &line[found.end..]];
    let words = around.iter().flat_map(|part| part.split(|c: char| !c.is_alphabetic()));
    let mut known = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    known.all(|word| is_weekday(&word) || STAMP_WORDS.contains(&&*word)).then_some(found.date)
}

/// Whether `line` says how long ago an article went online ("1 jam lalu") and nothing else.
pub(crate) fn is_relative_stamp(line: &str) -> bool {
    // Most lines begin with a letter.
    if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let mut words = line.split_whitespace();
    let (number, unit, ago) = (words.next(), words.next(), words.next());
    let unit = unit.unwrap_or_default();
    number.is_some_and(|n| n.len() <= 3 && n.bytes().all(|b| b.is_ascii_digit()))
        && RELATIVE_UNITS.iter().any(|known| unit.eq_ignore_ascii_case(known))
        && matches!(ago, Some("lalu" | "yang" | "ago"))
        && words.all(|word| word == "lalu")
}

const RELATIVE_UNITS: [&str; 10] =
    ["detik", "menit", "jam", "hari", "minggu", "bulan", "tahun", "minutes", "hours", "days"];

/// Words that stand around the date in a line that says when an article went online.
const STAMP_WORDS: [&str; 29] = [
    "wib",
    "wita",
    "wit",
    "gmt",
    "pukul",
    "jam",
    "tayang",
    "terbit",
    "diterbitkan",
    "dipublikasikan",
    "diperbarui",
    "update",
    "updated",
    "published",
    "tanggal",
    "publikasi",
    "dipublish",
    "rilis",
    "jurnalis",
    "kompas",
    "com",
    "co",
    "id",
    "tempo",
    "pm",
    "am",
    "ditayangkan",
    "diunggah",
    "t",
];

/// Whether `name`, in lower case, is a day of the week, or a half of "jum'at".
pub(crate) fn is_weekday(name: &str) -> bool {
    const DAYS: [&str; 13] = [
        "senin", "isnin", "selasa", "rabu", "kamis", "khamis", "jumat", "jumaat", "jum", "at",
        "sabtu", "minggu", "ahad",
    ];
    DAYS.contains(&name)
}

/// The day of the week with which a text ends, from 0 for Monday.
pub(crate) fn weekday_before(before: &str) -> Option<u8> {
    let joins = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | '-');
    let before = before.trim_end_matches(joins);
    let inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’');
    let name = &before[before.trim_end_matches(inside).len()..];
    // Longer than any day's name, so not worth copying.
    if name.len() > 12 {
        return None;
    }
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let name: String = letters.flat_map(char::to_lowercase).collect();
    Some(match name.as_str() {
        "senin" | "isnin" => 0,
        "selasa" => 1,
        "rabu" => 2,
        "kamis" | "khamis" => 3,
        "jumat" | "jumaat" => 4,
        "sabtu" => 5,
        "minggu" | "ahad" => 6,
        _ => return None,
    })
}

/// A date in a text.
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
    pub date: Date,
}

/// The dates of a text, from its start on.
pub(crate) struct Dates<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Dates<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Dates { text, at: 0 }
    }
}

impl Iterator for Dates<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let bytes = self.text.as_bytes();
        // Every date has digits; prose has few.
        while let Some(start) = next_digit(bytes, self.at) {
            let word = word_before(self.text, self.at, start);
            if let Some((date, end)) = month_first(self.text, word, letters(bytes, word)) {
                self.at = end;
                return Some(Found { start: word, end, date });
            }
            let (number, end) = digits(bytes, start);
            self.at = end;
            let date = dashed(bytes, start, end, number)
                .or_else(|| slashed(bytes, start, end, number))
                .or_else(|| worded(self.text, start, end, number));
            if let Some((date, end)) = date {
                self.at = end;
                return Some(Found { start, end, date });
            }
        }
        None
    }
}

/// The first digit from `at` on; most stretches are found to have none by sixteen bytes at once.
fn next_digit(bytes: &[u8], mut at: usize) -> Option<usize> {
    let any = |stretch: &[u8; 16]| stretch.iter().fold(false, |any, it| any | it.is_ascii_digit());
    while bytes[at..].first_chunk().is_some_and(|stretch| !any(stretch)) {
        at += 16;
    }
    bytes[at..].iter().position(u8::is_ascii_digit).map(|inside| at + inside)
}

/// Where the word begins that stands right before the digits at `digits`, none of it before `from`;
/// at the digits, if no word does.
fn word_before(text: &str, from: usize, digits: usize) -> usize {
    let between = text[from..digits].char_indices().rev().take(MOST_JOINS);
    let joins = between.take_while(|(_, c)| joins(c)).last();
    let end = joins.map_or(digits, |(at, _)| from + at);
    let word =
        text.as_bytes()[from..end].iter().rev().take_while(|byte| byte.is_ascii_alphabetic());
    match word.count() {
        0 => digits,
        length => end - length,
    }
}

/// `2022-09-20`, `2022/09/20`, `2022-09-20T08:15:00+07:00`.
fn dashed(bytes: &[u8], start: usize, end: usize, year: u32) -> Option<(Date, usize)> {
    let separator = *bytes.get(end)?;
    if end - start != 4 || !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let (month, at) = digits(bytes, end + 1);
    if at - end > 3 || bytes.get(at) != Some(&separator) {
        return None;
    }
    let (day, end) = digits(bytes, at + 1);
    (end - at <= 3).then_some(())?;
    Some((Date::new(year, month, day)?, end))
}

/// `20/9/2022`, `19-06-2025`, `4/24/2025`.
fn slashed(bytes: &[u8], start: usize, end: usize, first: u32) -> Option<(Date, usize)> {
    let separator = *bytes.get(end)?;
    if end - start > 2 || !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let (second, at) = digits(bytes, end + 1);
    if at - end > 3 || bytes.get(at) != Some(&separator) {
        return None;
    }
    let (year, end) = digits(bytes, at + 1);
    (end - at == 5).then_some(())?;
    let date = Date::new(year, second, first).or_else(|| Date::new(year, first, second))?;
    Some((date, end))
}

/// `19 September 2022`, `09 Jun 2025`, `19-Sep-2022`, the Malay `10hb Julai 2025`.
fn worded(text: &str, start: usize, end: usize, day: u32) -> Option<(Date, usize)> {
    let bytes = text.as_bytes();
    (end - start <= 2).then_some(())?;
    let end = if bytes[end..].starts_with(b"hb") { end + 2 } else { end };
    let at = skip_between(text, end);
    let word_end = letters(bytes, at);
    let month = month(&text[at..word_end])?;
    let at = skip_between(text, word_end);
    let (year, end) = digits(bytes, at);
    (end - at == 4).then_some(())?;
    Some((Date::new(year, month, day)?, end))
}

/// `September 19, 2022`.
fn month_first(text: &str, start: usize, end: usize) -> Option<(Date, usize)> {
    let bytes = text.as_bytes();
    let month = month(&text[start..end])?;
    let at = skip_between(text, end);
    let (day, end) = digits(bytes, at);
    (at < end && end - at <= 2).then_some(())?;
    let at = skip_between(text, end);
    let (year, end) = digits(bytes, at);
    (end - at == 4).then_some(())?;
    Some((Date::new(year, month, day)?, end))
}

/// Past white space and the marks that join the parts of a date, a few at most.
fn skip_between(text: &str, at: usize) -> usize {
    at + text[at..].chars().take(MOST_JOINS).take_while(joins).map(char::len_utf8).sum::<usize>()
}

/// Most characters that join two parts of a date.
const MOST_JOINS: usize = 4;

fn joins(character: &char) -> bool {
    character.is_whitespace() || matches!(character, ',' | '-' | '.' | '\'')
}

/// The number of up to nine digits at `start`, and where its digits end.
fn digits(bytes: &[u8], start: usize) -> (u32, usize) {
    let mut number = 0u32;
    let mut end = start;
    while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
        number = number.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
        end += 1;
    }
    (number, end)
}

fn letters(bytes: &[u8], start: usize) -> usize {
    bytes[start..]
        .iter()
        .position(|byte| !byte.is_ascii_alphabetic())
        .map_or(bytes.len(), |n| start + n)
}

/// The number of the month named by `word`, in Indonesian, Malay or English, in full or short.
fn month(word: &str) -> Option<u32> {
    // As long as the longest name.
    let mut lower = [0; 9];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(match &*lower {
        b"januari" | b"january" | b"jan" => 1,
        b"februari" | b"february" | b"pebruari" | b"feb" | b"peb" => 2,
        b"maret" | b"march" | b"mac" | b"mar" | b"mrt" => 3,
        b"april" | b"apr" => 4,
        b"mei" | b"may" => 5,
        b"juni" | b"june" | b"jun" => 6,
        b"juli" | b"julai" | b"july" | b"jul" => 7,
        b"agustus" | b"ogos" | b"august" | b"agu" | b"agt" | b"ags" | b"agst" | b"aug" => 8,
        b"september" | b"sept" | b"sep" => 9,
        b"oktober" | b"october" | b"okt" | b"oct" => 10,
        b"november" | b"nopember" | b"nov" | b"nop" => 11,
        b"desember" | b"disember" | b"december" | b"des" | b"dis" | b"dec" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_inputs_is_read() {
        let table = [
            ("Selasa, 10 Juni 2025 08:14 WIB", Some("2025-06-10")),
            ("Tayang: Senin, 9 Juni 2025 19:37 WITA", Some("2025-06-09")),
            ("Diperbarui 18 Jun 2025, 14:00 WIB", Some("2025-06-18")),
            ("09 Jun 2025 10:30", Some("2025-06-09")),
            ("31 Des 2015 21:15", Some("2015-12-31")),
            ("2023-02-27T20:29:19+07:00", Some("2023-02-27")),
            ("2023-02-27 08:06:00", Some("2023-02-27")),
            ("20220920", None),
            ("4/24/2025 11:13", Some("2025-04-24")),
            ("20/9/2022", Some("2022-09-20")),
            ("4/5/2025", Some("2025-05-04")),
            ("Kompas.com- Diperbarui 19/06/2025, 10:19 WIB", Some("2025-06-19")),
            (",\u{a0}Jurnalis-Rabu, 18 Juni 2025 |22:20 WIB", Some("2025-06-18")),
            ("Jum'at, 20 Juni 2025 |02:36 WIB", Some("2025-06-20")),
            ("14 Februari 2018 | 10.10 WIB", Some("2018-02-14")),
            ("Kamis   19 Jun 2025  09:33 WIB", Some("2025-06-19")),
            ("Senin, 9 Juni 2025-  10:00 WIB", Some("2025-06-09")),
            ("Selasa, 10 Jun 2025 - 08:00 WIB_x000D_", Some("2025-06-10")),
            ("Tue, 20 Sep 2022 08:15:00 +0700", Some("2022-09-20")),
            ("September 19, 2022", Some("2022-09-19")),
            ("Tayang pada hari Senin di kota itu, Sep. - 19, 2022", Some("2022-09-19")),
            ("September      19, 2022", None),
            ("Kereta ke-1 berangkat 19 September 2022", Some("2022-09-19")),
            ("29 Februari 2024", Some("2024-02-29")),
            ("29 Februari 2023", None),
            ("31/4/2025", None),
            ("Senin (9/8)", None),
            ("Tidak Ditemukan ", None),
            ("Date not found.", None),
            ("Scroll ke bawah untuk membaca berita", None),
            ("", None),
            ("99999999999/1/2020", None),
        ];
        for (text, expected) in table {
            let found = find(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn days_of_files() {
        for (path, expected) in [
            ("2022-09-20-banjir.txt", Some("2022-09-20")),
            ("berita/20220920_banjir.txt.gz", Some("2022-09-20")),
            ("berita/2022/09/20/banjir.html", Some("2022-09-20")),
            ("2021/20-9-2022.txt", Some("2022-09-20")),
            ("000_61059ad86c4be5e4.txt", None),
            ("12345678.txt", None),
            ("20221320.txt", None),
            ("banjir.txt", None),
        ] {
            let found = of_path(path).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn neighbours() {
        for (date, before, after) in [
            ((2024, 3, 1), "2024-02-29", "2024-03-02"),
            ((2022, 12, 31), "2022-12-30", "2023-01-01"),
            ((2023, 1, 1), "2022-12-31", "2023-01-02"),
        ] {
            let date = Date::new(date.0, date.1, date.2).unwrap();
            assert_eq!(date.neighbour(-1).unwrap().to_string(), before);
            assert_eq!(date.neighbour(1).unwrap().to_string(), after);
        }
    }

    #[test]
    fn days_of_the_week() {
        for (text, weekday) in [
            ("19/9/2022", 0),
            ("29/2/2024", 3),
            ("1/1/2023", 6),
            ("31/12/1999", 4),
            ("17/8/1945", 4),
        ] {
            assert_eq!(find(text).unwrap().weekday(), weekday, "{text}");
        }
        assert_eq!(weekday_before("kata Budi, Jum'at ("), Some(4));
        assert_eq!(weekday_before("kata Budi ("), None);
    }

    #[test]
    fn a_stamp_is_a_line_of_its_own() {
        assert!(of_stamp("Selasa, 20 September 2022 08:15 WIB").is_some());
        assert!(of_stamp("Kompas.com - 18/06/2025, 20:01 WIB").is_some());
        assert!(of_stamp("Banjir besar melanda Demak, Selasa, 20 September 2022").is_none());
        for (line, expected) in [
            ("1 jam lalu", true),
            ("12 hari yang lalu", true),
            ("3 tahun lalu banjir", false),
            ("Dua jam lalu", false),
        ] {
            assert_eq!(is_relative_stamp(line), expected, "{line}");
        }
    }
}

//! A day with the time of day and the time zone behind it, as pages stamp their articles.
//!
//! "Selasa, 20 September 2022 08:15 WIB", "18/06/2025, 20.01 WITA", "2023-02-27T20:29:19+07:00".
//! The three zones of Indonesia are WIB (+07:00), WITA (+08:00) and WIT (+09:00). What another zone
//! gives, such as the UTC of machines, is brought to WIB, so that the day is the one that readers
//! saw: 20:00 UTC on the 19th is the 20th.

use std::fmt;

use nukil_types::Span;

use crate::dates::{self, Date, Dates};

/// A day, and the time of day where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day, in the time zone of `clock` or that of the page.
    pub date: Date,
    /// The time of day.
    pub clock: Option<Clock>,
}

/// A time of day to the minute, and its time zone where that is known.
///
/// Written as in ISO 8601, without the date: `T08:15+07:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    hour: u8,
    minute: u8,
    /// Minutes east of UTC.
    offset: Option<i16>,
}

/// Minutes east of UTC of western, central and eastern Indonesia.
const WIB: i16 = 7 * 60;
const WITA: i16 = 8 * 60;
const WIT: i16 = 9 * 60;

/// How far behind a date its time of day is looked for, in bytes.
const WINDOW: usize = 48;

/// The first full date of `text`, and the time of day behind it.
///
/// ```
/// let moment = nukil_article::moments::find("Selasa, 20 September 2022 08:15 WITA").unwrap();
/// assert_eq!(moment.date.to_string(), "2022-09-20");
/// assert_eq!(moment.to_string(), "2022-09-20T08:15+08:00");
/// ```
pub fn find(text: &str) -> Option<Moment> {
    let (date, end) = dates::find_with_end(text)?;
    Some(Moment { date, clock: clock(&text[end..]) }.in_indonesia())
}

/// The moment of a line that says when the article went online and nothing else.
pub(crate) fn of_stamp(line: &str) -> Option<Moment> {
    dates::of_stamp(line).and_then(|_| find(line))
}

/// How far behind the headline a masthead is looked for, in bytes.
const MASTHEAD: usize = 320;

/// The moment in a masthead that runs on into the text: "Judul Budi Santoso - detikInet Minggu, 04
/// Mar 2018 15:08 WIB Foto: …". It has the day of the week, the time and the zone with no "pukul"
/// between, as prose does not write them, and stands behind a name or a mark.
pub(crate) fn in_masthead(text: &str, headline: Option<Span>) -> Option<Moment> {
    let start = headline.map_or(0, |headline| headline.end);
    let window = &text[start..crate::lines::floor_boundary(text, start + MASTHEAD)];
    for found in Dates::new(window) {
        let before = &window[..found.start];
        let Some(weekday) = dates::weekday_before(before) else { continue };
        let behind = &window[found.end..];
        let bare = behind.trim_start_matches(|c: char| c.is_whitespace() || ",|-–".contains(c));
        let stamped =
            found.date.weekday() == weekday && bare.starts_with(|c: char| c.is_ascii_digit());
        let Some(clock) = clock(behind).filter(|clock| stamped && clock.offset.is_some()) else {
            continue;
        };
        let names = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | '-');
        let before = before.trim_end_matches(names);
        let before = before.trim_end_matches(|c: char| c.is_alphabetic() || c == '\'');
        let word = before.split_whitespace().next_back().unwrap_or_default();
        let prose = word.chars().all(char::is_lowercase) && !word.is_empty();
        if !prose {
            return Some(Moment { date: found.date, clock: Some(clock) }.in_indonesia());
        }
    }
    None
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Moment { date, clock: None }
    }
}

impl Moment {
    /// The same moment in WIB, unless it is given in a zone of Indonesia or in none.
    fn in_indonesia(self) -> Self {
        let Some(Clock { hour, minute, offset: Some(offset) }) = self.clock else { return self };
        if matches!(offset, WIB | WITA | WIT) {
            return self;
        }
        const DAY: i16 = 24 * 60;
        let minutes = i16::from(hour) * 60 + i16::from(minute) - offset + WIB;
        let date = match minutes {
            ..0 => self.date.neighbour(-1),
            DAY.. => self.date.neighbour(1),
            _ => Some(self.date),
        };
        let Some(date) = date else { return self };
        let minutes = minutes.rem_euclid(DAY);
        let (hour, minute) = ((minutes / 60) as u8, (minutes % 60) as u8);
        Moment { date, clock: Some(Clock { hour, minute, offset: Some(WIB) }) }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        self.clock.map_or(Ok(()), |clock| write!(f, "{clock}"))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{:02}:{:02}", self.hour, self.minute)?;
        match self.offset {
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
            None => Ok(()),
        }
    }
}

/// The time of day at the start of `text`, right behind a date: marks and "pukul" may stand before
/// it, seconds, "PM" and a time zone behind it.
fn clock(text: &str) -> Option<Clock> {
    let mut rest = Rest(&text[..crate::lines::floor_boundary(text, WINDOW)]);
    rest.skip(|c| c.is_whitespace() || ",|-–(".contains(c));
    if rest.word_in(&["pukul", "jam", "t", "at"]).is_some() {
        rest.skip(|c| c.is_whitespace() || c == ':');
    }
    let hour = rest.number(1..=2)?;
    let minute = rest.after([':', '.']).and_then(|mut at| Some((at.number(2..=2)?, at)));
    let (minute, behind) = minute?;
    rest = behind;
    if let Some(mut seconds) = rest.after([':', '.'])
        && seconds.number(2..=2).is_some()
    {
        rest = seconds;
        if let Some(mut fraction) = rest.after(['.', ','])
            && fraction.number(1..=9).is_some()
        {
            rest = fraction;
        }
    }
    let mut half = rest;
    half.skip(char::is_whitespace);
    let hour = match half.word_in(&["am", "pm"]) {
        Some(word) => {
            rest = half;
            let noon = if word.eq_ignore_ascii_case("pm") { 12 } else { 0 };
            (1..=12).contains(&hour).then_some(hour % 12 + noon)?
        }
        None => hour,
    };
    (hour < 24 && minute < 60).then_some(())?;
    let offset = rest.offset();
    Some(Clock { hour: hour as u8, minute: minute as u8, offset })
}

/// What is still to be read of a stamp.
#[derive(Clone, Copy)]
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        self.0 = self.0.trim_start_matches(skipped);
    }

    /// Takes the word that comes next if it is one of `known`.
    fn word_in(&mut self, known: &[&str]) -> Option<&'t str> {
        let end = self.0.find(|c: char| !c.is_alphabetic()).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        known.iter().any(|one| word.eq_ignore_ascii_case(one)).then(|| {
            self.0 = rest;
            word
        })
    }

    /// Takes a number of so many digits.
    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (number, rest) = self.0.split_at(end);
        digits.contains(&end).then_some(())?;
        self.0 = rest;
        number.parse().ok()
    }

    /// What stands behind one of `marks`, if one comes next.
    fn after(self, marks: [char; 2]) -> Option<Self> {
        self.0.strip_prefix(marks).map(Rest)
    }

    /// The time zone that comes next, in minutes east of UTC.
    fn offset(mut self) -> Option<i16> {
        self.skip(char::is_whitespace);
        match self.word_in(&["wib", "wita", "wit", "z", "utc", "gmt"]).map(str::to_lowercase) {
            Some(zone) if zone == "wib" => return Some(WIB),
            Some(zone) if zone == "wita" => return Some(WITA),
            Some(zone) if zone == "wit" => return Some(WIT),
            Some(zone) if zone == "z" => return Some(0),
            Some(_) => return self.signed().or(Some(0)),
            None => {}
        }
        self.signed()
    }

    /// `+07:00`, `+0700`, `+7`.
    fn signed(mut self) -> Option<i16> {
        let sign = match self.0.chars().next()? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        self.0 = self.0.trim_start_matches(['+', '-', '−']);
        let mut whole = self;
        let (hours, minutes) = match whole.number(4..=4) {
            Some(both) => (both / 100, both % 100),
            None => {
                let hours = self.number(1..=2)?;
                (hours, self.after([':', '.']).and_then(|mut at| at.number(2..=2)).unwrap_or(0))
            }
        };
        (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes) as i16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_zones_behind_dates() {
        for (text, expected) in [
            ("Selasa, 20 September 2022 08:15 WIB", "2022-09-20T08:15+07:00"),
            ("Tayang: Senin, 9 Juni 2025 19:37 WITA", "2025-06-09T19:37+08:00"),
            ("Selasa, 3 Juni 2025 | 07.00 WIT", "2025-06-03T07:00+09:00"),
            ("20/9/2022 pukul 08.15 WIB", "2022-09-20T08:15+07:00"),
            ("Kompas.com - 18/06/2025, 20:01 WIB", "2025-06-18T20:01+07:00"),
            ("18 Juni 2025 |22:20 WIB", "2025-06-18T22:20+07:00"),
            ("09 Jun 2025 10:30", "2025-06-09T10:30"),
            ("4/24/2025 3:05 PM", "2025-04-24T15:05"),
            ("24/4/2025 12:05 am", "2025-04-24T00:05"),
            ("2023-02-27T20:29:19+07:00", "2023-02-27T20:29+07:00"),
            ("2023-02-27T20:29:19.123456+0800", "2023-02-27T20:29+08:00"),
            ("2023-02-27T20:29:19Z", "2023-02-28T03:29+07:00"),
            ("Tue, 20 Sep 2022 01:15:00 GMT", "2022-09-20T08:15+07:00"),
            ("20 September 2022 08:15 GMT+7", "2022-09-20T08:15+07:00"),
            ("2022-12-31T23:30:00+00:00", "2023-01-01T06:30+07:00"),
            ("2023-01-01T01:30:00+10:00", "2022-12-31T22:30+07:00"),
            ("20/9/2022", "2022-09-20"),
            ("20/9/2022 25:15 WIB", "2022-09-20"),
            ("20/9/2022 8 orang", "2022-09-20"),
            ("20/9/2022 10.000 orang", "2022-09-20"),
            ("20 September 2022 13:15 PM", "2022-09-20"),
        ] {
            let found = find(text).map(|moment| moment.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn mastheads_that_run_on_are_read() {
        for (text, expected) in [
            (
                "Gim Baru Dirilis Budi Santoso - detikInet Minggu, 04 Mar 2018 15:08 WIB Foto: a",
                true,
            ),
            ("Banjir Melanda - Kabar Senin, 19 September 2022 | 08.15 WITA Warga", true),
            ("Jumat, 04 Mar 2022 15:08 WIB Warga mengungsi", true),
            // Another day of the week, no zone, prose.
            ("Gim Baru Dirilis - detikInet Senin, 04 Mar 2018 15:08 WIB", false),
            ("Gim Baru Dirilis - detikInet Minggu, 04 Mar 2018 15:08", false),
            ("Gempa terjadi pada Minggu, 04 Mar 2018 15:08 WIB di laut", false),
            ("Gempa di Poso Minggu, 04 Mar 2018 pukul 15:08 WIB", false),
        ] {
            assert_eq!(in_masthead(text, None).is_some(), expected, "{text}");
        }
    }
}

//! Days, months, years and stretches of them: "Senin, 19 September 2022", "Rabu (20/9)", "12-14
//! Mei", "Januari hingga Maret 2023", "sejak 2019", "tahun 1990-an", "kuartal III 2022", "pekan
//! lalu", "Senin depan", "hari ini", "kemarin".

use jiff::civil::Weekday;
use nukil_types::ValueKind;

use super::calendar::{self, Point, Stretch};
use super::found::Found;
use super::lexicon::{Direction, Unit};
use super::numbers::joiner;
use super::quantities;
use super::reader::{self, Reader};

/// What a grammar reads: what it says, where that can be told, and one past its last token.
type Read = (Option<Stretch>, usize);

/// The date that begins at a token.
pub(super) fn at(reader: &Reader<'_>, at: usize) -> Option<Found> {
    if !reader.is_free(at) {
        return None;
    }
    let grammars = [
        on_weekday,
        near_day,
        numeric_days,
        days,
        slashed,
        hijri,
        month,
        years,
        decade,
        quarter,
        period,
    ];
    let (stretch, end) = grammars.iter().find_map(|grammar| grammar(reader, at))?;
    let value = stretch.map(|stretch| stretch.to_string()).unwrap_or_default();
    Some(Found::new(ValueKind::Date, at..end, value))
}

/// A day of the week with what says which: `Senin, 19 September 2022`, `Rabu malam (20/9)`,
/// `Senin lalu`, `Kamis pekan depan`, `Jumat`.
fn on_weekday(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let weekday = reader.senses(at).weekday?;
    let part = at + 1 + part_of_day(reader, at + 1);
    for start in [at + 1, part] {
        if let Some(read) = explicit(reader, start, Some(weekday)) {
            return Some(read);
        }
    }
    // In lower case it is a week, and at the beginning of a sentence it may be.
    let is_week = reader.folded(at) == "minggu"
        && (!reader.is_capital(at)
            || (at == reader.tokens.start && direction(reader, at + 1).is_some()));
    if is_week {
        return None;
    }
    if let Some(second) = second_weekday(reader, at + 1) {
        // "Senin-Rabu (12-14/1/2024)"
        if let Some(read) = bracketed_days(reader, second + 1) {
            return Some(read);
        }
        // "Senin-Jumat" comes back every week; "Senin dan Jumat" are two days.
        if reader.folded(at + 1) != "dan" {
            return Some((None, second + 1));
        }
    }
    if let Some(read) = bracketed_days(reader, at + 1) {
        return Some(read);
    }
    let of_week = reader.senses(at + 1).period.is_some_and(|period| period.unit == Unit::Week);
    if let Some((direction, end)) = direction(reader, at + 2).filter(|_| of_week) {
        let day = calendar::weekday_of_week(reader.anchor, weekday, weeks(direction));
        return Some((day.map(Stretch::from), end));
    }
    let (direction, end) = match direction(reader, at + 1) {
        Some((direction, end)) => (Some(direction), end),
        None if reader.senses(at + 1).day == Some(1) => (Some(Direction::After), at + 2),
        None => (None, at + 1),
    };
    let dated = reader.dated(weekday).filter(|_| direction.is_none()).map(Point::Day);
    let day = dated.or_else(|| calendar::weekday(reader.anchor, weekday, direction));
    Some((day.map(Stretch::from), end))
}

/// The second day of the week of a range or a pair, whose joiner stands at `at`.
fn second_weekday(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let second = match joiner(reader, at) {
        Some((second, true)) => second,
        _ if reader.folded(at) == "dan" => at + 1,
        _ => return None,
    };
    reader.senses(second).weekday.is_some().then_some(second)
}

/// Several days in brackets or behind a comma: `(12-14/1/2024)`, `, 12-14 Januari 2024`.
fn bracketed_days(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let bracket = reader.surface(at) == "(";
    let start = if bracket || reader.surface(at) == "," { at + 1 } else { at };
    let (stretch, end) = numeric_days(reader, start).or_else(|| {
        // One day is no range.
        days(reader, start).filter(|(stretch, _)| stretch.is_some_and(|it| it.first != it.last))
    })?;
    let closed = bracket && reader.surface(end) == ")";
    Some((stretch, if closed { end + 1 } else { end }))
}

/// Several days in digits: `12-14/1/2024`, `12/1-14/1/2024`, `12/1 s.d. 14/1/2024`; without a year
/// in brackets alone.
fn numeric_days(reader: &Reader<'_>, at: usize) -> Option<Read> {
    if !reader.is_free(at) || !reader.is_number(at) {
        return None;
    }
    let (first, last, end) = match reader.surface(at).split_once(['-', '–']) {
        // One token: "12/1-14/1/2024".
        Some((first, last)) => (
            day_in_digits(first)?,
            day_in_digits(last).filter(|last| last.month.is_some())?,
            at + 1,
        ),
        None => {
            let (start, _) = joiner(reader, at + 1).filter(|&(_, wide)| wide)?;
            reader.is_free(start).then_some(())?;
            let last = day_in_digits(reader.surface(start)).filter(|last| last.month.is_some());
            (day_in_digits(reader.surface(at))?, last?, start + 1)
        }
    };
    let bracketed = reader.before(at).is_some_and(|before| reader.surface(before) == "(")
        && reader.surface(end) == ")";
    if last.year.is_none() && !bracketed {
        return None;
    }
    let month = last.month?;
    let last = Day { day: last.day, month, year: last.year };
    let first =
        Day { day: first.day, month: first.month.unwrap_or(month), year: first.year.or(last.year) };
    let (first, last) = (first.resolve(reader, None), last.resolve(reader, None));
    let ordered = match (first, last) {
        (Some(Point::Day(first)), Some(Point::Day(last))) => first < last,
        _ => reader.anchor.is_none(),
    };
    ordered.then_some((stretch(first, last), end))
}

/// A day, and its month and year where they are written: `12`, `12/1`, `12/1/2024`.
struct Digits {
    day: i8,
    month: Option<i8>,
    year: Option<i16>,
}

fn day_in_digits(text: &str) -> Option<Digits> {
    let of = |day, month: Option<u64>, year: Option<u64>| {
        let month = match month {
            Some(month) => Some(calendar::as_month(month)?),
            None => None,
        };
        let year = match year {
            Some(year @ 0..=99) => Some(calendar::as_year(2000 + year)?),
            Some(year) => Some(calendar::as_year(year)?),
            None => None,
        };
        Some(Digits { day: calendar::as_day(day)?, month, year })
    };
    if let Some([day, month, year]) = reader::split_digits(text, &['/']) {
        return of(day, Some(month), Some(year));
    }
    if let Some([day, month]) = reader::split_digits(text, &['/']) {
        return of(day, Some(month), None);
    }
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    of(plain.then(|| text.parse().ok())??, None, None)
}

/// A date of the Islamic calendar, which has no value: `1 Syawal`, `10 Zulhijah 1446 H`, `Ramadan
/// 1446 Hijriah`.
fn hijri(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let day = reader.day(at).is_some_and(|day| day <= 30);
    let month = if day { at + 1 } else { at };
    // "Rabiul Awal"
    let two = matches!(reader.folded(month), "rabiul" | "jumadil")
        && matches!(reader.folded(month + 1), "awal" | "akhir");
    let named = two || reader.senses(month).hijri_month;
    if !named || !reader.is_free(month) || !reader.is_capital(month) {
        return None;
    }
    let month = month + usize::from(two);
    let year = reader.surface(month + 1).trim_end_matches(['H', 'h']);
    let has_year = year.len() == 4
        && year.starts_with('1')
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && reader.is_free(month + 1);
    if !has_year {
        return day.then_some((None, month + 1));
    }
    let era = matches!(reader.folded(month + 2), "h" | "hijriah" | "hijriyah" | "hijrah");
    Some((None, month + 2 + usize::from(era)))
}

fn weeks(direction: Direction) -> i64 {
    match direction {
        Direction::Before => -1,
        Direction::This => 0,
        Direction::After => 1,
    }
}

/// How many tokens a part of the day takes.
fn part_of_day(reader: &Reader<'_>, at: usize) -> usize {
    match reader.folded(at) {
        "dini" if reader.folded(at + 1) == "hari" => 2,
        _ => usize::from(reader.senses(at).part_of_day.is_some()),
    }
}

/// The words that say whether a time lies before, at or behind that of publication.
pub(super) fn direction(reader: &Reader<'_>, at: usize) -> Option<(Direction, usize)> {
    match (reader.folded(at), reader.folded(at + 1), reader.folded(at + 2)) {
        ("yang", "akan", "datang") => Some((Direction::After, at + 3)),
        ("yang", "lalu" | "silam", _) => Some((Direction::Before, at + 2)),
        _ => reader.senses(at).direction.map(|direction| (direction, at + 1)),
    }
}

/// A date of its own behind a word that names the day: `, 19 September 2022`, `(19/9)`.
fn explicit(reader: &Reader<'_>, at: usize, weekday: Option<Weekday>) -> Option<Read> {
    let at = if reader.surface(at) == "," && reader.surface(at + 1) == "(" { at + 1 } else { at };
    let start = if matches!(reader.surface(at), "(" | ",") { at + 1 } else { at };
    let (day, end) = match day(reader, start, weekday.is_some()) {
        Some(found) => found,
        None => numeric(reader, start)?,
    };
    let closed = reader.surface(at) == "(" && reader.surface(end) == ")";
    let point = day.resolve(reader, weekday);
    Some((point.map(Stretch::from), if closed { end + 1 } else { end }))
}

/// A day by its distance from that of publication: `kemarin (19/9)`, `hari ini`, `tadi malam`.
fn near_day(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let part = |at| reader.senses(at).part_of_day.is_some();
    let (days, end) = match (reader.folded(at), reader.folded(at + 1)) {
        ("hari", "ini") => (0, at + 2),
        ("tadi", "malam") => (-1, at + 2),
        ("tadi", _) if part(at + 1) => (0, at + 2),
        (_, "ini" | "tadi") if part(at) => (0, at + 2),
        _ => (reader.senses(at).day?, at + 1),
    };
    if reader.surface(end) == "("
        && let Some(read) = explicit(reader, end, None)
    {
        return Some(read);
    }
    Some((calendar::later(reader.anchor, days, Unit::Day), end))
}

/// A day of a month, and perhaps of a year.
#[derive(Clone, Copy)]
struct Day {
    day: i8,
    month: i8,
    year: Option<i16>,
}

impl Day {
    fn resolve(self, reader: &Reader<'_>, weekday: Option<Weekday>) -> Option<Point> {
        match self.year {
            Some(year) => calendar::day(year, self.month, self.day),
            None => calendar::day_of_month(reader.anchor, self.month, self.day, weekday),
        }
    }

    /// Whether some year has that day.
    fn exists(self) -> bool {
        calendar::day(self.year.unwrap_or(2000), self.month, self.day).is_some()
    }
}

/// `19 September 2022`, `19 September`, `10 Jun 2025`, `17 Agustus tahun lalu`; a short month
/// without a year only where `short` allows it.
fn day(reader: &Reader<'_>, at: usize, short: bool) -> Option<(Day, usize)> {
    let day = reader.day(at)?;
    if !reader.is_free(at + 1) {
        return None;
    }
    let named = reader.month(at + 1);
    let month = named.or(reader.senses(at + 1).short_month)?;
    let (year, end) = match year_behind(reader, at + 2) {
        Some((year, end)) => (Some(year), end),
        None => (None, at + 2),
    };
    let written = named.is_some() || year.is_some() || short;
    let found = Day { day, month, year };
    (written && found.exists()).then_some((found, end))
}

/// `2022`, `tahun 2022`, `tahun lalu` behind a day or a month.
fn year_behind(reader: &Reader<'_>, at: usize) -> Option<(i16, usize)> {
    let start = if reader.folded(at) == "tahun" { at + 1 } else { at };
    if let Some((number, 4)) = reader.digits(start)
        && reader.is_free(start)
    {
        return calendar::as_year(number).map(|year| (year, start + 1));
    }
    let (direction, end) = direction(reader, start).filter(|_| start > at)?;
    let year = reader.anchor?.year().checked_add(weeks(direction) as i16)?;
    Some((year, end))
}

/// `19/9/2022`, `19-09-2022`, `2022-09-19`, `19/9`
fn numeric(reader: &Reader<'_>, at: usize) -> Option<(Day, usize)> {
    if !reader.is_free(at) {
        return None;
    }
    let found = if let Some([first, second, third]) = reader.split_digits(at, &['/', '-', '.']) {
        let (year, month, day) = match (first, third) {
            (32.., _) => (first, second, third),
            // "22" is a year of this century.
            (_, 0..=99) => (2000 + third, second, first),
            _ => (third, second, first),
        };
        // Days come before months, unless that is impossible ("4/24/2025").
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        Day {
            day: calendar::as_day(day)?,
            month: calendar::as_month(month)?,
            year: Some(calendar::as_year(year)?),
        }
    } else {
        let [day, month] = reader.split_digits(at, &['/'])?;
        Day { day: calendar::as_day(day)?, month: calendar::as_month(month)?, year: None }
    };
    found.exists().then_some((found, at + 1))
}

/// One day or several in words: `19 September 2022`, `12-14 September`, `30 September hingga 2
/// Oktober 2022`.
fn days(reader: &Reader<'_>, at: usize) -> Option<Read> {
    if let Some(read) = glued_days(reader, at) {
        return Some(read);
    }
    // "28 Jan - 2 Feb 2024": the year of the second is that of both.
    let shared = day(reader, at, true).filter(|&(_, end)| {
        joiner(reader, end).is_some_and(|(start, _)| day(reader, start, false).is_some())
    });
    if let Some((first, end)) = day(reader, at, false).or(shared) {
        if let Some((start, true)) = joiner(reader, end)
            && let Some((last, end)) = day(reader, start, false)
        {
            let first = Day { year: first.year.or(last.year), ..first };
            return Some((stretch(first.resolve(reader, None), last.resolve(reader, None)), end));
        }
        return Some((first.resolve(reader, None).map(Stretch::from), end));
    }
    let first = reader.day(at)?;
    let (start, neighbours) = match joiner(reader, at + 1) {
        Some((start, true)) => (start, false),
        _ if reader.folded(at + 1) == "dan" => (at + 2, true),
        _ => return None,
    };
    let (last, end) = day(reader, start, false)?;
    if first >= last.day || (neighbours && first + 1 != last.day) {
        return None;
    }
    let first = Day { day: first, ..last };
    Some((stretch(first.resolve(reader, None), last.resolve(reader, None)), end))
}

/// `30 Januari-2 Februari 2024`, where the hyphen joins a month and a day to one token.
fn glued_days(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let first = reader.day(at)?;
    let (name, number) = reader.folded(at + 1).split_once(['-', '–'])?;
    reader.is_free(at + 1).then_some(())?;
    let senses = reader.lexicon.senses(reader.lexicon.find(name));
    let first_month = senses.month.or(senses.short_month)?;
    let plain = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let last = calendar::as_day(plain.then(|| number.parse().ok())??)?;
    let named = reader.is_free(at + 2).then(|| reader.month(at + 2))?;
    let month = named.or(reader.senses(at + 2).short_month)?;
    let (year, end) = match year_behind(reader, at + 3) {
        Some((year, end)) => (Some(year), end),
        None => (None, at + 3),
    };
    let first = Day { day: first, month: first_month, year };
    let last = Day { day: last, month, year };
    (first.exists() && last.exists()).then_some(())?;
    Some((stretch(first.resolve(reader, None), last.resolve(reader, None)), end))
}

fn stretch(first: Option<Point>, last: Option<Point>) -> Option<Stretch> {
    Some(Stretch { first: first?, last: last? })
}

/// A date in digits: with its year anywhere, without one in brackets or behind "tanggal".
fn slashed(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let (day, end) = numeric(reader, at)?;
    let before = reader.before(at);
    let bracketed = before.is_some_and(|before| {
        reader.surface(before) == "("
            && reader.surface(end) == ")"
            && reader.before(before).is_some_and(|word| {
                reader.document.tokens[word].kind == nukil_types::TokenKind::Word
            })
    });
    let led = before
        .is_some_and(|before| matches!(reader.folded(before), "tanggal" | "tgl" | "tgl." | "pada"));
    if day.year.is_none() && !bracketed && !led {
        return None;
    }
    Some((day.resolve(reader, None).map(Stretch::from), end))
}

/// `September`, `Mei 2022`, `Mei lalu`, `Januari-September 2022`
fn month(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let (first, year, end) = month_and_year(reader, at)?;
    if let Some((start, true)) = joiner(reader, end)
        && reader.is_free(start)
        && let Some((last, last_year, end)) = month_and_year(reader, start)
    {
        let first_point = month_point(reader, first, year.or(last_year), None);
        let last_point = month_point(reader, last, last_year.or(year), None);
        return Some((stretch(first_point, last_point), end));
    }
    let (direction, end) = match direction(reader, end).filter(|_| year.is_none()) {
        Some((direction, end)) => (Some(direction), end),
        None => (None, end),
    };
    Some((month_point(reader, first, year, direction).map(Stretch::from), end))
}

fn month_point(
    reader: &Reader<'_>,
    month: i8,
    year: Option<i16>,
    direction: Option<Direction>,
) -> Option<Point> {
    match year {
        Some(year) => Some(Point::Month(year, month)),
        None => calendar::month(reader.anchor, month, direction),
    }
}

/// A month, its year where it has one, and one past the last token.
fn month_and_year(reader: &Reader<'_>, at: usize) -> Option<(i8, Option<i16>, usize)> {
    let year = year_behind(reader, at + 1);
    let month = match (reader.month(at), year) {
        (Some(month), Some(_)) => month,
        (Some(month), None) if reader.is_capital(at) => month,
        _ => reader.senses(at).short_month.filter(|_| year.is_some())?,
    };
    let (year, end) = year.map_or((None, at + 1), |(year, end)| (Some(year), end));
    Some((month, year, end))
}

/// A year that something says is one: `sejak 2019`, `(2019)`, `2018 silam`, `2019-2024`; the
/// season or school year `2019/2020`.
fn years(reader: &Reader<'_>, at: usize) -> Option<Read> {
    if let Some([first, last]) = reader.split_digits(at, &['/']) {
        let (first_year, next) = (calendar::as_year(first)?, first + 1);
        (last == next || last == next % 100).then_some(())?;
        let last = Point::Year(calendar::as_year(next)?);
        return Some((Some(Stretch { first: Point::Year(first_year), last }), at + 1));
    }
    let (first, end) = year(reader, at)?;
    let last = joiner(reader, end)
        .filter(|&(_, wide)| wide)
        .and_then(|(start, _)| year(reader, start))
        .filter(|&(last, _)| first < last);
    let (last, end) = last.unwrap_or((first, end));
    let before = reader.before(at);
    let counts = quantities::thing(reader, end).is_some();
    let led = before.is_some_and(|before| match reader.folded(before) {
        "tahun" => true,
        // An amount may stand behind these as well.
        "hingga" | "sampai" | "dari" | "untuk" | "antara" | "di" => {
            !counts && (1900..2100).contains(&first)
        }
        _ => reader.senses(before).leads_to_year && (1900..2100).contains(&first),
    });
    // "pada 2023 dan 2024": what leads to the first leads to all.
    let led = led || (1900..2100).contains(&first) && !counts && follows_year(reader, at);
    let bracketed = before.is_some_and(|before| reader.surface(before) == "(")
        && reader.surface(end) == ")"
        && (1900..2100).contains(&first);
    let directed = direction(reader, end).filter(|&(direction, _)| direction != Direction::This);
    let senses = reader.senses(end);
    let amount = senses.power.is_some()
        || senses.percent
        || senses.period.is_some()
        || senses.person
        || senses.measure
        || senses.classifier
        || senses.currency_after.is_some();
    if amount || !(led || bracketed || directed.is_some()) {
        return None;
    }
    let end = directed.map_or(end, |(_, end)| end);
    Some((Some(Stretch { first: Point::Year(first), last: Point::Year(last) }), end))
}

/// Most years of a list that is led to.
const LISTED_YEARS: usize = 8;

/// Whether a year that is led to stands before `at`, with commas, "dan" or "serta" between, and
/// perhaps more years.
fn follows_year(reader: &Reader<'_>, at: usize) -> bool {
    let joins = |at: usize| matches!(reader.folded(at), "," | "dan" | "serta" | "maupun");
    let mut before = at;
    for _ in 0..LISTED_YEARS {
        let listed = before;
        while let Some(word) = reader.before(before).filter(|&word| joins(word)) {
            before = word;
        }
        match reader.before(before).filter(|_| before < listed) {
            Some(word) if year(reader, word).is_some() => before = word,
            _ => return false,
        }
        let lead = reader.before(before);
        if lead.is_some_and(|it| reader.folded(it) == "tahun" || reader.senses(it).leads_to_year) {
            return true;
        }
    }
    false
}

fn year(reader: &Reader<'_>, at: usize) -> Option<(i16, usize)> {
    let (number, length) = reader.digits(at)?;
    let year = calendar::as_year(number).filter(|_| length == 4 && reader.is_free(at))?;
    Some((year, at + 1))
}

/// `1960-an`, `90-an`
fn decade(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let digits = reader.surface(at).strip_suffix("-an")?;
    let number: i16 = digits.parse().ok()?;
    let first = match digits.len() {
        4 if (1500..2200).contains(&number) => number,
        2 => 1900 + number,
        _ => return None,
    };
    (first % 10 == 0).then_some(())?;
    Some((Some(Stretch { first: Point::Year(first), last: Point::Year(first + 9) }), at + 1))
}

/// `kuartal III 2022`, `triwulan II/2007`, `semester pertama`
fn quarter(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let months = match reader.folded(at) {
        "kuartal" | "triwulan" => 3,
        "caturwulan" => 4,
        "semester" => 6,
        _ => return None,
    };
    let (name, year) = match reader.folded(at + 1).split_once('/') {
        Some((name, year)) => (name, Some(year.parse().ok()?)),
        None => (reader.folded(at + 1), None),
    };
    let number = match name {
        "i" | "1" | "pertama" => 1,
        "ii" | "2" | "kedua" => 2,
        "iii" | "3" | "ketiga" => 3,
        "iv" | "4" | "keempat" => 4,
        _ => return None,
    };
    (number * months <= 12).then_some(())?;
    let (year, end) = match year {
        Some(year) => (Some(calendar::as_year(year)?), at + 2),
        None => year_behind(reader, at + 2).map_or((None, at + 2), |(year, end)| (Some(year), end)),
    };
    let last = number * months;
    let Some(Point::Month(year, first)) = month_point(reader, last - months + 1, year, None) else {
        return Some((None, end));
    };
    Some((stretch(Some(Point::Month(year, first)), Some(Point::Month(year, last))), end))
}

/// `pekan lalu`, `bulan depan`, `tahun ini`, `akhir pekan ini`
fn period(reader: &Reader<'_>, at: usize) -> Option<Read> {
    let weekend = reader.folded(at) == "akhir"
        && reader.senses(at + 1).period.is_some_and(|period| period.unit == Unit::Week);
    let start = if weekend { at + 1 } else { at };
    let period = reader.senses(start).period?;
    let (direction, end) = direction(reader, start + 1)?;
    if period.factor != 1 || !matches!(period.unit, Unit::Week | Unit::Month | Unit::Year) {
        return None;
    }
    // "beberapa tahun lalu" is no year in particular.
    let vague = ["beberapa", "sekian", "berapa", "tiap", "setiap", "per", "para"];
    if reader.before(at).is_some_and(|before| vague.contains(&reader.folded(before))) {
        return None;
    }
    let number = weeks(direction);
    let stretch = match weekend {
        true => calendar::weekend(reader.anchor, number),
        false => calendar::later(reader.anchor, number, period.unit),
    };
    Some((stretch, end))
}

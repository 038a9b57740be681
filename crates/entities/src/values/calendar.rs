//! Points and stretches of the calendar, and which of them is meant when an article leaves the
//! year, the month or the day to its reader, who knows when it was published.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::lexicon::{Direction, Unit};

/// The day of publication, where it is known.
pub(super) type Anchor = Option<Date>;

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Day(Date),
    Month(i16, i8),
    Year(i16),
}

/// A point, or all from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub first: Point,
    pub last: Point,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Day(day) => write!(f, "{day}"),
            Point::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Point::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.first == self.last { Ok(()) } else { write!(f, "/{}", self.last) }
    }
}

impl From<Point> for Stretch {
    fn from(point: Point) -> Self {
        Stretch { first: point, last: point }
    }
}

/// The day so many days later, or earlier where the number is negative.
pub(super) fn days_later(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn months_later(year: i16, month: i8, months: i64) -> Option<Point> {
    let months = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let year =
        i16::try_from(months.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
    Some(Point::Month(year, (months.rem_euclid(12) + 1) as i8))
}

fn years_later(year: i16, years: i64) -> Option<Point> {
    let year = i16::try_from(i64::from(year) + years).ok()?;
    (1..=9999).contains(&year).then_some(Point::Year(year))
}

/// How many days `to` lies behind `from`.
fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Monday to Sunday of the week so many weeks later.
fn week(anchor: Date, weeks: i64) -> Option<Stretch> {
    let monday = -i64::from(anchor.weekday().to_monday_zero_offset());
    let first = days_later(anchor, monday + weeks.checked_mul(7)?)?;
    Some(Stretch { first: Point::Day(first), last: Point::Day(days_later(first, 6)?) })
}

/// What lies so many units behind the day of publication, or before it where the number is
/// negative: a day for days and what is shorter, a week from Monday to Sunday, a month, a year.
pub(super) fn later(anchor: Anchor, number: i64, unit: Unit) -> Option<Stretch> {
    let anchor = anchor?;
    let day = |days| Some(Point::Day(days_later(anchor, days)?).into());
    match unit {
        Unit::Second => day(number / 86_400),
        Unit::Minute => day(number / 1_440),
        Unit::Hour => day(number / 24),
        Unit::Day => day(number),
        Unit::Week => week(anchor, number),
        Unit::Month => months_later(anchor.year(), anchor.month(), number).map(Stretch::from),
        Unit::Year => years_later(anchor.year(), number).map(Stretch::from),
    }
}

/// Saturday and Sunday of the week so many weeks later.
pub(super) fn weekend(anchor: Anchor, weeks: i64) -> Option<Stretch> {
    let week = week(anchor?, weeks)?;
    let Point::Day(monday) = week.first else { return None };
    Some(Stretch { first: Point::Day(days_later(monday, 5)?), last: week.last })
}

/// The day of the week of the week so many weeks later.
pub(super) fn weekday_of_week(anchor: Anchor, weekday: Weekday, weeks: i64) -> Option<Point> {
    let Point::Day(monday) = week(anchor?, weeks)?.first else { return None };
    days_later(monday, i64::from(weekday.to_monday_zero_offset())).map(Point::Day)
}

/// The day of the week before, of, or behind the day of publication. News tells what has been:
/// where nothing is said it is the last such day, which may be the day of publication.
pub(super) fn weekday(
    anchor: Anchor,
    weekday: Weekday,
    direction: Option<Direction>,
) -> Option<Point> {
    let anchor = anchor?;
    let offset = i64::from(weekday.to_monday_zero_offset());
    let today = i64::from(anchor.weekday().to_monday_zero_offset());
    let days = match direction {
        None => -(today - offset).rem_euclid(7),
        Some(Direction::Before) => -((today - offset - 1).rem_euclid(7) + 1),
        Some(Direction::This) => offset - today,
        Some(Direction::After) => (offset - today - 1).rem_euclid(7) + 1,
    };
    days_later(anchor, days).map(Point::Day)
}

/// The day and month in the year that lies nearest to the day of publication; where the day of
/// the week is given, only years in which they agree count, if there is one.
pub(super) fn day_of_month(
    anchor: Anchor,
    month: i8,
    day: i8,
    weekday: Option<Weekday>,
) -> Option<Point> {
    let anchor = anchor?;
    let years = anchor.year().checked_sub(1)?..=anchor.year().checked_add(1)?;
    let days = years.filter_map(|year| Date::new(year, month, day).ok());
    let agrees = |day: &Date| weekday.is_none_or(|weekday| day.weekday() == weekday);
    days.min_by_key(|day| (!agrees(day), days_between(anchor, *day).abs())).map(Point::Day)
}

/// The month that lies nearest to that of publication, or nearest before or behind it.
pub(super) fn month(anchor: Anchor, month: i8, direction: Option<Direction>) -> Option<Point> {
    let anchor = anchor?;
    let distance = i64::from(month) - i64::from(anchor.month());
    let months = match direction {
        Some(Direction::Before) => -((-distance - 1).rem_euclid(12) + 1),
        Some(Direction::After) => (distance - 1).rem_euclid(12) + 1,
        Some(Direction::This) => distance,
        // Six months off either way, the past is meant.
        None => (distance + 6).rem_euclid(12) - 6,
    };
    months_later(anchor.year(), anchor.month(), months)
}

/// The day, if the calendar has it.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Point> {
    Date::new(year, month, day).ok().map(Point::Day)
}

/// A number as a year that news speaks of.
pub(super) fn as_year(number: u64) -> Option<i16> {
    (1500..2200).contains(&number).then_some(number as i16)
}

/// A number as a day of a month.
pub(super) fn as_day(number: u64) -> Option<i8> {
    (1..=31).contains(&number).then_some(number as i8)
}

/// A number as a month.
pub(super) fn as_month(number: u64) -> Option<i8> {
    (1..=12).contains(&number).then_some(number as i8)
}

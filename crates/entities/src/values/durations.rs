//! Durations ("enam minggu", "2-3 hari", "sepekan") and, where a direction stands behind one, the
//! time that lies so far from the day of publication ("tiga hari lalu", "dua tahun lagi").

use nukil_types::ValueKind;

use super::calendar;
use super::dates::direction;
use super::found::Found;
use super::lexicon::{Direction, Period, Unit};
use super::numbers::{self, Amount, Decimal};
use super::reader::Reader;

/// The duration or date whose amount is given and whose unit stands behind it.
pub(super) fn behind(reader: &Reader<'_>, at: usize, amount: &Amount) -> Option<Found> {
    let period = reader.senses(amount.end).period.filter(|_| reader.is_free(amount.end))?;
    // "Undang-Undang Nomor 21 Tahun 2007" is a number and a year.
    if reader.before(at).is_some_and(|before| reader.senses(before).numbering) {
        return None;
    }
    read(reader, at, amount, period, amount.end + 1)
}

/// The duration of one unit in a word of its own: "sepekan", "setahun".
pub(super) fn in_a_word(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let period = reader.senses(at).one_period.filter(|_| reader.is_free(at))?;
    let one = Decimal::whole(1);
    let amount = Amount { low: one, high: one, end: at + 1, bare: false };
    read(reader, at, &amount, period, at + 1)
}

fn read(
    reader: &Reader<'_>,
    at: usize,
    amount: &Amount,
    period: Period,
    end: usize,
) -> Option<Found> {
    let kind = match period.unit {
        Unit::Second | Unit::Minute | Unit::Hour => ValueKind::Time,
        Unit::Day | Unit::Week | Unit::Month | Unit::Year => ValueKind::Date,
    };
    let away = match (reader.folded(end), direction(reader, end)) {
        ("lagi", _) => Some((1, end + 1)),
        (_, Some((Direction::Before, end))) => Some((-1, end)),
        (_, Some((Direction::After, end))) => Some((1, end)),
        _ => None,
    };
    if let Some((sign, end)) = away {
        // From "two or three days ago" only a stretch could follow; so far it is left open.
        let number = amount.low.as_whole().filter(|_| amount.low == amount.high);
        let number = number.and_then(|number| number.checked_mul(period.factor));
        let number = number.and_then(|number| i64::try_from(number).ok());
        let point = number
            .and_then(|number| calendar::later(reader.anchor, sign * number, period.unit))
            .map(|stretch| stretch.to_string());
        return Some(Found::new(kind, at..end, point.unwrap_or_default()));
    }
    let mut value = duration(amount.low, period)?;
    if amount.low != amount.high {
        value = format!("{value}/{}", duration(amount.high, period)?);
        return Some(Found::new(kind, at..end, value));
    }
    // "1 jam 15 menit"
    let (mut unit, mut end) = (period.unit, end);
    while let Some((part, smaller, behind)) = smaller(reader, end, unit) {
        let part = duration(part, smaller)?;
        // One T for all parts of a day.
        let part = part.trim_start_matches('P');
        value += if value.contains('T') { part.trim_start_matches('T') } else { part };
        (unit, end) = (smaller.unit, behind);
    }
    Some(Found::new(kind, at..end, value))
}

/// A number of a unit of time that is smaller than `unit`, and one past its last token.
fn smaller(reader: &Reader<'_>, at: usize, unit: Unit) -> Option<(Decimal, Period, usize)> {
    let amount = numbers::amount(reader, at, false)?;
    let period = reader.senses(amount.end).period.filter(|_| reader.is_free(amount.end))?;
    // ISO 8601 has no weeks beside other units.
    let fits = period.unit < unit && unit != Unit::Week && period.unit != Unit::Week;
    let plain = period.factor == 1 && amount.low == amount.high;
    (fits && plain).then_some((amount.low, period, amount.end + 1))
}

/// The duration as ISO 8601 writes it.
fn duration(number: Decimal, period: Period) -> Option<String> {
    let number = match (period.factor, number.as_whole()) {
        (1, _) => number,
        (factor, Some(number)) => Decimal::whole(number.checked_mul(factor)?),
        (_, None) => return None,
    };
    let (time, designator) = match period.unit {
        Unit::Second => ("T", 'S'),
        Unit::Minute => ("T", 'M'),
        Unit::Hour => ("T", 'H'),
        Unit::Day => ("", 'D'),
        Unit::Week => ("", 'W'),
        Unit::Month => ("", 'M'),
        Unit::Year => ("", 'Y'),
    };
    Some(format!("P{time}{number}{designator}"))
}

//! Numbers in digits ("1.200", "24,1", "50rb") and in words ("dua puluh lima ribu", "belasan
//! juta"), and ranges of them ("2-3 miliar", "dua hingga tiga").

use std::fmt::{self, Write};

use super::reader::Reader;

/// A decimal number that is not negative, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u64,
    /// How many of the digits stand behind the point.
    places: u32,
}

impl Decimal {
    pub fn whole(digits: u64) -> Self {
        Decimal { digits, places: 0 }
    }

    /// Times ten to that power; nothing when that is more than fits.
    pub fn shift(self, power: u32) -> Option<Self> {
        let fewer = self.places.min(power);
        let digits = self.digits.checked_mul(10_u64.checked_pow(power - fewer)?)?;
        Some(Decimal { digits, places: self.places - fewer })
    }

    /// The number when it has nothing behind the point.
    pub fn as_whole(self) -> Option<u64> {
        (self.places == 0).then_some(self.digits)
    }

    fn less_than(self, other: Self) -> bool {
        let places = self.places.max(other.places);
        let scaled = |number: Self| {
            u128::from(number.digits) * 10_u128.pow((places - number.places).min(19))
        };
        scaled(self) < scaled(other)
    }

    /// Reads digits as Indonesian writes them: stops between thousands, a comma before decimals.
    /// A stop that cannot stand between thousands is taken for a decimal point ("2.5"), and
    /// commas that can only stand between thousands for that ("1,200,000").
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let ends = text.starts_with(|c: char| c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit());
        let marked = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
        if !ends || !marked || digits > 18 {
            return None;
        }
        let (whole, decimals) = match (text.split_once(','), text.contains('.')) {
            (Some((whole, rest)), _) if !rest.contains([',', '.']) => (whole, rest),
            (Some(_), false) if thousands(text, ',') => (text, ""),
            (Some(_), _) => return None,
            (None, true) if thousands(text, '.') => (text, ""),
            (None, true) => text.split_once('.').filter(|(_, rest)| !rest.contains('.'))?,
            (None, false) => (text, ""),
        };
        if whole.contains('.') && !thousands(whole, '.') {
            return None;
        }
        let mut number = Decimal { digits: 0, places: decimals.len() as u32 };
        for digit in whole.bytes().chain(decimals.bytes()).filter(u8::is_ascii_digit) {
            number.digits = number.digits * 10 + u64::from(digit - b'0');
        }
        while number.places > 0 && number.digits.is_multiple_of(10) {
            number = Decimal { digits: number.digits / 10, places: number.places - 1 };
        }
        Some(number)
    }
}

/// Whether the marks cut the digits into threes from the right.
fn thousands(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && first != "0")
        && groups.all(|group| group.len() == 3)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(self.places.min(19));
        write!(f, "{}", self.digits / unit)?;
        match self.places {
            0 => Ok(()),
            places => write!(f, ".{:0places$}", self.digits % unit, places = places as usize),
        }
    }
}

/// A number, or the least and the most that it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub low: Decimal,
    pub high: Decimal,
    /// One past the last token.
    pub end: usize,
    /// Whether it is one number in digits without a mark or a power ("2022").
    pub bare: bool,
}

impl Amount {
    /// `170`, or `2/3` for a range.
    pub fn value(&self) -> String {
        let mut value = self.low.to_string();
        if self.high != self.low {
            // A string takes whatever is written to it.
            let _ = write!(value, "/{}", self.high);
        }
        value
    }
}

/// A number and how it goes on.
struct Single {
    low: Decimal,
    high: Decimal,
    end: usize,
    power: Option<u32>,
    bare: bool,
}

/// The amount that begins at a token; `money` reads the short powers of money too ("Rp 5 M").
pub(super) fn amount(reader: &Reader<'_>, at: usize, money: bool) -> Option<Amount> {
    let first = single(reader, at, money)?;
    if let Some((start, wide)) = joiner(reader, first.end)
        && let Some(second) = single(reader, start, money)
    {
        // "2-3 miliar": the power behind the second number is that of both.
        let shared = match (first.power, second.power) {
            (None, Some(power)) => first.low.shift(power),
            _ => Some(first.low),
        };
        let follows = |low: Decimal| match wide {
            // "dua atau tiga": only neighbours are a range.
            false => {
                let next = low.as_whole().and_then(|low| low.checked_add(1));
                next.is_some() && next == second.low.as_whole()
            }
            true => low.less_than(second.low),
        };
        if let Some(low) = shared.filter(|&low| follows(low)) {
            return Some(Amount { low, high: second.high, end: second.end, bare: false });
        }
    }
    Some(Amount { low: first.low, high: first.high, end: first.end, bare: first.bare })
}

/// Where the second end of a range begins, if a word or mark between two ends stands at `at`, and
/// whether the ends may lie apart.
pub(super) fn joiner(reader: &Reader<'_>, at: usize) -> Option<(usize, bool)> {
    match reader.folded(at) {
        "sampai" if reader.folded(at + 1) == "dengan" => Some((at + 2, true)),
        "atau" => Some((at + 1, false)),
        _ if reader.senses(at).range => Some((at + 1, true)),
        _ => None,
    }
}

fn single(reader: &Reader<'_>, at: usize, money: bool) -> Option<Single> {
    if !reader.is_free(at) {
        return None;
    }
    let surface = reader.surface(at);
    if surface.starts_with(|c: char| c.is_ascii_digit()) {
        return in_digits(reader, at, money);
    }
    let senses = reader.senses(at);
    if let Some((low, high)) = senses.vague {
        let (low, high) = (Decimal::whole(low), Decimal::whole(high));
        return powers(reader, Single { low, high, end: at + 1, power: None, bare: false }, money);
    }
    if senses.half {
        // "setengah miliar"
        let half = Decimal { digits: 5, places: 1 };
        let found = Single { low: half, high: half, end: at + 1, power: None, bare: false };
        return powers(reader, found, money).filter(|found| found.power.is_some());
    }
    senses.number?;
    let found = in_words(reader, at)?;
    // "satu setengah juta", "dua setengah jam"
    let unit = reader.senses(found.end + 1);
    let halved = reader.senses(found.end).half
        && (unit.power.is_some() || unit.percent || unit.measure || unit.period.is_some());
    match found.low.as_whole().filter(|_| halved).and_then(|whole| whole.checked_mul(10)) {
        Some(tens) => {
            let number = Decimal { digits: tens.checked_add(5)?, places: 1 };
            let end = found.end + 1;
            powers(reader, Single { low: number, high: number, end, ..found }, money)
        }
        None => Some(found),
    }
}

/// `1.200`, `2,5 juta`, `50rb`
fn in_digits(reader: &Reader<'_>, at: usize, money: bool) -> Option<Single> {
    let surface = reader.surface(at);
    let digits = surface.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    let (number, suffix) = surface.split_at(digits.unwrap_or(surface.len()));
    // No amount begins with a zero that says nothing: "004", "0812".
    if number.len() > 1 && number.starts_with('0') && !matches!(number.as_bytes()[1], b'.' | b',') {
        return None;
    }
    let number = Decimal::parse(number)?;
    if suffix.is_empty() {
        let bare = surface.bytes().all(|b| b.is_ascii_digit());
        let found = Single { low: number, high: number, end: at + 1, power: None, bare };
        return powers(reader, found, money);
    }
    let power = reader.lexicon.senses(reader.lexicon.find(&suffix.to_lowercase()));
    let power = power.power.or(power.money_power.filter(|_| money))?;
    let number = number.shift(power)?;
    Some(Single { low: number, high: number, end: at + 1, power: Some(power), bare: false })
}

/// Takes the powers of ten behind a number: `juta`, `ratus ribu`.
fn powers(reader: &Reader<'_>, mut found: Single, money: bool) -> Option<Single> {
    loop {
        let senses = reader.senses(found.end);
        let power = senses.power.or(senses.money_power.filter(|_| money));
        let Some(power) = power.filter(|_| reader.is_free(found.end)) else { return Some(found) };
        found.low = found.low.shift(power)?;
        found.high = found.high.shift(power)?;
        found.power = Some(found.power.unwrap_or(0) + power);
        found.end += 1;
        found.bare = false;
    }
}

/// `dua puluh lima`, `seratus ribu`
fn in_words(reader: &Reader<'_>, at: usize) -> Option<Single> {
    // The sum of what a power from a thousand up has closed, that of the hundreds behind it, and
    // the last number, which no power has closed yet.
    let (mut total, mut group, mut last) = (0_u64, 0_u64, None::<u64>);
    let mut power_of_all = None;
    let mut end = at;
    while reader.is_free(end) {
        let senses = reader.senses(end);
        if let Some(number) = senses.number {
            // "dua tiga" are two numbers; "seratus dua" is one.
            if last.is_some() {
                break;
            }
            if number < 10 {
                last = Some(number);
            } else if number < 1000 {
                group = group.checked_add(number)?;
            } else {
                total = total.checked_add(number)?;
            }
        } else if senses.teens {
            let Some(number) = last.take() else { break };
            group = group.checked_add(number + 10)?;
        } else if let Some(power) = senses.power {
            let factor = 10_u64.checked_pow(power)?;
            if power < 3 {
                let Some(number) = last.take() else { break };
                group = group.checked_add(number.checked_mul(factor)?)?;
            } else {
                let closed = group.checked_add(last.take().unwrap_or(0))?;
                if closed == 0 {
                    break;
                }
                total = total.checked_add(closed.checked_mul(factor)?)?;
                group = 0;
                power_of_all = Some(power);
            }
        } else {
            break;
        }
        end += 1;
    }
    let number = Decimal::whole(total.checked_add(group)?.checked_add(last.unwrap_or(0))?);
    Some(Single { low: number, high: number, end, power: power_of_all, bare: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_indonesian_writes_them() {
        let table = [
            ("1.200", Some("1200")),
            ("24,1", Some("24.1")),
            ("10.815,82", Some("10815.82")),
            ("12.900.000", Some("12900000")),
            ("1,200,000", Some("1200000")),
            ("2.5", Some("2.5")),
            ("0.500", Some("0.5")),
            ("3,50", Some("3.5")),
            ("0", Some("0")),
            ("1.2.3", None),
            ("1.20,5", None),
            ("12.", None),
            ("19:30", None),
            ("1234567890123456789", None),
        ];
        for (text, expected) in table {
            let found = Decimal::parse(text).map(|number| number.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_number_too_large_is_none() {
        assert_eq!(Decimal::whole(u64::MAX).shift(1), None);
        assert_eq!(Decimal::whole(1).shift(40), None);
    }
}

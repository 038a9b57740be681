//! What is known of the words that values are written with, from `data/values/words.tsv`.

use std::hash::BuildHasher;

use jiff::civil::Weekday;
use nukil_types::FormLengths;
use nukil_types::facts::{Facts, FactsError, Row};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// A unit of time, smaller before larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A span of time with a name: some number of a unit ("abad" is a hundred years).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub unit: Unit,
    pub factor: u64,
}

/// On which side of the day of publication a time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Before,
    This,
    After,
}

/// The senses of a word. Most words have none.
#[derive(Clone, Debug, Default)]
pub(super) struct Senses {
    /// satu, sebelas, seratus
    pub number: Option<u64>,
    /// ribu is 3: the number before it, times ten to that power.
    pub power: Option<u32>,
    /// jt: a power that means money where nothing is counted ("500jt").
    pub short_power: bool,
    /// setengah
    pub half: bool,
    /// As `power`, in money alone ("Rp 5 M").
    pub money_power: Option<u32>,
    /// belas
    pub teens: bool,
    /// puluhan: from, to
    pub vague: Option<(u64, u64)>,
    /// From 1.
    pub month: Option<i8>,
    /// From 1, for a form that names a month beside a day or a year alone ("Jan").
    pub short_month: Option<i8>,
    /// From 1, for a form that names a month in Malay ("Ogos").
    pub malay_month: Option<i8>,
    /// A month of the Islamic calendar.
    pub hijri_month: bool,
    pub weekday: Option<Weekday>,
    pub period: Option<Period>,
    /// sepekan
    pub one_period: Option<Period>,
    pub direction: Option<Direction>,
    /// kemarin is -1.
    pub day: Option<i64>,
    /// malam: from which hour on a clock of twelve to which it adds twelve
    pub part_of_day: Option<(u64, u64)>,
    /// Offset from UTC as ISO 8601 writes it.
    pub zone: Option<Box<str>>,
    /// pukul
    pub clock: bool,
    /// kuartal: a date may begin with it, though it names no time by itself
    pub begins_date: bool,
    /// sejak: may lead to a bare year.
    pub leads_to_year: bool,
    /// hingga: joins two ends.
    pub range: bool,
    pub percent: bool,
    /// ISO 4217 code of the currency named before an amount.
    pub currency_before: Option<Box<str>>,
    /// The same behind an amount.
    pub currency_after: Option<Box<str>>,
    /// ISO 4217 code of the dollar before whose sign the word stands ("US$").
    pub dollar_before: Option<Box<str>>,
    /// ISO 4217 code of the currency of a country that stands behind its name ("dolar Singapura",
    /// "won Korea").
    pub currency_country: Option<Box<str>>,
    /// kilogram
    pub measure: bool,
    /// persegi: behind a measure and part of it
    pub second_measure: bool,
    /// unit, ekor: between a count and what is counted
    pub classifier: bool,
    /// orang: counts people by itself
    pub person: bool,
    /// pasal: a number behind it orders and does not count
    pub numbering: bool,
    /// Cannot be counted.
    pub uncounted: bool,
    /// Can be counted, though it looks like a verb.
    pub counted: bool,
}

impl Senses {
    fn may_begin(&self) -> bool {
        self.number.is_some()
            || self.vague.is_some()
            || self.month.is_some()
            || self.short_month.is_some()
            || self.malay_month.is_some()
            || self.hijri_month
            || self.half
            || self.weekday.is_some()
            || self.period.is_some()
            || self.one_period.is_some()
            || self.day.is_some()
            || self.part_of_day.is_some()
            || self.begins_date
            || self.currency_before.is_some()
            || self.dollar_before.is_some()
    }
}

/// The senses of all words that have one, by folded form.
pub(super) struct Lexicon {
    /// The first is that of every other word.
    senses: Vec<Senses>,
    /// Whether a value may begin with a word of each: asked of every token of a text, unlike all else.
    begins: Vec<bool>,
    /// By the hash of the form, so that no string is read. Two words of one 64-bit hash would be
    /// taken for one; a thousand words are too few for that.
    index: FxHashMap<u64, u16>,
    lengths: FormLengths,
}

impl Lexicon {
    /// Reads `words` (columns form, sense, value) and takes the words of `function_words` (column
    /// word) for words that cannot be counted.
    pub(super) fn new(words: &str, function_words: &str) -> Result<Self, FactsError> {
        let mut lexicon = Lexicon {
            senses: vec![Senses::default()],
            begins: Vec::new(),
            index: FxHashMap::default(),
            lengths: FormLengths::default(),
        };
        for row in Facts::parse(words, &["form", "sense", "value"])?.rows() {
            let row = row?;
            add(lexicon.entry(row.get("form")), &row)?;
        }
        for row in Facts::parse(function_words, &["word"])?.rows() {
            lexicon.entry(row?.get("word")).uncounted = true;
        }
        lexicon.begins = lexicon.senses.iter().map(Senses::may_begin).collect();
        Ok(lexicon)
    }

    fn entry(&mut self, form: &str) -> &mut Senses {
        self.lengths.insert(form);
        let next = self.senses.len() as u16;
        let index = *self.index.entry(hash(form)).or_insert(next);
        if index == next {
            self.senses.push(Senses::default());
        }
        &mut self.senses[usize::from(index)]
    }

    /// The number under which [`Lexicon::senses`] knows the word; 0 when it has no sense.
    pub(super) fn find(&self, folded: &str) -> u16 {
        if !self.lengths.may_hold(folded) {
            return 0;
        }
        self.index.get(&hash(folded)).copied().unwrap_or(0)
    }

    /// Whether a value may begin with the word of that number.
    pub(super) fn begins(&self, number: u16) -> bool {
        self.begins[usize::from(number)]
    }

    pub(super) fn senses(&self, number: u16) -> &Senses {
        &self.senses[usize::from(number)]
    }
}

fn hash(form: &str) -> u64 {
    FxBuildHasher.hash_one(form)
}

/// Adds the sense that a row gives.
fn add(senses: &mut Senses, row: &Row<'_, '_>) -> Result<(), FactsError> {
    let value = row.get("value");
    let number = || value.parse::<i64>().map_err(|_| row.error(format!("{value:?} is no number")));
    let small = || {
        let number = number()?;
        i8::try_from(number).map_err(|_| row.error(format!("{number} is too large")))
    };
    let power = || {
        let power = number()?;
        u32::try_from(power).map_err(|_| row.error(format!("{power} is no power of ten")))
    };
    let text = || Some(Box::from(value));
    match row.get("sense") {
        "number" => senses.number = row.number("value")?,
        "power" => senses.power = Some(power()?),
        "money-power" => senses.money_power = Some(power()?),
        "teens" => senses.teens = true,
        "vague" => senses.vague = Some(range(value).ok_or_else(|| row.error("no range"))?),
        "month" => senses.month = Some(small()?),
        "month-short" => senses.short_month = Some(small()?),
        "month-malay" => senses.malay_month = Some(small()?),
        "hijri-month" => senses.hijri_month = true,
        "half" => senses.half = true,
        "short-power" => senses.short_power = true,
        "weekday" => {
            let weekday = Weekday::from_monday_one_offset(small()?);
            senses.weekday = Some(weekday.map_err(|_| row.error("no day of the week"))?);
        }
        "period" => senses.period = Some(period(row)?),
        "one-period" => senses.one_period = Some(period(row)?),
        "direction" => {
            senses.direction = Some(match value {
                "before" => Direction::Before,
                "this" => Direction::This,
                "after" => Direction::After,
                _ => return Err(row.error(format!("{value:?} is no direction"))),
            });
        }
        "day" => senses.day = Some(number()?),
        "part-of-day" if value.is_empty() => senses.part_of_day = Some((1, 0)),
        "part-of-day" => {
            senses.part_of_day = Some(range(value).ok_or_else(|| row.error("no range"))?);
        }
        "zone" => senses.zone = text(),
        "clock" => senses.clock = true,
        "begins-date" => senses.begins_date = true,
        "leads-to-year" => senses.leads_to_year = true,
        "range" => senses.range = true,
        "percent" => senses.percent = true,
        "currency-before" => senses.currency_before = text(),
        "currency-after" => senses.currency_after = text(),
        "dollar-before" => senses.dollar_before = text(),
        "currency-country" => senses.currency_country = text(),
        "measure" => senses.measure = true,
        "measure-second" => senses.second_measure = true,
        "classifier" => senses.classifier = true,
        "person" => senses.person = true,
        "numbering" => senses.numbering = true,
        "uncounted" => senses.uncounted = true,
        "counted" => senses.counted = true,
        other => return Err(row.error(format!("unknown sense {other:?}"))),
    }
    Ok(())
}

/// `11/19`
fn range(value: &str) -> Option<(u64, u64)> {
    let (low, high) = value.split_once('/')?;
    Some((low.parse().ok()?, high.parse().ok()?))
}

/// `W`, `100Y`, `TM`
fn period(row: &Row<'_, '_>) -> Result<Period, FactsError> {
    let value = row.get("value");
    let wrong = || row.error(format!("{value:?} is no period"));
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (factor, designator) = value.split_at(digits);
    let factor = if factor.is_empty() { 1 } else { factor.parse().map_err(|_| wrong())? };
    let unit = match designator {
        "TS" => Unit::Second,
        "TM" => Unit::Minute,
        "TH" => Unit::Hour,
        "D" => Unit::Day,
        "W" => Unit::Week,
        "M" => Unit::Month,
        "Y" => Unit::Year,
        _ => return Err(wrong()),
    };
    Ok(Period { unit, factor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_cannot_be_read_is_named_by_its_line() {
        let read = |row: &str| {
            let text = format!("form\tsense\tvalue\n{row}\n");
            Lexicon::new(&text, "word\n").err().map(|error| error.to_string())
        };
        assert_eq!(read("abad\tperiod\t100Y"), None);
        assert_eq!(read("abad\tperiod\tQ"), Some("line 2: \"Q\" is no period".to_string()));
        assert_eq!(read("abad\tera\t"), Some("line 2: unknown sense \"era\"".to_string()));
        assert_eq!(read("senin\tweekday\t8"), Some("line 2: no day of the week".to_string()));
    }
}

use std::ops::Range;

use crate::Span;

/// What kind of thing a [`Value`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueKind {
    /// A day or something longer: a point in the calendar, an interval, a duration in days,
    /// weeks, months or years.
    Date,
    /// A time of day, or a duration in hours, minutes or seconds.
    Time,
    /// An amount of money.
    Money,
    /// A share in hundredths.
    Percent,
    /// A count or a measure of anything else.
    Quantity,
}

impl ValueKind {
    /// The label as the tables write it: `DATE`, `TIME`, `MONEY`, `PERCENT`, `QUANTITY`.
    pub fn as_str(self) -> &'static str {
        match self {
            ValueKind::Date => "DATE",
            ValueKind::Time => "TIME",
            ValueKind::Money => "MONEY",
            ValueKind::Percent => "PERCENT",
            ValueKind::Quantity => "QUANTITY",
        }
    }
}

/// One occurrence of a date, a time, an amount or a count. It names nothing, so it belongs to no
/// entity; the tables list it among the mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where it stands in [`crate::Document::text`].
    pub span: Span,
    /// The tokens it covers, indices into [`crate::Document::tokens`].
    pub tokens: Range<usize>,
    /// Its kind.
    pub kind: ValueKind,
    /// Index into [`crate::Document::sentences`].
    pub sentence: usize,
    /// What it says, in the notation that `nukil_entities::values` describes; empty where the
    /// date of publication would be needed and is not known.
    pub value: String,
    /// The ISO 4217 code of money, `%` of a share, what a quantity counts; empty for dates and
    /// times.
    pub unit: String,
    /// From 0 to 1.
    pub score: f64,
}

//! Dates, times, money, percentages and counts, with what they say in a notation for machines.
//!
//! A [`ValueFinder`] reads the tokens of every sentence of the headline and the body, once names
//! are found, and fills [`Document::values`]. Values overlap neither each other nor a name: a
//! name keeps the numbers that it holds, and a word that is a name of its own ("95 juta dolar
//! AS") is left out of the value's span though it is read for its unit.
//!
//! | kind | `value` | `unit` | examples |
//! |---|---|---|---|
//! | `DATE` | a day, month or year of ISO 8601, an interval `start/end` of them (both ends within it), or a duration of days and longer | | `2022-09-19`, `2022-09`, `2022`, `2022-09-12/2022-09-18`, `P6W` |
//! | `TIME` | a time of day, with the day before it where that is named right before, and the offset from UTC of WIB, WITA or WIT where stated; an interval; a duration shorter than a day | | `T19:30+07:00`, `2022-09-19T19:30+07:00`, `T02:00/T04:00`, `PT3H` |
//! | `MONEY` | an amount in full, with a point before decimals, or `least/most` | ISO 4217 code | `416000000000000`, `11000000/19000000` |
//! | `PERCENT` | as for money | `%` | `24.1`, `6.2/6.8` |
//! | `QUANTITY` | as for money | the word for what is counted or the unit of measurement, in lower case | `170` `tentara`, `300000` `orang`, `120` `km/jam` |
//!
//! Conventions:
//!
//! - A relative date, or one without a year, is resolved against the day of publication. Where
//!   that is not known, its value is empty. A day and month without a year mean the year in which
//!   they lie nearest to that day, of those in which a day of the week named beside them agrees; a
//!   month alone means the nearest, and the past of two as near. A day of the week alone means the
//!   one that the article has dated before ("Jumat (13/1)"), else the last one, which may be the
//!   day of publication itself; "lalu" means one before that day, "depan" and "mendatang" one
//!   behind it. "Senin-Jumat" comes back every week and has an empty
//!   value.
//! - "pekan lalu", "dua pekan lalu" mean a week from Monday to Sunday, "akhir pekan" its last two
//!   days, "tiga bulan lalu" a month, "dua tahun lalu" a year. "1 jam lalu" has the day alone, as
//!   no more of the time of publication is known. So does what is told by a part of the day ("tadi
//!   malam").
//! - A range of durations has both ends as durations: `P2D/P3D`.
//! - "belasan" is 11 to 19, "puluhan" 20 to 99, "ratusan" 100 to 999, "ribuan" 1000 to 9999, and
//!   so on; with a power behind it ("belasan juta") both ends times that power.
//! - Words that only lead to a value are no part of it: "pukul", "tanggal", "tahun 2022", "lebih
//!   dari 300 orang"; a day of the week and the brackets of its date are: "Rabu (20/9)".
//! - "dolar" without a country is that of the United States. The country of a currency is part of
//!   the amount ("2 juta dolar Singapura").
//! - "500jt" with nothing counted behind it is money, in rupiah.
//! - Months of the Islamic calendar make dates without a value. Malay months ("Ogos", "15 Jun") and
//!   times without "pukul" ("9 pagi") are read in Malay documents.
//! - A bare number is no value, nor is one behind a word that orders ("Pasal 363", "lantai dua").
//!   A year counts where a word says that it is one ("sejak 2019"), not in the name of an event
//!   ("Pemilu 2024").
//!
//! ```
//! use nukil_entities::values::{Scratch, ValueFinder};
//! use nukil_types::{Document, Sentence, Span, TokenKind};
//!
//! let words = "form\tsense\tvalue\nrp\tcurrency-before\tIDR\ntriliun\tpower\t12\n";
//! let finder = ValueFinder::new(words, "word\n").unwrap();
//!
//! let mut document = Document::new("1", "-", "Anggaran Rp 416 triliun");
//! document.push_token(Span::new(0, 8), TokenKind::Word);
//! document.push_token(Span::new(9, 11), TokenKind::Word);
//! document.push_token(Span::new(12, 15), TokenKind::Number);
//! document.push_token(Span::new(16, 23), TokenKind::Word);
//! document.sentences.push(Sentence { span: Span::new(0, 23), tokens: 0..4, headline: false });
//! finder.find(&mut document, &mut Scratch::default());
//!
//! let money = &document.values[0];
//! assert_eq!(document.slice(money.span), "Rp 416 triliun");
//! assert_eq!((money.value.as_str(), money.unit.as_str()), ("416000000000000", "IDR"));
//! ```

mod calendar;
mod dates;
mod durations;
mod found;
mod lexicon;
mod money;
mod numbers;
mod percent;
mod quantities;
mod reader;
mod times;

use std::ops::Range;

use nukil_types::facts::FactsError;
use nukil_types::{Document, Sentence, Value, ValueKind};

use calendar::Anchor;
use found::Found;
use lexicon::Lexicon;
use reader::Reader;

/// Finds dates, times and amounts.
pub struct ValueFinder {
    lexicon: Lexicon,
}

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
pub struct Scratch {
    senses: Vec<u16>,
    beginnings: Vec<usize>,
    taken: Vec<bool>,
}

impl ValueFinder {
    /// A finder with `words` as `data/values/words.tsv` has them, and the words of a list of
    /// function words (column `word`) as words that cannot be counted.
    ///
    /// # Errors
    /// When a row of either cannot be read.
    pub fn new(words: &str, function_words: &str) -> Result<Self, FactsError> {
        Ok(ValueFinder { lexicon: Lexicon::new(words, function_words)? })
    }

    /// Fills `document.values`; the document must have its sentences, tokens, lemmas and
    /// mentions, and its date of publication, where known, as an ISO 8601 date.
    pub fn find(&self, document: &mut Document, scratch: &mut Scratch) {
        let mut values = std::mem::take(&mut document.values);
        values.clear();
        let anchor: Anchor = document.published.as_deref().and_then(|date| date.parse().ok());
        let malay = document.language.as_ref().is_some_and(|language| language.code == "ms");
        let mut mention = 0;
        let mut dated = [None; 7];
        for (number, sentence) in document.sentences.iter().enumerate() {
            let tokens = &sentence.tokens;
            self.look_up(document, sentence, scratch);
            if scratch.beginnings.is_empty() {
                continue;
            }
            scratch.taken.clear();
            scratch.taken.resize(tokens.len(), false);
            // Mentions stand in text order, as sentences do.
            while let Some(name) = document.mentions.get(mention) {
                if name.tokens.start >= tokens.end {
                    break;
                }
                for at in name.tokens.clone().filter(|at| tokens.contains(at)) {
                    scratch.taken[at - tokens.start] = true;
                }
                mention += 1;
            }
            let reader = Reader {
                document,
                lexicon: &self.lexicon,
                tokens: tokens.clone(),
                senses: &scratch.senses,
                taken: &scratch.taken,
                headline: sentence.headline,
                malay,
                anchor,
                dated,
            };
            let first = values.len();
            read(&reader, &scratch.beginnings, number, &mut values);
            for value in values[first..].iter().filter(|value| value.kind == ValueKind::Date) {
                if let Some(weekday) = reader.senses(value.tokens.start).weekday
                    && let Ok(day) = value.value.parse()
                {
                    dated[usize::from(weekday.to_monday_zero_offset().unsigned_abs())] = Some(day);
                }
            }
        }
        document.values = values;
    }

    /// Looks up the words of a sentence, and notes the tokens with which a value may begin.
    fn look_up(&self, document: &Document, sentence: &Sentence, scratch: &mut Scratch) {
        scratch.senses.clear();
        scratch.beginnings.clear();
        for at in sentence.tokens.clone() {
            let folded = document.folded(&document.tokens[at]);
            let found = self.lexicon.find(folded);
            let digit = folded.as_bytes().first().is_some_and(u8::is_ascii_digit);
            if digit || self.lexicon.begins(found) {
                scratch.beginnings.push(at);
            }
            scratch.senses.push(found);
        }
    }
}

/// Reads the values of a sentence from left to right, the first grammar that reads one taking it.
/// They begin with tokens of `beginnings`.
fn read(reader: &Reader<'_>, beginnings: &[usize], sentence: usize, values: &mut Vec<Value>) {
    // The last day that was named, and one past its last token.
    let mut day: Option<(String, usize)> = None;
    // One past the last token that has been read.
    let mut read = 0;
    for &at in beginnings {
        if at < read {
            continue;
        }
        let before = day.as_ref().filter(|(_, end)| at - end <= DAY_TO_TIME);
        let Some(found) = value_at(reader, at, before.map(|(day, _)| day.as_str())) else {
            continue;
        };
        read = found.tokens.end.max(at + 1);
        if found.kind == ValueKind::Date && found.value.len() == "2022-09-19".len() {
            day = Some((found.value.clone(), found.tokens.end));
        }
        if let Some(tokens) = left_by_names(reader, found.tokens.clone()) {
            values.push(Value {
                span: reader.document.span_of(tokens.clone()),
                tokens,
                kind: found.kind,
                sentence,
                value: found.value,
                unit: found.unit,
                score: found.score,
            });
        }
    }
}

/// How many tokens may stand between a day and a time of that day: ", sekitar pukul".
const DAY_TO_TIME: usize = 3;

/// The value that begins at a token, one of those with which it may.
fn value_at(reader: &Reader<'_>, at: usize, day: Option<&str>) -> Option<Found> {
    if let Some(found) = times::at(reader, at, day)
        .or_else(|| dates::at(reader, at))
        .or_else(|| durations::in_a_word(reader, at))
        .or_else(|| money::at(reader, at))
        .or_else(|| quantities::glued(reader, at))
    {
        return Some(found);
    }
    let amount = numbers::amount(reader, at, false)?;
    percent::behind(reader, at, &amount)
        .or_else(|| money::behind(reader, at, &amount))
        .or_else(|| durations::behind(reader, at, &amount))
        .or_else(|| quantities::behind(reader, at, &amount))
        .or_else(|| money::short(reader, at, &amount))
}

/// The tokens of a value without those at its ends that names hold; nothing when a name stands
/// inside it.
fn left_by_names(reader: &Reader<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let start = tokens.clone().find(|&at| reader.is_free(at))?;
    let end = tokens.rev().find(|&at| reader.is_free(at))? + 1;
    (start..end).all(|at| reader.is_free(at)).then_some(start..end)
}

//! Counts and measures: "170 tentara", "tiga unit mobil", "61 ribu hektare", "120 km/jam",
//! "ratusan rumah".

use std::ops::Range;

use nukil_types::ValueKind;

use super::calendar;
use super::found::Found;
use super::numbers::{Amount, Decimal};
use super::reader::Reader;

/// The count or measure whose amount is given and behind which it stands what it counts.
pub(super) fn behind(reader: &Reader<'_>, at: usize, amount: &Amount) -> Option<Found> {
    let end = amount.end;
    let found = |end| Found::new(ValueKind::Quantity, at..end, amount.value());
    if let Some(end) = measure(reader, end) {
        return Some(found(end).of(&unit(reader, amount.end..end)));
    }
    let ordered = reader.before(at).is_some_and(|before| reader.senses(before).numbering);
    if ordered {
        return None;
    }
    if reader.senses(end).person && reader.is_free(end) {
        return Some(found(end + 1).of(&unit(reader, end..end + 1)));
    }
    if reader.senses(end).classifier && reader.is_free(end) {
        let noun = thing(reader, end + 1).filter(|_| !reader.senses(end + 1).measure);
        let counted = noun.map_or(end..end + 1, |noun| noun..noun + 1);
        let unit = unit(reader, counted.clone());
        return Some(found(counted.end).of(&unit));
    }
    // Behind a name or a word like one, a number is part of what it names ("Boeing 737 jatuh");
    // one of four digits is more often a year.
    let named = reader
        .before(at)
        .is_some_and(|before| before > reader.tokens.start && reader.is_capital(before));
    let year = amount.bare
        && amount.low.as_whole().and_then(calendar::as_year).is_some_and(|year| year >= 1900);
    if (named && !reader.headline) || year {
        return None;
    }
    let noun = thing(reader, end)?;
    Some(found(noun + 1).of(&unit(reader, noun..noun + 1)).of_things())
}

/// The measure in one token: "10km".
pub(super) fn glued(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let surface = reader.surface(at);
    let unit = surface.find(char::is_alphabetic)?;
    if !reader.is_free(at) || !surface.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (number, unit) = surface.split_at(unit);
    let unit = unit.to_lowercase();
    let number = Decimal::parse(number)?;
    let measure = reader.lexicon.senses(reader.lexicon.find(&unit)).measure;
    measure.then(|| Found::new(ValueKind::Quantity, at..at + 1, number.to_string()).of(&unit))
}

/// The words of a unit in lower case, with a space between them.
fn unit(reader: &Reader<'_>, tokens: Range<usize>) -> String {
    let mut unit = String::new();
    for at in tokens {
        let joined = matches!(reader.surface(at), "/" | "°") || unit.ends_with(['/', '°']);
        if !unit.is_empty() && !joined {
            unit.push(' ');
        }
        // "dua anaknya" counts "anak".
        let word = reader.folded(at);
        let bare = word.strip_suffix("nya").filter(|bare| *bare == reader.lemma(at));
        unit.push_str(bare.unwrap_or(word));
    }
    unit
}

/// One past the unit of measurement that begins at a token: `km`, `meter persegi`, `km/jam`,
/// `°C`.
fn measure(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if !reader.is_free(at) {
        return None;
    }
    if reader.surface(at) == "°" {
        return reader.senses(at + 1).second_measure.then_some(at + 2);
    }
    reader.senses(at).measure.then_some(())?;
    if reader.senses(at + 1).second_measure && reader.is_free(at + 1) {
        return Some(at + 2);
    }
    let rate = reader.surface(at + 1) == "/" && reader.senses(at + 2).period.is_some();
    Some(if rate { at + 3 } else { at + 1 })
}

/// The token when it is a word for things that can be counted, as far as its form tells: no
/// function word and no verb, in lower case but for headlines.
pub(super) fn thing(reader: &Reader<'_>, at: usize) -> Option<usize> {
    if !reader.is_free_word(at) || (reader.is_capital(at) && !reader.headline) {
        return None;
    }
    let senses = reader.senses(at);
    let folded = reader.folded(at);
    if senses.counted {
        return Some(at);
    }
    let other = senses.uncounted
        || senses.number.is_some()
        || senses.power.is_some()
        || senses.vague.is_some()
        || senses.clock
        || senses.month.is_some()
        || senses.weekday.is_some()
        || senses.day.is_some()
        || senses.direction.is_some();
    // A digit in it tells of glued text ("3 poin4 kali").
    let is_word = folded.len() > 1 && !folded.contains(|c: char| c.is_ascii_digit());
    (is_word && !other && !is_verb(folded, reader.lemma(at))).then_some(at)
}

/// Whether the form is that of a verb: a prefix of verbs before a shorter lemma.
fn is_verb(folded: &str, lemma: &str) -> bool {
    let prefixed = ["di", "me", "ber", "ter"].iter().any(|prefix| folded.starts_with(prefix));
    prefixed && lemma.len() < folded.len()
}

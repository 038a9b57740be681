//! Money: "Rp416 Triliun", "US$ 2,5 juta", "belasan juta rupiah", "95 juta dolar AS".

use nukil_types::ValueKind;

use super::found::Found;
use super::numbers::{self, Amount};
use super::reader::Reader;

/// The money whose currency begins at a token: `Rp 2-3 miliar`, `US$2,5 juta`, `$5`, `IDR 300`.
pub(super) fn at(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let (currency, start) = before(reader, at)?;
    let amount = numbers::amount(reader, start, true)?;
    let mut end = amount.end;
    // "Rp 50.000,-"
    if reader.surface(end) == "," && matches!(reader.surface(end + 1), "-" | "–" | "—") {
        end += 2;
    } else if reader.surface(end) == ",-" {
        end += 1;
    }
    Some(Found::new(ValueKind::Money, at..end, amount.value()).of(currency))
}

/// The money whose amount is given and whose currency stands behind it: `500 ribu rupiah`, `95
/// juta dolar AS`, `4 juta won Korea Selatan`.
///
/// The country is part of it. Where a name holds the country, that is a mention of its own.
pub(super) fn behind(reader: &Reader<'_>, at: usize, amount: &Amount) -> Option<Found> {
    let end = amount.end;
    let currency = reader.senses(end).currency_after.as_deref()?;
    // In "mutu 2 Rp 500" the currency belongs to the number behind it.
    let of_next = reader.senses(end).currency_before.is_some()
        && reader.surface(end + 1).starts_with(|c: char| c.is_ascii_digit());
    if !reader.is_free(end) || of_next {
        return None;
    }
    let country = reader.senses(end + 1).currency_country.as_deref();
    let (currency, end) = match country.filter(|_| reader.is_capital(end + 1)) {
        Some(country) => {
            let second =
                SECOND_WORDS.contains(&reader.folded(end + 2)) && reader.is_capital(end + 2);
            (country, end + 2 + usize::from(second))
        }
        None => (currency, end + 1),
    };
    Some(Found::new(ValueKind::Money, at..end, amount.value()).of(currency))
}

/// Second words of countries: Korea Selatan, Amerika Serikat, Selandia Baru, Arab Saudi.
const SECOND_WORDS: [&str; 6] = ["selatan", "serikat", "baru", "kong", "saudi", "darussalam"];

/// The money whose power is short and which counts nothing: `500jt`.
pub(super) fn short(reader: &Reader<'_>, at: usize, amount: &Amount) -> Option<Found> {
    let last = reader.folded(amount.end - 1);
    let suffix = last.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let short = reader.lexicon.senses(reader.lexicon.find(suffix)).short_power;
    short.then(|| Found::new(ValueKind::Money, at..amount.end, amount.value()).of("IDR"))
}

/// The ISO 4217 code of the currency that begins at a token, and one past it.
fn before<'r>(reader: &Reader<'r>, at: usize) -> Option<(&'r str, usize)> {
    let senses = reader.senses(at);
    let written = !reader.surface(at).starts_with(char::is_lowercase);
    if let Some(dollar) = senses.dollar_before.as_deref().filter(|_| written)
        && reader.surface(at + 1) == "$"
    {
        return Some((dollar, at + 2));
    }
    // "$AS 2 juta"
    if reader.surface(at) == "$"
        && let Some(country) = reader.senses(at + 1).currency_country.as_deref()
        && reader.is_capital(at + 1)
    {
        return Some((country, at + 2));
    }
    // Codes and "RM" are words of another kind in lower case; "rp" is not.
    let currency = senses.currency_before.as_deref()?;
    let stands = written || currency == "IDR";
    (stands && reader.is_free(at)).then_some((currency, at + 1))
}

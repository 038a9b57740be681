//! Shares: "24,1 persen", "6,2-6,8%", "puluhan persen".

use nukil_types::ValueKind;

use super::found::Found;
use super::numbers::Amount;
use super::reader::Reader;

/// The share whose amount is given and behind which "persen" or its sign stands.
pub(super) fn behind(reader: &Reader<'_>, at: usize, amount: &Amount) -> Option<Found> {
    let marked = reader.senses(amount.end).percent && reader.is_free(amount.end);
    let value = marked.then(|| amount.value())?;
    Some(Found::new(ValueKind::Percent, at..amount.end + 1, value).of("%"))
}

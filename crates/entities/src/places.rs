//! Which of the places of a name is meant: by level, by the other places of the document, and by
//! size.

use nukil_gazetteer::{Entry, EntryId, Gazetteer, Kind};
use nukil_types::Label;
use rustc_hash::FxHashSet;

/// The best reading of a name among its gazetteer entries with that label.
pub(crate) fn best_reading(
    gazetteer: &Gazetteer<'_>,
    readings: impl Iterator<Item = (EntryId, bool)>,
    label: &Label,
    known: &FxHashSet<&str>,
) -> Option<EntryId> {
    let mut best: Option<(f64, EntryId)> = None;
    for (id, primary) in readings {
        let entry = gazetteer.entry(id);
        if entry.kind.label() != *label {
            continue;
        }
        let score = score(&entry, primary, known);
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, id));
        }
    }
    best.map(|(_, id)| id)
}

fn score(entry: &Entry<'_>, primary: bool, known: &FxHashSet<&str>) -> f64 {
    let level = match entry.kind {
        Kind::Country => 10.0,
        Kind::Province | Kind::Continent | Kind::Region => 9.0,
        Kind::City => 8.0,
        Kind::Regency => 7.5,
        Kind::Island | Kind::State | Kind::Sea => 6.0,
        Kind::Town => 4.0,
        Kind::Mountain | Kind::River | Kind::Lake | Kind::Airport | Kind::Landmark => 5.0,
        Kind::District => 3.0,
        Kind::Village => 1.0,
        _ => 5.0,
    };
    let inside = entry.parent.is_some_and(|parent| known.contains(parent));
    let abroad = entry.kind == Kind::Town && entry.country.is_some_and(|c| known.contains(c));
    level
        + if inside { 3.0 } else { 0.0 }
        + if abroad { 2.0 } else { 0.0 }
        + if primary { 0.5 } else { 0.0 }
        + (f64::from(entry.population) + 1.0).log10() * 0.4
}

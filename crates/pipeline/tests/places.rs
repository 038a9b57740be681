//! Golden places: which of the places of a name is meant, as the whole chain reads it.

mod golden;

use nukil_types::{Document, Label};

/// The places as the golden file writes them.
fn found(document: &Document) -> Vec<String> {
    let places = document.entities.iter().filter(|entity| entity.label == Label::Location);
    let line = |entity: &nukil_types::Entity| {
        format!("> {} | {}", entity.name, entity.gazetteer_id.as_deref().unwrap_or("-"))
    };
    places.map(line).collect()
}

#[test]
fn golden_places() {
    golden::check(include_str!("places.txt"), 30, found);
}

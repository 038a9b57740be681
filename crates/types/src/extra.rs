//! The pass-through columns of a table whose columns come up as its documents do.

use std::collections::HashMap;

use crate::Document;

/// Names of the pass-through columns of `documents`, in the order in which they come up. What a
/// document costs grows with its own cells and the columns, and not with one times the other.
///
/// ```
/// use nukil_types::{Document, ExtraColumns};
///
/// let cell = |name: &str, cell: &str| (name.to_string(), cell.to_string());
/// let mut document = Document::new("a", "-", "Banjir di Demak.");
/// document.extra = vec![cell("rubrik", "daerah"), cell("penulis", "Ani")];
/// let mut columns = ExtraColumns::default();
/// columns.add(&document);
/// document.extra = vec![cell("penulis", "Budi")];
/// assert_eq!(columns.names(), ["rubrik", "penulis"]);
/// assert_eq!(columns.cells(&document), [None, Some("Budi")]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ExtraColumns {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl ExtraColumns {
    /// The names so far.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Adds the columns of a document that are new.
    pub fn add(&mut self, document: &Document) {
        for (at, (name, _)) in document.extra.iter().enumerate() {
            if self.place(at, name).is_none() {
                self.places.insert(name.clone(), self.names.len());
                self.names.push(name.clone());
            }
        }
    }

    /// The cells of a document under all columns so far.
    pub fn cells<'d>(&self, document: &'d Document) -> Vec<Option<&'d str>> {
        let mut cells = vec![None; self.names.len()];
        for (at, (name, cell)) in document.extra.iter().enumerate() {
            if let Some(place) = self.place(at, name) {
                cells[place] = Some(cell.as_str());
            }
        }
        cells
    }

    /// The place of a column. Nearly always a document has its columns in the order of the table.
    fn place(&self, at: usize, name: &str) -> Option<usize> {
        match self.names.get(at) {
            Some(known) if known == name => Some(at),
            _ => self.places.get(name).copied(),
        }
    }
}

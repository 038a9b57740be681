//! Pass-through columns beyond the number that a table can have.
//!
//! Every record may bring columns of its own. A table of all of them would have as many cells as the
//! square of the records.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// Most pass-through columns of a run.
const MOST: usize = 2_000;
/// The column that holds the others, as a JSON object.
const FURTHER: &str = "further_columns";

/// The pass-through columns so far.
#[derive(Default)]
pub(crate) struct Further(HashSet<String>);

impl Further {
    /// Puts the cells of a document whose columns come up when there are as many as there can be
    /// into one cell.
    pub fn gather(&mut self, extra: &mut Vec<(String, String)>) {
        let mut further = Map::new();
        extra.retain_mut(|(name, cell)| {
            let known = self.0.contains(name);
            if !known && self.0.len() < MOST {
                self.0.insert(name.clone());
                return true;
            }
            if !known {
                further.insert(std::mem::take(name), Value::String(std::mem::take(cell)));
            }
            known
        });
        if !further.is_empty() {
            let mut name = FURTHER.to_string();
            while self.0.contains(&name) {
                name.push('_');
            }
            extra.push((name, Value::Object(further).to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_beyond_the_limit_share_a_cell() {
        let mut columns = Further::default();
        let cells = |names: std::ops::Range<usize>| -> Vec<_> {
            names.map(|at| (format!("k{at}"), at.to_string())).collect()
        };
        let mut first = cells(0..1_999);
        columns.gather(&mut first);
        assert_eq!(first, cells(0..1_999));
        let mut second = cells(1_998..2_002);
        columns.gather(&mut second);
        let further = (FURTHER.to_string(), r#"{"k2000":"2000","k2001":"2001"}"#.to_string());
        assert_eq!(second, [cells(1_998..2_000), vec![further]].concat());
    }
}

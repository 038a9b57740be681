use std::collections::{HashMap, HashSet};

use crate::rows::columns;

/// Names of the columns of a table of articles that the program uses. All others pass through to
/// the table `documents`.
///
/// ```
/// use nukil_types::{Fields, Role};
///
/// let fields = Fields { text: "isi".to_string(), ..Fields::default() };
/// let header = ["id", "isi", "rubrik", "source", "rubrik", ""];
/// let columns = fields.columns(&header);
/// assert_eq!(columns[1], ("isi".to_string(), Role::Text));
/// let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names, ["id", "isi", "rubrik", "input_source", "rubrik_2", "column_6"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Identifier of the document.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its text; the only column that must be there.
    pub text: String,
    /// Its date of publication.
    pub date: String,
}

impl Default for Fields {
    fn default() -> Self {
        Fields {
            id: "id".to_string(),
            title: "title".to_string(),
            text: "text".to_string(),
            date: "date".to_string(),
        }
    }
}

/// What a column of a table of articles is to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The identifiers.
    Id,
    /// The headlines.
    Title,
    /// The texts.
    Text,
    /// The dates of publication.
    Date,
    /// Nothing: the column passes through.
    PassThrough,
}

impl Fields {
    /// The role of a column of this name.
    pub fn role(&self, name: &str) -> Role {
        // The text first: whoever names one column twice can do without the other meaning.
        if name == self.text {
            Role::Text
        } else if name == self.title {
            Role::Title
        } else if name == self.id {
            Role::Id
        } else if name == self.date {
            Role::Date
        } else {
            Role::PassThrough
        }
    }

    /// Names and roles of the columns of a table, a pass-through column under its name in
    /// `documents`. Of two with one name the first keeps it, and serves; a column without a name,
    /// as data frames write their index, is called by its place.
    pub fn columns(&self, header: &[impl AsRef<str>]) -> Vec<(String, Role)> {
        let mut columns: Vec<(String, Role)> = Vec::with_capacity(header.len());
        let mut known: HashSet<String> = HashSet::with_capacity(header.len());
        // Of a name that comes again the number that it gets next.
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut served: Vec<Role> = Vec::new();
        for (at, name) in header.iter().enumerate() {
            let name = name.as_ref().trim();
            let role = self.role(name);
            if role != Role::PassThrough && !served.contains(&role) {
                served.push(role);
                known.insert(name.to_string());
                columns.push((name.to_string(), role));
                continue;
            }
            let name = match name {
                "" => format!("column_{}", at + 1),
                name => pass_through_name(name.to_string()),
            };
            let mut unique = name.clone();
            while known.contains(&unique) {
                let count = counts.entry(name.clone()).or_insert(2);
                unique = format!("{name}_{count}");
                *count += 1;
            }
            known.insert(unique.clone());
            columns.push((unique, Role::PassThrough));
        }
        columns
    }
}

/// The name under which a pass-through column appears in `documents`.
///
/// A name that `documents` itself uses gets the prefix `input_`: `source` becomes
/// `input_source`, and so that no two names meet, `input_source` becomes `input_input_source`.
pub fn pass_through_name(name: String) -> String {
    let mut bare = name.as_str();
    while let Some(rest) = bare.strip_prefix("input_") {
        bare = rest;
    }
    if columns::DOCUMENTS.contains(&bare) { format!("input_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_our_own_columns_are_prefixed_and_stay_apart() {
        let renamed = |name: &str| pass_through_name(name.to_string());
        assert_eq!(renamed("rubrik"), "rubrik");
        assert_eq!(renamed("source"), "input_source");
        assert_eq!(renamed("input_source"), "input_input_source");
        assert_eq!(renamed("input_rubrik"), "input_rubrik");
    }
}

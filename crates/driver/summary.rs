//! The short picture at the end of a run: who, where, which organisations and what about,
//! counted over all documents.

use std::collections::HashMap;
use std::fmt::{self, Display};

use nukil_types::{Document, Label};

use crate::messages::{grouped, printable};

/// Rows of each list.
const ROWS: usize = 6;
/// Characters of the longest name shown whole.
const WIDTH: usize = 44;
/// Names counted at most. Past it those met in a single document are forgotten, so that the
/// picture of an endless collection stays small; what leads the lists is never among them.
const MOST_NAMES: usize = 400_000;

/// Counts what the documents of a run name.
#[derive(Default)]
pub struct Tally {
    people: Names,
    places: Names,
    organisations: Names,
    keywords: Names,
}

impl Tally {
    /// Counts the entities and keywords of one document.
    pub fn add(&mut self, document: &Document) {
        for entity in &document.entities {
            let names = match entity.label {
                Label::Person => &mut self.people,
                Label::Location => &mut self.places,
                Label::Organisation => &mut self.organisations,
                _ => continue,
            };
            names.add(&printable(&entity.name), entity.gazetteer_id.as_deref(), entity.mentions);
        }
        // Names have their own lists; what is left says what the documents are about.
        for keyword in document.keywords.iter().filter(|keyword| !keyword.is_entity) {
            self.keywords.add(&printable(&keyword.text.to_lowercase()), None, keyword.count);
        }
    }
}

#[derive(Default)]
struct Names(HashMap<String, Count>);

#[derive(Clone, Default)]
struct Count {
    documents: u64,
    mentions: u64,
    gazetteer_id: Option<String>,
}

impl Names {
    fn add(&mut self, name: &str, gazetteer_id: Option<&str>, mentions: usize) {
        if let Some(count) = self.0.get_mut(name) {
            count.documents += 1;
            count.mentions += mentions as u64;
            return;
        }
        if self.0.len() >= MOST_NAMES {
            self.0.retain(|_, count| count.documents > 1);
        }
        let gazetteer_id = gazetteer_id.map(str::to_string);
        let count = Count { documents: 1, mentions: mentions as u64, gazetteer_id };
        self.0.insert(name.to_string(), count);
    }

    /// The leading names, those of one gazetteer entry counted together under the commonest.
    fn leading(&self) -> Vec<(&str, Count)> {
        let mut sorted: Vec<_> =
            self.0.iter().map(|(name, count)| (name.as_str(), count.clone())).collect();
        let order = |a: &(&str, Count), b: &(&str, Count)| {
            (b.1.documents, b.1.mentions, a.0).cmp(&(a.1.documents, a.1.mentions, b.0))
        };
        sorted.sort_unstable_by(order);
        let mut first: HashMap<String, usize> = HashMap::new();
        let mut merged: Vec<(&str, Count)> = Vec::new();
        for (name, count) in sorted {
            if let Some(id) = &count.gazetteer_id {
                if let Some(&at) = first.get(id) {
                    merged[at].1.documents += count.documents;
                    merged[at].1.mentions += count.mentions;
                    continue;
                }
                first.insert(id.clone(), merged.len());
            }
            merged.push((name, count));
        }
        merged.sort_unstable_by(order);
        merged.truncate(ROWS);
        merged
    }
}

/// One list after another, their columns in line.
impl Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = [
            ("People", &self.people, "mentions"),
            ("Places", &self.places, "mentions"),
            ("Organisations", &self.organisations, "mentions"),
            ("Keywords", &self.keywords, "times"),
        ]
        .map(|(title, names, unit)| (title, names.leading(), unit));
        let width = lists
            .iter()
            .flat_map(|(_, rows, _)| rows)
            .map(|(name, _)| name.chars().count().min(WIDTH))
            .max()
            .unwrap_or_default()
            .max("Organisations".len());
        for (title, rows, unit) in lists.iter().filter(|(_, rows, _)| !rows.is_empty()) {
            writeln!(f, "\n{title:<width$}    {:>10}  {unit:>10}", "documents", width = width)?;
            for (name, count) in rows {
                let name = shortened(name);
                let (documents, mentions) = (grouped(count.documents), grouped(count.mentions));
                writeln!(f, "  {name:<width$}  {documents:>10}  {mentions:>10}")?;
            }
        }
        Ok(())
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= WIDTH {
        return name.to_string();
    }
    let mut name: String = name.chars().take(WIDTH - 1).collect();
    name.push('…');
    name
}

#[cfg(test)]
mod tests {
    use nukil_types::{Entity, Keyword};

    use super::*;

    fn entity(label: Label, name: &str, id: Option<&str>, mentions: usize) -> Entity {
        Entity {
            label,
            kind: None,
            name: name.to_string(),
            aliases: Vec::new(),
            roles: Vec::new(),
            gazetteer_id: id.map(str::to_string),
            country: None,
            province: None,
            regency: None,
            latitude: None,
            longitude: None,
            mentions,
            first_start: 0,
            salience: 0.0,
        }
    }

    fn keyword(text: &str, is_entity: bool) -> Keyword {
        Keyword {
            text: text.to_string(),
            lemma: String::new(),
            family: String::new(),
            score: 1.0,
            count: 2,
            is_entity,
            first_start: 0,
            occurrences: Vec::new(),
        }
    }

    #[test]
    fn the_picture_of_three_documents() {
        let mut tally = Tally::default();
        let mut document = Document::new("1", "-", "");
        document.entities = vec![
            entity(Label::Person, "Budi Santoso", None, 1200),
            entity(Label::Location, "Amerika Serikat", Some("iso:US"), 2),
            entity(Label::Location, "Demak", Some("id:33.21"), 3),
        ];
        document.keywords = vec![keyword("Banjir Rob", false), keyword("Demak", true)];
        tally.add(&document);
        document.keywords[0].text = "banjir rob".to_string();
        tally.add(&document);
        document.entities = vec![entity(Label::Location, "AS", Some("iso:US"), 1)];
        document.keywords.clear();
        tally.add(&document);
        assert_eq!(
            tally.to_string(),
            "
People              documents    mentions
  Budi Santoso              2       2,400

Places              documents    mentions
  Amerika Serikat           3           5
  Demak                     2           6

Keywords            documents       times
  banjir rob                2           4
"
        );
    }
}

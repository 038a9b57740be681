//! A user's own gazetteer: CSV (`name,label,id,aliases`) or spaCy's pattern JSON Lines.

use std::ops::Range;

use nukil_types::{Document, Label};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::automaton::{bare, key, plain};
use crate::{Asserted, Tokenize};

/// Most bytes of a name. What is longer is no name, and would be looked for at every token.
const LONGEST_NAME: usize = 1000;

/// Names that a user asserts. Matched whatever their case in the text, longest first.
#[derive(Clone, Debug, Default)]
pub struct UserGazetteer {
    entries: Vec<UserEntry>,
    /// From the key of a phrase to its entry; a later row overrules an earlier one.
    phrases: FxHashMap<String, usize>,
    /// First tokens of phrases, with the length in tokens of the longest.
    starts: FxHashMap<String, usize>,
}

#[derive(Clone, Debug)]
struct UserEntry {
    name: String,
    label: Label,
    id: Option<String>,
}

/// A gazetteer file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct UserError {
    /// Line in the file, from 1.
    pub line: u64,
    /// What was found, and what was expected.
    pub reason: String,
}

#[derive(Deserialize)]
struct CsvRow {
    name: String,
    label: String,
    id: Option<String>,
    aliases: Option<String>,
}

#[derive(Deserialize)]
struct SpacyRow {
    label: String,
    pattern: SpacyPattern,
    id: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SpacyPattern {
    Phrase(String),
    Tokens(Vec<serde_json::Map<String, serde_json::Value>>),
}

impl UserGazetteer {
    /// Whether it holds no name.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds the rows of a CSV text with the columns `name` and `label`, and perhaps `id` and
    /// `aliases` (joined by `|`).
    ///
    /// # Errors
    /// [`UserError`] for the first row that cannot be read.
    pub fn add_csv(&mut self, text: &str, tokenize: Tokenize<'_>) -> Result<(), UserError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let error = |line, reason: String| UserError { line, reason };
        let headers = reader.headers().map_err(|e| error(1, e.to_string()))?.clone();
        for wanted in ["name", "label"] {
            if !headers.iter().any(|header| header == wanted) {
                let found = headers.iter().collect::<Vec<_>>().join(", ");
                let reason = format!(
                    "no column {wanted:?}; expected the header name,label,id,aliases, found {found}"
                );
                return Err(error(1, reason));
            }
        }
        for record in reader.records() {
            let record = record
                .map_err(|e| error(e.position().map_or(0, csv::Position::line), e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() > headers.len() {
                let reason = format!(
                    "{} fields, expected {}; a name with a comma needs quotes",
                    record.len(),
                    headers.len()
                );
                return Err(error(line, reason));
            }
            let row: CsvRow =
                record.deserialize(Some(&headers)).map_err(|e| error(line, e.to_string()))?;
            let aliases = row.aliases.unwrap_or_default();
            let forms: Vec<&str> =
                std::iter::once(row.name.as_str()).chain(aliases.split('|')).collect();
            self.add(&row.name, &row.label, row.id, &forms, tokenize)
                .map_err(|reason| error(line, reason))?;
        }
        Ok(())
    }

    /// Adds the lines of a spaCy pattern file: `{"label": "ORG", "pattern": "…", "id": "…"}`.
    /// A pattern is a phrase, or a list of tokens that give `LOWER`, `TEXT` or `ORTH`.
    ///
    /// # Errors
    /// [`UserError`] for the first line that cannot be read.
    pub fn add_spacy(&mut self, text: &str, tokenize: Tokenize<'_>) -> Result<(), UserError> {
        for (index, line) in text.lines().enumerate() {
            let number = index as u64 + 1;
            let error = |reason| UserError { line: number, reason };
            if line.trim().is_empty() {
                continue;
            }
            let row: SpacyRow = serde_json::from_str(line).map_err(|e| {
                error(format!(
                    "column {}: {e}; expected {{\"label\": …, \"pattern\": …}}",
                    e.column()
                ))
            })?;
            let phrase = row.pattern.phrase().map_err(error)?;
            self.add(&phrase, &row.label, row.id, &[phrase.as_str()], tokenize).map_err(error)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        name: &str,
        label: &str,
        id: Option<String>,
        forms: &[&str],
        tokenize: Tokenize<'_>,
    ) -> Result<(), String> {
        if name.trim().is_empty() || label.trim().is_empty() {
            return Err("a row needs a name and a label".to_string());
        }
        if let Some(form) = forms.iter().find(|form| form.len() > LONGEST_NAME) {
            let length = form.len();
            return Err(format!("a name of {length} bytes; expected at most {LONGEST_NAME}"));
        }
        let index = self.entries.len();
        self.entries.push(UserEntry {
            name: name.trim().to_string(),
            label: Label::parse(label.trim()),
            id: id.filter(|id| !id.is_empty()),
        });
        for form in forms.iter().map(|form| form.trim()).filter(|form| !form.is_empty()) {
            let tokens = tokenize(form);
            let Some(first) = tokens.first() else {
                return Err(format!("{form:?} holds no word"));
            };
            let longest = self.starts.entry(key(std::slice::from_ref(first))).or_default();
            *longest = tokens.len().max(*longest);
            self.phrases.insert(key(&tokens), index);
        }
        Ok(())
    }

    pub(crate) fn longest_at(
        &self,
        document: &Document,
        tokens: Range<usize>,
    ) -> Option<Asserted<'_>> {
        if self.is_empty() || tokens.is_empty() {
            return None;
        }
        let mut phrase = String::new();
        let mut best = None;
        let mut longest = 1;
        for (length, token) in document.tokens[tokens].iter().enumerate() {
            if length >= longest {
                break;
            }
            if length > 0 {
                phrase.push(' ');
            }
            phrase.extend(bare(document.folded(token)).chars().map(plain));
            if length == 0 {
                longest = *self.starts.get(&phrase)?;
            }
            if let Some(&index) = self.phrases.get(&phrase) {
                best = Some((length + 1, index));
            }
        }
        best.map(|(length, index)| {
            let entry = &self.entries[index];
            Asserted { length, label: &entry.label, id: entry.id.as_deref(), name: &entry.name }
        })
    }
}

impl SpacyPattern {
    fn phrase(self) -> Result<String, String> {
        let tokens = match self {
            SpacyPattern::Phrase(phrase) => return Ok(phrase),
            SpacyPattern::Tokens(tokens) => tokens,
        };
        let word = |token: &serde_json::Map<String, serde_json::Value>| {
            const KNOWN: [&str; 3] = ["LOWER", "TEXT", "ORTH"];
            // Left out of account, an attribute would change what the pattern matches.
            if let Some(other) = token.keys().find(|name| !KNOWN.contains(&name.as_str())) {
                return Err(format!(
                    "the attribute {other:?} of a token is not supported; expected LOWER, TEXT or \
                     ORTH with a string, and nothing else"
                ));
            }
            let mut values = token.values();
            match (values.next().and_then(|value| value.as_str()), values.next()) {
                (Some(word), None) => Ok(word.to_string()),
                _ => Err("a token pattern needs one of LOWER, TEXT and ORTH, with a string; \
                          operators and other attributes are not supported"
                    .to_string()),
            }
        };
        Ok(tokens.iter().map(word).collect::<Result<Vec<_>, _>>()?.join(" "))
    }
}

//! JSON Lines: one object, one document, a line.

use std::collections::HashMap;
use std::fmt;
use std::io::{BufRead, Read};

use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde_json::Value;

use super::decode;
use super::fields::{Fields, Problem, Role, Row, pass_through_name, value};
use super::open::unreadable;
use crate::Limits;

/// A line buffer that has grown past this is given back after its line.
const KEPT_CAPACITY: usize = 1 << 20;

/// The rows of a JSON Lines stream.
pub(crate) struct JsonLines<R> {
    stream: R,
    fields: Fields,
    limits: Limits,
    line: Vec<u8>,
    /// Lines begun, blank ones included.
    number: u64,
    /// Documents begun.
    position: u64,
    done: bool,
}

impl<R: BufRead> JsonLines<R> {
    pub fn new(stream: R, fields: Fields, limits: Limits) -> Self {
        JsonLines { stream, fields, limits, line: Vec::new(), number: 0, position: 0, done: false }
    }

    /// Reads the next line into the buffer, without its end; false at the end of the file.
    fn next_line(&mut self) -> Result<bool, Problem> {
        self.line.clear();
        self.line.shrink_to(KEPT_CAPACITY);
        // One byte more than allowed tells a line that is too long from one that just fits.
        let limit = self.limits.max_record_bytes.saturating_add(1);
        self.number += 1;
        let read = (&mut self.stream).take(limit as u64).read_until(b'\n', &mut self.line);
        match read {
            Ok(0) => return Ok(false),
            Ok(_) => {}
            Err(error) => {
                self.done = true;
                let problem = unreadable(error);
                return Err(Problem::new(format!("line {}: {}", self.number, problem.reason)));
            }
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if self.line.len() > self.limits.max_record_bytes {
            // A failure to skip is met again, and told, by the next read.
            let _ = self.stream.skip_until(b'\n');
            self.position += 1;
            return Err(Problem::new(format!(
                "line {}: longer than {} bytes",
                self.number, self.limits.max_record_bytes
            )));
        }
        Ok(true)
    }

    fn parse(&mut self) -> Result<Row, Problem> {
        let number = self.number;
        let line = decode::text(&self.line);
        // Whole files that are JSON but not JSON Lines would otherwise fail line after line.
        let line_trimmed = line.trim();
        if self.position == 1
            && (matches!(line_trimmed, "{" | "[") || line_trimmed.starts_with("[{"))
        {
            self.done = true;
            return Err(Problem::new(format!(
                "line {number}: not JSON Lines: expected one whole object on each line (jq -c '.' \
                 or jq -c '.[]' writes it so)"
            )));
        }
        let read = |line: &str| {
            let mut deserializer = serde_json::Deserializer::from_str(line);
            Object { fields: &self.fields }
                .deserialize(&mut deserializer)
                .and_then(|parsed| deserializer.end().map(|()| parsed))
        };
        let parsed = read(&line)
            .or_else(|error| mended(&line).and_then(|line| read(&line).ok()).ok_or(error))
            .map_err(|error| Problem::new(json_reason(number, &error)))?;
        let Parsed { id, title, text, date, extra } = parsed;
        let Some(mut text) = text else {
            return Err(Problem::of(
                id,
                format!(
                    "line {number}: no text in field {:?}; --text-field names another",
                    self.fields.text
                ),
            ));
        };
        let truncated = self.limits.cut(&mut text);
        Ok(Row { id, position: self.position, title, text, date, extra, truncated, page: None })
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.next_line() {
                Ok(true) => {}
                Ok(false) => break,
                Err(problem) => return Some(Err(problem)),
            }
            if self.line.trim_ascii().is_empty() {
                continue;
            }
            self.position += 1;
            return Some(self.parse());
        }
        self.done = true;
        None
    }
}

/// A line without what Python and JavaScript write and JSON does not have, if there is any: halves
/// of surrogate pairs become U+FFFD, `NaN` and `Infinity` become `null`.
fn mended(line: &str) -> Option<String> {
    let mut mended = String::with_capacity(line.len());
    let mut rest = line;
    let (mut in_string, mut changed) = (false, false);
    while let Some(at) = rest
        .find(|c: char| matches!(c, '"' | '\\') || !in_string && (c == 'N' || c == 'I' || c == '-'))
    {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let (taken, put) = if rest.starts_with('"') {
            in_string = !in_string;
            (1, "\"")
        } else if let Some(behind) = rest.strip_prefix("\\u") {
            match (surrogate(behind), behind.get(4..).and_then(|it| it.strip_prefix("\\u"))) {
                (Some(false), Some(second)) if surrogate(second) == Some(true) => (12, &rest[..12]),
                (Some(_), _) => {
                    changed = true;
                    (6, "\\ufffd")
                }
                (None, _) => (2, "\\u"),
            }
        } else if let Some(behind) = rest.strip_prefix('\\') {
            let length = 1 + behind.chars().next().map_or(0, char::len_utf8);
            (length, &rest[..length])
        } else {
            let number = ["NaN", "Infinity", "-Infinity", "-NaN"];
            match number.iter().find(|number| rest.starts_with(**number)) {
                Some(number) => {
                    changed = true;
                    (number.len(), "null")
                }
                None => (1, &rest[..1]),
            }
        };
        mended.push_str(put);
        rest = &rest[taken..];
    }
    mended.push_str(rest);
    changed.then_some(mended)
}

/// Whether four hexadecimal digits are a half of a surrogate pair, and which: the second is true.
fn surrogate(digits: &str) -> Option<bool> {
    match u16::from_str_radix(digits.get(..4)?, 16).ok()? {
        0xD800..=0xDBFF => Some(false),
        0xDC00..=0xDFFF => Some(true),
        _ => None,
    }
}

/// The parser's message with the line of the file; it sees a single line and says "line 1".
fn json_reason(number: u64, error: &serde_json::Error) -> String {
    let column = error.column();
    let message = error.to_string();
    let message = message
        .strip_suffix(&format!(" at line {} column {column}", error.line()))
        .unwrap_or(&message);
    format!("line {number}, column {column}: {message}")
}

/// What is taken from an object.
#[derive(Default)]
struct Parsed {
    id: Option<String>,
    title: Option<String>,
    text: Option<String>,
    date: Option<String>,
    extra: Vec<(String, String)>,
}

/// Reads an object straight into its parts, without a tree of it.
struct Object<'f> {
    fields: &'f Fields,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = Parsed;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Parsed, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = Parsed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parsed, A::Error> {
        let mut parsed = Parsed::default();
        let mut places: HashMap<String, u32> = HashMap::new();
        while let Some(name) = map.next_key::<String>()? {
            // A key that comes twice counts as its last value, as JSON parsers mostly have it.
            match self.fields.role(&name) {
                Role::Text => parsed.text = map.next_value()?,
                Role::Id => parsed.id = scalar(map.next_value()?).map_err(A::Error::custom)?,
                Role::Title => {
                    parsed.title = scalar(map.next_value()?).map_err(A::Error::custom)?
                }
                Role::Date => parsed.date = scalar(map.next_value()?).map_err(A::Error::custom)?,
                Role::PassThrough => {
                    let cell = match map.next_value()? {
                        Value::Null => String::new(),
                        Value::String(cell) => cell,
                        other => other.to_string(),
                    };
                    let name = pass_through_name(name);
                    match places.get(&name) {
                        Some(&at) => parsed.extra[at as usize].1 = cell,
                        None => {
                            places.insert(name.clone(), parsed.extra.len() as u32);
                            parsed.extra.push((name, cell));
                        }
                    }
                }
            }
        }
        Ok(parsed)
    }
}

/// An identifier, title or date; numbers serve as well as strings.
fn scalar(given: Value) -> Result<Option<String>, String> {
    match given {
        Value::Null => Ok(None),
        Value::String(given) => Ok(value(&given)),
        Value::Number(given) => Ok(Some(given.to_string())),
        other => Err(format!("expected a string or a number, found {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(input: &[u8], limits: Limits) -> Vec<Result<Row, Problem>> {
        JsonLines::new(input, Fields::default(), limits).collect()
    }

    fn reasons(input: &[u8]) -> Vec<String> {
        rows(input, Limits::default())
            .into_iter()
            .map(|row| match row {
                Ok(row) => format!("row {}", row.position),
                Err(problem) => problem.reason,
            })
            .collect()
    }

    #[test]
    fn fields_and_other_columns_of_a_line() {
        let input =
            r#"{"id": 7, "rubrik": "daerah", "text": "Banjir di Demak.", "title": " Banjir ",
"#
            .trim_end()
            .to_string()
                + r#" "date": "1/2/2024", "source": "antara", "tags": ["a", {"b": 1.5}], "kosong": null}"#;
        let rows = rows(input.as_bytes(), Limits::default());
        let row = rows[0].as_ref().unwrap();
        assert_eq!(row.id.as_deref(), Some("7"));
        assert_eq!(row.title.as_deref(), Some("Banjir"));
        assert_eq!(row.date.as_deref(), Some("1/2/2024"));
        assert_eq!(row.text, "Banjir di Demak.");
        let extra: Vec<_> =
            row.extra.iter().map(|(name, cell)| (name.as_str(), cell.as_str())).collect();
        assert_eq!(
            extra,
            [
                ("rubrik", "daerah"),
                ("input_source", "antara"),
                ("tags", r#"["a",{"b":1.5}]"#),
                ("kosong", "")
            ]
        );
    }

    #[test]
    fn a_bad_line_is_told_with_line_and_column_and_the_others_go_on() {
        let input = b"{\"text\": \"satu\"}\n\n{\"text\": dua}\n{\"text\": 3}\n{\"isi\": \"x\"}\n\
            {\"text\": \"\xC3(\"}\n{\"text\": null}\n[1]\n{\"text\": \"a\"} x\n{\"text\":\"b\"}\r\n";
        assert_eq!(
            reasons(input),
            [
                "row 1",
                "line 3, column 10: expected value",
                "line 4, column 10: invalid type: integer `3`, expected a string",
                "line 5: no text in field \"text\"; --text-field names another",
                "row 5",
                "line 7: no text in field \"text\"; --text-field names another",
                "line 8, column 0: invalid type: sequence, expected an object",
                "line 9, column 15: trailing characters",
                "row 9",
            ]
        );
    }

    #[test]
    fn what_json_does_not_have_is_mended() {
        let rows = rows(
            br#"{"id": NaN, "text": "a\ud83d \ud83d\ude00 \\ud83d \ude00NaN", "x": -Infinity, "y": [NaN, -1]}"#,
            Limits::default(),
        );
        let row = rows[0].as_ref().unwrap();
        assert_eq!(row.id, None);
        assert_eq!(row.text, "a\u{fffd} \u{1f600} \\ud83d \u{fffd}NaN");
        let extra: Vec<_> = row.extra.iter().map(|(_, cell)| cell.as_str()).collect();
        assert_eq!(extra, ["", "[null,-1]"]);
        // Another error of the line is told where it is.
        let reasons = reasons(b"{\"x\": NaN, \"text\": a}");
        assert_eq!(reasons, ["line 1, column 7: expected value"]);
    }

    #[test]
    fn a_file_of_one_pretty_printed_value_fails_once() {
        for input in ["[\n{\"text\": \"a\"}\n]\n", "{\n\"text\": \"a\"\n}\n", "[{\"text\": \"a\"}]"]
        {
            let reasons = reasons(input.as_bytes());
            assert_eq!(reasons.len(), 1, "{reasons:?}");
            assert!(reasons[0].starts_with("line 1: not JSON Lines"), "{reasons:?}");
        }
    }

    #[test]
    fn a_line_too_long_is_skipped_without_being_held() {
        let limits = Limits { max_record_bytes: 20, ..Limits::default() };
        let input = format!(
            "{{\"text\":\"pas 12345\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"c\"}}\n",
            "x".repeat(999)
        );
        let rows = rows(input.as_bytes(), limits);
        assert_eq!(rows[0].as_ref().unwrap().text, "pas 12345");
        assert_eq!(rows[1].as_ref().unwrap_err().reason, "line 2: longer than 20 bytes");
        assert_eq!(rows[2].as_ref().unwrap().position, 3);
    }
}

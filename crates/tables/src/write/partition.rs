//! Tables split into folders by a value, as Hive lays them out: `published=2022-09-20/`.

use nukil_types::Document;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What tables are split by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartitionBy {
    /// Nothing: a table is a file.
    #[default]
    None,
    /// The day of publication: `published=2022-09-20`.
    Date,
    /// The input that a document came from: `source=arsip%2F2022.jsonl`.
    Source,
}

/// The value of rows that have none.
const DEFAULT: &str = "__HIVE_DEFAULT_PARTITION__";

/// The characters that Hive escapes.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b'*')
    .add(b'/')
    .add(b':')
    .add(b'=')
    .add(b'?')
    .add(b'\\')
    .add(b'[')
    .add(b']')
    .add(b'^')
    .add(b'{')
    .add(b'}')
    // Windows takes none of these in a name.
    .add(b'<')
    .add(b'>')
    .add(b'|');

impl PartitionBy {
    /// The name of the folder that the rows of a document belong to; nothing where tables are not
    /// split.
    pub(crate) fn folder(self, document: &Document) -> Option<String> {
        let (column, value) = match self {
            PartitionBy::None => return None,
            PartitionBy::Date => {
                let day = document.published.as_deref().filter(|date| is_day(date));
                ("published", day.unwrap_or_default())
            }
            PartitionBy::Source => ("source", document.source.as_str()),
        };
        Some(match value {
            "" => format!("{column}={DEFAULT}"),
            value => format!("{column}={}", utf8_percent_encode(value, ESCAPED)),
        })
    }
}

/// Whether `date` has the form of a full ISO 8601 date.
fn is_day(date: &str) -> bool {
    date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_named_as_hive_names_it() {
        let mut document = Document::new("a", "arsip/2022 (a=b).jsonl", "");
        assert_eq!(PartitionBy::None.folder(&document), None);
        let source = PartitionBy::Source.folder(&document).unwrap();
        assert_eq!(source, "source=arsip%2F2022 (a%3Db).jsonl");
        for (published, folder) in [
            (None, "published=__HIVE_DEFAULT_PARTITION__"),
            (Some("2022-09-20"), "published=2022-09-20"),
            (Some("2022-09"), "published=__HIVE_DEFAULT_PARTITION__"),
            (Some("20 September"), "published=__HIVE_DEFAULT_PARTITION__"),
        ] {
            document.published = published.map(str::to_string);
            assert_eq!(PartitionBy::Date.folder(&document).unwrap(), folder);
        }
    }
}

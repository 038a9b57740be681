//! Tables split into folders by a value, as Hive lays them out: `published=2022-09-20/`.

use nukil_types::Document;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::Digest;

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

/// Most bytes of the name of a folder that every file system takes.
const LONGEST_NAME: usize = 255;

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
            value => folder_name(column, value),
        })
    }
}

/// Whether rows of a partition can lie in a folder of this name.
pub(crate) fn is_partition(name: &str) -> bool {
    let known = ["published=", "source="].iter().any(|column| name.starts_with(column));
    known && !name.contains(['/', '\\', '\0'])
}

/// The name of a folder. What file systems would not take is shortened between two characters, and a
/// digest of the whole value keeps it apart from others that begin alike.
fn folder_name(column: &str, value: &str) -> String {
    let name = format!("{column}={}", utf8_percent_encode(value, ESCAPED));
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let digest = format!("~{}", Digest::of(value.as_bytes()));
    let mut name = format!("{column}=");
    for character in value.chars() {
        let length = name.len();
        name.extend(utf8_percent_encode(character.encode_utf8(&mut [0; 4]), ESCAPED));
        if name.len() + digest.len() > LONGEST_NAME {
            name.truncate(length);
            break;
        }
    }
    name + &digest
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
    fn a_long_name_is_shortened_between_characters_and_stays_apart_from_others() {
        let folder =
            |source: &str| PartitionBy::Source.folder(&Document::new("a", source, "")).unwrap();
        for padding in 0..4 {
            let long = format!("{}{}", "x".repeat(padding), "berita/ü/".repeat(60));
            let (one, other) = (folder(&long), folder(&format!("{long}x")));
            assert!(one.len() <= 255 && one.len() > 240, "{}", one.len());
            assert_ne!(one, other);
            let kept = one.split_once('~').unwrap().0;
            let decoded = percent_encoding::percent_decode_str(kept).decode_utf8();
            assert!(format!("source={long}").starts_with(&*decoded.unwrap()), "{kept}");
            assert!(is_partition(&one));
        }
    }

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

//! What holds for any input at all.

use std::fs;

use nukil_tables::{
    DatasetOptions, DatasetWriter, InputFormat, Limits, ReadOptions, Reader, columns,
};
use nukil_types::Document;
use proptest::prelude::*;

/// Bytes that come near to the formats: pieces of their syntax between arbitrary ones.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..8),
        "\\PC{0,8}".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "{\"text\":\"",
            "\"}",
            "\n",
            "\r\n",
            ",",
            ";",
            "\"",
            "id,text\n",
            "\u{FEFF}",
            "null",
            "\\ud83d",
            "[{",
            "{}",
            "\t",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        prop::sample::select(vec![
            &[0x1F, 0x8B, 8, 0][..],
            &[0x28, 0xB5, 0x2F, 0xFD, 0x20, 1],
            &[0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0],
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn readers_take_any_bytes_and_keep_to_the_limits(
        content in content(),
        format in prop::sample::select(vec![
            None, Some(InputFormat::Text), Some(InputFormat::JsonLines), Some(InputFormat::Csv),
            Some(InputFormat::Parquet),
        ]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("masukan");
        fs::write(&path, &content).unwrap();
        let limits = Limits { max_characters: 5, max_record_bytes: 40, ..Limits::default() };
        let options = ReadOptions { format, limits, ..ReadOptions::default() };
        for item in Reader::new(vec![path], options) {
            match item {
                Ok(document) => prop_assert!(document.text.chars().count() <= 5 + Limits::LOOKAHEAD),
                Err(failure) => prop_assert!(!failure.reason.is_empty()),
            }
        }
    }

    #[test]
    fn cells_of_any_text_come_back_from_the_table(
        cells in prop::collection::vec(("\\PC{0,6}", "[\\PC\n\r\"]{0,12}", "[a-c]", any::<String>()), 1..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = DatasetWriter::create(folder.path(), DatasetOptions::default()).unwrap();
        for (id, title, column, cell) in &cells {
            let mut document = Document::new(id, "-", "Teks.");
            document.title = Some(title.clone());
            document.extra.push((column.clone(), cell.clone()));
            writer.write(&document).unwrap();
        }
        writer.finish().unwrap();
        let mut reader = csv::Reader::from_path(folder.path().join("documents.csv")).unwrap();
        let header = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), cells.len());
        for (row, (id, title, column, cell)) in rows.iter().zip(&cells) {
            prop_assert_eq!(&row[0], id);
            prop_assert_eq!(&row[2], title);
            for at in columns::DOCUMENTS.len()..header.len() {
                prop_assert_eq!(&row[at], if header[at] == *column { cell } else { "" });
            }
        }
    }
}

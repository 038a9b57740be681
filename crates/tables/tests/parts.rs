//! What parts promise: wherever they end, and wherever a run is dropped and gone on with, the
//! dataset is that of a run in one part.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nukil_tables::{
    Counts, DatasetOptions, DatasetWriter, Failure, InputMark, Manifest, OpenError, Opened,
    PartitionBy, RunDescription,
};
use nukil_types::Document;
use proptest::prelude::*;

type Files = BTreeMap<String, Content>;

/// What a file holds, told as text.
#[derive(PartialEq)]
struct Content(Vec<u8>);

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

impl Content {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap()
    }
}

/// All files below a folder.
fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        match path.is_dir() {
            true => found.extend(
                files(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)),
            ),
            false => drop(found.insert(name, Content(fs::read(path).unwrap()))),
        }
    }
    found
}

/// A document or a failure, and whether a part, and whether a run, ends behind it.
#[derive(Clone, Debug)]
struct Step {
    item: Result<Document, Failure>,
    ends_part: bool,
    is_dropped: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let cell = prop::sample::select(vec!["", "daerah", "a,b", "\"kata\"", "baris\nlain", "\r\n"]);
    let columns = prop::sample::subsequence(vec!["rubrik", "penulis", "k,\n\"ota\""], 0..=3);
    let days = vec![None, Some("2022-09-20"), Some("2022-09-21"), Some("2022"), Some("2023-01-01")];
    let document = (cell, columns.prop_shuffle(), prop::sample::select(days)).prop_map(
        |(cell, columns, published)| {
            let mut document = Document::new("a", "arsip/a.jsonl", "Gempa di Cianjur.\n");
            document.title = Some(cell.to_string());
            document.published = published.map(str::to_string);
            document.extra =
                columns.into_iter().map(|name| (name.to_string(), cell.to_string())).collect();
            document
        },
    );
    let item = prop_oneof![
        8 => document.prop_map(Ok),
        1 => Just(Err(Failure::read("b.txt", "baris \"1\",\nrusak"))),
    ];
    (item, any::<bool>(), prop::bool::weighted(0.2))
        .prop_map(|(item, ends_part, is_dropped)| Step { item, ends_part, is_dropped })
}

fn open(folder: &Path, options: DatasetOptions) -> Box<DatasetWriter> {
    match DatasetWriter::open(folder, options, RunDescription::default(), true).unwrap() {
        Opened::Writer { writer, .. } => writer,
        Opened::Complete(_) => panic!("nothing was finished"),
    }
}

fn put(writer: &mut DatasetWriter, item: &Result<Document, Failure>) {
    match item {
        Ok(document) => writer.write(document).unwrap(),
        Err(failure) => writer.fail(failure).unwrap(),
    }
}

fn mark(items: usize) -> InputMark {
    InputMark { items: items as u64, ..InputMark::default() }
}

fn in_one_part(steps: &[Step], options: DatasetOptions) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = DatasetWriter::create(folder.path(), options).unwrap();
    steps.iter().for_each(|step| put(&mut writer, &step.item));
    writer.reads_to(mark(steps.len()));
    writer.finish().unwrap();
    files(folder.path())
}

/// The same in parts; a run that is dropped is gone on with behind its last whole part.
fn in_parts(steps: &[Step], options: DatasetOptions) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = open(folder.path(), options);
    let mut dropped = vec![false; steps.len()];
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        put(&mut writer, &step.item);
        at += 1;
        if step.ends_part {
            writer.reads_to(mark(at));
            writer.end_part().unwrap();
        }
        if step.is_dropped && !std::mem::replace(&mut dropped[at - 1], true) {
            drop(writer);
            writer = open(folder.path(), options);
            at = writer.read_mark().items as usize;
        }
    }
    writer.reads_to(mark(steps.len()));
    writer.finish().unwrap();
    files(folder.path())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn parts_and_interruptions_change_no_byte(
        steps in prop::collection::vec(step(), 0..14),
        partition_by in prop::sample::select(vec![
            PartitionBy::None, PartitionBy::Date, PartitionBy::Source,
        ]),
    ) {
        let options = DatasetOptions { jsonl: true, partition_by, ..DatasetOptions::default() };
        prop_assert_eq!(in_parts(&steps, options), in_one_part(&steps, options));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Row groups of Parquet end where parts end, so only the interruptions may not show.
    #[test]
    fn interruptions_change_no_byte_of_parquet(
        steps in prop::collection::vec(step(), 0..6),
        partition_by in prop::sample::select(vec![PartitionBy::None, PartitionBy::Date]),
    ) {
        let options = DatasetOptions { parquet: true, partition_by, ..DatasetOptions::default() };
        let calm: Vec<Step> =
            steps.iter().map(|step| Step { is_dropped: false, ..step.clone() }).collect();
        prop_assert!(in_parts(&steps, options) == in_parts(&calm, options));
    }
}

fn document(id: &str, published: Option<&str>) -> Document {
    let mut document = Document::new(id, "arsip/2022.jsonl", "Gempa mengguncang Cianjur.");
    document.published = published.map(str::to_string);
    document
}

#[test]
fn a_partitioned_table_is_a_folder_of_folders() {
    let folder = tempfile::tempdir().unwrap();
    let options = DatasetOptions {
        jsonl: true,
        partition_by: PartitionBy::Date,
        ..DatasetOptions::default()
    };
    let mut writer = DatasetWriter::create(folder.path(), options).unwrap();
    let mut late = document("c", None);
    late.extra = vec![("rubrik".to_string(), "daerah".to_string())];
    for document in [document("a", Some("2022-09-20")), document("b", Some("2022-09-19")), late] {
        writer.write(&document).unwrap();
        writer.end_part().unwrap();
    }
    let names = writer.finish().unwrap();
    assert_eq!(names[0], folder.path().join("documents"));
    let files = files(folder.path());
    for (day, id, cell) in [
        ("2022-09-19", "b", ""),
        ("2022-09-20", "a", ""),
        ("__HIVE_DEFAULT_PARTITION__", "c", "daerah"),
    ] {
        // Every file has all columns, so that they can be read together.
        let table = &files[&format!("documents/published={day}/documents.csv")];
        let rows: Vec<_> = table.text().lines().collect();
        assert_eq!(rows.len(), 2);
        assert!(rows[0].starts_with("doc_id,") && rows[0].ends_with(",rubrik"), "{}", rows[0]);
        assert!(rows[1].starts_with(&format!("{id},")), "{}", rows[1]);
        assert!(rows[1].ends_with(&format!(",{cell}")), "{}", rows[1]);
        let records = &files[&format!("records/published={day}/records.jsonl")];
        assert!(records.text().contains(&format!("\"id\":\"{id}\"")));
    }
    assert_eq!(files["failures.csv"].text(), "source,doc_id,stage,reason\n");
    let manifest = Manifest::read(folder.path()).unwrap();
    assert_eq!(manifest.counts, Counts { documents: 3, ..Counts::default() });
    assert_eq!((manifest.files[0].name.as_str(), manifest.files[0].rows), ("documents", 3));
}

#[test]
fn a_dataset_takes_the_place_of_an_earlier_one_of_other_tables() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("catatan.txt"), "milik saya").unwrap();
    let write = |options| {
        let mut writer = DatasetWriter::create(folder.path(), options).unwrap();
        writer.write(&document("a", Some("2022-09-20"))).unwrap();
        writer.finish().unwrap();
        files(folder.path()).into_keys().collect::<Vec<_>>()
    };
    let plain = write(DatasetOptions { tokens: true, ..DatasetOptions::default() });
    assert!(plain.contains(&"tokens.csv".to_string()), "{plain:?}");
    let partitioned =
        write(DatasetOptions { partition_by: PartitionBy::Date, ..DatasetOptions::default() });
    assert_eq!(
        partitioned.iter().filter(|name| !name.contains('/')).collect::<Vec<_>>(),
        ["catatan.txt", "failures.csv", "manifest.json"]
    );
    let source =
        write(DatasetOptions { partition_by: PartitionBy::Source, ..DatasetOptions::default() });
    assert!(source.iter().all(|name| !name.contains("published=")), "{source:?}");
    let records = write(DatasetOptions { csv: false, jsonl: true, ..DatasetOptions::default() });
    assert_eq!(records, ["catatan.txt", "failures.csv", "manifest.json", "records.jsonl"]);
}

#[test]
fn a_folder_of_the_users_in_the_place_of_a_table_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mentions")).unwrap();
    fs::write(folder.path().join("mentions/surat.txt"), "milik saya").unwrap();
    let options = DatasetOptions { partition_by: PartitionBy::Date, ..DatasetOptions::default() };
    let error = DatasetWriter::create(folder.path(), options).err().unwrap();
    assert_eq!(error.path(), folder.path().join("mentions"));
    assert_eq!(files(folder.path()).into_keys().collect::<Vec<_>>(), ["mentions/surat.txt"]);
}

#[test]
fn a_part_that_was_damaged_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let options = DatasetOptions::default();
    let mut writer = open(folder.path(), options);
    writer.write(&document("a", None)).unwrap();
    writer.reads_to(mark(1));
    writer.end_part().unwrap();
    drop(writer);
    let table = folder.path().join(".nukil-unfinished/part-000000/mentions.csv");
    fs::write(&table, "").unwrap();
    let opened = DatasetWriter::open(folder.path(), options, RunDescription::default(), true);
    match opened.err() {
        Some(OpenError::Damaged { path, reason }) => {
            assert_eq!(path, table);
            assert_eq!(reason, "it is not what was written");
        }
        other => panic!("{other:?}"),
    }
    // A run that begins anew does not mind.
    let opened = DatasetWriter::open(folder.path(), options, RunDescription::default(), false);
    assert!(matches!(
        opened,
        Ok(Opened::Writer { discarded: Some(Counts { documents: 1, .. }), .. })
    ));
}

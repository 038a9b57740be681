//! Golden sentences: which dates, times and amounts the whole chain finds in them, and what they
//! say.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::Document;
use nukil_types::facts::Facts;

/// A sentence with its values in brackets, and what they say.
fn found(document: &Document) -> (String, String) {
    let mut text = document.text.clone();
    for value in document.values.iter().rev() {
        text.insert(value.span.end, ']');
        text.insert(value.span.start, '[');
    }
    let values = document.values.iter().map(|value| {
        let said = if value.value.is_empty() { "-" } else { &value.value };
        format!("{} {said} {}", value.kind.as_str(), value.unit).trim_end().to_string()
    });
    (text, values.collect::<Vec<_>>().join(" | "))
}

/// Runs every row of a golden table and lists what differs.
fn check(golden: &str) {
    let pipeline =
        Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap();
    let golden = Facts::parse(golden, &["text", "values"]).unwrap();
    let rows: Vec<_> = golden.rows().map(Result::unwrap).collect();
    let documents = rows.iter().map(|row| {
        let mut document = Document::new("1", "-", row.get("text").replace(['[', ']'], ""));
        let published = row.get("published");
        document.published = (!matches!(published, "" | "-")).then(|| published.to_string());
        document
    });
    let processed = pipeline.process_batch(documents.collect());
    let wrong: Vec<String> = rows
        .iter()
        .zip(processed)
        .map(|(row, document)| ((row.get("text"), row.get("values")), found(&document.unwrap())))
        .filter(|((text, values), (found, said))| text != found || values != said)
        .map(|((text, values), (found, said))| {
            format!("expected {text} {values}\n   found {found} {said}")
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn golden_dates_and_times() {
    check(include_str!("values/dates.tsv"));
}

#[test]
fn golden_amounts() {
    check(include_str!("values/amounts.tsv"));
}

#[test]
fn money_is_read_even_where_a_name_takes_part_of_its_sign() {
    let pipeline =
        Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap();
    let document = Document::new("1", "-", "Nilainya mencapai US$ 2,5 juta.");
    let document = pipeline.process_batch(vec![document]).remove(0).unwrap();
    let [money] = &document.values[..] else { panic!("{:?}", document.values) };
    assert_eq!((money.value.as_str(), money.unit.as_str()), ("2500000", "USD"));
}

//! Golden sentences: which names the whole chain finds in them, and which places qualify something.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::{Document, Label, Mention, rows};

/// A sentence with these of its names in brackets: `[PER Antony Blinken] tiba`. A name may hold
/// another: `[ORG Pemkot [GPE Surabaya]]`.
fn bracketed<'m>(document: &Document, names: impl Iterator<Item = &'m Mention>) -> String {
    let names: Vec<&Mention> = names.collect();
    let mut marked = String::new();
    for (at, letter) in document.text.char_indices().chain([(document.text.len(), '\n')]) {
        marked.extend(names.iter().filter(|name| name.span.end == at).map(|_| ']'));
        for name in names.iter().filter(|name| name.span.start == at) {
            marked += &format!("[{} ", name.label.as_str());
        }
        marked.push(letter);
    }
    marked.trim_end().to_string()
}

/// The sentence without the brackets.
fn plain(golden: &str) -> String {
    let mut text = golden.to_string();
    for label in [Label::Person, Label::Location, Label::Organisation, Label::Geopolitical] {
        text = text.replace(&format!("[{} ", label.as_str()), "");
    }
    text.replace(']', "")
}

fn pipeline() -> Pipeline {
    Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap()
}

fn assert_golden(sentences: &str, found: impl Fn(&Document) -> String) {
    let golden: Vec<&str> =
        sentences.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let documents = golden.iter().map(|line| Document::new("1", "-", plain(line))).collect();
    let wrong: Vec<String> = golden
        .iter()
        .zip(pipeline().process_batch(documents))
        .map(|(line, document)| (line, found(&document.unwrap())))
        .filter(|(line, found)| **line != found)
        .map(|(line, found)| format!("expected {line}\n   found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), golden.len(), wrong.join("\n"));
}

#[test]
fn golden_sentences() {
    assert_golden(include_str!("names.txt"), |document| {
        bracketed(document, document.mentions.iter())
    });
}

#[test]
fn a_qualifier_is_an_occurrence_of_the_place_that_the_text_names() {
    let text = "Bupati Bogor membuka posko itu bersama Presiden RI. Ia tiba di Bogor sejak pagi.";
    let mut found = pipeline().process_batch(vec![Document::new("1", "-", text)]);
    let document = found.remove(0).unwrap();
    let places = document.entities.iter().map(|entity| {
        let id = entity.gazetteer_id.as_deref().unwrap_or_default();
        (id, &entity.label, entity.mentions, entity.first_start)
    });
    // The regency, of which "Bupati" tells, not the city.
    let bogor = ("kemendagri:32.01", &Label::Location, 2, 7);
    assert_eq!(places.collect::<Vec<_>>(), [bogor, ("iso:ID", &Label::Geopolitical, 1, 48)]);
}

#[test]
fn whom_a_title_serves_tells_which_of_two_places_is_meant() {
    let texts = ["Wali Kota Bogor tiba di lokasi.", "Bupati Bogor tiba di lokasi."];
    let documents = texts.map(|text| Document::new("1", "-", text)).to_vec();
    let ids = pipeline().process_batch(documents).into_iter().map(|found| {
        let [place] = &found.unwrap().entities[..] else { panic!("one place") };
        place.gazetteer_id.clone().unwrap()
    });
    assert_eq!(ids.collect::<Vec<_>>(), ["kemendagri:32.71", "kemendagri:32.01"]);
}

#[test]
fn golden_qualifiers() {
    assert_golden(include_str!("qualifiers.txt"), |document| {
        bracketed(document, rows::names(document))
    });
}

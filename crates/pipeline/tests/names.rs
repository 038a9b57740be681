//! Golden sentences: which names the whole chain finds in them, and which places qualify something.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::{Document, Mention};

/// A sentence with its names in brackets: `[PER Antony Blinken] tiba di [LOC New York]`; a
/// qualifier is marked `[LOC? AS]`, the end of a line `⏎`.
fn bracketed(document: &Document) -> String {
    let names = &document.mentions;
    let mut marked = String::new();
    for (at, letter) in document.text.char_indices().chain([(document.text.len(), '\n')]) {
        marked.extend(names.iter().filter(|name| name.span.end == at).map(|_| ']'));
        for name in names.iter().filter(|name| name.span.start == at) {
            marked += &format!("[{} ", sign(name));
        }
        marked.push(letter);
    }
    marked.trim_end().replace('\n', "⏎")
}

fn sign(name: &Mention) -> String {
    format!("{}{}", name.label.as_str(), if name.qualifier { "?" } else { "" })
}

/// The sentence without the brackets.
fn plain(golden: &str) -> String {
    let mut text = String::new();
    let mut rest = golden;
    while let Some(open) = rest.find('[') {
        text.push_str(&rest[..open]);
        let space = rest[open..].find(' ').unwrap();
        rest = &rest[open + space + 1..];
    }
    (text + rest).replace(']', "").replace('⏎', "\n")
}

fn pipeline() -> Pipeline {
    Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap()
}

#[test]
fn golden_sentences() {
    let golden: Vec<&str> = include_str!("names.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let documents = golden.iter().map(|line| Document::new("1", "-", plain(line))).collect();
    let wrong: Vec<String> = golden
        .iter()
        .zip(pipeline().process_batch(documents))
        .map(|(line, document)| (line, bracketed(&document.unwrap())))
        .filter(|(line, found)| **line != found)
        .map(|(line, found)| format!("expected {line}\n   found {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), golden.len(), wrong.join("\n"));
}

#[test]
fn a_qualifier_is_an_occurrence_of_the_place_that_the_text_names() {
    let text = "Bupati Bogor membuka posko itu bersama Presiden RI. Ia tiba di Bogor sejak pagi.";
    let mut found = pipeline().process_batch(vec![Document::new("1", "-", text)]);
    let document = found.remove(0).unwrap();
    let places = document.entities.iter().map(|entity| {
        (entity.gazetteer_id.as_deref().unwrap_or_default(), entity.mentions, entity.first_start)
    });
    // The regency, of which "Bupati" tells, not the city.
    assert_eq!(places.collect::<Vec<_>>(), [("kemendagri:32.01", 2, 7), ("iso:ID", 1, 48)]);
    let qualifiers = document.mentions.iter().map(|mention| mention.qualifier);
    assert_eq!(qualifiers.collect::<Vec<_>>(), [true, true, false]);
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
fn names_of_two_people_joined_by_a_hyphen_have_roles_of_their_own() {
    // A name that begins in the token in which the one before it ends made a document fail.
    let text = "Partai pengusung Prabowo-Gibran sudah siap. Menurut Zaki, DKI menerima Gibran.";
    let mut found = pipeline().process_batch(vec![Document::new("1", "-", text)]);
    let document = found.remove(0).unwrap();
    let surfaces: Vec<&str> = document.mentions.iter().map(|m| document.slice(m.span)).collect();
    assert!(surfaces.contains(&"Prabowo") && surfaces.contains(&"Gibran"), "{surfaces:?}");
}

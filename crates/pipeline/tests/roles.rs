//! Golden texts: which roles the whole chain gives to people, and which names are left of them.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::{Document, Label};

/// The roles of the person that the text names so, as the golden file writes them.
fn roles(document: &Document, name: &str) -> String {
    let person = document.entities.iter().find(|entity| {
        entity.label == Label::Person
            && (entity.name == name || entity.aliases.iter().any(|alias| alias == name))
    });
    match person {
        None => "no such person".to_string(),
        Some(person) if person.roles.is_empty() => "-".to_string(),
        Some(person) => person.roles.join("|"),
    }
}

#[test]
fn golden_roles() {
    let pipeline =
        Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap();
    let mut cases: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for line in include_str!("roles.txt").lines() {
        if let Some(person) = line.strip_prefix("> ") {
            let (_, people) = cases.last_mut().expect("a person stands below a text");
            people.push(person.split_once(": ").expect("a person has roles"));
        } else if !line.is_empty() && !line.starts_with('#') {
            cases.push((line, Vec::new()));
        }
    }
    assert!(cases.len() > 60, "only {} texts were read", cases.len());
    let documents = cases.iter().map(|(text, _)| Document::new("1", "-", *text)).collect();
    let mut wrong = Vec::new();
    for ((text, people), document) in cases.iter().zip(pipeline.process_batch(documents)) {
        let document = document.unwrap();
        for (name, expected) in people {
            let found = roles(&document, name);
            if found != *expected {
                wrong.push(format!("{text}\n  {name}: expected {expected}, found {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

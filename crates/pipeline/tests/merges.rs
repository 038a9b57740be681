//! Golden texts: which mentions the whole chain takes for one entity, and which for two.

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::Document;

/// A text without the marks of its mentions, and these: number, start, end.
fn unmarked(golden: &str) -> (String, Vec<(u32, usize, usize)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = golden;
    while let Some((before, marked)) = rest.split_once('[') {
        let (mention, behind) = marked.split_once(']').expect("a mark is closed");
        let (number, name) = mention.split_once(' ').expect("a mark has a number");
        text.push_str(before);
        marks.push((number.parse().expect("a number"), text.len(), text.len() + name.len()));
        text.push_str(name);
        rest = behind;
    }
    text.push_str(rest);
    (text, marks)
}

/// What is wrong with the entities of the marked mentions.
fn wrong(document: &Document, marks: &[(u32, usize, usize)]) -> Option<String> {
    let mut entities: Vec<(u32, usize)> = Vec::new();
    for &(number, start, end) in marks {
        let mention = document
            .mentions
            .iter()
            .find(|mention| (mention.span.start, mention.span.end) == (start, end));
        let Some(mention) = mention else {
            return Some(format!("{:?} is no mention", &document.text[start..end]));
        };
        for &(other, entity) in &entities {
            if (other == number) != (entity == mention.entity) {
                let verdict = if other == number { "not of one entity" } else { "one entity" };
                return Some(format!(
                    "{:?} is with another: {verdict}",
                    &document.text[start..end]
                ));
            }
        }
        entities.push((number, mention.entity));
    }
    None
}

#[test]
fn golden_merges() {
    let pipeline =
        Pipeline::new(Config { layout: Layout::Plain, jobs: 1, ..Config::default() }).unwrap();
    let golden: Vec<&str> = include_str!("merges.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(golden.len() > 60, "only {} texts were read", golden.len());
    let cases: Vec<_> = golden.iter().map(|line| unmarked(line)).collect();
    let documents = cases.iter().map(|(text, _)| Document::new("1", "-", text.as_str())).collect();
    let wrong: Vec<String> = golden
        .iter()
        .zip(&cases)
        .zip(pipeline.process_batch(documents))
        .filter_map(|((line, (_, marks)), document)| {
            wrong(&document.unwrap(), marks).map(|wrong| format!("{line}\n  {wrong}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), golden.len(), wrong.join("\n"));
}

//! The articles that are measured on.

use std::fs;
use std::path::{Path, PathBuf};

use nukil_types::Document;

/// Articles that are taken of every file of the collection of news.
const OF_A_FILE: usize = 200;

/// How often the samples are gone over: they are few.
const TIMES: usize = 20;

/// What is measured on, and its name.
pub struct Collection {
    pub name: &'static str,
    pub articles: Vec<Article>,
}

pub struct Article {
    pub id: String,
    pub title: Option<String>,
    pub text: String,
}

impl Collection {
    /// Bytes of all texts.
    pub fn bytes(&self) -> u64 {
        self.articles.iter().map(|article| article.text.len() as u64).sum()
    }

    /// The articles as they come from a reader.
    pub fn documents(&self) -> Vec<Document> {
        let document = |article: &Article| Document {
            title: article.title.clone(),
            ..Document::new(&article.id, "-", &article.text)
        };
        self.articles.iter().map(document).collect()
    }
}

/// The samples of `data/`, and the collection of news beside the project where it is at hand.
pub fn collections() -> Vec<Collection> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut samples = Vec::new();
    for path in files(&root.join("data/samples"), "txt") {
        let text = fs::read_to_string(&path).expect("a sample");
        let id = path.file_stem().expect("a name").to_string_lossy().into_owned();
        samples.push((id, text));
    }
    let again = |time: usize| {
        let again = move |(id, text): &(String, String)| Article {
            id: format!("{id}-{time}"),
            title: None,
            text: text.clone(),
        };
        samples.iter().map(again)
    };
    let samples = Collection { name: "samples", articles: (0..TIMES).flat_map(again).collect() };
    let mut news = Collection { name: "news", articles: Vec::new() };
    for path in files(&root.join("../shared/corpora/bulk"), "jsonl") {
        let lines = fs::read_to_string(path).expect("a collection");
        news.articles.extend(lines.lines().take(OF_A_FILE).map(article));
    }
    let all = [samples, news].into_iter();
    all.filter(|collection| !collection.articles.is_empty()).collect()
}

/// The article of a line of JSON.
fn article(line: &str) -> Article {
    let record: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
    let field = |name: &str| record[name].as_str().map(str::to_string);
    Article {
        id: field("id").unwrap_or_default(),
        title: field("title"),
        text: field("text").expect("a text"),
    }
}

/// The files of a folder with that extension, sorted; none where there is no such folder.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

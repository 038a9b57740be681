//! Keywords on one core, of documents whose tokens, mentions and entities are there.
//!
//! Measured is the processor time of the thread (on Linux), so that other work on the machine does
//! not count; elsewhere the time that passes. `scripts/measure-keywords` runs it beside YAKE over the
//! same articles.

#[path = "../../tokenizer/benches/texts/files.rs"]
mod files;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use files::files;
use nukil_keywords::background::Builder;
use nukil_keywords::{Ranker, Scratch};
use nukil_pipeline::{Config, Pipeline};
use nukil_types::Document;

/// Articles that are taken of every file of the collection.
const ARTICLES: usize = 200;

/// The time for which this thread has had a processor.
struct ThreadTime(Instant);

impl ThreadTime {
    fn now(&self) -> Duration {
        let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        let on_processor = statistics.split(' ').next().and_then(|field| field.parse().ok());
        on_processor.map_or_else(|| self.0.elapsed(), Duration::from_nanos)
    }
}

impl Measurement for ThreadTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        self.now()
    }

    fn end(&self, start: Duration) -> Duration {
        self.now() - start
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

fn keywords(criterion: &mut Criterion<ThreadTime>) {
    let mut documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let weights = fs::read_to_string(data.join("keywords/weights.tsv")).expect("weights");
    let table = |name: &str| {
        fs::read_to_string(data.join("frequencies").join(name)).expect("a table of counts")
    };
    let background = nukil_keywords::background::compile(
        &table("words.tsv"),
        &table("phrases.tsv"),
        &table("headlines.tsv"),
    )
    .expect("sound tables");
    let ranker = Ranker::new(background.leak(), &weights).expect("a sound ranker");

    let mut group = criterion.benchmark_group("keywords");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("rank", |bencher| {
        let mut scratch = Scratch::new();
        // Ranking again replaces the keywords and leaves all else as it is.
        bencher.iter(|| {
            for document in &mut documents {
                ranker.rank(document, &mut scratch, 10);
            }
        });
    });
    group.bench_function("count a background", |bencher| {
        bencher.iter(|| {
            let mut builder = Builder::new();
            documents.iter().for_each(|document| builder.add(document));
            builder.finish(2)
        });
    });
    group.finish();
}

/// The articles that are measured on, through all stages: the first of every file of the collection
/// beside the project where it is at hand, else the samples of `data/`, over and over.
fn documents() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts: Vec<(Option<String>, String)> = Vec::new();
    for path in files(&root.join("../shared/corpora/bulk"), "jsonl") {
        let lines = fs::read_to_string(path).expect("a collection");
        texts.extend(lines.lines().take(ARTICLES).map(article));
    }
    if texts.is_empty() {
        let samples = files(&root.join("data/samples"), "txt");
        let read = |path: &PathBuf| (None, fs::read_to_string(path).expect("a sample"));
        texts = samples.iter().map(read).cycle().take(ARTICLES * 5).collect();
    }
    let documents = texts.into_iter().map(|(title, text)| {
        let mut document = Document::new("", "", text);
        document.title = title;
        document
    });
    let pipeline = Pipeline::new(Config::default()).expect("a pipeline");
    let processed = pipeline.process_batch(documents.collect());
    processed.into_iter().map(|document| document.expect("a processed document")).collect()
}

/// Headline and text of a line of JSON.
fn article(line: &str) -> (Option<String>, String) {
    let record: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
    let title = record["title"].as_str().map(str::to_string);
    (title, record["text"].as_str().expect("a text").to_string())
}

criterion_group!(
    name = benches;
    config = Criterion::default().with_measurement(ThreadTime(Instant::now()));
    targets = keywords
);
criterion_main!(benches);

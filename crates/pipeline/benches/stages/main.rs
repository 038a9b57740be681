//! Each stage of the chain by itself, on one core, in bytes of text a second.
//!
//! What a stage is given was made by those before it, outside of what is measured. Every stage goes
//! over all articles before the next begins, so that it finds less near the processor than in the
//! chain, where one document goes through all of them.
//!
//!     cargo bench -p nukil-pipeline --bench stages            # samples, and news where at hand
//!     cargo bench -p nukil-pipeline --bench stages -- news/   # news alone
//!
//! Peers stand beside the stages that have one in Rust; `scripts/bench/compare` has those in Python.

mod articles;
mod clock;

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use articles::{Collection, collections};
use clock::ProcessorTime;
use criterion::{
    BatchSize, BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use nukil_article::{Arranger, Layout};
use nukil_data as data;
use nukil_entities::values::ValueFinder;
use nukil_entities::{Draft, EntityFinder, LinkWeights, PlaceWeights, QuoteWeights, RoleWeights};
use nukil_gazetteer::{Gazetteer, UserGazetteer};
use nukil_keywords::Ranker;
use nukil_keywords::background::Builder;
use nukil_language::Detector;
use nukil_pipeline::{Config, Pipeline, tagger};
use nukil_stemmer::{LemmaProfile, Options, Stemmer};
use nukil_stopwords::{Profile, Stopwords};
use nukil_tables::{DatasetOptions, DatasetWriter, ReadOptions, Reader, RecordWriter};
use nukil_tagger::SpanClassifier;
use nukil_tokenizer::Tokenizer;
use nukil_types::{Document, OffsetUnit};
use unicode_segmentation::UnicodeSegmentation;

type Group<'c> = BenchmarkGroup<'c, ProcessorTime>;

/// Documents on their way through the chain, and where measurements go.
struct Way<'c> {
    group: Group<'c>,
    documents: Vec<Document>,
}

impl Way<'_> {
    /// Measures a stage over all documents, which then have what it adds.
    fn stage(&mut self, name: &str, mut stage: impl FnMut(&mut Document)) {
        let given = &self.documents;
        self.group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || given.clone(),
                |mut documents| {
                    documents.iter_mut().for_each(&mut stage);
                    documents
                },
                BatchSize::PerIteration,
            );
        });
        self.documents.iter_mut().for_each(stage);
    }

    /// Measures what is done with all documents and changes none of them.
    fn look<R>(&mut self, name: &str, mut look: impl FnMut(&[Document]) -> R) {
        let documents = &self.documents;
        self.group.bench_function(name, |bencher| bencher.iter(|| look(documents)));
    }

    /// Measures a part of what is done with each document; `part` gives the time that it took.
    fn part(&mut self, name: &str, mut part: impl FnMut(&mut Document) -> Duration) {
        let given = &self.documents;
        self.group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| {
                let round = |_| given.clone().iter_mut().map(&mut part).sum::<Duration>();
                (0..rounds).map(round).sum()
            });
        });
    }
}

fn stages(criterion: &mut Criterion<ProcessorTime>) {
    for collection in collections() {
        reading(criterion, &collection);
        chain(criterion, &collection);
    }
}

fn group<'c>(criterion: &'c mut Criterion<ProcessorTime>, collection: &Collection) -> Group<'c> {
    let mut group = criterion.benchmark_group(collection.name);
    group
        .throughput(Throughput::Bytes(collection.bytes()))
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(1));
    group
}

/// Reading the articles as JSON Lines and as CSV.
fn reading(criterion: &mut Criterion<ProcessorTime>, collection: &Collection) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut lines = String::new();
    let table = folder.path().join("articles.csv");
    let mut rows = csv::Writer::from_path(&table).expect("a table");
    rows.write_record(["id", "title", "text"]).expect("a row");
    for article in &collection.articles {
        let (id, text) = (article.id.as_str(), article.text.as_str());
        let title = article.title.as_deref().unwrap_or_default();
        let record = serde_json::json!({ "id": id, "title": title, "text": text });
        lines.push_str(&format!("{record}\n"));
        rows.write_record([id, title, text]).expect("a row");
    }
    rows.flush().expect("a table");
    let records = folder.path().join("articles.jsonl");
    fs::write(&records, lines).expect("records");

    let mut group = group(criterion, collection);
    let mut read = |name: &str, path: PathBuf| {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let reader = Reader::new(vec![path.clone()], ReadOptions::default());
                assert_eq!(reader.flatten().count(), collection.articles.len());
            });
        });
    };
    read("reading JSON Lines", records);
    read("reading CSV", table);
    group.finish();
}

/// The stages in their order, the chain in one, and the writers.
fn chain(criterion: &mut Criterion<ProcessorTime>, collection: &Collection) {
    let group = group(criterion, collection);
    let mut way = Way { group, documents: collection.documents() };
    let texts = || collection.articles.iter().map(|article| black_box(article.text.as_str()));

    let pipeline = Pipeline::new(Config { jobs: 1, ..Config::default() }).expect("a pipeline");
    let process = |documents| pipeline.process_batch(documents);
    way.group.bench_function("whole chain", |bencher| {
        bencher.iter_batched(|| way.documents.clone(), process, BatchSize::PerIteration);
    });
    let processed = process(way.documents.clone()).into_iter();
    let processed: Vec<Document> =
        processed.map(|document| document.expect("a text and no page")).collect();

    let arranger = Arranger::new(data::FURNITURE, data::OUTLETS, data::LAYOUT_WORDS)
        .and_then(|arranger| arranger.with_weights(data::FURNITURE_WEIGHTS));
    let arranger = arranger.expect("an arranger");
    way.stage("layout", |document| arranger.arrange(document, Layout::Article));

    let detector = Detector::new(data::FUNCTION_WORDS, data::LANGUAGE_WORDS).expect("a detector");
    way.stage("language", |document| detector.identify(document));

    let tokenizer = Tokenizer::new(data::ABBREVIATIONS).expect("a tokenizer");
    way.stage("tokens and sentences", |document| tokenizer.tokenize(document));
    way.look("peer: unicode-segmentation, words alone", |_| {
        texts().map(|text| text.unicode_words().count()).sum::<usize>()
    });
    way.look("peer: unicode-segmentation, word bounds alone", |_| {
        texts().map(|text| text.split_word_bounds().count()).sum::<usize>()
    });

    let stopwords = Stopwords::new(Profile::Short, data::STOPWORDS_SHORT, data::STOPWORDS_LONG);
    let stopwords = stopwords.expect("stop words");
    way.stage("stop words", |document| stopwords.mark(document));

    let stemmer = || Stemmer::from_bytes(data::ROOTS).expect("a stemmer");
    let roots = Options { profile: LemmaProfile::Root, clitics: true, ..Options::default() };
    let (lemmas, roots) = (stemmer(), stemmer().with_options(roots));
    let tokens = way.documents.clone();
    let mut scratch = nukil_stemmer::Scratch::default();
    way.stage("roots and clitics (instead of lemmas)", |document| {
        roots.lemmatize(document, &mut scratch);
    });
    way.documents = tokens;
    let mut scratch = nukil_stemmer::Scratch::default();
    way.stage("lemmas", |document| lemmas.lemmatize(document, &mut scratch));

    names(&mut way);

    let values = ValueFinder::new(data::VALUE_WORDS, data::STOPWORDS_SHORT).expect("values");
    let mut scratch = nukil_entities::values::Scratch::default();
    way.stage("values", |document| values.find(document, &mut scratch));

    let ranker = Ranker::new(data::BACKGROUND, data::KEYWORD_WEIGHTS)
        .and_then(|ranker| ranker.with_tables(data::KEYWORD_TABLES))
        .expect("a ranker");
    let mut scratch = nukil_keywords::Scratch::new();
    way.stage("keywords", |document| ranker.rank(document, &mut scratch, 10));
    way.look("counting a background (of one's own)", |documents| {
        let mut builder = Builder::new();
        documents.iter().for_each(|document| builder.add(document));
        builder.finish(2)
    });

    // One after the other they are what the chain is.
    assert!(way.documents == processed, "the stages here are not those of the chain");
    writing(&mut way);
    way.group.finish();
}

/// Names, entities and quotations, step by step.
fn names(way: &mut Way<'_>) {
    let gazetteer = Gazetteer::open(data::GAZETTEER, UserGazetteer::default());
    let (gazetteer, tagger) = (gazetteer.expect("a gazetteer"), tagger().expect("a tagger"));
    let uses = SpanClassifier::open(data::USES).unwrap();
    let finder = EntityFinder::new(gazetteer)
        .with_tagger(tagger, uses, 0.0)
        .with_links(LinkWeights::parse(data::LINK_WEIGHTS).expect("weights of links"))
        .with_roles(RoleWeights::parse(data::ROLE_WEIGHTS).expect("weights of roles"))
        .with_places(PlaceWeights::parse(data::PLACE_WEIGHTS).expect("weights of places"))
        .with_quotes(
            QuoteWeights::parse(data::CLAUSE_WEIGHTS, data::SPEAKER_WEIGHTS)
                .expect("weights of quotations"),
        );
    let (mut scratch, mut draft) = (nukil_entities::Scratch::default(), Draft::default());
    // All steps are done where one is measured, so that many rounds would take long.
    way.group.measurement_time(Duration::from_millis(100));
    let steps = ["evidence from lists", "names by tagger", "entities", "quotes"];
    for (measured, name) in steps.into_iter().enumerate() {
        way.part(name, |document| {
            let mut times = [ProcessorTime::now(); 5];
            finder.look_up(document, &mut draft, &mut scratch);
            times[1] = ProcessorTime::now();
            finder.decide(document, &mut draft, &mut scratch);
            times[2] = ProcessorTime::now();
            finder.gather(document, &draft);
            times[3] = ProcessorTime::now();
            finder.quote(document, &draft, &mut scratch);
            times[4] = ProcessorTime::now();
            times[measured + 1] - times[measured]
        });
    }
    way.group.measurement_time(Duration::from_secs(1));
    way.stage("names, entities and quotes together", |document| {
        finder.find(document, &mut scratch);
    });
}

/// Writing what was found, as a dataset folder of CSV and of JSON Lines, and as a stream.
fn writing(way: &mut Way<'_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, csv) in [("writing CSV", true), ("writing JSON Lines", false)] {
        let options = DatasetOptions { csv, jsonl: !csv, ..DatasetOptions::default() };
        way.look(name, |documents| {
            let mut writer =
                DatasetWriter::create(&folder.path().join(name), options).expect("a dataset");
            documents.iter().for_each(|document| writer.write(document).expect("a row"));
            writer.finish().expect("a dataset")
        });
    }
    way.look("writing JSON Lines to a stream", |documents| {
        let mut writer = RecordWriter::new(io::sink(), OffsetUnit::CodePoint, false);
        documents.iter().for_each(|document| writer.write(document).expect("a record"));
    });
}

/// What is done once, before the first document.
fn opening(criterion: &mut Criterion<ProcessorTime>) {
    criterion.bench_function("opening the whole chain", |bencher| {
        let open = || Pipeline::new(Config { jobs: 1, ..Config::default() }).expect("a pipeline");
        bencher.iter_with_large_drop(open);
    });
}

criterion_group!(
    name = benches;
    config = Criterion::default().with_measurement(ProcessorTime);
    targets = stages, opening
);
criterion_main!(benches);

//! Tagging alone, on one core, with the shipped model; and opening the model.
//!
//! The evidence is ready before the clock runs, as the gazetteer's and the rules' work is not the
//! tagger's. Set `NUKIL_BENCH_TOKENS` to a token file; without it the articles in `data/samples`
//! are tagged. `scripts/bench/tagger` runs it beside CRFsuite over one file; beside the other stages
//! the tagger is measured in `crates/pipeline/benches/stages`.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nukil_pipeline::{Recast, Tokens, Workbench, clusters, tagger};
use nukil_tagger::{Example, Labels, Model, Scratch, Sentence, read};

fn sentences() -> Vec<Sentence> {
    if let Ok(path) = std::env::var("NUKIL_BENCH_TOKENS") {
        return read(&std::fs::read_to_string(path).unwrap(), false).unwrap();
    }
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples");
    let mut paths: Vec<_> =
        std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text: Vec<String> =
        paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let lines = text.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty());
    let sentence = |line: &str| Sentence {
        tokens: line.split_whitespace().map(String::from).collect(),
        labels: Vec::new(),
        document: 0,
    };
    lines.map(sentence).collect()
}

fn benchmark(criterion: &mut Criterion) {
    let bench = Workbench::new().unwrap();
    let none = Labels::new([]);
    let examples: Vec<Example> =
        bench.examples(&sentences(), &none, Tokens::Own, Recast::AsWritten, 0, 1.0);
    let count: usize = examples.iter().map(|example| example.words.len()).sum();
    let tagger = tagger().unwrap();
    let mut group = criterion.benchmark_group("tagger");
    group.throughput(Throughput::Elements(count as u64));
    group.bench_function("tag", |bencher| {
        let mut scratch = Scratch::default();
        bencher.iter(|| {
            for example in &examples {
                black_box(tagger.tag(example.pairs(), &example.signs, &mut scratch));
            }
        });
    });
    group.finish();
    criterion.bench_function("open", |bencher| {
        let clusters = clusters().unwrap();
        bencher.iter(|| Model::open(black_box(nukil_data::TAGGER), &clusters).unwrap());
    });
}

criterion_group!(benches, benchmark);
criterion_main!(benches);

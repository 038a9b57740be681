//! Tokens and sentences, beside the bare word splitting of `unicode-segmentation`, on one core.

mod texts;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use nukil_tokenizer::Tokenizer;
use unicode_segmentation::UnicodeSegmentation;

fn words(criterion: &mut Criterion) {
    let (name, texts) = texts::texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let tokenizer = Tokenizer::new(include_str!("../../../data/lexicon/abbreviations.tsv"))
        .expect("the list of abbreviations reads");
    let documents = || texts::documents(&texts);

    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("tokens and sentences", |bencher| {
        bencher.iter_batched(
            documents,
            |mut documents| {
                documents.iter_mut().for_each(|document| tokenizer.tokenize(document));
                documents
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("unicode-segmentation: words", |bencher| {
        bencher.iter(|| {
            texts.iter().map(|text| black_box(text).unicode_words().count()).sum::<usize>()
        });
    });
    group.bench_function("unicode-segmentation: word bounds", |bencher| {
        bencher.iter(|| {
            texts.iter().map(|text| black_box(text).split_word_bounds().count()).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, words);
criterion_main!(benches);

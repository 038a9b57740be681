//! Tokens, sentences and lemmas together, and the lemmas alone, on one core.

#[path = "../../tokenizer/benches/texts/mod.rs"]
mod texts;

#[path = "../tests/lexicon/mod.rs"]
mod lexicon;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use nukil_stemmer::{LemmaProfile, Options, Scratch, Stemmer};
use nukil_tokenizer::Tokenizer;
use unicode_segmentation::UnicodeSegmentation;

fn lemmas(criterion: &mut Criterion) {
    let (name, texts) = texts::texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let tokenizer = Tokenizer::new(include_str!("../../../data/lexicon/abbreviations.tsv"))
        .expect("the list of abbreviations reads");
    let stemmer = |options: Options| {
        Stemmer::from_bytes(lexicon::artefact())
            .expect("a fresh artefact opens")
            .with_options(options)
    };
    let lemma = stemmer(Options::default());
    let root = Options { profile: LemmaProfile::Root, clitics: true, ..Options::default() };
    let root = stemmer(root);
    let documents = || texts::documents(&texts);
    let tokenized = || {
        let mut documents = documents();
        documents.iter_mut().for_each(|document| tokenizer.tokenize(document));
        documents
    };

    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("tokens, sentences and lemmas", |bencher| {
        let mut scratch = Scratch::default();
        bencher.iter_batched(
            documents,
            |mut documents| {
                for document in &mut documents {
                    tokenizer.tokenize(document);
                    lemma.lemmatize(document, &mut scratch);
                }
                documents
            },
            BatchSize::PerIteration,
        );
    });
    for (what, stemmer) in [("lemmas alone", &lemma), ("roots and clitics alone", &root)] {
        group.bench_function(what, |bencher| {
            let mut scratch = Scratch::default();
            bencher.iter_batched(
                tokenized,
                |mut documents| {
                    for document in &mut documents {
                        stemmer.lemmatize(document, &mut scratch);
                    }
                    documents
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.bench_function("unicode-segmentation: words", |bencher| {
        bencher.iter(|| {
            texts.iter().map(|text| black_box(text).unicode_words().count()).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, lemmas);
criterion_main!(benches);

//! What the commands share that hand documents to the pipeline in batches.

use std::num::NonZeroUsize;
use std::thread;

use nukil_tables::{Failure, Reader};
use nukil_types::Document;

/// A batch ends at so many documents or bytes of text for each thread of the pipeline: enough
/// to keep all of them busy, too little to matter in memory.
const DOCUMENTS: usize = 64;
const BYTES: usize = 1 << 20;

/// What was read or processed, in the order of the input.
pub type Batch = Vec<Result<Document, Failure>>;

/// How many threads to work with: as many as asked for, else one a processor.
pub fn threads(jobs: Option<NonZeroUsize>) -> usize {
    jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, usize::from)
}

/// A document that was read and that the pipeline failed on, as the tables tell of it.
pub fn unprocessed(failure: nukil_pipeline::Failure) -> Failure {
    Failure {
        source: failure.source,
        doc_id: Some(failure.id),
        stage: failure.stage.to_string(),
        reason: failure.reason,
    }
}

/// Reads the next batch for so many threads; an empty one at the end of the input.
pub fn next(reader: &mut impl Iterator<Item = Result<Document, Failure>>, threads: usize) -> Batch {
    let (mut batch, mut bytes) = (Batch::new(), 0);
    while batch.len() < DOCUMENTS * threads && bytes < BYTES * threads {
        let Some(item) = reader.next() else { break };
        bytes += item.as_ref().map_or(0, Document::input_bytes);
        batch.push(item);
    }
    batch
}

/// Has a pipeline work on the documents of a batch; what failed before keeps its place.
pub fn process(
    batch: Batch,
    pipeline: impl FnOnce(Vec<Document>) -> Vec<Result<Document, nukil_pipeline::Failure>>,
) -> Batch {
    let mut documents = Vec::with_capacity(batch.len());
    let mut failures = Vec::new();
    for (at, item) in batch.into_iter().enumerate() {
        match item {
            Ok(document) => documents.push(document),
            Err(failure) => failures.push((at, failure)),
        }
    }
    let mut processed: Batch =
        pipeline(documents).into_iter().map(|item| item.map_err(unprocessed)).collect();
    for (at, failure) in failures {
        processed.insert(at, Err(failure));
    }
    processed
}

/// The batches of a reader, each worked on when it is asked for.
pub fn processed(
    mut reader: Reader,
    threads: usize,
    pipeline: impl Fn(Vec<Document>) -> Vec<Result<Document, nukil_pipeline::Failure>>,
) -> impl Iterator<Item = Batch> {
    std::iter::from_fn(move || {
        let batch = next(&mut reader, threads);
        (!batch.is_empty()).then(|| process(batch, &pipeline))
    })
}

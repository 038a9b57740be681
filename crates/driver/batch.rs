//! What the commands share that hand documents to the pipeline in batches.

use std::num::NonZeroUsize;
use std::thread;

use nukil_tables::Failure;
use nukil_types::{Document, Limits};

/// A batch ends at so many documents or bytes of input for each thread of the pipeline: enough
/// to keep all of them busy, too little to matter in memory.
const DOCUMENTS: usize = 64;
const BYTES: usize = 1 << 20;

/// Batches that the pipeline is given at a time, so that its threads find work while the last
/// documents of one are still in hand.
pub const LANES: usize = 2;
/// Batches that wait before and behind each lane.
pub const WAITING: usize = 1;
/// Batches under way: one each with who reads and who writes, the others in the lanes.
const UNDER_WAY: usize = 2 + LANES * (1 + 2 * WAITING);

/// How much goes into a batch.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    documents: usize,
    bytes: usize,
}

impl Size {
    /// As much as keeps so many threads busy, within [`Limits::max_queue_bytes`].
    pub fn new(threads: usize, limits: &Limits) -> Self {
        let bytes = (BYTES * threads).min(limits.max_queue_bytes / UNDER_WAY);
        Size { documents: DOCUMENTS * threads, bytes: bytes.max(1) }
    }
}

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

/// Reads the next batch of a size; an empty one at the end of the input.
pub fn next(reader: &mut impl Iterator<Item = Result<Document, Failure>>, size: Size) -> Batch {
    let (mut batch, mut bytes) = (Batch::new(), 0);
    while batch.len() < size.documents && bytes < size.bytes {
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
    mut reader: impl Iterator<Item = Result<Document, Failure>>,
    size: Size,
    pipeline: impl Fn(Vec<Document>) -> Vec<Result<Document, nukil_pipeline::Failure>>,
) -> impl Iterator<Item = Batch> {
    std::iter::from_fn(move || {
        let batch = next(&mut reader, size);
        (!batch.is_empty()).then(|| process(batch, &pipeline))
    })
}

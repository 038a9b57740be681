//! What the commands share that hand documents to the pipeline in batches.

use std::num::NonZeroUsize;
use std::thread;

use nukil_tables::Failure;

/// A batch ends at so many documents or bytes of text for each thread of the pipeline: enough
/// to keep all of them busy, too little to matter in memory.
const DOCUMENTS: usize = 64;
const BYTES: usize = 1 << 20;

/// How many threads to work with: as many as asked for, else one a processor.
pub fn threads(jobs: Option<NonZeroUsize>) -> usize {
    jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, usize::from)
}

/// Whether a batch for so many threads needs no further document.
pub fn is_full(documents: usize, bytes: usize, threads: usize) -> bool {
    documents >= DOCUMENTS * threads || bytes >= BYTES * threads
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

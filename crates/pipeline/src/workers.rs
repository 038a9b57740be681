//! The threads that work on a batch.

use std::sync::{Mutex, PoisonError};

use nukil_types::Document;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSliceMut;

use crate::group::Outcome;

/// Most documents that go through the stages together: enough that what a stage looks up is near
/// for long, too few for their tokens to push it away.
const GROUP: usize = 64;

/// Threads, and what they keep from batch to batch.
pub(crate) struct Workers<S> {
    pool: rayon::ThreadPool,
    /// Scratches that nobody uses now, at most one a thread. What the stages remember in them of
    /// earlier documents (words, their features) is worth far more than the memory they take.
    idle: Mutex<Vec<S>>,
}

impl<S: Default + Send> Workers<S> {
    pub fn new(jobs: usize) -> Result<Self, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build()?;
        Ok(Workers { pool, idle: Mutex::default() })
    }

    /// Runs `process` over the groups of a batch, each thread with a scratch of its own; the result
    /// has the order of the documents.
    pub fn batch(
        &self,
        documents: Vec<Document>,
        process: impl Fn(&mut [Outcome], &mut S) + Sync,
    ) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = documents.into_iter().map(Ok).collect();
        let size = outcomes.len().div_ceil(self.pool.current_num_threads()).clamp(1, GROUP);
        self.pool.install(|| {
            outcomes.par_chunks_mut(size).for_each_init(
                || Lent::from(&self.idle),
                |lent: &mut Lent<'_, S>, group| process(group, &mut lent.scratch),
            );
        });
        outcomes
    }
}

/// A scratch that goes back to those that are idle when its part of a batch is done.
struct Lent<'w, S: Default> {
    scratch: S,
    idle: &'w Mutex<Vec<S>>,
}

impl<'w, S: Default> From<&'w Mutex<Vec<S>>> for Lent<'w, S> {
    fn from(idle: &'w Mutex<Vec<S>>) -> Self {
        // Nothing can panic while the lock is held; a poisoned one would be whole all the same.
        let scratch = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Lent { scratch: scratch.unwrap_or_default(), idle }
    }
}

impl<S: Default> Drop for Lent<'_, S> {
    fn drop(&mut self) {
        let scratch = std::mem::take(&mut self.scratch);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }
}

//! Documents that go through the stages together.
//!
//! Each stage is done with all documents of a group before the next begins: the tables in which a
//! stage looks things up are larger than the processor's nearest memory, and so stay near for as
//! long as they are used. Over news that saves a fifth of the time (scripts/bench/RESULTS.md).

use nukil_types::{Document, guarded};

use crate::timings::{Stage, Timings, Watch};
use crate::{Failure, Refusal};

/// A document, or why it could not be processed.
pub(crate) type Outcome = Result<Document, Failure>;

/// Documents on their way through the stages.
pub(crate) struct Group<'g> {
    outcomes: &'g mut [Outcome],
    watch: Watch<'g>,
}

impl<'g> Group<'g> {
    /// A group that sets out now; `timings`, where there are any, learn how long each stage takes.
    pub fn new(outcomes: &'g mut [Outcome], timings: Option<&'g Timings>) -> Self {
        Group { outcomes, watch: Watch::start(timings) }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Runs one stage over every document that has come so far and is not left out; `step` gets its
    /// number in the group. One that is refused, or on which the stage panics, is a [`Failure`] and
    /// goes no further.
    pub fn each<S: Default>(
        &mut self,
        stage: Stage,
        scratch: &mut S,
        mut step: impl FnMut(usize, &mut Document, &mut S) -> Result<(), Refusal>,
    ) {
        for (at, outcome) in self.outcomes.iter_mut().enumerate() {
            let Ok(document) = outcome else { continue };
            if document.skipped.is_some() {
                continue;
            }
            let (stage, reason) = match guarded(|| step(at, document, scratch)) {
                Ok(Ok(())) => continue,
                Ok(Err(refusal)) => (refusal.stage(), refusal.to_string()),
                Err(reason) => {
                    // The buffers of a stage that panicked are thrown away with whatever state they
                    // had.
                    *scratch = S::default();
                    ("process", reason)
                }
            };
            let id = std::mem::take(&mut document.id);
            let source = std::mem::take(&mut document.source);
            *outcome = Err(Failure { id, source, stage, reason });
        }
        self.watch.lap(stage);
    }
}

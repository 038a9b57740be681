//! `nukil background build`: documents in, counts of their words and phrases out; and the reading
//! of such a file for the other commands.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use nukil_pipeline::{Background, BackgroundBuilder, WordConfig, WordPipeline};
use nukil_tables::{Failure, ReadOptions, Reader, StagedFile};

use crate::Status;
use crate::args::BackgroundArgs;
use crate::batch;
use crate::messages::{Messages, count};
use crate::progress::Progress;

/// Least documents that a word or phrase of a large collection is in, as in the built-in counts.
const FLOOR: u32 = 5;
/// The same in a collection of fewer than [`SMALL`] documents.
const FLOOR_OF_SMALL: u32 = 2;
const SMALL: u32 = 5_000;

/// Runs the command.
pub fn build(args: BackgroundArgs) -> Result<Status> {
    let jobs = batch::threads(args.work.jobs);
    let words = WordPipeline::new(WordConfig {
        layout: args.layout.into(),
        limits: args.input.limits.into(),
        stopwords: args.stopwords.into(),
        jobs,
        ..WordConfig::default()
    })?;
    // Opened before the first document is read: no work is lost to an output that cannot be.
    let mut file = StagedFile::create_at(&args.output)?;
    let messages = Messages::new(args.work.quiet, Progress::hidden());

    let (inputs, options) = args.input.inputs_and_options();
    let mut failed = 0_u64;
    let builder = counts(inputs, options, &words, jobs, |failure| {
        failed += 1;
        messages.say(failure);
    });
    let documents = builder.documents();
    if documents == 0 {
        messages.say("no document, nothing was written");
        return Ok(Status::NothingDone);
    }
    let floor = if documents < SMALL { FLOOR_OF_SMALL } else { FLOOR };
    let cannot_write = || format!("cannot write {}", args.output.display());
    file.write_all(&builder.finish(floor)).with_context(cannot_write)?;
    file.complete()?.rename()?;
    messages.say(format_args!(
        "{} counted; in {}",
        count(u64::from(documents), "document"),
        args.output.display()
    ));
    Ok(Status::of(u64::from(documents), failed))
}

/// Counts all documents of the inputs, in their order.
pub fn counts(
    inputs: Vec<PathBuf>,
    options: ReadOptions,
    words: &WordPipeline,
    jobs: usize,
    mut failed: impl FnMut(Failure),
) -> BackgroundBuilder {
    let mut builder = BackgroundBuilder::new();
    let size = batch::Size::new(jobs, &options.limits);
    let reader = Reader::new(inputs, options);
    for batch in batch::processed(reader, size, |documents| words.process_batch(documents)) {
        for item in batch {
            match item {
                Ok(document) => builder.add(&document),
                Err(failure) => failed(failure),
            }
        }
    }
    builder
}

/// Opens a file that the command wrote.
pub fn open(path: &Path) -> Result<Background> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let not_one = || format!("{}: no counts by `nukil background build`", path.display());
    Background::open(bytes).with_context(not_one)
}

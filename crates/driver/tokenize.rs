//! `nukil tokenize`: documents in, their words out.
//!
//! One thread reads, hands batches to the pipeline and writes what comes back. Splitting words is
//! so quick that reading and writing beside it would gain little.

use std::io::{self, BufWriter};

use anyhow::Result;
use nukil_pipeline::{WordConfig, WordPipeline};
use nukil_tables::{Reader, WordWriter};

use crate::Status;
use crate::args::TokenizeArgs;
use crate::batch;
use crate::messages::Messages;
use crate::progress::Progress;

/// Runs the command.
pub fn run(args: TokenizeArgs) -> Result<Status> {
    let jobs = batch::threads(args.work.jobs);
    let pipeline = WordPipeline::new(WordConfig {
        layout: args.layout.into(),
        limits: args.input.limits.into(),
        stopwords: args.stopwords.into(),
        profile: args.profile.into(),
        standard_spelling: args.standard_spelling,
        jobs,
        ..WordConfig::default()
    })?;
    let stdout = BufWriter::with_capacity(1 << 18, io::stdout());
    let mut writer = WordWriter::new(stdout, args.output_format.into(), args.offsets.into());
    let messages = Messages::new(args.work.quiet, Progress::hidden());

    let (inputs, options) = args.input.inputs_and_options();
    let size = batch::Size::new(jobs, &options.limits);
    let reader = Reader::new(inputs, options);
    let (mut done, mut failed) = (0_u64, 0_u64);
    for batch in batch::processed(reader, size, |documents| pipeline.process_batch(documents)) {
        for item in batch {
            match item {
                Ok(document) => {
                    writer.write(&document)?;
                    done += 1;
                }
                Err(failure) => {
                    failed += 1;
                    messages.say(failure);
                }
            }
        }
        // A reader of standard output sees each batch when it is done.
        writer.flush()?;
    }
    Ok(Status::of(done, failed))
}

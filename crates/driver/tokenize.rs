//! `nukil tokenize`: documents in, their words out.
//!
//! One thread reads, hands batches to the pipeline and writes what comes back. Splitting words is
//! so quick that reading and writing beside it would gain little.

use std::io::{self, BufWriter};

use anyhow::Result;
use nukil_pipeline::{RecurringFurniture, WordConfig, WordPipeline};
use nukil_tables::{Reader, WordWriter};

use crate::Status;
use crate::args::TokenizeArgs;
use crate::batch;
use crate::messages::Messages;
use crate::progress::Progress;

/// Runs the command.
pub fn run(args: TokenizeArgs) -> Result<Status> {
    let jobs = batch::threads(args.jobs);
    let pipeline = WordPipeline::new(WordConfig {
        layout: args.layout.into(),
        page_limits: args.input.limits.of_pages(),
        furniture: RecurringFurniture::default(),
        stopwords: args.stopwords.into(),
        profile: args.profile.into(),
        standard_spelling: args.standard_spelling,
        jobs,
    })?;
    let stdout = BufWriter::with_capacity(1 << 18, io::stdout());
    let mut writer = WordWriter::new(stdout, args.output_format.into(), args.offsets.into());
    let messages = Messages::new(args.quiet, Progress::hidden());

    let (inputs, options) = args.input.inputs_and_options();
    let mut reader = Reader::new(inputs, options);
    let (mut done, mut failed) = (0_u64, 0_u64);
    loop {
        let (mut documents, mut bytes) = (Vec::new(), 0);
        // What cannot be read keeps its place: it is told behind the documents before it.
        let mut failure = None;
        while !batch::is_full(documents.len(), bytes, jobs) {
            match reader.next() {
                Some(Ok(document)) => {
                    bytes += document.input_bytes();
                    documents.push(document);
                }
                Some(Err(unreadable)) => {
                    failure = Some(unreadable);
                    break;
                }
                None => break,
            }
        }
        let ended = documents.is_empty() && failure.is_none();
        for processed in pipeline.process_batch(documents) {
            match processed {
                Ok(document) => {
                    writer.write(&document)?;
                    done += 1;
                }
                Err(failure) => {
                    failed += 1;
                    messages.say(batch::unprocessed(failure));
                }
            }
        }
        // A reader of standard output sees each batch when it is done.
        writer.flush()?;
        if let Some(failure) = failure {
            failed += 1;
            messages.say(failure);
        }
        if ended {
            break;
        }
    }
    Ok(match (done, failed) {
        (0, 1..) => Status::NothingDone,
        (_, 0) => Status::Done,
        _ => Status::SomeFailed,
    })
}

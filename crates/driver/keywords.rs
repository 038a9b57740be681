//! `nukil keywords`: documents in, their keywords out; with `--corpus` those of the collection.
//!
//! One thread reads, hands batches to the pipeline and writes what comes back. For a collection the
//! input is read twice: first words and phrases of all documents are counted, then the documents are
//! ranked by what sets them apart, and their keywords gathered. No pass keeps a document longer than
//! its batch.

use std::io::{self, BufWriter, Stdout};

use anyhow::{Result, bail};
use clap::ArgMatches;
use nukil_pipeline::{Background, Corpus, Pipeline, WordConfig, WordPipeline};
use nukil_tables::{
    Failure, Fingerprint, InputMark, InputTrail, KeywordRecordWriter, KeywordWriter, ReadOptions,
    Reader, RunDescription,
};
use nukil_types::{CorpusKeyword, Document};

use crate::Status;
use crate::args::KeywordsArgs;
use crate::background;
use crate::batch;
use crate::extract;
use crate::messages::{Messages, count};
use crate::options;
use crate::progress::Progress;

/// Least documents of a collection that a phrase is in to be listed among its counts; what is not
/// listed counts as held by one.
const FLOOR: u32 = 2;

/// Runs the command; `matches` is the whole command line.
pub fn run(args: KeywordsArgs, matches: &ArgMatches) -> Result<Status> {
    let jobs = batch::threads(args.work.jobs);
    let messages = Messages::new(args.work.quiet, Progress::hidden());
    let learn = args.analysis.learn_furniture;
    let limits = args.input.limits.into();
    let mut words = WordConfig {
        layout: args.analysis.layout.into(),
        limits,
        stopwords: args.analysis.stopwords.into(),
        jobs,
        ..WordConfig::default()
    };
    let mut config = extract::config(args.analysis, limits, jobs)?;
    let (inputs, mut options) = args.input.inputs_and_options();
    let folder = (args.output.as_os_str() != "-").then(|| args.output.clone());
    options.output.clone_from(&folder);
    let mut sink = match folder {
        None => Sink::stdout(args.offsets.into(), args.corpus),
        Some(folder) => {
            let description = RunDescription {
                program: crate::PROGRAM.to_string(),
                options: options::of("keywords", matches)?,
                input: Fingerprint::of(inputs.clone(), &options),
            };
            let unit = args.offsets.into();
            Sink::Folder(Box::new(KeywordWriter::create(&folder, unit, args.corpus, description)?))
        }
    };
    if learn {
        config.furniture = extract::learn_furniture(&inputs, &options)?;
        words.furniture = config.furniture.clone();
    }

    let mut corpus = None;
    if args.corpus {
        if inputs.iter().any(|input| input.as_os_str() == "-") {
            bail!("--corpus reads its input twice, which standard input cannot be");
        }
        let words = WordPipeline::new(words)?;
        // What fails here fails again, and is told then.
        let first_pass = |options: ReadOptions| {
            background::counts(inputs.clone(), options, &words, jobs, |_| {})
        };
        let counts = first_pass(options.clone()).finish(FLOOR);
        config.corpus = Some(Background::open(counts)?);
        corpus = Some(Corpus::new(args.by.into()));
    }

    let pipeline = Pipeline::new(config)?;
    let size = batch::Size::new(jobs, &options.limits);
    let mut trail = InputTrail::default();
    let reader = Reader::new(inputs, options).inspect(|item| trail.add(item));
    let (mut done, mut failed) = (0_u64, 0_u64);
    for batch in batch::processed(reader, size, |documents| pipeline.process_batch(documents)) {
        for item in batch {
            match item {
                Ok(document) => {
                    sink.write(&document)?;
                    if let Some(corpus) = &mut corpus {
                        corpus.add(&document);
                    }
                    done += 1;
                }
                Err(failure) => {
                    messages.say(&failure);
                    sink.fail(&failure)?;
                    failed += 1;
                }
            }
        }
        sink.flush()?;
    }
    if done == 0 && failed > 0 {
        // The sink is dropped unfinished: earlier tables in its place stay.
        messages.say("nothing could be done, nothing was written");
        return Ok(Status::NothingDone);
    }
    for keyword in corpus.map(Corpus::finish).unwrap_or_default() {
        sink.write_corpus(&keyword)?;
    }
    sink.finish(trail.mark())?;
    messages.say(format_args!("{} done", count(done, "document")));
    Ok(Status::of(done, failed))
}

/// Where the keywords go.
enum Sink {
    Folder(Box<KeywordWriter>),
    /// Standard output, for documents or for the collection.
    Stdout {
        writer: KeywordRecordWriter<BufWriter<Stdout>>,
        corpus: bool,
    },
}

impl Sink {
    fn stdout(unit: nukil_types::OffsetUnit, corpus: bool) -> Sink {
        let stdout = BufWriter::with_capacity(1 << 18, io::stdout());
        Sink::Stdout { writer: KeywordRecordWriter::new(stdout, unit), corpus }
    }

    fn write(&mut self, document: &Document) -> Result<()> {
        match self {
            Sink::Folder(writer) => writer.write(document)?,
            Sink::Stdout { writer, corpus: false } => writer.write(document)?,
            Sink::Stdout { corpus: true, .. } => {}
        }
        Ok(())
    }

    fn write_corpus(&mut self, keyword: &CorpusKeyword) -> Result<()> {
        match self {
            Sink::Folder(writer) => writer.write_corpus(keyword)?,
            Sink::Stdout { writer, .. } => writer.write_corpus(keyword)?,
        }
        Ok(())
    }

    fn fail(&mut self, failure: &Failure) -> Result<()> {
        // Standard output carries data only.
        if let Sink::Folder(writer) = self {
            writer.fail(failure)?;
        }
        Ok(())
    }

    /// Makes a batch visible to whoever reads standard output.
    fn flush(&mut self) -> Result<()> {
        if let Sink::Stdout { writer, .. } = self {
            writer.flush()?;
        }
        Ok(())
    }

    /// Ends the output of the whole input, `read`.
    fn finish(self, read: InputMark) -> Result<()> {
        match self {
            Sink::Folder(writer) => drop(writer.finish(read)?),
            Sink::Stdout { mut writer, .. } => writer.flush()?,
        }
        Ok(())
    }
}

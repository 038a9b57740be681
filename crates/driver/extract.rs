//! `nukil extract`: documents in, tables out.
//!
//! The tables are written in parts, so that a run that is interrupted can be gone on with; see
//! [`DatasetWriter`] for what lies where.
//!
//! Threads hand batches on: one reads, those of two lanes have the pipeline work on them with
//! threads of its own, one writes. Reader and writer go from lane to lane in turn, so batches keep
//! the order of the input, and the channels between the threads hold few of them: the output does
//! not depend on the number of threads, and memory does not grow with the collection.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Stdout};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Error, Result, anyhow, bail};
use clap::ArgMatches;
use nukil_pipeline::{Config, FurnitureLearner, Pipeline, RecurringFurniture, page_reader};
use nukil_tables::{
    Counts, DatasetOptions, DatasetWriter, Failure, Fingerprint, InputMark, Manifest, OpenError,
    Opened, ReadOptions, Reader, RecordWriter, RunDescription, total_bytes,
};
use nukil_types::{Document, Limits, guarded};

use crate::Status;
use crate::args::{AnalysisArgs, ExtractArgs, OutputArgs, OutputFormat, PartitionArg, When};
use crate::background;
use crate::batch;
use crate::interrupt::Interrupt;
use crate::messages::{Messages, count, grouped};
use crate::options;
use crate::parts::{PartReader, ReadBatch};
use crate::progress::Progress;
use crate::stats::{self, Stats};
use crate::summary::Tally;

/// How long an interrupt may wait where nothing comes to be read.
const LISTEN: Duration = Duration::from_millis(200);

/// Runs the command; `matches` is the whole command line.
pub fn run(args: ExtractArgs, matches: &ArgMatches) -> Result<Status> {
    let stats = Stats::start();
    let ExtractArgs { input, output, analysis, run } = args;
    let jobs = batch::threads(run.work.jobs);
    let learn = analysis.learn_furniture;
    let mut config = config(analysis, input.limits.into(), jobs)?;

    let stats_file = run.stats.as_deref().map(stats::open).transpose()?;
    config.timings = stats_file.is_some();
    let (inputs, mut options) = input.inputs_and_options();
    if output.output.as_os_str() != "-" {
        options.output = Some(output.output.clone());
    }
    // Opened before the first document is read: no work is lost to an output that cannot be.
    let early = Messages::new(run.work.quiet, Progress::hidden());
    let sink = match &options.output {
        None => Sink::stdout(&output)?,
        Some(folder) => {
            let description = RunDescription {
                program: crate::PROGRAM.to_string(),
                options: options::of("extract", matches)?,
                input: Fingerprint::of(inputs.clone(), &options),
            };
            match open_dataset(folder, &output, description)? {
                Opened::Complete(manifest) => {
                    let reader = Reader::new(inputs, options.clone());
                    return already_complete(folder, &manifest, reader, &early);
                }
                Opened::Writer { writer, discarded } => {
                    if let Some(discarded) = discarded {
                        early.say(format_args!(
                            "{} begins anew; an unfinished run there had done {}, with which \
                             --resume would have gone on",
                            folder.display(),
                            count(discarded.documents, "document"),
                        ));
                    }
                    Sink::Folder { writer, folder: folder.clone() }
                }
            }
        }
    };
    if learn {
        config.furniture = learn_furniture(&inputs, &options)?;
    }
    let pipeline = Pipeline::new(config)?;

    let terminal = io::stderr().is_terminal() && !run.work.quiet;
    let progress = match terminal {
        true => Progress::visible(total_bytes(inputs.clone(), &options)),
        false => Progress::hidden(),
    };
    let summary = !run.work.quiet
        && match run.summary {
            When::Auto => terminal && matches!(sink, Sink::Folder { .. }),
            When::Always => true,
            When::Never => false,
        };
    let folder = options.output.clone();
    let size = batch::Size::new(jobs, &options.limits);
    let mut reader = PartReader::new(Reader::new(inputs, options), output.part_documents.get());
    go_on(&sink, &mut reader, summary, &early)?;
    let writing = Writing {
        sink,
        messages: Messages::new(run.work.quiet, progress.clone()),
        progress: progress.clone(),
        tally: summary.then(Tally::default),
        stats: stats.clone(),
    };

    // Records on standard output cannot be gone on with, so there is nothing to end in good order.
    let interrupt = match &folder {
        Some(_) => Interrupt::listen(),
        None => Interrupt::default(),
    };
    let (to_lanes, lanes) = channels();
    // Not waited for when the run is interrupted: it may wait for input itself.
    let reading = {
        let (progress, stats) = (progress.clone(), stats.clone());
        thread::spawn(move || read_batches(reader, size, &progress, &stats, &to_lanes))
    };
    let written = thread::scope(|scope| {
        let (to_writer, processed) = channels();
        for (read, to_writer) in lanes.into_iter().zip(to_writer) {
            let (pipeline, interrupt) = (&pipeline, &interrupt);
            scope.spawn(move || process_batches(pipeline, interrupt, &read, &to_writer));
        }
        scope.spawn(move || writing.write_batches(processed)).join()
    });
    progress.finish();
    // A panic of a thread is a defect of the program; it goes on here as it was.
    let written = written.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let writing = written.map_err(|error| kept(error, folder.as_deref()))?;
    if let Some(folder) = folder.as_deref().filter(|_| interrupt.is_raised()) {
        return Ok(writing.interrupted(folder));
    }
    let reader = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let reader = reader.reader();
    let status = writing.finish(reader).map_err(|error| kept(error, folder.as_deref()))?;
    if let Some(file) = stats_file {
        stats.write(file, reader.bytes_read(), jobs, &pipeline.timings())?;
    }
    Ok(status)
}

/// Opens the dataset folder, at the beginning or where an earlier run left off.
fn open_dataset(folder: &Path, output: &OutputArgs, description: RunDescription) -> Result<Opened> {
    let asked = |format| output.output_format.contains(&format);
    let options = DatasetOptions {
        csv: asked(OutputFormat::Csv) || output.output_format.is_empty(),
        jsonl: asked(OutputFormat::Jsonl),
        parquet: asked(OutputFormat::Parquet),
        tokens: output.tokens,
        unit: output.offsets.into(),
        partition_by: output.partition_by.into(),
    };
    DatasetWriter::open(folder, options, description, output.resume).map_err(|error| match error {
        OpenError::Changed { .. } | OpenError::Damaged { .. } => {
            anyhow!("--resume cannot go on: {error}. {AS_IT_WAS}")
        }
        error => error.into(),
    })
}

/// What to do when a run cannot be gone on with.
const AS_IT_WAS: &str =
    "Run it with the input and the options of then, or without --resume to begin anew";

/// Tells that there is nothing left to do, if the input is the one that the dataset is of.
fn already_complete(
    folder: &Path,
    manifest: &Manifest,
    reader: Reader,
    messages: &Messages,
) -> Result<Status> {
    let mut reader = PartReader::new(reader, 1);
    if !reader.skip_to(manifest.input) || !reader.is_at_end() {
        bail!(
            "--resume cannot go on: the dataset in {} is complete, but of another input. {AS_IT_WAS}",
            folder.display()
        );
    }
    let Counts { documents, failures, .. } = manifest.counts;
    let done = count(documents, "document");
    messages.say(format_args!("{} is complete already: {done} done", folder.display()));
    Ok(Status::of(documents, failures))
}

/// Brings the reader behind what an earlier run has done.
fn go_on(sink: &Sink, reader: &mut PartReader, summary: bool, messages: &Messages) -> Result<()> {
    let Sink::Folder { writer, .. } = sink else { return Ok(()) };
    let mark = writer.read_mark();
    if mark == InputMark::default() {
        return Ok(());
    }
    messages.say(format_args!("goes on behind {}", count(writer.counts().documents, "document")));
    if summary {
        messages.say("the picture at the end is of the documents since then");
    }
    if !reader.skip_to(mark) || writer.read_whole() && !reader.is_at_end() {
        bail!(
            "--resume cannot go on: the first {} of the input are not those of then. {AS_IT_WAS}",
            count(mark.items, "document"),
        );
    }
    Ok(())
}

/// An error that ended the run, with what is left of it.
fn kept(error: Error, folder: Option<&Path>) -> Error {
    let Some(counts) = folder.and_then(DatasetWriter::unfinished) else { return error };
    let full = |error: &io::Error| {
        matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    };
    let full = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(full);
    let when = if full { "once there is space, " } else { "" };
    let done = count(counts.documents, "document");
    anyhow!("{error:#}; {done} done are kept: {when}the same command with --resume goes on")
}

/// Reads the whole input for the lines that recur in it. What cannot be read is told when it is
/// read again.
pub fn learn_furniture(inputs: &[PathBuf], options: &ReadOptions) -> Result<RecurringFurniture> {
    if inputs.iter().any(|input| input.as_os_str() == "-") {
        bail!("--learn-furniture reads the input twice, which standard input cannot be");
    }
    let mut learner = FurnitureLearner::default();
    let pages = page_reader()?;
    for mut document in Reader::new(inputs.to_vec(), options.clone()).flatten() {
        if pages.read_into(&mut document, &options.limits.page).is_ok() {
            learner.read(&document.source, &document.text);
        }
    }
    Ok(learner.finish())
}

/// The configuration of the pipeline, the user's files read.
pub fn config(analysis: AnalysisArgs, limits: Limits, jobs: usize) -> Result<Config> {
    let words = |files: Vec<PathBuf>| -> Result<Vec<String>> {
        let mut words = Vec::new();
        for file in files {
            let text = user_file(&file)?;
            let lines = text.lines().map(str::trim);
            words.extend(
                lines.filter(|word| !word.is_empty() && !word.starts_with('#')).map(str::to_string),
            );
        }
        Ok(words)
    };
    Ok(Config {
        layout: analysis.layout.into(),
        languages: analysis.language,
        furniture: RecurringFurniture::default(),
        limits,
        keywords: analysis.keywords,
        keyword_method: analysis.keyword_method.into(),
        background: analysis.background.as_deref().map(background::open).transpose()?,
        corpus: None,
        stopwords: analysis.stopwords.into(),
        stopwords_added: words(analysis.stopwords_add)?,
        stopwords_removed: words(analysis.stopwords_remove)?,
        gazetteers: gazetteers(analysis.gazetteer)?,
        model: analysis.model.as_deref().map(model).transpose()?,
        min_score: analysis.min_score,
        timings: false,
        jobs,
    })
}

/// Gazetteers that options name, with their names for messages.
pub fn gazetteers(files: Vec<PathBuf>) -> Result<Vec<(String, String)>> {
    let read = |file: PathBuf| Ok((file.to_string_lossy().into_owned(), user_file(&file)?));
    files.into_iter().map(read).collect()
}

/// A model that an option names, with its name for messages.
pub fn model(path: &Path) -> Result<(String, Vec<u8>)> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok((path.display().to_string(), bytes))
}

/// A file that an option names, without the byte order mark that spreadsheets put first.
fn user_file(path: &Path) -> Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_string(),
        None => text,
    })
}

/// A channel for each lane.
fn channels() -> (Vec<SyncSender<ReadBatch>>, Vec<Receiver<ReadBatch>>) {
    (0..batch::LANES).map(|_| sync_channel(batch::WAITING)).unzip()
}

/// Reads all batches, lane by lane, and gives the reader back, which has counted what it read.
fn read_batches(
    mut reader: PartReader,
    size: batch::Size,
    progress: &Progress,
    stats: &Stats,
    to_lanes: &[SyncSender<ReadBatch>],
) -> PartReader {
    for to_lane in to_lanes.iter().cycle() {
        let batch = stats.reading(|| reader.batch(size));
        progress.read(reader.reader().bytes_read());
        // Where nobody takes it, the run is over for a reason that the writer tells.
        if batch.items.is_empty() || to_lane.send(batch).is_err() {
            break;
        }
    }
    reader
}

/// Has the pipeline work on the batches of one lane until there are no more, nobody takes them any
/// more because the output has failed or is closed, or the run is interrupted.
fn process_batches(
    pipeline: &Pipeline,
    interrupt: &Interrupt,
    read: &Receiver<ReadBatch>,
    to_writer: &SyncSender<ReadBatch>,
) {
    while !interrupt.is_raised() {
        let ReadBatch { items, read, ends_part } = match read.recv_timeout(LISTEN) {
            Ok(batch) => batch,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let items = batch::process(items, |documents| pipeline.process_batch(documents));
        if to_writer.send(ReadBatch { items, read, ends_part }).is_err() {
            return;
        }
    }
}

/// Where the results go.
enum Sink {
    Folder { writer: Box<DatasetWriter>, folder: PathBuf },
    Stdout { writer: RecordWriter<BufWriter<Stdout>>, counts: Counts },
}

impl Sink {
    fn stdout(output: &OutputArgs) -> Result<Sink> {
        for (format, name) in [(OutputFormat::Csv, "csv"), (OutputFormat::Parquet, "parquet")] {
            if output.output_format.contains(&format) {
                bail!("-o - writes JSON Lines; --output-format {name} needs a folder (-o DIR)");
            }
        }
        if output.resume {
            bail!("--resume goes on in a folder (-o DIR); what went to standard output is gone");
        }
        if output.partition_by != PartitionArg::None {
            bail!("--partition-by splits the tables of a folder (-o DIR)");
        }
        let stdout = BufWriter::with_capacity(1 << 18, io::stdout());
        let writer = RecordWriter::new(stdout, output.offsets.into(), output.tokens);
        Ok(Sink::Stdout { writer, counts: Counts::default() })
    }

    /// What the whole run has counted, with what an earlier one did of it.
    fn counts(&self) -> Counts {
        match self {
            Sink::Folder { writer, .. } => writer.counts(),
            Sink::Stdout { counts, .. } => *counts,
        }
    }

    fn write(&mut self, document: &Document) -> Result<()> {
        match self {
            Sink::Folder { writer, .. } => writer.write(document)?,
            Sink::Stdout { writer, counts } => {
                writer.write(document)?;
                counts.add(document);
            }
        }
        Ok(())
    }

    fn fail(&mut self, failure: &Failure) -> Result<()> {
        match self {
            Sink::Folder { writer, .. } => writer.fail(failure)?,
            // Standard output carries data only; the message has been written elsewhere.
            Sink::Stdout { counts, .. } => counts.fail(failure),
        }
        Ok(())
    }

    /// Makes a batch visible to whoever reads standard output, and a part whole where one ends.
    fn end_batch(&mut self, read: InputMark, ends_part: bool) -> Result<()> {
        match self {
            Sink::Folder { writer, .. } => {
                writer.reads_to(read);
                if ends_part {
                    writer.end_part()?;
                }
            }
            Sink::Stdout { writer, .. } => writer.flush()?,
        }
        Ok(())
    }
}

/// The writing end of a run.
struct Writing {
    sink: Sink,
    messages: Messages,
    progress: Progress,
    tally: Option<Tally>,
    stats: Stats,
}

impl Writing {
    /// Writes what the lanes give, in turn; that is the order of the input.
    fn write_batches(mut self, lanes: Vec<Receiver<ReadBatch>>) -> Result<Writing> {
        let stats = self.stats.clone();
        // Where a lane has ended, what the others still give stands behind something that is missing.
        for batch in lanes.iter().cycle().map_while(|lane| lane.recv().ok()) {
            stats.writing(|| self.write_batch(batch))?;
            let Counts { documents, failures, .. } = self.sink.counts();
            self.progress.documents(documents, failures);
        }
        Ok(self)
    }

    fn write_batch(&mut self, batch: ReadBatch) -> Result<()> {
        let ReadBatch { items, read, ends_part } = batch;
        for item in items {
            match item {
                Ok(document) => {
                    // What is half written of a part goes with it; the parts before it are kept.
                    guarded(|| self.sink.write(&document)).unwrap_or_else(|defect| {
                        let Document { id, source, .. } = &document;
                        bail!("{defect} while document {id} of {source} was written")
                    })?;
                    self.stats.add(&document);
                    if let Some(tally) = &mut self.tally {
                        tally.add(&document);
                    }
                }
                Err(failure) => {
                    self.stats.fail();
                    self.messages.say(&failure);
                    self.sink.fail(&failure)?;
                }
            }
        }
        self.sink.end_batch(read, ends_part)
    }

    /// Ends a run that the user interrupted.
    fn interrupted(self, folder: &Path) -> Status {
        // The part that was being written goes, those that are whole stay.
        drop(self.sink);
        match DatasetWriter::unfinished(folder) {
            Some(counts) => self.messages.say(format_args!(
                "interrupted after {}; the same command with --resume goes on",
                count(counts.documents, "document"),
            )),
            None => self.messages.say("interrupted before a part was whole; nothing is kept"),
        }
        Status::Interrupted
    }

    /// Gives the tables their names and closes with what a person wants to know.
    fn finish(self, reader: &Reader) -> Result<Status> {
        let repeated_ids = reader.repeated_ids();
        let Writing { sink, messages, tally, stats, .. } = self;
        let Counts {
            documents: done, failures: failed, skipped, truncated, damaged, replaced, ..
        } = sink.counts();
        if done == 0 && failed > 0 {
            // An earlier dataset in its place stays.
            if let Sink::Folder { writer, .. } = sink {
                writer.discard()?;
            }
            messages.say("nothing could be done, nothing was written");
            return Ok(Status::NothingDone);
        }
        let files = match sink {
            Sink::Folder { writer, folder } => Some((folder, writer.finish()?)),
            Sink::Stdout { mut writer, .. } => {
                writer.flush()?;
                None
            }
        };
        if truncated > 0 {
            messages.say(format_args!(
                "{} cut at a limit (--max-characters, --max-tokens) and marked as truncated",
                count(truncated, "text"),
            ));
        }
        if damaged > 0 {
            messages.say(format_args!(
                "{} with {} that could not be decoded (replacement_characters)",
                count(damaged, "text"),
                count(replaced, "character"),
            ));
        }
        if skipped > 0 {
            messages.say(format_args!(
                "{} skipped: in another language than those of --language",
                count(skipped, "document"),
            ));
        }
        if repeated_ids > 0 {
            messages.say(format_args!(
                "{} with the id of an earlier one; their rows cannot be told apart",
                count(repeated_ids, "document"),
            ));
        }
        if let Some(tally) = tally {
            messages.write(format_args!("{tally}\n"));
        }
        let failed_words = match (failed, &files) {
            (0, _) => String::new(),
            (failed, None) => format!(", {} failed", grouped(failed)),
            (failed, Some(_)) => format!(", {} failed (see failures.csv)", grouped(failed)),
        };
        let place = match &files {
            Some((folder, files)) => format!("; in {}: {}", folder.display(), file_names(files)),
            None => String::new(),
        };
        let unread = match reader.unread() {
            unread if unread.is_empty() => String::new(),
            unread => format!(", not read: {unread}"),
        };
        let pace = stats.pace();
        let done_words = count(done, "document");
        messages.say(format_args!("{done_words} done{failed_words}{unread}, {pace}{place}"));
        Ok(Status::of(done, failed))
    }
}

fn file_names(files: &[PathBuf]) -> String {
    let names: Vec<_> = files
        .iter()
        .filter_map(|file| file.file_name())
        .map(|name| name.to_string_lossy())
        .collect();
    names.join(", ")
}

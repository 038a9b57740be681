//! `nukil extract`: documents in, tables out.
//!
//! Three threads hand batches on: one reads, this one has the pipeline work on them with threads
//! of its own, one writes. Batches keep the order of the input and the channels between the
//! threads hold few of them, so the output does not depend on the number of threads, and memory
//! does not grow with the collection.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Stdout};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use anyhow::{Context, Result, bail};
use nukil_pipeline::{Config, FurnitureLearner, Pipeline, RecurringFurniture, page_reader};
use nukil_tables::{
    DatasetOptions, DatasetWriter, Failure, ReadOptions, Reader, RecordWriter, total_bytes,
};
use nukil_types::{Document, Limits};

use crate::Status;
use crate::args::{AnalysisArgs, ExtractArgs, OutputArgs, OutputFormat, When};
use crate::background;
use crate::batch::{self, Batch};
use crate::messages::{Messages, count, grouped};
use crate::progress::Progress;
use crate::stats::{self, Stats};
use crate::summary::Tally;

/// Runs the command.
pub fn run(args: ExtractArgs) -> Result<Status> {
    let stats = Stats::start();
    let ExtractArgs { input, output, analysis, run } = args;
    let jobs = batch::threads(run.work.jobs);
    let learn = analysis.learn_furniture;
    let mut config = config(analysis, input.limits.into(), jobs)?;

    // Opened before the first document is read: no work is lost to an output that cannot be.
    let sink = Sink::open(&output)?;
    let stats_file = run.stats.as_deref().map(stats::open).transpose()?;
    config.timings = stats_file.is_some();
    let (inputs, mut options) = input.inputs_and_options();
    if let Sink::Folder { folder, .. } = &sink {
        options.output = Some(folder.clone());
    }
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
    let writing = Writing {
        sink,
        messages: Messages::new(run.work.quiet, progress.clone()),
        progress: progress.clone(),
        tally: summary.then(Tally::default),
        stats: stats.clone(),
        done: 0,
        failed: 0,
        skipped: 0,
        truncated: 0,
        damaged: 0,
        replaced: 0,
    };

    let size = batch::Size::new(jobs, &options.limits);
    let reader = Reader::new(inputs, options);
    let (written, read_to_end) = thread::scope(|scope| {
        let (to_pipeline, read) = sync_channel(batch::WAITING);
        let (to_writer, processed) = sync_channel(batch::WAITING);
        let reading = {
            let (progress, stats) = (progress.clone(), stats.clone());
            scope.spawn(move || read_batches(reader, size, &progress, &stats, &to_pipeline))
        };
        let writing = scope.spawn(move || writing.write_batches(processed));
        for batch in read {
            // Nobody takes the batch when the output has failed or is closed.
            let processed = batch::process(batch, |documents| pipeline.process_batch(documents));
            if to_writer.send(processed).is_err() {
                break;
            }
        }
        // Ends the writer; the loop's end has closed the way of the reader.
        drop(to_writer);
        (writing.join(), reading.join())
    });
    progress.finish();
    // A panic of a thread is a defect of the program; it goes on here as it was.
    let writing = written.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let reader = read_to_end.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let status = writing.finish(reader.repeated_ids())?;
    if let Some(file) = stats_file {
        stats.write(file, reader.bytes_read(), jobs, &pipeline.timings())?;
    }
    Ok(status)
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

/// Reads all batches and gives the reader back, which has counted what it read.
fn read_batches(
    mut reader: Reader,
    size: batch::Size,
    progress: &Progress,
    stats: &Stats,
    to_pipeline: &SyncSender<Batch>,
) -> Reader {
    loop {
        let batch = stats.reading(|| batch::next(&mut reader, size));
        progress.read(reader.bytes_read());
        // Where nobody takes it, the run is over for a reason that the writer tells.
        if batch.is_empty() || to_pipeline.send(batch).is_err() {
            return reader;
        }
    }
}

/// Where the results go.
enum Sink {
    Folder { writer: Box<DatasetWriter>, folder: PathBuf },
    Stdout(RecordWriter<BufWriter<Stdout>>),
}

impl Sink {
    fn open(output: &OutputArgs) -> Result<Sink> {
        let unit = output.offsets.into();
        let asked = |format| output.output_format.contains(&format);
        if output.output.as_os_str() == "-" {
            if asked(OutputFormat::Csv) {
                bail!("-o - writes JSON Lines; --output-format csv needs a folder (-o DIR)");
            }
            let stdout = BufWriter::with_capacity(1 << 18, io::stdout());
            return Ok(Sink::Stdout(RecordWriter::new(stdout, unit, output.tokens)));
        }
        let options = DatasetOptions {
            csv: asked(OutputFormat::Csv) || output.output_format.is_empty(),
            jsonl: asked(OutputFormat::Jsonl),
            tokens: output.tokens,
            unit,
        };
        let folder = output.output.clone();
        let writer = Box::new(DatasetWriter::create(&folder, options)?);
        Ok(Sink::Folder { writer, folder })
    }

    fn write(&mut self, document: &Document) -> Result<()> {
        match self {
            Sink::Folder { writer, .. } => writer.write(document)?,
            Sink::Stdout(writer) => writer.write(document)?,
        }
        Ok(())
    }

    fn fail(&mut self, failure: &Failure) -> Result<()> {
        match self {
            Sink::Folder { writer, .. } => writer.fail(failure)?,
            // Standard output carries data only; the message has been written elsewhere.
            Sink::Stdout(_) => {}
        }
        Ok(())
    }

    /// Makes a batch visible to whoever reads standard output.
    fn flush(&mut self) -> Result<()> {
        if let Sink::Stdout(writer) = self {
            writer.flush()?;
        }
        Ok(())
    }
}

/// The writing end of a run, and what it has counted.
struct Writing {
    sink: Sink,
    messages: Messages,
    progress: Progress,
    tally: Option<Tally>,
    stats: Stats,
    done: u64,
    failed: u64,
    skipped: u64,
    truncated: u64,
    /// Texts that hold U+FFFD, and how often.
    damaged: u64,
    replaced: u64,
}

impl Writing {
    fn write_batches(mut self, batches: Receiver<Batch>) -> Result<Writing> {
        let stats = self.stats.clone();
        for batch in batches {
            stats.writing(|| self.write_batch(batch))?;
            self.progress.documents(self.done, self.failed);
        }
        Ok(self)
    }

    fn write_batch(&mut self, batch: Batch) -> Result<()> {
        for item in batch {
            match item {
                Ok(document) => {
                    self.sink.write(&document)?;
                    self.stats.add(&document);
                    self.done += 1;
                    self.skipped += u64::from(document.skipped.is_some());
                    self.truncated += u64::from(document.truncated);
                    let replaced = document.replacement_characters() as u64;
                    self.damaged += u64::from(replaced > 0);
                    self.replaced += replaced;
                    if let Some(tally) = &mut self.tally {
                        tally.add(&document);
                    }
                }
                Err(failure) => {
                    self.failed += 1;
                    self.stats.fail();
                    self.messages.say(&failure);
                    self.sink.fail(&failure)?;
                }
            }
        }
        self.sink.flush()
    }

    /// Gives the tables their names and closes with what a person wants to know.
    fn finish(self, repeated_ids: u64) -> Result<Status> {
        let Writing {
            sink,
            messages,
            tally,
            stats,
            done,
            failed,
            skipped,
            truncated,
            damaged,
            replaced,
            ..
        } = self;
        if done == 0 && failed > 0 {
            // The sink is dropped unfinished: an earlier dataset in its place stays.
            messages.say("nothing could be done, nothing was written");
            return Ok(Status::NothingDone);
        }
        let files = match sink {
            Sink::Folder { writer, folder } => Some((folder, writer.finish()?)),
            Sink::Stdout(mut writer) => {
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
        let pace = stats.pace();
        messages.say(format_args!("{} done{failed_words}, {pace}{place}", count(done, "document")));
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

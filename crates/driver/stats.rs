//! What a run has done and what it took: the pace in its last line, and `--stats FILE`.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nukil_pipeline::Stage;
use nukil_tables::{CompleteFile, StagedFile};
use nukil_types::Document;
use serde::Serialize;

/// Measures a run from its beginning; the threads that read and write share it.
#[derive(Clone)]
pub struct Stats(Arc<Measured>);

struct Measured {
    start: Instant,
    found: Mutex<Found>,
    reading: AtomicU64,
    writing: AtomicU64,
}

/// What has been written, added up.
#[derive(Clone, Copy, Default, Serialize)]
struct Found {
    /// Rows of `documents`.
    documents: u64,
    /// Rows of `failures`.
    failed: u64,
    /// Of the documents, those in languages not asked for.
    skipped: u64,
    /// Of the documents, those that were cut.
    truncated: u64,
    /// Bytes of the texts, decompressed, in UTF-8, without other columns and markup.
    text_bytes: u64,
    tokens: u64,
    sentences: u64,
    /// Rows of `mentions`: names, dates and amounts.
    mentions: u64,
    /// Rows of `entities`.
    entities: u64,
    /// Rows of `quotes`.
    quotes: u64,
    /// Rows of `keywords`.
    keywords: u64,
}

/// The object that `--stats` writes; `nukil help extract` and `crates/tables/README.md` say what
/// its fields mean.
#[derive(Serialize)]
struct Report {
    program: &'static str,
    #[serde(flatten)]
    found: Found,
    /// Bytes of the input files, before decompression.
    input_bytes: u64,
    jobs: usize,
    /// From the start of the command to its end.
    wall_seconds: f64,
    /// Text in 10^6 bytes a second of that.
    mb_per_second: f64,
    /// Most memory that the process has held; `null` where the system does not say.
    peak_memory_bytes: Option<u64>,
    stages: Vec<StageReport>,
}

/// The time that all threads together spent in a stage.
#[derive(Serialize)]
struct StageReport {
    stage: &'static str,
    seconds: f64,
    /// Text in 10^6 bytes for each of these seconds; `null` where no time was spent.
    mb_per_second: Option<f64>,
}

impl Stats {
    /// Begins to measure.
    pub fn start() -> Self {
        Stats(Arc::new(Measured {
            start: Instant::now(),
            found: Mutex::default(),
            reading: AtomicU64::new(0),
            writing: AtomicU64::new(0),
        }))
    }

    /// Does `read`, and counts its time to the reader.
    pub fn reading<T>(&self, read: impl FnOnce() -> T) -> T {
        timed(&self.0.reading, read)
    }

    /// Does `write`, and counts its time to the writer.
    pub fn writing<T>(&self, write: impl FnOnce() -> T) -> T {
        timed(&self.0.writing, write)
    }

    /// Counts a document that has been written.
    pub fn add(&self, document: &Document) {
        let mut found = self.found();
        found.documents += 1;
        found.skipped += u64::from(document.skipped.is_some());
        found.truncated += u64::from(document.truncated);
        found.text_bytes += document.text.len() as u64;
        found.tokens += document.tokens.len() as u64;
        found.sentences += document.sentences.len() as u64;
        found.mentions += (document.mentions.len() + document.values.len()) as u64;
        found.entities += document.entities.len() as u64;
        found.quotes += document.quotes.len() as u64;
        found.keywords += document.keywords.len() as u64;
    }

    /// Counts a failure.
    pub fn fail(&self) {
        self.found().failed += 1;
    }

    /// How much text in how much time: `41.0 MB in 19.2 s (2.1 MB/s)`.
    pub fn pace(&self) -> String {
        let megabytes = megabytes(self.found().text_bytes);
        let seconds = self.0.start.elapsed().as_secs_f64();
        format!("{megabytes:.1} MB in {seconds:.1} s ({:.1} MB/s)", megabytes / seconds)
    }

    /// Writes what was measured, as JSON; the number of bytes read and the time in the pipeline's
    /// stages are for others to know.
    pub fn write(
        &self,
        file: StagedFile,
        input_bytes: u64,
        jobs: usize,
        stages: &[(Stage, Duration)],
    ) -> Result<()> {
        let found = *self.found();
        let wall_seconds = self.0.start.elapsed().as_secs_f64();
        let megabytes = megabytes(found.text_bytes);
        let stage = |stage, spent: Duration| {
            let seconds = spent.as_secs_f64();
            let mb_per_second = (seconds > 0.0).then(|| megabytes / seconds);
            StageReport { stage, seconds, mb_per_second }
        };
        let spent = |clock: &AtomicU64| Duration::from_nanos(clock.load(Ordering::Relaxed));
        let mut reports = vec![stage("read", spent(&self.0.reading))];
        reports.extend(stages.iter().map(|(known, spent)| stage(known.as_str(), *spent)));
        reports.push(stage("write", spent(&self.0.writing)));
        let report = Report {
            program: crate::PROGRAM,
            found,
            input_bytes,
            jobs,
            wall_seconds,
            mb_per_second: megabytes / wall_seconds,
            peak_memory_bytes: peak_memory(),
            stages: reports,
        };
        let file = file.complete_json(&report).and_then(CompleteFile::rename);
        file.map(drop).context("cannot write the statistics")
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        // Nothing can panic while the lock is held; a poisoned one would be whole all the same.
        self.0.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file for the statistics, opened early: no work is lost to one that cannot be written.
pub fn open(path: &Path) -> Result<StagedFile> {
    if path.as_os_str() == "-" {
        bail!("--stats needs the name of a file, which - is not");
    }
    Ok(StagedFile::create_at(path)?)
}

fn timed<T>(clock: &AtomicU64, action: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = action();
    let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    clock.fetch_add(spent, Ordering::Relaxed);
    done
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The high-water mark of the memory that this process holds, where the system keeps one (Linux).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = mark.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

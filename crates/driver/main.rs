//! `nukil`: reads Indonesian news and writes tables of who, where, which organisation and what
//! about. This crate holds the command line alone; the work is done in the rooms beside it.

mod args;
mod background;
mod batch;
mod explain;
mod extract;
mod interrupt;
mod keywords;
mod label;
mod messages;
mod options;
mod output;
mod pages;
mod parts;
mod progress;
mod stats;
mod summary;
mod tokenize;
mod train;

use std::env;
use std::io;
use std::panic;
use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use crate::args::{BackgroundCommand, Cli, Command};
use crate::messages::Messages;

/// The program, as manifests and statistics name it.
const PROGRAM: &str = concat!("nukil ", env!("CARGO_PKG_VERSION"));

/// What the exit status of the process says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Everything was done.
    Done,
    /// The run came to its end, but some documents failed.
    SomeFailed,
    /// Nothing could be done.
    NothingDone,
    /// The user interrupted the run.
    Interrupted,
}

impl Status {
    /// That of a run which did so many documents and failed on so many.
    fn of(done: u64, failed: u64) -> Status {
        match (done, failed) {
            (_, 0) => Status::Done,
            (0, _) => Status::NothingDone,
            _ => Status::SomeFailed,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        match status {
            Status::Done => ExitCode::SUCCESS,
            Status::SomeFailed => ExitCode::from(1),
            Status::NothingDone => ExitCode::from(2),
            Status::Interrupted => ExitCode::from(interrupt::STATUS),
        }
    }
}

fn main() -> ExitCode {
    say_no_guarded_panic();
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let cli = Cli::from_arg_matches(&matches)?;
        Ok((cli, matches))
    });
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help and version come this way too, to standard output and with status 0.
            let _ = error.print();
            return if error.use_stderr() { Status::NothingDone } else { Status::Done }.into();
        }
    };
    match run(cli, &matches) {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => Status::Done.into(),
        Err(error) => {
            // Even --quiet leaves the reason why nothing was done.
            Messages::loud().say(format_args!("{error:#}"));
            Status::NothingDone.into()
        }
    }
}

/// A panic that becomes a row of `failures` is told there; where a backtrace is asked for, it is
/// printed as well.
fn say_no_guarded_panic() {
    let usual = panic::take_hook();
    let backtrace = env::var_os("RUST_BACKTRACE").is_some_and(|asked| asked != "0");
    panic::set_hook(Box::new(move |panic| {
        if backtrace || !nukil_types::is_guarded() {
            usual(panic);
        }
    }));
}

fn run(cli: Cli, matches: &ArgMatches) -> Result<Status> {
    if cli.command.writes_stdout() {
        output::check()?;
    }
    match cli.command {
        Command::Extract(args) => extract::run(*args, matches),
        Command::Explain(args) => explain::run(*args),
        Command::Train(args) => train::run(&args),
        Command::Tag(args) => label::tag(&args),
        Command::Eval(args) => label::eval(&args),
        Command::Tokenize(args) => tokenize::run(*args),
        Command::Keywords(args) => keywords::run(*args, matches),
        Command::Background { command: BackgroundCommand::Build(args) } => background::build(*args),
        Command::Completions { shell } => pages::completions(shell),
        Command::Man => pages::man(),
    }
}

/// Whether a reader of standard output has had enough, which is no failure (`nukil … | head`).
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

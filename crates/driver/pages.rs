//! What is generated from the command line's own description: completions and manual pages.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use crate::Status;
use crate::args::Cli;

/// Writes the completion script of `shell` to standard output.
pub fn completions(shell: Shell) -> Result<Status> {
    let mut command = Cli::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "nukil", &mut script);
    put_out(&script)
}

/// Writes the manual page of the program and, behind it, those of its commands to standard
/// output; `man` shows them as one.
pub fn man() -> Result<Status> {
    let mut command = Cli::command();
    // Fills in what commands take over from the program, such as their full names.
    command.build();
    let mut pages = Vec::new();
    pages_of(&command, "nukil", &mut pages)?;
    put_out(&pages)
}

/// Writes the page of a command and those of the commands below it.
fn pages_of(command: &Command, name: &str, pages: &mut Vec<u8>) -> io::Result<()> {
    clap_mangen::Man::new(command.clone().display_name(name)).render(pages)?;
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        pages_of(below, &format!("{name}-{}", below.get_name()), pages)?;
    }
    Ok(())
}

fn put_out(bytes: &[u8]) -> Result<Status> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()?;
    Ok(Status::Done)
}

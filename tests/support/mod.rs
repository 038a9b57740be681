//! A folder and a command of its own for every test.

// Each test binary compiles this file for itself and uses its own part of it.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// A temporary folder in which the program runs.
pub struct Room(tempfile::TempDir);

impl Room {
    pub fn new() -> Self {
        Room(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Puts a file there, in a folder that is made if need be.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Names of what lies in a folder, hidden or not, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.path(folder))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        names
    }

    /// The program, run in this folder.
    pub fn nukil(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    /// Runs the program and gives exit status, standard output and standard error.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.nukil(arguments))
    }

    /// The cells of some columns of a table, row by row.
    pub fn columns(&self, table: &str, columns: &[&str]) -> Vec<Vec<String>> {
        let text = self.read(table);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a header row").clone();
        let at: Vec<_> = columns
            .iter()
            .map(|column| {
                header
                    .iter()
                    .position(|name| name == *column)
                    .unwrap_or_else(|| panic!("no column {column} in {table}: {header:?}"))
            })
            .collect();
        reader
            .records()
            .map(|row| {
                let row = row.expect("a row");
                at.iter().map(|&at| row[at].to_string()).collect()
            })
            .collect()
    }
}

pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_nukil"))
}

/// Messages without the figures in the last line of a run that differ from one to the next.
pub fn without_pace(message: &str) -> String {
    let (before, rest) = message.split_once(" MB in ").expect("a pace");
    let (_, after) = rest.split_once(" MB/s)").expect("a pace");
    format!("{before} MB{after}")
}

/// What a run of the program gave.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn of(command: &mut Command) -> Ran {
        let output = command.output().expect("the program starts");
        Ran {
            status: output.status.code().expect("an exit status"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// The lines of standard error.
    pub fn messages(&self) -> Vec<&str> {
        self.stderr.lines().collect()
    }
}

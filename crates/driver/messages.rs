//! Messages for a person, on standard error.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use crate::progress::Progress;

/// Where messages go: to standard error, above the progress bar, or nowhere.
#[derive(Clone)]
pub struct Messages {
    quiet: bool,
    progress: Progress,
}

impl Messages {
    /// Messages that appear whatever was asked for, when no progress is shown.
    pub fn loud() -> Self {
        Messages { quiet: false, progress: Progress::hidden() }
    }

    /// Messages beside `progress`, none at all where `quiet`.
    pub fn new(quiet: bool, progress: Progress) -> Self {
        Messages { quiet, progress }
    }

    /// One line that begins with the name of the program. Names of files and cells of tables are part
    /// of messages, so what a terminal would take for a command is written as an escape.
    pub fn say(&self, message: impl Display) {
        if !self.quiet {
            self.write(format_args!("nukil: {}\n", printable(&message.to_string())));
        }
    }

    /// Text as it is.
    pub fn write(&self, text: impl Display) {
        if !self.quiet {
            self.progress.suspend(|| {
                // Nobody is left to be told that standard error is closed.
                let _ = write!(io::stderr().lock(), "{text}");
            });
        }
    }
}

/// Text for a terminal: control characters, and those that turn the direction of what follows, are
/// written as `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_command = |c: char| {
        c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_command) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_command(c) {
            true => printable.extend(c.escape_unicode()),
            false => printable.push(c),
        }
    }
    Cow::Owned(printable)
}

/// `1 document`, `2 documents`, `19,581 documents`.
pub fn count(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(number))
}

/// A number with commas between its thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_to_a_terminal_are_written_out() {
        assert_eq!(printable("café\u{1b}[2J\n\u{202e}"), "café\\u{1b}[2J\\u{a}\\u{202e}");
        assert!(matches!(printable("Demak, “Jateng”"), Cow::Borrowed(_)));
    }

    #[test]
    fn numbers_are_grouped_and_things_counted() {
        assert_eq!(count(0, "document"), "0 documents");
        assert_eq!(count(1, "document"), "1 document");
        assert_eq!(count(999, "document"), "999 documents");
        assert_eq!(count(19_581, "document"), "19,581 documents");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}

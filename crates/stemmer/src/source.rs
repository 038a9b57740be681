//! Reads the tab-separated sources: comment lines, a header line, one fact a line.

use nukil_types::facts;

use crate::CompileError;

/// A source file: the name that errors give, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// The file's name, e.g. `roots.tsv`.
    pub name: &'s str,
    /// Its whole text.
    pub text: &'s str,
}

impl<'s> Source<'s> {
    /// A source under the name that errors give.
    pub const fn new(name: &'s str, text: &'s str) -> Self {
        Source { name, text }
    }

    /// The rows under the header, each with its line number, cut into `N` or more fields of which
    /// the first `N` are given.
    pub(crate) fn rows<const N: usize>(
        self,
    ) -> impl Iterator<Item = Result<(usize, [&'s str; N]), CompileError>> {
        facts::lines(self.text).skip(1).map(move |(number, line)| {
            let mut fields = line.split('\t');
            let mut row = [""; N];
            for field in &mut row {
                match fields.next() {
                    Some(text) if !text.is_empty() => *field = text,
                    _ => return Err(self.error(number, "a field is missing")),
                }
            }
            Ok((number, row))
        })
    }

    pub(crate) fn error(self, line: usize, problem: &'static str) -> CompileError {
        CompileError { file: self.name.to_string(), line, problem }
    }
}

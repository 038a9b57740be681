//! CSV and its kin: a header row, then one document a record.

use std::io::{self, BufRead, Read};

use csv::ByteRecord;

use super::decode;
use super::fields::{Fields, Problem, Role, Row, value};
use super::open::reason as unreadable_reason;
use crate::Limits;

/// How the header row is written.
#[derive(Clone, Copy)]
pub(crate) struct Header {
    pub delimiter: u8,
    pub columns: usize,
    pub has_text: bool,
}

/// The delimiter with which the header row has the text column, or else the most columns.
/// Spreadsheets write semicolons where the comma is the decimal sign, as in Indonesia.
pub(crate) fn header_of(head: &[u8], fields: &Fields) -> Header {
    let headers = b",;\t".map(|delimiter| {
        let mut record = ByteRecord::new();
        let mut reader = builder(delimiter).has_headers(false).from_reader(head);
        // Bytes in memory are read without an error, and fields are not counted here.
        let columns = reader.read_byte_record(&mut record).map_or(0, |_| record.len());
        let has_text = record.iter().any(|name| name.trim_ascii() == fields.text.as_bytes());
        Header { delimiter, columns, has_text }
    });
    // The first of the best: commas, where nothing speaks for another.
    headers
        .into_iter()
        .reduce(|best, other| {
            if (other.has_text, other.columns) > (best.has_text, best.columns) {
                other
            } else {
                best
            }
        })
        .unwrap_or(Header { delimiter: b',', columns: 0, has_text: false })
}

fn builder(delimiter: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    // Field counts are compared here, where the message can say more.
    builder.delimiter(delimiter).flexible(true);
    builder
}

/// The rows of a CSV stream.
///
/// A quotation mark that is missing would make one record of all that follows. Where a record goes
/// on over lines and its quotation marks do not go together, that record alone fails, and reading
/// goes on in the line behind its first.
pub(crate) struct Csv<R> {
    /// Nothing once the stream has ended.
    reader: Option<csv::Reader<Source<R>>>,
    delimiter: u8,
    columns: Vec<(String, Role)>,
    record: ByteRecord,
    limits: Limits,
    position: u64,
    /// Lines before the first of `reader`.
    lines: u64,
    /// Lines behind a record that failed which are no records themselves, the first and the last.
    lost: Option<(u64, u64)>,
    /// Whether such lines may follow.
    recovers: bool,
    /// What comes before the next record.
    waiting: Option<Row>,
}

/// How the quotation marks of a record go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    Sound,
    /// One closes a field in the middle.
    Stray,
    /// One is never closed.
    Open,
}

impl<R: BufRead> Csv<R> {
    /// Reads the header row; `head` are the first bytes of `stream`.
    pub fn new(head: &[u8], stream: R, fields: &Fields, limits: Limits) -> Result<Self, Problem> {
        let delimiter = header_of(head, fields).delimiter;
        let source = Source::new(stream, limits.max_record_bytes);
        let mut reader = builder(delimiter).buffer_capacity(64 << 10).from_reader(source);
        let header = reader.byte_headers().map_err(|error| match too_long(&error) {
            Some(limit) => Problem::new(format!("the header row is longer than {limit} bytes")),
            None => Problem::new(csv_reason(1, &error)),
        })?;
        let header = header.iter().map(decode::text).collect::<Vec<_>>();
        let columns = fields.columns(&header);
        if !columns.iter().any(|(_, role)| *role == Role::Text) {
            return Err(Problem::new(format!(
                "no column {:?} for the text; the columns are {}; --text-field names another",
                fields.text,
                listed(&header)
            )));
        }
        Ok(Csv {
            reader: Some(reader),
            delimiter,
            columns,
            record: ByteRecord::new(),
            limits,
            position: 0,
            lines: 0,
            lost: None,
            recovers: false,
            waiting: None,
        })
    }

    fn row(&self) -> Row {
        let mut row = Row { position: self.position, ..Row::default() };
        for (cell, (name, role)) in self.record.iter().zip(&self.columns) {
            let cell = decode::text(cell);
            match role {
                Role::Id => row.id = value(&cell),
                Role::Title => row.title = value(&cell),
                Role::Date => row.date = value(&cell),
                Role::Text => row.text = cell.into_owned(),
                Role::PassThrough => row.extra.push((name.clone(), cell.into_owned())),
            }
        }
        row.truncated = self.limits.cut(&mut row.text);
        row
    }

    /// Goes on with the bytes from `start` of what the source keeps; `lines` are those before them.
    fn restart(&mut self, reader: csv::Reader<Source<R>>, start: u64, lines: u64) {
        let source = reader.into_inner().from(start);
        // Small, because its bytes are read again behind every record that fails.
        let mut builder = builder(self.delimiter);
        builder.has_headers(false).buffer_capacity(8 << 10);
        self.reader = Some(builder.from_reader(source));
        self.lines = lines;
    }

    /// The lines that were lost since the last record, as a failure.
    fn lost(&mut self) -> Option<Problem> {
        let (first, last) = self.lost.take()?;
        self.position += last - first + 1;
        let lines = match last - first {
            0 => format!("line {first} is no record"),
            _ => format!("lines {first} to {last} are no records"),
        };
        let columns = self.columns.len();
        Some(Problem::new(format!("{lines} of {columns} fields, behind one that was not whole")))
    }

    /// Reads the next record; nothing at the end.
    fn next_record(&mut self) -> Option<Result<Row, Problem>> {
        loop {
            let Some(mut reader) = self.reader.take() else { return self.lost().map(Err) };
            let begin = reader.position().byte();
            let line = reader.position().line();
            reader.get_mut().begins(begin);
            let read = reader.read_byte_record(&mut self.record);
            // A line end may be left of the record before.
            let blank = reader.get_ref().blank(begin);
            let (begin, first_line) = (begin + blank.bytes, self.lines + line + blank.lines);
            match read {
                Ok(true) => {}
                Ok(false) => return self.lost().map(Err),
                Err(error) if too_long(&error).is_some() => {
                    return Some(Err(self.skip(reader, begin, first_line)));
                }
                Err(error) => return Some(Err(Problem::new(csv_reason(first_line, &error)))),
            }
            let end = reader.position().byte();
            let source = reader.get_ref();
            let raw = source.kept(begin, end);
            // Nearly all records are told by the count of the parser to be on one line.
            let within = match reader.position().line() - line > 1 || source.is_end(end) {
                true => raw.trim_ascii_end().iter().filter(|&&byte| byte == b'\n').count() as u64,
                false => 0,
            };
            let quotes = match within > 0 || source.is_end(end) {
                true => Scan::of(raw, self.delimiter),
                false => Quotes::Sound,
            };
            if quotes == Quotes::Open || (quotes == Quotes::Stray && within > 0) {
                let start = begin + line_end(raw).map_or(raw.len(), |at| at + 1) as u64;
                self.restart(reader, start, first_line);
                self.recovers = true;
                return Some(Err(self.failed(first_line, match quotes {
                    Quotes::Open => "a quotation mark is never closed",
                    _ => {
                        "a field goes on over lines and has a quotation mark in it; inside a field \
                         it is written twice"
                    }
                })));
            }
            self.reader = Some(reader);
            if self.record.len() != self.columns.len() {
                if self.recovers {
                    let last = first_line + within;
                    let first = self.lost.map_or(first_line, |(first, _)| first);
                    self.lost = Some((first, last));
                    continue;
                }
                let reason = format!(
                    "the record has {} fields, the header row {}",
                    self.record.len(),
                    self.columns.len()
                );
                return Some(Err(self.failed(first_line, &reason)));
            }
            self.recovers = false;
            let lost = self.lost();
            self.position += 1;
            let row = self.row();
            return Some(match lost {
                Some(lost) => {
                    self.waiting = Some(row);
                    Err(lost)
                }
                None => Ok(row),
            });
        }
    }

    /// The failure of one record. Lines that were lost before it are told with it.
    fn failed(&mut self, line: u64, reason: &str) -> Problem {
        let lost = self.lost().map_or(String::new(), |lost| format!("{}; ", lost.reason));
        self.position += 1;
        Problem::new(format!("{lost}line {line}: {reason}"))
    }

    /// Passes over a record that is too long to be held, and tells what was lost with it.
    fn skip(&mut self, reader: csv::Reader<Source<R>>, begin: u64, first_line: u64) -> Problem {
        let limit = self.limits.max_record_bytes;
        let reason = format!("the record that begins here is longer than {limit} bytes");
        let source = reader.get_ref();
        let raw = source.kept(begin, source.given);
        let next = line_end(raw).map_or(raw.len(), |at| at + 1);
        let quotes = Scan::of(raw, self.delimiter);
        if quotes != Quotes::Sound && self.looks_like_records(&raw[next..]) {
            self.restart(reader, begin + next as u64, first_line);
            self.recovers = true;
            return self
                .failed(first_line, &format!("{reason}; is a quotation mark missing in it?"));
        }
        let mut scan = Scan::new(self.delimiter);
        let mut source = reader.into_inner().from(begin);
        let (length, skipped) = source.skip(&mut scan);
        let last_line = first_line + scan.lines.saturating_sub(u64::from(scan.is_over()));
        let mut reason = match last_line - first_line {
            0 => reason,
            _ => format!("{reason}, to line {last_line}"),
        };
        if let Err(error) = skipped {
            reason = format!("{reason}: cannot be read: {error}");
        } else if scan.is_open() {
            reason += ", the last; its quotation mark is never closed";
        } else {
            let mut builder = builder(self.delimiter);
            builder.has_headers(false).buffer_capacity(64 << 10);
            self.reader = Some(builder.from_reader(source.from(length)));
            self.lines = first_line + scan.lines - 1;
        }
        self.failed(first_line, &reason)
    }

    /// Whether some lines have as many fields as the header row each.
    fn looks_like_records(&self, lines: &[u8]) -> bool {
        const LINES: usize = 3;
        let whole = lines.split_inclusive(|&byte| byte == b'\n').filter(|it| it.ends_with(b"\n"));
        let mut seen = 0;
        for line in whole.take(LINES) {
            let mut reader = builder(self.delimiter).has_headers(false).from_reader(line);
            let mut record = ByteRecord::new();
            let fields = reader.read_byte_record(&mut record).map_or(0, |_| record.len());
            if fields != self.columns.len() {
                return false;
            }
            seen += 1;
        }
        seen == LINES
    }
}

impl<R: BufRead> Iterator for Csv<R> {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.waiting.take() {
            Some(row) => Some(Ok(row)),
            None => self.next_record(),
        }
    }
}

/// The names of columns for a message, which a header row that is no such can make very long.
fn listed(header: &[impl AsRef<str>]) -> String {
    const MOST: usize = 400;
    let names: Vec<_> = header.iter().map(|name| name.as_ref().trim()).collect();
    let mut names = names.join(", ");
    if let Some((end, _)) = names.char_indices().nth(MOST) {
        names.truncate(end);
        names.push('…');
    }
    names
}

/// What is said of an error of the CSV reader, which stops its file.
fn csv_reason(line: u64, error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(io) => format!("line {line}: {}", unreadable_reason(io)),
        _ => format!("line {line}: {error}"),
    }
}

/// The limit that a record goes beyond, if that is the error.
fn too_long(error: &csv::Error) -> Option<usize> {
    let csv::ErrorKind::Io(io) = error.kind() else { return None };
    let inner = io.get_ref()?.downcast_ref::<TooLong>()?;
    Some(inner.0)
}

fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == b'\n')
}

/// Follows the quotation marks of a record, byte by byte, as RFC 4180 has them.
struct Scan {
    delimiter: u8,
    state: State,
    quotes: Quotes,
    /// Line ends so far, that of the record among them.
    lines: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Bare,
    Quoted,
    /// Behind a mark that ends a field, or is the first of two.
    Mark,
    /// Behind the end of the record.
    Over,
}

impl Scan {
    fn new(delimiter: u8) -> Self {
        Scan { delimiter, state: State::Start, quotes: Quotes::Sound, lines: 0 }
    }

    fn of(raw: &[u8], delimiter: u8) -> Quotes {
        let mut scan = Scan::new(delimiter);
        for &byte in raw {
            scan.add(byte);
        }
        if scan.is_open() { Quotes::Open } else { scan.quotes }
    }

    fn is_open(&self) -> bool {
        self.state == State::Quoted
    }

    fn is_over(&self) -> bool {
        self.state == State::Over
    }

    fn add(&mut self, byte: u8) {
        self.lines += u64::from(byte == b'\n');
        self.state = match (self.state, byte) {
            (State::Over, _) => State::Over,
            (State::Quoted, b'"') => State::Mark,
            (State::Quoted, _) => State::Quoted,
            (_, b'\n') => State::Over,
            (State::Start, b'"') | (State::Mark, b'"') => State::Quoted,
            (_, byte) if byte == self.delimiter => State::Start,
            (State::Mark, b'\r') => State::Mark,
            (State::Mark, _) => {
                self.quotes = Quotes::Stray;
                State::Bare
            }
            _ => State::Bare,
        };
    }
}

/// A stream of which the bytes since the beginning of a record are kept, so that they can be read
/// again. It ends with an error when too much is taken from it for one record: the parser by itself
/// would hold the rest of the file in memory after a quotation mark that is never closed.
struct Source<R> {
    inner: R,
    limit: usize,
    /// Bytes from `start` on: those read again, up to `given` already, and none behind them.
    window: Vec<u8>,
    /// Where the window begins, counted from the first byte of the reader.
    start: u64,
    /// Where the record begins.
    record: u64,
    /// How many bytes the reader has been given.
    given: u64,
    ended: bool,
}

#[derive(Debug)]
struct TooLong(usize);

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a record longer than {} bytes", self.0)
    }
}

impl std::error::Error for TooLong {}

/// White space before a record.
struct Blank {
    bytes: u64,
    lines: u64,
}

impl<R: Read> Source<R> {
    fn new(inner: R, limit: usize) -> Self {
        Source { inner, limit, window: Vec::new(), start: 0, record: 0, given: 0, ended: false }
    }

    /// Says where the next record begins.
    fn begins(&mut self, record: u64) {
        self.record = record;
    }

    /// The bytes from `begin` to `end`, which must be those of the present record.
    fn kept(&self, begin: u64, end: u64) -> &[u8] {
        let at = |place: u64| {
            usize::try_from(place.saturating_sub(self.start))
                .map_or(0, |it| it.min(self.window.len()))
        };
        &self.window[at(begin)..at(end).max(at(begin))]
    }

    /// Line ends at `begin`.
    fn blank(&self, begin: u64) -> Blank {
        let blank = self.kept(begin, self.given).iter();
        let blank: Vec<u8> = blank.copied().take_while(|byte| b"\r\n".contains(byte)).collect();
        let lines = blank.iter().filter(|&&byte| byte == b'\n').count() as u64;
        Blank { bytes: blank.len() as u64, lines }
    }

    /// Whether the stream has ended at `place`.
    fn is_end(&self, place: u64) -> bool {
        self.ended && place >= self.start + self.window.len() as u64
    }

    /// The source for a new reader, which begins at `place`.
    fn from(mut self, place: u64) -> Self {
        let at = usize::try_from(place.saturating_sub(self.start)).unwrap_or(usize::MAX);
        self.window.drain(..at.min(self.window.len()));
        (self.start, self.record, self.given) = (0, 0, 0);
        self
    }

    /// Passes over the bytes of a record, from the first of the window on, without keeping them.
    /// Gives their number, as far as the window goes.
    fn skip(&mut self, scan: &mut Scan) -> (u64, io::Result<()>) {
        let mut length = 0;
        loop {
            for (at, &byte) in self.window.iter().enumerate() {
                scan.add(byte);
                if scan.is_over() {
                    return (at as u64 + 1, Ok(()));
                }
            }
            length += self.window.len() as u64;
            self.window.clear();
            let mut buffer = [0; 8 << 10];
            match self.inner.read(&mut buffer) {
                Ok(0) => {
                    self.ended = true;
                    return (0, Ok(()));
                }
                Ok(read) => self.window.extend_from_slice(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return (length, Err(error)),
            }
        }
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given - self.record > self.limit as u64 {
            return Err(io::Error::other(TooLong(self.limit)));
        }
        let again = usize::try_from(self.given - self.start).unwrap_or(usize::MAX);
        if again < self.window.len() {
            let read = buffer.len().min(self.window.len() - again);
            buffer[..read].copy_from_slice(&self.window[again..again + read]);
            self.given += read as u64;
            return Ok(read);
        }
        let done = usize::try_from(self.record - self.start).unwrap_or(usize::MAX);
        self.window.drain(..done.min(self.window.len()));
        self.start = self.record;
        let read = self.inner.read(buffer)?;
        self.ended |= read == 0 && !buffer.is_empty();
        self.window.extend_from_slice(&buffer[..read]);
        self.given += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(
        input: &[u8],
        fields: &Fields,
        limits: Limits,
    ) -> Result<Csv<io::Cursor<Vec<u8>>>, Problem> {
        Csv::new(input, io::Cursor::new(input.to_vec()), fields, limits)
    }

    fn outline(input: &[u8]) -> Vec<String> {
        open(input, &Fields::default(), Limits::default())
            .unwrap()
            .map(|row| match row {
                Ok(row) => {
                    let extra: Vec<_> =
                        row.extra.iter().map(|(name, cell)| format!("{name}={cell}")).collect();
                    let id = row.id.unwrap_or_else(|| format!("#{}", row.position));
                    format!("{id} {:?} {}", row.text, extra.join(" "))
                }
                Err(problem) => problem.reason,
            })
            .collect()
    }

    #[test]
    fn records_with_line_breaks_and_quotes() {
        assert_eq!(
            outline(b"id, text ,rubrik\na,\"Banjir\n\"\"parah\"\"\",daerah\r\n,Gempa,\n"),
            ["a \"Banjir\\n\\\"parah\\\"\" rubrik=daerah", "#2 \"Gempa\" rubrik="]
        );
    }

    #[test]
    fn semicolons_and_tabs_are_told_from_the_header_row() {
        assert_eq!(outline(b"id;text\na;1,5 juta\n"), ["a \"1,5 juta\" "]);
        assert_eq!(outline(b"id\ttext\na\t1,5; juta\n"), ["a \"1,5; juta\" "]);
    }

    #[test]
    fn a_bad_record_is_told_with_its_line_and_the_others_go_on() {
        assert_eq!(
            outline(b"id,text\na,satu\nb,\"dua\ndua\",x\nc\nd,\xFFempat\ne,lima\n"),
            [
                "a \"satu\" ",
                "line 3: the record has 3 fields, the header row 2",
                "line 5: the record has 1 fields, the header row 2",
                "d \"ÿempat\" ",
                "e \"lima\" ",
            ]
        );
    }

    #[test]
    fn without_the_text_column_the_others_are_named() {
        let problem = open(b"id,isi,judul\n1,a,b\n", &Fields::default(), Limits::default());
        assert_eq!(
            problem.err().unwrap().reason,
            "no column \"text\" for the text; the columns are id, isi, judul; --text-field names another"
        );
        let fields = Fields { text: "isi".to_string(), ..Fields::default() };
        let mut rows = open(b"id,isi,judul\n1,a,b\n", &fields, Limits::default()).unwrap();
        assert_eq!(rows.next().unwrap().unwrap().text, "a");
    }

    #[test]
    fn columns_without_a_name_or_with_a_used_one_stay_apart() {
        assert_eq!(
            outline(b",text,tag,tag,source,title,title,text\n0,a,b,c,d,e,f,g\n"),
            ["#1 \"a\" column_1=0 tag=b tag_2=c input_source=d input_title=f text_2=g"]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_record_alone() {
        assert_eq!(
            outline(b"id,text\na,\"satu\nb,dua\nc,tiga\n"),
            ["line 2: a quotation mark is never closed", "b \"dua\" ", "c \"tiga\" "]
        );
        assert_eq!(
            outline(b"id,text\na,\"satu\nb,\"dua\"\nc,tiga\n"),
            [
                "line 2: a field goes on over lines and has a quotation mark in it; inside a field \
                 it is written twice",
                "b \"dua\" ",
                "c \"tiga\" "
            ]
        );
        assert_eq!(
            outline(b"id,text\r\na,\"satu\r\nlagi\r\ndan lagi\r\nc,tiga\r\nd,empat\r\n"),
            [
                "line 2: a quotation mark is never closed",
                "lines 3 to 4 are no records of 2 fields, behind one that was not whole",
                "c \"tiga\" ",
                "d \"empat\" "
            ]
        );
        // On one line nothing can be lost by it.
        assert_eq!(
            outline(b"id,text\na,\"kata \"baik\" itu\"\nb,dua"),
            ["a \"kata baik\\\" itu\\\"\" ", "b \"dua\" "]
        );
        // Positions count what failed.
        let rows = outline(b"text,x\n\"satu\nlagi\ndua,b\n");
        assert_eq!(rows[2], "#3 \"dua\" x=b");
    }

    #[test]
    fn a_record_that_is_too_long_costs_no_other_and_is_not_held_in_memory() {
        let limits = Limits { max_record_bytes: 1 << 16, ..Limits::default() };
        let long = format!("b,\"{}\"\n", "baris, yang, panjang\n".repeat(20_000));
        let input = format!("id,text\na,satu\n{long}c,tiga\n");
        let rows: Vec<_> = open(input.as_bytes(), &Fields::default(), limits).unwrap().collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(
            rows[1].as_ref().unwrap_err().reason,
            "line 3: the record that begins here is longer than 65536 bytes, to line 20003"
        );
        assert_eq!(rows[2].as_ref().unwrap().text, "tiga");
        assert_eq!(rows[2].as_ref().unwrap().position, 3);

        // A mark that is never closed, before lines that are records, and before lines that are none.
        let input = format!("id,text\na,satu\nb,\"dua\n{}", "c,tiga\n".repeat(20_000));
        let rows: Vec<_> = open(input.as_bytes(), &Fields::default(), limits).unwrap().collect();
        assert_eq!(rows.len(), 20_002);
        assert_eq!(
            rows[1].as_ref().unwrap_err().reason,
            "line 3: the record that begins here is longer than 65536 bytes; is a quotation mark \
             missing in it?"
        );
        let input = format!("id,text\na,satu\nb,\"dua\n{}", "x".repeat(1 << 20));
        let rows: Vec<_> = open(input.as_bytes(), &Fields::default(), limits).unwrap().collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[1].as_ref().unwrap_err().reason,
            "line 3: the record that begins here is longer than 65536 bytes, to line 4, the last; \
             its quotation mark is never closed"
        );
    }
}

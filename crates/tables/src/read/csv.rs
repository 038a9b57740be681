//! CSV and its kin: a header row, then one document a record.

use std::io::{self, BufRead, Read};

use csv::ByteRecord;

use super::decode;
use super::fields::{Fields, Problem, Role, Row, value};
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
pub(crate) struct Csv<R> {
    reader: csv::Reader<Bounded<R>>,
    columns: Vec<(String, Role)>,
    record: ByteRecord,
    limits: Limits,
    position: u64,
    done: bool,
}

impl<R: BufRead> Csv<R> {
    /// Reads the header row; `head` are the first bytes of `stream`.
    pub fn new(head: &[u8], stream: R, fields: &Fields, limits: Limits) -> Result<Self, Problem> {
        let delimiter = header_of(head, fields).delimiter;
        let bounded = Bounded { inner: stream, limit: limits.max_record_bytes, taken: 0 };
        let mut reader = builder(delimiter).buffer_capacity(64 << 10).from_reader(bounded);
        let header = reader.byte_headers().map_err(|error| Problem::new(csv_reason(1, error)))?;
        let header = header.iter().map(decode::text).collect::<Vec<_>>();
        let columns = fields.columns(&header);
        if !columns.iter().any(|(_, role)| *role == Role::Text) {
            let names: Vec<_> = header.iter().map(|name| name.trim()).collect();
            return Err(Problem::new(format!(
                "no column {:?} for the text; the columns are {}; --text-field names another",
                fields.text,
                names.join(", ")
            )));
        }
        let record = ByteRecord::new();
        Ok(Csv { reader, columns, record, limits, position: 0, done: false })
    }

    fn row(&self) -> Result<Row, Problem> {
        let line = self.record.position().map_or(0, csv::Position::line);
        if self.record.len() != self.columns.len() {
            return Err(Problem::new(format!(
                "line {line}: the record has {} fields, the header row {}",
                self.record.len(),
                self.columns.len()
            )));
        }
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
        Ok(row)
    }
}

impl<R: BufRead> Iterator for Csv<R> {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.reader.get_mut().taken = 0;
        let line = self.reader.position().line();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                self.position += 1;
                Some(self.row())
            }
            Ok(false) => {
                self.done = true;
                None
            }
            Err(error) => {
                self.done = true;
                Some(Err(Problem::new(csv_reason(line, error))))
            }
        }
    }
}

/// What is said of an error of the CSV reader, which stops its file.
fn csv_reason(line: u64, error: csv::Error) -> String {
    let csv::ErrorKind::Io(io) = error.kind() else {
        return format!("line {line}: {error}");
    };
    match io.get_ref().and_then(|inner| inner.downcast_ref::<TooLong>()) {
        Some(TooLong(limit)) => format!(
            "line {line}: the record that begins here is longer than {limit} bytes; is a quotation \
             mark never closed?"
        ),
        None => format!("line {line}: cannot be read: {io}"),
    }
}

/// Ends a stream with an error when too much is taken from it for one record. The parser by
/// itself would hold the rest of the file in memory after a quote that is never closed.
struct Bounded<R> {
    inner: R,
    limit: usize,
    /// Bytes taken since the record began, its part of a buffer of the parser left out.
    taken: usize,
}

#[derive(Debug)]
struct TooLong(usize);

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a record longer than {} bytes", self.0)
    }
}

impl std::error::Error for TooLong {}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken > self.limit {
            return Err(io::Error::other(TooLong(self.limit)));
        }
        let read = self.inner.read(buffer)?;
        self.taken += read;
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
    fn a_quote_that_is_never_closed_does_not_hold_the_file_in_memory() {
        let mut input = b"id,text\na,satu\nb,\"dua\n".to_vec();
        input.extend(std::iter::repeat_n(b'x', 1 << 20));
        let limits = Limits { max_record_bytes: 1 << 16, ..Limits::default() };
        let rows: Vec<_> = open(&input, &Fields::default(), limits).unwrap().collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[1].as_ref().unwrap_err().reason,
            "line 3: the record that begins here is longer than 65536 bytes; is a quotation mark \
             never closed?"
        );
    }
}

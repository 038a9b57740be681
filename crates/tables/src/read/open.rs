//! Opens a file for its reader: counts what is read, decompresses, makes UTF-8 of other encodings
//! and takes off the byte order mark.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::decode::{self, Charset};
use super::fields::Problem;

/// Bytes that are looked at before it is decided what a file is.
const HEAD: usize = 16 << 10;
/// Size of the buffers between file, decompressor and reader.
const BUFFER: usize = 64 << 10;

/// An input from its first byte on.
pub(crate) type Stream = BufReader<Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>>;

/// An input that is opened and decompressed: its first bytes, and what comes behind them.
pub(crate) struct Unpacked {
    pub head: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

/// An opened input, as UTF-8 unless it is no text: its first bytes, and a stream of all of them.
pub(crate) struct Opened {
    pub head: Vec<u8>,
    /// Where `head` begins in the file: after a byte order mark.
    pub offset: usize,
    /// Whether the bytes have been made UTF-8 of another encoding, whatever they say of themselves.
    pub decoded: bool,
    rest: Box<dyn Read + Send>,
}

impl Unpacked {
    /// All bytes from the first on.
    pub fn into_stream(self) -> Stream {
        BufReader::with_capacity(BUFFER, Cursor::new(self.head).chain(self.rest))
    }

    /// The bytes as they are, which are no text.
    pub fn undecoded(self) -> Opened {
        Opened { head: self.head, offset: 0, decoded: false, rest: self.rest }
    }

    /// Makes UTF-8 of other encodings and takes off the byte order mark.
    ///
    /// `charset` is the encoding where the user names one; a byte order mark knows better.
    pub fn decode(self, charset: Option<Charset>) -> Result<Opened, Problem> {
        let Unpacked { mut head, rest: mut stream } = self;
        let encoding = decode::of_stream(&head, charset);
        if let Some(encoding) = encoding {
            let encoded = Cursor::new(head).chain(stream);
            let mut builder = DecodeReaderBytesBuilder::new();
            stream = Box::new(builder.encoding(Some(encoding)).bom_sniffing(true).build(encoded));
            (head, _) = read_head(&mut stream, HEAD).map_err(unreadable)?;
        }
        let mut offset = 0;
        if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
            offset = 3;
            head.drain(..offset);
        }
        Ok(Opened { head, offset, decoded: encoding.is_some(), rest: stream })
    }
}

impl Opened {
    /// All bytes from the first on, the byte order mark left out.
    pub fn into_stream(self) -> Stream {
        BufReader::with_capacity(BUFFER, Cursor::new(self.head).chain(self.rest))
    }
}

/// Opens the file at `path`, or standard input where there is none; `counter` counts its bytes.
pub(crate) fn open(path: Option<&Path>, counter: &Arc<AtomicU64>) -> Result<Unpacked, Problem> {
    let raw: Box<dyn Read + Send> = match path {
        Some(path) => Box::new(File::open(path).map_err(unreadable)?),
        None => Box::new(io::stdin()),
    };
    unpack(Counting { inner: raw, counter: Arc::clone(counter) }, path)
}

/// Decompresses what is read from `raw`, a file of that name.
///
/// What is compressed is known by its first bytes, whatever its name; a name ending in `.gz` or
/// `.zst` that does not hold what it says is an error.
pub(crate) fn unpack(
    raw: impl Read + Send + 'static,
    name: Option<&Path>,
) -> Result<Unpacked, Problem> {
    let mut stream = BufReader::with_capacity(BUFFER, raw);

    // Four bytes tell gzip and Zstandard; a pipe may give fewer at a time.
    let (magic, complete) = read_head(&mut stream, 4).map_err(unreadable)?;
    let extension = name.and_then(Path::extension).and_then(|extension| extension.to_str());
    let gzip = magic.starts_with(&[0x1F, 0x8B]);
    // A frame, or one of the sixteen kinds of skippable frame.
    let zstd = magic == [0x28, 0xB5, 0x2F, 0xFD] || magic.ends_with(&[0x2A, 0x4D, 0x18]);
    match extension {
        Some("gz") if !gzip && !magic.is_empty() => {
            return Err(Problem::new("the name ends in .gz, but this is no gzip file"));
        }
        Some("zst") if !zstd && !magic.is_empty() => {
            return Err(Problem::new("the name ends in .zst, but this is no Zstandard file"));
        }
        _ => {}
    }

    let whole = Cursor::new(magic).chain(stream);
    let mut stream: Box<dyn Read + Send> = if gzip && complete {
        Box::new(MultiGzDecoder::new(whole))
    } else if zstd && complete {
        Box::new(ZstdFrames { source: whole, decoder: FrameDecoder::new() })
    } else {
        Box::new(whole)
    };
    let (head, _) = read_head(&mut stream, HEAD).map_err(unreadable)?;
    Ok(Unpacked { head, rest: stream })
}

/// What is said of an error of the operating system or a decompressor.
pub(crate) fn unreadable(error: io::Error) -> Problem {
    Problem::new(reason(&error))
}

pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_string(),
        io::ErrorKind::PermissionDenied => "no permission to read".to_string(),
        io::ErrorKind::UnexpectedEof => "the compressed file ends too early".to_string(),
        _ => format!("cannot be read: {error}"),
    }
}

/// The first `length` bytes, or all where there are fewer, and whether there were that many.
fn read_head(stream: &mut impl Read, length: usize) -> io::Result<(Vec<u8>, bool)> {
    let mut head = Vec::with_capacity(length);
    stream.take(length as u64).read_to_end(&mut head)?;
    let complete = head.len() == length;
    Ok((head, complete))
}

/// Adds what is read to a counter that a progress bar can look at.
pub(crate) struct Counting<R> {
    pub inner: R,
    pub counter: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.counter.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The frames of a Zstandard file one after another; the decoder by itself stops after one.
struct ZstdFrames<R> {
    source: R,
    decoder: FrameDecoder,
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(io::Error::other)?;
                continue;
            }
            self.verify()?;
            if self.source.fill_buf()?.is_empty() {
                return Ok(0);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {}
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.source.by_ref().take(u64::from(length));
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }
}

impl<R> ZstdFrames<R> {
    /// Compares the checksum at the end of a frame, if it has one, with that of its data, all of
    /// which must have been taken out.
    fn verify(&self) -> io::Result<()> {
        match self.decoder.get_checksum_from_data() {
            Some(expected) if self.decoder.get_calculated_checksum() != Some(expected) => {
                Err(io::Error::other("the Zstandard checksum does not agree"))
            }
            _ => Ok(()),
        }
    }
}

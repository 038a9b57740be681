//! The input in parts: where a part of the output ends is decided as the input is read, so that it
//! does not depend on how the work goes.

use nukil_tables::{Failure, InputMark, InputTrail, Reader};
use nukil_types::Document;

use crate::batch::{self, Batch, Size};

/// A part ends after so many bytes of text, pages as they were read.
const BYTES: usize = 16 << 20;

/// A reader that follows what it reads and says where parts end.
pub struct PartReader {
    reader: Reader,
    trail: InputTrail,
    /// Most documents of a part.
    most: usize,
    /// Items and bytes of the part so far.
    items: usize,
    bytes: usize,
}

/// A batch, and where in the input it ends.
pub struct ReadBatch {
    pub items: Batch,
    pub read: InputMark,
    /// Whether a part ends with it.
    pub ends_part: bool,
}

impl PartReader {
    /// Parts of at most so many documents.
    pub fn new(reader: Reader, most: usize) -> Self {
        PartReader { reader, trail: InputTrail::default(), most, items: 0, bytes: 0 }
    }

    /// Reads what an earlier run has done, up to `mark`, and says whether it is the same.
    pub fn skip_to(&mut self, mark: InputMark) -> bool {
        while self.trail.items() < mark.items {
            let Some(item) = self.reader.next() else { break };
            self.trail.add(&item);
        }
        self.trail.mark() == mark
    }

    /// Whether nothing is left to be read. What is found to be left is lost to the batches.
    pub fn is_at_end(&mut self) -> bool {
        self.reader.next().is_none()
    }

    /// Reads the next batch of a size; it ends where its part ends, and is empty at the
    /// end of the input.
    pub fn batch(&mut self, size: Size) -> ReadBatch {
        let items = batch::next(self, size);
        let ends_part = self.is_part_full();
        if ends_part {
            (self.items, self.bytes) = (0, 0);
        }
        ReadBatch { items, read: self.trail.mark(), ends_part }
    }

    /// The reader itself, for what it has counted.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    fn is_part_full(&self) -> bool {
        self.items >= self.most || self.bytes >= BYTES
    }
}

/// The rest of a part.
impl Iterator for PartReader {
    type Item = Result<Document, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_part_full() {
            return None;
        }
        let item = self.reader.next()?;
        self.trail.add(&item);
        self.items += 1;
        self.bytes += item.as_ref().map_or(0, Document::input_bytes);
        Some(item)
    }
}

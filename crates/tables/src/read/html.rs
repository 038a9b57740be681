//! An HTML page: one document, whose text is taken out of it later, by the pipeline's threads.

use std::io::Read;

use super::fields::{Problem, Row};
use super::open::{Opened, unreadable};
use crate::Limits;

/// What tells UTF-8 before all that a page declares.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Reads the bytes of a page, up to the limit.
pub(crate) fn read(opened: Opened, limits: &Limits) -> Result<Row, Problem> {
    let limit = limits.max_page_bytes;
    let mut bytes = Vec::with_capacity(opened.head.len() + BYTE_ORDER_MARK.len());
    // What the page declares was true of the file, not of what was decoded.
    if opened.decoded {
        bytes.extend(BYTE_ORDER_MARK);
    }
    let one_more = limit.saturating_add(1) as u64;
    opened.into_stream().take(one_more).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(Problem::new(format!(
            "the page has more than {limit} bytes (--max-page-bytes)"
        )));
    }
    Ok(Row { position: 1, page: Some(bytes), ..Row::default() })
}

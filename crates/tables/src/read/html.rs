//! An HTML page: one document, whose text is taken out of it later, by the pipeline's threads.

use std::io::Read;

use super::fields::{Problem, Row};
use super::open::{Opened, unreadable};
use crate::Limits;

/// Reads the bytes of a page, up to the limit.
pub(crate) fn read(opened: Opened, limits: &Limits) -> Result<Row, Problem> {
    let limit = limits.max_page_bytes;
    let mut bytes = Vec::with_capacity(opened.head.len());
    let one_more = limit.saturating_add(1) as u64;
    opened.into_stream().take(one_more).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        return Err(Problem::new(format!(
            "the page has more than {limit} bytes (--max-page-bytes)"
        )));
    }
    Ok(Row { position: 1, page: Some(bytes), ..Row::default() })
}

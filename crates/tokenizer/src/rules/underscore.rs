//! `_` joins the parts of names of accounts and files: `kai_121`.

use super::Run;
use crate::chars;

pub(crate) fn join(run: &Run) -> Option<usize> {
    let marks = run.text[run.end..].bytes().take_while(|&byte| byte == b'_').count();
    let from = run.end + marks;
    let end = chars::run_end(run.text, from);
    (end > from).then_some(end)
}

//! `+` between parts (`H+1`, `GMT+7`, `45+2`) and behind a name (`OPEC+`, `Disney+`, `C++`).

use super::Run;

pub(crate) fn join(run: &Run) -> Option<usize> {
    if let Some(end) = run.beyond(1) {
        let digit = run.text.as_bytes()[run.end + 1].is_ascii_digit();
        return digit.then_some(end);
    }
    if !run.whole().starts_with(char::is_alphabetic) {
        return None;
    }
    let marks = run.text[run.end..].bytes().take_while(|&byte| byte == b'+').count();
    (marks <= 2).then_some(run.end + marks)
}

//! The progress bar, shown on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::messages::count;

/// A bar over the bytes of the input, or a counter where their number is not known.
#[derive(Clone)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar that is never drawn.
    pub fn hidden() -> Self {
        Progress(ProgressBar::hidden())
    }

    /// A bar on standard error for `total` bytes of input.
    pub fn visible(total: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
        let template = match total {
            Some(_) => {
                "{bar:30} {percent:>3} %  {msg}  {decimal_bytes_per_sec}  {elapsed}, {eta} to go"
            }
            None => "{spinner} {msg}  {decimal_bytes_per_sec}  {elapsed}",
        };
        // A template that does not parse would leave indicatif's own style.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress(bar)
    }

    /// Moves the bar to `bytes` of the input.
    pub fn read(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    /// Says how many documents are through.
    pub fn documents(&self, done: u64, failed: u64) {
        // Nothing is put into words for a bar that nobody sees.
        if self.0.is_hidden() {
            return;
        }
        self.0.set_message(match failed {
            0 => count(done, "document"),
            failed => format!("{}, {failed} failed", count(done, "document")),
        });
    }

    /// Takes the bar off the screen while `action` writes there.
    pub fn suspend(&self, action: impl FnOnce()) {
        self.0.suspend(action);
    }

    /// Takes the bar off the screen for good.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

//! Ctrl-C: the first lets the run end in good order, the second ends it.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit status of a run that was interrupted: 128 and the number of SIGINT, as shells have it.
pub const STATUS: u8 = 130;

/// Whether the user has interrupted the run.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens to Ctrl-C from now on. Where it is ignored, as in the background of a script, or
    /// cannot be listened to, the system does with it what it always does.
    pub fn listen() -> Self {
        let interrupt = Interrupt::default();
        let raised = interrupt.clone();
        let _ = ctrlc::try_set_handler(move || {
            if raised.0.swap(true, Ordering::Relaxed) {
                end_at_once();
            }
        });
        interrupt
    }

    /// Whether the run is to end.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[expect(clippy::exit, reason = "the user asked twice; what is whole is on the disk")]
fn end_at_once() -> ! {
    process::exit(i32::from(STATUS))
}

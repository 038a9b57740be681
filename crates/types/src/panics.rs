//! A panic as an error.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// How many calls of [`guarded`] this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether a panic of this thread would become an error by [`guarded`], so that a hook need not print
/// it.
pub fn is_guarded() -> bool {
    DEPTH.get() > 0
}

/// Does `work`; a panic in it is an error, with what the panic said. A panic is a defect of the
/// program, which is to cost the document that it came up with and no other.
///
/// What `work` changes may be in any state behind a panic, and is not to be used again.
///
/// ```
/// let whole = nukil_types::guarded(|| "Demak".len());
/// assert_eq!(whole, Ok(5));
/// let failed = nukil_types::guarded(|| "Démak"[..2].len());
/// assert!(failed.unwrap_err().starts_with("internal error: "));
/// ```
///
/// # Errors
/// Where `work` panics.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    done.map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        format!("internal error: {}", said.unwrap_or("unknown"))
    })
}

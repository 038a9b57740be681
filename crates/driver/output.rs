//! Standard output, where data is to go.

use anyhow::{Result, bail};

/// Checks that standard output is open before any work is done.
///
/// The standard library opens the null device, for reading and writing, where a program is started
/// without it, and all that is written is lost without an error. A shell opens the null device for
/// writing alone, so `> /dev/null` is told from `>&-`.
///
/// # Errors
/// Where it is closed.
pub fn check() -> Result<()> {
    if is_closed() {
        bail!("standard output is closed; send it to a file, to a pipe or to > /dev/null");
    }
    Ok(())
}

#[cfg(unix)]
fn is_closed() -> bool {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{OFlags, fcntl_getfl, fstat};

    let stdout = std::io::stdout();
    let (Ok(flags), Ok(there)) = (fcntl_getfl(&stdout), fstat(&stdout)) else { return true };
    let null = std::fs::metadata("/dev/null").map(|null| (null.dev(), null.ino()));
    null.is_ok_and(|null| null == (there.st_dev, there.st_ino))
        && flags & OFlags::RWMODE == OFlags::RDWR
}

#[cfg(not(unix))]
fn is_closed() -> bool {
    false
}

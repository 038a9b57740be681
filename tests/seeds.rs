//! The seeds of the fuzz targets (`tests/fuzz`) hold what must hold of any input. What fuzzing has
//! found is kept among them.

#[path = "fuzz/src/lib.rs"]
mod checks;

use std::fs;
use std::path::Path;

#[test]
fn every_seed_of_every_format_holds_what_must_hold() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds");
    for (format, check) in checks::FORMATS {
        let folder = seeds.join(format);
        let mut paths: Vec<_> = fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{folder:?}: {error}"))
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        assert!(paths.len() > 1, "{format} has hardly a seed");
        for path in paths {
            let bytes = fs::read(&path).expect("a file");
            check(&bytes);
            // Cut off, and with a byte changed, they are input as well.
            for at in (0..bytes.len()).step_by(bytes.len() / 10 + 1) {
                check(&bytes[..at]);
                let mut changed = bytes.clone();
                changed[at] ^= 0x20;
                check(&changed);
            }
        }
    }
}

#[test]
fn every_format_has_a_target() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/fuzz_targets");
    for (format, _) in checks::FORMATS {
        let text = fs::read_to_string(targets.join(format!("{format}.rs"))).expect(format);
        assert!(text.contains(&format!("nukil_fuzz::{format}(bytes)")), "{format}");
    }
}

//! What stands in the rows of the tables, in whichever format they are written: the names of the
//! columns, how identifiers are counted, how many decimals a number has.
//!
//! CSV, JSON Lines, Parquet and Arrow hold the same values because all of them ask here.

pub mod columns;
mod languages;
mod numbered;
mod numbers;
mod occurrences;

pub use languages::{language, languages};
pub use numbered::Numbered;
pub use numbers::{DEGREES, SCORE, WEIGHT, round};
pub use occurrences::{Occurrence, occurrences};

//! Numbers with fixed decimals.

use std::fmt;

/// A number as it is written with so many decimals. Several times as fast as the formatting of
/// the standard library, which must be right for numbers of any size.
pub(crate) struct Fixed(pub f64, pub usize);

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fixed(value, decimals) = *self;
        let factor = 10_i64.pow(decimals as u32);
        let scaled = (value * factor as f64).round() as i64;
        let sign = if scaled < 0 { "-" } else { "" };
        let (whole, rest) = ((scaled / factor).abs(), (scaled % factor).abs());
        write!(f, "{sign}{whole}.{rest:0decimals$}")
    }
}

#[cfg(test)]
mod tests {
    use nukil_types::rows::{DEGREES, SCORE, round};

    use super::*;

    #[test]
    fn fixed_decimals_are_those_of_the_standard_library() {
        for value in [0.0, 1.0, 0.5, 0.9999, 0.99996, 0.07, -6.890_901_2, -0.5, 110.638_3, -0.00001]
        {
            for decimals in [SCORE, DEGREES] {
                let expected = format!("{:.decimals$}", round(value, decimals));
                assert_eq!(Fixed(value, decimals).to_string(), expected);
            }
        }
    }
}

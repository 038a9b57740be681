//! How many decimals a number has in the output.

use std::fmt;

/// Decimals of scores, confidences and saliences.
pub(crate) const SCORE: usize = 4;
/// Decimals of coordinates: about a metre.
pub(crate) const DEGREES: usize = 5;

/// `value` with so many decimals, without a minus sign before zero.
pub(crate) fn round(value: f64, decimals: usize) -> f64 {
    let factor = 10_f64.powi(decimals as i32);
    // Adding zero turns -0 into 0 and leaves all else.
    (value * factor).round() / factor + 0.0
}

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
    use super::*;

    #[test]
    fn rounding_leaves_no_negative_zero() {
        assert_eq!(round(0.987_654, SCORE), 0.9877);
        assert_eq!(round(-6.175_392_4, DEGREES), -6.17539);
        assert_eq!(format!("{:.4}", round(-0.000_01, SCORE)), "0.0000");
    }

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

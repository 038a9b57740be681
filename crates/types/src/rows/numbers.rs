/// Decimals of scores, confidences and saliences.
pub const SCORE: usize = 4;
/// Decimals of the weight of a burst.
pub const WEIGHT: usize = 2;
/// Decimals of coordinates: about a metre.
pub const DEGREES: usize = 5;

/// `value` with so many decimals, without a minus sign before zero.
pub fn round(value: f64, decimals: usize) -> f64 {
    let factor = 10_f64.powi(decimals as i32);
    // Adding zero turns -0 into 0 and leaves all else.
    (value * factor).round() / factor + 0.0
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
}

//! Numbers in digits, put behind what is written already. Several times as fast as the formatting
//! of the standard library, which must be right for numbers of any size and sort.

/// Digits of any number of 64 bits, and a point among them.
const LONGEST: usize = 21;

/// A whole number.
pub(crate) fn integer(text: &mut Vec<u8>, number: usize) {
    digits(text, number as u64, 0);
}

/// A finite number with so many decimals.
pub(crate) fn fixed(text: &mut Vec<u8>, number: f64, decimals: usize) {
    let scaled = scaled(text, number, decimals);
    digits(text, scaled, decimals);
}

/// A finite number rounded to so many decimals, without the zeros at its end except one behind the
/// point: as the shortest that reads back as the same, which is what JSON writers write.
pub(crate) fn shortest(text: &mut Vec<u8>, number: f64, mut decimals: usize) {
    let mut scaled = scaled(text, number, decimals);
    while decimals > 1 && scaled.is_multiple_of(10) {
        scaled /= 10;
        decimals -= 1;
    }
    digits(text, scaled, decimals);
}

/// Writes the sign of a number and gives what else there is of it, without the point.
fn scaled(text: &mut Vec<u8>, number: f64, decimals: usize) -> u64 {
    let factor = 10_u64.pow(decimals as u32) as f64;
    let scaled = (number * factor).round();
    // There is no minus sign before zero.
    if scaled < 0.0 {
        text.push(b'-');
    }
    scaled.abs() as u64
}

/// Writes a number whose last digits, so many, are decimals.
fn digits(text: &mut Vec<u8>, mut number: u64, decimals: usize) {
    let mut digits = [0; LONGEST];
    let mut at = LONGEST;
    let mut put = |digit: u8| {
        at -= 1;
        digits[at] = digit;
    };
    if decimals > 0 {
        for _ in 0..decimals {
            put(b'0' + (number % 10) as u8);
            number /= 10;
        }
        put(b'.');
    }
    loop {
        put(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use nukil_types::rows::{DEGREES, SCORE, WEIGHT, round};

    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut text = Vec::new();
        write(&mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn whole_numbers_are_those_of_the_standard_library() {
        for number in [0, 7, 10, 99, 100, 65_536, usize::MAX] {
            assert_eq!(written(|text| integer(text, number)), number.to_string());
        }
    }

    #[test]
    fn decimals_are_those_of_the_standard_library_and_of_json() {
        let values = [
            0.0,
            1.0,
            0.5,
            0.9999,
            0.99996,
            0.07,
            0.0001,
            0.00001,
            -6.890_901_2,
            -0.5,
            110.638_3,
            -0.00001,
            -0.000001,
            12345.6,
            100.0,
            -180.0,
        ];
        for value in values {
            for decimals in [WEIGHT, SCORE, DEGREES] {
                let rounded = round(value, decimals);
                let expected = format!("{rounded:.decimals$}");
                assert_eq!(written(|text| fixed(text, value, decimals)), expected);
                let expected = serde_json::to_string(&rounded).unwrap();
                assert_eq!(written(|text| shortest(text, value, decimals)), expected);
            }
        }
    }

    #[test]
    fn every_score_is_written_as_json_has_it() {
        for score in 0..=10_000 {
            let score = f64::from(score) / 10_000.0;
            let expected = serde_json::to_string(&score).unwrap();
            assert_eq!(written(|text| shortest(text, score, SCORE)), expected);
        }
    }
}

/// `exp` of how much one score lies below another, in whole units: the product of two numbers from
/// tables of 256, one for each byte of the difference.
pub(crate) struct Potentials {
    high: [f64; 256],
    low: [f64; 256],
}

impl Potentials {
    /// `unit` is what one in the units of the scores is worth.
    pub(crate) fn new(unit: f64) -> Self {
        let table = |step: f64| std::array::from_fn(|byte| (byte as f64 * -step).exp());
        Potentials { high: table(256.0 * unit), low: table(unit) }
    }

    /// That of a score which lies so much below.
    #[inline]
    pub(crate) fn of(&self, below: u16) -> f64 {
        self.high[usize::from(below >> 8)] * self.low[usize::from(below & 0xff)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_agree_with_exp() {
        let unit = 1.0 / 600.0;
        let potentials = Potentials::new(unit);
        for below in (0..=u16::MAX).step_by(17) {
            let exact = (-f64::from(below) * unit).exp();
            assert!((potentials.of(below) / exact - 1.0).abs() < 1e-12, "{below}");
        }
    }
}

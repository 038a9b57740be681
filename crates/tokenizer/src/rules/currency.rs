//! Amounts: `Rp300` is `Rp` and `300`, as `Rp 300` is, whatever the writer's spacing.

/// Codes written right before a number.
const CODES: [&str; 18] = [
    "AUD", "CNY", "EUR", "GBP", "HKD", "IDR", "INR", "JPY", "KRW", "MYR", "RM", "RP", "Rp", "SAR",
    "SGD", "THB", "USD", "rp",
];

/// Whether `letters`, found right before a digit, are a currency.
pub(crate) fn is_code(letters: &str) -> bool {
    matches!(letters.len(), 2 | 3) && CODES.binary_search(&letters).is_ok()
}

//! Currencies are no countries: "won Korea Selatan" and "AS$2 juta" name no place.

use nukil_types::{Document, Label};

use crate::name::Name;

/// Currencies behind which their country stands.
#[rustfmt::skip]
const CURRENCIES: [&str; 21] = [
    "baht", "dinar", "dolar", "dollar", "dong", "euro", "franc", "krona", "lira", "peso", "pound",
    "poundsterling", "rand", "rial", "ringgit", "riyal", "rubel", "rupee", "won", "yen", "yuan",
];

/// Whether a name is the country of a currency.
pub(crate) fn holds(document: &Document, name: &Name) -> bool {
    if name.label != Label::Location {
        return false;
    }
    let text = &document.text;
    if text[name.span.end..].starts_with('$') || text[..name.span.start].ends_with('$') {
        return true;
    }
    let Some(before) = name.tokens.start.checked_sub(1) else { return false };
    let folded = document.folded(&document.tokens[before]);
    CURRENCIES.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use nukil_types::{Span, TokenKind};

    use super::*;

    #[test]
    fn countries_of_currencies_are_no_names() {
        assert!(CURRENCIES.is_sorted());
        for (before, name, after, expected) in [
            ("won", "Korea Selatan", " naik", true),
            ("yuan", "China", " naik", true),
            ("Peso", "Filipina", " naik", true),
            ("dolar", "Singapura", " naik", true),
            ("utang", "AS", "$2 juta", true),
            ("warga", "Korea Selatan", " naik", false),
            ("rupiah", "Surabaya", " naik", false),
        ] {
            let text = format!("{before} {name}{after}");
            let mut document = Document::new("1", "-", &text);
            let start = before.len() + 1;
            document.push_token(Span::new(0, before.len()), TokenKind::Word);
            document.push_token(Span::new(start, start + name.len()), TokenKind::Word);
            let name = Name::new(&document, 0, 1..2, Label::Location);
            assert_eq!(holds(&document, &name), expected, "{text}");
        }
    }
}

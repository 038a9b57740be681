//! What the table `mentions` lists: names and values together, in text order.

use nukil_types::{Document, Mention, MentionSource, Span, Value};

/// A row of `mentions`.
pub(crate) enum Occurrence<'d> {
    Name(&'d Mention),
    Value(&'d Value),
}

/// The names and values of a document in text order. They do not overlap.
pub(crate) fn occurrences(document: &Document) -> impl Iterator<Item = Occurrence<'_>> {
    let mut names = document.mentions.iter().peekable();
    let mut values = document.values.iter().peekable();
    std::iter::from_fn(move || match (names.peek(), values.peek()) {
        (Some(name), Some(value)) if value.span.start < name.span.start => {
            values.next().map(Occurrence::Value)
        }
        (None, _) => values.next().map(Occurrence::Value),
        (Some(_), _) => names.next().map(Occurrence::Name),
    })
}

impl<'d> Occurrence<'d> {
    pub fn span(&self) -> Span {
        match self {
            Occurrence::Name(name) => name.span,
            Occurrence::Value(value) => value.span,
        }
    }

    /// Index of the entity that a name belongs to.
    pub fn entity(&self) -> Option<usize> {
        match self {
            Occurrence::Name(name) => Some(name.entity),
            Occurrence::Value(_) => None,
        }
    }

    pub fn label(&self) -> &'d str {
        match self {
            Occurrence::Name(name) => name.label.as_str(),
            Occurrence::Value(value) => value.kind.as_str(),
        }
    }

    pub fn sentence(&self) -> usize {
        match self {
            Occurrence::Name(name) => name.sentence,
            Occurrence::Value(value) => value.sentence,
        }
    }

    pub fn score(&self) -> f64 {
        match self {
            Occurrence::Name(name) => name.score,
            Occurrence::Value(value) => value.score,
        }
    }

    pub fn found_by(&self) -> &'static str {
        match self {
            Occurrence::Name(name) => name.found_by.as_str(),
            Occurrence::Value(_) => MentionSource::Rule.as_str(),
        }
    }

    /// What a value says and its unit, where each is known.
    pub fn value_and_unit(&self) -> (Option<&'d str>, Option<&'d str>) {
        let known = |text: &'d str| Some(text).filter(|text| !text.is_empty());
        match self {
            Occurrence::Name(_) => (None, None),
            Occurrence::Value(value) => (known(&value.value), known(&value.unit)),
        }
    }
}

use crate::{Document, Mention, MentionSource, Span, Value};

/// A row of the table `mentions`, which lists names and values together.
pub enum Occurrence<'d> {
    /// A name of an entity.
    Name(&'d Mention),
    /// A date, a time, an amount or a count.
    Value(&'d Value),
}

/// The names and values of a document in text order. Those of one sort do not overlap.
pub fn occurrences(document: &Document) -> impl Iterator<Item = Occurrence<'_>> {
    let names = document.mentions.iter().map(Occurrence::Name);
    in_order(names, document.values.iter().map(Occurrence::Value), Occurrence::span)
}

/// Two lists in text order as one.
fn in_order<T>(
    one: impl Iterator<Item = T>,
    other: impl Iterator<Item = T>,
    span: impl Fn(&T) -> Span,
) -> impl Iterator<Item = T> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(first), Some(second)) if span(second).start < span(first).start => other.next(),
        (None, _) => other.next(),
        (Some(_), _) => one.next(),
    })
}

impl<'d> Occurrence<'d> {
    /// Where it stands, in bytes.
    pub fn span(&self) -> Span {
        match self {
            Occurrence::Name(name) => name.span,
            Occurrence::Value(value) => value.span,
        }
    }

    /// Index into [`Document::entities`] of the entity that a name belongs to.
    pub fn entity(&self) -> Option<usize> {
        match self {
            Occurrence::Name(name) => Some(name.entity),
            Occurrence::Value(_) => None,
        }
    }

    /// The label as the tables write it.
    pub fn label(&self) -> &'d str {
        match self {
            Occurrence::Name(name) => name.label.as_str(),
            Occurrence::Value(value) => value.kind.as_str(),
        }
    }

    /// How a place is used, as the tables write it: `qualifier` where it says which of something is
    /// meant.
    pub fn place_use(&self) -> Option<&'static str> {
        match self {
            Occurrence::Name(name) if name.qualifier => Some("qualifier"),
            _ => None,
        }
    }

    /// Index into [`Document::sentences`].
    pub fn sentence(&self) -> usize {
        match self {
            Occurrence::Name(name) => name.sentence,
            Occurrence::Value(value) => value.sentence,
        }
    }

    /// From 0 to 1.
    pub fn score(&self) -> f64 {
        match self {
            Occurrence::Name(name) => name.score,
            Occurrence::Value(value) => value.score,
        }
    }

    /// What found it, as the tables write it.
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

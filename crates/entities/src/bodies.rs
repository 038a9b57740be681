//! Organisations of which the tagger marks a part: "Pusat Riset Bahasa" of "Pusat Riset Bahasa, Sastra,
//! dan Komunitas", "Kodam XIV" of "Kodam XIV/Hasanuddin".

use nukil_gazetteer::Part;
use nukil_types::{Document, Label};

use crate::likeness::is_number;
use crate::name::Name;
use crate::view::{Shape, Views};

/// Most words of a member of a list within a name.
const LONGEST: usize = 3;

/// Makes organisations whole; names inside what they become are left out.
pub(crate) fn complete(document: &Document, views: &Views, names: &mut Vec<Name>) {
    let mut until = 0;
    let mut grown = false;
    for name in names.iter_mut() {
        let asserted = name.is_asserted();
        if name.tokens.start < until && !asserted {
            // It is inside the one before.
            name.tokens.end = name.tokens.start;
            continue;
        }
        if name.label != Label::Organisation || asserted {
            continue;
        }
        let body = Body { document, views, end: document.sentences[name.sentence].tokens.end };
        let end = body.behind_slash(name).or_else(|| body.behind_list(name));
        if let Some(end) = end {
            (until, grown) = (end, true);
            name.tokens.end = end;
            name.span.end = document.tokens[end - 1].span.end;
        }
    }
    if grown {
        names.retain(|name| !name.tokens.is_empty());
    }
}

struct Body<'b> {
    document: &'b Document,
    views: &'b Views,
    /// The end of the sentence.
    end: usize,
}

impl Body<'_> {
    fn folded(&self, at: usize) -> &str {
        if at < self.end { self.document.folded(&self.document.tokens[at]) } else { "" }
    }

    /// The end of "Kodam XIV/Hasanuddin", of which the part before the slash is a name.
    fn behind_slash(&self, name: &Name) -> Option<usize> {
        let end = name.tokens.end;
        let slash = name.tokens.len() > 1 && self.folded(end) == "/" && end + 1 < self.end;
        let tight = slash
            && self.document.tokens[end - 1].span.end + 1
                == self.document.tokens[end + 1].span.start;
        let number = tight && is_number(self.folded(end - 1));
        let capital = |at: usize| at < self.end && self.views.token(at).shape == Shape::Capital;
        (number && capital(end + 1)).then_some(end + 2)
    }

    /// The end of a name with a list of ordinary words in it, of which the first stands at the end of
    /// this one.
    fn behind_list(&self, name: &Name) -> Option<usize> {
        let last = name.tokens.end - 1;
        if name.tokens.len() < 2
            || self.folded(last + 1) != ","
            || !(self.is_ordinary(name.tokens.start)
                || self.views.head(name.tokens.start, Part::Inside).is_some())
            || !self.is_ordinary(last)
        {
            return None;
        }
        let mut at = last + 1;
        loop {
            let comma = self.folded(at) == ",";
            let and = matches!(self.folded(at + usize::from(comma)), "dan" | "serta");
            let start = at + usize::from(comma) + usize::from(and);
            let end = self.member(start).filter(|_| comma || and)?;
            if and {
                return Some(end);
            }
            at = end;
        }
    }

    /// The end of a member of such a list: ordinary words with capitals, and no name by themselves.
    fn member(&self, start: usize) -> Option<usize> {
        let head = |at: usize| self.views.head(at, Part::Inside).is_some();
        let end = (start..self.end).find(|&at| !self.is_ordinary(at)).unwrap_or(self.end);
        let length = end.saturating_sub(start);
        let fits = (1..=LONGEST).contains(&length)
            && (length == 1 || !head(start))
            && self.views.title(start).is_none();
        let listed = fits && self.views.hits(start).iter().any(|hit| hit.length == length);
        (fits && !listed).then_some(end)
    }

    fn is_ordinary(&self, at: usize) -> bool {
        let view = self.views.token(at);
        at < self.end && view.shape == Shape::Capital && view.word.ordinary
    }
}

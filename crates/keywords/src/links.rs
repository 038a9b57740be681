//! What the page that a document was taken from links: outlets link what has a page of its own with
//! them, a person or a topic, and the headlines of related articles.

use std::ops::Range;

use nukil_types::Document;

use crate::scratch::{NONE, Scratch};

impl Scratch {
    /// Gives the first `tokens` tokens the link that they lie in. A document that is no page has none.
    pub(crate) fn mark_links(&mut self, document: &Document, tokens: usize) {
        self.link_of.clear();
        self.link_lengths.clear();
        if document.links.is_empty() {
            return;
        }
        self.link_of.resize(tokens, NONE);
        for link in &document.links {
            let known = &document.tokens[..tokens];
            let first = known.partition_point(|token| token.span.start < link.start);
            let end = known.partition_point(|token| token.span.end <= link.end);
            let index = self.link_lengths.len() as u32;
            let mut words = 0;
            for token in first..end {
                self.link_of[token] = index;
                words += u32::from(self.word_of[token] != NONE);
            }
            self.link_lengths.push(words);
        }
    }

    /// Which share of the words of a link an occurrence is: 1 when it is all of it, little when the
    /// link is a headline, 0 when it is not inside a link.
    pub(crate) fn link_share(&self, occurrence: Range<usize>) -> f32 {
        let link = |token: usize| self.link_of.get(token).copied().unwrap_or(NONE);
        let first = link(occurrence.start);
        match self.link_lengths.get(first as usize) {
            Some(&words) if link(occurrence.end - 1) == first => {
                occurrence.len() as f32 / words as f32
            }
            _ => 0.0,
        }
    }
}

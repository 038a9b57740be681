//! The keywords of a whole collection, gathered from those of its documents.
//!
//! A [`Corpus`] keeps no document: for each distinct keyword it keeps counts, and its days. Those
//! of one family are one ("pembangunan jalan", "Pembangunan Jalan"), shown as the documents write it
//! most often.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, Weekday};
use nukil_types::{Burst, CorpusKeyword, Document};
use rustc_hash::FxHashMap;

use crate::burst::{self, Batch};

/// The stretch of time over which a collection is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// A day.
    #[default]
    Day,
    /// A week, from Monday on (ISO 8601).
    Week,
}

impl Period {
    /// First day of the period that holds `date`.
    fn start(self, date: Date) -> Date {
        match self {
            Period::Day => date,
            Period::Week => {
                let past = date.weekday().since(Weekday::Monday);
                date.checked_sub(Span::new().days(past)).unwrap_or(date)
            }
        }
    }

    /// Last day of the period that begins with `start`.
    fn end(self, start: Date) -> Date {
        match self {
            Period::Day => start,
            Period::Week => start.checked_add(Span::new().days(6)).unwrap_or(start),
        }
    }
}

/// Gathers the keywords of documents that have been ranked.
///
/// ```
/// use nukil_keywords::{Corpus, Period};
/// use nukil_types::{Document, Keyword};
///
/// let mut corpus = Corpus::new(Period::Day);
/// for (date, text) in [("2023-02-06", "banjir rob"), ("2023-02-07", "Banjir Rob")] {
///     let mut document = Document::new(date, "-", "");
///     document.published = Some(date.to_string());
///     document.keywords = vec![Keyword {
///         text: text.to_string(),
///         lemma: "banjir rob".to_string(),
///         family: "banjir rob".to_string(),
///         score: 0.8,
///         count: 3,
///         is_entity: false,
///         first_start: 0,
///         occurrences: Vec::new(),
///     }];
///     corpus.add(&document);
/// }
/// let keywords = corpus.finish();
/// assert_eq!((keywords[0].text.as_str(), keywords[0].total), ("banjir rob", 6));
/// assert_eq!(keywords[0].last_date.as_deref(), Some("2023-02-07"));
/// ```
#[derive(Debug)]
pub struct Corpus {
    period: Period,
    /// By their families.
    keywords: FxHashMap<String, Gathered>,
    /// Documents of every period that has any, by its first day.
    documents: BTreeMap<Date, u32>,
}

/// What was gathered of one keyword.
#[derive(Debug, Default)]
struct Gathered {
    forms: Forms,
    lemmas: Forms,
    documents: usize,
    total: usize,
    names: usize,
    /// First and last day.
    days: Option<(Date, Date)>,
    /// Its documents by the first day of their period.
    periods: BTreeMap<Date, u32>,
}

/// Ways to write something, in the order in which they came up, with their documents.
#[derive(Debug, Default)]
struct Forms(Vec<(String, usize)>);

impl Forms {
    fn count(&mut self, form: &str) {
        match self.0.iter_mut().find(|(known, _)| known == form) {
            Some((_, documents)) => *documents += 1,
            None => self.0.push((form.to_string(), 1)),
        }
    }

    /// That of most documents; of equal ones the first.
    fn commonest(self) -> String {
        let most = self.0.iter().map(|&(_, documents)| documents).max();
        let mut forms = self.0.into_iter();
        let found = forms.find(|&(_, documents)| Some(documents) == most);
        found.map(|(form, _)| form).unwrap_or_default()
    }
}

impl Corpus {
    /// An empty collection whose bursts are told by days or weeks.
    pub fn new(period: Period) -> Self {
        Corpus { period, keywords: FxHashMap::default(), documents: BTreeMap::new() }
    }

    /// Adds the keywords of one document. Of a date of publication that is no ISO 8601 date nothing
    /// is taken.
    pub fn add(&mut self, document: &Document) {
        let published = document.published.as_deref();
        let date: Option<Date> = published.and_then(|date| date.parse().ok());
        if let Some(date) = date {
            *self.documents.entry(self.period.start(date)).or_default() += 1;
        }
        for keyword in &document.keywords {
            let gathered = match self.keywords.get_mut(&keyword.family) {
                Some(known) => known,
                None => self.keywords.entry(keyword.family.clone()).or_default(),
            };
            gathered.documents += 1;
            gathered.total += keyword.count;
            gathered.names += usize::from(keyword.is_entity);
            gathered.forms.count(&keyword.text);
            gathered.lemmas.count(&keyword.lemma);
            if let Some(date) = date {
                let (first, last) = gathered.days.get_or_insert((date, date));
                *first = (*first).min(date);
                *last = (*last).max(date);
                *gathered.periods.entry(self.period.start(date)).or_default() += 1;
            }
        }
    }

    /// The keywords: those of most documents first, then those of most occurrences, then in the
    /// order of their lemmas, then of their families.
    pub fn finish(self) -> Vec<CorpusKeyword> {
        let Corpus { period, keywords, documents } = self;
        let mut keywords: Vec<(String, CorpusKeyword)> = keywords
            .into_iter()
            .map(|(family, gathered)| (family, gathered.finish(period, &documents)))
            .collect();
        keywords.sort_unstable_by(|(family, one), (of_other, other)| {
            let most = (other.documents, other.total).cmp(&(one.documents, one.total));
            most.then_with(|| (&one.lemma, family).cmp(&(&other.lemma, of_other)))
        });
        keywords.into_iter().map(|(_, keyword)| keyword).collect()
    }
}

impl Gathered {
    fn finish(self, period: Period, documents: &BTreeMap<Date, u32>) -> CorpusKeyword {
        let batches: Vec<Batch> = documents
            .iter()
            .map(|(start, &total)| {
                let relevant = self.periods.get(start).copied().unwrap_or(0);
                Batch { relevant, total }
            })
            .collect();
        let days: Vec<Date> = documents.keys().copied().collect();
        let burst = burst::heaviest(&batches).map(|(stretch, weight)| Burst {
            start: days[stretch.start].to_string(),
            end: period.end(days[stretch.end - 1]).to_string(),
            weight,
        });
        CorpusKeyword {
            text: self.forms.commonest(),
            lemma: self.lemmas.commonest(),
            is_entity: 2 * self.names > self.documents,
            documents: self.documents,
            total: self.total,
            first_date: self.days.map(|(first, _)| first.to_string()),
            last_date: self.days.map(|(_, last)| last.to_string()),
            burst,
        }
    }
}

#[cfg(test)]
mod tests {
    use nukil_types::Keyword;

    use super::*;

    fn document(date: &str, keywords: &[(&str, bool)]) -> Document {
        let mut document = Document::new("uji", "-", "");
        document.published = (!date.is_empty()).then(|| date.to_string());
        document.keywords = keywords
            .iter()
            .map(|&(text, is_entity)| Keyword {
                text: text.to_string(),
                lemma: text.to_lowercase(),
                family: text.to_lowercase(),
                score: 0.5,
                count: 2,
                is_entity,
                first_start: 0,
                occurrences: Vec::new(),
            })
            .collect();
        document
    }

    #[test]
    fn keywords_come_in_an_order_of_their_own() {
        let mut corpus = Corpus::new(Period::Day);
        corpus.add(&document("", &[("harga emas", false), ("Antam", true)]));
        corpus.add(&document("", &[("BPS", true), ("Harga Emas", false)]));
        corpus.add(&document("", &[("harga emas", false), ("BPS", false)]));
        let found = corpus.finish();
        let rows: Vec<(&str, usize, usize, bool)> = found
            .iter()
            .map(|row| (row.text.as_str(), row.documents, row.total, row.is_entity))
            .collect();
        assert_eq!(
            rows,
            [("harga emas", 3, 6, false), ("BPS", 2, 4, false), ("Antam", 1, 2, true)]
        );
        assert!(found.iter().all(|row| row.first_date.is_none() && row.burst.is_none()));
    }

    #[test]
    fn a_name_is_one_keyword_whether_a_document_knows_it_as_one_or_not() {
        let mut corpus = Corpus::new(Period::Day);
        for known in [false, true, true] {
            let mut document = document("", &[("Yohanes Tambunan", known)]);
            let keyword = &mut document.keywords[0];
            keyword.family = "yohanes tambun".to_string();
            if !known {
                keyword.lemma.clone_from(&keyword.family);
            }
            corpus.add(&document);
        }
        let found = corpus.finish();
        assert_eq!((found.len(), found[0].lemma.as_str()), (1, "yohanes tambunan"));
    }

    #[test]
    fn a_burst_is_told_by_its_days_or_weeks() {
        // Forty days of ten documents each; the flood is in three of them.
        let burst = |period| {
            let mut corpus = Corpus::new(period);
            for day in 0..40 {
                let first: Date = "2023-01-02".parse().unwrap();
                let date = first.checked_add(Span::new().days(day)).unwrap().to_string();
                for number in 0..10 {
                    let flood = (10..13).contains(&day) && number < 6;
                    let keyword = if flood { "banjir rob" } else { "harga emas" };
                    corpus.add(&document(&date, &[(keyword, false)]));
                }
            }
            let found = corpus.finish();
            assert_eq!(found[1].lemma, "banjir rob");
            let burst = found[1].burst.clone().unwrap();
            (burst.start, burst.end)
        };
        assert_eq!(burst(Period::Day), ("2023-01-12".to_string(), "2023-01-14".to_string()));
        assert_eq!(burst(Period::Week), ("2023-01-09".to_string(), "2023-01-15".to_string()));
    }

    #[test]
    fn a_date_that_is_none_counts_for_nothing() {
        let mut corpus = Corpus::new(Period::Week);
        corpus.add(&document("kemarin", &[("banjir", false)]));
        corpus.add(&document("2023-02-30", &[("banjir", false)]));
        let found = corpus.finish();
        assert_eq!((found[0].documents, found[0].first_date.as_deref()), (2, None));
    }
}

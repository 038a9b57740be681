//! The evidence for a candidate, as numbers.
//!
//! Every row says where the idea is from. TF-IDF is Salton & Buckley, "Term-weighting approaches
//! in automatic text retrieval" (1988); KP-Miner is El-Beltagy & Rafea (2009); YAKE is Campos and
//! others, "YAKE! Keyword extraction from single documents using multiple local features" (2020);
//! C-value is Frantzi, Ananiadou & Mima (2000); KEA is Witten and others (1999).

use nukil_types::{Document, Label};

use crate::background::Usage;
use crate::context::Context;
use crate::habits::Habits;
use crate::scratch::{Candidate, NONE, Scratch};

/// One kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Feature {
    /// Logarithm of the number of occurrences (TF-IDF).
    Frequency,
    /// 1 when it occurs once.
    Once,
    /// Logarithm of the occurrences over those of the document's most frequent candidate.
    RelativeFrequency,
    /// 1 when it stands in the headline.
    Headline,
    /// 1 when all its words stand in the headline, together or not.
    HeadlineWords,
    /// Share of its words that stand in the headline.
    HeadlineShare,
    /// Logarithm of the first sentence of the body that has it, counted from 1 (KP-Miner).
    Lead,
    /// First occurrence over the length of the document (KEA).
    First,
    /// Distance from the first occurrence to the last over the length of the document.
    Spread,
    /// Logarithm of the number of sentences that have it, plus one (YAKE).
    Sentences,
    /// 1 when it is one token.
    OneWord,
    /// 1 when it is two tokens.
    TwoWords,
    /// 1 when it is three tokens.
    ThreeWords,
    /// Logarithm of its length in characters.
    Characters,
    /// Inverse document frequency of the phrase (TF-IDF).
    PhraseRarity,
    /// 1 when the background never has the phrase.
    Unseen,
    /// Inverse document frequency of its commonest word.
    CommonestWord,
    /// Mean inverse document frequency of its words.
    MeanWord,
    /// Inverse document frequency of its rarest word.
    RarestWord,
    /// How much oftener the background has the words together than chance would (pointwise mutual
    /// information; Church & Hanks 1990). 0 for one word.
    Cohesion,
    /// Share of its occurrences in the body that are capitalised (YAKE).
    Capitalised,
    /// How often the background capitalises its least capitalised word.
    UsuallyCapitalised,
    /// Share of its occurrences with an acronym in them (YAKE).
    Acronym,
    /// Share of its occurrences that are exactly a mention of an entity.
    Name,
    /// Share of its occurrences that cut a mention.
    PartOfName,
    /// Share of its occurrences that hold a mention and more.
    HoldsName,
    /// 1 for the name of a person.
    Person,
    /// Logarithm of the number of mentions of its entity, plus one.
    Mentions,
    /// Share of the document's attention that its entity has.
    Salience,
    /// 1 when it is the fullest form of an entity's name.
    FullName,
    /// Occurrences of the longer candidate that has it most often, over its own (C-value).
    Nested,
    /// Its occurrences over those of its rarest word: whether the words occur apart.
    Bound,
    /// 1 when a number is in it.
    Number,
    /// Function words in it.
    FunctionWords,
    /// 1 when its first word has the form of a verb.
    FirstVerb,
    /// 1 when its last word has the form of a verb.
    LastVerb,
    /// Mean of its words' TF-IDF over the highest in the document (RAKE's idea of scoring a phrase
    /// by its words; Rose and others 2010).
    WordWeight,
    /// Mean logarithm of how much oftener its words occur when all words of their lemmas count.
    Family,
    /// Of the background articles that hold the phrase, the share with it in the headline.
    HeadlineRate,
    /// The same share for the word of it that has the least.
    LeastHeadlineRate,
    /// Logarithm of the number of tokens of the document.
    Length,
    /// Share of its occurrences in the body that are cut out of a longer run of words with capitals.
    CutCapitals,
    /// 1 when its last word ends with the pronoun `-nya` ("istrinya").
    Possessed,
    /// 1 when a word of it, neither first nor last, has the form of a verb.
    InnerVerb,
    /// 1 for the name of a place.
    Place,
    /// How much of a verb the root is that it begins with: articles of the background with its passive
    /// (`di-`) over those with itself, at most 1. Headlines write verbs as roots ("bayar pajak").
    FirstRoot,
    /// The same for the most verbal of its other words.
    OtherRoot,
    /// 1 when it is one word and stands in the headline.
    OneWordHeadline,
    /// 1 when it is the name of an entity and stands in the headline.
    NameHeadline,
    /// 1 when it occurs once and stands in the headline.
    OnceHeadline,
    /// 1 for the name of an organisation.
    Organisation,
    /// 1 for the name of an event.
    Event,
    /// 1 for the name of a product.
    Product,
    /// 1 for the title of a law or of a work.
    Title,
    /// Greatest share of the words of a link that an occurrence of it is (hypertext as evidence: Yih,
    /// Goodman & Carvalho, "Finding advertising keywords on web pages", 2006): 1 for what has a page
    /// of its own with the outlet, little for a word in a linked headline, 0 in a text.
    Link,
}

/// The evidence for one candidate, indexed by [`Feature`].
pub type Features = [f64; Feature::ALL.len()];

impl Feature {
    /// All features, in the order of [`Features`].
    pub const ALL: [Feature; 55] = [
        Feature::Frequency,
        Feature::Once,
        Feature::RelativeFrequency,
        Feature::Headline,
        Feature::HeadlineWords,
        Feature::HeadlineShare,
        Feature::Lead,
        Feature::First,
        Feature::Spread,
        Feature::Sentences,
        Feature::OneWord,
        Feature::TwoWords,
        Feature::ThreeWords,
        Feature::Characters,
        Feature::PhraseRarity,
        Feature::Unseen,
        Feature::CommonestWord,
        Feature::MeanWord,
        Feature::RarestWord,
        Feature::Cohesion,
        Feature::Capitalised,
        Feature::UsuallyCapitalised,
        Feature::Acronym,
        Feature::Name,
        Feature::PartOfName,
        Feature::HoldsName,
        Feature::Person,
        Feature::Mentions,
        Feature::Salience,
        Feature::FullName,
        Feature::Nested,
        Feature::Bound,
        Feature::Number,
        Feature::FunctionWords,
        Feature::FirstVerb,
        Feature::LastVerb,
        Feature::WordWeight,
        Feature::Family,
        Feature::HeadlineRate,
        Feature::LeastHeadlineRate,
        Feature::Length,
        Feature::CutCapitals,
        Feature::Possessed,
        Feature::InnerVerb,
        Feature::Place,
        Feature::FirstRoot,
        Feature::OtherRoot,
        Feature::OneWordHeadline,
        Feature::NameHeadline,
        Feature::OnceHeadline,
        Feature::Organisation,
        Feature::Event,
        Feature::Product,
        Feature::Title,
        Feature::Link,
    ];

    /// The name in a file of weights.
    pub fn name(self) -> &'static str {
        match self {
            Feature::Frequency => "frequency",
            Feature::Once => "once",
            Feature::RelativeFrequency => "relative_frequency",
            Feature::Headline => "headline",
            Feature::HeadlineWords => "headline_words",
            Feature::HeadlineShare => "headline_share",
            Feature::Lead => "lead",
            Feature::First => "first",
            Feature::Spread => "spread",
            Feature::Sentences => "sentences",
            Feature::OneWord => "one_word",
            Feature::TwoWords => "two_words",
            Feature::ThreeWords => "three_words",
            Feature::Characters => "characters",
            Feature::PhraseRarity => "phrase_rarity",
            Feature::Unseen => "unseen",
            Feature::CommonestWord => "commonest_word",
            Feature::MeanWord => "mean_word",
            Feature::RarestWord => "rarest_word",
            Feature::Cohesion => "cohesion",
            Feature::Capitalised => "capitalised",
            Feature::UsuallyCapitalised => "usually_capitalised",
            Feature::Acronym => "acronym",
            Feature::Name => "name",
            Feature::PartOfName => "part_of_name",
            Feature::HoldsName => "holds_name",
            Feature::Person => "person",
            Feature::Mentions => "mentions",
            Feature::Salience => "salience",
            Feature::FullName => "full_name",
            Feature::Nested => "nested",
            Feature::Bound => "bound",
            Feature::Number => "number",
            Feature::FunctionWords => "function_words",
            Feature::FirstVerb => "first_verb",
            Feature::LastVerb => "last_verb",
            Feature::WordWeight => "word_weight",
            Feature::Family => "family",
            Feature::HeadlineRate => "headline_rate",
            Feature::LeastHeadlineRate => "least_headline_rate",
            Feature::Length => "length",
            Feature::CutCapitals => "cut_capitals",
            Feature::Possessed => "possessed",
            Feature::InnerVerb => "inner_verb",
            Feature::Place => "place",
            Feature::FirstRoot => "first_root",
            Feature::OtherRoot => "other_root",
            Feature::OneWordHeadline => "one_word_headline",
            Feature::NameHeadline => "name_headline",
            Feature::OnceHeadline => "once_headline",
            Feature::Organisation => "organisation",
            Feature::Event => "event",
            Feature::Product => "product",
            Feature::Title => "title",
            Feature::Link => "link",
        }
    }
}

/// Finds the features of the candidates of one document.
pub(crate) struct Extractor<'a> {
    pub document: &'a Document,
    pub scratch: &'a Scratch,
    pub logarithms: &'a Logarithms,
    pub habits: &'a Habits,
    pub scale: Scale,
}

/// What the features of all candidates of one document share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    tokens: f64,
    /// [`Feature::RelativeFrequency`] of what occurs once, as most candidates do.
    least_frequency: f64,
    /// [`Feature::Length`].
    length: f64,
    heaviest_word: f64,
}

impl Scale {
    /// That of the document whose candidates are in `scratch`.
    pub(crate) fn of(scratch: &Scratch) -> Self {
        let counts = scratch.live().map(|(_, candidate, _)| candidate.count);
        let most_frequent = f64::from(counts.max().unwrap_or(1));
        let tokens = scratch.word_of.len().max(1) as f64;
        let weights = scratch.words.iter().map(|word| f64::from(word.count) * word.usage.idf);
        Scale {
            tokens,
            least_frequency: (1.0 / most_frequent).ln(),
            length: tokens.ln(),
            heaviest_word: weights.fold(f64::MIN_POSITIVE, f64::max),
        }
    }
}

impl Extractor<'_> {
    /// Sets every feature of one candidate, which the news at large uses as `usage` says.
    #[inline]
    pub(crate) fn fill(
        &self,
        candidate: &Candidate,
        usage: &Usage,
        mut set: impl FnMut(Feature, f64),
    ) {
        let flag = |condition: bool| f64::from(u8::from(condition));
        let count = f64::from(candidate.count);
        let own = f64::from(candidate.own);
        let length = f64::from(candidate.length);

        set(Feature::Frequency, self.logarithms.ln(candidate.count));
        set(Feature::Once, flag(candidate.count == 1));
        let relative = match candidate.count {
            1 => self.scale.least_frequency,
            _ => self.logarithms.ln(candidate.count) + self.scale.least_frequency,
        };
        set(Feature::RelativeFrequency, relative);
        set(Feature::Headline, flag(candidate.headline > 0));
        let lead = if candidate.lead == NONE { UNLED } else { candidate.lead };
        set(Feature::Lead, self.logarithms.ln_1p(lead));
        let (first, last) = (f64::from(candidate.earliest), f64::from(candidate.last));
        set(Feature::First, first / self.scale.tokens);
        set(Feature::Spread, (last - first).max(0.0) / self.scale.tokens);
        set(Feature::Sentences, self.logarithms.ln_1p(candidate.sentences));
        set(Feature::OneWord, flag(candidate.length == 1));
        set(Feature::TwoWords, flag(candidate.length == 2));
        set(Feature::ThreeWords, flag(candidate.length == 3));
        set(Feature::Characters, self.logarithms.ln(candidate.characters.max(1)));
        set(Feature::Length, self.scale.length);

        let mut sum = Sums::default();
        for word in self.scratch.words_of(candidate) {
            sum.headline += flag(word.headline > 0);
            sum.idf += word.usage.idf;
            sum.least_idf = sum.least_idf.min(word.usage.idf);
            sum.most_idf = sum.most_idf.max(word.usage.idf);
            sum.least_capital = sum.least_capital.min(word.usage.capital);
            sum.least_rate = sum.least_rate.min(word.usage.headline);
            sum.rarest = sum.rarest.min(word.count);
            if word.family != word.count {
                sum.family +=
                    self.logarithms.ln(word.family) - self.logarithms.ln(word.count.max(1));
            }
            sum.weight += f64::from(word.count) * word.usage.idf;
        }
        set(Feature::HeadlineWords, flag(sum.headline >= length));
        set(Feature::HeadlineShare, sum.headline / length);
        set(Feature::CommonestWord, sum.least_idf);
        set(Feature::MeanWord, sum.idf / length);
        set(Feature::RarestWord, sum.most_idf);
        set(Feature::UsuallyCapitalised, sum.least_capital);
        set(Feature::Bound, own / f64::from(sum.rarest.max(1)));
        set(Feature::WordWeight, sum.weight / length / self.scale.heaviest_word);
        set(Feature::Family, sum.family / length);
        set(Feature::LeastHeadlineRate, sum.least_rate);
        set(Feature::PhraseRarity, usage.idf);
        set(Feature::Unseen, flag(!usage.known));
        set(Feature::HeadlineRate, usage.headline);
        set(Feature::Cohesion, if candidate.length > 1 { sum.idf - usage.idf } else { 0.0 });

        let inside = candidate.capital + candidate.lower;
        let capital = match inside {
            0 => sum.least_capital,
            _ => f64::from(candidate.capital) / f64::from(inside),
        };
        set(Feature::Capitalised, capital);
        set(Feature::Acronym, f64::from(candidate.acronym) / count);
        set(Feature::Name, f64::from(candidate.exact) / count);
        set(Feature::PartOfName, f64::from(candidate.cutting) / count);
        set(Feature::HoldsName, f64::from(candidate.holding) / count);
        let entity = self.document.entities.get(candidate.entity as usize);
        let is = |label| flag(entity.is_some_and(|entity| entity.label == label));
        set(Feature::Person, is(Label::Person));
        set(Feature::Place, is(Label::Location));
        set(Feature::Organisation, is(Label::Organisation));
        set(Feature::Event, is(Label::Event));
        set(Feature::Product, is(Label::Product));
        set(Feature::Title, flag(is(Label::Law) + is(Label::Work) > 0.0));
        let mentions = entity.map_or(0.0, |entity| self.logarithms.ln_1p(entity.mentions as u32));
        set(Feature::Mentions, mentions);
        set(Feature::Salience, entity.map_or(0.0, |entity| entity.salience));
        // Lengths suffice: the phrase is one of the entity's own forms.
        let full = |name: &str| name.chars().count() == candidate.characters as usize;
        set(Feature::FullName, flag(entity.is_some_and(|entity| full(&entity.name))));

        set(Feature::Nested, f64::from(candidate.within) / own.max(1.0));
        set(Feature::Number, flag(candidate.number));
        set(Feature::FunctionWords, f64::from(candidate.stops));
        let mut words = self.scratch.words_of(candidate);
        let first = words.next();
        set(Feature::FirstRoot, first.map_or(0.0, |word| f64::from(word.verbal)));
        let verbal = words.clone().map(|word| f64::from(word.verbal));
        set(Feature::OtherRoot, verbal.fold(0.0, f64::max));
        set(Feature::FirstVerb, flag(first.is_some_and(|word| word.verb)));
        let last = words.next_back();
        set(Feature::LastVerb, flag(last.is_some_and(|word| word.verb)));
        set(Feature::InnerVerb, flag(words.any(|word| word.verb)));
        set(Feature::Possessed, flag(last.or(first).is_some_and(|word| word.possessed)));
        set(Feature::CutCapitals, f64::from(candidate.cut_capitals) / count);
        let headline = candidate.headline > 0;
        set(Feature::OneWordHeadline, flag(headline && candidate.length == 1));
        set(Feature::NameHeadline, flag(headline && candidate.exact > 0));
        set(Feature::OnceHeadline, flag(headline && candidate.count == 1));
        set(Feature::Link, f64::from(candidate.link));
    }

    /// Sets what editors choose, which only the second ranking asks: it costs three look-ups.
    pub(crate) fn fill_habits(&self, candidate: &Candidate, mut set: impl FnMut(Context, f32)) {
        let mut words = self.scratch.words_of(candidate);
        let first = words.next().map_or(0, |word| word.hash);
        let last = words.next_back().map(|word| word.hash);
        let [phrase, first, last] = self.habits.of(candidate.hash, first, last);
        set(Context::ChosenPhrase, phrase);
        set(Context::ChosenFirst, first);
        set(Context::ChosenLast, last);
    }
}

/// The sentence of the body that stands for "only in the headline".
const UNLED: u32 = 40;

/// Logarithms of small numbers. Nearly all counts of a document are small, and the evidence for a
/// candidate has four logarithms of counts.
#[derive(Clone, Debug)]
pub(crate) struct Logarithms {
    ln: [f64; SMALL],
    ln_1p: [f64; SMALL],
}

/// Numbers below this have their logarithms in the tables.
const SMALL: usize = 64;

impl Logarithms {
    pub(crate) fn new() -> Self {
        Logarithms {
            ln: std::array::from_fn(|number| (number as f64).ln()),
            ln_1p: std::array::from_fn(|number| (number as f64).ln_1p()),
        }
    }

    #[inline]
    fn ln(&self, number: u32) -> f64 {
        self.ln.get(number as usize).copied().unwrap_or_else(|| f64::from(number).ln())
    }

    #[inline]
    fn ln_1p(&self, number: u32) -> f64 {
        self.ln_1p.get(number as usize).copied().unwrap_or_else(|| f64::from(number).ln_1p())
    }
}

/// Gathered over the words of a candidate.
struct Sums {
    headline: f64,
    idf: f64,
    least_idf: f64,
    most_idf: f64,
    least_capital: f64,
    least_rate: f64,
    rarest: u32,
    weight: f64,
    family: f64,
}

impl Default for Sums {
    fn default() -> Self {
        Sums {
            headline: 0.0,
            idf: 0.0,
            least_idf: f64::MAX,
            most_idf: 0.0,
            least_capital: 1.0,
            least_rate: 1.0,
            rarest: u32::MAX,
            weight: 0.0,
            family: 0.0,
        }
    }
}

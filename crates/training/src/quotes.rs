//! The weights that tell which sentences say what someone said, and for whom pronouns and phrases
//! stand beside quotations.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use nukil_pipeline::{AnnotatedQuote, Choice, ChoiceRows, Config, Pipeline, QuoteExamples};
use nukil_types::{Document, Span};

use crate::articles::{Article, plain, read};
use crate::choices;

/// Learns the weights from the articles of `train`, lines of JSON, and prints how many choices of
/// `tune` they make right.
pub fn learn(train: &str, tune: &str, clauses: &str, speakers: &str) -> Result<()> {
    let pipeline = Pipeline::new(Config::default())?;
    let mut learned = examples(&pipeline, train, str::to_string)?;
    // Speech whose marks were lost is rare, but has to be read all the same.
    let unmarked = examples(&pipeline, train, without_marks)?;
    learned.clauses.extend(unmarked.clauses);
    learned.clause_rows.extend(unmarked.clause_rows);
    let unseen = examples(&pipeline, tune, str::to_string)?;
    let what = "which sentences say what someone said";
    let about = [what, "indirect", clauses];
    write(about, learned.clauses, unseen.clauses, 6, &learned.clause_rows)?;
    let what = "who speaks where no name stands beside a quotation";
    let about = [what, "antecedents", speakers];
    write(about, learned.speakers, unseen.speakers, 4, &learned.speaker_rows)
}

/// Learns a table and writes it to `out`, and prints how many choices of `unseen` are right.
fn write(
    [what, module, out]: [&str; 3],
    learned: Vec<Choice>,
    unseen: Vec<Choice>,
    least: u32,
    rows: &ChoiceRows,
) -> Result<()> {
    let written = |feature| rows[&feature].join("\t");
    let (table, told) = choices::learn(&pairs(learned), &pairs(unseen), least, written);
    let head = format!(
        "# Weights that tell {what}, in hundredths: a conditional logit over\n\
         # the features of crates/entities/src/quotes/{module}.rs. Learned by scripts/learn-links from data/gold. CC0-1.0.\n\
         feature\tvalue\tweight\n"
    );
    fs::write(out, head + &table).with_context(|| format!("cannot write {out}"))?;
    writeln!(std::io::stdout(), "{told}: {what}")?;
    Ok(())
}

fn pairs(choices: Vec<Choice>) -> Vec<choices::Choice<u64>> {
    choices.into_iter().map(|choice| (choice.candidates, choice.chosen)).collect()
}

/// A text with blanks in place of quotation marks; what is left stands where it was.
fn without_marks(text: &str) -> String {
    let blank = |mark: char| match mark {
        '"' | '“' | '”' => " ".repeat(mark.len_utf8()),
        other => other.to_string(),
    };
    text.chars().map(blank).collect()
}

/// The choices in the articles of a file, each with its text as `change` makes it.
fn examples(
    pipeline: &Pipeline,
    path: &str,
    change: impl Fn(&str) -> String,
) -> Result<QuoteExamples> {
    let mut found = QuoteExamples::default();
    for (number, article) in read(path)?.iter().enumerate() {
        let Some(quotes) = annotated(article) else { continue };
        let document = Document::new(number.to_string(), "-", change(&article.text));
        // A document that cannot be read has nothing to learn from.
        let _ = pipeline.quote_examples(document, &quotes, &mut found);
    }
    Ok(found)
}

/// The quotations of an article, if they are annotated. Of several places with the words at both ends
/// the shortest is taken.
fn annotated(article: &Article) -> Option<Vec<AnnotatedQuote>> {
    let text = &article.text;
    let mut found = Vec::new();
    for quote in article.quotes.as_ref()? {
        let starts = text.match_indices(&quote.from).map(|(at, _)| at);
        let span = |start| {
            let end = start + text[start..].find(&quote.to)? + quote.to.len();
            Some(Span::new(start, end))
        };
        let Some(span) = starts.filter_map(span).min_by_key(|span| span.len()) else { continue };
        let forms = |name: &String| {
            let named = |entity: &&crate::articles::Annotated| {
                entity.surfaces.iter().any(|form| plain(form) == plain(name))
            };
            let entity = article.entities.iter().find(named);
            let forms = entity.into_iter().flat_map(|entity| &entity.surfaces).map(|it| plain(it));
            forms.chain([plain(name)]).collect()
        };
        let speaker = quote.speaker.as_ref().map(forms).unwrap_or_default();
        found.push(AnnotatedQuote { span, speaker });
    }
    Some(found)
}

//! Learns the weights that tell furniture from prose, from annotated articles.
//!
//! ```text
//! learn ARTICLES.jsonl... [--test TUNE.jsonl] [--cross FOLDS] [--show] > weights.tsv
//! ```
//!
//! A line has `doc`, `source`, `text`, `headline` (or null), `furniture` and `loose`: spans in bytes
//! of what is furniture, and of what counts neither way (the dateline). The weights of all articles
//! go to standard output. Standard error has the F1 of characters (white space left out) and the
//! headlines found: on TEST, and with `--cross` on articles of outlets that were left out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program, not a library")]

mod field;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write;
use std::fs;

use nukil_article::learning::{self, CUTS, Unit};
use nukil_article::{Arranger, Layout};
use nukil_types::Document;
use serde_json::Value;

use field::{Field, Sequence};

/// Fewest articles that an anchor begins furniture in, and the share of its places at which it does.
const ANCHOR_ARTICLES: usize = 3;
const ANCHOR_SHARE: f64 = 0.3;
/// Fewest articles that a feature stands in.
const FEWEST: usize = 3;

struct Article {
    doc: String,
    outlet: String,
    text: String,
    headline: Option<String>,
    furniture: Vec<(usize, usize)>,
    loose: Vec<(usize, usize)>,
}

/// Settings of a run, for experiments.
struct Settings {
    /// Strength of the Gaussian prior.
    prior: f64,
    /// How much stronger it is for words than for the rest.
    lexical: f64,
    /// Strength of the Laplacian prior.
    sparse: f64,
    /// Added to the score of furniture when deciding.
    shift: f64,
    /// The biases that it is added to.
    shifted: Vec<String>,
    /// Smallest weight that is kept, in hundredths.
    least: i32,
    /// Tables of rules left out.
    untabled: Vec<String>,
    /// Features left out.
    without: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    let (mut test, mut cross, mut show, mut rules, mut share) = (Vec::new(), 0, false, false, 1.0);
    let mut settings = Settings {
        prior: 1.0,
        lexical: 1.0,
        sparse: 0.2,
        shift: 0.0,
        shifted: Vec::new(),
        untabled: Vec::new(),
        least: 3,
        without: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--test" => test = read(&value()?)?,
            "--cross" => cross = value()?.parse()?,
            "--prior" => settings.prior = value()?.parse()?,
            "--lexical" => settings.lexical = value()?.parse()?,
            "--least" => settings.least = value()?.parse()?,
            "--sparse" => settings.sparse = value()?.parse()?,
            "--shifted" => {
                settings.shifted = value()?.split(',').map(|cut| format!("bias\t{cut}")).collect()
            }
            "--untabled" => settings.untabled = value()?.split(',').map(String::from).collect(),
            "--shift" => settings.shift = value()?.parse()?,
            "--share" => share = value()?.parse()?,
            "--without" => settings.without = value()?.split(',').map(String::from).collect(),
            "--show" => show = true,
            "--rules" => rules = true,
            _ => paths.push(argument),
        }
    }
    let mut articles = Vec::new();
    for path in &paths {
        articles.extend(read(path)?);
    }
    articles.truncate((articles.len() as f64 * share) as usize);
    if rules {
        let plain = plain(&settings)?;
        eprintln!("rules on training: {}", evaluate(&plain, articles.iter(), false));
        eprintln!("rules on test: {}", evaluate(&plain, test.iter(), show));
        return Ok(());
    }
    if cross > 0 {
        let mut total = Figures::default();
        for fold in 0..cross {
            let held = |article: &&Article| fold_of(&article.outlet, cross) == fold;
            let rest: Vec<&Article> = articles.iter().filter(|article| !held(article)).collect();
            let model = plain(&settings)?.with_weights(&learn(&rest, &settings)?)?;
            let figures = evaluate(&model, articles.iter().filter(held), show);
            eprintln!("fold {fold}: {figures}");
            total.add(&figures);
        }
        eprintln!("outlets left out: {total}");
        return Ok(());
    }
    let all: Vec<&Article> = articles.iter().collect();
    let weights = learn(&all, &settings)?;
    let model = plain(&settings)?.with_weights(&weights)?;
    eprintln!("{} rows, {} bytes", weights.lines().count(), weights.len());
    eprintln!("training: {}", evaluate(&model, articles.iter(), false));
    if !test.is_empty() {
        eprintln!("test: {}", evaluate(&model, test.iter(), show));
    }
    print!("{weights}");
    Ok(())
}

/// The rules, less the tables that are left out.
fn plain(settings: &Settings) -> Result<Arranger, Box<dyn Error>> {
    let kept = nukil_data::FURNITURE
        .iter()
        .filter(|(name, _)| !settings.untabled.iter().any(|out| out == name));
    let tables: Vec<(&str, &str)> = kept.copied().collect();
    Ok(Arranger::new(&tables, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS)?)
}

fn read(path: &str) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let string = |name: &str| value[name].as_str().unwrap_or_default().to_string();
        let spans = |name: &str| -> Vec<(usize, usize)> {
            let pairs = value[name].as_array().into_iter().flatten();
            let at = |pair: &Value, index: usize| pair[index].as_u64().unwrap_or_default() as usize;
            pairs.map(|pair| (at(pair, 0), at(pair, 1))).collect()
        };
        articles.push(Article {
            doc: string("doc"),
            outlet: string("outlet"),
            text: string("text"),
            headline: value["headline"].as_str().map(String::from),
            furniture: spans("furniture"),
            loose: spans("loose"),
        });
    }
    Ok(articles)
}

/// Outlets go to folds by a checksum of their names.
fn fold_of(outlet: &str, folds: usize) -> usize {
    outlet.bytes().fold(7_usize, |sum, byte| (sum * 31 + usize::from(byte)) % 1_000_003) % folds
}

/// Characters (bytes that begin one, no white space) in `spans`.
fn mark(text: &str, spans: &[(usize, usize)]) -> Vec<bool> {
    let mut marked = vec![false; text.len()];
    for &(start, end) in spans {
        marked[start..end].fill(true);
    }
    marked
}

#[derive(Default)]
struct Figures {
    both: usize,
    found: usize,
    gold: usize,
    headlines: usize,
    articles: usize,
}

impl Figures {
    fn add(&mut self, other: &Figures) {
        self.both += other.both;
        self.found += other.found;
        self.gold += other.gold;
        self.headlines += other.headlines;
        self.articles += other.articles;
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        write!(
            f,
            "P {:.1} R {:.1} F1 {:.1}, headlines {} of {}",
            share(self.both, self.found),
            share(self.both, self.gold),
            share(2 * self.both, self.found + self.gold),
            self.headlines,
            self.articles
        )
    }
}

fn evaluate<'a>(
    arranger: &Arranger,
    articles: impl Iterator<Item = &'a Article>,
    show: bool,
) -> Figures {
    let mut figures = Figures::default();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for article in articles {
        let text = &article.text;
        let mut document = Document::new("", "", text.as_str());
        arranger.arrange(&mut document, Layout::Article);
        let kept = document.body.iter().chain(document.title_span.as_ref());
        let kept: Vec<(usize, usize)> = kept.map(|span| (span.start, span.end)).collect();
        let kept = mark(text, &kept);
        let gold = mark(text, &article.furniture);
        let loose = mark(text, &article.loose);
        let mut runs: Vec<(usize, usize, bool)> = Vec::new();
        for (at, c) in text.char_indices() {
            if c.is_whitespace() || loose[at] {
                continue;
            }
            figures.both += usize::from(gold[at] && !kept[at]);
            figures.found += usize::from(!kept[at]);
            figures.gold += usize::from(gold[at]);
            if gold[at] == kept[at] {
                match runs.last_mut() {
                    Some(run) if run.2 == kept[at] && at - run.1 <= 2 => run.1 = at + c.len_utf8(),
                    _ => runs.push((at, at + c.len_utf8(), kept[at])),
                }
            }
        }
        let right = plain(document.title.as_deref().unwrap_or_default())
            == plain(article.headline.as_deref().unwrap_or_default());
        figures.headlines += usize::from(right);
        figures.articles += 1;
        if show {
            if !right {
                println!("{}\tHEAD\t{:?}\t{:?}", article.doc, article.headline, document.title);
            }
            for (start, end, missed) in runs.into_iter().filter(|run| run.1 - run.0 > 5) {
                let what = if missed { "missed" } else { "lost" };
                let mut from = start.saturating_sub(40);
                while !text.is_char_boundary(from) {
                    from += 1;
                }
                let mut to = (end + 40).min(text.len());
                while !text.is_char_boundary(to) {
                    to -= 1;
                }
                println!(
                    "{}\t{}\t{what}\t{}\t{:?} ⟦{:?}⟧ {:?}",
                    article.doc,
                    article.outlet,
                    end - start,
                    &text[from..start],
                    &text[start..end],
                    &text[end..to]
                );
            }
        }
    }
    figures
}

/// Pairs of words that begin furniture.
fn anchors(articles: &[&Article]) -> BTreeSet<String> {
    let mut begun: BTreeMap<String, usize> = BTreeMap::new();
    for article in articles {
        let mut here = BTreeSet::new();
        for &(start, end) in &article.furniture {
            let words = learning::words(&article.text[start..end]);
            if let [first, second, ..] = &words[..] {
                here.insert(format!("{first} {second}"));
            }
        }
        for pair in here {
            *begun.entry(pair).or_default() += 1;
        }
    }
    begun.retain(|_, articles| *articles >= ANCHOR_ARTICLES);
    let mut seen: HashMap<String, usize> = HashMap::new();
    for article in articles {
        let words = learning::words(&article.text);
        let pairs: BTreeSet<String> =
            words.windows(2).map(|pair| format!("{} {}", pair[0], pair[1])).collect();
        for pair in pairs {
            if begun.contains_key(&pair) {
                *seen.entry(pair).or_default() += 1;
            }
        }
    }
    begun.retain(|pair, articles| *articles as f64 >= ANCHOR_SHARE * seen[pair] as f64);
    begun.into_keys().collect()
}

/// The table of weights.
fn learn(articles: &[&Article], settings: &Settings) -> Result<String, Box<dyn Error>> {
    let mut table = String::from(
        "# Weights of the model that tells page furniture from prose, in hundredths; made by scripts/learn-furniture.\n\
         # CC0-1.0.\n\
         # feature: what is asked of a unit (crates/article/src/features.rs) | anchor (a pair of words that begins furniture) |\n\
         #   begins, stays, ends (furniture after prose, after furniture, and prose after it; value: the cut between).\n\
         feature\tvalue\tweight\n",
    );
    for anchor in anchors(articles) {
        writeln!(table, "anchor\t{anchor}\t0")?;
    }
    let arranger = plain(settings)?.with_weights(&table)?;
    let pages: Vec<(Vec<Unit>, Vec<Option<bool>>)> = articles
        .iter()
        .map(|article| {
            let units = learning::units(&arranger, &article.text);
            let gold = mark(&article.text, &article.furniture);
            let loose = mark(&article.text, &article.loose);
            let label = |unit: &Unit| {
                let (mut inside, mut all) = (0, 0);
                let text = &article.text[unit.span.start..unit.span.end];
                for (at, c) in text.char_indices() {
                    let at = unit.span.start + at;
                    if !c.is_whitespace() && !loose[at] {
                        all += 1;
                        inside += usize::from(gold[at]);
                    }
                }
                (all > 0).then_some(inside * 2 > all)
            };
            let labels = units.iter().map(label).collect();
            (units, labels)
        })
        .collect();

    // Features get numbers in the order of their names.
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (number, (units, _)) in pages.iter().enumerate() {
        for name in units.iter().flat_map(|unit| unit.features.iter().chain(&unit.edges)) {
            let count = counts.entry(name).or_insert((0, usize::MAX));
            if count.1 != number {
                *count = (count.0 + 1, number);
            }
        }
    }
    let left_out = |name: &str| {
        let template = name.split('\t').next().unwrap_or_default();
        settings.without.iter().any(|out| out == template)
    };
    let mut names: Vec<&str> = counts
        .iter()
        .filter(|&(name, &(articles, _))| articles >= FEWEST && !left_out(name))
        .map(|(&name, _)| name)
        .collect();
    names.sort_unstable();
    let numbers: HashMap<&str, usize> =
        names.iter().enumerate().map(|(number, &name)| (name, number)).collect();
    let encode = |features: &[String]| -> Vec<usize> {
        features.iter().filter_map(|name| numbers.get(name.as_str()).copied()).collect()
    };
    let sequences: Vec<Sequence> = pages
        .iter()
        .map(|(units, labels)| Sequence {
            cuts: units.iter().map(|unit| unit.cut).collect(),
            features: units.iter().map(|unit| encode(&unit.features)).collect(),
            edges: units.iter().map(|unit| encode(&unit.edges)).collect(),
            labels: labels.clone(),
        })
        .collect();
    let lexical = |name: &str| name.ends_with(|c: char| !c.is_ascii_digit());
    let strength =
        |&name: &&str| settings.prior * if lexical(name) { settings.lexical } else { 1.0 };
    let priors: Vec<f64> = names.iter().map(strength).collect();
    let field = Field::train(&sequences, &priors, settings.sparse);

    let round = |weight: f64| (weight * 100.0).round() as i32;
    for cut in 0..CUTS {
        let [begins, stays, ends] = field.changes[cut];
        for (name, weight) in [("begins", begins), ("stays", stays), ("ends", ends)] {
            writeln!(table, "{name}\t{cut}\t{}", round(weight))?;
        }
    }
    for (name, &weight) in names.iter().zip(&field.weights) {
        let weight = if settings.shifted.iter().any(|bias| bias == name) {
            weight + settings.shift
        } else {
            weight
        };
        if round(weight).abs() >= settings.least {
            writeln!(table, "{name}\t{}", round(weight))?;
        }
    }
    Ok(table)
}

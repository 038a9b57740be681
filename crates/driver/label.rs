//! `nukil tag` and `nukil eval`: a model on files of tokens.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use nukil_pipeline::{Recast, Tokens, Workbench};
use nukil_tagger::{Evaluation, Example, Labels, Scratch, Tagger, tell_document};

use crate::Status;
use crate::args::{EvalArgs, TagArgs};
use crate::train::{labels, read, tokens};

fn open(path: &Path) -> Result<Tagger<'static>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(nukil_pipeline::open(&path.display().to_string(), &bytes)?)
}

/// Labels a file.
pub fn tag(args: &TagArgs) -> Result<Status> {
    let tagger = open(&args.model)?;
    let bench = Workbench::new()?;
    let text = fs::read_to_string(&args.file)
        .with_context(|| format!("cannot read {}", args.file.display()))?;
    let sentences =
        nukil_tagger::read(&text, false).with_context(|| args.file.display().to_string())?;
    let mut examples =
        bench.examples(&sentences, tagger.labels(), Tokens::Given, Recast::AsWritten, 0, 1.0);
    let mut scratch = Scratch::default();
    let mut predicted = Vec::new();
    for document in examples.chunk_by_mut(|one, other| one.document == other.document) {
        tell_document(&tagger, document, &mut scratch);
        for example in &*document {
            let labels = tagger.tag(example.pairs(), &example.signs, &mut scratch);
            predicted.extend(names_of(&tagger, example, labels));
        }
    }
    let mut predicted = predicted.into_iter();
    let mut out = BufWriter::new(io::stdout().lock());
    for line in text.lines() {
        let empty = line.trim().is_empty() || nukil_tagger::begins_document(line);
        let label = if empty { None } else { predicted.next() };
        match label {
            Some(label) => writeln!(out, "{line}\t{label}")?,
            None => writeln!(out)?,
        }
    }
    out.flush()?;
    Ok(Status::Done)
}

/// The names of the labels of a sentence, rare types told apart.
fn names_of(tagger: &Tagger<'_>, example: &Example, labels: &[usize]) -> Vec<String> {
    let words: Vec<(&str, &str)> = example.pairs().collect();
    let mut names = tagger.labels().names(labels);
    for stretch in tagger.labels().stretches(labels) {
        let (kind, _) = tagger.kind(&words, &example.signs, &stretch);
        for name in &mut names[stretch.start..stretch.end] {
            name.replace_range(2.., kind);
        }
    }
    names
}

/// Measures a model.
pub fn eval(args: &EvalArgs) -> Result<Status> {
    let names = args.names || args.model.is_none();
    let tagger = match &args.model {
        Some(model) => open(model)?,
        None => nukil_pipeline::tagger()?,
    };
    let recast = if args.lower { Recast::Lower } else { Recast::AsWritten };
    let bench = Workbench::new()?;
    let gold = vec![read(&args.gold, names, &[])?];
    // Labels that the model does not know count as missed, not as none.
    let known = tagger.types();
    let all: Vec<String> = labels(&gold).types().iter().chain(&known).cloned().collect();
    let all = Labels::new(all);
    let tokens = tokens(&gold[0], names);
    let mut examples = bench.examples(&gold[0], &all, tokens, recast, 0, 1.0);
    let mut evaluation = Evaluation::new(all.clone());
    let mut scratch = Scratch::default();
    for document in examples.chunk_by_mut(|one, other| one.document == other.document) {
        tell_document(&tagger, document, &mut scratch);
        for example in &*document {
            let labels = tagger.tag(example.pairs(), &example.signs, &mut scratch).to_vec();
            let scores = tagger.probabilities(&tagger.labels().stretches(&labels), &mut scratch);
            let predicted = names_of(&tagger, example, &labels);
            let predicted: Vec<usize> =
                predicted.iter().filter_map(|name| all.number(name)).collect();
            evaluation.add(&example.labels, &predicted, &scores);
        }
    }
    print(&evaluation)?;
    Ok(Status::Done)
}

fn print(evaluation: &Evaluation) -> Result<()> {
    let mut out = io::stdout().lock();
    let types = evaluation.labels().types();
    writeln!(out, "{:14} {:>9} {:>9} {:>9} {:>7}", "label", "precision", "recall", "F1", "gold")?;
    let rows = types.iter().enumerate().map(|(kind, name)| (name.as_str(), evaluation.of(kind)));
    for (name, f) in rows.chain([("all", evaluation.all())]) {
        let [p, r, f1] = [f.precision, f.recall, f.f1].map(|figure| 100.0 * figure);
        writeln!(out, "{name:14} {p:9.2} {r:9.2} {f1:9.2} {:7}", f.gold)?;
    }
    writeln!(out, "\ntokens, gold (rows) by predicted (columns)")?;
    let names = || types.iter().map(String::as_str).chain(["none"]);
    write!(out, "{:14}", "")?;
    for name in names() {
        write!(out, " {name:>9.9}")?;
    }
    writeln!(out)?;
    for (name, row) in names().zip(evaluation.confusion()) {
        write!(out, "{name:14}")?;
        for count in row {
            write!(out, " {count:9}")?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\nscore          names      mean    right")?;
    for (tenth, bin) in evaluation.reliability().into_iter().enumerate() {
        if let Some((names, mean, right)) = bin {
            let from = tenth as f64 / 10.0;
            writeln!(out, "{from:.1} to {:.1} {names:9} {mean:9.2} {right:8.2}", from + 0.1)?;
        }
    }
    Ok(())
}

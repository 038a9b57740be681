//! `nukil train`: labelled tokens in, a model out.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use nukil_pipeline::{Recast, Tokens, Workbench, canonical};
use nukil_tables::StagedFile;
use nukil_tagger::{
    Evaluation, Example, Labels, Line, Model, Scratch, Sentence, Settings, SpanClassifier,
    SpanSettings, Tagger,
};

use crate::Status;
use crate::args::TrainArgs;
use crate::messages::Messages;

/// The writings in which documents are copied, in turn.
const RECASTS: [Recast; 3] = [Recast::Lower, Recast::Capitals, Recast::Title];

/// Runs the command.
pub fn run(args: &TrainArgs) -> Result<Status> {
    let messages = if args.quiet { None } else { Some(Messages::loud()) };
    let say = |text: std::fmt::Arguments<'_>| {
        if let Some(messages) = &messages {
            messages.say(text);
        }
    };
    let bench = Workbench::new()?;
    let sets = [&args.train].into_iter().chain(&args.also);
    let sets = sets.map(|path| read(path, args.names, &args.shared)).collect::<Result<Vec<_>>>()?;
    let mut labels = labels(&sets);
    if !args.shared.is_empty() {
        labels = labels.with_shared(args.shared.join(SHARED));
    }
    if labels.types().is_empty() {
        bail!("{}: no name is labelled", args.train.display());
    }
    let mut examples = Vec::new();
    for (set, sentences) in sets.iter().enumerate() {
        let tokens = tokens(sentences, args.names);
        examples.extend(bench.examples(sentences, &labels, tokens, Recast::AsWritten, set, 1.0));
        // Guidelines that are far from the first lend little to it in other writings.
        if args.recast > 0.0 && set < 2 {
            for (turn, recast) in RECASTS.into_iter().enumerate() {
                let of_turn = |it: &&Sentence| it.document % RECASTS.len() == turn;
                let sentences: Vec<Sentence> = sentences.iter().filter(of_turn).cloned().collect();
                examples.extend(bench.examples(
                    &sentences,
                    &labels,
                    tokens,
                    recast,
                    set,
                    args.recast,
                ));
            }
        }
    }
    let dev = args.dev.as_ref().map(|path| read(path, args.names, &args.shared)).transpose()?;
    let dev = dev.map(|dev| {
        bench.examples(&dev, &labels, tokens(&dev, args.names), Recast::AsWritten, 0, 1.0)
    });
    if args.l2.len() > 1 && dev.is_none() {
        bail!("several strengths of the penalty need --dev to choose by");
    }
    say(format_args!("{} sentences, {} labels", examples.len(), labels.count()));
    if whole_documents(&sets[0]) {
        let settings = Settings { l2: args.l2[0], least: args.least, ..Settings::default() };
        nukil_tagger::tell_examples(&labels, bench.clusters(), &mut examples, &settings);
        say(format_args!("the sentences of {} are told of each other", args.train.display()));
    }
    let mut best: Option<(f64, Model)> = None;
    for &l2 in &args.l2 {
        let settings =
            Settings { l2, least: args.least, iterations: args.iterations, most: args.most };
        let mut iterations = 0;
        let model = nukil_tagger::train(
            &labels,
            bench.clusters(),
            &examples,
            &settings,
            &mut |number, value| {
                iterations = number;
                if number % 10 == 0 {
                    say(format_args!("l2 {l2}, iteration {number}: {value:.1}"));
                }
            },
        );
        let f1 = dev.as_ref().map(|dev| Ok::<_, anyhow::Error>(measure(&model, dev)?.all().f1));
        let f1 = f1.transpose()?;
        let figure = f1.map_or(String::new(), |f1| format!(", F1 {:.2} on dev", 100.0 * f1));
        say(format_args!(
            "l2 {l2}: {iterations} iterations, {} features{figure}",
            model.features()
        ));
        let f1 = f1.unwrap_or(0.0);
        if best.as_ref().is_none_or(|(least, _)| f1 > *least) {
            best = Some((f1, model));
        }
    }
    let Some((_, mut model)) = best else { bail!("no strength of the penalty was given") };
    if let Some(dev) = &dev {
        model = biased(model, dev)?;
        model = calibrated(model, dev)?;
        say(format_args!("bias {:.2}", model.bias()));
        for (name, line) in labels.types().iter().zip(model.calibration()) {
            say(format_args!(
                "scores of {name}: log odds times {:.2} and {:+.2}",
                line.slope, line.offset
            ));
        }
    }
    if !args.shared.is_empty() {
        model = model.with_kinds(kinds(args, &bench)?);
    }
    let mut file = StagedFile::create_at(&args.output)?;
    file.write_all(&model.to_bytes())
        .with_context(|| format!("cannot write {}", args.output.display()))?;
    file.complete()?.rename()?;
    Ok(Status::Done)
}

/// A classifier of the types that share a label, learned from the first file.
fn kinds(args: &TrainArgs, bench: &Workbench) -> Result<SpanClassifier> {
    let labels = Labels::new(args.shared.iter().cloned());
    let sentences = read(&args.train, false, &[])?;
    let tokens = tokens(&sentences, args.names);
    let mut examples = Vec::new();
    for recast in [Recast::AsWritten, Recast::Lower] {
        let weight = if recast == Recast::AsWritten { 1.0 } else { args.recast };
        if weight > 0.0 {
            examples.extend(bench.examples(&sentences, &labels, tokens, recast, 0, weight));
        }
    }
    let settings = SpanSettings::default();
    Ok(SpanClassifier::train(&labels, bench.clusters(), &examples, settings))
}

/// The model with the bias towards names that gives the greatest F1 on the examples.
fn biased(model: Model, examples: &[Example]) -> Result<Model> {
    let mut best: Option<(f64, Model)> = None;
    for twentieths in -4..=16 {
        let model = model.clone().with_bias(f64::from(twentieths) / 20.0);
        let f1 = measure(&model, examples)?.all().f1;
        if best.as_ref().is_none_or(|(most, _)| f1 > *most) {
            best = Some((f1, model));
        }
    }
    Ok(best.map_or(model, |(_, model)| model))
}

/// The model with scores that say how many of the names it finds in the examples are right.
fn calibrated(model: Model, examples: &[Example]) -> Result<Model> {
    let mut found: Vec<Vec<(f64, bool)>> = vec![Vec::new(); model.labels().types().len()];
    label_all(&model, examples, |tagger, example, predicted, scores| {
        let names = |labels: &[usize]| tagger.labels().stretches(labels);
        let gold = names(&example.labels);
        for (name, &score) in names(predicted).into_iter().zip(scores) {
            found[name.kind].push((score, gold.contains(&name)));
        }
    })?;
    Ok(model.with_calibration(found.iter().map(|found| Line::fit(found)).collect()))
}

/// Stands between the types in the name of the label that they share.
const SHARED: &str = "+";

/// The sentences of a labelled file; the types in `shared` get the label that they share.
pub fn read(path: &Path, names: bool, shared: &[String]) -> Result<Vec<Sentence>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut sentences =
        nukil_tagger::read(&text, true).with_context(|| path.display().to_string())?;
    for label in sentences.iter_mut().flat_map(|sentence| &mut sentence.labels) {
        if label.get(2..).is_some_and(|kind| shared.iter().any(|rare| rare == kind)) {
            label.replace_range(2.., &shared.join(SHARED));
        } else if names {
            *label = canonical(label).unwrap_or_else(|| "O".into());
        }
    }
    Ok(sentences)
}

/// Whose tokens are labelled: a file of whole documents holds this program's tokens already.
pub fn tokens(sentences: &[Sentence], names: bool) -> Tokens {
    if names && !whole_documents(sentences) { Tokens::Own } else { Tokens::Given }
}

/// Whether a document has several sentences.
fn whole_documents(sentences: &[Sentence]) -> bool {
    sentences.windows(2).any(|pair| pair[0].document == pair[1].document)
}

/// The labels of these sentences.
pub fn labels(sets: &[Vec<Sentence>]) -> Labels {
    let labels = sets.iter().flatten().flat_map(|sentence| &sentence.labels);
    Labels::new(labels.filter_map(|label| label.get(2..)).map(String::from))
}

fn measure(model: &Model, examples: &[Example]) -> Result<Evaluation> {
    let mut evaluation = Evaluation::new(model.labels().clone());
    label_all(model, examples, |_, example, predicted, scores| {
        evaluation.add(&example.labels, predicted, scores);
    })?;
    Ok(evaluation)
}

/// Labels the sentences of every document and calls `labelled` with each, its labels and the scores
/// of its names.
fn label_all(
    model: &Model,
    examples: &[Example],
    mut labelled: impl FnMut(&Tagger<'_>, &Example, &[usize], &[f64]),
) -> Result<()> {
    let tagger = Tagger::new(model.clone(), nukil_pipeline::clusters()?);
    let mut scratch = Scratch::default();
    let mut examples = examples.to_vec();
    for document in examples.chunk_by_mut(|one, other| one.document == other.document) {
        nukil_tagger::tell_document(&tagger, document, &mut scratch);
        for example in &*document {
            let predicted = tagger.tag(example.pairs(), &example.signs, &mut scratch).to_vec();
            let scores = tagger.probabilities(&tagger.labels().stretches(&predicted), &mut scratch);
            labelled(&tagger, example, &predicted, &scores);
        }
    }
    Ok(())
}

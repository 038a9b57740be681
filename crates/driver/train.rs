//! `nukil train`: labelled tokens in, a model out.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use nukil_pipeline::{Recast, Tokens, Workbench, canonical};
use nukil_tagger::{Evaluation, Example, Labels, Model, Scratch, Sentence, Settings, Tagger};

use crate::Status;
use crate::args::TrainArgs;
use crate::messages::Messages;

/// Runs the command.
pub fn run(args: &TrainArgs) -> Result<Status> {
    let messages = if args.quiet { None } else { Some(Messages::loud()) };
    let say = |text: std::fmt::Arguments<'_>| {
        if let Some(messages) = &messages {
            messages.say(text);
        }
    };
    let tokens = if args.names { Tokens::Own } else { Tokens::Given };
    let bench = Workbench::new()?;
    let sets = [&args.train].into_iter().chain(&args.also);
    let sets = sets.map(|path| read(path, args.names)).collect::<Result<Vec<_>>>()?;
    let labels = labels(&sets);
    if labels.types().is_empty() {
        bail!("{}: no name is labelled", args.train.display());
    }
    let mut examples = Vec::new();
    for (set, sentences) in sets.iter().enumerate() {
        examples.extend(bench.examples(sentences, &labels, tokens, Recast::AsWritten, set, 1.0));
        // Guidelines that are far from the first lend little to it in other writings.
        if args.recast > 0.0 && set < 2 {
            for recast in [Recast::Lower, Recast::Capitals, Recast::Title] {
                examples.extend(bench.examples(
                    sentences,
                    &labels,
                    tokens,
                    recast,
                    set,
                    args.recast,
                ));
            }
        }
    }
    let dev = args.dev.as_ref().map(|path| read(path, args.names)).transpose()?;
    let dev = dev.map(|dev| bench.examples(&dev, &labels, tokens, Recast::AsWritten, 0, 1.0));
    if args.l2.len() > 1 && dev.is_none() {
        bail!("several strengths of the penalty need --dev to choose by");
    }
    say(format_args!("{} sentences, {} labels", examples.len(), labels.count()));
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
        model = calibrated(model, dev)?;
        say(format_args!("temperature {:.1}", model.temperature()));
    }
    fs::write(&args.output, model.to_bytes())
        .with_context(|| format!("cannot write {}", args.output.display()))?;
    Ok(Status::Done)
}

/// The model at the temperature under which its scores fit the examples best.
fn calibrated(model: Model, examples: &[Example]) -> Result<Model> {
    let mut best: Option<(f64, Model)> = None;
    for tenths in 8..=30 {
        let model = model.clone().with_temperature(f64::from(tenths) / 10.0);
        let likelihood = measure(&model, examples)?.likelihood();
        if best.as_ref().is_none_or(|(most, _)| likelihood > *most) {
            best = Some((likelihood, model));
        }
    }
    Ok(best.map_or(model, |(_, model)| model))
}

/// The sentences of a labelled file.
pub fn read(path: &Path, names: bool) -> Result<Vec<Sentence>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut sentences =
        nukil_tagger::read(&text, true).with_context(|| path.display().to_string())?;
    if names {
        for label in sentences.iter_mut().flat_map(|sentence| &mut sentence.labels) {
            *label = canonical(label).unwrap_or_else(|| "O".into());
        }
    }
    Ok(sentences)
}

/// The labels of these sentences.
pub fn labels(sets: &[Vec<Sentence>]) -> Labels {
    let labels = sets.iter().flatten().flat_map(|sentence| &sentence.labels);
    Labels::new(labels.filter_map(|label| label.get(2..)).map(String::from))
}

fn measure(model: &Model, examples: &[Example]) -> Result<Evaluation> {
    let tagger = Tagger::new(model.clone(), nukil_pipeline::clusters()?);
    let mut evaluation = Evaluation::new(model.labels().clone());
    let mut scratch = Scratch::default();
    for example in examples {
        let predicted = tagger.tag(example.pairs(), &example.signs, &mut scratch).to_vec();
        let scores = tagger.probabilities(&mut scratch);
        evaluation.add(&example.labels, &predicted, &scores);
    }
    Ok(evaluation)
}

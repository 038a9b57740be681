//! Documents for tests, made by hand instead of by the earlier stages.

#![allow(dead_code, reason = "each test program uses a part of it")]

use nukil_keywords::{Ranker, Weights, background};
use nukil_types::{Document, Entity, Label, Mention, MentionSource, Sentence, Span, TokenKind};

const WORDS: &str = "word\tdocuments\tlower\tcapital\n*\t1000\t9\t9\nair\t90\t99\t9\nbanjir\t60\t90\t9\n\
    emas\t30\t40\t2\nhari\t600\t900\t90\nharga\t200\t300\t9\nkamis\t250\t0\t400\nmengatakan\t500\t500\t0\n\
    naik\t150\t200\t0\npiala\t60\t9\t99\nrob\t8\t20\t4\nrumah\t200\t300\t20\nwarga\t300\t500\t9\n";
const PHRASES: &str =
    "phrase\tdocuments\n*\t1000\nbanjir rob\t8\nharga emas\t25\npiala dunia\t50\n";
const HEADLINES: &str = "phrase\tdocuments\theadlines\nbanjir rob\t8\t6\nwarga\t300\t40\n";

const STOPS: &[&str] = &[
    "akan", "di", "dan", "dari", "dengan", "hingga", "ini", "itu", "karena", "ke", "oleh", "pada",
    "para", "untuk", "yang",
];

/// A ranker with weights set by hand over a background of a dozen words.
pub fn ranker() -> Ranker {
    let compiled = background::compile(WORDS, PHRASES, HEADLINES).expect("tables are sound");
    Ranker::new(compiled.leak(), &Weights::statistical().to_tsv("")).expect("artefact is sound")
}

/// A document of a headline and sentences, a line each. `names` are marked as mentions wherever
/// they stand; forms of one name are joined by `|`, the fullest first.
pub fn document(text: &str, names: &[(Label, &str)]) -> Document {
    let mut document = Document::new("uji", "uji.txt", text);
    let mut start = 0;
    for (at, line) in text.split('\n').enumerate() {
        let first = document.tokens.len();
        tokenize(&mut document, start, line);
        let span = Span::new(start, start + line.len());
        if document.tokens.len() > first {
            let tokens = first..document.tokens.len();
            document.sentences.push(Sentence { span, tokens, headline: at == 0 });
        }
        if at == 0 {
            document.title = Some(line.to_string());
            document.title_span = Some(span);
        } else {
            document.body.push(span);
        }
        start += line.len() + 1;
    }
    for (label, forms) in names {
        mark(&mut document, label, forms);
    }
    document.mentions.sort_by_key(|mention| mention.span);
    document
}

fn tokenize(document: &mut Document, start: usize, line: &str) {
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        let word: usize = line[at..]
            .chars()
            .take_while(|character| character.is_alphanumeric() || *character == '-')
            .map(char::len_utf8)
            .sum();
        let length = if word == 0 { first.len_utf8() } else { word };
        if !first.is_whitespace() {
            let kind = match first {
                _ if word == 0 || first == '-' => TokenKind::Punctuation,
                _ if first.is_numeric() => TokenKind::Number,
                _ => TokenKind::Word,
            };
            document.push_token(Span::new(start + at, start + at + length), kind);
            let index = document.tokens.len() - 1;
            let folded = document.folded(&document.tokens[index]).to_string();
            document.tokens[index].stop = STOPS.contains(&folded.as_str());
            // A stemmer of a few words: enough for the articles below.
            let lemma = match folded.as_str() {
                "kenaikan" | "menaikkan" => "naik",
                "melaporkan" => "lapor",
                "mencatat" => "catat",
                "mengatakan" => "kata",
                "meminta" => "minta",
                "ditutup" => "tutup",
                "berbagi" => "bagi",
                "merendam" | "terendam" => "rendam",
                other => other,
            };
            document.set_lemma(index, lemma);
        }
        at += length;
    }
}

fn mark(document: &mut Document, label: &Label, forms: &str) {
    let entity = document.entities.len();
    let mut found = Vec::new();
    let mut lengths: Vec<&str> = forms.split('|').collect();
    lengths.sort_by_key(|form| std::cmp::Reverse(form.len()));
    for form in lengths {
        for (at, _) in document.text.match_indices(form) {
            let span = Span::new(at, at + form.len());
            if !found.iter().any(|known: &Span| known.overlaps(span)) {
                found.push(span);
            }
        }
    }
    found.sort();
    for &span in &found {
        let start = document.tokens.partition_point(|token| token.span.start < span.start);
        let end = document.tokens.partition_point(|token| token.span.start < span.end);
        document.mentions.push(Mention {
            span,
            tokens: start..end,
            label: label.clone(),
            entity,
            sentence: 0,
            score: 1.0,
            found_by: MentionSource::User,
            qualifier: false,
        });
    }
    document.entities.push(Entity {
        label: label.clone(),
        kind: None,
        name: forms.split('|').next().unwrap_or_default().to_string(),
        aliases: forms.split('|').skip(1).map(str::to_string).collect(),
        roles: Vec::new(),
        gazetteer_id: None,
        country: None,
        province: None,
        regency: None,
        latitude: None,
        longitude: None,
        mentions: found.len(),
        first_start: found.first().map_or(0, |span| span.start),
        salience: 0.2,
    });
}

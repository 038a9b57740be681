#!/usr/bin/env python3
"""Names by other programs, trained on the same articles and scored by the same scorer.

    names.py train crfsuite|spacy TRAIN.tsv TUNE.tsv MODEL     token files of `scripts/gold tokens`
    PEER=crfsuite|spacy MODEL=… NUKIL_TOKENS=target/release/nukil names.py extract FILE.jsonl …

The second form takes the place of nukil for ../shared/score/score_gold.py (`NUKIL=scripts/bench/names.py`): it reads the
articles, takes nukil's tokens, sentences and headline, labels the tokens, and prints records. Names of one label and
wording are one entity. CRFsuite has plain features of words (form, shape, affixes, neighbours within two), spaCy a blank
Indonesian pipeline with tok2vec and NER on the processor. Needs python-crfsuite and spacy.
"""

import json
import os
import subprocess
import sys


def read(path):
    sentences, words, labels = [], [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("-DOCSTART-"):
            if words:
                sentences.append((words, labels))
            words, labels = [], []
        else:
            word, label = line.split("\t")
            words.append(word)
            labels.append(label)
    return sentences


def shape(word):
    return "".join("X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c for c in word)[:8]


def features(words):
    rows = []
    for at, word in enumerate(words):
        row = [f"w={word.lower()}", f"s={shape(word)}", f"W={word}"]
        row += [f"p{n}={word[:n].lower()}" for n in (1, 2, 3, 4)] + [f"e{n}={word[-n:].lower()}" for n in (1, 2, 3, 4)]
        for offset in (-2, -1, 1, 2):
            near = words[at + offset] if 0 <= at + offset < len(words) else "<>"
            row += [f"{offset}w={near.lower()}", f"{offset}s={shape(near)}"]
        if at:
            row.append(f"b={words[at - 1].lower()} {word.lower()}")
        rows.append(row)
    return rows


def train_crfsuite(train, tune, model):
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for words, labels in read(train):
        trainer.append(features(words), labels)
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 120, "feature.possible_transitions": True})
    trainer.train(model)


def docs(nlp, path):
    from spacy.tokens import Doc
    from spacy.training import Example, iob_to_biluo

    for words, labels in read(path):
        doc = Doc(nlp.vocab, words=words)
        yield Example.from_dict(doc, {"entities": iob_to_biluo(labels)})


def train_spacy(train, tune, model, epochs=8):
    import random

    import spacy
    from spacy.util import minibatch

    random.seed(1)
    nlp = spacy.blank("id")
    nlp.add_pipe("ner")
    examples = list(docs(nlp, train))
    nlp.initialize(lambda: examples)
    best, sizes = 0.0, 400
    for epoch in range(epochs):
        random.shuffle(examples)
        for batch in minibatch(examples, size=sizes):
            nlp.update(batch, drop=0.2)
        figure = nlp.evaluate(list(docs(nlp, tune)))["ents_f"]
        print(f"epoch {epoch}: {figure:.3f} on tune", file=sys.stderr)
        if figure > best:
            best = figure
            nlp.to_disk(model)


def crfsuite_labels(model):
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(model)
    return lambda words: tagger.tag(features(words))


def spacy_labels(model):
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.load(model)

    def label(words):
        doc = Doc(nlp.vocab, words=words)
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        return ["O" if token.ent_iob_ in "O" else f"{token.ent_iob_}-{token.ent_type_}" for token in doc]

    return label


def extract(path, label):
    command = [os.environ["NUKIL_TOKENS"], "extract", path, "--input-format", "jsonl", "--tokens", "--quiet", "-o", "-"]
    texts = {str(d["id"]): d["text"] for d in map(json.loads, open(path, encoding="utf-8"))}
    for line in subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines():
        record = json.loads(line)
        text, tokens, at = texts[str(record["id"])], record["tokens"], 0
        mentions, entities = [], {}
        for _, end in record["sentences"]:
            sentence = []
            while at < len(tokens) and tokens[at]["start"] < end:
                sentence.append(tokens[at])
                at += 1
            name = None
            for token, said in zip(sentence, label([token["text"] for token in sentence]) if sentence else []):
                if said == "O":
                    name = None
                elif said[0] == "I" and name and name["label"] == said[2:]:
                    name["end"] = token["end"]
                else:
                    name = {"start": token["start"], "end": token["end"], "label": said[2:]}
                    mentions.append(name)
        for mention in mentions:
            mention["text"] = text[mention["start"] : mention["end"]]
            key = (mention["label"], mention["text"])
            entities.setdefault(key, {"id": f"e{len(entities) + 1}", "label": key[0], "name": key[1]})
            mention["entity"] = entities[key]["id"]
        print(json.dumps({**record, "mentions": mentions, "entities": list(entities.values()), "tokens": []}))


def main(task, *rest):
    if task == "train":
        peer, *files = rest
        {"crfsuite": train_crfsuite, "spacy": train_spacy}[peer](*files)
    else:
        labels = {"crfsuite": crfsuite_labels, "spacy": spacy_labels}[os.environ["PEER"]]
        extract(rest[0], labels(os.environ["MODEL"]))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])

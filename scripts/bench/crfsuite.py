#!/usr/bin/env python3
"""CRFsuite (python-crfsuite) with about as many features a token as nukil's tagger has.

usage: crfsuite.py TRAIN.tsv TOKENS.tsv

Prints tokens a second, tagging alone: features are ready before the clock runs, as the tagger's evidence is in the
benchmark that it stands beside. Ten iterations of training are enough: how fast it tags does not depend on how well.
"""
import sys
import tempfile
import time

import pycrfsuite


def read(path):
    """The sentences of a token file, each a list of rows."""
    sentence = []
    for line in [*open(path, encoding="utf-8"), ""]:
        if line.strip():
            sentence.append(line.rstrip("\n").split("\t"))
        elif sentence:
            yield sentence
            sentence = []


def features(words, at):
    """Some 70 features of a token."""
    found = []
    for offset in range(-2, 3):
        if not 0 <= at + offset < len(words):
            found.append(f"{offset}:beyond")
            continue
        word = words[at + offset]
        lower = word.lower()
        shape = "".join("X" if c.isupper() else "x" if c.islower() else "0" if c.isdigit() else c for c in word)
        found += [f"{offset}:w={word}", f"{offset}:l={lower}", f"{offset}:s={shape}", f"{offset}:n={len(word)}"]
        found += [f"{offset}:p{n}={lower[:n]}" for n in range(1, 6)] + [f"{offset}:e{n}={lower[-n:]}" for n in range(1, 6)]
    return found


def of_sentence(words):
    """The features of all tokens of a sentence, in the library's own form."""
    return pycrfsuite.ItemSequence([features(words, at) for at in range(len(words))])


def trained(sentences):
    """A tagger trained on pairs of words and labels."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"max_iterations": 10, "c2": 0.1, "c1": 0.0})
    for words, labels in sentences:
        trainer.append(of_sentence(words), labels)
    with tempfile.NamedTemporaryFile() as model:
        trainer.train(model.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(model.name)
    return tagger


def main(train, tokens):
    tagger = trained(([row[0] for row in sentence], [row[1] for row in sentence]) for sentence in read(train))
    ready = [of_sentence([row[0] for row in sentence]) for sentence in read(tokens)]
    start = time.perf_counter()
    for sequence in ready:
        tagger.tag(sequence)
    seconds = time.perf_counter() - start
    count = sum(len(sequence) for sequence in ready)
    print(f"crfsuite: {count} tokens, {count / seconds:.0f} tokens/s")


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
"""CRFsuite (python-crfsuite) tagging the same tokens with about as many features: tokens a second, tagging alone.

usage: crfsuite.py TRAIN.tsv TOKENS.tsv

Features are ready before the clock runs, as the tagger's evidence is in tagging.rs. Ten iterations of training are
enough: how fast it tags does not depend on how well.
"""
import sys
import tempfile
import time

import pycrfsuite


def read(path):
    sentence = []
    for line in [*open(path, encoding="utf-8"), ""]:
        if line.strip():
            sentence.append(line.rstrip("\n").split("\t"))
        elif sentence:
            yield sentence
            sentence = []


def features(words, at):
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


def main(train, tokens):
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"max_iterations": 10, "c2": 0.1, "c1": 0.0})
    for sentence in read(train):
        words = [row[0] for row in sentence]
        trainer.append([features(words, at) for at in range(len(words))], [row[1] for row in sentence])
    with tempfile.NamedTemporaryFile() as model:
        trainer.train(model.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(model.name)
        ready = []
        for sentence in read(tokens):
            words = [row[0] for row in sentence]
            ready.append(pycrfsuite.ItemSequence([features(words, at) for at in range(len(words))]))
        start = time.perf_counter()
        for sequence in ready:
            tagger.tag(sequence)
        seconds = time.perf_counter() - start
    count = sum(len(sequence.items()) for sequence in ready)
    print(f"crfsuite: {count} tokens, {count / seconds:.0f} tokens/s")


main(*sys.argv[1:])

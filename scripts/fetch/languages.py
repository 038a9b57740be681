#!/usr/bin/env python3
"""Writes data/language/words.tsv: how much everyday words speak against Indonesian, Malay and English.

usage: scripts/fetch/languages.py CACHE TEXTS.jsonl [--folds]

CACHE is a folder for the package files, as for roots.py. Indonesian counts are those of data/frequencies/words.tsv
(run frequencies.py first), English ones the word probabilities of spacy-lookups-data. TEXTS has a line a document with
text and lang; only its Malay documents are counted, and no text is kept. --folds writes nothing: it learns from four
fifths of the Malay documents and prints how many sentences of the last fifth, and of the Indonesian and English
documents, the table alone gives the right language, five times over.
"""

import collections
import gzip
import json
import math
import pathlib
import re
import sys

import tables
from packages import Packages

LANGUAGES = ("id", "ms", "en")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9])|[\r\n]+")

# A word is listed when one language has it this often, and one other is this much less likely to.
FLOORS = {"id": 20, "ms": 2, "en": 2e-5}
LEAST_DIFFERENCE = 10
# Words of no listed language: their likelihood is the mean over the languages with this weight, in words. A large one
# keeps a word that the smaller collection happens to lack from speaking much against its language.
PRIOR_WORDS = 20_000
# The most that one word says, in natural logarithms.
MOST = 6.0
# Words that the English probabilities stand for, in their scale.
ENGLISH_WORDS = 2_000_000
# What speaks against Malay and English before a word is read, as the program has it.
BEFORE = (0, 15, 15)
# An English word is this much less likely in the other two, in tenths.
ENGLISH_WORD = 20
# How much more a hand-written difference of spelling says (function-words.tsv, weight 2), in tenths.
SPELLING = 20

COMMENTS = [
    "Words of Indonesian, Malay and English running text and how much each speaks against the three languages: how much",
    "less likely it is there than in the language that has it most, in tenths of a natural logarithm, at most 60.",
    "Written by scripts/fetch/languages.py; do not edit. id: counts of data/frequencies/words.tsv. ms: counts in 200",
    "Malaysian articles (mesolitica/malaysian-dataset); no text is kept. en: word probabilities of spacy-lookups-data",
    "1.0.5 (MIT). Words that a language writes with a capital as a rule are left out: names say little of the language.",
    "Counts and weights are ours, CC0-1.0.",
]


def lower_counts(texts):
    """Words in lower case and how often, and the same with a capital."""
    lower, capital = collections.Counter(), collections.Counter()
    for text in texts:
        for word in WORD.findall(text):
            (lower if word.islower() else capital)[word.lower()] += 1
    return lower, capital


def indonesian():
    """Counts like those of `lower_counts`, and the number of all words in lower case."""
    lower, capital = collections.Counter(), collections.Counter()
    for row in tables.read(tables.DATA / "frequencies" / "words.tsv"):
        lower[row["word"]], capital[row["word"]] = int(row["lower"]), int(row["capital"])
    total = lower.pop("*")
    del capital["*"]
    return lower, capital, total


def english(packages):
    """Probabilities of words in lower case."""
    packed = packages.read("spacy-lookups-data", "spacy_lookups_data/data/en_lexeme_prob.json.gz")
    words = {}
    for word, logarithm in json.loads(gzip.decompress(packed)).items():
        if word.islower() and WORD.fullmatch(word):
            words[word] = math.exp(logarithm)
    total = sum(words.values())
    return {word: share / total for word, share in words.items()}


def table(id_counts, en_shares, malay_texts):
    """The rows: a word, and for each language how much it speaks against it."""
    id_lower, id_capital, id_total = id_counts
    ms_lower, ms_capital = lower_counts(malay_texts)
    ms_total = sum(ms_lower.values())
    sizes = (id_total, ms_total, ENGLISH_WORDS)
    rows = {}
    for word in set(id_lower) | set(ms_lower) | set(en_shares):
        seen = (id_lower[word] >= FLOORS["id"] or ms_lower[word] >= FLOORS["ms"]
                or en_shares.get(word, 0) >= FLOORS["en"])
        names = 2 * id_lower[word] < id_capital[word] or 2 * ms_lower[word] < ms_capital[word]
        if not seen or names or len(word) > 24:
            continue
        shares = (id_lower[word] / id_total, ms_lower[word] / ms_total, en_shares.get(word, 0))
        mean = sum(shares) / len(shares)
        logarithms = [math.log((share * size + PRIOR_WORDS * mean) / (size + PRIOR_WORDS) / mean)
                      for share, size in zip(shares, sizes)]
        best = max(logarithms)
        costs = [round(10 * min(best - one, MOST)) for one in logarithms]
        # How much English a collection quotes does not tell Indonesian from Malay.
        if costs[2] == 0 and min(costs[:2]) >= ENGLISH_WORD:
            costs[:2] = [min(costs[:2])] * 2
        if max(costs) >= LEAST_DIFFERENCE:
            rows[word] = tuple(costs)
    return rows


def spellings():
    """The hand-written differences of spelling, as costs."""
    rows = {}
    for row in tables.read(tables.DATA / "language" / "function-words.tsv"):
        languages = row["language"].split("|")
        if row["weight"] == "2" and set(languages) & set(LANGUAGES):
            rows[row["word"]] = tuple(0 if known in languages else SPELLING for known in LANGUAGES)
    return rows


def sentences(text):
    """Sentences of three words and more, as words in lower case."""
    for sentence in SENTENCE_END.split(text):
        words = [word.lower() for word in WORD.findall(sentence)]
        if len(words) >= 3:
            yield words


def folds(documents, learn):
    """Prints the share of sentences whose language the words alone give, each Malay one learned without it."""
    right, total = collections.Counter(), collections.Counter()
    by_hand = spellings()
    for fold in range(5):
        rows = learn([document["text"] for number, document in enumerate(documents)
                      if document["lang"] == "ms" and number % 5 != fold])
        for number, document in enumerate(documents):
            if number % 5 != fold:
                continue
            for words in sentences(document["text"]):
                sums = [sum(costs) for costs in zip(BEFORE, *(costs for word in words for costs in
                        (rows.get(word, (0, 0, 0)), by_hand.get(word, (0, 0, 0)))))]
                total[document["lang"]] += 1
                right[document["lang"]] += LANGUAGES[sums.index(min(sums))] == document["lang"]
    for language in LANGUAGES:
        print(f"{language} {100 * right[language] / total[language]:.2f} of {total[language]}")
    print(f"all {100 * sum(right.values()) / sum(total.values()):.2f}")


def main(cache, path, only_folds):
    """Writes the table, or prints how right it would be."""
    with open(path, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    id_counts, en_shares = indonesian(), english(Packages(pathlib.Path(cache)))
    # Translated news of one test set (lines end in \r\n) is left for measuring.
    counted = [document for document in documents if "\r\n" not in document["text"]]

    def learn(texts):
        return table(id_counts, en_shares, [text for text in texts if "\r\n" not in text])

    if only_folds:
        folds(documents, learn)
        return
    rows = learn([document["text"] for document in counted if document["lang"] == "ms"])
    tables.write(tables.DATA / "language" / "words.tsv", COMMENTS, ["word", *LANGUAGES],
                 [(word, *costs) for word, costs in rows.items()])


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--folds"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    main(*arguments, "--folds" in sys.argv)

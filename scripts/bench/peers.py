"""Runs Python's usual tools over articles and prints how long each took, as JSON; see `compare`.

usage: peers.py chain ARTICLES.jsonl NAMES.jsonl
       peers.py crfsuite ARTICLES.jsonl RECORDS.jsonl

What a tool opens before the first article is not counted.
"""
import json
import sys
import time
from collections import defaultdict


class Clocks:
    """Processor time and time that passes, by tool, in seconds."""

    def __init__(self):
        self.processor, self.passed = defaultdict(float), defaultdict(float)

    def time(self, tool, function, *arguments):
        processor, passed = time.process_time(), time.perf_counter()
        result = function(*arguments)
        self.processor[tool] += time.process_time() - processor
        self.passed[tool] += time.perf_counter() - passed
        return result

    def print(self):
        print(json.dumps({tool: [self.processor[tool], self.passed[tool]] for tool in self.processor}))


def records(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def chain(texts, patterns):
    """Stems, tokenises and finds names, and ranks keywords, one after the other for each text."""
    import spacy
    import yake
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    stemmer = StemmerFactory().create_stemmer()
    nlp = spacy.blank("id")
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    extractor = yake.KeywordExtractor(lan="id", n=3, top=10)
    clocks = Clocks()
    for text in texts:
        clocks.time("PySastrawi", stemmer.stem, text)
        clocks.time("spaCy", nlp, text)
        clocks.time("YAKE", extractor.extract_keywords, text)
    return clocks


def sentences(record):
    """Words and BIO labels of the sentences of a record of nukil's."""
    names = (mention for mention in record["mentions"] if mention["label"] in ("PER", "LOC", "ORG"))
    name = next(names, None)
    tokens = iter(record["tokens"])
    token = next(tokens, None)
    for _, end in record["sentences"]:
        words, labels = [], []
        while token and token["start"] < end:
            while name and name["end"] <= token["start"]:
                name = next(names, None)
            inside = name and name["start"] <= token["start"]
            first = inside and name["start"] == token["start"]
            labels.append(("B-" if first else "I-") + name["label"] if inside else "O")
            words.append(token["text"])
            token = next(tokens, None)
        yield words, labels


def crfsuite(found):
    """Labels the tokens that nukil found; it has learned what nukil says of the first hundred articles."""
    import crfsuite

    tagger = crfsuite.trained(pair for record in found[:100] for pair in sentences(record))
    clocks = Clocks()
    for record in found:
        for words, _ in sentences(record):
            ready = clocks.time("features", crfsuite.of_sentence, words)
            clocks.time("tagging", tagger.tag, ready)
    return clocks


def main(what, articles, given):
    if what == "chain":
        chain([article["text"] for article in records(articles)], records(given)).print()
    else:
        crfsuite(records(given)).print()


main(*sys.argv[1:])

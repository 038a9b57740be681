#!/usr/bin/env python3
"""Writes data/roots/variants.tsv: spellings that dictionaries do not have, and the one that they have.

usage: scripts/fetch/variants.py CACHE

CACHE is a folder for the package files, as for roots.py. The pairs are those of spaCy's
id_lexeme_norm, lower-cased, with the corrections of facts/variants.tsv.
"""

import gzip
import json
import re
import sys
from pathlib import Path

from packages import Packages

HEADER = """\
# Spellings that Indonesian dictionaries do not have, and the one that they have.
# Written by scripts/fetch/variants.py from spacy-lookups-data 1.0.5 id_lexeme_norm (MIT) and the facts
# written for nukil in scripts/fetch/facts/variants.tsv (CC0-1.0); do not edit.
variant\tstandard
"""
WORD = re.compile(r"[a-z]+(-[a-z]+)*")


def main(packages, data, facts):
    """Reads the package and the corrections, and writes the list."""
    packed = packages.read("spacy-lookups-data", "spacy_lookups_data/data/id_lexeme_norm.json.gz")
    pairs = {}
    for variant, standard in json.loads(gzip.decompress(packed)).items():
        pairs[variant.lower()] = standard.lower()
    lines = (facts / "variants.tsv").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if not line.startswith("#")][1:]:
        variant, standard, _ = line.split("\t")
        pairs[variant] = standard
    rows = []
    for variant, standard in pairs.items():
        if standard == "-":
            continue
        # A standard that is itself listed would be looked up once more by whoever reads the list.
        if standard in pairs and pairs[standard] not in ("-", standard):
            sys.exit(f"{variant}: its standard {standard} is a variant too")
        if WORD.fullmatch(variant) and WORD.fullmatch(standard) and variant != standard:
            rows.append(f"{variant}\t{standard}\n")
    (data / "roots/variants.tsv").write_text(HEADER + "".join(sorted(rows)), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    here = Path(__file__).resolve().parent
    main(Packages(Path(sys.argv[1])), here.parent.parent / "data", here / "facts")

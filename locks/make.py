"""Writes which versions `make` installs, with the digests of their files, and their licences.

    pip install uv
    python locks/make.py

constraints.txt has the versions. core.txt is what `make graph` needs; each of the others is what
its extra needs besides the files before it: install them together. They hold for Linux, macOS and
Windows, and for Python from 3.11 on. licences.csv lists the licence of each as its files say it.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
SETS = ("core", "research", "test", "develop")
"""Each with all before it."""
BUILD = ("hatchling", "editables")
"""What puts Citypact itself into an environment."""
HEADER = ("package", "version", "licence", "set")
ENTRY = re.compile(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"[a-z0-9-]+")
UNSAID = {"axe-playwright-python": "MIT"}
"""Licences of packages whose metadata names none, read in the package itself."""
INLINED = (
    ("d3", "", "ISC"),
    ("delaunator", "", "ISC"),
    ("fast-json-patch", "", "MIT"),
    ("natural-earth", "", "Public Domain"),
    ("semver", "", "ISC"),
    ("topojson-client", "", "ISC"),
    ("vega", "6", "BSD-3-Clause"),
    ("vega-embed", "7", "BSD-3-Clause"),
    ("vega-lite", "6", "BSD-3-Clause"),
    ("world-atlas", "2.0.2", "ISC"),
)
"""What pages contain, with its licence; NOTICE says where it comes from and whose it is."""


def locked(name: str) -> dict[str, str]:
    """The entries of a file by the name of the package."""
    text = (HERE / f"{name}.txt").read_text("utf-8")
    return {_name(entry): entry for entry in ENTRY.findall(text)}


def _name(entry: str) -> str:
    found = NAME.match(entry)
    assert found
    return found[0]


def compiled(extra: str) -> str:
    """What an extra needs, with all that this needs."""
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"]
    command += ["--constraint", "constraints.txt", "pyproject.toml", "-"]
    command += ["--extra", extra] if extra != "core" else []
    wanted = "\n".join(BUILD).encode()
    return subprocess.run(
        command, cwd=ROOT, input=wanted, capture_output=True, check=True
    ).stdout.decode()


def licence(package: Distribution) -> str:
    """The licence of a package in a few words: its SPDX expression, else what it says."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    classes = [
        each.split(" :: ")[-1]
        for each in about.get_all("Classifier", [])
        if each.startswith("License")
    ]
    if said := [each for each in classes if each != "OSI Approved"]:
        return "; ".join(said)
    text = str(about.get("License") or "").strip()
    return text.split("\n")[0].strip() or UNSAID.get(_plain(about["Name"]), "")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    before: set[str] = set()
    for name in SETS:
        entries = {_name(entry): entry for entry in ENTRY.findall(compiled(name))}
        new = [entry for package, entry in sorted(entries.items()) if package not in before]
        (HERE / f"{name}.txt").write_text("".join(new), "utf-8")
        before |= entries.keys()
        print(f"{name}.txt: {len(new)} packages")
    rows = [(*each, "inlined in pages") for each in INLINED]
    installed = {_plain(each.metadata["Name"]): each for each in distributions()}
    for name in SETS:
        for package in locked(name):
            if package in installed:
                each = installed[package]
                rows.append((package, each.version, licence(each), name))
            else:
                print(f"{package}: is not installed here", file=sys.stderr)
    with (HERE / "licences.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [("package", "version", "licence", "set"), *sorted(rows)]
        )


if __name__ == "__main__":
    main()

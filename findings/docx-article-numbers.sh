#!/usr/bin/env bash
# docx2python 3.7.1: the automatic numbers of articles, 제1조 and 제2조, are read as 1) and 2).
#
# Expected: a library that writes out automatic numbers writes them as Word shows them.
# What happens: the counter is kept and the text of the level dropped. 제%1조 becomes 1), and Article %1
#   the same. Of the formats of figures decimal, letters and Roman numerals are known, so nothing hints
#   at the loss.
# Why it matters here: articles of an agreement are cited by their numbers, and 제2조 제1항 is what other
#   clauses and press releases refer to; 1) is how sub-items are written, and is found in every article.
# Instead: read w:lvlText of word/numbering.xml and put the counters in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check docx2python==3.7.1 python-docx==1.2.0
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

NAMES = nsdecls("w")


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def read(numbered, clauses):
    """The text of a document with two numbered clauses."""
    document = Document()
    numbering = document.part.numbering_part.element
    level = f'<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{numbered}"/>'
    numbering.insert(
        0,
        parse_xml(f'<w:abstractNum {NAMES} w:abstractNumId="90"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'),
    )
    numbering.append(
        parse_xml(f'<w:num {NAMES} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    for clause in clauses:
        properties = document.add_paragraph(clause)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {NAMES}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
        )
    document.save("agreement.docx")
    with docx2python("agreement.docx") as found:
        return [line.strip() for line in found.text.split("\n") if line.strip()]


for name in ("docx2python", "python-docx"):
    print(name, version(name))
expect("제%1조", read("제%1조", ["목적", "효력"]), ["1)\t목적", "2)\t효력"])
expect("Article %1", read("Article %1", ["Purpose", "Term"]), ["1)\tPurpose", "2)\tTerm"])
print("-- control: a level that looks like this")
expect("%1)", read("%1)", ["Purpose", "Term"]), ["1)\tPurpose", "2)\tTerm"])
PY

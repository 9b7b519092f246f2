#!/usr/bin/env bash
# python-docx 1.2.0: a corrected date is missing from a paragraph, the old one and the new one.
#
# Expected: the text of a paragraph with a tracked correction is that of the accepted or of the
#   original version; a paragraph in a content control is a paragraph of the document.
# What happens: text that was inserted with changes tracked is left out as well as what was deleted:
#   "signed on 4 May 1976" becomes "signed on  1976". Paragraphs in a content control (forms for
#   agreements have them) are not among document.paragraphs. No error.
# Why it matters here: drafts of agreements are sent around with tracked changes. What was corrected
#   last, often the date or the name of who signs, is just what is not read.
# Instead: read the elements of the body in order, those of w:ins and w:sdtContent too, not w:del.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  python-docx==1.2.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from docx import Document
from docx.oxml import parse_xml


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text, element="t"):
    return f'<w:r><w:{element} xml:space="preserve">{text}</w:{element}></w:r>'


def texts(*parts):
    """The paragraphs of a document that has these parts in its body."""
    document = Document()
    for part in parts:
        document.element.body.insert(-1, parse_xml(part))
    return [paragraph.text for paragraph in document.paragraphs]


print("python-docx", version("python-docx"))
deleted = f'<w:del w:id="1" w:author="a">{run("3 May", "delText")}</w:del>'
inserted = f'<w:ins w:id="2" w:author="a">{run("4 May")}</w:ins>'
corrected = f'<w:p {W}>{run("signed on ")}{deleted}{inserted}{run(" 1976")}</w:p>'
expect("a tracked correction", texts(corrected), ["signed on  1976"])
control = f"<w:sdt {W}><w:sdtContent><w:p>{run('Article 1')}</w:p></w:sdtContent></w:sdt>"
expect("a content control", texts(control), [])
print("-- controls: the same without either")
plain = f'<w:p {W}>{run("signed on ")}{run("4 May")}{run(" 1976")}</w:p>'
expect("no correction", texts(plain), ["signed on 4 May 1976"])
expect("no content control", texts(f"<w:p {W}>{run('Article 1')}</w:p>"), ["Article 1"])
PY

#!/usr/bin/env bash
# pypdfium2 5.15.2 gives the noncharacter U+FFFE for a hyphen at the end of a line.
#
# Expected: a hyphen is a hyphen wherever it stands.
# What happens: a hyphen that ends a line comes out as U+FFFE, the line break is left out, and this
#   also where the hyphen belongs to a name. A hyphen within a line stays. On a terminal nobody sees
#   it; a search for "Jung-gu" finds nothing, and XML has no such character.
# Why it matters here: romanised names of Korean places and people are full of hyphens (Jung-gu,
#   Park Won-soon), and press releases break lines at them.
# Instead: put the hyphen back, and decide by the words whether it joined two halves or a name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 reportlab==5.1.0
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import pypdfium2
from reportlab.pdfgen import canvas


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def text_of(*lines):
    page = canvas.Canvas("page.pdf")
    for number, line in enumerate(lines):
        page.drawString(72, 700 - 14 * number, line)
    page.save()
    return pypdfium2.PdfDocument("page.pdf")[0].get_textpage().get_text_range()


for name in ("pypdfium2", "reportlab"):
    print(name, version(name))
expect("a name over two lines", text_of("The mayors of Jung-", "gu and Quito signed"),
       "The mayors of Jung\ufffegu and Quito signed")
print("-- control: the same within a line")
expect("a name in one line", text_of("The mayors of Jung-gu", "and Quito signed"),
       "The mayors of Jung-gu\r\nand Quito signed")
PY

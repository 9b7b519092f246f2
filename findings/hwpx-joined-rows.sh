#!/usr/bin/env bash
# kordoc 4.14.1 (npm): two rows of a table become one where the first has only its first cell, and the
# next lacks it.
#
# Expected: the Markdown of an HWPX table has a row for each row.
# What happens: a row with nothing but its first cell is joined with the next one, if that has an empty
#   first cell. Of a city without a date and a date without a city a city with that date is made. The
#   blocks of the same answer have both rows. No warning.
# Why it matters here: lists of partners leave repeated and unknown cells empty, and Markdown is what is
#   handed on to readers and language models.
# Instead: take the cells from the blocks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-hwpx==6.9.0
npm install --silent --no-audit --no-fund --prefix "$folder" kordoc@4.14.1
venv/bin/python - <<'PY'
from importlib.metadata import version

from hwpx import HwpxDocument

TABLES = {
    "apart": [["도시", "체결일"], ["런던", ""], ["", "1988.9.3."], ["파리", "1991.11.1."]],
    "filled": [["도시", "체결일"], ["런던", "미상"], ["", "1988.9.3."], ["파리", "1991.11.1."]],
}
print("python-hwpx", version("python-hwpx"))
for name, rows in TABLES.items():
    document = HwpxDocument.new()
    document.add_paragraph("자매도시 현황")
    table = document.add_table(len(rows), 2)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.set_cell_text(number, column, cell)
    document.save_to_path(f"{name}.hwpx")
PY
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { VERSION, parse } from "kordoc";
function expect(what, seen, expected) {
  console.log(`${what}: ${seen}`);
  if (seen !== expected) {
    console.error(`CHANGED: ${what}: expected ${expected}`);
    process.exit(1);
  }
}
console.log("kordoc", VERSION);
const rows = ({ markdown }) => markdown.split("\n").filter((line) => line.startsWith("|")).slice(2);
const apart = await parse(readFileSync("apart.hwpx"));
expect("Markdown", rows(apart).join(" "), "| 런던 | 1988.9.3. | | 파리 | 1991.11.1. |");
console.log("-- controls: the blocks, and a table whose rows have other cells");
const { cells } = apart.blocks.find(({ type }) => type === "table").table;
const texts = cells.map((row) => row.map(({ text }) => text).join(";")).join(" ");
expect("blocks", texts, "도시;체결일 런던; ;1988.9.3. 파리;1991.11.1.");
expect("rows of the other table", rows(await parse(readFileSync("filled.hwpx"))).length, 3);
JS
node read.mjs

#!/usr/bin/env bash
# pyhwp 0.1b15: hwp5txt writes <표> in place of every table.
#
# Expected: the text of an HWP 5 file has the words in the cells of its tables.
# What happens: a table becomes one line, <표>, whatever it says. Exit status 0, no warning.
# Why it matters here: partner lists of Korean cities, and the fields of cooperation in press releases, are
#   tables. The text has the sentences around them and not one city.
# Instead: read the records of the body (unhwp), or convert to HWPX.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pyhwp==0.1b15 six==1.17.0 hwp-converter-ai==0.2.0 unhwp==0.23.1
"$folder/venv/bin/python" - "$folder" <<'PY'
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import unhwp
from hwp_converter_ai import HwpWriter


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("pyhwp", version("pyhwp"))
path = Path(tempfile.mkdtemp(dir=sys.argv[1]), "partners.hwp")
table = "| 도시 | 체결일 |\n|---|---|\n| 런던 | 2015.2.3. |"
HwpWriter().from_markdown(f"# 자매도시\n\n서울시의 자매도시이다.\n\n{table}\n\n이상.", path)
command = [Path(sys.executable).with_name("hwp5txt"), path]
text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
expect("the city in the table", "런던" in text, False)
expect("a line in place of the table", "<표>" in text.splitlines(), True)
print("-- controls: the sentence before the table, and another reader")
expect("the sentence", "서울시의 자매도시이다." in text, True)
expect("unhwp, the city in the table", "런던" in unhwp.to_markdown(str(path)), True)
PY

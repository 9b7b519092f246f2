#!/usr/bin/env bash
# hwp-converter-ai 0.2.0: the preview text of an HWP file is that of another document.
#
# Expected: PrvText, the stream of an HWP 5 file with the beginning of its text, begins as the body does.
# What happens: the writer fills a template and changes the body alone. PrvText is that of the template, an
#   example of Hangul 2005, and its three pictures are in the file as well. The body is right.
# Why it matters here: file managers, mail gateways and simple readers take PrvText, as it needs no reader
#   of HWP. A press release is then listed, found and cited by words that it does not have.
# Instead: read the body; write PrvText anew, or export HWPX, where files are to be searched.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  hwp-converter-ai==0.2.0 olefile==0.47 unhwp==0.23.1
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import olefile
import unhwp
from hwp_converter_ai import HwpWriter


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("hwp-converter-ai", version("hwp-converter-ai"))
path = Path(tempfile.mkdtemp(dir=sys.argv[1]), "release.hwp")
HwpWriter().from_markdown("# 양해각서\n\n서울시와 런던시는 교통 분야에서 협력한다.", path)
with olefile.OleFileIO(path) as file:
    preview = file.openstream("PrvText").read().decode("utf-16-le")
    pictures = sum(entry[0] == "BinData" for entry in file.listdir())
expect("the document's words in the preview", "런던" in preview, False)
expect("words of a template", "한글 2005 예제 파일" in preview, True)
expect("pictures in the file", pictures, 3)
print("-- control: the body")
expect("the document's words in the body", "런던" in unhwp.to_markdown(str(path)), True)
PY

#!/usr/bin/env bash
# hwp-hwpx-parser 1.0.0 drops the rest of a sentence after a tab, a line break or a highlighted word.
#
# Expected: the text of a HWPX document is all of its text.
# What happens: in HWPX a run of text may hold elements: a tab, a line break, the begin and end of a
#   highlight. The library takes what stands before the first of them and leaves out the rest of the
#   run. "체결일<tab>2016년 3월 15일" (date of signing, tab, date) becomes "체결일". No error, and the
#   text that is left looks complete. python-hwpx 6.9.0 and extract-hwp 0.2.1 read everything.
# Why it matters here: Korean governments publish documents as HWPX, and tabs and line breaks are
#   where dates, parties and lists of topics follow.
# Instead: collect the text of an element together with the text after each of its children, and
#   compare two readers on the documents at hand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  hwp-hwpx-parser==1.0.0 python-hwpx==6.9.0 extract-hwp==0.2.1
venv/bin/python - <<'PY'
import sys
import zipfile
from importlib.metadata import version

from extract_hwp import extract_text_from_hwpx
from hwp_hwpx_parser import Reader
from hwpx import TextExtractor

XML = '<?xml version="1.0" encoding="UTF-8"?>'
HANCOM = "http://www.hancom.co.kr/hwpml/2011"
RUNS = {
    "plain": "서울시와 키토시는 협력한다.",
    "line break": "서울시와 키토시는<hp:lineBreak/>협력한다.",
    "tab": '체결일<hp:tab width="4000" leader="0" type="1"/>2016년 3월 15일',
    "highlight": '교통과 <hp:markpenBegin color="#FFFF00"/>주택<hp:markpenEnd/> 분야',
}
COMPLETE = {
    "plain": "서울시와 키토시는 협력한다.",
    "line break": "서울시와 키토시는 협력한다.",
    "tab": "체결일 2016년 3월 15일",
    "highlight": "교통과 주택 분야",
}
SEEN = {**COMPLETE, "line break": "서울시와 키토시는", "tab": "체결일", "highlight": "교통과"}


def write(path, run):
    section = (
        f'{XML}<hs:sec xmlns:hs="{HANCOM}/section" xmlns:hp="{HANCOM}/paragraph">'
        '<hp:p id="1" paraPrIDRef="0" styleIDRef="0"><hp:run charPrIDRef="0">'
        f"<hp:t>{run}</hp:t></hp:run></hp:p></hs:sec>"
    )
    files = {
        "mimetype": "application/hwp+zip",
        "version.xml": f'{XML}<hv:HCFVersion xmlns:hv="{HANCOM}/version" major="5" minor="1"/>',
        "META-INF/container.xml": (
            f'{XML}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf" '
            'media-type="application/hwpml-package+xml"/></ocf:rootfiles></ocf:container>'
        ),
        "Contents/content.hpf": (
            f'{XML}<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:manifest>'
            '<opf:item id="header" href="Contents/header.xml" media-type="application/xml"/>'
            '<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/>'
            '</opf:manifest><opf:spine><opf:itemref idref="header"/>'
            '<opf:itemref idref="section0"/></opf:spine></opf:package>'
        ),
        "Contents/header.xml": f'{XML}<hh:head xmlns:hh="{HANCOM}/head" secCnt="1"/>',
        "Contents/section0.xml": section,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def by_parser(path):
    return Reader(path).text


def by_python_hwpx(path):
    with TextExtractor(path) as document:
        return document.extract_text()


def by_extract_hwp(path):
    found = extract_text_from_hwpx(path)
    return found[0] if isinstance(found, tuple) else found


def check(reader, expected):
    for name, run in RUNS.items():
        write("document.hwpx", run)
        seen = " ".join(reader("document.hwpx").split())
        print(f"{reader.__name__}, {name}: {seen!r}")
        if seen != expected[name]:
            sys.exit(f"CHANGED: {name}: expected {expected[name]!r}")


for name in ("hwp-hwpx-parser", "python-hwpx", "extract-hwp"):
    print(name, version(name))
check(by_parser, SEEN)
print("-- controls: other readers")
check(by_python_hwpx, COMPLETE)
check(by_extract_hwp, COMPLETE)
PY

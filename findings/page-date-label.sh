#!/usr/bin/env bash
# htmldate 1.11.0 finds the date of a Korean page, and loses it when a label stands before it.
#
# Expected: "등록일 2016년 3월 15일" (registered on 15 March 2016) gives 15 March 2016. The library
#   reads "2016년 3월 15일".
# What happens: with the label 등록일 (or 작성일) in the same paragraph the result is 2016-01-01: only
#   the year is kept, and it is made into the first of January. Nothing says that month and day were
#   guessed. With the date in figures (2016.03.15) the label does no harm.
# Why it matters here: news pages of Korean city governments label their dates like this. An
#   agreement that was announced in March is ordered before one that was signed in February.
# Instead: read labelled dates by a pattern first, and treat a first of January from the library as a
#   year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  htmldate==1.11.0 lxml-html-clean==0.4.3
"$folder/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from htmldate import find_date


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def date_of(line):
    page = f"<html><body><h1>자매도시 협정</h1><p>{line}</p><p>서울시가 알립니다.</p></body></html>"
    return find_date(page, original_date=True, extensive_search=True)


print("htmldate", version("htmldate"))
for line in ("등록일 2016년 3월 15일", "작성일 2016년 3월 15일"):
    expect(line, date_of(line), "2016-01-01")
print("-- controls: without the label, and in figures")
for line in ("2016년 3월 15일", "등록일 2016.03.15", "등록일 2016-03-15"):
    expect(line, date_of(line), "2016-03-15")
PY

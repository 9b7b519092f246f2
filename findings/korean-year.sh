#!/usr/bin/env bash
# dateparser 1.5.0 reads the Korean year "1976년" as "1976 years ago".
#
# Expected: "1976년" is the year 1976. The library supports Korean and reads "1976년 3월" correctly.
# What happens: 년 alone is taken as "years ago". Seen from 2026, "1976년" is a day in the year 50
#   and "2016년" one in the year 10. The same happens with days: "20일" is twenty days ago, while
#   "5월 20일" is a date. The Chinese "1976年" fares like the Korean; the English "1976" is the year.
# Why it matters here: lists of sister cities often give the year alone. The result is a
#   valid date, so that nothing fails; it depends on the day of the run as well.
# Instead: recognise Korean dates with a grammar of one's own, and accept from a general parser only
#   what agrees with it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" -W ignore - <<'PY'
import sys
from datetime import datetime
from importlib.metadata import version

import dateparser


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def parsed(text, language="ko"):
    settings = {"RELATIVE_BASE": datetime(2026, 11, 29)}
    found = dateparser.parse(text, languages=[language], settings=settings)
    return f"{found:%Y-%m-%d}".zfill(10) if found else None


print("dateparser", version("dateparser"))
expect("1976년", parsed("1976년"), "0050-11-29")
expect("2016년", parsed("2016년"), "0010-11-29")
expect("20일", parsed("20일"), "2026-11-09")
expect("1976年, Chinese", parsed("1976年", "zh"), "0050-11-29")
print("-- controls: with a month, and in English")
expect("1976년 3월", parsed("1976년 3월")[:7], "1976-03")
expect("1976년 3월 15일", parsed("1976년 3월 15일"), "1976-03-15")
expect("1976, English", parsed("1976", "en")[:4], "1976")
PY

#!/usr/bin/env bash
# resiliparse 2.0.1: bulleted lists are no part of the main text of a page.
#
# Expected: extract_plain_text(…, main_content=True) leaves out menus and footers and keeps a list
#   inside the article.
# What happens: every <ul> is left out, whatever its items say, between the paragraphs of the article
#   too; the same items in an <ol>, a table or paragraphs stay.
# Why it matters here: press releases give the fields of cooperation as a bulleted list. The agreement
#   is then read without any of its topics, and nothing shows that something is missing.
# Instead: find the element of the article and read it whole, or turn <ul> into <ol> before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  resiliparse==2.0.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from resiliparse.extract.html2text import extract_plain_text


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def main(part):
    page = f"""<html><body><nav><a href="/">Home</a></nav><article><h1>Agreement</h1>
      <p>Seoul and London signed a memorandum of understanding on 3 February 2015. They will
      work together in these fields.</p>{part}
      <p>The memorandum takes effect on the day of its signature.</p></article></body></html>"""
    return extract_plain_text(page, main_content=True)


def has(part):
    text = main(part)
    return "signature" in text and "air quality" in text


print("resiliparse", version("resiliparse"))
items = "<li>Climate policy and air quality in large cities</li><li>Public transport</li>"
expect("<ul>", has(f"<ul>{items}</ul>"), False)
expect("<ul>, sentences", has("<ul><li><p>Both cities study air quality.</p></li></ul>"), False)
print("-- controls: other elements with the same words")
expect("<ol>", has(f"<ol>{items}</ol>"), True)
expect("<p>", has("<p>Climate policy and air quality</p>"), True)
expect("<table>", has("<table><tr><td>air quality</td></tr></table>"), True)
PY

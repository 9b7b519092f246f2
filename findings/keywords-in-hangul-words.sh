#!/usr/bin/env bash
# flashtext 2.7: a keyword in Hangul is found inside other words, 이우 (Yiwu) in 하이우드 (Highwood).
#
# Expected: keywords are whole words, as the library promises and does in Latin letters: Lima is not
#   found in Limassol.
# What happens: only unaccented Latin letters, figures and the underscore belong to a word. Every
#   syllable of Hangul is a boundary, and so is an accented letter: names are found in the middle of
#   words, and Medell in Medellín.
# Why it matters here: a list of city names that is run over Korean press releases finds short names in
#   names of companies, people and other places, and each match looks like a mention of a partner.
# Instead: add the syllables to the letters of words where no particle may follow, or check what stands
#   around each match.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  flashtext==2.7
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from flashtext import KeywordProcessor


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def found(text, letters=""):
    processor = KeywordProcessor()
    processor.add_keywords_from_list(["이우", "Lima", "Medell"])
    for letter in letters:
        processor.add_non_word_boundary(letter)
    return processor.extract_keywords(text)


print("flashtext", version("flashtext"))
expect("Highwood in Hangul", found("하이우드 공원"), ["이우"])
expect("a company in Hangul", found("나이우스와 협약"), ["이우"])
expect("an accented letter", found("Medellín"), ["Medell"])
print("-- controls: Latin letters, and Hangul told to be letters (which loses names with particles)")
expect("Limassol", found("Limassol"), [])
syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
expect("Highwood with letters", found("하이우드 공원", syllables), [])
expect("Yiwu with a particle", found("이우와 협약"), ["이우"])
expect("Yiwu with a particle, with letters", found("이우와 협약", syllables), [])
PY

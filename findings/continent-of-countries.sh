#!/usr/bin/env bash
# pycountry-convert 0.7.2: Timor-Leste has no continent, nor have seven other entries of ISO 3166-1.
#
# Expected: a package that turns country codes into continents has one for every country, or says in
#   its result that there is none.
# What happens: a KeyError for TL, VA, SX, EH and four territories, although the package knows their
#   names and codes. Of the members of the United Nations it is Timor-Leste alone.
# Why it matters here: shares of partners by continent are made with it. A table that happens to hold
#   Dili or Vatican City ends in an error, and catching the error moves them out of Asia and Europe.
# Instead: take the regions of UN M49 from a table, with all its codes, and check the table against
#   the list of codes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pycountry-convert==0.7.2 pycountry==26.2.16
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import pycountry
from pycountry_convert import country_alpha2_to_continent_code, country_name_to_country_alpha2


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def continent(code):
    try:
        return country_alpha2_to_continent_code(code)
    except KeyError:
        return "no continent"


print("pycountry-convert", version("pycountry-convert"))
expect("Timor-Leste", continent("TL"), "no continent")
missing = [entry.alpha_2 for entry in pycountry.countries if continent(entry.alpha_2) == "no continent"]
expect("all without", sorted(missing), ["AQ", "EH", "PN", "SX", "TF", "TL", "UM", "VA"])
print("-- controls: the code of the same country, and a neighbour")
expect("code", country_name_to_country_alpha2("Timor-Leste"), "TL")
expect("Indonesia", continent("ID"), "AS")
PY

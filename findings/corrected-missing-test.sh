#!/usr/bin/env bash
# statsmodels 0.15.0 corrects p-values of which one is missing in three different ways.
#
# Expected: a test that could not be done (nan) is left out of the family, or refused, by every method.
# What happens: Holm and Bonferroni count it as a test, so that the others get larger. Benjamini and
#   Hochberg's method rejects as if it were there and gives nan for all adjusted p-values. Hommel's rejects
#   nothing at all.
# Why it matters here: a report tests many fields or pairs, and one of them has too few cities for a
#   p-value. Whether the others are significant then depends on it, and the two results that one call
#   returns contradict each other.
# Instead: correct the p-values that there are, and say how many tests had none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6
"$folder/venv/bin/python" -W ignore - <<'PY'
import math
import sys
from importlib.metadata import version

from statsmodels.stats.multitest import multipletests

DONE = [0.001, 0.012, 0.02, 0.9]
WITH_ONE_MISSING = [*DONE, math.nan]


def expect(what, found, expected):
    print(f"{what}: {found}")
    if str(found) != str(expected):
        sys.exit(f"CHANGED: {what}: expected {expected}")


def corrected(values, method):
    """What is rejected at 5 % and the adjusted p-values of the four tests that were done."""
    rejected, adjusted = multipletests(values, method=method)[:2]
    return [bool(each) for each in rejected[:4]], [round(float(each), 4) for each in adjusted[:4]]


for name in ("statsmodels", "scipy"):
    print(name, version(name))
print("four p-values and one that is missing")
expect("holm", corrected(WITH_ONE_MISSING, "holm"),
       ([True, True, False, False], [0.005, 0.048, 0.06, 1.0]))
nan = math.nan
expect("fdr_bh", corrected(WITH_ONE_MISSING, "fdr_bh"),
       ([True, True, True, False], [nan, nan, nan, nan]))
expect("hommel", corrected(WITH_ONE_MISSING, "hommel"),
       ([False, False, False, False], [nan, nan, nan, nan]))
print("-- control: the four alone")
expect("holm", corrected(DONE, "holm"), ([True, True, True, False], [0.004, 0.036, 0.04, 0.9]))
expect("fdr_bh", corrected(DONE, "fdr_bh"),
       ([True, True, True, False], [0.004, 0.024, 0.0267, 0.9]))
expect("hommel", corrected(DONE, "hommel"), ([True, True, True, False], [0.004, 0.03, 0.04, 0.9]))
PY

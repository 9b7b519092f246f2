#!/usr/bin/env bash
# The upper tail of SciPy 1.17.1's Poisson binomial distribution is 0 where the true value is small.
#
# Expected: scipy.stats.poisson_binom.sf(k, p) is as accurate in the tail as scipy.stats.binom.sf, of
#   which it is the generalisation: p-values of 1e-36 come out as 1e-36.
# What happens: sf is one minus the cumulative probability, so that everything below about 1e-16 is
#   lost. It gives 0 or some 1e-16, without a warning.
# Why it matters here: in the bipartite configuration model the number of topics that two cities share
#   has this distribution. The clearest pairs all get the p-value 0, and their order is lost.
# Instead: add up the probabilities of the tail (pmf), or compute the tail directly.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  scipy==1.17.1 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import sys
from fractions import Fraction
from importlib.metadata import version

from scipy.stats import binom, poisson_binom

TIES, CHANCE = 12, 0.001
EXACT = float(Fraction(1, 1000) ** TIES)


def expect(what, seen, is_expected):
    print(f"{what}: {seen!r}")
    if not is_expected(seen):
        sys.exit(f"CHANGED: {what}")


print("scipy", version("scipy"), "exact tail", EXACT)
tail = poisson_binom.sf(TIES - 1, [CHANCE] * TIES)
expect("poisson_binom.sf", float(tail), lambda value: abs(value) < 1e-15 and value != EXACT)
expect("one minus poisson_binom.cdf", 1 - float(poisson_binom.cdf(TIES - 1, [CHANCE] * TIES)),
       lambda value: value == float(tail))
print("-- controls: the binomial distribution, and a tail that is not small")
expect("binom.sf", float(binom.sf(TIES - 1, TIES, CHANCE)),
       lambda value: abs(value / EXACT - 1) < 1e-9)
large = float(poisson_binom.sf(0, [CHANCE] * TIES))
expect("poisson_binom.sf(0)", large, lambda value: abs(value / (1 - 0.999**TIES) - 1) < 1e-9)
PY

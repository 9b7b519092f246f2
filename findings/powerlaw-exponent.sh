#!/usr/bin/env bash
# powerlaw 2.0.0 finds another exponent than powerlaw 1.5 for the same degrees.
#
# Expected: the exponent of a power law, fitted by maximum likelihood to the same whole numbers with
#   the same minimum, does not change with the version of the library.
# What happens: for discrete data version 1.5 takes an approximation by default, which is meant for
#   minima of about 6 and more, and 1.74 is what it says for degrees from 1. Version 2.0 maximises
#   the likelihood and says 1.91. The exact value, computed here with SciPy's zeta function, is 1.91.
# Why it matters here: degrees in networks of partnerships begin at 1, where the approximation is
#   worst. An exponent from an older study cannot be compared with a new one, and one below 2 or
#   above it means another kind of network.
# Instead: compute the likelihood with the zeta function, or set estimate_discrete=False in 1.5; name
#   the version and the minimum with every exponent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/fit.py" <<'PY'
import contextlib
import io
import sys
import warnings
from importlib.metadata import version

warnings.simplefilter("ignore")
import numpy
import powerlaw
from scipy.optimize import minimize_scalar
from scipy.special import zeta

# The degrees of 100 cities: 50 with one partner, 20 with two, and so on.
DEGREES = [1] * 50 + [2] * 20 + [3] * 10 + [4] * 6 + [5] * 4 + [6, 7, 8, 9, 10, 12, 15, 20, 31, 57]


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def exponent(**arguments):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        fit = powerlaw.Fit(DEGREES, discrete=True, xmin=1, verbose=False, **arguments)
        return round(float(fit.power_law.alpha), 2)


def against_likelihood(exponent):
    return len(DEGREES) * numpy.log(zeta(exponent)) + exponent * numpy.log(DEGREES).sum()


print("powerlaw", version("powerlaw"))
expect("exponent, defaults", exponent(), float(sys.argv[1]))
expect("exponent, estimate_discrete=False", exponent(estimate_discrete=False), 1.91)
exact = minimize_scalar(against_likelihood, bounds=(1.01, 6), method="bounded").x
expect("exponent, exact likelihood", round(float(exact), 2), 1.91)
PY
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  powerlaw==2.0.0 numpy==2.4.6 scipy==1.17.1
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
  --target "$folder/old" powerlaw==1.5
PYTHONPATH="$folder/old" "$folder/venv/bin/python" "$folder/fit.py" 1.74
echo "-- control: the new version"
"$folder/venv/bin/python" "$folder/fit.py" 1.91

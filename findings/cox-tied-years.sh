#!/usr/bin/env bash
# statsmodels 0.15.0 and lifelines 0.30.3: one Cox model of the same years has two coefficients.
#
# Expected: the proportional hazards model of two well-kept packages gives the same coefficient with
#   their defaults.
# What happens: events in the same year are ties. statsmodels' PHReg treats them by Breslow's
#   approximation, lifelines by Efron's; with years as times most events are tied, and Breslow's
#   coefficient is about a fifth nearer to zero. With ties="efron" both agree.
# Why it matters here: partnerships are dated by the year. How much sooner cities with a common
#   partner form a tie differs by the package, and no output names the approximation as the reason.
# Instead: say ties="efron", or use a model of discrete time (complementary log-log by year).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  statsmodels==0.15.0 lifelines==0.30.3 pandas==2.3.3
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter
from statsmodels.duration.hazard_regression import PHReg


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


for name in ("statsmodels", "lifelines"):
    print(name, version(name))
# Years until a tie, for pairs without and with a common partner: counts a year, ten years at most.
without = (75, 56, 42, 32, 24, 18, 13, 10, 7, 23)
common = (135, 74, 41, 23, 12, 7, 4, 2, 1, 1)
years = np.repeat(np.tile(np.arange(1, 11), 2), [*without, *common])
group = np.repeat([0, 1], [sum(without), sum(common)])
formed = (years < 10).astype(int)
table = pd.DataFrame({"years": years, "formed": formed, "common": group})
by_lifelines = CoxPHFitter().fit(table, "years", "formed").params_["common"]
by_default = PHReg(years, group, status=formed).fit().params[0]
by_efron = PHReg(years, group, status=formed, ties="efron").fit().params[0]
expect("lifelines", round(float(by_lifelines), 2), 0.73)
expect("statsmodels, as it comes", round(float(by_default), 2), 0.6)
expect("statsmodels, Efron", round(float(by_efron), 2), 0.73)
print("-- control: the same without ties")
order = np.arange(len(years)) / 1000
a = PHReg(years + order, group, status=formed).fit().params[0]
b = PHReg(years + order, group, status=formed, ties="efron").fit().params[0]
expect("both agree", round(float(a), 6) == round(float(b), 6), True)
PY

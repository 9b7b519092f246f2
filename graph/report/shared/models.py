"""Coefficients of regressions as rows of tables."""

from __future__ import annotations

import math
from typing import Any

from citypact.graph.analysis.regression import Regression


def coefficient_rows(model: Regression) -> list[tuple[Any, ...]]:
    """The coefficients of a model but the intercept, each with its odds ratio."""
    rows = []
    for each in model.coefficients:
        if each.name != "intercept":
            _, low, high = each.odds_ratio or (None, None, None)
            odds = {"odds_ratio": math.exp(each.estimate), "low": low, "high": high}
            rows.append(({"covariate": each.name, **odds}, each, model))
    return rows


__all__ = ["coefficient_rows"]

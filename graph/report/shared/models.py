"""Coefficients of regressions as rows of tables."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from citypact.graph.analysis.regression import Regression
from citypact.graph.tables.catalogue import column


def coefficient_rows(model: Regression) -> list[dict[str, Any]]:
    """The coefficients of a model but the intercept, each with its odds ratio."""
    rows = []
    for each in model.coefficients:
        if each.name == "intercept":
            continue
        odds = each.odds_ratio
        rows.append(
            {"covariate_id": each.name, "covariate": column(each.name).title}
            | asdict(each)
            | {"odds_ratio": math.exp(each.estimate)}
            | {"low": odds[1] if odds else None, "high": odds[2] if odds else None}
            | {"observations": model.observations, "ties": model.ties}
        )
    return rows


__all__ = ["coefficient_rows"]

"""Numbers as reports write them: rounded in one place, the same on every machine."""

from __future__ import annotations

import math
from typing import Any

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

DIGITS = 6
"""Significant digits that are kept; processors and libraries differ only in later ones."""


def rounded(value: Any) -> Any:
    """A value with all floats rounded to six significant digits, and None for non-finite ones.

    In dictionaries, lists and tuples, all values are rounded; tuples become lists.
    """
    if isinstance(value, float):
        return round_float(value)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value


def round_float(value: float) -> float | None:
    """A float rounded to six significant digits; None if it is not finite."""
    if not math.isfinite(value):
        return None
    # Values this small are rounding noise.
    if abs(value) < 1e-15:
        return 0.0
    return float(f"{value:.{DIGITS}g}")


def written(value: float | int | None) -> str:
    """A number for readers, with thousands separators and two to four significant digits."""
    if value is None:
        return "–"
    if isinstance(value, int) or (value == int(value) and abs(value) < 1e15):
        return f"{int(value):,}".replace("-", "−")
    # The value as it is shown, which may reach the next power of ten: 0.000999 is 0.0010.
    size = round(abs(value), _decimals(abs(value)))
    if size >= 0.00001:
        text = f"{value:,.{_decimals(size)}f}"
    else:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa}×10{str(int(exponent)).translate(_RAISED)}"
    return text.replace("-", "−")


def _decimals(size: float) -> int:
    """How many decimal places a positive number is shown with."""
    for least, decimals in ((1000, 0), (100, 1), (1, 2), (0.01, 3)):
        if size >= least:
            return decimals
    return 1 - math.floor(math.log10(size))


def written_p(p: float, error: float, is_least: bool) -> str:
    """A p-value of random samples with its sign: `= 0.023 ± 0.005`, or `≤ 0.001` where that is the
    smallest which the samples allow. error: its Monte Carlo standard error.

    >>> written_p(0.0231, 0.0047, False), written_p(0.001, 0.001, True), written_p(1.0, 0.1, False)
    ('= 0.023 ± 0.005', '≤ 0.0010', '= 1')
    """
    if is_least:
        return f"≤ {written(p)}"
    return f"= {written(p)} ± {error:.1g}" if error and p < 1 else f"= {written(p)}"


def written_year(value: float | int | None) -> str:
    """A year for readers, without thousands separators: 2010, or 2010.5 for a mean of years.

    Values below 1000 are numbers of years, such as a standard deviation.
    """
    if value is None or value < 1000:
        return written(value)
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


__all__ = ["DIGITS", "round_float", "rounded", "written", "written_p", "written_year"]

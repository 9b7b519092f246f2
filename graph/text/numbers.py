"""Numbers as reports write them: rounded in one place, the same on every machine."""

from __future__ import annotations

import math
from typing import Any

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

DIGITS = 6
"""Significant digits that are kept; processors and libraries differ only in later ones."""
LEAST_P, LEAST_DECIMALS = 0.0001, 4
"""Exact p-values below are written as a bound."""


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


def written_p(p: float, error: float = 0.0, is_least: bool = False) -> str:
    """A p-value with its sign, never in scientific notation: `= 0.023 ± 0.005`, or `≤ 0.001` where
    that is the smallest which its random samples allow. error: its Monte Carlo standard error, 0
    for a p-value that is computed exactly.

    The error has one significant digit, two where the first is a 1, and the value as many decimal
    places (Particle Data Group 2022, Review of Particle Physics, sec. 5.3, with fewer digits). A
    bound is rounded up, so that it stays one.

    >>> written_p(0.0398, 0.0062), written_p(0.04, 0.0123), written_p(0.000999, 0.001, True)
    ('= 0.040 ± 0.006', '= 0.040 ± 0.012', '≤ 0.001')
    >>> written_p(1.0, 0.1), written_p(0.03), written_p(3e-9)
    ('= 1', '= 0.030', '< 0.0001')
    """
    if is_least:
        return f"≤ {_rounded_up(p)}"
    if p >= 1:
        return "= 1"
    if p < LEAST_P and not error:
        return f"< {LEAST_P:.4f}"
    if not error:
        shown = round(p, _decimals(p))
        return f"= {p:.{min(_decimals(shown), LEAST_DECIMALS)}f}"
    places = 1 - _exponent(float(f"{error:.1e}"))
    if float(f"{error:.1e}") * 10 ** (places - 1) >= 1.95:
        places -= 1
    return f"= {p:.{places}f} ± {error:.{places}f}"


def _rounded_up(p: float) -> str:
    """A number of at most 1, rounded up to two significant digits, without zeros at the end."""
    if p >= 1:
        return "1"
    places = 1 - _exponent(p)
    units = math.ceil(round(p * 10**places, 6))
    return f"{units / 10**places:.{places}f}".rstrip("0")


def _exponent(value: float) -> int:
    """The power of ten of the first digit of a positive number."""
    return int(f"{value:e}".split("e")[1])


def written_year(value: float | int | None) -> str:
    """A year for readers, without thousands separators: 2010, or 2010.5 for a mean of years.

    Values below 1000 are numbers of years, such as a standard deviation.
    """
    if value is None or value < 1000:
        return written(value)
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


__all__ = ["DIGITS", "round_float", "rounded", "written", "written_p", "written_year"]

"""Numbers as reports write them."""

from __future__ import annotations

import re

import pytest

from citypact.graph.text.numbers import written, written_p


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0"),
        (1234, "1,234"),
        (1234.5, "1,234"),
        (123.45, "123.5"),
        (-2.345, "−2.35"),
        (0.742, "0.742"),
        (0.0134, "0.013"),
        (0.002, "0.0020"),
        (0.00001234, "0.000012"),
        (0.0000012, "1.2×10⁻⁶"),
        # What rounds up to a power of ten has the digits of that power.
        (0.000999, "0.0010"),
        (-0.000999, "−0.0010"),
        (0.001, "0.0010"),
        (0.00999, "0.010"),
        (0.01, "0.010"),
        (0.9999, "1.00"),
        (9.999, "10.00"),
        (99.999, "100.0"),
        (999.99, "1,000"),
        (0.00000999, "0.000010"),
    ],
)
def test_a_number_has_the_digits_of_what_is_shown(value: float | None, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("p", "error", "text"),
    [
        (0.0398, 0.0062, "= 0.040 ± 0.006"),
        (0.0398, 0.0098, "= 0.040 ± 0.010"),
        (0.0398, 0.0123, "= 0.040 ± 0.012"),
        (0.0231, 0.0047, "= 0.023 ± 0.005"),
        (0.31, 0.0146, "= 0.310 ± 0.015"),
        (0.31, 0.21, "= 0.3 ± 0.2"),
        (0.00013, 0.00004, "= 0.00013 ± 0.00004"),
        (1.0, 0.02, "= 1"),
        (0.0398, 0.0, "= 0.040"),
        (0.00995, 0.0, "= 0.010"),
        (0.000123, 0.0, "= 0.0001"),
        (0.00002, 0.0, "< 0.0001"),
        (0.0, 0.0, "< 0.0001"),
    ],
)
def test_a_p_value_has_the_decimal_places_of_its_error(p: float, error: float, text: str) -> None:
    assert written_p(p, error) == text


@pytest.mark.parametrize("error", [10 ** (-n / 7) for n in range(3, 40)])
def test_value_and_error_are_rounded_alike_whatever_the_error(error: float) -> None:
    value, shown = re.fullmatch(r"= ([0-9.]+) ± ([0-9.]+)", written_p(0.4, error)).groups()  # type: ignore[union-attr]
    assert len(value) == len(shown)
    assert float(shown) == pytest.approx(error, rel=0.3) and abs(float(value) - 0.4) <= error / 2


@pytest.mark.parametrize("draws", [9, 39, 50, 99, 279, 999, 1000, 12_345, 10**6])
@pytest.mark.parametrize("tests", [1, 2, 7])
def test_the_least_p_value_is_given_as_a_bound_that_holds(draws: int, tests: int) -> None:
    p = min(1.0, tests / (draws + 1))
    text = written_p(p, p, is_least=True)
    bound = float(re.fullmatch(r"≤ ([0-9.]+)", text).group(1))  # type: ignore[union-attr]
    assert p <= bound * (1 + 1e-9) and bound <= p * 1.1

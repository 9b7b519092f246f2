"""Numbers as reports write them."""

from __future__ import annotations

import pytest

from citypact.graph.text.numbers import written


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

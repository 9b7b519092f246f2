"""Fields with partners in richer and poorer countries, on small made-up agreements."""

from __future__ import annotations

from citypact.graph.analysis.wealth import fields_by_wealth

PARTNERS = {f"p{at:02}": [f"p{at:02}-{number}" for number in range(3)] for at in range(16)}
IS_RICHER = {partner: partner < "p08" for partner in PARTNERS}


def test_a_field_of_the_richer_is_found_and_one_of_both_is_not() -> None:
    art = [names[0] for partner, names in PARTNERS.items() if IS_RICHER[partner]]
    water = [names[1] for names in PARTNERS.values() if names[1] < "p04" or names[1] > "p12"]
    first, other = fields_by_wealth(PARTNERS, IS_RICHER, {"water": water, "art": art}, 199)
    assert (first.field, first.richer, first.poorer) == ("art", 1 / 3, 0)
    assert first.p <= 0.01 and first.low > 0.3
    assert other.field == "water" and other.p > 0.5
    assert other.low <= other.difference <= other.high
    # What is found is above the least that could be found.
    assert first.difference > first.detectable > 0 and other.detectable > abs(other.difference)


def test_many_agreements_of_one_partner_are_no_difference() -> None:
    one = {**PARTNERS, "p00": [f"p00-{number}" for number in range(60)]}
    (found,) = fields_by_wealth(one, IS_RICHER, {"art": one["p00"]}, 199)
    assert found.difference > 0.5 and found.p > 0.05
    assert found.low == 0


def test_groups_of_one_are_not_compared() -> None:
    alone = {partner: partner == "p00" for partner in PARTNERS}
    assert fields_by_wealth(PARTNERS, alone, {"art": ["p00-1"]}, 9) == []

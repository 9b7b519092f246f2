"""Places that are weighed as partners: what the weights are of, and how they are learnt."""

from __future__ import annotations

from pathlib import Path

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.confidence import HIGH
from citypact.sources.extraction.extract import extract
from citypact.sources.extraction.partner_fitting import fit, places_of, read_short
from citypact.sources.extraction.partners import best_of, partner_weights

TEXTS = Path(__file__).parent / "asserted.yaml"
TOLD = "Bergen and Seattle signed a sister city agreement in May 2019."
LEFT = "Contact with Turku, Finland, in the same family of twins, has lasted for decades."


def test_what_is_weighed_is_doubtful_and_has_words_in_the_text() -> None:
    text = f"{TOLD}\n\n{LEFT}"
    form = plain_form(text)
    found = extract(form, published="2020-06-15").agreements
    weighed = [each for each in found if each.form.rule == "weighed"]
    assert [[party.value.text for party in each.parties] for each in weighed] == [
        ["Bergen", "Turku"]
    ]
    for each in weighed:
        assert each.form.confidence < HIGH
        assert each.form.doubts
        assert [form.text[slice(*party.spans[0])] for party in each.parties] == ["Bergen", "Turku"]


def test_nothing_is_weighed_where_no_rule_finds_a_tie() -> None:
    assert not extract(plain_form(LEFT), published="2020-06-15").agreements


def test_every_sign_of_a_place_has_a_weight() -> None:
    places = places_of(read_short(TEXTS))
    signs = {name for place in places for each in place.found for name in each.signs}
    assert signs <= {name for of_choice in partner_weights().values() for name in of_choice}


def test_weights_learnt_from_half_of_the_texts_find_partners_in_the_other_half() -> None:
    documents = read_short(TEXTS)
    weights = fit(places_of(documents[::2]))
    assert weights == fit(places_of(documents[::2]))
    right = wrong = 0
    for place in places_of(documents[1::2]):
        for share, best in best_of(place.found, weights):
            is_right = place.right[place.found.index(best)]
            right += share >= 0.5 and is_right
            wrong += share >= 0.5 and not is_right
    assert right > 3 * wrong

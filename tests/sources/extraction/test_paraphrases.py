"""One fact told in many ways, with names of many shapes: orders, voices, lists and appositions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.relations import relations_of
from citypact.sources.extraction.sentences import context_of

PARAPHRASES = yaml.safe_load(
    (Path(__file__).parent / "paraphrases.yaml").read_text(encoding="utf-8")
)
UNKNOWN = "\n\nThere are theatres in Ambleton, in Terrano, in Kostwick and in Varinja."
SHAPES = {
    "known": (("Oslo", "Lima", "Kyoto", "Hanoi"), ""),
    "unknown": (("Ambleton", "Terrano", "Kostwick", "Varinja"), UNKNOWN),
    "with kind and nation": (
        ("Oslo", "the Peruvian city of Lima", "the Japanese city of Kyoto",
         "the Vietnamese city of Hanoi"),
        "",
    ),
    "with country": (("Springfield, Ohio", "Gent, Belgium", "Malmö, Sweden", "Tampa, Florida"), ""),
    "several words": (("San Diego", "Ho Chi Minh City", "Mexico City", "Quezon City"), ""),
    "provinces": (("the State of Utah", "Jeju Province", "Hokkaido Prefecture", "Bavaria"), ""),
    "in brackets": (("Oslo (Norway)", "Lima (Peru)", "Kyoto (Japan)", "Hanoi (Vietnam)"), ""),
}  # fmt: skip


def bare(name: str) -> str:
    """A name without its kind and country, in small letters."""
    name = re.sub(r"^the (?:\w+ )?(?:city|State|town) of |(?:,| \().*", "", name)
    return re.sub(r" (?:City|Province|Prefecture)$", "", name).lower()


def told(words: str) -> list[str]:
    """What a text of June 4, 2024 is read to tell: form and status, and the parties."""
    context = context_of(plain_form(words), published="2024-06-04")
    return sorted(
        f"{found.form.value} {found.status.value}: "
        + "+".join(sorted(bare(party.value.text) for party in found.parties))
        for found in relations_of(context)
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_paraphrases(shape: str) -> None:
    """Each way of telling gives the same agreements, whatever the form of the names."""
    names, behind = SHAPES[shape]
    letters = dict(zip("ABCD", names, strict=True))
    wrong = {}
    for key, frames in PARAPHRASES.items():
        kind, _, groups = key.partition(": ")
        expected = sorted(
            f"{kind}: " + "+".join(sorted(bare(letters[letter]) for letter in group.split("+")))
            for group in groups.split()
        )
        for frame in frames:
            words = re.sub(r"\[([A-D])\]", lambda match: letters[match[1]], frame) + behind
            words = words[0].upper() + words[1:]
            if (found := told(words)) != expected:
                wrong[words] = found
    assert not wrong

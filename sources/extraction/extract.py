"""The door of extraction: from the normal form of a document to its draft."""

from __future__ import annotations

from collections.abc import Sequence

from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.extraction.confidence import calibrated
from citypact.sources.extraction.dates import date_of
from citypact.sources.extraction.lexicon import is_known
from citypact.sources.extraction.model import (
    Context,
    Draft,
    DraftAgreement,
    Drafted,
    Name,
    Relation,
)
from citypact.sources.extraction.provisions import provisions_of
from citypact.sources.extraction.relations import relations_of
from citypact.sources.extraction.sentences import context_of
from citypact.sources.extraction.settings import (
    languages_of,
    legal_force_of,
    mode_of,
    place_of,
)
from citypact.sources.extraction.signatories import signatories_of
from citypact.sources.extraction.topics import topics_of


def extract(form: NormalForm, *, published: str = "", address: str = "") -> Draft:
    """The agreements that a document tells of, in the order in which it comes to them.

    published: the day of publication in EDTF, '' where unknown. address: of the document. Both
    are taken from the file's own metadata where they aren't given.
    """
    return calibrated(raw_draft(form, published=published, address=address))


def raw_draft(form: NormalForm, *, published: str = "", address: str = "") -> Draft:
    """The same with the confidence that rules have by themselves, from which it is calibrated."""
    context = context_of(form, published=published, address=address)
    relations = relations_of(context)
    agreements = tuple(_agreement_of(relation, context, relations) for relation in relations)
    return Draft(agreements, _proposed(relations))


def _proposed(relations: Sequence[Relation]) -> tuple[Drafted[Name], ...]:
    """The parties that neither the package nor the gazetteer knows, each once."""
    unknown: dict[str, Drafted[Name]] = {}
    for relation in relations:
        for party in relation.parties:
            name = party.value
            if not name.entity and not is_known(name.text):
                unknown.setdefault(name.text, party)
    return tuple(unknown.values())


def _agreement_of(
    relation: Relation, context: Context, relations: Sequence[Relation]
) -> DraftAgreement:
    """A relation with all that the text says about it. relations: all of the document."""
    return DraftAgreement(
        form=relation.form,
        status=relation.status,
        parties=relation.parties,
        title=relation.title,
        date=date_of(relation, context),
        signatories=signatories_of(relation, context),
        topics=topics_of(relation, context, relations),
        provisions=provisions_of(relation, context),
        place=place_of(relation, context),
        mode=mode_of(relation, context),
        legally_binding=legal_force_of(relation, context),
        languages=languages_of(relation, context),
    )

"""The door of extraction: from the normal form of a document to its draft."""

from __future__ import annotations

from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.extraction.model import Context, Draft, DraftAgreement, Relation
from citypact.sources.extraction.relations import relations_of
from citypact.sources.extraction.sentences import context_of


def extract(form: NormalForm, *, published: str = "", address: str = "") -> Draft:
    """The agreements that a document tells of, in the order in which it comes to them.

    published: the day of publication in EDTF, '' where unknown. address: of the document. Both
    are taken from the file's own metadata where they aren't given.
    """
    context = context_of(form, published=published, address=address)
    relations = relations_of(context)
    return Draft(tuple(_agreement_of(relation, context) for relation in relations))


def _agreement_of(relation: Relation, context: Context) -> DraftAgreement:
    """A relation with all that the text says about it."""
    return DraftAgreement(
        form=relation.form,
        status=relation.status,
        parties=relation.parties,
        title=relation.title,
    )

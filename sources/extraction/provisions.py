"""What the parties of a paper undertake: its articles and numbered points with their force."""

from __future__ import annotations

import re

from citypact.sources.extraction.model import Context, Drafted, DraftProvision, Relation, Status
from citypact.sources.model import Span

SHALL, ENDEAVOUR, MAY = "shall", "will-endeavour", "may"

_KO_FORCES = (
    (re.compile(r"노력(?:한다|하기로|하며|할 것)|최선을 다|힘쓴다|적극 (?:노력|검토)"), ENDEAVOUR),
    (re.compile(r"할 수 있다|수 있다|가능하다"), MAY),
    (
        re.compile(
            r"(?:한다|하기로 한다|하여야 한다|해야 한다|키로 한다|않는다|지원한다|추진한다|둔다|"
            r"갖는다|정한다|따른다)\s*[.。]?\s*$|하기로 (?:한다|합의)"
        ),
        SHALL,
    ),
)
_EN_FORCES = (
    (
        re.compile(
            r"\b(?:endeavou?r|strive|seek|make (?:every|best|all reasonable) efforts?|"
            r"best efforts?|"
            r"do their (?:best|utmost)|intend|aim)s?\b",
            re.I,
        ),
        ENDEAVOUR,
    ),
    (re.compile(r"\b(?:may|can|could|encouraged to)\b"), MAY),
    (
        re.compile(
            r"\b(?:shall|will|must|agrees? to|commits? to|undertakes? to|are responsible)\b", re.I
        ),
        SHALL,
    ),
)
_ARTICLE = re.compile(
    r"^\s*(?P<number>제\s?\d{1,2}\s?조(?:의\d+)?|(?:Article|Section|Clause|ARTICLE)\s+(?:\d{1,2}|"
    r"[IVX]{1,5})|"
    r"\d{1,2}(?:\.\d{1,2})?[.)]|\(\d{1,2}\)|[①-⑳]|[가-하][.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)]|"
    r"[IVX]{1,4}\.)\s*"
)
_AGREEMENT = re.compile(
    r"제\s?1\s?조|\bArticle\s+(?:1|I)\b|\bhereinafter\b|\bWHEREAS\b|이하\s?[\"“‘']|"
    r"\bthe [Pp]arties\b|"
    r"\b[Bb]oth (?:cities|parties|sides)\b|양 ?(?:도시|측|기관|당사자)는|\bundersigned\b|"
    r"\bauthentic\b",
)
_PARTIES = re.compile(
    r"^(?:\W*)(?:\w+\s?[.)]\s?)?(?:양|두|각)\s?(?:도시|측|기관|당사자|시)|\b[Bb]oth\b|"
    r"\b[Tt]he (?:two )?(?:[Pp]arties|cities|sides)\b"
)


def provisions_of(relation: Relation, context: Context) -> tuple[Drafted[DraftProvision], ...]:
    """The provisions of a text of an agreement, in its order; none of an article about one.

    A point under an article without force of its own has that of its article.
    """
    if relation.status.value != Status.MAIN or not _is_agreement(context):
        return ()
    found: list[Drafted[DraftProvision]] = []
    number = force = ""
    for sentence in context.sentences:
        words = context.form.words(sentence.span)
        block = context.form.blocks[sentence.block]
        match = _ARTICLE.match(words)
        if match:
            number = " ".join(match["number"].split()).strip(".)(")
            force = ""
        elif block.number and sentence.span[0] == block.span[0]:
            number = block.number.strip(".)( ")
        body: Span = (sentence.span[0] + (match.end() if match else 0), sentence.span[1])
        forces = _KO_FORCES if sentence.language == "ko" else _EN_FORCES
        own = next((name for pattern, name in forces if pattern.search(words)), "")
        if own:
            force = own
        is_point = bool(match) and bool(force) and len(words) > 12
        if not (own and (match or number or _PARTIES.search(words))) and not is_point:
            continue
        if body[1] - body[0] < 8:
            continue
        found.append(
            Drafted(
                DraftProvision(context.form.words(body), number, own or force),
                (body,),
                0.8 if own else 0.6,
                "provision-of-article" if number else "provision-of-parties",
            )
        )
    return tuple(found)


def _is_agreement(context: Context) -> bool:
    """Whether a document is the text of an agreement: articles or the parties' own words."""
    text = context.form.text
    articles = len(re.findall(r"(?m)^\s*(?:제\s?\d+\s?조|(?:Article|ARTICLE)\s+[\dIVX]+)", text))
    return articles > 1 or len(_AGREEMENT.findall(text)) > 2

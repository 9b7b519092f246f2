"""Who signs the paper of a relation, and for which of its parties.

Somebody signs who is said to sign, to conclude or to be about to: as the subject of such a verb,
behind it with `with` or `by`, or in the signatures of an agreement. Who only attends, speaks, is
named in brackets or is named beside it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citypact.sources.extraction.date_resolution import (
    STATED,
    day_of_document,
    resolved_dates,
)
from citypact.sources.extraction.dates import date_of
from citypact.sources.extraction.forms import cues_in
from citypact.sources.extraction.groups import key_of
from citypact.sources.extraction.model import (
    Context,
    Drafted,
    Name,
    Relation,
    Sentence,
    Signatory,
    Status,
)
from citypact.sources.extraction.parties import (
    is_about,
    kept,
    known_key,
    names_in_text,
    spans_of_parties,
)
from citypact.sources.extraction.people import people_of
from citypact.sources.extraction.person import Person
from citypact.sources.extraction.sentences import sentence_at

_KO_SIGNS = re.compile(
    r"(?:체결|서명|조인|날인|교환|갱신|재체결|타결)(?:을\s|\s)?(?:하[고며여였는]|했|한다|한\s|"
    r"할|해[\s,]|해$|됐|된|되|하게|식을|"
    r"식에서|할 예정)|"
    r"(?:협[약정의]|양해각서|각서|의향서|MOU|결연|합의서|약정|협정서|협약서|선언문?|관계|"
    r"인연)[’'”\")]*(?:\([A-Za-z]+\))?"
    r"[’'”\"]*[을를]?\s?(?:\S+\s){0,2}?맺(?:었|는|고|을|어|은)|손을?\s?잡[았고]|"
    r"[협체조서][약정결인명]식[’'”\"]*을\s"
    r"|(?:체결|서명)(?=,|$)|서명자"
)
_KO_NOT = re.compile(
    r"참석한 가운데|참석하에|배석|입회|지켜보|축하하|강조했|말했|밝혔다\.|설명했|수행|동행|주재|"
    r"에게\s|접견|"
    r"초청으로|초청에|의 뒤를"
)
_KO_PAIR = re.compile(
    r"(?:두|양|양측|양국|세|네)\s?(?:시장|군수|단체장|도시장|기관장|대표|지사|구청장|도지사|사람|"
    r"정상)(?:은|는|이|가)"
)
_KO_SUBJECT = re.compile(
    r"^\s?(?:\([^)]{1,40}\))?(?:님)?(?:은|는|이|가|과|와|도|,|·|ㆍ|및| 및|께서|등|\s등|[-–]|간|/|"
    r"과의|와의|\s일행|의\s|\s*$|\(|을|를)"
)
_EN_SIGNS = re.compile(
    r"\b(?:(?:re|co)-?)?(?:sign(?:ed|s)?|singed|inked|inks?|penned|sealed|seals|conclud(?:e[sd]?|"
    r"ing)|"
    r"executed|[Ee]xecuting(?= (?:the|an?) (?:\w+ )?(?:agreement|memorand|MO))|"
    r"signatories|signing|(?<=\bwas\s)represented(?=\sby\b))\b|"
    r"\bled the signing\b|\benter(?:ed|s)? into\b|"
    r"\bput (?:(?:their|his|her) (?:signature|name|pen)|pen to paper)|\b(?:TO )?SIGN(?:ED)?\b"
    r"|\b(?:formali[sz]ed|endorsed|exchanged|forged|established|renewed|reaffirmed|"
    r"finali[sz]ed)\b(?=[^.]{0,80}"
    r"\b(?:agreement|memorand|MOU|pact|declaration|relation|ties|letter|partnership|accord|"
    r"(?:joint|common) statement))"
)
_EN_NOT_BEFORE = re.compile(
    r"\b(?:said|says|told|stated|added|witness\w*|watched|attended|presence|accompanied|alongside|"
    r"congratulat\w+|joined by|thank\w*|led by|welcomed by|invitation of|visit (?:of|by))\b"
)
_EN_NOT_BETWEEN = re.compile(
    r"\b(?:said|says|told|witness\w*|attended|presence|accompanied|invit\w+|during|when|where|"
    r"while|"
    r"after|before|follow\w*|led by|visit\w*|according|thank\w*|succe\w+|predecessor|joined)\b|[;]"
)
_BARE_OFFICE = re.compile(
    r"\b[Tt]he (?:Lord )?(mayor|governor|president|chairman|secretary[- ]general)\s(?:\w+ly\s|"
    r"then\s|"
    r"also\s)?$",
    re.I,
)
_EN_WITH = re.compile(r"\b(?:with|by|between|and|alongside|includ\w+|were|are)\b|^\s*:?\s*$|,")
_EN_PAIR = re.compile(
    r"\b(?:[Tt]he|[Bb]oth|these) (?:two |three |four )?"
    r"(?:[Mm]ayors|[Gg]overnors|leaders|sides|officials|heads|"
    r"signatories|parties|presidents|chairmen)\b|\b[Tt]he (?:two|pair)\b(?!\s+(?:local |\w+ian )?"
    r"(?:communit|munic|stat|district|universit|institut|bod|compan|countr|cit|town|count|"
    r"side|part|gov|org|reg|prov|port))|\b[Tt]hey\b|\b[Bb]oth\b"
)
_BY_PAIR = re.compile(
    r"\b(?:signed|inked|concluded|sealed)\b[^.;]{0,60}\bby (?:the |both |their |two |respective )+"
    r"(?:[Mm]ayors|[Gg]overnors|leaders|heads)\b(?! of [A-Z])"
)
"""`It was signed by the mayors of both cities`: those named before."""
_EN_FOR = re.compile(
    r"(?:on (?:the )?behalf of|in behalf of|for|representing|"
    r"in the name of)\s+(?:the\s+)?(?P<side>[A-Z][\w&.-]*"
    r"(?:\s+(?:of\s+)?(?:the\s+)?[A-Z][\w&.-]*){0,5})"
)
_KO_FOR = re.compile(
    r"(?P<side>[가-힣A-Za-z]+?)(?:시장|군수|구청장|지사)?(?:를|을)\s?(?:대표하여|대표해|대신하여|"
    r"대신해)"
)
_QUOTED = re.compile(r"“[^”]{12,}”|\"[^\"]{12,}\"")
_SHORT_FORM = re.compile(r"이하\s?[‘'“\"「]([^’'”\"」\s]{2,12})[’'”\"」]")
_WITH = re.compile(r"(?:과|와)(?:도|는)?\s")
_IN_BRACKET = re.compile(r"[가-힣]{0,3}\s?\(([A-Za-z가-힣&-]{2,12})(?:,[^)]*)?\)")
_LONGER = re.compile(r"\s(?:Metropolitan|Municipal|City)\s[A-Z][a-z]+\b")
_ONE_MORE = re.compile(r"\balso signed\b|별도로|^(?:또한?|아울러)\s")
"""Words by which a sentence tells of one more paper: whom others name signs that one."""
_OF_EARLIER = re.compile(r"(?:Earlier|Previously|Last\s(?:year|month|week)|In\sthe\spast)\b")
_SIGNING_BETWEEN = re.compile(
    r"\bsigning of\b[^.;]{0,80}\bbetween\s(?:[^;]{0,120}\band\s)?(?:the\s)?$"
)
_SIGNED_BY_LED = re.compile(
    r"\bsigned by\b[^.;]{0,150}\b(?:delegation|team|side)\s(?:\w+\s)?(?:led|headed)\sby\s"
    r"(?:[^;]{0,140}\sand\s)?(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?$"
)
"""`A deal signed by Mayor Berg and the delegation led by Ana Ruiz`: she signs for it."""
_BEHALF_OF_BOTH = re.compile(
    r"\bon\s(?:the\s)?behalf\sof\s(?P<one>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})\sand\s"
    r"(?P<two>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}),?\srespectively\b"
)
"""`Ada Berg and Ana Ruiz signed it on behalf of Oslo and Lima respectively`."""
_BEHALF = re.compile(r",?\son\s(?:the\s)?behalf\sof\s")
_SIGNING_BY = re.compile(
    r"\b[Ss]igning(?:,?|\s(?:ceremony|event)\swas\sled)\sby\s(?:[^;.]{0,80}\band\s)?(?:the\s)?"
    r"(?:[A-Z][\w’'-]*\s(?:d[ea]\s|of\s)?){0,2}$"
)
"""`The signing, by Mayor Berg and Mayor Ruiz, took place`."""
_EARLIER_PAPER = re.compile(r"(?:체결|서명|교환|조인)(?:했던|한 바 있는)\s|맺(?:었던|은 바 있는)\s")
_NOT_HEADS = re.compile(
    r"의장|의원|대사|총영사|국장|과장|부장|실장|서기관|담당관|보좌관|Council ?(?:member|man)|"
    r"Councill?or|"
    r"Ambassador|Consul|Alderman",
    re.I,
)
_BOUND = re.compile(r"\s(?:of|the|and|for)\s|[\s,.’'()-]+")
_KO_SUFFIX = re.compile(
    r"(?:특별자치시|특별자치도|광역시|특별시|특례시|직할시|시|군|구|도|현|성|주|청|정부)(?:청|"
    r"정부)?$"
)
_KO_SHORT = {
    "경남": "경상남", "경북": "경상북", "전남": "전라남", "전북": "전라북", "충남": "충청남",
    "충북": "충청북", "기재부": "기획재정부", "코트라": "KOTRA", "수은": "수출입은행",
}  # fmt: skip
_WEAK_TEXT = """
city of the metropolitan government county province prefecture state town municipality municipal
council special self governing republic administration s and for district region authority
corporation
"""
_EN_WEAK_WORDS = frozenset(_WEAK_TEXT.split())
_BODIES = frozenset({"commission", "board", "assembly", "supervisors", "commissioners"})
_OFFICE_OF_SUFFIX = (
    (re.compile(r"구청장|구장"), re.compile(r"구$")),
    (re.compile(r"군수"), re.compile(r"군$")),
    (
        re.compile(r"도지사|지사$|부지사"),
        re.compile(r"도$|주$|^(?:경[남북]|전[남북]|충[남북]|경기|강원|제주)"),
    ),
    (re.compile(r"성장|부성장"), re.compile(r"성$")),
    (re.compile(r"시장"), re.compile(r"시$")),
    (re.compile(r"장관|차관"), re.compile(r"부$|청$|처$")),
    (re.compile(r"총장(?<!사무총장)|학장|교장"), re.compile(r"대$|대학교?$|학교$|교$")),
    (
        re.compile(r"사장|회장|대표|행장|CEO|president|chair", re.I),
        re.compile(r"공사|은행|그룹|회사|재단|협회|Inc|Ltd|Corp"),
    ),
)
_KIND_OF_OFFICE = (
    (re.compile(r"시장|mayor", re.I), ("city",)),
    (re.compile(r"군수|구청장|지사|governor|성장", re.I), ("government",)),
    (re.compile(r"사무총장|사장|회장|이사장|대표|행장|은행장|secretary|ceo|chief executive|chair|"
                r"executive director", re.I),
     ("organization", "company", "port", "university")),
    (re.compile(r"(?<!사무)총장|rector|chancellor", re.I), ("university", "school")),
)  # fmt: skip


def signatories_of(relation: Relation, context: Context) -> tuple[Drafted[Signatory], ...]:
    """Those who sign the paper of a relation, each once, in the order of the text."""
    places = _places(relation, context)
    people = _people(context, places)
    signing: dict[str, tuple[Person, str, float, str]] = {}
    for person, rule, confidence, side in _signing(relation, context, people):
        known = signing.get(person.name)
        if known is None or (not known[0].organisation and person.organisation):
            signing[person.name] = (person, rule, max(confidence, known[2] if known else 0), side)
    sides = _sides([(p, side) for p, _, _, side in signing.values()], relation, context, people)
    headed = {
        of
        for (person, _, _, _), of in zip(signing.values(), sides, strict=True)
        if not _NOT_HEADS.search(person.office)
    }
    drafted = []
    for (person, rule, confidence, _), of in zip(signing.values(), sides, strict=True):
        # Where a mayor signs, the chair of the council stands beside.
        is_beside = bool(_NOT_HEADS.search(person.office)) and (of is None or of in headed)
        if of == _ELSEWHERE or (is_beside and headed):
            continue
        doubts = () if of is not None else ("the side isn't plain",)
        drafted.append(
            Drafted(
                Signatory(person.name, person.office, of),
                (person.span,),
                confidence if of is not None else round(confidence - 0.15, 2),
                rule,
                doubts,
            )
        )
    return tuple(drafted)


_ELSEWHERE = -1
"""The side of somebody who stands for a place or body that is no party."""


@kept
def _people_by_places(context: Context) -> dict[frozenset[str], tuple[Person, ...]]:
    return {}


def _people(context: Context, places: frozenset[str]) -> tuple[Person, ...]:
    """The people of a document, found once for each set of names of places."""
    known = _people_by_places(context)
    if places not in known:
        known[places] = people_of(context, places)
    return known[places]


def _places(relation: Relation, context: Context) -> frozenset[str]:
    """Names of the parties with and without the words for what they are, and short forms."""
    names: set[str] = set(_SHORT_FORM.findall(context.form.text))
    names |= names_in_text(context)
    for party in relation.parties:
        for name in (party.value.text, party.value.label_en):
            names |= {name, _KO_SUFFIX.sub("", name)}
            names |= {word for word in name.split() if word[:1].isupper()}
    return frozenset(name for name in names if len(name) > 1)


def _signing(
    relation: Relation, context: Context, people: tuple[Person, ...]
) -> Iterator[tuple[Person, str, float, str]]:
    """People who sign, with rule, confidence, and the side for which the words say they do."""
    is_main = relation.status.value == Status.MAIN
    is_past = relation.status.value == Status.PAST
    here = set(relation.sentences)
    cue = sentence_at(context, relation.cue[0])
    if cue is not None:
        here.add(cue)
    if is_main:
        for person in people:
            if person.is_signature:
                yield person, "signatory-signature", 0.93, ""
    if relation.form.rule == "row" and relation.sentences:
        here |= _of_item(context, relation.sentences[0])
    subjects: list[Person] = []
    signed = date_of(relation, context)
    year = int(signed.value.edtf[:4]) if signed else 0
    document, _ = day_of_document(context)
    now = int(document[:4]) if document and is_main and not year else 0
    first = context.sentences[relation.sentences[0]].span if relation.sentences else (0, 0)
    is_more = bool(_ONE_MORE.search(context.form.words(first)))
    for place, sentence in enumerate(context.sentences):
        if place not in here and not (is_main and is_about(relation, context, place)):
            subjects = _subjects(people, sentence, context)
            continue
        if place not in here and is_more:
            continue
        if place not in here and _OF_EARLIER.match(context.form.words(sentence.span)):
            continue
        if place not in here and year and year not in _years_of(sentence, context, year):
            continue  # another paper of other days
        if place not in here and now and max(_years_of(sentence, context, now)) < now:
            continue  # what was signed in earlier years
        there = [p for p in people if sentence.span[0] <= p.span[0] < sentence.span[1]]
        finder = _korean if sentence.language == "ko" else _english
        found = [
            each
            for each in finder(sentence, there, people, context)
            if not (each[0].is_bracketed or each[0].is_signature)
            and (not is_past or _is_near(each[0], relation, context))
            and not _signs_another(each[0], relation, context)
        ]
        for person, rule, confidence, side in found:
            yield person, rule, confidence - (0 if place in here else 0.05), side
        # `이어 10일에는 … 시장과도 협약을 체결한다`: the subject is that of the sentence before.
        text = context.form.text
        is_open = sentence.language == "ko" and found and not is_past
        if is_open and all(_WITH.match(text[p.reach[1] :]) for p, _, _, _ in found):
            for person in subjects[:1]:
                yield person, "signatory-subject-before", 0.75, ""
        subjects = _subjects(people, sentence, context) or subjects


_BY_WHOM = re.compile(r"(?:(?:It\swas\s)?[Ss]igned\s)?[Bb]y\s")


def _of_item(context: Context, place: int) -> set[int]:
    """The sentences right behind that of an entry of a list, within the entry."""
    block = context.sentences[place].block
    behind = range(place + 1, min(place + 3, len(context.sentences)))
    return {at for at in behind if context.sentences[at].block == block}


def _signs_another(person: Person, relation: Relation, context: Context) -> bool:
    """Whether somebody signs a paper of a clause before: 군수가 의향서를 교환했던 나루시와."""
    between = context.form.text[person.reach[1] : relation.cue[0]]
    return len(between) < 200 and bool(_EARLIER_PAPER.search(between))


def _years_of(sentence: Sentence, context: Context, otherwise: int) -> set[int]:
    """The years of the dates of a sentence; one year where it has none."""
    years = {
        int(each.edtf[:4])
        for each in resolved_dates(context)
        if each.edtf and sentence.span[0] <= each.mention.span[0] < sentence.span[1]
    }
    return years or {otherwise}


def _subjects(people: tuple[Person, ...], sentence: Sentence, context: Context) -> list[Person]:
    """The people who are subjects of a Korean sentence: 박 시장은."""
    return [
        person
        for person in people
        if sentence.span[0] <= person.span[0] < sentence.span[1]
        and re.match(r"(?:은|는|이|가)\s", context.form.text[person.reach[1] :])
    ]


def _is_near(person: Person, relation: Relation, context: Context) -> bool:
    """Whether a person is said to have signed a paper of the past, by the words beside its name.

    `a memorandum signed by …`, `… signed a memorandum with …`, with the year in the sentence.
    """
    place = sentence_at(context, relation.cue[0])
    signed = date_of(relation, context)
    if place is not None and signed and signed.value.how == STATED:
        start, end = context.sentences[place].span
        before = context.form.text[max(start, relation.cue[0] - 25) : relation.cue[0]]
        is_dated = start <= signed.spans[0][0] < end
        if is_dated and re.search(r"\bsigned (?:an?|the|its) (?:[a-z-]+ ){0,2}$", before):
            return True
    text, here = context.form.text, sentence_at(context, person.span[0])
    if here is not None and relation.form.rule == "row":
        start = context.sentences[here].span[0]
        if _BY_WHOM.match(text, start, person.span[0]):
            return True
    cues = [relation.cue]
    if here is not None and here in relation.sentences:
        sentence = context.sentences[here]
        cues += [cue.span for cue in cues_in(text, sentence.span, sentence.language)]
    betweens = [text[end : person.reach[0]] for _, end in cues if end <= person.reach[0]]
    return any(len(between) < 130 and " by " in f"{between} " for between in betweens)


def _korean(
    sentence: Sentence, there: list[Person], people: tuple[Person, ...], context: Context
) -> Iterator[tuple[Person, str, float, str]]:
    start, end = sentence.span
    words = _QUOTED.sub(lambda match: " " * len(match.group()), context.form.text[start:end])
    verbs = list(_KO_SIGNS.finditer(words))
    if not verbs:
        return
    for pair in _KO_PAIR.finditer(words):
        if any(verb.start() > pair.end() for verb in verbs) and not there:
            yield from ((p, "signatory-pair", 0.85, "") for p in _named_before(people, start))
    for person in there:
        at = person.reach[1] - start
        verb = next((v for v in verbs if v.start() >= at), None)
        if verb is None:
            last = verbs[-1]
            between = words[last.end() : person.span[0] - start]
            if len(between) < 25 and re.match(
                r"(?:한|하는|하고 있는|할|한 뒤|한 후)?\s", words[last.start() + 2 :]
            ):
                yield person, "signatory-caption", 0.75, ""
            continue
        between = words[at : verb.start()]
        if not _KO_SUBJECT.match(words[at:]) or _KO_NOT.search(between):
            continue
        if re.match(r"\s?(?:의\s|[을를]\s대신)", words[at:]) or re.match(
            r"\s?\S*\s?시절", words[at:]
        ):
            continue
        is_met = re.match(r"[을를]\s", words[at:]) and any(
            p.span[0] - start > at and p.reach[1] - start <= verb.start()
            and _WITH.match(words[p.reach[1] - start :]) for p in there
        )  # fmt: skip
        if is_met:
            continue  # 성장을 만나 …했으며, 부성장과 … 서명했다
        if re.search(r"[했됐갖]다고?\s|다며\s", between) and "이날" not in between:
            continue
        side = ""
        if match := _KO_FOR.search(
            words[max(0, person.span[0] - start - 40) : person.span[0] - start]
        ):
            side = match["side"]
        yield person, "signatory-subject", 0.9, side


def _named_before(people: tuple[Person, ...], start: int) -> list[Person]:
    """The heads that `두 시장` or `the two mayors` stands for: the last ones named before."""
    before = [
        p
        for p in people
        if p.span[0] < start and not p.is_signature and not _NOT_HEADS.search(p.office)
    ]
    names: dict[str, Person] = {}
    for person in reversed(before):
        if start - person.span[0] < 500:
            names.setdefault(person.name, person)
    return list(names.values())[:2][::-1]


def _english(
    sentence: Sentence, there: list[Person], people: tuple[Person, ...], context: Context
) -> Iterator[tuple[Person, str, float, str]]:
    start, end = sentence.span
    words = _QUOTED.sub(lambda match: " " * len(match.group()), context.form.text[start:end])
    verbs = [v for v in _EN_SIGNS.finditer(words) if not _is_noun(words, v)]
    if not verbs:
        for person in there:
            ahead = words[: person.reach[0] - start]
            if _SIGNING_BETWEEN.search(ahead) or _SIGNING_BY.search(ahead):
                yield person, "signatory-subject", 0.85, ""
        return
    for pair in _EN_PAIR.finditer(words):
        verb = next((v for v in verbs if 0 <= v.start() - pair.end() < 60), None)
        if verb is None or _EN_NOT_BETWEEN.search(words[pair.end() : verb.start()]):
            continue
        before = [p for p in there if p.span[1] - start <= pair.start()]
        for person in before or _named_before(people, start + pair.start()):
            yield person, "signatory-pair", 0.85, ""
    if not there and _BY_PAIR.search(words):
        for person in _named_before(people, start):
            yield person, "signatory-pair", 0.85, ""
    for verb in verbs:
        if bare := _BARE_OFFICE.search(words[: verb.start()]):
            holders = [p for p in _named_before(people, start + bare.start())
                       if p.office.lower().endswith(bare[1].lower())]  # fmt: skip
            for person in holders[-1:]:
                if all(p.name != person.name for p in there):
                    yield person, "signatory-office", 0.75, ""
    for person in there:
        first, last = person.reach[0] - start, person.reach[1] - start
        if re.match(r"\s*,?\s*(?:said|says|told|added|noted|stated)\b", words[last:]):
            continue
        is_leader = _SIGNED_BY_LED.search(words[:first]) is not None
        signs_too = re.match(
            r"\s(?:would|will)\s(?:\w+ly\s)?sign\b|\s*,?\s+who (?:\w+ )?(?:re-?)?sign", words[last:]
        )
        if re.search(r"\b(?:said|says|added|told)\s+$", words[:first]) and not signs_too:
            continue
        if re.search(
            r"\b(?:attended by|witnessed by|presence of|accompanied by|led by|invitation of|"
            r"visit of|"
            r"visit by|made by|proposed by|proposal by|including|predecessor,?|behalf of|"
            r"representing)\s"
            r"(?:[^.;]{0,60}\band\s)?(?:the\s)?$",
            words[:first],
        ) and not is_leader:  # fmt: skip
            continue
        after = next((v for v in verbs if v.start() >= last), None)
        earlier = next((v for v in reversed(verbs) if v.end() <= first), None)
        found = False
        if after is not None:
            between = _WHO_IS.sub(" ", words[last : after.start()])
            found = not _EN_NOT_BEFORE.search(between) and not re.search(
                r"\b(?:who|which|that) (?:was|were|is|are)\b|;", between
            )
            if found and re.match(r"[’']s?\s", words[last:]):
                found = False
            if found and len(between) > 160:
                found = False
        found = found or is_leader or _SIGNING_BETWEEN.search(words[:first]) is not None
        if not found and earlier is not None:
            between = words[earlier.end() : first]
            if earlier.group().lower() == "signatories":
                between = between.replace(";", ",")
            found = (
                not _EN_NOT_BETWEEN.search(between)
                and bool(_EN_WITH.search(between))
                and len(between) < 220
            )
        if not found:
            continue
        side = ""
        both = _BEHALF_OF_BOTH.search(words)
        after_name = _FOR_SIDE.match(words, last)
        if after_name is not None and earlier is not None:
            side = after_name["side"]
        elif both is not None and len(there) == 2:
            side = both["one" if person.name == there[0].name else "two"]
        elif _BEHALF.match(words[last:]) and (match := _EN_FOR.search(words[last:][:90])):
            side = match["side"]
        elif after is not None and (match := _EN_FOR.search(words[after.end() :][:110])):
            other = next((p for p in there if p.span[0] - start > after.end()), None)
            if other is None or after.end() + match.start() < other.reach[0] - start:
                side = match["side"]
        yield person, "signatory-subject", 0.9, side


_FOR_SIDE = re.compile(
    r"\sfor\s(?:the\s)?(?:[Cc]ity\sof\s)?(?P<side>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2})(?=\sand\b|[.,;]|$)"
)
"""`signed by Mayor Berg for Oslo and Mayor Ruiz for Lima`."""
_WHO_IS = re.compile(r",\s(?:who|whose)\s[^,;.]{3,80},")
"""`Ada Berg, who was in Lima, signed it`: what is only added of a person."""


def _is_noun(words: str, verb: re.Match[str]) -> bool:
    """`the signing ceremony`, `at the signing`: no act of anybody."""
    if re.fullmatch(r"(?:re-?|co-?)?signing", verb.group(), re.I):
        return not re.match(r"\s+(?:the|an?|this|it|of the)\b", words[verb.end() :]) or bool(
            re.search(r"\b(?:the|after|for|to)\s+$", words[: verb.start()])
        )
    if verb.group().lower() in ("sign", "signs"):
        return bool(re.search(r"\b(?:a|the|as)\s+$", words[: verb.start()])) or bool(
            re.match(r"\s+post", words[verb.end() :])
        )
    return False


# --- Sides --------------------------------------------------------------------------------------


def _sides(
    signing: list[tuple[Person, str]],
    relation: Relation,
    context: Context,
    people: tuple[Person, ...],
) -> list[int | None]:
    """The party for which each signs: by what is said, by the kind of office, by what is left."""
    parties = [party.value for party in relation.parties]
    sides: list[int | None] = []
    elsewhere: set[int] = set()
    for person, said in signing:
        organisation = said or person.organisation or _organisation_elsewhere(person, people)
        if organisation and _english_words(organisation) <= _BODIES and organisation.isascii():
            organisation = ""  # Chairman of the County Commission: of which is not said
        side = _party_called(organisation, parties, context) if organisation else None
        if side is None and said:
            organisation = person.organisation
            side = _party_called(organisation, parties, context) if organisation else None
        if side is None and organisation and len(organisation) > 1:
            side = _ELSEWHERE
            if known_key(organisation):
                elsewhere.add(len(sides))
        sides.append(side)
    names = {person.name for person, _ in signing}
    claimed = {
        _party_called(other.organisation, parties, context)
        for other in people
        if other.organisation and other.name not in names and not _NOT_HEADS.search(other.office)
    }
    for i, (person, _) in enumerate(signing):
        if sides[i] is None:
            free = [p for p in range(len(parties)) if p not in sides]
            unclaimed = [p for p in free if p not in claimed] or free
            fitting = _fitting(person.office, parties, unclaimed)
            if len(fitting) == 1:
                sides[i] = fitting[0]
            else:
                sides[i] = _subject(person, relation, context, fitting or unclaimed)
    for i, side in enumerate(sides):
        free = [p for p in range(len(parties)) if p not in sides]
        # An unknown spelling of the only party that is left.
        is_left = len(free) == 1 and sides.count(side) == 1 and i not in elsewhere
        if is_left and (side is None or (side == _ELSEWHERE and len(signing) == len(parties))):
            sides[i] = free[0]
    return sides


def _organisation_elsewhere(person: Person, people: tuple[Person, ...]) -> str:
    """The organisation that the text gives for somebody in another place."""
    return next((p.organisation for p in people if p.name == person.name and p.organisation), "")


def _party_called(words: str, parties: list[Name], context: Context) -> int | None:
    """The party that words such as `서울`, `LA` or `City of Prague` name."""
    key = known_key(words)
    if key and key in (keys := [key_of(party) for party in parties]):
        return keys.index(key)
    scores = [max(_likeness(words, name) for name in _names(party, context)) for party in parties]
    best = max(scores, default=0)
    return scores.index(best) if best > 0 and scores.count(best) == 1 else None


def _names(party: Name, context: Context) -> list[str]:
    """The names of a party, with what the text puts in brackets behind them."""
    names = [party.text, party.label_en]
    for name in (party.text, party.label_en):
        at = context.form.text.find(name)
        while at >= 0:
            if short := _IN_BRACKET.match(context.form.text, at + len(name)):
                names.append(short[1])
            if longer := _LONGER.match(context.form.text, at + len(name)):
                words = f"{name}{longer.group()}".split()
                names.append("".join(word[0] for word in words))  # Oslo Metropolitan City: OMC
            at = context.form.text.find(name, at + len(name))
        initials = "".join(word[0] for word in name.split() if word[:1].isupper())
        if len(initials) > 1:
            names.append(initials)
    return list(dict.fromkeys(names))


def _likeness(words: str, name: str) -> float:
    if re.search(r"[가-힣]", words + name):
        one, two = _korean_key(words), _korean_key(name)
        if not one or not two:
            return 0
        if one == two:
            return 1 + 0.1 * (words == name)
        last = _korean_key(words.split()[-1])
        if last == two or (len(two) > 1 and last.startswith(two)) or one.startswith(two):
            return 0.8
        return 0.6 if len(one) > 1 and (two.endswith(one) or two.startswith(one)) else 0
    one_words, two_words = _english_words(words), _english_words(name)
    if not one_words or not two_words:
        return 0
    if one_words == two_words:
        return 1
    common = one_words & two_words
    if not common:
        return 0
    return len(common) / len(one_words | two_words)


def _korean_key(words: str) -> str:
    plain = _KO_SHORT.get(words, words)
    parts = plain.split()
    plain = parts[-1] if parts and len(parts[-1]) > 1 else plain.replace(" ", "")
    if plain.endswith(("인민정부", "정부")) and len(parts) > 1:
        plain = parts[-2]
    return _KO_SHORT.get(_KO_SUFFIX.sub("", plain) if len(plain) > 2 else plain, "") or (
        _KO_SUFFIX.sub("", plain) if len(plain) > 2 else plain
    )


def _english_words(words: str) -> frozenset[str]:
    return frozenset(
        word
        for part in _BOUND.split(words)
        if (word := part.lower()) and word not in _EN_WEAK_WORDS
    )


def _fitting(office: str, parties: list[Name], among: list[int]) -> list[int]:
    """The parties that an office can head: 군수 a 군, a mayor a city; by name before kind."""
    by_name = [
        place
        for place in among
        if any(
            of.search(office) and suffix.search(parties[place].text)
            for of, suffix in _OFFICE_OF_SUFFIX
        )
    ]
    kinds = next((kinds for of, kinds in _KIND_OF_OFFICE if of.search(office)), None)
    return by_name or [p for p in among if kinds is None or parties[p].kind in kinds]


def _subject(person: Person, relation: Relation, context: Context, among: list[int]) -> int | None:
    """The first party that the sentence names before a person, else the first of the document."""
    place = sentence_at(context, person.span[0])
    start = context.sentences[place].span[0] if place is not None else person.span[0]
    before = [
        (span[0] < start, span[0], party)
        for party in among
        for span in spans_of_parties(relation, context)[party]
        if span[1] <= person.span[0]
        and not (span[0] >= start and _PARTNER.search(context.form.text, start, span[0]))
    ]
    first = min(before, default=None)
    if (
        first is not None
        and first[0]
        and _BARE_HEAD.search(context.form.text, start, person.span[0])
    ):
        return among[0]  # the owner of the document comes first among its parties
    return first[2] if first else None


_PARTNER = re.compile(r"\b(?:with|in|at)\s(?:the\s)?(?:[Cc]ity\sof\s)?$")
"""`A letter was signed with Lima by the Mayor`, `in Lima by the Mayor`: he isn't that of Lima."""
_BARE_HEAD = re.compile(
    r"\b(?:(?:[Tt]he|[Oo]ur)\s(?:then\s)?(?:(?:[Vv]ice|[Dd]eputy|[Ll]ord)[-\s])?"
    r"(?:[Mm]ayors?|[Gg]overnors?|[Cc]hair\w*|[Pp]resident),|by\s(?:then\s)?(?:Mayor|Governor))\s(?:\w+\.?\s)?$"
)
"""`the Mayor, Ada Berg`, of whose city nothing is said."""

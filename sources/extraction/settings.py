"""Where and how the paper of a relation is signed, its legal force and its languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citypact.sources.extraction.dates import GOES_ON, is_ahead
from citypact.sources.extraction.lexicon import lexicon
from citypact.sources.extraction.model import Context, Drafted, Relation, Sentence, Status
from citypact.sources.extraction.parties import is_about, kept
from citypact.sources.extraction.sentences import is_of_council, sentence_at
from citypact.sources.model import Span

IN_PERSON, ONLINE = "in_person", "online"

_SIGNING = re.compile(
    r"체결|서명|맺[었는고을어은]|조인|협[약정]식|결연|MOU|협약을|sign|inked|singed|sealed|conclu|"
    r"ceremony|agreement|memorand|"
    r"entered into|pact|accord|penned|declaration|put (?:his|her|their) (?:name|pen)|"
    r"^\W*(?:Dated|Done)\b",
    re.I,
)
_ONLINE = re.compile(
    r"온라인|화상|비대면|원격|언택트|줌\(|영상회의(?!실)|영상 회의|영상으로|"
    r"\b(?:online|virtual(?:ly)?|video ?(?:-|\s)?conferenc\w*|video ?call|video ?-?link|remotely|"
    r"remote\s(?:signing|ceremony|meeting|event)|"
    r"Zoom|webinar|teleconferenc\w*|via video)\b",
    re.I,
)
_NOT_ONLINE = re.compile(
    r"온라인\s?(?:플랫폼|판매|마케팅|교육|수출|쇼핑|교류|시장|강의|상담|콘텐츠|홍보|몰|수업|사업|"
    r"유통|학습|서비스|개최|전시|기반)|"
    r"화상\s?(?:상담|교육|강의|수업|환자)|비대면\s?(?:교류|방식의 교류|산업|사업|서비스|교육)|"
    r"대면[·‧・]비대면|"
    r"online (?:space|platform|course|education|market|tool|portal|training|service|learning|"
    r"sales|shop)|"
    r"virtual (?:exchange|reality|tour|learning|classroom|education|visit)|"
    r"remote(?:ly)? (?:sensing|learning|medical|work)",
    re.I,
)
_OCCASION = re.compile(
    rf"{_SIGNING.pattern}|기념식|행사|(?:online|virtual) (?:event|ceremony)", re.I
)
_ADMINISTRATIVE = re.compile(r".(?:시|군|구|도|현|성|주)$")
_APART = re.compile(
    r"축사|메시지|축하 영상|\b(?:messages?|greetings?|register|in person|remarks|watch\w*)\b", re.I
)
_KO_PLACE = re.compile(
    r"(?P<place>(?:[가-힣A-Za-z0-9·‘’'&()-]+\s){0,4}?[가-힣A-Za-z0-9·‘’'&()-]*"
    r"(?:시청사?|군청|구청|도청|청사|호텔|회의실|센터|회관|홀|관|궁|본사|본점|사무국|대학교?|"
    r"행사장|체결식장|컨벤션|엑스코|"
    r"벡스코|코엑스|킨텍스|타워|공관|대사관|영빈관|접견실|집무실|상황실|컨퍼런스룸|룸|센트럴|"
    r"시의회|대강당|강당|광장|공원|"
    r"캠퍼스|연구원|리조트|빌딩|박물관|미술관|스튜디오|"
    r"플라자))\s?(?:\d층\s?)?(?P<more>[가-힣A-Za-z0-9]*(?:실|홀|룸))?에서"
)
_KO_CITY_PLACE = re.compile(r"(?P<place>[가-힣]{2,12}(?:시|군|구|도|현|성)?)\s?(?:현지)?에서\s")
_EN_PLACE = re.compile(
    r"\b(?:[Aa]t|[Ii]n|inside)\s+(?P<place>(?:the\s+)?(?:\d{4}\s+)?(?:[A-Z][\w’'.&-]*)(?:[ ,]+"
    r"(?:of\s+|the\s+)?[A-Z][\w’'.&-]*){0,7})"
)
_EN_OFFICE_PLACE = re.compile(
    r"\b(?:at|in) (?P<place>(?:the|its|his|her|their) (?:[A-Z]\w+ )?"
    r"(?:headquarters|offices?|city hall|town hall|"
    r"[a-z]+ (?:office|hall|hotel|palace|residence|museum))(?: of (?:the )?[A-Z]\w+)?)"
)
_SIGNED_AT = re.compile(
    r"\b(?:sign\w*|singed)\b(?:(?!creat|develop|possible|[Ee]mbass)[^.,;]){0,85}$"
)
_SIGNED_THERE = re.compile(r"\b(?:signed|inked|concluded|singed|penned|sealed)\b")
_CLOSED_AT = re.compile(r"^\W*(?:Signed|Done|Dated|Executed|Made)\b[^.]{0,40}$")
_EN_VENUE = re.compile(
    r"\b(?:Hall|Palace|Hotel|Center|Centre|House|Room|Building|Office|Chambers?|Museum|University|"
    r"Secretariat|Embassy|Tower|Library|Theat(?:er|re)|Park|Plaza|Headquarters|Campus|Square)\b"
)
_CEREMONY = re.compile(
    r"체결식|협[약정]식|조인식|서명식|결연식|기념촬영|기념 촬영|한자리|이 자리에서|"
    r"\bsigning (?:ceremony|event)|\bceremony\b|\bin person\b|\bsigning took place\b|"
    r"\bon the occasion of\b|\bon the (?:sidelines|margins) of\b|\bwitnessed by\b|"
    r"\b(?:signed|inked|concluded)\b[^.;]{0,120}\b"
    r"(?:in the presence of\b|agreement here\b|understanding here\b|here on [A-Z]\w+day\b)|"
    r"\bat (?:the|an) (?:event|forum|meeting|summit)\b[^.]{0,80}\bsign|"
    r"\bmet\b[^.]{0,80}\bsign",
    re.I,
)
_SIGNS = re.compile(
    r"체결|서명|맺[었는고을어은]|조인|\b(?:re-?)?sign(?:ed|s|ing)?\b|\binked\b|\bsinged\b|"
    r"\bsealed\b"
)
_MEETING = re.compile(
    r"악수|회담|면담|만나|방문에서|접견|영접|에서 열린|방문해|방문하|방문한|초청|대표단|방문단|"
    r"찾아|참석|"
    r"참가해|"
    r"\bheld (?:talks|a (?:working )?(?:session|meeting))\b|"
    r"\bmet\b|\bmeeting\b|\bvisit(?:ed|s|ing)?\b|\bdelegation\b|\bhosted\b|\btravel\w* to\b",
    re.I,
)
_VENUE_BY_LABEL = re.compile(r"(?:체결|서명|조인)\s?장소\s?:\s?(?P<place>[^\n)]{2,40})")
_NOT_BINDING = re.compile(
    r"(?:법적(?:으로|인)?\s?(?:구속력|효력|책임|의무|권리)[^.\n]{0,40}?(?:없|않|아니|지지|배제)|"
    r"구속력이 없|"
    r"법적 구속력을 (?:갖|가지)지|"
    r"(?:does|do|shall|will|is|are|not intended to|nor)\b[^.\n]{0,15}\b(?:not|nor|"
    r"no)?\b[^.\n]{0,60}"
    r"\b(?:legal(?:ly)?[- ]bind\w*|legal obligations?|legal(?:ly)? (?:rights|enforce\w*)|"
    r"obligations? (?:that (?:is|are) |which (?:is|are) )?(?:legally )?binding|"
    r"binding (?:obligation|effect|force)\w*)|"
    r"\bnon-?\s?(?:legally\s)?-?binding\b|\bno(?:t|thing)?\b[^.\n]{0,70}\blegal(?:ly)?[- ]bind\w*|"
    r"\bwithout (?:any )?legal(?:ly)? (?:binding|force|effect|obligation)|"
    r"\bnot (?:a )?legally binding)",
    re.I,
)
_NEGATION = re.compile(
    r"없|않|아니|배제|\b(?:not|no|non|nor|nothing|without|neither|never)\b|\bnon-?", re.I
)
_OF_FORCE = re.compile("법적|구속력|[Bb]ind|[Ll]egal|BIND|LEGAL")
"""Without one of these no sentence says whether a paper binds: looked for first, since faster."""
_BINDING = re.compile(
    r"법적\s?구속력(?:을|이)\s?(?:갖는다|가진다|있다|있는)|\b(?:is|are|shall be) legally binding\b",
    re.I,
)
_LANGUAGES = {
    "Korean": "ko", "한국어": "ko", "국문": "ko", "한글": "ko", "국어": "ko",
    "English": "en", "영어": "en", "영문": "en",
    "Chinese": "zh", "중국어": "zh", "중문": "zh", "Japanese": "ja", "일본어": "ja", "일문": "ja",
    "French": "fr", "프랑스어": "fr", "불어": "fr", "German": "de", "독일어": "de",
    "Spanish": "es", "스페인어": "es", "서반아어": "es", "Portuguese": "pt", "포르투갈어": "pt",
    "Russian": "ru", "러시아어": "ru", "노어": "ru", "Vietnamese": "vi", "베트남어": "vi",
    "Mongolian": "mn", "몽골어": "mn", "Turkish": "tr", "튀르키예어": "tr", "터키어": "tr",
    "Arabic": "ar", "아랍어": "ar", "Italian": "it", "이탈리아어": "it",
    "Thai": "th", "태국어": "th",
    "Indonesian": "id", "인도네시아어": "id", "Uzbek": "uz", "우즈베크어": "uz",
    "Ukrainian": "uk", "우크라이나어": "uk", "Polish": "pl", "폴란드어": "pl", "Dutch": "nl",
    "네덜란드어": "nl", "Hungarian": "hu", "헝가리어": "hu", "Khmer": "km", "크메르어": "km",
}  # fmt: skip
_LANGUAGE = re.compile(
    r"(?:\b(?:Korean|English|Chinese|Japanese|French|German|Spanish|Portuguese|Russian|Vietnamese|"
    r"Mongolian|Turkish|Arabic|Italian|Thai|Indonesian|Uzbek|Ukrainian|Polish|Dutch|Hungarian|"
    r"Khmer)\b"
    rf"|{'|'.join(word for word in _LANGUAGES if not word.isascii())})"
)
_PAPER_LANGUAGES = re.compile(
    r"각\s?\S{0,3}부|\d\s?[부통]|작성|정본|동등|동일한 효력|서명|"
    r"\b(?:duplicate|authentic|copies|originals?|languages?|versions?|texts?|signed in|written|"
    r"done in|"
    r"produced|prepared|same effect|equally)\b",
    re.I,
)


@kept
def place_of(relation: Relation, context: Context) -> Drafted[str] | None:
    """Where the paper is signed, in the words of the text; the longest name of a venue first."""
    if labelled := _labelled_place(relation, context):
        return labelled
    if relation.status.value == Status.PAST:
        return None
    found: list[tuple[int, int, Span]] = []
    for order, sentence in enumerate(_scope(relation, context)):
        start, end = sentence.span
        words = context.form.text[start:end]
        if not _SIGNING.search(words):
            continue
        for rank, span in _places(words, sentence.language):
            found.append((rank, order, (start + span[0], start + span[1])))
    if not found:
        return None
    rank, _, span = min(found)
    return Drafted(context.form.words(span), (span,), 0.8 if rank == 0 else 0.6, "place-at")


def _places(words: str, language: str) -> Iterator[tuple[int, Span]]:
    """Places in a sentence: 0 for a venue, 1 for a city in which something happens."""
    if language == "ko":
        for match in _KO_PLACE.finditer(words):
            yield 0, _venue(words, match)
        for match in _KO_CITY_PLACE.finditer(words):
            place = match["place"]
            if not _ADMINISTRATIVE.search(place) and place not in lexicon().korean:
                continue  # 분야에서
            if _SIGNING.search(words[match.end() : match.end() + 60]):
                yield 1, match.span("place")
        return
    if office := _EN_OFFICE_PLACE.search(words):
        yield 0, office.span("place")
    for match in _EN_PLACE.finditer(words):
        place = match["place"].rstrip(" ,.")
        span = (match.start("place"), match.start("place") + len(place))
        if re.match(
            r"(?:the )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Fall|"
            r"Winter|"
            r"Korean|English|Mayor|Governor|Chinese|Japanese|U\.S|[A-Z]{2,}U\b)",
            place,
        ):
            continue
        if _EN_VENUE.search(place):
            yield 0, span
        elif (
            (match.group().lower().startswith("at ") and _SIGNS.search(words))
            or _CLOSED_AT.search(words[: match.start()])
            or _SIGNED_AT.search(words[: match.start()])
            or (not words[: match.start()].strip() and _SIGNED_THERE.search(words, match.end()))
        ):
            yield 1, span


def _venue(words: str, match: re.Match[str]) -> Span:
    """The words of a venue without those of the sentence before it."""
    start, end = match.start("place"), match.end() - len("에서")
    tokens = list(re.finditer(r"\S+", words[start:end]))
    first = len(tokens) - 1
    while first > 0:
        word = tokens[first - 1].group()
        if re.search(
            r"(?:은|는|이|가|을|를|과|와|도|고|며|일|시|분|전|후|간|에|인|한|로|해)$", word
        ) and not re.search(r"(?:[가-힣]{2,}시)$", word):
            break
        if re.search(r"\d", word) or word[:2] in ("최근", "이날", "각각", "오전", "오후"):
            break
        first -= 1
    return start + tokens[first].start(), end


def mode_of(relation: Relation, context: Context) -> Drafted[str] | None:
    """`online` where words say so of the signing; `in_person` where it has a place or a meeting.

    None for what was concluded before and where nothing is said: a text that tells of a signed
    paper alone leaves it open.
    """
    if labelled := _labelled_place(relation, context):
        return Drafted(IN_PERSON, labelled.spans, 0.8, "mode-place")
    if relation.status.value != Status.MAIN:
        return None
    scope = list(_scope(relation, context))
    for sentence in scope:
        words = context.form.words(sentence.span)
        for match in _ONLINE.finditer(words):
            around = words[max(0, match.start() - 12) : match.end() + 14]
            far = 110 if sentence.language == "en" else 70
            near = words[max(0, match.start() - far) : match.end() + 70]
            if _NOT_ONLINE.search(around) or not _OCCASION.search(near) or _APART.search(near):
                continue
            return _mode(
                ONLINE, sentence.span[0] + match.start(), match.group(), 0.92, "mode-online"
            )
    for sentence in scope:
        words = context.form.words(sentence.span)
        if met := _ceremony(words, sentence, relation, context):
            return _mode(
                IN_PERSON, sentence.span[0] + met.start(), met.group(), 0.85, "mode-ceremony"
            )
    place = None if is_of_council(context) else place_of(relation, context)
    if place:
        return Drafted(IN_PERSON, place.spans, 0.85, "mode-place")
    return None


def _ceremony(
    words: str, sentence: Sentence, relation: Relation, context: Context
) -> re.Match[str] | None:
    """Words for a ceremony, or for a meeting in a sentence of signing.

    Where the signing is still to come, a meeting counts only in the sentence that says so.
    """
    if match := _CEREMONY.search(words):
        return match
    if is_of_council(context):
        return None  # the meeting of a council is none of the parties
    asserting = {context.sentences[place].span for place in relation.sentences}
    if sentence.span not in asserting and is_ahead(relation, context):
        return None
    is_scene = sentence.span in _scene(relation, context) or _SIGNS.search(words)
    return _MEETING.search(words) if is_scene else None


def _scene(relation: Relation, context: Context) -> set[Span]:
    """The sentences right before and behind the one that asserts a relation, where they go on."""
    if not relation.sentences:
        return set()
    place = relation.sentences[0]
    block = context.sentences[place].block
    return {
        context.sentences[at].span
        for at in (place - 1, place + 1)
        if 0 <= at < len(context.sentences)
        and abs(context.sentences[at].block - block) <= (at > place)
    }


def _labelled_place(relation: Relation, context: Context) -> Drafted[str] | None:
    """The place that a list gives for an entry: 체결장소 : 가람시."""
    for place in relation.sentences:
        for at in (place, place + 1):
            if at >= len(context.sentences):
                continue
            sentence = context.sentences[at]
            if match := _VENUE_BY_LABEL.search(context.form.text, *sentence.span):
                return Drafted(match["place"].strip(), (match.span("place"),), 0.9, "place-label")
    return None


def _mode(mode: str, start: int, words: str, confidence: float, rule: str) -> Drafted[str]:
    return Drafted(mode, ((start, start + len(words)),), confidence, rule)


def legal_force_of(relation: Relation, context: Context) -> Drafted[bool] | None:
    """Whether the paper binds, by what the text says in words; None where it says nothing."""
    if relation.status.value != Status.MAIN:
        return None
    text = context.form.text
    for sentence in context.sentences:
        words = text[slice(*sentence.span)]
        if not _OF_FORCE.search(words):
            continue
        match = _NOT_BINDING.search(words)
        if match and _NEGATION.search(match.group()):
            return Drafted(False, (_within(sentence, match),), 0.95, "not-binding")
        if match := _BINDING.search(words):
            return Drafted(True, (_within(sentence, match),), 0.8, "binding")
    return None


def languages_of(relation: Relation, context: Context) -> tuple[Drafted[str], ...]:
    """The languages in which the paper is made out, as codes of ISO 639-1, each once."""
    if relation.status.value != Status.MAIN:
        return ()
    found: dict[str, Drafted[str]] = {}
    for sentence in context.sentences:
        words = context.form.words(sentence.span)
        if not _PAPER_LANGUAGES.search(words) or not _SIGNING.search(words + " sign"):
            continue
        matches = list(_LANGUAGE.finditer(words))
        if not matches or not re.search(
            r"각\s?\S{0,3}[부통]|[부통]을?\s|작성|정본|효력|\b(?:duplicate|authentic|copies|"
            r"originals?|"
            r"produced|same effect|languages?|versions?|signed,? in|written in|done)\b",
            words,
        ):
            continue
        for match in matches:
            code = _LANGUAGES[match.group()]
            found.setdefault(
                code, Drafted(code, (_within(sentence, match),), 0.85, "language-of-paper")
            )
    return tuple(found.values())


def _goes_on(relation: Relation, context: Context, place: int) -> bool:
    """Whether the sentence behind a place asserts the relation as one more of the same occasion."""
    if not relation.sentences or place != relation.sentences[0] - 1:
        return False
    return bool(GOES_ON.match(context.form.words(context.sentences[place + 1].span)))


def _within(sentence: Sentence, match: re.Match[str]) -> Span:
    return sentence.span[0] + match.start(), sentence.span[0] + match.end()


def _scope(relation: Relation, context: Context) -> Iterator[Sentence]:
    """The sentences about a relation: those that speak of it, the next ones, then all others."""
    order = list(dict.fromkeys(relation.sentences))
    cue = sentence_at(context, relation.cue[0])
    if cue is not None and cue not in order:
        order.insert(0, cue)
    if relation.status.value == Status.MAIN:
        order += [
            place
            for place in range(len(context.sentences))
            if place not in order
            and (is_about(relation, context, place) or _goes_on(relation, context, place))
        ]
    for place in order:
        yield context.sentences[place]

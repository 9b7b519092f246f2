"""What the parties of an agreement will work on: topics of the scheme, each with its phrase.

Topics come from what the parties will do: fields named in the sentences that conclude the
agreement, lists of fields, and what is promised. What a text tells of a city (`the tourist city`)
or of its offices (`the Ministry of Environment`) is none. A word of the text becomes a topic by the
labels of the scheme and the words of `topic_words.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.model import Context, Drafted, Relation, Status
from citypact.sources.extraction.topic_scheme import topic_scheme
from citypact.sources.model import Span

AROUND = 40
"""How many characters before the name of an earlier paper may say what it is about."""

# --- Words and topics ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TopicWords:
    """Which topics words mean, and what finds the words, longest first.

    pattern: on text in small letters. capitals: on the text as it is, for `IT` and the like.
    """

    topics: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]
    capitals: re.Pattern[str] | None = None

    def find(self, text: str) -> list[tuple[str, Span]]:
        """The words in a text that mean topics, with their spans, in order and apart."""
        found = [(match.group(), match.span()) for match in self.pattern.finditer(_small(text))]
        if self.capitals is not None:
            for match in self.capitals.finditer(text):
                if not any(s < match.end() and match.start() < e for _, (s, e) in found):
                    found.append((match.group(), match.span()))
        return sorted(found, key=lambda each: each[1])

    def of(self, words: str) -> tuple[str, ...]:
        """The topics of words that the pattern found; in English also of their plural."""
        key = _key(words)
        singular = next((k for k in (key[:-1], key[:-2]) if k in self.topics), "")
        return self.topics[key] if key in self.topics else self.topics.get(singular, ())


_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def _small(text: str) -> str:
    """A text with Latin letters made small, each in its place."""
    return text.translate(_SMALL)


def _key(words: str) -> str:
    return re.sub(r"[\s·ㆍ․‧・▪-]+", "", words).lower()


@cache
def topic_words() -> tuple[TopicWords, TopicWords]:
    """The words of Korean and of English: those of the scheme, and over them our own table."""
    tables: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    words: tuple[set[str], set[str]] = (set(), set())

    def add(label: str, topics: tuple[str, ...]) -> None:
        side = 0 if re.search("[가-힣]", label) else 1
        tables[side][_key(label)] = topics
        words[side].add(label)

    for topic, labels in topic_scheme().labels.items():
        for label, _ in labels:
            add(label, (topic,))
    with (Path(__file__).parent / "topic_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            add(row["words"], tuple(f"topic:{each}" for each in row["topics"].split("|") if each))
    korean, english = (sorted(each, key=lambda w: (-len(w), w)) for each in words)
    return (
        TopicWords(tables[0], re.compile("|".join(_spaced(_small(word)) for word in korean))),
        TopicWords(
            tables[1],
            _english(_small(word) for word in english if not word.isupper()),
            _english(word for word in english if word.isupper()),
        ),
    )


_PARTS_OF_OTHERS = (
    "도로 방역 조선 정원 수소 하천 화재 어업 여성 인권 보육 연수 자문 게임 만화 주거 복구 지진"
)
_PARTS = frozenset(_PARTS_OF_OTHERS.split())
"""Words that are also made of the end and the beginning of others: 별도로, 지방역량."""


def _spaced(words: str) -> str:
    """A Korean term in which a space or a dot may stand or not."""
    if words in _PARTS:
        return rf"(?<![가-힣]){words}"
    return r"[\s·ㆍ․‧・▪]?".join(map(re.escape, re.split(r"[\s·ㆍ․‧・▪]+", words)))


def _english(words: Iterable[str]) -> re.Pattern[str]:
    """English terms as whole words, with or without plural."""
    terms = (r"[\s-]".join(map(re.escape, re.split(r"[\s-]", word))) for word in words)
    return re.compile(rf"\b(?:{'|'.join(terms)})(?:s|es)?\b", re.ASCII)


# --- What is no topic ---------------------------------------------------------------------------

_KOREAN_NAMES = re.compile(
    r"[가-힣A-Za-z0-9·]*(?:부시장|부지사|국장|실장|과장|본부장|장관|차관|위원장|위원회|위원|재단|공사|진흥원|협회|"
    r"회관|체육관|경기장|대학교|대학원|연구원|연구소|박물관|미술관|은행|청장|교육감|교육청|교육지원청|단장|총장|"
    r"고등학교|중학교|초등학교|총회|기금|센터|회의실|청사|올림픽|엑스포|관광부|문화부|교육부|환경부|산업부|외교부|교통부|건설부|특구|"
    r"항만청|관광청|교통청|개발청|무역청|자매도시|우호도시|상공회의소|평화의\s?소녀상|국제공항|대사관|영사관|담당관|기획관|비서관|자치행정)"
    r"|[가-힣]{3,}(?:축제|박람회|페스티벌|문화제|포럼)|[가-힣]{2,}(?:과|팀|부서)(?=\s?(?:직원|관계자|담당|주무관))"
    r"|(?:관광|경제|문화|교육|산업|항만|항구|물류|교통|금융|디지털|환경|국제|세계|예술|휴양|해양|학술|역사|첨단|행정)[\s·]?"
    r"(?:중심|거점|대표|최대|유명)?\s?(?:도시|중심지|허브|강국|수도|명소|요충지|도시인)"
)
_ENGLISH_NAMES = re.compile(
    r"\b(?:Ministry|Minister|Department|Bureau|Office|Division|Committee|Secretary|Director|"
    r"Commission|Institute|University|Faculty|School|Vice Mayor|Deputy Mayor|Chamber)\s(?:of|for)\s"
    r"(?:the\s)?(?:[A-Z][\w&-]*(?:,\s|\s(?:and|of|for|the)\s|\s)?)+"
    r"|\b(?:[A-Z][\w&'’-]*\s(?:(?:and|of|for|&)\s)?)+(?:Ministry|Department|Bureau|Office|Division|"
    r"Committee|Commission|Institute|University|Council|Forum|Summit|Museum|Hall|Center|Centre|Park|"
    r"Agency|Corporation|Authority|Association|Foundation|Bank|School|College|Airport|Festival|Games|"
    r"Organization|Organisation|Company|Group|Conference|Expo|Port|Federation|Network|Program|"
    r"Programme|Street|River|Harbor|Harbour|Station|Palace|Plaza|Building|Award|Week|Day)\b"
    r"|\bPort of [A-Z]\w+"
    r"|\b(?:port|tourist|tourism|cultural|economic|industrial|financial|technology|business|green)"
    r"\s(?:city|cities|capital|hub|centre|center|powerhouse)\b"
    r"|\b(?:green light|red tape|state of the art|in the field|art of|data protection)\b"
)

_LETTERS = (re.compile("[가-힣]"), re.compile("[A-Za-z]{2}"))
_NAMES = (_KOREAN_NAMES, _ENGLISH_NAMES)

_SHARED_WORDS = """
인프라 산업 기술 교육 연구 행정 개발 건설 데이터 디지털 infrastructure industry industries
technology technologies education research administration governance development data
"""
_HEADS = frozenset(_SHARED_WORDS.split())
"""Words that say no more of a topic when they stand right behind another."""
_SHARING = (
    (
        "topic:policy-sharing",
        re.compile(
            r"(?:우수\s?)?(?:정책|시책|사례)\s?(?:경험)?(?:들?을|의|와|과|·|ㆍ|\s|노하우|경험|상호|적극|서로|활발히)*(?:공유|나누|나눈|교환|전수|교류)|"
            r"(?i:(?:shar|exchang)(?:e|es|ing)\s(?:of\s)?(?:[a-z-]+\s){0,4}(?:best\s|good\s)?(?:practices|policies))"
        ),
    ),
    (
        "topic:knowledge-sharing",
        re.compile(
            r"(?:경험|노하우|지식|정보|자료)(?:들?을|의|와|과|·|ㆍ|\s|상호|적극|서로|활발히)*(?:공유|나누|나눈|교환|전수)|"
            r"(?i:(?:shar|exchang|pool)(?:e|es|ing)\s(?:of\s)?(?:[a-z-]+\s){0,3}(?:solutions|experiences?|"
            r"knowledge|know-how|information|insights|ideas|data))"
        ),
    ),
)
"""What is shared, and that it is."""

# --- Where topics stand -------------------------------------------------------------------------

_MARKS = re.compile(r"[△▲▴▵▷▶▪■□◦•●○①-⑳❶-❿]|(?<![\w.])(?:\(?\d{1,2}\)|[a-h]\))(?=\s?\D)")
_PAPER = (
    r"(?:양해각서|업무\s?협약|업무\s?협정|협약|협정|MOU|의향서|협의서|합의서|합의문|각서|LOI|약정|자매결연|결연|선언문?|"
    r"비망록)"
)
_KOREAN_PAPER = re.compile(_PAPER)
_KOREAN_ABOUT = re.compile(
    r"([^,.\n]{2,50}?)\s?"
    r"(?:(?:을|를)\s?위한|에\s?관한|에\s?대한|관련|분야|협력|교류|증진|활성화|촉진|구축)[^,.\n]{0,14}$"
)
"""What stands before the name of a paper, and the words that lead to it."""
_KOREAN_FORMER = re.compile(r"\d{4}년|지난|기존|앞서|이미|[맺체][었결]했?던|당시")
"""That a paper is an earlier one."""
_KOREAN_FIELDS = re.compile(
    r"분야|부문|영역|방면|면에서|등의?\s?(?:상호\s|우호\s)?(?:교류|협력)|"
    r"등(?:에서|에)\s[^.,]{0,10}(?:교류|협력|공유|추진)"
)
"""What stands behind fields of cooperation."""
_LONGEST_FIELDS = 140
_KOREAN_COOPERATION = re.compile(
    "협력|교류|협조|지원|공유|추진|강화|확대|도모|증진|발전|손잡|힘을|약속|합의|뜻을|모색|개최|노력|활성화"
)
_KOREAN_TOGETHER = re.compile("협력|교류|관계|함께|동반자")
_KOREAN_PROMISE = re.compile(
    r"기로\s?(?:했|하|합의|약속|뜻|의견|협의|결정)|키로\s?(?:했|하|합의)|(?:협력|추진|지원|교류|공유|강화|확대|운영|개최|"
    r"파견|진행|모색|도모|노력|실시|나누|개설|조성|마련|검토|시작|전개|활용|구축)(?:한다|해\s?나간다|하고|할\s(?:예정|계획|방침|"
    r"것)|[하케게]\s?된?[한된]다|도록\s?한다|해\s?나갈|하며|해야|할\s수|된다|될\s)|나선다|나서기로|힘을\s?(?:모|합)|손(?:을\s?)?잡|돕는다|약속했다|"
    r"^(?:앞으로\s|또한?\s)?(?:양|두|세)\s?(?:도시|기관|시|군|구|지역|측|자치단체|지자체|단체)(?:는|은|가|이)\s|"
    r"(?:내용|골자|주요\s?내용)(?:은|으로|이다)|나눈다|늘린다|넓힌다|연다|(?:하|되)기\s?위한|담(?:겼|았|고)"
)
_KOREAN_SAID = re.compile(
    r"[“\"‘'][^“”\"]{12,}[”\"’'](?:이?라?고|며|면서)|(?:라|다)(?:고|며|면서)\s[^.]{0,20}(?:말했|소개|전했|강조|기대|평가)"
)
_KOREAN_PAST = re.compile(
    r"(?:19|20)\d\d년.{0,40}(?:이후|이래|부터|뒤).{0,80}(?:왔다|해왔|하고\s?있다|이어|진행해)|"
    r"(?:19|20)\d\d년.{0,120}(?:이어오고|해오고|해\s?온|이어\s?왔)|그동안|지금까지|한편"
)
_ENGLISH_FIELDS = re.compile(
    r"\b(?:(?:in|on|of|to|across|into|for|within)\s)?(?:the\s|such\s|various\s|many\s|several\s|numerous\s|key\s|"
    r"following\s|these\s|other\s|a range of\s|wide\s|\w+\s){0,4}"
    r"(?:areas?|fields?|sectors?|domains?|topics|issues|spheres|matters|themes)\b"
    r"|\b(?:co-?operation|collaboration|exchanges)\s(?:in|on)\s"
)
_ENGLISH_COOPERATION = re.compile(
    r"(?i)\b(?:co-?operat\w+|collaborat\w+|exchang\w+|partner\w*|relations?(?:hip)?s?|ties|work(?:ing)?\s"
    r"(?:more\s)?(?:together|closely|jointly)|shar(?:e|ing)|promot\w+|strengthen\w*|support\w*|develop\w*|foster\w*|"
    r"enhanc\w+|encourag\w+|facilitat\w+|advanc\w+|boost\w*|expand\w*|deepen\w*|improv\w+|focus\w*|explor\w+|"
    r"areas?|fields?|sectors?|initiatives?|projects?|programs?|programmes?|agreement|memorandum|MOU|MoU|pact|"
    r"learn|help|joint(?:ly)?|cover\w*|includ\w+|build\w*|at (?:its|the|their) (?:heart|core))\b"
)
_ENGLISH_PAPER = re.compile(
    r"(?i)(?:[\w-]+\s){0,3}(?:memorandum|agreement|MOU|pact|partnership|declaration|cooperation|ties)"
    r"(?:\s(?:of\s\w+\s)?(?:on|for|to|in)\s.*)?"
)
_ENGLISH_PROMISE = re.compile(
    r"(?i)\b(?:will|shall|agree[ds]?|agreement|aim(?:s|ed|ing)?|seeks?|commit(?:s|ted|ment)?|plans?|"
    r"intend(?:s|ed)?|pledge[sd]?|memorandum|MOU|pact|accord|deal|document|declaration|"
    r"letter of intent|calls? for|would be|provides? for|encourages?|foresees?|envisag\w+|"
    r"may|hopes?|wants?|"
    r"wish(?:es)?|desires?|vow(?:ed|s)?|to\s(?:strengthen|promote|cooperate|collaborate|enhance|"
    r"share|boost|foster|develop|expand|deepen|facilitate|encourage|explore|advance|work))\b"
)
_ENGLISH_SAID = re.compile(r"[“\"][^“”\"]{25,}[”\"]")
_ENGLISH_OTHER = re.compile(
    r"(?i)^(?:the|this|its|a)\s(?:\w+\s){0,2}(?:forum|summit|conference|festival|expo|plan|exhibition|event)\s"
    r"|\bbegan\s\w+ing\b"
)
"""Sentences about something else than the agreement."""
_ENGLISH_FACTS = re.compile(
    r"(?i)\b(?:is home to|known (?:for|as)|population|largest|capital of|famous|founded in|ranked|"
    r"was born|has been|have been|since (?:19|20)\d\d(?!,)|in the past|awarded)\b"
)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words that may name topics, and the rule that says so."""

    span: Span
    rule: str


def topics_of(
    relation: Relation, context: Context, others: Sequence[Relation] = ()
) -> tuple[Drafted[str], ...]:
    """The topics of an agreement, in the order of the text; each once, with all its phrases.

    For what a document is about all sentences that promise something count, for another agreement
    only the words around those that name its paper. others: the relations of the document; where it
    is about several, a sentence speaks of the one whose parties it names, else of the last named.
    """
    if _is_subject(relation, others):
        sentences = _own_sentences(relation, context, others)
        segments = [
            *_segments_around(relation, context, "paper"),
            *_segments_of_document(context, sentences),
        ]
        is_only = all(
            not _is_subject(other, others) or _stems(other) == _stems(relation) for other in others
        )
        if is_only and not any(_topics_in(context.form.text, each.span) for each in segments):
            segments = list(_segments_of_document(context, sentences, what_is_said=True))
    else:
        segments = list(_segments_around(relation, context, "around"))
    found: dict[str, dict[Span, str]] = {}
    for segment in segments:
        for topic, span in _topics_in(context.form.text, segment.span):
            found.setdefault(topic, {}).setdefault(span, segment.rule)
    first = {topic: next(iter(places)) for topic, places in found.items()}
    return tuple(
        Drafted(
            topic,
            tuple(places),
            _confidence(topic, first, places[first[topic]]),
            f"topic-{places[first[topic]]}",
        )
        for topic, places in found.items()
    )


_ROW = 60
"""How near topics stand in a row, in characters."""
_BY_ROW = (0.6, 0.7, 0.8, 0.92, 0.96)
"""Confidence of a topic that stands alone, in a row of two, and so on."""
_VAGUE = frozenset(
    f"topic:{name}"
    for name in (
        "business-exchange", "community-programmes", "human-resources-development",
        "ict-and-data", "industry-sectors", "knowledge-sharing", "policy-sharing",
        "technical-assistance", "urban-construction", "urban-development",
    )
)  # fmt: skip
"""Topics whose words often mean something more special, or nothing special."""


def _confidence(topic: str, first: Mapping[str, Span], rule: str) -> float:
    """A topic in a row of others is one more surely than one that stands alone."""
    start = first[topic][0]
    row = sum(abs(span[0] - start) < _ROW for span in first.values())
    confidence = _BY_ROW[min(row, len(_BY_ROW)) - 1]
    return round(confidence - 0.2 * (topic in _VAGUE) - 0.2 * (rule == "around"), 2)


def _is_subject(relation: Relation, others: Sequence[Relation]) -> bool:
    """Whether a document is about an agreement: it is the main one, or announced and alone."""
    if relation.status.value is Status.PLANNED:
        return not any(each.status.value is Status.MAIN for each in others)
    return relation.status.value is Status.MAIN


def _own_sentences(
    relation: Relation, context: Context, others: Sequence[Relation]
) -> frozenset[int]:
    """The places of the sentences that may speak of what a relation is for."""
    mains = [each for each in others if each.status.value is Status.MAIN and each is not relation]
    apart = [
        each
        for each in mains
        if each.sentences[0] != relation.sentences[0] and not _is_same(each, relation)
    ]
    begins = sorted((each.sentences[0], each is relation) for each in (*apart, relation))
    foreign = {stem for each in mains for stem in _stems(each)} - _stems(relation)
    own_names = _stems(relation) - {stem for each in mains for stem in _stems(each)}
    own = set(relation.sentences[:1])
    for number, sentence in enumerate(context.sentences):
        words = context.form.words(sentence.span)
        last = [is_own for begin, is_own in begins if begin <= number]
        names_own = any(stem in words for stem in own_names)
        names_other = any(stem in words for stem in foreign)
        if names_own or (not names_other and (not last or last[-1])):
            own.add(number)
    return frozenset(own)


def _is_same(one: Relation, other: Relation) -> bool:
    """Whether two relations are of one form between the same parties: one agreement told twice."""
    return one.form.value is other.form.value and _stems(one) == _stems(other)


_STEM = re.compile(r"(?<=[가-힣]{2})(?:특별자치시|특별시|광역시|시|군|구|도|주|성|현)$")


def _stems(relation: Relation) -> frozenset[str]:
    """The names of the parties as the text writes them, in Korean without 시 and the like."""
    return frozenset(_STEM.sub("", party.value.text) for party in relation.parties)


def _topics_in(text: str, span: Span) -> list[tuple[str, Span]]:
    """The topics that words name, without those in names of offices and bodies."""
    start, end = span
    masked = text[start:end]
    tables = []
    for letters, names, table in zip(_LETTERS, _NAMES, topic_words(), strict=True):
        if letters.search(masked):
            masked = names.sub(lambda match: " " * len(match.group()), masked)
            tables.append(table)
    found = []
    for table in tables:
        before = -2
        for words, (first, last) in table.find(masked):
            if _key(words) in _HEADS and first - before <= 1:
                continue  # 관광 산업, energy technology
            before = last
            found += [(topic, (start + first, start + last)) for topic in table.of(words)]
    for topic, pattern in _SHARING:
        for match in pattern.finditer(masked):
            found.append((topic, (start + match.start(), start + match.end())))
    return found


def _segments_of_document(
    context: Context, own: frozenset[int], what_is_said: bool = False
) -> Iterator[_Segment]:
    """The words of certain sentences that may name topics; also of quotes, if asked for."""
    text, blocks = context.form.text, context.form.blocks
    listing = False
    for number, sentence in enumerate(context.sentences):
        if number not in own:
            continue
        start, end = sentence.span
        words = text[start:end]
        kind = blocks[sentence.block].kind
        if kind is BlockKind.LIST_ITEM:
            if listing:
                yield _Segment(sentence.span, "list-item")
            continue
        if kind is BlockKind.TABLE_ROW:
            listing = False
            continue
        is_heading = kind is BlockKind.HEADING
        segments = list(_segments_of_sentence(words, sentence.language, is_heading, what_is_said))
        for (first, last), rule in segments:
            yield _Segment((start + first, start + last), rule)
        listing = (
            bool(segments)
            or words.rstrip().endswith(":")
            or bool(re.search("다음|아래|following", words))
        )


def _segments_of_sentence(
    words: str, language: str, is_heading: bool, what_is_said: bool
) -> Iterator[tuple[Span, str]]:
    if language == "ko":
        yield from _korean_segments(words, is_heading, what_is_said)
    elif language == "en":
        yield from _english_segments(words, is_heading, what_is_said)


def _korean_segments(
    words: str, is_heading: bool, what_is_said: bool
) -> Iterator[tuple[Span, str]]:
    for paper in _KOREAN_PAPER.finditer(words):
        begin = max(0, paper.start() - 66)
        about = _KOREAN_ABOUT.search(words[begin : paper.start()])
        if about:
            if not _KOREAN_FORMER.search(about.group()):
                yield (begin + about.start(1), begin + about.end(1)), "paper"
            break
    if is_heading:
        return
    marks = list(_MARKS.finditer(words))
    if len(marks) > 1 and _KOREAN_COOPERATION.search(words):
        yield (marks[0].start(), len(words)), "list"
        return
    if what_is_said and _KOREAN_SAID.search(words) and _KOREAN_TOGETHER.search(words):
        yield (0, len(words)), "said"
        return
    if _KOREAN_SAID.search(words) or _KOREAN_PAST.search(words):
        return
    if _KOREAN_COOPERATION.search(words):
        before = 0
        for fields in _KOREAN_FIELDS.finditer(words):
            yield (max(before, fields.start() - _LONGEST_FIELDS), fields.start()), "fields"
            before = fields.end()
    if _KOREAN_PROMISE.search(words):
        yield (0, len(words)), "promise"


def _english_segments(
    words: str, is_heading: bool, what_is_said: bool
) -> Iterator[tuple[Span, str]]:
    if is_heading:
        for match in _ENGLISH_PAPER.finditer(words):
            yield match.span(), "paper"
        return
    start = _ENGLISH_COOPERATION.search(words)
    if what_is_said and _ENGLISH_SAID.search(words) and start:
        yield (start.start(), len(words)), "said"
        return
    if _ENGLISH_SAID.search(words) or _ENGLISH_OTHER.search(words):
        return
    promise = _ENGLISH_PROMISE.search(words)
    if start and _ENGLISH_FIELDS.search(words):
        is_field = start.group().lower().startswith(("area", "field", "sector", "at "))
        yield (0 if is_field else start.start(), len(words)), "fields"
    elif start and promise and not _ENGLISH_FACTS.search(words):
        at_heart = start.group().lower().startswith("at ")
        yield (0 if at_heart else min(start.start(), promise.start()), len(words)), "promise"


_SUBJECT = re.compile(r"[,.(]|(?<![하되])[은는이가]\s")
_KIND_OF_PARTNER = re.compile(r"([가-힣A-Za-z·]{2,12})\s?(?:협력|교류)\s?(?:도시|기관|파트너)")


_ENGLISH_ABOUT = re.compile(
    r"(?:\s\w+){0,3}\s(?:covering|on|in the (?:fields?|areas?) of|in areas|to (?:promote|develop|"
    r"strengthen|foster|boost)|for (?:cooperation|collaboration) (?:in|on))\s[^.;]+"
)


def _segments_around(relation: Relation, context: Context, rule: str) -> Iterator[_Segment]:
    """The words right before the paper's name, and what kind of partner its sentence names."""
    text = context.form.text
    for number in relation.sentences[:1]:
        start, end = context.sentences[number].span
        first = max(start, relation.cue[0] - AROUND)
        before = _SUBJECT.split(text[first : relation.cue[0]])[-1]
        yield _Segment((relation.cue[0] - len(before), relation.cue[0]), rule)
        for match in _KIND_OF_PARTNER.finditer(text, start, end):
            yield _Segment(match.span(1), rule)
        if about := _ENGLISH_ABOUT.match(text, relation.cue[1], end):
            yield _Segment(about.span(), rule)

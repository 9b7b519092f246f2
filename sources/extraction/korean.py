"""Who agrees what with whom in a Korean sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.forms import Cue, cues_in
from citypact.sources.extraction.groups import (
    Event,
    Group,
    Scene,
    Tense,
    distinct,
    is_earlier,
    pairs_of,
    years_in,
)
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import TIES, Form
from citypact.sources.model import Span

_LIGHT = (
    r"(?:[\s'‘’\"“”」』)）]|을|를|에|로|으로|이|가|도|식|서|의|최종|공식|정식|각각|잇따라|"
    r"잇달아|추가로|처음으로|처음|첫|"
    r"새로|전격|온라인으로|비대면으로|서면으로|화상으로|함께|공동으로|직접|차례로|연이어|동시에|"
    r"나란히|다시|재|본격|"
    r"인연을|관계를|연을|손을|\d+일|오전|오후|지난|오는|이날|최초로|성공적으로|상호|체결식|협약식|조인식|서명식|관련|"
    r"등을|등)"
)
_VERB = re.compile(
    rf"{_LIGHT}{{0,12}}?(?P<verb>재?체결(?!식)|서명(?!식)|조인(?!식)|교환|맺|갱신|연장|채택|격상|승격|결연|성사|"
    rf"이뤄|이루어|가졌|가지|갖|"
    r"열|연다|여는|개최|진행|마련|되|됐|된|돼|될|하기|했|하였|한다|하고|할|한|합의|구축|수립|주고받|발표|"
    r"확정|지정|선정|손을|협약|시작|유지|이어)"
    r"(?P<rest>[가-힣]{0,9}(?:\s(?:예정|계획|방침|것|바|못|않|전|후|뒤|이후|이래|위해|위한|"
    r"가운데|데|상태|도시|지자체|지역|곳|기관|"
    r"자치단체|지|수|경우|때|방안|있|합의|했|한다|된다|됐다|의지|의사|뜻)[가-힣]*)?(?:\s(?:있|이다|"
    r"했)[가-힣]*)?)"
)
_NO = re.compile(
    r"지\s?(?:못|않|아니)|할\s?수|하려|하면|할\s경우|할\s때|하자|할지|방안|기\s위|을\s위해|위한|"
    r"도록|려고|의지|의사|뜻|"
    r"는\s데|을\s전|하는\s것|하기\s전|할\s정도"
)
_PLAN = re.compile(
    r"(?:할|될|을|질|릴|갈|눌)\s?(?:예정|계획|방침|것)|한다|는다|연다|기로|키로|된다|린다|진다|할$|"
    r"다는\s(?:계획|방침)|ㄹ\s예정"
)
_NEGATED = re.compile(
    rf"^{_LIGHT}{{0,6}}(?:체결|서명|성사|합의|결연|추진)?(?:이|을|를|하는\s데)?\s?(?:무산|불발|"
    rf"결렬|보류|거부|반대|실패)"
)
_HYPOTHETICAL = re.compile(
    r"^(?:\s?(?:체결|결연|맺기|추진|교류|갱신|서명))?(?:을|를|에|의|도|은|는|에\s대해|에\s대한|"
    r"과\s관련해?|을\s위한|를\s위한|을\s위해)?"
    r"\s?(?:체결)?(?:을|를|에)?\s?(?:위한|위해)?\s?(?:상호|적극|적극적으로|본격|실무|사전)?\s?"
    r"(?:제안|제의|논의|협의(?!서)|검토|희망|건의|요청|모색|타진|추진|준비|기대|촉구|원하|바라|"
    r"바란|심의|동의안|조례|규정|체결안|"
    r"앞두|방안|가능성|필요|의지|의사|제안서|관련\s조례|발굴|확대|시\s)"
)
_GOES_ON = re.compile(r".{0,3}고\s[^.]{0,25}(?:고\s있|어\s?[오왔온]|해\s?[오왔온]|이어\s?[오왔온])")
_GOES_BACK = re.compile(
    r"^(?:은|는|이|가)\s[^.,와과가]{0,20}(?:19|20)\d\d년[^.,와과가]{0,14}(?:거슬러|시작|비롯|출발|체결|맺)"
)
_REFERENCE = re.compile(
    r"^(?:\s?(?:체결|결연|서명|조인))?(?:식)?(?:을|를|으로|로)?\s(?:계기로|통해|통하여|바탕으로|토대로|기점으로)"
)
_END = re.compile(
    rf"^{_LIGHT}{{0,6}}(?:[^\s.,]{{1,5}}\s){{0,2}}(?:파기|종료|중단|해지|단절|취소|끊|철회)"
)
_ANNIVERSARY = re.compile(
    r"^[\s’'”\"」]{0,2}(?:체결|결연|협약|수립|서명)?\s?(?:제?\s?\d+\s?주년|\d+\s?년(?:을|이|"
    r"째|간|차)|[이삼사오육칠팔구]?십\s?주년)"
)
_IN_BRACKET = re.compile(r"^\s?[(（][^()（）]{0,24}(?:체결|결연|맺음)[^()（）]{0,6}[)）]")
_AFTERWARDS = re.compile(
    r"^(?:\s?(?:체결|결연|협약|서명|조인))?(?:을|를)?\s?(?:체결|맺은|한|"
    r"하고)?\s?(?:한\s)?(?:이후|이래|후|뒤)(?![가-힣])"
)
_HEADLINE_END = re.compile(
    r"^(?:[\s'‘’\"“”」』,…·]|을|를|으로|로|식|체결|맺어|맺는다|맺다|서명|결연|갱신|조인|"
    r"교환|협약|재체결|성사|격상|개최|가져|열려)*"
    r"(?:$|[-–—|]|…|\.{2,})"
)
_PAST_BEFORE = re.compile(
    r"앞서|이미|그동안|그간|지금까지|현재(?![의가])|기존|지난해|작년|재작년|\d+여?\s?년\s?전|지난\s?(?:19|20)\d\d년|당시|시절|년째|처음\s인연|이래"
)
_PAST_BEHIND = re.compile(
    r"바\s있|고\s있|어\s?온|해\s?온|주년|[은한된]\s(?:이후|이래|지|바|곳|도시|지역|지자체|상태)|"
    r"체결\s?(?:이후|이래|뒤로)|해왔|어왔"
)
_GAP_END = re.compile(r"(?:[은는을를에서로]|[다고며해한된던할인]|하여|면서)$")
_GAP_OK = re.compile(
    r"(?:등|비롯한|비롯해|비롯하여|위시한|각각|또는|\d+[가-힣]*|대만|독일|주한|"
    r"[가-힣]*(?:자치단체|도시|지역|국|곳|개|시도))"
)
_LIST_BEHIND = re.compile(
    r"^\s?(?:등|을\s비롯|를\s비롯|외)[^,.;]{0,50}?(?P<p>과|와|이|가|은|는|을|를|에)(?:는|도|"
    r"의)?(?=[\s,])"
)
_PAIR_WORD = re.compile(
    r"(?:두|양|세|네)\s?(?:도시|기관|지역|지자체|자치단체|시장|시·?군|시|도|단체|측|대학|학교|"
    r"정부|항만|공사|군|구|지방정부|나라\s도시)"
    r"|양측|쌍방|서로\s"
)
_UNIT = re.compile(
    r"(?<![가-힣A-Za-z\d])(?:우리\s)?(시|군|구|도)(?:는|은|가|와|과|에서는)(?![가-힣])"
)
_RELATIVE = re.compile(
    r"[한은]\s(?:국내외\s|해외\s|국내\s|외국\s|국제\s)?(?:자매\s?|우호\s?)?(?:도시|곳|지자체|지역|자치단체|기관)"
)
_IS_LIST = re.compile(r"(?:는|은|로는|으로는|로|이)\s")
_CLOSES_LIST = re.compile(r"있(?:고|으며|다|는데)|이(?:다|며|고)\s|등이\s|등이다|입니다|있습니다")
_BEFORE_CUE = re.compile(
    r"(?:체결|서명|맺|교환)(?:한|은|된|했던|었던|됐던|해\s온|어\s온|한\s바\s있는)\s"
    r"(?:[가-힣·‧ㆍ]*[^\s와과은는이가서](?:에|을|를)?\s){0,3}"
    r"(?:상호|교류|우호|협력)?[‘’'\"“「『]?$"
)
_COUNTED = re.compile(
    r"\d+여?\s?건의\s$|\d+여?\s?개\s?(?:국|도시|지역|나라|지자체|자치단체|기관)[^.,]{0,14}(?:과|와)\s[^.]{0,12}$"
)
_CUE_LIST = re.compile(r"^(?:는|은|로는|로|으로는|에는|:|\s?[:：-])\s")
_MEETS = re.compile(r"^\s?(?:직접\s)?(?:만나|초청해|찾아|접견|예방|방문해\s만)")


def korean_events(scene: Scene, place: int) -> list[Event]:
    """The events of a Korean sentence, in its order."""
    context = scene.context
    sentence = context.sentences[place]
    text = context.form.text
    start, end = sentence.span
    kind = context.form.blocks[sentence.block].kind
    is_heading = kind is BlockKind.HEADING
    cues = cues_in(text, sentence.span, "ko")
    if not cues:
        return _successors(scene, place, groups_of(text, scene.mentions[place], end), [])
    groups = groups_of(text, scene.mentions[place], end)
    acts = _acts(text, cues, end, is_heading)
    if (joined := _participants(scene, place, groups, cues)) is not None:
        return [joined]
    events: list[Event] = []
    clause = start
    for index, (cue, act) in enumerate(zip(_told_apart(cues, acts), acts, strict=True)):
        if act is None:
            if _CUE_LIST.match(text[cue.span[1] : cue.span[1] + 6]) and cue.is_tie:
                events += _listed(scene, place, cue, groups)
            continue
        tense, words, past = act
        before = text[max(clause, words[0] - 90) : words[1]]
        past = (
            past
            or bool(_PAST_BEFORE.search(before))
            or bool(
                _PAST_BEHIND.search(text[max(words[0], words[1] - 16) : min(end, words[1] + 4)])
            )
            or is_earlier(scene, before)
            or _GOES_ON.match(text, words[1] - 2, end) is not None
            or (len(scene.pair) > 1 and re.search("전날", before) is not None)
        )
        behind = next((g for g in groups if 0 <= g.span[0] - words[1] < 12), None)
        if behind is not None and re.search("[은한된]\\s?$", text[words[1] - 2 : words[1]]):
            past = True  # 자매결연을 맺은 다라시와
        relative = _RELATIVE.search(text, max(words[0], words[1] - 10), min(end, words[1] + 16))
        if relative and _IS_LIST.match(text, relative.end()):
            found = _relative_list(scene, place, cue, groups, words)
            if found:
                events += found
                close = _CLOSES_LIST.search(text, found[-1].parties[-1].reach[1], end)
                clause = close.end() if close else end
                groups = [g for g in groups if g.span[0] >= clause]
                continue
        for side in _parties(scene, place, groups, cue, clause, words):
            if not side and is_heading and tense is Tense.DONE:
                continue
            if len(side) < 2 and (relative or _COUNTED.search(text, start, cue.span[0])):
                continue
            confidence = 0.9 if not is_heading else 0.7
            events.append(
                Event(
                    place,
                    _like_main(scene, cue, side, past),
                    tense,
                    side,
                    words,
                    "korean-act",
                    past,
                    years_in(before),
                    is_heading,
                    confidence,
                )
            )
        if index + 1 < len(cues) and acts[index + 1] not in (None, act):
            gloss = re.compile(r"\s?\([^()]*\)").match(text, words[1])
            clause = max(clause, gloss.end() if gloss else words[1])
    return events + _successors(scene, place, groups, cues)


_TAKES_PART = re.compile(r"(?:에는?|엔)\s")


def _participants(scene: Scene, place: int, groups: list[Group], cues: list[Cue]) -> Event | None:
    """`협약에는 A시, B도, C공사가 참여했다`: they have the paper together."""
    text = scene.context.form.text
    _, end = scene.context.sentences[place].span
    cue = cues[0]
    behind = [g for g in groups if g.span[0] >= cue.span[1] and len(g.mentions) > 2]
    if len(cues) > 1 or not behind or not _TAKES_PART.match(text, cue.span[1]):
        return None
    if not re.search(r"참여(?:했|하|한)|동참|함께했", text[behind[0].span[1] : end]):
        return None
    words = (cue.span[0], behind[0].span[1])
    return Event(place, cue, Tense.DONE, distinct(behind[0].mentions), words, "participants")


def _told_apart(cues: list[Cue], acts: list[tuple[Tense, Span, bool] | None]) -> list[Cue]:
    """Cues, a plain one with the form that is said before: `우호협약이 끝나 재협약을 맺었다`."""
    told: list[Cue] = []
    for index, cue in enumerate(cues):
        before = cues[index - 1] if index else None
        if cue.is_plain and before and not before.is_plain and acts[index - 1] is None:
            cue = replace(cue, form=before.form, is_plain=True)
        told.append(cue)
    return told


def _like_main(scene: Scene, cue: Cue, side: tuple[Mention, ...], past: bool) -> Cue:
    """`B시와도 협약을 맺었다`: a plain paper is like the one with A시."""
    text = scene.context.form.text
    also = any(re.search("(?:와|과)도$", text[slice(*m.reach)]) for m in side)
    if cue.is_plain and also and scene.form is not None and not past:
        return replace(cue, form=scene.form, is_plain=False)
    return cue


def _acts(
    text: str, cues: list[Cue], end: int, is_heading: bool
) -> list[tuple[Tense, Span, bool] | None]:
    """What is said of each cue; `자매결연을, 업무협약을 맺었다` says it of both."""
    acts = [_act(text, cue, following, end, is_heading) for cue, following in _next(cues, end)]
    for index in range(len(cues) - 2, -1, -1):
        other = acts[index + 1]
        if acts[index] is not None or other is None:
            continue
        gap = text[cues[index].span[1] : cues[index + 1].span[0]]
        if re.fullmatch(r"(?:을|를)?\s?(?:과|와|및|,|·|체결)?\s?", gap):
            acts[index] = other
        elif re.match(r"(?:을|를)(?:,|\s)", gap) and len(gap) < 40:
            if not re.search(r"[가-힣](?:고|며|해|한|서)\s", gap):
                # `B시와 자매결연을, C시와 우호협정을 맺었다`: each cue has its own parties
                acts[index] = (other[0], cues[index].span, other[2])
        elif re.fullmatch(r"(?:에서|을|를)\s(?:[가-힣]+\s)?", gap):
            rest = text[cues[index + 1].span[1] : cues[index + 1].span[1] + 14]
            if re.search("격상|승격|발전|전환", rest):
                acts[index] = (Tense.STATE, cues[index].span, True)
    return acts


def _relative_list(
    scene: Scene, place: int, cue: Cue, groups: list[Group], words: Span
) -> list[Event]:
    """`시와 자매결연을 맺은 도시는 A시, B시가 있다`: each is a partner of the owner."""
    text = scene.context.form.text
    end = scene.context.sentences[place].span[1]
    behind = [g for g in groups if g.span[0] >= words[1] - 8]
    ahead = [g for g in groups if g.span[1] <= cue.span[0] + 1]
    owner = ahead[-1].mentions[-1:] if ahead else _owner(scene, place)
    if not behind or not owner:
        return []
    close = _CLOSES_LIST.search(text, behind[0].mentions[0].reach[1], end)
    limit = close.start() if close else end
    return [
        Event(place, cue, Tense.STATE, pair, words, "list-behind", True)
        for g in behind
        for pair in pairs_of(owner[0], g.mentions)
        if pair[1].reach[0] < limit
    ]


_LONG_AFTER = re.compile(
    r"이후|이래|\d+\s?년|지금까지|현재|꾸준|지속|이어\s?[오온왔]|해\s?[오온왔]|유지|매년|해마다|교류를|만에|만의|만이"
)


def _afterwards(text: str, words: Span, end: int) -> tuple[Tense, Span, bool]:
    """`협약을 맺은 뒤 10년간` tells of a tie that lasts, `맺은 뒤 기념 촬영` of the day itself."""
    behind = text[words[1] - 3 : min(end, words[1] + 45)]
    long_ago = _LONG_AFTER.search(behind) or re.search(
        r"\d년\s", text[max(0, words[0] - 30) : words[0]]
    )
    if long_ago:
        return Tense.STATE, words, True
    return Tense.DONE, words, False


def _next(cues: list[Cue], end: int) -> list[tuple[Cue, int]]:
    starts = [cue.span[0] for cue in cues[1:]] + [end]
    return list(zip(cues, starts, strict=True))


def _act(
    text: str, cue: Cue, following: int, end: int, is_heading: bool
) -> tuple[Tense, Span, bool] | None:
    """What is said of a cue: tense, the words that say it, and whether as something earlier."""
    begin = cue.span[1]
    behind = text[begin : min(end, begin + 70)]
    behind = behind[: following - begin] if following < end else behind
    gloss = re.match(
        r"\s?[(（](?:MOU|MOA|LOI|양해각서|[A-Z]{2,5})[)）]|\)|[’'”\"」』]{1,2}", behind
    )
    skip = gloss.end() if gloss else 0
    behind = behind[skip:]
    begin += skip
    if _BEFORE_CUE.search(text, max(0, cue.span[0] - 30), cue.span[0]):
        return Tense.STATE, (cue.span[0] - 4, cue.span[1]), True
    if _NEGATED.match(behind):
        return None
    if match := _END.match(behind):
        return Tense.ENDED, (cue.span[0], begin + match.end()), True
    if match := _IN_BRACKET.match(behind):
        return Tense.STATE, (cue.span[0], begin + match.end()), True
    if match := _ANNIVERSARY.match(behind):
        return Tense.STATE, (cue.span[0], begin + match.end()), True
    if match := _AFTERWARDS.match(behind):
        return _afterwards(text, (cue.span[0], begin + match.end()), end)
    if is_heading and (match := _HEADLINE_END.match(behind)):
        return Tense.DONE, (cue.span[0], begin + match.end()), False
    if _REFERENCE.match(behind):
        return None
    if _HYPOTHETICAL.match(behind):
        match = re.match(r".{0,12}추진하기로|.{0,14}앞두고", behind)
        if match and not cue.is_plain:
            return Tense.PLANNED, (cue.span[0], begin + match.end()), False
        return None
    if match := _GOES_BACK.match(behind):
        return Tense.STATE, (cue.span[0], begin + match.end()), True
    match = _VERB.match(behind)
    if match is None:
        comit = re.match(
            r"(?:을|를)\s[^.]{2,40}?(?:와|과)\s(?:각각\s)?(?P<verb>체결|"
            r"맺)(?P<rest>[가-힣]{0,6}(?:\s[가-힣]{1,4})?)",
            behind,
        )
        match = comit
    if match is None:
        return None
    verb, rest = match["verb"], match["rest"]
    words = (cue.span[0], begin + match.end())
    whole = verb + rest
    if (
        verb in ("되", "됐", "된", "돼", "될", "하기", "한", "할", "시작", "지정", "선정", "확정")
        and not cue.is_tie
    ) and verb not in ("하기", "한", "할"):
        return None
    if verb in ("체결", "서명", "갱신") and re.match("을|를", rest):
        tail = text[begin + match.start("rest") : begin + match.start("rest") + 12]
        if re.match(r"(?:을|를)\s?(?:추진)?(?:할|하기로)", tail):
            return Tense.PLANNED, words, False
        if not re.match(r"(?:을|를)\s?(?:하|했|한|마치|마쳤|완료|이끌|성사)", tail):
            return None
    if verb in ("구축", "수립", "유지", "이어") and (not cue.is_tie or cue.form is Form.OTHER):
        return None
    if verb == "협약" and not re.match("하|했", rest):
        return None
    if _NO.search(whole) or (verb in ("체결", "서명", "결연") and re.match("과|와|에(?!서)", rest)):
        return None
    if verb[0] in "하했한할" and re.match(r"[’'”\"]?(?:이|가|에서|에)\s", behind):
        return None
    if re.search(r"(?:한|은|된)\s(?:후|뒤)", whole):
        return _afterwards(text, words, end)
    if re.search(r"(?:한|은|된)\s(?:지|이후|이래|바|데)", whole):
        return Tense.STATE, words, True
    if re.search(r"고\s있|어\s있|어\s?온|해\s?온|해왔|어왔", whole) or verb in ("유지", "이어"):
        return Tense.STATE, words, True
    if re.match("(?:했|었|됐)던", rest) or re.match("했던|됐던", whole):
        return Tense.STATE, words, True
    if _PLAN.search(whole):
        return Tense.PLANNED, words, False
    if rest.startswith("하는") or rest.startswith("는"):
        return Tense.DONE, words, False
    return Tense.DONE, words, False


def groups_of(text: str, mentions: tuple[Mention, ...], end: int) -> list[Group]:
    """Names that stand next to each other, with the role of the last of them."""
    if not mentions:
        return []
    chains: list[list[Mention]] = [[mentions[0]]]
    for before, mention in pairwise(mentions):
        gap = text[before.reach[1] : mention.reach[0]]
        if before.role in (Role.WITH, Role.LISTED, Role.NONE, Role.OBJECT) and _joins(
            gap, before, mention
        ):
            chains[-1].append(mention)
        else:
            chains.append([mention])
    groups = []
    for chain in chains:
        role = chain[-1].role
        if role in (Role.NONE, Role.OBJECT):
            behind = _LIST_BEHIND.match(text[chain[-1].reach[1] : end])
            if behind:
                role = {
                    "과": Role.WITH, "와": Role.WITH, "이": Role.SUBJECT, "가": Role.SUBJECT,
                    "은": Role.SUBJECT, "는": Role.SUBJECT, "에": Role.PLACE,
                }.get(behind["p"], role)  # fmt: skip
        groups.append(Group(tuple(chain), role))
    return groups


def _joins(gap: str, before: Mention, mention: Mention) -> bool:
    if len(gap) > 45 or re.search('[.;:“”"]', gap):
        return False
    if before.role is Role.OBJECT and not re.match(r"\s비롯", gap):
        return False
    if before.role is Role.NONE and not re.match(
        r"\s?(?:[,·및]|등|를\s비롯|을\s비롯|[-–]|\s?그리고)", gap
    ):
        return False
    words = re.sub(r"[(（][^()（）]*[)）]", " ", gap).replace(",", " ").split()
    for index, word in enumerate(words):
        if _GAP_OK.fullmatch(word):
            continue
        last = index == len(words) - 1
        if _GAP_END.search(word) and not (last and mention.office and len(word) <= 4):
            return False
    return True


def _parties(
    scene: Scene, place: int, groups: list[Group], cue: Cue, clause: int, words: Span
) -> list[tuple[Mention, ...]]:
    """The parties of an act: one tuple for each agreement; an empty one for those named before."""
    text = scene.context.form.text
    sentence = scene.context.sentences[place].span
    limit = words[1]
    within = [g for g in groups if g.span[0] < limit and g.span[1] > clause]
    between = [g for g in within if g.role is Role.BETWEEN and len(g.mentions) > 1]
    if between:
        return _split(between[-1], text)
    with_unit = [g for g in within if g.role is Role.BETWEEN and _UNIT.search(
        text, sentence[0], g.span[0])]  # fmt: skip
    if with_unit and (owners := _owner(scene, place)):
        return [distinct((*owners, with_unit[-1].mentions[-1]))]  # 우리 구와 나루구 간 자매결연
    beside = [g for g in within if 0 <= cue.span[0] - g.span[1] <= 2 and len(g.mentions) > 1]
    if beside and beside[-1].role in (Role.NONE, Role.LISTED, Role.GENITIVE):
        return _split(beside[-1], text)
    partners = next((g for g in reversed(within) if g.role is Role.WITH), None)
    if partners is None:
        for group in reversed(within):
            if group.role is Role.OBJECT and _MEETS.match(text[group.span[1] : group.span[1] + 8]):
                partners = group
                break
    subjects = [
        g for g in groups
        if g.role is Role.SUBJECT and g.span[1] <= limit and g is not partners
    ]  # fmt: skip
    subject = next((g for g in reversed(subjects) if len(g.mentions) > 1), None)
    if partners is None and subject is not None:
        return _split(subject, text)
    if subject is None and subjects:
        subject = subjects[0]
        if partners is not None:
            ahead = [g for g in subjects if g.span[1] <= partners.span[0]]
            subject = ahead[0] if ahead else subjects[0]
    if partners is not None:
        first = partners.mentions[0]
        is_headline = text[first.reach[1] : first.reach[1] + 1] == "," and subject is None
        if is_headline and len(partners.mentions) > 1 and first.reach[0] < sentence[0] + 12:
            # `가나시, 다라시와 자매결연`
            return _cross((first,), partners.mentions[1:], cue, text, words)
        if len(partners.mentions) > 1 and subject is None and first.role is Role.WITH:
            return [distinct(partners.mentions)]
        owners = subject.mentions if subject is not None else _owner(scene, place)
        at = groups.index(partners)
        if at and groups[at - 1].role is Role.GENITIVE and text[partners.span[1] - 1] == "의":
            owners = groups[at - 1].mentions[-1:]  # 가나시의 다라시와의 자매결연
        if not owners:
            return []
        return _cross(owners, partners.mentions, cue, text, words)
    head = next((g for g in groups if 0 <= g.span[0] - words[1] < 12), None)
    if (
        head is not None
        and subject is not None
        and re.search("[은는한]\\s?$", text[: words[1]][-3:])
    ):
        # 자매결연을 맺고 있는 다라시: the clause tells of the place behind it
        return [distinct((*subject.mentions, head.mentions[0]))]
    listed = [
        g for g in within
        if len(g.mentions) > 1 and g.role in (Role.NONE, Role.LISTED, Role.GENITIVE, Role.WITH)
        and g.span[1] <= cue.span[0] + 1
    ]  # fmt: skip
    genitive = [
        g for g in within
        if g.role in (Role.GENITIVE, Role.NONE) and g.span[1] <= cue.span[0] + 1
        and cue.span[0] - g.span[1] < 14
    ]  # fmt: skip
    if subject is not None and genitive:
        return [distinct((*subject.mentions, *genitive[-1].mentions[-1:]))]
    if subject is None and listed:
        return _split(listed[-1], text)
    bracketed = text[cue.span[1] : cue.span[1] + 1] in "(（" and genitive
    if bracketed:
        head = next((g for g in groups if g.span[0] >= words[1] - 1), None)
        if head is not None and head.span[0] - words[1] < 6:
            return [distinct((genitive[-1].mentions[-1], head.mentions[0]))]
    if subject is None and cue.is_tie and _ANNIVERSARY.match(text[cue.span[1] : cue.span[1] + 20]):
        later = [m for g in groups for m in g.mentions if m.reach[0] >= words[1]]
        owners = _owner(scene, place)
        others = [m for m in later if not owners or len(distinct((owners[0], m))) > 1]
        if owners and len(distinct(others)) == 1:
            return [distinct((*owners, others[0]))]
    if _PAIR_WORD.search(text, *sentence) or subject is None or cue.is_plain:
        return [()]
    return [subject.mentions]


def _owner(scene: Scene, place: int) -> tuple[Mention, ...]:
    """Who 시, 군은 and the like stand for: the owner of the document, else who was a topic so."""
    sentence = scene.context.sentences[place]
    unit = _UNIT.search(scene.context.form.text, *sentence.span)
    if scene.owner is None or unit is None or scene.owner.name.text.endswith(unit[1]):
        return (scene.owner,) if scene.owner is not None else ()
    for mentions in scene.mentions[: place + 1]:
        for mention in mentions:
            if mention.role is Role.SUBJECT and mention.name.text.endswith(unit[1]):
                return (mention,)
    return (scene.owner,)


def _split(group: Group, text: str) -> list[tuple[Mention, ...]]:
    """`A와 B, C와 D가` and `A-B, C-D` are two pairs; `A, B와 C가` have one paper together."""
    gaps = [text[a.reach[1] : b.reach[0]] for a, b in pairwise(group.mentions)]
    dashes = [bool(re.match(r"\s?[-–—]", gap)) for gap in gaps]
    if len(gaps) > 2 and len(gaps) % 2 and all(dashes[::2]) and not any(dashes[1::2]):
        sides = zip(group.mentions[::2], group.mentions[1::2], strict=True)
        return [distinct(side) for side in sides]
    roles = [m.role for m in group.mentions]
    if len(roles) >= 4 and len(roles) % 2 == 0:
        firsts, seconds = roles[::2], roles[1:-1:2]
        if all(r is Role.WITH for r in firsts) and all(
            r in (Role.LISTED, Role.NONE) for r in seconds
        ):
            pairs = zip(group.mentions[::2], group.mentions[1::2], strict=True)
            return [distinct(pair) for pair in pairs]
    return [distinct(group.mentions)]


def _cross(
    owners: tuple[Mention, ...], partners: tuple[Mention, ...], cue: Cue, text: str, words: Span
) -> list[tuple[Mention, ...]]:
    """One owner with many partners: a tie with each, but one paper unless the text says so."""
    owners, partners = distinct(owners), distinct(partners)
    near = text[partners[0].reach[0] : words[1]]
    if any(re.match(r"\s?[-–—~]\s?", text[p.reach[1] : p.reach[1] + 3]) for p in partners[:-1]):
        return [distinct((*owners, *partners))]
    each_with = all(p.role is Role.WITH for p in partners) and len(partners) > 1
    apart = (
        each_with
        or cue.is_tie
        or cue.form in TIES
        or bool(re.search(r"각각|차례로|잇따라|잇달아|곳과|개\s?도시와|고\s있|등과", near))
    )
    if apart and len(owners) == 1:
        return pairs_of(owners[0], partners)
    if apart and len(partners) == 1 and cue.is_tie:
        return [distinct((owner, partners[0])) for owner in owners]
    return [distinct((*owners, *partners))]


def _listed(scene: Scene, place: int, cue: Cue, groups: list[Group]) -> list[Event]:
    """`자매도시로는 A시, B시 등이 있다`: each is a partner of the owner."""
    text = scene.context.form.text
    sentence = scene.context.sentences[place].span
    behind = [g for g in groups if g.span[0] >= cue.span[1]]
    ahead = [g for g in groups if g.span[1] <= cue.span[0] + 1]
    owner = ahead[-1].mentions[-1:] if ahead else _owner(scene, place)
    closing = text[sentence[1] - 12 : sentence[1]]
    if (
        not behind
        or not owner
        or not re.search(r"있다|이다|등이|있으며|있음|등$|등임|있습니다|입니다", closing)
    ):
        return []
    if cue.span[0] - sentence[0] > 30 or behind[0].span[0] - cue.span[1] > 25:
        return []
    return [
        Event(
            place,
            cue,
            Tense.STATE,
            pair,
            (cue.span[0], pair[1].span[1]),
            "list-of-ties",
            True,
        )
        for pair in pairs_of(owner[0], behind[0].mentions)
    ]


def _successors(scene: Scene, place: int, groups: list[Group], cues: list[Cue]) -> list[Event]:
    """`A시와 B시에 이어 세 번째 우호도시`: A시 and B시 have such a tie already."""
    text = scene.context.form.text
    start, end = scene.context.sentences[place].span
    if not cues and not re.search(r"번째", text[start:end]):
        return []
    for group in groups:
        last = group.mentions[-1]
        if not _SUCCEEDED.match(text, last.span[1]):
            continue
        later = [g for g in groups if g.span[0] >= group.span[1]]
        genitive = next((g for g in later if g.role is Role.GENITIVE), None)
        partner = next((g for g in later if g.role is Role.WITH), None)
        owner = genitive.mentions[-1:] if genitive else _owner(scene, place)
        counted = partner and re.search(r"번째", text[partner.span[1] : partner.span[1] + 12])
        if partner and counted:  # 충남은 강원에 이어 지린성과 두 번째로: 강원 and 지린성
            owner = partner.mentions[-1:]
        elif not genitive:
            ahead = [g for g in groups if g.role is Role.SUBJECT and g.span[1] <= group.span[0]]
            owner = ahead[0].mentions[:1] if ahead else owner
        if not owner:
            return []
        behind = [cue for cue in cues if cue.span[0] >= group.span[1]]
        plain = Cue(last.span, Form.OTHER, False, True)
        cue = behind[-1 if genitive else 0] if behind else (cues[-1] if cues else plain)
        return [
            Event(
                place,
                cue,
                Tense.STATE,
                pair,
                pair[1].reach,
                "earlier-ones",
                True,
            )
            for pair in pairs_of(owner[0], group.mentions)
        ]
    return []


_SUCCEEDED = re.compile(
    r"(?:\([^)]*\))?(?:시|군|현|성)?(?:\([^)]*\))?(?:에\s이어|의\s뒤를\s이어|에\s이은|"
    r"\s이후\s(?:\d+년|[가-힣]+\s?번째|처음))"
)

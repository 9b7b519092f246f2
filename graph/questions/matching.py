"""Which named query answers a question, with its parameters filled: by rules, without a model.

Every named query is scored: what its words in `patterns.toml` say, what of the question its
parameters take up, and what it leaves aside. The reasons are kept, so that a reader sees why.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from citypact.graph.analysis.countries import countries
from citypact.graph.provenance.named_queries import (
    NamedQuery,
    Parameter,
    bind,
    named_queries,
    run,
)
from citypact.graph.questions.mentions import (
    Mentions,
    NameMention,
    QuestionDate,
    mentions,
    overlap,
)
from citypact.graph.relations.facts import FactReader
from citypact.graph.store.labels import Names
from citypact.ontology import CODE, ID
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.model import Span

LONGEST = 300
"""Characters of a question: the time to understand one grows faster than it does."""
ENOUGH = 3.0
"""The score from which on a query is said to answer a question; where its words count less, each
word without a meaning raises what is needed."""
TAKEN_UP, LEFT_ASIDE = 1.0, -1.5
"""What a name counts that is a parameter, and one that is none."""
UNKNOWN, ELSEWHERE = -0.5, -0.25
"""What a word counts that means nothing here, and one that speaks for other queries alone."""
NOT_ABOUT = -2.0
"""What it counts that a question fills none of the parameters which a query is about."""
RELATION_LEFT_ASIDE = -1.5
"""What it counts that a query does not know the kind of partnership which a question is about."""
CODE_COUNTS, DATE_COUNTS, DATE_LEFT_ASIDE, MISSING = 0.75, 1.0, -1.0, -3.0
MUCH = 2.0
"""What a word counts that says by itself what is asked."""
TITLED = {"Agreement", "Event", "Project", "SourceDocument"}
"""Classes of things whose names are titles."""
FEW_ALTERNATIVES = 4
"""How many further queries are named besides the best."""


@dataclass(frozen=True)
class Filled:
    """A parameter that a question fills: its values as the query takes them, and the words.

    said is empty where the question is taken to be about the centre of the project; codes is the
    code list of the values, if they are codes.
    """

    name: str
    values: tuple[str, ...]
    said: str
    codes: str = ""

    def called(self, names: Names, language: str) -> list[str]:
        """The values as people read them: things and codes by their names."""
        if self.codes:
            return [names.label(f"{CODE}{self.codes}/{each}", language) for each in self.values]
        return [names.label(ID + each, language) if "/" in each else each for each in self.values]


@dataclass(frozen=True)
class QueryMatch:
    """A named query as an answer to a question.

    said: the words of the question that speak for it, and words: what these count. score: see
    `ENOUGH`. missing: required parameters without a value. aside: names, dates and words of the
    question that it does not take into account.
    """

    query: NamedQuery
    parameters: tuple[Filled, ...]
    score: float
    words: float
    said: tuple[str, ...]
    missing: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()

    @property
    def command(self) -> list[str]:
        """The arguments of `citypact` that ask the query."""
        options = (
            word
            for filled in self.parameters
            for value in filled.values
            for word in (f"--{filled.name}", value)
        )
        return ["query", self.query.name, *options]

    @property
    def values(self) -> dict[str, list[str]]:
        """The values of its parameters, as `named_queries.bind` takes them."""
        return {filled.name: list(filled.values) for filled in self.parameters}


@dataclass(frozen=True)
class Extreme:
    """That only the earliest or the latest rows are asked for: `first` or `last`, and the words."""

    which: str
    said: str


@dataclass(frozen=True)
class Interpretation:
    """How a question is understood.

    best: the query that answers it; None where none does. others: the next ones, best first.
    unknown: words that mean nothing here, those that look like names first. named: the words that
    name something. asks_sources: whether
    it asks for the sources of what the best query answers. extreme: whether only its first or last
    rows by date are asked for (`extremes.narrowed`). relative: words for a time that depends on the
    day on which it is asked, which no query knows.
    """

    question: str
    language: str
    best: QueryMatch | None
    others: tuple[QueryMatch, ...]
    unknown: tuple[str, ...]
    unknown_names: tuple[str, ...] = field(default=())
    named: tuple[str, ...] = field(default=())
    asks_sources: bool = False
    extreme: Extreme | None = None
    relative: str = ""

    def unknown_messages(self, names: Names) -> list[Message]:
        """What is said of the names that nothing has, with those that are near, and of times that
        depend on today."""
        found = []
        if self.relative:
            found.append(
                Message(
                    "“{words}” depends on the day on which you ask\n"
                    "    -> give the year, such as 2014",
                    words=self.relative,
                )
            )
        for name in self.unknown_names:
            try:
                names.find(name)
            except CitypactError as error:
                found.append(error.message)
        return found


def interpret(question: str, reader: FactReader) -> Interpretation:
    """How a question in Korean or English is understood. Deterministic.

    Asks nothing of a store but names, what agreements and documents belong to, and whether a thing
    is in an answer at all. Raises CitypactError for a question of more than `LONGEST` characters.
    """
    if len(question) > LONGEST:
        raise CitypactError(
            "the question is longer than {most} characters\n    -> ask for one thing at a time",
            most=LONGEST,
        )
    said = _with_other_words(mentions(question, reader.names), reader)
    known = _known_spans(said)
    matches = sorted(
        (_matched(query, said, known, reader) for query in named_queries().values()),
        key=lambda match: (-match.score, match.query.name),
    )
    unknown = list(_unknown_words(said, [*known, *said.spans]))
    strange = tuple(word for span, word in unknown if _is_like_name(said, span))
    needed = ENOUGH if matches[0].words >= ENOUGH else ENOUGH - UNKNOWN * len(unknown)
    is_clear = matches[0].score >= needed and not matches[0].missing
    is_clear &= not any(_left(said, "negation", _covered(matches[0].query, said)))
    refused = _compiled(_patterns()["refused"][said.language]).search(said.text)
    relative = next((said.text[slice(*span)] for span in _left(said, "relative", ())), "")
    is_clear &= not relative
    best = matches[0] if is_clear and not strange and not refused else None
    if best:
        matches[0] = best = _of_what_occurs(best, reader)
    rest = [match for match in matches if match is not best and match.score > 0]
    if not (best or rest):
        rest = [match for match in matches if _is_about_a_name(match)]
    return Interpretation(
        said.text,
        said.language,
        best,
        tuple(rest[:FEW_ALTERNATIVES]),
        tuple(word for _, word in unknown),
        strange,
        tuple(name.text for name in said.names if not name.kinds <= {"Topic", "Country"}),
        best is not None and any(_left(said, "sources", _covered(best.query, said))),
        _extreme(said, best) if best else None,
        relative,
    )


def _of_what_occurs(match: QueryMatch, reader: FactReader) -> QueryMatch:
    """A match without the values of parameters for anything that are nowhere in its answers.

    Such a parameter takes whatever name no other does: whom somebody met when inviting, say.
    """

    def occurs(filled: Filled) -> bool:
        asked = bind(match.query, {filled.name: list(filled.values)}, reader.names)
        return bool(run(reader.store, asked, max_rows=1).rows)

    anything = {each.name for each in match.query.parameters if each.type == "Thing"}
    if len(match.parameters) < 2 or match.missing:
        return match
    left = [f for f in match.parameters if f.name in anything and not occurs(f)]
    kept = tuple(filled for filled in match.parameters if filled not in left)
    return replace(match, parameters=kept, aside=(*match.aside, *(f.said for f in left)))


def _is_about_a_name(match: QueryMatch) -> bool:
    """Whether a query is about what a question names, where nothing else of it is known."""
    about = _patterns()["queries"].get(match.query.name, {}).get("about", ())
    return any(f.said and f.name in about and len(f.values) == 1 for f in match.parameters)


def _extreme(said: Mentions, best: QueryMatch) -> Extreme | None:
    """The words of a question for the first or last rows that its query does not take up."""
    for which, words in _patterns()["extremes"].items():
        for match in _compiled(words[said.language]).finditer(said.text):
            if any(word in match[0] for word in best.aside):
                return Extreme(which, match[0])
    return None


# Words


def _with_other_words(said: Mentions, reader: FactReader) -> Mentions:
    """The mentions, and topics, countries, posts and continents that other words name."""
    found = [_with_its_place(name, reader) for name in said.names]
    taken = said.spans
    words = [("topic", "Topic", each) for each in _patterns()["topics"].items()]
    words += [("country", "Country", each) for each in _patterns()["countries"].items()]
    for segment, kind, (slug, pattern) in words:
        iri = f"{ID}{segment}/{slug}"
        for match in _compiled(pattern).finditer(said.text):
            span = match.span()
            shorter = [n for n in said.names if n.kinds <= {kind} and _is_within(n.span, span)]
            free = [each for each in taken if each not in [name.span for name in shorter]]
            if reader.names.kinds(iri) and not _is_said(span, free):
                found = [name for name in found if name not in shorter]
                found.append(NameMention(span, match[0], (iri,), frozenset({kind})))
    for title, pattern in _patterns()["posts"].items():
        for match in _compiled(pattern).finditer(said.text):
            if not _is_said(match.span(), taken) and (posts := _posts_called(title, reader)):
                found.append(NameMention(match.span(), match[0], posts, frozenset({"Post"})))
    areas = [name for name in found if name.kinds <= {"Region"}]
    taken = [span for span in taken if span not in {area.span for area in areas}]
    for pattern, codes in _regions():
        for match in _compiled(pattern).finditer(said.text):
            if not _is_said(match.span(), taken) and (there := _countries_of(codes, reader)):
                same = [area for area in areas if overlap(area.span, match.span())]
                found = [name for name in found if name not in same]
                there += tuple(iri for area in same for iri in area.things)
                kinds = frozenset({"Country"}).union(*(area.kinds for area in same))
                found.append(NameMention(match.span(), match[0], there, kinds))
    return replace(said, names=tuple(sorted(found, key=lambda name: name.span)))


def _with_its_place(name: NameMention, reader: FactReader) -> NameMention:
    """A mention of a government alone, such as the City of Paris, as one of its place as well."""
    if "LocalArea" in name.kinds or "CityGovernment" not in name.kinds:
        return name
    places = [place for iri in name.things for place in reader.values(iri, "governs")]
    kinds = name.kinds.union(*map(reader.names.kinds, places))
    return replace(name, things=(*name.things, *places), kinds=frozenset(kinds))


def _posts_called(title: str, reader: FactReader) -> tuple[str, ...]:
    """The posts (IRIs) whose Korean names have that title."""
    names = reader.names
    return tuple(
        iri
        for iri in sorted(names.things())
        if "Post" in names.kinds(iri) and title in names.label(iri, "ko")
    )


@cache
def _regions() -> list[tuple[str, frozenset[str]]]:
    """Words for continents (GeoNames) and parts of them (UN M49), with the codes of countries."""
    found = [
        (pattern, frozenset(code for code, each in countries().items() if each.continent == name))
        for name, pattern in _patterns()["continents"].items()
    ]
    parts = _patterns()["regions"].values()
    return found + [(part["words"], frozenset(part["countries"].split())) for part in parts]


def _countries_of(codes: frozenset[str], reader: FactReader) -> tuple[str, ...]:
    """The countries of the graph (IRIs) with one of these codes of ISO 3166-1."""
    return tuple(
        iri
        for iri in sorted(reader.names.things())
        if "Country" in reader.names.kinds(iri)
        and not codes.isdisjoint(reader.values(iri, "countryCode"))
    )


@cache
def _patterns() -> dict[str, Any]:
    text = (resources.files("citypact.graph") / "questions/patterns.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _cues(name: str, language: str) -> Mapping[str, float]:
    found: Mapping[str, float] = _patterns()["queries"].get(name, {}).get(language, {})
    return found


def _cue_spans(name: str, said: Mentions) -> Iterator[tuple[Span, float]]:
    """Where the words of a query are in a question, and what each counts: the first time only."""
    # English words from their beginning on: who represents a city presents nothing.
    start = r"(?<![a-z])" if said.language == "en" else ""
    for pattern, weight in _cues(name, said.language).items():
        found = (m.span() for m in _compiled(f"{start}(?:{pattern})").finditer(said.text))
        spans = [span for span in found if weight < MUCH or not _is_in_title(span, said)]
        for place, span in enumerate(spans):
            yield span, 0.0 if place else weight


def _is_in_title(span: Span, said: Mentions) -> bool:
    """Whether words are part of the title of something: they say what it is called, not what is
    asked, such as `friendship city` in that of an agreement."""
    return any(
        name.span[0] <= span[0] and span[1] <= name.span[1] and name.kinds & TITLED
        for name in said.names
    )


def _known_spans(said: Mentions) -> list[Span]:
    """Where words are that speak for some query or mean a code."""
    cues = [span for name in named_queries() for span, _ in _cue_spans(name, said)]
    codes = [pattern for words in _patterns()["codes"].values() for pattern in words.values()]
    cues += _left(said, "sources", ())
    return cues + [m.span() for p in codes for m in _compiled(p).finditer(said.text)]


def _matched(
    query: NamedQuery, said: Mentions, known: list[Span], reader: FactReader
) -> QueryMatch:
    cues = list(_cue_spans(query.name, said))
    spans = [span for span, _ in cues]
    filled, used = _fill(query, said, reader)
    words = sum(weight for _, weight in cues)
    score = words
    has_day = any(each.name == "day" for each in filled)
    for each in used:
        if isinstance(each, QuestionDate) and each.day and not has_day:
            score += DATE_LEFT_ASIDE / 2  # a day is taken for its year
        else:
            score += TAKEN_UP if isinstance(each, NameMention) else DATE_COUNTS
    score += CODE_COUNTS * sum(_is_choice(query, each.name) for each in filled)
    for name in said.names:
        if name not in used and not _is_said(name.span, spans):
            score += _left_aside(name, reader)
    score += RELATION_LEFT_ASIDE * _leaves_relation(query, said, spans)
    score += DATE_LEFT_ASIDE * sum(date not in used for date in said.dates)
    missing = tuple(
        each.name
        for each in query.parameters
        if each.required and each.name not in {f.name for f in filled}
    )
    score += MISSING * len(missing)
    needs = _patterns()["queries"].get(query.name, {}).get("needs", {})
    if not _compiled(needs.get(said.language, "")).search(said.text):
        words = 0.0
    about = _patterns()["queries"].get(query.name, {}).get("about")
    if about and not any(each.name in about for each in filled):
        score += NOT_ABOUT
    covered = _covered(query, said)
    aside = list(_unknown_words(said, [*covered, *_left(said, "sources", ())]))
    strange = sum(not any(overlap(span, other) for other in known) for span, _ in aside)
    score += UNKNOWN * strange + ELSEWHERE * (len(aside) - strange)
    spoken = tuple(said.text[slice(*span)] for span, weight in sorted(cues) if weight > 0)
    centre = _centre(reader)
    left = [span for span, _ in aside]
    coded = {each.said for each in filled if each.codes}
    left += [
        n.span
        for n in said.names
        if n not in used and n.text not in coded and not set(n.things) & centre
    ]
    left += [date.span for date in said.dates if date not in used]
    left += [*_left(said, "negation", covered), *_left(said, "narrowing", covered)]
    left = [span for span in left if not _is_said(span, spans)]
    return QueryMatch(
        query,
        tuple(filled),
        score if words > 0 else min(score, 0.0),
        words,
        tuple(dict.fromkeys(spoken)),
        missing,
        tuple(dict.fromkeys(said.text[slice(*span)] for span in sorted(left))),
    )


def _leaves_relation(query: NamedQuery, said: Mentions, cues: list[Span]) -> bool:
    """Whether a question speaks of a kind of partnership that a query does not take up."""
    if any(each.type == "code:relation-type" for each in query.parameters):
        return False
    words = _patterns()["codes"]["relation-type"].values()
    spans = [m.span() for pattern in words for m in _compiled(pattern).finditer(said.text)]
    return any(not _is_said(span, cues) and not _is_in_title(span, said) for span in spans)


def _left_aside(name: NameMention, reader: FactReader) -> float:
    """What a name counts that no parameter takes up: the centre, which is meant anyway, nothing."""
    if set(name.things) & _centre(reader):
        return 0.0
    return LEFT_ASIDE / 2 if name.kinds <= {"Topic"} else LEFT_ASIDE


def _centre(reader: FactReader) -> set[str]:
    """The centre of the project and its government; empty for none."""
    centre = reader.store.centre
    return {centre, *reader.subjects(centre, "governs")} if centre else set()


def _is_said(span: Span, cues: Iterable[Span]) -> bool:
    return any(overlap(span, cue) for cue in cues)


def _is_choice(query: NamedQuery, name: str) -> bool:
    """Whether a parameter takes a code or a number."""
    (parameter,) = (each for each in query.parameters if each.name == name)
    return parameter.type.startswith("code:") or parameter.type in ("language", "integer")


def _unknown_words(said: Mentions, covered: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """The words of a question that are neither said to mean something nor without a meaning."""
    ignored = _compiled(_patterns()["ignored"][said.language])
    english = _compiled(_patterns()["ignored"]["en"])
    for span in said.words:
        word = said.text[slice(*span)]
        is_plain = word.isdigit() or len(word) < 2 or ignored.search(word) or english.search(word)
        if not is_plain and not any(overlap(span, other) for other in covered):
            yield span, word


def _is_like_name(said: Mentions, span: Span) -> bool:
    """Whether a word that is not known looks like the name of something."""
    word = said.text[slice(*span)]
    if said.language == "en":
        return word[0].isupper() and span[0] > 0
    if re.search(r"[가-힣]{2,}(?:와|과|하고|랑|시와|시의|시에|에게|시는)$|^[A-Z]", word):
        return True
    patterns = _patterns()["strangers"]
    is_before_post = _compiled(patterns["posts"]).match(said.text, span[1])
    is_person = is_before_post and _compiled(patterns["names"]).fullmatch(word)
    return bool(is_person or _compiled(patterns["places"]).fullmatch(word))


def _left(said: Mentions, kind: str, covered: Sequence[Span]) -> Iterator[Span]:
    """Where words of a kind (negation, narrowing) are that a query does not cover."""
    for match in _compiled(_patterns()[kind][said.language]).finditer(said.text):
        # A word within a longer one that speaks for the query, such as `but not`, is taken up.
        if not any(start <= match.start() and match.end() <= end for start, end in covered):
            yield match.span()


def _covered(query: NamedQuery, said: Mentions) -> list[Span]:
    """Where words are that speak for a query or mean one of its codes, names and dates."""
    covered = [span for span, _ in _cue_spans(query.name, said)] + said.spans
    for parameter in query.parameters:
        covered += [match.span() for match, _ in _numbers(parameter, said)]
    codes = [_patterns()["codes"].get(p.type.removeprefix("code:"), {}) for p in query.parameters]
    for pattern in (pattern for words in codes for pattern in words.values()):
        covered += [match.span() for match in _compiled(pattern).finditer(said.text)]
    return covered


# Parameters


def _fill(
    query: NamedQuery, said: Mentions, reader: FactReader
) -> tuple[list[Filled], set[object]]:
    """The parameters that a question fills, and what of it they take up."""
    filled: list[Filled] = []
    used: set[object] = set()
    things = [each for each in query.parameters if _classes(each) is not None]
    for parameter in _in_order(things, said):
        free = [name for name in said.names if name not in used]
        if parameter.type == "Thing":
            free = _left_for_things(free, things, used, reader)
        for name in _preferred(parameter, free, things, said, reader):
            values = _values(parameter, name, said, reader)
            if values:
                others = _alternatives(parameter, name, free, things, said)
                words = ", ".join(each.text for each in (name, *others))
                alike = {v for each in others for v in _values(parameter, each, said, reader)}
                filled.append(Filled(parameter.name, tuple(sorted({*values, *alike})), words))
                used |= {name, *others}
                used |= _named_with(parameter, name, values, said, reader)
                break
    filled += _centre_itself(query, filled, said, reader)
    for parameter in query.parameters:
        if found := _code(parameter, said):
            filled.append(found)
        for match, number in _numbers(parameter, said):
            filled.append(Filled(parameter.name, (str(number),), match[0]))
            break
    for dated, date, text in _dated(query, said):
        filled.append(Filled(dated, (text,), said.text[slice(*date.span)]))
        used.add(date)
    order = [each.name for each in query.parameters]
    return sorted(filled, key=lambda each: order.index(each.name)), used


def _alternatives(
    parameter: Parameter,
    name: NameMention,
    free: list[NameMention],
    things: list[Parameter],
    said: Mentions,
) -> list[NameMention]:
    """Further topics or countries of a question beside the first: any of them will do, unless it
    asks for what has them all; and whatever the question puts up against the first."""
    if either := _either(name, said):
        classes = _classes(parameter) or ()
        return [n for n in either if n in free and _fits(classes, n) and n.kinds & name.kinds]
    kind = parameter.type
    if kind not in ("Topic", "Country") or sum(each.type == kind for each in things) > 1:
        return []
    if _compiled(_patterns()["together"][said.language]).search(said.text):
        return []
    return [each for each in free if each is not name and each.kinds <= {kind}]


def _either(name: NameMention, said: Mentions) -> list[NameMention]:
    """The names that a question puts up against a name: `Tokyo or Beijing`, `도쿄와 베이징 중`."""
    words = _patterns()["either"][said.language]
    found = []
    for one, other in zip(said.names, said.names[1:], strict=False):
        between = said.text[one.span[1] : other.span[0]]
        is_open = _compiled(words["or"]).fullmatch(between)
        is_and = _compiled(words["and"]).fullmatch(between)
        is_open = is_open or (is_and and _compiled(words["of"]).match(said.text, other.span[1]))
        if is_open and name in (one, other):
            found.append(other if name is one else one)
    return found


def _centre_itself(
    query: NamedQuery, filled: list[Filled], said: Mentions, reader: FactReader
) -> Iterator[Filled]:
    """The centre of the project, where a question that names no place is about its partners."""
    name = _patterns()["queries"].get(query.name, {}).get("centre")
    is_open = name and not any(each.name == name for each in filled)
    if is_open and reader.store.centre and not any("LocalArea" in n.kinds for n in said.names):
        yield Filled(name, (reader.store.centre.removeprefix(ID),), "")


def _left_for_things(
    free: list[NameMention], things: list[Parameter], used: set[object], reader: FactReader
) -> list[NameMention]:
    """The mentions that a parameter for anything may take.

    Where another is for places, the centre is what the question is about anyway; where another is
    for parties, a place is asked for what its government did.
    """
    if used and any("LocalArea" in each.type for each in things):
        free = [name for name in free if not set(name.things) & _centre(reader)]
    if any(each.name == "party" for each in things):
        free = [name for name in free if "LocalArea" not in name.kinds]
    return free


def _classes(parameter: Parameter) -> tuple[str, ...] | None:
    """The classes of what a parameter takes; () for anything, None for what is no thing."""
    plain = ("text", "integer", "year", "date", "language")
    if parameter.type in plain or parameter.type.startswith("code:"):
        return None
    return () if parameter.type == "Thing" else tuple(parameter.type.split("|"))


def _in_order(parameters: list[Parameter], said: Mentions) -> list[Parameter]:
    """Parameters in the order in which they choose: what is named most narrowly first."""
    narrow = ("Topic", "CityNetwork", "Country", "Person", "PolicySolution", "Venue", "Event")
    places = any("LocalArea" in each.type for each in parameters)

    def rank(parameter: Parameter) -> tuple[bool, bool]:
        # What may be anything is left to what may be a place only.
        is_last = places and parameter.type in ("Thing", "SourceDocument")
        return is_last, not any(name in parameter.type for name in narrow)

    return sorted(parameters, key=rank)


def _preferred(
    parameter: Parameter,
    free: list[NameMention],
    things: list[Parameter],
    said: Mentions,
    reader: FactReader,
) -> list[NameMention]:
    """The mentions that a parameter may take, the likeliest first."""
    classes = _classes(parameter) or ()
    centre = _centre(reader)
    fitting = [name for name in free if _fits(classes, name) and _may_be(parameter, name, said)]
    if parameter.type == "SourceDocument":  # Those about the centre are nearly all.
        fitting = [n for n in fitting if parameter.type in n.kinds or not set(n.things) & centre]
    by_country = any(each.type == "Country" for each in things) and any(
        "Country" in name.kinds for name in free
    )

    def rank(name: NameMention) -> tuple[int, int, int]:
        role = 0
        if parameter.name in ("to", "other") and len(fitting) > 1:
            role = 0 if name.particle in ("에", "에게", "한테", "과", "와", "") else 1
        if parameter.name in ("by", "who"):
            role = 0 if name.particle in ("이", "가", "은", "는") else 1 if not name.particle else 2
        if parameter.name == "network":
            role = (0 if "CityNetwork" in name.kinds else 2) + _is_who(name, said)
        is_centre = bool(set(name.things) & centre) and len(fitting) > 1 and not by_country
        exact = bool(set(classes) & name.kinds) or not classes
        return (
            int(is_centre and parameter.name not in ("by", "owner", "member")),
            role,
            int(not exact),
        )

    return sorted(fitting, key=lambda name: (*rank(name), name.span))


def _may_be(parameter: Parameter, name: NameMention, said: Mentions) -> bool:
    """Whether what stands around a name, or its kind, doesn't rule it out for a parameter."""
    if parameter.name == "network":
        return "CityGovernment" not in name.kinds
    if parameter.name == "member" and _is_of_members(name, said):
        return False
    if parameter.name == "place":
        before = said.text[: name.span[0]].lower()
        return name.particle == "에서" or bool(re.search(r"\b(in|at)( the)? $", before))
    if parameter.name == "to" and _is_before(name, said):
        return False
    if parameter.name in ("by", "who") and "Person" not in name.kinds:
        behind = said.text[name.span[1] :].lower()
        if said.language == "ko":
            if re.match(r"\S*\s*(업무)?(협정|협약|양해각서)", behind) or _is_before(name, said):
                return False  # of whom an agreement is
            if name.particle == "의":
                return bool(re.match(r"의 (제안|초청|요청|기대|희망)", behind))
            if re.match(r"\S*\s*(사이|간(?![가-힣]))", behind):
                return False
            return name.particle not in ("와", "과", "와의", "과의", "하고", "에", "에게", "한테")
        if re.match(r"['’]s\b", behind):  # Of what is somebody's only this is what they do.
            return bool(re.match(r"['’]s (propos|invit|request|expect|hope|suggest)", behind))
        before = said.text[: name.span[0]].lower()
        is_other = re.search(r"\b(with|to|for|about|between( [^,?]* and)?)( the)? $", before)
        return not (is_other or _is_before(name, said))
    return True


def _is_before(name: NameMention, said: Mentions) -> bool:
    """Whether a name only says what came before, such as `after Guayaquil`."""
    if said.language == "ko":
        return bool(re.match(r"\s(이후|이전|다음|말고|외에)", said.text[name.span[1] :]))
    return bool(re.search(r"\b(after|besides)( the)? $", said.text[: name.span[0]].lower()))


def _is_who(name: NameMention, said: Mentions) -> bool:
    """Whether a name is that of a member rather than of the network to which it belongs."""
    if said.language == "ko":
        return name.particle in ("은", "는", "이", "가", "도")
    return not re.search(r"\b(of|in|to|join(ed|s)?)( the)? $", said.text[: name.span[0]].lower())


def _is_of_members(name: NameMention, said: Mentions) -> bool:
    """Whether a question speaks of the members of what it names, such as `both C40 and WeGO`."""
    words = _patterns()["networks"][said.language]
    before = _compiled(words["before"]).search(said.text[: name.span[0]])
    behind = _compiled(words["behind"]).match(said.text, name.span[1])
    return "CityNetwork" in name.kinds and bool(before or behind)


def _fits(classes: tuple[str, ...], name: NameMention) -> bool:
    if not classes:
        return not name.kinds <= {"Topic"}
    if set(classes) & name.kinds:
        return True
    if "Organization" in classes and "Post" in name.kinds:
        return True
    actors = {"LocalArea", "Organization", "CityGovernment", "CityNetwork"}
    return bool({"Agreement", "SourceDocument", "Event"} & set(classes)) and bool(
        actors & name.kinds
    )


def _values(
    parameter: Parameter, name: NameMention, said: Mentions, reader: FactReader
) -> tuple[str, ...]:
    """The values that a mention gives a parameter: slugs of things, sorted."""
    classes = set(_classes(parameter) or ())
    kinds = reader.names.kinds
    things = [iri for iri in name.things if not classes or kinds(iri) & classes]
    if not classes and _is_of_agreement(name, said):
        things = _agreements(name, said, reader) or things
    if not things and "Organization" in classes and len(name.things) == 1:
        things = [body for iri in name.things for body in reader.values(iri, "postIn")]
    if not things and classes & {"Agreement", "SourceDocument", "Event"}:
        agreements = _agreements(name, said, reader)
        things = agreements if "Agreement" in classes else []
        if "SourceDocument" in classes:
            things = sorted(
                {d for iri in agreements for d in reader.subjects(iri, "about", "fullTextOf")}
            )
        if not things and "Event" in classes:
            things = sorted({e for iri in agreements for e in _events(iri, reader)})
    if not classes and name.kinds <= {"Post"}:  # Of a post is said little, of who holds it more.
        tenures = [tenure for iri in things for tenure in reader.subjects(iri, "post")]
        things = [h for tenure in tenures for h in reader.values(tenure, "holder")] or things
    if not classes and len(things) > 1:
        # Of a city and its government the city: both have the name, and the city is asked for.
        things = [iri for iri in things if "LocalArea" in kinds(iri)] or things
    return tuple(iri.removeprefix(ID) for iri in sorted(things))


def _agreements(name: NameMention, said: Mentions, reader: FactReader) -> list[str]:
    """The agreements of whom a mention names: with others that are named, of a year or form."""

    def of(mention: NameMention) -> set[str]:
        bodies = {*mention.things}
        for iri in mention.things:
            bodies.update(reader.subjects(iri, "governs"))
        return {a for body in bodies for a in reader.subjects(body, "party")}

    found = of(name)
    for other in said.names:
        if other is not name and (both := found & of(other)):
            found = both
    for date in said.dates:
        dated = {iri for iri in found if _is_of_year(iri, date.year, reader)}
        found = dated or found
    for form in _codes_said("form", said):
        formed = {i for i in found if f"{CODE}form/{form}" in reader.values(i, "instrumentForm")}
        found = formed or found
    return sorted(found)


def _is_of_agreement(name: NameMention, said: Mentions) -> bool:
    """Whether a question speaks of the agreement of whom it names, such as `the London MOU`."""
    behind = said.text[name.span[1] :]
    words = r"\S{0,3}\s*(업무)?(협정|협약|양해각서|합의서|합의문)|\s(agreement|memorand|mou\b)"
    return bool(re.match(words, behind, re.IGNORECASE))


def _is_of_year(agreement: str, year: int, reader: FactReader) -> bool:
    dates = [fact.date for fact in reader.about(agreement, "signingDate")]
    return any(d and d.begin and d.end and d.begin.year <= year <= d.end.year for d in dates)


def _events(agreement: str, reader: FactReader) -> list[str]:
    during = reader.values(agreement, "signedDuring")
    under = reader.subjects(agreement, "underAgreement")  # Projects as well.
    return [iri for iri in (*during, *under) if "Event" in reader.names.kinds(iri)]


def _named_with(
    parameter: Parameter,
    name: NameMention,
    values: tuple[str, ...],
    said: Mentions,
    reader: FactReader,
) -> set[object]:
    """Further mentions that the values of a parameter take up: other parties, the year."""
    classes = _classes(parameter)
    if classes and not set(classes) & {"Agreement", "SourceDocument", "Event"}:
        return set()
    if any(value.split("/")[0] not in ("agreement", "doc", "event") for value in values):
        return set()
    agreements = [ID + value for value in values if value.startswith("agreement/")]
    parties = {p for iri in agreements for p in reader.values(iri, "party")}
    places = {city for party in parties for city in reader.values(party, "governs")}
    found: set[object] = {
        other
        for other in said.names
        if other is not name and set(other.things) & (parties | places)
    }
    for date in said.dates:
        if any(_is_of_year(iri, date.year, reader) for iri in agreements) and not date.day:
            found.add(date)
    return found


def _numbers(parameter: Parameter, said: Mentions) -> Iterator[tuple[re.Match[str], int]]:
    """Where a question says how many at least or at most, and the number."""
    numbers = _patterns()["numbers"]
    for form in numbers.get(parameter.name, ()) if parameter.type == "integer" else ():
        if not _compiled(form.get("among", "")).search(said.text):
            continue
        for match in _compiled(form["words"]).finditer(said.text):
            number = (match.groupdict().get("n") or str(form["is"])).lower()
            value = int(number) if number.isdigit() else numbers["words"][number]
            yield match, value + form.get("and", 0)


def _codes_said(codes: str, said: Mentions) -> dict[str, str]:
    """The codes of a list that a question speaks of, by our words for them, with what it says.

    A word within a longer one, such as `signed` in `not signed`, is none of its own.
    """
    found = [
        (match.span(), code)
        for code, pattern in _patterns()["codes"].get(codes, {}).items()
        for match in _compiled(pattern).finditer(said.text)
    ]
    return {
        code: said.text[slice(*span)]
        for span, code in sorted(found, reverse=True)
        if not any(overlap(span, other) and _length(span) < _length(other) for other, _ in found)
    }


def _length(span: Span) -> int:
    return span[1] - span[0]


def _is_within(span: Span, longer: Span) -> bool:
    return longer[0] <= span[0] and span[1] <= longer[1] and span != longer


def _code(parameter: Parameter, said: Mentions) -> Filled | None:
    """The codes that a parameter takes of a question: any of several will do."""
    codes = parameter.type.removeprefix("code:")
    if codes == parameter.type and codes != "language":
        return None
    untitled = replace(said, text=_without_titles(said))
    found = _codes_said(codes, untitled)
    order = sorted(found, key=list(_patterns()["codes"].get(codes, {})).index)
    words = [found[code] for code in order]
    return Filled(parameter.name, tuple(order), ", ".join(words), codes) if order else None


def _without_titles(said: Mentions) -> str:
    """The text of a question with blanks for titles and names of bodies, whose words say what
    something is called, not of which kind it is asked for."""
    text = said.text
    for name in said.names:
        if name.kinds & {*TITLED, "Organization"} and "LocalArea" not in name.kinds:
            start, end = name.span
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _dated(query: NamedQuery, said: Mentions) -> Iterator[tuple[str, Any, str]]:
    """The parameters that days and years of a question fill."""
    kinds = {each.name: each.type for each in query.parameters}
    years = sorted((date for date in said.dates if not date.day), key=lambda date: date.year)
    if "from" in kinds and len(years) == 2 and years[0].year < years[1].year:
        # Of two years one is the first, in whichever order they are said.
        yield "from", years[0], str(years[0].year)
        yield "to", years[1], str(years[1].year)
        return
    for date in said.dates:
        if date.day and kinds.get("day") == "date":
            yield "day", date, date.day
        elif "from" in kinds:
            if date.bound != "to":
                yield "from", date, str(date.year)
            if date.bound != "from" and not any(
                d.bound == "to" for d in said.dates if d is not date
            ):
                yield "to", date, str(date.year)
        elif kinds.get("year") == "year":
            yield "year", date, str(date.year)


__all__ = ["ENOUGH", "Filled", "Interpretation", "QueryMatch", "interpret"]

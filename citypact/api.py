"""The public Python API: open a graph, ask it, see the evidence, get networks and pictures."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

import pyoxigraph as ox

from citypact.graph.open_store import is_address, open_store
from citypact.graph.provenance.named_queries import (
    SEPARATOR,
    Answer,
    NamedQuery,
    bind,
    named_queries,
    named_query,
    run,
    solutions_behind,
    values_of,
)
from citypact.graph.sparql.read_only import guard, is_doubtful
from citypact.graph.sparql.results import FORMATS as RESULT_FORMATS
from citypact.graph.sparql.results import write_answer, write_rows
from citypact.graph.sparql.syntax import MAKING, SparqlQuery
from citypact.graph.store.base import LocalStore, Store
from citypact.graph.store.labels import Names, property_iri
from citypact.ontology import ID, LANGUAGES, is_editors
from citypact.ontology.errors import CitypactError, Message
from citypact.ontology.vocabulary import Term
from citypact.sources import PACKAGED
from citypact.sources.files.garbage import collecting_seldom

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyvis.network
    import rdflib

    from citypact.graph.brief.data import Brief
    from citypact.graph.build.build import Build
    from citypact.graph.export.quickstatements import StatementBatch
    from citypact.graph.networks.filter import Filter
    from citypact.graph.networks.measures import ActorMeasures, SharedTopics
    from citypact.graph.provenance.explain import Explanation
    from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
    from citypact.graph.questions.matching import Interpretation
    from citypact.graph.relations.facts import FactReader
    from citypact.graph.relations.ledger import Promise
    from citypact.graph.relations.timeline import TimelineEntry
    from citypact.graph.relations.versions import LanguageVersions
    from citypact.graph.report.report import Report
    from citypact.sources.reading.texts import Texts


@dataclass(frozen=True)
class ExplainedRow:
    """A row of an answer: its terms by column, and the claims on which it rests."""

    values: dict[str, Term | None]
    claims: list[Evidence]


@dataclass(frozen=True, repr=False)
class Table:
    """The rows of an answer.

    Iterating gives dictionaries of RDF terms; where a column holds several values they are one
    literal, which `values` takes apart. `records` and `to_pandas` give names and plain values.
    `explained` gives each row with the claims on which it rests, `sources` the claims.
    """

    answer: Answer
    _graph: Graph = field(repr=False)

    @property
    def names(self) -> Names:
        """The names of the graph that was asked."""
        return self._graph.names

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self.answer.columns

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than were asked for."""
        return self.answer.is_cut

    @property
    def sparql(self) -> str:
        """The query that was run, with its parameters bound and its prefixes declared."""
        return self.answer.query.self_contained.text

    @property
    def notes(self) -> list[Message]:
        """Why there are fewer rows or values than expected: unknown terms, functions of dates."""
        from citypact.graph.provenance.query_notes import query_notes

        return query_notes(self.answer.query, self.names, self.columns, self.answer.rows)

    def __len__(self) -> int:
        return len(self.answer.rows)

    def __repr__(self) -> str:
        return f"<Table with {len(self)} rows of {', '.join(self.columns)}>"

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        for row in self.answer.rows:
            yield dict(zip(self.columns, row, strict=True))

    def records(self, language: str = "en") -> list[dict[str, Any]]:
        """Rows as dictionaries: things by their names in a language, literals as Python values.

        Several values of a column are a text, joined by "|".
        """
        return [
            {name: self._plain(name, term, language) for name, term in row.items()} for row in self
        ]

    def values(self, column: str, term: Term | None) -> list[Term]:
        """The terms of a cell: several in a column of several values, none where it is empty."""
        return self.answer.values(column, term)

    def _plain(self, column: str, term: Term | None, language: str) -> Any:
        if column not in self.answer.query.several or term is None:
            return self.names.plain(term, language)
        found = (str(self.names.plain(each, language)) for each in values_of(term))
        return SEPARATOR.join(name.replace(SEPARATOR, "/") for name in found)

    def to_pandas(self, language: str = "en") -> pandas.DataFrame:
        """The same as a DataFrame. Needs pandas: `pip install citypact[research]`."""
        import pandas

        return pandas.DataFrame(self.records(language), columns=self.columns)

    def to_sparql(self, form: str = "sparql-json") -> bytes:
        """The rows, or the yes or no of ASK, in a format of the W3C for results of queries.

        `form` is sparql-json, sparql-xml, sparql-csv or sparql-tsv. Raises CitypactError for
        another.
        """
        if form not in RESULT_FORMATS:
            raise CitypactError(
                "{form!r} is not a format\n    -> use one of: {known}",
                form=form,
                known=", ".join(RESULT_FORMATS),
            )
        if self.answer.query.form == "ASK":
            return write_answer(self.records()[0]["answer"], form)
        return write_rows(self.columns, self.answer.rows, form)

    def explained(self) -> list[ExplainedRow]:
        """The rows, each with its claims: of a statement those of documents before the editors'."""
        tracer = self._graph.tracer
        return [
            ExplainedRow(row, [claim for node in nodes for claim in tracer.claims(node)])
            for row, nodes in zip(self, tracer.behind_rows(self.answer), strict=True)
        ]

    def sources(self) -> list[list[Evidence]]:
        """For each row the claims on which it rests, in the order of `explained`."""
        return [row.claims for row in self.explained()]

    def facts(self) -> list[tuple[Any, Any, Any]]:
        """The claimed statements behind all rows, as triples, sorted."""
        tracer = self._graph.tracer
        nodes = {node for row in tracer.behind_rows(self.answer) for node in row}
        triples = [tracer.triple(node) for node in nodes]
        return sorted(triples, key=lambda triple: tuple(str(part) for part in triple))


class SourceFilters(TypedDict, total=False):
    """Keywords that say whose ties a network has.

    source: only ties that one of these reports, each a document by its name or slug, or the name of
    an imported list. without_source: as if these did not exist. hub: only ties from the registers
    of these cities, each of which was collected from the city's own side. Dates, names and topics
    of a tie stay as all sources have them.
    """

    source: str | Iterable[str]
    without_source: str | Iterable[str]
    hub: str | Iterable[str]


class Filters(SourceFilters, total=False):
    """Keywords that say which part of a network to make.

    as_of: only ties known to have begun by that day (a date, or text such as "2016-12-31").
    topic: only agreements on that topic or a narrower one, by its name in either language. kinds:
    only actors of these kinds (government, network, office, organization). prospects: also what is
    only announced, expected, proposed, invited or requested. current: without ties that have ended
    by the day of `as_of`, else by today.
    """

    as_of: datetime.date | str | None
    topic: str
    kinds: str | Iterable[str]
    prospects: bool
    current: bool


def _listed(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) and names else tuple(names)


def _day(day: datetime.date | str) -> datetime.date:
    if isinstance(day, datetime.datetime):
        return day.date()
    if isinstance(day, datetime.date):
        return day
    try:
        return datetime.date.fromisoformat(day)
    except ValueError as error:
        raise CitypactError(
            "{day!r} is not a date\n    -> write it such as 2016-12-31", day=day
        ) from error


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise CitypactError(
            "there are no pages in {language!r}\n    -> use {languages}",
            language=language,
            languages=", ".join(LANGUAGES),
        )


class Graph:
    """A graph of city partnerships that can be asked. Make one with `citypact.open`."""

    def __init__(self, store: Store, texts: Texts | None = None) -> None:
        self.store = store
        self.texts = texts
        self.names = Names.of(store)

    @cached_property
    def tracer(self) -> ProvenanceTracer:
        """What finds the claims behind statements of this graph."""
        from citypact.graph.provenance.trace import ProvenanceTracer

        return ProvenanceTracer(self.store, self.names, self.texts)

    def __repr__(self) -> str:
        return f"<Graph of {len(self.store)} quads>"

    def query(
        self,
        query: str,
        /,
        *,
        allow_service: bool = False,
        max_rows: int | None = None,
        timeout: float | None = None,
        **parameters: str | int | datetime.date | Sequence[str],
    ) -> Table:
        """Answers a named query, or SPARQL text where `query` has white space.

        Parameters are names in Korean or English, aliases, slugs, IRIs, numbers or dates,
        as the query's type wants; of a list of names any fits. `allow_service` lets SERVICE in a
        text ask other servers; `max_rows` and `timeout` (seconds) as in `ask`.
        Raises CitypactError with the cure for anything else.

        >>> citypact.open("build").query("SELECT * { ?s ?p ?o }", timeout=10)  # doctest: +SKIP
        """
        if any(character.isspace() for character in query):
            if parameters:
                raise CitypactError(
                    "a query as text takes no parameters\n    -> write them into it"
                )
            asked = SparqlQuery(query)
        else:
            values = {
                name: str(value) if isinstance(value, (str, int, datetime.date)) else value
                for name, value in parameters.items()
            }
            asked = bind(named_query(query), values, self.names)
        return self.ask(asked, allow_service=allow_service, max_rows=max_rows, timeout=timeout)

    def ask(
        self,
        query: SparqlQuery,
        *,
        explained: bool = False,
        allow_service: bool = False,
        max_rows: int | None = None,
        timeout: float | None = None,
    ) -> Table:
        """Answers a query that is taken apart already; see `query`.

        `explained` reads what `Table.explained` needs in the same run, where it can. `max_rows`:
        no more rows are read; `Table.is_cut` says whether there are more. `timeout`: after so many
        seconds the work is ended, and its memory free: the query runs in a process of its own,
        which has no network and at most half of the machine's memory. A graph in memory is copied
        to it first, which takes a second for some hundred thousand statements.
        """
        guard(query, allow_service)
        with self._answering(query, allow_service, timeout) as store:
            answer = run(store, query, explained=explained, max_rows=max_rows)
            if timeout is not None and explained and answer.behind is None:
                answer = replace(answer, behind=solutions_behind(store, answer))
        return Table(answer, self)

    def _answering(
        self, query: SparqlQuery, allow_service: bool, timeout: float | None
    ) -> AbstractContextManager[Store]:
        """The store that answers a query: in a process without network where there is doubt."""
        if timeout is None and (allow_service or not is_doubtful(query)):
            return nullcontext(self.store)
        from citypact.graph.store.isolated import isolated

        return isolated(self.store, timeout, has_network=allow_service)

    def interpret(self, question: str) -> Interpretation:
        """How a question in Korean or English is understood, by fixed rules and without a model.

        `best` is the named query that answers it, with `values` for its parameters, or None; then
        `others` are the nearest: `graph.query(best.query.name, **best.values)` runs it. Raises
        CitypactError for a question of more than 300 characters.
        """
        from citypact.graph.questions.matching import interpret

        return interpret(question, self._facts)

    def triples(
        self, query: SparqlQuery, *, allow_service: bool = False, timeout: float | None = None
    ) -> list[tuple[Any, Any, Any]]:
        """The triples that a query makes (CONSTRUCT, DESCRIBE), or on which its rows rest.

        `timeout` as in `ask`.
        """
        if query.form not in MAKING:
            asked = self.ask(query, explained=True, allow_service=allow_service, timeout=timeout)
            return asked.facts()
        guard(query, allow_service)
        with self._answering(query, allow_service, timeout) as store:
            made = store.answer(query.text)
            return [(triple.subject, triple.predicate, triple.object) for triple in made]  # type: ignore[union-attr]

    @staticmethod
    def queries() -> dict[str, NamedQuery]:
        """The named queries with their titles, purposes and parameters in both languages."""
        return named_queries()

    def why(self, subject: str, predicate: str = "") -> list[Explanation]:
        """What stands behind the facts and claims about a thing.

        `subject` is a name, alias, slug or IRI (all things of that name are meant); of a statement
        or a claim, what it states is explained. `predicate` is a property by local name, record
        field or label. Statements about the thing come first; of people and topics also those that
        have them as their value. Where nothing is recorded of the thing itself, those that have it
        as their value are given, else those about its parts (who signed an agreement), else those
        about what is related to it (the signing dates of a city's agreements):
        `Explanation.about` says which.
        Raises CitypactError where nothing fits.
        """
        from citypact.graph.provenance.explain import explain_all, explain_statement

        for iri in (subject, ID + subject):
            if explanation := explain_statement(self.tracer, iri):
                return [explanation]
        wanted = property_iri(predicate) if predicate else ""
        return list(explain_all(self.tracer, self.names.find(subject), wanted))

    def brief(
        self,
        subject: str,
        other: str = "",
        *,
        as_of: datetime.date | str | None = None,
        out: str | Path | None = None,
        form: str = "html",
        language: str = "ko",
        replace: bool = False,
    ) -> Brief:
        """What is on record between two partners, for a meeting: each item with its claims.

        `subject` and `other` are cities or bodies, by any of their names; `other` is the centre of
        the project where it is not given. `as_of`: only what is known to have begun by that day.
        With `out` the brief is written there in a `language`: as html (prints on A4), docx
        (footnotes; needs `pip install citypact[docx]`) or md. Raises CitypactError for an unknown
        name, format or day, where both are one, for a place that cannot be written, and for a file
        that Citypact did not write, or that was changed since, unless `replace`.
        """
        from citypact.graph.brief.files import brief_file, brief_on, check_format
        from citypact.graph.export import check_output, write_output

        check_format(form)
        _check_language(language)
        if out is not None:
            check_output(Path(out), replace=replace)
        found = brief_on(self._facts, subject, other, _day(as_of) if as_of else None)
        if out is not None:
            data = brief_file(self._facts, found, form, language)
            write_output(Path(out), data, replace=replace)
        return found

    def promises(self, **parameters: str) -> list[Promise]:
        """The ledger of commitments: what was agreed, done, planned, expected, proposed or invited.

        parameters: city, party, agreement, state (`graph.relations.ledger.STATES`), by any of their
        names; all promises without them. Each has its claims, and what became of it where a source
        says so. Raises CitypactError for a name that nothing has.
        """
        from citypact.graph.relations.ledger import promises

        return promises(self._facts, with_claims=True, **parameters)

    def timeline(self, actor: str, other: str = "") -> list[TimelineEntry]:
        """What is dated of a city or body, or of two of them together, in order of time.

        Agreements, partnerships, memberships, events, projects and policy transfers; those that
        nobody dates are at the end. Raises CitypactError for a name that nothing has.
        """
        from citypact.graph.brief.files import ACTORS
        from citypact.graph.relations.timeline import timeline

        iris = [self.names.find(name, *ACTORS)[0] for name in (actor, other) if name]
        return timeline(self._facts, *iris)

    def language_versions(self, agreement: str) -> LanguageVersions | None:
        """The language versions of an agreement side by side, with their differences.

        None where no document has the agreement in several languages. Raises CitypactError for a
        name that no agreement has.
        """
        from citypact.graph.relations.versions import language_versions

        return language_versions(self._facts, self.names.find_one(agreement, "Agreement"))

    @property
    def _facts(self) -> FactReader:
        from citypact.graph.relations.facts import FactReader

        return FactReader(self.store, self.names, self.tracer)

    def cite(self, *names: str, style: str = "", language: str = "en") -> str:
        """Citations of documents, and of the sources of what is recorded of things.

        Names are those that `why` takes; of a document it is cited itself, by its slug too. `style`
        is korean, english, bibtex or csl-json, by default that of the language. Documents come in
        the order of their dates, each once; those without a date at the end.
        Raises CitypactError for an unknown name or style, and where nothing has a source.
        """
        from citypact.graph.provenance.citations import (
            STYLE_OF,
            STYLES,
            Bibliography,
            by_date,
            cite,
        )

        wanted = style or STYLE_OF[language]
        if wanted not in STYLES:
            raise CitypactError(
                "{form!r} is not a format\n    -> use one of: {known}",
                form=wanted,
                known=", ".join(STYLES),
            )
        found = {iri for name in names for iri in self._documents(name)}
        if not found:
            raise CitypactError(
                "{names}: no document says anything of it\n"
                "    -> name a thing or a document; `citypact query publication-of-documents` "
                "lists documents",
                names=", ".join(names),
            )
        bibliography = Bibliography(self.store, self.names)
        return cite(sorted(map(bibliography.document, found), key=by_date), wanted)

    def _documents(self, name: str) -> set[str]:
        """The documents that a name means, and those that say something of what it means."""
        from citypact.graph.provenance.explain import explain_all

        meant = self.names.find(name)
        documents = {iri for iri in meant if "SourceDocument" in self.names.kinds(iri)}
        things = [iri for iri in meant if iri not in documents]
        return {
            *(iri for iri in documents if not is_editors(iri)),
            *(
                claim.document
                for explanation in explain_all(self.tracer, things)
                for claim in explanation.claims
                if not claim.is_editorial
            ),
        }

    def label(self, thing: str | Term, language: str = "en") -> str:
        """The name of a thing, given as IRI or as it stands in an answer; a literal as text."""
        if isinstance(thing, str):
            return self.names.label(thing, language)
        return str(self.names.plain(thing, language))

    def find(self, name: str, *kinds: str) -> list[str]:
        """The IRIs of the things that a name means; `kinds` are local names of classes."""
        return self.names.find(name, *kinds)

    @collecting_seldom()
    def network(self, name: str = "actors", **chosen: Unpack[Filters]) -> networkx.Graph:
        """A network of networkx: `actors`, `cities`, `topics` (two-mode), `overview`, `everything`.

        Filters, as keywords: `as_of` (only ties known to have begun by that day), `topic` (only
        agreements on it or a narrower one), `kinds` (only actors of these), `prospects` (also what
        is only announced, expected, proposed, invited or requested), `current` (without ties that
        have ended by that day, else by today), `source`, `without_source` and `hub` (whose ties,
        see `SourceFilters`). `everything` takes none. Raises CitypactError for an unknown network,
        topic, kind, day, source or hub.
        """
        from citypact.graph.networks.networks import NETWORKS

        if name not in NETWORKS:
            raise CitypactError(
                "there is no network called {name!r}\n    -> use {networks}",
                name=name,
                networks=", ".join(NETWORKS),
            )
        return NETWORKS[name](self.store, self._filter(**chosen))

    def _filter(
        self,
        as_of: datetime.date | str | None = None,
        topic: str = "",
        kinds: str | Iterable[str] = (),
        prospects: bool = False,
        current: bool = False,
        source: str | Iterable[str] = (),
        without_source: str | Iterable[str] = (),
        hub: str | Iterable[str] = (),
    ) -> Filter:
        from citypact.graph.networks.filter import Filter
        from citypact.graph.networks.tie_documents import TieDocuments

        day = _day(as_of) if as_of else None
        iri = self.names.find_one(topic, "Topic") if topic else ""
        current_on = (day or datetime.date.today()) if current else None
        documents = TieDocuments.of(self.store)
        chosen, left_out = (
            tuple(sorted({iri for name in _listed(names) for iri in documents.find(name)}))
            for names in (source, without_source)
        )
        hubs = tuple(sorted({documents.find_hub(name) for name in _listed(hub)}))
        return Filter(day, iri, _listed(kinds), prospects, current_on, chosen, left_out, hubs)

    def measures(self, **chosen: Unpack[Filters]) -> list[ActorMeasures]:
        """Degree, betweenness and component of each actor; takes the filters of `network`."""
        from citypact.graph.networks.measures import actor_measures

        return actor_measures(self.network("actors", **chosen))

    def own_partners(
        self, network: str = "actors", **chosen: Unpack[Filters]
    ) -> dict[str, frozenset[str]]:
        """By actor the partners that only a list of its own ties reports (`actors`, `cities`).

        Such a list adds ties at one actor: its number of partners and its rank cannot be compared
        with those of actors without a list. Takes the filters of `network`.
        """
        from citypact.graph.analysis.registers import own_partners
        from citypact.graph.networks.documents import documents_of_edges
        from citypact.graph.networks.tie_documents import TieDocuments

        made = self.network(network, **chosen)
        documents = documents_of_edges(self.store, made, self._filter(**chosen))
        ties = TieDocuments.of(self.store)
        return own_partners(documents, ties.declared)

    def shared_topics(self, **chosen: Unpack[Filters]) -> list[SharedTopics]:
        """Pairs of actors and the topics that agreements of both cover, those with most first."""
        from citypact.graph.networks.measures import shared_topics

        return shared_topics(self.network("topics", **chosen))

    @collecting_seldom()
    def analyse(
        self,
        out: str | Path | None = None,
        *,
        network: str = "actors",
        only: Sequence[str] = (),
        as_of: datetime.date | str | None = None,
        current: bool = False,
        draws: int = 1000,
        most_draws: int | None = None,
        seed: int = 1,
        cluster: str = "",
        language: str = "ko",
        with_png: bool = True,
        progress: Callable[[str], None] = lambda step: None,
        **sources: Unpack[SourceFilters],
    ) -> Report:
        """Asks the chapters on partnership patterns; with `out` their report is written.

        `network` is `actors` or `cities`; `current` leaves out ties that have ended by the day of
        `as_of`, else by today; `source`, `without_source` and `hub` say whose ties;
        `only` names chapters (`graph.report.CHAPTERS`); `draws`
        and `seed` are those of all that chance has a part in; a test that is still undecided takes
        up to `most_draws`, twice as many where not given. `cluster` is the address of a Dask
        scheduler that draws. The report's `findings` hold answers, tables and figures, `tables()`
        all tables; the pages open in `language`. Figures are SVG, with `with_png` PNG as well.
        Raises CitypactError for an unknown network, chapter or day, for a place that cannot be
        written, and where a package is missing.
        """
        from citypact.graph.analysis.significance import MORE
        from citypact.graph.analysis.worker_processes import kept_workers
        from citypact.graph.report import NETWORKS
        from citypact.graph.report.report import make_report, write_report
        from citypact.graph.report.shared.study import Study
        from citypact.sources.files.atomic_folder import check_usable

        if network not in NETWORKS:
            raise CitypactError(
                "there is no network called {network!r}\n    -> use {network_names}",
                network=network,
                network_names=", ".join(NETWORKS),
            )
        _check_language(language)
        if out is not None:
            check_usable(Path(out).absolute(), "analyse")  # before the chapters, which take minutes
        study = Study(
            self.store,
            network,
            self._filter(as_of, current=current, **sources),
            seed,
            draws,
            cluster,
            progress,
            MORE * draws if most_draws is None else most_draws,
        )
        with kept_workers():
            report = make_report(study, only)
            if out is not None:
                write_report(report, Path(out), language, with_png=with_png)
        return report

    @overload
    def draw(
        self,
        out: str | Path | None = None,
        view: Literal["network"] = "network",
        *,
        replace: bool = False,
        **chosen: Unpack[Filters],
    ) -> pyvis.network.Network: ...
    @overload
    def draw(
        self,
        out: str | Path | None = None,
        view: str = ...,
        city: str = "",
        language: str = "ko",
        *,
        replace: bool = False,
        **chosen: Unpack[Filters],
    ) -> Any: ...
    @collecting_seldom()
    def draw(
        self,
        out: str | Path | None = None,
        view: str = "network",
        city: str = "",
        language: str = "ko",
        *,
        replace: bool = False,
        **chosen: Unpack[Filters],
    ) -> Any:
        """Draws a view; with `out` its page is written there.

        `network`, the overview, gives a network of pyvis; it takes the filters of `network`, and
        prospects are always there, to be switched on. `map`, `countries`, `ego` (with `city`, by
        any of its names) and `communities` give the networkx.Graph of cities that they are made
        from, whose attributes `summary_ko` and `summary_en` say what the page counts; they take
        neither `kinds` nor `prospects`, and their page opens in `language`. Raises CitypactError
        for another view, for a city that is missing or one too many, and for a file that Citypact
        did not write, or that was changed since, unless `replace`.
        """
        from citypact.graph.export import check_output, write_output

        if view != "network":
            return self._draw_cities(out, view, city, language, replace, **chosen)
        if city:
            raise CitypactError(
                "the view network has no city at its centre\n"
                "    -> leave the city out, or choose the view ego"
            )
        if out is not None:
            check_output(Path(out), replace=replace)
        from citypact.graph.pages.network.page import page_content
        from citypact.graph.pages.network.pyvis_page import page, pyvis_network

        content = page_content(self.store, self.texts, self._filter(**chosen))
        drawn = pyvis_network(content.network)
        if out is not None:
            write_output(Path(out), page(content, drawn).encode(), replace=replace)
        return drawn

    def _draw_cities(
        self,
        out: str | Path | None,
        view: str,
        city: str,
        language: str,
        replace: bool,
        **chosen: Unpack[Filters],
    ) -> networkx.Graph:
        from citypact.graph.export import check_output, write_output
        from citypact.graph.networks.cities import find_city
        from citypact.graph.pages.city_views.page import page
        from citypact.graph.pages.city_views.tie_sources import tie_sources
        from citypact.graph.pages.city_views.views import check, view_of

        check(view, city)
        _check_language(language)
        if out is not None:
            check_output(Path(out), replace=replace)
        network = self.network("cities", **chosen)
        middle = find_city(network, self.names, city) if city else ""
        made = view_of(network, view, middle)
        if out is not None:
            sources = tie_sources(self.store, network, made)
            write_output(Path(out), page(made, language, sources).encode(), replace=replace)
        network.graph |= {f"summary_{spoken}": text for spoken, text in made.summary.items()}
        return network

    @collecting_seldom()
    def export(
        self,
        form: str,
        out: str | Path,
        network: networkx.Graph | str | None = None,
        language: str = "ko",
        *,
        replace: bool = False,
    ) -> list[Path]:
        """Writes the graph or a network for other programs and gives the files written.

        `form` is graphml, gexf or csv for a network; sqlite or parquet for the tables of the graph
        with a network beside them; datapackage for the tables as CSV with schemas, codebook and
        checksums; jsonld for all facts, or those about a network's things; xlsx
        for the form that `citypact add` reads, filled in. Labels are in a `language`; GraphML and
        GEXF have the positions and colours of the page.
        `network` is a name or what `network` gave: the network of actors where not given. Raises
        CitypactError for an unknown format, for a place that cannot be written, and for a file that
        Citypact did not write, or that was changed since, unless `replace`.
        """
        from citypact.graph.export import GRAPH_FORMATS, NETWORK_FORMATS, write_graph, write_network

        found = self.network(network) if isinstance(network, str) else network
        if form in GRAPH_FORMATS:
            return write_graph(self.store, form, Path(out), found, language, replace=replace)
        if form not in NETWORK_FORMATS:
            known = ", ".join(NETWORK_FORMATS + GRAPH_FORMATS)
            raise CitypactError(
                "{form!r} is not a format\n    -> use one of: {known}", form=form, known=known
            )
        found = self.network() if found is None else found
        looks = {}
        if form in ("graphml", "gexf"):
            from citypact.graph.pages.network.looks import looks_of

            looks = looks_of(found)
        return write_network(found, form, Path(out), looks, language, replace=replace)

    @collecting_seldom()
    def publish(
        self,
        out: str | Path | None = "site",
        archive: str | Path | None = None,
        progress: Callable[[int, int], None] = lambda done, total: None,
        *,
        replace: bool = False,
        briefs: bool = False,
    ) -> int:
        """Writes the graph as a site into the folder `out`; gives the number of its files.

        `archive` is a zip file for the same site, with `out=None` the only one. `progress` gets the
        numbers of files that are written and of all. `briefs` adds a brief on each partner of the
        centre, which takes a tenth of a second each. Sentences of the texts that the graph was
        opened with are quoted. Raises CitypactError for a folder that `publish` did not make, for a
        zip file that Citypact did not write, unless `replace`, and for a place that cannot be
        written.
        """
        from citypact.graph.pages.site.publish import publish
        from citypact.site import site_of

        folder, file = (Path(place) if place is not None else None for place in (out, archive))
        site = site_of(self.store, self.texts, has_briefs=briefs)
        return publish(site, folder, file, progress, replace=replace)

    def quickstatements(
        self,
        known: str | Path | Iterable[tuple[str, str]] | None = None,
        relations: Iterable[str] = ("sister-city",),
    ) -> StatementBatch:
        """Sister cities that Wikidata lacks, as commands of QuickStatements, to be looked through.

        `known` says what Wikidata has: pairs of its items, or a CSV file of them. `relations` are
        sister-city, friendship-city or both. Raises CitypactError for a file that cannot be read.
        """
        from citypact.graph.export.known_links import known_links
        from citypact.graph.export.quickstatements import quickstatements

        is_file = isinstance(known, (str, Path))
        pairs = known_links(Path(known), self.store) if is_file else (known or ())  # type: ignore[arg-type]
        return quickstatements(self.store, pairs, relations)  # type: ignore[arg-type]

    def to_rdflib(self) -> rdflib.Graph:
        """The facts, with vocabulary, as a graph of rdflib."""
        from citypact.graph.rdf.rdflib_terms import to_rdflib

        quads = self.store.quads(graph=ox.DefaultGraph())
        return to_rdflib((q.subject, q.predicate, q.object) for q in quads)  # type: ignore[misc]

    @property
    def centre(self) -> str:
        """The IRI of the city or body around which the graph was made; '' for none."""
        return self.store.centre

    def summary(self) -> dict[str, Any]:
        """What the build counted."""
        return self.store.summary()


def _texts(documents: str | Path | None) -> Texts | None:
    if documents is None:
        return None
    from citypact.sources.reading.texts import Texts

    return Texts.in_folder(Path(documents))


@collecting_seldom()
def open(
    store: str | Path | None = None,
    documents: str | Path | None = None,
    project: str | Path | None = None,
    *,
    in_memory: bool = False,
) -> Graph:
    """Opens a graph for reading; with `documents` (a folder of texts) sentences are shown.

    `store` is the folder of a build, the address of a SPARQL server (`https://…`), or `memory`:
    then the graph is built anew from the records of the project (a folder; the package's where not
    given) and kept nowhere. Without a store it is the build of the project, else the folder
    `build`. With `in_memory` a build of up to a million quads is read into memory first, which is
    worth it for who asks many questions. Raises CitypactError where there is no graph.
    """
    folder = PACKAGED if project is None else Path(project)
    if store is None:
        from citypact.sources.reading.project import read_project

        store = read_project(folder).build or "build"
    texts = _texts(documents)
    found = open_store(store, folder)
    return Graph(found.in_memory() if in_memory else found, texts)


def build(
    out: str | Path | None = None,
    sources: str | Path | None = None,
    documents: str | Path | None = None,
    progress: Callable[[str], None] = lambda step: None,
    *,
    registers: bool = True,
    imports: Sequence[str] = (),
    hubs: bool = False,
    memberships: bool = False,
) -> Graph:
    """Builds from `sources` (those of the package where not given) and opens the result.

    `sources` may be a project: a folder with a citypact.toml. Without `out` the build goes where
    the project has it, else into the folder `build`. Without `registers` only documents read in
    full speak. `imports` are names of further lists that `citypact import` brought into the data
    folder, which is that of the project, if there is one. With `hubs` the partner lists of 36
    other cities are included, with `memberships` the members of city networks at stated days, in
    place of `sources`. Raises RecordError with every fault of the records; the previous build then
    stays. Raises CitypactError for a project that is built into a server, and for `hubs` or
    `memberships` together with `sources` or without `registers`.
    """
    if (hubs or memberships) and (sources or not registers):
        raise CitypactError(
            "hubs and memberships are registers of the package\n"
            "    -> leave out sources, and keep registers=True"
        )
    from citypact.sources.files.data_folder import data_folder, import_folder
    from citypact.sources.reading.project import packaged, read_project

    texts = _texts(documents)
    project = read_project(
        Path(sources) if sources else packaged(hubs=hubs, memberships=memberships)
    )
    out = out or project.build or "build"
    if is_address(str(out)):
        raise CitypactError("{out}: is a server\n    -> name a folder to build in", out=out)
    data = data_folder(str(project.folder) if project.build else None)
    folders = [import_folder(data, name) for name in (*project.imports, *imports)]
    made = build_with_pages(
        project.folder, Path(out), texts, progress, registers=registers, imports=folders
    )
    return Graph(LocalStore.open(made.folder), texts)


@collecting_seldom()
def build_with_pages(
    sources: Path,
    out: Path,
    texts: Texts | None = None,
    progress: Callable[[str], None] = lambda step: None,
    *,
    registers: bool = True,
    imports: Sequence[Path] = (),
) -> Build:
    """A build with its network page: `citypact.graph.build.build.build`, and the page drawn.

    imports: folders of imported lists. Raises as `build` does.
    """
    from citypact.graph.build import build as building
    from citypact.graph.pages.network.page import network_page

    pages = {"network.html": network_page}
    return building.build(
        sources, out, texts, progress, registers=registers, imports=imports, pages=pages
    )


@collecting_seldom()
def load(
    file: str | Path,
    out: str | Path = "build",
    progress: Callable[[str], None] = lambda step: None,
    *,
    strict: bool = False,
) -> Graph:
    """Loads the N-Quads of a graph, such as the graph.nq of a build, into a store and opens it.

    `out` becomes the folder of the store, whole or not at all. Values that no build writes are left
    out and listed in its `left-out.csv`; with `strict` the file is refused. Raises CitypactError
    for a file that is not N-Quads or holds no graph of city partnerships; what was at `out` then
    stays.
    """
    from citypact.graph.build.load import load_nquads

    loaded = load_nquads(Path(file), Path(out), progress, strict=strict)
    return Graph(LocalStore.open(loaded.folder))

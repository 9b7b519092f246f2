"""What a brief says of two partners: one frozen dataclass, computed from a store.

Every item keeps the claims behind each thing that is said of it, by the name of its sentence. What
has no claim is in no item.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from citypact.graph.analysis.topics import tops
from citypact.graph.provenance.disagreements import Disagreement, disagreements
from citypact.graph.provenance.trace import Evidence
from citypact.graph.relations.facts import FactReader, SourcedFact
from citypact.graph.relations.ledger import Promise, promises
from citypact.graph.relations.partners import OfficeHolder, Side, heads_on, last_head
from citypact.graph.relations.timeline import first_day
from citypact.graph.relations.versions import VersionStatement, language_versions
from citypact.ontology import CODE, NS, SKOS
from citypact.ontology.errors import Bilingual, CitypactError
from citypact.sources.model import Date

Sources: TypeAlias = Mapping[str, tuple[Evidence, ...]]
"""The claims behind the sentences of an item, by the name of the sentence."""


@dataclass(frozen=True)
class Partnership:
    """A relation (IRI): codes of its kinds, when it began and ended, what established it.

    established_by: agreements, and supersedes: relations (IRIs). is_expected: sources only
    expect it.
    """

    iri: str
    kinds: tuple[str, ...]
    established: Date | None
    ended: Date | None
    established_by: tuple[str, ...]
    supersedes: tuple[str, ...]
    is_expected: bool
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class AgreementSummary:
    """An agreement (IRI); forms, mode and topics are IRIs; parties those beside the subject.

    is_binding: what it says of its own legal force; None where it says nothing.
    """

    iri: str
    is_signed: bool
    date: Date | None
    forms: tuple[str, ...]
    modes: tuple[str, ...]
    topics: tuple[str, ...]
    parties: tuple[str, ...]
    facilitators: tuple[str, ...]
    builds_on: tuple[str, ...]
    is_binding: bool | None
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class Outcome:
    """What followed from something, and how far that has come (codes of stages or statuses)."""

    iri: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class Commitment:
    """A provision of an agreement (IRIs): who does it, for whom, how strongly, in which article.

    actors: where the agreement names nobody, its parties. is_common: whether these are all parties
    of the agreement. forces: codes, by the language of the version where versions differ.
    """

    iri: str
    agreement: str
    is_signed: bool
    article: str
    forces: tuple[tuple[str, str], ...]
    actors: tuple[str, ...]
    is_common: bool
    beneficiaries: tuple[str, ...]
    is_later: bool
    outcomes: tuple[Outcome, ...]
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class TopicCommitments:
    """The commitments on a broad field (IRI of its topic, '' for none or for many)."""

    topic: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True)
class Signature:
    """Who signed for a party (IRIs, '' where no source names one)."""

    party: str
    person: str
    post: str
    is_acting: bool


@dataclass(frozen=True)
class Signing:
    """The signatures of an agreement (IRI), and heads in office that day who did not sign."""

    agreement: str
    is_signed: bool
    date: Date | None
    signatures: tuple[Signature, ...]
    heads: tuple[OfficeHolder, ...]
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class MemberRole:
    """A membership: member (IRI), roles (IRIs of codes), beginning and end."""

    member: str
    roles: tuple[str, ...]
    start: Date | None
    end: Date | None


@dataclass(frozen=True)
class SharedNetwork:
    """A network (IRI) in which both sides are, or which is one side and has the other."""

    network: str
    roles: tuple[MemberRole, ...]
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class Matter:
    """An event, project, policy transfer or prospect (IRI).

    state: a code of the ledger. stages: codes of how far it has come, where a source says so.
    """

    iri: str
    state: str
    stages: tuple[str, ...]
    date: Date | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    concerns: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class OpenPoint:
    """What an agreement (IRI) leaves to be settled later (IRIs of codes)."""

    agreement: str
    matters: tuple[str, ...]
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class VersionDifference:
    """A provision (IRI) of which the versions of an agreement say different things."""

    agreement: str
    provision: str
    languages: tuple[str, ...]
    forces: tuple[tuple[str, str], ...]
    sources: Sources = field(hash=False, repr=False)


@dataclass(frozen=True)
class Brief:
    """Everything that a brief says of a subject and a counterpart (IRIs).

    as_of: the day that limits it. undated: ties left out as it is not known whether they had begun
    by that day. brokered: agreements of the counterpart that the subject is said to have brought
    about; others: those of the subject in which the counterpart has no part. last_head: who headed
    the subject last by a source, where no signature shows it.
    """

    subject: str
    counterpart: str
    as_of: datetime.date | None
    undated: int
    partnerships: tuple[Partnership, ...]
    agreements: tuple[AgreementSummary, ...]
    brokered: tuple[AgreementSummary, ...]
    others: tuple[AgreementSummary, ...]
    commitments: tuple[TopicCommitments, ...]
    signings: tuple[Signing, ...]
    last_head: OfficeHolder | None
    head_sources: Sources = field(hash=False, repr=False)
    networks: tuple[SharedNetwork, ...]
    done: tuple[Matter, ...]
    unconfirmed: tuple[Matter, ...]
    prospects: tuple[Matter, ...]
    open_points: tuple[OpenPoint, ...]
    contradictions: tuple[Disagreement, ...]
    differences: tuple[VersionDifference, ...]


UNCONFIRMED = ("announced", "planned", "under-way")
"""States of what was to come when a source spoke of it."""
SEVERAL = 3
"""A commitment on more broad fields than these belongs to none of them."""
PROSPECTS = ("requested", "invited", "proposed", "expected")
"""States of what somebody hopes for, proposes or asks for."""


def brief(
    reader: FactReader, subject: str, counterpart: str, as_of: datetime.date | None = None
) -> Brief:
    """The brief on a subject for a counterpart: IRIs of cities or bodies.

    as_of: only what is known to have begun by that day. Raises CitypactError where both are one.
    """
    return _Reading(reader, Side(reader, subject), Side(reader, counterpart), as_of).brief()


class _Reading:
    """Reads the parts of a brief one by one."""

    def __init__(
        self, reader: FactReader, one: Side, other: Side, as_of: datetime.date | None
    ) -> None:
        if one.own & other.own:
            name = Bilingual(**reader.names.both(one.actor))
            raise CitypactError(
                "{name} is on both sides\n    -> name another partner with --with", name=name
            )
        self.reader, self.one, self.other, self.as_of = reader, one, other, as_of
        self.undated = 0

    def brief(self) -> Brief:
        agreements, brokered, others = self._agreements()
        partnerships = self._partnerships()
        scope = agreements
        if not agreements and not self.one.is_place:
            scope = others  # of a body without an agreement of its own with us, those it has
        ledger = self._ledger({each.iri for each in (*agreements, *brokered, *others)})
        networks = self._networks()
        signings = tuple(self._signing(each) for each in scope)
        head = last_head(self.reader, self.one.body, self.as_of)
        if head and any(_shows(signing, head) for signing in signings):
            head = None
        things = (
            *(each.iri for each in partnerships),
            *(each.iri for each in (*agreements, *brokered, *others)),
            *sorted(self.one.own),
            *(iri for each in networks for iri in self._memberships(each.network)),
        )
        return Brief(
            self.one.actor,
            self.other.actor,
            self.as_of,
            self.undated,
            partnerships,
            agreements,
            brokered,
            others,
            self._commitments(ledger, scope),
            tuple(each for each in signings if each.signatures or each.heads),
            head,
            {"shown": self.reader.claims(head.facts)} if head else {},
            networks,
            tuple(self._matter(each) for each in ledger if each.state == "done")
            + self._other_events({each.matter for each in ledger}),
            tuple(self._matter(p) for p in ledger if self._is_unconfirmed(p)),
            tuple(self._matter(p) for p in ledger if self._is_prospect(p)),
            tuple(point for each in scope for point in self._open_points(each.iri)),
            self._disagreements(things),
            tuple(d for each in agreements for d in self._differences(each.iri)),
        )

    def _begun(self, date: Date | None) -> bool:
        """Whether something has begun by the day of the brief; what nobody dates is counted."""
        if self.as_of is None:
            return True
        begin = date.beginning if date else None
        if begin is None or begin.end is None:
            self.undated += 1
            return False
        return begin.end <= self.as_of

    def _one_date(self, iri: str, *names: str) -> Date | None:
        facts = self.reader.about(iri, *names)
        return min((f.date for f in facts if f.date), key=lambda date: date.text, default=None)

    def _sources(self, **facts: Iterable[SourcedFact]) -> Sources:
        return {name: self.reader.claims(of) for name, of in facts.items()}

    # History

    def _partnerships(self) -> tuple[Partnership, ...]:
        found = []
        for role in ("partner", "expectedPartner"):
            ours = {iri for own in self.one.own for iri in self.reader.subjects(own, role)}
            theirs = {iri for own in self.other.own for iri in self.reader.subjects(own, role)}
            found += [self._partnership(iri, role) for iri in sorted(ours & theirs)]
        begun = [each for each in found if self._begun(each.established)]
        return tuple(sorted(begun, key=lambda p: (_first_day(p.established), p.iri)))

    def _partnership(self, iri: str, role: str) -> Partnership:
        about = self.reader.about
        partners = [
            fact for fact in about(iri, role) if fact.value in self.one.own | self.other.own
        ]
        kinds, dates = about(iri, "relationType"), about(iri, "established", "startDate")
        by, before = about(iri, "establishedBy"), about(iri, "supersedes")
        ended = about(iri, "endDate")
        return Partnership(
            iri,
            _codes(kinds),
            self._one_date(iri, "established", "startDate"),
            self._one_date(iri, "endDate"),
            _values(by),
            _values(before),
            role == "expectedPartner",
            self._sources(
                relation=[*partners, *kinds, *dates], by=by, supersedes=before, ended=ended
            ),
        )

    def _agreements(self) -> tuple[tuple[AgreementSummary, ...], ...]:
        """The agreements with the counterpart, those it has through the subject, and the others."""
        subjects = self.reader.subjects
        ours, helped = (
            {iri for body in self.one.bodies for iri in subjects(body, role)}
            for role in ("party", "facilitator")
        )
        theirs = {iri for body in self.other.bodies for iri in subjects(body, "party")}
        found = []
        for group in (ours & theirs, (helped - ours) & theirs, ours - theirs):
            before = self.undated
            read = [self._agreement(iri) for iri in sorted(group)]
            found.append(tuple(sorted((a for a in read if self._begun(a.date)), key=_by_date)))
            if group != ours & theirs:
                self.undated = before  # what is left out elsewhere is not for the two to count
        return tuple(found)

    def _agreement(self, iri: str) -> AgreementSummary:
        about = self.reader.about
        status, date = about(iri, "status"), about(iri, "signingDate")
        forms, modes = about(iri, "instrumentForm"), about(iri, "mode")
        topics, binding = about(iri, "topic"), about(iri, "legallyBinding")
        parties, helpers = about(iri, "party"), about(iri, "facilitator")
        before = about(iri, "buildsOn")
        return AgreementSummary(
            iri,
            any(fact.value.endswith("/signed") for fact in status),
            self._one_date(iri, "signingDate"),
            _values(forms),
            _values(modes),
            _values(topics),
            tuple(body for body in _values(parties) if body not in self.one.own),
            _values(helpers),
            _values(before),
            binding[0].value == "true" if len(binding) == 1 else None,
            self._sources(
                concluded=[*status, *date],
                parties=parties,
                forms=[*forms, *modes],
                topics=topics,
                binding=binding,
                helped=helpers,
                before=before,
            ),
        )

    # Commitments

    def _ledger(self, agreements: set[str]) -> list[Promise]:
        """The promises between the two sides; of a body also those with others."""
        found = {}
        places = [iri for iri in sorted(self.one.own) if "LocalArea" in self._kinds(iri)]
        asked = [("city", iri) for iri in places] or [("party", self.one.actor)]
        with_claims = self.as_of is not None  # which only the days of their documents need
        for name, actor in asked:
            for promise in promises(self.reader, with_claims=with_claims, **{name: actor}):
                found[promise.matter, promise.state, promise.agreement] = promise
        kept = [each for each in found.values() if self._is_ours(each, agreements)]
        return [each for each in kept if self._published(each)]

    def _is_ours(self, promise: Promise, agreements: set[str]) -> bool:
        if promise.agreement:
            return promise.agreement in agreements
        if not self.one.is_place:
            return True
        return bool(self._touched(promise) & self.other.all)

    def _touched(self, promise: Promise) -> set[str]:
        """Who has a part in a promise: actors, those it is put to, parties of what it concerns."""
        reader = self.reader
        near = {promise.matter, *promise.outcomes}
        near |= set(reader.values(promise.matter, "concerns", "basedOn", "occasion", "follows"))
        roles = ("party", "partner", "host", "inCity", "expectedPartner")
        return {
            *promise.actors,
            *promise.recipients,
            *near,
            *(value for iri in near for value in reader.values(iri, *roles)),
        }

    def _published(self, promise: Promise) -> bool:
        """Whether a document that was published by the day of the brief speaks of it."""
        if self.as_of is None or promise.agreement:
            return True
        return any(
            claim.published and claim.published[:10] <= self.as_of.isoformat()
            for claim in promise.claims
        )

    def _commitments(
        self, ledger: list[Promise], scope: tuple[AgreementSummary, ...]
    ) -> tuple[TopicCommitments, ...]:
        signed = {each.iri: each.is_signed for each in scope}
        found = [
            (promise, self._commitment(promise, signed[promise.agreement]))
            for promise in ledger
            if promise.agreement in signed and "Provision" in self._kinds(promise.matter)
        ]
        fields = {promise.matter: self._fields(promise.topics) for promise, _ in found}
        often = Counter(field for each in fields.values() for field in each)
        by_field: dict[str, list[Commitment]] = {}
        for promise, commitment in found:
            among = sorted(fields[promise.matter], key=lambda topic: (-often[topic], topic))
            is_clear = 0 < len(among) <= SEVERAL
            by_field.setdefault(among[0] if is_clear else "", []).append(commitment)
        order = sorted(by_field, key=lambda topic: (not topic, -len(by_field[topic]), topic))
        return tuple(
            TopicCommitments(topic, tuple(sorted(by_field[topic], key=_by_article)))
            for topic in order
        )

    def _commitment(self, promise: Promise, is_signed: bool) -> Commitment:
        about = self.reader.about
        iri = promise.matter
        forces, actions = about(iri, "force"), about(iri, "action")
        actors, served = about(iri, "performedBy"), about(iri, "beneficiary", "forGroup")
        whole = self.reader.with_value(iri, "hasProvision")
        article = self._article(iri)
        return Commitment(
            iri,
            promise.agreement,
            is_signed,
            article[0].value if article else "",
            tuple((self._language(fact), fact.value.rsplit("/", 1)[-1]) for fact in forces),
            _values(actors) or promise.actors,
            {*_values(actors)} in (set(), {*self.reader.values(promise.agreement, "party")}),
            _values(served),
            any(fact.value.endswith("/later") for fact in about(iri, "phase")),
            self._outcomes(promise),
            self._sources(
                said=[*whole, *forces, *actions, *actors, *article],
                outcomes=self._outcome_facts(promise),
            ),
        )

    def _language(self, fact: SourcedFact) -> str:
        """The language (code) of the version that says a thing alone; '' where all do."""
        spoken = {p.language for c in self.reader.claims([fact]) for p in c.passages if p.language}
        others = {
            p.language
            for each in self.reader.about(fact.subject, "force")
            for c in self.reader.claims([each])
            for p in c.passages
            if p.language
        }
        return next(iter(spoken)) if len(spoken) == 1 and len(others) > 1 else ""

    def _article(self, provision: str) -> list[SourcedFact]:
        """The number of the article in which a provision stands."""
        while provision:
            is_article = self.reader.values(provision, "provisionKind") == [
                CODE + "provision-kind/article"
            ]
            if is_article:
                return self.reader.about(provision, "provisionNumber")
            provision = next(iter(self.reader.subjects(provision, "hasProvision")), "")
            if "Provision" not in self._kinds(provision):
                return []
        return []

    def _fields(self, topics: Iterable[str]) -> set[str]:
        """The broadest fields above some topics (IRIs)."""
        broader: dict[str, list[str]] = {}
        queue = list(topics)
        while queue:
            topic = queue.pop()
            if topic not in broader:
                broader[topic] = self.reader.values(topic, SKOS + "broader")
                queue += broader[topic]
        return {top for each in tops(set(topics), broader).values() for top in each}

    def _outcomes(self, promise: Promise) -> tuple[Outcome, ...]:
        return tuple(
            Outcome(iri, _codes(self.reader.about(iri, "stage", "status")))
            for iri in promise.outcomes
        )

    def _outcome_facts(self, promise: Promise) -> list[SourcedFact]:
        reader, iri = self.reader, promise.matter
        links = [
            *reader.about(iri, "concernsProject", "ledTo"),
            *reader.with_value(iri, "follows", "resultOf"),
        ]
        stages = [f for each in promise.outcomes for f in reader.about(each, "stage", "status")]
        return [*links, *stages]

    # Signatures and offices

    def _signing(self, agreement: AgreementSummary) -> Signing:
        about = self.reader.about
        found, facts = [], []
        for part in self.reader.values(agreement.iri, "hasSignature"):
            party = about(part, "onBehalfOf")
            person, post = about(part, "signatory"), about(part, "signatoryPost")
            acting = about(part, "isActing")
            facts += [*party, *person, *post, *acting]
            if party:
                found.append(
                    Signature(
                        party[0].value,
                        person[0].value if person else "",
                        post[0].value if post else "",
                        any(fact.value == "true" for fact in acting),
                    )
                )
        signers = {signature.person for signature in found}
        bodies = (self.one.body, self.other.body) if agreement.is_signed else ()
        heads = tuple(
            head
            for body in bodies
            if agreement.date
            for head in heads_on(self.reader, body, agreement.date)
            if head.person not in signers
        )
        return Signing(
            agreement.iri,
            agreement.is_signed,
            agreement.date,
            tuple(found),
            heads,
            self._sources(
                signed=facts,
                **{head.person: head.facts for head in heads},
            ),
        )

    # Networks

    def _memberships(self, network: str) -> list[str]:
        """The memberships of either side in a network, or in each other."""
        members = self.one.own | self.other.own
        return [
            iri
            for iri in self.reader.subjects(network, "memberOrganization")
            if set(self.reader.values(iri, "member")) & members
        ]

    def _networks(self) -> tuple[SharedNetwork, ...]:
        joined = []
        for side in (self.one, self.other):
            memberships = {m for own in side.own for m in self.reader.subjects(own, "member")}
            joined.append(
                {n for m in memberships for n in self.reader.values(m, "memberOrganization")}
            )
        shared = joined[0] & joined[1]
        shared |= (joined[0] & self.other.own) | (joined[1] & self.one.own)
        found = []
        for network in sorted(shared):
            roles, facts = [], []
            for iri in self._memberships(network):
                start, end = self._one_date(iri, "startDate"), self._one_date(iri, "endDate")
                if not self._begun(start):
                    continue
                about = self.reader.about(
                    iri, "member", "memberOrganization", "membershipRole", "startDate", "endDate"
                )
                facts += about
                member = self.reader.values(iri, "member")[0]
                codes = tuple(self.reader.values(iri, "membershipRole"))
                roles.append(MemberRole(member, codes, start, end))
            ordered = sorted(roles, key=lambda r: (r.member, r.roles != (), _first_day(r.start)))
            members = {role.member for role in roles} | {network}
            if roles and members & self.one.own and members & self.other.own:
                found.append(SharedNetwork(network, tuple(ordered), self._sources(members=facts)))
        return tuple(found)

    # What came of it, what was announced, what is hoped for

    def _is_unconfirmed(self, promise: Promise) -> bool:
        kinds = self._kinds(promise.matter)
        return promise.state in UNCONFIRMED and not kinds & {"Provision", "Agreement"}

    def _matter(self, promise: Promise) -> Matter:
        reader, iri = self.reader, promise.matter
        about = reader.about
        told = about(iri, "stage", "modality", "occurredOn", "startDate", "endDate")
        who = about(iri, "ledBy", "host", "provider", "putBy", "addressedTo", "recipient")
        concerned = about(iri, "concerns", "inCountry", "transfers", "concernsGroup")
        kinds = self._kinds(iri)
        is_named = "Prospect" in kinds or bool(
            about(iri, "ledBy", "host", "provider", "performedBy")
        )
        return Matter(
            iri,
            promise.state,
            tuple(code.rsplit("/", 1)[-1] for code in reader.values(iri, "stage")),
            self._one_date(iri, "occurredOn", "startDate"),
            promise.actors if is_named else (),
            promise.recipients,
            tuple(v for v in _values(concerned) if v not in promise.recipients),
            self._outcomes(promise),
            self._sources(
                said=[*told, *who, *concerned] or about(iri, "underAgreement"),
                outcomes=self._outcome_facts(promise),
            ),
        )

    def _is_prospect(self, promise: Promise) -> bool:
        return promise.state in PROSPECTS and "Prospect" in self._kinds(promise.matter)

    def _other_events(self, known: set[str]) -> tuple[Matter, ...]:
        """Dated events of both sides of which no source says how far they have come."""
        reader = self.reader
        found = []
        for event in reader.names.of_kind("Event"):
            if event in known or reader.values(event, "stage") or self._is_signing(event):
                continue
            roles = ("host", "inCity", "cooperatingBody", "visits")
            actors = {*reader.values(event, *roles)}
            for under in reader.values(event, "underAgreement"):
                actors.update(reader.values(under, "party"))
            for part in reader.values(event, "hasParticipation"):
                actors.update(reader.values(part, "participant", "onBehalfOf"))
            date = self._one_date(event, "occurredOn", "startDate")
            if date and actors & self.one.all and actors & self.other.all and self._begun(date):
                facts = reader.about(event, "occurredOn", "startDate", *roles)
                found.append(
                    Matter(event, "done", (), date, (), (), (), (), self._sources(said=facts))
                )
        return tuple(sorted(found, key=lambda each: (_first_day(each.date), each.iri)))

    def _is_signing(self, event: str) -> bool:
        return bool(self.reader.subjects(event, "signedDuring"))

    def _open_points(self, agreement: str) -> tuple[OpenPoint, ...]:
        facts = self.reader.about(agreement, "leavesOpen")
        if not facts:
            return ()
        return (OpenPoint(agreement, _values(facts), self._sources(said=facts)),)

    def _disagreements(self, things: Collection[str]) -> tuple[Disagreement, ...]:
        """The disagreements about things (IRIs), in their order."""
        order = {iri: place for place, iri in enumerate(dict.fromkeys(things))}
        known = self.reader.store.read_once(
            "disagreements", lambda: disagreements(self.reader.tracer)
        )
        found = [each for each in known.values() if each.subject in order]
        return tuple(sorted(found, key=lambda each: (order[each.subject], each.predicate)))

    def _differences(self, agreement: str) -> tuple[VersionDifference, ...]:
        versions = language_versions(self.reader, agreement)
        found = []
        for provision in versions.provisions if versions else ():
            forces = [s for s in provision.differences if s.predicate == NS + "force"]
            alone = provision.languages if len(provision.languages) == 1 else ()
            if provision.depth and (alone or len(forces) > 1):
                said: list[VersionStatement] = forces or list(provision.statements)
                claims = tuple(dict.fromkeys(claim for s in said for claim in s.claims))
                found.append(
                    VersionDifference(
                        agreement,
                        provision.iri,
                        alone,
                        tuple(
                            (language, s.value.value.rsplit("/", 1)[-1])
                            for s in forces
                            for language in s.languages
                        ),
                        {"said": claims},
                    )
                )
        return tuple(found)

    def _kinds(self, iri: str) -> set[str]:
        return self.reader.names.kinds(iri)


def _values(facts: Iterable[SourcedFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.value for fact in facts))


def _codes(facts: Iterable[SourcedFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.value for fact in facts if fact.value.startswith(CODE)))


def _shows(signing: Signing, head: OfficeHolder) -> bool:
    """Whether the signatures of an agreement show a head in office on the day in question."""
    return signing.date == head.day and any(s.person == head.person for s in signing.signatures)


def _first_day(date: Date | None) -> str:
    return first_day(date) if date else "9999"


def _by_date(agreement: AgreementSummary) -> tuple[str, str]:
    return _first_day(agreement.date), agreement.iri


def _by_article(commitment: Commitment) -> tuple[str, int, str]:
    article = commitment.article
    return commitment.agreement, int(article) if article.isdigit() else 999, commitment.iri


__all__ = [
    "PROSPECTS",
    "UNCONFIRMED",
    "AgreementSummary",
    "Brief",
    "Commitment",
    "Matter",
    "MemberRole",
    "OpenPoint",
    "Outcome",
    "Partnership",
    "SharedNetwork",
    "Signature",
    "Signing",
    "TopicCommitments",
    "VersionDifference",
    "brief",
]

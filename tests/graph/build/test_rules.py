"""Each rule by itself: facts and claims that lead to a fact, and others like them that do not."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from citypact.graph.build.rules import rules
from citypact.ontology import CLAIMS_GRAPH, ID, NS

PREFIXES = f"""
@base <{ID}> .
@prefix citypact: <{NS}> .
@prefix claims: <{CLAIMS_GRAPH.removesuffix("claims")}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix modality: <{ID}code/modality/> .
@prefix rank: <{ID}code/rank/> .
@prefix status: <{ID}code/agreement-status/> .
@prefix tie: <{ID}code/tie-status/> .
@prefix role: <{ID}code/membership-role/> .
"""


def claim(
    name: str,
    triple: str,
    modality: str = "asserted",
    rank: str = "normal",
    document: str = "doc/report",
) -> str:
    """TriG of a claim; claims of the same triple are about one statement."""
    subject, predicate, value = triple.split(" ", 2)
    statement = "".join(sign if sign.isalnum() else "-" for sign in triple)
    return f"""claims:claims {{
      <statement/{statement}> rdf:subject {subject} ; rdf:predicate {predicate} ;
        rdf:object {value} .
      <claim/{name}> citypact:claims <statement/{statement}> ;
        citypact:modality modality:{modality} ;
        citypact:rank rank:{rank} ; citypact:inDocument <{document}> .
    }}
    """


def signed(agreement: str, **how: str) -> str:
    """TriG of a report that an agreement is signed, in a document of its own."""
    triple = f"<agreement/{agreement}> citypact:reportedStatus status:signed"
    return f"{triple} .\n" + claim(agreement, triple, document=f"doc/{agreement}", **how)


def dated(name: str, last: str = "") -> str:
    """Turtle of a date: a day, or what begins on the first day of a month or year, and its last."""
    first = name + "-01-01"[len(name) - 10 :] if last else name
    return (
        f'<date/{name}> citypact:earliest "{first}"^^xsd:date ; '
        f'citypact:latest "{last or name}"^^xsd:date .\n'
    )


def tenure(
    agreement: str, post: str = "mayor", status: str = "signed", date: str = "2016-05-02"
) -> str:
    """Turtle of a signature of Kim's, on 2 May 2016 unless said otherwise."""
    return f"""
      <agreement/{agreement}> citypact:status status:{status} ;
        citypact:signingDate <date/{date}> ;
        citypact:hasSignature <signature/{agreement}> .
      <signature/{agreement}> citypact:signatory <person/kim> ;
        citypact:signatoryPost <post/{post}> .
    """


def held(name: str, post: str = "mayor", date: str = "2016-05-02") -> str:
    """What a signature shows of a tenure of Kim's."""
    return (
        f"<tenure/{name}> a citypact:Tenure ; citypact:holder <person/kim> ; "
        f"citypact:post <post/{post}> ; citypact:heldOn <date/{date}> .\n"
    )


SEOUL = '<city/seoul> skos:prefLabel "서울"@ko , "Seoul"@en .'
HANOI = '<city/hanoi> skos:prefLabel "하노이"@ko , "Hanoi"@en , "Hà Nội"@vi .'

CASES: dict[str, tuple[str, str]] = {
    "01-accept": (
        claim("a", "<city/a> citypact:population 1")
        + claim("b", "<city/b> citypact:population 2", "reported", "preferred")
        + claim("c", "<city/c> citypact:population 3", "expected")
        + claim("d", "<city/d> citypact:population 4", rank="deprecated")
        # A property with one value: the preferred claim takes the place of the other.
        + "citypact:population citypact:hasOneValue true . "
        + "citypact:topic citypact:hasOneValue false ."
        + claim("e1", "<city/e> citypact:population 5")
        + claim("e2", "<city/e> citypact:population 6", "reported", "preferred")
        # One that is only expected does not, nor one of another property, thing or rank.
        + claim("f1", "<city/f> citypact:population 7")
        + claim("f2", "<city/f> citypact:population 8", "expected", "preferred")
        + claim("f3", "<city/f> citypact:latitude 9", rank="preferred")
        + claim("f4", "<city/f> citypact:population 10", rank="deprecated")
        + claim("i1", "<city/i> citypact:population 20", rank="preferred")
        + claim("i2", "<city/i> citypact:population 21")
        # A property with many values keeps them all.
        + claim("g1", "<city/g> citypact:covers 11")
        + claim("g2", "<city/g> citypact:covers 12", rank="preferred")
        + claim("g3", "<city/g> citypact:topic 13")
        + claim("g4", "<city/g> citypact:topic 14", rank="preferred")
        # What is said of a prospect or of a provision is a fact about that.
        + claim("h1", "<prospect/h> rdf:type citypact:Prospect", "expected")
        + claim("h2", "<prospect/h> citypact:population 15", "proposed")
        + claim("h3", "<prospect/h> citypact:population 16", "proposed", "preferred")
        + claim("h4", "<prospect/h> citypact:population 17", "proposed", "deprecated")
        + claim("k1", "<provision/k> rdf:type citypact:Provision", "optional")
        + claim("k2", "<provision/k> citypact:covers 18", "optional")
        + claim("l1", "<city/l> rdf:type citypact:City", "expected")
        + claim("l2", "<city/l> citypact:covers citypact:Prospect", "expected"),
        """
        <city/a> citypact:population 1 . <city/b> citypact:population 2 .
        <city/e> citypact:population 6 .
        <city/f> citypact:population 7 ; citypact:latitude 9 .
        <city/i> citypact:population 20 .
        <city/g> citypact:covers 11 , 12 ; citypact:topic 13 , 14 .
        <prospect/h> a citypact:Prospect ; citypact:population 16 .
        <provision/k> a citypact:Provision ; citypact:covers 18 .
        """,
    ),
    "10-superclasses": (
        """
        <network/wego> a citypact:Network . citypact:Network rdfs:subClassOf citypact:Organization .
        citypact:Organization rdfs:subClassOf citypact:Actor , <http://xmlns.com/foaf/0.1/Agent> .
        citypact:City rdfs:subClassOf citypact:Place .
        """,
        "<network/wego> a citypact:Organization , citypact:Actor .",
    ),
    "11-names": (
        """
        <network/wego> citypact:officialName "World e-Governments"@en , "WeGO"@en ;
          citypact:abbreviation "WG" , "W" ; skos:prefLabel "WeGO"@en ; citypact:namesBody "No" .
        <network/other> skos:prefLabel "W" ; skos:altLabel "O" .
        """,
        '<network/wego> skos:altLabel "World e-Governments"@en , "WG" , "W" .',
    ),
    "12-signed": (
        # The text itself; a report that speaks afterwards.
        signed("text")
        + "<doc/text> citypact:fullTextOf <agreement/text> ."
        + signed("after", modality="reported", rank="preferred")
        + "<doc/after> citypact:saidAfterSigning true ."
        # Published on the day of signing, before it, and after it.
        + "".join(map(dated, ("2016-05-01", "2016-05-02", "2016-05-03")))
        + "".join(
            signed(f"day{published[-1]}")
            + f"<doc/day{published[-1]}> citypact:publishedOn <date/{published}> ."
            + f"<agreement/day{published[-1]}> citypact:signingDate <date/2016-05-02> ."
            for published in ("2016-05-01", "2016-05-02", "2016-05-03")
        )
        # A month of publication begins before the day; a month of signing ends after it.
        + dated("2016-05", "2016-05-31")
        + signed("month")
        + "<doc/month> citypact:publishedOn <date/2016-05> . "
        "<agreement/month> citypact:signingDate <date/2016-05-02> ."
        + signed("in-month")
        + "<doc/in-month> citypact:publishedOn <date/2016-05-03> . "
        "<agreement/in-month> citypact:signingDate <date/2016-05> ."
        # Nothing shows that it was signed: no date, another text, another status, a claim that is
        # expected or deprecated, a fact that was not accepted.
        + signed("none")
        + signed("other")
        + "<doc/other> citypact:fullTextOf <agreement/none> ; citypact:saidAfterSigning false ."
        + "<doc/third> citypact:fullTextOf <agreement/other> ; citypact:saidAfterSigning true ."
        + signed("expected", modality="expected")
        + "<doc/expected> citypact:fullTextOf <agreement/expected> ."
        + signed("deprecated", rank="deprecated")
        + "<doc/deprecated> citypact:fullTextOf <agreement/deprecated> ."
        + claim(
            "loose", "<agreement/loose> citypact:reportedStatus status:signed", document="doc/loose"
        )
        + "<doc/loose> citypact:fullTextOf <agreement/loose> ."
        + "<agreement/topic> citypact:reportedStatus status:signed ."
        + claim("topic", "<agreement/topic> citypact:topic status:signed", document="doc/topic")
        + "<doc/topic> citypact:fullTextOf <agreement/topic> ."
        + "<agreement/said> citypact:reportedStatus status:announced , status:signed ."
        + claim(
            "said", "<agreement/said> citypact:reportedStatus status:announced", document="doc/said"
        )
        + "<doc/said> citypact:fullTextOf <agreement/said> .",
        " ".join(
            f"<agreement/{name}> citypact:status status:signed ."
            for name in ("text", "after", "day2", "day3")
        ),
    ),
    "13-announced": (
        """
        <agreement/a> citypact:reportedStatus status:announced , status:signed .
        <agreement/b> citypact:reportedStatus status:announced ; citypact:status status:signed .
        <agreement/c> citypact:reportedStatus status:signed .
        <agreement/d> citypact:reportedStatus status:announced ; citypact:status status:ended .
        """,
        "<agreement/a> citypact:status status:announced . "
        "<agreement/d> citypact:status status:announced .",
    ),
    "15-observed-in-office": (
        "".join(map(dated, ("2016-05-01", "2016-05-02", "2016-05-03")))
        + tenure("new")
        + tenure("announced", post="governor", status="announced")
        + tenure("begun", post="begun")
        + """<tenure/begun> citypact:holder <person/kim> ; citypact:post <post/begun> ;
          citypact:startDate <date/2016-05-02> ; citypact:endDate <date/2016-05-02> ."""
        + tenure("before", post="before")
        + "<tenure/before> citypact:holder <person/kim> ; citypact:post <post/before> ; "
        "citypact:endDate <date/2016-05-01> ."
        + tenure("later", post="later")
        + "<tenure/later> citypact:holder <person/kim> ; citypact:post <post/later> ; "
        "citypact:startDate <date/2016-05-03> ."
        # Tenures of somebody else, or of another post, are not that tenure.
         + "<tenure/lee> citypact:holder <person/lee> ; citypact:post <post/mayor> . "
        "<tenure/other> citypact:holder <person/kim> ; citypact:post <post/other> ."
        + tenure("open", post="open")
        + "<tenure/open> citypact:holder <person/kim> ; citypact:post <post/open> ."
        # A month is not excluded where a day of it is possible.
        + "".join((dated("2017-03", "2017-03-31"), dated("2017-03-01"), dated("2017-03-31")))
        + tenure("month", post="month", date="2017-03")
        + """
        <tenure/first-half> citypact:holder <person/kim> ; citypact:post <post/month> ;
          citypact:endDate <date/2017-03-01> .
        <tenure/second-half> citypact:holder <person/kim> ; citypact:post <post/month> ;
          citypact:startDate <date/2017-03-31> .
        """
        + tenure("vague", post="vague")
        + dated("2016", "2016-12-31")
        + """
        <tenure/vague> citypact:holder <person/kim> ; citypact:post <post/vague> ;
          citypact:startDate <date/2016> ; citypact:endDate <date/2016> .
        <agreement/no-post> citypact:status status:signed ; citypact:signingDate <date/2016-05-02> ;
          citypact:hasSignature <signature/no-post> .
        <signature/no-post> citypact:signatory <person/kim> .
        """,
        held("kim-mayor")
        + held("begun", "begun")
        + held("kim-before", "before")
        + held("kim-later", "later")
        + held("open", "open")
        + held("vague", "vague")
        + held("first-half", "month", "2017-03")
        + held("second-half", "month", "2017-03"),
    ),
    "16-acting": (
        """
        <post/acting> a citypact:Post ; citypact:isActing true .
        <post/mayor> a citypact:Post ; citypact:isActing false .
        <tenure/lee> a citypact:Tenure ; citypact:isActing true .
        <tenure/a> citypact:post <post/acting> . <tenure/b> citypact:post <post/mayor> .
        <signature/a> citypact:signatoryPost <post/acting> .
        <signature/b> citypact:signatoryPost <post/mayor> .
        <signature/c> citypact:signatory <post/acting> . <tenure/c> citypact:post <tenure/lee> .
        """,
        "<tenure/a> citypact:isActing true . <signature/a> citypact:isActing true .",
    ),
    "20-tenure-names": (
        """
        <tenure/a> citypact:holder <person/kim> ; citypact:post <post/mayor> .
        <tenure/b> citypact:holder <person/kim> ; citypact:post <post/mayor> ;
          skos:prefLabel "Own"@en .
        <person/kim> skos:prefLabel "김"@ko , "Kim"@en , "Kim"@fr .
        <post/mayor> skos:prefLabel "시장"@ko , "Mayor"@en , "Bürgermeister"@de .
        """,
        '<tenure/a> skos:prefLabel "김 – 시장"@ko , "Kim – Mayor"@en .',
    ),
    "21-membership-names": (
        """
        <membership/a> citypact:member <city/seoul> ; citypact:memberOrganization <network/wego> .
        <membership/b> citypact:member <city/seoul> ; citypact:memberOrganization <network/wego> ;
          skos:prefLabel "Own"@ko .
        <city/seoul> skos:prefLabel "서울"@ko , "Seoul"@en , "Séoul"@fr .
        <network/wego> skos:prefLabel "위고"@ko , "WeGO"@en , "WeGO"@de .
        """,
        '<membership/a> skos:prefLabel "서울 – 위고"@ko , "Seoul – WeGO"@en .',
    ),
    "22-signature-names": (
        """
        <signature/person> a citypact:Signature ; citypact:onBehalfOf <government/seoul> ;
          citypact:signatory <person/kim> ; citypact:signatoryPost <post/mayor> .
        <signature/post> a citypact:Signature ; citypact:onBehalfOf <government/seoul> ;
          citypact:signatoryPost <post/mayor> .
        <signature/own> a citypact:Signature ; citypact:onBehalfOf <government/seoul> ;
          citypact:signatory <person/kim> ; skos:prefLabel "Own"@en .
        <signature/nobody> a citypact:Signature ; citypact:onBehalfOf <government/seoul> .
        <seat/a> a citypact:Participation ; citypact:onBehalfOf <government/seoul> ;
          citypact:signatory <person/kim> .
        <government/seoul> skos:prefLabel "서울시"@ko , "Seoul"@en , "Séoul"@fr .
        <person/kim> skos:prefLabel "김"@ko , "Kim"@en , "Kim"@de .
        <post/mayor> skos:prefLabel "시장"@ko , "Mayor"@en .
        """,
        """
        <signature/person> skos:prefLabel "서울시 – 김"@ko , "Seoul – Kim"@en .
        <signature/post> skos:prefLabel "서울시 – 시장"@ko , "Seoul – Mayor"@en .
        """,
    ),
    "23-figure-names": (
        """
        <figure/a> citypact:measure <measure/budget> ; citypact:value 5 ;
          citypact:currency <code/currency/krw> .
        <figure/b> citypact:measure <measure/budget> ; citypact:value 6 .
        <figure/c> citypact:measure <measure/budget> ; citypact:value 7 ; skos:prefLabel "Own"@ko .
        <measure/budget> skos:prefLabel "예산"@ko , "Budget"@en .
        <code/currency/krw> skos:prefLabel "won"@en , "Won"@de .
        """,
        """
        <figure/a> skos:prefLabel "예산: 5"@ko , "Budget: 5 won"@en .
        <figure/b> skos:prefLabel "예산: 6"@ko , "Budget: 6"@en .
        """,
    ),
    "24-participation-names": (
        """
        <seat/person> a citypact:Participation ;
          citypact:participant <body/c> , <post/b> , <person/a> ;
            citypact:participantGroup <group/d> .
        <seat/post> a citypact:Participation ; citypact:participant <post/b> , <body/c> ;
          citypact:participantGroup <group/d> .
        <seat/body> a citypact:Participation ; citypact:participant <body/c> ;
          citypact:participantGroup <group/d> .
        <seat/group> a citypact:Participation ; citypact:participantGroup <group/d> ;
          citypact:participant <city/e> .
        <seat/nobody> a citypact:Participation .
        <seat/own> a citypact:Participation ; citypact:participant <person/a> ;
          skos:prefLabel "Own"@en .
        <signature/f> a citypact:Signature ; citypact:participant <person/a> .
        <person/a> a citypact:Person ; skos:prefLabel "A"@en , "가"@ko .
        <post/b> a citypact:Post ; skos:prefLabel "B"@en .
        <body/c> a citypact:Organization ; skos:prefLabel "C"@en .
        <group/d> a citypact:Group ; skos:prefLabel "D"@en .
        <city/e> a citypact:City ; skos:prefLabel "E"@en .
        """,
        """
        <seat/person> skos:prefLabel "A"@en , "가"@ko . <seat/post> skos:prefLabel "B"@en .
        <seat/body> skos:prefLabel "C"@en . <seat/group> skos:prefLabel "D"@en .
        """,
    ),
    "25-partnership-names": (
        f"""
        {SEOUL} {HANOI}
        <partnership/a> citypact:partner <city/seoul> , <city/hanoi> .
        <partnership/b> citypact:partner <city/seoul> , <city/hanoi> ; skos:prefLabel "Own"@en .
        <partnership/c> citypact:partner <city/seoul> .
        <partnership/d> citypact:expectedPartner <city/seoul> , <city/hanoi> .
        """,
        '<partnership/a> skos:prefLabel "하노이 – 서울"@ko , "Hanoi – Seoul"@en .',
    ),
    "26-document-names": (
        """
        <doc/both> a citypact:SourceDocument ; dcterms:title "제목"@ko , "Title"@en .
        <doc/one> a citypact:SourceDocument ; dcterms:title "Titel"@de , "Only"@en .
        <doc/none> a citypact:SourceDocument ; dcterms:title "Titre"@fr , "Titel"@de .
        <doc/own> a citypact:SourceDocument ; dcterms:title "Title"@en ; skos:prefLabel "이름"@ko .
        <doc/two> a citypact:SourceDocument ; dcterms:title "B"@en , "A"@en , "가"@ko .
        <doc/third> a citypact:SourceDocument ; dcterms:title "Titel"@de ;
          skos:prefLabel "Titel"@de .
        <doc/ko> a citypact:SourceDocument ; dcterms:title "제목"@ko , "Absicht"@de .
        <doc/en> a citypact:SourceDocument ; dcterms:title "Title"@en , "Ablauf"@de .
        <record/x> a citypact:Agreement ; dcterms:title "X"@en .
        """,
        """
        <doc/both> skos:prefLabel "제목"@ko , "Title"@en .
        <doc/one> skos:prefLabel "Only"@ko , "Only"@en .
        <doc/none> skos:prefLabel "Titel"@ko , "Titel"@en .
        <doc/own> skos:prefLabel "Title"@en .
        <doc/two> skos:prefLabel "가"@ko , "A"@en .
        <doc/third> skos:prefLabel "Titel"@ko , "Titel"@en .
        <doc/ko> skos:prefLabel "제목"@ko , "제목"@en . <doc/en> skos:prefLabel "Title"@ko ,
          "Title"@en .
        """,
    ),
    "26-expected-partners": (
        "".join(
            claim(mode, f"<partnership/{mode}> citypact:partner <city/{mode}>", mode)
            for mode in ("asserted", "reported", "expected", "proposed", "invited", "requested")
        )
        + claim(
            "preferred",
            "<partnership/preferred> citypact:partner <city/a>",
            "expected",
            "preferred",
        )
        + claim("wrong", "<partnership/wrong> citypact:partner <city/a>", "expected", "deprecated")
        + claim("known", "<partnership/known> citypact:partner <city/a>", "expected")
        + "<partnership/known> citypact:partner <city/b> . <city/a> citypact:partner <city/c> ."
        + claim("topic", "<partnership/topic> citypact:topic <city/a>", "expected"),
        "".join(
            f"<partnership/{mode}> a citypact:ExpectedPartnership ; "
            f"citypact:expectedPartner <city/{'a' if mode == 'preferred' else mode}> .\n"
            for mode in ("expected", "proposed", "invited", "requested", "preferred")
        ),
    ),
    "27-names-of-two-languages": (
        """
        <city/a> skos:prefLabel "가"@ko , "А"@ru . <city/b> skos:prefLabel "あ"@ja .
        <city/c> skos:prefLabel "Ça"@fr , "C"@en , "씨"@ko . <city/d> skos:prefLabel "D"@de ,
          "Д"@ru .
        <partnership/ab> citypact:partner <city/a> , <city/b> .
        <partnership/bc> citypact:partner <city/c> , <city/b> .
        <partnership/ad> citypact:partner <city/d> , <city/a> .
        <partnership/cd> citypact:partner <city/c> , <city/d> .
        <partnership/ac> citypact:partner <city/a> , <city/c> ; skos:prefLabel "가 – 씨"@ko .
        <partnership/b> citypact:partner <city/b> .
        <city/e> skos:prefLabel "E"@de , "에"@ko . <city/f> skos:prefLabel "F"@vi .
        <partnership/be> citypact:partner <city/b> , <city/e> .
        <partnership/ef> citypact:partner <city/e> , <city/f> .
        """,
        """
        <partnership/ab> skos:prefLabel "가 – あ"@mul .
        <partnership/bc> skos:prefLabel "あ – C"@mul .
        <partnership/ad> skos:prefLabel "가 – D"@mul . <partnership/cd> skos:prefLabel "C – D"@mul .
        <partnership/be> skos:prefLabel "あ – 에"@mul .
        <partnership/ef> skos:prefLabel "에 – F"@mul .
        """,
    ),
    "27-tie-status": (
        """
        <partnership/a> citypact:partner <city/a> , <city/b> .
        <partnership/b> citypact:expectedPartner <city/a> .
        <partnership/c> citypact:topic <city/a> .
        """,
        """
        <partnership/a> citypact:tieStatus tie:established .
        <partnership/b> citypact:tieStatus tie:expected .
        """,
    ),
    "30-member-of": (
        """
        <membership/a> citypact:member <city/seoul> ; citypact:memberOrganization <network/wego> .
        <membership/b> citypact:member <city/hanoi> .
        <membership/c> citypact:memberOrganization <network/x> .
        """,
        "<city/seoul> citypact:memberOf <network/wego> .",
    ),
    "31-chairs": (
        """
        <membership/a> citypact:member <city/seoul> ; citypact:memberOrganization <network/wego> ;
          citypact:membershipRole role:chair .
        <membership/b> citypact:member <city/hanoi> ; citypact:memberOrganization <network/wego> ;
          citypact:membershipRole role:member .
        <membership/c> citypact:member <city/busan> ; citypact:membershipRole role:chair .
        <membership/d> citypact:memberOrganization <network/x> ;
          citypact:membershipRole role:chair .
        <city/tokyo> citypact:membershipRole role:chair .
        """,
        "<city/seoul> citypact:chairs <network/wego> .",
    ),
    "32-cooperation-by-agreement": (
        """
        <government/a> citypact:governs <city/a> . <government/b> citypact:governs <city/b> .
        <government/a2> citypact:governs <city/a> . <government/c> citypact:governs <city/c> .
        <agreement/x> citypact:status status:signed ;
          citypact:party <government/a> , <government/b> , <organization/o> .
        <agreement/y> citypact:status status:announced ; citypact:party <government/a> ,
          <government/c> .
        <agreement/z> citypact:status status:signed ; citypact:party <government/a> ,
          <government/a2> .
        <agreement/v> citypact:party <government/b> , <government/c> .
        """,
        "<city/a> citypact:cooperatesWith <city/b> . <city/b> citypact:cooperatesWith <city/a> .",
    ),
    "33-cooperation-by-partnership": (
        """
        <partnership/x> citypact:partner <city/a> , <city/b> .
        <partnership/y> citypact:partner <city/c> .
        <partnership/z> citypact:expectedPartner <city/a> , <city/c> .
        """,
        "<city/a> citypact:cooperatesWith <city/b> . <city/b> citypact:cooperatesWith <city/a> .",
    ),
    "33-cooperation-by-twinning": (
        "<city/a> citypact:twinnedWith <city/b> , <city/a> . <city/c> citypact:partner <city/d> .",
        "<city/a> citypact:cooperatesWith <city/b> . <city/b> citypact:cooperatesWith <city/a> .",
    ),
    "34-covers": (
        """
        <agreement/a> a citypact:Agreement ; citypact:topic <topic/youth> .
        <provision/b> a citypact:Provision ; citypact:topic <topic/transport> .
        <agreement/c> a citypact:Agreement ; citypact:aim <topic/transport> .
        """,
        "<agreement/a> citypact:covers <topic/youth> .",
    ),
    "34-expected-cooperation-by-agreement": (
        """
        <government/a> citypact:governs <city/a> . <government/b> citypact:governs <city/b> .
        <government/a2> citypact:governs <city/a> . <government/c> citypact:governs <city/c> .
        <government/d> citypact:governs <city/d> . <city/a> citypact:cooperatesWith <city/c> .
        <agreement/x> citypact:status status:announced ;
          citypact:party <government/a> , <government/b> , <organization/o> .
        <agreement/y> citypact:status status:announced ; citypact:party <government/a> ,
          <government/c> .
        <agreement/z> citypact:status status:announced ; citypact:party <government/a> ,
          <government/a2> .
        <agreement/v> citypact:status status:signed ; citypact:party <government/b> ,
          <government/d> .
        """,
        """
        <city/a> citypact:expectsCooperationWith <city/b> .
        <city/b> citypact:expectsCooperationWith <city/a> .
        <city/c> citypact:expectsCooperationWith <city/a> .
        """,
    ),
    "34-expected-cooperation-by-partnership": (
        """
        <partnership/x> citypact:expectedPartner <city/a> , <city/b> .
        <partnership/y> citypact:partner <city/a> , <city/c> .
        <partnership/z> citypact:expectedPartner <city/a> , <city/d> .
        <city/a> citypact:cooperatesWith <city/d> .
        """,
        """
        <city/a> citypact:expectsCooperationWith <city/b> .
        <city/b> citypact:expectsCooperationWith <city/a> .
        <city/d> citypact:expectsCooperationWith <city/a> .
        """,
    ),
    "35-covers-by-provision": (
        """
        <agreement/a> a citypact:Agreement ; citypact:topic <topic/own> ;
          citypact:hasProvision <provision/a> .
        <provision/a> a citypact:Provision ; citypact:topic <topic/one> ;
          citypact:hasProvision <provision/b> .
        <provision/b> citypact:topic <topic/two> ; citypact:hasProvision <provision/c> .
        <provision/c> citypact:topic <topic/three> . <provision/d> citypact:topic <topic/other> .
        """,
        "<agreement/a> citypact:covers <topic/one> , <topic/two> , <topic/three> .",
    ),
    "38-brokers": (
        """
        <agreement/a> a citypact:Agreement ; citypact:facilitator <organization/kotra> ;
          citypact:party <government/seoul> .
        <event/b> a citypact:Event ; citypact:facilitator <organization/koica> .
        """,
        "<organization/kotra> citypact:brokers <agreement/a> .",
    ),
    "39-brokers-by-proposal": (
        """
        <transfer/a> a citypact:PolicyTransfer ; citypact:underAgreement <agreement/a> ;
          citypact:proposedBy <office/kotra> , <office/party> , <office/of-party> .
        <agreement/a> citypact:party <office/party> , <government/seoul> .
        <office/of-party> citypact:unitOf <government/seoul> .
        <office/kotra> citypact:unitOf <organization/kotra> .
        <agreement/other> citypact:party <office/kotra> , <organization/kotra> .
        <event/b> a citypact:Event ; citypact:underAgreement <agreement/a> ;
          citypact:proposedBy <office/event> .
        <transfer/c> a citypact:PolicyTransfer ; citypact:underAgreement <agreement/a> .
        <transfer/d> a citypact:PolicyTransfer ; citypact:proposedBy <office/d> .
        """,
        "<office/kotra> citypact:brokers <agreement/a> .",
    ),
    "40-brokers-by-office": (
        """
        <office/a> citypact:brokers <agreement/a> ; citypact:unitOf <organization/kotra> .
        <office/b> citypact:unitOf <organization/b> . <office/c> citypact:brokers <agreement/c> .
        """,
        "<organization/kotra> citypact:brokers <agreement/a> .",
    ),
    "50-mentions": (
        """
        <city/a> a citypact:City . <city/b> a citypact:City . <topic/t> a skos:Concept .
        citypact:City citypact:recordSection "cities" .
        citypact:SourceDocument citypact:recordSection "documents" .
        <doc/report> a citypact:SourceDocument . <doc/other> a citypact:SourceDocument .
        """
        + claim("a", "<city/a> citypact:twinnedWith <city/b>")
        + claim("b", "<city/a> citypact:topic <topic/t>", document="doc/other")
        + claim("c", '<city/c> citypact:name "C"')
        + claim("d", '<doc/report> dcterms:title "Report"')
        + claim("e", "<doc/report> citypact:cites <doc/other>")
        + claim("f", "<city/b> citypact:population 1", document="doc/citypact-editors")
        + claim("g", "<city/b> citypact:population 1", document="doc/editors-of-a-project"),
        """
        <doc/report> citypact:mentions <city/a> , <city/b> , <doc/other> .
        <doc/other> citypact:mentions <city/a> .
        """,
    ),
    "60-dates": (
        """
        citypact:signingDateEarliest citypact:readsDate citypact:signingDate ;
          citypact:readsAs citypact:earliest .
        citypact:endDateValue citypact:readsDate citypact:endDate ;
          citypact:readsAs citypact:value .
        <agreement/a> citypact:signingDate <date/2016-05> ; citypact:endDate <date/2017> .
        <date/2016-05> citypact:earliest "2016-05-01"^^xsd:date ;
          citypact:latest "2016-05-31"^^xsd:date ;
          citypact:value "2016-05"^^xsd:gYearMonth .
        <date/2017> citypact:value "2017"^^xsd:gYear .
        """,
        """
        <agreement/a> citypact:signingDateEarliest "2016-05-01"^^xsd:date ;
          citypact:endDateValue "2017"^^xsd:gYear .
        """,
    ),
    "90-korean-labels": (
        '<city/a> skos:prefLabel "가"@ko , "A"@en , "A"@ko-KR ; skos:altLabel "나"@ko .',
        '<city/a> citypact:labelKorean "가" .',
    ),
    "91-english-labels": (
        '<city/a> skos:prefLabel "가"@ko , "A"@en , "B"@en-GB ; skos:altLabel "C"@en .',
        '<city/a> citypact:labelEnglish "A" .',
    ),
}
"""By rule: what is in the graph (TriG), and all facts that follow by that rule (Turtle)."""


def quads(text: str) -> list[ox.Quad]:
    return list(ox.parse((PREFIXES + text).encode(), format=ox.RdfFormat.TRIG))


@pytest.mark.parametrize("name", [rule.name for rule in rules()])
def test_a_rule_says_this_and_nothing_else(name: str) -> None:
    given, expected = CASES[name]
    store = ox.Store()
    store.extend(quads(given))
    (rule,) = (rule for rule in rules() if rule.name == name)
    found = store.query(rule.query.text)
    assert isinstance(found, ox.QueryTriples)
    assert set(map(str, found)) == {str(quad.triple) for quad in quads(expected)}


def test_every_rule_is_tried() -> None:
    assert {rule.name for rule in rules()} == set(CASES)

"""A hand-made network of Seoul's partnerships, shaped like the real one, for tests of the page.

The labels follow public knowledge; the sentences are written for the tests and quote nobody.
"""

# ruff: noqa: E501 (tables of one thing a line)

from __future__ import annotations

from typing import Any

import networkx as nx

from citypact.graph.pages.network.pyvis_page import PageContent, edge_keys

BASE = "https://w3id.org/citypact/id/"

ACTORS = """
government/seoul|government|서울특별시|Seoul Metropolitan Government|서울;서울시;Seoul;SMG|대한민국|South Korea
government/san-francisco|government|샌프란시스코시|City of San Francisco|샌프란시스코;SF|미국|United States
government/london|government|런던시|City of London (GLA)|런던;London;그레이터 런던|영국|United Kingdom
government/los-angeles|government|로스앤젤레스시|City of Los Angeles|로스엔젤레스;LA;엘에이|미국|United States
government/guayaquil|government|과야킬시|City of Guayaquil|과야킬;Guayaquil;구아야킬|에콰도르|Ecuador
government/hanoi|government|하노이시|Hanoi|하노이;Hà Nội|베트남|Viet Nam
network/wego|network|세계도시전자정부협의체|WeGO|위고;World e-Governments Organization of Cities||
organization/kexim|organization|한국수출입은행|Export-Import Bank of Korea|수은;KEXIM;Korea Eximbank|대한민국|South Korea
organization/kotra|organization|코트라|KOTRA|대한무역투자진흥공사|대한민국|South Korea
organization/sister-committee|organization|샌프란시스코-서울 자매도시 위원회|San Francisco–Seoul Sister City Committee||미국|US
office/kotra-latin-america|office|중남미 지역본부|Latin America Regional Headquarters|코트라 중남미 지역본부|멕시코|Mexico
office/kotra-quito|office|키토무역관|Quito Trade Office|코트라 키토무역관|에콰도르|Ecuador
office/wego-secretariat|office|WeGO 사무국|WeGO Secretariat||대한민국|South Korea
office/smart-city-bureau|office|스마트도시정책관|Smart City Policy Bureau|스마트도시정책국|대한민국|South Korea
"""

AGREEMENTS = """
san-francisco-1976|joint-declaration|1976|자매도시 결연 공동선언|Joint Declaration of Sister City Ties|signed
san-francisco-2013|memorandum-of-understanding|2013-10-21|우호 협력을 강화하는 양해각서|Memorandum on Friendship|signed
london-2015|agreement|2015-12|서울-런던 우호협력 협정|Seoul–London Friendship and Cooperation Agreement|signed
wego-kexim-2016|memorandum-of-understanding|2016-03-16|도시 전자정부 협력 양해각서|MOU on city e-government|announced
london-2017|agreement|2017-04-11|서울-런던 우호도시 협정|Seoul–London Friendship City Agreement|signed
los-angeles-2019|memorandum-of-understanding|2019-10-01|정보기술협력에 관한 양해각서|MOU on Information Technology|signed
guayaquil-2020|business-agreement|2020-10-30|스마트시티 협력을 위한 업무협약|Agreement on smart city cooperation|signed
"""

FORMS = {
    "joint-declaration": ("공동선언", "Joint declaration"),
    "memorandum-of-understanding": ("양해각서", "Memorandum of understanding"),
    "agreement": ("협정", "Agreement"),
    "business-agreement": ("업무협약", "Business agreement"),
}

PARTIES = {
    "san-francisco-1976": ["government/seoul", "government/san-francisco"],
    "san-francisco-2013": ["government/seoul", "government/san-francisco"],
    "london-2015": ["government/seoul", "government/london"],
    "london-2017": ["government/seoul", "government/london"],
    "wego-kexim-2016": ["network/wego", "organization/kexim"],
    "los-angeles-2019": ["government/seoul", "government/los-angeles"],
    "guayaquil-2020": ["government/seoul", "government/guayaquil"],
}

# slug | Korean | English | top topic | agreements that name it
TOPICS = """
information-technology|정보기술|Information technology|ict|los-angeles-2019;san-francisco-2013
data-research|데이터 연구|Data research|ict|los-angeles-2019
5g|5G 기술 및 보급|5G technology and deployment|ict|los-angeles-2019
artificial-intelligence|인공지능|Artificial intelligence|ict|los-angeles-2019
machine-learning|머신러닝|Machine learning|ict|los-angeles-2019
data-science|데이터 사이언스|Data science|ict|los-angeles-2019
digital-innovation|디지털 혁신|Digital innovation|ict|london-2017
university-partnership|대학교 제휴|University partnership|education|los-angeles-2019
digital-economy|디지털 경제|Digital economy|economy|los-angeles-2019
startups|스타트업·인큐베이터|Start-ups and incubators|economy|los-angeles-2019
sharing-economy|공유경제|Sharing economy|economy|san-francisco-2013
economic-democratization|경제 민주화|Democratization of the economy|economy|london-2017
business-exchange|기업·경제기관 교류|Exchange between companies|economy|san-francisco-2013
data-driven-city|데이터 기반 스마트 도시|Data-driven smart city|smart-city|los-angeles-2019
smart-city|스마트시티|Smart city|smart-city|guayaquil-2020;london-2017
smart-technology|스마트 도시 기술 및 개발|Smart city technology and development|smart-city|los-angeles-2019
smart-integrated|스마트통합 솔루션|Smart integrated solutions|smart-city|guayaquil-2020
smart-policy-export|스마트시티 정책 수출|Smart city policy export|smart-city|guayaquil-2020
master-plan|스마트시티 마스터플랜|Smart city master plan|smart-city|guayaquil-2020
e-government|전자정부|e-Government|digital-government|san-francisco-2013;wego-kexim-2016;london-2017
participation|시민참여형 전자정부 시스템|Civic participation systems (CPS)|digital-government|wego-kexim-2016
decision-making|데이터 기반 의사결정|Data-driven decision-making|digital-government|guayaquil-2020;los-angeles-2019
platform|시민과 실시간 의사소통 및 정책결정을 위한 디지털 플랫폼|Digital platform for real-time \
communication with citizens and policy decisions|digital-government|guayaquil-2020
openness|개방성|Openness|digital-government|los-angeles-2019
city-services|도시 서비스 개선|City services and operations|digital-government|los-angeles-2019
accessibility|디지털 접근성|Digital accessibility|inclusion|los-angeles-2019
inclusion-core|디지털 포용|Digital inclusion|inclusion|los-angeles-2019
connectivity|연결성|Connectivity|inclusion|los-angeles-2019
divide|정보격차 해소|Bridging the digital divide|inclusion|los-angeles-2019
literacy|디지털 문해력 및 교육|Digital and data literacy|inclusion|los-angeles-2019
wifi|무료 와이파이|Free Wi-Fi|inclusion|guayaquil-2020
control-centre|치안·교통 통합관제센터|Integrated public-security and traffic control centre|safety|guayaquil-2020
its|ITS 인프라 구축|Intelligent transport systems|safety|guayaquil-2020
disaster|스마트 재난 관리|Smart disaster management|safety|guayaquil-2020
public-safety|치안·방범|Public security|safety|guayaquil-2020
smart-education|스마트 교육|Smart education|education|guayaquil-2020
remote-education|원격교육|Remote education|education|guayaquil-2020
education-gap|교육격차 해소|Closing the education gap|education|guayaquil-2020
institution-exchange|교육·문화기관 간 교류|Exchange between institutions|education|san-francisco-2013
health|스마트 헬스 서비스|Smart health services|social|guayaquil-2020
social-innovation|사회 혁신|Social innovation|social|london-2017
quality-of-life|시민의 삶의 질 향상|Quality of life|social|los-angeles-2019
arts-culture|문화·예술|Arts and culture|culture|san-francisco-2013;london-2017;san-francisco-1976
tourism|관광|Tourism|culture|san-francisco-2013;london-2017;london-2015
conventions|방문자·컨벤션|Visitor and convention offices|culture|san-francisco-2013
urban-planning|도시 계획 및 개발|Urban planning and development|urban|san-francisco-2013
regeneration|도시 재생|Urban regeneration|urban|london-2017
sustainable-policy|지속 가능한 정책|Sustainable policy|climate|san-francisco-2013
climate|기후변화 대응|Response to climate change|climate|london-2017;london-2015
capacity|역량강화 교육|Capacity building|methods|guayaquil-2020;wego-kexim-2016
feasibility|타당성 조사·시범사업|Feasibility studies and pilots|methods|wego-kexim-2016
finance|개발원조자금·EDCF 지원|Development finance (EDCF)|methods|wego-kexim-2016
knowledge|지식 공유·전파|Knowledge sharing|methods|wego-kexim-2016;guayaquil-2020
policy-sharing|정책·우수사례 공유|Sharing of best practices|methods|london-2015;london-2017
staff-exchange|상호 직원 파견|Mutual dispatch of staff|methods|san-francisco-2013;london-2015
assistance|기술지원프로그램 협력|Technical assistance|methods|wego-kexim-2016
"""

TOP_TOPICS = {
    "ict": ("정보기술·데이터", "Information technology and data"),
    "smart-city": ("스마트시티", "Smart city"),
    "digital-government": ("디지털 정부·공공행정", "Digital government"),
    "inclusion": ("디지털 포용", "Digital inclusion"),
    "safety": ("교통·안전·재난", "Transport, safety and disasters"),
    "urban": ("도시 계획 및 개발", "Urban planning and development"),
    "climate": ("지속가능성·기후", "Sustainability and climate"),
    "economy": ("경제·기업", "Economy and business"),
    "culture": ("문화·관광", "Culture and tourism"),
    "education": ("교육·연구", "Education and research"),
    "social": ("보건·사회혁신", "Health and social innovation"),
    "methods": ("협력 방식", "Cooperation methods"),
}

# slug | kind | Korean | English | date | tied to (relation>target;...)
FURTHER = """
person/park-won-soon|person|박원순|Park Won-soon||post>government/seoul;signature>agreement/san-francisco-2013;\
signature>agreement/london-2017
person/edwin-lee|person|에드윈 리|Edwin M. Lee||post>government/san-francisco;signature>agreement/san-francisco-2013
person/sadiq-khan|person|사디크 칸|Sadiq Khan||post>government/london;signature>agreement/london-2017
person/seo|person|서정협|Seo Jeong-hyup||post>government/seoul;signature>agreement/guayaquil-2020
person/viteri|person|신시아 비테리|Cynthia Viteri||post>government/guayaquil;signature>agreement/guayaquil-2020
person/nam|person|남영숙|Nam Young-sook||post>office/wego-secretariat;signature>agreement/wego-kexim-2016
person/kim|person|김성택|Kim Seong-taek||post>organization/kexim;signature>agreement/wego-kexim-2016
person/lee|person|이덕훈|Lee Duk-hoon||post>organization/kexim
person/cio|person|최고정보책임관|Chief Information Officer||signature>agreement/los-angeles-2019
person/dg|person|스마트도시정책관(직위)|Director General, Smart City||signature>agreement/los-angeles-2019
event/lecture|event|희망서울 아카데미 특강|Hope Seoul Academy lecture|2013-10-21|event>government/san-francisco
event/sf-signing|event|양해각서 체결식|Signing ceremony|2013-10-21|event>agreement/san-francisco-2013
event/sf-visit|event|샌프란시스코 대표단 방한|Visit of the San Francisco delegation|2013-10|\
event>government/san-francisco;event>government/seoul
event/gye-signing|event|온라인 협약식|Online signing|2020-10-30|event>agreement/guayaquil-2020
event/webinar|event|정책 웨비나|Policy webinar|XXXX-XX-30|event>agreement/guayaquil-2020
event/wego-signing|event|WeGO-수출입은행 체결식|Signing at the bank|2016-03-16|event>agreement/wego-kexim-2016
event/meeting|event|서울시장-런던시장 면담|Meeting of the mayors|2017-04-11|event>government/london;\
event>government/seoul;event>agreement/london-2017
event/biennale|event|서울도시건축비엔날레|Seoul Biennale of Architecture|2017|event>government/seoul
project/control-centre|project|치안·교통 통합관제센터 구축|Integrated control centre|2020|project>agreement/guayaquil-2020
project/decision|project|데이터 기반 의사결정시스템|Data-based decision system|2020|project>agreement/guayaquil-2020
project/cps|project|시민참여형 시스템 시범사업|CPS pilot|2015|project>network/wego
project/feasibility|project|EDCF 타당성 조사|EDCF feasibility study|2016|project>agreement/wego-kexim-2016
solution/edcf|solution|대외경제협력기금|Economic Development Cooperation Fund (EDCF)||operates<organization/kexim
solution/topis|solution|교통정보센터(TOPIS)|TOPIS||operates<government/seoul;introduced>government/guayaquil
solution/mayor-office|solution|디지털 시민시장실|Digital Civic Mayor's Office||operates<government/seoul;\
introduced>government/guayaquil
solution/complaint|solution|스마트 불편신고시스템|Smart complaint system||operates<government/seoul
solution/weconomics|solution|위코노믹스|Weconomics||operates<government/seoul
prospect/webinar-series|prospect|정책 웨비나 계속|More policy webinars||prospect>agreement/guayaquil-2020
prospect/edcf-support|prospect|EDCF 지원 검토|EDCF support under review||prospect>agreement/wego-kexim-2016
country/peru|country|페루|Peru||prospect<government/seoul
country/el-salvador|country|엘살바도르|El Salvador||prospect<government/seoul
"""

RELATIONS = {
    "party": ("당사자", "Party"),
    "topic": ("주제", "Topic"),
    "membership": ("회원", "Member"),
    "chair": ("의장도시", "Chair"),
    "office": ("소속 기관", "Office of"),
    "brokering": ("중개", "Brokered"),
    "follow-up": ("후속 협정", "Follow-up"),
    "signature": ("서명", "Signed"),
    "post": ("직위", "Post"),
    "event": ("행사", "Event"),
    "project": ("사업", "Project"),
    "operates": ("운영", "Operates"),
    "introduced": ("소개", "Introduced"),
    "prospect": ("전망", "Prospect"),
}

DOCUMENTS = {
    "san-francisco": (
        "서울시 누리집 알림",
        "Notice, Seoul website",
        "https://news.seoul.go.kr/economy/archives/28756",
        "2013-10-21",
    ),
    "guayaquil": (
        "아주경제 기사",
        "Article, Aju News",
        "https://m.ajunews.com/view/20201030083947647",
        "2020-10-30",
    ),
    "london": (
        "서울 정책아카이브",
        "Seoul Policy Archive",
        "https://seoulsolution.kr/ko/node/6568",
        "2017-04-12",
    ),
    "wego": ("보도자료", "Press release", "", "2016-03-15"),
    "los-angeles": ("양해각서 전문", "Text of the memorandum", "", "2019-10-01"),
}


def _rows(text: str) -> list[list[str]]:
    joined = text.replace("\\\n", "")
    return [line.split("|") for line in joined.strip().splitlines()]


def _year(date: str) -> int:
    return int(date[:4]) if date[:4].isdigit() else 0


def _add(network: nx.MultiDiGraph, slug: str, kind: str, ko: str, en: str, **extra: Any) -> None:
    attributes: dict[str, Any] = {
        "kind": kind,
        "form": "",
        "form_ko": "",
        "form_en": "",
        "label_ko": ko,
        "label_en": en,
        "aliases": "",
        "country": "",
        "country_ko": "",
        "country_en": "",
        "date": "",
        "year": 0,
        "status": "",
        "top_topic": "",
        "first_view": True,
    }
    network.add_node(BASE + slug, **(attributes | extra))


def _tie(
    network: nx.MultiDiGraph,
    source: str,
    relation: str,
    target: str,
    year: int = 0,
    first_view: bool = True,
) -> None:
    ko, en = RELATIONS[relation]
    network.add_edge(
        BASE + source,
        BASE + target,
        key=relation,
        relation=relation,
        relation_ko=ko,
        relation_en=en,
        prospect=relation == "prospect",
        year=year,
        first_view=first_view,
    )


def build_network() -> nx.MultiDiGraph:
    """The fixture network: actors, agreements and topics at first; people and more behind layers."""
    network = nx.MultiDiGraph()
    for slug, kind, ko, en, aliases, country_ko, country_en in _rows(ACTORS):
        _add(
            network,
            slug,
            kind,
            ko,
            en,
            aliases=aliases.replace(";", "|"),
            country=country_en,
            country_ko=country_ko,
            country_en=country_en,
        )
    for slug, form, date, ko, en, status in _rows(AGREEMENTS):
        form_ko, form_en = FORMS[form]
        _add(
            network,
            f"agreement/{slug}",
            "agreement",
            ko,
            en,
            form=form,
            form_ko=form_ko,
            form_en=form_en,
            date=date,
            year=_year(date),
            status=status,
        )
        for party in PARTIES[slug]:
            _tie(network, f"agreement/{slug}", "party", party, _year(date))
    for slug, ko, en, top, agreements in _rows(TOPICS):
        top_ko, top_en = TOP_TOPICS[top]
        _add(
            network,
            f"topic/{slug}",
            "topic",
            ko,
            en,
            top_topic=f"{BASE}topic/{top}",
            top_topic_ko=top_ko,
            top_topic_en=top_en,
        )
        for agreement in agreements.split(";"):
            _tie(network, f"agreement/{agreement}", "topic", f"topic/{slug}")
    _tie(network, "government/seoul", "chair", "network/wego", 2010)
    _tie(network, "government/seoul", "membership", "network/wego", 2010)
    _tie(network, "government/hanoi", "membership", "network/wego")
    _tie(network, "organization/kotra", "brokering", "agreement/guayaquil-2020", 2020)
    _tie(network, "office/kotra-quito", "brokering", "agreement/guayaquil-2020", 2020)
    _tie(network, "office/kotra-latin-america", "office", "organization/kotra")
    _tie(network, "office/kotra-quito", "office", "organization/kotra")
    _tie(network, "office/wego-secretariat", "office", "network/wego")
    _tie(network, "office/smart-city-bureau", "office", "government/seoul")
    _tie(network, "organization/sister-committee", "membership", "government/san-francisco")
    _tie(network, "agreement/london-2017", "follow-up", "agreement/london-2015", 2017, False)
    for slug, kind, ko, en, date, ties in _rows(FURTHER):
        _add(network, slug, kind, ko, en, date=date, year=_year(date), first_view=False)
        for tie in ties.split(";"):
            if "<" in tie:
                relation, other = tie.split("<")
                _tie(network, other, relation, slug, _year(date), False)
            else:
                relation, other = tie.split(">")
                _tie(network, slug, relation, other, _year(date), False)
    _tie(network, "government/london", "prospect", "network/wego", 2017, False)
    return network


def claim(which: str, sentence: str = "", highlight: list[int] | None = None) -> dict[str, Any]:
    """A claim of one of the fixture's documents."""
    ko, en, address, published = DOCUMENTS[which]
    return {
        "document": {"ko": ko, "en": en},
        "address": address,
        "source": which,
        "published": published,
        "spans": [{"position": "1282–1403", "link": f"{address}#:~:text=Smart%20education"}],
        "modality": {"ko": "단언", "en": "asserted"},
        "rank": {"ko": "우선", "en": "preferred"},
        "note": {},
        "sentence": sentence,
        "highlight": highlight or [],
    }


def _row(
    ko: str,
    en: str,
    value: tuple[str, str],
    target: str = "",
    claims: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    return {
        "label": {"ko": ko, "en": en},
        "value": {"ko": value[0], "en": value[1]},
        "target": target,
        "address": "",
        "claims": claims or [],
    }


def build_panels(network: nx.MultiDiGraph) -> dict[str, list[dict[str, Any]]]:
    """Panels for every node and edge: what it is, its ties, and claims with their sources."""
    panels: dict[str, list[dict[str, Any]]] = {}
    for node, data in network.nodes(data=True):
        text = f"{data['label_en']} is named in this sentence of a test document."
        evidence = [claim(which) for which in DOCUMENTS if which in node] or [
            claim("guayaquil", text, [0, len(data["label_en"])]),
            claim("wego"),
        ]
        facts = [_row("이름", "Name", (data["label_ko"], data["label_en"]), claims=evidence)]
        if data["date"]:
            facts.append(_row("날짜", "Date", (data["date"],) * 2, claims=evidence[:1]))
        if data["country_ko"]:
            facts.append(_row("국가", "Country", (data["country_ko"], data["country_en"])))
        ties = []
        for source, target, edge in sorted(
            [*network.out_edges(node, data=True), *network.in_edges(node, data=True)],
            key=lambda item: (item[2]["relation"], item[0], item[1]),
        ):
            other = target if source == node else source
            label = network.nodes[other]
            ties.append(
                _row(
                    edge["relation_ko"],
                    edge["relation_en"],
                    (label["label_ko"], label["label_en"]),
                    other,
                    evidence[:1],
                )
            )
        panels[node] = [
            {"heading": {"ko": "기본 정보", "en": "About"}, "rows": facts},
            {"heading": {"ko": "협정·주제·관계", "en": "Agreements, topics, ties"}, "rows": ties},
        ]
    for (source, target, _), name in edge_keys(network).items():
        labels = [network.nodes[end] for end in (source, target)]
        sentence = f"{labels[0]['label_en']} and {labels[1]['label_en']} stand together here."
        panels[name] = [
            {
                "heading": {"ko": "근거", "en": "Evidence"},
                "rows": [
                    _row(
                        "관계",
                        "Tie",
                        (
                            " – ".join(x["label_ko"] for x in labels),
                            " – ".join(x["label_en"] for x in labels),
                        ),
                        claims=[claim("guayaquil", sentence, [0, len(labels[0]["label_en"])])],
                    )
                ],
            }
        ]
    return panels


def build_picture() -> PageContent:
    """The fixture as the page wants it."""
    network = build_network()
    return PageContent(
        title={"ko": "서울의 도시 협력 지도", "en": "Seoul’s city partnerships"},
        subtitle={
            "ko": "협정·회원·중개와 주제, 모두 근거 문서와 함께",
            "en": "Agreements, memberships, brokering and topics, each with its sources",
        },
        network=network,
        panels=build_panels(network),
        meta={"hash": "sha256:3f5a9d0c77e1b2f4", "documents": 5, "claims": 412},
        citations={
            which: {
                "ko": f"「{ko}」, {published}, {address}.",
                "en": f"“{en}”. {published}. {address}.",
                "bibtex": f"@misc{{{which}, title = {{{{{ko}}}}}}}",
                "csl": {"id": which, "type": "webpage", "title": ko},
            }
            for which, (ko, en, address, published) in DOCUMENTS.items()
        },
    )


def wait_until(tab: Any, expression: str) -> None:
    """Waits until an expression of JavaScript is true, ten seconds at most.

    `wait_for_function` of Playwright asks again inside the page, where our policy allows no eval:
    it fails where the expression is not true at once.
    """
    for _ in range(200):
        if tab.evaluate(expression):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")

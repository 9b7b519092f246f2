"""The columns of the tables of a graph, each described in Korean and English."""

from __future__ import annotations

from citypact.graph.tables.table import ID, Column


def dates(name: str, ko: str, en: str) -> tuple[Column, ...]:
    """A date as its source gives it, and the first and last day that it allows."""
    return (
        Column(
            name,
            "text",
            f"{ko}(EDTF, 출처의 정밀도)",
            f"{en} (EDTF, with the precision of its source)",
        ),
        Column(f"{name}_earliest", "day", f"{ko}: 가능한 첫날", f"{en}: first possible day"),
        Column(f"{name}_latest", "day", f"{ko}: 가능한 마지막 날", f"{en}: last possible day"),
    )


def code(name: str, ko: str, en: str) -> tuple[Column, ...]:
    """A value of a code list, with its labels."""
    return (
        Column(name, "text", f"{ko}(코드)", f"{en} (code)"),
        Column(f"{name}_ko", "text", f"{ko}(국문)", f"{en} (in Korean)"),
        Column(f"{name}_en", "text", f"{ko}(영문)", f"{en} (in English)"),
    )


NAMED = (
    ID,
    Column("name", "text", "두 언어로 쓴 이름", "Name in both languages"),
    Column("label_ko", "text", "국문 이름", "Name in Korean"),
    Column("label_en", "text", "영문 이름", "Name in English"),
)
WIKIDATA = Column("wikidata", "text", "위키데이터 항목 번호", "Wikidata item identifier")
ALIASES = Column("aliases", "list", "별칭", "Aliases")
PLACES = (
    *NAMED,
    Column(
        "kind",
        "text",
        "종류(city 도시, territory 속령, country 국가)",
        "Kind: city, territory or country",
    ),
    Column("country", "text", "국가", "Country of the place", "places"),
    Column("latitude", "number", "위도(도)", "Latitude in degrees north"),
    Column("longitude", "number", "경도(도)", "Longitude in degrees east"),
    Column("population", "integer", "인구", "Population"),
    WIKIDATA,
    Column("geonames", "text", "GeoNames 식별 번호", "GeoNames identifier"),
    ALIASES,
)
ACTORS = (
    *NAMED,
    Column(
        "kind",
        "text",
        "종류(government 시 정부, network 도시 네트워크, organization 기관, office 부서·사무소)",
        "Kind: government, network, organization or office",
    ),
    Column(
        "place",
        "text",
        "관할하는 곳 또는 소재지",
        "Place that it governs, or else where it is located",
        "places",
    ),
    Column("country", "text", "국가", "Country of the actor", "places"),
    Column("part_of", "text", "상위 기관", "Organisation of which it is a part", "actors"),
    Column(
        "partner_city_total",
        "integer",
        "사실로 채택한 협력 도시 총수",
        "Total of partner cities that the facts follow",
    ),
    *code("partner_list", "협력 도시 목록의 완전성", "Completeness of its partner list"),
    Column(
        "partner_list_as_of",
        "text",
        "협력 도시 목록의 기준일(EDTF)",
        "Day of its partner list (EDTF)",
    ),
    WIKIDATA,
    ALIASES,
)
TOPICS = (*NAMED, Column("broader", "text", "상위 분야", "Broader topic", "topics"))
DOCUMENTS = (
    *NAMED,
    *code("type", "문서 종류", "Document type"),
    Column("title", "text", "제목(원문 언어)", "Title, in the language of the document"),
    Column("title_ko", "text", "국문 제목", "Title in Korean"),
    Column("title_en", "text", "영문 제목", "Title in English"),
    Column("publisher_ko", "text", "발행처(국문)", "Publisher (in Korean)"),
    Column("publisher_en", "text", "발행처(영문)", "Publisher (in English)"),
    Column("address", "text", "웹 주소", "Web address"),
    Column("archive_address", "text", "보존본 주소", "Address of an archived copy"),
    *dates("published", "게재일", "Date of publication"),
    *dates("retrieved", "확인일", "Date of retrieval"),
    Column("issued_by", "text", "발행 기관", "Organisation that issued the document", "actors"),
    Column("languages", "list", "원문의 언어", "Languages of the text"),
    Column("sha256", "text", "원문 SHA-256", "SHA-256 digest of the text"),
)
PARTNERSHIPS = (
    *NAMED,
    *code("relation_type", "관계 유형", "Relation type"),
    *dates("established", "수립일", "Date of establishment"),
    *dates("end", "종료일", "End date"),
    Column(
        "established_by",
        "text",
        "관계를 수립한 협정",
        "Agreement that established the partnership",
        "agreements",
    ),
)
PARTNERS = (
    Column("partnership", "text", "협력 관계", "Partnership", "partnerships"),
    Column("place", "text", "도시", "City", "places"),
)
AGREEMENTS = (
    *NAMED,
    *code("form", "문서 형식", "Instrument form"),
    *code("relation_type", "관계 유형", "Relation type"),
    *code("status", "상태(signed 체결, announced 발표)", "Status: signed or announced"),
    *dates("signed", "체결일", "Date of signing"),
    Column("year", "integer", "체결 연도", "Year of signing"),
    Column(
        "legally_binding", "boolean", "법적 구속력 유무", "Whether the agreement is legally binding"
    ),
    Column(
        "partnership",
        "text",
        "해당 협력 관계",
        "Partnership to which the agreement belongs",
        "partnerships",
    ),
)
PARTIES = (
    Column("agreement", "text", "협정", "Agreement", "agreements"),
    Column("actor", "text", "당사자", "Party", "actors"),
)
COVERED = (
    Column("agreement", "text", "협정", "Agreement", "agreements"),
    Column("topic", "text", "협력 분야", "Topic", "topics"),
)
SIGNATURES = (
    ID,
    Column("agreement", "text", "협정", "Agreement", "agreements"),
    Column(
        "party", "text", "서명이 대표하는 당사자", "Party on whose behalf it was signed", "actors"
    ),
    Column("person_ko", "text", "서명자(국문)", "Signatory (in Korean)"),
    Column("person_en", "text", "서명자(영문)", "Signatory (in English)"),
    Column("post_ko", "text", "서명자 직위(국문)", "Post of the signatory (in Korean)"),
    Column("post_en", "text", "서명자 직위(영문)", "Post of the signatory (in English)"),
)
MEMBERSHIPS = (
    *NAMED,
    Column("member", "text", "회원", "Member", "actors"),
    Column(
        "organization",
        "text",
        "가입한 도시 네트워크 또는 기관",
        "City network or organisation of which it is a member",
        "actors",
    ),
    *code("role", "역할", "Role"),
    *dates("start", "시작일", "Start date"),
    *dates("end", "종료일", "End date"),
    *dates(
        "held",
        "회원 자격이 확인된 날",
        "Day on which the membership is known to have been in force",
    ),
)
CLAIMS = (
    ID,
    Column("statement", "text", "진술(IRI)", "Statement (IRI)"),
    Column("subject", "text", "주어", "Subject"),
    Column("subject_ko", "text", "주어(국문)", "Subject (in Korean)"),
    Column("subject_en", "text", "주어(영문)", "Subject (in English)"),
    Column("property", "text", "속성", "Property"),
    Column("property_ko", "text", "속성(국문)", "Property (in Korean)"),
    Column("property_en", "text", "속성(영문)", "Property (in English)"),
    Column("value", "text", "값", "Value"),
    Column("value_ko", "text", "값(국문)", "Value (in Korean)"),
    Column("value_en", "text", "값(영문)", "Value (in English)"),
    Column("language", "text", "텍스트 값의 언어", "Language of a text value"),
    Column("document", "text", "주장이 나온 문서", "Document that makes the claim", "documents"),
    Column(
        "link",
        "text",
        "문서의 해당 구절로 연결되는 링크",
        "Address of the document, at the passage where that is known",
    ),
    *code("modality", "양태", "Modality, such as asserted, reported or expected"),
    Column(
        "rank",
        "text",
        "순위(preferred 우선, normal 보통, deprecated 배제)",
        "Rank: preferred, normal or deprecated",
    ),
    Column(
        "is_fact",
        "boolean",
        "사실로 채택되었는지 여부",
        "Whether the statement is a fact of the graph",
    ),
    Column(
        "is_inferred",
        "boolean",
        "추론 여부",
        "Whether the statement is inferred from the text rather than stated in it",
    ),
    Column("as_of", "text", "주장의 기준일(EDTF)", "Day for which the claim holds (EDTF)"),
    Column("attributed_to", "text", "발언자", "Person or organisation that the document quotes"),
    Column(
        "attributed_to_ko",
        "text",
        "발언자(국문)",
        "Person or organisation that the document quotes (in Korean)",
    ),
    Column(
        "attributed_to_en",
        "text",
        "발언자(영문)",
        "Person or organisation that the document quotes (in English)",
    ),
    Column(
        "spans",
        "list",
        "원문 구간의 글자 위치(시작,끝)",
        "Character offsets of the text spans: start,end",
    ),
    Column("note_ko", "text", "편집자 비고(국문)", "Note by the editors (in Korean)"),
    Column("note_en", "text", "편집자 비고(영문)", "Note by the editors (in English)"),
)

ATTRIBUTES = {
    "id": ("식별자(IRI)", "Identifier (IRI)"),
    "source": ("엣지의 시작 노드(IRI)", "Source node of the edge (IRI)"),
    "target": ("엣지의 끝 노드(IRI)", "Target node of the edge (IRI)"),
    "key": ("엣지의 식별자", "Identifier of the edge"),
    "kind": ("노드의 종류", "Kind of the node"),
    "relation": ("연결의 종류", "Kind of tie"),
    "relation_type": ("협력 관계의 유형(코드)", "Relation type of a partnership (code)"),
    "relation_ko": ("연결의 종류(국문)", "Kind of tie (in Korean)"),
    "relation_en": ("연결의 종류(영문)", "Kind of tie (in English)"),
    "name": ("두 언어로 쓴 이름", "Name in both languages"),
    "label_ko": ("국문 이름", "Name in Korean"),
    "label_en": ("영문 이름", "Name in English"),
    "aliases": ("별칭", "Aliases"),
    "country": ("국가(코드)", "Country (code)"),
    "country_ko": ("국가(국문)", "Country (in Korean)"),
    "country_en": ("국가(영문)", "Country (in English)"),
    "latitude": ("위도(도)", "Latitude in degrees north"),
    "longitude": ("경도(도)", "Longitude in degrees east"),
    "agreement": ("협정(IRI)", "Agreement (IRI)"),
    "agreements": (
        "연결의 근거가 되는 협정(도시 네트워크에서는 협정 수)",
        "Agreements that support the edge; in the network of cities, their number",
    ),
    "form": ("문서 형식(코드)", "Instrument form (code)"),
    "form_ko": ("문서 형식(국문)", "Instrument form (in Korean)"),
    "form_en": ("문서 형식(영문)", "Instrument form (in English)"),
    "status": ("상태(signed 체결, announced 발표)", "Status: signed or announced"),
    "topics": ("협정이 다루는 협력 분야", "Topics that the agreement covers"),
    "top_topic": ("최상위 분야", "Top-level topic"),
    "top_topic_ko": ("최상위 분야(국문)", "Top-level topic (in Korean)"),
    "top_topic_en": ("최상위 분야(영문)", "Top-level topic (in English)"),
    "parties": ("협정 당사자 수", "Number of parties to the agreement"),
    "weight": ("가중치(협정은 1/(당사자 수 - 1))", "Weight; 1/(parties - 1) for an agreement"),
    "date": ("날짜(EDTF, 출처의 정밀도)", "Date (EDTF, with the precision of its source)"),
    "date_of": ("날짜가 나타내는 것", "What the date refers to"),
    "date_earliest": ("날짜: 가능한 첫날", "Date: first possible day"),
    "date_latest": ("날짜: 가능한 마지막 날", "Date: last possible day"),
    "end": ("종료일(EDTF)", "End date (EDTF)"),
    "end_earliest": ("종료일: 가능한 첫날", "End date: first possible day"),
    "end_latest": ("종료일: 가능한 마지막 날", "End date: last possible day"),
    "year": ("연도", "Year"),
    "prospect": (
        "발표, 기대, 제안 등에 그친 것인지 여부",
        "Whether it is only announced, expected, proposed, invited or requested",
    ),
    "modality": (
        "양태(기대, 제안, 초청, 요청)",
        "Modality: expected, proposed, invited or requested",
    ),
    "bipartite": ("0: 행위자, 1: 협력 분야", "0 for actors, 1 for topics"),
    "first_view": ("페이지를 열 때 표시하는지 여부", "Whether the page shows it when it opens"),
}
"""The attributes of nodes and edges, described in Korean and English."""

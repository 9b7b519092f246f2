"""The columns of the tables of a graph, each explained in Korean and English."""

from __future__ import annotations

from citypact.graph.tables.table import ID, Column


def dates(name: str, ko: str, en: str) -> tuple[Column, ...]:
    """A date as its source gives it, and the first and last day that it allows."""
    return (
        Column(
            name, "text", f"{ko}(EDTF, 출처만큼 정밀)", f"{en} (EDTF, as precise as its source)"
        ),
        Column(f"{name}_earliest", "day", f"{ko}: 가능한 첫날", f"{en}: the first day it may be"),
        Column(f"{name}_latest", "day", f"{ko}: 가능한 마지막 날", f"{en}: the last day it may be"),
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
    Column("name", "text", "두 언어 이름", "The name in both languages"),
    Column("label_ko", "text", "국문 이름", "The name in Korean"),
    Column("label_en", "text", "영문 이름", "The name in English"),
)
WIKIDATA = Column("wikidata", "text", "위키데이터 항목", "Wikidata item")
ALIASES = Column("aliases", "list", "다른 이름", "Other names")
PLACES = (
    *NAMED,
    Column("kind", "text", "종류", "Kind: city, territory or country"),
    Column("country", "text", "국가", "The country of the place", "places"),
    Column("latitude", "number", "위도(도)", "Latitude in degrees"),
    Column("longitude", "number", "경도(도)", "Longitude in degrees"),
    Column("population", "integer", "인구", "Number of inhabitants"),
    WIKIDATA,
    Column("geonames", "text", "GeoNames 번호", "GeoNames number"),
    ALIASES,
)
ACTORS = (
    *NAMED,
    Column("kind", "text", "종류", "Kind: government, network, organization or office"),
    Column("place", "text", "관할하거나 소재한 곳", "What it governs, else where it is", "places"),
    Column("country", "text", "국가", "Its country", "places"),
    Column("part_of", "text", "상위 기관", "The body of which it is a part", "actors"),
    WIKIDATA,
    ALIASES,
)
TOPICS = (*NAMED, Column("broader", "text", "상위 분야", "The broader topic", "topics"))
DOCUMENTS = (
    *NAMED,
    *code("type", "종류", "Kind of document"),
    Column("title_ko", "text", "국문 제목", "Title in Korean"),
    Column("title_en", "text", "영문 제목", "Title in English"),
    Column("address", "text", "주소", "Address"),
    *dates("published", "게재일", "Date of publication"),
    Column("issued_by", "text", "발행 기관", "Who issued it", "actors"),
    Column("languages", "list", "언어", "Languages of its text"),
    Column("sha256", "text", "원문 SHA-256", "SHA-256 digest of its text"),
)
PARTNERSHIPS = (
    *NAMED,
    *code("relation_type", "관계의 종류", "Kind of relation"),
    *dates("established", "수립일", "When it was established"),
    *dates("end", "종료일", "When it ended"),
    Column("established_by", "text", "관계를 수립한 협정", "What established it", "agreements"),
)
PARTNERS = (
    Column("partnership", "text", "결연·협력 관계", "The partnership", "partnerships"),
    Column("place", "text", "도시", "The city", "places"),
)
AGREEMENTS = (
    *NAMED,
    *code("form", "형식", "Form"),
    *code("relation_type", "관계의 종류", "Kind of relation"),
    *code("status", "진행 상태", "Status: signed or announced"),
    *dates("signed", "체결일", "Date of signing"),
    Column("year", "integer", "체결 연도", "Year of signing"),
    Column("legally_binding", "boolean", "법적 구속력", "Whether it is legally binding"),
    Column("partnership", "text", "속한 관계", "The partnership it belongs to", "partnerships"),
)
PARTIES = (
    Column("agreement", "text", "협정", "The agreement", "agreements"),
    Column("actor", "text", "당사자", "The party", "actors"),
)
COVERED = (
    Column("agreement", "text", "협정", "The agreement", "agreements"),
    Column("topic", "text", "분야", "The topic", "topics"),
)
SIGNATURES = (
    ID,
    Column("agreement", "text", "협정", "The agreement", "agreements"),
    Column("party", "text", "서명한 당사자", "For whom it was signed", "actors"),
    Column("person_ko", "text", "서명자(국문)", "Who signed (in Korean)"),
    Column("person_en", "text", "서명자(영문)", "Who signed (in English)"),
    Column("post_ko", "text", "서명자 직위(국문)", "In which post (in Korean)"),
    Column("post_en", "text", "서명자 직위(영문)", "In which post (in English)"),
)
MEMBERSHIPS = (
    *NAMED,
    Column("member", "text", "회원", "The member", "actors"),
    Column("organization", "text", "소속 기관", "Of what it is a member", "actors"),
    *code("role", "역할", "Role"),
    *dates("start", "시작일", "When it began"),
    *dates("end", "종료일", "When it ended"),
    *dates("held", "확인된 날", "A day on which it is known to have held"),
)
CLAIMS = (
    ID,
    Column("statement", "text", "진술(IRI)", "The statement (IRI)"),
    Column("subject", "text", "주어", "Subject"),
    Column("subject_ko", "text", "주어(국문)", "Subject (in Korean)"),
    Column("subject_en", "text", "주어(영문)", "Subject (in English)"),
    Column("property", "text", "속성", "Property"),
    Column("property_ko", "text", "속성(국문)", "Property (in Korean)"),
    Column("property_en", "text", "속성(영문)", "Property (in English)"),
    Column("value", "text", "값", "Value"),
    Column("value_ko", "text", "값(국문)", "Value (in Korean)"),
    Column("value_en", "text", "값(영문)", "Value (in English)"),
    Column("language", "text", "값의 언어", "The language of a value that is text"),
    Column("document", "text", "주장한 문서", "The document that claims it", "documents"),
    *code("modality", "양상", "Modality: asserted, reported, expected …"),
    Column("rank", "text", "순위", "Rank: preferred, normal or deprecated"),
    Column("is_fact", "boolean", "사실로 채택 여부", "Whether the statement passes for a fact"),
    Column("is_inferred", "boolean", "추론 여부", "Whether it is inferred from the words"),
    Column("attributed_to", "text", "발언자", "Whom the document quotes"),
    Column("attributed_to_ko", "text", "발언자(국문)", "Whom the document quotes (in Korean)"),
    Column("attributed_to_en", "text", "발언자(영문)", "Whom the document quotes (in English)"),
    Column("spans", "list", "원문의 글자 위치(시작,끝)", "Characters of the text: start,end"),
    Column("note_ko", "text", "비고(국문)", "Remark of the editors (in Korean)"),
    Column("note_en", "text", "비고(영문)", "Remark of the editors (in English)"),
)

ATTRIBUTES = {
    "id": ("식별자(IRI)", "Identifier (IRI)"),
    "source": ("연결의 한쪽", "One end of the edge"),
    "target": ("연결의 다른 쪽", "The other end of the edge"),
    "key": ("연결의 식별자", "Identifier of the edge"),
    "kind": ("노드의 종류", "Kind of the node"),
    "relation": ("연결의 종류", "What the edge stands for"),
    "relation_type": ("결연·협력 관계의 종류(코드)", "Kind of a partnership (code)"),
    "relation_ko": ("연결의 종류(국문)", "What the edge stands for (in Korean)"),
    "relation_en": ("연결의 종류(영문)", "What the edge stands for (in English)"),
    "label_ko": ("국문 이름", "The name in Korean"),
    "label_en": ("영문 이름", "The name in English"),
    "aliases": ("다른 이름", "Other names"),
    "country": ("국가(코드)", "Country (code)"),
    "country_ko": ("국가(국문)", "Country (in Korean)"),
    "country_en": ("국가(영문)", "Country (in English)"),
    "latitude": ("위도(도)", "Latitude in degrees"),
    "longitude": ("경도(도)", "Longitude in degrees"),
    "agreement": ("협정(IRI)", "The agreement (IRI)"),
    "agreements": (
        "관련 협정(도시 연결망에서는 수)",
        "The agreements behind the edge; their number between cities",
    ),
    "form": ("협정 형식(코드)", "Form of the agreement (code)"),
    "form_ko": ("협정 형식(국문)", "Form of the agreement (in Korean)"),
    "form_en": ("협정 형식(영문)", "Form of the agreement (in English)"),
    "status": ("진행 상태(코드)", "Status: signed or announced"),
    "topics": ("협정이 다루는 분야", "Topics that the agreement covers"),
    "top_topic": ("최상위 분야", "The broadest topic above"),
    "top_topic_ko": ("최상위 분야(국문)", "The broadest topic above (in Korean)"),
    "top_topic_en": ("최상위 분야(영문)", "The broadest topic above (in English)"),
    "parties": ("협정 당사자 수", "How many parties the agreement has"),
    "weight": ("가중치", "Weight; 1/(parties - 1) for an agreement"),
    "date": ("날짜(EDTF)", "Date (EDTF), as precise as its source"),
    "date_of": ("무엇의 날짜인지", "What the date is the date of"),
    "date_earliest": ("날짜: 가능한 첫날", "Date: the first day it may be"),
    "date_latest": ("날짜: 가능한 마지막 날", "Date: the last day it may be"),
    "end": ("종료일(EDTF)", "When it ended (EDTF)"),
    "end_earliest": ("종료일: 가능한 첫날", "End: the first day it may be"),
    "end_latest": ("종료일: 가능한 마지막 날", "End: the last day it may be"),
    "year": ("연도", "Year"),
    "prospect": ("기대·제안 여부", "Whether it is only expected, proposed, invited or requested"),
    "modality": ("양상", "Whether it is expected, proposed, invited or requested"),
    "bipartite": ("0 행위자, 1 분야", "0 for actors, 1 for topics"),
    "first_view": ("첫 화면 표시 여부", "Whether the page shows it at first"),
}
"""What the attributes of nodes and edges mean, in Korean and English."""

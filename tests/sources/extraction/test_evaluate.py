"""The measure of extraction, on small cases made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from citypact.ontology.errors import CitypactError
from citypact.sources.extraction.baseline import baseline
from citypact.sources.extraction.evaluate import (
    LabelledEvaluation,
    Measure,
    best_pairs,
    evaluate,
    predictions,
)
from citypact.sources.extraction.labelled import LabelledDocument, read_labelled
from citypact.sources.extraction.model import (
    DateFound,
    Draft,
    DraftAgreement,
    Drafted,
    Form,
    Name,
    Signatory,
    Status,
)
from tests.running import citypact

LABEL = {
    "language": "en",
    "surfaces": {"Lima": "the Peruvian capital"},
    "agreements": [
        {
            "type": "mou",
            "type_also": ["other"],
            "status": "main",
            "parties": [
                {"name": "Oslo", "kind": "city"},
                {"name": "Lima", "kind": "city", "also": ["Lima Metropolitana"]},
            ],
            "date": "2020-05-04",
            "date_without_url": "2020-05",
            "date_without_url_also": ["2020-05-04"],
            "signatories": [
                {"name": "Ada Berg", "of": "Oslo", "basis": "signed"},
                {"name": "Luz Paz", "of": "Lima", "basis": "attended (quoted)"},
            ],
            "topics": ["tourism", "housing"],
            "topic_concepts": [["topic:tourism"], None],
            "topic_concepts_wide": [["topic:tourism"], ["topic:air-quality"]],
            "mode": "online",
            "legally_binding": False,
        },
        {
            "type": "sister_city",
            "status": "past",
            "parties": [{"name": "Oslo", "kind": "city"}, {"name": "Bergen", "kind": "city"}],
            "date_without_url": None,
            "mode": "unknown",
            "legally_binding": "unknown",
        },
    ],
}


def drafted(value: object) -> Drafted:  # type: ignore[type-arg]
    return Drafted(value, ((0, 1),), 0.9, "by-hand")


def agreement(form: str, status: str, *parties: str, **more: object) -> DraftAgreement:
    """A draft as short as its JSON: signatories as pairs of name and place of the side."""
    date, signatories = more.get("date"), more.get("signatories", ())
    return DraftAgreement(
        drafted(Form(form)),
        drafted(Status(status)),
        tuple(drafted(Name(name, "", name, "city")) for name in parties),
        date=drafted(DateFound(str(date), "stated")) if date else None,
        signatories=tuple(drafted(Signatory(name, "", of)) for name, of in signatories),  # type: ignore[attr-defined]
        topics=tuple(drafted(topic) for topic in more.get("topics", ())),  # type: ignore[attr-defined]
        mode=drafted(more["mode"]) if "mode" in more else None,
        legally_binding=drafted(more["binding"]) if "binding" in more else None,
    )


def labelled(folder: Path, label: object = LABEL, text: str = "http://x.org\n\nText") -> Path:
    (folder / "01.txt").write_text(text, encoding="utf-8")
    (folder / "01.yaml").write_text(yaml.safe_dump(label, allow_unicode=True), encoding="utf-8")
    return folder


def result(folder: Path, *agreements: DraftAgreement) -> LabelledEvaluation:
    return evaluate(read_labelled(labelled(folder)), lambda _: Draft(agreements))


def counted(evaluation: LabelledEvaluation, measure: Measure) -> tuple[float, int, int]:
    tally = evaluation.scores()[measure].tally
    return tally.right, tally.asserted, tally.demanded


def perfect(document: LabelledDocument) -> Draft:
    """What is right, as a draft."""
    found = []
    for label in document.agreements:
        names = [party.name for party in label.parties]
        people = [
            (each.name, names.index(each.of) if each.of in names else None)
            for each in label.signatories
        ]
        more = {"signatories": people, "topics": label.topics}
        if "" not in label.dates:
            more["date"] = label.dates[0]  # type: ignore[assignment]
        if label.modes[0] != "unknown":
            more["mode"] = label.modes[0]  # type: ignore[assignment]
        if label.legal_forces[0] != "unknown":
            more["binding"] = label.legal_forces[0] == "true"  # type: ignore[assignment]
        found.append(agreement(label.forms[0], label.statuses[0], *names, **more))
    return Draft(tuple(reversed(found)))


def test_what_is_right_scores_one_in_any_order(tmp_path: Path) -> None:
    evaluation = evaluate(read_labelled(labelled(tmp_path)), perfect)
    assert {each.f1 for each in evaluation.scores().values()} == {1.0}
    assert not evaluation.results[0].misses
    assert evaluation.status_of_right() == (2, 2)


def test_other_answers_that_are_right_count(tmp_path: Path) -> None:
    found = result(
        tmp_path,
        agreement("other", "main", "City of Oslo", "the Peruvian capital", date="2020-05-04"),
        agreement("sister_city", "past", "Bergen", "오슬로"),
    )
    assert counted(found, Measure.AGREEMENTS) == (2, 2, 2)
    assert counted(found, Measure.PARTIES) == (4, 4, 4)
    assert counted(found, Measure.DATES) == (1, 1, 1)
    assert counted(found, Measure.STATUS) == (2, 2, 2)
    assert counted(found, Measure.MODE) == (1, 2, 2)  # the second is unknown, rightly
    assert counted(found, Measure.MODE_STATED) == (0, 0, 1)


def test_a_date_without_its_own_precision_is_that_of_the_label(tmp_path: Path) -> None:
    label = {**LABEL["agreements"][1], "date": "1999", "topic_concepts": [["topic:sport"]]}  # type: ignore[dict-item]
    del label["date_without_url"]
    (tmp_path / "README.txt").write_text("about")
    (document,) = read_labelled(labelled(tmp_path, {"agreements": [label]}))
    assert (document.agreements[0].dates, document.agreements[0].topics) == (
        ("1999",), ("topic:sport",),
    )  # fmt: skip


def test_a_neighbour_in_the_scheme_counts_half(tmp_path: Path) -> None:
    topics = ("topic:environment", "topic:sport", "topic:tourism")
    found = result(tmp_path, agreement("mou", "main", "Oslo", "Lima", topics=topics))
    assert counted(found, Measure.TOPICS) == (1.5, 3, 2)
    assert [(m.expected, m.found) for m in found.results[0].misses if m.measure == "topics"] == [
        ("topic:air-quality", "topic:environment"),
        ("", "topic:sport"),
    ]


def test_who_attends_is_neither_demanded_nor_wrong(tmp_path: Path) -> None:
    people = (("Luz Paz", 1), ("Ada Berg", 1), ("Eve Ny", 0))
    found = result(tmp_path, agreement("mou", "main", "Oslo", "Lima", signatories=people))
    assert counted(found, Measure.SIGNATORIES) == (1, 2, 1)
    assert counted(found, Measure.SIGNATORIES_WITH_SIDE) == (0, 2, 1)


def test_a_right_agreement_is_not_given_away_for_likeness(tmp_path: Path) -> None:
    # Paired by date and status alone, the second draft would take the first label.
    near = agreement("mou", "main", "Oslo", "Lima", "Bergen", date="2020-05-04", mode="online")
    found = result(tmp_path, near, agreement("mou", "past", "Lima", "Oslo"))
    assert counted(found, Measure.AGREEMENTS) == (1, 2, 2)
    assert best_pairs([[2, 3], [0, 2]]) == [(0, 0), (1, 1)]
    assert best_pairs([[0.0]]) == best_pairs([]) == []


def test_nothing_in_common_is_wrong_and_missing(tmp_path: Path) -> None:
    found = result(tmp_path, agreement("mou", "main", "Cairo", "Giza", date="2020-05"))
    for measure, of in ((Measure.AGREEMENTS, (0, 1, 2)), (Measure.PARTIES, (0, 2, 4)),
                        (Measure.DATES, (0, 1, 1)), (Measure.STATUS, (0, 1, 2))):  # fmt: skip
        assert counted(found, measure) == of
    score = found.scores()[Measure.AGREEMENTS]
    assert (score.precision, score.recall, score.f1, score.interval) == (0, 0, 0, (0, 0))
    assert found.scores()[Measure.TOPICS].precision is None  # none was asserted


def test_agreements_in_documents_without_any_are_named(tmp_path: Path) -> None:
    documents = read_labelled(labelled(tmp_path, {"language": "ko", "agreements": []}))
    found = evaluate(documents, lambda _: Draft((agreement("mou", "main", "Oslo", "Lima"),)))
    assert [result.asserted for result in found.without_agreement] == [("mou: Oslo – Lima",)]
    assert found.languages == ("ko",)


def test_the_interval_comes_from_documents_and_is_the_same_each_time(tmp_path: Path) -> None:
    for number in range(12):
        path = labelled(tmp_path) / "01.yaml"
        path.rename(tmp_path / f"d{number}.yaml")
        (tmp_path / "01.txt").rename(tmp_path / f"d{number}.txt")
    right = {"d0", "d1", "d2", "d3", "d4", "d5"}
    scores = [
        evaluate(
            read_labelled(tmp_path), lambda d: perfect(d) if d.name in right else Draft()
        ).scores()[Measure.AGREEMENTS]
        for _ in range(2)
    ]
    assert scores[0] == scores[1]
    assert scores[0].f1 == pytest.approx(2 / 3)
    assert scores[0].interval is not None
    low, high = scores[0].interval
    assert 0.35 < low < 0.55 and 0.8 < high < 0.9


def test_the_baseline_takes_the_first_of_each(tmp_path: Path) -> None:
    text = "x\n\n서울시는 2020. 5. 4. 하노이, 리마와 관광 양해각서를 맺었다. 2021년 1월 1일 문화"
    (document,) = read_labelled(labelled(tmp_path, text=text))
    (found,) = predictions(baseline(document))["agreements"]
    assert (found["type"], found["parties"]) == ("mou", ["Seoul", "Hanoi"])
    assert (found["date"], found["topics"]) == (
        "2020-05-04", ["topic:tourism", "topic:arts-and-culture"],
    )  # fmt: skip


def test_predictions_are_written_for_others(tmp_path: Path) -> None:
    draft = Draft(
        (agreement("mou", "main", "Oslo", "Lima", signatories=(("Ada", 0), ("B", None))),)
    )
    assert predictions(draft) == {
        "agreements": [
            {
                "type": "mou",
                "status": "main",
                "parties": ["Oslo", "Lima"],
                "date": None,
                "signatories": [{"name": "Ada", "of": "Oslo"}, {"name": "B", "of": None}],
                "topics": [],
                "mode": "unknown",
                "legally_binding": "unknown",
            }
        ]
    }


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "01.txt").unlink(), "01.txt: is missing"),
        (lambda folder: (folder / "01.yaml").write_text("a: ["), "01.yaml: is not YAML"),
        (lambda folder: (folder / "01.yaml").write_text("agreements: 1"), "01.yaml: agreements"),
        (lambda folder: (folder / "01.yaml").write_text("agreements: [{}]"), "agreements[0]"),
        (
            lambda folder: (folder / "01.yaml").write_text(
                "agreements: [{type: mou, parties: [x]}]"
            ),
            "agreements[0].parties",
        ),
        (lambda folder: (folder / "01.txt").write_bytes(b"\xff\xff"), "01.txt: cannot be read"),
    ],
)
def test_a_bad_label_is_named(tmp_path: Path, spoil, says: str) -> None:  # type: ignore[no-untyped-def]
    spoil(labelled(tmp_path))
    with pytest.raises(CitypactError, match=says.replace("[", r"\[")):
        read_labelled(tmp_path)


def test_the_command_prints_scores_and_writes_predictions(tmp_path: Path) -> None:
    folder = labelled(tmp_path, text="http://x.org\n2020-05-04\nOslo is a city.")
    done = citypact("evaluate", folder, "--predictions", tmp_path / "found").out
    assert "All documents: 1\n" in done
    assert "01  agreements: mou: Oslo – Lima -> –" in done
    assert json.loads((tmp_path / "found/01.json").read_text()) == {"agreements": []}
    report = json.loads(citypact("evaluate", folder, "--json").out)
    scores = report["scores"]
    assert report["baseline"]["all"]["agreements"]["found"] == 0
    assert scores["all"]["agreements"] == scores["en"]["agreements"]
    assert scores["all"]["agreements"]["recall"] == 0

"""A folder of documents: read and extracted by `citypact read`, again when nothing has changed, and
on a local Dask cluster.

The documents are made up of sentences of our own: press releases of 2,000 characters, half of them
Korean, with other cities, days and topics in each.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.processes import Cost, citypact, verdict
from citypact.sources.documents.form_json import form_to_json
from citypact.sources.extraction.draft_json import draft_to_json
from citypact.sources.extraction.extracting_process import DocumentExtractor

SIZES = (1_000, 10_000)
CHARACTERS = 2_000
RATE, MEMORY, POWER = 50.0, 1000.0, 1.15
"""Documents a second of CPU at least, MB at most, and the power with which CPU may grow."""
ON_CLUSTER = 100
KOREAN = ("서울", "부산", "인천", "대구", "수원", "전주", "청주", "여수")
FOREIGN = (("오슬로", "Oslo"), ("리마", "Lima"), ("나이로비", "Nairobi"), ("트빌리시", "Tbilisi"),
           ("탈린", "Tallinn"), ("키토", "Quito"), ("더블린", "Dublin"))  # fmt: skip
TOPICS = (("관광", "tourism"), ("대중교통", "public transport"), ("스마트시티", "smart cities"))


KOREAN_FILLERS = (
    "{home}시는 {year}년부터 {topic} 사업을 해 왔으며, 올해 예산은 {n}억 원이다.",
    "{abroad}시는 인구 {n}만 명의 도시로 {topic} 정책이 잘 알려져 있다.",
    "행사에는 두 도시의 공무원과 시민 {n}명이 함께했다.",
    "{home}시의회는 지난달 {topic} 조례를 고쳤다.",
    "두 도시의 대학생 {n}명은 내년 여름 서로의 학교를 찾는다.",
    "{home}시 관계자는 {topic} 분야의 경험을 {abroad}시와 나누겠다고 말했다.",
)
ENGLISH_FILLERS = (
    "Busan has worked on {subject} since {year}, with a budget of {n} million this year.",
    "{english}, a city of {n} thousand people, is known for its policy on {subject}.",
    "Some {n} citizens and officials of both cities came to the town hall.",
    "The council of {english} changed its rules on {subject} last month.",
    "Next summer {n} students will visit the schools of the other city.",
    "Officials said that {english} would share what it has learned about {subject}.",
)


def document(number: int) -> str:
    """A press release, another for each number."""
    home, (abroad, english) = KOREAN[number % 8], FOREIGN[number % 7]
    topic, subject = TOPICS[number % 3]
    day, month, year = number % 28 + 1, number % 12 + 1, 2000 + number % 24
    if number % 2:
        fillers = KOREAN_FILLERS
        text = (
            f"{home}시, {abroad}시와 업무협약 체결\n\n{home}시는 {year}년 {month}월 {day}일 "
            f"{abroad}시와 {topic} 분야 업무협약을 체결했다고 밝혔다. 김하늘 {home}시장과 "
            f"{abroad}시장이 {home}시청에서 협약서에 서명했다.\n\n"
        )
    else:
        fillers = ENGLISH_FILLERS
        text = (
            f"{english} and Busan sign memorandum\n\nThe City of {english} and Busan Metropolitan "
            f"City signed a memorandum of understanding on {month:02}/{day:02}/{year} to work "
            f"together on {subject}. The Mayor of {english}, Ada Berg, signed for {english}.\n\n"
        )
    said = {"home": home, "abroad": abroad, "english": english, "topic": topic, "subject": subject}
    place = number
    while len(text) < CHARACTERS:
        filler = fillers[place % len(fillers)]
        text += filler.format(**said, n=place % 97 + 3, year=1950 + place % 70)
        text += "\n\n" if place % 5 == 0 else " "
        place += 1
    return text[:CHARACTERS]


def write(folder: Path, size: int) -> None:
    """Writes so many documents."""
    folder.mkdir(parents=True)
    for number in range(size):
        (folder / f"{number:05}.txt").write_text(document(number), encoding="utf-8")


@cache
def reader() -> DocumentExtractor:
    """The reader of a process: its own process starts with the first document."""
    return DocumentExtractor()


def digest(path: Path) -> tuple[str, str]:
    """A document's name and the digest of all that reading and extraction give of it."""
    form, draft = reader().extract(path, published="2024-05-03")
    found = json.dumps([form_to_json(form), draft_to_json(draft)], ensure_ascii=False)
    return path.name, hashlib.sha256(found.encode()).hexdigest()


def main() -> bool:
    """Prints the figures; True where all limits are kept."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        first: dict[int, Cost] = {}
        for size in SIZES:
            documents, out = folder / f"documents-{size}", folder / f"drafts-{size}"
            write(documents, size)
            first[size] = citypact("read", documents, "--out", out)
            again = citypact("read", documents, "--out", out)
            cost = first[size]
            print(
                f"{size:>6} documents: {size / cost.cpu:.0f} a second of CPU, "
                f"{cost.memory:.0f} MB; again, unchanged: {again.cpu / cost.cpu:.3f} of the time"
            )
        small, large = (first[size] for size in SIZES)
        growth = (large.cpu / small.cpu) / (SIZES[1] / SIZES[0])
        is_fast = SIZES[1] / large.cpu >= RATE and large.memory <= MEMORY
        is_kept = is_fast and growth <= 10 ** (POWER - 1)
        print(f"ten times the documents take {10 * growth:.1f} times the CPU: {verdict(is_kept)}")
        return _is_same_on_cluster(folder / f"documents-{SIZES[0]}") and is_kept


def _is_same_on_cluster(folder: Path) -> bool:
    from distributed import Client, LocalCluster

    paths = sorted(folder.iterdir())[:ON_CLUSTER]
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):
        there = client.gather(client.map(digest, paths))
    is_same = there == [digest(path) for path in paths]
    print(f"{ON_CLUSTER} documents on a Dask cluster, the same bytes: {verdict(is_same)}\n")
    reader().close()
    return is_same


if __name__ == "__main__":
    main()

"""`citypact import twins --wikidata` with a real SPARQL server, and what goes wrong with it."""

from __future__ import annotations

import csv
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.running import begin, citypact
from tests.sources.twins.wikidata_server import (
    LINKS,
    Proxy,
    Trouble,
    cut,
    drop,
    proxy,
    sparql_server,
    status,
)

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with sparql_server(tmp_path_factory.mktemp("wikidata")) as port:
        yield port


@pytest.fixture
def wikidata(server: int) -> Iterator[Proxy]:
    with proxy(server) as seen:
        yield seen


def arguments(wikidata: Proxy, data: Path, *more: str | Path) -> list[str | Path]:
    return [
        "import", "twins", "--wikidata", "--endpoint", wikidata.address, "--data", data,
        "--pause", "0", "--page-size", "3", "--date", DAY, *more,
    ]  # fmt: skip


def files(data: Path, name: str = "wikidata") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "imports" / name).iterdir()}


def rows(data: Path, table: str, name: str = "wikidata") -> list[dict[str, str]]:
    text = (data / "imports" / name / table).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(keepends=True)))


@pytest.fixture(scope="module")
def calm(server: int, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an import that nothing disturbed, and the address it was made with."""
    data = tmp_path_factory.mktemp("calm")
    with proxy(server) as seen:
        citypact(*arguments(seen, data))
    return files(data) | {"address": seen.address.encode()}


def same(one: dict[str, bytes], other: dict[str, bytes], address: str) -> None:
    """That two imports are the same but for the port of the endpoint."""
    before = one["address"].decode()
    assert other.keys() == one.keys() - {"address"}
    for name, data in other.items():
        assert data.replace(address.encode(), before.encode()) == one[name], name


def test_links_dates_and_facts_of_wikidata(wikidata: Proxy, tmp_path: Path) -> None:
    done = citypact(*arguments(wikidata, tmp_path, "--json"))
    summary = json.loads(done.out)
    twins = {
        (r["city"], r["twinned_with"], r["start"], r["end"]) for r in rows(tmp_path, "twins.csv")
    }
    assert twins == {
        ("seoul", "wikidata-q990001", "1988-09-03", ""),
        ("seoul", "los-angeles", "1971", "2019-06"),
        ("seoul", "portland", "", ""),
        ("wikidata-q990001", "seoul", "1988", ""),
        ("wikidata-q990001", "london", "", ""),
        # One side alone says that it has ended.
        ("los-angeles", "seoul", "1971-05-01", "2019-06"),
        ("wikidata-q49201", "wikidata-q38733", "", ""),
        ("portland", "wikidata-q49158", "", ""),
        ("wikidata-q999", "los-angeles", "", ""),
    }
    counts = summary["counts"]
    assert (counts["loops"], counts["duplicates"], counts["others"]) == (1, 1, 1)
    cities = {row["id"]: row for row in rows(tmp_path, "cities.csv")}
    tokyo = cities["wikidata-q990001"]
    assert (tokyo["label.ko"], tokyo["label.en"], tokyo["country"]) == (
        "도쿠가와",
        "Tokugawa",
        "japan",
    )
    # Two points and no second row: the first by its text.
    assert (tokyo["latitude"], tokyo["longitude"], tokyo["population"]) == (
        "35.68",
        "139.69",
        "14000000",
    )
    assert cities["wikidata-q999"]["label.en"] == '\'=1+1 "quoted" <script>alert(1)</script>'
    assert rows(tmp_path, "documents.csv")[0]["id"] == f"wikidata-twins-{DAY}"
    assert rows(tmp_path, "documents.csv")[0]["retrieved"] == DAY


def test_cities_are_matched_by_id_and_homonyms_stay_apart(wikidata: Proxy, tmp_path: Path) -> None:
    citypact(*arguments(wikidata, tmp_path))
    matches = {row["source_id"]: row for row in rows(tmp_path, "matches.csv")}
    for item, slug in (("Q8684", "seoul"), ("Q6106", "portland"), ("Q84", "london")):
        assert matches[item]["entity"] == matches[item]["city"] == slug
        assert matches[item]["reason"] == f"same Wikidata item {item}"
    apart = [matches[item]["city"] for item in ("Q6106", "Q49201", "Q38733", "Q49158")]
    assert len(set(apart)) == 4
    assert list(matches) == sorted(matches)


def test_pages_follow_one_another_without_gap_and_politely(wikidata: Proxy, tmp_path: Path) -> None:
    citypact(*arguments(wikidata, tmp_path, "--pause", "0.2", "--contact", "someone@example.org"))
    statements = [query for query in wikidata.queries if "p:P190" in query]
    # Twelve that are not deprecated, three a page, and one page to see that there are no more.
    assert len([link for link in LINKS if link[3] != "Deprecated"]) + 1 == 12
    # and what is counted at the end
    assert len(statements) == 6
    assert len(set(wikidata.queries)) == len(wikidata.queries)
    assert wikidata.most_at_once == 1
    gaps = [b - a for a, b in zip(wikidata.times, wikidata.times[1:], strict=False)]
    assert min(gaps) > 0.15
    for headers in wikidata.headers:
        assert headers["User-Agent"].startswith("Citypact/")
        assert "someone@example.org" in headers["User-Agent"]
        assert headers["Accept"] == "application/sparql-results+json"


@pytest.mark.parametrize(
    "trouble",
    [
        {1: status(429, Retry_After="1")},
        {2: status(500), 3: status(502), 4: status(504)},
        {2: status(503, Retry_After="0"), 6: status(503)},
        {1: cut(length=True), 3: cut(length=False)},
        {2: drop, 5: drop, 6: cut(length=False)},
    ],
    ids=["busy", "failing", "overloaded", "cut", "dropped"],
)
def test_passing_trouble_changes_nothing(
    wikidata: Proxy, tmp_path: Path, calm: dict[str, bytes], trouble: dict[int, object]
) -> None:
    wikidata.trouble.update(trouble)  # type: ignore[arg-type]
    done = citypact(*arguments(wikidata, tmp_path))
    same(calm, files(tmp_path), wikidata.address)
    assert "trying again" in done.err
    if "(429)" in done.err:
        assert wikidata.times[1] - wikidata.times[0] >= 1, "Retry-After counts"


def test_lasting_trouble_ends_with_a_cure_and_goes_on_later(
    wikidata: Proxy, tmp_path: Path, calm: dict[str, bytes]
) -> None:
    wikidata.trouble.update({number: status(500) for number in range(3, 100)})
    done = citypact(*arguments(wikidata, tmp_path), code=2)
    assert "the server failed (500)" in done.err
    assert "run the same command again" in done.err
    assert not (tmp_path / "imports" / "wikidata").exists()
    first = wikidata.queries[:2]
    wikidata.trouble.clear()
    wikidata.queries.clear()
    citypact(*arguments(wikidata, tmp_path))
    assert not set(first) & set(wikidata.queries)
    same(calm, files(tmp_path), wikidata.address)


@pytest.mark.parametrize("code", [400, 403, 404])
def test_a_refusal_is_not_tried_again(wikidata: Proxy, tmp_path: Path, code: int) -> None:
    wikidata.trouble[1] = status(code)
    done = citypact(*arguments(wikidata, tmp_path), code=2)
    assert f"({code})" in done.err
    assert len(wikidata.queries) == 1


def test_a_long_wait_is_not_sat_out(wikidata: Proxy, tmp_path: Path) -> None:
    wikidata.trouble[1] = status(429, Retry_After="86400")
    done = citypact(*arguments(wikidata, tmp_path), code=2)
    assert "86400 seconds" in done.err
    assert len(wikidata.queries) == 1


def test_another_host_is_never_asked(wikidata: Proxy, server: int, tmp_path: Path) -> None:
    with proxy(server) as elsewhere:
        for code in (301, 302, 307, 308):
            number = len(wikidata.queries) + 1
            wikidata.trouble[number] = status(code, Location=elsewhere.address)
            done = citypact(*arguments(wikidata, tmp_path), code=2)
            assert elsewhere.address in done.err
        assert not elsewhere.queries


def test_a_killed_run_goes_on_where_it_was(
    wikidata: Proxy, tmp_path: Path, calm: dict[str, bytes]
) -> None:
    hold = threading.Event()

    def wait(handler: object, data: bytes) -> bool:
        hold.wait(60)
        return False

    wikidata.trouble[4] = wait
    running = begin(*arguments(wikidata, tmp_path), folder=tmp_path)
    while len(wikidata.queries) < 4:
        assert running.poll() is None
        time.sleep(0.01)
    running.kill()
    running.communicate()
    hold.set()
    fetched = wikidata.queries[:3]
    wikidata.queries.clear()
    wikidata.trouble.clear()
    citypact(*arguments(wikidata, tmp_path))
    assert not set(fetched) & set(wikidata.queries), "no page is asked for twice"
    same(calm, files(tmp_path), wikidata.address)


def test_the_same_date_asks_nothing_again(wikidata: Proxy, tmp_path: Path) -> None:
    citypact(*arguments(wikidata, tmp_path))
    first = files(tmp_path)
    wikidata.queries.clear()
    citypact(*arguments(wikidata, tmp_path, "--replace"))
    assert not wikidata.queries
    assert files(tmp_path) == first


def test_without_a_date_an_unfinished_snapshot_is_gone_on_with(
    wikidata: Proxy, tmp_path: Path
) -> None:
    def undated(*more: str) -> list[str | Path]:
        given = arguments(wikidata, tmp_path)
        at = given.index("--date")
        return [*given[:at], *more, *given[at + 2 :]]

    wikidata.trouble.update({number: status(500) for number in range(3, 100)})
    citypact(*undated("--date", "2026-01-02"), code=2)
    wikidata.trouble.clear()
    done = citypact(*undated())
    assert "resuming snapshot 2026-01-02" in done.err
    assert rows(tmp_path, "documents.csv")[0]["retrieved"] == "2026-01-02"
    # That one is finished now: the next is today's.
    done = citypact(*undated("--name", "again"))
    assert "new snapshot" in done.err
    assert "2026-01-02" not in done.err


def test_a_damaged_page_of_the_cache_is_fetched_again(
    wikidata: Proxy, tmp_path: Path, calm: dict[str, bytes]
) -> None:
    citypact(*arguments(wikidata, tmp_path))
    page = max((tmp_path / "cache" / "wikidata" / DAY).glob("*.json"))
    page.write_bytes(page.read_bytes()[:50])
    wikidata.queries.clear()
    citypact(*arguments(wikidata, tmp_path, "--replace"))
    assert len(wikidata.queries) == 1
    same(calm, files(tmp_path), wikidata.address)


def test_saved_pages_can_be_imported_as_answers(wikidata: Proxy, tmp_path: Path) -> None:
    citypact(*arguments(wikidata, tmp_path))
    saved = sorted((tmp_path / "cache" / "wikidata" / DAY).glob("*.json"))
    given = [word for path in saved for word in ("--answer", path)]
    citypact("import", "twins", *given, "--name", "wikidata2", "--data", tmp_path)
    for table in ("cities.csv", "twins.csv", "matches.csv"):
        without = [{k: v for k, v in row.items() if k != "source"} for row in rows(tmp_path, table)]
        again = rows(tmp_path, table, "wikidata2")
        assert [{k: v for k, v in row.items() if k != "source"} for row in again] == without


@pytest.mark.parametrize("address", ["ftp://example.org/sparql", "file:///etc/passwd", "nonsense"])
def test_an_address_that_is_none(tmp_path: Path, address: str) -> None:
    done = citypact(
        "import", "twins", "--wikidata", "--endpoint", address, "--data", tmp_path, code=2
    )
    assert "is not the address of an endpoint" in done.err


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    done = citypact(
        "import", "twins", "--wikidata", "--endpoint", "http://127.0.0.1:9/sparql",
        "--data", tmp_path, "--pause", "0", code=2,
    )  # fmt: skip
    assert "no connection" in done.err


def changed(change: Callable[[list[Any]], list[Any]]) -> Trouble:
    """Answers with other rows than the true ones, in good form."""

    def answer(handler: BaseHTTPRequestHandler, data: bytes) -> bool:
        body = json.loads(data)
        body["results"]["bindings"] = change(body["results"]["bindings"])
        sent = json.dumps(body).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.send_header("Content-Length", str(len(sent)))
        handler.end_headers()
        handler.wfile.write(sent)
        return True

    return answer


def test_a_server_that_caps_its_answers_loses_no_link(
    wikidata: Proxy, tmp_path: Path, calm: dict[str, bytes]
) -> None:
    # Seven pages of two rows, where three are asked for, and one that is empty.
    wikidata.trouble.update({number: changed(lambda rows: rows[:2]) for number in range(1, 8)})
    citypact(*arguments(wikidata, tmp_path))
    assert files(tmp_path)["twins.csv"] == calm["twins.csv"]


def test_fewer_statements_than_are_counted_are_an_error(wikidata: Proxy, tmp_path: Path) -> None:
    wikidata.trouble[3] = changed(lambda rows: [])
    done = citypact(*arguments(wikidata, tmp_path), code=2)
    assert re.search(r"returned \d of the 1\d statements that it counts", done.err)
    assert "--refresh" in done.err
    assert not (tmp_path / "imports").exists()
    wikidata.trouble.clear()
    assert citypact(*arguments(wikidata, tmp_path), code=2).err, "the short answer was kept"
    citypact(*arguments(wikidata, tmp_path, "--refresh"))


def test_an_answer_to_another_query_is_asked_for_again_and_not_kept(
    wikidata: Proxy, tmp_path: Path, calm: dict[str, bytes]
) -> None:
    other = {"x": {"type": "literal", "value": "1"}}
    wikidata.trouble[2] = changed(lambda rows: [other])
    wikidata.trouble[9] = changed(lambda rows: [])
    done = citypact(*arguments(wikidata, tmp_path))
    assert done.err.count("belongs to another query") == 2
    same(calm, files(tmp_path), wikidata.address)

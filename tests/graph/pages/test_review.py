"""`citypact review`: a draft is judged in the page, and the record is one that build takes."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from citypact.judging import DraftFiles
from citypact.review_server import ReviewServer
from citypact.sources.reading.project import read_project
from tests.running import COMMAND, citypact, environment, interruptible, new_project

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
RELEASE = [
    "나주시, 오슬로시와 손잡다",
    "나주시는 12일 노르웨이 오슬로시와 업무협약(MOU)을 체결했다고 13일 밝혔다. 김하늘 나주시장과 "
    "에릭 하겐 오슬로시장이 나주시청에서 협약서에 서명했다.",
    "두 도시는 △관광 △대중교통 분야에서 협력한다.",
    f"{HOSTILE} 😀 나주시 관계자는 스마트시티에 관심을 보였다.",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the draft of one release."""
    folder = new_project(tmp_path_factory.mktemp("review") / "busan")
    release = folder.parent / "release.txt"
    release.write_text("\n\n".join(RELEASE), encoding="utf-8")
    citypact("read", release, "--published", "2019-03-13", folder=folder)
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    shutil.copy(made.parent / "release.txt", tmp_path / "release.txt")
    return shutil.copytree(made, tmp_path / "busan")


@contextmanager
def served(project: Path, language: str = "en") -> Iterator[ReviewServer]:
    files = DraftFiles.of("release", read_project(project), "Kim")
    with ReviewServer(files, language) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(address: str, name: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """The status and the JSON of an answer."""
    host, _, path = address.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=30)
    data = None if body is None else json.dumps(body)
    kind = {"Content-Type": "application/json"} if data else {}
    connection.request("POST" if data else "GET", f"/{path}{name}", data, {**kind, **headers})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text) if text[:1] == b"{" else text


def accept_all(address: str) -> dict[str, Any]:
    state: dict[str, Any] = ask(address, "start")[1]["state"]
    for agreement in state["agreements"]:
        body = {"revision": state["revision"], "action": "accept", "id": agreement["id"]}
        state = ask(address, "decide", body)[1]["state"]
    return state


def test_a_window_that_is_closed_while_it_waits_leaves_no_words(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(project) as server:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\n")
                # Closes at once, as a browser that is ended does.
                reset = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        assert ask(server.address, "start")[0] == 200
    assert capfd.readouterr().err == ""


def test_a_draft_is_judged_by_keyboard(project: Path, context: Callable[..., Any]) -> None:
    with served(project) as server:
        tab = context(locale="en-GB").new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("dialog", lambda dialog: errors.append(dialog.message))
        tab.goto(server.address)
        tab.wait_for_selector(".value.now")
        # A hostile document stays text, and the runs of the document are all of it.
        assert HOSTILE in tab.locator("#document").text_content()
        assert tab.locator("#document img, #document script").count() == 0

        def press(*keys: str) -> None:
            for key in keys:
                before = tab.locator("#progress").text_content()
                tab.keyboard.press(key)
                if key in "au":
                    tab.locator("#progress").filter(has_not_text=before).wait_for()

        def field() -> str:
            return str(tab.locator(".value.now .chip").text_content())

        def save() -> None:
            tab.keyboard.press("Enter")
            tab.wait_for_selector("#editor:not([open])", state="attached")

        press("a", "k", "u", "a", "a")
        assert field() == "Party"
        press("e")
        tab.fill("#editor [name=label_en]", "Naju City")
        tab.fill("#editor [name=reason]", "its own name")
        save()
        while field() != "Topic":
            press("a")
        press("r")
        tab.fill("#editor [name=reason]", "not agreed")
        save()
        # words are selected behind a character of two code units
        tab.evaluate(
            """() => {
              const node = [...document.querySelectorAll('#document p:last-child [data-start]')]
                .map((run) => run.firstChild).find((text) => text.data.includes('스마트시티'));
              const start = node.data.indexOf('스마트시티');
              getSelection().setBaseAndExtent(node, start, node, start + 5);
            }"""
        )
        press("n")
        tab.select_option("#editor [name=kind]", "topics")
        tab.select_option("#editor [name=value]", "topic:smart-city")
        save()
        while tab.locator(".value.open:not(.head)").count():
            press("a")
        tab.click("[data-speak=ko]")
        assert "결정" in tab.locator("#progress").text_content()
        tab.click("#finish")
        tab.wait_for_selector("#notice:has-text('release.yaml')")
        assert errors == []
        tab.close()
    record = yaml.safe_load((project / "records" / "release.yaml").read_text(encoding="utf-8"))
    (agreement,) = record["agreements"].values()
    text = (project / "documents" / "release.txt").read_text(encoding="utf-8")
    topics = {each["is"]: each["at"] for each in agreement["topics"]}
    assert "tourism" not in topics and "public-transport" in topics
    start, end = map(int, topics["smart-city"].split("-"))
    assert text[start:end] == "스마트시티"
    kept = (project / "drafts" / "release.decisions.jsonl").read_text(encoding="utf-8")
    assert '"not agreed"' in kept and '"Kim"' in kept
    told = citypact("check", folder=project)
    assert "text available and verified" in told.out


def test_a_second_window_overwrites_nothing(project: Path) -> None:
    with served(project, "ko") as server:
        first = ask(server.address, "start")[1]["state"]
        body = {"revision": first["revision"], "action": "accept", "id": "0/date"}
        assert ask(server.address, "decide", body)[0] == 200
        status, answer = ask(server.address, "decide", body | {"action": "reject"})
        assert status == 409 and "다른 창" in answer["error"]["ko"]
        states = {each["id"]: each["state"] for each in answer["state"]["agreements"][0]["values"]}
        assert states["0/date"] == "accepted"
        # and a record that is there is not replaced
        revision = accept_all(server.address)["revision"]
        record = project / "records" / "release.yaml"
        record.write_text("mine", encoding="utf-8")
        status, answer = ask(server.address, "finish", {"revision": revision})
        assert status == 400 and "was not replaced" in answer["error"]["en"]
        assert record.read_text(encoding="utf-8") == "mine"


def test_strangers_are_refused(made: Path) -> None:
    with served(made) as server:
        address, port = server.address, server.server_port
        body = {"revision": "0", "action": "accept", "id": "0"}
        wrong = f"http://127.0.0.1:{port}/{'a' * 32}/"
        assert ask(wrong, "start")[0] == 404
        assert ask(f"http://127.0.0.1:{port}/", "")[0] == 404
        assert ask(address, "start", Host=f"evil.example:{port}")[0] == 403
        assert ask(address, "decide", body, Origin="http://evil.example")[0] == 403
        assert ask(address, "decide", body, **{"Content-Type": "text/plain"})[0] == 403
        assert ask(address, "../citypact.toml")[0] == 404
        assert ask(address, "decide", ["?"])[0] == 400
        assert ask(address, "decide", body | {"reason": "x" * 200_000})[0] == 413
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", address.partition(str(port))[2])
        headers = connection.getresponse().headers
        connection.close()
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in headers
    assert not (made / "drafts" / "release.decisions.jsonl").exists()


def test_requests_of_no_sense_are_refused_without_a_word(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(made) as server:
        host = f"127.0.0.1:{server.server_port}"
        start = f"{server.address}start".removeprefix(f"http://{host}")
        decide = start.replace("/start", "/decide")
        revision = ask(server.address, "start")[1]["state"]["revision"]

        def status(line: str, *headers: str, body: str = "") -> int:
            head = "".join(f"{each}\r\n" for each in (line, f"Host: {host}", *headers))
            with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
                connection.sendall(f"{head}\r\n{body}".encode("latin-1"))
                connection.shutdown(socket.SHUT_WR)
                return int(connection.makefile("rb").readline().split()[1])

        assert status("GET http://[x/ HTTP/1.1") == 404
        assert status(f"GET {start} HTTP/1.1", "Host: evil.example") == 403
        is_json = "Content-Type: application/json"
        for size in ("9" * 5_000, "-1", "1e3", "٣"):
            size = size.encode().decode("latin-1")
            assert status(f"POST {decide} HTTP/1.1", is_json, f"Content-Length: {size}") == 413
        for span in ("Infinity", "1e400", "NaN", f'"{"9" * 5_000}"', "null"):
            body = f'{{"revision": "{revision}", "id": "0", "spans": [[{span}, 1]]}}'
            size = f"Content-Length: {len(body)}"
            assert status(f"POST {decide} HTTP/1.1", is_json, size, body=body) == 400
    assert capfd.readouterr().err == ""


def test_killed_it_goes_on_and_a_document_read_again_keeps_decisions(project: Path) -> None:
    def start() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [*COMMAND, "review", "release", "--no-open"],
            cwd=project,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=interruptible,
        )
        assert process.stdout
        return process, process.stdout.readline().strip()

    process, address = start()
    state = ask(address, "start")[1]["state"]
    body = {"revision": state["revision"], "action": "reject", "id": "0/topics/0", "reason": "no"}
    assert ask(address, "decide", body)[0] == 200
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    release = project.parent / "release.txt"
    text = release.read_text(encoding="utf-8")
    release.write_text(text.replace("△관광", "다음 △관광"), encoding="utf-8")
    options = ("--published", "2019-03-13", "--again")
    told = citypact("read", release, *options, folder=project)
    assert "1 kept, 0 no longer fit" in told.out
    process, address = start()
    values = ask(address, "start")[1]["state"]["agreements"][0]["values"]
    assert [each["id"] for each in values if each["state"] == "rejected"] == ["0/topics/0"]
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 0


def test_the_same_in_the_terminal(project: Path) -> None:
    values = [
        each.field
        for one in DraftFiles.of("release", read_project(project)).state().judgement.agreements
        for each in one.values
    ]
    assert values[:3] == ["form", "status", "parties"]
    # the form by its number, a party by its parts, all others as they are
    answers = ["e", "1", "its name", "a", "e", "", "", "Naju City", "City", "", *"a" * 20]
    answers = [*answers[: 10 + len(values) - 3], "w"]
    done = subprocess.run(
        [*COMMAND, "review", "drafts/release.yaml", "--terminal", "--by", "Lee"],
        cwd=project,
        env=environment(),
        input="\n".join(answers) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.search(r"\[업무협약", done.stdout) and "citypact check" in done.stdout
    record = (project / "records" / "release.yaml").read_text(encoding="utf-8")
    assert "by Lee" in record and "form: {is: letter-of-intent" in record and "Naju City" in record


def test_values_are_added_in_the_terminal(project: Path) -> None:
    """By their words: such as are there once, nowhere, and in several places.

    What is added needs no judgement of its own, and the record has it.
    """
    answers = [
        *("n", "Signatory", "시 관계자", "An official", "Official", "나주시"),
        *("n", "Title", "Pact of Atlantis"),
        *("n", "Language", "나주", "1", "ko"),
        *"a" * 20,
    ]
    values = DraftFiles.of("release", read_project(project)).state().judgement.open_values
    answers = [*answers[: len(answers) - 20 + values], "w"]
    done = subprocess.run(
        [*COMMAND, "review", "release", "--terminal", "--by", "Lee"],
        cwd=project,
        env=environment(),
        input="\n".join(answers) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr
    assert "is not in the text" in done.stderr
    record = (project / "records" / "release.yaml").read_text(encoding="utf-8")
    assert "An official" in record and "{is: ko, at: 0-2}" in record

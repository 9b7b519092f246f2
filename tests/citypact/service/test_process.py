"""The process of the service: start, stop, its children, the builds that it follows."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from citypact.commands import run
from citypact.service.engine import LAUNCHER
from citypact.sources.files.own_process import module_command
from tests.citypact.service.serving import is_running, serving
from tests.running import citypact

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def gone(pids: list[int]) -> bool:
    for _ in range(200):
        if not any(map(is_running, pids)):
            return True
        time.sleep(0.05)
    return False


@linux
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_engines_do_not_outlive_the_service(build: Path, by: signal.Signals) -> None:
    with serving(build, "--parallel", "2") as running:
        engines = running.engines()
        assert len(engines) == 2
        code, _ = running.stop(by)
        assert gone(engines)
        assert code == {signal.SIGTERM: 0, signal.SIGINT: 0, signal.SIGKILL: -9}[by]


def test_what_runs_is_answered_before_the_service_stops(build: Path) -> None:
    with serving(build) as running, running.client() as client:
        place = ("127.0.0.1", client.base_url.port or 0)
        with socket.create_connection(place) as connection:
            query = b"SELECT * { ?s ?p ?o } LIMIT 20000"
            head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(query)}\r\n"
            kind = "Content-Type: application/sparql-query\r\nAccept: text/csv\r\n\r\n"
            connection.sendall((head + kind).encode() + query)
            answer = connection.recv(1000)
            running.process.send_signal(signal.SIGTERM)
            while piece := connection.recv(65536):
                answer += piece
        length = int(answer.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        assert len(answer.split(b"\r\n\r\n", 1)[1]) == length
        assert running.process.wait(timeout=30) == 0


def test_a_port_in_use_and_a_missing_build_are_told(build: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = citypact("serve", "--store", build, "--port", port, code=2)
        assert f"port {port} is in use" in done.err
    assert "citypact build" in citypact("serve", "--port", "0", code=2, folder=tmp_path).err
    assert "server already" in citypact("serve", "--store", "http://127.0.0.1:9/", code=2).err
    done = citypact("serve", "--store", build, "--public-url", "example.org", code=2)
    assert "https://graph.example.org" in done.err


def test_a_missing_package_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [*sys.modules]:
        if name.startswith(("citypact.service", "starlette")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette", None)
    assert run(["serve"]) == 2
    assert "citypact[serve]" in capsys.readouterr().err


def test_a_new_build_is_served_while_it_runs(build: Path, tmp_path: Path) -> None:
    mine = tmp_path / "build"
    shutil.copytree(build, mine)
    nquads = (build / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    shorter = tmp_path / "shorter.nq"
    shorter.write_text(
        "".join(line for line in nquads if "city/guayaquil>" not in line), encoding="utf-8"
    )
    query = {"query": "ASK { city:guayaquil ?p ?o }"}
    with serving(mine) as running, running.client() as client:
        assert client.get("/sparql", params=query).json()["boolean"] is True
        before = client.get("/version").json()["graph"]
        shutil.rmtree(mine)
        citypact("load", shorter, "--out", mine)
        for _ in range(200):
            if client.get("/version").json()["graph"] != before:
                break
            time.sleep(0.1)
        assert client.get("/sparql", params=query).json()["boolean"] is False
        assert client.get("/health").json()["status"] == "ok"
        _, err = running.stop()
        assert "new build" in err


CONNECT = "import socket; socket.create_connection(('127.0.0.1', {port}), 5)"


@linux
def test_engines_cannot_connect_to_anything(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        program = [sys.executable, "-c", CONNECT.format(port=listener.getsockname()[1])]
        command, env = module_command(LAUNCHER, str(os.getpid()), "1000000000", *program)
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        assert done.returncode == 1
        assert "PermissionError" in done.stderr
        with pytest.raises(TimeoutError):
            listener.accept()
        assert subprocess.run(program).returncode == 0  # without the launcher it does

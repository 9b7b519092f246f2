"""Files of others are read up to a limit, whatever they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources.files import csv_tables
from citypact.sources.files.input_files import read_at_most
from tests.running import citypact
from tests.sources.small import write_small

ZERO = Path("/dev/zero")


def test_a_file_is_read_up_to_one_more_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    assert read_at_most(path, 5) == read_at_most(path, 6) == b"12345"
    assert read_at_most(path, 3) == b"1234"
    with pytest.raises(IsADirectoryError):
        read_at_most(tmp_path, 5)


@pytest.mark.skipif(not ZERO.exists(), reason="there is no /dev/zero")
def test_what_has_no_end_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tables, "MAXIMUM_BYTES", 3_000_000)
    with pytest.raises(CitypactError, match="/dev/zero: is larger than 3000000 bytes"):
        csv_tables.read_file(ZERO)
    with pytest.raises(OSError, match="pipe or a device"):
        read_at_most(ZERO, 10)


@pytest.mark.parametrize("file", ["entities/x.yaml", "registers/agreements.csv"])
@pytest.mark.parametrize("is_device", [False, True], ids=["pipe", "device"])
def test_a_project_waits_for_no_pipe_and_reads_no_device(
    tmp_path: Path, file: str, is_device: bool
) -> None:
    write_small(tmp_path)
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    if is_device:
        path.symlink_to("/dev/null")
    else:
        os.mkfifo(path)
    done = citypact("check", "--sources", tmp_path, code=1)
    assert done.err.count("\n") < 5
    assert f"{file}: cannot be read: it is a pipe or a device" in done.out + done.err

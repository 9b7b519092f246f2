"""The user's own data are where the system keeps such data, and stay there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from citypact.sources.files.data_folder import data_folder


def test_the_folder_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    monkeypatch.delenv("CITYPACT_DATA", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))
    is_mac = sys.platform == "darwin"
    usual = home / ("Library/Application Support" if is_mac else ".local/share") / "citypact"
    assert data_folder() == usual
    monkeypatch.setenv("XDG_DATA_HOME", str(elsewhere))
    assert data_folder() == elsewhere / "citypact"
    monkeypatch.setenv("XDG_DATA_HOME", "relative/path")  # to be ignored, says the specification
    assert data_folder() == usual
    monkeypatch.setenv("CITYPACT_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    assert data_folder("~/mine") == home / "mine"

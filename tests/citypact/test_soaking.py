"""A small sample of `make soak`: commands that write are killed, interrupted and short of space."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import environment

ROOT = Path(__file__).parents[2]
SOAK = [sys.executable, "-m", "tests.soaking"]
COMMANDS = ("build", "import", "add (form)", "add (document)", "export sqlite", "review")


@pytest.mark.slow
def test_nothing_is_lost_whatever_ends_a_command() -> None:
    done = subprocess.run(
        [*SOAK, "--kills", "12", "--others", "1", *COMMANDS],
        capture_output=True,
        cwd=ROOT,
        env=environment(),
    )
    assert done.returncode == 0, done.stderr.decode()[-5000:]
    assert done.stdout.decode().splitlines()[-1] == "12 kills, 0 faults"

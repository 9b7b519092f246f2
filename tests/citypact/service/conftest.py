"""A service of the build without registers, one for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.citypact.service.serving import Running, serving


@pytest.fixture(scope="session")
def service(build: Path) -> Iterator[Running]:
    with serving(build, "--parallel", "2") as running:
        yield running


@pytest.fixture(scope="session")
def client(service: Running) -> Iterator[httpx.Client]:
    with service.client() as client:
        yield client

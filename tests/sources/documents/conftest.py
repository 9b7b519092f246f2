"""Readers are tested with the browser of the pages: it prints PDF."""

from tests.graph.conftest import browser as browser

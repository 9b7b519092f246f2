"""Loads the libraries of the extra `reading` when a file needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from citypact.ontology.errors import CitypactError


def library(module: str, package: str, file: str) -> Any:
    """A module of a package that an installation may lack; file: what is to be read with it.

    Raises CitypactError with the cure where the package is missing.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise CitypactError(
            "{file}: reading this format requires the package {package}\n"
            "    -> pip install 'citypact[reading]'",
            file=file,
            package=package,
        ) from error


__all__ = ["library"]

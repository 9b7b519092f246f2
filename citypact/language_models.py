"""Asks a language model that the user has set up with the package `llm`.

No model comes with Citypact: `llm` knows those that its plugins bring, on this machine or behind an
address. Which one reads a document is the user's choice alone.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any

from citypact.ontology.errors import CitypactError, Message, did_you_mean
from citypact.sources.extraction.language_model import Ask


def language_model(name: str) -> Ask:
    """What asks the model of a name or alias.

    Raises CitypactError if `llm` is not installed, or has no such model. Asking raises it for
    whatever goes wrong with the model.
    """
    try:
        import llm
    except ImportError as error:
        raise CitypactError(
            "a language model is asked with the package llm, which is not installed\n"
            "    -> pip install 'citypact[language-model]'"
        ) from error
    try:
        model = llm.get_model(name)
    except llm.UnknownModelError as error:
        near = difflib.get_close_matches(name, llm.get_model_aliases())
        raise CitypactError(
            "{name}: there is no such language model\n    -> {cure}",
            name=name,
            cure=did_you_mean(near) if near else Message("see the list of `llm models`"),
        ) from error

    def ask(instructions: str, document: str, schema: Mapping[str, Any]) -> str:
        system = instructions
        given: dict[str, Any] = {"schema": dict(schema)}
        if not model.supports_schema:
            given = {}
            system += "\nAnswer with JSON of this JSON Schema and nothing else:\n"
            system += json.dumps(schema, ensure_ascii=False)
        try:
            answer = model.prompt(document, system=system, stream=False, **given)
            return str(answer.text())
        except Exception as error:  # plugins raise what they like
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise CitypactError(
                "the language model {name} gave no answer: {reason}\n"
                "    -> try it with: llm -m {name} hello",
                name=name,
                reason=reason,
            ) from error

    return ask


__all__ = ["language_model"]

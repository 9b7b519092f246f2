"""Blank nodes of a query as variables, so that a solution says which things they stand for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from citypact.graph.sparql.tokens import Token, dots_behind, tokens


def blank_nodes_as_variables(group: str) -> str:
    """A group of patterns with a variable in place of each blank node: it has the same solutions.

    `?a citypact:party [ citypact:governs ?c ]` becomes `?b citypact:governs ?c . ?a citypact:party
    ?b`. The names of the variables follow from the text alone.
    """
    found = list(tokens(group))
    if not any(t.text == "[" or t.text.startswith("_:") for t in found):
        return group
    known = {t.text[1:] for t in found if t.kind == "variable"}
    fresh = (name for number in count(1) if (name := f"node{number}") not in known)
    return _Rewriting(found, lambda: f"?{next(fresh)}").group()


class _Rewriting:
    """Reads tokens once, from the left; what it has read it has written anew."""

    def __init__(self, found: list[Token], fresh: Callable[[], str]) -> None:
        self.tokens, self.fresh, self.at = found, fresh, 0
        self.labels: dict[str, str] = {}

    def group(self) -> str:
        """The text up to the brace that closes a group, or to the end."""
        out: list[str] = []
        start = 0  # where the present triples begin: before them stands what their brackets say
        depth, is_call = 0, False
        while self.at < len(self.tokens):
            token = self._next()
            ends = token.kind in ("name", "number") and token.text.endswith(".")
            if token.text == "{":
                out.append("{" + self.group())
                start = len(out)
                continue
            if token.text == "}":
                return "".join([*out, "}"])
            if token.text == "[":
                is_first = not "".join(out[start:]).strip()
                inner: list[str] = []
                name = self._bracket(inner)
                out[start:start] = inner
                if is_first and inner and self._ahead() in (".", "}", ""):
                    if self._ahead() == ".":
                        self._skip_to(".")
                    start = len(out)
                    continue
                out.append(name)
                continue
            out.append(self._term(token))
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            is_call |= token.kind == "word" and token.text.upper() in ("BIND", "FILTER")
            if token.text == "." or ends or (is_call and token.text == ")" and depth == 0):
                start, is_call = len(out), False
        return "".join(out)

    def _bracket(self, before: list[str]) -> str:
        """The variable for a bracket; what is said in it goes to `before`."""
        name, said = self.fresh(), []
        while self.at < len(self.tokens):
            token = self._next()
            if token.text == "]":
                break
            said.append(self._bracket(before) if token.text == "[" else self._term(token))
        if text := "".join(said).strip().removesuffix(";"):
            before.append(f"{name} {text} . ")
        return name

    def _term(self, token: Token) -> str:
        if token.kind != "name" or not token.text.startswith("_:"):
            return token.text
        dots = dots_behind(token.text)
        label = token.text[: len(token.text) - dots]
        if label not in self.labels:
            self.labels[label] = self.fresh()
        return self.labels[label] + "." * dots

    def _next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _ahead(self) -> str:
        """The next token that means something; empty at the end."""
        rest = (t.text for t in self.tokens[self.at :] if t.kind not in ("space", "comment"))
        return next(rest, "")

    def _skip_to(self, text: str) -> None:
        while self._next().text != text:
            pass


__all__ = ["blank_nodes_as_variables"]

"""The steps of long work, of how many: what a bar or a log shows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from citypact.ontology.errors import Message

Progress = Callable[[str], None]
"""Is told what is being done."""


def in_steps(progress: Progress, number: int) -> Progress:
    """What tells of each step which of so many it is, and how many are done."""
    done = count()

    def step(name: str) -> None:
        so_far = next(done)
        message = Message(
            "{name}, step {at} of {number}", name=name, at=so_far + 1, done=so_far, number=number
        )
        progress(message)

    return step

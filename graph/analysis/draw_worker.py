"""A process that draws for another one: `python -m citypact.graph.analysis.draw_worker`.

It reads pickles from standard input, (function, argument) once and lists of seeds after it, and
writes the pickled results to standard output until its input ends. Both ends are this package.
"""

from __future__ import annotations

import pickle
import sys

from citypact.graph.analysis.draws import drawn
from citypact.sources.files.own_process import end_with_parent


def main() -> None:
    """Draws until there is nothing more to draw."""
    end_with_parent()
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type] # igraph would load it
    function = argument = None
    while True:
        try:
            kind, given = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            if kind == "work":
                (function, argument), answer = given, None
            else:
                assert function is not None
                answer = drawn(function, argument, given)
            found = pickle.dumps((True, answer))
        except Exception as error:
            found = pickle.dumps((False, str(error)))
        sys.stdout.buffer.write(found)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

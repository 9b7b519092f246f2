"""A process that works for another one: `python -m citypact.graph.analysis.worker`.

It reads pickles from standard input, a function with its argument and parts of its work after it,
and writes the pickled results to standard output until its input ends. Both ends are this package.
"""

from __future__ import annotations

import pickle
import sys

from citypact.graph.analysis.worker_processes import done
from citypact.sources.files.own_process import end_with_parent


def main() -> None:
    """Works until there is nothing more to do."""
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
                answer = done(function, argument, given)
            found = pickle.dumps((True, answer))
        except Exception as error:
            found = pickle.dumps((False, str(error)))
        sys.stdout.buffer.write(found)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

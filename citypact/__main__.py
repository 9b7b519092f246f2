"""The command `citypact`, also as `python -m citypact`.

Nothing is imported before `main` runs, so that Ctrl-C ends in a message from the very first moment.
"""

from __future__ import annotations


def main() -> None:
    """Runs the command line and ends the process with its exit code; 130 after Ctrl-C."""
    try:
        from citypact.commands import main as run_commands

        run_commands()
    except KeyboardInterrupt:
        import sys

        from citypact.terminal import print_message
        from citypact.translation import INTERRUPTED, speaking, system_language, translated

        with speaking(system_language()):
            print_message(translated(INTERRUPTED))
        sys.exit(130)


if __name__ == "__main__":
    main()

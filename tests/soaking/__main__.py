"""Prints what became of commands that were killed, interrupted, short of space or not alone.

    python -m tests.soaking --kills 1000          all commands
    python -m tests.soaking --kills 10 build load    these alone

Whatever happens, what a command writes has to be as it was or as it is to be, and the next run has
to remove what was left. It ends with 1 where that was not so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from citypact.sources.files.output_files import LIST
from tests.forking import load
from tests.running import citypact, forks
from tests.soaking.commands import COMMANDS, Command
from tests.soaking.runs import FILLER, Ended, Moment, Run, fill_disk, small_disk, tree

FREE = (0, 16 << 10, 256 << 10, 2 << 20)
"""Bytes that are left on the disks of small graphs."""
DISKS = (5, 30, 70)
"""MB of the disks of the packaged graph."""
LARGE: dict[str, tuple[str, ...]] = {
    "build": ("build", "--out", "disk/build"),
    "load": ("load", "graph.nq", "--out", "disk/loaded"),
    "export parquet": ("export", "--format", "parquet", "--out", "disk/parquet"),
    "export sqlite": ("export", "--format", "sqlite", "--out", "disk/a.sqlite"),
    "publish": ("publish", "disk/site", "--zip", "disk/site.zip"),
}
QUERY = "SELECT ?agreement { ?agreement a citypact:Agreement } ORDER BY ?agreement"
OURS = {LIST, FILLER}
HEADINGS = (
    "Command",
    "Kills (at a step / by the clock)",
    "Found as before / complete / one of two files",
    "Leftovers, at most; after the next run",
    "Ctrl-C",
    "Full disks",
    "Folder refuses files",
    "Two or four at once",
)


class Trial:
    """A command in its folder, and the count of what was seen."""

    def __init__(self, command: Command, folder: Path) -> None:
        self.command, self.folder = command, folder / "work"
        self._template = folder / "template"
        self._template.mkdir(parents=True)
        command.prepare(self._template)
        self._reset()
        self._before = self._states()
        whole = self._run()
        assert whole.code == 0, (command.name, whole.talk)
        self.steps, self.seconds = whole.steps, whole.seconds
        self._after = self._states()
        assert self._before != self._after, command.name
        self._known = self._names(self._template) | self._names(self.folder)
        self._lines = {piece: self._count(piece) for piece in command.grows}
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self._reset()

    def kill(self, moment: Moment) -> None:
        """Kills the command, and looks at what is there then."""
        ended = self._run(moment)
        way = "step" if moment.step else "clock"
        self.counts[way] += 1
        self.counts["hit"] += ended.code == -signal.SIGKILL
        self._look(f"kill {moment}", ended, {0, -signal.SIGKILL})
        left = len(self._left())
        self.counts["left"] = max(self.counts["left"], left)

    def run_again(self) -> None:
        """The next run, after kills: it has to end well, and to remove what they left."""
        ended = self._run()
        self.counts["again"] += 1
        if ended.code or self._states() != self._after:
            self._fault("next run", ended)
        self.counts["stays"] += len(self._left())
        if self._left():
            self.faults.append(f"{self.command.name}: stays: {self._left()}")
        self._reset()

    def interrupt(self, moment: Moment) -> None:
        """Ctrl-C."""
        ended = self._run(moment)
        self.counts["interrupted"] += ended.code != 0
        self.counts["interrupts"] += 1
        self._look(f"Ctrl-C {moment}", ended, {0, 130, -signal.SIGINT})
        # Between two instructions of Python a folder may be made and not known yet: then the next
        # run has to remove it.
        self.counts["litter"] += bool(self._left())
        if self._left():
            self.run_again()
        self._reset()

    def fill(self, free: int) -> None:
        """A disk on which so many bytes are free."""
        shutil.rmtree(self.folder)
        try:
            with small_disk(self.folder, 256 << 20):
                shutil.copytree(self._template, self.folder, symlinks=True, dirs_exist_ok=True)
                fill_disk(self.folder, free)
                self._full(self._run(), free)
        except PermissionError:  # nobody but root makes disks: then no file may be that large
            self._reset()
            self._full(self._run(largest=free), free)
        self._reset()

    def _full(self, ended: Ended, free: int) -> None:
        self.counts["disks"] += 1
        self.counts["full"] += ended.code != 0
        self._look(f"{free} bytes free", ended, {0, 1, 2})
        if ended.code and "->" not in ended.talk:
            self._fault("no remedy", ended)
        if self._left():
            self.faults.append(f"{self.command.name}: {free} bytes free left {self._left()}")

    def refuse(self) -> None:
        """A folder in which nothing may be written."""
        self._reset()
        for piece in self.command.pieces:
            folder = (self.folder / piece).parent
            while not folder.exists():
                folder = folder.parent
            folder.chmod(0o555)
        done = citypact(*self.command.arguments, folder=self.folder, code=None, unprivileged=True)
        for path in [self.folder, *self.folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        self.counts["refused"] += 1
        ended = Ended(done.code, done.err, 0, 0, True)
        if not self.command.answers:  # `review` has other things to ask first
            self._look("read-only", ended, {1, 2})
        if self._states() != self._before or self._left():
            self._fault("read-only", ended)
        self._reset()

    def run_at_once(self, number: int) -> None:
        """Several of the same command at the same time."""
        runs = [
            Run(self.command.arguments, self.folder, self.command.answers) for _ in range(number)
        ]
        ended = [run.end() for run in runs]
        self.counts["together"] += 1
        for each in ended:
            self._look(f"{number} at once", each, {0, 1, 2}, resets=False)
        if all(each.code for each in ended) or self._states() != self._after or self._left():
            self._fault(f"{number} at once, {self._left()}", ended[0])
        self._reset()

    def line(self) -> str:
        """Its line of the table."""
        count = self.counts
        cells = (
            self.command.name,
            f"{count['step']} / {count['clock']}, {count['hit']} hit",
            f"{count['before']} / {count['after']} / {count['partly']}",
            f"{count['left']}; {count['stays']} in {count['again']} runs",
            f"{count['interrupts']}, {count['interrupted']} hit, {count['litter']} left a name",
            f"{count['disks']}, {count['full']} full",
            f"{count['refused']}",
            f"{count['together']}",
        )
        return "| " + " | ".join(cells) + " |"

    def _run(self, moment: Moment | None = None, largest: int = 0) -> Ended:
        command = self.command
        return Run(command.arguments, self.folder, command.answers, moment, largest).end()

    def _reset(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._template, self.folder, symlinks=True)

    def _look(self, what: str, ended: Ended, codes: set[int], *, resets: bool = True) -> None:
        """Counts what a run left, as before or complete; all else is a fault."""
        states = self._states()
        is_whole = all(
            state in (self._before[piece], self._after[piece]) or self._grows(piece)
            for piece, state in states.items()
        )
        if not is_whole or ended.code not in codes or not ended.alone or "Traceback" in ended.talk:
            self._fault(what, ended)
        for store in self.command.stores:
            asked = Run(("query", "--store", store, "--text", QUERY), self.folder).end()
            if asked.code:
                self._fault(f"{what}, then query", asked)
        whole = {str(self._before): "before", str(self._after): "after"}.get(str(states), "partly")
        self.counts[whole] += what.startswith("kill")
        if resets and states != self._before and not self.folder.is_mount():
            self._reset()

    def _grows(self, piece: str) -> bool:
        """Whether a log holds whole lines alone, and no more than it is to have."""
        return piece in self._lines and 0 <= self._count(piece) <= self._lines[piece]

    def _count(self, piece: str) -> int:
        """The lines of a log; -1 where one is not whole."""
        path = self.folder / piece
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        try:
            return len([json.loads(line) for line in lines])
        except ValueError:
            return -1

    def _fault(self, what: str, ended: Ended) -> None:
        states = self._states()
        odd = [
            piece
            for piece in states
            if states[piece] not in (self._before[piece], self._after[piece])
        ]
        self.faults.append(
            f"{self.command.name}: {what}: exit {ended.code}, half: {odd}, alone: {ended.alone}\n"
            f"{ended.talk[-1500:]}"
        )

    def _states(self) -> dict[str, object]:
        return {
            piece: self._count(piece)  # its lines have times
            if piece in self.command.grows
            else tree(self.folder / piece, "store" if piece in self.command.stores else "")
            for piece in self.command.pieces
        }

    @staticmethod
    def _names(folder: Path) -> set[str]:
        return {
            str(path.relative_to(folder))
            for path in folder.rglob("*")
            if "store" not in path.relative_to(folder).parts and path.name not in OURS
        }

    def _left(self) -> set[str]:
        """What is in the folder that is neither as before nor as after; of a folder its name."""
        found = self._names(self.folder) - self._known
        return {name for name in found if str(Path(name).parent) not in found}


def _moments(trial: Trial, number: int, sent: int, chance: random.Random) -> Iterator[Moment]:
    """Moments: three of five spread over the steps, the others over the time of a run."""
    at_steps = min(trial.steps, (number * 3 + 2) // 5)
    for each in range(at_steps):
        yield Moment(
            sent,
            step=1 + (each * trial.steps + chance.randrange(trial.steps)) // at_steps % trial.steps,
        )
    for _ in range(number - at_steps):
        yield Moment(sent, seconds=0.001 + chance.random() * trial.seconds)


def _large_disks(folder: Path) -> Iterator[tuple[str, int, Ended, set[str]]]:
    """The packaged graph on disks of a few MB: command, MB, how it ended, and what is left."""
    citypact("build", "--out", folder / "build")
    shutil.copy(folder / "build" / "graph.nq", folder)
    disk = folder / "disk"
    for name, arguments in LARGE.items():
        for size in DISKS:
            with small_disk(disk, size << 20):
                ended = Run(arguments, folder).end()
                yield name, size, ended, {path.name for path in disk.iterdir()} - OURS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*", default=[each.name for each in COMMANDS])
    parser.add_argument("--kills", type=int, default=1000, help="of all commands together")
    parser.add_argument("--others", type=int, default=10, help="Ctrl-C and the like, of each")
    parser.add_argument("--disks", action="store_true", help="full disks of the packaged graph too")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    load()
    commands = [each for each in COMMANDS if each.name in chosen.commands]
    faults: list[str] = []
    total: Counter[str] = Counter()
    print("| " + " | ".join(HEADINGS) + " |\n|" + "---|" * len(HEADINGS), flush=True)
    for number, command in enumerate(commands):
        kills = chosen.kills * (number + 1) // len(commands) - chosen.kills * number // len(
            commands
        )
        with tempfile.TemporaryDirectory(prefix="citypact-soak-") as made:
            trial = _tried(command, Path(made), kills, chosen.others, random.Random(chosen.seed))
        print(trial.line(), flush=True)
        for fault in trial.faults:
            print(fault, file=sys.stderr, flush=True)
        faults += trial.faults
        total += trial.counts
    print(f"\n{total['step'] + total['clock']} kills, {len(faults)} faults")
    if chosen.disks:
        faults += _print_large_disks()
    forks.stop()
    sys.exit(bool(faults))


def _tried(command: Command, folder: Path, kills: int, others: int, chance: random.Random) -> Trial:
    trial = Trial(command, folder)
    for number, moment in enumerate(_moments(trial, kills, signal.SIGKILL, chance), 1):
        trial.kill(moment)
        if number % 10 == 0 or number == kills:
            trial.run_again()
    for moment in _moments(trial, others, signal.SIGINT, chance):
        trial.interrupt(moment)
    for free in FREE[: max(1, others // 2)]:
        trial.fill(free)
    trial.refuse()
    for number in (2, 2, 4)[: max(1, others // 3)]:
        trial.run_at_once(number)
    return trial


def _print_large_disks() -> Sequence[str]:
    faults = []
    print("\n| Packaged graph on a disk of | " + " | ".join(f"{size} MB" for size in DISKS) + " |")
    print("|---" * (len(DISKS) + 1) + "|")
    with tempfile.TemporaryDirectory(prefix="citypact-soak-") as made:
        cells: dict[str, list[str]] = {}
        for name, size, ended, left in _large_disks(Path(made)):
            is_told = ended.code in (1, 2) and "->" in ended.talk and not left
            cells.setdefault(name, []).append("complete" if not ended.code else "refused")
            if (ended.code and not is_told) or "Traceback" in ended.talk or not ended.alone:
                faults.append(f"{name}, {size} MB: exit {ended.code}, {left}\n{ended.talk[-1500:]}")
    for name, told in cells.items():
        print(f"| {name} | " + " | ".join(told) + " |")
    for fault in faults:
        print(fault, file=sys.stderr)
    return faults


if __name__ == "__main__":
    os.environ.pop("CITYPACT_DATA", None)
    main()

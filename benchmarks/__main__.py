"""Runs benchmarks by name, or all but the largest; ends with 1 where a limit is missed."""

import argparse
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import (
    answers,
    build,
    folder,
    growth,
    large,
    null_models,
    pages,
    projects,
    publish,
    queries,
    questions,
    reading,
    registers,
    reports,
    service,
    shacl,
    start_up,
    structure,
    world_map,
)

LIBRARIES = (
    "click", "igraph", "kiwipiepy", "networkx", "pyoxigraph", "pypdfium2", "pyshacl",
    "pyshacl-turbo", "python-docx", "rdflib", "resiliparse", "unhwp",
)  # fmt: skip
BENCHMARKS = {
    "start-up": start_up.main,
    "build": build.main,
    "questions": questions.main,
    "queries": queries.main,
    "registers": registers.main,
    "answers": answers.main,
    "growth": growth.main,
    "large": large.main,
    "map": world_map.main,
    "pages": pages.main,
    "projects": projects.main,
    "publish": publish.main,
    "reading": reading.main,
    "folder": folder.main,
    "service": service.main,
    "shacl": shacl.main,
    "structure": structure.main,
    "null-models": null_models.main,
    "reports": reports.main,
    "largest": lambda: large.main((10_000_000,)),
}
ON_ITS_OWN = "largest"


def machine() -> str:
    """The machine, Python and the libraries that count."""
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}; "
        f"Python {platform.python_version()}; {', '.join(found)}"
    )


def processor() -> str:
    """The name of the processor, where the system says it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def main() -> int:
    """Runs what the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--plot", type=Path, metavar="FILE", help="where growth is drawn, as SVG")
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are: {parser.prog} -h")
    names = given.names or [name for name in BENCHMARKS if name != ON_ITS_OWN]
    print(f"{machine()}\n", flush=True)
    kept = [growth.main(given.plot) if name == "growth" else BENCHMARKS[name]() for name in names]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())

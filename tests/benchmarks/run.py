"""Runs every measurement and writes docs/BENCHMARKS.md: ``python -m tests.benchmarks.run [NAME ...]``.

With names (of modules of this folder) only those are run and nothing is written.
"""

from __future__ import annotations

import platform
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.benchmarks.table import Row, markdown

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "BENCHMARKS.md"
NOT_MEASUREMENTS = {"run", "table"}


def modules() -> list[str]:
    """Names of the modules with measurements, in the order of the alphabet."""
    return sorted(found.name for found in iter_modules([str(HERE)]) if found.name not in NOT_MEASUREMENTS)


def machine() -> str:
    """Processor, cores, memory and system, without anything that says whose machine it is."""
    processor = platform.processor() or platform.machine()
    cores, memory = 0, ""
    cpu, mem = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpu.exists():
        lines = cpu.read_text(encoding="utf-8").splitlines()
        cores = sum(line.startswith("processor") for line in lines)
        processor = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), processor)
    if mem.exists():
        kib = int(mem.read_text(encoding="utf-8").split()[1])
        memory = f", {kib / 1024 / 1024:.0f} GB"
    return f"{processor}, {cores} cores{memory}, {platform.system()}, Python {platform.python_version()}"


def measure(names: list[str]) -> list[tuple[str, list[Row]]]:
    """(module, rows) of each module that has ``rows()``, told on standard output as they come."""
    found = []
    for name in names:
        module = import_module(f"tests.benchmarks.{name}")
        if not hasattr(module, "rows"):
            continue
        rows = module.rows()
        print(f"## {name}\n{markdown(rows)}", flush=True)
        found.append((name, rows))
    return found


def page(found: list[tuple[str, list[Row]]]) -> str:
    """The whole page in Markdown."""
    parts = [
        "# Benchmarks\n",
        "Written by `make bench`; every figure and the one beside it come from the same run on the same machine.\n",
        f"Machine: {machine()}. Day: {date.today().isoformat()}.\n",
    ]
    for name, rows in found:
        parts.append(f"## {name.replace('_', ' ').capitalize()}\n\n{markdown(rows)}")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Run all and write the page, or only the named ones."""
    found = measure(arguments or modules())
    if not arguments:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

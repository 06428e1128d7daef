"""What a running process holds in its memory, as somebody would find it who takes the laptop while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def holds(pid: int, text: str) -> bool:
    """True if the text stands anywhere in the memory of the process, as Python (UTF-8 or two bytes a letter) or Qt keep it."""
    wanted = (text.encode("utf-8"), text.encode("utf-16-le"))
    return any(one in part for part in _parts(pid) for one in wanted)


def _parts(pid: int) -> Iterable[bytes]:
    """Every part that can be written to; what the system does not let us read (its own pages) is left out."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in place.split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except OSError:
                continue

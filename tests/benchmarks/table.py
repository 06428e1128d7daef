"""One measured figure, and the table of them.

Every module of this folder that has a function ``rows() -> list[Row]`` takes part in `make bench` (see `run.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`figure` and `peer_figure` are in `unit`. `bar` is the wanted figure (None: none was set); less is better unless `more_is_better`.
    `peer` names what did the same work beside it in the same run ("" if there is none)."""

    what: str
    figure: float
    unit: str
    bar: float | None = None
    peer: str = ""
    peer_figure: float | None = None
    more_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None without a bar."""
        if self.bar is None:
            return None
        return self.figure >= self.bar if self.more_is_better else self.figure <= self.bar


def shown(figure: float | None) -> str:
    """A figure with three meaning digits."""
    if figure is None:
        return ""
    if abs(figure) >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.3g}"


def markdown(rows: list[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = ["| what | measured | bar | met | beside it | its figure |", "|---|---:|---:|---|---|---:|"]
    for row in rows:
        sign = "≥" if row.more_is_better else "≤"
        bar = "" if row.bar is None else f"{sign} {shown(row.bar)} {row.unit}"
        met = {None: "", True: "yes", False: "no"}[row.met]
        peer = f"{shown(row.peer_figure)} {row.unit}" if row.peer_figure is not None else ""
        lines.append(f"| {row.what} | {shown(row.figure)} {row.unit} | {bar} | {met} | {row.peer} | {peer} |")
    return "\n".join(lines) + "\n"


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def peak_megabytes() -> float:
    """The most memory this process has held since its program began, in MB. `getrusage` would also count what the process that
    started this one held at that moment."""
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024

"""Forms: one answer in a long form, opening a stored one, and the shipped forms; rxeval beside them where it is installed."""

from __future__ import annotations

import random
import time
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desktop.forms import shipped
from desktop.forms.compile import compile_workbook
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load
from tests.benchmarks.table import Row, percentile, timed

NOW = datetime(2026, 1, 15, 9, 30)
MEMBERS = 8


def long_form(questions: int) -> bytes:
    """A form of so many questions: a household repeat, chains of relevance and sums over everybody, as real surveys have them."""
    columns = "type | name | label | relevant | constraint | calculation"
    lines = ["begin repeat | member | Member | | |", "text | who | Who | | |", "integer | age | Age | | . >= 0 and . <= 120 |"]
    inside = questions // 10
    for number in range(inside - 2):
        lines.append(f"integer | m{number} | M{number} | ${{age}} > {number % 90} | . >= 0 |")
    lines += ["end repeat | | | | |", "calculate | people | | | | count(${member})", "calculate | ages | | | | sum(${age})"]
    for number in range(questions - inside):
        before = f"${{q{number - 1}}} != '' and ${{people}} > 0" if number % 5 else ""
        lines.append(f"integer | q{number} | Question {number} | {before} | . < 1000 |")
        if number % 10 == 9:
            lines.append(f"calculate | c{number} | | | | ${{q{number}}} + ${{q{number - 9}}} + ${{ages}}")
    sheet = "\n".join(f"| | {line} |" for line in (columns, *lines))
    return compile_workbook(f"| survey |\n{sheet}").xml


def family(xml: bytes) -> tuple[FilledForm, list[str]]:
    """The form with its members, filled to the end, and the paths of all that can be answered with a number."""
    form = FilledForm(load(xml), now=NOW)
    for _ in range(MEMBERS - 1):
        form.add("/data/member")
    paths = [node.path for node in form.children("") if node.type == "integer"]
    for member in range(1, MEMBERS + 1):
        form.set(f"/data/member[{member}]/age", "30")
        paths += [node.path for node in form.children(f"/data/member[{member}]") if node.type == "integer"]
    for path in paths:
        form.set(path, "95")
    return form, [path for path in paths if form.node(path).relevant]


def answers(form: FilledForm, paths: list[str], count: int = 3000) -> list[float]:
    """Milliseconds of each of so many answers at random that the form took."""
    chance = random.Random(1)
    times = []
    while len(times) < count:
        path, text = chance.choice(paths), str(chance.randrange(90, 200))
        began = time.perf_counter()
        refused = form.set(path, text)
        took = (time.perf_counter() - began) * 1000
        if not refused:
            times.append(took)
    return times


def rxeval_answers(xml: bytes, paths: list[str], count: int = 60) -> float | None:
    """The same answers by rxeval: p95 in milliseconds; None where it is not installed."""
    try:
        import rxeval  # type: ignore[import-not-found]
    except ImportError:
        return None
    with TemporaryDirectory() as folder:
        source = Path(folder) / "form.xml"
        source.write_bytes(xml)
        session: Any = rxeval.Session(source.read_text(encoding="utf-8"))
    chance = random.Random(1)
    times = []
    for _ in range(count):
        path, text = chance.choice([path for path in paths if "[" not in path]), str(chance.randrange(100))
        began = time.perf_counter()
        session.set(path, text)
        session.recompute()
        times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 0.95)


def rows() -> list[Row]:
    """See `tests.benchmarks.table`."""
    xml = long_form(1000)
    form, paths = family(xml)
    times = answers(form, paths)
    peer = rxeval_answers(xml, paths)
    stored_form, stored_paths = family(long_form(600))
    answers(stored_form, stored_paths, 600)
    state, definition = stored_form.state(), load(long_form(600))
    reading = min(timed(lambda: load(shipped.compiled("registration").read_bytes())) for _ in range(5))
    opening = min(timed(lambda: FilledForm.from_state(definition, state, now=NOW)) for _ in range(3))
    name = "rxeval" if peer is not None else ""
    return [
        Row(f"one answer, 1,000 questions, {MEMBERS} members: p95", percentile(times, 0.95), "ms", 1.0, name, peer),
        Row("the same, median", percentile(times, 0.5), "ms"),
        Row("the same, slowest of 3,000", max(times), "ms"),
        Row("read the compiled registration form", reading * 1000, "ms", 60.0),
        Row("open a stored submission of 600 questions", opening * 1000, "ms", 300.0),
        Row("compile the registration workbook", timed(lambda: compile_workbook(shipped.workbook("registration").read_bytes())) * 1000, "ms"),
    ]

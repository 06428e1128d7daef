"""The same steps on the same forms in JavaRosa, where there is a Java to run it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from desktop.forms.filled import FilledForm
from desktop.forms.playing import Step

PROGRAM = Path(__file__).with_name("Play.java")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d:?\d\d)?")
_RANDOM = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True)
class Job:
    """Steps to play on a form that lies at `form`."""

    name: str
    form: Path
    steps: Sequence[Step]


@dataclass
class Played:
    """`nodes`: path -> (relevant, value). `refused`: steps JavaRosa could not do. `fault`: why it could not load the form, or ""."""

    nodes: dict[str, tuple[bool, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    fault: str = ""


def jar() -> Path | None:
    """The library inside the form compiler's wheel."""
    found = find_spec("pyxform")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    return path if path.is_file() else None


def java() -> str:
    """A Java that runs source files of version 17; "" if there is none."""
    program = shutil.which("java")
    if program is None or shutil.which("javac") is None:
        return ""
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return program if version is not None and int(version[1]) >= 17 else ""


def play(jobs: Sequence[Job], folder: Path) -> dict[str, Played]:
    """What JavaRosa makes of the jobs, by name. `folder` is a place for the job files."""
    for job in jobs:
        lines = [str(job.form), *("\t".join((step.operation, step.path, step.value)) for step in job.steps)]
        (folder / f"{job.name}.job").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run(
        [java(), "-Duser.timezone=UTC", "-Duser.language=en", "-cp", str(jar()), str(PROGRAM), str(folder)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Played] = {}
    at = Played()
    for line in done.stdout.splitlines():
        if line.startswith("#"):
            at = found.setdefault(line[1:].removesuffix(".job"), Played())
        elif line.startswith("!"):
            at.fault = line[1:]
        elif line.startswith("?"):
            at.refused.append(line[1:])
        elif line:
            path, relevant, value = line.split("\t")
            at.nodes[path] = (relevant == "1", value)
    return found


def ours(form: FilledForm) -> dict[str, tuple[bool, str]]:
    """Our nodes in the same shape."""
    return {
        item.path: (item.relevant, item.text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"))
        for item in form.items()
    }


def same(mine: str, theirs: str) -> bool:
    """Whether two values mean the same: clocks and random names aside, numbers as numbers, and a truth, which is ``true`` here and ``1``
    there (`docs/decisions/0004-forms-follow-javarosa.md`)."""
    if {"true": "1", "false": "0"}.get(mine) == theirs:
        return True
    one, two = (_RANDOM.sub("random", _MOMENT.sub(r"\1", text)) for text in (mine, theirs))
    if one == two:
        return True
    ones, twos = (re.split("[ ;]+", text) for text in (one, two))
    return len(ones) == len(twos) and all(_same_number(left, right) for left, right in zip(ones, twos))


def _same_number(one: str, two: str) -> bool:
    try:
        return one == two or float(one) == float(two)
    except ValueError:
        return False

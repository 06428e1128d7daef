"""``forms play`` as it is called: exit status, one JSON document, and nothing else touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.forms.compile import compile_workbook
from tests.desktop.forms.sheets import table
from tests.tree import ROOT

STEPS = '{"steps":[{"op":"set","path":"/data/n","value":"3"}]}'


def run(*arguments: object, folder: Path) -> tuple[int, dict[str, object]]:
    """The exit status and the one document on standard output."""
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "TZ": "Asia/Yangon"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "forms", "play", *(str(one) for one in arguments)],
        capture_output=True, cwd=folder, env=environment, check=False,
    )
    found = json.loads(done.stdout.decode("utf-8"))
    assert isinstance(found, dict)
    return done.returncode, found


def workbook(path: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in rows:
        sheet.append(row)
    settings = book.create_sheet("settings")
    for row in (("form_id",), ("data",)):
        settings.append(row)
    book.save(path)
    return path


def error(found: dict[str, object]) -> tuple[str, str]:
    told = found["error"]
    assert isinstance(told, dict)
    return told["kind"], told["message"]


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    path = tmp_path / "steps.json"
    path.write_text(STEPS, encoding="utf-8")
    return path


def test_a_workbook_is_played_whatever_its_name_and_no_file_is_changed(tmp_path: Path, steps: Path) -> None:
    book = workbook(tmp_path / "form.xml", ("type", "name", "label"), ("integer", "n", "N"))
    before = sorted(path.name for path in tmp_path.rglob("*"))
    status, found = run(book, steps, folder=tmp_path)
    assert status == 0
    assert found["rejected"] == []
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_companion_files_come_from_the_folder_and_their_absence_is_no_fault(tmp_path: Path, steps: Path) -> None:
    media = tmp_path / "media"
    media.mkdir()
    (media / "fruits.csv").write_text("name,label\nmango,သရက်သီး\n", encoding="utf-8-sig")
    source = "\n".join(("| survey |", table("type | name | label", "select_one_from_file fruits.csv | fruit | Fruit", "integer | n | N")))
    compiled = tmp_path / "form.bin"
    compiled.write_bytes(compile_workbook(source).xml)
    for arguments, offered in (((), []), (("--media", media), ["mango"]), (("--media", tmp_path / "no"), [])):
        status, found = run(compiled, steps, *arguments, folder=tmp_path)
        first = found["nodes"]
        assert status == 0
        assert isinstance(first, list)
        assert first[0]["choices"] == offered


@pytest.mark.parametrize(("rows", "part"), [
    ((("type", "name", "label", "relevant"), ("integer", "n", "N", "${n} +")), "n"),
    ((("type", "name", "label", "calculation"), ("calculate", "n", "", "magic(1)")), "magic"),
    ((("type", "name", "label", "calculation"), ("calculate", "one", "", "${two}"), ("calculate", "two", "", "${one}")), "two"),
    ((("type", "name", "label"), ("nonsense", "n", "N")), "2"),
])
def test_a_form_that_cannot_be_used_says_where_and_why(tmp_path: Path, steps: Path, rows: tuple[tuple[str, ...], ...], part: str) -> None:
    status, found = run(workbook(tmp_path / "form.xlsx", *rows), steps, folder=tmp_path)
    assert status == 2
    kind, message = error(found)
    assert kind == "form"
    assert part in message


def test_what_is_no_form_or_not_there_is_refused_as_a_form(tmp_path: Path, steps: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_text("<html/>", encoding="utf-8")
    for form in (other, tmp_path / "none.xlsx", tmp_path):
        status, found = run(form, steps, folder=tmp_path)
        assert (status, error(found)[0]) == (2, "form")


def test_steps_that_cannot_be_used_and_a_wrong_call_have_their_own_status(tmp_path: Path, steps: Path) -> None:
    book = workbook(tmp_path / "form.xlsx", ("type", "name", "label"), ("integer", "n", "N"))
    steps.write_text("{", encoding="utf-8")
    for given in (steps, tmp_path / "none.json"):
        status, found = run(book, given, folder=tmp_path)
        assert (status, error(found)[0]) == (3, "steps")
    status, found = run(book, folder=tmp_path)
    assert (status, error(found)[0]) == (1, "internal")


def test_neither_the_window_nor_the_vault_is_loaded(tmp_path: Path, steps: Path) -> None:
    book = workbook(tmp_path / "form.xlsx", ("type", "name", "label"), ("integer", "n", "N"))
    program = "import sys\nfrom desktop.cli import run\nstatus = run(sys.argv[1:])\nprint(status, sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program, "forms", "play", str(book), str(steps)], capture_output=True, text=True, cwd=ROOT, check=False,
    )
    assert done.stderr.startswith("0 ")
    for module in ("'PySide6'", "'sqlcipher3'", "'desktop.vault'", "'desktop.services'", "'cryptography'"):
        assert module not in done.stderr


def test_a_harmless_repair_is_made_and_told_and_another_one_refuses_the_form(tmp_path: Path, steps: Path) -> None:
    mended = workbook(tmp_path / "form.xlsx", ("type", "name", "label"), ("Integer ", "n", "N"))
    status, found = run(mended, steps, folder=tmp_path)
    assert status == 0
    assert isinstance(found["warnings"], list)
    assert "A2" in found["warnings"][0] or "row 2" in found["warnings"][0]
    source = "\n".join((
        "| survey |", table("type | name | label", "integer | n | N", "select_one c | c | C"),
        "| choices |", table("list_name | name | label", "c | a | A", "c | a | B"),
    ))
    harmful = tmp_path / "form.md"
    harmful.write_text(source, encoding="utf-8")
    status, found = run(harmful, steps, folder=tmp_path)
    assert status == 2
    assert "choices" in error(found)[1]

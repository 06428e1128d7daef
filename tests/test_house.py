"""Rules of the tree that no tool checks: sizes, names, explanations, and what is loaded when."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.tree import ROOT, TEXT, files, name, none

CODE = ("desktop", "ui", "packaging", "tests")

LONGEST = 450
LONG: dict[str, str] = {}
"""File -> why it may be longer than that."""

VAGUE = re.compile(r"(Manager|Helper|Util|Utils|Handler|Base)$")
UNFINISHED = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + r"X)\b|[Cc]oming " + "soon")
SOMEBODYS_MACHINE = re.compile(r"(?<![\w./~)-])/(?:work|root(?!/(?:item|@|namespace::))|home/\w+|Users/\w+)/")


def test_files_have_one_subject() -> None:
    lines = {name(path): path.read_text(encoding="utf-8").count("\n") for path in files(*CODE, endings={".py"})}
    none(f"{path}: {count} lines" for path, count in lines.items() if count > LONGEST and path not in LONG)
    none(f"{path} is listed as long and is not" for path in LONG if lines.get(path, 0) <= LONGEST)


def test_classes_are_named_after_what_they_are() -> None:
    found = [
        f"{name(path)}:{node.lineno}: {node.name}"
        for path in files("desktop", "ui", "packaging", endings={".py"})
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and VAGUE.search(node.name)
    ]
    none(found)


def test_what_callers_use_is_explained() -> None:
    """Modules, and public classes and functions at the top of a module, have a docstring."""
    bare = []
    for path in files("desktop", "ui", "packaging", endings={".py"}):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = [node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")]
        bare += [f"{name(path)}: {getattr(node, 'name', 'the module')}" for node in (tree, *named) if not ast.get_docstring(node)]
    none(bare)


def test_nothing_is_left_for_later_and_nothing_names_a_machine() -> None:
    ours = [*files(*CODE, "docs", "resources", endings=TEXT), *ROOT.glob("*.py"), *ROOT.glob("*.md"), ROOT / "Makefile"]
    found = []
    for path in ours:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if path != Path(__file__) and (UNFINISHED.search(line) or SOMEBODYS_MACHINE.search(line)):
                found.append(f"{name(path)}:{number}: {line.strip()[:80]}")
    none(found)


def loaded_by(*modules: str) -> set[str]:
    """The modules that a fresh Python holds after importing these."""
    lines = [f"import {module}" for module in modules]
    program = "\n".join([*lines, "import sys", "print(*sys.modules, sep='\\n')"])
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def modules_of(folder: str) -> list[str]:
    """The dotted names of every module below a folder."""
    return [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files(folder, endings={".py"})]


def test_the_program_without_its_window_loads_no_qt() -> None:
    loaded = loaded_by(*modules_of("desktop"))
    assert {module for module in loaded if module.split(".")[0] in {"PySide6", "shiboken6", "ui"}} == set()


def test_the_window_loads_no_network() -> None:
    loaded = loaded_by(*modules_of("ui"))
    assert loaded & {"PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtQml", "PySide6.QtDBus"} == set()


@pytest.mark.parametrize("heavy", ["reportlab", "uharfbuzz", "pypdfium2", "pyxform", "zxingcpp", "PIL", "babel", "desktop.forms"])
def test_the_first_window_does_not_wait_for_what_it_does_not_need(heavy: str) -> None:
    pytest.importorskip("ui.app")
    assert heavy not in first_window_loads()


@cache
def first_window_loads() -> set[str]:
    """The modules loaded before the first window can show."""
    return loaded_by("main", "ui.app", "ui.window")

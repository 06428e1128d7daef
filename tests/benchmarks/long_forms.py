"""A form of 600 questions in the window: until its first page stands, the next page, one answer; and one letter typed in a repeat of 50 lines."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.ids import RecordId
from desktop.forms.compile import compile_workbook
from desktop.services import form_library, form_shelf
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import Row, percentile
from tests.gallery._album import application
from ui.pages.longform.view import LongformView
from ui.shell import Shell
from ui.window import Window

QUESTIONS, LINES = 600, 50
_PASSPHRASE = "bench bench bench bench"
_HOUSEHOLD = (
    "| survey |\n| | type | name | label |\n| | begin repeat | person | Person |\n| | text | who | Name |\n| | integer | age | Age |\n"
    "| | select_one s | sex | Sex |\n| | end repeat | | |\n| choices |\n| | list_name | name | label |\n| | s | f | Woman |\n| | s | m | Man |\n"
    "| settings |\n| | form_title | form_id |\n| | Household | household |"
)


def _long() -> str:
    rows = "\n".join(
        f"| | {'integer' if at % 3 else 'text'} | q{at} | Question {at} | {f'${{q{at - 1}}} != 0' if at % 10 == 5 else ''} |"
        for at in range(1, QUESTIONS + 1)
    )
    return f"| survey |\n| | type | name | label | relevant |\n{rows}\n| settings |\n| | form_title | form_id |\n| | Long | long |"


def rows() -> list[Row]:
    """In a window that draws unseen."""
    app = application()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        vault, _ = Vault.create(folder, site="Bench", name="Bench", passphrase=_PASSPHRASE, hardness=FLOOR)
        session = Session(vault)
        forms = [form_library.add(session, compiled=compile_workbook(text).xml)[0].id for text in (_long(), _HOUSEHOLD)]
        session.close()
        form_shelf._LOADED.clear()  # as in a program that was only just started
        window = Window(folder)
        window.resize(1366, 768)
        window.show()
        window.opening.unlock(_PASSPHRASE)
        _until(lambda: window.shell is not None and window.shell.resting)
        assert window.shell is not None
        found = [*_long_form(window.shell, forms[0]), *_lines(window.shell, forms[1])]
        window.over.connect(lambda _again: app.exit(0))
        window.close()
        app.exec()
        window.deleteLater()
    return found


def _long_form(shell: Shell, form: RecordId) -> list[Row]:
    first = _timed(lambda: _open(shell, form))
    page = shell.page
    assert isinstance(page, LongformView)
    paths = page._state.paths()
    turns = [_timed(lambda path=path: page._state.turn(path)) for path in paths[1:21]]  # type: ignore[misc]
    answers = _typing(shell, "q401")
    return [
        Row(f"form of {QUESTIONS} questions, asked for to its first page painted", first, "ms", 500),
        Row("the next page painted, 95 of 100", percentile(turns, 0.95), "ms", 100),
        Row("one letter typed to everything shown anew, 95 of 100", percentile(answers, 0.95), "ms", 16),
    ]


def _lines(shell: Shell, form: RecordId) -> list[Row]:
    _open(shell, form)
    page = shell.page
    assert isinstance(page, LongformView)
    filling = page._state.filling
    repeat = filling.form.repeats("")[0][0]
    while filling.form.repeats("")[0][2] < LINES:
        filling.form.add(repeat)
    for at in range(1, LINES + 1):
        filling.form.set(f"{repeat}[{at}]/who", f"Name {at}")
    filling.edit(repeat, f"{repeat}[{LINES}]")
    QApplication.processEvents()
    letters = _typing(shell, f"person_{LINES}_who")
    return [Row(f"one letter typed in a repeat of {LINES} lines, 95 of 100", percentile(letters, 0.95), "ms", 16)]


def _open(shell: Shell, form: RecordId) -> None:
    before = shell.page
    shell.open("longform", form=form)
    page = shell.page
    if isinstance(page, LongformView) and page is before:
        opened = page._state.filling.opened
        _until(lambda: page._state.filling.opened is not opened)
    _until(lambda: isinstance(shell.page, LongformView) and shell.page.sheet is not None)


def _typing(shell: Shell, name: str) -> list[float]:
    page = shell.page
    assert isinstance(page, LongformView)
    if page.findChild(QLineEdit, name) is None:
        sheet = page._state.sheet_of(f"/{page._state.filling.form.definition.root.name}/{name}")
        assert sheet is not None
        page._state.turn(sheet.key)
        QApplication.processEvents()
    line = page.findChild(QLineEdit, name)
    assert isinstance(line, QLineEdit)
    return [_timed(lambda: QTest.keyClicks(line, "7")) for _ in range(60)]


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    QApplication.processEvents()
    took = (time.perf_counter() - began) * 1000
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as the program's own loop does between two keys
    return took


def _until(ready: Callable[[], bool]) -> None:
    while not ready():
        QApplication.processEvents()

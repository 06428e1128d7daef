"""Words, dates, line breaks, commands, the paged table, errors, crash records: what every page stands on."""

from __future__ import annotations

import ast
import re
import stat
import string
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import main
from desktop.domain.errors import UserError
from desktop.words.catalogue import known, translate
from desktop.words.errors import table
from tests.tree import ROOT
from tests.ui.door import Recorded
from ui import crash, dates, present_errors, restart, words
from ui.commands import Command, Commands
from ui.models.paged import PAGE, PAGES_KEPT, PagedModel
from ui.theme import burmese, tokens
from ui.widgets.labels import Words
from ui.widgets.rows import CELL, Cell

NEVER_SHOWN = re.compile(r"\b(vault|merge|sync|bundle|conflict|journal|compartment|database|deserter)", re.IGNORECASE)


def texts() -> Iterator[tuple[str, str]]:
    """Every text that the window puts through translation, with its file."""
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            given_texts = {"tr": node.args[:1], "mark": node.args[:1], "counted": node.args[1:3]}.get(node.func.id, [])
            for argument in given_texts:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, path.name


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_its_burmese_with_the_same_gaps() -> None:
    found = dict(texts())
    assert len(found) > 300
    assert [(text, file) for text, file in found.items() if not known(text, "my")] == []
    wrong = [text for text in found if not gaps(translate(text, "my")) <= gaps(text)]
    assert wrong == []


def test_no_word_of_the_workshop_is_on_the_screen() -> None:
    assert [(text, file) for text, file in texts() if NEVER_SHOWN.search(text)] == []


def test_numbers_in_sentences_follow_the_language() -> None:
    assert words.counted(1204, "{n} person", "{n} people") == "1,204 people"
    assert words.counted(1, "{n} person", "{n} people") == "1 person"
    words.use("my")
    assert words.counted(1204, "{n} person", "{n} people") == "၁,၂၀၄ ဦး"
    assert words.tr("{page} of {pages}", page="2", pages="3") == "3 တွင် 2"
    with pytest.raises(ValueError, match="fr"):
        words.use("fr")


def test_days_as_people_say_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    monkeypatch.setattr(dates, "today", lambda: date(2026, 11, 21))
    assert dates.moment("2026-11-21T14:32") == "today 14:32"
    assert dates.moment("2026-11-20T19:05") == "yesterday 19:05"
    assert dates.moment("2026-11-19T18:00") == "Thu 18:00"
    assert dates.moment("2026-11-23T06:00") == "Mon 06:00"
    assert dates.moment("2026-10-01T16:40") == "1 October, 16:40"
    assert dates.day("2025-03-02") == "2 March 2025"
    assert dates.day("2026-11-21", weekday=True) == "Saturday 21 November"
    assert [dates.ago(iso) for iso in ("", "2026-11-21", "2026-11-20", "2026-11-01", "2026-07-01")] == [
        "never", "today", "yesterday", "20 days ago", "4 months ago",
    ]
    assert [dates.late(hours) for hours in (1, 23, 24, 50)] == ["1 h late", "23 h late", "1 day late", "2 days late"]
    words.use("my")
    assert dates.moment("2026-11-23T06:00") == "တနင်္လာ 06:00"
    assert dates.day("2026-11-21", weekday=True) == "စနေနေ့၊ နိုဝင်ဘာ ၂၁"


BURMESE = "အင်္ဂလိပ်အက္ခရာဖြင့် အမည် ယောက်ျားလေး ကြာသပတေးနေ့ ပုဂ္ဂိုလ် ၁၂၃၄ Aung Myo နော်ဖောအယ်မူး ၶဝ်ႈ ဂကူဂၞဲ"


@given(st.lists(st.sampled_from(BURMESE.split()), min_size=1, max_size=12), st.integers(4, 40))
def test_lines_break_between_syllables_and_lose_nothing(parts: list[str], width: int) -> None:
    text = " ".join(parts)
    lines = burmese.lines(text, width, len)
    assert "".join(lines) == text
    for line in lines:
        assert not re.match("[\u102b-\u103e\u1039]", line), line
        assert not re.match("[\u1000-\u1021]\u1037?\u103a", line), line
        assert not line.rstrip().endswith("\u1039"), line


def test_a_wrapping_label_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    label = Words("ဤကွန်ပျူတာရှိ အားလုံးကို သော့ခတ်ထားသည်။ မည်သူ သုံးသည်ကို ဤနေရာတွင် မပြပါ။", wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(120) > label.heightForWidth(240) > label.heightForWidth(900) > 0


def test_a_long_note_is_measured_once_for_each_width(qtbot: QtBot) -> None:
    text, asked = "ဒေါ်ခင် မျိုးသန္တာဝင်း do not say " * 300, list[str]()
    assert burmese.lines(text, 1e7, lambda some: asked.append(some) or float(len(some))) == [text]  # type: ignore[func-returns-value]
    assert len(asked) == 1, "where all of it fits, no phrase is measured"
    label = Words(text, wrap=True)
    qtbot.addWidget(label)
    once = label._lines(400)
    assert label._lines(400) is once
    label.setText("ဒေါ်ခင်")
    assert label._lines(400) == ["ဒေါ်ခင်"]


def test_the_colours_can_be_told_apart() -> None:
    def light(name: str) -> float:
        text = getattr(tokens.C, name)
        parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, two: str) -> float:
        high, low = sorted((light(one), light(two)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    inks = [(ink, ground) for ink in ("ink", "ink2", "ink3", "accent", "warn", "danger", "good") for ground in ("surface", "paper")]
    chips = [(name, f"{name}_soft") for name in ("accent", "good", "warn", "danger")] + [("ink2", "plain_soft")]
    rail = [("rail_ink", "rail"), ("rail_ink2", "rail"), ("surface", "rail_on"), ("surface", "accent"), ("accent_key", "accent")]
    assert [pair for pair in (*inks, *chips, *rail) if contrast(*pair) < 4.5] == []
    assert contrast("edge", "surface") >= 3


def test_commands_are_found_in_both_languages_and_the_page_goes_first(qtbot: QtBot) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    commands = Commands(window)
    commands.set("window", [Command("people.register", "Register arrival", lambda: done.append("arrival"), "Ctrl+N"),
                            Command("never", "Read the stick", lambda: done.append("never"), ready=lambda: False)])
    commands.set("page", [Command("contacts.new", "Add", lambda: done.append("add"), "Ctrl+N")])
    assert [one.id for one in commands.matching("arr")] == ["people.register"]
    assert [one.id for one in commands.matching("စာရင်း")] == ["people.register"]
    assert commands.matching("zzz") == []
    assert commands.named("never") is None
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == ["add"]
    commands.set("page", [])
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == ["add", "arrival"]


class Pages:
    """A source of rows that answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Sequence[int], Callable[[Sequence[int]], None]]] = []

    def fetch(self, keys: Sequence[int], arrived: Callable[[Sequence[int]], None]) -> None:
        self.asked.append((keys, arrived))

    def answer(self) -> None:
        while self.asked:
            keys, arrived = self.asked.pop(0)
            arrived(keys)


def test_a_long_table_fetches_what_is_looked_at(qtbot: QtBot) -> None:
    parent, pages = QObject(), Pages()
    model: PagedModel[int] = PagedModel(("number",), pages.fetch, lambda row: [Cell(f"row {row}")], parent)
    model.show(range(1_000_000))
    assert model.rowCount() == 1_000_000
    first = model.index(0, 0)
    assert first.data() == "…"
    assert first.data() == "…"
    assert len(pages.asked) == 1
    pages.answer()
    assert first.data() == "row 0"
    assert model.row(5) == 5
    assert model.index(999_999, 0).data() == "…"
    pages.answer()
    assert model.index(999_999, 0).data(CELL) == Cell("row 999999")
    for number in range(PAGES_KEPT + 1):
        model.index(number * PAGE, 0).data()
        pages.answer()
    assert model.row(999_999) is None
    assert model.index(PAGES_KEPT * PAGE, 0).data() == f"row {PAGES_KEPT * PAGE}"
    model.index(500_000, 0).data()
    model.show([7, 8])
    pages.answer()  # a page of the list before: it is not taken for one of this list
    assert model.index(1, 0).data() == "…"
    pages.answer()
    assert model.index(1, 0).data() == "row 8"
    assert (model.place(8), model.place(9)) == (1, -1)


def test_a_long_table_grows_below_what_is_shown(qtbot: QtBot) -> None:
    parent, pages = QObject(), Pages()
    model: PagedModel[int] = PagedModel(("number",), pages.fetch, lambda row: [Cell(f"row {row}")], parent)
    model.show(range(5), [0, 1, 2])
    assert [model.index(at, 0).data() for at in range(5)] == ["row 0", "row 1", "row 2", "…", "…"], "the first came with the keys"
    model.grow(range(PAGE + 1))
    assert model.rowCount() == PAGE + 1
    assert model.index(1, 0).data() == "row 1", "it stays while its page is asked for"
    assert model.index(7, 0).data() == "…"
    assert [len(keys) for keys, _ in pages.asked] == [5, PAGE], "five before it grew, the whole page since"
    pages.answer()
    assert [model.index(at, 0).data() for at in (1, 4, 7, PAGE)] == ["row 1", "row 4", "row 7", "…"]
    pages.answer()
    assert model.index(PAGE, 0).data() == f"row {PAGE}"
    for at in range(PAGE + 1):
        model.index(at, 0).data()
    assert pages.asked == [], "what is here is not asked for again"
    model.grow(range(PAGE + 1))
    assert model.rowCount() == PAGE + 1


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_error_is_told_on_a_page_and_in_a_box(language: str, door: Recorded, qtbot: QtBot) -> None:
    words.use(language)
    parent = QWidget()
    qtbot.addWidget(parent)
    for code, sentence in table().items():
        fields = {name: 2 for text in (sentence.happened, sentence.means, sentence.todo) for name in gaps(text)}
        error = UserError(code, **fields)
        panel = present_errors.FailurePanel(error)
        qtbot.addWidget(panel)
        assert panel.sentence.words.text()
        assert code not in panel.sentence.words.text()
        present_errors.box(parent, error)
        assert door.asked[-1].title == panel.sentence.words.text()
        assert present_errors.brief(error).startswith(panel.sentence.words.text())


def test_a_crash_is_recorded_without_what_anybody_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    shown: list[int] = []
    hooks = crash.Crash(lambda: tmp_path, lambda: shown.append(1))

    def breaks(name: str) -> None:
        raise RuntimeError(name)

    for _ in range(2):
        try:
            breaks("Aung Myo Htet")
        except RuntimeError:
            hooks.caught(*sys.exc_info())  # type: ignore[arg-type]
    text = (tmp_path / "trouble.txt").read_text()
    assert "RuntimeError" in text
    assert "breaks" in text
    assert "Aung" not in text
    assert shown == [1]
    assert stat.S_IMODE((tmp_path / "trouble.txt").stat().st_mode) == 0o600
    crash.write(tmp_path / "absent", "x")
    assert not (tmp_path / "absent").exists()


def test_a_fresh_start_keeps_the_arguments_and_speaks_the_same_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["main.py"])
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-X", "utf8", "main.py", "--vault", "x"])
    line = restart.command("my", ["--vault", "x", "--language", "en"])
    assert line == [sys.executable, "-X", "utf8", "main.py", "--vault", "x", "--language=my"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert restart.command("en", []) == [sys.executable, "--language=en"]


def test_which_arguments_open_the_window() -> None:
    assert main.for_window([]) == {}
    assert main.for_window(["--vault", "a", "--language=my"]) == {"--vault": "a", "--language": "my"}
    assert main.for_window(["--vault"]) is None
    assert main.for_window(["--vault", "a", "people", "list"]) is None
    assert main.for_window(["--check"]) is None

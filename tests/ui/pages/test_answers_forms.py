"""Two different answers in a form of a site's own: asked and settled in the words of the form."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from desktop.services import any_form, form_library, history
from desktop.services.session import Session
from tests.desktop.services.any_forms import begun, water
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.widgets.lists import RowList


def differ(session: Session) -> bool:
    """A filled form in which two questions have two answers, as when another site wrote the second."""
    form, _ = form_library.add(session, compiled=water())
    any_form.save(session, opened=begun(session, form.id, village="ဒေါနကုန်း", wells="2", clean="clean"))
    (one,) = any_form.filled(session)
    with session.act("form") as act, session.save(act, one.folder) as save:
        save.set_known(one.id, "/data/place/clean", None, "dirty")
        save.set_known(one.id, "/data/place/wells", None, "7")
    return True


@pytest.fixture
def asked(desk: Desk) -> Desk:
    assert desk.ask(differ)
    desk.go("answers")
    desk.rest()
    return desk


def rows(desk: Desk) -> list[str]:
    listed = desk.child(RowList, "answers_list")
    return [str(listed.model().index(at, 0).data()) for at in range(listed.model().rowCount())]


def test_question_and_answers_are_told_in_the_words_of_the_form(asked: Desk, keys: Keyboard) -> None:
    assert rows(asked) == ["Is the water clean?, Water survey", "Wells, Water survey"]
    assert asked.text("page_title") == "Is the water clean?"
    assert asked.text("keep_answer") in ("Keep “Dirty”", "Keep “Clean”")
    own = asked.child(QComboBox, "own_answer")
    assert [own.itemText(at) for at in range(1, own.count())] == ["Clean", "Dirty"]
    keys.press("2", "Ctrl+Return").rest()
    assert rows(asked) == ["Wells, Water survey"]
    keys.tab_to("own_answer").write("5")
    keys.press("Ctrl+Return").rest()
    assert asked.ask(history.conflicts) == []
    (one,) = asked.ask(any_form.filled)
    opened = asked.ask(lambda session: any_form.open_saved(session, submission=one.id, language="en"))
    assert opened.form.node("/data/place/wells").value == "5"


def test_an_answer_the_question_cannot_hold_is_refused(asked: Desk, keys: Keyboard) -> None:
    keys.press("1", "Ctrl+Return").rest()
    keys.tab_to("own_answer").write("many")
    keys.press("Ctrl+Return").rest()
    assert "cannot be right" in asked.text("answers_failed_words")
    assert asked.child(QPushButton, "keep_answer").isVisible()
    assert len(asked.ask(history.conflicts)) == 1


def test_in_burmese_the_form_speaks_burmese(asked: Desk) -> None:
    asked.shell.changed_language()
    asked.rest()
    assert rows(asked)[0].startswith("ရေ သန့်ပါသလား။")
    assert not asked.faults("my")

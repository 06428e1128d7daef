"""Forms of others, dropped on the window one after the other: each is added, as it is or after what is offered, or says why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.forms.test_corpus import CORPUS
from tests.ui.pages.asking import Desk
from tests.ui.pages.test_forms import dropped, looked_at, no_progress_box, said, state
from ui.pages.forms.trying import TryingPane

assert dropped is not None  # fixtures that every test here uses
assert no_progress_box is not None

_ROUNDS = 4  # one repair may bring up the next
_FORMS = sorted(path for path in CORPUS.glob("*") if path.suffix in (".xlsx", ".xls", ".xml")) if CORPUS.is_dir() else []


@pytest.mark.slow
@pytest.mark.skipif(not _FORMS, reason="the corpus is not at hand")
def test_forms_of_others_are_looked_at_tried_out_and_added(
    desk: Desk, dropped: Callable[..., None], qtbot: QtBot
) -> None:
    added, refused = [], []
    for path in _FORMS:
        dropped(path)
        page = state(desk)
        for _ in range(_ROUNDS):
            if page.adding.lacks() == "repairs" and page.adding.found is not None:
                for one in page.adding.found.repairs:
                    page.adding.tick(one.id, True)
                looked_at(desk, qtbot)
        if page.adding.lacks() == "media":
            page.adding.go_without()
        if page.adding.lacks() == "refused":
            refused.append((path.name, said(desk)))
            continue
        page.try_added()
        desk.rest()
        pane = desk.shell.page.pane  # type: ignore[union-attr]
        assert isinstance(pane, TryingPane), path.name
        page.back()
        page.adding.add()
        desk.rest()
        assert (page.show, page.form is not None) == ("library", True), path.name
        added.append(path.name)
    assert [name for name, _ in refused] == ["simple-dag-cycle.xml"]
    assert "Some questions wait for each other in a circle." in refused[0][1]
    assert len(added) >= 26

"""Half-made changes survive, are nobody else's, and stand in no list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.births import Birth
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.values import Silence, Value
from desktop.services import edits, intake
from desktop.services.session import Session

VALUES: dict[str, Value] = {
    "name": "အောင်မျိုး", "phone": Silence.REFUSED, "mother_name": Silence.UNKNOWN, "entry_age": 17, "languages": ("my", "ksw"), "note": "",
    "birth": Birth("age", years=30, told_on="2026-11-21", about=True).value(), "sex": None,
}


def test_every_kind_of_value_comes_back(session: Session) -> None:
    assert edits.keep(session, folder=Folder.RECEPTION, name="one person", values=VALUES).kinds == frozenset()
    assert edits.kept(session, folder=Folder.RECEPTION) == {"one person": VALUES}
    assert edits.kept(session, folder=Folder.HEALTH) == {}


def test_the_last_one_counts_and_nothing_forgets(session: Session) -> None:
    for values in ({"name": "A"}, {"name": "B"}):
        edits.keep(session, folder=Folder.CONTACTS, name="one", values=values)
    edits.keep(session, folder=Folder.CONTACTS, name="two", values={"name": "C"})
    edits.keep(session, folder=Folder.CONTACTS, name="two", values={})
    assert edits.kept(session, folder=Folder.CONTACTS) == {"one": {"name": "B"}}


def test_they_are_no_forms_left_for_later(session: Session) -> None:
    edits.keep(session, folder=Folder.RECEPTION, name="one", values={"name": "A"})
    assert intake.drafts(session) == []


def test_each_volunteer_gets_their_own(sign_in: Callable[[Role], Session]) -> None:
    edits.keep(sign_in(Role.CASEWORKER), folder=Folder.RECEPTION, name="one", values={"name": "A"})
    assert edits.kept(sign_in(Role.REGISTRAR), folder=Folder.RECEPTION) == {}
    assert edits.kept(sign_in(Role.CASEWORKER), folder=Folder.RECEPTION) == {"one": {"name": "A"}}


def test_who_only_reads_keeps_nothing(sign_in: Callable[[Role], Session]) -> None:
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        edits.keep(sign_in(Role.OBSERVER), folder=Folder.RECEPTION, name="one", values={"name": "A"})


def test_a_folder_that_is_locked_stays_locked(sign_in: Callable[[Role], Session]) -> None:
    with pytest.raises(UserError, match=r"folder\.locked"):
        edits.kept(sign_in(Role.REGISTRAR), folder=Folder.CONTACTS)

"""Pages over records that no program of ours would write: another site may be newer, faulty or dishonest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.devices import SHIFT
from desktop.journal.save import Save
from desktop.services import history
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.desktop.services.test_hostile_sites import FOLDERS, MISFITS
from tests.ui.conftest import PASSPHRASE
from tests.ui.pages.asking import Desk
from ui.widgets.lists import Tabs


@pytest.fixture
def vault(vault: Path) -> Path:
    """Beside the invented people a record of each kind for each such value, each with some second answers."""
    session = Session(Vault.open(vault, PASSPHRASE))
    with saving(session, Folder.RECEPTION) as (save, elsewhere):
        for at, value in enumerate(MISFITS):
            code = f"K7M42Q{at:02d}"
            home = write(save, elsewhere, "household", value, at)
            write(save, elsewhere, "left_behind", value, at, household=home.text())
            person = write(save, elsewhere, "person", value, at, household=home.text(), name=f"Misfit {at}", state="here", code=code)
            form = {"form": "registration", "version": "1", "person_code": code, "sections": at - 3}
            save.create("submission", {**form, "/data/names/name": value, "/data/left/has_left_behind": value})
            save.event(person, "printed", {"document": value, "copy": value})
    about = [(kind, "person_code") for kind in ("health", "assessment", "note", "step", "photo")]
    for kind, sound in (("contact", "call_name"), *about):
        with saving(session, FOLDERS[kind]) as (save, elsewhere):
            for at, value in enumerate(MISFITS):
                write(save, elsewhere, kind, value, at, **{sound: f"K7M42Q{at:02d}"})
    people = [record.text() for record in session.journal(Folder.RECEPTION).records("person")]
    with saving(session, Folder.CONTACTS) as (save, elsewhere):
        for at, value in enumerate(MISFITS):
            asked = write(save, elsewhere, "tracing", value, at, name=f"Misfit {at}", state="looking", person=people[-1 - at])
            write(save, elsewhere, "reply", value, at, request=asked.text(), reply="contact")
            write(save, elsewhere, "child", value, at, person=people[-1 - at], state="open")
    session.close()
    return vault


@contextmanager
def saving(session: Session, folder: Folder) -> Iterator[tuple[Save, list[int]]]:
    """A save, and an entry that says nothing of what it writes: answers that replace it stand beside others."""
    journal = session.journal(folder)
    with journal.save("") as save:
        yield save, [journal.own.number << SHIFT | 1]


def write(save: Save, elsewhere: list[int], kind: str, value: Value, number: int, **sound: str) -> RecordId:
    """A record with this value in every field but the sound ones."""
    record = save.create(kind, {**dict.fromkeys(FIELDS[kind], value), **sound})
    for field in list(FIELDS[kind])[number % 18 :: 18]:
        save.another_answer(record, field, ["a", "b"], elsewhere)
    return record


def test_every_page_opens_over_values_that_no_field_can_hold(desk: Desk) -> None:
    for page in ("today", "people", "contacts", "families", "answers", "stick", "paper"):
        desk.go(page)
    for show in ("alone", "child", "ask", "pass_on", "wish", "request"):
        desk.go("families", show=show)
    rows = [row for row in desk.people(state="", query="Misfit") if row.name.startswith("Misfit")]
    assert len(rows) == len(MISFITS)
    for row in rows[::2]:
        desk.go("person", person=row.id)
        tabs = desk.child(Tabs, "person_tabs")
        for at in range(tabs.count()):
            tabs.setCurrentIndex(at)
            desk.rest()
    for contact in desk.ask(lambda session: list(session.journal(Folder.CONTACTS).records("contact")))[:: -5]:
        desk.go("contacts", contact=contact)
    assert desk.ask(history.conflicts)

"""kill -9 at random moments of filling forms of a site's own: nothing that was acknowledged is lost, and nothing stands there half."""

from __future__ import annotations

import os
import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.services import any_form, form_library, intake, integrity
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.desktop.services.any_forms import family, heads, put, water
from tests.faults.killing import killed

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"), pytest.mark.usefixtures("quickly")]

ROUNDS, FORMS = 16, 6
PASSPHRASE = "amber river stone lantern"


def fill(folder: Path, tell: Connection, number: int) -> None:
    """Form after form: a draft, one section saved, a repeat added to, all of it finished; tells what was done once it is safe."""
    session = Session(Vault.open(folder, PASSPHRASE))
    form = next(one.id for one in form_library.forms(session) if one.form_id == "water")
    tell.send(("open", ""))
    for at in range(FORMS):
        opened = any_form.begin(session, form=form, person=None, language="en")
        name = f"Village {number} {at}"
        put(opened, village=name, wells="3", remark="typed before")
        intake.keep(session, opened=opened)
        tell.send(("kept", name))
        any_form.save(session, opened=opened, section="/data/place")
        tell.send(("saved", name))
        family(opened, "First")
        family(opened, "Second")
        intake.keep(session, opened=opened)
        tell.send(("drafted", name))
        any_form.finish(session, opened=opened)
        tell.send(("finished", name))
    os._exit(0)


def check(session: Session, told: list[tuple[str, str]]) -> None:
    """Compares what stands with what was told."""
    rows = {}
    for row in any_form.filled(session):
        opened = any_form.open_saved(session, submission=row.id, language="en")
        rows[opened.form.node("/data/place/village").value] = (row, opened)
    drafts = {}
    for draft in intake.drafts(session):
        opened = intake.reopen(session, draft=draft.id, language="en")
        drafts[opened.form.node("/data/place/village").value] = opened
    for what, name in told:
        if what == "kept":
            assert name in rows or name in drafts, "a kept draft is neither a draft nor saved"
        elif what in ("saved", "drafted", "finished"):
            row, opened = rows[name]
            assert row.done >= 1
            assert opened.form.node("/data/remark").value == "typed before", "what was not in the saved section is in the draft"
            answered = [head for head in heads(opened) if head]  # the empty line a form begins with is nobody's answer
            assert what == "saved" or answered == ["First", "Second"], "the draft of a saved form is gone on with"
            assert what != "finished" or (row.finished and name not in drafts)
    for name, (row, _) in rows.items():
        assert not row.finished or name not in drafts, "a finished form is still a draft"
        assert row.conflicts == 0


def test_filling(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    vault, _ = Vault.create(folder, site="Riverside", name="Coordinator", passphrase=PASSPHRASE)
    session = Session(vault)
    form_library.add(session, compiled=water())
    session.close()
    chance, longest, cut = random.Random(5), 0.3, 0
    for number in range(ROUNDS):
        told = killed(lambda tell, number=number: fill(folder, tell, number), chance.uniform(0, longest))
        whole = len(told) == 1 + 4 * FORMS
        longest *= 0.7 if whole else 1.3  # about half of the rounds are cut short, on any machine
        cut += not whole
        session = Session(Vault.open(folder, PASSPHRASE))
        check(session, told)
        for row in any_form.filled(session):
            any_form.delete(session, submission=row.id)
        for draft in intake.drafts(session):
            intake.discard(session, draft=draft.id)
        session.close()
    assert cut >= ROUNDS // 4
    session = Session(Vault.open(folder, PASSPHRASE))
    assert integrity.redraw(session) == ()
    assert session.vault.damaged() == []
    session.close()

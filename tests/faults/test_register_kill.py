"""kill -9 at random moments of registering: the vault opens again, and nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.domain.folders import Folder
from desktop.services import intake, integrity, people
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.faults.killing import killed

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"), pytest.mark.usefixtures("quickly")]

ROUNDS, CARDS = 24, 12
PASSPHRASE = "amber river stone lantern"


def register(folder: Path, tell: Connection, number: int) -> None:
    """Fill card after card: each answer kept as a draft, then saved; tells the draft's text and each code once it is safe."""
    session = Session(Vault.open(folder, PASSPHRASE))
    tell.send(("open", ""))
    for at in range(CARDS):
        opened = intake.begin_arrival(session, language="en")
        name = f"Person {number} {at}"
        opened.form.set("/data/name", name)
        opened.form.set(f"{opened.form.add('/data/with_you')}/member_name", f"Member {number} {at}")
        intake.keep(session, opened=opened)
        tell.send(("kept", name))
        saved, _ = intake.save_arrival(session, opened=opened)
        tell.send(("saved", saved.code))
    os._exit(0)


def test_registering(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    Vault.create(folder, site="Riverside", name="Coordinator", passphrase=PASSPHRASE)[0].close()
    chance, longest = random.Random(3), 0.3
    codes: set[str] = set()
    cut = 0
    for number in range(ROUNDS):
        told = killed(lambda tell, number=number: register(folder, tell, number), chance.uniform(0, longest))
        whole = len(told) == 1 + 2 * CARDS
        longest *= 0.7 if whole else 1.3  # about half of the rounds are cut short, on any machine
        cut += not whole
        codes |= {text for what, text in told if what == "saved"}
        kept = [text for what, text in told if what == "kept"]
        session = Session(Vault.open(folder, PASSPHRASE))
        journal = session.journal(Folder.RECEPTION)
        known = {values["code"]: values["name"] for record in journal.records("person") for values in [journal.values(record)]}
        assert codes <= known.keys()
        half_typed = {row.title for row in intake.drafts(session)}
        for name in kept:
            assert name in half_typed or name in known.values(), "a kept draft is neither a draft nor a person"
            assert not (name in half_typed and name in known.values()), "a saved card is still a draft"
        households = [people.page(session, person=record) for record in list(journal.records("person"))[-2:]]
        assert all(page.row.household_size == 2 and page.household_fields for page in households), "half a household"
        for row in intake.drafts(session):
            intake.discard(session, draft=row.id)
        session.close()
    assert cut >= ROUNDS // 4
    session = Session(Vault.open(folder, PASSPHRASE))
    assert integrity.redraw(session) == ()
    assert session.vault.damaged() == []
    session.close()

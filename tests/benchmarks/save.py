"""What a volunteer waits for: registering a family of four, changing a field, keeping a draft; beside one bare SQLCipher transaction."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.services import intake, people
from desktop.services.session import Session
from desktop.vault.database import Database
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import Row, percentile, timed

ROUNDS = 60


def rows() -> list[Row]:
    """Each act `ROUNDS` times on a fresh vault."""
    with tempfile.TemporaryDirectory() as place:
        vault, _ = Vault.create(Path(place) / "vault", site="Bench", name="Bench", passphrase="bench bench bench bench", hardness=FLOOR)
        session = Session(vault)
        kept, registered, changed = [], [], []
        for number in range(ROUNDS):
            opened = _card(session, number)
            kept.append(timed(lambda opened=opened: intake.keep(session, opened=opened)))
            registered.append(timed(lambda opened=opened: intake.save_arrival(session, opened=opened)))
        person = people.rows(session, keys=people.find(session).keys[:1])[0].id
        for number in range(ROUNDS):
            changed.append(timed(lambda number=number: people.change(session, record=person, values={"note": f"Note {number}"})))
        session.close()
        bare = _bare(Path(place) / "bare.db")
    peer, figure = "bare SQLCipher transaction of one row", percentile(bare, 0.5) * 1000
    return [
        Row("keep a half-typed card, half of the times", percentile(kept, 0.5) * 1000, "ms", None, peer, figure),
        Row("register a family of four, half of the times", percentile(registered, 0.5) * 1000, "ms", None, peer, figure),
        Row("register a family of four, 95 of 100", percentile(registered, 0.95) * 1000, "ms"),
        Row("change one field with its list and search, half of the times", percentile(changed, 0.5) * 1000, "ms", None, peer, figure),
    ]


def _card(session: Session, number: int) -> intake.Open:
    opened = intake.begin_arrival(session, language="en")
    opened.form.set("/data/name", f"အောင်မျိုး {number}")
    opened.form.set("/data/age", "29")
    for member in range(3):
        opened.form.set(f"{opened.form.add('/data/with_you')}/member_name", f"Member {number} {member}")
    return opened


def _bare(path: Path) -> list[float]:
    database = Database.create(path, b"k" * 32)
    database.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB)")

    def write() -> None:
        with database.transaction():
            database.execute("INSERT INTO rows (body) VALUES (?)", (b"b" * 300,))

    found = [timed(write) for _ in range(ROUNDS)]
    database.close()
    return found

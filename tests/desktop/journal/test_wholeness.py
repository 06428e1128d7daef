"""Finding what is wrong, making tables anew, and the shape of the tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.journal import journal as journals
from desktop.vault.database import Database
from tests.desktop.journal.sites import Site, share

SCHEMA = Path(journals.__file__).parent / "schema.sql"


def schema(database: Database) -> str:
    """Every table and index of the journal, as SQLite tells them."""
    rows = database.execute(
        "SELECT sql FROM sqlite_schema WHERE name LIKE 'journal%' AND sql IS NOT NULL ORDER BY type DESC, name"
    ).fetchall()
    return "".join(f"{sql};\n" for (sql,) in rows)


def test_the_schema_file_is_what_the_migrations_make(tmp_path: Path) -> None:
    database = Database.create(tmp_path / "r", bytes(32))
    database.migrate(journals.MIGRATIONS, "journal")
    made = schema(database)
    database.close()
    assert SCHEMA.read_text(encoding="utf-8") == made, f"write this to {SCHEMA.name}:\n{made}"


@pytest.fixture
def busy(a: Site, b: Site) -> Site:
    """Two sites' entries, with a disagreement, a set, an event and its reversal, and an erased record."""
    person = a.create(name="A", sex="man")
    with a.journal.save() as save:
        event = save.event(person, "stipend", {"sum": 5})
        save.add(person, "languages", "my")
        gone = save.create("person", {"name": "gone"})
    share(a, b)
    a.set(person, name="from A")
    b.set(person, name="from B")
    with b.journal.save() as save:
        save.reverse(person, event)
        save.erase(gone)
    share(a, b)
    return b


def test_a_whole_journal_has_no_flaws(a: Site, busy: Site) -> None:
    for site in (a, busy):
        assert site.journal.check() == ()
        before = site.rows()
        assert all(before[table] for table in before if table != "journal_awaited")
        site.journal.rebuild()
        assert site.rows() == before


TAMPERING = {
    "UPDATE journal_entry SET body = x'80' WHERE mark = 0 AND id = (SELECT max(id) FROM journal_entry WHERE mark = 0)": {"chain"},
    "UPDATE journal_entry SET at = at + 1 WHERE id = (SELECT min(id) FROM journal_entry)": {"chain"},
    "UPDATE journal_entry SET author = 3 - author WHERE id = (SELECT max(id) FROM journal_entry)": {"chain"},
    "UPDATE journal_entry SET hash = zeroblob(32) WHERE id = (SELECT max(id) FROM journal_entry)": {"chain"},
    "DELETE FROM journal_entry WHERE mark = 1 OR id = (SELECT max(id) FROM journal_entry)": {"chain"},
    "UPDATE journal_device SET hash = zeroblob(32)": {"chain"},
    "UPDATE journal_device SET certificate = zeroblob(96)": {"certificate", "signature"},
    "UPDATE journal_checkpoint SET signature = zeroblob(64)": {"signature"},
    "UPDATE journal_record SET kind = 'household'": {"table"},
    "UPDATE journal_record SET hidden = 1": {"table"},
    "UPDATE journal_record SET state = x'80' WHERE hidden = 0": {"table"},
    "DELETE FROM journal_record": {"table"},
    "DELETE FROM journal_differ": {"table"},
    "INSERT INTO journal_differ SELECT key, 'sex' FROM journal_record": {"table"},
    "DELETE FROM journal_event": {"table"},
    "UPDATE journal_event SET kind = 'note'": {"table"},
    "DELETE FROM journal_reversal": {"table"},
    "INSERT INTO journal_awaited SELECT key + 9, key, 'name', '' FROM journal_record": {"table"},
}


@pytest.mark.parametrize("sql", TAMPERING)
def test_every_tampering_is_found(busy: Site, sql: str) -> None:
    busy.database.execute(sql)
    assert {flaw.code for flaw in busy.journal.check()} == TAMPERING[sql]
    if TAMPERING[sql] == {"table"}:
        busy.journal.rebuild()
        assert busy.journal.check() == ()


def test_the_state_hash_tells_sites_apart(a: Site, b: Site, make: Callable[..., Site]) -> None:
    seen = {a.journal.state_hash(), make(3).journal.state_hash()}
    assert len(seen) == 1, "two empty sites are alike"
    person = a.create(name="A")
    seen.add(a.journal.state_hash())
    with a.journal.save() as save:
        save.add(person, "languages", "my")
    seen.add(a.journal.state_hash())
    with a.journal.save() as save:
        save.delete(person)
    seen.add(a.journal.state_hash())
    with a.journal.save() as save:
        save.event(person, "note", {})
    seen.add(a.journal.state_hash())
    assert len(seen) == 5
    b.read(a.news())
    assert b.journal.state_hash() == a.journal.state_hash()

"""Saving and reading at one site."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import Stamp
from desktop.domain.values import Silence
from desktop.journal.codec import Damaged
from desktop.journal.journal import Journal
from desktop.vault.database import Database
from desktop.vault.identity import new_device
from tests.desktop.journal.sites import ROOTS, START, SeenPeople, Site

BIRTH = {"precision": "age", "years": 31, "told_on": "2026-03-01", "about": True}


def test_an_arrival_is_one_save(a: Site) -> None:
    with a.journal.save("arrival") as save:
        household = save.create("household", {"code": "K7M42QXP"})
        person = save.create("person", {"name": "အောင်မျိုး", "household": household.text(), "sex": Silence.REFUSED, "birth": BIRTH, "note": None})
        save.add(person, "languages", "my", "ksw")
        talk = save.event(person, "talk", {"words": "အင်္ဂလိပ်"})
    assert a.journal.values(person) == {
        "name": "အောင်မျိုး", "household": household.text(), "sex": Silence.REFUSED, "birth": BIRTH, "languages": ("ksw", "my"),
    }  # fmt: skip
    assert save.saved.act == "arrival"
    assert save.saved.records == {household, person}
    assert save.saved.kinds == {"person", "household"}
    assert save.saved.stamps == (household, person, talk)
    assert a.journal.kind(person) == "person"
    assert list(a.journal.records("person")) == [person]
    assert a.journal.record(a.journal.key(person) or 0) == person
    assert a.journal.sets(person) == {"languages": ("ksw", "my")}
    head = a.journal.heads(person)["name"][0]
    assert (head.stamp, head.author, head.site, head.value) == (person, "v0", a.root, "အောင်မျိုး")
    assert (head.at - START).total_seconds() < 60
    told = a.journal.events(person, "talk")
    assert [(event.stamp, event.values, event.reversed_by) for event in told] == [(talk, {"words": "အင်္ဂလိပ်"}, None)]
    assert a.journal.events(person, "payment") == ()


def test_equal_values_are_not_written_again(a: Site) -> None:
    person = a.create(name="A", sex=Silence.UNKNOWN, birth=BIRTH, tags=("x", "y"), n=1)
    with a.journal.save("change") as save:
        save.set(person, {"name": "A", "sex": Silence.UNKNOWN, "birth": dict(reversed(BIRTH.items())), "tags": ["x", "y"], "n": 1, "none": None})
        save.add(person, "languages")
        save.remove(person, "languages", "my")
        save.restore(person)
    assert save.saved.stamps == ()
    with a.journal.save("change") as save:
        save.set(person, {"n": True, "sex": "unknown"})
    assert a.journal.values(person)["n"] is True
    assert a.journal.values(person)["sex"] == "unknown"


def test_within_a_save_the_last_word_counts(a: Site) -> None:
    person = a.create(name="A")
    with a.journal.save() as save:
        save.set(person, {"name": "B"})
        save.set(person, {"name": "A"})
        save.add(person, "languages", "my", "en")
        save.remove(person, "languages", "my")
        save.add(person, "languages", "en")
        fresh = save.create("person", {"name": "X"})
        save.set(fresh, {"name": "Y", "sex": "man"})
        save.delete(fresh)
    assert len(save.saved.stamps) == 2
    assert a.journal.values(person) == {"name": "A", "languages": ("en",)}
    assert len(a.journal.history(person)) == 2
    assert a.journal.deleted(fresh)
    assert a.journal.values(fresh) == {"name": "Y", "sex": "man"}


def test_a_cleared_field_is_no_value_but_an_answer(a: Site) -> None:
    person = a.create(name="A")
    a.set(person, name=None)
    assert a.journal.values(person) == {}
    assert [head.value for head in a.journal.heads(person)["name"]] == [None]
    a.set(person, name="B")
    assert a.journal.values(person) == {"name": "B"}


def test_choose_makes_exactly_these(a: Site) -> None:
    person = a.create()
    for wanted in (["my", "en"], ["en", "ksw"], [], ["my"], ["my"]):
        with a.journal.save() as save:
            save.choose(person, "languages", wanted)
        assert a.journal.sets(person).get("languages", ()) == tuple(sorted(wanted))
    assert save.saved.stamps == ()


def test_a_failed_block_writes_nothing(a: Site) -> None:
    person = a.create(name="A")
    before, versions = a.rows(), a.journal.versions()
    with pytest.raises(ZeroDivisionError), a.journal.save() as save:  # noqa: PT012
        save.set(person, {"name": "B"})
        save.create("person", {})
        raise ZeroDivisionError
    assert (a.rows(), a.journal.versions()) == (before, versions)
    with pytest.raises(ZeroDivisionError), a.database.transaction():  # noqa: PT012
        a.set(person, name="C")
        a.create(name="D")
        raise ZeroDivisionError
    assert a.rows() == before
    a.set(person, name="E")
    assert a.journal.versions()[a.device.public] == 2
    assert a.journal.check() == ()


def test_saves_join_an_outer_transaction(a: Site) -> None:
    with a.database.transaction():
        a.journal.drafts.keep("d", "arrival", b"x")
        person = a.create(name="A")
        a.set(person, name="B")
        a.journal.drafts.discard("d")
    assert a.journal.values(person) == {"name": "B"}
    assert a.journal.check() == ()


@pytest.mark.parametrize("name", ["", "*deleted", "*x", "a\nb", "x" * 201])
def test_names_that_are_none(a: Site, name: str) -> None:
    person = a.create()
    with pytest.raises(Damaged), a.journal.save() as save:
        save.set(person, {name: "x"})
    with pytest.raises(Damaged), a.journal.save() as save:
        save.add(person, name, "x")
    with pytest.raises(Damaged), a.journal.save() as save:
        save.event(person, "note", {name: "x"})
    for element in ("", "a\0b"):
        with pytest.raises(Damaged), a.journal.save() as save:
            save.add(person, "languages", element)
    for kind in ("", "x" * 65):
        with pytest.raises(Damaged), a.journal.save() as save:
            save.create(kind, {})


def test_what_is_not_here(a: Site, b: Site) -> None:
    elsewhere = b.create(name="B")
    for record in (elsewhere, Stamp(a.device.public, 99)):
        for ask in (a.journal.values, a.journal.heads, a.journal.kind, a.journal.events, a.journal.sets, a.journal.deleted):
            with pytest.raises(UserError) as caught:
                ask(record)
            assert caught.value.code == "record.missing"
        for act in ("set", "delete", "restore", "erase", "settle"):
            arguments = {"set": [{"x": 1}], "settle": ["x", 1]}.get(act, [])
            with pytest.raises(UserError), a.journal.save() as save:
                getattr(save, act)(record, *arguments)
        assert a.journal.history(record) == ()


def test_history_tells_each_entry(a: Site) -> None:
    person = a.create(name="A", sex="man")
    with a.journal.save("change") as save:
        save.set(person, {"name": "B", "sex": None})
        save.add(person, "languages", "my")
    with a.journal.save("pay") as save:
        payment = save.event(person, "stipend", {"sum": 500})
    with a.journal.save("mistake") as save:
        save.reverse(person, payment)
        save.reverse(person, payment)
    with a.journal.save("take off") as save:
        save.delete(person)
    with a.journal.save("bring back") as save:
        save.restore(person)
    lines = a.journal.history(person)
    assert [(line.what, line.act) for line in lines] == [
        ("restored", "bring back"), ("deleted", "take off"), ("reversed", "mistake"), ("event", "pay"), ("changed", "change"),
        ("created", "create"),
    ]  # fmt: skip
    assert {(c.field, c.before, c.after, c.of_set) for c in lines[4].changes} == {
        ("name", "A", "B", False), ("sex", "man", None, False), ("languages", None, "my", True),
    }  # fmt: skip
    assert lines[3].event == "stipend"
    assert a.journal.events(person)[0].reversed_by == lines[2].stamp
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert not a.journal.deleted(person)


def test_deleted_records_are_off_the_lists(a: Site) -> None:
    one, two = a.create(name="A"), a.create(name="B")
    with a.journal.save() as save:
        save.delete(one)
    assert list(a.journal.records("person")) == [two]
    assert list(a.journal.records("person", deleted=True)) == [one]
    assert [row[1] for row in a.rows(shared=True)["seen_person"]] == ["person"]
    with a.journal.save() as save:
        save.restore(one)
    assert list(a.journal.records("person")) == [one, two]
    assert len(a.rows(shared=True)["seen_person"]) == 2


def test_drafts_stay_here(a: Site, b: Site) -> None:
    drafts = a.journal.drafts
    drafts.keep("one", "arrival", b"first")
    drafts.keep("two", "registration", "ကြည့်".encode())
    drafts.keep("one", "arrival", b"second")
    kept = drafts.read("one")
    assert kept is not None
    assert (kept.body, kept.author, kept.kind) == (b"second", "v0", "arrival")
    assert [draft.id for draft in drafts.list()] == ["one", "two"]
    assert [draft.id for draft in drafts.list("registration")] == ["two"]
    b.read(a.news())
    assert b.journal.drafts.list() == []
    assert drafts.discard("one")
    assert not drafts.discard("one")
    assert drafts.read("one") is None


def test_a_journal_opens_again_as_it_was(tmp_path: Path) -> None:
    device = new_device(ROOTS[0])
    database = Database.create(tmp_path / "r", bytes(32))
    journal = Journal(database, Folder.RECEPTION, device, "v1", lambda: START, [SeenPeople()])
    with journal.save() as save:
        person = save.create("person", {"name": "A"})
    database.close()
    database = Database.open(tmp_path / "r", bytes(32))
    journal = Journal(database, Folder.RECEPTION, device, "v2", lambda: START, [SeenPeople()])
    with journal.save() as save:
        save.set(person, {"name": "B"})
    assert [line.author for line in journal.history(person)] == ["v2", "v1"]
    assert journal.check() == ()
    database.execute("UPDATE area_versions SET version = 99")
    with pytest.raises(KnownFault, match=r"vault\.newer"):
        Journal(database, Folder.RECEPTION, device, "v1", lambda: START)
    database.close()


def test_a_new_device_goes_on_in_a_copied_file(tmp_path: Path, a: Site) -> None:
    """A vault that was copied or restored gets a new device; what the old one wrote stays readable and is replaced as usual."""
    person = a.create(name="A")
    second = Journal(a.database, Folder.RECEPTION, new_device(ROOTS[0]), "v9", a.clock, [SeenPeople()])
    with second.save() as save:
        save.set(person, {"name": "B"})
        save.create("person", {"name": "new"})
    assert second.values(person) == {"name": "B"}
    assert len(second.versions()) == 2
    assert second.check() == ()


def test_a_clock_that_jumps_changes_no_order(a: Site) -> None:
    person = a.create(name="A")
    a.clock.turn(days=-400)
    a.set(person, name="B")
    a.clock.turn(days=800)
    a.set(person, name="C")
    a.clock.turn(days=-400)
    a.set(person, name="D")
    lines = a.journal.history(person)
    assert a.journal.values(person) == {"name": "D"}
    assert a.journal.conflicts() == []
    assert [line.changes[0].after for line in lines] == ["D", "C", "B", "A"]
    assert abs((lines[0].at - START).days) < 2, "a wrong year is left again"

"""Taking a save back."""

from __future__ import annotations

from desktop.journal.journal import DELETED
from tests.desktop.journal.sites import Site, share


def test_undo_restores_what_stood(a: Site) -> None:
    person = a.create(name="A", sex="man")
    with a.journal.save() as save:
        save.add(person, "languages", "my", "en")
        event = save.event(person, "stipend", {"sum": 500})
    before = a.journal.values(person)
    with a.journal.save("change") as save:
        save.set(person, {"name": "B", "sex": None, "note": "new"})
        save.add(person, "languages", "ksw")
        save.remove(person, "languages", "my")
        second = save.event(person, "stipend", {"sum": 700})
        save.reverse(person, event)
    undone = a.journal.undo(save.saved)
    assert a.journal.values(person) == before
    told = {stamp: by is None for stamp, by in ((one.stamp, one.reversed_by) for one in a.journal.events(person))}
    assert told[event] is False, "a reversal stays; the payment is made anew"
    assert told[second] is False
    assert [one.values for one in a.journal.events(person) if one.reversed_by is None] == [{"sum": 500}]
    assert undone.act == "undo"
    assert undone.records == {person}
    lines = a.journal.history(person)
    assert {line.stamp for line in lines if line.undone} == set(save.saved.stamps)
    assert a.journal.undo(save.saved).stamps == (), "there is nothing left to take back"


def test_undo_of_undo(a: Site) -> None:
    person = a.create(name="A")
    with a.journal.save() as save:
        save.set(person, {"name": "B"})
    undone = a.journal.undo(save.saved)
    assert a.journal.values(person) == {"name": "A"}
    again = a.journal.undo(undone)
    assert a.journal.values(person) == {"name": "B"}
    a.journal.undo(again)
    assert a.journal.values(person) == {"name": "A"}


def test_one_save_after_another(a: Site) -> None:
    with a.journal.save("arrival") as first:
        person = first.create("person", {"name": "A"})
        first.event(person, "note", {"text": "x"})
    with a.journal.save("change") as second:
        second.set(person, {"name": "B"})
    with a.journal.save("change") as third:
        third.set(person, {"name": "C", "sex": "man"})
    for saved, values in ((third.saved, {"name": "B"}), (second.saved, {"name": "A"})):
        a.journal.undo(saved)
        assert a.journal.values(person) == values
    a.journal.undo(first.saved)
    assert a.journal.deleted(person)
    assert a.rows(shared=True) == {"seen_person": []}
    assert a.journal.conflicts() == []


def test_a_later_change_is_left_alone(a: Site, b: Site) -> None:
    person = a.create(name="A", sex="man")
    share(a, b)
    with a.journal.save() as save:
        save.set(person, {"name": "B", "sex": "woman"})
        save.add(person, "languages", "my")
    share(a, b)
    b.set(person, name="C")
    with b.journal.save() as other:
        other.remove(person, "languages", "my")
        other.add(person, "languages", "my")
    share(a, b)
    a.journal.undo(save.saved)
    assert a.journal.values(person) == {"name": "C", "sex": "man"}


def test_a_record_that_somebody_worked_on_is_not_taken_away(a: Site, b: Site) -> None:
    with a.journal.save() as save:
        person = save.create("person", {"name": "A"})
        household = save.create("household", {})
    share(a, b)
    b.set(person, sex="man")
    share(a, b)
    a.journal.undo(save.saved)
    assert not a.journal.deleted(person)
    assert a.journal.values(person) == {"name": "A", "sex": "man"}
    assert a.journal.deleted(household)


def test_a_creation_taken_back_is_seen_if_somebody_changed_it_meanwhile(a: Site, b: Site) -> None:
    with a.journal.save() as save:
        person = save.create("person", {"name": "A"})
    share(a, b)
    b.set(person, sex="man")
    a.journal.undo(save.saved)
    assert a.journal.deleted(person)
    share(a, b)
    for site in (a, b):
        assert site.journal.conflicts() == [(person, DELETED)]
        assert not site.journal.deleted(person)


def test_deletion_and_restoring(a: Site) -> None:
    person = a.create(name="A")
    with a.journal.save() as deletion:
        deletion.delete(person)
    undone = a.journal.undo(deletion.saved)
    assert not a.journal.deleted(person)
    a.journal.undo(undone)
    assert a.journal.deleted(person)


def test_two_answers_come_back_as_two(a: Site, b: Site) -> None:
    person = a.create(name="A")
    share(a, b)
    a.set(person, name="from A")
    b.set(person, name="from B")
    share(a, b)
    with a.journal.save("settle") as save:
        save.settle(person, "name", "third")
    assert a.journal.conflicts() == []
    a.journal.undo(save.saved)
    assert a.journal.conflicts() == [(person, "name")]
    assert {head.value for head in a.journal.heads(person)["name"]} == {"from A", "from B"}
    share(a, b)
    assert b.journal.conflicts() == [(person, "name")]
    assert a.journal.check() == b.journal.check() == ()


def test_what_was_erased_stays_erased(a: Site) -> None:
    with a.journal.save() as save:
        person = save.create("person", {"name": "A"})
    with a.journal.save() as erasing:
        erasing.erase(person)
    assert a.journal.undo(save.saved).stamps == ()
    assert a.journal.undo(erasing.saved).stamps == ()

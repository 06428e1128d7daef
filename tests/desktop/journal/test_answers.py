"""Two different answers: seen by everybody, settled for everybody. Sets, events and deletions of several sites."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.ids import RecordId
from desktop.domain.values import Silence
from desktop.journal.journal import DELETED
from tests.desktop.journal.sites import Site, share


@pytest.fixture
def person(a: Site, b: Site, c: Site) -> RecordId:
    """A person whom all three sites know."""
    made = a.create(name="A", sex="man")
    share(a, b, c)
    return made


def test_two_answers_are_seen_everywhere_and_settled_everywhere(a: Site, b: Site, c: Site, person: RecordId) -> None:
    a.set(person, name="from A")
    b.clock.turn(hours=1)
    b.set(person, name="from B")
    share(a, b, c)
    for site in (a, b, c):
        assert site.journal.conflicts() == [(person, "name")]
        assert [head.value for head in site.journal.heads(person)["name"]] == ["from B", "from A"]
        assert site.journal.values(person)["name"] == "from B"
    with c.journal.save("settle") as save:
        save.settle(person, "name", "from A")
    share(a, b, c)
    for site in (a, b, c):
        assert site.journal.conflicts() == []
        assert [head.value for head in site.journal.heads(person)["name"]] == ["from A"]
    assert len({site.journal.state_hash() for site in (a, b, c)}) == 1


def test_the_reader_is_told_of_new_disagreements(a: Site, b: Site, person: RecordId) -> None:
    a.set(person, name="from A")
    b.set(person, name="from B", sex="woman")
    received = a.read(b.news(a.journal.versions()))
    assert received.conflicts == ((person, "name"),)
    assert (received.entries, received.new, received.changed, received.kinds) == (1, (), (person,), {"person"})
    assert a.read(b.news()).conflicts == ()


@pytest.mark.parametrize("value", ["same", Silence.REFUSED, ("x", "y"), {"precision": "year", "born": "1990"}, None])
def test_equal_answers_are_no_disagreement(a: Site, b: Site, c: Site, person: RecordId, value: object) -> None:
    a.set(person, name=value)
    b.set(person, name=value)
    share(a, b, c)
    assert c.journal.conflicts() == []
    assert len(c.journal.heads(person)["name"]) == 2
    c.set(person, name="next")
    share(a, b, c)
    assert [head.value for head in a.journal.heads(person)["name"]] == ["next"]
    assert a.journal.conflicts() == []


def test_an_ordinary_change_does_not_settle_silently(a: Site, b: Site, c: Site, person: RecordId) -> None:
    a.set(person, name="from A")
    b.clock.turn(hours=1)
    b.set(person, name="from B")
    share(a, b)
    a.set(person, name="from B", sex="woman")
    assert a.journal.conflicts() == [(person, "name")], "the form was saved again as it was shown"
    a.set(person, name="corrected B")
    assert {head.value for head in a.journal.heads(person)["name"]} == {"corrected B", "from A"}
    with a.journal.save("settle") as save:
        save.settle(person, "name", "corrected B")
    share(a, b, c)
    assert c.journal.conflicts() == []


def test_two_settlements_that_agree_or_not(a: Site, b: Site, c: Site, person: RecordId) -> None:
    a.set(person, name="from A", sex="one")
    b.set(person, name="from B", sex="two")
    share(a, b, c)
    for site, sex in ((a, "one"), (b, "two")):
        with site.journal.save("settle") as save:
            save.settle(person, "name", "agreed")
            save.settle(person, "sex", sex)
    share(a, b, c)
    assert c.journal.conflicts() == [(person, "sex")]
    assert c.journal.values(person)["name"] == "agreed"


def test_what_is_replaced_may_come_last(a: Site, b: Site, c: Site, make: Callable[..., Site], person: RecordId) -> None:
    """B replaces what A wrote; D hears of B's answer first."""
    a.set(person, name="first")
    share(a, b)
    b.set(person, name="second")
    d = make(3)
    d.read([chain for chain in b.news() if chain.device == b.device.public])
    assert list(d.journal.records("person")) == []
    assert d.rows(shared=True) == {"seen_person": []}
    d.read(a.news())
    assert d.journal.values(person)["name"] == "second"
    assert len(d.journal.heads(person)["name"]) == 1
    assert d.journal.conflicts() == []
    share(a, b, c, d)
    assert d.journal.state_hash() == c.journal.state_hash()
    assert d.rows()["journal_awaited"] == []


def test_sets_keep_what_somebody_else_put_in(a: Site, b: Site, c: Site, person: RecordId) -> None:
    for site, elements in ((a, ("my", "en")), (b, ("en", "ksw"))):
        with site.journal.save() as save:
            save.add(person, "languages", *elements)
    share(a, b)
    assert a.journal.sets(person)["languages"] == ("en", "ksw", "my")
    with a.journal.save() as save:
        save.remove(person, "languages", "en", "my")
    with b.journal.save() as save:
        save.remove(person, "languages", "my")
    with b.journal.save() as save:
        save.add(person, "languages", "my")
    share(a, b, c)
    for site in (a, b, c):
        assert site.journal.sets(person)["languages"] == ("ksw", "my")
        assert site.journal.conflicts() == []


def test_events_of_two_sites_add_up(a: Site, b: Site, c: Site, person: RecordId) -> None:
    stamps = []
    for site in (a, b):
        with site.journal.save() as save:
            stamps.append(save.event(person, "stipend", {"sum": 500}))
        b.clock.turn(hours=1)
    share(a, b, c)
    for site in (a, b):
        with site.journal.save() as save:
            save.reverse(person, stamps[0])
    share(a, b, c)
    for site in (a, b, c):
        assert [(event.stamp, event.reversed_by is None) for event in site.journal.events(person)] == [(stamps[0], False), (stamps[1], True)]
    assert a.journal.state_hash() == b.journal.state_hash() == c.journal.state_hash()


def test_a_reversal_may_come_before_its_event(a: Site, b: Site, c: Site, make: Callable[..., Site], person: RecordId) -> None:
    with a.journal.save() as save:
        event = save.event(person, "stipend", {"sum": 500})
    share(a, b)
    with b.journal.save() as save:
        save.reverse(person, event)
    d = make(3)
    d.read([chain for chain in b.news() if chain.device == b.device.public])
    d.read(a.news())
    assert [told.reversed_by is None for told in d.journal.events(person)] == [False]


def test_a_deletion_that_saw_everything_holds(a: Site, b: Site, c: Site, person: RecordId) -> None:
    with b.journal.save() as save:
        save.delete(person)
    share(a, b, c)
    for site in (a, b, c):
        assert site.journal.deleted(person)
        assert site.journal.conflicts() == []
        assert site.rows(shared=True) == {"seen_person": []}


def test_a_deletion_never_hides_a_change_it_did_not_see(a: Site, b: Site, c: Site, person: RecordId) -> None:
    with a.journal.save() as save:
        save.delete(person)
    b.set(person, name="still needed")
    share(a, b, c)
    for site in (a, b, c):
        assert not site.journal.deleted(person)
        assert site.journal.conflicts() == [(person, DELETED)]
        assert site.journal.values(person)["name"] == "still needed"
        assert len(site.rows(shared=True)["seen_person"]) == 1
    for answer in (True, False):
        with c.journal.save("settle") as save:
            save.settle(person, DELETED, answer)
        share(a, b, c)
        for site in (a, b, c):
            assert site.journal.deleted(person) is answer
            assert site.journal.conflicts() == []


def test_deleted_here_and_restored_there(a: Site, b: Site, c: Site, person: RecordId) -> None:
    with a.journal.save() as save:
        save.delete(person)
    share(a, b)
    with b.journal.save() as save:
        save.restore(person)
    b.set(person, name="back")
    with a.journal.save() as save:
        save.restore(person)
    with a.journal.save() as save:
        save.delete(person)
    share(a, b, c)
    for site in (a, b, c):
        assert site.journal.conflicts() == [(person, DELETED)]
        assert not site.journal.deleted(person)
    with a.journal.save() as save:
        save.restore(person)
    share(a, b, c)
    assert b.journal.conflicts() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["name", "sex"]), st.sampled_from(["x", "y", None])), max_size=8),
    shared=st.integers(0, 8),
)
def test_every_true_disagreement_is_seen(
    make: Callable[..., Site], edits: list[tuple[int, str, str | None]], shared: int
) -> None:
    """A model beside it: an answer stands until one that knew of it takes its place."""
    sites = [make(number) for number in range(3)]
    person = sites[0].create(name="x", sex="x")
    share(*sites, rounds=1)
    first = {"name": "x", "sex": "x"}
    answers: dict[str, dict[int, str | None]] = {name: {-1: value} for name, value in first.items()}
    known = [{name: {-1} for name in first} for _ in sites]
    for number, (which, name, value) in enumerate(edits):
        if number == shared:
            share(*sites)
            standing = {name: set(values) for name, values in answers.items()}
            known = [{name: set(keys) for name, keys in standing.items()} for _ in sites]
        shown = sites[which].journal.values(person).get(name)
        if shown == value:
            continue
        mine = known[which][name]
        replaced = {key for key in mine if key in answers[name] and answers[name][key] == shown}
        sites[which].set(person, **{name: value})
        mine -= replaced
        mine.add(number)
        answers[name] = {key: kept for key, kept in answers[name].items() if key not in replaced}
        answers[name][number] = value
    share(*sites)
    wanted = [(person, name) for name in sorted(answers) if len(set(answers[name].values())) > 1]
    for site in sites:
        assert site.journal.conflicts() == wanted
        for name in answers:
            assert {head.value for head in site.journal.heads(person)[name]} == set(answers[name].values())


def test_pieces_in_any_order_give_one_state(a: Site, b: Site, c: Site, make: Callable[..., Site], person: RecordId) -> None:
    """Three sites' single entries, in all orders of six pieces."""
    pieces = []
    for site in (a, b, c):
        versions = site.journal.versions()
        site.set(person, name=site.journal.author)
        pieces += [chain for chain in site.news(versions) if chain.device == site.device.public]
    known = a.journal.versions()
    share(a, b)
    with a.journal.save("settle") as save:
        save.settle(person, "name", "done")
    later = a.journal.versions()
    pieces += [chain for chain in a.news({**later, a.device.public: known[a.device.public]}) if chain.device == a.device.public]
    with c.journal.save() as save:
        save.delete(person)
    pieces += [chain for chain in c.news() if chain.device == c.device.public]
    hashes = set()
    for order in list(permutations(pieces))[::7]:
        late = make(3)
        for piece in order:
            late.read([piece])
        late.read(a.news())
        late.read(c.news())
        hashes.add(late.journal.state_hash())
        assert late.journal.check() == ()
    assert len(hashes) == 1

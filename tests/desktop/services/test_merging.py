"""Two records found to be one person or household, made one and made two again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import history, merging, people
from desktop.services.session import Session
from desktop.services.standing import codes_of, joined, standing
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.stretching import quick

Carry = Callable[[Session, Session], object]
HTET: Mapping[str, Value] = {"name": "Aung Myo Htet", "township": "Hpa-An", "father_name": "U Ba", "languages": ("my",)}
AGAIN: Mapping[str, Value] = {"name": "အောင်မျိုးထက်", "township": "Hpa-an", "phone": "0912345678", "languages": ("ksw",)}


def person(session: Session, values: Mapping[str, Value], home: RecordId | None = None) -> RecordId:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        single = {name: value for name, value in values.items() if not isinstance(value, tuple)}
        where = {"household": home.text()} if home else {}
        record = save.create("person", {"code": codes.new(), "state": "here", "arrived": "2026-11-20T10:00", **single, **where})
        for name, value in values.items():
            if isinstance(value, tuple):
                save.add(record, name, *value)
    return record


def household(session: Session) -> RecordId:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        return save.create("household", {"code": codes.new(), "arrived": "2026-11-20T10:00"})


def values(session: Session, record: RecordId) -> dict[str, Value]:
    return session.journal(Folder.RECEPTION).values(record)


def listed(session: Session, query: str = "") -> list[RecordId]:
    return [row.id for row in people.rows(session, keys=people.find(session, query=query).keys)]


def code(session: Session, record: RecordId) -> str:
    return str(values(session, record)["code"])


@pytest.fixture
def two(session: Session) -> tuple[RecordId, RecordId]:
    return person(session, HTET), person(session, AGAIN)


def test_nothing_of_either_is_gone(session: Session, two: tuple[RecordId, RecordId]) -> None:
    first, second = two
    plan = merging.plan(session, one=second, two=first)
    assert (plan.stands, plan.other) == (first, second)
    assert [choice.field.name for choice in plan.choices if choice.differ] == ["name", "township"]
    stands, changes = merging.merge(session, one=second, two=first, take={"name": "one"})
    assert stands == first
    assert "person" in changes.kinds
    now = values(session, first)
    assert (now["name"], now["township"], now["father_name"], now["phone"]) == ("အောင်မျိုးထက်", "Hpa-An", "U Ba", "0912345678")
    assert set(now["languages"]) == {"my", "ksw"}  # type: ignore[arg-type]
    assert now["other_names"] == ("Aung Myo Htet",)
    assert values(session, second)["name"] == "အောင်မျိုးထက်"
    assert listed(session) == [first]


def test_both_codes_find_the_one_who_stands(session: Session, two: tuple[RecordId, RecordId]) -> None:
    first, second = two
    merging.merge(session, one=first, two=second, take={})
    for record in two:
        assert listed(session, codes.shown(code(session, record))) == [first]
        assert people.page(session, person=record).row.id == first
        assert set(codes_of(session, code(session, record))) == {code(session, first), code(session, second)}
    assert standing(session, second) == first
    assert joined(session, first) == (second,)
    people.change_health(session, person=first, values={"allergies": "penicillin"})
    merging.unmerge(session, record=second)
    people.change_health(session, person=second, values={"chronic": "asthma"})
    merging.merge(session, one=first, two=second, take={})
    health = people.page(session, person=first).health
    assert health is not None
    assert {"allergies", "chronic"} <= set(health)


def test_made_two_again_after_changes(session: Session, two: tuple[RecordId, RecordId]) -> None:
    first, second = two
    before = {record: values(session, record) for record in two}
    merging.merge(session, one=first, two=second, take={"name": "two", "township": "two"})
    people.change(session, record=first, values={"township": "Loikaw", "mother_name": "Daw Mya"})
    merging.unmerge(session, record=second)
    assert values(session, second) == before[second]
    assert values(session, first) == {**before[first], "township": "Loikaw", "mother_name": "Daw Mya"}
    assert set(listed(session)) == {first, second}
    with pytest.raises(UserError, match=r"merge\.not_joined"):
        merging.unmerge(session, record=second)
    merging.merge(session, one=second, two=first, take={})
    assert listed(session) == [first]


def test_ctrl_z_takes_it_back_too(session: Session, two: tuple[RecordId, RecordId]) -> None:
    before = [values(session, record) for record in two]
    merging.merge(session, one=two[0], two=two[1], take={"name": "two"})
    history.undo(session)
    assert [values(session, record) for record in two] == before
    assert len(listed(session)) == 2
    merging.merge(session, one=two[0], two=two[1], take={"name": "two"})
    merging.unmerge(session, record=two[1])
    history.undo(session)
    assert len(listed(session)) == 1


def test_what_cannot_be_joined(session: Session, two: tuple[RecordId, RecordId]) -> None:
    with pytest.raises(UserError, match=r"merge\.same"):
        merging.plan(session, one=two[0], two=two[0])
    with pytest.raises(UserError, match=r"merge\.kinds"):
        merging.plan(session, one=two[0], two=household(session))
    merging.merge(session, one=two[0], two=two[1], take={})
    with pytest.raises(UserError, match=r"merge\.same"):
        merging.merge(session, one=two[0], two=two[1], take={})


def test_households_with_their_people(session: Session) -> None:
    one, two = household(session), household(session)
    father, child, mother = (person(session, {"name": name}, home) for name, home in (("Win", one), ("Zaw", two), ("Mya", two)))
    with session.act("left") as act, session.save(act, Folder.RECEPTION) as save:
        save.create("left_behind", {"household": two.text(), "name": "Hla"})
    merging.merge(session, one=two, two=one, take={})
    page = people.page(session, person=father)
    assert {member.person.id for member in page.members} == {child, mother}
    assert len(page.left_behind) == 1
    people.change(session, record=mother, values={"household": one.text()})
    merging.unmerge(session, record=two)
    assert {member.person.id for member in people.page(session, person=child).members} == {mother}
    assert people.page(session, person=father).members == ()


def test_two_sites_choose_differently_and_are_asked(session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]) -> None:
    carry(session, other)
    merging.merge(session, one=two[0], two=two[1], take={"name": "two"})
    merging.merge(other, one=two[1], two=two[0], take={"township": "one"})
    carry(session, other)
    carry(other, session)
    assert listed(session) == listed(other) == [two[0]]
    assert values(session, two[0]) == values(other, two[0])
    merging.unmerge(other, record=two[1])
    carry(other, session)
    assert set(listed(session)) == set(listed(other)) == set(two)
    assert values(session, two[0]) == values(other, two[0])


def test_a_target_that_makes_no_sense_hides_nobody(session: Session, two: tuple[RecordId, RecordId]) -> None:
    first, second = two
    journal = session.journal(Folder.RECEPTION)
    for record, target in ((first, second.text()), (second, "nonsense"), (first, first.text())):
        with journal.save("hostile") as save:
            save.set(record, {"merged_into": target})
        assert set(listed(session)) == {first, second}


# -- three sites, any order


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Session]]:
    opened = []
    with quick():
        for at in range(3):
            folder = tmp_path_factory.mktemp(f"site{at}") / "vault"
            vault, _ = Vault.create(folder, site=f"Site {at}", name="Nan", passphrase="amber river stone lantern", hardness=FLOOR)
            opened.append(Session(vault))
    yield opened
    for one in opened:
        one.close()


def _share(sessions: list[Session]) -> None:
    roots = [one.vault.site_public for one in sessions]
    for _ in range(2):
        for giver in sessions:
            for taker in sessions:
                if giver is not taker:
                    mine = giver.journal(Folder.RECEPTION)
                    mine.checkpoint()
                    theirs = taker.journal(Folder.RECEPTION)
                    theirs.receive(list(mine.chains_since(theirs.versions())), roots)


STEP = st.tuples(st.integers(0, 2), st.sampled_from(["merge", "unmerge", "edit", "share"]), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=10))
def test_three_sites_agree_whatever_the_order(three: list[Session], steps: list[tuple[int, str, int, int]]) -> None:
    made = [person(three[at], {"name": f"Name {at}", "township": "Bago"}) for at in range(3)]
    _share(three)
    said: dict[RecordId, set[str]] = {record: {f"Name {at}"} for at, record in enumerate(made)}
    for number, (site, what, one, two) in enumerate(steps):
        session = three[site]
        try:
            if what == "merge":
                merging.merge(session, one=made[one], two=made[two], take={"name": "two"})
            elif what == "unmerge":
                merging.unmerge(session, record=made[one])
            elif what == "edit":
                people.change(session, record=made[one], values={"name": f"Edit {number}"})
                said[made[one]].add(f"Edit {number}")
            else:
                _share(three)
        except UserError as error:
            if error.code not in ("merge.same", "merge.not_joined"):
                raise
    _share(three)
    tables = [_tables(session) for session in three]
    assert tables[0] == tables[1] == tables[2]
    told = {
        str(change.after) for record in made for line in three[0].journal(Folder.RECEPTION).history(record) for change in line.changes
    }
    for names in said.values():
        assert names <= told
    for record in made:
        assert standing(three[0], record) in made


def _tables(session: Session) -> list[object]:
    database = session.journal(Folder.RECEPTION).database
    return [
        sorted(row[1:] for row in database.execute(f"SELECT * FROM {table}").fetchall())
        for table in ("person_list", "merged_list")
    ]

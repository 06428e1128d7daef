"""The list of people narrowed to states, needs, days, sites and caseworkers; views that a volunteer keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

import pytest

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import caseworkers, filters, history, people, stick, views
from desktop.services.filters import Filters
from desktop.services.session import Session

TODAY = date(2026, 11, 21)


def register(session: Session, name: str, *, back: int = 0, **values: Value) -> RecordId:
    """Somebody who came that many days ago."""
    day = (session.now().date() - timedelta(days=back)).isoformat()
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        return save.create("person", {"code": codes.new(), "name": name, "state": "here", "arrived": f"{day}T10:00", **values})


def names(session: Session, wanted: Filters, query: str = "") -> list[str]:
    found = people.find(session, query=query, filters=wanted)
    return [row.name for row in people.rows(session, keys=found.keys, query=query, why=found.why)]


@pytest.fixture
def family(session: Session) -> dict[str, RecordId]:
    return {
        "Aung Myo": register(session, "Aung Myo", need_bed="observed", need_sick="met"),
        "Aung Zaw": register(session, "Aung Zaw", back=3, need_medicine="self_reported"),
        "Hla Hla": register(session, "Hla Hla", back=6, need_pregnant="confirmed", need_bed="no"),
        "Kyaw Zin": register(session, "Kyaw Zin", back=7, state="moved_on", need_bed="observed"),
        "Su Su": register(session, "Su Su", back=40, need_afraid="self_reported"),
    }


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filters(), ["Aung Myo", "Aung Zaw", "Hla Hla", "Su Su"]),
        (Filters(state=""), ["Aung Myo", "Aung Zaw", "Hla Hla", "Kyaw Zin", "Su Su"]),
        (Filters(state="moved_on"), ["Kyaw Zin"]),
        (Filters(needs="bed"), ["Aung Myo"]),
        (Filters(state="", needs="bed"), ["Aung Myo", "Kyaw Zin"]),
        (Filters(needs="sick medicine pregnant"), ["Aung Zaw", "Hla Hla"]),
        (Filters(arrived="today"), ["Aung Myo"]),
        (Filters(arrived="week"), ["Aung Myo", "Aung Zaw", "Hla Hla"]),
        (Filters(state="", arrived="month"), ["Aung Myo", "Aung Zaw", "Hla Hla", "Kyaw Zin"]),
        (Filters(arrived="longer"), ["Su Su"]),
        (Filters(arrived="week", needs="medicine"), ["Aung Zaw"]),
        (Filters(arrived="nonsense"), ["Aung Myo", "Aung Zaw", "Hla Hla", "Su Su"]),
        (Filters(needs="nonsense"), []),
        (Filters(caseworker="nobody"), ["Aung Myo", "Aung Zaw", "Hla Hla", "Su Su"]),
        (Filters(caseworker="me"), []),
    ],
)
def test_each_filter_lets_through_who_fits(session: Session, family: dict[str, RecordId], wanted: Filters, expected: list[str]) -> None:
    assert names(session, wanted) == expected


def test_a_search_stays_inside_the_filters(session: Session, family: dict[str, RecordId]) -> None:
    assert set(names(session, Filters(), "aung")) == {"Aung Myo", "Aung Zaw"}
    assert names(session, Filters(arrived="today"), "aung") == ["Aung Myo"]
    assert names(session, Filters(needs="sick medicine pregnant"), "oung zaw") == ["Aung Zaw"], "by sound too"
    assert names(session, Filters(needs="sick medicine pregnant"), "aung myo") == []
    assert names(session, Filters(state="", arrived="longer"), "kyaw zin") == []


def test_the_whole_code_finds_whatever_the_filters_say(session: Session, family: dict[str, RecordId]) -> None:
    code = people.page(session, person=family["Kyaw Zin"]).row.code
    assert names(session, Filters(arrived="today", caseworker="me"), code) == ["Kyaw Zin"]


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        ("today", ("2026-11-21", "2026-11-22")), ("week", ("2026-11-15", "2026-11-22")), ("month", ("2026-10-23", "2026-11-22")),
        ("longer", ("", "2026-10-23")), ("2026-11-01..2026-11-08", ("2026-11-01", "2026-11-09")), ("2026-11-01..", ("2026-11-01", "")),
        ("..2026-11-08", ("", "2026-11-09")), ("2026-13-01..", ("", "")), ("..9999-12-31", ("", "")), ("", ("", "")),
    ],
)
def test_periods_of_arrival(arrived: str, expected: tuple[str, str]) -> None:
    assert filters.days(arrived, TODAY) == expected


def test_a_filter_is_new_again_after_midnight_and_after_a_change(session: Session, family: dict[str, RecordId]) -> None:
    assert names(session, Filters(arrived="today")) == ["Aung Myo"]
    register(session, "Zaw Win")
    assert sorted(names(session, Filters(arrived="today"))) == ["Aung Myo", "Zaw Win"]
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    session._clock = lambda: tomorrow
    assert names(session, Filters(arrived="today")) == []


def test_counts_tell_what_each_filter_would_leave(session: Session, family: dict[str, RecordId]) -> None:
    found = filters.options(session, Filters(needs="bed"))
    assert [(one.key, one.count) for one in found.state] == [("here", 1), ("moved_on", 1)]
    assert {one.key: one.count for one in found.needs} == {"bed": 1, "medicine": 1, "pregnant": 1, "afraid": 1}
    assert {one.key: one.count for one in found.arrived} == {"today": 1, "week": 1, "month": 1, "longer": 0}
    assert [(one.key, one.count, one.name) for one in found.caseworker] == [("me", 0, "Coordinator"), ("nobody", 1, "")]
    assert [(one.count, one.name) for one in found.site] == [(1, "Riverside")]
    among = people.find(session, query="aung", filters=filters.EVERYBODY).keys
    assert {one.key: one.count for one in filters.options(session, Filters(), among=among).arrived} == {
        "today": 1, "week": 2, "month": 2, "longer": 0,
    }
    assert [one.key for one in filters.options(session, Filters(state="died")).state] == ["here", "moved_on", "died"], "what is chosen stays"


def test_who_may_not_read_a_need_cannot_find_by_it(sign_in: Callable[[Role], Session]) -> None:
    register(sign_in(Role.COORDINATOR), "Su Su", need_afraid="self_reported", need_bed="observed")
    for role in (Role.REGISTRAR, Role.MEDIC, Role.OBSERVER):
        desk = sign_in(role)
        assert names(desk, Filters(needs="afraid")) == []
        assert names(desk, Filters(needs="afraid private_talk")) == []
        assert names(desk, Filters(needs="afraid food")) == [], "what is left of the filter still narrows"
        assert [one.key for one in filters.options(desk, Filters()).needs] == ["bed"]
    assert names(sign_in(Role.CASEWORKER), Filters(needs="afraid food")) == ["Su Su"]


# ---- who looks after them ------------------------------------------------------------------------------------------------


def test_my_people_are_those_i_look_after(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    one, two = register(session, "Aung Myo"), register(session, "Hla Hla")
    caseworkers.assign(session, person=one, caseworker=caseworkers.me(session))
    assert names(session, Filters(caseworker="me")) == ["Aung Myo"]
    assert names(session, Filters(caseworker="nobody")) == ["Hla Hla"]
    other = next(carer for carer in caseworkers.choices(session) if carer.name == "Caseworker")
    caseworkers.assign(session, person=two, caseworker=other)
    assert [(o.key, o.count, o.name) for o in filters.options(session, Filters()).caseworker][2:] == [(other.key, 1, "Caseworker")]
    history.undo(session)
    assert names(session, Filters(caseworker="nobody")) == ["Hla Hla"]
    caseworkers.assign(session, person=two, caseworker=other)
    mine = sign_in(Role.CASEWORKER)
    assert names(mine, Filters(caseworker="me")) == ["Hla Hla"]
    caseworkers.assign(mine, person=two, caseworker=None)
    assert names(mine, Filters(caseworker="me")) == []


def test_a_whole_household_gets_one_caseworker(session: Session) -> None:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        home = save.create("household", {"code": codes.new()}).text()
    head, child = register(session, "Aung Myo", household=home), register(session, "Su Su", household=home)
    alone = register(session, "Hla Hla")
    caseworkers.assign(session, person=head, caseworker=caseworkers.me(session), household=True)
    assert sorted(names(session, Filters(caseworker="me"))) == ["Aung Myo", "Su Su"]
    caseworkers.assign(session, person=child, caseworker=None)
    assert names(session, Filters(caseworker="me")) == ["Aung Myo"]
    caseworkers.assign(session, person=alone, caseworker=caseworkers.me(session), household=True)
    assert sorted(names(session, Filters(caseworker="me"))) == ["Aung Myo", "Hla Hla"]


def test_who_only_reads_assigns_nobody(sign_in: Callable[[Role], Session]) -> None:
    person = register(sign_in(Role.COORDINATOR), "Aung Myo")
    observer = sign_in(Role.OBSERVER)
    assert caseworkers.me(observer) not in caseworkers.choices(observer)
    for carer in (None, *caseworkers.choices(observer)):
        with pytest.raises(UserError) as caught:
            caseworkers.assign(observer, person=person, caseworker=carer)
        assert caught.value.code == "role.not_allowed"


def test_only_volunteers_who_are_here_can_be_chosen(session: Session) -> None:
    person = register(session, "Aung Myo")
    stranger = caseworkers.Carer("ab" * 32, "XX", "Nobody we know")
    with pytest.raises(UserError) as caught:
        caseworkers.assign(session, person=person, caseworker=stranger)
    assert caught.value.code == "carer.unknown"


def test_another_site_reads_who_looks_after_them_and_where_they_came(
    session: Session, other: Session, carry: Callable[[Session, Session], stick.Read]
) -> None:
    ours = register(session, "Aung Myo")
    caseworkers.assign(session, person=ours, caseworker=caseworkers.me(session))
    register(other, "Hla Hla")
    carry(session, other)
    carry(other, session)
    there = filters.options(other, Filters())
    assert sorted((one.count, one.name) for one in there.site) == [(1, "Hill School"), (1, "Riverside")]
    assert [one.name for one in there.caseworker] == ["Teacher", "", "Coordinator, Riverside"]
    theirs = next(one.key for one in there.site if one.name == "Riverside")
    assert names(other, Filters(site=theirs)) == ["Aung Myo"]
    assert names(other, Filters(caseworker=there.caseworker[2].key)) == ["Aung Myo"]
    assert names(session, Filters(site=session.vault.site_public.hex())) == ["Aung Myo"]
    caseworkers.assign(other, person=ours, caseworker=caseworkers.me(other))
    carry(other, session)
    assert names(session, Filters(caseworker="me")) == []
    assert session.journal(Folder.RECEPTION).state_hash() == other.journal(Folder.RECEPTION).state_hash()


# ---- views -----------------------------------------------------------------------------------------------------------------


def test_views_are_kept_for_each_volunteer(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    wanted = Filters(needs="bed", arrived="week")
    views.keep(session, name="  အိပ်ရာ မရှိ ", filters=wanted)
    views.keep(session, name="Mine", filters=Filters(caseworker="me"))
    views.remember(session, wanted)
    assert views.views(session) == [views.View("အိပ်ရာ မရှိ", wanted), views.View("Mine", Filters(caseworker="me"))]
    observer = sign_in(Role.OBSERVER)
    assert (views.views(observer), views.last(observer)) == ([], Filters())
    views.keep(observer, name="Mine", filters=Filters(state="left"))
    again = sign_in(Role.COORDINATOR)
    assert (len(views.views(again)), views.last(again)) == (2, wanted)
    with pytest.raises(UserError) as caught:
        views.keep(again, name=" Mine", filters=Filters(state="died"))
    assert caught.value.code == "views.taken"
    assert views.views(again)[1] == views.View("Mine", Filters(caseworker="me"))
    assert views.keep(again, name="Mine", filters=Filters(caseworker="me"))[0] == "Mine"
    views.keep(again, name="Mine", filters=Filters(state="died"), replace=True)
    assert views.views(again)[1] == views.View("Mine", Filters(state="died"))
    views.forget(again, name="Mine")
    assert [one.name for one in views.views(again)] == ["အိပ်ရာ မရှိ"]


def test_views_have_a_name_and_an_end(session: Session) -> None:
    with pytest.raises(UserError) as caught:
        views.keep(session, name=" \n ", filters=Filters())
    assert caught.value.code == "name.empty"
    for number in range(views.MOST):
        views.keep(session, name=str(number), filters=Filters())
    views.keep(session, name="0", filters=Filters(state=""), replace=True)
    with pytest.raises(UserError) as caught:
        views.keep(session, name="one more", filters=Filters())
    assert caught.value.code == "views.full"


def test_ready_views_find_whom_they_say(session: Session, family: dict[str, RecordId]) -> None:
    assert names(session, views.READY["bed"]) == ["Aung Myo"]
    assert names(session, views.READY["doctor"]) == ["Aung Zaw", "Hla Hla"]
    assert names(session, views.READY["week"]) == ["Aung Myo", "Aung Zaw", "Hla Hla"]
    assert len(names(session, views.READY["everybody"])) == len(family)


def test_filters_survive_a_rebuild(session: Session, family: dict[str, RecordId]) -> None:
    caseworkers.assign(session, person=family["Hla Hla"], caseworker=caseworkers.me(session))
    session.journal(Folder.RECEPTION).rebuild()
    assert names(session, Filters(caseworker="me")) == ["Hla Hla"]


@pytest.mark.parametrize("query", ["aung", "oung", "hla", "zin kyaw", "su", "Su Su H", "9999"])
def test_a_search_inside_filters_finds_whoever_is_in_both(session: Session, family: dict[str, RecordId], query: str) -> None:
    """The index knows the filters as facts, the list as conditions: both must mean the same."""
    caseworkers.assign(session, person=family["Hla Hla"], caseworker=caseworkers.me(session))
    register(session, "Aung No Day", arrived=None)
    today = session.now().date()
    long_ago, week_ago = (today - timedelta(days=400)).isoformat(), (today - timedelta(days=7)).isoformat()
    everybody = people.find(session, query=query, filters=filters.EVERYBODY).keys
    for wanted in (
        Filters(), Filters(state="moved_on"), Filters(needs="bed"), Filters(needs="sick medicine pregnant"), Filters(caseworker="me"),
        Filters(caseworker="nobody"), Filters(site=session.vault.site_public.hex()), Filters(site="ab" * 32), Filters(caseworker="ab/cd"),
        *(Filters(state="", arrived=period) for period in (
            *filters.PERIODS, f"{week_ago}..", f"..{week_ago}", f"{long_ago}..", f"..{long_ago}", f"{long_ago}..{week_ago}",
            f"{week_ago}..{week_ago}", f"{today.isoformat()}..{week_ago}", "nonsense",
        )),
    ):
        listed = set(people.find(session, filters=wanted).keys)
        assert set(people.find(session, query=query, filters=wanted).keys) == set(everybody) & listed, wanted


def test_a_search_inside_any_period_finds_whoever_came_in_it(session: Session) -> None:
    """Long and short periods are told to the index in years, months, weeks and days."""
    random, today = Random(7), session.now().date()
    backs = sorted({0, 1, 6, 7, 29, 30, *(random.randrange(1500) for _ in range(60))})
    for back in backs:
        register(session, "Aung Myo", back=back)
    for _ in range(60):
        first, last = sorted(today - timedelta(days=random.choice(backs) + random.randrange(-2, 3)) for _ in range(2))
        for arrived in (f"{first}..{last}", f"{first}..", f"..{last}"):
            wanted = Filters(arrived=arrived)
            assert set(people.find(session, query="aung", filters=wanted).keys) == set(people.find(session, filters=wanted).keys), arrived
    for arrived in ("1000-01-01..", "..9999-12-31", "1000-01-01..9999-12-31"):
        assert len(people.find(session, query="aung", filters=Filters(arrived=arrived)).keys) == len(backs)


@pytest.mark.parametrize("arrived", ["soon", "2026-02-30T10:00", "0001-01-01", "9999-12-31T10:00"])
def test_a_moment_that_is_no_day_of_ours_breaks_no_index(session: Session, arrived: str) -> None:
    record = register(session, "Aung Myo", arrived=arrived)
    assert [row.id for row in people.rows(session, keys=people.find(session, query="aung").keys)] == [record]


def test_a_view_is_given_another_name(session: Session) -> None:
    for name, state in (("one", "left"), ("two", "died"), ("three", "here")):
        views.keep(session, name=name, filters=Filters(state=state))
    assert views.rename(session, name="one", to="  ပထမ ")[0] == "ပထမ"
    assert [(one.name, one.filters.state) for one in views.views(session)] == [("ပထမ", "left"), ("two", "died"), ("three", "here")]
    for name, to, code in (("two", " \n", "name.empty"), ("two", "three ", "views.taken"), ("one", "four", "views.gone")):
        with pytest.raises(UserError) as caught:
            views.rename(session, name=name, to=to)
        assert caught.value.code == code
    assert [one.name for one in views.views(session)] == ["ပထမ", "two", "three"]
    views.rename(session, name="two", to="two")
    views.rename(session, name="two", to="three", replace=True)
    assert [(one.name, one.filters.state) for one in views.views(session)] == [("ပထမ", "left"), ("three", "died")]

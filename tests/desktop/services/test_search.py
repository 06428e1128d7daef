"""People are found however their name is spelt, and the list says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from desktop.domain import codes
from desktop.domain.folders import Folder, Role
from desktop.domain.values import Value
from desktop.services import people, upkeep
from desktop.services.filters import Filters
from desktop.services.people import PersonRow
from desktop.services.progress import Cancelled
from desktop.services.projections import search
from desktop.services.session import Session

EVERYBODY: tuple[Mapping[str, Value], ...] = (
    {"name": "ထွန်းနိုင်စိုး", "father_name": "ဦးဘသန်း", "township": "Hpa-An"},
    {"name": "Aung Myo Htet", "name_my": "အောင်မျိုးထက်", "paper_number": "12/ကမရ(နိုင်)654321"},
    {"name": "Aung Myo Htut"},
    {"name": "ခင်သန္တာဦး", "mother_name": "Daw Mya Mya"},
    {"name": "စိုင်းလှိုင်ခမ်း"},
    {"name": "Kyaw Swe Win"},
)


@pytest.fixture
def registered(session: Session) -> dict[str, str]:
    """Name -> case code of everybody, each in a household of their own."""
    made = {}
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        for values in EVERYBODY:
            code = codes.new()
            save.create("person", {"code": code, "state": "here", "arrived": "2026-11-20T10:00", **values})
            made[str(values["name"])] = code
    return made


def found(session: Session, query: str) -> list[PersonRow]:
    hits = people.find(session, query=query)
    return people.rows(session, keys=hits.keys, query=query, why=hits.why)


@pytest.mark.parametrize(
    ("query", "name", "why"),
    [
        ("Tun Naing Soe", "ထွန်းနိုင်စိုး", "sound"),
        ("Htun Naing So", "ထွန်းနိုင်စိုး", "sound"),
        ("U Htoon Naing", "ထွန်းနိုင်စိုး", "sound"),
        ("ထွန်းနိူင်စိုး", "ထွန်းနိုင်စိုး", "spelling"),
        ("Khin Thanda", "ခင်သန္တာဦး", "sound"),
        ("Sai Hlaing Kham", "စိုင်းလှိုင်ခမ်း", "sound"),
        ("ကျော်ဆွေဝင်း", "Kyaw Swe Win", "sound"),
        ("aung myo htte", "Aung Myo Htet", "spelling"),
        ("Kyaw Swe Wim", "Kyaw Swe Win", "sound"),
        ("Kwyaw Swe", "Kyaw Swe Win", "spelling"),
        ("ထွန်းနောင်စိုး", "ထွန်းနိုင်စိုး", "spelling"),
        ("Ba Than", "ထွန်းနိုင်စိုး", "parent"),
        ("မြမြ", "ခင်သန္တာဦး", "parent"),
        ("hpa-an", "ထွန်းနိုင်စိုး", "place"),
        ("654321", "Aung Myo Htet", "paper"),
    ],
)
def test_found_first_and_why(session: Session, registered: dict[str, str], query: str, name: str, why: str) -> None:
    first = found(session, query)[0]
    assert (first.name, first.why) == (name, why)


def test_what_is_written_so_comes_before_what_only_sounds_so(session: Session, registered: dict[str, str]) -> None:
    rows = found(session, "aung myo htet")
    assert [(row.name, row.why) for row in rows][:2] == [("Aung Myo Htet", "name"), ("Aung Myo Htut", "spelling")]


def test_a_wrong_character_of_a_code_is_caught(session: Session, registered: dict[str, str]) -> None:
    code = registered["Kyaw Swe Win"]
    for at, character in enumerate(code):
        wrong = code[:at] + ("7" if character != "7" else "8") + code[at + 1:]
        rows = [row for row in found(session, codes.shown(wrong)) if row.why == "code_nearly"]
        assert [row.code for row in rows] == [code]
    assert found(session, code)[0].why == "code"


def test_numbers_of_papers_are_found_by_those_who_may_read_them_only(
    sign_in: Callable[[Role], Session], registered: dict[str, str]
) -> None:
    assert found(sign_in(Role.COORDINATOR), "654321")
    assert found(sign_in(Role.REGISTRAR), "654321") == []


def test_an_index_of_an_older_program_is_made_anew(session: Session, registered: dict[str, str]) -> None:
    journal = session.journal(Folder.RECEPTION)
    database = journal.database
    before = database.execute("SELECT * FROM search_text ORDER BY key").fetchall()
    with database.transaction():
        database.execute("DROP TABLE search_index")
        database.execute("DROP TABLE search_text")
        database.execute("CREATE TABLE search_text (key INTEGER PRIMARY KEY, names TEXT NOT NULL) STRICT")
        database.execute("CREATE VIRTUAL TABLE search_index USING fts5(names, content='search_text', content_rowid='key')")
    with database.transaction():
        journal.projecting.schema()
    assert database.execute("SELECT * FROM search_text ORDER BY key").fetchall() == before
    assert found(session, "Tun Naing Soe")[0].name == "ထွန်းနိုင်စိုး"
    search.check(database)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("ေအာင္ျမင့္", "အောင်မြင့်"), ("ေအာင္ျမင့္", "aung myint"), ("Mg Mg (Kyaw Soe)", "ကျော်စိုး"), ("Md. Rafique", "Mohammed Rafiq"), ("Nur Begum", "noor begom"), ("U Nu", "နု"),
        ("Saw K'ler Htoo", "Kler Htoo"), ("Saw Kler Htoo", "K'ler"), ("N'Hkum Ja", "hkum"), ("Hafizullah", "Hafez Ulla"),
    ],
)  # fmt: skip
def test_names_of_more_than_the_burmese(session: Session, name: str, typed: str) -> None:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        record = save.create("person", {"code": "K7M42QXP", "state": "here", "arrived": "2026-11-20T10:00", "name": name})
        save.create("person", {"code": "K7M42QXQ", "state": "here", "arrived": "2026-11-20T10:00", "name": "Aung Myo Htet"})
    assert [row.id for row in people.rows(session, keys=people.find(session, query=typed).keys)] == [record]


def test_a_syllable_that_no_name_ends_in_is_looked_for_all_the_same(session: Session) -> None:
    assert people.find(session, query="Mohammed Rafiq").keys == []
    assert people.find(session, query="Fatima Khatun Ung").keys == []


@pytest.mark.parametrize("typed", ["Aung Myo Htat", "AungMyoHtat", "aung myo htat"])
def test_who_is_written_so_stands_before_who_sounds_so(session: Session, typed: str) -> None:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        made = [
            save.create("person", {"code": f"K7M42QX{at}", "state": "here", "arrived": f"2026-11-20T1{at}:00", "name": name})
            for at, name in enumerate(("Aung Myo Htat", "အောင်မျိုးထက်", "Aung Myo Htat Kyaw"))
        ]
    assert [row.id for row in people.rows(session, keys=people.find(session, query=typed).keys)] == [made[0], made[2], made[1]]


@pytest.mark.parametrize("many", [2, 250])
def test_who_is_found_at_once_is_the_beginning_of_all(
    session: Session, registered: dict[str, str], monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(search, "MANY", many)
    longer = 0
    for query in ("a", "aung", "aung myo", "aung myo htte", "tun naing so", "hpa-an", "ba than", "654321", "Kwyaw Swe", "ကျ", "xq", registered["Kyaw Swe Win"]):
        for wanted in (Filters(), Filters(state=""), Filters(arrived="longer")):
            begun = people.begin(session, query=query, filters=wanted)
            whole = people.go_on(session, known=begun)
            found_all = people.find(session, query=query, filters=wanted)
            assert (whole, list(whole.keys[: len(begun.keys)])) == (found_all, list(begun.keys)), query
            assert whole.rest is None
            assert people.go_on(session, known=whole) is whole
            assert all(whole.why[key] == reason for key, reason in begun.why.items())
            longer += len(whole.keys) > len(begun.keys)
    assert longer, "some are found only then"


def test_a_search_that_nobody_wants_any_more_ends(session: Session, registered: dict[str, str]) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    begun = people.begin(session, query="Kwyaw Swe", filters=Filters())
    with pytest.raises(Cancelled):
        people.go_on(session, known=begun, progress=stop)
    assert people.go_on(session, known=begun).keys


def test_both_indexes_follow_a_change(session: Session, registered: dict[str, str]) -> None:
    person = found(session, "Aung Myo Htet")[0].id
    people.change(session, record=person, values={"father_name": "U Ba Kyi", "need_bed": "observed"})
    assert [row.id for row in found(session, "ba kyi")] == [person]
    people.change(session, record=person, values={"father_name": "U Ba Nyunt", "need_bed": "met"})
    assert found(session, "ba kyi") == []
    people.delete(session, person=person)
    assert found(session, "ba nyunt") == []
    search.check(session.journal(Folder.RECEPTION).database)


@pytest.mark.parametrize("typed", ["kozaw", "@kozaw_99", "kozaw99", "KoZaw_99", "thelongestname_in_the_world"])
def test_a_handle_in_place_of_a_number_is_found(session: Session, typed: str) -> None:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        for name, phone in (("Zin Mar", "Telegram @kozaw_99, 09 123 456 789"), ("Zin Moe", "09 987 654 321"), ("Zin Nwe", "thelongestname_in_the_world")):
            save.create("person", {"code": codes.new(), "name": name, "phone": phone})
    wanted = "Zin Nwe" if typed.startswith("the") else "Zin Mar"
    assert [(row.name, row.why) for row in found(session, typed)] == [(wanted, "phone")]
    assert [row.name for row in found(session, "456789")] == ["Zin Mar"]


def test_the_indexes_are_brought_together_and_find_the_same(session: Session, registered: dict[str, str]) -> None:
    database = session.journal(Folder.RECEPTION).database
    person = found(session, "Aung Myo Htet")[0].id
    for at in range(40):
        people.change(session, record=person, values={"father_name": f"U Ba {'Kyi' if at % 2 else 'Nyunt'}", "call_name": f"Ko {at}"})
    before = [found(session, query) for query in ("aung", "ba kyi", "aung myo htte", "ko 39")]
    assert all(before)
    steps = 0
    while upkeep.tidy(session):
        steps += 1
        assert steps < 100, "it comes to an end"
    assert steps, "so many saves leave many pieces"
    assert all(index.pieces(database) <= 4 for index in search._INDEXES)
    assert [found(session, query) for query in ("aung", "ba kyi", "aung myo htte", "ko 39")] == before
    search.check(database)


def test_who_may_only_read_has_it_put_in_order_too(sign_in: Callable[[Role], Session], registered: dict[str, str]) -> None:
    desk = sign_in(Role.OBSERVER)
    while upkeep.tidy(desk):
        pass
    assert found(desk, "Tun Naing Soe")[0].name == "ထွန်းနိုင်စိုး"

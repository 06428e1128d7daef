"""Numbers reserved for paper: no number twice, counted back, entered later."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import any_form, contacts, form_library, history, intake, pads, people, scan_codes, sheets, stick
from desktop.services.form_layouts import Layout
from desktop.services.session import Session
from desktop.services.writing import fresh_code
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.desktop.services.any_forms import added, water
from tests.stretching import quick

PASSPHRASE = "amber river stone lantern"


def shipped(session: Session, name: str) -> RecordId:
    return next(one.id for one in form_library.forms(session) if one.form_id == name)


def pad(session: Session, count: int = 5, name: str = "arrival") -> tuple[RecordId, list[str]]:
    form = shipped(session, name) if name in ("arrival", "registration") else added(session)
    record, _ = pads.reserve(session, form=form, sheets=count)
    return record, [row.code for row in pads.sheets(session, pad=record)]


def registered(session: Session, name: str) -> str:
    opened = intake.begin_arrival(session, language="en")
    opened.form.set("/data/name", name)
    return intake.save_arrival(session, opened=opened)[0].code


def entered(session: Session, code: str, name: str) -> intake.Registered:
    entry, _ = sheets.enter(session, code=code, language="en")
    assert entry.card
    opened = intake.reopen(session, draft=entry.draft, language="en")
    assert opened.code == code
    opened.form.set("/data/name", name)
    return intake.save_arrival(session, opened=opened)[0]


def counted(session: Session, record: RecordId) -> tuple[int, int, int, int, int]:
    row = next(one for one in pads.pads(session) if one.id == record)
    return row.out, row.used, row.returned, row.spoiled, row.doubled


def test_reserved_numbers_are_never_handed_out_in_the_window(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _, reserved = pad(session, 3)
    fresh = codes.new()
    drawn = iter([*reserved, reserved[0], fresh])
    monkeypatch.setattr(codes, "new", lambda: next(drawn))
    assert fresh_code(session) == fresh


def test_a_contact_never_gets_a_reserved_number(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _, reserved = pad(session, 1)
    fresh = codes.new()
    drawn = iter([reserved[0], fresh])
    monkeypatch.setattr(codes, "new", lambda: next(drawn))
    contact, _ = contacts.add(session, values={"call_name": "Nu"})
    assert session.journal(Folder.CONTACTS).values(contact)["code"] == fresh


def test_reserving_is_not_taken_back(session: Session) -> None:
    registered(session, "Before")
    record, reserved = pad(session, 2)
    history.undo(session)
    assert [row.code for row in pads.sheets(session, pad=record)] == reserved
    assert people.find(session).total == 0


def test_a_sheet_is_entered_with_its_number_and_counted(session: Session) -> None:
    record, (one, two, three, *_) = pad(session)
    assert counted(session, record) == (5, 0, 0, 0, 0)
    assert sheets.look_up(session, text=codes.shown(one).lower()).state == sheets.FRESH
    made = entered(session, one, "Ko Aung")
    assert (made.code, made.sheet) == (one, "arrival")
    pads.count_back(session, sheets=[two], state=pads.RETURNED)
    pads.count_back(session, sheets=[three], state=pads.SPOILED)
    assert counted(session, record) == (2, 1, 1, 1, 0)
    found = sheets.look_up(session, text=f"{one}/ABCDEF01/2/A00401")
    assert (found.state, found.person) == (sheets.PERSON, made.person)
    assert sheets.look_up(session, text=two).state == pads.RETURNED
    assert sheets.look_up(session, text=three).state == pads.SPOILED
    for code, why in ((one, "pads.used"), (three, "pads.spoiled")):
        with pytest.raises(UserError) as refused:
            sheets.enter(session, code=code, language="en")
        assert refused.value.code == why
    assert entered(session, two, "Naw Paw").code == two
    history.undo(session)
    assert counted(session, record) == (2, 1, 1, 1, 0)


def test_counting_back_is_taken_back_with_undo(session: Session) -> None:
    record, reserved = pad(session, 4)
    entered(session, reserved[0], "Ko Aung")
    pads.count_back(session, sheets=reserved, state=pads.RETURNED)
    assert counted(session, record) == (0, 1, 3, 0, 0)
    history.undo(session)
    assert counted(session, record) == (3, 1, 0, 0, 0)
    with pytest.raises(UserError) as refused:
        pads.count_back(session, sheets=[reserved[0]], state=pads.SPOILED)
    assert refused.value.code == "pads.used"
    with pytest.raises(UserError) as refused:
        pads.count_back(session, sheets=[codes.new()], state=pads.SPOILED)
    assert refused.value.code == "pads.not_ours"


def test_entering_is_gone_on_with_where_it_was_left(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.REGISTRAR)
    _, (code, *_) = pad(session)
    entry, _ = sheets.enter(session, code=code, language="en")
    opened = intake.reopen(session, draft=entry.draft, language="en")
    opened.form.set("/data/name", "Half")
    intake.keep(session, opened=opened)
    session = sign_in(Role.REGISTRAR)
    assert sheets.look_up(session, text=code).begun
    assert sheets.enter(session, code=code, language="en")[0] == entry
    back = intake.reopen(session, draft=entry.draft, language="en")
    assert (back.code, back.form.node("/data/name").value) == (code, "Half")


def test_two_cards_for_one_sheet_are_not_two_people(session: Session) -> None:
    _, (code, *_) = pad(session)
    entry, _ = sheets.enter(session, code=code, language="en")
    first = intake.reopen(session, draft=entry.draft, language="en")
    second = intake.reopen(session, draft=entry.draft, language="en")
    for one in (first, second):
        one.form.set("/data/name", "Ko Aung")
    intake.save_arrival(session, opened=first)
    with pytest.raises(UserError) as refused:
        intake.save_arrival(session, opened=second)
    assert refused.value.code == "pads.used"


def test_a_form_of_the_sites_own_keeps_the_number_of_its_sheet(session: Session) -> None:
    record, (code, *_) = pad(session, 2, "water")
    entry, _ = sheets.enter(session, code=code, language="en")
    assert not entry.card
    assert sheets.enter(session, code=code, language="en")[0] == entry
    opened = intake.reopen(session, draft=entry.draft, language="en")
    opened.form.set("/data/place/village", "ရွာသစ်")
    any_form.save(session, opened=opened)
    found = sheets.look_up(session, text=code)
    assert found.state == sheets.FILLED
    assert found.submission is not None
    assert any_form.filled(session)[0].about == codes.shown(code)
    assert counted(session, record)[:2] == (1, 1)


def test_wrong_numbers_are_told_apart(session: Session) -> None:
    _, (code, *_) = pad(session)
    wrong = code[:3] + next(one for one in codes.ALPHABET if one != code[3]) + code[4:]
    assert sheets.look_up(session, text=wrong) == sheets.Sheet(sheets.MISTYPED, nearly=(code,))
    assert sheets.look_up(session, text="Ko Aung").state == sheets.NONE
    unknown = next(one for one in iter(codes.new, "") if one != code)
    assert sheets.look_up(session, text=unknown).state == sheets.UNKNOWN
    with pytest.raises(UserError) as refused:
        sheets.enter(session, code=unknown, language="en")
    assert refused.value.code == "pads.unknown"


def test_who_only_reads_reserves_nothing(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    form = shipped(session, "arrival")
    for count in (0, 201):
        with pytest.raises(UserError) as refused:
            pads.reserve(session, form=form, sheets=count)
        assert refused.value.code == "pads.how_many"
    reader = sign_in(Role.OBSERVER)
    with pytest.raises(UserError) as refused:
        pads.reserve(reader, form=form, sheets=3)
    assert refused.value.code == "role.not_allowed"


def test_the_code_on_a_page_reads_back(session: Session) -> None:
    definition = form_library.definition(session, form=shipped(session, "registration"))
    layout = Layout.of(definition, size="Letter", rows=6, guidance=True, languages=("en",))
    assert Layout.read(layout.text(definition), definition) == layout
    code = codes.new()
    assert scan_codes.read(f"{code}/1A2B3C4D/2/{layout.text(definition)}") == scan_codes.SheetCode(code, "1A2B3C4D", 2, layout.text(definition))
    assert scan_codes.read(f"{code}/R2/1") == scan_codes.SheetCode(code, "R2", 1)
    assert scan_codes.read("-/water/1") == scan_codes.SheetCode("", "water", 1)
    wrong = code[:-1] + next(one for one in codes.ALPHABET if one != code[-1])
    for text in ("", code, f"{wrong}/R2/1", f"{code}/R2/0", f"{code}/R2/1/Z00401", "https://example.org/R2/1", f"{code}/R2/1/A0040123"):
        assert scan_codes.read(text) is None
    assert scan_codes.number_in(f" {codes.shown(code)} ") == code
    assert scan_codes.number_in("-/water/1") is None


def test_a_pad_is_printed_with_its_numbers(session: Session) -> None:
    record, reserved = pad(session, 2, "water")
    made = pads.paper(session, pad=record)
    assert (made.copy, made.pages) == (1, 4)
    pads.note_printed(session, pad=record, pages=made.pages)
    pads.count_back(session, sheets=reserved[:1], state=pads.SPOILED)
    again = pads.paper(session, pad=record)
    assert (again.copy, again.pages) == (2, 2)
    pads.count_back(session, sheets=reserved[1:], state=pads.SPOILED)
    with pytest.raises(UserError) as refused:
        pads.paper(session, pad=record)
    assert refused.value.code == "pads.nothing_left"


def test_a_newer_form_leaves_the_pad_as_it_was(session: Session) -> None:
    _, (code, *_) = pad(session, 1, "water")
    form_library.add(session, compiled=water("2", "text | more | More | နောက်ထပ် | | | |"))
    entry, _ = sheets.enter(session, code=code, language="en")
    assert intake.reopen(session, draft=entry.draft, language="en").form.version == "1"


# -- several sites


@pytest.fixture
def three(made_vault: Path, made_other: Path, tmp_path: Path) -> Iterator[list[Session]]:
    """Three laptops of three sites that trust each other."""
    with ExitStack() as stack, quick():
        found = []
        for at, source in enumerate((made_vault, made_other)):
            found.append(Session(Vault.open(Path(shutil.copytree(source, tmp_path / f"site{at}")), PASSPHRASE)))
        found.append(Session(Vault.create(tmp_path / "site2", site="Bridge", name="Nurse", passphrase=PASSPHRASE, hardness=FLOOR)[0]))
        for one in found:
            stack.callback(one.close)
            for other in found:
                if one is not other:
                    stick.trust(one, card=stick.read_card(one, source=stick.my_card(other).data), folders=frozenset({Folder.RECEPTION}))
        yield found


def carry(giver: Session, taker: Session, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    stick.read_news(taker, path=stick.put_news(giver, folder=folder).path)


@pytest.mark.parametrize("seed", range(3))
def test_no_number_twice_over_three_sites(three: list[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Reserving, registering and sticks in any order, with so few numbers to draw from that the same ones come up all the time. What a site
    has news of it never gives again; what two sites drew without news of each other is told at both as soon as they have, and is never entered."""
    chance = random.Random(seed)
    few = [codes.new() for _ in range(60)]
    monkeypatch.setattr(codes, "new", lambda: chance.choice(few) if chance.random() < 0.5 else real())
    given: list[set[str]] = [set(), set(), set()]  # by the pads of each site and in its window
    known: list[set[str]] = [set(), set(), set()]
    for _ in range(14):
        at = chance.randrange(3)
        site, what = three[at], chance.random()
        if what < 0.4:
            new = set(pad(site, chance.randint(1, 4))[1])
        elif what < 0.6:
            new = {registered(site, "Somebody")}
        else:
            taker = (at + chance.randint(1, 2)) % 3
            carry(site, three[taker], tmp_path / "stick")
            known[taker] |= known[at]
            continue
        assert not new & known[at]
        given[at] |= new
        known[at] |= new
    for _ in range(2):
        for one in three:
            for other in three:
                if one is not other:
                    carry(one, other, tmp_path / "stick")
    hashes = {one.journal(Folder.RECEPTION).state_hash() for one in three}
    assert len(hashes) == 1
    twice = {code for at in range(3) for code in given[at] for other in range(at) if code in given[other]}
    for at, site in enumerate(three):
        for row in (row for one in pads.pads(site) if not one.site for row in pads.sheets(site, pad=one.id)):
            assert row.code in given[at]
            if row.code in twice:
                assert row.state in (pads.DOUBLED, pads.USED)
                with pytest.raises(UserError):
                    sheets.enter(site, code=row.code, language="en")
            else:
                assert row.state == pads.OUT


real = codes.new


def test_real_numbers_of_three_sites_are_all_different(three: list[Session]) -> None:
    drawn = [code for site in three for _ in range(3) for code in pad(site, 200)[1]]
    assert len(set(drawn)) == len(drawn) == 1800


def test_a_sheet_of_another_site_says_whose_it_is(three: list[Session], tmp_path: Path) -> None:
    _, (code, *_) = pad(three[1])
    assert sheets.look_up(three[0], text=code).state == sheets.UNKNOWN
    carry(three[1], three[0], tmp_path / "stick")
    found = sheets.look_up(three[0], text=code)
    assert (found.state, found.site) == (sheets.ELSEWHERE, "Hill School")
    with pytest.raises(UserError) as refused:
        sheets.enter(three[0], code=code, language="en")
    assert (refused.value.code, refused.value.fields) == ("pads.elsewhere", {"site": "Hill School"})
    with pytest.raises(UserError):
        pads.count_back(three[0], sheets=[code], state=pads.SPOILED)
    made = entered(three[1], code, "Naw Paw")
    carry(three[1], three[0], tmp_path / "stick")
    assert sheets.look_up(three[0], text=code).person == made.person


def test_what_another_site_says_of_a_pad_is_held_to_what_a_pad_is(three: list[Session], tmp_path: Path) -> None:
    journal = three[1].journal(Folder.RECEPTION)
    good = codes.new()
    with journal.save("pad") as save:
        save.create("pad", {"form": "arrival", "codes": f"nonsense ' OR 1 {good} {good}", good: "stolen", "layout": "?", "digest": "x"})
        save.create("pad", {"form": 7, "codes": json.dumps(["x"])})
        save.create("scan", {"code": 5, "page": "x", "file": True})
    carry(three[1], three[0], tmp_path / "stick")
    rows = pads.pads(three[0])
    assert sorted(row.sheets for row in rows) == [0, 1]
    assert sheets.look_up(three[0], text=good).state == sheets.ELSEWHERE
    with pytest.raises(UserError):
        pads.paper(three[0], pad=rows[0].id)


def test_pads_are_the_same_when_all_is_drawn_anew(session: Session) -> None:
    _, reserved = pad(session, 6)
    pads.count_back(session, sheets=reserved[:2], state=pads.SPOILED)
    journal = session.journal(Folder.RECEPTION)

    def tables() -> list[object]:
        return [journal.database.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in ("pad_list", "pad_code")]

    before = tables()
    journal.rebuild()
    assert tables() == before

"""Numbers and pages that could lead to the wrong case: two sites with one number, two pages on one picture, forged codes, answers that stand."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain import codes
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.services import any_form, files, form_library, intake, pads, scans, sheets, tick_answers
from desktop.services.filling import unseen_questions
from desktop.services.scan_codes import SheetCode, number_in
from desktop.services.session import Session
from desktop.services.tick_answers import CANNOT, CLEAR
from tests.desktop.paper import pens
from tests.desktop.services.any_forms import compiled, named, table
from tests.desktop.services.test_pads import carry, entered, pad, three
from tests.desktop.services.test_scans import care, filled_in, kept, written

__all__ = ["three"]  # a fixture, used by name


def picture_of(*pages: bytes) -> bytes:
    """Pages that lie beside each other on the glass."""
    found = [Image.open(BytesIO(page)) for page in pages]
    whole = Image.new("L", (sum(one.width for one in found), max(one.height for one in found)), 255)
    left = 0
    for one in found:
        whole.paste(one, (left, 0))
        left += one.width
    out = BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def test_two_pages_on_one_picture_are_filed_to_nobody(session: Session, tmp_path: Path) -> None:
    one, two, _ = care(session)
    reading = scans.read(written(tmp_path, picture_of(*(filled_in(session, code, {}) for code in (one, two)))), scans.ready(session))
    (page,) = reading.pages
    assert page.code is None
    assert scans.may_file(session, found=reading.pages, known=scans.ready(session)) == ["scan.several"]
    for answer in (page, scans.turned(page), scans.told(session, page=page, code=one, number=1)):
        with pytest.raises(UserError) as refused:
            scans.file(session, found=[answer])
        assert refused.value.code == "scan.several"


def test_a_strip_of_somebody_else_on_the_page_is_noticed_and_its_own_is_not(session: Session, tmp_path: Path) -> None:
    one, two, _ = care(session)
    mine = filled_in(session, one, {})
    whole = Image.open(BytesIO(mine))
    strip = whole.crop((0, round(whole.height * 0.83), whole.width, whole.height))
    other = Image.open(BytesIO(filled_in(session, two, {}))).crop((0, round(whole.height * 0.83), whole.width, whole.height))
    for beside, several in ((strip, False), (other, True)):
        out = BytesIO()
        beside.save(out, "PNG")
        (page,) = scans.read(written(tmp_path, picture_of(mine, out.getvalue())), scans.ready(session)).pages
        assert page.several is several


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.MEDIC, Role.OBSERVER])
def test_a_page_is_seen_by_those_who_see_what_it_asks(sign_in: Callable[[Role], Session], tmp_path: Path, role: Role) -> None:
    """The window shows threats and ranks to coordinators and caseworkers only; a picture of the paper says the same as the field."""
    session = sign_in(Role.COORDINATOR)
    _, (code,) = pad(session, 1, "registration")
    digest, layout = pads.printed_on(session, code)
    known = scans.ready(session)
    form = known.forms[digest[:8].upper()]
    reader = sign_in(role)
    unseen = unseen_questions(reader, form.definition)
    hidden = {number for path, number in scans.numbers_of(form.definition).items() if "/" + "/".join(path) in unseen}
    assert len(hidden) > 5
    session = sign_in(Role.COORDINATOR)
    made = {}
    for number in range(1, 30):
        plate = known.plate(SheetCode(code, digest[:8].upper(), number, layout))
        if plate is not None:
            page = scans.Page(_jpeg(number), SheetCode(code, digest[:8].upper(), number, layout), True, ("", 1))
            (record,), _ = scans.file(session, found=[page])
            made[record] = bool(hidden & set(plate.asked))
    (lost,), _ = scans.file(session, found=[scans.Page(_jpeg(40), SheetCode(code, digest[:8].upper(), 99, layout), False, ("", 1))])
    made[lost] = True
    assert set(made.values()) == {True, False}
    reader = sign_in(role)
    for record, refuses in made.items():
        if not reader.can_open(scans.place_of(record)[0]):
            continue
        if refuses:
            for look in (lambda: scans.picture(reader, scan=record), lambda: tick_answers.look(reader, scan=record, language="en")):  # noqa: B023
                with pytest.raises(UserError) as refused:
                    look()
                assert refused.value.code == "scan.restricted"
        else:
            assert scans.picture(reader, scan=record)
            tick_answers.look(reader, scan=record, language="en")


def _jpeg(shade: int) -> bytes:
    out = BytesIO()
    Image.new("L", (827, 1169), 200 + shade).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("content", [b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0broken", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_of_another_site_may_be_anything(session: Session, content: bytes) -> None:
    code = care(session)[0]
    digest, layout = pads.printed_on(session, code)
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=content, media_type="image/jpeg")
    with session.journal(Folder.RECEPTION).save("scan") as save:
        save.create("scan", {"code": code, "form": digest[:8].upper(), "page": 1, "layout": layout, "flat": True, "file": file})
    (one,) = scans.lately(session)
    for look in (lambda: scans.picture(session, scan=one.id), lambda: tick_answers.look(session, scan=one.id, language="en")):
        with pytest.raises(KnownFault) as told:
            look()
        assert told.value.code == "file.damaged"


def test_a_page_never_fills_another_form_than_its_own(session: Session, tmp_path: Path) -> None:
    """A code that was made up: the number of an arrival card, the form of another pad."""
    _, (card, *_) = pad(session, 2)
    code = care(session)[0]
    (scan,) = kept(session, tmp_path, filled_in(session, code, {("2", 1): pens.CROSS}))
    digest, layout = pads.printed_on(session, code)
    forged = scans.Page(scans.picture(session, scan=scan.id) + b" ", SheetCode(card, digest[:8].upper(), 1, layout), True, ("", 1))
    (record,), _ = scans.file(session, found=[forged])
    found = tick_answers.look(session, scan=record, language="en").suggestions
    assert found
    with pytest.raises(UserError) as refused:
        tick_answers.take(session, scan=record, chosen=found, language="en")
    assert refused.value.code == "scan.other_form"
    assert not sheets.look_up(session, text=card).begun


def test_an_answer_that_stands_is_shown_beside_the_suggestion_and_later_words_are_not_given_back(session: Session, tmp_path: Path) -> None:
    code = care(session)[0]
    (scan,) = kept(session, tmp_path, filled_in(session, code, {("2", 1): pens.CROSS, ("3", 2): pens.CROSS}))
    assert [one.stands for one in tick_answers.look(session, scan=scan.id, language="en").suggestions] == ["", ""]
    entry, _ = sheets.enter(session, code=code, language="en")
    opened = intake.reopen(session, draft=entry.draft, language="en")
    opened.form.set("/data/water", "no")
    opened.form.set("/data/need", "bed")
    any_form.save(session, opened=opened)
    found = tick_answers.look(session, scan=scan.id, language="en").suggestions
    assert [(one.path, one.stands) for one in found] == [("/data/water", "No"), ("/data/need", "")]
    taken, _ = tick_answers.take(session, scan=scan.id, chosen=found, language="en")
    opened = intake.reopen(session, draft=taken.entry.draft, language="en")
    assert opened.form.node("/data/water").value == "yes"
    opened.form.set("/data/need", "bed soap")
    intake.keep(session, opened=opened)
    tick_answers.give_back(session, taken=taken, language="en")
    back = intake.reopen(session, draft=taken.entry.draft, language="en").form
    assert (back.node("/data/water").value, back.node("/data/need").value) == ("no", "bed soap")


# -- one number, two sites


def test_a_sheet_whose_number_somebody_of_another_site_has_leads_to_nobody(three: list[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = three[0], three[1]
    record, (twice, mine, *_) = pad(here, 4)
    made = entered(here, mine, "Ko Aung")
    real, drawn = codes.new, iter([twice, mine])
    with monkeypatch.context() as patched:
        patched.setattr(codes, "new", lambda: next(drawn, None) or real())
        for name in ("Naw Paw", "Naw Eh"):
            opened = intake.begin_arrival(there, language="en")
            opened.form.set("/data/name", name)
            intake.save_arrival(there, opened=opened)
    carry(there, here, tmp_path / "stick")
    states = {row.code: row.state for row in pads.sheets(here, pad=record)}
    assert (states[twice], states[mine]) == (pads.DOUBLED, pads.USED)
    assert sheets.look_up(here, text=twice).state == pads.DOUBLED
    assert sheets.look_up(here, text=mine).person == made.person
    with pytest.raises(UserError) as refused:
        sheets.enter(here, code=twice, language="en")
    assert refused.value.code == "pads.spoiled"
    page = scans.Page(_jpeg(1), SheetCode(twice, pads.printed_on(here, twice)[0][:8].upper(), 1, ""), False, ("", 1))
    with pytest.raises(UserError) as refused:
        scans.file(here, found=[page])
    assert refused.value.code == "scan.doubled"
    carry(here, there, tmp_path / "stick")
    assert sheets.look_up(there, text=twice).state == sheets.PERSON


def test_a_sheet_that_was_counted_back_is_not_used_when_another_site_has_its_number(three: list[Session], tmp_path: Path) -> None:
    here, there = three[0], three[1]
    record, (back, out, spoiled, *_) = pad(here, 3)
    pads.count_back(here, sheets=[back], state=pads.RETURNED)
    pads.count_back(here, sheets=[spoiled], state=pads.SPOILED)
    with there.journal(Folder.RECEPTION).save("pad") as save:
        save.create("pad", {"form": "arrival", "codes": f"{back} {out} {spoiled}"})
    carry(there, here, tmp_path / "stick")
    assert [row.state for row in pads.sheets(here, pad=record)] == [pads.DOUBLED, pads.DOUBLED, pads.SPOILED]
    with pytest.raises(UserError):
        sheets.enter(here, code=back, language="en")
    with pytest.raises(UserError):
        pads.paper(here, pad=record)


# -- typing


def test_a_number_is_read_as_keyboards_and_scanners_write_it() -> None:
    code = "K7M42QX" + codes.check_character("K7M42QX")
    burmese, shan = (str.maketrans("0123456789", "".join(chr(first + at) for at in range(10))) for first in (0x1040, 0x1090))
    for text in (
        codes.shown(code).translate(burmese), codes.shown(code).lower().translate(shan), f"{code[:4]}–{code[4:]}", f"{code[:4]}\u00a0{code[4:]}\r\n",
        f"\u200b{code}", f"{code}/1a2b3c4d/2/a00401".lower(),
    ):
        assert number_in(text) == code
    assert codes.meant(codes.shown(code[:-1] + ("A" if code[-1] != "A" else "B")).translate(burmese)).count(code) == 1


def test_an_answer_that_goes_on_over_the_page_is_for_a_person(session: Session, tmp_path: Path) -> None:
    """Each page alone would say something else than both, and the second would put its half in place of the first."""
    rows = [f"thing | n{at} | {'A rather long answer that takes lines ' * 3}{at} | {'စကားလုံး ရှည်များ ' * 12}" for at in range(30)]
    survey = table(
        "type | name | label::English (en) | label::Burmese (my)", "select_multiple thing | need | What is needed? | ဘာ လိုအပ်ပါသလဲ။",
        "select_one yn | end | Is it the end? | ပြီးပြီလား။",
    )
    choices = table("list_name | name | label::English (en) | label::Burmese (my)", "yn | yes | Yes | ရှိ", "yn | no | No | မရှိ", *rows)
    stored, _ = form_library.add(session, compiled=compiled(survey, choices, named("long", "1", "Long")))
    record, _ = pads.reserve(session, form=stored.id, sheets=1)
    code = pads.sheets(session, pad=record)[0].code
    known, (digest, layout) = scans.ready(session), pads.printed_on(session, code)
    plates = [known.plate(SheetCode(code, digest[:8].upper(), at, layout)) for at in range(1, 20)]
    last = next(at for at, plate in enumerate(plates, 1) if plate is not None and any(box.asked == "1" and box.option == 30 for box in plate.ticks))
    assert last > 1
    pages = [filled_in(session, code, {("1", 2): pens.CROSS}), filled_in(session, code, {("1", 30): pens.CROSS, ("2", 2): pens.CROSS}, page=last)]
    for scan, told in zip(kept(session, tmp_path, *pages), ([("1", CANNOT, "")], [("1", CANNOT, ""), ("2", CLEAR, "no")])):
        found = tick_answers.look(session, scan=scan.id, language="en").suggestions
        assert [(one.number, one.sure, one.value) for one in found] == told

"""Pages that come back: filed to their case, read as suggestions, taken only when somebody says so; and files that are made to do harm."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.values import Silence
from desktop.paper.documents.blank_form import Plate
from desktop.paper.scanning import pages as opening
from desktop.services import any_form, files, form_library, history, intake, pads, scans, sheets, tick_answers
from desktop.services.progress import Cancelled
from desktop.services.scan_codes import SheetCode
from desktop.services.session import Session
from tests.desktop.paper import pens
from tests.desktop.services.any_forms import compiled, named, table
from tests.desktop.services.test_pads import entered, pad, shipped

CARE = (
    "type | name | label::English (en) | label::Burmese (my) | relevant | parameters",
    "text | village | Village | ရွာ | |",
    "select_one yn | water | Is there water? | ရေ ရှိပါသလား။ | |",
    "select_multiple thing | need | What is needed? | ဘာ လိုအပ်ပါသလဲ။ | |",
    "range | tired | How tired? | ပင်ပန်းပါသလား။ | | start=1 end=5 step=1",
    "select_one yn | clean | Is it clean? | သန့်ပါသလား။ | ${water} = 'yes' |",
    "begin repeat | child | Child | ကလေး | |",
    "text | name | Name | အမည် | |",
    "text | long | A very long line about the child so that no table holds it | မှတ်ချက် | |",
    "select_one yn | well | Is the child well? | ကလေး ကျန်းမာပါသလား။ | |",
    "end repeat | | | | |",
)
CHOICES = table(
    "list_name | name | label::English (en) | label::Burmese (my)",
    "yn | yes | Yes | ရှိ", "yn | no | No | မရှိ", "yn | maybe | Perhaps | ဖြစ်နိုင်သည်",
    "thing | food | Food | အစားအစာ", "thing | bed | Bed | အိပ်ရာ", "thing | net | Net | ခြင်ထောင်", "thing | soap | Soap | ဆပ်ပြာ",
)


PLAIN = pens.Look()


def care(session: Session, count: int = 3) -> list[str]:
    """A pad of a form with every kind of box."""
    stored, _ = form_library.add(session, compiled=compiled(table(*CARE), CHOICES, named("care", "1", "Care")))
    record, _ = pads.reserve(session, form=stored.id, sheets=count)
    return [row.code for row in pads.sheets(session, pad=record)]


def plate_of(session: Session, code: str, page: int = 1) -> tuple[Plate, bytes, int]:
    """Where the boxes are on a page of the sheet with this number, and the pad as it is printed, and which of its pages that is."""
    found = pads.pads_of(session, code)[0]
    values = session.journal(Folder.RECEPTION).values(found)
    pdf = pads.paper(session, pad=found)
    rows = [row.code for row in pads.sheets(session, pad=found) if row.state in (pads.OUT, pads.RETURNED)]
    each = pdf.pages // len(rows)
    plate = scans.ready(session).plate(SheetCode(code, str(values["digest"])[:8].upper(), page, str(values["layout"])))
    assert plate is not None
    return plate, pdf.pdf, rows.index(code) * each + page - 1


def filled_in(session: Session, code: str, crossed: dict[tuple[str, int], str], *, page: int = 1, look: pens.Look = PLAIN, seed: int = 1) -> bytes:
    """A scan of the page with these (number of question, option) crossed; option 0 stands for the first silence."""
    plate, pdf, at = plate_of(session, code, page)
    chance = random.Random(seed)
    picture = pens.blank(pdf, at)
    for box in plate.ticks:
        kind = crossed.get((box.asked, box.option if not box.silence else 0 if box.silence == "unknown" else -1))
        if kind:
            pens.put(picture, box, kind, chance)
    return pens.as_file(pens.scanned(picture, look, chance), look)


def kept(session: Session, folder: Path, *contents: bytes, name: str = "scan.jpg") -> list[scans.Scan]:
    reading = scans.read(written(folder, *contents, name=name), scans.ready(session))
    assert reading.troubles == ()
    filed, _ = scans.file(session, found=reading.pages)
    return [scans.scan(session, scan=one) for one in filed]


def written(folder: Path, *contents: bytes, name: str = "scan.jpg") -> list[Path]:
    paths = [folder / f"{at}{name}" for at in range(len(contents))]
    for path, content in zip(paths, contents):
        path.write_bytes(content)
    return paths


def test_a_page_files_itself_and_is_taken_only_when_somebody_says_so(session: Session, tmp_path: Path) -> None:
    code = care(session)[1]
    crossed = {("2", 1): pens.TICK, ("3", 2): pens.CROSS, ("3", 4): pens.STROKE, ("4", 3): pens.CROSS, ("5", 2): pens.CROSS}
    (scan,) = kept(session, tmp_path, filled_in(session, code, crossed))
    assert (scan.code, scan.title, scan.page, scan.read, scan.flat, scan.here, scan.folder) == (code, "Care", 1, False, True, True, Folder.RECEPTION)
    found = tick_answers.look(session, scan=scan.id, language="en")
    assert found.readable
    told = {one.path: (one.value, one.told, one.sure) for one in found.suggestions}
    assert told == {
        "/data/water": ("yes", ("Yes",), tick_answers.CLEAR), "/data/need": ("bed soap", ("Bed", "Soap"), tick_answers.CLEAR),
        "/data/tired": ("3", ("3",), tick_answers.CLEAR), "/data/clean": ("no", ("No",), tick_answers.CLEAR),
    }
    assert any_form.filled(session) == []
    assert not sheets.look_up(session, text=code).begun
    taken, _ = tick_answers.take(session, scan=scan.id, chosen=found.suggestions, language="en")
    assert (taken.count, taken.refused) == (4, ())
    opened = intake.reopen(session, draft=taken.entry.draft, language="en")
    assert opened.code == code
    assert (opened.form.node("/data/need").value, opened.form.node("/data/clean").value) == ("bed soap", "no")
    assert any_form.filled(session) == []
    assert scans.scan(session, scan=scan.id).read
    tick_answers.give_back(session, taken=taken, language="en")
    opened = intake.reopen(session, draft=taken.entry.draft, language="en")
    assert [opened.form.node(path).value for path in told] == ["", "", "", ""]
    tick_answers.take(session, scan=scan.id, chosen=found.suggestions[:1], language="my")
    opened = intake.reopen(session, draft=taken.entry.draft, language="en")
    any_form.save(session, opened=opened)
    (row,) = any_form.filled(session)
    assert any_form.open_saved(session, submission=row.id, language="en").form.node("/data/water").value == "yes"
    assert sheets.look_up(session, text=code).submission == row.id


def test_a_page_of_somebody_who_is_registered_goes_to_the_long_form(session: Session, tmp_path: Path) -> None:
    _, (code, *_) = pad(session, 1, "registration")
    plate, _, _ = plate_of(session, code, 2)
    definition = scans.ready(session).forms[pads.printed_on(session, code)[0][:8].upper()].definition
    always = {number for path, number in scans.numbers_of(definition).items() if definition.specs[path].relevant is None}
    number = next(box.asked for box in plate.ticks if box.silence == "unknown" and box.asked in always)
    picture = filled_in(session, code, {(number, 0): pens.TICK}, page=2)
    (scan,) = kept(session, tmp_path, picture)
    assert scan.page == 2
    found = tick_answers.look(session, scan=scan.id, language="my")
    assert [(one.silence, one.sure) for one in found.suggestions] == [(Silence.UNKNOWN, tick_answers.CLEAR)]
    with pytest.raises(UserError) as refused:
        tick_answers.take(session, scan=scan.id, chosen=found.suggestions, language="en")
    assert refused.value.code == "scan.not_begun"
    made = entered(session, code, "Ko Aung")
    assert made.sheet == "registration"
    taken, _ = tick_answers.take(session, scan=scan.id, chosen=found.suggestions, language="en")
    opened = intake.begin_registration(session, person=made.person, language="en")
    assert opened.draft == taken.entry.draft
    assert opened.form.node(found.suggestions[0].path).silence is Silence.UNKNOWN


def test_an_arrival_card_that_is_saved_is_not_changed(session: Session, tmp_path: Path) -> None:
    _, (code, other) = pad(session, 2)
    plate, _, _ = plate_of(session, code)
    one = next(box for box in plate.ticks if box.option == 2 and box.round)
    first, second = (filled_in(session, number, {(one.asked, 2): pens.CROSS}) for number in (code, other))
    mine, later = kept(session, tmp_path, first, second)
    found = tick_answers.look(session, scan=mine.id, language="en").suggestions
    taken, _ = tick_answers.take(session, scan=mine.id, chosen=found, language="en")
    assert taken.entry.card
    assert intake.reopen(session, draft=taken.entry.draft, language="en").form.node(found[0].path).value
    entered(session, other, "Naw Paw")
    with pytest.raises(UserError) as refused:
        tick_answers.take(session, scan=later.id, chosen=found, language="en")
    assert refused.value.code == "scan.entered"


def test_boxes_that_speak_against_each_other_say_nothing(session: Session, tmp_path: Path) -> None:
    code = care(session, 1)[0]
    crossed = {("2", 1): pens.CROSS, ("2", 3): pens.CROSS, ("3", 1): pens.CROSS, ("4", 2): pens.CROSS}
    (scan,) = kept(session, tmp_path, filled_in(session, code, crossed))
    found = {one.number: one for one in tick_answers.look(session, scan=scan.id, language="en").suggestions}
    assert (found["2"].sure, found["2"].value, found["2"].told) == (tick_answers.CANNOT, "", ("Yes", "Perhaps"))
    taken, _ = tick_answers.take(session, scan=scan.id, chosen=found.values(), language="en")
    assert taken.count == 2


def test_an_answer_that_is_not_asked_is_told(session: Session, tmp_path: Path) -> None:
    code = care(session, 1)[0]
    (scan,) = kept(session, tmp_path, filled_in(session, code, {("2", 2): pens.CROSS, ("5", 1): pens.CROSS}))
    found = tick_answers.look(session, scan=scan.id, language="en").suggestions
    taken, _ = tick_answers.take(session, scan=scan.id, chosen=found, language="en")
    assert (taken.count, taken.refused) == (1, ("/data/clean",))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "PDF"])
def test_every_kind_of_file_and_many_pages(session: Session, tmp_path: Path, kind: str) -> None:
    codes = care(session)
    pictures = [Image.open(BytesIO(filled_in(session, code, {("2", at + 1): pens.CROSS}))) for at, code in enumerate(codes)]
    out = BytesIO()
    if kind == "PNG":
        found = [scan for at, one in enumerate(pictures) for scan in kept(session, tmp_path, _png(one), name=f"{at}.png")]
    else:
        pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], **({"resolution": 200} if kind == "PDF" else {}))
        found = kept(session, tmp_path, out.getvalue(), name=f".{kind.lower()}")
    assert [scan.code for scan in found] == codes
    assert all(scan.flat for scan in found)
    history.undo(session)
    assert len(scans.lately(session)) == len(found) - (1 if kind == "PNG" else len(found))


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_what_a_telephone_wrote_beside_the_picture_is_left_behind(session: Session, tmp_path: Path) -> None:
    code = care(session, 1)[0]
    picture = Image.open(BytesIO(filled_in(session, code, {("2", 1): pens.CROSS}, look=pens.Look(turned=1))))
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "SecretPhone", {1: "N", 2: (16.0, 54.0, 1.0)}
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"SecretPlace")
    assert b"SecretPhone" in out.getvalue()
    (scan,) = kept(session, tmp_path, out.getvalue() + b"SecretTail")
    content = files.read(session, file=scan.file)
    assert b"Secret" not in content
    assert max(Image.open(BytesIO(content)).size) <= 2340
    assert tick_answers.look(session, scan=scan.id, language="en").suggestions[0].value == "yes"
    assert kept(session, tmp_path, out.getvalue()) == []
    leftover = [path for path in session.folder_path.rglob("*") if path.is_file() and b"JFIF" in path.read_bytes()]
    assert leftover == []


def test_pages_without_a_code_wait_for_a_person(session: Session, tmp_path: Path) -> None:
    code = care(session, 1)[0]
    picture = Image.open(BytesIO(filled_in(session, code, {})))
    picture.paste(255, (round(picture.width * 0.7), 0, picture.width, round(picture.height * 0.2)))
    reading = scans.read(written(tmp_path, _png(picture)), scans.ready(session))
    (page,) = reading.pages
    assert page.code is None
    assert scans.may_file(session, found=reading.pages, known=scans.ready(session)) == ["scan.no_number"]
    with pytest.raises(UserError):
        scans.file(session, found=reading.pages)
    assert Image.open(BytesIO(scans.turned(page).picture)).size == Image.open(BytesIO(page.picture)).size[::-1]
    named_by_hand = scans.told(session, page=page, code=code, number=1)
    (record,), _ = scans.file(session, found=[named_by_hand])
    kept_page = scans.scan(session, scan=record)
    assert (kept_page.code, kept_page.page, kept_page.title, kept_page.flat) == (code, 1, "Care", False)
    assert tick_answers.look(session, scan=record, language="en") == tick_answers.Suggested(False)
    with pytest.raises(UserError) as refused:
        scans.told(session, page=page, code="nonsense", number=1)
    assert refused.value.code == "scan.no_number"


def test_health_pages_are_filed_where_only_health_is_read(sign_in: Callable[[Role], Session], tmp_path: Path) -> None:
    session = sign_in(Role.MEDIC)
    _, (code,) = pad(session, 1, "registration")
    values = session.journal(Folder.RECEPTION).values(pads.pads_of(session, code)[0])
    known = scans.ready(session)
    definition = known.forms[str(values["digest"])[:8].upper()].definition
    health = {number for path, number in scans.numbers_of(definition).items() if definition.specs[path].folder == "health"}
    number = 1
    while not set(getattr(known.plate(_code_of(session, code, number)), "asked", ())) & health:
        number += 1
    picture = filled_in(session, code, {}, page=number)
    (scan,) = kept(session, tmp_path, picture)
    assert scan.folder is Folder.HEALTH
    registrar = sign_in(Role.REGISTRAR)
    assert scans.lately(registrar) == []
    reading = scans.read(written(tmp_path, picture), scans.ready(registrar))
    with pytest.raises(UserError) as refused:
        scans.file(registrar, found=reading.pages)
    assert refused.value.code == "scan.other_folder"


def test_pages_of_a_form_of_health_and_of_unknown_forms(sign_in: Callable[[Role], Session], tmp_path: Path) -> None:
    medic_form = compiled(table(*CARE), CHOICES, named("wound", "1", "Wound"))
    caseworker = sign_in(Role.CASEWORKER)
    stored, _ = form_library.add(caseworker, compiled=medic_form, folder=Folder.HEALTH)
    record, _ = pads.reserve(caseworker, form=stored.id, sheets=3)
    code = pads.sheets(caseworker, pad=record)[0].code
    picture = filled_in(caseworker, code, {("2", 1): pens.CROSS})
    reading = scans.read(written(tmp_path, picture), scans.ready(caseworker))
    assert scans.may_file(caseworker, found=reading.pages, known=scans.ready(caseworker)) == ["scan.other_folder"]
    session = sign_in(Role.MEDIC)
    (scan,) = kept(session, tmp_path, picture)
    assert scan.folder is Folder.HEALTH
    found = tick_answers.look(session, scan=scan.id, language="en").suggestions
    taken, _ = tick_answers.take(session, scan=scan.id, chosen=found, language="en")
    assert session.journal(Folder.HEALTH).drafts.read(taken.entry.draft) is not None
    made = entered(session, pad(session, 1)[1][0], "Ko Aung")
    blank_picture = scans.Page(picture, SheetCode(made.code, "R2", 1), False, ("x", 1))
    assert scans.may_file(session, found=[blank_picture], known=scans.ready(session)) == [""]
    assert scans.may_file(sign_in(Role.REGISTRAR), found=[blank_picture], known=scans.Known()) == ["scan.unknown_form"]


# -- files that are made to do harm


def _bomb_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(1000)))


def _pdf(body: bytes, resources: bytes = b"", media: bytes = b"0 0 595 842", extra: list[bytes] | None = None) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + media + b"]/Contents 4 0 R/Resources<<" + resources + b">>>>",
        b"<</Length %d>>stream\n" % len(body) + body + b"\nendstream", *(extra or []),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + one + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def _image_pdf(width: int, height: int) -> bytes:
    data = zlib.compress(bytes(1000))
    image = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n" % (
        width, height, len(data),
    ) + data + b"\nendstream"
    return _pdf(b"595 0 0 842 0 0 cm /X Do", b"/XObject<</X 5 0 R>>", extra=[image])


def _many_pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


BAD = {
    "empty": (b"", "scan.unreadable"), "text": (b"hello", "scan.unreadable"), "cut jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "scan.unreadable"),
    "bomb png": (_bomb_png(), "scan.too_large"), "no pdf": (b"%PDF-1.7\nnothing", "scan.unreadable"),
    "pdf with a bomb": (_image_pdf(60_000, 60_000), "scan.too_large"), "pdf like a wall": (_pdf(b"", media=b"0 0 90000 90000"), "scan.too_large"),
    "telephone": (b"\0\0\0\x18ftypheic" + bytes(100), "file.picture_kind"),
    "1000 pages": (_many_pages(1000), "scan.too_many"), "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "scan.unreadable"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_files_end_in_a_sentence(session: Session, tmp_path: Path, what: str) -> None:
    content, why = BAD[what]
    good = care(session, 1)[0]
    paths = written(tmp_path, content, filled_in(session, good, {}), name=".bin")
    reading = scans.read(paths, scans.ready(session))
    assert [(name, error.code) for name, error in reading.troubles] == [(paths[0].name, why)]
    assert [page.code.code for page in reading.pages if page.code] == [good]


def test_a_pdf_that_draws_for_ever_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opening, "_SECONDS", 0.3)
    body = b"q 0 0 m 500 800 l S Q 0 0 500 800 re f " * 400_000
    with pytest.raises(UserError) as refused:
        opening.page(_pdf(body), 0)
    assert refused.value.code == "scan.too_slow"


def test_a_pdf_whose_pieces_hold_each_other_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_SECONDS", 0.3)
    levels: list[bytes] = []
    for level in range(6):
        body, beneath = (b"/F Do " * 10, b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)) if level < 5 else (b"0 0 9 9 re f", b"")
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 500 500]" + beneath
        levels.append(head + b"/Length %d>>stream\n" % len(body) + body + b"\nendstream")
    with pytest.raises(UserError) as refused:
        opening.page(_pdf(b"/F Do", b"/XObject<</F 5 0 R>>", extra=levels), 0)
    assert refused.value.code == "scan.too_slow"


def test_many_files_are_held_to_a_limit_together_and_can_be_stopped(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = BytesIO()
    Image.new("L", (40, 40), 255).save(tiny, "PNG")
    paths = written(tmp_path, *([tiny.getvalue()] * 5), name=".png")
    monkeypatch.setattr(scans, "MOST_PAGES", 4)
    with pytest.raises(UserError) as refused:
        scans.read(paths, scans.ready(session))
    assert refused.value.code == "scan.too_many"

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        scans.read(paths[:4], scans.ready(session), stop)


def test_filing_that_is_stopped_keeps_nothing_in_any_folder(sign_in: Callable[[Role], Session], tmp_path: Path) -> None:
    session = sign_in(Role.COORDINATOR)
    code = care(session, 1)[0]
    _, (long,) = pad(session, 1, "registration")
    known = scans.ready(session)
    pages = [scans.Page(b"", _code_of(session, long, at), True, ("", 1)) for at in range(1, 15)]
    number = next(at for at, page in enumerate(pages, 1) if scans._place(session, page, known)[0] is Folder.HEALTH)
    pictures = [filled_in(session, code, {}), filled_in(session, long, {}, page=number)]
    reading = scans.read(written(tmp_path, *pictures), scans.ready(session))

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        scans.file(session, found=reading.pages, progress=stop)
    assert scans.lately(session) == []
    filed, _ = scans.file(session, found=reading.pages)
    assert {scan.folder for scan in scans.lately(session)} == {Folder.RECEPTION, Folder.HEALTH}
    history.undo(session)
    assert scans.lately(session) == []
    assert len(filed) == 2


def _code_of(session: Session, code: str, page: int) -> SheetCode:
    digest, layout = pads.printed_on(session, code)
    return SheetCode(code, digest[:8].upper(), page, layout)


def test_a_missing_file_is_told(session: Session, tmp_path: Path) -> None:
    reading = scans.read([tmp_path / "gone.jpg"], scans.ready(session))
    assert [error.code for _, error in reading.troubles] == ["file.unreadable"]


def test_what_another_site_says_of_a_scan_breaks_nothing(session: Session) -> None:
    journal = session.journal(Folder.RECEPTION)
    with journal.save("scan") as save:
        for values in ({"code": 5, "page": "x"}, {"file": "health-nothing", "page": -3, "flat": True, "form": "?"}, {"file": "reception-../../x"}):
            save.create("scan", values)
    found = scans.lately(session)
    assert len(found) == 3
    assert not any(one.here for one in found)
    for one in found:
        assert not tick_answers.look(session, scan=one.id, language="en").readable
        with pytest.raises(UserError):
            tick_answers.take(session, scan=one.id, chosen=[], language="en")
    assert shipped(session, "arrival")

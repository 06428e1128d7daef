"""Answers as plain files: what this volunteer may see, where the person said, whole or not at all."""

from __future__ import annotations

import csv
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.services import any_form, files, form_export, form_library, intake
from desktop.services.form_export import export
from desktop.services.progress import Cancelled
from desktop.services.session import Session
from tests.desktop.forms.sheets import table
from tests.desktop.services.any_forms import added, begun, compiled, family, named, put, water


def well(session: Session, village: str, *heads: str) -> None:
    opened = begun(session, village=village, wells="2", clean="dirty")
    for head in heads:
        family(opened, head, "4")
    any_form.save(session, opened=opened)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        work()
    return error.value.code


def test_tables_of_all_versions_with_repeats_beside(session: Session, tmp_path: Path) -> None:
    well(session, "ရွာသစ်", "Aye", "=cmd")
    second = added(session, water("2", "text | later | Later | နောက် | | | |"))
    opened = begun(session, second, village="Hill", wells="0")
    put(opened, later="yes")
    any_form.save(session, opened=opened)
    done = export(session, form_id="water", what="csv", to=tmp_path / "water.csv")
    assert [path.name for path in done.files] == ["water.csv", "water-family.csv"]
    assert (done.rows, done.missing, done.skipped) == (2, 0, 0)
    rows = {row["place/village"]: row for row in read(done.files[0])}
    assert (rows["ရွာသစ်"]["_version"], rows["Hill"]["_version"]) == ("1", "2")
    assert (rows["ရွာသစ်"]["later"], rows["Hill"]["later"]) == ("", "yes")
    assert (rows["ရွာသစ်"]["place/clean"], rows["Hill"]["place/clean"]) == ("dirty", "")
    assert rows["ရွာသစ်"]["people/total"] == "8"
    people = read(done.files[1])
    first = [row for row in people if row["_parent_key"] == rows["ရွာသစ်"]["_key"]]
    assert [row["people/family/head"] for row in first] == ["", "Aye", "'=cmd"]  # a new form has one of each repeat
    assert [row["_key"].rpartition("/")[2] for row in first] == ["family[1]", "family[2]", "family[3]"]
    assert rows["Hill"]["_finished"] == "no"


def test_the_case_number_stands_beside_the_answers_and_no_name(session: Session, tmp_path: Path) -> None:
    card = intake.begin_arrival(session, language="en")
    assert card.form.set("/data/name", "Zaw Lin") == ""
    person, _ = intake.save_arrival(session, opened=card)
    any_form.save(session, opened=begun(session, None, person.person, village="Hill"))
    text = export(session, form_id="water", what="csv", to=tmp_path / "w.csv").files[0].read_text(encoding="utf-8-sig")
    assert f",{person.code}," in text
    assert "Zaw" not in text


def test_a_workbook_in_words(session: Session, tmp_path: Path) -> None:
    well(session, "Hill", "Aye")
    done = export(session, form_id="water", what="xlsx", to=tmp_path / "w.xlsx", labels=True, language="my")
    book = openpyxl.load_workbook(done.files[0])
    heads, first = ([cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_row=2))
    cells = dict(zip(heads, first))
    assert cells["ရေ သန့်ပါသလား။"] == "ညစ်ညမ်းသည်"
    assert cells["ရေတွင်း"] == 2
    assert book.sheetnames[1] == "family"


def test_a_package_has_form_submissions_and_files(session: Session, tmp_path: Path) -> None:
    xml = compiled(table("type | name | label", "text | name | Name", "image | photo | Photo"), "", named("photos", "3"))
    stored, _ = form_library.add(session, compiled=xml, source=b"| survey |", media={"list.csv": b"name,label"})
    kept, _ = files.keep(session, folder=Folder.RECEPTION, content=b"\xff\xd8picture", media_type="image/jpeg")
    for name, photo in (("Aye", kept), ("Mya", "")):
        opened = any_form.begin(session, form=stored.id, person=None, language="en")
        put(opened, name=name)
        if photo:
            assert opened.form.set("/data/photo", photo) == ""
        any_form.save(session, opened=opened)
    done = export(session, form_id="photos", what="package", to=tmp_path / "p.zip")
    with zipfile.ZipFile(done.files[0]) as packed:
        names = packed.namelist()
        assert "form/3/photos.md" in names
        assert "ODK Briefcase Storage/forms/photos/photos-media/list.csv" in names
        found = [fromstring(packed.read(name)) for name in names if name.endswith("submission.xml")]
        (photo,) = [name for name in names if name.endswith(".jpg")]
        assert packed.read(photo) == b"\xff\xd8picture"
    assert {root.findtext("name") for root in found} == {"Aye", "Mya"}
    assert {root.findtext("photo") for root in found} == {photo.rpartition("/")[2], ""}
    assert kept not in str(names)
    alone = export(session, form_id="photos", what="xml", to=tmp_path / "x.zip")
    with zipfile.ZipFile(alone.files[0]) as packed:
        assert {Path(name).name for name in packed.namelist()} == {"submission.xml", photo.rpartition("/")[2]}


def test_files_that_are_not_here_are_counted(session: Session, tmp_path: Path) -> None:
    xml = compiled(table("type | name | label", "text | name | Name", "image | photo | Photo"), "", named("photos", "3"))
    opened = begun(session, added(session, xml), name="Aye")
    assert opened.form.set("/data/photo", f"reception-{'0' * 64}-7") == ""
    any_form.save(session, opened=opened)
    assert export(session, form_id="photos", what="xml", to=tmp_path / "x.zip").missing == 1


def test_the_same_submission_has_the_same_id_each_time(session: Session, tmp_path: Path) -> None:
    well(session, "Hill")
    ids = []
    for name in ("a.csv", "b.csv"):
        ids.append(read(export(session, form_id="water", what="csv", to=tmp_path / name).files[0])[0]["_key"])
    assert ids[0] == ids[1]
    assert ids[0].startswith("uuid:")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these modes")
def test_only_the_owner_may_read_the_file(session: Session, tmp_path: Path) -> None:
    well(session, "Hill")
    (path,) = export(session, form_id="water", what="xlsx", to=tmp_path / "w.xlsx").files
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("what", ["csv", "xlsx", "xml", "package"])
def test_cancelled_or_failed_it_leaves_nothing(session: Session, tmp_path: Path, what: form_export.What, monkeypatch: pytest.MonkeyPatch) -> None:
    well(session, "Hill", "Aye")
    out = tmp_path / "out"
    out.mkdir()

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        export(session, form_id="water", what=what, to=out / "w", progress=stop)
    assert list(out.iterdir()) == []

    def full(_file: int) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(KnownFault, match=r"disk\.full"):
            export(session, form_id="water", what=what, to=out / "w")
    assert list(out.iterdir()) == []
    assert refused(lambda: export(session, form_id="water", what=what, to=out / "gone" / "w")) == "paper.no_place"
    assert refused(lambda: export(session, form_id="water", what=what, to=out)) == "paper.no_place"


def test_nothing_is_written_elsewhere(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    well(session, "Hill", "Aye")
    temporary = tmp_path / "temporary"
    temporary.mkdir(mode=0o500)
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    opened: list[str] = []
    true = os.open

    def seen(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and "vault" not in str(path):
            opened.append(str(path))
        return true(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", seen)
    for what in ("csv", "xlsx", "package"):
        export(session, form_id="water", what=what, to=tmp_path / "w")  # type: ignore[arg-type]
    assert {Path(path).name for path in opened} == {".w.part", ".w-family.csv.part"}
    assert list(temporary.iterdir()) == []


def test_who_may_and_what_cannot(sign_in: Callable[[Role], Session], tmp_path: Path) -> None:
    session = sign_in(Role.COORDINATOR)
    assert refused(lambda: export(session, form_id="water", what="csv", to=tmp_path / "w")) == "export.nothing"
    assert refused(lambda: export(session, form_id="registration", what="csv", to=tmp_path / "w")) == "export.own_form"
    well(session, "Hill")
    health = added(session, compiled(table("type | name | label", "text | pain | Pain"), "", named("pain", "1")), Folder.HEALTH)
    opened = begun(session, health, pain="head")
    any_form.save(session, opened=opened)
    assert export(session, form_id="pain", what="csv", to=tmp_path / "w").rows == 1
    for role in (Role.REGISTRAR, Role.OBSERVER, Role.MEDIC):
        other = sign_in(role)
        assert refused(lambda: export(other, form_id="water", what="csv", to=tmp_path / "w")) == "role.not_allowed"  # noqa: B023
    caseworker = sign_in(Role.CASEWORKER)
    assert export(caseworker, form_id="water", what="csv", to=tmp_path / "w").rows == 1
    assert refused(lambda: export(caseworker, form_id="pain", what="csv", to=tmp_path / "w")) == "export.nothing"


def test_it_is_written_into_the_audit(session: Session, tmp_path: Path) -> None:
    well(session, "Hill")
    export(session, form_id="water", what="csv", to=tmp_path / "w.csv")
    rows = session.vault.home.execute("SELECT * FROM audit").fetchall()
    assert any("exported" in str(row) and "water" in str(row) for row in rows)

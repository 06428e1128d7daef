"""A form somebody brings: read once, repaired only as accepted, kept with its file and companions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.services import form_import, form_library
from desktop.services.session import Session
from tests.desktop.forms.importing.books import SURVEY, form

TWICE = (*SURVEY, "text | who | Who else?")


def test_a_form_is_kept_with_its_file(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "needs.xlsx"
    path.write_bytes(form(SURVEY))
    files = form_import.given(path)
    found = form_import.look(session, files=files)
    stored, changes = form_import.add(session, files=files, found=found, folder=Folder.HEALTH)
    assert (stored.form_id, stored.questions, stored.folder) == ("needs", 1, Folder.HEALTH)
    assert "form" in changes.kinds
    assert form_library.source(session, form=stored.id) == files.content
    again, nothing = form_import.add(session, files=files)
    assert again.id == stored.id
    assert not nothing.records


def test_nothing_is_repaired_unasked(session: Session) -> None:
    files = form_import.Given("f.xlsx", form(TWICE))
    found = form_import.look(session, files=files)
    with pytest.raises(UserError, match=r"import\.not_usable"):
        form_import.add(session, files=files, found=found)
    with pytest.raises(UserError, match=r"import\.not_usable"):
        form_import.add(session, files=files)
    assert [one for one in form_library.forms(session) if not one.shipped] == []
    stored, _ = form_import.add(session, files=files, accepted=found.needed)
    assert form_library.source(session, form=stored.id) == files.content
    assert {spec.name for spec in form_library.definition(session, form=stored.id).root.walk()} >= {"who", "who_2"}


def test_companions_are_taken_from_the_folder_only_by_name(session: Session, tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    (tmp_path / "outside.csv").write_text("name,label\n", encoding="utf-8")
    (tmp_path / "beside" / "towns.csv").write_text("name,label\na,A\n", encoding="utf-8")
    names = ("towns.csv", "missing.csv", "../outside.csv", "..", str(tmp_path / "outside.csv"))
    assert form_import.companions(tmp_path / "beside", names) == {"towns.csv": b"name,label\na,A\n"}
    survey = ("type | name | label", "select_one_from_file towns.csv | town | Town")
    files = form_import.Given("f.xlsx", form(survey), form_import.companions(tmp_path / "beside", names))
    stored, _ = form_import.add(session, files=files)
    assert form_library.media(session, form=stored.id) == {"towns.csv": b"name,label\na,A\n"}


def test_companions_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_import, "_MOST_MEDIA", 10)
    (tmp_path / "a.csv").write_bytes(b"x" * 11)
    with pytest.raises(UserError, match=r"import\.too_much_media"):
        form_import.companions(tmp_path, ["a.csv"])


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"import\.unreadable") as caught:
        form_import.given(tmp_path / "gone.xlsx")
    assert caught.value.fields == {"name": "gone.xlsx"}


def test_all_repairs_at_once() -> None:
    found, accepted = form_import.settled(form_import.Given("f.xlsx", form(TWICE)))
    assert found.compiled is not None
    assert accepted == {"name_twice:survey:B3"}
    refused, _ = form_import.settled(form_import.Given("f.xlsx", b"no form"))
    assert refused.usable == "no"


def test_who_may_not_add_forms_is_told(sign_in: Callable[[Role], Session]) -> None:
    registrar = sign_in(Role.REGISTRAR)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        form_import.add(registrar, files=form_import.Given("f.xlsx", form(SURVEY)))

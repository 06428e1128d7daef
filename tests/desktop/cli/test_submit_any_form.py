"""``intake submit`` with a form that somebody added."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import run
from desktop.services import any_form, form_library, vaults
from tests.desktop.services.any_forms import said, water

PASSPHRASE = "amber river stone lantern"
Submit = Callable[..., str]
ANSWERS = {
    "/data/place/village": "ဒေါနကုန်း", "/data/place/wells": "3", "/data/place/clean": "dirty", "/data/people/family[1]/head": "Aung",
    "/data/people/family[2]/head": "Paw", "/data/people/family[2]/size": "4",
}


@pytest.fixture
def submit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Submit:
    """A vault with two versions of a form; the older is in use."""
    words = tmp_path / "passphrase"
    words.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    session = vaults.create(tmp_path / "vault", site="Riverside", name="Coordinator", passphrase=PASSPHRASE, quick=True).session
    for number in ("1", "2"):
        newest, _ = form_library.add(session, compiled=water(number))
    form_library.retire(session, form=newest.id)
    vaults.lock(session)

    def call(form: str, answers: object, *more: str, status: int = 0) -> str:
        file = tmp_path / "answers.json"
        file.write_text(json.dumps(answers), encoding="utf-8")
        vault = ["--vault", str(tmp_path / "vault"), "--passphrase-file", str(words)]
        found = run([*vault, "intake", "submit", form, str(file), *more])
        printed = capsys.readouterr()
        assert found == status, printed.err
        return printed.out if status == 0 else printed.err

    return call


def test_whole_form_is_filled_and_finished(submit: Submit, tmp_path: Path) -> None:
    assert json.loads(submit("water", ANSWERS, "--json")) == {"form": "water", "version": "1", "answers": 6}
    assert json.loads(submit("water", ANSWERS, "--form-version", "2", "--json"))["version"] == "2"
    session = vaults.open_vault(tmp_path / "vault", passphrase=PASSPHRASE)
    found = any_form.filled(session, form_id="water")
    assert {(one.version, one.finished) for one in found} == {("1", True), ("2", True)}
    assert said(any_form.open_saved(session, submission=found[0].id, language="en")) == ANSWERS
    vaults.lock(session)


def test_about_a_person(submit: Submit, tmp_path: Path) -> None:
    code = json.loads(submit("arrival", {"/data/name": "Ko Aung"}, "--json"))["code"]
    submit("water", ANSWERS, "--case", code)
    session = vaults.open_vault(tmp_path / "vault", passphrase=PASSPHRASE)
    assert [one.about for one in any_form.filled(session)] == ["Ko Aung"]
    vaults.lock(session)


@pytest.mark.parametrize(("form", "answers", "more"), [
    ("nothing", ANSWERS, ()), ("water", ANSWERS, ("--form-version", "9")), ("water", {"/data/place/village": ""}, ()),
    ("water", {"/data/place/wells": "many"}, ()), ("water", {"/data/nothing": "x"}, ()), ("water", ANSWERS, ("--case", "K7M4-0000")),
])
def test_what_cannot_be_is_refused_and_nothing_is_saved(submit: Submit, tmp_path: Path, form: str, answers: object, more: tuple[str, ...]) -> None:
    assert submit(form, answers, *more, status=4)
    session = vaults.open_vault(tmp_path / "vault", passphrase=PASSPHRASE)
    assert any_form.filled(session) == []
    vaults.lock(session)

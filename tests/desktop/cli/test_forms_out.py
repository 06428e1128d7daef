"""Forms on paper and their answers as files, on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from desktop.services import any_form, form_library, vaults
from desktop.services.form_export import ENDINGS
from tests.desktop.cli.test_commands import CARD, PASSPHRASE, Run, made, submit, waystation  # noqa: F401  # fixtures used by name
from tests.desktop.paper.test_text import copied
from tests.desktop.services.any_forms import begun, family, water


@pytest.fixture
def filled(made: str, tmp_path: Path) -> str:  # noqa: F811
    """A form of the site, filled in once; the id of the filled form."""
    session = vaults.open_vault(tmp_path / "vault", passphrase=PASSPHRASE)
    form = form_library.add(session, compiled=water())[0].id
    opened = begun(session, form, village="ရွာသစ်", wells="2", clean="dirty")
    family(opened, "Aye", "4")
    any_form.save(session, opened=opened)
    found = any_form.filled(session)[0].id.text()
    vaults.lock(session)
    return found


def test_blank_and_filled_forms_are_made(waystation: Run, filled: str, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "form.pdf"
    assert "blank-form\tkept\tform" in waystation("paper", "list")
    assert int(waystation("paper", "make", "blank-form", "--form", "registration", "--out", out)) > 5
    waystation("paper", "make", "blank-form", "--form", "water", "--out", out)
    assert "Is the water clean?" in copied(out.read_bytes())
    assert "ရေ သန့်ပါသလား" in copied(out.read_bytes())
    waystation("paper", "make", "blank-form", "--form", "water", "--language", "en", "--rows", 9, "--guidance", "--out", out)
    assert "ရေ သန့်ပါသလား" not in copied(out.read_bytes())
    waystation("paper", "make", "filled-form", "--submission", filled, "--in", "my", "--out", out)
    assert "ရွာသစ်" in copied(out.read_bytes())
    person = str(submit(waystation, tmp_path, CARD)["code"])
    waystation("paper", "make", "blank-form", "--form", "water", "--case", person, "--out", out)
    assert "Keep this paper" in copied(out.read_bytes())


def test_wrong_forms_are_refused(waystation: Run, filled: str, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "form.pdf"
    waystation("paper", "make", "blank-form", "--form", "nothing", "--out", out, status=4)
    waystation("paper", "make", "blank-form", "--form", "water", "--version", "99", "--out", out, status=4)
    waystation("paper", "make", "blank-form", "--out", out, status=2)
    waystation("paper", "make", "filled-form", "--out", out, status=2)
    waystation("paper", "make", "filled-form", "--submission", "x", "--out", out, status=4)
    assert not out.exists()


@pytest.mark.parametrize("what", sorted(ENDINGS))
def test_answers_go_out_only_when_the_person_knows_what_it_means(waystation: Run, filled: str, tmp_path: Path, what: str) -> None:  # noqa: F811
    out = tmp_path / f"water{ENDINGS[what]}"
    said = waystation("forms", "export", "water", "--as", what, "--out", out, status=2)
    assert "not locked" in said
    assert not out.exists()
    lines = waystation("forms", "export", "water", "--as", what, "--out", out, "--yes", "--labels", "--language", "my").splitlines()
    assert lines[-1] == "1"
    assert out.exists()
    told = json.loads(waystation("forms", "export", "water", "--as", what, "--out", out, "--yes", "--json"))
    assert (told["rows"], told["missing"], told["skipped"]) == (1, 0, 0)
    if what == "csv":
        with out.open(encoding="utf-8-sig", newline="") as stream:
            assert next(csv.DictReader(stream))["place/clean"] == "dirty"
    waystation("forms", "export", "registration", "--as", what, "--out", out, "--yes", status=4)

"""``forms check``, ``forms add`` and ``forms list``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desktop.cli.test_commands import Run, made, waystation
from tests.desktop.forms.importing.books import SURVEY, form

__all__ = ["made", "waystation"]
TWICE = (*SURVEY, "text | who | Who else?")


def test_check_tells_and_needs_no_vault(waystation: Run, tmp_path: Path) -> None:
    good, odd, bad = (tmp_path / name for name in ("good.xlsx", "odd.xlsx", "bad.xlsx"))
    good.write_bytes(form(SURVEY))
    odd.write_bytes(form(TWICE))
    bad.write_bytes(form(("type | name | label | relevant", "text | t | T | ${zz} = 1")))
    assert waystation("forms", "check", good, vault="none").startswith("It can be used as it is.\nxlsx\tgood\t")
    told = waystation("forms", "check", odd, vault="none")
    assert "! name_twice:survey:B3 Sheet survey, row 3, column B (name):" in told
    assert "'who' → 'who_2'" in told
    found = json.loads(waystation("forms", "check", odd, "--json", vault="none"))
    assert found["usable"] == "after_repairs"
    assert [repair["id"] for repair in found["repairs"]] == ["name_twice:survey:B3"]
    waystation("forms", "check", bad, vault="none", status=4)
    waystation("forms", "check", tmp_path / "gone.xlsx", vault="none", status=4)
    assert not (tmp_path / "none").exists()


def test_check_speaks_burmese(waystation: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.xlsx"
    file.write_bytes(form(TWICE))
    assert "စာရွက် survey၊ အတန်း 3" in waystation("--language", "my", "forms", "check", file)


def test_companions_come_from_the_media_folder(waystation: Run, tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    file.write_bytes(form(("type | name | label", "select_one_from_file towns.csv | town | Town")))
    assert "towns.csv" in waystation("forms", "check", file)
    (tmp_path / "towns.csv").write_text("name,label\na,A\n", encoding="utf-8")
    assert json.loads(waystation("forms", "check", file, "--media", tmp_path, "--json"))["missing_media"] == []


def test_a_form_is_added_and_listed(made: str, waystation: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.xlsx"
    file.write_bytes(form(TWICE, settings=("form_id | form_title | version", "odd | Odd | 3")))
    refused = waystation("forms", "add", file, status=4)
    assert "name_twice:survey:B3" in refused
    assert "odd" not in waystation("forms", "list")
    waystation("forms", "add", file, "--accept", "name_twice:survey:B3", "--folder", "health")
    waystation("forms", "add", file, "--accept-all")
    listed = [line.split("\t") for line in waystation("forms", "list").splitlines()]
    assert [line[:6] for line in listed if line[0] == "odd"] == [["odd", "3", "Odd", "2", "0", "health"]]
    assert sum(one["form_id"] == "odd" for one in json.loads(waystation("forms", "list", "--json"))) == 1
    waystation("forms", "add", tmp_path / "gone.xlsx", status=4)

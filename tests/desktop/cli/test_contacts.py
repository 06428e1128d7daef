"""``contacts`` on the command line, on real vaults, in this process."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain import codes
from tests.desktop.cli.test_commands import Run, made, submit, waystation

__all__ = ["made", "waystation"]


@pytest.fixture
def contact(waystation: Run, made: str, tmp_path: Path) -> str:
    """The number of a contact."""
    file = tmp_path / "contact.json"
    file.write_text(json.dumps({
        "call_name": "Ko Wai", "stage": "on_the_way", "arrival_words": "mango season", "warning_word": "rain", "clock_ahead": -30,
        "safe_hours": ["1234567 18:00-19:00"], "next_talk": "2026-01-05T18:00", "late_after_hours": 2, "if_silent": "Wait.",
    }), encoding="utf-8")
    return waystation("contacts", "add", file).strip()


def says(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_contact_is_written_late_warned_and_allowed_again(waystation: Run, contact: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = json.loads(waystation("contacts", "list", "--late", "--json"))
    assert (row["call_name"], row["if_silent"], row["next_theirs"]) == ("Ko Wai", "Wait.", "2026-01-05T17:30")
    says(monkeypatch, "It will rain.")
    soon = (datetime.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    waystation("contacts", "talk", contact, "--words", "--next", soon, "--check-in", "delayed")
    assert json.loads(waystation("contacts", "list", "--late", "--json")) == []
    assert json.loads(waystation("contacts", "show", contact, "--json"))["row"]["warned"]
    says(monkeypatch, "Met them.")
    waystation("contacts", "allow", contact)
    shown = waystation("contacts", "show", contact)
    assert "Met them." in shown
    secret, plain = shown + waystation("contacts", "show", contact, "--json"), waystation("contacts", "show", contact, "--words")
    assert [one for one in ("mango", "rain") if one in secret or one not in plain] == []
    assert "Safe times, on their clock: any day, 18:00 to 19:00" in shown
    assert "Their clock: 30 min behind ours" in shown
    file = tmp_path / "change.json"
    file.write_text('{"people": 3, "if_silent": null}', encoding="utf-8")
    waystation("contacts", "change", contact, file)
    assert json.loads(waystation("contacts", "show", contact, "--json"))["row"]["people"] == 3
    file.write_text("[1]", encoding="utf-8")
    assert waystation("contacts", "change", contact, file, status=4).startswith("This file holds no answers")
    file.write_text(json.dumps({"next_talk": "2099-01-05T18:00"}), encoding="utf-8")
    assert "cannot be right" in waystation("contacts", "change", contact, file, status=4), "no alarm would come"
    says(monkeypatch, "At 16.8661, 96.1951")
    assert waystation("contacts", "talk", contact, "--words", status=4).startswith("This looks like an exact place")


def test_who_arrived_is_linked_by_the_words_they_said(waystation: Run, contact: str, tmp_path: Path) -> None:
    saved = submit(waystation, tmp_path, {"/data/name": "Zaw Lin", "/data/said_words": "Mango season"})
    other = submit(waystation, tmp_path, {"/data/name": "Su Su", "/data/said_words": "mango seasom"})
    found = json.loads(waystation("contacts", "arriving", "--json"))
    assert [(codes.shown(one["person_code"]), one["sure"]) for one in found] == [(saved["code"], True), (other["code"], False)]
    waystation("contacts", "arrived", contact, "--person", other["code"], "--not")
    assert len(json.loads(waystation("contacts", "arriving", "--json"))) == 1
    waystation("contacts", "arrived", contact, "--person", saved["code"])
    assert json.loads(waystation("contacts", "arriving", "--json")) == []
    assert json.loads(waystation("contacts", "show", contact, "--json"))["row"]["stage"] == "arrived"


def test_guidance_is_written_given_renewed_and_printed(waystation: Run, contact: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, "Rivers are high.")
    sheet = waystation("contacts", "guidance", "add", "--title", "Rivers", "--source", "Families", "--stale-after", "2099-01-01").strip()
    waystation("contacts", "guidance", "give", contact, sheet, "--way", "read_out")
    says(monkeypatch, "Rivers are low.")
    newer = waystation("contacts", "guidance", "renew", sheet, "--stale-after", "2099-02-01").strip()
    assert [one["id"] for one in json.loads(waystation("contacts", "guidance", "list", "--json"))] == [newer]
    assert waystation("contacts", "guidance", "give", contact, sheet, "--way", "sent", status=4).startswith("This sheet is no longer right")
    out = tmp_path / "sheet.pdf"
    assert waystation("contacts", "guidance", "print", contact, newer, "--out", out) == "1\n"
    assert out.read_bytes().startswith(b"%PDF")
    page = json.loads(waystation("contacts", "guidance", "show", newer, "--json"))
    assert [(one["way"], one["replaced"]) for one in page["given"]] in ([("printed", False), ("read_out", True)], [("read_out", True), ("printed", False)])


def test_handing_over_needs_somebody_who_can_be_asked(waystation: Run, contact: str) -> None:
    assert waystation("contacts", "handover", contact, "--to", "Nobody", status=4).startswith("This volunteer cannot be asked.")
    assert waystation("contacts", "handover", contact, "--accept", status=4).startswith("Nobody waits for this answer.")
    waystation("contacts", "handover", contact, status=2)

"""``people duplicates``, ``merge`` and ``unmerge`` on real vaults."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.services import children, merging, tracing, vaults
from tests.desktop.cli.test_commands import PASSPHRASE, Run, made, submit, waystation

__all__ = ["made", "waystation"]
ONE = {"/data/name": "အောင်မျိုးထက်", "/data/age": "30", "/data/sex": "man", "/data/township": "Hpa-An", "/data/father_name": "ဦးဘသန်း"}
TWO = {"/data/name": "Aung Myo Htat", "/data/age": "31", "/data/sex": "man", "/data/township": "Hpa-an", "/data/father_name": "U Ba Than"}


def test_found_made_one_and_made_two_again(waystation: Run, made: str, tmp_path: Path) -> None:
    first, second = (str(submit(waystation, tmp_path, card)["code"]).replace("-", "") for card in (ONE, TWO))
    found = json.loads(waystation("people", "duplicates", "--json"))
    assert [{one["one"]["code"], one["two"]["code"]} for one in found] == [{first, second}]
    agreed = {one["what"]: one["how"] for one in found[0]["agreements"]}
    assert (agreed["name"], agreed["father"], agreed["age"]) == ("same", "same", "near")
    same, different = waystation("people", "duplicates").splitlines()[1].split("\t")[4:]
    assert same.startswith("name")
    assert "township" in same, "everybody is of this township: it says nothing, but it is no difference"
    assert different == ""
    for verb in (("list",), ("find", "aung")):
        waystation("people", *verb, "--limit", "-1", status=2)
    assert "=one" in waystation("people", "merge", first, second, "--take", "nonsense=two", status=2)
    assert "=one" in waystation("people", "merge", first, second, "--take", "name", status=2)
    row = json.loads(waystation("people", "merge", second, first, "--take", "name=one", "--json"))
    assert (row["code"], row["name"]) == (first, "Aung Myo Htat")
    assert waystation("people", "show", second).count("Aung Myo Htat") == 1
    assert json.loads(waystation("people", "duplicates", "--json")) == []
    waystation("people", "merge", first, second, status=4)
    assert json.loads(waystation("people", "unmerge", second, "--json"))["name"] == "Aung Myo Htat"
    rows = json.loads(waystation("people", "list", "--json"))
    assert {(one["code"], one["name"]) for one in rows} == {(first, "အောင်မျိုးထက်"), (second, "Aung Myo Htat")}
    waystation("people", "unmerge", second, status=4)
    waystation("people", "unmerge", "AAAAAAAA", status=4)


def test_who_is_sought_and_who_may_be_them(waystation: Run, made: str, tmp_path: Path) -> None:
    assert json.loads(waystation("people", "tracing", "--json")) == {"requests": [], "to_pass_on": [], "to_ask": []}
    there, seeker = (str(submit(waystation, tmp_path, card)["code"]).replace("-", "") for card in (ONE, {"/data/name": "Ma Nu", "/data/age": "40"}))
    session = vaults.open_vault(tmp_path / "vault", passphrase=PASSPHRASE)
    person = merging.person_with(session, code=seeker)
    assert person is not None
    tracing.add(session, person=person, values={
        "name": "Aung Myo Htet", "father_name": "U Ba Than", "sex": "man", "relationship": "brother", "consent_share": "yes",
    })
    vaults.lock(session)
    found = json.loads(waystation("people", "tracing", "--json"))
    assert [(one["name"], one["asked_by"], one["replies"]) for one in found["requests"]] == [("Aung Myo Htet", "Ma Nu", [])]
    assert [(one["person"]["code"], one["likely"], one["agree"]) for one in found["to_ask"]] == [(there, True, ["self"])]
    lines = waystation("people", "tracing", "--everything").splitlines()
    assert lines[1].split("\t")[:2] == ["Aung Myo Htet", "Brother"]
    assert lines[-1].split("\t")[2] == "အောင်မျိုးထက်"


def test_children_and_the_steps_for_them(waystation: Run, made: str, tmp_path: Path) -> None:
    alone, begun = (str(submit(waystation, tmp_path, {"/data/name": name, "/data/age": "8"})["code"]).replace("-", "") for name in ("Ma Su", "Ko Ko"))
    session = vaults.open_vault(tmp_path / "vault", passphrase=PASSPHRASE)
    person = merging.person_with(session, code=begun)
    assert person is not None
    children.open_case(session, person=person)
    vaults.lock(session)
    found = json.loads(waystation("people", "children", "--json"))
    assert [one["person"]["code"] for one in found["alone"]] == [alone]
    assert [(one["person"]["code"], one["caregiver"], [step["done"] for step in one["steps"]]) for one in found["cases"]] == [(begun, "", [False] * 4)]
    lines = [line.split("\t") for line in waystation("people", "children", "--everything").splitlines()[1:]]
    assert [(line[1], line[3]) for line in lines] == [("Ma Su", "no case"), ("Ko Ko", "open")]

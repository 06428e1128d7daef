"""Answers to questions whose answers the volunteer does not see: kept beside what others said, and never put on somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.services import history, intake, people
from desktop.services.session import Session
from tests.desktop.services.test_intake import card, fill

SignIn = Callable[[Role], Session]


def answer(session: Session, person: object, answers: dict[str, str]) -> None:
    opened = intake.begin_registration(session, person=person, language="en")  # type: ignore[arg-type]
    intake.save_registration(session, opened=fill(opened, {f"/data/{path}": text for path, text in answers.items()}))


def test_an_answer_that_is_not_seen_is_not_replaced_but_asked_about(sign_in: SignIn) -> None:
    session = sign_in(Role.CASEWORKER)
    saved, _ = intake.save_arrival(session, opened=card(session))
    answer(session, saved.person, {"safety/threat": "A letter came."})
    registrar = sign_in(Role.REGISTRAR)
    answer(registrar, saved.person, {"safety/threat": "Nobody came."})
    assert history.conflicts(registrar) == []
    assert not people.page(registrar, person=saved.person).row.answers_differ
    session = sign_in(Role.CASEWORKER)
    assert people.page(session, person=saved.person).row.answers_differ
    found = history.conflicts(session)
    assert [(one.field.name, {answer.value for answer in one.answers}) for one in found] == [("threat", {"A letter came.", "Nobody came."})]
    history.settle(session, folder=Folder.RECEPTION, record=saved.person, field="threat", value="A letter came.")
    assert history.conflicts(session) == []
    form = intake.begin_registration(session, person=saved.person, language="en").form
    assert form.node("/data/safety/threat").value == "A letter came."


def test_ones_own_answer_is_replaced_and_taken_back(sign_in: SignIn) -> None:
    session = sign_in(Role.CASEWORKER)
    saved, _ = intake.save_arrival(session, opened=card(session))
    registrar = sign_in(Role.REGISTRAR)
    answer(registrar, saved.person, {"safety/threat": "Nobody cam."})
    answer(registrar, saved.person, {"safety/threat": "Nobody came."})
    history.undo(registrar)
    answer(registrar, saved.person, {"safety/threat": "Nobody came at all."})
    session = sign_in(Role.CASEWORKER)
    assert history.conflicts(session) == []
    assert people.page(session, person=saved.person).fields["threat"].value == "Nobody came at all."


def test_a_draft_with_answers_that_are_not_seen_is_not_gone_on_with(sign_in: SignIn) -> None:
    session = sign_in(Role.CASEWORKER)
    saved, _ = intake.save_arrival(session, opened=card(session))
    opened = fill(intake.begin_registration(session, person=saved.person, language="en"), {"/data/safety/threat": "A letter came."})
    intake.keep(session, opened=opened)
    registrar = sign_in(Role.REGISTRAR)
    assert intake.begin_registration(registrar, person=saved.person, language="en").form.node("/data/safety/threat").value == ""
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        intake.reopen(registrar, draft=opened.draft, language="en")
    session = sign_in(Role.CASEWORKER)
    assert intake.reopen(session, draft=opened.draft, language="en").form.node("/data/safety/threat").value == "A letter came."
def test_removing_one_left_behind_leaves_what_is_not_seen_with_the_right_one(sign_in: SignIn) -> None:
    session = sign_in(Role.CASEWORKER)
    saved, _ = intake.save_arrival(session, opened=card(session))
    opened = intake.begin_registration(session, person=saved.person, language="en")
    fill(opened, {"/data/left/has_left_behind": "yes"})
    for name, told in (("First", "Nothing at all"), ("Second", "Everything")):
        at = opened.form.add("/data/left/left_behind")
        leaves = {node.save_to: node.path for node in opened.form.children(at)}
        fill(opened, {leaves["left_behind.name"]: name, leaves["left_behind.may_be_told"]: told})
    intake.save_registration(session, opened=opened)
    registrar = sign_in(Role.REGISTRAR)
    opened = intake.begin_registration(registrar, person=saved.person, language="en")
    opened.form.remove("/data/left/left_behind[1]")
    intake.save_registration(registrar, opened=opened)
    session = sign_in(Role.CASEWORKER)
    rows = people.page(session, person=saved.person).left_behind
    assert [(row.fields["name"].value, row.fields["may_be_told"].value) for row in rows] == [("Second", "Everything")]



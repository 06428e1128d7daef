"""Who agrees to a search that is begun from a child whom nobody looks after, and what Today looks at when one site asks for very many."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import children, people, sought, tracing
from desktop.services.session import Session
from tests.desktop.services.test_children import CHECKS, refused
from tests.desktop.services.test_merging import Carry, household, person
from tests.desktop.services.test_tracing import SOUGHT, THERE, age

SAID = ("self", "caregiver", "both", "with_coordinator", "coordinator")


def begins(session: Session, child: RecordId) -> set[str]:
    """What may be ticked for a search that this child begins."""
    fit = set()
    for said in SAID:
        with suppress(UserError):
            made, _ = tracing.add(session, person=child, values={**SOUGHT, "consent_by": said})
            fit.add(said)
            tracing.end(session, record=made)
    return fit


@pytest.fixture
def aunt(session: Session) -> RecordId:
    return person(session, {"name": "Daw Khin", **age(44)}, household(session))


def test_a_child_with_nobody_begins_a_search_with_a_coordinator(session: Session) -> None:
    older, small = person(session, {"name": "Maung Maung", **age(11)}), person(session, {"name": "Ma Nge", **age(4)})
    for has_case in (False, True):
        if has_case:
            children.open_case(session, person=older)
            children.open_case(session, person=small)
        assert begins(session, older) == {"with_coordinator"}
        assert begins(session, small) == {"with_coordinator", "coordinator"}


def test_the_agreement_of_a_caregiver_counts_from_the_check_on(session: Session, aunt: RecordId) -> None:
    child = person(session, {"name": "Maung Maung", **age(9)}, household(session))
    case = children.open_case(session, person=child)[0]
    children.set_caregiver(session, record=case, person=aunt)
    assert begins(session, child) == {"with_coordinator"}, "named, and not checked"
    children.change(session, record=case, values=CHECKS)
    assert begins(session, child) == {"both"}
    children.change(session, record=case, values={"caregiver_verified": "refused"})
    assert begins(session, child) == {"with_coordinator"}, "found unfit"


def test_what_an_unfit_caregiver_agreed_to_is_asked_again_when_it_is_changed(session: Session, aunt: RecordId) -> None:
    child = person(session, {"name": "Maung Maung", **age(9)}, household(session))
    case = children.open_case(session, person=child)[0]
    children.set_caregiver(session, record=case, person=aunt)
    children.change(session, record=case, values=CHECKS)
    made, _ = tracing.add(session, person=child, values={**SOUGHT, "consent_by": "both"})
    children.change(session, record=case, values={"caregiver_verified": "refused"})
    refused(lambda: tracing.change(session, record=made, values={"may_say": "That he is well."}), "tracing.coordinator_first")
    tracing.change(session, record=made, values={"may_say": "That he is well.", "consent_by": "with_coordinator"})


def test_a_child_with_parents_begins_with_one_of_them(session: Session, aunt: RecordId) -> None:
    home = people.page(session, person=aunt).household
    assert begins(session, person(session, {"name": "Maung Maung", **age(9)}, home)) == {"both"}
    assert begins(session, aunt) == {"self", "both", "with_coordinator"}


def test_only_a_coordinator_says_that_a_coordinator_agreed(session: Session, sign_in: Callable[[Role], Session]) -> None:
    child = person(session, {"name": "Maung Maung", **age(11)})
    made, _ = tracing.add(session, person=child, values={**SOUGHT, "consent_by": "with_coordinator"})
    session = sign_in(Role.CASEWORKER)
    refused(lambda: tracing.add(session, person=child, values={**SOUGHT, "consent_by": "with_coordinator"}), "tracing.coordinator_first")
    tracing.change(session, record=made, values={"may_say": "That he is well."})


def test_nobody_unchecked_answers_for_a_child_who_came_alone(session: Session, aunt: RecordId) -> None:
    asked, _ = tracing.add(session, person=aunt, values={**SOUGHT, **age(9)})
    child = person(session, {**THERE, **age(9)}, household(session))
    both = frozenset({"self", "caregiver"})
    refused(lambda: sought.answer(session, request=asked, person=child, answer=sought.ALIVE, asked=both), "tracing.caregiver_unchecked")
    case = children.open_case(session, person=child)[0]
    children.set_caregiver(session, record=case, person=aunt)
    refused(lambda: sought.answer(session, request=asked, person=child, answer=sought.ALIVE, asked=both), "tracing.caregiver_unchecked")
    children.change(session, record=case, values=CHECKS)
    sought.answer(session, request=asked, person=child, answer=sought.ALIVE, asked=both)


# -- one site asks for very many


def flood(session: Session, count: int) -> None:
    """Requests as a program of somebody's own may write them."""
    with session.journal(Folder.CONTACTS).save("") as save:
        for number in range(count):
            values: dict[str, Value] = {"name": f"Ko Aye {number}", "state": "looking", "consent_share": "yes"}
            save.create("tracing", values)


def test_a_site_that_asks_for_very_many_hides_nobody(session: Session, other: Session, carry: Carry, monkeypatch: pytest.MonkeyPatch) -> None:
    there = person(session, THERE)
    seeker = person(session, {"name": "Ko Min", "sex": "man", **age(40)}, household(session))
    ours, _ = tracing.add(session, person=seeker, values=SOUGHT)
    flood(other, 130)
    carry(other, session)
    assert not sought.soon(session)
    compared: list[RecordId] = []
    alike = sought._alike
    monkeypatch.setattr(sought, "_alike", lambda here, one: compared.append(one.id) or alike(here, one))
    assert [(match.request.id, match.person.id) for match in sought.glance(session)] == [(ours, there)]
    assert len(compared) == 50
    assert sought.waiting(session) == 1
    sought.glance(session)
    sought.glance(session)
    assert len(compared) == len(set(compared)) == 131, "each glance goes on where the last one ended"
    sought.glance(session)
    assert len(compared) == 131, "nobody is compared twice"
    person(session, {"name": "Daw Mya", "sex": "woman"})
    sought.glance(session)
    assert len(compared) == 181
    assert compared.count(ours) == 2, "what is ours has its share each time"


def test_sites_that_nobody_here_trusts_have_one_share_together(session: Session, other: Session, carry: Carry, monkeypatch: pytest.MonkeyPatch) -> None:
    flood(other, 60)
    carry(other, session)
    seeker = person(session, {"name": "Ko Min", "sex": "man", **age(40)}, household(session))
    mine = {tracing.add(session, person=seeker, values={**SOUGHT, "name": f"Ma Hla {number}"})[0] for number in range(3)}
    monkeypatch.setattr(sought.Trust, "sites", lambda _trust: [])
    order = sought._in_turn(session, sought._looked(session))
    assert len(order) == 63
    assert mine <= set(order[:6])

"""A family with somebody left behind, for tests and pictures."""

from __future__ import annotations

from desktop.domain.ids import RecordId
from desktop.services import children, people, tracing
from desktop.services import sought as found
from desktop.services.session import Session
from tests.ui.twice import register


def family(session: Session) -> RecordId:
    """U Kyaw Zin with his wife, two children and his mother here, and two left behind. Returns him."""
    head = register(session, name="ကျော်ဇင်", name_roman="Kyaw Zin", age="41", sex="man", township="Hpa-An", father_name="ဦးထွန်း")
    home = people.page(session, person=head).household
    assert home is not None
    for name, roman, relationship, sex, age in (
        ("နှင်းအိ", "Hnin Ei", "wife", "woman", 38), ("သက်ပိုင်", "Thet Paing", "son", "man", 12),
        ("ယမင်း", "Yamin", "daughter", "woman", 9), ("ဒေါ်တင်", "Daw Tin", "mother", "woman", 66),
    ):
        birth = {"precision": "age", "years": age, "told_on": session.today(), "about": True}
        people.add_member(session, household=home, values={
            "name": name, "name_roman": roman, "relationship": relationship, "sex": sex, "birth": birth,
            **({"household_tasks": ("collects", "cares")} if relationship == "wife" else {}),
        })
    people.add_left_behind(session, household=home, values={
        "name": "ခင်စန်းဝင်း", "relationship": "sister", "sex": "woman", "area": "Yangon", "threatened": "yes", "risk": "high",
        "risk_why": "Lives in service housing; officers came to ask.", "say_them": "safe", "say_family": "safe", "say_others": "nothing",
        "tracing_wanted": "yes", "birth": {"precision": "age", "years": 35, "told_on": session.today(), "about": True},
        "father_name": "ဦးထွန်း",
    })
    people.add_left_behind(session, household=home, values={"name": "U Tun", "relationship": "father", "area": "Bago"})
    return head


def sought(session: Session) -> dict[str, RecordId]:
    """Somebody registered here is sought by a man of another household, whose own search has come to an answer."""
    here = register(session, name="ခင်စန္ဒာဝင်း", name_roman="Khin Sandar Win", age="34", sex="woman", township="Bago", father_name="ဦးလှ")
    seeker = register(session, name="Aung Ko", age="40", sex="man")
    asked, _ = tracing.add(session, person=seeker, values={
        "name": "Khin Sandar Win", "father_name": "U Hla", "sex": "woman", "relationship": "sister", "township": "Bago",
        "birth": {"precision": "age", "years": 35, "told_on": session.today(), "about": True}, "consent_share": "yes", "consent_by": "self",
        "tell_name": "yes", "wish": "contact", "may_say": "That their mother is well.", "keep_from": ("Her husband",), "last_township": "Loikaw",
    })
    other, _ = tracing.add(session, person=seeker, values={
        "name": "မင်းသူ", "relationship": "brother", "sex": "man", "consent_share": "yes", "consent_by": "self",
        "birth": {"precision": "age", "years": 9, "told_on": session.today(), "about": True},
    })
    child = register(session, name="Min Thu", age="9", sex="man")
    home = people.page(session, person=child).household
    assert home is not None
    grown = {"precision": "age", "years": 61, "told_on": session.today(), "about": True}
    people.add_member(session, household=home, values={"name": "Daw Aye Tin", "relationship": "mother", "sex": "woman", "birth": grown})
    found.answer(
        session, request=other, person=child, answer=found.CONTACT, asked=frozenset({"self", "caregiver"}), message="I am well and I go to school.",
    )
    return {"here": here, "seeker": seeker, "asked": asked, "other": other, "child": child}


def children_alone(session: Session) -> dict[str, RecordId]:
    """A child who is alone, one whose case was begun, and one who is looked after by an aunt; returns them by those names."""
    alone = register(session, name="မောင်မောင်", name_roman="Maung Maung", age="8", sex="man", needs="child_alone")
    begun = register(session, name="နှင်းနှင်း", name_roman="Hnin Hnin", age="12", sex="woman")
    cared = register(session, name="Thiha", age="9", sex="man")
    aunt = register(session, name="Daw Khin", age="44", sex="woman")
    children.open_case(session, person=begun)
    case, _ = children.open_case(session, person=cared, kind="separated")
    children.set_caregiver(session, record=case, person=aunt)
    children.change(session, record=case, values={
        "caregiver_relation": "other_relative", "caregiver_verified": "verified", "checks": ("child_alone", "papers"), "child_agrees": "yes",
        "identified_on": "2026-11-10", "child_wishes": "To go to school, and to hear of her mother.",
    })
    return {"alone": alone, "begun": begun, "cared": cared, "aunt": aunt, "case": case}

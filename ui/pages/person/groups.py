"""How the fields of records are grouped when they are changed."""

from __future__ import annotations

from desktop.domain.fields import NEEDS, PURPOSES
from ui.pages.person.edit import Edit
from ui.records.form import Group
from ui.words import tr


def _pairs(names: list[str]) -> list[str | tuple[str, ...]]:
    return [tuple(names[at : at + 2]) for at in range(0, len(names), 2)]


def _person() -> list[Group]:
    return [
        Group(tr("Names"), ["name", ("name_my", "name_roman"), ("honorific", "call_name"), "other_names"]),
        Group(tr("Birth and family"), [
            "sex", "birth", ("birth_place", "marital"), ("father_name", "mother_name"), "relationship",
        ]),
        Group(tr("Origin and languages"), [
            ("township", "nationality"), ("ethnicity", "religion"), "languages", ("interpreter", "literacy"), "interview_language",
            "education", "skills",
        ]),
        Group(tr("Papers"), ["papers", "paper_number"]),
        Group(tr("Phone and way on"), ["phone", "phone_safe", "destination", "other_site_code", "home_left_on", "debt", "harm_on_way"]),
        Group(tr("Needs"), [*_pairs([f"need_{name}" for name in NEEDS]), ("dietary", "sizes")]),
        Group(tr("Consent"), [
            *_pairs([f"consent_{name}" for name in PURPOSES]), "consent_method", "consent_on", "consent_limits", "assent_child", "found_wish",
            "withhold_from", "withhold_why",
        ]),
        Group(tr("Service"), [
            ("force", "entry"), ("entry_age", "service_years"), ("rank_claimed", "rank_verified"), ("service_number", "trade"), "left_on",
            "left_how", "left_why", "renounced", "renounced_on", "arms_handed_over", "talk_later", "referrer_code", "fear_return", "threat",
        ]),
        Group(tr("Arrival and state"), ["state", "arrived", "token", "source", "notice_read", "caseworker", "review_on", "note"]),
    ]


def _health() -> list[Group]:
    return [
        Group(tr("Now"), [("emergency", "injured"), ("sick", "pregnant"), ("breastfeeding", "talk_to_medic")]),
        Group(tr("Illness and medicine"), ["chronic", "medicines", ("supply_days", "allergies")]),
        Group(tr("Difficulties"), _pairs([f"difficulty_{name}" for name in ("see", "hear", "walk", "remember", "selfcare", "speak")])),
        Group(tr("Notes"), ["note"]),
    ]


_SHORT: dict[str, list[str | tuple[str, ...]]] = {
    "note": ["text", "important"], "step": ["what", "due", "who"], "photo": ["caption"],
    "assessment": ["verification", "verification_how", "risk", "risk_why"],
}


def groups(edit: Edit) -> list[Group]:
    """The groups of a form, in the language of the window."""
    if edit.what == "person":
        return _person()
    if edit.what == "health":
        return _health()
    if edit.what in _SHORT:
        return [Group("", _SHORT[edit.what])]
    if edit.what == "relationship":
        return [Group("", ["relationship", "household_tasks"])]
    if edit.what == "household":
        return [Group("", [
            ("came_alone", "child_without_parents"), ("has_left_behind", "split_over_sites"), "tracing_wanted", "note",
        ])]
    if edit.what == "member":
        return [Group("", [
            "name", ("name_my", "name_roman"), "call_name", "relationship", "sex", "birth", *_pairs([f"need_{n}" for n in NEEDS[:3]]), "note",
        ])]
    return [
        Group(tr("Who it is"), ["name", "relationship", "sex", "birth", ("father_name", "mother_name"), "area"]),
        Group(tr("What may be said to whom"), ["say_them", "say_family", "say_others", "may_be_told"]),
        Group(tr("Risk"), [("reachable", "threatened"), "in_service_housing", "risk", "risk_why", "review_on"]),
        Group(tr("What the family wishes"), ["tracing_wanted", "reunification_wanted"]),
    ]

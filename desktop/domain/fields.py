"""Every field of every record: its name, kind, choices and who may read it.

Source of the list: the arrival card (tier A) and the registration (tier B) of the study of the field. Nothing here asks for
locations, strengths or plans of any force, and nothing ranks people. Choice names are stable: they are stored, travel between
sites and stand in the forms; their words in each language come from the catalogue under ``choice.<list>.<name>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is held and shown."""

    TEXT = "text"
    NAME = "name"
    NOTE = "note"  # running text
    CHOICE = "choice"  # one of `choices`
    SET = "set"  # any of `choices`, or free texts if there are none: an add/remove set
    DATE = "date"  # ISO text: YYYY-MM-DD, YYYY-MM or YYYY
    MOMENT = "moment"  # ISO text with minutes, local time of the site
    NUMBER = "number"
    BIRTH = "birth"  # mapping, see `desktop.domain.births`
    PERSON = "person"  # a person's record id as text
    HOUSEHOLD = "household"
    VOLUNTEER = "volunteer"  # who looks after somebody, see `desktop.domain.carers`


LONGEST = {Kind.TEXT: 200, Kind.NAME: 200, Kind.NOTE: 10_000}
"""The most characters that are taken into a field of that kind. What comes longer from elsewhere is shown cut."""


@dataclass(frozen=True)
class Field:
    """One field of a record kind."""

    name: str
    kind: Kind = Kind.TEXT
    choices: str = ""  # name of a list in CHOICES
    restricted: bool = False  # only roles with `sees_restricted`
    searched: bool = False
    of: str = ""  # what it holds, where that is written and shown in a way of its own: "spans" (see `desktop.domain.safe_times`), "clock"
    # (minutes that another clock is ahead of the world's, shown beside ours), "moments", or "words": only shown when somebody asks


CHOICES: dict[str, tuple[str, ...]] = {
    "yes_no": ("yes", "no"),
    "sex": ("man", "woman", "other"),
    "relationship": (
        "focal", "wife", "husband", "partner", "son", "daughter", "father", "mother", "brother", "sister",
        "grandparent", "grandchild", "other_relative", "foster_child", "not_related",
    ),
    "source": ("self", "relative", "referrer"),
    "verification": ("unverified", "in_review", "verified", "doubtful"),
    "risk": ("low", "medium", "high"),
    "state": ("here", "moved_on", "left", "died"),
    "language": ("my", "ksw", "shn", "mnw", "kac", "cnh", "rki", "kyu", "pwo", "en", "th", "other"),
    "marital": ("single", "married", "separated", "divorced", "widowed"),
    "literacy": ("yes", "some", "no"),
    "papers": ("citizenship", "old_nrc", "nvc", "passport", "household_list", "service_card", "unhcr", "other", "none"),
    "original_kept": ("given_back", "held_by_us", "not_seen"),
    "paper_place": ("seen", "copied", "held_by_us", "given_back"),
    "force": (
        "army", "navy", "air_force", "police", "border_guard", "militia", "fire_service", "prison_service", "civil_employee",
        "called_up", "family_only", "other",
    ),
    "entry": ("career", "officer_cadet", "volunteer", "called_up", "forced", "recalled"),
    "left_how": ("left_on_own", "discharged", "retired", "released", "other"),
    "need": ("no", "self_reported", "observed", "confirmed", "met"),
    "difficulty": ("none", "some", "a_lot", "cannot"),
    "consent": ("yes", "no"),
    "consent_method": ("signed", "thumb", "spoken_witnessed"),
    "stage": ("first_contact", "considering", "decided", "on_the_way", "arrived", "lost_touch", "closed"),
    "channel": ("call", "message", "through_someone", "in_person"),
    "call_rule": ("they_call_us", "we_may_call", "message_only", "through_someone"),
    "check_in": ("well", "delayed", "needs_help"),
    "household_task": ("collects", "speaks", "cares"),
    "may_say": ("nothing", "ask", "safe", "contact"),
    "found_wish": ("ask", "never"),
    "tracing_state": ("looking", "ended"),
    "tracing_wish": ("word", "contact", "together"),
    "agreed_by": ("self", "caregiver", "both"),
    "search_agreed_by": ("self", "caregiver", "both", "with_coordinator", "coordinator"),
    "reply": ("contact", "alive"),
    "child_kind": ("unaccompanied", "separated"),
    "child_check": ("child_alone", "papers", "family", "visited"),
    "caregiver_state": ("not_yet", "verified", "refused"),
    "child_decision": ("stay", "reunite", "other"),
    "child_state": ("open", "reunited", "closed"),
}

NEEDS: tuple[str, ...] = (
    "sick", "medicine", "pregnant", "food", "bed", "child_alone", "afraid", "private_talk", "clothes", "blanket", "hygiene",
    "breastfeeding", "older", "disability", "papers", "legal",
)
"""Each need is a field of its own, ``need_<name>`` with the choices of the list ``need``, so that two volunteers who note
different needs never disagree. The form field ``needs`` (many answers) is spread over them."""

URGENT: tuple[str, ...] = ("sick", "medicine", "pregnant", "child_alone", "afraid", "private_talk", "bed", "food")
"""Shown first, in this order."""

PAPERS: tuple[str, ...] = tuple(name for name in CHOICES["papers"] if name != "none")
"""Kinds of paper. Where the original of each is, is a field of its own, ``original_<kind>`` with the choices of the list ``paper_place``: its
history tells who saw, copied, took and gave it back, and when."""

PURPOSES: tuple[str, ...] = ("record", "partner", "clinic", "photo", "phone", "tracing", "statistics", "testimony")
"""Consent is asked for each purpose apart: fields ``consent_<purpose>``."""

CAREFUL: Mapping[str, str] = {"found_wish": "never", "phone_safe": "no", **{f"consent_{name}": "no" for name in PURPOSES}}
"""Fields of a person -> the answer after which something must not be done. It is not given up for another one unless somebody says so."""

F = Field
_PERSON = (
    F("code", searched=True), F("token", Kind.NUMBER), F("arrived", Kind.MOMENT), F("state", Kind.CHOICE, "state"),
    F("source", Kind.CHOICE, "source"), F("interview_language", Kind.CHOICE, "language"), F("notice_read", Kind.CHOICE, "yes_no"),
    F("name", Kind.NAME, searched=True), F("name_my", Kind.NAME, searched=True), F("name_roman", Kind.NAME, searched=True),
    F("honorific"), F("other_names", Kind.SET, searched=True), F("call_name", Kind.NAME, searched=True),
    F("sex", Kind.CHOICE, "sex"), F("birth", Kind.BIRTH), F("birth_place"), F("township"), F("nationality"), F("ethnicity"),
    F("religion"), F("languages", Kind.SET, "language"), F("interpreter", Kind.CHOICE, "yes_no"),
    F("literacy", Kind.CHOICE, "literacy"), F("marital", Kind.CHOICE, "marital"), F("education"), F("skills", Kind.NOTE),
    F("father_name", Kind.NAME), F("mother_name", Kind.NAME), F("papers", Kind.SET, "papers"), F("paper_number", restricted=True),
    F("original_kept", Kind.CHOICE, "original_kept"), *(F(f"original_{name}", Kind.CHOICE, "paper_place") for name in PAPERS), F("phone", searched=True), F("phone_safe", Kind.CHOICE, "yes_no"),
    F("household", Kind.HOUSEHOLD), F("relationship", Kind.CHOICE, "relationship"), F("household_tasks", Kind.SET, "household_task"),
    F("force", Kind.CHOICE, "force"), F("entry", Kind.CHOICE, "entry", True), F("entry_age", Kind.NUMBER, restricted=True),
    F("rank_claimed"), F("rank_verified", restricted=True), F("service_number", restricted=True),
    F("trade", restricted=True), F("service_years", Kind.NUMBER, restricted=True), F("left_on", Kind.DATE, restricted=True),
    F("left_how", Kind.CHOICE, "left_how", True), F("left_why", Kind.NOTE, restricted=True),
    F("renounced", Kind.CHOICE, "yes_no", True), F("renounced_on", Kind.DATE, restricted=True),
    F("arms_handed_over", Kind.CHOICE, "yes_no", True), F("talk_later", Kind.CHOICE, "yes_no", True),
    F("home_left_on", Kind.DATE), F("harm_on_way", Kind.NOTE, restricted=True), F("debt", Kind.CHOICE, "yes_no", True),
    F("destination"), F("other_site_code"), F("referrer_code", restricted=True),
    F("said_words", restricted=True),
    F("fear_return", Kind.CHOICE, "yes_no", True), F("threat", Kind.NOTE, restricted=True),
    *(F(f"need_{name}", Kind.CHOICE, "need", name in ("afraid", "private_talk")) for name in NEEDS),
    F("dietary"), F("sizes"), F("note", Kind.NOTE),
    *(F(f"consent_{name}", Kind.CHOICE, "consent") for name in PURPOSES),
    F("consent_limits", Kind.NOTE), F("consent_method", Kind.CHOICE, "consent_method"), F("consent_on", Kind.DATE),
    F("assent_child", Kind.CHOICE, "yes_no"), F("found_wish", Kind.CHOICE, "found_wish"), F("withhold_from", Kind.SET), F("withhold_why", Kind.NOTE),
    F("verification", Kind.CHOICE, "verification", True), F("risk", Kind.CHOICE, "risk", True), F("review_on", Kind.DATE),
    F("caseworker", Kind.VOLUNTEER),
)
_HOUSEHOLD = (
    F("code", searched=True), F("focal", Kind.PERSON), F("arrived", Kind.MOMENT), F("came_alone", Kind.CHOICE, "yes_no"),
    F("child_without_parents", Kind.CHOICE, "yes_no"), F("has_left_behind", Kind.CHOICE, "yes_no"),
    F("split_over_sites", Kind.CHOICE, "yes_no"), F("tracing_wanted", Kind.CHOICE, "yes_no"), F("note", Kind.NOTE),
)
_LEFT_BEHIND = (
    F("household", Kind.HOUSEHOLD), F("name", Kind.NAME, searched=True), F("relationship", Kind.CHOICE, "relationship"),
    F("area"), F("in_service_housing", Kind.CHOICE, "yes_no", True), F("reachable", Kind.CHOICE, "yes_no", True),
    F("threatened", Kind.CHOICE, "yes_no", True), F("tracing_wanted", Kind.CHOICE, "yes_no"),
    F("reunification_wanted", Kind.CHOICE, "yes_no"), F("may_be_told", Kind.NOTE, restricted=True),
    F("sex", Kind.CHOICE, "sex"), F("birth", Kind.BIRTH), F("father_name", Kind.NAME), F("mother_name", Kind.NAME),
    F("say_them", Kind.CHOICE, "may_say"), F("say_family", Kind.CHOICE, "may_say"), F("say_others", Kind.CHOICE, "may_say"),
    F("risk", Kind.CHOICE, "risk", True), F("risk_why", Kind.NOTE, restricted=True), F("review_on", Kind.DATE),
)
_CONTACT = (
    F("code", searched=True), F("call_name", Kind.NAME, searched=True), F("stage", Kind.CHOICE, "stage"),
    F("people", Kind.NUMBER), F("children", Kind.NUMBER), F("channel", Kind.CHOICE, "channel"), F("handle", searched=True),
    F("call_rule", Kind.CHOICE, "call_rule"), F("safe_hours", Kind.SET, of="spans"), F("clock_ahead", Kind.NUMBER, of="clock"),
    F("safe_times"), F("agreed_words", of="words"), F("warning_word", of="words"), F("warned", Kind.SET, of="moments"),
    F("next_talk", Kind.MOMENT), F("late_after_hours", Kind.NUMBER), F("if_silent", Kind.NOTE), F("check_in", Kind.CHOICE, "check_in"),
    F("volunteer"), F("handover_to"), F("handover_key"), F("arrival_words", of="words"), F("person_code"), F("not_persons", Kind.SET),
    F("needs_on_way", Kind.NOTE), F("note", Kind.NOTE), F("closed_why", Kind.NOTE),
)
_SHEET = (
    F("title", Kind.NAME, searched=True), F("dated", Kind.DATE), F("area"), F("source"), F("stale_after", Kind.DATE),
    F("text", Kind.NOTE), F("series"), F("replaces"),
)
_HEALTH = (
    F("person_code"), F("emergency", Kind.CHOICE, "yes_no"), F("injured", Kind.CHOICE, "yes_no"), F("sick", Kind.CHOICE, "yes_no"),
    F("pregnant", Kind.CHOICE, "yes_no"), F("breastfeeding", Kind.CHOICE, "yes_no"), F("chronic", Kind.NOTE),
    F("medicines", Kind.NOTE), F("supply_days", Kind.NUMBER), F("allergies", Kind.NOTE),
    F("difficulty_see", Kind.CHOICE, "difficulty"), F("difficulty_hear", Kind.CHOICE, "difficulty"),
    F("difficulty_walk", Kind.CHOICE, "difficulty"), F("difficulty_remember", Kind.CHOICE, "difficulty"),
    F("difficulty_selfcare", Kind.CHOICE, "difficulty"), F("difficulty_speak", Kind.CHOICE, "difficulty"),
    F("talk_to_medic", Kind.CHOICE, "yes_no"), F("note", Kind.NOTE),
)
_NOTE = (F("person_code"), F("text", Kind.NOTE), F("important", Kind.CHOICE, "yes_no"))
_STEP = (F("person_code"), F("what"), F("due", Kind.DATE), F("who", Kind.VOLUNTEER), F("done", Kind.CHOICE, "yes_no"))
_PHOTO = (F("person_code"), F("file"), F("caption"), F("main", Kind.CHOICE, "yes_no"))
_ASSESSMENT = (
    F("person_code", restricted=True), F("verification", Kind.CHOICE, "verification", True), F("verification_how", Kind.NOTE, restricted=True),
    F("risk", Kind.CHOICE, "risk", True), F("risk_why", Kind.NOTE, restricted=True),
)
"""All of it is restricted: whoever was given Contacts for another reason neither reads it nor writes over what they do not see."""

_TRACING = (
    F("person", Kind.PERSON, restricted=True), F("left_behind", Kind.PERSON, restricted=True), F("asked_by", Kind.NAME, restricted=True),
    F("tell_name", Kind.CHOICE, "yes_no", True), F("relationship", Kind.CHOICE, "relationship", True),
    F("name", Kind.NAME, restricted=True, searched=True), F("other_names", Kind.SET, restricted=True), F("sex", Kind.CHOICE, "sex", True),
    F("birth", Kind.BIRTH, restricted=True), F("father_name", Kind.NAME, restricted=True), F("mother_name", Kind.NAME, restricted=True),
    F("township", restricted=True), F("last_township", restricted=True), F("last_heard", Kind.DATE, restricted=True),
    F("wish", Kind.CHOICE, "tracing_wish", True), F("may_say", Kind.NOTE, restricted=True), F("answer_to", Kind.SET, restricted=True),
    F("keep_from", Kind.SET, restricted=True), F("consent_share", Kind.CHOICE, "consent", True),
    F("consent_by", Kind.CHOICE, "search_agreed_by", True), F("consent_on", Kind.DATE, restricted=True),
    F("state", Kind.CHOICE, "tracing_state", True), F("ended_why", Kind.NOTE, restricted=True),
)
"""Somebody registered looks for somebody. All of it is restricted: the desk does not see who is looked for."""
_REPLY = (
    F("request", Kind.PERSON, restricted=True), F("reply", Kind.CHOICE, "reply", True), F("message", Kind.NOTE, restricted=True),
    F("told_on", Kind.DATE, restricted=True),
)
"""What somebody who was looked for allowed to be told. It names neither them nor a place."""
_CHILD = (
    F("person", Kind.PERSON, restricted=True), F("kind", Kind.CHOICE, "child_kind", True), F("identified_on", Kind.DATE, restricted=True),
    F("caregiver", Kind.PERSON, restricted=True), F("caregiver_name", Kind.NAME, restricted=True),
    F("caregiver_relation", Kind.CHOICE, "relationship", True), F("caregiver_since", Kind.DATE, restricted=True),
    F("checks", Kind.SET, "child_check", True), F("caregiver_verified", Kind.CHOICE, "caregiver_state", True),
    F("checked_whom", restricted=True),
    F("child_agrees", Kind.CHOICE, "yes_no", True), F("child_wishes", Kind.NOTE, restricted=True),
    F("no_tracing_why", Kind.NOTE, restricted=True),
    F("decision", Kind.CHOICE, "child_decision", True), F("decision_on", Kind.DATE, restricted=True),
    F("decision_by", Kind.SET, restricted=True), F("decision_why", Kind.NOTE, restricted=True),
    F("decision_agreed", Kind.CHOICE, "agreed_by", True), F("review_on", Kind.DATE, restricted=True),
    F("state", Kind.CHOICE, "child_state", True), F("reunited_with", Kind.NAME, restricted=True), F("ended_on", Kind.DATE, restricted=True),
    F("ended_why", Kind.NOTE, restricted=True),
)
"""A child without parents: who looks after them, what was decided for them, by whom and why."""

FIELDS: dict[str, dict[str, Field]] = {
    kind: {field.name: field for field in fields}
    for kind, fields in {
        "person": _PERSON, "household": _HOUSEHOLD, "left_behind": _LEFT_BEHIND, "contact": _CONTACT, "health": _HEALTH,
        "tracing": _TRACING, "reply": _REPLY, "child": _CHILD,
        "sheet": _SHEET, "note": _NOTE, "step": _STEP, "photo": _PHOTO, "assessment": _ASSESSMENT,
    }.items()
}
"""Record kind -> field name -> field."""

PROTECTED: frozenset[str] = frozenset(kind for kind, fields in FIELDS.items() if all(field.restricted for field in fields.values()))
"""Kinds of records of which nothing is shown to those who do not see restricted fields, not even that there is one."""

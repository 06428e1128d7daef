"""English names of fields and choices. Only words: `labels` says how they are used."""

from __future__ import annotations

from desktop.domain.values import Silence

SILENCES = {Silence.UNKNOWN: "Unknown", Silence.REFUSED: "Did not want to say", Silence.NOT_ASKED: "Not asked"}

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NEED_NAMES: dict[str, str] = {
    "sick": "Sick or injured", "medicine": "Medicine", "pregnant": "Pregnant", "food": "Food", "bed": "Bed",
    "child_alone": "Child without parents", "afraid": "Afraid of someone here", "private_talk": "Needs a private talk",
    "clothes": "Clothes", "blanket": "Blanket", "hygiene": "Hygiene kit", "breastfeeding": "Breastfeeding", "older": "Older person",
    "disability": "Disability", "papers": "Help with papers", "legal": "Legal help",
}

PURPOSE_NAMES: dict[str, str] = {
    "record": "Keep my record", "partner": "Share with a partner who helps", "clinic": "Give health facts to the clinic",
    "photo": "Take my photo", "phone": "Call me by phone", "tracing": "Look for my family",
    "statistics": "Count me in figures without a name", "testimony": "Record my account",
}

PAPER_NAMES: dict[str, str] = {
    "citizenship": "Citizenship card", "old_nrc": "Old NRC card", "nvc": "National verification card (NVC)",
    "passport": "Passport", "household_list": "Household list (Form 66/6)", "service_card": "Service card",
    "unhcr": "UNHCR paper", "other": "Other paper",
}

_PERSON: dict[str, str] = {
    "code": "Case number", "token": "Token", "arrived": "Arrived", "state": "State", "source": "Source of information",
    "interview_language": "Language of the talk", "notice_read": "Notice read out", "name": "Name as spoken",
    "name_my": "Name in Burmese letters", "name_roman": "Name in English letters", "honorific": "Honorific",
    "other_names": "Other names", "call_name": "Name to call in public", "sex": "Sex", "birth": "Date of birth or age",
    "birth_place": "Place of birth", "township": "Township", "nationality": "Nationality", "ethnicity": "Ethnicity",
    "religion": "Religion", "languages": "Languages spoken", "interpreter": "Needs an interpreter", "literacy": "Can read and write",
    "marital": "Marital status", "education": "Education", "skills": "Skills", "father_name": "Father’s name",
    "mother_name": "Mother’s name", "papers": "Papers", "paper_number": "Number on the paper",
    "original_kept": "The original paper", **{f"original_{name}": f"The original: {words}" for name, words in PAPER_NAMES.items()}, "phone": "Phone number", "phone_safe": "Is it safe to call?", "household": "Household",
    "relationship": "Relationship", "household_tasks": "Tasks in the household", "force": "Served in", "entry": "How they joined", "entry_age": "Age when they joined",
    "rank_claimed": "Rank (as told)", "rank_verified": "Rank (checked)", "service_number": "Service number",
    "trade": "Work in the service", "service_years": "Years of service", "left_on": "Date left the service",
    "left_how": "How they left", "left_why": "Why they left", "renounced": "Has given up military work",
    "renounced_on": "Gave it up on", "arms_handed_over": "Arms or equipment handed over",
    "talk_later": "Wants to speak with a trained interviewer", "home_left_on": "Left home on", "harm_on_way": "Harm on the way",
    "debt": "Owes money for the journey", "destination": "Wants to go to", "other_site_code": "Number at another site",
    "referrer_code": "Code of who sent them", "said_words": "Words they were told to say", "fear_return": "Afraid of going back", "threat": "Threats received",
    **{f"need_{name}": words for name, words in NEED_NAMES.items()},
    "dietary": "Food rules", "sizes": "Sizes of clothes and shoes", "note": "Notes",
    **{f"consent_{name}": words for name, words in PURPOSE_NAMES.items()},
    "consent_limits": "Limits of the consent", "consent_method": "How they agreed", "consent_on": "Agreed on",
    "assent_child": "The child agrees too", "found_wish": "If somebody looks for this person",
    "withhold_from": "Do not share with", "withhold_why": "Why not to share",
    "verification": "Verification", "risk": "Risk", "review_on": "Look again on", "caseworker": "Looked after by",
}

_HOUSEHOLD: dict[str, str] = {
    "code": "Household number", "focal": "Head of household", "arrived": "Arrived", "came_alone": "Came alone",
    "child_without_parents": "Child without parents", "has_left_behind": "Family left behind",
    "split_over_sites": "Family is at several sites", "tracing_wanted": "Wants us to look for family", "note": "Notes",
}

_LEFT_BEHIND: dict[str, str] = {
    "household": "Household", "name": "Name", "relationship": "Relationship", "area": "Broad area",
    "in_service_housing": "Lives in service housing", "reachable": "Can be reached", "threatened": "Threatened",
    "tracing_wanted": "Wants us to look for them", "reunification_wanted": "Wants to live together again",
    "may_be_told": "What they may be told", "sex": "Sex", "birth": "Date of birth or age", "father_name": "Father’s name",
    "mother_name": "Mother’s name", "say_them": "This person may be told", "say_family": "Other family may be told",
    "say_others": "Anybody else who asks may be told", "risk": "Risk", "risk_why": "Why they are at risk", "review_on": "Look again on",
}

_CONTACT: dict[str, str] = {
    "code": "Contact number", "call_name": "Name we use", "stage": "Stage", "people": "Number of people", "children": "Children",
    "channel": "How we talk", "handle": "Number or name there", "call_rule": "Who may call", "safe_hours": "Safe times, on their clock",
    "clock_ahead": "Their clock", "safe_times": "More about safe times",
    "agreed_words": "Agreed words", "warning_word": "Warning word", "warned": "Warning word was used", "next_talk": "Next safe time to talk",
    "late_after_hours": "Late after (hours)", "if_silent": "If there is no word", "check_in": "How they are",
    "volunteer": "Volunteer", "handover_to": "Asked to take over", "handover_key": "Who was asked", "not_persons": "Not the same person as",
    "arrival_words": "Words to say on arrival", "person_code": "Case number", "needs_on_way": "Needs on the way", "note": "Notes",
    "closed_why": "Why it was closed",
}

_HEALTH: dict[str, str] = {
    "person_code": "Case number", "emergency": "Emergency now", "injured": "Injured", "sick": "Sick", "pregnant": "Pregnant",
    "breastfeeding": "Breastfeeding", "chronic": "Long illness", "medicines": "Medicines taken now",
    "supply_days": "Medicine left (days)", "allergies": "Allergies", "difficulty_see": "Difficulty seeing",
    "difficulty_hear": "Difficulty hearing", "difficulty_walk": "Difficulty walking",
    "difficulty_remember": "Difficulty remembering", "difficulty_selfcare": "Difficulty washing or dressing",
    "difficulty_speak": "Difficulty speaking or understanding", "talk_to_medic": "Wants to talk to the medic", "note": "Notes",
}

_SHEET: dict[str, str] = {
    "title": "Title", "dated": "Date of the news", "area": "Area, in general words", "source": "Where it comes from",
    "stale_after": "Stale after", "text": "Text", "series": "First version", "replaces": "Version before",
}

_TRACING: dict[str, str] = {
    "person": "Who looks", "left_behind": "Left behind", "asked_by": "Name of the one who looks", "tell_name": "The one who is sought may hear this name",
    "relationship": "The one who is sought is their", "name": "Name", "other_names": "Other names", "sex": "Sex",
    "birth": "Date of birth or age", "father_name": "Father’s name", "mother_name": "Mother’s name", "township": "Home township",
    "last_township": "Last known township, nothing nearer", "last_heard": "Last heard of", "wish": "What they wish",
    "may_say": "What the one who is sought may be told", "answer_to": "Who may be told the answer", "keep_from": "Who must not learn of it",
    "consent_share": "Other sites may be asked", "consent_by": "Who agreed", "consent_on": "Agreed on", "state": "State",
    "ended_why": "Why it was ended",
}

_REPLY: dict[str, str] = {
    "request": "Who is sought", "reply": "Answer", "message": "What they want to be said", "told_on": "Passed on",
}

_NOTE: dict[str, str] = {"person_code": "Case number", "text": "Note", "important": "Everybody must read it"}

_STEP: dict[str, str] = {
    "person_code": "Case number", "what": "What is to be done", "due": "Until", "who": "Who does it", "done": "Done",
}

_PHOTO: dict[str, str] = {"person_code": "Case number", "file": "Photo", "caption": "What it shows", "main": "Shown beside the name"}

_ASSESSMENT: dict[str, str] = {
    "person_code": "Case number", "verification": "Verification", "verification_how": "How it was checked", "risk": "Risk",
    "risk_why": "Why, and what we do about it",
}

_CHILD: dict[str, str] = {
    "person": "Child", "kind": "With whom the child came", "identified_on": "Noticed on", "caregiver": "Caregiver, registered here",
    "caregiver_name": "Caregiver, not registered", "caregiver_relation": "The caregiver is the child’s", "caregiver_since": "Looks after the child since",
    "checks": "How the caregiver was checked", "caregiver_verified": "Check of the caregiver", "checked_whom": "Who was checked", "child_agrees": "The child agrees to this caregiver",
    "child_wishes": "What the child wishes, in their words", "no_tracing_why": "If nobody is to be looked for: why",
    "decision": "What is best for the child", "decision_on": "Decided on", "decision_by": "Who decided (two or more)", "decision_why": "Why it is best",
    "decision_agreed": "Who agreed", "review_on": "Look again on", "state": "State", "reunited_with": "With whom the child lives again",
    "ended_on": "Ended on", "ended_why": "Why it was ended",
}

FIELD_NAMES: dict[str, dict[str, str]] = {
    "person": _PERSON, "household": _HOUSEHOLD, "left_behind": _LEFT_BEHIND, "contact": _CONTACT, "health": _HEALTH,
    "sheet": _SHEET, "tracing": _TRACING, "reply": _REPLY, "child": _CHILD, "note": _NOTE, "step": _STEP, "photo": _PHOTO, "assessment": _ASSESSMENT,
}
"""Record kind -> field -> English name."""

ANY_RECORD: dict[str, str] = {"*deleted": "Taken off the lists"}
"""Questions that may come up about a record of any kind: one site took it off the lists while another changed it."""

CHOICE_NAMES: dict[str, dict[str, str]] = {
    "yes_no": {"yes": "Yes", "no": "No"},
    "sex": {"man": "Man", "woman": "Woman", "other": "Other"},
    "relationship": {
        "focal": "Head", "wife": "Wife", "husband": "Husband", "partner": "Partner", "son": "Son", "daughter": "Daughter",
        "father": "Father", "mother": "Mother", "brother": "Brother", "sister": "Sister", "grandparent": "Grandparent",
        "grandchild": "Grandchild", "other_relative": "Other relative", "foster_child": "Foster child",
        "not_related": "Not related",
    },
    "source": {"self": "Told by the person", "relative": "Told by a relative", "referrer": "Told by who sent them"},
    "verification": {
        "unverified": "Not checked yet", "in_review": "Being checked", "verified": "Checked", "doubtful": "In doubt",
    },
    "risk": {"low": "Low", "medium": "Medium", "high": "High"},
    "state": {"here": "Here now", "moved_on": "Moved on", "left": "Left", "died": "Died"},
    "language": {
        "my": "Burmese", "ksw": "S’gaw Karen", "shn": "Shan", "mnw": "Mon", "kac": "Kachin", "cnh": "Hakha Chin",
        "rki": "Rakhine", "kyu": "Western Kayah", "pwo": "Pwo Karen", "en": "English", "th": "Thai", "other": "Another language",
    },
    "marital": {
        "single": "Single", "married": "Married", "separated": "Separated", "divorced": "Divorced", "widowed": "Widowed",
    },
    "literacy": {"yes": "Yes", "some": "A little", "no": "No"},
    "papers": {**PAPER_NAMES, "none": "No papers"},
    "original_kept": {"given_back": "Given back", "held_by_us": "Kept by us", "not_seen": "Not seen"},
    "paper_place": {"seen": "Seen", "copied": "Copied", "held_by_us": "Kept by us", "given_back": "Given back"},
    "force": {
        "army": "Army", "navy": "Navy", "air_force": "Air force", "police": "Police", "border_guard": "Border guard",
        "militia": "Militia", "fire_service": "Fire service", "prison_service": "Prison service",
        "civil_employee": "Civil employee", "called_up": "Called up, did not serve", "family_only": "Family member only",
        "other": "Other service",
    },
    "entry": {
        "career": "By own choice, as work", "officer_cadet": "Officer cadet", "volunteer": "Volunteer soldier",
        "called_up": "Called up by law", "forced": "By force", "recalled": "Called back after retirement",
    },
    "left_how": {
        "left_on_own": "Left on their own", "discharged": "Discharged", "retired": "Retired", "released": "Released",
        "other": "Another way",
    },
    "need": {
        "no": "No need", "self_reported": "The person says so", "observed": "Seen by us", "confirmed": "Confirmed",
        "met": "Taken care of",
    },
    "difficulty": {"none": "None", "some": "Some difficulty", "a_lot": "A lot of difficulty", "cannot": "Cannot do it"},
    "consent": {"yes": "Agrees", "no": "Does not agree"},
    "consent_method": {"signed": "Signature", "thumb": "Thumbprint", "spoken_witnessed": "Spoken, with witness"},
    "stage": {
        "first_contact": "First contact", "considering": "Considering", "decided": "Decided", "on_the_way": "On the way",
        "arrived": "Has arrived", "lost_touch": "Lost touch", "closed": "Closed",
    },
    "channel": {
        "call": "Phone call", "message": "Message", "through_someone": "Through another person", "in_person": "Face to face",
    },
    "call_rule": {
        "they_call_us": "They call us, never call them", "we_may_call": "We may call", "message_only": "Messages only",
        "through_someone": "Only through another person",
    },
    "check_in": {"well": "Well, as agreed", "delayed": "Well, but delayed", "needs_help": "Needs help"},
    "household_task": {"collects": "Collects for all", "speaks": "Speaks for all", "cares": "Cares for the children"},
    "may_say": {
        "nothing": "Nothing, not even that we know them", "ask": "Nothing before a caseworker was asked", "safe": "Only that they are safe",
        "contact": "That they are safe, and how to be in touch",
    },
    "found_wish": {"ask": "Ask them first", "never": "Do not even ask: they do not want to be found"},
    "tracing_state": {"looking": "Looking", "ended": "Ended"},
    "tracing_wish": {"word": "To hear that they are alive", "contact": "To be in touch", "together": "To live together again"},
    "agreed_by": {"self": "They themselves", "caregiver": "Their caregiver", "both": "They and their caregiver"},
    "search_agreed_by": {
        "self": "They themselves", "caregiver": "Their caregiver", "both": "They and their caregiver",
        "with_coordinator": "The child and a coordinator", "coordinator": "A coordinator, for a small child",
    },
    "child_kind": {
        "unaccompanied": "Nobody: no grown-up looks after the child", "separated": "With others, without the parents",
    },
    "child_check": {
        "child_alone": "The child was asked alone", "papers": "Papers were seen", "family": "Others of the family were asked",
        "visited": "The place was visited",
    },
    "caregiver_state": {"not_yet": "Not checked yet", "verified": "May look after the child", "refused": "May not look after the child"},
    "child_decision": {
        "stay": "Stays with the caregiver", "reunite": "Lives with the family again", "other": "Other care is arranged",
    },
    "child_state": {"open": "Open", "reunited": "With the family again", "closed": "Closed"},
    "reply": {"contact": "Wants to be in touch", "alive": "May only be told that they are alive and safe"},
}
"""Name of a list of choices -> choice -> English words."""

"""How the words for relatives change when somebody else of the household becomes its head.

Every relationship in a household is told from its head: "son" is the son of the head. These rules say what a member is to a new head, where
that follows for certain; where it does not, nothing is said and somebody is asked.
"""

from __future__ import annotations

_SPOUSE = {"man": "husband", "woman": "wife", "": "partner"}
_CHILD = {"man": "son", "woman": "daughter"}
_PARENT = {"man": "father", "woman": "mother"}
_SIBLING = {"man": "brother", "woman": "sister"}
_OF = {
    "wife": "spouse", "husband": "spouse", "partner": "spouse", "son": "child", "daughter": "child", "father": "parent", "mother": "parent",
    "brother": "sibling", "sister": "sibling",
}
_TOLD = {
    "wife": "woman", "husband": "man", "son": "man", "daughter": "woman", "father": "man", "mother": "woman", "brother": "man", "sister": "woman",
}
_WORDS = {"spouse": _SPOUSE, "child": _CHILD, "parent": _PARENT, "sibling": _SIBLING}
_BACK = {"spouse": "spouse", "child": "parent", "parent": "child", "sibling": "sibling"}
_PLAIN_BACK = {"grandparent": "grandchild", "grandchild": "grandparent", "other_relative": "other_relative", "not_related": "not_related"}
_NEXT: dict[tuple[str, str], str] = {  # (what the new head was to the old one, what the member was) -> what the member is to the new head
    ("spouse", "child"): "child", ("spouse", "grandchild"): "grandchild", ("spouse", "foster_child"): "foster_child",
    ("spouse", "parent"): "other_relative", ("spouse", "sibling"): "other_relative",
    ("child", "spouse"): "parent", ("child", "child"): "sibling", ("child", "parent"): "grandparent", ("child", "sibling"): "other_relative",
    ("parent", "spouse"): "other_relative", ("parent", "child"): "grandchild", ("parent", "parent"): "spouse", ("parent", "sibling"): "child",
    ("sibling", "sibling"): "sibling", ("sibling", "parent"): "parent", ("sibling", "child"): "other_relative",
    ("sibling", "spouse"): "other_relative", ("sibling", "grandparent"): "grandparent",
}


def _sex(relationship: str, sex: str) -> str:
    """``man`` or ``woman`` as it is known of them, else as the word for them tells; "" for neither."""
    return sex if sex in ("man", "woman") else _TOLD.get(relationship, "")


def _word(kind: str, sex: str) -> str:
    return _WORDS[kind].get(sex, "") if kind in _WORDS else kind


def old_head(new: str, sex: str) -> str:
    """What the old head (of that sex: man, woman, other or "") is to a new one who was `new` to them; "" where it does not follow."""
    return _word(_BACK[_OF[new]], _sex("", sex)) if new in _OF else _PLAIN_BACK.get(new, "")


def seen_from(new: str, member: str, sex: str) -> str:
    """What a member (of that sex) who was `member` to the old head is to a new head who was `new` to the old one; "" where it does not
    follow. Nobody becomes a relative of strangers."""
    if member == "not_related":
        return member
    if new not in _OF:
        return ""
    return _word(_NEXT.get((_OF[new], _OF.get(member, member)), ""), _sex(member, sex))

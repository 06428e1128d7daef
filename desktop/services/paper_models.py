"""What the documents about people say: read from the records, in both languages, and no more than the page may show."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.paper.documents.filled_form_model import FilledSheet
from desktop.paper.documents.household_list import Asked, HouseholdList, Member
from desktop.paper.words import Pair, pair
from desktop.services import intake, people
from desktop.services.people import PersonPage, PersonRow
from desktop.services.session import Session
from desktop.words.labels import choice_label, field_label, silence_label

PRACTICAL = ("food", "bed", "clothes", "blanket", "hygiene", "papers")
"""Needs that may stand on a list which a whole family sees. Health and fear may not."""


def _both(words: Callable[[str], str]) -> Pair:
    return Pair(words("my"), words("en"))


def household(session: Session, person: RecordId, copy: int) -> HouseholdList:
    """The household of a person: the head first. UserError: record.missing."""
    page = people.page(session, person=person)
    own = page.fields["relationship"].value if "relationship" in page.fields else None
    everybody = [(page.row, own), *((one.person, one.relationship) for one in page.members)]
    everybody.sort(key=lambda one: one[1] != "focal")
    ages = [row.age for row, _ in everybody]
    fields = page.household_fields
    arrived = fields["arrived"].value if "arrived" in fields else page.row.arrived
    return HouseholdList(
        code=page.row.household_code or page.row.code,
        arrived=str(arrived)[:10] if isinstance(arrived, str) else "",
        members=tuple(_member(session, row, relationship) for row, relationship in everybody),
        under_5=sum(age is not None and age < 5 for age in ages),
        from_5_to_17=sum(age is not None and 5 <= age < 18 for age in ages),
        adults=sum(age is not None and age >= 18 for age in ages),
        asked=(
            Asked(pair("Family left behind?"), _yes_no(_value(page, "has_left_behind"), bool(page.left_behind))),
            Asked(pair("Child without parents?"), _yes_no(_value(page, "child_without_parents"))),
        ),
        left_behind=tuple(_related(one.fields["relationship"].value if "relationship" in one.fields else None) for one in page.left_behind),
        printed_on=session.today(),
        volunteer=session.author,
        copy=copy,
    )


def _value(page: PersonPage, field: str) -> Value:
    return page.household_fields[field].value if field in page.household_fields else None


def _yes_no(value: Value, known: bool = False) -> bool | Silence | None:
    """`known`: the records themselves answer with yes, whatever was ticked."""
    if known:
        return True
    return value if isinstance(value, Silence) else {"yes": True, "no": False}.get(str(value))


def _related(value: Value) -> Pair:
    if isinstance(value, Silence):
        silence = value
        return _both(lambda language: silence_label(silence, language))
    return _both(lambda language: choice_label("relationship", str(value), language)) if value else pair("Relative")


def _member(session: Session, row: PersonRow, relationship: Value) -> Member:
    from desktop.services.papers import ARRIVAL_SLIP, THERMAL_SLIP, printed

    needs = [_need(name) for name in row.needs if name in PRACTICAL]
    return Member(
        name=row.name,
        name_other=row.name_other,
        relationship=_related(relationship) if relationship else Pair("", ""),
        sex=_both(lambda language: choice_label("sex", row.sex, language)) if row.sex else Pair("", ""),
        age="" if row.age is None else str(row.age),
        code=row.code,
        needs=Pair("၊ ".join(one.my for one in needs), ", ".join(one.en for one in needs)),
        card_given=any(printed(session, document=one, person=row.id) for one in (ARRIVAL_SLIP, THERMAL_SLIP)),
    )


def _need(name: str) -> Pair:
    return _both(lambda language: field_label("person", f"need_{name}", language))


def filled_form(session: Session, person: RecordId, copy: int) -> FilledSheet:
    """The long form of a person. UserError: record.missing, paper.nothing_to_show if nobody has begun it."""
    from desktop.services.form_on_paper import REGISTRATION_CODE, filled

    page = people.page(session, person=person)
    if not any(one.form == intake.REGISTRATION for one in page.submissions):
        raise UserError("paper.nothing_to_show")
    opened = intake.saved_registration(session, person=person, language=session.language)
    return filled(
        opened.form, code=page.row.code, locked=opened.locked, printed_on=session.today(), volunteer=session.author, copy=copy,
        name=REGISTRATION_CODE,
    )

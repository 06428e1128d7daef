"""What invented people leave behind them after some days at a site: photos, notes, next steps, searches for family, and a child who came alone.

Registering is `desktop.services.practice`. This is for those who practise and for the tour; measurements and most tests need none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.practice.people import Family, families
from desktop.practice.portraits import portrait
from desktop.services import caseworkers, children, notes, people, photos, practice, sought, steps, tracing
from desktop.services.intake import Registered
from desktop.services.session import Session

_PHOTOS = 5
_NOTES = (
    (Folder.RECEPTION, "Prefers to be called in the evening.", False),
    (Folder.RECEPTION, "Do not ask about the brother in front of the children.", True),
    (Folder.HEALTH, "Brought tablets for high blood pressure, enough for two weeks.", False),
    (Folder.CONTACTS, "A neighbour at home may ask after them: say nothing.", True),
    (Folder.RECEPTION, "ကလေးများအတွက် စာအုပ် လိုသည်။", False),
    (Folder.RECEPTION, "Helps in the kitchen and speaks some Karen.", False),
)
_STEPS = (  # folder, what, days from today, whose: "me" or nobody's, done
    (Folder.RECEPTION, "Bring a second blanket", 0, "me", False), (Folder.HEALTH, "Take them to the clinic", 0, "", False),
    (Folder.RECEPTION, "Ask again about the papers", -2, "me", False), (Folder.RECEPTION, "Show them the school", 3, "", False),
    (Folder.RECEPTION, "Give the notice in Burmese", -3, "me", True), (Folder.RECEPTION, "အိပ်ရာ ပြောင်းပေးရန်", 1, "", False),
)
_AGREED: dict[str, Value] = {"consent_share": "yes", "consent_by": "self", "tell_name": "yes", "wish": "contact"}


def some_days(session: Session, heads: Sequence[RecordId], *, seed: int = practice.SEED) -> Registered:
    """Write it about families that were registered, by their heads, at least six, as a caseworker or coordinator who opens every folder. Returns the child who
    came alone. What was done here cannot be taken back with Ctrl+Z. UserError: folder.locked, role.not_allowed."""
    newest = heads[:-_PHOTOS - 1:-1]
    _add_photos(session, newest, seed)
    for (folder, text, important), person in zip(_NOTES, cycle(newest)):
        notes.write(session, person=person, folder=folder, text=text, important=important)
    _add_steps(session, newest)
    _search(session, heads)
    child = _child(session, heads[-1], seed)
    session.acts.clear()
    return child


def _add_photos(session: Session, who: Sequence[RecordId], seed: int) -> None:
    for number, person in enumerate(who):
        people.change(session, record=person, values={"consent_photo": "yes"})
        picture = portrait(seed + number, long_hair=people.page(session, person=person).row.sex == "woman")
        photos.add(session, person=person, content=picture, caption="On the day of arrival", main=True)


def _add_steps(session: Session, heads: Sequence[RecordId]) -> None:
    today, me = session.now().date(), caseworkers.me(session)
    for (folder, what, days, whose, done), person in zip(_STEPS, cycle(heads)):
        due = (today + timedelta(days=days)).isoformat()
        step, _ = steps.add(session, person=person, folder=folder, what=what, due=due, who=me if whose else None)
        if done:
            steps.finish(session, step=step)


def _search(session: Session, heads: Sequence[RecordId]) -> None:
    """One whose somebody is here and was not asked yet; one with an answer to pass on; one that nobody knows of; and a wish."""
    tracing.add(session, person=heads[1], values=_seeks(session, heads[3]))
    asked, _ = tracing.add(session, person=heads[2], values=_seeks(session, heads[5]))
    sought.answer(session, request=asked, person=heads[5], answer=sought.ALIVE, asked=frozenset({"self"}), message="I am well.")
    behind = [(head, row.id) for head in heads for row in people.page(session, person=head).left_behind]
    for (head, record), begun in zip(behind, (True, False)):
        people.change(session, record=record, values={"tracing_wanted": "yes"})
        if begun:
            tracing.add(session, person=head, values={**tracing.begin(session, left_behind=record), **_AGREED})


def _seeks(session: Session, person: RecordId) -> dict[str, Value]:
    """What somebody who looks for this person knows of them."""
    page = people.page(session, person=person)
    known = {name: page.fields[name].value for name in ("sex", "father_name", "township", "birth") if name in page.fields}
    relationship = "sister" if page.row.sex == "woman" else "brother"
    return {**_AGREED, **known, "name": page.row.name_other or page.row.name, "relationship": relationship}


def _child(session: Session, grown: RecordId, seed: int) -> Registered:
    """A child of eleven came alone; somebody grown looks after them, and nobody has checked that yet."""
    alone = practice.register_family(session, _of_eleven(next(families(seed + 101, 1, year=session.now().year)), session.now().year))
    case, _ = children.open_case(session, person=alone.person)
    children.set_caregiver(session, record=case, person=grown)
    return alone


def _of_eleven(family: Family, year: int) -> Family:
    child = replace(family.people[0], born=year - 11, call_name="Maung Maung", sex="man", needs=("child_alone",))
    return replace(family, people=(child,), left_behind=(), force="", rank="", phone="")

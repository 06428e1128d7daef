"""What a site that is trusted and dishonest, or newer than we are, can do to the pages of another one."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.folders import Folder
from desktop.journal import body as bodies
from desktop.journal.body import Body
from desktop.journal.devices import SHIFT
from desktop.services import people, stick
from desktop.services.session import Session

Carry = Callable[[Session, Session], stick.Read]


def register(session: Session, **values: str) -> people.RecordId:
    """A person, without a form."""
    with session.journal(Folder.RECEPTION).save("arrival") as save:
        return save.create("person", {"code": "K7M42QXP", **values})


def test_claims_about_what_we_will_write_make_us_another_device(session: Session, other: Session, carry: Carry) -> None:
    person = register(session, name="Aung")
    carry(session, other)
    journal, own = other.journal(Folder.RECEPTION), session.vault.device.public
    ours = journal.devices.heard(own).number << SHIFT
    with journal._writing():
        replaces = [ours | number for number in range(2, 40)]
        key = journal.own.number << SHIFT | (journal.own.seq + 1)
        body = bodies.encode(Body(values={"name": "Nobody"}, replaces={"name": replaces}), key, ours | 1, journal.devices)
        journal.log.append(journal.own, ours | 1, journal.present(), "v", "", body)
    carry(other, session)
    assert session.vault.device.public != own
    people.change(session, record=person, values={"name": "Aung Myo"})
    assert people.page(session, person=person).fields["name"].value == "Aung Myo"
    assert register(session, name="Somebody new").device == session.vault.device.public
    carry(session, other)
    other.journal(Folder.RECEPTION).rebuild()
    assert session.journal(Folder.RECEPTION).state_hash() == other.journal(Folder.RECEPTION).state_hash()


def test_a_device_that_is_not_ours_alone_is_left_also_after_a_power_cut(session: Session) -> None:
    journal, own = session.journal(Folder.HEALTH), session.vault.device.public
    with journal._writing():
        journal.devices.spend(journal.own)
    session.forget()
    assert session.journal(Folder.RECEPTION).own.public == own
    assert session.journal(Folder.HEALTH).own.public != own
    assert session.journal(Folder.RECEPTION).own.public == session.vault.device.public != own

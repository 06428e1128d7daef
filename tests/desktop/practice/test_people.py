from __future__ import annotations

from itertools import islice

from desktop.domain.fields import CHOICES, URGENT
from desktop.myanmar.text import canonical, has_myanmar
from desktop.practice.people import contacts, families


def test_the_same_seed_gives_the_same_people() -> None:
    assert list(families(7, 20)) == list(families(7, 20))
    assert list(families(7, 20)) != list(families(8, 20))
    assert list(islice(families(7, 20), 5)) == list(families(7, 5))


def test_families_fit_together() -> None:
    for family in families(3, 300):
        head = family.people[0]
        assert head.relationship == "focal"
        for person in family.people:
            assert has_myanmar(person.name_my)
            assert canonical(person.name_my) == person.name_my
            assert person.name_roman.isascii()
            assert person.relationship in CHOICES["relationship"]
            assert set(person.needs) <= set(URGENT)
            if person.relationship in ("son", "daughter"):
                assert head.born + 15 <= person.born <= 2026
            if person.relationship == "mother":
                assert person.born <= head.born - 18
        assert family.force in CHOICES["force"]


def test_contacts_stand_in_every_stage() -> None:
    assert {contact.stage for contact in contacts(1, 20)} == set(CHOICES["stage"])
    assert all(contact.children < contact.people for contact in contacts(1, 200))

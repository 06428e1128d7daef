"""The list of people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from desktop.domain import carers, originals
from desktop.domain.fields import LONGEST, NEEDS, URGENT, Kind
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.myanmar import places
from desktop.myanmar.names import code_tokens, handle_tokens, name_tokens, phone_tokens
from desktop.myanmar.sorting import name_sort_key
from desktop.myanmar.sound_search import sound_tokens
from desktop.services.projections import merged, search
from desktop.services.projections.search import Tokens, fact
from desktop.services.projections.searched import SearchedList
from desktop.services.projections.table import listed, number, plain
from desktop.vault.database import Database

OPEN_NEED = frozenset({"self_reported", "observed", "confirmed"})
NEEDS_IN_ORDER = (*URGENT, *(name for name in NEEDS if name not in URGENT))


def open_needs(values: Mapping[str, Value]) -> list[str]:
    """The needs that somebody noted and nobody has taken care of, most urgent first."""
    return [name for name in NEEDS_IN_ORDER if values.get(f"need_{name}") in OPEN_NEED]


def state_of(values: Mapping[str, Value]) -> str:
    """Where the person is; whoever was registered and has no other state is here."""
    return plain(values.get("state")) or "here"


def day_fact(arrived: str) -> str:
    """The fact of a day of arrival (ISO text, with a time or not; "" for none)."""
    return fact("a", arrived[:10] or "none")


def week_fact(day: date) -> str:
    """The fact of the week of a day of arrival."""
    return fact("w", (day - timedelta(days=day.weekday())).isoformat())


def month_fact(day: date) -> str:
    """The fact of the month of a day of arrival."""
    return fact("m", day.isoformat()[:7])


def year_fact(day: date) -> str:
    """The fact of the year of a day of arrival."""
    return fact("y", day.isoformat()[:4])


def _arrival_facts(arrived: str) -> list[str]:
    """All facts of a moment of arrival; another site may have written what is no day."""
    try:
        day = date.fromisoformat(arrived[:10])
        return [day_fact(arrived), week_fact(day), month_fact(day), year_fact(day)]
    except (ValueError, OverflowError):  # the first week of all begins before the calendar does
        return [day_fact(arrived)]


def carer_fact(key: str) -> str:
    """The fact of whoever looks after somebody; "" for nobody."""
    site, _, volunteer = key.partition("/")
    return fact("c", site[:16] + volunteer if key else "nobody")


def device_fact(device: bytes) -> str:
    """The fact of the laptop on which somebody was registered."""
    return fact("d", device.hex()[:16])


class PersonList(SearchedList):
    """`birth` is the stored mapping as JSON or "". `needs` are open needs parted by spaces, most urgent first; `other_names` stand
    in lines. `place` is the same for all spellings of a township, `by_name` sorts as a dictionary does, `originals` are the papers of
    theirs that we hold or may hold, `carer` is the key of whoever looks after them."""

    kind = "person"
    table = "person_list"
    columns = (
        ("code", "TEXT"), ("name", "TEXT"), ("name_my", "TEXT"), ("name_roman", "TEXT"), ("call_name", "TEXT"),
        ("household", "TEXT"), ("relationship", "TEXT"), ("arrived", "TEXT"), ("birth", "TEXT"), ("sex", "TEXT"), ("state", "TEXT"),
        ("needs", "TEXT"), ("differs", "INTEGER"), ("review_on", "TEXT"), ("token", "INTEGER"),
        ("other_names", "TEXT"), ("father_name", "TEXT"), ("mother_name", "TEXT"), ("township", "TEXT"), ("phone", "TEXT"),
        ("paper_number", "TEXT"), ("place", "TEXT"), ("by_name", "TEXT"), ("originals", "INTEGER"),
        ("carer", "TEXT"),
    )
    indexes = ("code", "household", "arrived, key", "state, arrived, key", "review_on", "place", "by_name, key", "originals", "carer")

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.table, *search.TABLES, merged.TABLE, merged.WAITING)

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        texts = [plain(values.get(name)) for name in ("code", "name", "name_my", "name_roman", "call_name", "household")]
        birth = values.get("birth")
        return (
            *texts, plain(values.get("relationship")), plain(values.get("arrived")),
            json.dumps(dict(birth), sort_keys=True) if isinstance(birth, Mapping) else "",
            plain(values.get("sex")), state_of(values), " ".join(open_needs(values)), int(bool(differs)),
            plain(values.get("review_on")), number(values.get("token")), "\n".join(listed(values.get("other_names"))),
            *(plain(values.get(name)) for name in ("father_name", "mother_name", "township", "phone", "paper_number")),
            places.key(plain(values.get("township"))), _sorted_as(values), originals.perhaps_held(values, differs),
            _carer(values),
        )

    def clear(self, database: Database) -> None:
        database.execute("DELETE FROM person_list")
        database.execute("DELETE FROM merged_list")
        database.execute("DELETE FROM merged_waiting")
        search.clear(database)

    def tokens(self, record: RecordId, values: Mapping[str, Value]) -> Tokens:
        names = [plain(values.get(name)) for name in ("name", "name_my", "name_roman", "call_name")]
        names += listed(values.get("other_names"))
        phone = plain(values.get("phone"))
        parents = [plain(values.get(name)) for name in ("father_name", "mother_name")]
        facts = [fact("k", "person"), fact("s", state_of(values)), *(fact("n", need) for need in open_needs(values))]
        facts += [*_arrival_facts(plain(values.get("arrived"))), carer_fact(_carer(values)), device_fact(record.device)]
        return Tokens(
            names=name_tokens(names), ids=_joined(code_tokens(plain(values.get("code"))), phone_tokens(phone), handle_tokens(phone)),
            facts=" ".join(facts), sounds=sound_tokens(names), parents=_joined(name_tokens(parents), sound_tokens(parents)),
            places=name_tokens(places.spellings(plain(values.get(name)) for name in ("township", "birth_place", "destination"))),
            papers=_joined(*(phone_tokens(plain(values.get(name))) for name in ("paper_number", "service_number"))),
            household=plain(values.get("household")),
        )


def _carer(values: Mapping[str, Value]) -> str:
    carer = carers.read(values.get("caseworker"))
    return carer.key if carer else ""


def _sorted_as(values: Mapping[str, Value]) -> str:
    """Where a person stands in a list by name: by the Burmese writing if there is one, like every line of the list."""
    names = [plain(values.get(name)) for name in ("name", "name_my", "name_roman", "call_name")]
    spoken = next((name for name in names if name), "")
    return name_sort_key(spoken[:LONGEST[Kind.NAME]])


def _joined(*tokens: str) -> str:
    return " ".join(one for one in tokens if one)

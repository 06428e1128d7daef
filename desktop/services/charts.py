"""What one folder knows of a person, read and written as one, though it may lie in several records: health, and checking and risk.

Two sites that write it down before they hear of each other make two records for one case code. Both stay; what only one of them says is
shown, and where they differ somebody is asked. Whoever writes a field writes it into all of them, so that they agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.history import Head
from desktop.journal.save import Save
from desktop.services.lines import ChangeLine, Shown
from desktop.services.reading import change_lines, shown_fields
from desktop.services.session import Session
from desktop.services.standing import codes_made_one, codes_of
from desktop.services.writing import write_known, write_new, write_values


@dataclass(frozen=True)
class Chart:
    """The records of a kind in the folder it lives in."""

    kind: str
    folder: Folder

    def records(self, session: Session, code: str) -> list[RecordId]:
        """Those of the person with this case code, in an order that is the same at every site. UserError folder.locked."""
        journal = session.journal(self.folder)
        wanted = f"SELECT key FROM {self.kind}_list WHERE person_code IN (SELECT value FROM json_each(?)) ORDER BY record"  # noqa: S608 - constant
        rows = journal.database.execute(wanted, (json.dumps(codes_of(session, code)),)).fetchall()
        return [journal.record(key) for (key,) in rows]

    def first(self, session: Session, record: RecordId) -> RecordId:
        """The record that stands for all of the same person. UserError: folder.locked, record.missing."""
        code = session.journal(self.folder).values(record).get("person_code")
        return next(iter(self.records(session, str(code or ""))), record)

    def values(self, session: Session, code: str) -> dict[str, Value]:
        """What they say together; where they differ, the first. UserError folder.locked."""
        found: dict[str, Value] = {}
        for record in reversed(self.records(session, code)):
            found.update(session.journal(self.folder).values(record))
        return found

    def fields(self, session: Session, code: str) -> dict[str, Shown]:
        """What they say together, each field with who wrote it. UserError folder.locked."""
        found: dict[str, Shown] = {}
        for record in self.records(session, code):
            for name, shown in shown_fields(session, session.journal(self.folder), record, self.kind).items():
                known = found.setdefault(name, shown)
                if known.value != shown.value:
                    found[name] = replace(known, others=known.others + 1)
        return {name: found[name] for name in FIELDS[self.kind] if name in found}

    def write(
        self, session: Session, save: Save, code: str, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None
    ) -> None:
        """Set fields, in a save of the folder; a record is made if there is none and something to say. `seen`: what was shown of all of them
        when the author began: in each of them what is neither that nor theirs stays and stands beside their answer."""
        known, said = self.records(session, code), self.values(session, code)
        for record in known:
            if seen is None:
                write_values(save, record, self.kind, values)
            else:
                own = session.journal(self.folder).values(record)
                here = {name: value for name, value in seen.items() if name in own or value != said.get(name)}  # it may be only in another one
                write_known(save, record, self.kind, values, here, own)
        if not known and any(value is not None for value in values.values()):
            said = {name: value for name, value in values.items() if value is not None}
            write_new(save, self.kind, {**said, "person_code": code})

    def lines(self, session: Session, code: str) -> list[ChangeLine]:
        """The history of all of them, newest first. UserError folder.locked."""
        found = [line for record in self.records(session, code) for line in change_lines(session, self.folder, record, self.kind)]
        return sorted(found, key=lambda line: line.at, reverse=True)

    def heads(self, session: Session, record: RecordId, name: str) -> list[Head]:
        """Every answer that stands for a field of the person this record is about, those of the first record first."""
        journal = session.journal(self.folder)
        code = str(journal.values(record).get("person_code") or "")
        return [head for one in self.records(session, code) or [record] for head in journal.heads(one).get(name, ())]

    def differing(self, session: Session) -> Iterator[tuple[RecordId, str]]:
        """(first record, field) where two records about one person say different things. UserError folder.locked."""
        journal = session.journal(self.folder)
        twice = session.remembered(self.folder, f"{self.kind} twice", lambda: self._twice(session))
        asked = {tuple(self.records(session, code)): None for code in (*twice, *self._made_one(session))}
        for about in asked:
            said = [journal.values(record) for record in about]
            for name in FIELDS[self.kind]:
                answers = [one[name] for one in said if name in one]
                if name != "person_code" and any(answer != answers[0] for answer in answers):
                    yield about[0], name

    def _twice(self, session: Session) -> list[str]:
        wanted = f"SELECT person_code FROM {self.kind}_list WHERE person_code <> '' GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"  # noqa: S608 - constant
        return [code for (code,) in session.journal(self.folder).database.execute(wanted).fetchall()]

    def _made_one(self, session: Session) -> Iterator[str]:
        """A code of each person who was registered twice, and of whom more than one of their codes has a record here."""
        groups = session.remembered(Folder.RECEPTION, "codes of people made one", lambda: codes_made_one(session))
        wanted = f"SELECT DISTINCT person_code FROM {self.kind}_list WHERE person_code IN (SELECT value FROM json_each(?))"  # noqa: S608 - constant
        asked = json.dumps([code for group in groups for code in group])
        here = {code for (code,) in session.journal(self.folder).database.execute(wanted, (asked,)).fetchall()}
        yield from (group[0] for group in groups if len(here.intersection(group)) > 1)


HEALTH = Chart("health", Folder.HEALTH)
ASSESSMENT = Chart("assessment", Folder.CONTACTS)
"""Whether what a person says was checked, and how much danger they are in. It lies in Contacts, which coordinators and caseworkers open, so that
no passphrase of a desk can read it."""

CHARTS = {chart.kind: chart for chart in (HEALTH, ASSESSMENT)}

"""What the page of long forms may be asked to show, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.services import any_form, form_library, intake, people
from desktop.services.filling import Open, questions
from desktop.services.people import PersonRow
from desktop.services.session import Session
from desktop.services.submissions import filled_id


@dataclass(frozen=True)
class Wanted:
    """One of: the long registration of a `person`; a new `form` (about a `person` or nobody); a filled form (`submission`); a `draft`. A form
    that was begun is a `draft` with its `form`: nothing may have been answered in it, then it is begun again."""

    person: RecordId | None = None
    form: RecordId | None = None
    submission: RecordId | None = None
    draft: str = ""

    @classmethod
    def of(cls, where: Mapping[str, object]) -> Wanted:
        """What `shell.open` was given."""

        def record(name: str) -> RecordId | None:
            found = where.get(name)
            return RecordId(*found) if isinstance(found, Stamp) else None

        return cls(record("person"), record("form"), record("submission"), str(where.get("draft", "")))

    @property
    def where(self) -> dict[str, object]:
        """What `shell.open` is given for this."""
        named = {"person": self.person, "form": self.form, "submission": self.submission, "draft": self.draft}
        return {name: value for name, value in named.items() if value}

    @property
    def empty(self) -> bool:
        """True if nothing is asked for: what is shown stays."""
        return self == Wanted()

    def is_shown(self, opened: Open) -> bool:
        """True if this form is the one that is open."""
        if self.draft:
            return self.draft == opened.draft
        if self.submission is not None:
            return self.submission == saved_as(opened)
        return self.form is None and opened.kept is None and self.person == opened.person


@dataclass(frozen=True)
class Found:
    """A form ready to be filled. `person`: whom it is about, if that person's page can be read. `media`: its companion files."""

    opened: Open
    person: PersonRow | None = None
    media: Mapping[str, bytes] = field(default_factory=dict)


def saved_as(opened: Open) -> RecordId | None:
    """The filled form that this is, once something of it was saved."""
    kept = opened.kept
    if kept is None:
        return opened.submission
    return filled_id(kept.folder, kept.record) if kept.record is not None else None


def find(session: Session, wanted: Wanted, language: str) -> Found:
    """Open it. UserError as of `intake` and `any_form`: what cannot be opened is never shown as an empty form."""
    opened = _open(session, wanted, language)
    for _ in questions(opened.form):  # long lists of choices are made here, not on the window's thread
        pass
    kept = opened.kept
    if kept is None:
        if opened.person is None:
            raise UserError("record.missing")
        return Found(opened, people.page(session, person=opened.person).row)
    stored = form_library.find(session, digest=kept.digest)
    media = form_library.media(session, form=stored.id) if stored is not None else {}
    readable = opened.person is not None and session.can_open(Folder.RECEPTION)
    row = people.page(session, person=opened.person).row if readable and opened.person is not None else None
    return Found(opened, row, media)


def _open(session: Session, wanted: Wanted, language: str) -> Open:
    if wanted.draft:
        try:
            return intake.reopen(session, draft=wanted.draft, language=language)
        except UserError as error:
            if error.code != "record.missing" or wanted.form is None:
                raise
    if wanted.submission is not None:
        return any_form.open_saved(session, submission=wanted.submission, language=language)
    if wanted.form is not None:
        return any_form.begin(session, form=wanted.form, person=wanted.person, language=language)
    if wanted.person is None:
        raise UserError("record.missing")
    return intake.begin_registration(session, person=wanted.person, language=language)

"""What a volunteer or a coordinator chose."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.myanmar.text import clean
from desktop.services.session import Session
from desktop.words.catalogue import LANGUAGES

PAPER_SIZES = ("A4", "Letter")
PEOPLE_ORDERS = ("arrival", "name")
_OF_THE_SITE = frozenset({"site", "lock_minutes"})
_OF_PAPER = frozenset({"paper_size", "printer"})


@dataclass(frozen=True)
class Settings:
    """`lock_minutes` 1 to 60."""

    language: str = "en"  # en or my
    lock_minutes: int = 10
    site: str = ""
    paper_size: str = "A4"  # A4 or Letter
    printer: str = ""  # the last one used
    people_order: str = "arrival"  # how the list of people stands: arrival or name


def settings(session: Session) -> Settings:
    """All of them, defaults where nothing was chosen."""
    vault, default = session.vault, Settings()
    return Settings(
        language=vault.setting("language", default.language),
        lock_minutes=int(vault.setting("lock_minutes", str(default.lock_minutes))),
        site=vault.setting("site", default.site),
        paper_size=vault.setting("paper_size", default.paper_size),
        printer=vault.setting("printer", default.printer),
        people_order=vault.setting("people_order", default.people_order),
    )


def change(session: Session, **values: str | int) -> Changes:
    """Any of the fields of `Settings`; all or none. UserError: settings.wrong, role.not_allowed (the name of
    the site and the minutes until it locks are for coordinators, the paper for those who print)."""
    before = settings(session)
    try:
        after = replace(before, **values)  # type: ignore[arg-type]
    except TypeError as error:
        raise UserError("settings.wrong") from error
    if not _right(after):
        raise UserError("settings.wrong")
    after = replace(after, site=clean(after.site))
    changed = {key: value for key, value in asdict(after).items() if value != getattr(before, key)}
    session.require(coordinates=bool(changed.keys() & _OF_THE_SITE), writes=bool(changed.keys() & _OF_PAPER))
    with session.vault.home.transaction():
        for key, value in changed.items():
            session.vault.set_setting(key, str(value))
        if "site" in changed:
            session.vault.audit("site.renamed")
    return Changes(frozenset({"setting"}) if changed else frozenset())


def _right(chosen: Settings) -> bool:
    return (
        chosen.language in LANGUAGES
        and type(chosen.lock_minutes) is int
        and 1 <= chosen.lock_minutes <= 60
        and isinstance(chosen.site, str)
        and bool(clean(chosen.site))
        and chosen.paper_size in PAPER_SIZES
        and isinstance(chosen.printer, str)
        and chosen.people_order in PEOPLE_ORDERS
    )

"""Make, open, recover and lock a vault."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.myanmar.text import clean
from desktop.services.session import Session
from desktop.vault import recovery
from desktop.vault.hardness import FLOOR
from desktop.vault.strength import YEAR, seconds_to_guess
from desktop.vault.vault import Vault, lies_in
from desktop.words.spoken import suggestion

RecoveryPart = recovery.Part
_ENOUGH, _STRONG = YEAR, 1000 * YEAR


@dataclass(frozen=True)
class Strength:
    """An honest estimate: `seconds` a thief with a fast computer would need on average; `enough` if it may be used.
    `level` is ``weak``, ``fair`` or ``strong``."""

    level: str
    seconds: float
    enough: bool


@dataclass(frozen=True)
class Created:
    """A new vault, opened, and its recovery code."""

    session: Session
    recovery_code: str = field(repr=False)  # 32 Crockford characters, shown and printed once, never stored


def exists(folder: Path) -> bool:
    """True if a vault, or what is left of one, lies in this folder."""
    return lies_in(folder)


def strength(passphrase: str) -> Strength:
    """How long this passphrase would hold (`desktop.vault.strength` says against whom). Less than a year is not enough."""
    seconds = seconds_to_guess(passphrase)
    level = "strong" if seconds >= _STRONG else "fair" if seconds >= _ENOUGH else "weak"
    return Strength(level, seconds, seconds >= _ENOUGH)


def suggest_words(count: int = 5) -> str:
    """Words joined by spaces, drawn at random from our word list."""
    return suggestion(count)


def create(folder: Path, *, site: str, name: str, passphrase: str, language: str = "en", quick: bool = False) -> Created:
    """A new vault with the three folders; `name` becomes its first volunteer, a coordinator who holds every folder.

    The passphrase is made as costly to guess as the machine bears; `quick` takes the least that is ever allowed (a practice
    vault, tests). UserError: passphrase.weak, vault.exists, vault.not_empty, site.empty, name.empty. KnownFault: disk.full,
    disk.readonly.
    """
    site, name = filled(site, "site.empty"), filled(name, "name.empty")
    require_strength(passphrase)
    vault, code = Vault.create(
        folder, site=site, name=name, passphrase=passphrase, language=language, hardness=FLOOR if quick else None
    )
    return Created(Session(vault), code)


def open_vault(folder: Path, *, passphrase: str) -> Session:
    """UserError: passphrase.wrong. KnownFault: vault.missing, vault.newer, vault.damaged, vault.slots_damaged, vault.slots_missing,
    vault.part_missing (part), vault.in_use (another window has it), memory.short."""
    return Session(Vault.open(folder, passphrase))


def recover(folder: Path, *, code: str, passphrase: str) -> Session:
    """Open with the recovery sheet and set a new passphrase for the coordinator it was made for. The sheet stays good.

    UserError: recovery.mistyped (not a code at all), recovery.wrong, passphrase.weak, passphrase.taken.
    """
    require_strength(passphrase)
    return Session(Vault.recover(folder, code, passphrase))


def recover_with_parts(folder: Path, *, first: str, second: str, passphrase: str) -> Session:
    """The same with two of the three parts of the sheet: a row of each as it was typed, or all that a part says as a scanner reads it.

    UserError: recovery.part_mistyped (part: 1 or 2, in the order typed), recovery.parts_apart, and as for `recover`.
    """
    try:
        found = recovery.joined(first, second)
    except ValueError as error:
        raise UserError("recovery.part_mistyped", part=int(str(error))) from None
    if not found:
        raise UserError("recovery.parts_apart")
    for code in found[:-1]:
        try:
            return recover(folder, code=code, passphrase=passphrase)
        except UserError as error:
            if error.code != "recovery.wrong":
                raise
    return recover(folder, code=found[-1], passphrase=passphrase)


def recovery_parts(code: str) -> tuple[RecoveryPart, ...]:
    """The code of a recovery sheet in three parts, of which any two open the vault. They stay good as long as the code does."""
    return recovery.parts(code)


def change_passphrase(session: Session, *, old: str, new: str) -> Changes:
    """UserError: passphrase.wrong, passphrase.weak, passphrase.taken."""
    require_strength(new)
    session.vault.volunteers.change_passphrase(old, new)
    session.vault.audit("passphrase.changed")
    return Changes(frozenset({"volunteer"}))


def new_recovery_code(session: Session) -> str:
    """A new code; the old sheet stops working. Coordinators only (UserError: role.not_allowed, volunteers.full)."""
    session.require(coordinates=True)
    code = session.vault.volunteers.new_recovery_code()
    session.vault.set_setting("recovery_sheet_made", "no")  # until somebody has typed two of its words back
    session.vault.audit("recovery.made")
    return code


def note_recovery_sheet(session: Session) -> Changes:
    """The sheet is on paper and two of its words were typed back: Today stops asking for it. Coordinators only (UserError
    role.not_allowed)."""
    session.require(coordinates=True)
    session.vault.set_setting("recovery_sheet_made", "yes")
    return Changes(frozenset({"setting"}))


def check(session: Session) -> tuple[str, ...]:
    """Read every file this volunteer can open from end to end; the names of those that are damaged."""
    return tuple(session.vault.damaged())


def lock(session: Session) -> None:
    """Checkpoint and close every database. The caller ends the process afterwards: only that clears memory."""
    session.close()


def require_strength(passphrase: str) -> None:
    """UserError passphrase.weak if a thief would not need long enough."""
    if not strength(passphrase).enough:
        raise UserError("passphrase.weak")


def filled(text: str, code: str) -> str:
    """A name in its one clean form. UserError with that code if nothing is left of it."""
    text = clean(text)
    if not text:
        raise UserError(code)
    return text

"""What this computer's own printing keeps, in words, and what to do about it."""

from __future__ import annotations

from desktop.services.spool import CANNOT_TELL, KEEPS, KEEPS_FOR_A_TIME, KEEPS_NOTHING, NO_SERVICE, Spool
from ui.words import counted, tr


def tone(spool: Spool) -> str:
    """``good`` if nothing is kept, else ``warn``."""
    return "good" if spool.keeps in (KEEPS_NOTHING, NO_SERVICE) and not spool.files else "warn"


def kept(spool: Spool) -> str:
    """One sentence on what it keeps."""
    if spool.system == "windows":
        names = ", ".join(spool.files)
        return (
            tr("These printers are set to keep every page they print: {names}.", names=names) if names
            else tr("This computer deletes pages once they are printed. Pages of a job that failed stay until somebody deletes it.")
        )
    if spool.keeps == KEEPS_FOR_A_TIME:
        return counted(
            spool.hours, "This computer keeps a copy of every printed page for {n} hour.", "This computer keeps a copy of every printed page for {n} hours.",
        )
    return {
        KEEPS: tr("This computer keeps a copy of every printed page until somebody deletes it."),
        KEEPS_NOTHING: tr("This computer keeps no copy of printed pages."),
        NO_SERVICE: tr("This computer has no print service, so it keeps no copies."),
        CANNOT_TELL: tr("We may not look at the settings of this computer's print service. Most keep a copy of every page for a day."),
    }[spool.keeps]


def todo(spool: Spool) -> list[str]:
    """What to do about it, one sentence each; empty if there is nothing to do."""
    if spool.system == "windows":
        if not spool.files:
            return []
        return [tr("In Windows open Printers, the printer's properties, Advanced, and take the tick from “Keep printed documents”.")]
    lines = []
    if spool.keeps in (KEEPS, KEEPS_FOR_A_TIME, CANNOT_TELL):
        lines.append(tr("Whoever looks after this computer can stop it with one line: {line}", line=_STOP))
        lines.append(tr("Copies that are there already go away with: {line}", line=_CLEAR))
    if spool.files:
        lines.append(tr("These printers write a file that anybody can read. Do not use them: {names}.", names=", ".join(spool.files)))
    if not spool.in_memory and spool.keeps != NO_SERVICE:
        lines.append(tr("This system has no folder in memory: printing writes on the disk for a moment."))
    return lines


_STOP = "sudo cupsctl PreserveJobFiles=No PreserveJobHistory=No"
_CLEAR = "sudo cancel -a -x"

"""Forms that a site added: opening and saving through the services, and the list of ten thousand filled forms."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.domain.folders import Folder
from desktop.services import any_form, form_library, intake
from desktop.services.intake import Open
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.benchmarks.forms import MEMBERS
from tests.benchmarks.table import Row, percentile, timed
from tests.desktop.forms.sheets import table
from tests.desktop.services.any_forms import compiled, named
from tests.stretching import quick

PASSPHRASE = "amber river stone lantern"
SECTIONS, LISTED = 10, 10_000


def sections(questions: int) -> bytes:
    """A form of so many questions in sections, with a household repeat."""
    lines = ["begin repeat | member | Member |", "text | who | Who |", *(f"integer | m{n} | M{n} |" for n in range(8)), "end repeat | | |"]
    each = (questions - 10) // SECTIONS
    for section in range(SECTIONS):
        lines.append(f"begin group | s{section} | Section {section} |")
        lines += [f"integer | q{section}_{n} | Question {n} | ${{q{section}_{n - 1}}} != ''" if n % 5 else f"integer | q{section}_{n} | Q |" for n in range(each)]
        lines.append("end group | | |")
    return compiled(table("type | name | label | relevant", *lines), settings=named("long", "1"))


def answer(opened: Open) -> None:
    """Every question, and a family."""
    for _ in range(MEMBERS - 1):
        opened.form.add("/data/member")
    for section in opened.form.sections():
        for node in opened.form.children(section.path):
            opened.form.set(node.path, "7")
    for member in range(1, MEMBERS + 1):
        for node in opened.form.children(f"/data/member[{member}]"):
            opened.form.set(node.path, "3")


def measured(session: Session) -> list[Row]:
    """The figures of one vault."""
    form = form_library.add(session, compiled=sections(600))[0].id
    opened = any_form.begin(session, form=form, person=None, language="en")
    answer(opened)
    first = timed(lambda: any_form.save(session, opened=opened))
    (stored,) = any_form.filled(session)
    opening = [timed(lambda: any_form.open_saved(session, submission=stored.id, language="en")) for _ in range(5)]
    again = any_form.open_saved(session, submission=stored.id, language="en")
    keeping, saving = [], []
    for number in range(20):
        again.form.set("/data/s3/q3_0", str(number))
        keeping.append(timed(lambda: intake.keep(session, opened=again)))
        saving.append(timed(lambda: any_form.save(session, opened=again, section="/data/s3")))
    digest = form_library.stored_form(session, form=form).digest
    with session.journal(Folder.RECEPTION).save("form") as save:
        for number in range(LISTED):
            save.create("submission", {"form": "long", "version": "1", "digest": digest, "sections": SECTIONS, "/data/s0/q0_0": str(number)})
    listing = min(timed(lambda: any_form.filled(session, form_id="long")) for _ in range(3))
    return [
        Row("open a stored submission of 600 questions through the services", percentile(opening, 0.95) * 1000, "ms", 300.0),
        Row("save it for the first time", first * 1000, "ms"),
        Row("save one section of it", percentile(saving, 0.95) * 1000, "ms", 300.0),
        Row("keep its draft after one answer", percentile(keeping, 0.95) * 1000, "ms", 100.0),
        Row(f"list {LISTED:,} filled forms", listing * 1000, "ms", 500.0),
    ]


def rows() -> list[Row]:
    """See `tests.benchmarks.table`."""
    with TemporaryDirectory() as folder, quick():
        vault, _ = Vault.create(Path(folder) / "vault", site="Riverside", name="Coordinator", passphrase=PASSPHRASE)
        session = Session(vault)
        try:
            return measured(session)
        finally:
            session.close()

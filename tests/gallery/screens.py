"""Every screen of the window over real vaults, in both languages, at 1366x768 and 1280x650, at scale 1.0 and 1.5."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from desktop.domain.ids import Stamp
from desktop.services import people, practice_days
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.ui import contact_states, families, own_forms, paper_first, twice
from tests.ui.two_sites import PASSPHRASE, build

SCALES = ("1.0", "1.5")
CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def draw(folder: Path) -> Iterator[Path]:
    """Write ``screen-language[-small][-scale].png``. Each scale needs a process of its own."""
    with tempfile.TemporaryDirectory() as work:
        sites = build(Path(work))
        _own_forms(sites.here, Path(work))
        for scale in SCALES:
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
            subprocess.run(
                [sys.executable, "-m", "tests.gallery.screens", str(sites.here), str(sites.stick), str(folder), scale],
                env=environment, check=True, cwd=Path(__file__).parent.parent.parent,
            )
    yield from sorted(folder.glob("*.png"))


def _own_forms(here: Path, folder: Path) -> None:
    """Forms of the site's own, some of them filled, and a workbook that needs repairs and one that is broken beside the vault."""
    session = Session(Vault.open(here, PASSPHRASE))
    own_forms.fill(session, folder)
    pages = [people.page(session, person=row.id) for row in people.rows(session, keys=people.find(session).keys)]
    practice_days.some_days(session, [page.row.id for page in pages if page.members and page.fields["relationship"].value == "focal"])
    twice.two(session)
    families.family(session)
    families.sought(session)
    families.children_alone(session)
    paper_first.fill(session, folder)
    (folder / "joined").write_text(twice.joined(session).text(), encoding="ascii")
    contact_states.make(session)
    session.close()
    own_forms.odd(folder / "odd.xlsx")
    own_forms.broken(folder / "broken.xlsx")
    own_forms.water(folder / "water3.xlsx", "3", "text | well | Who owns the well? | ရေတွင်းပိုင်ရှင်")


def main(here: Path, stick: Path, out: Path, scale: str) -> None:
    """Draw one scale."""
    from tests.gallery import _album as album
    from ui import words

    app = album.application()
    ending = "" if scale == "1.0" else f"-{scale}"
    for language in ("en", "my"):
        words.use(language)
        _before(app, here, out, language, ending)
    for size, small in (((1366, 768), ""), ((1280, 650), "-small")):
        if small and ending:
            continue
        words.use("en")
        album.take(here, PASSPHRASE, out, lambda subjects, e=f"{small}{ending}": _shots(subjects, stick, e), size)


def _before(app: object, here: Path, out: Path, language: str, ending: str) -> None:
    """The screens before a vault is open, each on a window of its own."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.code_groups import Sheet
    from ui.window import Window

    assert isinstance(app, QApplication)
    for step in ("unlock", "recover", "recover-parts", "place", "passphrase", "sheet", "sheet-parts"):
        window = Window(here if step.startswith(("unlock", "recover")) else out / "nowhere")
        window.opening.sheet = Sheet(CODE, (3, 7))
        window.opening.in_parts = step == "recover-parts"
        window.opening.sheet.divide(step == "sheet-parts")
        window.opening.site, window.opening.name = "Riverside", "Thiri"
        window.opening.go(step.removesuffix("-parts"))
        window.show()
        window.activateWindow()

        def fill(window: Window = window) -> None:
            for one in window.findChildren(QLineEdit):
                if "passphrase" in one.objectName():
                    one.setText(PASSPHRASE)

        def take(window: Window = window, step: str = step) -> None:
            window.grab().save(str(out / f"open-{step}-{language}{ending}.png"))
            window.over.connect(lambda _again: app.exit(0))
            window.close()

        QTimer.singleShot(60, fill)
        QTimer.singleShot(500, take)
        app.exec()
        window.deleteLater()


def _shots(subjects: object, stick: Path, ending: str) -> Sequence[object]:
    from PySide6.QtWidgets import QLineEdit, QPushButton

    from tests.gallery._album import Shot, Subjects
    from ui.pages.contacts.view import ContactsView
    from ui.pages.forms.view import FormsView
    from ui.pages.paper.state import PaperState
    from ui.pages.paper.typed_form import TypedForm
    from ui.pages.paper.view import PaperView
    from ui.pages.register.view import RegisterView
    from ui.pages.stick.view import StickView
    from ui.window import Window

    assert isinstance(subjects, Subjects)

    def going(name: str, **where: object) -> Callable[[Window], None]:
        def prepare(window: Window) -> None:
            if window.shell is not None:
                window.shell.open(name, **where)

        return prepare

    def then(name: str, do: Callable[[Window], None], **where: object) -> Callable[[Window], None]:
        def prepare(window: Window) -> None:
            going(name, **where)(window)
            do(window)

        return prepare

    def at_stick(window: Window) -> StickView:
        assert window.shell is not None
        assert isinstance(window.shell.page, StickView)
        return window.shell.page

    def command(id: str) -> Callable[[Window], None]:
        def give(window: Window) -> None:
            found = window.shell.commands.named(id) if window.shell is not None else None
            if found is not None:
                found.do()

        return give

    def chosen_form(form_id: str, do: Callable[[FormsView], None]) -> Callable[[Window], None]:
        """Does something with a form of the library."""

        def prepare(window: Window) -> None:
            assert window.shell is not None
            page = window.shell.page
            if not isinstance(page, FormsView):
                window.shell.open("forms")
                page = window.shell.page
            assert isinstance(page, FormsView)
            page._state.choose(next((one.id for one in page._state.forms if one.form_id == form_id), None))
            do(page)

        return prepare

    def back_then(do: Callable[[Window], None]) -> Callable[[Window], None]:
        """Puts a form away that the picture before had opened."""

        def prepare(window: Window) -> None:
            if window.shell is not None and window.shell.page is not None:
                window.shell.page.back()
            do(window)

        return prepare

    def typed(window: Window) -> None:
        """An arrival card of somebody who is registered already."""
        assert window.shell is not None
        page = window.shell.page
        assert isinstance(page, RegisterView)
        state = page._state
        for name, text in (("name", "U Aung Myo Htat"), ("age", "32"), ("township", "hpa-an"), ("father_name", "U Ba Thein")):
            state.filling.form.set(f"/data/{name}", text)
        page._show()
        state._look_for_twins()
        state.twins._search()

    def contact(name: str = "", form: str = "") -> Callable[[Window], None]:
        """Shows the contact of that name (the first, without one), with a form if one is named."""

        def prepare(window: Window) -> None:
            assert window.shell is not None
            if window.shell.page is None or window.shell.page.objectName() != "page_contacts":
                window.shell.open("contacts")
            page = window.shell.page
            assert isinstance(page, ContactsView)
            page._state.close_form()
            page._state.turn(False)
            page._state.choose(next((one.id.text() for one in page._state.rows if name in ("", one.call_name)), ""))
            if form:
                page._state.begin(form)

        return prepare

    def library(form: str = "") -> Callable[[Window], None]:
        """Shows the guidance sheets, with a form if one is named."""

        def prepare(window: Window) -> None:
            assert window.shell is not None
            page = window.shell.page
            assert isinstance(page, ContactsView)
            page._state.close_form()
            page._state.turn(True)
            page._state.library.close_form()
            if form:
                page._state.library.begin(form)

        return prepare

    def paper_state(window: Window) -> PaperState:
        assert window.shell is not None
        assert isinstance(window.shell.page, PaperView)
        return window.shell.page._state

    def written(answers: dict[str, str]) -> Callable[[Window], None]:
        """Writes into the small form of the paper that is shown."""

        def prepare(window: Window) -> None:
            for key, answer in answers.items():
                field = window.findChild(QLineEdit, f"paper_{key}")
                assert field is not None
                field.setText(answer)
            form = window.findChild(TypedForm)
            assert form is not None
            form.edited.emit(form.answers())

        return prepare

    def pressed(*names: str) -> Callable[[Window], None]:
        """Presses buttons of the box that is open."""

        def prepare(window: Window) -> None:
            for name in names:
                found = window.findChild(QPushButton, name)
                assert found is not None, name
                found.click()

        return prepare

    def named(window: Window) -> None:
        paper_state(window).show_on_it(frozenset({"name"}))

    person = {"person": subjects.person}
    joined = {"person": Stamp.parse((stick.parent / "joined").read_text(encoding="ascii"))}
    beside = stick.parent
    tabs = [(f"person-{tab}", going("person", tab=tab, **person)) for tab in ("household", "notes", "forms", "health", "photos", "history")]
    made: list[Shot] = []
    for language in ("en", "my"):
        screens: list[tuple[str, Callable[[Window], None]]] = [
            ("today", going("today")), ("find", then("today", command("window.find"))), ("help", then("today", command("window.help"))),
            ("people", going("people")), ("person", going("person", tab="overview", **person)), *tabs,
            ("person-change", command("person.change")), ("person-member", back_then(command("person.member"))),
            ("person-left", back_then(command("person.left"))),
            ("contacts", back_then(contact())), ("contacts-words", command("contacts.words")),
            ("contacts-talk", command("contacts.talk")), ("contacts-change", back_then(command("contacts.change"))),
            ("contacts-new", back_then(command("contacts.new"))),
            ("contacts-warned", back_then(contact("Ko Wai"))), ("contacts-allow", contact("Ko Wai", "allow")),
            ("contacts-match", contact("Phyu Phyu")), ("contacts-arrived", contact("Phyu Phyu", "arrived")), ("contacts-asked", contact("Min Thu")), ("contacts-late", contact("Sai Leng")),
            ("contacts-give", contact("Sai Leng", "guidance")), ("contacts-handover", contact("Sai Leng", "handover")),
            ("contacts-guidance", library()),
            ("contacts-sheet", library("new")), ("contacts-version", library("version")), ("answers", back_then(going("answers"))),
            ("stick-none", going("stick")),
            ("stick-found", then("stick", lambda window: at_stick(window).use_folder(stick))),
            ("stick-sites", going("stick", show="sites")),
            ("paper", going("paper", document="arrival_slip", **person)),
            ("paper-form", going("paper", document="registration_filled", **person)),
            ("paper-list", going("paper", document="household_list", **person)),
            ("paper-card", going("paper", document="site_card")),
            ("paper-receipt", going("paper", document="stipend_receipt", **person)),
            ("paper-written", written({"amount": "200000", "for": "November"})),
            ("paper-beds", going("paper", document="bed_assignment", **person)),
            ("paper-referral", going("paper", document="medical_referral", **person)),
            ("paper-slip", going("paper", document="arrival_slip", **person)), ("paper-named", named),
            ("paper-tally", going("paper", document="desk_list")), ("paper-rooms", going("paper", document="tally")),
            ("paper-many", then("paper", command("paper.many"))), ("paper-all", pressed("many_papers_ration_card", "many_papers_stipend_receipt", "many_go")),
            ("pads", going("pads")), ("scans", going("scans", files=(beside / "scan.jpg",))),
            ("paper-choose", then("paper", command("paper.person"))),
            *((f"settings-{section}", going("settings", show=section)) for section in ("volunteers", "place", "language", "lock", "recovery", "about")),
            ("settings-add", then("settings", command("settings.add"), show="volunteers")),
            ("longform", going("longform", **person)), ("register", going("register")),
            ("register-twin", typed), ("register-same", command("register.same")), ("register-not", command("register.same")),
            ("person-joined", going("person", tab="overview", **joined)), ("doubles", going("doubles")),
            *((f"families-{show}", going("families", show=show)) for show in ("ask", "pass_on", "request", "wish", "alone", "child")),
            ("families-form", command("families.change")),
            ("forms", back_then(chosen_form("water", lambda page: page._state.go("library")))), ("forms-filled", chosen_form("water", lambda page: page._state.open_filled())),
            ("forms-moving", chosen_form("water", lambda page: page._state.open_move())),
            ("forms-trying", chosen_form("water", lambda page: page._doing.look())),
            ("forms-export", chosen_form("water", lambda page: page._doing.export())),
            *((f"forms-{name}", going("forms", files=(beside / f"{name}.xlsx",))) for name in ("odd", "broken", "water3")),
        ]
        made += [
            Shot(f"{name}-{language}{ending}", prepare, language) for name, prepare in screens
            if find_spec(f"ui.pages.{name.partition('-')[0]}") is not None or name in ("find", "help")
        ]
    return made


if __name__ == "__main__":
    main(*(Path(one) for one in sys.argv[1:4]), sys.argv[4])

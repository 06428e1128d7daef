"""A form with every type of question being filled, page by page, in both languages, at 1366x768 and 1280x650, at scale 1.0 and 1.5."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.domain.ids import RecordId
from desktop.services import form_library, practice
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.ui.forms.every_type import EVERY_TYPE, compiled

PASSPHRASE = "amber river stone lantern"
PAGES = ("writing", "numbers", "days", "choosing", "matrix", "places", "house")


def draw(folder: Path) -> Iterator[Path]:
    """Write ``filling-page-language[-small][-scale].png``. Each scale needs a process of its own."""
    with tempfile.TemporaryDirectory() as work:
        place = Path(work) / "vault"
        vault, _ = Vault.create(place, site="Riverside", name="Naw Eh", passphrase=PASSPHRASE, hardness=FLOOR)
        session = Session(vault)
        practice.fill(session, count=2, waiting=0)
        form = form_library.add(session, compiled=compiled(EVERY_TYPE))[0].id
        session.close()
        for scale in ("1.0", "1.5"):
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
            subprocess.run(
                [sys.executable, "-m", "tests.gallery.filling", str(place), form.text(), str(folder), scale],
                env=environment, check=True, cwd=Path(__file__).parent.parent.parent,
            )
    yield from sorted(folder.glob("filling-*.png"))


def main(vault: Path, form: RecordId, out: Path, scale: str) -> None:
    """Draw one scale."""
    from tests.gallery import _album as album
    from ui import words

    ending = "" if scale == "1.0" else f"-{scale}"
    for size, small in (((1366, 768), ""), ((1280, 650), "-small")):
        if not small or not ending:
            words.use("en")
            album.take(vault, PASSPHRASE, out, lambda _whom, e=f"{small}{ending}": _shots(form, e), size)  # type: ignore[misc]


def _shots(form: RecordId, ending: str) -> Sequence[object]:
    from tests.gallery._album import Shot
    from ui.pages.longform.state import END
    from ui.pages.longform.view import LongformView
    from ui.window import Window

    def opening(window: Window) -> None:
        assert window.shell is not None
        window.shell.open("longform", form=form)

    def turning(key: str) -> Callable[[Window], None]:
        def prepare(window: Window) -> None:
            page = window.shell.page if window.shell is not None else None
            assert isinstance(page, LongformView)
            root = page._state.filling.form.definition.root.name
            page._state.turn(key if key == END else f"/{root}/{key}")

        return prepare

    made: list[Shot] = []
    for language in ("en", "my"):
        made.append(Shot(f"filling-begun-{language}{ending}", opening, language))
        made += [Shot(f"filling-{page}-{language}{ending}", turning(page), language) for page in PAGES]
        made.append(Shot(f"filling-end-{language}{ending}", turning(END), language))
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]), RecordId.parse(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])

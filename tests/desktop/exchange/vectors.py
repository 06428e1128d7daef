"""Writes vectors.json, the test vectors of docs/BUNDLE.md, with invented people: ``python -m tests.desktop.exchange.vectors``.

Made anew only when the format changes: a file that was once written must stay readable.
"""

from __future__ import annotations

import json
import tempfile
from base64 import b64encode
from pathlib import Path

from desktop.domain.folders import Folder
from desktop.domain.values import Silence
from tests.desktop.exchange.places import SHARED, Place, make_model
from tests.stretching import quick

PLACE = Path(__file__).with_name("vectors.json")


def main() -> None:
    """Two sites, one file."""
    with tempfile.TemporaryDirectory() as made, quick():
        folder = Path(made)
        for name in "AB":
            make_model(folder, name)
        here, there = Place.open(folder / "A"), Place.open(folder / "B")
        here.trusts(there)
        there.trusts(here, SHARED)
        first = here.create(name="ကိုအောင်မျိုး", sex="man", languages_note=Silence.NOT_ASKED)
        here.create(name="မနီလာအေး", sex="woman")
        here.set(first, name="ဦးအောင်မျိုးထက်", sex="man")
        here.create(Folder.CONTACTS, "contact", call_name="ဦးလေး", people=4)
        sealed = here.put(folder).path
        identities = {one.value: str(there.post.folder_identity(one)) for one in SHARED}
        told = {
            "card": there.post.card_data("Hill School").decode(),
            "outer identity": str(there.post.identity),
            "folder identities": identities,
            "name": sealed.name,
            "file": b64encode(sealed.read_bytes()).decode(),
            "site": here.vault.site_public.hex(),
            "device": here.vault.device.public.hex(),
            "persons": [["ဦးအောင်မျိုးထက်", "man"], ["မနီလာအေး", "woman"]],
        }
        here.vault.close()
        there.vault.close()
    PLACE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

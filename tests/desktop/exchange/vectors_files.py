"""Writes vectors_files.json, the test vectors of docs/BUNDLE.md §6: ``python -m tests.desktop.exchange.vectors_files``.

Made anew only when the format changes: a file that was once written must stay readable.
"""

from __future__ import annotations

import json
import tempfile
from base64 import b64encode
from pathlib import Path

from tests.desktop.exchange.places import SHARED, Place, make_model
from tests.stretching import quick

PLACE = Path(__file__).with_name("vectors_files.json")
CONTENT = "ဦးအောင်မျိုးထက် ".encode() * 1600  # two pieces


def main() -> None:
    """Two sites: the second asks for a file that did not fit, the first brings it."""
    with tempfile.TemporaryDirectory() as made, quick():
        folder = Path(made)
        for name in "AB":
            make_model(folder, name)
        here, there = Place.open(folder / "A"), Place.open(folder / "B")
        here.trusts(there)
        there.trusts(here, SHARED)
        _, blob = here.keep(CONTENT)
        first = here.put(folder, files_most=0).path
        there.read(first)
        asked = there.put(folder).path
        given = here.put(folder).path
        told = {
            "asking": b64encode(asked.read_bytes()).decode(),
            "asking outer identity": str(here.post.identity),
            "asking folder identity": str(here.post.folder_identity(SHARED[0])),
            "file": b64encode(given.read_bytes()).decode(),
            "outer identity": str(there.post.identity),
            "folder identity": str(there.post.folder_identity(SHARED[0])),
            "blob": blob.name,
            "length": len(CONTENT),
        }
        here.vault.close()
        there.vault.close()
    PLACE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

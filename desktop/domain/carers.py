"""Who looks after somebody: a volunteer of a site, with the name they had when they were chosen.

Other sites cannot look a volunteer up by their code, so the name is written down with it. It is held as one text,
``site/volunteer/name``: the root key of the site in hex, the short code of the volunteer, and the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME_MOST = 100
_HELD = re.compile(rf"([0-9a-f]{{64}})/([A-Za-z0-9-]{{1,16}})/(.{{1,{NAME_MOST}}})")


@dataclass(frozen=True)
class Carer:
    """`site` is hex, `volunteer` the short code that stands in histories."""

    site: str
    volunteer: str
    name: str

    @property
    def key(self) -> str:
        """The same for the same volunteer, whatever name they had."""
        return f"{self.site}/{self.volunteer}"

    def text(self) -> str:
        """As records hold it."""
        return f"{self.key}/{self.name[:NAME_MOST]}"


def read(text: object) -> Carer | None:
    """The inverse of `Carer.text`; None for anything else."""
    found = _HELD.fullmatch(text) if isinstance(text, str) else None
    return Carer(*found.groups()) if found else None

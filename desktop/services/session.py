"""An opened vault and the volunteer who opened it."""

from __future__ import annotations


class Session:
    """Handed to every service. Owned by one thread. What it holds inside is no business of the window, except:

    `site` (nickname), `volunteer` (name), `role`, `folders` (those this volunteer can open), `folder_path`, `language`.
    """

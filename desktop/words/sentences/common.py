"""Sentences for what may happen anywhere."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "disk.full": (
        "There is no room left on the disk.",
        "The last step was not done. Everything saved before is safe.",
        "Delete files you do not need, or empty the wastebasket, and try again.",
    ),
    "disk.readonly": (
        "Nothing can be written there.",
        "The place is read-only. Nothing was changed.",
        "Choose another place, or move the small lock switch of the stick and try again.",
    ),
    "role.not_allowed": ("Your role may not do this.", "", "Ask a coordinator of this laptop."),
    "folder.locked": ("You cannot open this folder.", "Your passphrase opens other folders only.", "Ask somebody who can open it."),
    "record.missing": ("This is no longer here.", "Somebody may have taken it off the list.", "Look for it again."),
}

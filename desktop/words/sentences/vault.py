"""Sentences for opening, keeping and closing what lies on the laptop."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "disk.failed": (
        "The disk did not answer as it should.",
        "The last step was not done. Everything saved before is safe.",
        "If it happens again, make a copy of the folder on another disk and ask somebody who knows computers.",
    ),
    "vault.in_use": (
        "Waystation is already open in another window.",
        "Two windows at once could harm what is saved.",
        "Use the other window, or close it and try again.",
    ),
    "vault.newer": (
        "This folder was last opened by a newer Waystation.",
        "This older one could harm it, so it stays closed. Nothing was changed.",
        "Put the newer Waystation on this laptop.",
    ),
    "vault.missing": (
        "There is nothing to open in this folder.",
        "Waystation keeps everything in one folder, and this is not it.",
        "Choose another folder, or start a new one.",
    ),
    "vault.part_missing": (
        "A part of the folder is missing: {part}.",
        "Somebody or something took a file away. The others were not changed.",
        "Put the file back from a copy, or bring back the newest copy of the whole folder.",
    ),
    "vault.damaged": (
        "A file in this folder is damaged.",
        "It cannot be read any more. Nothing was changed.",
        "Keep the folder as it is, and bring back the newest copy of it.",
    ),
}

"""Sentences for opening, keeping and closing what lies on the laptop."""

_NEWEST_COPY = "Keep this folder as it is, and bring back the newest copy of all of it."

SENTENCES: dict[str, tuple[str, ...]] = {
    "disk.failed": (
        "The disk did not answer as it should.",
        "The last step was not done. Everything saved before is safe.",
        "If it happens again, copy the whole folder to another disk and ask somebody who knows computers.",
    ),
    "memory.short": (
        "This laptop has too little free memory to open the folder.",
        "Opening needs much memory for a second, so that a thief cannot try many passphrases.",
        "Close other programs and try again.",
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
    "vault.exists": (
        "Waystation is already set up in this folder.",
        "Nothing was changed.",
        "Open it with its passphrase, or choose another folder.",
    ),
    "vault.not_empty": (
        "There are other files in this folder.",
        "Waystation wants a folder of its own. Nothing was changed.",
        "Choose an empty folder or a new name.",
    ),
    "vault.part_missing": (
        "A file is missing from the folder: {part}.",
        "Somebody or something took it away. The other files were not changed.",
        "Put the file back, or bring back the newest copy of the whole folder.",
    ),
    "vault.damaged": ("A file in this folder is damaged.", "It cannot be read any more. Nothing was changed.", _NEWEST_COPY),
    "vault.slots_missing": (
        "The two small files that know the passphrases are missing.",
        "They are named slots and slots.2. Without one of them nobody can open the folder.",
        "Put one of them back from a copy. Everything else is still there.",
    ),
    "vault.slots_damaged": (
        "The two small files that know the passphrases are damaged.",
        "They are named slots and slots.2. Without a good one nobody can open the folder.",
        "Put one of them back from a copy. Everything else is still there.",
    ),
    "passphrase.wrong": (
        "This passphrase does not open it.",
        "",
        "Look for Caps Lock and the keyboard language, and type it again.\nIf it is forgotten, use the recovery sheet.",
    ),
    "passphrase.weak": (
        "This passphrase is too easy to guess.",
        "A thief with a fast computer would need less than a year.",
        "Take four or five words that do not belong together, or let us suggest five.",
    ),
    "passphrase.taken": (
        "Please choose another passphrase.",
        "This one cannot be used here.",
        "Take four or five other words.",
    ),
    "recovery.mistyped": (
        "There is a slip in the code.",
        "The sheet has 32 letters and numbers in eight groups of four. There is no O, I, L or U on it.",
        "Compare it with the sheet, group by group.",
    ),
    "recovery.part_mistyped": (
        "There is a slip in the row of one part.",
        "A row has 32 letters and numbers in eight groups of four. There is no O, I, L or U in it.",
        "Compare it with the sheet, group by group.",
    ),
    "recovery.parts_apart": (
        "These two rows do not belong together.",
        "Each part has a row for each of the two others.",
        "Type from each part the row that names the other one. Both must have been printed together.",
    ),
    "recovery.wrong": (
        "This recovery sheet does not open it.",
        "It may belong to another laptop, or a newer sheet was made after it.",
        "Look for the newest sheet.",
    ),
    "site.empty": ("Give the site a name.", "A nickname is enough, and safer than the name of the place.", ""),
    "name.empty": ("Write a name.", "", ""),
    "name.taken": (
        "Somebody here already has this name.",
        "",
        "Add a second name or a number, so that you can tell them apart.",
    ),
    "volunteers.full": (
        "There is no room for one more volunteer.",
        "Sixteen passphrases and recovery sheets fit on one laptop.",
        "Close the access of somebody who no longer works here.",
    ),
    "volunteer.self": (
        "You cannot do this to yourself.",
        "So that somebody can always let others in.",
        "Ask another coordinator. Your own passphrase you change under Settings.",
    ),
    "volunteer.missing": ("This volunteer has no access any more.", "", "Look at the list again."),
    "folder.not_yours": (
        "You can give or take only folders that you can open yourself.",
        "Nothing was changed.",
        "Ask somebody who can open this folder.",
    ),
    "folder.last_member": (
        "Nobody else can open one of these folders.",
        "What is in it would be lost for ever. Nothing was changed.",
        "First let this volunteer give the folder to somebody else.",
    ),
    "settings.wrong": ("This choice is not possible.", "Nothing was changed.", ""),
}

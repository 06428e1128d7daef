"""Sentences for forms on paper with numbers of their own."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "pads.how_many": ("So many sheets cannot be made at once.", "", "Choose a number from 1 to {most}."),
    "pads.nothing_left": ("No sheet of this pad is left to print.", "All of them were used or must not be used.", "Make a new pad."),
    "pads.not_ours": ("This number stands on no sheet of this site.", "", "Look at the number again, letter by letter."),
    "pads.used": ("This number is used already.", "Somebody, or a filled form, has it.", "Type the number into the search to see who has it."),
    "pads.spoiled": (
        "This sheet must not be used.", "It was counted as spoiled, or two sites printed the same number.",
        "Register the person in the window: they get another number. Destroy the sheet and its strip.",
    ),
    "pads.elsewhere": (
        "This sheet was printed at {site}.", "Its form has not come here yet.",
        "Register the person with a new number, or wait for the next stick from {site}.",
    ),
    "pads.unknown": (
        "Nothing here has this number.", "It stands on no sheet that this laptop knows.",
        "Look at the number again. If it is right, read the stick of the laptop that printed the sheet.",
    ),
}

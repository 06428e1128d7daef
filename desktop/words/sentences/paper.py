"""Sentences for documents."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "paper.no_person": (
        "Nobody is chosen.", "This page is about one person or one household.", "Choose a person first, then the page to print.",
    ),
    "paper.no_form": ("No form is chosen.", "", "Choose a form first."),
    "paper.nothing_to_show": (
        "There is nothing to print yet.", "Nobody has begun the long form for this person.", "Fill in the registration form, then print it.",
    ),
    "paper.needs_code": (
        "The recovery sheet cannot be printed again.", "Its characters are shown once and kept nowhere.",
        "Make a new recovery sheet in Settings. The old one then stops working.",
    ),
    "paper.printer": (
        "The printer did not take the page.", "Nothing was counted as printed.",
        "Look whether it is switched on and has paper, and print again.\nIf it still fails, save the page as a file and print it elsewhere.",
    ),
    "paper.no_place": (
        "The file could not be written there.",
        "The folder is gone, perhaps with its stick, or a folder has that name.",
        "Choose another place or another name.",
    ),
    "paper.ask_needed": ("This is needed.",),
    "paper.ask_number": ("Write a whole number from 1 to {most}.",),
    "paper.ask_day": ("Write a whole day that exists.",),
    "paper.ask_choice": ("Choose one of these.",),
    "paper.ask_long": ("At most {most} letters fit.",),
    "paper.ask_letters": ("These letters cannot be printed: {letters}",),
    "paper.ask_code": ("This is no number of a list. Compare it with the paper.",),
    "paper.ask_wrong": (
        "{count} answers for this paper are missing or wrong.", "Nothing was printed.", "Look at the lines below the answers.",
    ),
    "paper.not_shown": ("This paper cannot show that.", "It is made to show no more than it does.", "Choose another paper."),
}

"""Sentences about contacts, guidance and handing over."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "value.exact_place": (
        "This looks like an exact place on a map.", "If this list is taken, it would lead somebody to them.",
        "Take it out. Say how they are and when you talk next, not where they are.",
    ),
    "value.too_far": ("This is more than a year from now.", "Nobody would notice that they are late.", "Look at the year again."),
    "value.not_a_span": ("Write the times like 18:00 and 19:00, and choose at least one day.",),
    "contact.bad_answers": (
        "This file holds no answers about a contact.", "Nothing was saved.", "Write one object of JSON: names of fields and their answers.",
    ),
    "contact.not_warned": ("Nobody has written that the warning word was used.", "They may be called as agreed."),
    "handover.nobody": (
        "This volunteer cannot be asked.", "Only those who can open Contacts and may write can look after a contact.", "Choose another one.",
    ),
    "handover.not_asked": ("Nobody waits for this answer.", "It may have been taken back, or somebody else has answered already."),
    "guidance.incomplete": (
        "A sheet needs its text, where it comes from, and the day after which it is no longer right.", "Nothing was saved.",
        "Fill in the three and save again.",
    ),
    "guidance.not_chosen": ("Choose a sheet, and how it was given.", "Nothing was saved."),
    "guidance.stale": (
        "This sheet is no longer right, or there is a newer version.", "Old news about the way can cost a life.",
        "Give the newer one, or find out what is right today and write a new version.",
    ),
}

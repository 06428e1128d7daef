"""Sentences for sites, sticks and the files on them."""

_SAFE = "Nothing here was changed."
_AGAIN = (
    "Take the stick out, put it in again and read it once more.\n"
    "If it fails again, ask the site that wrote it to write its news on another stick. Nothing is missing there."
)

SENTENCES: dict[str, tuple[str, ...]] = {
    "bundle.damaged": (
        "This file is damaged. Nothing here was changed.",
        "Part of the news cannot be read. This happens when a stick is taken out too early or is worn out.",
        _AGAIN,
    ),
    "bundle.foreign": ("This file is not for us.", _SAFE, "Leave it on the stick: it may be for another site."),
    "bundle.unknown_sender": (
        "This file comes from a site that we do not trust.",
        _SAFE,
        "If you know the site, compare site cards with them first. Then read the stick again.",
    ),
    "bundle.newer": (
        "This file was written by a newer Waystation.",
        "This older one cannot understand it. Nothing here was changed.",
        "Put the newer Waystation on this laptop, then read the stick again. Keep the file until then.",
    ),
    "bundle.too_big": (
        "This file is larger than any honest one. Nothing here was changed.",
        "It may have been made to fill this laptop until it stops.",
        "Do not read it again. Ask the site that wrote it to write its news on another stick.",
    ),
    "bundle.fork": (
        "{site} wrote two different histories. Nothing here was changed.",
        "Their laptop may have been copied, or somebody else may be using it. We no longer read what it writes.",
        "Speak with somebody of that site whom you know, face to face. If all is well there, stop trusting it and compare cards again.",
    ),
    "card.not_a_card": ("This is not a site card.", _SAFE, "Choose the file again, or take the picture of the square code again."),
    "card.damaged": (
        "This site card is damaged.", "Part of it is missing or was changed. Nothing here was changed.", "Ask the site to make it again."
    ),
    "card.newer": (
        "This site card was made by a newer Waystation.", _SAFE, "Put the newer Waystation on this laptop, then try again."
    ),
    "card.our_own": ("This is our own site card.", "", "Give it to the other site, and take theirs."),
    "card.known": ("We trust {site} already.", "The card is the same one that was compared before.", "There is nothing to do."),
    "card.changed": (
        "This card of {site} is not the one that was compared.",
        "They may have a new laptop, or somebody pretends to be them. Nothing here was changed.",
        "Ask them face to face. If the new card is theirs, stop trusting the old one, then compare the words of the new one.",
    ),
    "card.name_taken": (
        "We trust another site with the name {site}.",
        "Two sites with one name would be mixed up. Nothing here was changed.",
        "If they began anew, stop trusting the old one first. If not, ask this site to choose another name.",
    ),
    "site.missing": ("This site is no longer among those we trust.", "", "Look at the list again."),
    "stick.no_sites": (
        "We trust no other site yet.",
        "News can only be written for sites whose cards were compared.",
        "Compare site cards with another site first.",
    ),
    "stick.full": (
        "There is no room left on the stick.",
        "Nothing was put on it. Everything saved on this laptop is safe.",
        "Delete files you do not need from the stick, or take another one, and try again.",
    ),
    "stick.gone": (
        "The stick did not answer.",
        "It was taken out, or it is worn out. Nothing here was changed, and no half-written news counts.",
        "Put it in again, or take another stick, and do the same once more.",
    ),
    "stick.worn_out": (
        "The stick did not keep what was written on it.",
        "What was read back was not the same. The news was taken off again. Nothing here was changed.",
        "Take another stick. Do not use this one any more.",
    ),
}

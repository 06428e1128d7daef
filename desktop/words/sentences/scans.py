"""Sentences for pages that come back from the pen."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "scan.unreadable": (
        "This file cannot be read as a page.", "It may be damaged, or it may be something else than a picture or a PDF. It was not kept.",
        "Scan the page again, as JPEG, PNG, TIFF or PDF.",
    ),
    "scan.too_large": (
        "This file is too large.", "A file may have {most} MB at most, and a page 80 million points.", "Scan it again with 200 points for an inch.",
    ),
    "scan.too_many": ("These are too many pages at once.", "Nothing was kept.", "Give at most {most} pages at a time."),
    "scan.too_slow": (
        "A page of this file takes too long to draw.", "It may have been made to stop this program. It was not kept.",
        "Scan the paper again instead of using this file.",
    ),
    "scan.locked": ("This PDF asks for a password.", "It was not kept.", "Scan the page again without a password."),
    "scan.no_number": (
        "This page names no case that is here.", "Its number could not be read, or this laptop does not know it.",
        "Type the number that is printed on the page.",
    ),
    "scan.several": (
        "There is more than one page on this picture.", "Parts of one would be kept with the case of the other. It was not kept.",
        "Scan each page by itself, and take strips and cards with other numbers away.",
    ),
    "scan.doubled": (
        "The number of this page was given at two sites.", "Nobody can tell whose page it is. It was not kept.",
        "Register the person with a new number, and type the answers from the paper.",
    ),
    "scan.other_form": (
        "This page is of another form than the sheet with its number.", "Its boxes would say what nobody meant.",
        "Look at the number on the paper again. Type the answers from it.",
    ),
    "scan.restricted": (
        "This page asks about things that you may not see.", "It stays with its case.",
        "Ask a coordinator or a caseworker to look at it and to take its answers.",
    ),
    "scan.other_folder": (
        "This page asks about things that you may not see.", "It was not kept.", "Ask somebody who can open that folder to scan it.",
    ),
    "scan.unknown_form": (
        "Nobody can tell what this page asks.", "It may be about health, so it is kept only where health is read.",
        "Ask somebody who can open Health to file it.",
    ),
    "scan.not_begun": ("Nobody is registered with this number yet.", "", "Enter the arrival card of this sheet first."),
    "scan.entered": ("This card was entered already.", "The page stays with the case.", "Change what is wrong on the page of the person."),
}

"""Sentences for printers and for papers of many people."""

_COUNTED = "Nothing was counted as printed. The job was taken back from the printer."
_AGAIN = "Then print again. Count and destroy pages that came out."

SENTENCES: dict[str, tuple[str, ...]] = {
    "printer.address": (
        "This is not an address of a printer.", "An address is a number, such as 192.168.1.20. Many printers show it in their menu.",
        "Look at the printer's own display and type the number again.",
    ),
    "printer.not_local": (
        "This address is not in this house.", "Pages go only to this laptop's own printers or to one on the same local network.",
        "Type an address that begins with 192.168, 10 or 172.16 to 172.31.",
    ),
    "printer.off": (
        "The printer does not answer.", "It may be off, its cable may be out, or it may have another address now.",
        "Switch it on, wait a minute, and print again.",
    ),
    "printer.gone": (
        "The printer stopped answering.", "Some pages may have come out, and it may still hold the rest. Nothing was counted as printed.",
        "Look at the printer and its cable. Switch it off and on, so that it forgets what it holds.\nCount and destroy pages that came out.",
    ),
    "printer.changed": (
        "Another machine answers in place of the printer.", "It does not show the mark the printer had when it was chosen. Nothing was sent.",
        "If the printer was changed, choose it again in Settings, Printing. If not, do not print to it.",
    ),
    "printer.strange": (
        "What answers there is no printer that takes pages.", "", "Look at the address again, or print through the system's own dialog.",
    ),
    "printer.not_allowed": (
        "The printer does not let us print.", "It asks for a password or allows some people only.",
        "Ask who looks after it to open it for this laptop, or print through the system's own dialog.",
    ),
    "printer.format": (
        "This printer cannot take our pages directly.", "It needs a driver of the system.", "Print through the system's own dialog.",
    ),
    "printer.sheet": (
        "The printer has no {size} paper.", "It told which sizes it takes, and this is not one of them.",
        "Choose the other size in Settings, Language and paper.",
    ),
    "printer.spooler": (
        "This is the print service of the system, not a printer.", "It keeps a copy of every page, which direct printing is meant to avoid.",
        "Choose another printer, or print through the system's own dialog.",
    ),
    "printer.busy": (
        "The printer takes no page now.", "It is busy or was told to refuse. Nothing was counted as printed.", "Wait until it is free, and print again.",
    ),
    "printer.too_large": (
        "The printer has no room for so many pages.", "Nothing was counted as printed.", "Print fewer people in one go.",
    ),
    "printer.refused": (
        "The printer did not take the pages.", "Nothing was counted as printed.",
        "Switch it off and on, and print again. If it still fails, print through the system's own dialog.",
    ),
    "printer.no_paper": ("The printer has no paper.", _COUNTED, f"Put paper in. {_AGAIN}"),
    "printer.jam": ("Paper is stuck in the printer.", _COUNTED, f"Take the paper out. {_AGAIN}"),
    "printer.open": ("A door of the printer is open.", _COUNTED, f"Close it. {_AGAIN}"),
    "printer.no_ink": ("The printer has no ink or toner.", _COUNTED, f"Put a new cartridge in. {_AGAIN}"),
    "printer.stopped": ("The printer has stopped.", _COUNTED, f"Look at its display. {_AGAIN}"),
    "printer.aborted": (
        "The printer gave up.", "Nothing was counted as printed.", f"Look at its display. {_AGAIN}",
    ),
    "printer.silent": (
        "The printer says nothing more.", _COUNTED, f"Look at its display, switch it off and on. {_AGAIN}",
    ),
    "printer.taken_back": (
        "The printer took the job back.",
        "Nothing was counted as printed. Pages that had come out by then, as far as the printer said: {out}.", "Count and destroy pages that came out.",
    ),
    "printer.part_printed": (
        "The printer printed what it had.", "It had a part of the pages when it was stopped. Nothing was counted as printed.",
        "Count and destroy pages that came out.",
    ),
    "printer.not_taken_back": (
        "Nobody knows whether the printer has stopped.",
        "It did not say that it took the job back, and may still print all of it. Nothing was counted as printed.",
        "Stay beside it. Switch it off and on, so that it forgets what it holds.\nCount and destroy pages that came out.",
    ),
    "batch.nobody": ("Nobody is chosen.", "", "Choose people first. On a day without arrivals, choose everybody who is here."),
    "batch.too_many": (
        "These are too many people for one go.", "At most {most} people can be printed in one go.", "Choose fewer, for example one household.",
    ),
    "batch.nothing": (
        "There is nothing to print for these people.", "None of them has what the chosen papers need.", "Choose other papers.",
    ),
    "batch.roll": (
        "Strips of a roll and sheets go to different printers.", "Nothing was made.", "Choose papers for the roll, or papers on sheets.",
    ),
}

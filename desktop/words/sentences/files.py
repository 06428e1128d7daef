"""Sentences for kept files and pictures."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "file.missing": ("This file is no longer here.", "Somebody may have taken it off the list, or it belongs to a folder you cannot open."),
    "file.elsewhere": (
        "This file has not come yet.",
        "We know of it, but what is in it comes on a later stick. Larger files travel after the news.",
        "Ask the site it comes from to put its news on a stick with enough room. It is asked for by itself.",
    ),
    "file.damaged": (
        "This file is damaged.",
        "What is in it cannot be read any more. Everything else is safe.",
        "If you still have the picture or the paper, take it in again. Another site may still have it.",
    ),
    "file.too_large": (
        "This file is too large.",
        "A file may have {most} MB at most, and a picture 80 million points.",
        "Make it smaller, or take the picture again with a lower quality.",
    ),
    "file.unreadable": (
        "This file cannot be opened.",
        "It may be on a stick that was taken out, or belong to somebody else on this computer. It was not kept.",
        "Choose it again, or choose another one.",
    ),
    "file.not_a_picture": (
        "This cannot be read as a picture.",
        "It may be damaged, or it may be something else than a picture. It was not kept.",
        "Choose another file, or take the picture again.",
    ),
    "file.picture_kind": (
        "Pictures of the kind {what} cannot be used here.",
        "It was not kept.",
        "Save it as JPEG or PNG on the telephone or the other computer, then choose it again.",
    ),
}

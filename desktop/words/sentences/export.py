"""Sentences for answers that are written to plain files."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "export.nothing": ("Nothing was filled in with this form.", "No file was written.", "Choose another form."),
    "export.own_form": (
        "This form came with Waystation. Its answers stand on the pages of people.",
        "No file was written.",
        "Print what is needed on the page Paper.",
    ),
}

"""Sentences about forms that are kept, and forms of any kind that are filled."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "form.reserved": (
        "The name “{form}” belongs to a form that comes with this program.",
        "Nothing was changed.",
        "Give the form another name (form_id) in the settings of the workbook.",
    ),
    "form.comes_with_program": ("This form comes with the program.", "It stays as it is."),
    "form.too_large": (
        "The form is too large.", "Its questions or its lists hold more than can be kept and carried. Nothing was changed.",
        "Take out what is not needed, or make two forms of it.",
    ),
    "form.elsewhere": (
        "The form with which this was filled in has not come here yet.",
        "The answers are safe. They can be read and changed when the form is here.",
        "Read a stick from the site that has the form.",
    ),
    "form.unreadable": (
        "This form cannot be opened.",
        "What was filled in with it is safe, and it cannot be changed now, so that no answer is lost.",
        "Add the form again from its workbook, or ask the site that added it.",
    ),
    "form.only_read": ("This form can only be read here.", "Nothing was saved."),
    "form.version_gone": (
        "This was filled in with version {version} of the form, which this program does not have any more.",
        "It was saved before the program kept every version. Its answers are in the history, and those that became records are on the lists.",
    ),
    "answer.too_long": ("This is too long to be kept. Write less.",),
    "form.not_a_version": (
        "This is not another version of the same form.", "Nothing was changed.", "Choose one of the versions in the list.",
    ),
}

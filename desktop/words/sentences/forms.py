"""Sentences for forms."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "form.not_workbook": (
        "This file is not a form.",
        "It is neither an Excel workbook nor a compiled form. Nothing was changed.",
        "Choose the workbook (.xlsx or .xls) in which the form was written.",
    ),
    "form.not_xform": ("This file is not a form.", "It has no questions that can be read. Nothing was changed.", "Choose another file."),
    "form.refused": (
        "The form cannot be used as it is.",
        "The reason: {reason}",
        "Mend the workbook, or send it to the person who wrote it, with this sentence.",
    ),
    "form.refused_at": (
        "The form cannot be used as it is.",
        "Sheet {sheet}, row {row}: {reason}",
        "Mend the workbook, or send it to the person who wrote it, with this sentence.",
    ),
    "form.expression": (
        "The form cannot be used: a rule in it cannot be read.",
        "The rule belongs to the question {question}; the trouble begins at: {detail}",
        "Mend the rule in the workbook, or send it to the person who wrote it, with this sentence.",
    ),
    "form.function": (
        "The form cannot be used: a rule in it uses something this program does not know.",
        "The rule belongs to the question {question}; it uses: {detail}",
        "Mend the rule in the workbook, or send it to the person who wrote it, with this sentence.",
    ),
    "form.cycle": (
        "The form cannot be used: some questions wait for each other in a circle.",
        "The circle is: {way}",
        "Mend the workbook, or send it to the person who wrote it, with this sentence.",
    ),
}

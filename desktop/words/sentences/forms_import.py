"""Sentences for form files that cannot be used: what is wrong in the workbook, and what to do about it."""

_MEND = "Mend the workbook, or send it to the person who wrote it, with this sentence."
_SAVE_AS = "Open it in Excel or LibreOffice, save it as .xlsx, and choose that file."
_AGAIN = "Ask for the file again, or take it from the place it came from."

SENTENCES: dict[str, tuple[str, ...]] = {
    "import.unreadable": ("The file {name} cannot be read.", "It may have been moved, or the stick was taken out.", "Choose it again."),
    "import.too_much_media": ("The files beside the form are too large.", "Together they may have up to {most} MB.", "Make the pictures smaller."),
    "import.not_usable": (
        "The form cannot be used as it is.", "", "Accept the repairs it needs, or mend the workbook and choose it again.",
    ),
    "import.empty_file": ("The file is empty.", "", _AGAIN),
    "import.too_big": ("The file is too large for a form.", "Forms may have up to {most} MB.", "Take pictures and other sheets out of the workbook."),
    "import.too_many_cells": (
        "The file is too large for a form.", "It holds more than {most} filled cells.", "Put long lists into a file of their own (.csv) beside the form.",
    ),
    "import.bomb": (
        "This file is not opened: it would fill the memory.", "Unpacked it would have more than {most} MB or swell without measure.",
        "Do not use this file. Tell the person who gave it to you.",
    ),
    "import.hostile": (
        "This file is not opened: it holds commands that no form needs.", "It may have been made to do harm.",
        "Do not use this file. Tell the person who gave it to you.",
    ),
    "import.too_heavy": (
        "A rule of this form takes more computing than any laptop has.", "It belongs to the question {question}, or to something it asks for.",
        "Do not use this form. Ask the person who wrote it for a simpler rule.",
    ),
    "import.open_quote": (
        "A quotation mark in row {row} has no other that closes it.", "The rows after it would be taken for a part of that cell.",
        "Close it or take it out, then choose the file again.",
    ),
    "import.merged": (
        "The cells {cells} are merged.", "Only the first of them holds the text; the others are empty.",
        "Split them in the spreadsheet, and write the text into each.",
    ),
    "import.too_deep": (
        "This file is not opened: it is nested deeper than any form.", "It may have been made to do harm.",
        "Do not use this file. Tell the person who gave it to you.",
    ),
    "import.locked": ("The workbook is locked with a password.", "", "Open it in Excel or LibreOffice, take the password off, and save it again."),
    "import.damaged": ("The file is damaged: it cannot be read to its end.", "", _AGAIN),
    "import.web_page": ("This is a web page, saved under the name of a workbook.", "", _SAVE_AS),
    "import.other_workbook": ("This is a workbook of a kind that is not read here.", "", _SAVE_AS),
    "import.not_a_form": (
        "This file is not a form.", "It is neither a workbook, nor a table written as text, nor a compiled form.",
        "Choose the workbook (.xlsx or .xls) in which the form was written.",
    ),
    "import.not_xform": ("This file is not a form.", "It has no questions that can be read.", "Choose another file."),
    "import.compiler_failed": (
        "The form cannot be used: something in it cannot be understood, and nobody can say where.", "",
        "Take sheets, columns and rows out of a copy until it works: the last one taken out was the reason. Or send it to the person who wrote it.",
    ),
    "import.compiler_says": (
        "The form cannot be used as it is.", "The program that reads forms says, in its own words: {words}", _MEND,
    ),
    "import.no_survey": ("The workbook has no sheet called survey.", "That sheet holds the questions.", "Give the sheet with the questions the name survey."),
    "import.no_header_row": ("A sheet has no row of headers.", "The first row must say what each column holds: type, name, label.", _MEND),
    "import.column_missing": ("A sheet lacks a column it cannot be without: {missing}.", "", "Add the column, or correct its header in the first row."),
    "import.header_twice": ("Two columns have the same header.", "", "Give one of them another header, or take it out."),
    "import.header_not_known": (
        "A header cannot be used.", "What stands before or behind its last colon is no name that is known.", "Correct the header, or take the column out.",
    ),
    "import.same_column": ("Two columns mean the same: {other} and {header}.", "", "Take one of them out."),
    "import.type_missing": ("A row has no type.", "The type says what kind of question it is.", "Write a type, such as text, or empty the row."),
    "import.type_unknown": ("A type is not known: {type}.", "", "Write a type that is known, such as text, integer, date, select_one or note."),
    "import.name_missing": ("A question has no name.", "", "Give it a name of letters, such as age."),
    "import.choice_name_missing": ("A choice has no name.", "", "Give it a name of letters or digits in the column name."),
    "import.name_not_valid": (
        "A name cannot be used.", "Names begin with a letter; letters, digits and _ may follow, no spaces.", "Write another name.",
    ),
    "import.name_reserved": ("The name meta is taken by every form for its own remarks.", "", "Give the question or group another name."),
    "import.name_twice": ("The name {question} is given twice in the same group.", "", "Give one of them another name."),
    "import.repeat_called_data": ("A repeat cannot be called {question}.", "The form itself has that name.", "Give it another name."),
    "import.repeat_twice": ("Two repeats are called {question}.", "", "Give one of them another name."),
    "import.choice_twice": (
        "Two choices of one list have the same name.", "",
        "Give one of them another name. If it is meant so, write yes under allow_choice_duplicates in the sheet settings.",
    ),
    "import.reference_broken": ("A reference to a question is not written as it must be.", "It must look like this: ${{name}}.", _MEND),
    "import.reference_unknown": ("There is no question called {wanted}.", "Something in this cell asks for it.", "Correct the name, or add the question."),
    "import.reference_ambiguous": (
        "Several questions are called {wanted}.", "This cell asks for one of them, and nobody can say for which.", "Give them different names.",
    ),
    "import.end_without_begin": ("A {what} ends here that never began.", "", "Take the row out, or add the row where it begins."),
    "import.begin_without_end": ("A {what} begins here and never ends: {question}.", "", "Add a row end {what} where it ends."),
    "import.calculation_missing": ("A calculation calculates nothing.", "", "Write what it calculates, or take the row out."),
    "import.list_missing": ("There is no list of choices called {list}.", "", "Correct the name of the list, or add its choices to the sheet choices."),
    "import.list_missing_other": ("The list of this question has no choices.", "", "Add its choices to the sheet choices."),
    "import.no_choices": ("The workbook has no sheet called choices.", "Questions to choose from take their answers from it.", "Add the sheet, or correct its name."),
    "import.no_external_choices": (
        "The workbook has no sheet called external_choices.", "A question of the type select_one_external takes its answers from it.",
        "Add the sheet, or write select_one instead.",
    ),
    "import.choice_with_space": (
        "The choice {choice} of the list {list} has a space in its name.", "Where several may be chosen, spaces part the answers.",
        "Write _ instead of the space.",
    ),
    "import.loop": ("A loop names no list.", "", "Write begin repeat, or name the list: begin loop over list."),
    "import.other_with_filter": ("A question with or_other cannot filter its choices.", "", "Take or_other out of the type, or the filter out of its column."),
    "import.grid_with_filter": ("A table of questions cannot filter its choices.", "", "Take the filter out, or table-list out of the group."),
    "import.grid_of_lists": ("The questions of one table must have the same list of choices.", "", "Put this question into another group."),
    "import.file_ending": ("The file with the choices must end in .csv, .xml or .geojson.", "", "Correct the name of the file in the type."),
    "import.parameters_broken": ("The parameters are not written as they must be.", "They look like this: start=1 end=5", _MEND),
    "import.parameters_unknown": ("A parameter is not known for this type: {rejected}.", "Known are: {accepted}.", _MEND),
    "import.parameter_value": ("A parameter has a value that cannot be.", "", _MEND),
    "import.range": (
        "The range has a start, an end or a step that do not fit together.", "All are numbers, the step is not zero and not larger than the range.", _MEND,
    ),
    "import.label_missing": ("The question {question} has no words to show.", "", "Write what it asks in the column label."),
    "import.big_image": ("The question {question} has a large picture and no ordinary one.", "", "Name a picture in the column image too."),
    "import.media_kind": ("A kind of media is not known: {media}.", "", "Use image, audio or video."),
    "import.trigger_hidden": ("The question {question} is never shown, so nothing can wait for its answer.", "", "Name a question that is shown in the column trigger."),
    "import.audit": ("The row audit has a name of its own.", "", "Leave its name blank."),
    "import.instance_twice": ("Two different lists or files are called {list}.", "", "Give one of them another name."),
    "import.search": ("The question {question} uses search() together with a list that other questions use without it.", "", "Use choice_filter instead of search()."),
    "import.entity": ("What is written about entities cannot be used.", "", "Take save_to and the sheet entities out, or ask the person who wrote the form."),
    "import.entity_columns": ("The sheet entities has columns that are not known: {columns}.", "", "Take them out, or correct their headers."),
    "import.settings": ("A setting cannot be used.", "The form needs an id, and an id for each filled form.", _MEND),
    "import.error_cell": ("A cell holds the error of a spreadsheet formula.", "", "Write into the cell what is meant."),
    "import.expression": ("A rule cannot be read; the trouble begins at: {detail}", "It belongs to the question {question}.", _MEND),
    "import.function": (
        "A rule uses something this program does not know: {detail}", "It belongs to the question {question}.", _MEND,
    ),
    "import.cycle": ("Some questions wait for each other in a circle.", "The circle is: {way}", "Break the circle: one of them must not ask for the next."),
}

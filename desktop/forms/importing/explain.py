"""The compiler's words to one of our sentences, with the place they are about."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop.forms.importing.findings import Place, Refusal
from desktop.forms.importing.refused import refusal
from desktop.forms.importing.table import Book, Row, Sheet

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")
_SHEET = re.compile(r"(?:On the|for sheet:) '(\w+)'")
_COLUMN = re.compile(r"the '([^']+)' value")


class _Known(NamedTuple):
    """`pattern`: groups fill the sentence of `code`; the group `name` also finds the row by the question's name. `sheet` and `column`:
    where it is about, if the words do not say so themselves."""

    pattern: re.Pattern[str]
    code: str
    sheet: str = "survey"
    column: tuple[str, ...] = ()


def _known(pattern: str, code: str, sheet: str = "survey", *column: str) -> _Known:
    return _Known(re.compile(pattern, re.DOTALL), code, sheet, column)


_NAME, _TYPE, _RULES = ("name",), ("type",), ("parameters",)
_KNOWN = (
    _known(r"You must have a sheet named 'survey'", "import.no_survey"),
    _known(r"Headers that are different names for the same column were found: '(?P<other>[^']*)', '(?P<header>[^']*)'", "import.same_column"),
    _known(r"required column headers were not found: (?P<missing>[^.]*)\.", "import.column_missing"),
    _known(r"a missing header row", "import.no_header_row"),
    _known(r"Duplicate column header", "import.header_twice"),
    _known(r"column names are invalid\. The following column\(s\)[^:]*: (?P<columns>.*?)\. Please", "import.entity_columns", "entities"),
    _known(r"Question with no type", "import.type_missing", "survey", *_TYPE),
    _known(r"Unknown question type '(?P<type>.*)'", "import.type_unknown", "survey", *_TYPE),
    _known(r"Question or group with no name", "import.name_missing", "survey", *_NAME),
    _known(r"Choices must have a name", "import.choice_name_missing", "choices", *_NAME),
    _known(r"Names must begin with a letter or underscore", "import.name_not_valid"),
    _known(r"value 'meta' is invalid\. The name 'meta'", "import.name_reserved", "survey", *_NAME),
    _known(r"'name' value '(?P<question>.*?)' is invalid.*unique within their nearest", "import.name_twice", "survey", *_NAME),
    _known(r"'name' value '(?P<question>.*?)' is invalid.*same as the survey root", "import.repeat_called_data", "survey", *_NAME),
    _known(r"'name' value '(?P<question>.*?)' is invalid.*Repeat names must uni", "import.repeat_twice", "survey", *_NAME),
    _known(r"Choice names must be unique", "import.choice_twice", "choices", *_NAME),
    _known(r"Reference variables must start with", "import.reference_broken"),
    _known(r"must have a comma between each variable", "import.reference_broken"),
    _known(r"Could not find the name '(?P<wanted>.*?)'", "import.reference_unknown"),
    _known(r"There is no survey element named '(?P<wanted>.*?)'", "import.reference_unknown"),
    _known(r"The name '(?P<wanted>.*?)' appears more than once", "import.reference_ambiguous"),
    _known(r"There are multiple survey elements named '(?P<wanted>.*?)'", "import.reference_ambiguous"),
    _known(r"Unmatched 'end_(?P<what>\w+)'", "import.end_without_begin", "survey", *_TYPE),
    _known(r"Unmatched 'begin_(?P<what>\w+)'.*name '(?P<name>.*?)'", "import.begin_without_end", "survey", *_TYPE),
    _known(r"Missing calculation", "import.calculation_missing", "survey", "bind", "calculate"),
    _known(r"List name not in (?:choices|columns) sheet: (?P<list>.*)", "import.list_missing", "survey", *_TYPE),
    _known(r"should be a choices sheet", "import.no_choices", "survey", *_TYPE),
    _known(r"should be an external_choices sheet", "import.no_external_choices", "survey", *_TYPE),
    _known(r"List name not in external choices sheet: (?P<list>.*)", "import.list_missing", "survey", *_TYPE),
    _known(r"Choice names with spaces.*See \[(?P<choice>.*)\] in \[(?P<list>.*)\]", "import.choice_with_space", "choices", *_NAME),
    _known(r"Repeat loop without list name", "import.loop", "survey", *_TYPE),
    _known(r"Choice filter not supported with or_other", "import.other_with_filter", "survey", "choice_filter"),
    _known(r"specify choices for this 'or other'", "import.list_missing_other", "survey", *_TYPE),
    _known(r"Choice filter not supported for table-list", "import.grid_with_filter", "survey", "choice_filter"),
    _known(r"Badly formatted table list", "import.grid_of_lists", "survey", *_TYPE),
    _known(r"File name for '.*?' should end with", "import.file_ending", "survey", *_TYPE),
    _known(r"must be in the form of 'key1=value1", "import.parameters_broken", "survey", *_RULES),
    _known(r"accepted parameter keys for this question type are '(?P<accepted>.*?)'.*key\(s\): '(?P<rejected>.*?)'", "import.parameters_unknown", "survey", *_RULES),
    _known(r"For the 'range' question type", "import.range", "survey", *_RULES),
    _known(r"must have an integer value|must have a numeric value|must be either 'true' or 'false'|must be set to", "import.parameter_value", "survey", *_RULES),
    _known(r"element named '?(?P<name>[^']+?)'? has no label or hint", "import.label_missing", "survey", "label"),
    _known(r"must also specify an image for the survey element named (?P<name>\S+)\.", "import.big_image", "survey", "media", "big-image"),
    _known(r"question \$\{(?P<name>.*?)\} is not user-visible", "import.trigger_hidden"),
    _known(r"Audits must always be named", "import.audit", "survey", *_NAME),
    _known(r"same instance id will be generated.*name: '(?P<list>.*?)'", "import.instance_twice"),
    _known(r"Instance names must be unique.*name '(?P<list>.*?)'", "import.instance_twice"),
    _known(r"Question '(?P<name>.*?)' .*'search\(\)'", "import.search", "survey", "control", "appearance"),
    _known(r"'save_to' value is invalid", "import.entity", "survey", "bind", "entities:saveto"),
    _known(r"On the 'entities' sheet", "import.entity", "entities"),
    _known(r"The 'list_name' column must not have any duplicate|Entity lists must have a name", "import.entity", "entities"),
    _known(r"Cannot omit instanceID|empty id_string", "import.settings", "settings"),
    _known(r"Media type: (?P<media>.*) not supported", "import.media_kind"),
)


def explain(book: Book, words: str) -> Refusal:
    """The sentence for the compiler's words: one of our own where the pattern is known, else a general one that holds them."""
    survey = book.sheet("survey")
    if survey is not None and survey.column("type") and not survey.column("name"):
        return refusal("import.column_missing", Place(survey.name, survey.header_row), missing="name")
    for known in _KNOWN:
        found = known.pattern.search(words)
        if found:
            fields = {name: (text or "").strip(" '")[:200] for name, text in found.groupdict().items()}
            place = place_of(book, words, known.sheet, known.column, fields)
            if "name" in fields:
                fields["question"] = fields.pop("name")
            return refusal(known.code, place, **fields)
    place = place_of(book, words, "survey", (), {})
    if not words:
        return refusal("import.compiler_failed", place)
    return refusal("import.compiler_says", place, words=" ".join(_ROW.sub("", words).split())[:400])


def place_of(book: Book, words: str, role: str, canonical: tuple[str, ...], fields: dict[str, str]) -> Place:
    """Where the compiler's words are about, from what they quote."""
    said = _SHEET.search(words)
    sheet = book.sheet(said[1] if said and book.sheet(said[1]) else role)
    if sheet is None:
        return Place(role)
    row = _row(sheet, words, fields)
    named = _COLUMN.search(words)
    column = sheet.column(*canonical) if canonical else None
    if column is None and named:
        column = next((one for one in sheet.columns if one.header == named[1] or one.canonical[-1:] == (named[1],)), None)
    if row is None and column is None:
        return _by_text(sheet, fields) or Place(sheet.name, sheet.header_row if "headers" in words else 0)
    return sheet.place(row, column)


def _row(sheet: Sheet, words: str, fields: dict[str, str]) -> Row | None:
    said = _ROW.search(words)
    if said:
        index = int(said[1]) - 2
        return sheet.rows[index] if 0 <= index < len(sheet.rows) else None
    if "should be a" in words and "choices sheet" in words:
        return next((row for row in sheet.rows if sheet.cell(row, "type").startswith(("select", "rank", "add select"))), None)
    for key, canonical in (("name", ("name",)), ("type", ("type",)), ("choice", ("name",))):
        if fields.get(key):
            wanted = " ".join(fields[key].split())
            rows = (row for row in sheet.rows if " ".join(sheet.cell(row, *canonical).split()) == wanted)
            if key == "choice":
                rows = (row for row in rows if sheet.cell(row, "list_name") == fields.get("list"))
            return next(rows, None)
    return None


def _by_text(sheet: Sheet, fields: dict[str, str]) -> Place | None:
    """The first cell that holds the quoted reference, list or header."""
    wanted = fields.get("wanted") or fields.get("list")
    header = fields.get("header")
    for column in sheet.columns if header else ():
        if column.header == header:
            return sheet.place(None, column)
    for row in sheet.rows if wanted else ():
        for column in sheet.columns:
            text = row.cells.get(column.at, "")
            if f"${{{wanted}}}" in text or (fields.get("list") and wanted in text.split()):
                return sheet.place(row, column)
    return None

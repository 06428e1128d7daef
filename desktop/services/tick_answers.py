"""What the boxes of a page that came back seem to say. Suggestions for a person who looks at the picture beside them: nothing is an answer until
they say so, and nothing but boxes is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence
from desktop.forms import shipped
from desktop.forms.definition import Definition, Names, Spec
from desktop.forms.filled import FilledForm
from desktop.forms.unanswered import Unanswered
from desktop.paper.documents.blank_form_model import Scale, Ticks
from desktop.paper.page import TickBox
from desktop.paper.scanning import ink
from desktop.services import any_form, form_library, intake, pads, scans, sheets
from desktop.services.filling import Open
from desktop.services.form_entries import entry_of
from desktop.services.form_layouts import mark_of
from desktop.services.form_on_paper_blank import MOST_OPTIONS, numbers_of
from desktop.services.form_words import plain
from desktop.services.scan_codes import SheetCode
from desktop.services.session import Session
from desktop.services.submissions import place_of
from desktop.words.labels import silence_label

CLEAR, LOOK, CANNOT = "clear", "look", "cannot"
"""How sure a suggestion is: one box is crossed and the others are empty; there is something to look at; the boxes speak against each other."""

TICKS = "ticks"
"""What `Changes` name where answers were put into a draft, or taken out of it, that may be open somewhere."""

_CROSSED, _CORE, _TOUCHED, _BLACK, _MUCH = 0.06, 0.03, 0.02, 0.72, 0.64
"""Shares of a box that are dark: from here on it is crossed (if its middle is too), touched, blackened (struck out, maybe); and of several crosses one
that is darker than this may be meant to strike out."""
_BESIDE = 1.2
"""mm² of ink close to empty boxes that may be a circle around a word, or an answer that was written."""


@dataclass(frozen=True)
class Suggestion:
    """A question with ink in its boxes. `value` is the answer as a form stores it, or `silence` why there is none; "" and None if the boxes
    `CANNOT` say. `told` are the words of what is crossed, `area` where these boxes lie on the page (left, top, right, bottom in mm). `stands`: the
    words of another answer that the form has already, or ""."""

    path: str
    number: str
    label: str
    value: str
    silence: Silence | None
    told: tuple[str, ...]
    sure: str
    area: tuple[float, float, float, float]
    stands: str = ""


@dataclass(frozen=True)
class Suggested:
    """What a page suggests. `readable` is False where its marks were not all found, its form is not here, or its boxes are not where they should be:
    then there are no suggestions. `blank`: questions with boxes that are all empty. `size` of the page in mm. `repeated`: it has questions that are asked
    for each of several, which are left to be typed: nobody knows which of them a line is about."""

    readable: bool
    suggestions: tuple[Suggestion, ...] = ()
    blank: int = 0
    size: tuple[float, float] = (0.0, 0.0)
    repeated: bool = False


@dataclass(frozen=True)
class Taken:
    """Answers that were put into the draft of a form: where it goes on, how many were taken, and paths of questions that do not take theirs
    (another answer says that they are not asked, or the form does not ask them any more). `before` and `after`: what stood there, and what was put
    there."""

    entry: sheets.Entry
    count: int
    refused: tuple[str, ...]
    before: Mapping[str, tuple[str, Silence | None]]
    after: Mapping[str, tuple[str, Silence | None]]


# -- looking


def look(session: Session, *, scan: RecordId, language: str) -> Suggested:
    """The suggestions of a filed page, in the order of the form. UserError and KnownFault as of `scans.picture`."""
    found = scans.scan(session, scan=scan)
    code = scans.code_of(session, scan)
    known = scans.ready(session, marks={code.form})
    plate = known.plate(code)
    scans.check_seen(session, scan=scan)
    if not found.flat or plate is None:
        return Suggested(False)
    inked = ink.measured(scans.dots(scans.picture(session, scan=scan)), plate)
    definition = known.forms[code.form].definition
    repeated = any(number in plate.asked and _repeated(definition, path) for path, number in numbers_of(definition).items())
    if not inked:
        return Suggested(not plate.ticks, repeated=repeated)
    made = said(definition, inked, language)
    divided = known.divided(code)
    whole = tuple(replace(one, value="", silence=None, sure=CANNOT) if one.number in divided else one for one in made.suggestions)
    suggestions = _beside_what_stands(session, code, known.forms[code.form], whole, language)
    return replace(made, suggestions=suggestions, size=(plate.width, plate.height), repeated=repeated)


def _beside_what_stands(
    session: Session, code: SheetCode, known: scans.KnownForm, found: tuple[Suggestion, ...], language: str,
) -> tuple[Suggestion, ...]:
    """The suggestions, each with the answer that stands in the form already, if it is another one."""
    if not session.role.writes:
        return found
    try:
        opened = _begun(session, sheets.look_up(session, text=code.code), known, language)
    except UserError:
        return found  # taking them says why
    return found if opened is None else tuple(replace(one, stands=_stands(opened.form, one, language)) for one in found)


def _stands(form: FilledForm, one: Suggestion, language: str) -> str:
    node = form.node(one.path) if form.find(one.path) is not None else None
    if node is None or not (node.value or node.silence) or (node.value, node.silence) == (one.value, one.silence):
        return ""
    if node.silence:
        return silence_label(node.silence, language)
    words = {choice.name: choice.label for choice in node.choices}
    return ", ".join(words.get(name, name) for name in node.value.split(" ")) if words else node.value


def said(definition: Definition, inked: Sequence[ink.Inked], language: str) -> Suggested:
    """What these boxes say. Questions in repeats are left out: nobody knows which instance they are."""
    numbers = {number: path for path, number in numbers_of(definition).items()}
    by_question: dict[str, list[ink.Inked]] = {}
    for one in inked:
        by_question.setdefault(one.box.asked, []).append(one)
    reader = Unanswered(definition, definition.language(language))
    found: list[Suggestion] = []
    blank = 0
    for number, boxes in by_question.items():
        path = numbers.get(number)
        if path is None or _repeated(definition, path):
            continue
        spec = definition.specs[path]
        options = options_of(spec, reader)
        told = _suggestion(spec, number, boxes, options, language)
        if told is None:
            blank += 1
        else:
            found.append(replace(told, label=plain(reader.say(spec.label, spec.path)) or spec.name))
    return Suggested(True, tuple(found), blank)


def _repeated(definition: Definition, path: Names) -> bool:
    return any(definition.specs[path[:end]].kind == "repeat" for end in range(2, len(path)) if path[:end] in definition.specs)


def options_of(spec: Spec, reader: Unanswered) -> list[tuple[str, str]]:
    """(stored text, words) of each answer that has a box, in the order of the sheet."""
    if spec.type in ("select_one", "select_multiple"):
        return [(name, plain(words) or name) for name, words in reader.choices(spec, MOST_OPTIONS) or []]
    entry, _ = entry_of(spec, None, None, lambda words: words)
    if isinstance(entry, Scale):
        return [(mark, mark) for mark in entry.marks]
    if isinstance(entry, Ticks) and spec.type == "boolean":
        at = 0 if reader.language.startswith(("Burmese", "my")) else 1
        return [(value, (option.words.my, option.words.en)[at]) for value, option in zip(("true", "false"), entry.options)]
    return []


def _suggestion(
    spec: Spec, number: str, boxes: Sequence[ink.Inked], options: Sequence[tuple[str, str]], language: str
) -> Suggestion | None:
    """What the boxes of one question say; None if all of them are empty."""
    touched = [one for one in boxes if one.seen and (one.ink >= _TOUCHED or one.pale)]
    unseen = any(not one.seen for one in boxes)
    crossed = [one for one in touched if one.ink >= _CROSSED and one.core >= _CORE]
    if not touched:
        near = [one for one in boxes if one.beside >= _BESIDE]
        return Suggestion("/" + "/".join(spec.path), number, "", "", None, (), CANNOT, _area(near)) if near else None
    several = spec.type == "select_multiple"
    whole = [one for one in crossed if one.ink < _BLACK]
    meant = whole or crossed
    doubtful = unseen or len(touched) != len(crossed) or len(whole) != len(crossed) or any(one.ways > 1 for one in crossed)
    doubtful = doubtful or (len(crossed) > 1 and any(one.ink >= _MUCH for one in crossed))
    answers = [one.box for one in meant if one.box.option and one.box.option <= len(options)]
    silences = [one.box for one in meant if one.box.silence]
    told = [options[box.option - 1][1] for box in answers] + [silence_label(Silence(box.silence), language) for box in silences]
    one = Suggestion("/" + "/".join(spec.path), number, "", "", None, tuple(told), CANNOT, _area(touched))
    if len(answers) + len(silences) != len(meant) or not meant or (answers and silences) or len(silences) > 1:
        return one
    if several and whole and len(whole) != len(crossed):
        return one  # nobody can tell whether the black ones were struck out
    if silences:
        silence = Silence(silences[0].silence)
        return replace(one, silence=silence, sure=LOOK if doubtful or silence not in spec.silences else CLEAR)
    if len(answers) > 1 and not several:
        return one
    value = " ".join(options[box.option - 1][0] for box in sorted(answers, key=lambda box: box.option))
    return replace(one, value=value, sure=LOOK if doubtful else CLEAR)


def _area(boxes: Sequence[ink.Inked]) -> tuple[float, float, float, float]:
    """Around these boxes, in mm from the corner of the page."""
    every: list[TickBox] = [one.box for one in boxes]
    return (
        min(box.x for box in every), min(box.y for box in every),
        max(box.x + box.side for box in every), max(box.y + box.side for box in every),
    )


# -- taking


def take(session: Session, *, scan: RecordId, chosen: Iterable[Suggestion], language: str) -> tuple[Taken, Changes]:
    """Put these suggestions into the form of the case, as somebody types answers: they stand in its draft, in a form that was saved before too, until
    the form is saved. UserError: role.not_allowed, record.missing, scan.not_begun (nobody has the number yet, and the sheet is the long form),
    scan.entered (an arrival card that is saved), scan.other_form (its code names another form than the sheet with its number), scan.restricted,
    pads.spoiled, form.elsewhere, and those of opening a form."""
    session.require(writes=True)
    scans.check_seen(session, scan=scan)
    opened = _opened(session, scans.code_of(session, scan), language)
    before: dict[str, tuple[str, Silence | None]] = {}
    after: dict[str, tuple[str, Silence | None]] = {}
    refused = []
    for one in chosen:
        if one.sure == CANNOT:
            continue
        if opened.form.find(one.path) is None:  # another version of the form does not ask it any more
            refused.append(one.path)
            continue
        node = opened.form.node(one.path)
        if _put(opened.form, one.path, one.value, one.silence):
            refused.append(one.path)
        else:
            before[one.path], after[one.path] = (node.value, node.silence), (one.value, one.silence)
    intake.keep(session, opened=opened)
    folder, record = place_of(scan)
    taken = Taken(sheets.Entry(opened.draft, opened.form.form_id == intake.ARRIVAL), len(before), tuple(refused), before, after)
    with session.act("scan") as act:
        act.kinds |= {"draft", TICKS}
        act.aside.append(_TakingBack(session, taken, language))
        with session.save(act, folder) as save:
            save.set(record, {"read": True})
    return taken, act.changes


def give_back(session: Session, *, taken: Taken, language: str) -> Changes:
    """Put what stood in the draft before back, but for answers that somebody has changed since; Ctrl+Z leaves them alone from then on. UserError
    record.missing if the form was saved or thrown away meanwhile."""
    for act in session.acts:
        act.aside = [one for one in act.aside if not (isinstance(one, _TakingBack) and one.taken is taken)]
    return _put_back(session, taken, language)


@dataclass(frozen=True)
class _TakingBack:
    """What Ctrl+Z does to the answers of one page: nothing where their form was saved or thrown away meanwhile."""

    session: Session
    taken: Taken
    language: str

    def __call__(self) -> None:
        with suppress(UserError):
            _put_back(self.session, self.taken, self.language)


def _put_back(session: Session, taken: Taken, language: str) -> Changes:
    opened = intake.reopen(session, draft=taken.entry.draft, language=language)
    for path, (value, silence) in reversed(list(taken.before.items())):
        node = opened.form.node(path)
        if (node.value, node.silence) == taken.after[path]:
            _put(opened.form, path, value, silence)
    return intake.keep(session, opened=opened) | Changes(frozenset({TICKS}))


def _put(form: FilledForm, path: str, value: str, silence: Silence | None) -> str:
    if silence is not None:
        return form.be_silent(path, silence)
    return form.set(path, value) or (form.be_silent(path, None) if form.node(path).silence else "")


def _opened(session: Session, code: SheetCode, language: str) -> Open:
    """The form that the page belongs to, as it is filled now, or begun anew."""
    known = scans.ready(session, marks={code.form}).forms.get(code.form)
    if known is None:
        raise UserError("form.elsewhere")
    sheet = sheets.look_up(session, text=code.code)
    form = known.definition.form_id
    if sheet.state in (pads.DOUBLED, pads.SPOILED):
        raise UserError("pads.spoiled")
    if sheet.state in sheets.ENTERS and mark_of(pads.printed_on(session, code.code)[0]) != code.form:
        raise UserError("scan.other_form")
    opened = _begun(session, sheet, known, language)
    if opened is not None:
        if opened.form.form_id != form:
            raise UserError("scan.other_form")
        return opened
    if form == intake.REGISTRATION:
        raise UserError("scan.not_begun")
    if sheet.state in sheets.ENTERS:
        entry, _ = sheets.enter(session, code=code.code, language=language)
        return intake.reopen(session, draft=entry.draft, language=language)
    if form in shipped.NAMES:
        raise UserError("scan.entered")
    stored = form_library.find(session, digest=known.digest)
    if sheet.person is None or stored is None:
        raise UserError("scan.no_number" if stored is not None else "form.elsewhere")
    return any_form.begin(session, form=stored.id, person=sheet.person, language=language)


def _begun(session: Session, sheet: sheets.Sheet, known: scans.KnownForm, language: str) -> Open | None:
    """The form of the case as it stands, in its draft or as it was saved; None if nobody began it, or nobody can tell whose page it is."""
    if sheet.state in (pads.DOUBLED, pads.SPOILED):
        return None
    if known.definition.form_id == intake.REGISTRATION:
        return intake.begin_registration(session, person=sheet.person, language=language) if sheet.person is not None else None
    if sheet.state in sheets.ENTERS:
        entry = sheets.begun_entry(session, code=sheet.code)
        return intake.reopen(session, draft=entry.draft, language=language) if entry is not None else None
    if known.definition.form_id in shipped.NAMES:
        return None
    filled = sheet.submission
    if filled is None and sheet.person is not None:
        filled = next((one.id for one in any_form.filled(session, person=sheet.person) if one.digest == known.digest), None)
    return any_form.open_saved(session, submission=filled, language=language) if filled is not None else None

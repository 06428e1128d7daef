"""``exchange card|trust|send|receive|inspect|status|settle``."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli import output
from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import as_json, listed, say, table
from desktop.domain.errors import UserError
from desktop.domain.fields import Kind
from desktop.domain.folders import Folder
from desktop.domain.values import Value
from desktop.services import history, stick
from desktop.services.history import TwoAnswers
from desktop.words.labels import value_text

_FOLDERS = [folder.value for folder in Folder]
_a_folder = click.Path(path_type=Path, file_okay=False, exists=True)
_a_file = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def command() -> None:
    """Trust other sites and exchange news with them."""


@command.command()
@click.option("--out", type=_a_folder, help="Write the card as a file into this folder.")
@with_vault
def card(choices: Choices, out: Path | None) -> None:
    """This site's card: its name and the twelve words to compare."""
    with opened(choices) as session:
        mine = stick.my_card(session)
        written = stick.save_card(session, folder=out) if out else None
    if choices.json:
        as_json({"nickname": mine.nickname, "words": mine.words, "file": written})
    else:
        say(f"{mine.nickname}\t{' '.join(mine.words)}" + (f"\t{written}" if written else ""))


@command.command()
@click.argument("source", type=_a_file)
@click.option("--words", required=True, help="The twelve words that the other site read aloud.")
@click.option("--folder", "folders", multiple=True, type=click.Choice(_FOLDERS), help="A folder to share with it; may be given again.")
@with_vault
def trust(choices: Choices, source: Path, words: str, folders: tuple[str, ...]) -> None:
    """Accept the card of another site, if its twelve words are those you heard."""
    with opened(choices) as session:
        theirs = stick.read_card(session, source=source)
        if words.lower().split() != [word.lower() for word in theirs.words]:
            raise UserError("card.words_differ")
        stick.trust(session, card=theirs, folders=frozenset(Folder(name) for name in folders) or frozenset({Folder.RECEPTION}))
    say(theirs.nickname)


@command.command()
@click.argument("folder", type=_a_folder)
@click.option("--files-mb", type=click.IntRange(min=0), default=stick.FILES_MOST >> 20, show_default=True,
              help="How much room photos and other kept files may take there.")
@with_vault
def send(choices: Choices, folder: Path, files_mb: int) -> None:
    """Put news for all trusted sites into a folder (a stick)."""
    with opened(choices) as session:
        put = stick.put_news(session, folder=folder, files_most=files_mb << 20)
    if choices.json:
        as_json(put)
        return
    files = f"\t{put.files} files, {put.files_left} left for another time" if put.files or put.files_left else ""
    say(f"{put.path}\t{put.size} bytes\t{put.changes} changes{files}")


@command.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@with_vault
def receive(choices: Choices, path: Path) -> None:
    """Read a file, or everything new for us in a folder (a stick)."""
    with opened(choices) as session:
        files = [path] if path.is_file() else [one.path for one in stick.look(session, folder=path).bundles if one.fresh]
        found = [stick.read_news(session, path=file)[0] for file in files]
    heads = ("site", "written", "new people", "new contacts", "other changes", "to decide", "waiting", "files", "files to come", "known before")
    listed(found, heads, lambda one: (
        one.site, one.written, one.new_people, one.new_contacts, one.other_changes, one.decisions, one.waiting, one.files, one.files_awaited, one.already,
    ), json=choices.json)


@command.command()
@click.argument("folder", type=_a_folder)
@with_vault
def inspect(choices: Choices, folder: Path) -> None:
    """What lies in a folder (a stick) for us. Changes nothing."""
    with opened(choices) as session:
        look = stick.look(session, folder=folder)
    if choices.json:
        as_json(look)
        return
    table(("file", "site", "written", "changes", "new"), [
        (one.path.name, one.site, one.written, one.changes, one.fresh) for one in look.bundles
    ])


@command.command()
@with_vault
def status(choices: Choices) -> None:
    """The sites we trust: what they do not have yet, and when we last heard of them."""
    with opened(choices) as session:
        found = stick.sites(session)
    listed(found, ("site", "to go", "last heard", "last given", "waiting", "stopped"), lambda one: (
        one.nickname, one.to_go, one.last_heard, one.last_given, one.waiting, one.stopped,
    ), json=choices.json)


@command.command()
@click.argument("number", type=int, required=False)
@click.option("--keep", type=int, metavar="N", help="Keep the Nth of the answers.")
@click.option("--write", "answer", help="Write another answer instead.")
@with_vault
def settle(choices: Choices, number: int | None, keep: int | None, answer: str | None) -> None:
    """List two different answers; with NUMBER and --keep or --write, settle one of them."""
    with opened(choices) as session:
        found = history.conflicts(session)
        if number is None:
            _list_answers(found, choices)
            return
        if (keep is None) == (answer is None):
            raise click.UsageError("Say which answer is right: --keep N or --write TEXT")
        if not 1 <= number <= len(found):
            raise UserError("settle.nothing")
        chosen = found[number - 1]
        value = _kept(chosen, keep) if keep is not None else _written(chosen, answer or "")
        history.settle(session, folder=chosen.folder, record=chosen.record, field=chosen.field.name, value=value)
    say("settled")


def _kept(chosen: TwoAnswers, keep: int) -> Value:
    if not 1 <= keep <= len(chosen.answers):
        raise click.UsageError(f"There are answers 1 to {len(chosen.answers)}.")
    return chosen.answers[keep - 1].value


def _written(chosen: TwoAnswers, answer: str) -> Value:
    if chosen.field.kind is Kind.BIRTH:
        raise click.UsageError("Keep one of the answers with --keep N.")
    if chosen.field.kind is Kind.NUMBER:
        return int(answer) if answer.isdigit() else answer
    return answer


def _list_answers(found: list[TwoAnswers], choices: Choices) -> None:
    if choices.json:
        as_json(found)
        return
    table(("number", "about", "field", "answers"), [
        (at, one.title, one.field.name, " | ".join(value_text(one.field, answer.value, output.language) for answer in one.answers))
        for at, one in enumerate(found, 1)
    ])

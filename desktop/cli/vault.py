"""``vault create|info|check|passphrase|recover``."""

from __future__ import annotations

import click

from desktop.cli.opening import Choices, opened, secret, with_vault
from desktop.cli.output import REFUSED, as_json, say
from desktop.services import integrity, people, vaults, volunteers
from desktop.services.integrity import FilesFound


@click.group()
def command() -> None:
    """The folder that holds everything."""


@command.command()
@click.option("--site", required=True, help="Name of the site; other sites will see it.")
@click.option("--name", required=True, help="Your name; only volunteers of this laptop see it.")
@with_vault
def create(choices: Choices, site: str, name: str) -> None:
    """Make the folder, and print the recovery code: it is shown once and stored nowhere."""
    folder = choices.folder()
    passphrase = secret(choices.passphrase_file, "New passphrase")
    created = vaults.create(folder, site=site, name=name, passphrase=passphrase, language=choices.language)
    vaults.lock(created.session)
    if choices.json:
        as_json({"recovery_code": created.recovery_code})
    else:
        say(created.recovery_code)


@command.command()
@with_vault
def info(choices: Choices) -> None:
    """Whose folder it is, what you can open in it, and how many people are in it."""
    with opened(choices) as session:
        found = people.find(session, state="here")
        facts = {
            "site": session.site, "volunteer": session.volunteer, "role": session.role.value,
            "folders": sorted(folder.value for folder in session.folders), "volunteers": len(volunteers.volunteers(session)),
            "people": found.total, "here": found.here,
        }
    if choices.json:
        as_json(facts)
        return
    for name, value in facts.items():
        say(f"{name}\t{', '.join(value) if isinstance(value, list) else value}")


@command.command()
@click.option("--mend", is_flag=True, help="Take away kept files that are damaged (other sites may bring them again) and those nothing belongs to.")
@with_vault
def check(choices: Choices, mend: bool) -> None:
    """Read every file you can open and say whether all of it is whole."""
    with opened(choices) as session:
        damaged = session.vault.damaged()
        removed = integrity.mend(session) if mend else 0
        files = integrity.files(session)
    if choices.json:
        as_json({"damaged": damaged, "files": files, "removed": removed})
    else:
        say("damaged: " + ", ".join(damaged) if damaged else "all whole")
        for words, count in _about_files(files, removed):
            say(f"{words}\t{count}")
    if damaged or files.damaged:
        click.get_current_context().exit(REFUSED)


def _about_files(files: FilesFound, removed: int) -> list[tuple[str, int]]:
    """Lines about kept files; those that count nothing are left out."""
    unnamed = "kept files that nothing belongs to" if files.judged else "kept files of folders you cannot open, or that nothing belongs to"
    lines = [
        ("kept files whole", files.whole), ("kept files damaged", len(files.damaged)), ("kept files that have not come yet", files.awaited), (unnamed, len(files.unnamed)),
        ("kept files taken away", removed),
    ]
    return [line for line in lines if line[1]]


@command.command()
@click.option("--new-passphrase-file", default="", metavar="F", help="A file whose first line is the new passphrase; - for standard input.")
@with_vault
def passphrase(choices: Choices, new_passphrase_file: str) -> None:
    """Change your passphrase."""
    old = secret(choices.passphrase_file, "Passphrase")
    session = vaults.open_vault(choices.folder(), passphrase=old)
    try:
        vaults.change_passphrase(session, old=old, new=secret(new_passphrase_file, "New passphrase"))
    finally:
        vaults.lock(session)
    say("changed")


@command.command()
@click.option("--code-file", default="", metavar="F", help="A file whose first line is the code of the recovery sheet; - for standard input.")
@click.option("--part", "part_files", multiple=True, metavar="F", help="A file with a row of one part of a sheet in three parts. Give it twice.")
@with_vault
def recover(choices: Choices, code_file: str, part_files: tuple[str, ...]) -> None:
    """Open with the recovery sheet, or two parts of it, and set a new passphrase (--passphrase-file holds the new one)."""
    if part_files and (code_file or len(part_files) != 2):
        raise click.UsageError("give --part twice, and no --code-file with it")
    if part_files:
        first, second = (secret(file, "Part of the recovery sheet") for file in part_files)
        new = secret(choices.passphrase_file, "New passphrase")
        session = vaults.recover_with_parts(choices.folder(), first=first, second=second, passphrase=new)
    else:
        code = secret(code_file, "Code of the recovery sheet")
        session = vaults.recover(choices.folder(), code=code, passphrase=secret(choices.passphrase_file, "New passphrase"))
    vaults.lock(session)
    say("opened, and the new passphrase is set")

"""``tour``: the main job with invented people, from the first day of two sites to two answers settled, on paper and in pictures."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import click

from desktop.cli import output
from desktop.cli.opening import Choices, with_vault
from desktop.cli.output import as_json, say
from desktop.words.catalogue import translate


class Told:
    """Tells each step with the time it took, as it is done."""

    def __init__(self, quiet: bool) -> None:
        self.steps: list[dict[str, object]] = []
        self._quiet = quiet
        self._began = time.perf_counter()

    def __call__(self, text: str, **gaps: str | int) -> None:
        """`text` is an English sentence with gaps; it is told in the language of the run."""
        now = time.perf_counter()
        seconds, self._began = now - self._began, now
        words = translate(text, output.language).format(**gaps)
        self.steps.append({"step": words, "seconds": round(seconds, 3)})
        if not self._quiet:
            say(f"{seconds:7.2f} s  {words}")


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where the papers and pictures go.")
@click.option("--keep", is_flag=True, help="Keep the two folders of invented people too (the passphrases are written beside them).")
@click.option("--no-pictures", is_flag=True, help="Leave out the pictures of the screens.")
@with_vault
def command(choices: Choices, out: Path, keep: bool, no_pictures: bool) -> None:
    """The whole job with invented people, in one go; no screen is needed."""
    from desktop.cli import tour_steps

    out.mkdir(parents=True, exist_ok=True)
    work = out / "vaults"
    shutil.rmtree(work, ignore_errors=True)
    tell = Told(choices.json)
    began = time.perf_counter()
    try:
        tour_steps.walk(work, out, tell, keep_passphrases=keep, pictures=None if no_pictures else choices.pictures)
    finally:
        if not keep:
            shutil.rmtree(work, ignore_errors=True)
    tell("Done. {seconds} seconds in all.", seconds=round(time.perf_counter() - began))
    if choices.json:
        as_json(tell.steps)

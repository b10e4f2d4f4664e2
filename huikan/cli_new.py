"""The command `new`: parse, call, report."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from huikan.content.terms import LANGUAGE_KEYS


def build_line(folder: Path) -> str:
    """The command that builds a folder, as it can be typed whatever the folder is called."""
    return f"huikan build {quote(str(folder))}"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-l",
    "--lang",
    "language",
    type=click.Choice([*LANGUAGE_KEYS]),
    default="zh-Hans",
    show_default=True,
    help="Language of the booklet and of the comments in its files.",
)
@click.pass_obj
def new(options: dict[str, bool], folder: Path, language: str) -> None:
    """Start a publication in FOLDER, which must be new or empty.

    Three people, two sessions: a small booklet that builds as it is. The comments in its files say what to change.
    """
    from huikan.starting import start_publication

    names = start_publication(folder, language)
    if options["verbose"]:
        click.echo("\n".join(names))
    if not options["quiet"]:
        click.echo(f"{folder}: begin with booklet.yaml, then: {build_line(folder)}", err=True)

"""Commands for finished PDFs: what the print shop or the archive would send back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huikan.finding import ContentError, Finding, Severity


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--profile",
    type=click.Choice(["press", "archive", "print"]),
    default="press",
    show_default=True,
    help="Where the file goes: a print shop, an archive, an office printer.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def preflight(file: Path, profile: str, form: str) -> None:
    """Check any PDF before it goes out: boxes, bleed, fonts, inks, resolution, and what else a printer refuses.

    Each finding has its page, its place in mm, what was measured and what to do. Exit code 1 when there are errors.
    A file that passes is checked, not certified.
    """
    from huikan.print.preflight import preflight as examine
    from huikan.print.preflight import to_json, to_text
    from huikan.print.preflight.profile import Profile

    try:
        report = examine(file, Profile(profile))
    except OSError as error:
        raise ContentError([Finding("HK080", Severity.ERROR, f"cannot read {file}: {error.strerror}")]) from error
    click.echo(to_json(report) if form == "json" else to_text(report))
    if not report.passed:
        sys.exit(1)

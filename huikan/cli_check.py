"""The commands `check` and `translated`: parse, call, report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huikan.finding import ContentError, MissingSystemPartError, Severity

_PATH = click.Path(path_type=Path)
_EXIT_CONTENT = 1
_EXIT_USAGE = 2


@click.command()
@click.argument("content", type=_PATH, default="content")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="Of the list.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--layout/--no-layout",
    default=True,
    show_default=True,
    help="Lay the print edition out and look at its pages too, which takes about as long as building it.",
)
@click.option("--fix", is_flag=True, help="Put right what needs no judgement, and show the changes.")
@click.pass_obj
def check(options: dict[str, bool], content: Path, form: str, strict: bool, layout: bool, fix: bool) -> None:
    """Check CONTENT without building it: every problem at once, with file, line and what to write instead.

    Facts that contradict each other, bad writing, pictures unfit for print, missing translations. docs/rules.md
    explains every rule, and how to allow a finding with a reason.
    """
    from huikan.check.fix import fix_folder
    from huikan.check.report import as_json, as_sarif, as_text, tally
    from huikan.check.run import check_folder
    from huikan.review.transaction import recover

    recover(content)
    try:
        if fix:
            fixed = fix_folder(content)
            click.echo(fixed.diff, nl=False, err=form != "text")
            if not options["quiet"]:
                click.echo(f"{fixed.count} place{'s' if fixed.count != 1 else ''} put right", err=True)
        try:
            findings = check_folder(content, layout=layout).findings
        except MissingSystemPartError as missing:
            click.echo(f"warning: the pages were not looked at: {missing}", err=True)
            findings = check_folder(content).findings
    except ContentError as error:
        findings = error.findings
    click.echo({"text": as_text, "json": as_json, "sarif": as_sarif}[form](findings), nl=False)
    if not options["quiet"]:
        click.echo(tally(findings), err=True)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in failing for finding in findings):
        sys.exit(_EXIT_CONTENT)


@click.command()
@click.argument("content", type=_PATH, default="content")
@click.option(
    "--accept",
    multiple=True,
    metavar="FIELD",
    help="Text whose original changed and whose translation still holds: liu-jie, people.yaml, "
    "people.yaml#liu-jie.title; may be given again.",
)
@click.pass_obj
def translated(options: dict[str, bool], content: Path, accept: tuple[str, ...]) -> None:
    """Record that the translations in CONTENT are done, so that `check` notices originals that change later.

    The record is translations.yaml. Texts whose original changed while the translation did not (HK402) keep their old
    state, and are listed, until they are translated anew or accepted.
    """
    from huikan.check.run import subject_of
    from huikan.check.translation_record import unread_entries
    from huikan.check.translations import record
    from huikan.content.load import load_publication

    subject = subject_of(load_publication(content))
    unread = unread_entries(subject)
    done = record(subject, accept)
    for finding in unread:
        click.echo(str(finding), err=True)
    if unread:
        click.echo(
            "warning: what of the record could not be read is written anew: translations that had fallen behind "
            "count as done\n    → restore the file from a backup if there is one, and run huikan translated again",
            err=True,
        )
    for name in done.unknown:
        click.echo(f"error: no translated text is called {name}", err=True)
    if not options["quiet"]:
        for field in done.stale:
            click.echo(f"{field}: the original has changed since it was translated", err=True)
        click.echo(f"{done.count} translations recorded, {len(done.stale)} behind their original", err=True)
    if done.unknown:
        sys.exit(_EXIT_USAGE)

"""The `review` commands: parse, call, report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huikan.finding import Finding

_PATH = click.Path(path_type=Path)
_EXIT_CONFLICT = 1


@click.group()
def review() -> None:
    """Read reviewed Word copies back: show what changed, merge it into the content."""


@review.command()
@click.argument("files", nargs=-1, required=True, type=_PATH)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
def show(files: tuple[Path, ...], form: str) -> None:
    """Show every change and comment of reviewed copies, by field, in reading order.

    Changes made with tracking off are found too, by the text as sent that every copy carries.
    """
    from rich.console import Console

    from huikan.review import report
    from huikan.review.copy import read_copy
    from huikan.review.edits import read_edits

    reports = []
    for file in files:
        copy = read_copy(file)
        reports.append(report.CopyReport(copy, read_edits(copy)))
    if form == "json":
        click.echo(report.as_json(reports))
    elif form == "html":
        click.echo(report.as_html(reports))
    else:
        Console(soft_wrap=True, highlight=False).print(report.as_text(reports), end="")


@review.command()
@click.argument("files", nargs=-1, required=True, type=_PATH)
@click.option(
    "--accept",
    multiple=True,
    metavar="all|AUTHOR",
    help="Where a copy and the content disagree, let the copy win: any, or that author's. May be given again.",
)
@click.option("--dry-run", is_flag=True, help="Print a unified diff and write nothing.")
@click.pass_obj
def merge(options: dict[str, bool], files: tuple[Path, ...], accept: tuple[str, ...], dry_run: bool) -> None:
    """Merge reviewed copies into the content: only what changed is written, all files or none.

    A folder among FILES is the content; without one it is content/. A conflict is written nowhere; the exit
    code is then 1 though everything else was merged.
    """
    from huikan.review.copy import read_copy
    from huikan.review.merge import MergeRequest, apply_merge, plan_merge

    content = next((path for path in files if path.is_dir()), Path("content"))
    copies = tuple(read_copy(path) for path in files if not path.is_dir())
    plan = plan_merge(MergeRequest(copies, content, "all" in accept, tuple(set(accept) - {"all"})))
    _say([*plan.notes, *plan.conflicts], quiet=options["quiet"] and not plan.conflicts)
    if dry_run:
        click.echo(plan.diff(), nl=False)
    else:
        backup = apply_merge(plan)
        if not options["quiet"]:
            click.echo(f"merged: {', '.join(sorted(plan.files)) or 'nothing to do'}", err=True)
            if backup:
                click.echo(f"the files as they were: {backup}", err=True)
    if plan.conflicts:
        click.echo(f"{len(plan.conflicts)} conflict{'s' if len(plan.conflicts) > 1 else ''} not merged", err=True)
        sys.exit(_EXIT_CONFLICT)


def _say(findings: list[Finding], *, quiet: bool) -> None:
    for finding in findings:
        if not quiet:
            click.echo(str(finding), err=True)

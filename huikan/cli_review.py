"""The `review` commands: parse, call, report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huikan.content.terms import Approval
from huikan.finding import ContentError, Finding

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

    reports: list[report.CopyReport] = []
    refused: list[Finding] = []
    for file in files:
        try:
            copy = read_copy(file)
        except ContentError as error:
            refused += error.findings
        else:
            reports.append(report.CopyReport(copy, read_edits(copy)))
    if form == "json":
        click.echo(report.as_json(reports))
    elif form == "html":
        click.echo(report.as_html(reports))
    else:
        Console(soft_wrap=True, highlight=False).print(report.as_text(reports), end="")
    if refused:
        raise ContentError(refused)


@review.command()
@click.argument("files", nargs=-1, required=True, type=_PATH)
@click.option(
    "--accept",
    multiple=True,
    metavar="all|AUTHOR|FILE",
    help="Where copies and content disagree, what wins: the copies, an author, a file. May be given again.",
)
@click.option("--keep-comments", is_flag=True, help="Write comments that are not settled into the content as note:.")
@click.option("--approve", is_flag=True, help="Enter that people approve by their own copies (review: in people.yaml).")
@click.option("--dry-run", is_flag=True, help="Print a unified diff and write nothing.")
@click.pass_obj
def merge(
    options: dict[str, bool],
    files: tuple[Path, ...],
    accept: tuple[str, ...],
    keep_comments: bool,
    approve: bool,
    dry_run: bool,
) -> None:
    """Merge reviewed copies into the content: only what changed is written, all files or none.

    A folder among FILES is the content; without one it is content/. A conflict is written nowhere; the exit
    code is then 1 though everything else was merged.
    """
    from huikan.review.copy import read_copy
    from huikan.review.merge import MergeRequest, apply_merge, plan_merge

    content = next((path for path in files if path.is_dir()), Path("content"))
    copies = tuple(read_copy(path) for path in files if not path.is_dir())
    if not copies:
        raise click.UsageError(f"{content} is the content: name the reviewed copies (.docx) too.")
    accepted = tuple(name for name in accept if name != "all")
    plan = plan_merge(MergeRequest(copies, content, "all" in accept, accepted, keep_comments, approve))
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


@review.command()
@click.argument("folder", metavar="DIR", type=_PATH)
@click.argument("content", type=_PATH, default="content")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(folder: Path, content: Path, form: str) -> None:
    """Tell where the review of CONTENT stands, with the copies that came back into DIR.

    Who changed what, what is not merged or not answered, and who has not approved. Nothing is written.
    """
    from rich.console import Console

    from huikan.review import status_report
    from huikan.review.status import read_status

    found = read_status(folder, content)
    if form == "json":
        click.echo(status_report.as_json(found))
    else:
        Console(soft_wrap=True, highlight=False).print(status_report.as_text(found), end="")


@review.command()
@click.argument("state", metavar="STATUS", type=click.Choice([each.value for each in Approval]))
@click.argument("people", metavar="PERSON...", nargs=-1, required=True)
@click.option("--content", type=_PATH, default="content", show_default=True, help="Folder of the content.")
@click.pass_obj
def mark(options: dict[str, bool], state: str, people: tuple[str, ...], content: Path) -> None:
    """Write into people.yaml how far the review of each PERSON has come.

    STATUS is draft, sent, approved or approved-with-changes.
    """
    from huikan.review.status import mark as mark_people

    changed = mark_people(content, people, Approval(state))
    if not options["quiet"]:
        click.echo(f"{', '.join(people)}: {state}" if changed else "nothing to do", err=True)


def _say(findings: list[Finding], *, quiet: bool) -> None:
    for finding in findings:
        if not quiet:
            click.echo(str(finding), err=True)

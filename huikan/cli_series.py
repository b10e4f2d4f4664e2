"""`huikan build` of several publications: its options, its executors and its report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from huikan.finding import Severity

if TYPE_CHECKING:
    from huikan.build import Progress
    from huikan.series.run import Executor, Outcome

F = TypeVar("F", bound=Callable[..., Any])
_LISTS = (".yaml", ".yml")
_PARTS = ("booklet.yaml", "people.yaml", "programme.yaml", "organisations.yaml", "report.yaml")


def series_options(command: F) -> F:
    """The options that say where booklets are built."""
    dask = click.option("--dask", metavar="ADDRESS", help="Build on the Dask cluster of this scheduler.")
    shared = click.option(
        "--shared",
        metavar="URL",
        help="With --dask: storage (an fsspec URL) by which files travel, instead of through the scheduler.",
    )
    return dask(shared(command))


def is_series(contents: Sequence[Path], dask: str | None, shared: str | None, *, watch: bool) -> bool:
    """Whether the command line asks for more than one publication, or for workers elsewhere."""
    if shared and not dask:
        raise click.UsageError("--shared needs --dask ADDRESS")
    for content in contents:
        if content.name in _PARTS and content.is_file():
            raise click.UsageError(f"{content} is a part of a publication: give its folder, {content.parent}")
    lists = any(content.suffix.casefold() in _LISTS and not content.is_dir() for content in contents)
    series = len(contents) > 1 or lists or bool(dask)
    if series and watch:
        raise click.UsageError("--watch follows one CONTENT")
    return series


def build_together(
    progress: Progress,
    *,
    contents: Sequence[Path],
    output: Path,
    editions: Sequence[str],
    languages: tuple[str, ...],
    draft: bool,
    jobs: int | None,
    no_cache: bool,
    dask: str | None,
    shared: str | None,
    **_: object,
) -> Callable[[bool], None]:
    """Build every publication of `contents`, as the options of `huikan build` say; what is returned reports it.

    Raises ContentError, before anything is built, for what cannot be planned.
    """
    from huikan.build import BuildRequest
    from huikan.cache import cache_folder
    from huikan.content.terms import Edition
    from huikan.series.plan import plan_series
    from huikan.series.run import build_series

    usual = BuildRequest(Path("content"), output, tuple(Edition(edition) for edition in editions), languages, draft)
    requests = plan_series(contents or (usual.content,), usual)
    done = 0

    def finished(outcome: Outcome) -> None:
        nonlocal done
        done += 1
        progress(outcome.name, done, len(requests))

    progress("…", 0, len(requests))
    cache = None if no_cache else cache_folder(os.environ)
    with closing(_executor(jobs, cache, dask, shared)) as executor:
        outcomes = build_series(requests, executor, finished)
    return lambda quiet: _report(outcomes, quiet=quiet)


def _executor(jobs: int | None, cache: Path | None, dask: str | None, shared: str | None) -> Executor:
    if dask:
        from huikan.series.dask_cluster import DaskCluster

        return DaskCluster(dask, shared, cached=cache is not None)
    from huikan.render.workshop import usable_cores
    from huikan.series.processes import Processes

    return Processes(jobs or usable_cores(), cache)


def _report(outcomes: Sequence[Outcome], *, quiet: bool) -> None:
    """Tell every problem and, as a table, what became of each booklet. Exits with 1 when one was not built."""
    from rich.console import Console

    from huikan.series.report import failed, findings_of, table

    for outcome in outcomes:
        for finding in findings_of(outcome):
            if finding.severity is Severity.ERROR or not quiet:
                click.echo(str(finding), err=True)
    lost = failed(outcomes)
    if lost or not quiet:
        console = Console(stderr=True, no_color="NO_COLOR" in os.environ, highlight=False)
        console.print(table(lost if quiet else outcomes))
    if lost:
        click.echo(f"{len(lost)} of {len(outcomes)} booklets failed; nothing of them was written.", err=True)
        sys.exit(1)

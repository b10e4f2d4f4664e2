"""The command line: parse, call, report. Diagnostics go to stderr, data to stdout."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

import huikan
from huikan.assistant import assistant
from huikan.cli_check import check, translated
from huikan.cli_new import build_line, new
from huikan.cli_preview import preview
from huikan.cli_print import preflight
from huikan.cli_review import review
from huikan.cli_series import build_together, is_series, series_options
from huikan.content.terms import BILINGUAL, LANGUAGE_KEYS, Edition
from huikan.finding import ContentError, Finding, MissingSystemPartError, Severity
from huikan.interrupts import interrupts_held
from huikan.progress import progress_shown

if TYPE_CHECKING:
    from huikan.build import Built
    from huikan.cache import Store
    from huikan.outputs import BuiltFile
    from huikan.render.chapters.composing_room import ComposingRoom
    from huikan.render.workshop import Workshop

EXIT_CONTENT, EXIT_USAGE, EXIT_SYSTEM = 1, 2, 3
_PATH = click.Path(path_type=Path)


class _BuildByDefault(click.Group):
    """No command means build: `python build.py --draft` is `huikan build --draft`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {option for parameter in self.params for option in parameter.opts} | {"--help", "-h"}
        first = next((at for at, arg in enumerate(args) if arg not in self._quiet), len(args))
        if first == len(args) or (args[first] not in own and args[first] not in self.commands):
            args = [*args[:first], "build", *args[first:]]
        return super().parse_args(ctx, args)

    _quiet = frozenset({"-q", "--quiet", "-v", "--verbose"})


@click.group(cls=_BuildByDefault, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(huikan.__version__, prog_name="huikan")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="List every file that is written.")
@click.pass_context
def cli(context: click.Context, quiet: bool, verbose: bool) -> None:
    """Typeset the proceedings booklet of a forum: printed PDF and editable Word copy from the same content.

    \b
    huikan build              content/ → output/, the editions that booklet.yaml asks for
    huikan check              every problem of the content, without building
    huikan import record.txt -o my-forum
                              content files from a record as the secretariat wrote it

    Without a command, huikan builds. Exit codes: 0 fine, 1 the content has errors, 2 wrong usage,
    3 a part of the system is missing.
    """
    context.obj = {"quiet": quiet, "verbose": verbose}


@cli.command()
@click.argument("contents", metavar="[CONTENT]...", type=_PATH, nargs=-1)
@click.option("-o", "--output", type=_PATH, default="output", show_default=True, help="Folder to write to.")
@click.option(
    "-e",
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(["print", "press", "cover", "imposed", "archive", "review", "web", "epub"]),
    help="Edition to build; may be given again.  [default: those of booklet.yaml]",
)
@click.option(
    "-l",
    "--lang",
    "languages",
    multiple=True,
    type=click.Choice([*LANGUAGE_KEYS, BILINGUAL]),
    help="Language to build; may be given again.  [default: those of booklet.yaml]",
)
@click.option("--draft", is_flag=True, help="Mark what is not translated or not approved yet.")
@click.option("--final", is_flag=True, help="Refuse to build while anybody has not approved their part.")
@click.option(
    "--only",
    multiple=True,
    metavar="PERSON|all",
    help="Word copies of these people's parts alone; may be given again.  [with --edition review]",
)
@click.option("--with-findings", is_flag=True, help="Put what check finds into the Word copy as comments.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Processes to work with.  [default: all cores]")
@click.option("--no-cache", is_flag=True, help="Build from nothing; the files are the same.")
@click.option("--watch", is_flag=True, help="Build again whenever the content changes, until interrupted.")
@series_options
@click.pass_context
def build(
    context: click.Context,
    contents: tuple[Path, ...],
    output: Path,
    editions: tuple[str, ...],
    languages: tuple[str, ...],
    draft: bool,
    final: bool,
    only: tuple[str, ...],
    with_findings: bool,
    jobs: int | None,
    no_cache: bool,
    watch: bool,
    dask: str | None,
    shared: str | None,
) -> None:
    """Build the booklet of CONTENT (a folder with booklet.yaml; without it, content/).

    \b
    print    PDF for attendees             ID.LANGUAGE.print.pdf
    press    PDF/X-4: inks, bleed, marks   ID.LANGUAGE.press.pdf
    cover    back, spine and front, PDF    ID.LANGUAGE.cover.pdf
    imposed  sheets to print and fold      ID.LANGUAGE.imposed.pdf
    archive  PDF/A-3 and PDF/UA-1          ID.LANGUAGE.archive.pdf, with its sources inside
    review   Word copy for editors         ID.LANGUAGE.review.docx, one speaker's ID.LANGUAGE.review.PERSON.docx
    web      one HTML page for screens     ID.LANGUAGE.html
    epub     e-book, EPUB 3                ID.LANGUAGE.epub

    Files are replaced only when the whole build succeeded; manifest.json lists them with their hashes.

    Several CONTENTs, or a series.yaml that lists them, are built together, each to a folder of its own below the
    output folder. One that fails stops no other; the exit code is 1 then.
    """
    from huikan.fingerprint import machine_print
    from huikan.unchanged import key_of, remember, standing

    options: dict[str, bool] = context.obj
    if draft and final:
        raise click.UsageError("a draft is not final: give --draft or --final")
    if only and set(editions) - {Edition.REVIEW}:
        raise click.UsageError("--only makes Word copies: give it with --edition review")
    if is_series(contents, dask, shared, watch=watch):
        if final or only or with_findings:
            raise click.UsageError("--final, --only and --with-findings go with one CONTENT")
        with progress_shown(options["quiet"]) as progress:
            report = build_together(progress, **context.params)
        report(options["quiet"])
        return
    content = contents[0] if contents else Path("content")
    books = set() if only else {"print", "press", "cover", "imposed", "archive"}.intersection(editions or ["print"])
    store = _store(context, lasting=not no_cache, shared=bool(books))
    machine = "" if no_cache else machine_print()
    key = ""
    if not (no_cache or watch):
        how = {"contents", "output", "jobs", "no_cache", "watch", "dask", "shared"}
        wanted = {name: value for name, value in context.params.items() if name not in how}
        key = key_of(content, output, wanted, os.environ, store, machine)
        if known := standing(key, output, store):
            _report_build(*known, output, options)
            return

    from huikan.render.workshop import SELDOM, Workshop, usable_cores

    gc.set_threshold(*SELDOM)
    workshop = Workshop(jobs or usable_cores(), store, machine, lasts=not no_cache)
    helps = 1 if watch else workshop.jobs
    opened = _room(workshop, content if "print" in books else None, draft) if books and not watch else nullcontext()
    with opened as room, assistant(helps) as workshop.begin, _slowness_told(bool(books), room, options):
        with interrupts_held():
            from huikan.build import BuildRequest
            from huikan.build import build as build_publication

        request = BuildRequest(
            content,
            output,
            tuple(Edition(edition) for edition in editions),
            languages,
            draft=draft,
            only=only,
            final=final,
            with_findings=with_findings,
        )

        def build_once() -> Built:
            with progress_shown(options["quiet"]) as progress:
                built = build_publication(request, progress, workshop, room)
            _report_build(built.files, built.warnings, output, options)
            return built

        if watch:
            from huikan.watching import rebuild_on_change

            rebuild_on_change(content, output, build_once, _report_failure)
            return
        built = build_once()
        if key:
            remember(key, output, built.files, built.warnings, store)


@cli.command("import")
@click.argument("source", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="Folder for the content files.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "outline", "schedule", "pretalx", "indico", "table", "docx", "aclpub2"]),
    default="auto",
    show_default=True,
    help="What SOURCE is; told by the file itself if not given.",
)
@click.option("--update", is_flag=True, help="Merge into content imported before; edited fields stay as they are.")
@click.pass_obj
def import_source(options: dict[str, bool], source: Path, output: Path, form: str, update: bool) -> None:
    """Turn SOURCE, a record of the event or a file of a conference system, into content files.

    \b
    outline   plain text: the title line, 【…】 parts, role headings, names with titles, captions, summaries
    schedule  schedule.json of pretalx or frab, schedule.xml of frab or pentabarf
    pretalx   answers of its API, or its schedule widget's JSON
    indico    JSON of its export API: an event with contributions or sessions, a timetable
    table     CSV or XLSX with a header: talks, people, or both
    docx      a record in Word, written as an outline is; pictures go to the captions below them
    aclpub2   a folder with conference_details.yml, program.yml, papers.yml…

    What could not be placed stands in import-report.md with its position in the source: nothing is lost.
    """
    from huikan.importers.detect import Format, import_file
    from huikan.importers.update import update_imported
    from huikan.importers.write import write_imported

    imported = import_file(source, None if form == "auto" else Format(form))
    conflicts: tuple[Finding, ...] = ()
    if update:
        conflicts = update_imported(imported, output)
    else:
        write_imported(imported, output)
    _report((*imported.findings, *conflicts), quiet=options["quiet"])
    if not options["quiet"]:
        click.echo(f"{output}: read import-report.md, then: {build_line(output)}", err=True)


@cli.command()
@click.argument("content", type=_PATH, required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(content: Path | None, form: str) -> None:
    """Tell what of this machine is missing, which feature it serves, and the line that installs it.

    With CONTENT, the faces of that publication's own design are looked for as well.
    Exit code 3 when something is missing without which no booklet can be built.
    """
    from huikan.doctor import examine

    parts = examine([content / "styles"] if content else [])
    if form == "json":
        click.echo(json.dumps([asdict(part) for part in parts], ensure_ascii=False, indent=2))
    else:
        for part in parts:
            state = "missing" if part.required else "absent"
            click.echo(f"{state if part.is_missing else 'ok':8}{part.name}{f'  {part.found}' if part.found else ''}")
            if part.is_missing:
                click.echo(f"        for: {part.serves}\n        → {part.install}")
    if any(part.required and part.is_missing for part in parts):
        sys.exit(EXIT_SYSTEM)


@cli.group()
def archive() -> None:
    """Take archive editions apart: the content they were made from is inside."""


@archive.command()
@click.argument("file", type=_PATH)
@click.argument("folder", type=_PATH)
@click.pass_obj
def extract(options: dict[str, bool], file: Path, folder: Path) -> None:
    """Write the content, the Word copy and the manifest inside FILE to FOLDER, which must be new or empty.

    `huikan build FOLDER --edition archive` makes the same archive again, byte for byte, with the same engines.
    """
    from huikan.render.archive.attachments import extract as extract_files

    names = extract_files(file, folder)
    if not options["quiet"]:
        click.echo(f"{folder}: {len(names)} files", err=True)


@cli.command()
@click.option("-o", "--output", type=_PATH, help="Folder to write NAME.schema.json files to.  [default: stdout]")
def schema(output: Path | None) -> None:
    """Print the JSON Schemas of the content files, by which editors complete and check while one writes."""
    from huikan.content.schema import json_schemas

    schemas = json_schemas()
    if output is None:
        click.echo(json.dumps(schemas, ensure_ascii=False, indent=2))
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, content in schemas.items():
        path = output / f"{name}.schema.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _room(workshop: Workshop, printed: Path | None, draft: bool) -> AbstractContextManager[ComposingRoom | None]:
    from huikan.render.chapters.composing_room import ComposingRoom, may_open

    return ComposingRoom(workshop, printed, draft=draft) if may_open(workshop) else nullcontext()


def _store(context: click.Context, *, lasting: bool, shared: bool) -> Store:
    """Where the build keeps what it has worked out; what does not last is in a folder only if processes share it."""
    from huikan.cache import Cache, Memory, Scratch, cache_folder

    if lasting:
        return Cache(cache_folder(os.environ))
    return Scratch(Path(context.with_resource(TemporaryDirectory(prefix="huikan-")))) if shared else Memory()


def _engine_is_slow() -> bool:
    from huikan.render.chapters.book import is_slow

    return is_slow()


@contextmanager
def _slowness_told(sets_books: bool, room: ComposingRoom | None, options: dict[str, bool]) -> Iterator[None]:
    """Say at the end, whatever came of the build, why it took minutes where seconds would do."""
    try:
        yield
    finally:
        if sets_books and not options["quiet"]:
            from huikan.doctor import slow_subsetting

            if room.is_slow if room else _engine_is_slow():
                click.echo(f"warning: {slow_subsetting()}", err=True)


def _report_build(
    files: Iterable[BuiltFile], warnings: Iterable[Finding], output: Path, options: dict[str, bool]
) -> None:
    """Say what stands in the output folder now."""
    _report(warnings, quiet=options["quiet"])
    files = tuple(files)
    if not options["quiet"]:
        for file in files:
            click.echo(f"{output / file.name}  {file.extent}", err=True)
        if any(file.edition == "archive" for file in files):
            click.echo("the archive is written as PDF/A-3 + PDF/UA-1, not validated (veraPDF judges it)", err=True)
    if options["verbose"]:
        click.echo(json.dumps([file.name for file in files]))


def _report_failure(error: ContentError) -> None:
    """Say what keeps the content from being built."""
    errors = sum(finding.severity is Severity.ERROR for finding in error.findings)
    _report(error.findings, quiet=False)
    click.echo(f"{errors} error{'s' if errors != 1 else ''}; nothing was written.", err=True)


def _report(findings: Iterable[Finding], *, quiet: bool) -> None:
    for finding in findings:
        if finding.severity is Severity.ERROR or not quiet:
            click.echo(str(finding), err=True)


cli.add_command(check)
cli.add_command(new)
cli.add_command(translated)
cli.add_command(preflight)
cli.add_command(preview)
cli.add_command(review)


def main() -> None:
    """Run the command line; problems of content and system become messages and exit codes."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else every installed package is searched for them
    try:
        cli(standalone_mode=True)
    except ContentError as error:
        _report_failure(error)
        sys.exit(EXIT_CONTENT)
    except MissingSystemPartError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(EXIT_SYSTEM)
    except OSError as error:
        if "cannot load library" in str(error):
            click.echo(f"error: {error}\n    → huikan doctor tells what to install", err=True)
            sys.exit(EXIT_SYSTEM)
        if error.filename is None:
            raise
        click.echo(f"error: {error.filename}: {error.strerror}\n    → name another place, or free this one", err=True)
        sys.exit(EXIT_USAGE)

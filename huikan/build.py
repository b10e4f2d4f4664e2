"""A build: load, validate, resolve, render, and write every edition of every language, all or none."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from huikan.content.load import LoadedPublication, load_publication
from huikan.content.model import BILINGUAL, Edition
from huikan.content.photos import SUFFIXES
from huikan.content.problems import suggestion
from huikan.dating import document_time
from huikan.document import Document, assumed_condition, document_of
from huikan.editions import AVAILABLE, begin, engines, made, made_for, make_ready
from huikan.finding import ContentError, Finding, Severity
from huikan.outputs import MANIFEST, BuiltFile, describe, earlier_files, manifest, replace_all
from huikan.render.archive.sources import PublicationFiles, publication_files
from huikan.render.cover_art import cover_art
from huikan.render.portraits_ahead import begin_to_scale
from huikan.render.stylesheets import Design, design_of
from huikan.render.tokens import load_tokens
from huikan.render.workshop import Workshop
from huikan.review.approval import appearing, unapproved_findings
from huikan.review.transaction import recover

if TYPE_CHECKING:
    from huikan.render.chapters.composing_room import ComposingRoom
    from huikan.render.docx import Question

EVERYBODY = "all"
_WORD = {Edition.REVIEW, Edition.ARCHIVE}
"""The editions that hold a Word copy."""
_INKS = {Edition.PRESS, Edition.IMPOSED, Edition.COVER}
"""The editions in the inks of a printing condition."""

Progress = Callable[[str, int, int], None]
"""Told before each step: what is being made, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build. Empty `editions` and `languages` mean those of booklet.yaml.

    `only` asks for Word copies of these people's parts (`EVERYBODY`: of each) in place of the editions.
    A `final` build is refused while anybody has not approved. `with_findings` puts what `check` finds into the Word
    copy as comments.
    """

    content: Path
    output: Path
    editions: tuple[Edition, ...] = ()
    languages: tuple[str, ...] = ()
    draft: bool = False
    only: tuple[str, ...] = ()
    final: bool = False
    with_findings: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """The files of a finished build, and what was noticed on the way."""

    files: tuple[BuiltFile, ...]
    warnings: tuple[Finding, ...]


def build(
    request: BuildRequest,
    progress: Progress = lambda step, done, total: None,
    workshop: Workshop | None = None,
    room: ComposingRoom | None = None,
) -> Built:
    """Build a publication into the output folder; a `room` sets its books while the other editions are made.

    Raises ContentError with every problem of the content; nothing in the output folder has changed then.
    """
    try:
        return _build(request, progress, workshop, room)
    except ContentError:
        raise
    except Exception as error:
        if stumbled_over := _stumbling_blocks(request):
            raise ContentError(stumbled_over) from error
        raise


def _build(request: BuildRequest, progress: Progress, workshop: Workshop | None, room: ComposingRoom | None) -> Built:
    recover(request.content)
    workshop = workshop or Workshop()
    may_send_word = bool(request.only) or not request.editions or not _WORD.isdisjoint(request.editions)
    kept = workshop.store if workshop.lasts or may_send_word else None
    loaded = load_publication(request.content, kept, workshop.begin)
    with loaded.pictures_awaited():
        booklet = loaded.publication.booklet
        design = design_of(request.content, booklet.theme)
        offered = (*booklet.languages, *([BILINGUAL] if len(booklet.languages) > 1 else []))
        usual = offered if booklet.bilingual else booklet.languages
        languages = _chosen(request.languages, offered) or usual
        if request.final and (missing := unapproved_findings(loaded)):
            raise ContentError(missing)
        people = _people(request.only, loaded)
        editions = (
            (Edition.REVIEW,)
            if people
            else request.editions or tuple(edition for edition in booklet.editions if edition in AVAILABLE)
        )
        count = len(languages) * len(people or editions)
        design_told = _design_findings(design, editions, workshop, draft=request.draft)
        if room is not None:
            make_ready(request.content, design, request.draft, editions, room)
            if workshop.begin is not None:
                portraits = _portraits(loaded)
                workshop.begin(begin_to_scale, portraits, design.styles, design.theme, workshop.store)
        sources = publication_files(request.content, loaded.source_files)
        time = document_time(booklet.date, os.environ)
        if request.with_findings:
            loaded.await_pictures()
        if _WORD.intersection(editions) and not people:
            cover_art(load_tokens(design.styles, design.theme), workshop)
        questions = _questions(loaded, with_findings=request.with_findings) if _WORD.intersection(editions) else ()

        def told(language: str) -> Callable[[str], None] | None:
            return None if room is None else partial(room.read_ahead, language)

        documents = [
            document_of(
                loaded, sources, time, language, design, request.draft, workshop, questions, editions, told(language)
            )
            for language in languages
        ]
        if kept is None:  # then looking at them takes little more than hashing them, which is to be done anyway
            loaded.await_pictures()
        _share_digests(loaded, sources)
        if room is not None:
            for document in documents:
                begin(document, editions, room)
            room.close_orders()
    if _WORD.intersection(editions):
        _remember(loaded, workshop)
    contents: dict[str, bytes] = {}
    files: list[BuiltFile] = []
    for language, document in zip(languages, documents, strict=True):
        for edition, person in product(editions, people or ("",)):
            name = document.name_of(edition, person)
            progress(name, len(files), count)
            try:
                contents[name], pages = made_for(document, person) if person else made(document, edition)
            except ContentError as error:
                from huikan.check.placed import placed

                raise ContentError(placed(error.findings, loaded)) from error
            files.append(describe(name, edition, language, pages, contents[name]))
    of_design = [finding for finding in design_told() if finding.severity is not Severity.NOTE]
    progress(MANIFEST, len(files), count)
    earlier = earlier_files(request.output, contents, workshop.store)
    texts = _digest_of_texts(loaded, sources)
    contents[MANIFEST] = manifest(booklet.id, tuple(files), engines(), texts=texts, earlier=earlier)
    replace_all(request.output, contents)
    assumed = _assumed(documents, editions) if not people else ()
    return Built(tuple(files), (*loaded.warnings, *of_design, *assumed))


def _design_findings(
    design: Design, editions: tuple[Edition, ...], workshop: Workshop, *, draft: bool
) -> Callable[[], Sequence[Finding]]:
    """What is wrong in the publication's own stylesheets, looked for beside the build.

    Raises ContentError for what keeps an edition from being made.
    """
    if design.own_styles is None:
        return tuple
    from huikan.render.css.faults import findings_begun, stylesheet_errors
    from huikan.render.css.sheets import faces_of, parts_of

    faces, parts = faces_of(editions), parts_of(editions, draft=draft)
    if not faces:
        return tuple
    if errors := stylesheet_errors(design, faces, parts):
        raise ContentError(errors)
    return findings_begun(design, faces, parts, workshop)


def _stumbling_blocks(request: BuildRequest) -> list[Finding]:
    """What stands in the publication's own stylesheets that the layout engine fails over."""
    from huikan.render.css.faults import stylesheet_findings
    from huikan.render.css.sheets import parts_of

    try:
        booklet = load_publication(request.content).publication.booklet
        editions = request.editions or booklet.editions
        found = stylesheet_findings(
            design_of(request.content, booklet.theme), parts=parts_of(editions, draft=request.draft)
        )
    except (ContentError, OSError):  # then it failed of something else
        return []
    return [each for each in found if each.severity is Severity.ERROR and each.code in {"HK064", "HK066"}]


def _assumed(documents: Sequence[Document], editions: Sequence[Edition]) -> list[Finding]:
    """What finished editions take for granted since booklet.yaml does not say it, each told once."""
    said = [assumed_condition(documents[0])] if _INKS.intersection(editions) else []
    if Edition.IMPOSED in editions:
        from huikan.imposing import unstated_creep

        said.append(unstated_creep(documents))
    return [finding for finding in said if finding]


def _digest_of_texts(loaded: LoadedPublication, sources: PublicationFiles) -> str:
    """A digest of all that is written: YAML, summaries, stylesheets and templates; of no pictures."""
    digest = hashlib.sha256()
    for name in sources:
        if not name.startswith("summaries/") and not name.lower().endswith(SUFFIXES):
            digest.update(f"{name}\0{sources.sha256(name).hex()}\0".encode())
    for summary in loaded.publication.summaries.values():
        digest.update(f"{summary.id}\0{summary.appearance}\0".encode())
        for key, markdown in summary.prose.items():
            digest.update(f"{key}\0{markdown}\0".encode())
    return digest.hexdigest()


def _share_digests(loaded: LoadedPublication, sources: PublicationFiles) -> None:
    """Let pictures not be hashed again that were when they were looked at."""
    for name, seen in loaded.pictures.items():
        if seen.header is not None:
            sources.remember(os.path.normpath(name).replace(os.sep, "/"), seen.state, seen.digest)


def _remember(loaded: LoadedPublication, workshop: Workshop) -> None:
    """Let Word copies use what was seen of the pictures when they were judged."""
    from huikan.render.photographs import remember_header

    for name, seen in loaded.pictures.items():
        if seen.header is not None:
            path = loaded.folder / name
            workshop.remember_digest(path, seen.state, seen.digest)
            remember_header(path, seen.state, seen.header)


def _portraits(loaded: LoadedPublication) -> tuple[Path, ...]:
    """The portraits of everyone who appears, in the order of the programme."""
    publication = loaded.publication
    appearing = (item for session in publication.programme.sessions for item in session.items)
    photos = (item.photo or publication.people[item.person].photo for item in appearing)
    return tuple(dict.fromkeys(loaded.folder / photo.file for photo in photos if photo))


def _questions(loaded: LoadedPublication, *, with_findings: bool) -> tuple[Question, ...]:
    from huikan.review.questions import questions_of

    if not with_findings:
        return questions_of(loaded)
    from huikan.check.run import check_publication

    return questions_of(loaded, check_publication(loaded).findings)


def _people(wanted: Sequence[str], loaded: LoadedPublication) -> tuple[str, ...]:
    known = appearing(loaded.publication)
    strange = [person for person in wanted if person not in (*known, EVERYBODY)]
    if strange:
        hint = suggestion(strange[0], known) or "name an id of people.yaml that the programme has"
        message = "nobody in the programme is called "
        raise ContentError(Finding("HK089", Severity.ERROR, f"{message}{person}", hint) for person in strange)
    return known if EVERYBODY in wanted else tuple(dict.fromkeys(wanted))


def _chosen(wanted: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    strange = [name for name in wanted if name not in known]
    if strange:
        hint = f"booklet.yaml has {', '.join(known)}"
        raise ContentError(
            Finding("HK089", Severity.ERROR, f"the booklet has no language {name}", hint) for name in strange
        )
    return tuple(wanted)

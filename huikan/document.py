"""One language of a publication on its way to the editions: resolved, rendered, and what the faces need beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from huikan.content.labels import Labels, load_labels
from huikan.content.load import LoadedPublication
from huikan.content.model import BILINGUAL, Edition
from huikan.content.resolve import resolve
from huikan.content.resolved import ResolvedBooklet
from huikan.finding import Finding, Severity
from huikan.render.archive.sources import PublicationFiles
from huikan.render.chapters.order import Book
from huikan.render.html import SecondLanguage, render_html
from huikan.render.sections import SectionParser, parse_html
from huikan.render.stylesheets import Design, reading_sheets
from huikan.render.workshop import Workshop

if TYPE_CHECKING:
    from huikan.print.icc_profiles import PrintingCondition
    from huikan.render.docx import Question

_SUFFIX = {Edition.REVIEW: "docx"}
_ALONE = {Edition.WEB: "html", Edition.EPUB: "epub"}
"""Editions whose suffix alone tells what they are."""


@dataclass(frozen=True)
class Document:
    """One language's semantic HTML and what the faces need beside it. Its tree is parsed when it is asked for.

    `editions` are all that are asked for; `made` keeps what one lends another, `begun` what another process is setting.
    """

    language: str
    loaded: LoadedPublication
    sources: PublicationFiles
    time: dt.datetime
    labels: Labels
    booklet: ResolvedBooklet
    html: str
    parser: SectionParser
    design: Design
    draft: bool
    workshop: Workshop
    questions: tuple[Question, ...] = ()
    editions: tuple[Edition, ...] = ()
    made: dict[Edition, tuple[bytes, int]] = field(default_factory=dict)
    begun: dict[Edition, Callable[[], Book]] = field(default_factory=dict)

    @cached_property
    def tree(self) -> Element:
        """The semantic tree. Raises ContentError when a template used what the vocabulary does not have."""
        return parse_html(self.html, self.parser)

    def name_of(self, edition: Edition, person: str = "") -> str:
        """The edition's file; of the Word copy, also that of one person's part."""
        if person:
            return f"{self.booklet.id}.{self.language}.{edition}.{person}.docx"
        if edition in _ALONE:
            return f"{self.booklet.id}.{self.language}.{_ALONE[edition]}"
        return f"{self.booklet.id}.{self.language}.{edition}.{_SUFFIX.get(edition, 'pdf')}"

    @property
    def sheets(self) -> tuple[Path, ...]:
        """The stylesheets of a page that is read, in cascading order."""
        return reading_sheets(self.design, self.draft)

    @cached_property
    def condition(self) -> PrintingCondition:
        """The printing condition: the publication's own ICC profile, or the best one of this machine."""
        from huikan.print.icc_profiles import find_cmyk_profile

        profile = self.loaded.publication.booklet.press.profile
        return find_cmyk_profile(self.loaded.folder / profile if profile else None)


def assumed_condition(document: Document) -> Finding | None:
    """A warning when no print shop said which printing condition the colours are for."""
    if document.loaded.publication.booklet.press.profile:
        return None
    place = document.loaded.locate("booklet.yaml#press")
    return Finding(
        "HK057",
        Severity.WARNING,
        f"colours for the press are those of “{document.condition.description}”, a profile of this machine",
        "ask the print shop for its ICC profile, put it into this folder and name it: press: {profile: NAME.icc}",
        file="booklet.yaml",
        line=place.line if place else 0,
        column=place.column if place else 0,
    )


def document_of(
    loaded: LoadedPublication,
    sources: PublicationFiles,
    time: dt.datetime,
    language: str,
    design: Design,
    draft: bool,
    workshop: Workshop,
    questions: tuple[Question, ...] = (),
    editions: tuple[Edition, ...] = (),
    told: Callable[[str], None] | None = None,
) -> Document:
    """The document of one language; `questions` go out as comments of its Word copy. `editions` may share their work.

    Whoever is `told` has its HTML part by part, while it is made.

    Raises ContentError for labels or templates that cannot be used.
    """
    languages = loaded.publication.booklet.languages
    both = language == BILINGUAL
    labels = load_labels(languages[0] if both else language, design.templates)
    booklet = resolve(loaded.publication, labels)
    second = None
    if both:
        others = load_labels(languages[1], design.templates)
        second = SecondLanguage(resolve(loaded.publication, others), others)
    parser = workshop.kept(f"sections of {loaded.folder} {language}", SectionParser)
    html = render_html(booklet, labels, design.templates, time, second, draft=draft, told=told)
    return Document(
        language, loaded, sources, time, labels, booklet, html, parser, design, draft, workshop, questions, editions
    )

"""Findings about content fields, at the places of their words in the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from huikan.check.run import subject_of
from huikan.check.subject import Subject
from huikan.content.load import LoadedPublication
from huikan.content.marks import Lines, Place
from huikan.finding import Finding
from huikan.render.template_faults import with_places


def placed(findings: Iterable[Finding], loaded: LoadedPublication) -> tuple[Finding, ...]:
    """The findings; those about a content field at its place in the file, or at that of their excerpt in it.

    What a template writes that the vocabulary does not have gets the place of the publication's own template.
    """
    findings = with_places(findings, [loaded.folder / "templates"])
    subject = subject_of(loaded)
    return tuple(_placed(finding, subject) if "#" in finding.file else finding for finding in findings)


def _placed(finding: Finding, subject: Subject) -> Finding:
    place = _place_of_words(finding.excerpt, finding.file, subject) or subject.loaded.locate(finding.file)
    return replace(finding, file=place.file, line=place.line, column=place.column) if place else finding


def _place_of_words(words: str, field: str, subject: Subject) -> Place | None:
    found = subject.find(words, field) if words else None
    if found is None:
        return None
    passage, at = found
    start = passage.offset(at)
    return Lines(subject.sources[passage.file], passage.file).place(start, start + len(words))

"""Which booklets a command line or a series.yaml asks for, each with a folder of its own below the output folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from huikan.build import BuildRequest
from huikan.content.load import load_series
from huikan.content.marks import Place
from huikan.content.model import Edition
from huikan.finding import ContentError, Finding, Severity

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class _Planned:
    request: BuildRequest
    place: Place | None = None


def plan_series(contents: Sequence[Path], usual: BuildRequest) -> tuple[BuildRequest, ...]:
    """A request for each publication of `contents`, which are their folders, or files such as series.yaml.

    Editions and languages of `usual` go before those of a series.yaml. Files of each publication go to a folder
    below `usual.output`: that which series.yaml names, else of the same name as its content folder.
    Raises ContentError for a faulty series.yaml and for publications that would share a folder.
    """
    planned = [entry for content in contents for entry in _planned(content, usual)]
    findings = list(_collisions(planned))
    if findings:
        raise ContentError(findings)
    return tuple(entry.request for entry in planned)


def _planned(content: Path, usual: BuildRequest) -> Iterator[_Planned]:
    if content.suffix.casefold() not in SUFFIXES or content.is_dir():
        yield _Planned(replace(usual, content=content, output=usual.output / content.resolve().name))
        return
    series, root = load_series(content)
    for number, entry in enumerate(series.publications):
        folder = content.parent / entry.content
        request = replace(
            usual,
            content=folder,
            output=usual.output / (entry.output or folder.resolve().name),
            editions=usual.editions or tuple(Edition(edition) for edition in entry.editions),
            languages=usual.languages or entry.languages,
        )
        node = root.child("publications")
        place = node.value[number].place if node else None
        yield _Planned(request, replace(place, file=str(content)) if place else None)


def _collisions(planned: Sequence[_Planned]) -> Iterator[Finding]:
    taken: dict[str, _Planned] = {}
    for entry in planned:
        name = entry.request.output.name
        first = taken.setdefault(unicodedata.normalize("NFC", name).casefold(), entry)
        if first is not entry:
            message = f"{entry.request.content} and {first.request.content} would both be written to {name}/"
            hint = "give one of them another folder in a series.yaml: output: …"
            finding = Finding("HK145", Severity.ERROR, message, hint)
            if entry.place:
                place = entry.place
                finding = replace(finding, file=place.file, line=place.line, column=place.column)
            yield finding

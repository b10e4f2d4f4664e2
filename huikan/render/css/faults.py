"""Everything that is wrong in a publication's own stylesheets, in the order of the files and lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from itertools import chain

from huikan.assistant import when_asked
from huikan.content.marks import Lines
from huikan.finding import Finding, Severity
from huikan.render.css.blocks import Break, breaks_of
from huikan.render.css.links import link_findings
from huikan.render.css.sheets import FACES, Face, Sheet, own_sheets
from huikan.render.css.variables import variable_findings
from huikan.render.stylesheets import Design
from huikan.render.workshop import Workshop

_KIND = "stylesheet-findings"


def stylesheet_errors(design: Design, faces: Collection[Face], parts: Collection[str] = FACES) -> list[Finding]:
    """What in the sheets that `faces` read keeps an edition from being made; the engine is not loaded for it.

    The layout engine reads those that are `parts` of the design, and what they import.
    """
    if design.own_styles is None:
        return []
    sheets = [sheet for sheet in own_sheets(design, parts) if not sheet.faces.isdisjoint(faces)]
    of_books = [sheet for sheet in sheets if sheet.faces == {Face.EPUB}]
    links = link_findings(sheets, design, {sheet.file for sheet in sheets}) if Face.PRINT in faces else ()
    found = (*_as_far_as_found(links), *_as_far_as_found(variable_findings(of_books, design)))
    return _in_order(each for each in found if each.severity is Severity.ERROR)


def findings_begun(
    design: Design, faces: frozenset[Face], parts: frozenset[str], workshop: Workshop
) -> Callable[[], list[Finding]]:
    """Begin to look for `stylesheet_findings` beside the build, unless they were found in these very sheets before."""
    files = sorted(design.own_styles.rglob("*.css")) if design.own_styles else []
    if not files:
        return list
    engines = f"{version('huikan')} {version('weasyprint')} {workshop.machine}"
    digest = hashlib.sha256(f"{engines} {design.theme} {sorted(faces)} {sorted(parts)}".encode())
    for sheet in own_sheets(design):
        digest.update(f"\0{sheet.file}\0{sheet.text}".encode())
    for path in files:
        digest.update(f"\0{path.as_posix()}".encode("utf-8", "surrogateescape"))
    key = digest.hexdigest()
    if known := workshop.store.get(_KIND, key):
        return lambda: [Finding(**{**each, "severity": Severity(each["severity"])}) for each in json.loads(known)]
    begun = (workshop.begin or when_asked)(stylesheet_findings, design, faces, parts)

    def wait() -> list[Finding]:
        try:
            found = begun()
        except Exception:  # whoever looked for them is gone: the booklet is none the worse
            return []
        workshop.store.put(_KIND, key, json.dumps([asdict(each) for each in found], ensure_ascii=False).encode())
        return found

    return wait


def stylesheet_findings(
    design: Design, faces: Collection[Face] = tuple(Face), parts: Collection[str] = FACES
) -> list[Finding]:
    """What is wrong in the publication's own sheets that `faces` read: errors, warnings, and notes for `check`.

    What those lack that are none of the `parts` of the design is no error: they are read for other editions.
    """
    if design.own_styles is None:
        return []
    every = own_sheets(design)
    sheets = [sheet for sheet in every if not sheet.faces.isdisjoint(faces)]
    if not every and not any(design.own_styles.rglob("*.css")):
        return []
    printed = {sheet.file for sheet in own_sheets(design, parts)} if Face.PRINT in faces else set()
    found = [
        *_as_far_as_found(link_findings(every, design, printed)),
        *_as_far_as_found(variable_findings(sheets, design)),
    ]
    others = {sheet.file for sheet in every} - {sheet.file for sheet in sheets}
    found = [each for each in found if each.file not in others]
    found += chain.from_iterable(map(_judged, sheets))
    breaks = {sheet.file: (Lines(sheet.text, sheet.file), breaks_of(sheet.text)) for sheet in sheets}
    judged = [
        each
        for each in found
        if each.severity is Severity.ERROR or not _is_behind(each, *breaks.get(each.file, (None, ())))
    ]
    return _in_order([*judged, *(_finding(each, lines) for lines, broken in breaks.values() for each in broken)])


def _is_behind(finding: Finding, lines: Lines | None, breaks: Sequence[Break]) -> bool:
    """Whether a finding is about what stands behind a break of its sheet."""
    if lines is None or not breaks:
        return False
    begin = min(each.beginning for each in breaks)
    place = lines.place(begin, begin)
    return (finding.line, finding.column) >= (place.line, place.column)


def _finding(broken: Break, lines: Lines) -> Finding:
    place = lines.place(broken.offset, broken.offset)
    return Finding("HK064", Severity.WARNING, broken.message, broken.hint, place.file, place.line, place.column)


def _judged(sheet: Sheet) -> Iterator[Finding]:
    import weasyprint

    from huikan.render.layout import KNOWN_VERSION

    if weasyprint.__version__ == KNOWN_VERSION:
        from huikan.render.css.rules import rule_findings

        yield from _as_far_as_found(rule_findings(sheet))


def _as_far_as_found(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings up to where looking for them fails: what helps an editor never keeps a booklet from being made."""
    with suppress(Exception):
        yield from findings


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda each: (each.file, each.line, each.column, each.code))

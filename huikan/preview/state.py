"""What the browser is told of a view, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from huikan.finding import Finding
from huikan.preview.booklet import EDITIONS, PreviewedBooklet
from huikan.preview.places import field_at
from huikan.preview.session import View


def state_of(view: View) -> dict[str, Any]:
    """The view: its pages, what is wrong with it, and whether it is being set anew."""
    booklet = view.booklet
    return {
        "revision": view.revision,
        "setting": view.is_setting,
        "editions": list(EDITIONS),
        "booklet": _booklet(booklet) if booklet else None,
        "errors": [_finding(each, None) for each in view.errors],
        "findings": [_finding(each, booklet) for each in view.findings],
        "checked": view.is_checked,
    }


def _booklet(booklet: PreviewedBooklet) -> dict[str, Any]:
    return {
        "title": booklet.title,
        "language": booklet.language,
        "languages": booklet.languages,
        "edition": booklet.edition,
        "grid": asdict(booklet.grid),
        "outline": [asdict(entry) for entry in booklet.outline],
        "pages": [
            {
                "look": page.look,
                "words": page.words,
                "width": page.width,
                "height": page.height,
                "outside": page.outside,
                "full": page.is_full,
            }
            for page in booklet.pages
        ],
    }


def _finding(finding: Finding, booklet: PreviewedBooklet | None) -> dict[str, Any]:
    told = asdict(finding) | {"field": "", "page": 0}
    if booklet and finding.line:
        field = field_at(booklet.places, finding.file, finding.line, finding.column)
        told |= {"field": field, "page": next(_pages_with(booklet, field), 0) if field else 0}
    return told


def _pages_with(booklet: PreviewedBooklet, field: str) -> Iterator[int]:
    """The pages, from 1, where the field's own words stand, then those where they are part of others."""
    for is_alone in (True, False):
        for number, page in enumerate(booklet.pages, start=1):
            if any(field in box.fields and (len(box.fields) == 1) == is_alone for box in page.boxes):
                yield number

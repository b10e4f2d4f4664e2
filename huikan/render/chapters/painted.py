"""What is known of chapters and pages once they are painted; plain values, so that they travel and are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple


class PageKind(NamedTuple):
    """What `@page` rules choose by: the side, whether blank, the page's name, its index (`at`, from 0), its groups."""

    side: str
    blank: bool
    name: str
    at: int
    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page without its furniture. Lengths and places in pt from the bottom left corner of the trimmed page."""

    kind: PageKind
    strings: tuple[tuple[str, str], ...] = ()
    anchors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bookmarks: tuple[tuple[int, str, tuple[float, float], str], ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FontUse:
    """The glyphs of one face that are used: their widths in 1/1000 em and the text they stand for."""

    description: str
    size: float
    widths: Mapping[int, int]
    to_unicode: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class LackingGlyph:
    """A character that no face has, the content field it stands in and the page from 1 within its chapter."""

    character: str
    field: str
    page: int


@dataclass(frozen=True, slots=True)
class Painted:
    """Pages in a PDF of their own, without fonts, and what the binder needs to know of them.

    `wanted` are the anchors whose page numbers were printed; `sided` tells that breaks depend on the first page's side.
    Without a PDF, pages and anchors have their places, but nothing was painted. `twins` are the same pages painted for
    further variants; they are kept by themselves.
    """

    pdf: bytes
    pages: tuple[PaintedPage, ...]
    fonts: Mapping[str, FontUse]
    wanted: tuple[str, ...] = ()
    wants_own_number: bool = False
    sided: bool = False
    messages: tuple[str, ...] = ()
    lacking: tuple[LackingGlyph, ...] = ()
    twins: Mapping[str | None, Painted] = field(default_factory=dict)


def to_bytes(painted: Painted) -> bytes:
    """One string of bytes that `from_bytes` reads."""
    facts = asdict(replace(painted, pdf=b"", twins={}))
    del facts["pdf"], facts["twins"]
    header = json.dumps(facts, ensure_ascii=False).encode()
    return len(header).to_bytes(8, "big") + header + painted.pdf


def from_bytes(data: bytes) -> Painted:
    """What `to_bytes` wrote."""
    end = 8 + int.from_bytes(data[:8], "big")
    facts = json.loads(data[8:end])
    return Painted(
        data[end:],
        tuple(_page(page) for page in facts.pop("pages")),
        {name: _font(use) for name, use in facts.pop("fonts").items()},
        wanted=tuple(facts.pop("wanted")),
        messages=tuple(facts.pop("messages")),
        lacking=tuple(LackingGlyph(**glyph) for glyph in facts.pop("lacking")),
        **facts,
    )


def _page(facts: dict[str, Any]) -> PaintedPage:
    side, blank, name, at, groups = facts["kind"]
    return PaintedPage(
        PageKind(side, blank, name, at, tuple((group, place) for group, place in groups)),
        tuple((name, text) for name, text in facts["strings"]),
        {name: (x, y) for name, (x, y) in facts["anchors"].items()},
        tuple((level, label, (x, y), state) for level, label, (x, y), state in facts["bookmarks"]),
        tuple(facts["links"]),
    )


def _font(facts: dict[str, Any]) -> FontUse:
    return FontUse(
        facts["description"],
        facts["size"],
        {int(glyph): width for glyph, width in facts["widths"].items()},
        {int(glyph): text for glyph, text in facts["to_unicode"].items()},
    )

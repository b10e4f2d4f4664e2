"""What a book is set from and what comes of it; light, so that it can be asked for before the engine is loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

from huikan.finding import Finding
from huikan.render.workshop import PictureDigest


@dataclass(frozen=True)
class Look:
    """What decides how a tree looks: the publication's folder, stylesheets in their order, a PDF variant, the ppi.

    `twins` are further variants that books of the same pages are made in: what is laid out is painted for them as well.
    """

    folder: Path
    stylesheets: tuple[Path, ...]
    variant: str | None
    ppi: int
    twins: tuple[str | None, ...] = ()

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The texts of the stylesheets."""
        return tuple(sheet.read_text(encoding="utf-8") for sheet in self.stylesheets)

    @cached_property
    def digest(self) -> str:
        """A hash of the stylesheets and the variant; pictures are the chapters' own."""
        said = json.dumps([self.sheets, self.variant, self.ppi])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def kept_as(self) -> str:
        """What stays the same while its stylesheets are edited."""
        return f"{self.folder.resolve()} {[*map(str, self.stylesheets)]} {self.variant} {self.ppi}"

    def as_variant(self, variant: str | None) -> Look:
        """The look of a twin."""
        return replace(self, variant=variant, twins=())


@dataclass(frozen=True, slots=True)
class Order:
    """A document tree, ready to be laid out, and its look. Notes pages fill up to `pages_in_multiples_of`.

    Of some `pictures` the digests are known already.
    """

    root: Element
    look: Look
    language: str
    identifier: bytes = b""
    pages_in_multiples_of: int = 1
    pictures: tuple[PictureDigest, ...] = ()

    @property
    def kept_as(self) -> str:
        """What tells books apart that have their chapters in common from build to build."""
        return f"book {self.look.kept_as} {self.language} {sorted(self.root.items())}"

    def fill_up(self, pages: int) -> bool:
        """Open the notes pages that a book of so many pages lacks; whether there are any."""
        missing = -pages % self.pages_in_multiples_of
        notes = (part for part in self.root.iter("section") if "notes" in part.get("class", "").split())
        for part in list(notes)[:missing]:
            part.set("data-only", "pdf")
        return missing > 0


@dataclass(frozen=True, slots=True)
class Book:
    """A PDF, the number of its pages, the page (from 1) of each anchor, and what keeps it from being printed."""

    pdf: bytes
    pages: int
    anchors: dict[str, int]
    problems: tuple[Finding, ...]

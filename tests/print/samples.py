"""Small PDFs for the print tests, each made from what the test says it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import Object

MM = 72 / 25.4


@dataclass
class PageSpec:
    """One page: lengths in mm, content in a space of points with its origin at the trim's lower left."""

    content: str = ""
    width: float = 100.0
    height: float = 140.0
    bleed: float = 0.0
    slug: float = 0.0
    resources: Dictionary | None = None
    rotate: int = 0
    user_unit: float = 1.0
    extra: dict[str, Object] = field(default_factory=dict)


def add_page(pdf: Pdf, spec: PageSpec) -> Object:
    """Append the page; its trim lies `bleed + slug` inside the media."""
    unit = MM / spec.user_unit
    inset = (spec.bleed + spec.slug) * unit
    width, height = spec.width * unit, spec.height * unit
    trim = (inset, inset, inset + width, inset + height)
    bleed = spec.bleed * unit
    stream = pdf.make_stream(f"q 1 0 0 1 {inset:.6f} {inset:.6f} cm\n{spec.content}\nQ".encode("latin-1"))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, width + 2 * inset, height + 2 * inset]),
        TrimBox=Array(trim),
        BleedBox=Array([trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed]),
        Resources=spec.resources if spec.resources is not None else Dictionary(),
        Contents=stream,
    )
    if spec.rotate:
        page.Rotate = spec.rotate
    if spec.user_unit != 1.0:
        page.UserUnit = spec.user_unit
    for key, value in spec.extra.items():
        page[key] = value
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1].obj


def numbered_document(path: Path, pages: int, spec: PageSpec | None = None) -> Path:
    """A PDF whose page n says `n` in a comment of its content, so that a form can be traced back to it."""
    spec = spec or PageSpec()
    with pikepdf.new() as pdf:
        for number in range(1, pages + 1):
            content = f"/Number <</Is {number}>> DP\n0.5 g 0 0 20 20 re f\n{spec.content}"
            add_page(pdf, PageSpec(**{**vars(spec), "content": content}))
        pdf.save(path)
    return path

"""Every glyph that is printed comes from a font in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import Severity
from huikan.print.content_stream.fonts import read_font
from huikan.print.content_stream.paints import PaintedText
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked


def check_fonts_of_page(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Fonts of visible text, in forms, patterns and annotations too (invisible text may go without)."""
    for paint in page.content.paints:
        if isinstance(paint, PaintedText) and paint.visible and not paint.font.embedded:
            place = page.position_mm(paint.bounds)
            yield _missing(paint.font.name, page.number, place)


def check_fonts_of_form_fields(pdf: pikepdf.Pdf, asked: Asked) -> Iterator[PreflightFinding]:
    """Fonts that form fields are filled in with (/AcroForm /DR)."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or not form.get("/Fields"):
        return
    resources = form.get("/DR")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(fonts, pikepdf.Dictionary):
        for font in dict(fonts.items()).values():
            read = read_font(font)
            if not read.embedded:
                yield _missing(read.name, 0, None)


def _missing(name: str, page: int, place: tuple[float, float] | None) -> PreflightFinding:
    return PreflightFinding(
        "font-not-embedded",
        Severity.ERROR,
        f"the font {name or 'without a name'} is not in the file",
        "export with all fonts embedded; otherwise the printer's machine puts another in its place",
        page,
        position_mm=place,
        subject=name,
    )

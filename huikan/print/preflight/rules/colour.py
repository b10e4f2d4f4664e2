"""Colours a press cannot print as they are: RGB and Lab, spot inks, and black text made of four inks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.content_stream.colour_spaces import ColourSpace, Family
from huikan.print.content_stream.paints import (
    Paint,
    PaintedGroup,
    PaintedImage,
    PaintedShading,
    PaintedText,
)
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.content_stream.colour_spaces import Colour
    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked

DARK = 0.85
"""Share of black, alone or mixed from the three colours, from which text counts as black."""
NEUTRAL = 0.25
"""How far the three colours may differ for a mixed colour still to look black."""
TRACE = 0.02
SMALL_TEXT_PT = 24.0
"""Larger letters are often given a rich black on purpose: misregistration does not blur them."""


def check_rgb(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Everything printed is gray, CMYK or a named ink."""
    for paint in page.printed_paints():
        space = _space(paint)
        if space is not None and space.family in (Family.RGB, Family.LAB):
            kind = _kind(paint)
            yield PreflightFinding(
                "colour-rgb",
                Severity.ERROR,
                f"{kind} in {space.family}",
                "convert it to CMYK with the printer's profile",
                page.number,
                position_mm=page.position_mm(paint.bounds),
                subject=kind,
            )


def check_spot_inks(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """A spot ink costs a plate, so it is named."""
    for paint in page.printed_paints():
        space = _space(paint)
        for ink in space.spot_inks if space is not None else ():
            yield PreflightFinding(
                "colour-spot",
                Severity.WARNING,
                f"the ink {ink} needs a plate of its own",
                "convert it to CMYK, or agree on the extra ink with the printer",
                page.number,
                position_mm=page.position_mm(paint.bounds),
                subject=ink,
            )


def check_black_text(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Small black text is printed with black ink alone: four inks never meet exactly."""
    for paint in page.printed_paints():
        if not isinstance(paint, PaintedText) or not paint.visible or paint.blank:
            continue
        if paint.size * page.unit < SMALL_TEXT_PT and is_mixed_black(paint.colour):
            yield PreflightFinding(
                "text-rich-black",
                Severity.ERROR,
                "black text is not pure black ink",
                "set the text to black 100 % (0 0 0 1 in CMYK)",
                page.number,
                position_mm=page.position_mm(paint.bounds),
                measured=_written(paint.colour),
                limit="CMYK 0 0 0 1",
            )


def _written(colour: Colour) -> str:
    return " ".join([str(colour.space.family), *(f"{share:g}" for share in colour.components)])


def is_mixed_black(colour: Colour) -> bool:
    """Whether a colour looks black and is not made of black ink alone."""
    if colour.space.family is Family.RGB and not colour.space.indexed and len(colour.components) == 3:
        return max(colour.components) <= 1 - DARK
    inks = colour.cmyk
    if inks is None:
        return False
    cyan, magenta, yellow, black = inks
    three = (cyan, magenta, yellow)
    if max(three) <= TRACE:
        return False
    mixed = min(three) >= DARK or (black > 0 and max(three) - min(three) <= NEUTRAL)
    return black >= DARK or (mixed and min(three) + black >= DARK)


def _space(paint: Paint) -> ColourSpace | None:
    if isinstance(paint, PaintedGroup):
        return None
    if isinstance(paint, PaintedShading):
        return paint.space
    if isinstance(paint, PaintedImage):
        return paint.colour.space if paint.stencil else paint.space
    if isinstance(paint, PaintedText) and (not paint.visible or paint.blank):
        return None
    return paint.colour.space


def _kind(paint: Paint) -> str:
    if isinstance(paint, PaintedImage):
        return "image"
    if isinstance(paint, PaintedShading):
        return "gradient"
    return "text" if isinstance(paint, PaintedText) else "drawing"

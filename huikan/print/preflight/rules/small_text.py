"""Small text in colours that a press does not print sharply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.content_stream.colour_spaces import PROCESS_INKS, Family
from huikan.print.content_stream.paints import PaintedText
from huikan.print.preflight.report import PreflightFinding
from huikan.print.preflight.rules.colour import is_mixed_black

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.content_stream.colour_spaces import Colour
    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked

TRACE = 0.02
LIGHTEST_TINT = 0.6
"""A lighter tint is dots with as much paper between them, coarser than the strokes of small letters."""
LIGHT_ON_DARK = 0.1
"""Text of no more ink than this can only be meant to stand out of a dark ground."""
_YELLOW = "Yellow"
TOLERANCE_PT = 0.05


def check_small_text(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Small text is of one ink, as print shops ask below 8 pt: plates are never exactly in register.

    Yellow is not counted beside another ink, since its fringe is not seen. Mixed black is told by its own rule.
    """
    limit = asked.limits.small_text_pt
    if limit is None:
        return
    for paint in page.printed_paints():
        if not isinstance(paint, PaintedText) or not paint.visible or paint.blank:
            continue
        size = paint.size * page.unit
        if size >= limit - TOLERANCE_PT or is_mixed_black(paint.colour):
            continue
        inks = _inks(paint.colour)
        strongest = max(inks.values(), default=0.0)
        if strongest <= LIGHT_ON_DARK:
            continue
        printed = {ink: share for ink, share in inks.items() if share > TRACE}
        written = ", ".join(f"{ink} {share:.0%}" for ink, share in printed.items())
        if len(printed.keys() - {_YELLOW}) > 1:
            yield PreflightFinding(
                "text-small-inks",
                Severity.WARNING,
                f"small text of {len(printed)} inks blurs where they are not in register ({written})",
                f"set it in one ink, or in one with yellow, or make it {limit:g} pt or larger",
                page.number,
                position_mm=page.position_mm(paint.bounds),
                measured=round(size, 2),
                limit=limit,
                unit="pt",
            )
        elif strongest < LIGHTEST_TINT:
            yield PreflightFinding(
                "text-small-tint",
                Severity.WARNING,
                f"small text in a light tint has ragged edges: it is printed as dots ({written})",
                f"give it at least {LIGHTEST_TINT:.0%} of its ink, or make it {limit:g} pt or larger",
                page.number,
                position_mm=page.position_mm(paint.bounds),
                measured=round(size, 2),
                limit=limit,
                unit="pt",
            )


def _inks(colour: Colour) -> dict[str, float]:
    """Shares of the inks of a colour, 0 to 1; empty when they depend on a profile, palette or pattern."""
    shares = colour.cmyk
    if shares is not None:
        return dict(zip(PROCESS_INKS, shares, strict=True))
    space = colour.space
    if space.family is Family.INKS and not space.indexed and len(space.inks) == len(colour.components):
        return dict(zip(space.inks, colour.components, strict=True))
    return {}

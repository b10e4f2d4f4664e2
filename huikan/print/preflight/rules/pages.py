"""Page count and page size of the whole file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked

SIZE_TOLERANCE_MM = 0.2
_SIDES_OF_A_SHEET = 2


def check_page_count(pages: Sequence[CheckedPage], asked: Asked) -> Iterator[PreflightFinding]:
    """A stitched or folded booklet has a multiple of four pages; one or two are a sheet, such as a cover.

    Imposed sheets have two sides each.
    """
    multiple = asked.limits.page_multiple
    if multiple and any(page.is_sheet for page in pages):
        multiple = _SIDES_OF_A_SHEET
    if multiple and len(pages) > _SIDES_OF_A_SHEET and len(pages) % multiple:
        yield PreflightFinding(
            "page-count",
            Severity.ERROR,
            f"{len(pages)} pages do not fill folded sheets",
            f"add {-len(pages) % multiple} pages (notes, blank) or take {len(pages) % multiple} out",
            measured=len(pages),
            limit=f"a multiple of {multiple}",
        )


def check_page_size(pages: Sequence[CheckedPage], asked: Asked) -> Iterator[PreflightFinding]:
    """All pages are cut to the size that most of them have."""
    sizes = Counter(_rounded(page) for page in pages)
    if len(sizes) < 2:
        return
    width, height = sizes.most_common(1)[0][0]
    for page in pages:
        own = page.size_mm
        if abs(own[0] - width) > SIZE_TOLERANCE_MM or abs(own[1] - height) > SIZE_TOLERANCE_MM:
            yield PreflightFinding(
                "page-size",
                Severity.ERROR,
                "the page is not of the size of the others",
                "give all pages one trimmed size and one orientation",
                page.number,
                measured=f"{own[0]:.1f} × {own[1]:.1f}",
                limit=f"{width:.1f} × {height:.1f}",
                unit="mm",
            )


def _rounded(page: CheckedPage) -> tuple[float, float]:
    width, height = page.size_mm
    return round(width, 1), round(height, 1)

"""What could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huikan.finding import Severity
from huikan.print.preflight.report import PreflightFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.profile import Asked


def check_content_is_readable(page: CheckedPage, asked: Asked) -> Iterator[PreflightFinding]:
    """Damaged content prints differently on every machine; content past all bounds was not checked."""
    for damage in page.content.damage:
        yield PreflightFinding(
            "content-damaged",
            Severity.ERROR,
            f"the page content is damaged: {damage[:160]}",
            "export the page again",
            page.number,
        )
    if not page.content.complete:
        yield PreflightFinding(
            "content-too-large",
            Severity.ERROR,
            "the page holds more drawing operators than are read; the rest of it was not checked",
            "simplify the drawing, or place it as an image at 300 ppi or more",
            page.number,
        )

"""Which rule belongs to which profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from huikan.print.preflight.profile import Asked, Profile
from huikan.print.preflight.rules import (
    archive,
    boxes,
    colour,
    damage,
    fonts,
    images,
    intent,
    lines,
    overprint,
    pages,
    security,
    small_text,
    text,
    transparency,
)

if TYPE_CHECKING:
    import pikepdf

    from huikan.print.preflight.page import CheckedPage
    from huikan.print.preflight.report import PreflightFinding

Subject = TypeVar("Subject")
EVERY = frozenset(Profile)
PRESS = frozenset({Profile.PRESS})
PRINTED = frozenset({Profile.PRESS, Profile.PRINT})
ARCHIVED = frozenset({Profile.ARCHIVE})


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A function from what it looks at to findings, and the profiles it holds for."""

    check: Callable[[Subject, Asked], Iterator[PreflightFinding]]
    profiles: frozenset[Profile]


FILE_RULES: tuple[Rule[pikepdf.Pdf], ...] = (
    Rule(security.check_encryption, EVERY),
    Rule(security.check_javascript, EVERY),
    Rule(intent.check_output_intent, PRESS | ARCHIVED),
    Rule(fonts.check_fonts_of_form_fields, EVERY),
    Rule(archive.check_identification, ARCHIVED),
    Rule(archive.check_tagging, ARCHIVED),
    Rule(archive.check_title_is_shown, ARCHIVED),
    Rule(archive.check_attachments, ARCHIVED),
)
"""Rules that look at the file as a whole."""

PAGE_RULES: tuple[Rule[CheckedPage], ...] = (
    Rule(boxes.check_media_box, EVERY),
    Rule(boxes.check_trim_box, PRESS),
    Rule(boxes.check_nesting, EVERY),
    Rule(boxes.check_bleed_box, PRESS),
    Rule(fonts.check_fonts_of_page, EVERY),
    Rule(colour.check_rgb, PRESS),
    Rule(colour.check_spot_inks, PRESS),
    Rule(colour.check_black_text, PRESS),
    Rule(small_text.check_small_text, PRESS),
    Rule(overprint.check_white_overprint, PRESS),
    Rule(images.check_resolution, PRINTED),
    Rule(images.check_interpolation, ARCHIVED),
    Rule(lines.check_hairlines, PRINTED),
    Rule(text.check_text_near_trim, PRINTED),
    Rule(transparency.check_transparency, EVERY),
    Rule(damage.check_content_is_readable, EVERY),
)
"""Rules that look at one page with its content."""

SET_RULES: tuple[Rule[Sequence[CheckedPage]], ...] = (
    Rule(pages.check_page_count, PRESS),
    Rule(pages.check_page_size, PRINTED),
)
"""Rules that compare the pages with each other."""

"""Languages, editions and states by name: what commands need to know before any content is read."""

from __future__ import annotations

from enum import StrEnum

LANGUAGE_KEYS = {"zh-Hans": "zh", "en": "en"}
"""Language tag of an edition → key used in content maps."""

BILINGUAL = "bilingual"
"""The edition that says everything in the booklet's first two languages, section by section."""


class Edition(StrEnum):
    """A file that a build makes of each language."""

    PRINT = "print"
    PRESS = "press"
    COVER = "cover"
    IMPOSED = "imposed"
    ARCHIVE = "archive"
    REVIEW = "review"
    WEB = "web"
    EPUB = "epub"


class Approval(StrEnum):
    """How far a person's review of their own part has come."""

    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    APPROVED_WITH_CHANGES = "approved-with-changes"

    @property
    def is_given(self) -> bool:
        """Whether the person has agreed to the text."""
        return self in {Approval.APPROVED, Approval.APPROVED_WITH_CHANGES}

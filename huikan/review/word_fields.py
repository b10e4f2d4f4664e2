"""Complex fields of Word while they are read: what they are, and where a link of them leads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huikan.review.wordml import Revision

_ADDRESS = re.compile(r'\s*HYPERLINK\s+"([^"]+:[^"]+)"(?:.*?\\l\s+"([^"]+)")?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fate:
    """What the elements around a run say of it."""

    inserted: Revision | None = None
    deleted: Revision | None = None
    link: str = ""


@dataclass(slots=True)
class Field:
    """A complex field that is open: its instruction as far as read, and whether its result has begun.

    `old_code` is the instruction with tracked changes rejected, `revision` the last of these.
    """

    code: str = ""
    in_result: bool = False
    old_code: str = ""
    inserted: bool = False
    deleted: bool = False
    revision: Revision | None = None

    @property
    def name(self) -> str:
        """What kind of field it is: `TOC`, `HYPERLINK`."""
        words = (self.code or self.old_code).split()
        return words[0].upper() if words else ""

    def read(self, words: str, fate: Fate) -> None:
        """Take in a part of the instruction."""
        self.code += "" if fate.deleted else words
        self.old_code += "" if fate.inserted else words
        self.revision = fate.deleted or fate.inserted or self.revision

    @property
    def links(self) -> tuple[str, str]:
        """Where its result leads, and where it led with tracked changes rejected."""
        return "" if self.deleted else _address(self.code), "" if self.inserted else _address(self.old_code)


def _address(code: str) -> str:
    found = _ADDRESS.match(code)
    return "" if found is None else f"{found[1]}#{found[2]}" if found[2] and "#" not in found[1] else found[1]

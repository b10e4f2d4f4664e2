"""Chinese set by Huikan inside WeasyPrint: justification, squeezed marks, mixed-text spacing, line breaks."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import weasyprint

if TYPE_CHECKING:
    from collections.abc import Iterator

KNOWN_VERSION = "70.0"
"""The WeasyPrint whose inline layout was read; a test fails when another is installed."""


class UnknownEngine(UserWarning):
    """WeasyPrint is not the version this layout was written for: Chinese is set with ragged lines."""


@contextmanager
def chinese_layout() -> Iterator[bool]:
    """Lay Chinese out well while the context lasts, over both layout and painting.

    Yields True, or False after an `UnknownEngine` warning when the installed WeasyPrint is not `KNOWN_VERSION`:
    then nothing is changed. On leaving, the engine is as it was, but that all text has the used values of text.
    """
    if weasyprint.__version__ != KNOWN_VERSION:
        warnings.warn(
            f"WeasyPrint {weasyprint.__version__} is installed; Chinese is justified only with {KNOWN_VERSION}"
            f" (pip install weasyprint=={KNOWN_VERSION})",
            UnknownEngine,
            stacklevel=3,
        )
        yield False
        return
    from huikan.render.layout.patches import taken_over

    with taken_over():
        yield True

"""The tag tree of a PDF, built from the semantic document: one structure element for one HTML element.

WeasyPrint builds its tree from boxes, so that a paragraph over two pages becomes two, every line a span, and the
language of a run is lost. Here the boxes only say which marked content belongs to which element.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import weasyprint

from huikan.finding import MissingSystemPartError
from huikan.render.layout import KNOWN_VERSION


@contextmanager
def semantic_structure() -> Iterator[None]:
    """Let WeasyPrint write tagged PDFs with the tag tree of the semantic document while the context lasts.

    Raises MissingSystemPartError when WeasyPrint is not the version whose boxes are known.
    """
    if weasyprint.__version__ != KNOWN_VERSION:
        raise MissingSystemPartError(
            f"tagged PDFs need WeasyPrint {KNOWN_VERSION}, {weasyprint.__version__} is installed:"
            f" pip install weasyprint=={KNOWN_VERSION}"
        )
    from weasyprint import pdf

    from huikan.render.structure.writer import add_structure

    before = pdf.add_tags
    pdf.add_tags = add_structure
    try:
        with warnings.catch_warnings():
            # The engine leaves the file of its colour profile to the garbage collector.
            warnings.filterwarnings("ignore", r"unclosed file .*\.icc", ResourceWarning)
            yield
    finally:
        pdf.add_tags = before

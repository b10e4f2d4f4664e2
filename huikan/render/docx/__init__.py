"""The Word face: the semantic tree as an editable document with real styles, fields and review anchors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element

from huikan.assistant import begun_in_fork
from huikan.render.cover_art import cover_art
from huikan.render.docx.model import DocumentProperties, Question, WordPages
from huikan.render.docx.pagination import paginate
from huikan.render.docx.parts import write_package
from huikan.render.docx.pictures import ImageFile
from huikan.render.docx.reader import read_document
from huikan.render.docx.sent import field_map
from huikan.render.tokens import Tokens
from huikan.render.workshop import Workshop

_WORTH_A_PROCESS = 500
"""The map of fewer fields is made sooner than a process starts."""

__all__ = ["DocumentProperties", "Question", "WordPages", "write_docx"]


def write_docx(
    root: Element,
    target: BinaryIO,
    *,
    images: Callable[[str], Path],
    tokens: Tokens,
    document: DocumentProperties,
    workshop: Workshop | None = None,
    only: frozenset[str] = frozenset(),
    questions: Sequence[Question] = (),
) -> WordPages:
    """Write the tree `root` (the `html` element, not typeset) to `target`; equal input gives equal bytes.

    `images` gives the file of a picture's `src`. With `only` the file holds the elements of these ids, under their
    headings. `questions` become comments; one about a field that the file does not have is left out.
    The pages returned are those that the cached references give.
    Raises ContentError for elements outside the vocabulary, unusable pictures and references that lead nowhere.
    """
    workshop = workshop or Workshop()
    cover = cover_art(tokens, workshop)
    word = read_document(root, images=images, tokens=tokens, language=document.language, only=only)
    is_long = len(word.fields) > _WORTH_A_PROCESS
    unscaled: dict[Path, ImageFile] = {}
    fields = begun_in_fork(partial(field_map, word, workshop, unscaled), workshop.jobs if is_long else 1)
    layout = paginate(word, tokens, document.language)
    write_package(
        word,
        layout,
        target,
        root=root,
        tokens=tokens,
        document=document,
        workshop=workshop,
        cover=cover,
        unscaled=unscaled,
        fields=fields,
        questions=questions,
    )
    return layout.pages

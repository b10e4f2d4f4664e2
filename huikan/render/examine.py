"""The print edition laid out to be looked at; nothing is written."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from huikan.finding import ContentError, Finding, Severity
from huikan.render.document import LocalFetcher, TreeHTML, engine_messages
from huikan.render.engine_pictures import EnginePictures
from huikan.render.faces import require_faces_of
from huikan.render.fit import Misfit, misfits
from huikan.render.glyphs import MissingGlyph, missing_glyphs
from huikan.render.layout import chinese_layout
from huikan.render.typography import typeset
from huikan.render.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Examined:
    """What is wrong with a laid-out edition: characters that no face has, words that do not fit their places."""

    glyphs: tuple[MissingGlyph, ...]
    misfits: tuple[Misfit, ...]


def examine_pages(root: Element, *, folder: Path, stylesheets: Sequence[Path], language: str) -> Examined:
    """Lay the semantic tree out in one piece, as its pages will be printed, and look at them.

    Raises ContentError for resources from outside, MissingSystemPartError when a face of the design is not installed.
    """
    require_faces_of(stylesheets)
    tree = copy.deepcopy(root)
    typeset(tree, language)
    fetcher = LocalFetcher([folder, *{sheet.parent for sheet in stylesheets}])
    faces = FontConfiguration()
    with engine_messages(), chinese_layout():
        try:
            sheets = [CSS(filename=sheet, font_config=faces, url_fetcher=fetcher) for sheet in stylesheets]
            document = TreeHTML(tree, folder, fetcher).render(
                font_config=faces, stylesheets=sheets, cache=EnginePictures(fetcher, Workshop())
            )
        except FatalURLFetchingError as error:
            raise ContentError([Finding("HK095", Severity.ERROR, str(error.__cause__ or error))]) from error
        return Examined(missing_glyphs(document, tree), misfits(document, tree))

"""The pages of the print edition, laid out to be looked at."""

from __future__ import annotations

import os

from huikan.content.load import LoadedPublication
from huikan.content.model import BILINGUAL
from huikan.dating import document_time
from huikan.document import document_of
from huikan.render.archive.sources import publication_files
from huikan.render.examine import Examined, examine_pages
from huikan.render.stylesheets import design_of
from huikan.render.workshop import Workshop


def examined(loaded: LoadedPublication) -> tuple[Examined, ...]:
    """What is seen on the pages of each language that the booklet is printed in.

    Raises ContentError where the pages cannot be made, MissingSystemPartError where this machine cannot make them.
    """
    booklet = loaded.publication.booklet
    design = design_of(loaded.folder, booklet.theme)
    sources = publication_files(loaded.folder, loaded.source_files)
    time = document_time(booklet.date, os.environ)
    found = []
    for language in (*booklet.languages, *([BILINGUAL] if booklet.bilingual else [])):
        document = document_of(loaded, sources, time, language, design, draft=False, workshop=Workshop())
        found.append(
            examine_pages(
                document.tree, folder=loaded.folder, stylesheets=document.sheets, language=document.booklet.language
            )
        )
    return tuple(found)

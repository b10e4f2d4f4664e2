"""The semantic tree as an e-book: cover, one XHTML file a chapter, contents for readers and for reading systems."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from huikan.content.labels import Labels
from huikan.content.resolved import ResolvedBooklet
from huikan.render.epub.chapters import chapters_of, link_across
from huikan.render.epub.cover import cover_chapter, cover_picture
from huikan.render.epub.navigation import navigation
from huikan.render.epub.package import CONTAINER, Item, package_document
from huikan.render.epub.pictures import packed_pictures
from huikan.render.epub.styles import stylesheet
from huikan.render.epub.xhtml import xhtml
from huikan.render.epub.zip_file import write_container
from huikan.render.pageless import (
    bind_interpuncts,
    link_without_pages,
    order_headings,
    remove_editors_marks,
    remove_other_faces,
    set_notes,
)
from huikan.render.tokens import Tokens

_FOLDER = "EPUB"


@dataclass(frozen=True, slots=True)
class EpubBook:
    """What the e-book says beside the tree. `time` is when it claims to be made; `languages` are those of its text."""

    booklet: ResolvedBooklet
    labels: Labels
    languages: tuple[str, ...]
    identifier: str
    time: dt.datetime
    draft: bool = False


def write_epub(
    root: Element,
    target: BytesIO,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    cover_stylesheets: Sequence[Path],
    tokens: Tokens,
    book: EpubBook,
) -> None:
    """Write the semantic tree as an EPUB 3 to `target`; the same tree gives the same bytes.

    `folder` is the publication's, against which pictures are found. `stylesheets` cascade in their order, with
    `tokens` in place of custom properties; `cover_stylesheets` are those of the printed cover. The tree itself is
    not changed. Raises ContentError for a picture that is not in `folder` or cannot be used, and for a token that
    is not there.
    """
    tree = copy.deepcopy(root)
    remove_other_faces(tree)
    link_without_pages(tree)
    set_notes(tree, book.labels)
    order_headings(tree)
    bind_interpuncts(tree)
    remove_editors_marks(tree, draft=book.draft)
    pictures = packed_pictures(tree, folder)
    chapters = chapters_of(tree)
    link_across(chapters)
    language = book.booklet.language
    cover = cover_picture(root, folder, cover_stylesheets, language)
    items = [Item("styles.css", stylesheet(stylesheets, tokens).encode()), Item("cover.png", cover, "cover-image")]
    items += [Item(name, data) for name, data in pictures.items()]
    items.append(Item("cover.xhtml", xhtml(cover_chapter(book.booklet), language), in_spine=True))
    for chapter in chapters:
        if chapter.is_contents:
            items.append(Item(chapter.file, navigation(chapter, chapters, book.labels), "nav", in_spine=True))
        else:
            items.append(Item(chapter.file, xhtml(chapter, language), in_spine=True))
    package = package_document(items, book.booklet, book.labels, book.languages, book.identifier, book.time)
    files = {"META-INF/container.xml": CONTAINER, f"{_FOLDER}/package.opf": package}
    write_container(target, files | {f"{_FOLDER}/{item.name}": item.data for item in items}, book.time)

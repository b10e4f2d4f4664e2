"""The reference for archives set by chapters: the whole book laid out and painted by WeasyPrint at once."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from weasyprint import CSS, pdf
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.text.fonts import FontConfiguration

from huikan.render.chapters.order import Order
from huikan.render.document import LocalFetcher, TreeHTML, engine_messages
from huikan.render.engine_pictures import EnginePictures
from huikan.render.layout import chinese_layout
from huikan.render.structure.joined import JoinedTags
from huikan.render.structure.writer import StructureWriter, mark_as_artifacts
from huikan.render.workshop import Workshop


def archive_in_one_piece(order: Order) -> bytes:
    """The tagged book that is ordered; all its pages are one part of the tag tree."""

    def add_tags(file: Any, document: Any, version: object, streams: Sequence[Any]) -> None:
        writer = StructureWriter(order.root, file)
        for page, stream, reference in zip(document.pages, streams, file.page_references, strict=True):
            box = page._page_box
            margins = [inner for child in box.children if isinstance(child, MarginBox) for inner in child.descendants()]
            furniture = {inner: stream._tags.pop(inner) for inner in margins if inner in stream._tags}
            writer.read(box, stream, file.objects[int(reference.split()[0])])
            stream._tags = furniture
            mark_as_artifacts(stream)
        writer.write()

    look, raw, target = order.look, BytesIO(), BytesIO()
    fetcher, faces = LocalFetcher([look.folder, *{sheet.parent for sheet in look.stylesheets}]), FontConfiguration()
    options: dict[str, Any] = {"pdf_variant": look.variant, "dpi": look.ppi}
    with pytest.MonkeyPatch.context() as patch, engine_messages(), chinese_layout(), warnings.catch_warnings():
        # The engine leaves the file of its colour profile to the garbage collector.
        warnings.filterwarnings("ignore", r"unclosed file .*\.icc", ResourceWarning)
        patch.setattr(pdf, "add_tags", add_tags)
        sheets = [CSS(filename=sheet, font_config=faces, url_fetcher=fetcher) for sheet in look.stylesheets]
        document = TreeHTML(order.root, look.folder, fetcher).render(
            font_config=faces, stylesheets=sheets, cache=EnginePictures(fetcher, Workshop()), **options
        )
        document.write_pdf(raw, pdf_identifier=order.identifier, **options)
    with pikepdf.open(raw) as book:
        tags, pages = JoinedTags(book), [page.obj for page in book.pages]
        tags.add(book.Root.StructTreeRoot, pages, [0.0] * len(pages))
        tags.write()
        book.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()

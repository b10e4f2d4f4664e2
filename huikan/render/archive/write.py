"""Write the archive edition: a tagged PDF/A-3a by the engine, completed to PDF/UA-1 with its files inside."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pikepdf

from huikan.render.archive.attachments import Attachment, embed
from huikan.render.archive.metadata import ArchiveMetadata, write_metadata
from huikan.render.pdf import PdfPages, write_tagged_pdf
from huikan.render.structure import semantic_structure
from huikan.render.workshop import Workshop


def write_archive_pdf(
    root: Element,
    target: BytesIO,
    *,
    folder: Path,
    stylesheets: Sequence[Path],
    language: str,
    metadata: ArchiveMetadata,
    attachments: Sequence[Attachment],
    pdf_identifier: bytes,
    workshop: Workshop | None = None,
) -> PdfPages:
    """Lay out the semantic tree and write a PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) file to `target`.

    `folder`, `stylesheets` and `language` are as for `write_pdf`. The same arguments give the same bytes.
    Raises ContentError as `write_pdf` does.
    """
    laid_out = BytesIO()
    with semantic_structure():
        pages = write_tagged_pdf(
            root,
            laid_out,
            folder=folder,
            stylesheets=stylesheets,
            language=language,
            variant="pdf/a-3a",
            pdf_identifier=pdf_identifier,
            workshop=workshop,
        )
    with pikepdf.open(laid_out) as pdf:
        write_metadata(pdf, metadata)
        embed(pdf, attachments, metadata.time)
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return pages

"""Finish the archive edition: a tagged PDF/A-3a by the engine, completed to PDF/UA-1 with its files inside."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf

from huikan.render.archive.attachments import Attachment, embed
from huikan.render.archive.metadata import ArchiveMetadata, write_metadata


def finish_archive(
    book: BytesIO, target: BytesIO, *, metadata: ArchiveMetadata, attachments: Sequence[Attachment]
) -> None:
    """Complete a book that was set as "pdf/a-3a" to PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

    The same arguments give the same bytes.
    """
    with pikepdf.open(book) as pdf:
        write_metadata(pdf, metadata)
        embed(pdf, attachments, metadata.time)
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )

"""Office files (XLSX, DOCX) are zip archives of XML: opened with limits, before any library reads them."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.json_tree import refuse_oversized

LARGEST_UNPACKED = 512 * 1024 * 1024
"""Bytes of all parts of an archive together."""
LARGEST_PART = 256 * 1024 * 1024
MOST_PARTS = 20_000
HIGHEST_RATIO = 250
"""Unpacked to packed size of a part above 1 MB; real XML stays below 100."""
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")


def open_office_zip(data: bytes, source_name: str) -> zipfile.ZipFile:
    """The archive of an Office file.

    Raises ContentError for what is no zip, is encrypted, unpacks to more than `LARGEST_UNPACKED`, or holds XML with a
    document type (none is allowed in Office files: ECMA-376 part 2 §10.1.4).
    """
    refuse_oversized(data, source_name)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise ContentError([_damaged(source_name, str(error))]) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ContentError([_bomb(source_name, "the archive unpacks to more than any real document")])
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > LARGEST_PART or (part.file_size > 2**20 and part.file_size / packed > HIGHEST_RATIO):
            raise ContentError([_bomb(source_name, f"{part.filename!r} unpacks to {part.file_size} bytes")])
        if part.flag_bits & 1:
            raise ContentError([_damaged(source_name, "it is protected by a password")])
    for part in parts:
        if part.filename.casefold().endswith((".xml", ".rels")) and _DOCTYPE.search(
            read_part(archive, part.filename, source_name)[:65536]
        ):
            raise ContentError([_bomb(source_name, f"{part.filename!r} declares a document type")])
    return archive


def read_part(archive: zipfile.ZipFile, name: str, source_name: str) -> bytes:
    """The bytes of a part. Raises ContentError when there is none or it is damaged."""
    try:
        with archive.open(name) as stream:
            data = stream.read(LARGEST_PART + 1)
    except KeyError as error:
        raise ContentError([_damaged(source_name, f"it has no part {name}")]) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        raise ContentError([_damaged(source_name, f"{name}: {error}")]) from error
    if len(data) > LARGEST_PART:
        raise ContentError([_bomb(source_name, f"{name!r} is too large")])
    return data


def _damaged(source_name: str, why: str) -> Finding:
    return Finding("HK804", Severity.ERROR, f"not a readable Office file: {why}", "save it again", source_name)


def _bomb(source_name: str, why: str) -> Finding:
    return Finding("HK805", Severity.ERROR, why, "check what it holds, and save it again", source_name)

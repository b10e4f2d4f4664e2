"""Files inside a PDF (ISO 19005-3 §6.8): embedding them with what they are for, and taking them out again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from huikan.finding import ContentError, Finding, Severity

MOST_BYTES = 1 << 30
"""What the files of one archive may hold together when they are taken out."""

MANIFEST = "manifest.json"

_MIME_TYPES = {
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".md": "text/markdown",
    ".json": "application/json",
    ".css": "text/css",
    ".j2": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Relationship(StrEnum):
    """What an embedded file is to the document (ISO 19005-3, table of AFRelationship values)."""

    SOURCE = "Source"
    ALTERNATIVE = "Alternative"
    DATA = "Data"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed. `name` is its path with forward slashes."""

    name: str
    content: bytes
    relationship: Relationship
    description: str

    @property
    def mime_type(self) -> str:
        """Its media type, by the name's suffix (application/yaml: RFC 9512, text/markdown: RFC 7763)."""
        return _MIME_TYPES.get(PurePosixPath(self.name).suffix.casefold(), "application/octet-stream")


def embed(pdf: Pdf, attachments: Sequence[Attachment], time: dt.datetime) -> None:
    """Embed the files, each dated `time`, in the name tree and in the document's associated files."""
    names: list[pikepdf.Object] = []
    associated: list[pikepdf.Object] = []
    for attachment in sorted(attachments, key=lambda attachment: attachment.name.encode("utf-16-be")):
        date = String(pdf_date(time))
        stream = pdf.make_stream(attachment.content)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/" + attachment.mime_type)
        stream.Params = Dictionary(
            Size=len(attachment.content),
            CreationDate=date,
            ModDate=date,
            CheckSum=String(hashlib.md5(attachment.content, usedforsecurity=False).digest()),
        )
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(attachment.name),
                UF=String(attachment.name),
                Desc=String(attachment.description),
                AFRelationship=Name("/" + attachment.relationship),
                EF=Dictionary(F=stream, UF=stream),
            )
        )
        names += [String(attachment.name), specification]
        associated.append(specification)
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(names)))
    pdf.Root.AF = pdf.make_indirect(Array(associated))


def pdf_date(time: dt.datetime) -> str:
    """A moment as PDF writes it (ISO 32000-1 §7.9.4), in UTC."""
    return time.astimezone(dt.UTC).strftime("D:%Y%m%d%H%M%S+00'00'")


def extract(archive: Path, folder: Path) -> tuple[str, ...]:
    """Write the files embedded in `archive` below `folder`, all or none; their names, sorted.

    Raises ContentError for a file that is no readable PDF or embeds nothing, for a folder that is not empty, and for
    names that lead out of it or data that swell beyond `MOST_BYTES`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _refusal("HK130", "not an empty folder", "name a new folder", str(folder))
    files = read_attachments(archive)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".huikan-", suffix=".part", dir=folder.parent) as temporary:
        for name, content in files.items():
            target = Path(temporary, "files", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        Path(temporary, "files").replace(folder)
    return tuple(files)


def read_attachments(archive: Path) -> dict[str, bytes]:
    """The files embedded in a PDF, by name, sorted. Raises ContentError as `extract` does."""
    place = str(archive)
    try:
        with pikepdf.open(archive) as pdf:
            files = _checked(_embedded(pdf), place)
    except OSError as error:
        raise _refusal("HK131", f"cannot be read: {error.strerror}", "check the path", place) from error
    except (pikepdf.PdfError, zlib.error, ValueError, TypeError, AttributeError, KeyError) as error:
        cause = str(error).removeprefix(f"{archive}: ")
        raise _refusal("HK131", f"no readable PDF: {cause}", "fetch the file again", place) from error
    changed = _changed(files)
    if changed:
        hint = "fetch the archive again from where it was published"
        raise _refusal("HK136", f"changed after the archive was written: {', '.join(changed)}", hint, place)
    if not files:
        hint = "give an archive edition: ID.LANGUAGE.archive.pdf"
        raise _refusal("HK132", "holds no files", hint, place)
    return files


def _embedded(pdf: Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    if "/Names" not in pdf.Root or "/EmbeddedFiles" not in pdf.Root.Names:
        return
    for name, specification in pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles).items():
        yield str(specification.get("/UF", specification.get("/F", name))), specification.EF.F


def _checked(embedded: Iterator[tuple[str, pikepdf.Object]], place: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = MOST_BYTES
    for name, stream in embedded:
        if name in files or unfit_names((*files, name)):
            hint = "somebody changed the archive; extract nothing from it"
            raise _refusal("HK133", f"an embedded file leads out of the folder or hides another: {name!r}", hint, place)
        content = _content(stream, room)
        if content is None:
            hint = "take the files out with a PDF viewer, one by one"
            raise _refusal("HK134", f"the embedded files are larger than {MOST_BYTES >> 20} MB", hint, place)
        room -= len(content)
        files[name] = content
    return dict(sorted(files.items()))


def is_inside(name: str) -> bool:
    """Whether an embedded name is a plain relative path: no root, drive, `..`, backslash or control character."""
    parts = name.split("/")
    plain = all(part not in {"", ".", ".."} and part == part.strip() and not part.endswith(".") for part in parts)
    return plain and name.isprintable() and not set(name) & set('\\:*?"<>|') and len(name) <= 255


def unfit_names(names: Sequence[str]) -> list[str]:
    """Those of `names` that are not `is_inside`, or that could not stand beside the ones before them."""
    unfit: list[str] = []
    taken: set[str] = set()
    folders: set[str] = set()
    for name in names:
        folded = name.casefold()
        above = {folded.rsplit("/", depth)[0] for depth in range(1, folded.count("/") + 1)}
        if not is_inside(name) or folded in taken | folders or above & taken:
            unfit.append(name)
        taken.add(folded)
        folders |= above
    return unfit


def _changed(files: Mapping[str, bytes]) -> list[str]:
    """The files whose SHA-256 is not that of the manifest, where there is one."""
    try:
        listed = json.loads(files.get(MANIFEST, b"{}"))
        known = {entry["name"]: entry["sha256"] for entry in listed.get("sources", [])}
    except (ValueError, AttributeError, KeyError, TypeError):
        return [MANIFEST]
    return [name for name, sha in known.items() if hashlib.sha256(files.get(name, b"")).hexdigest() != sha]


def _content(stream: pikepdf.Object, room: int) -> bytes | None:
    """The stream's data; None when there are more than `room` bytes."""
    filters = stream.get("/Filter", Array([]))
    names = [filters] if isinstance(filters, Name) else list(filters)
    raw = stream.read_raw_bytes()
    if not names:
        return raw if len(raw) <= room else None
    if names != [Name.FlateDecode] or "/DecodeParms" in stream:
        raise ValueError(f"an embedded file is packed with {' '.join(map(str, names))}")
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(raw, room + 1)
    return content if len(content) <= room else None


def _refusal(code: str, message: str, hint: str, file: str) -> ContentError:
    return ContentError([Finding(code, Severity.ERROR, message, hint, file)])

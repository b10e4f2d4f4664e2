"""The package, which python-docx owns: its parts and relationships, and the file they are saved as.

python-docx finds an image, a relationship or a free name by going through all there are: a thousand pictures take it
minutes. Here they are found in an index and numbered by counting, and the library is given the parts.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.opc.pkgwriter import PackageWriter
from docx.package import Package

from huikan.render.docx.model import Picture
from huikan.render.docx.pictures import ImageFile, read_image, scaled_image, size_in_print
from huikan.render.workshop import Workshop

_NO_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    b' xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)
_COMPRESSED_ALREADY = (".jpg", ".jpeg", ".png", ".gif")
_EARLIEST = dt.date(1980, 1, 1)
"""The first date a zip entry can bear."""


class Relations:
    """The relationships of one part; the same target is related once."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._ids: dict[tuple[str, Part | str], str] = {}

    def add(self, kind: str, target: Part | str) -> str:
        """The id of the relationship to a part, or to an address outside; `kind` is the type's full URI."""
        key = (kind, target)
        if key not in self._ids:
            self._ids[key] = f"rId{len(self.part.rels) + 1}"
            self.part.load_rel(kind, target, self._ids[key], isinstance(target, str))
        return self._ids[key]


class ImageParts:
    """The package's image parts, one for each different image. `unscaled` takes those that are written as they are."""

    def __init__(self, package: Package, workshop: Workshop, unscaled: dict[Path, ImageFile]) -> None:
        self.workshop = workshop
        self._unscaled = unscaled
        self._package = package
        self._parts: dict[str, Part] = {}

    def place(self, picture: Picture, relations: Relations) -> str:
        """The relationship id of a picture's image, which is scaled down if it is far finer than paper shows."""
        size = size_in_print(picture)
        if size is not None:
            return self.add(scaled_image(picture.file, size, self.workshop), relations)
        if picture.file not in self._unscaled:
            self._unscaled[picture.file] = read_image(picture.file, self.workshop)
        return self.add(self._unscaled[picture.file], relations)

    def add(self, image: ImageFile, relations: Relations) -> str:
        """The relationship id of the image in the part that `relations` belong to."""
        if image.digest not in self._parts:
            name = self._free_name(image.extension)
            self._parts[image.digest] = data_part(self._package, name, f"image/{image.extension}", image.content)
        return relations.add(RELATIONSHIP_TYPE.IMAGE, self._parts[image.digest])

    def add_later(self, extension: str, relations: Relations) -> tuple[str, WrittenPart]:
        """The relationship id and the part of an image whose content is still to come."""
        name = self._free_name(extension)
        part = written_part(self._package, name, f"image/{extension}")
        self._parts[name] = part
        return relations.add(RELATIONSHIP_TYPE.IMAGE, part), part

    def _free_name(self, extension: str) -> str:
        return f"/word/media/image{len(self._parts) + 1}.{extension}"


class WrittenPart(Part):
    """A part whose content comes when all that it refers to is known."""

    content = b""

    @property
    def blob(self) -> bytes:
        """The content."""
        return self.content


@dataclass(frozen=True, slots=True)
class WordPackage:
    """A package with the parts that every document has; `main` refers to the others, and to what is added."""

    package: Package
    main: WrittenPart
    styles: WrittenPart
    settings: WrittenPart
    numbering: WrittenPart
    properties: CoreProperties


def blank_package() -> WordPackage:
    """A package whose parts are there and empty: nothing of the library's template is in it."""
    package = Package()
    main = written_part(package, "/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN)
    styles = written_part(package, "/word/styles.xml", CONTENT_TYPE.WML_STYLES)
    settings = written_part(package, "/word/settings.xml", CONTENT_TYPE.WML_SETTINGS)
    numbering = written_part(package, "/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING)
    core = CorePropertiesPart.load(
        PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, _NO_PROPERTIES, package
    )
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    package.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    main.relate_to(styles, RELATIONSHIP_TYPE.STYLES)
    main.relate_to(settings, RELATIONSHIP_TYPE.SETTINGS)
    main.relate_to(numbering, RELATIONSHIP_TYPE.NUMBERING)
    return WordPackage(package, main, styles, settings, numbering, cast(CorePropertiesPart, core).core_properties)


def written_part(package: Package, name: str, content_type: str) -> WrittenPart:
    """An empty part named `name` (`/word/footnotes.xml`); not yet related."""
    return WrittenPart(PackURI(name), content_type, None, package)


def data_part(package: Package, name: str, content_type: str, content: bytes) -> Part:
    """A part named `name` (`/docProps/app.xml`) of these bytes; not yet related."""
    return Part(PackURI(name), content_type, content, package)


def save(package: Package, target: BinaryIO, date: dt.date) -> None:
    """Save the package to `target`; every entry bears `date`, so that equal parts give equal bytes."""
    parts = package.parts
    steps: Any = PackageWriter  # private and untyped: the release is pinned
    with zipfile.ZipFile(target, "w") as archive:
        writer = _ReproducibleWriter(archive, max(date, _EARLIEST))
        steps._write_content_types_stream(writer, parts)
        steps._write_pkg_rels(writer, package.rels)
        steps._write_parts(writer, parts)


class _ReproducibleWriter:
    """What python-docx writes entries with; its own bears the clock's time and deflates what is compressed already."""

    def __init__(self, archive: zipfile.ZipFile, date: dt.date) -> None:
        self._archive = archive
        self._stamp = (date.year, date.month, date.day, 0, 0, 0)

    def write(self, name: PackURI, content: bytes) -> None:
        entry = zipfile.ZipInfo(name.membername, self._stamp)
        stored = name.endswith(_COMPRESSED_ALREADY)
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        entry.create_system = 0
        self._archive.writestr(entry, content)

"""The package, which python-docx owns: its document, parts and relationships, and the file they are saved as.

python-docx finds an image, a relationship or a free name by going through all there are: a thousand pictures take it
minutes. Here they are found in an index and numbered by counting, and the library is given the parts.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, cast

from docx import Document
from docx.document import Document as OpenDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from docx.parts.image import ImagePart

from huikan.render.docx.model import Picture
from huikan.render.docx.ooxml import Xml
from huikan.render.docx.pictures import ImageFile, read_image, scaled_image, size_in_print
from huikan.render.workshop import Workshop

_OWN_PARTS = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.NUMBERING)
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
    """The package's image parts, one for each different image.

    `unscaled` are the pictures by file that are in the package as `read_image` gives them.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.unscaled: dict[Path, ImageFile] = {}
        self._parts: dict[str, ImagePart] = {}

    def place(self, picture: Picture, relations: Relations) -> str:
        """The relationship id of a picture's image, which is scaled down if it is far finer than paper shows."""
        size = size_in_print(picture)
        if size is not None:
            return self.add(scaled_image(picture.file, size, self.workshop), relations)
        if picture.file not in self.unscaled:
            self.unscaled[picture.file] = read_image(picture.file)
        return self.add(self.unscaled[picture.file], relations)

    def add(self, image: ImageFile, relations: Relations) -> str:
        """The relationship id of the image in the part that `relations` belong to."""
        if image.digest not in self._parts:
            name = PackURI(f"/word/media/image{len(self._parts) + 1}.{image.extension}")
            self._parts[image.digest] = ImagePart(name, f"image/{image.extension}", image.content)
        return relations.add(RELATIONSHIP_TYPE.IMAGE, self._parts[image.digest])


def blank_document() -> OpenDocument:
    """A document of python-docx whose styles, settings, numbering and properties are there and empty.

    Nothing else of the library's template stays: no style, theme, thumbnail or custom XML of its own.
    """
    document = Document()
    package = package_of(document)
    core = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    kept = {kind: document.part.part_related_by(kind) for kind in _OWN_PARTS}
    for relationships in (package.rels, document.part.rels):
        relationships.clear()
        relationships.related_parts.clear()
    package.relate_to(document.part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    package.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for kind, part in kept.items():
        document.part.relate_to(part, kind)
    for part in (core, *kept.values()):
        cast(XmlPart, part).element.clear()
    document.element.attrib.clear()
    document.element.body.clear()
    return document


def package_of(document: OpenDocument) -> Package:
    """The package that holds a document."""
    return cast(Package, document.part.package)


def xml_part(package: Package, name: str, content_type: str, root: Xml) -> XmlPart:
    """A part named `name` (`/word/fontTable.xml`) that grows with its element `root`; not yet related."""
    return XmlPart(PackURI(name), content_type, cast(BaseOxmlElement, root), package)


def data_part(package: Package, name: str, content_type: str, content: bytes) -> Part:
    """A part named `name` (`/docProps/app.xml`) of these bytes; not yet related."""
    return Part(PackURI(name), content_type, content, package)


def save(document: OpenDocument, target: BinaryIO, date: dt.date) -> None:
    """Save the package to `target`; every entry bears `date`, so that equal parts give equal bytes."""
    package = package_of(document)
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

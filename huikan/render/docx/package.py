"""The Open Packaging container: parts, content types and relationships, written to the same bytes every time."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_COMPRESSED_ALREADY = (".jpg", ".jpeg", ".png", ".gif")
_EARLIEST = dt.date(1980, 1, 1)
"""The first date a zip entry can bear."""


@dataclass(slots=True)
class Relationships:
    """The relationships of one part; the same target is related once."""

    _ids: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of the relationship to `target`; `kind` is the type's full URI."""
        key = (kind, target, external)
        return self._ids.setdefault(key, f"rId{len(self._ids) + 1}")

    def __bool__(self) -> bool:
        return bool(self._ids)

    def xml(self) -> bytes:
        """The relationships part."""
        root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})  # type: ignore[dict-item]
        for (kind, target, external), name in self._ids.items():
            entry = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=name, Type=kind, Target=target)
            if external:
                entry.set("TargetMode", "External")
        return _bytes(root)


@dataclass(slots=True)
class Package:
    """Parts by name (`word/document.xml`), in the order they are added."""

    relationships: Relationships = field(default_factory=Relationships)
    _parts: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _extensions: dict[str, str] = field(default_factory=lambda: {"rels": RELATIONSHIPS_TYPE, "xml": "application/xml"})

    def add(
        self, name: str, content: bytes, content_type: str = "", relationships: Relationships | None = None
    ) -> None:
        """Add a part; without a content type its extension must have one."""
        self._parts[name] = content
        if content_type:
            self._types[name] = content_type
        if relationships:
            folder, _, file = name.rpartition("/")
            self._parts[f"{folder}/_rels/{file}.rels"] = relationships.xml()

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Give all parts of an extension a content type."""
        self._extensions[extension] = content_type

    def write(self, target: BinaryIO, date: dt.date) -> None:
        """Write the container; every entry bears `date`, so that equal parts give equal bytes."""
        stamp = max(date, _EARLIEST)
        entries = {"[Content_Types].xml": self._content_types(), "_rels/.rels": self.relationships.xml()} | self._parts
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in entries.items():
                info = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
                stored = name.endswith(_COMPRESSED_ALREADY)
                info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                info.create_system = 0
                archive.writestr(info, content)

    def _content_types(self) -> bytes:
        root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})  # type: ignore[dict-item]
        for extension, content_type in self._extensions.items():
            etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
        for name, content_type in self._types.items():
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

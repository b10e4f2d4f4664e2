"""An e-book as a reading system opens it: its package, its chapters in reading order, their elements."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Opened:
    """An EPUB file."""

    path: Path

    @cached_property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as container:
            return {name: container.read(name) for name in container.namelist()}

    @cached_property
    def package(self) -> Element:
        container = ElementTree.fromstring(self.files["META-INF/container.xml"])
        rootfile = next(container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"))
        return ElementTree.fromstring(self.files[rootfile.get("full-path", "")])

    @cached_property
    def chapters(self) -> dict[str, Element]:
        """The documents in the order of the spine, by their place in the container; no namespaces in their tags."""
        items = {item.get("id"): item.get("href", "") for item in self.package.iter(f"{OPF}item")}
        spine = [items[reference.get("idref")] for reference in self.package.iter(f"{OPF}itemref")]
        return {name: _parsed(self.files[f"EPUB/{name}"]) for name in spine}

    def file(self, base: str, href: str) -> bytes:
        """The file that a link in the chapter `base` names."""
        return self.files[str(PurePosixPath("EPUB", base).parent / href)]

    def stated(self, name: str) -> list[str]:
        """The values of a property of the metadata."""
        return [meta.text or "" for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name]

    def dublin_core(self, name: str) -> list[str]:
        """The values of an element of Dublin Core."""
        return [element.text or "" for element in self.package.iter(f"{DC}{name}")]


def _parsed(source: bytes) -> Any:
    root = ElementTree.fromstring(source)
    for element in root.iter():
        assert element.tag.startswith(_XHTML)
        element.tag = element.tag.removeprefix(_XHTML)
    return root


def typed(root: Element, word: str) -> list[Element]:
    """The elements that say what they are by that word."""
    return [element for element in root.iter() if word in element.get(TYPE, "").split()]

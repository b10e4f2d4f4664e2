"""Opening a reviewed copy: a stranger's zip of XML, read in bounded memory or refused with a message."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from lxml import etree

from huikan.finding import ContentError, Finding, Severity

LARGEST_FILE = 512 * 1024 * 1024
LARGEST_XML_PART = 96 * 1024 * 1024
LARGEST_PACKAGE = 1024 * 1024 * 1024
MOST_PARTS = 20_000
"""Limits, in bytes unpacked except for the file itself."""

_CHUNK = 1 << 18
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_PROGRAMS = {"vbaProject", "wordVbaData", "oleObject", "control", "activeXControlBinary", "attachedToolbars", "aFChunk"}


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part's relationship leads: the part's name, or for `external` ones the address as written."""

    kind: str
    target: str
    external: bool


class ReviewedFile:
    """The parts of one reviewed copy. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            if path.stat().st_size > LARGEST_FILE:
                self._refuse(f"larger than {LARGEST_FILE >> 20} MB", "check what it holds")
            with path.open("rb") as file:
                head = file.read(8)
            if head == _OLE:
                self._refuse("encrypted, or in the format of Word 97", "save it as .docx, without a password")
            self._archive = zipfile.ZipFile(path)
        except OSError as error:
            raise ContentError(
                [_finding("HK070", self.name, f"cannot be read: {error.strerror or error}", "")]
            ) from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise ContentError([_finding("HK070", self.name, "is no Word file", "save it as .docx")]) from error
        try:
            self._sizes = self._checked_names()
            self.main = self._main_part()
            self.relations = self._checked_relations()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> ReviewedFile:
        return self

    def __exit__(self, *exception: object) -> None:
        self._archive.close()

    def _refuse(self, message: str, hint: str) -> None:
        raise ContentError([_finding("HK071", self.name, message, hint)])

    def _checked_names(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._archive.infolist()
        if len(entries) > MOST_PARTS:
            self._refuse(f"more than {MOST_PARTS} parts", "open and save it in Word")
        if sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
            self._refuse(f"unpacks to more than {LARGEST_PACKAGE >> 20} MB", "do not open it; ask who sent it")
        sizes: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = unquote(entry.filename).replace("\\", "/")
            steps = name.split("/")
            if name.startswith("/") or ".." in steps or ":" in steps[0] or "\0" in entry.orig_filename:
                self._refuse(
                    f"a part's name leads out of the file: {entry.filename!a}", "do not open it; ask who sent it"
                )
            if entry.flag_bits & 0x1:
                self._refuse("protected by a password", "save it without one")
            if name in sizes:
                self._refuse(f"the part {name!a} stands twice", "open and save it in Word")
            sizes[name] = entry
        return sizes

    def _main_part(self) -> str:
        types = self.tree("[Content_Types].xml")
        if types is None:
            self._refuse("[Content_Types].xml is missing", "open and save it in Word")
        for entry in types if types is not None else ():
            kind = entry.get("ContentType", "")
            if "macroEnabled" in kind or "vbaProject" in kind:
                self._refuse("holds macros", "save it as .docx, without macros")
        for relation in self._relations_of("").values():
            if relation.kind == "officeDocument" and not relation.external:
                if relation.target not in self._sizes:
                    self._refuse(f"{relation.target} is missing", "open and save it in Word")
                return relation.target
        self._refuse("holds no document", "open and save it in Word")
        raise AssertionError

    def _checked_relations(self) -> dict[str, Relation]:
        """The main part's relationships by id, once those of every part are known to be harmless."""
        for name in self._sizes:
            if not name.endswith(".rels"):
                continue
            folder, _, file = name.rpartition("/")
            source = posixpath.join(folder.removesuffix("_rels"), file.removesuffix(".rels"))
            for relation in self._relations_of(source).values():
                if relation.kind in _PROGRAMS:
                    self._refuse(f"holds a program or an embedded object ({relation.kind})", "save it without them")
                if relation.external and not _is_harmless(relation):
                    what = "a remote template" if relation.kind == "attachedTemplate" else f"an outside {relation.kind}"
                    self._refuse(f"refers to {what}: {relation.target[:80]!a}", "remove the link, or ask who sent it")
        return self._relations_of(self.main)

    def links(self, part: str) -> dict[str, str]:
        """The addresses outside that a part links to, by the relationship."""
        relations = self._relations_of(part).items()
        return {id: each.target for id, each in relations if each.kind == "hyperlink" and each.external}

    def _relations_of(self, part: str) -> dict[str, Relation]:
        folder, _, file = part.rpartition("/")
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for entry in root.iter(_RELATION) if root is not None else ():
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[entry.get("Id", "")] = Relation(entry.get("Type", "").rpartition("/")[2], target, external)
        return found

    def related(self, kind: str) -> list[str]:
        """Names of the parts that the document relates to in that way, those that exist."""
        return [each.target for each in self.relations.values() if each.kind == kind and each.target in self._sizes]

    def content(self, name: str) -> bytes:
        """A part's bytes; empty when there is no such part."""
        if name not in self._sizes:
            return b""
        with self.stream(name) as stream:
            return stream.read()

    def tree(self, name: str) -> etree._Element | None:
        """A part's root; None when there is no such part."""
        if name not in self._sizes:
            return None
        try:
            root = etree.fromstring(self.content(name), _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken(name, error) from error
        self._refuse_declarations(root, name)
        return root

    def elements(self, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """The part's elements of these tags, each as it ends. The caller clears what it has read."""
        try:
            with self.stream(name) as stream:
                walk = etree.iterparse(
                    stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
                )
                checked = False
                for _, element in walk:
                    if not checked:
                        self._refuse_declarations(element, name)
                        checked = True
                    yield element
                if not checked and walk.root is not None:
                    self._refuse_declarations(walk.root, name)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken(name, error) from error

    def stream(self, name: str) -> BoundedStream:
        """A part's bytes as a stream that refuses to give more than the limit, whatever the zip says of its size."""
        entry = self._sizes[name]
        if entry.file_size > LARGEST_XML_PART:
            self._refuse(f"{name} unpacks to more than {LARGEST_XML_PART >> 20} MB", "do not open it; ask who sent it")
        try:
            return BoundedStream(self._archive.open(entry), LARGEST_XML_PART, self.name, name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise self._broken(name, error) from error

    def _refuse_declarations(self, element: etree._Element, name: str) -> None:
        info = element.getroottree().docinfo
        if info.internalDTD is not None:
            self._refuse(f"{name} declares a document type or entities", "do not open it; ask who sent it")

    def _broken(self, name: str, error: Exception) -> ContentError:
        message = f"{name} is broken: {str(error)[:120]}"
        return ContentError([_finding("HK070", self.name, message, "open and save it in Word")])


class BoundedStream(io.RawIOBase):
    """Reads a part up to a limit of bytes."""

    def __init__(self, source: IO[bytes], limit: int, file: str, part: str) -> None:
        self._source, self._left, self._file, self._part = source, limit, file, part

    def readable(self) -> bool:
        """True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes; all that are left without a size."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self._next(_CHUNK), b""))
        return self._next(size)

    def _next(self, size: int) -> bytes:
        try:
            chunk = self._source.read(size)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
            raise ContentError(
                [_finding("HK070", self._file, f"{self._part} is damaged: {error}", "ask for the copy again")]
            ) from error
        except Exception as error:  # zlib.error and its kin of other compressions
            raise ContentError(
                [_finding("HK070", self._file, f"{self._part} is damaged: {error}", "ask for the copy again")]
            ) from error
        self._left -= len(chunk)
        if self._left < 0:
            message = f"{self._part} unpacks to more than {LARGEST_XML_PART >> 20} MB"
            raise ContentError([_finding("HK071", self._file, message, "do not open it; ask who sent it")])
        return chunk

    def close(self) -> None:
        """Close the part."""
        self._source.close()
        super().close()


def _is_harmless(relation: Relation) -> bool:
    """Whether a relation may lead out of the file: a link that nobody follows, a template on the writer's own disk."""
    if relation.kind == "attachedTemplate":
        address = relation.target.lower().replace("\\", "/")
        return not address.startswith("//") and ("://" not in address or address.startswith("file:///"))
    return relation.kind == "hyperlink"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _finding(code: str, file: str, message: str, hint: str) -> Finding:
    return Finding(code, Severity.ERROR, message, hint, file)

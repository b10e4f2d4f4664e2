"""The importer `docx`: a record in Word; paragraphs and tables as an outline's text, pictures to their captions."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml
from lxml import etree

from huikan.content.photos import SUFFIXES
from huikan.finding import ContentError, Finding, Severity
from huikan.importers.draft import Imported
from huikan.importers.event_people import is_printable_picture
from huikan.importers.import_report import REPORT, bullets, section
from huikan.importers.office_zip import open_office_zip, read_part
from huikan.importers.outline import import_outline

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V = "{urn:schemas-microsoft-com:vml}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DROPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the line of the text above which it stands; `part` is its name in the archive."""

    line: int
    part: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A document as lines of text, as the outline importer reads them, and its pictures in order."""

    text: str
    pictures: tuple[Picture, ...]


def import_docx(data: bytes, source_name: str) -> Imported:
    """The content files of a record in Word; lines count the document's paragraphs and table rows from 1.

    A picture belongs to the person whose caption is the next one below it. Raises ContentError when the bytes are no
    Word document.
    """
    record = read_record(data, source_name)
    return with_pictures(import_outline(record.text, source_name), record.pictures)


def read_record(data: bytes, source_name: str) -> Record:
    """The paragraphs of a document, insertions accepted and deletions dropped; a table row is a line with tabs."""
    archive = open_office_zip(data, source_name)
    with archive:
        body = _xml(read_part(archive, "word/document.xml", source_name), source_name).find(f"{_W}body")
        if body is None:
            raise ContentError([_no_document(source_name, "it has no body")])
        targets = _targets(archive, source_name)
        lines: list[str] = []
        pictures: list[Picture] = []
        for text, references in _lines(body):
            for reference in references:
                part = targets.get(reference, "")
                if part in archive.namelist():
                    pictures.append(Picture(len(lines) + 1, part, read_part(archive, part, source_name)))
            lines += text.split("\n")
    return Record("\n".join(lines), tuple(pictures))


def _xml(data: bytes, source_name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ContentError([_no_document(source_name, str(error))]) from error


def _no_document(source_name: str, why: str) -> Finding:
    return Finding("HK804", Severity.ERROR, f"not a Word document: {why}", "save it as DOCX again", source_name)


def _targets(archive: zipfile.ZipFile, source_name: str) -> dict[str, str]:
    """Relationship id → part, of those inside the archive."""
    name = "word/_rels/document.xml.rels"
    if name not in archive.namelist():
        return {}
    relations = _xml(read_part(archive, name, source_name), source_name).iter(_RELATION)
    return {
        str(relation.get("Id")): posixpath.normpath(posixpath.join("word", str(relation.get("Target")))).lstrip("/")
        for relation in relations
        if relation.get("TargetMode") != "External"
    }


def _lines(body: etree._Element) -> Iterator[tuple[str, list[str]]]:
    """Every paragraph and table row, with the pictures that stand in it."""
    for block in body:
        if block.tag == f"{_W}p":
            yield _words(block), _pictures(block)
        elif block.tag == f"{_W}tbl":
            for row in block.iter(f"{_W}tr"):
                if next((above for above in row.iterancestors(f"{_W}tbl")), None) is not block:
                    continue  # a row of a table within a cell: its words stand in that cell
                cells = [" ".join(_words(p) for p in cell.iter(f"{_W}p")) for cell in row.iterchildren(f"{_W}tc")]
                yield "\t".join(" ".join(cell.split()) for cell in cells), _pictures(row)
        elif block.tag == f"{_W}sdt":
            content = block.find(f"{_W}sdtContent")
            if content is not None:
                yield from _lines(content)
        elif block.tag in {f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"}:
            yield from _lines(block)


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph: breaks are line ends, tabs are tabs."""
    said: list[str] = []
    waiting: list[Any] = [paragraph]
    while waiting:
        element = waiting.pop()
        if (
            element.tag in _DROPPED
            or element.tag == _FALLBACK
            or (element.tag == f"{_W}p" and element is not paragraph)
        ):
            continue
        if element.tag == f"{_W}t":
            said.append(element.text or "")
        elif element.tag == f"{_W}tab":
            said.append("\t")
        elif element.tag in {f"{_W}br", f"{_W}cr"}:
            said.append("\n")
        elif element.tag == f"{_W}noBreakHyphen":
            said.append("-")
        waiting.extend(reversed(element))
    return "".join(said)


def _pictures(block: etree._Element) -> list[str]:
    found = [str(blip.get(f"{_R}embed")) for blip in block.iter(f"{_A}blip") if blip.get(f"{_R}embed")]
    found += [str(image.get(f"{_R}id")) for image in block.iter(f"{_V}imagedata") if image.get(f"{_R}id")]
    return list(dict.fromkeys(found))


def with_pictures(imported: Imported, pictures: tuple[Picture, ...]) -> Imported:
    """The import with each picture in photos/, named by the person whose caption follows it, and in people.yaml."""
    if not pictures:
        return imported
    people: dict[str, Any] = yaml.safe_load(str(imported.files["people.yaml"])) or {}
    captions = _captions(imported, people)
    files: dict[str, str | bytes] = dict(imported.files)
    chosen: dict[str, str] = {}
    told: list[str] = []
    for number, picture in enumerate(pictures, start=1):
        suffix = posixpath.splitext(picture.part)[1].casefold()
        person = next((person for line, person in captions if line >= picture.line), None)
        if suffix not in SUFFIXES or not is_printable_picture(picture.data):
            told.append(f"line {picture.line}: {posixpath.basename(picture.part)} is no picture for print: left out")
        elif person is None or person in chosen:
            name = f"photos/picture-{number}{suffix}"
            files[name] = picture.data
            told.append(f"line {picture.line}: {name} belongs to no caption: place it by hand")
        else:
            chosen[person] = f"photos/{person}{suffix}"
            files[chosen[person]] = picture.data
            told.append(f"line {picture.line}: {chosen[person]}, by the caption below it")
    files["people.yaml"] = _with_photos(str(imported.files["people.yaml"]), chosen)
    purpose = "Pictures of the document, by the line above which they stand."
    found = {f"photograph of {_plain_name(people[person]['name'])}" for person in chosen}
    lines = [line for line in str(files[REPORT]).split("\n") if line.strip(" 0123456789") not in found]
    files[REPORT] = "\n".join(lines) + "\n" + section("Pictures", purpose, bullets(told), "None.") + "\n"
    missing = tuple(note for note in imported.account.missing if note.text not in found)
    return replace(imported, files=files, account=replace(imported.account, missing=missing))


def _captions(imported: Imported, people: Mapping[str, Any]) -> list[tuple[int, str]]:
    """(line, person) of every caption: the lines for which the importer missed a photograph."""
    names = {_plain_name(entry["name"]): id for id, entry in people.items()}
    found = []
    for note in imported.account.missing:
        name = note.text.removeprefix("photograph of ")
        if name != note.text and name in names:
            found.append((note.line, names[name]))
    return sorted(found)


def _plain_name(name: Any) -> str:
    return str(next(iter(name.values()))) if isinstance(name, dict) else str(name)


def _with_photos(people: str, photos: Mapping[str, str]) -> str:
    """people.yaml with a `photo` at the end of each entry that has one; the rest stays byte for byte."""
    entries = re.split(r"(?m)^(?=[a-z0-9][a-z0-9-]*:)", people)
    written = []
    for entry in entries:
        id = entry.partition(":")[0]
        if id in photos:
            body = entry.rstrip("\n")
            entry = f"{body}\n  photo: {photos[id]}{entry[len(body) :]}"
        written.append(entry)
    return "".join(written)

"""Which importer a source needs, told by its name and its first bytes; and its import."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.aclpub2 import FILES, event_of_folder
from huikan.importers.docx_record import import_docx
from huikan.importers.draft import Imported
from huikan.importers.event_content import event_content
from huikan.importers.event_model import Event
from huikan.importers.frab_xml import event_of_xml
from huikan.importers.indico import event_of_indico, is_indico
from huikan.importers.json_tree import Datum, read_json
from huikan.importers.outline import import_outline
from huikan.importers.pretalx_api import event_of_pretalx, is_pretalx
from huikan.importers.schedule_json import event_of_schedule
from huikan.importers.source_folder import files_beside, read_source
from huikan.importers.source_text import decode_source
from huikan.importers.table import event_of_table
from huikan.importers.table_cells import read_csv, read_xlsx
from huikan.importers.xml_tree import read_xml

_ZIP = b"PK\x03\x04"
_TABLES = {".csv", ".tsv", ".tab"}
_OFFICE = {".docx", ".xlsx"}
_AS_OFFICE = "save it as .docx or .xlsx, without a password, and import that"
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file, or one under a password", _AS_OFFICE),
    (rb"\{\\rtf", "a file in Rich Text Format", _AS_OFFICE),
    (_ZIP + b".{26}mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", _AS_OFFICE),
    (b"%PDF-", "a PDF", "import the Word file or the text that it was made from"),
    (b"\xff\xd8\xff|\x89PNG", "a picture", "import the Word file, the table or the text that it shows"),
)
"""Files that no importer reads and an editor may well have: how they begin, what they are, what to do."""


class Format(StrEnum):
    """The sources that can be imported."""

    OUTLINE = "outline"
    SCHEDULE = "schedule"
    PRETALX = "pretalx"
    INDICO = "indico"
    ACLPUB2 = "aclpub2"
    DOCX = "docx"
    TABLE = "table"


def import_file(source: Path, form: Format | None = None) -> Imported:
    """The content files of a source; without a format the source itself tells which it is.

    Raises ContentError when the source cannot be read, or not as that format.
    """
    if source.is_dir():
        if form not in {None, Format.ACLPUB2}:
            raise ContentError([_unknown(source.name, f"a folder is not {form}")])
        return event_content(event_of_folder(*_folder(source)), source.name, files_beside(source / "x"))
    if form is Format.ACLPUB2:
        raise ContentError([_unknown(source.name, "aclpub2 is a folder of YAML files")])
    data = read_source(source)
    _refuse_foreign(source, data)
    form = form or format_of(source.name, data)
    if form is Format.OUTLINE:
        return import_outline(decode_source(data, source.name)[0], source.name)
    if form is Format.DOCX:
        return import_docx(data, source.name)
    return event_content(event_of(data, source.name, form), source.name, files_beside(source))


def _refuse_foreign(source: Path, data: bytes) -> None:
    """Name a file that no importer reads for what it is: its bytes would pass for text in a wrong encoding."""
    for beginning, what, hint in _FOREIGN:
        if re.match(beginning, data, re.DOTALL):
            raise ContentError([Finding("HK804", Severity.ERROR, f"this is {what}", hint, source.name)])
    if source.suffix.casefold() in _OFFICE and not data.startswith(_ZIP):
        message = "this is no Word document and no workbook, whatever its name says"
        raise ContentError([Finding("HK804", Severity.ERROR, message, _AS_OFFICE, source.name)])


def _folder(source: Path) -> tuple[dict[str, bytes], Callable[[str], bytes | None]]:
    """The YAML files of an aclpub2 folder, and a reader of the texts that they name."""
    files = {name: read_source(source / name) for name in FILES if (source / name).is_file()}
    if not files:
        raise ContentError([_unknown(source.name, f"the folder has none of {', '.join(FILES[:4])}")])
    return files, files_beside(source / "x")


def event_of(data: bytes, name: str, form: Format) -> Event:
    """The event of a structured source. Raises ContentError when the bytes are not of that format."""
    if form is Format.TABLE:
        return event_of_table(read_xlsx(data, name) if data.startswith(_ZIP) else read_csv(data, name))
    if form is Format.SCHEDULE and _begins_with(data, "<"):
        node = read_xml(data, name)
        if node.tag != "schedule":
            raise ContentError([_unknown(name, f"the XML begins with <{node.tag}>, not with <schedule>")])
        return event_of_xml(node)
    root = read_json(data, name)
    known, read, what = _JSON[form]
    if not known(root):
        other = next((other for other, (tells, _, _) in _JSON.items() if tells(root)), None)
        hint = f"; it looks like --format {other}" if other else ""
        raise ContentError([_unknown(name, f"the JSON is not {what}{hint}")])
    return read(root)


def is_schedule(root: Datum) -> bool:
    """Whether a JSON tree is a schedule as pretalx and frab export it."""
    return bool(root["schedule"]["conference"])


_JSON: dict[Format, tuple[Callable[[Datum], bool], Callable[[Datum], Event], str]] = {
    Format.SCHEDULE: (is_schedule, event_of_schedule, "a schedule with a conference"),
    Format.PRETALX: (is_pretalx, event_of_pretalx, "an answer of pretalx's API"),
    Format.INDICO: (is_indico, event_of_indico, "an answer of Indico's export API"),
}


def format_of(name: str, data: bytes) -> Format:
    """The format that name and bytes tell; a plain text is an outline."""
    if data.startswith(_ZIP) and b"word/document.xml" in data:
        return Format.DOCX
    if data.startswith(_ZIP) or Path(name).suffix.casefold() in _TABLES:
        return Format.TABLE
    if _begins_with(data, "<"):
        return Format.SCHEDULE
    if _begins_with(data, "{["):
        root = read_json(data, name)
        return next((form for form, (tells, _, _) in _JSON.items() if tells(root)), Format.SCHEDULE)
    return Format.OUTLINE


def _begins_with(data: bytes, signs: str) -> bool:
    """Whether the first character that is no white space is one of `signs`, in any encoding."""
    first = data[:64].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return first.replace(b"\x00", b"").lstrip()[:1] in [sign.encode() for sign in signs]


def _unknown(name: str, message: str) -> Finding:
    hint = "name the format with --format; docs/importing.md lists what can be imported"
    return Finding("HK804", Severity.ERROR, message, hint, name)

"""Sheets of a table as rows of located words: CSV in any usual encoding and delimiter, XLSX."""

from __future__ import annotations

import csv
import datetime as dt
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import load_workbook

from huikan.finding import ContentError, Finding, Severity
from huikan.importers.json_tree import refuse_oversized
from huikan.importers.located import Value, located
from huikan.importers.office_zip import open_office_zip
from huikan.importers.source_text import decode_source

MOST_COLUMNS = 1024
MOST_ROWS = 100_000
EMPTY_ROWS = 1000
"""So many empty rows end a sheet: spreadsheets often declare a million."""
_DELIMITERS = ",;\t|"

Row = dict[int, Value]
"""Column, counted from 0 → the words of its cell; empty cells are not in it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; `rows` are those with words."""

    name: str
    rows: tuple[Row, ...]


def read_csv(data: bytes, source_name: str) -> list[Sheet]:
    """The one sheet of a CSV text. Raises ContentError for bytes in no usual encoding, and for fields over 128 kB."""
    refuse_oversized(data, source_name)
    text, _encoding = decode_source(data, source_name)
    text = text.removeprefix("\ufeff").replace("\x00", "")
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=False))
    except csv.Error as error:
        finding = Finding("HK804", Severity.ERROR, f"not a table: {error}", "save it as CSV again", source_name)
        raise ContentError([finding]) from error
    return [Sheet("", tuple(_rows(rows, "", source_name)))]


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the first lines into the most columns that all of them have; the comma if none does."""
    sample = text[:20_000].splitlines()[:30]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = (usual - 1) * widths.count(usual) / max(len(widths), 1)
        if score > most:
            best, most = delimiter, score
    return best


def read_xlsx(data: bytes, source_name: str) -> list[Sheet]:
    """The sheets of a workbook, formulas as their last results. Raises ContentError for what is no workbook."""
    open_office_zip(data, source_name).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = []
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()
                rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
                sheets.append(Sheet(sheet.title, tuple(_rows(rows, f"{sheet.title}!", source_name))))
            workbook.close()
    except ContentError:
        raise
    except Exception as error:  # a damaged part makes openpyxl fail in any way
        finding = Finding("HK804", Severity.ERROR, f"not a workbook: {error}", "save it as XLSX again", source_name)
        raise ContentError([finding]) from error
    return sheets


def _rows(rows: Iterable[Iterable[object]], prefix: str, source_name: str) -> Iterator[Row]:
    empty = 0
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            message = f"{prefix or 'the table'} has more than {MOST_ROWS} rows"
            raise ContentError([Finding("HK805", Severity.ERROR, message, "split it", source_name)])
        row: Row = {}
        for column, cell in enumerate(cells):
            value = located(_words(cell), f"{prefix}{column_letters(column)}{number}") if cell is not None else None
            if value:
                row[column] = value
        if row:
            yield row
        empty = 0 if row else empty + 1
        if empty >= EMPTY_ROWS:
            return


def _words(cell: object) -> str:
    """A cell as words: dates and times as ISO 8601, whole numbers without a fraction."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.time):
        return cell.isoformat("minutes")
    if isinstance(cell, dt.timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def column_letters(column: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

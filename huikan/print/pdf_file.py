"""Opening a PDF that must be sound, and writing one so that the same content gives the same bytes."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pikepdf
from pikepdf import settings

from huikan.finding import ContentError, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object, Page, Pdf

from huikan.print.geometry import MM, Rect

PdfPlace = Path | BinaryIO
"""Where a PDF is read from or written to."""

MAX_DECODED_BYTES = 64 * 1024 * 1024


@contextmanager
def bounded_decoding(most_bytes: int = MAX_DECODED_BYTES) -> Iterator[None]:
    """While this holds, qpdf refuses to decode streams that unpack beyond `most_bytes`."""
    limits = dict.fromkeys(
        ("flate_max_memory", "png_max_memory", "run_length_max_memory", "tiff_max_memory", "dct_max_memory"),
        most_bytes,
    )
    previous = settings.set_qpdf_limits(**limits)  # type: ignore[arg-type]
    try:
        yield
    finally:
        settings.set_qpdf_limits(**previous)  # type: ignore[arg-type]


@contextmanager
def readable(source: PdfPlace, most_bytes: int = MAX_DECODED_BYTES) -> Iterator[Pdf]:
    """Open `source` for reading, no stream of which may unpack beyond `most_bytes`.

    Raises ContentError when it is missing, locked, broken or has no pages.
    """
    with bounded_decoding(most_bytes):
        try:
            with pikepdf.open(source) as pdf:
                if not pdf.pages:
                    raise refusal("HK050", "the PDF has no pages", "export it again", source)
                yield pdf
        except FileNotFoundError:
            raise refusal("HK050", "there is no such file", "check the path", source) from None
        except pikepdf.PasswordError:
            message = "the PDF asks for a password"
            raise refusal("HK051", message, "save it without a password", source) from None
        except (pikepdf.PdfError, pikepdf.PikepdfError) as error:
            message = f"this is no readable PDF: {error}"
            raise refusal("HK050", message, "export it again", source) from None


def name_of(place: PdfPlace) -> str:
    """How to call `place` in a message; empty for a file in memory."""
    return str(place) if isinstance(place, Path) else ""


def refusal(code: str, message: str, hint: str, place: PdfPlace) -> ContentError:
    """A ContentError about a whole file."""
    return ContentError([Finding(code, Severity.ERROR, message, hint, file=name_of(place))])


def write_deterministically(pdf: Pdf, target: PdfPlace, least_version: str = "") -> None:
    """Write `pdf` so that the same objects give the same bytes, /ID included; a path is replaced all or nothing.

    The file states the PDF version `least_version` or a later one.
    """
    if not isinstance(target, Path):
        _save(pdf, target, least_version)
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        _save(pdf, part, least_version)
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _save(pdf: Pdf, target: PdfPlace, least_version: str) -> None:
    if "/ID" in pdf.trailer:
        # The first half of the id would be kept, and it says when the source was written.
        del pdf.trailer["/ID"]
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
        min_version=least_version,
    )


def box_of(page: Page, name: str) -> Rect | None:
    """The box `name` (`/TrimBox` …) in user space, as the page or its parents state it, with ordered corners.

    None when it is absent or broken.
    """
    node: Object | None = page.obj
    value = None
    inherited = name in ("/MediaBox", "/CropBox")
    for _ in range(64):
        if node is None:
            break
        value = node.get(name)
        node = node.get("/Parent") if inherited and value is None else None
    return rect_from(value)


def rect_from(value: object) -> Rect | None:
    """A PDF rectangle as a Rect with ordered corners; None when it is not four numbers with an area."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    rect = Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return rect if rect.width > 0 and rect.height > 0 else None


def user_unit(page: Page) -> float:
    """Points per unit of the page's user space (ISO 32000-2 table 31), 1 unless stated."""
    try:
        unit = float(page.obj.get("/UserUnit", 1))
    except (TypeError, ValueError):
        return 1.0
    return unit if unit > 0 else 1.0


def rotation(page: Page) -> int:
    """The page's /Rotate in degrees clockwise, inherited from its parents; 0 when it is not a right angle."""
    node: Object | None = page.obj
    for _ in range(64):
        if node is None:
            break
        turn = node.get("/Rotate")
        if isinstance(turn, int):
            return turn % 360 if turn % 90 == 0 else 0
        node = node.get("/Parent")
    return 0


def in_mm(points: float) -> float:
    """Points as millimetres."""
    return points / MM

"""Opening a PDF that must be sound, and writing one so that the same content gives the same bytes."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from huikan.finding import ContentError, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pikepdf import Object, Page, Pdf

from huikan.print.geometry import MM, Rect


@contextmanager
def readable(path: Path) -> Iterator[Pdf]:
    """Open `path` for reading; raises ContentError when it is missing, locked, broken or has no pages."""
    try:
        pdf = pikepdf.open(path)
    except FileNotFoundError:
        raise refusal("pdf-missing", "there is no such file", "check the path", path) from None
    except pikepdf.PasswordError:
        raise refusal("pdf-locked", "the PDF asks for a password", "save it without a password", path) from None
    except (pikepdf.PdfError, OSError) as error:
        raise refusal("pdf-broken", f"this is no readable PDF: {error}", "export it again", path) from None
    with pdf:
        if not pdf.pages:
            raise refusal("pdf-empty", "the PDF has no pages", "export it again", path)
        yield pdf


def refusal(code: str, message: str, hint: str, path: Path) -> ContentError:
    """A ContentError about a whole file."""
    return ContentError([Finding(code, Severity.ERROR, message, hint, file=str(path))])


def write_deterministically(pdf: Pdf, target: Path) -> None:
    """Write `pdf` beside `target` and rename it there; the same objects give the same bytes, /ID included."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        pdf.save(part, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


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

"""Print: photographs that are there, sharp enough and of the shape that the page has for them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from huikan.check.registry import Remark, in_source, on, rule
from huikan.check.subject import Part, Subject, name_of
from huikan.content.markdown import parser
from huikan.content.model import Photo
from huikan.finding import Severity
from huikan.resources import builtin

RESOLUTION = 300
"""Pixels per inch below which a photograph looks soft in print."""

TOLERANCE = 0.12
"""Share by which a photograph's shape may differ from that of its place."""

_POINTS_PER_INCH = 72
_MEASURE = re.compile(r"--(photo-column|photo-height)\s*:\s*([\d.]+)(pt|mm)\s*;")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The place of a portrait: width and height in pt."""

    width: float
    height: float


def _frame(subject: Subject) -> _Frame:
    """The portrait's place by the design's tokens, the publication's own before the built-in ones."""
    measures: dict[str, float] = {}
    theme = subject.publication.booklet.theme
    for folder in (builtin("styles"), subject.loaded.folder / "styles"):
        for sheet in (folder / "tokens.css", folder / "themes" / theme / "tokens.css"):
            if sheet.is_file():
                for name, number, unit in _MEASURE.findall(sheet.read_text(encoding="utf-8", errors="replace")):
                    measures[name] = float(number) * (_POINTS_PER_INCH / 25.4 if unit == "mm" else 1)
    return _Frame(measures.get("photo-column", 150), measures.get("photo-height", 100))


def _portraits(subject: Subject) -> Iterator[tuple[str, Photo]]:
    """The field and the photograph of everyone who appears, each once."""
    seen: set[str] = set()
    for part in subject.parts:
        for field, photo in (
            (f"{part.field}.photo", part.appearance.photo),
            (f"people.yaml#{part.appearance.person}.photo", subject.person(part).photo),
        ):
            if photo and field not in seen:
                seen.add(field)
                yield field, photo


def _size(subject: Subject, photo: Photo) -> tuple[int, int] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(subject.loaded.folder / photo.file) as picture:
                turned = picture.getexif().get(0x0112, 1) >= 5
                width, height = picture.size
                return (height, width) if turned else (width, height)
    except (OSError, ValueError, SyntaxError):
        return None


@rule("HK301", Severity.WARNING)
def portraits_are_complete(subject: Subject) -> Iterator[Remark]:
    """Portraits are complete.

    Where half of a session's speakers and hosts have a photograph, the others should have one too.
    """
    missing: dict[str, Part] = {}
    for session in subject.publication.programme.sessions:
        parts = [part for part in subject.parts if part.session is session]
        without = [part for part in parts if not part.appearance.photo and not subject.person(part).photo]
        if without and 2 * len(without) <= len(parts):
            missing |= {part.appearance.person: part for part in without if part.appearance.person not in missing}
    for id, part in missing.items():
        name = name_of(subject.person(part), subject.keys[0])
        message = f"{name} has no photograph, others in the session have one"
        yield on(f"people.yaml#{id}", message, f"add photo: photos/{id}.jpg")


@rule("HK302", Severity.WARNING)
def portraits_are_sharp(subject: Subject) -> Iterator[Remark]:
    """Portraits are sharp in print.

    At its printed width (150 pt in the default theme, by the token `--photo-column`) a photograph needs 300 pixels
    per inch. Ask for a larger original; scaling up adds nothing.
    """
    frame = _frame(subject)
    needed = round(frame.width / _POINTS_PER_INCH * RESOLUTION)
    for field, photo in _portraits(subject):
        size = _size(subject, photo)
        if size and size[0] < needed:
            reached = round(size[0] / (frame.width / _POINTS_PER_INCH))
            message = f"{photo.file} is {size[0]} pixels wide, {reached} ppi in print"
            yield on(field, message, f"use a picture at least {needed} pixels wide")


@rule("HK303", Severity.WARNING)
def portraits_fit_their_place(subject: Subject) -> Iterator[Remark]:
    """Portraits fit their place.

    A photograph whose shape differs from the place (3 : 2 in the default theme) by more than 12 % is cropped. Crop it
    yourself, so that no head is cut.
    """
    frame = _frame(subject)
    wanted = frame.width / frame.height
    for field, photo in _portraits(subject):
        size = _size(subject, photo)
        if size and abs(size[0] / size[1] / wanted - 1) > TOLERANCE:
            message = f"{photo.file} has {size[0]} × {size[1]} pixels, its place is {wanted:.2f} times as wide as high"
            yield on(field, message, f"crop it to {size[0]} × {round(size[0] / wanted)} or a like shape")


@rule("HK304", Severity.WARNING)
def pictures_in_prose_have_words(subject: Subject) -> Iterator[Remark]:
    """A picture in prose has words to be read in its place.

    A portrait has its caption. A picture in Markdown has only what stands in its brackets:
    `![what is seen](photos/x.png)`.
    """
    empty = re.compile(r"!\[\s*\]\([^)\n]*\)")
    for file, source in subject.sources.items():
        for found in empty.finditer(source):
            tokens = parser().parse(found.group())
            if any(child.type == "image" for token in tokens for child in token.children or []):
                hint = "say in the brackets what is seen"
                yield in_source(file, found.start(), "a picture without words", hint)

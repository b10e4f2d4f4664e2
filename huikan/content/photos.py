"""Photographs of a publication: inside its folder, whole, and not so large that opening one hurts."""

from __future__ import annotations

import hashlib
import os
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import UnidentifiedImageError
from PIL import __version__ as pillow_version

from huikan.cache import Store
from huikan.content.jpeg_structure import first_lines_of_whole
from huikan.links import leads_nowhere, lies_in

if TYPE_CHECKING:  # the rest of Pillow is loaded where pictures are opened: mostly in another process
    from PIL import Image

MOST_PIXELS = 100_000_000
LONGEST_NAME = 255
"""In bytes of UTF-8: what file systems allow."""
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_PHOTOS = frozenset({"photo", "photos", "images", "pictures", "照片", "图片", "相片", "头像"})
_KIND = "seen-pictures"
_COLOURS_AT = (96, 96)
"""Pixels that a picture has at least, in each direction, when it is decoded to be looked at."""
_ORIENTATION = 0x0112
_SCALE_DOWN = "scale it down; 300 ppi at its printed size is enough"
_OTHER_KINDS = (
    (b"GIF8", "GIF picture"),
    (b"BM", "BMP picture"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word file or an archive"),
    (b"\xd0\xcf\x11\xe0", "Word file of the old kind"),
    (b"<svg", "SVG drawing"),
    (b"<!DOCTYPE", "web page"),
    (b"<!doctype", "web page"),
    (b"<html", "web page"),
    (b"<?xml", "file of XML"),
)
"""How files begin that are called .jpg by renaming or by a failed download."""

SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")


Problem = tuple[str, str, str]
"""Code, message and hint for a picture that cannot be used."""


State = tuple[int, int, int]
"""What a file's state is told by: its size in bytes, when it was changed, in ns, and its number on the disk."""


class Header(NamedTuple):
    """What stands at the beginning of a picture: its size in pixels as it is stored, its format, EXIF's orientation."""

    width: int
    height: int
    form: str
    orientation: int


class Seen(NamedTuple):
    """What was seen of a picture: its problem, or else the SHA-256 of its file and, if that was asked, its fingerprint.

    And of one that was opened, its header, and the state of the file at that time.
    """

    problem: Problem | None
    digest: str = ""
    fingerprint: str | None = None
    state: State = (0, 0, 0)
    header: Header | None = None


def state_of(path: Path) -> State:
    """The state of a file. Raises OSError when there is none."""
    state = path.stat()
    return state.st_size, state.st_mtime_ns, state.st_ino


def header_in(picture: Image.Image) -> Header:
    """The header of a picture that was opened, and neither turned nor scaled; some formats are decoded for it."""
    return Header(*picture.size, picture.format or "", int(picture.getexif().get(_ORIENTATION, 1)))


def look_at(folder: Path, names: Iterable[str], kept: Store | None = None) -> dict[str, Seen]:
    """What is seen of pictures, by name relative to `folder`.

    Every picture is decoded to see that it is whole, on all cores, at a small scale if its format allows; those that
    were `kept` as whole are not. If nothing is kept, they have no fingerprints, and a JPEG is read no further than to
    be sure that it is whole.
    """
    with warnings.catch_warnings(), _whole_pictures_only(), ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        warnings.simplefilter("ignore")
        distinct = sorted(set(names))
        return dict(zip(distinct, threads.map(lambda name: _seen(folder, name, kept), distinct), strict=True))


def keep(seen: Mapping[str, Seen], kept: Store | None) -> None:
    """Keep what was seen of whole pictures."""
    if kept is None:
        return
    for picture in seen.values():
        if picture.fingerprint is not None and known_fingerprint(picture.digest, kept) is None:
            kept.put(_KIND, _key(picture.digest), picture.fingerprint.encode())


def _seen(folder: Path, name: str, kept: Store | None) -> Seen:
    problem = _problem_of_name(folder, name)
    return Seen(problem) if problem else _seen_inside(folder / name, name, kept)


def _problem_of_name(folder: Path, name: str) -> Problem | None:
    if "\\" in name and ":" not in name and not name.startswith("\\"):
        return "HK031", f"'{name}' has backslashes", f"write {name.replace(chr(92), '/')}"
    if "://" in name or name.startswith(("/", "\\", "~", "data:")) or ":" in name or "\\" in name:
        return "HK031", f"{name!r} is not a path inside the publication", "put the picture in photos/ and name it there"
    if any(sign in name for sign in "#?%"):
        return "HK031", f"{name!r} has a sign that addresses use for themselves", "rename it without #, ? and %"
    path = folder / name
    if len(name.encode()) > LONGEST_NAME:
        return "HK030", f"there is no picture {name[:40] + '…'!r}", "shorten the path"
    if not lies_in(folder, path):
        place = "is a link that leads to itself" if leads_nowhere(path) else "lies outside the publication's folder"
        return "HK031", f"{name!r} {place}", "copy the picture into photos/"
    if not path.is_file():
        return "HK030", f"there is no picture {name!r}", _nearby(path, name)
    if path.suffix.casefold() not in SUFFIXES:
        return (
            "HK032",
            f"{name!r} is no kind of picture that can be printed",
            f"save it as one of {', '.join(SUFFIXES)}",
        )
    return None


def _nearby(path: Path, name: str) -> str:
    """Which picture was probably meant: one of another ending or case there, or of that name in photos/."""
    plain = unicodedata.normalize("NFKC", name).strip().lstrip("/")
    plain = name if ".." in plain else plain  # nothing above the folder is looked at
    folder = path.parents[len(Path(name).parts) - 1]
    for place in (path.parent, (folder / plain).parent, folder / "photos"):
        others = sorted(place.iterdir()) if place.is_dir() else []
        stem = Path(plain).stem.casefold()
        same = [each for each in others if each.stem.casefold() == stem and each.is_file()]
        if same:
            return f"did you mean {same[0].relative_to(folder).as_posix()!r}?"
    wanted = Path(plain).parts[0] if len(Path(plain).parts) > 1 else ""
    if wanted.isalnum() and not (folder / wanted).exists():
        folders = sorted(each.name for each in folder.iterdir() if each.is_dir())
        if wanted != "photos" and "photos" in folders:
            return f"copy the picture into photos/, and write photos/{Path(plain).name}"
        names = {wanted.casefold()} | (_PHOTOS if wanted == "photos" else set())
        other = next((each for each in folders if each.casefold() in names), "")
        return f"rename the folder {other} to {wanted}" if other else f"make a folder {wanted}, and copy it there"
    return "copy the picture there, or correct the path"


def _seen_inside(path: Path, name: str, kept: Store | None) -> Seen:
    """What is seen of a picture that is there; it is decoded once for all."""
    from PIL import Image

    try:
        state = state_of(path)
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        known = None if kept is None else known_fingerprint(digest, kept)
        if known is not None:
            return Seen(None, digest, known)
        if kept is None and (header := _header_of_whole_jpeg(content)):
            return Seen(None, digest, None, state, header)
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                message = f"{name!r} has {width} × {height} pixels, more than 100 megapixels"
                return Seen(("HK033", message, _SCALE_DOWN))
            header = header_in(picture)
            picture.draft("RGB", _COLOURS_AT)
            picture.load()
            try:
                return Seen(None, digest, _colours(picture), state, header)
            except (OSError, ValueError, SyntaxError):
                return Seen(None, digest, "", state, header)
    except Image.DecompressionBombError:
        return Seen(("HK033", f"{name!r} has more than 100 megapixels", _SCALE_DOWN))
    except Exception:  # what a decoder raises for a damaged file is not written down
        if _is_heic(path):
            return Seen(("HK032", f"{name!r} is a HEIC picture, whatever it is called", "export it as JPEG"))
        if kind := _other_kind(path):
            return Seen(("HK034", f"{name!r} is a {kind}, whatever it is called", "export the picture as JPEG"))
        hint = "the file is damaged: export or copy it again"
        return Seen(("HK034", f"{name!r} cannot be read as a picture", hint))


def _header_of_whole_jpeg(content: bytes) -> Header | None:
    """The header of a JPEG of usual size that is surely whole: its markers are, and its first lines can be decoded."""
    from PIL import Image

    lines = first_lines_of_whole(content)
    if lines is None:
        return None
    with suppress(OSError, ValueError, SyntaxError), Image.open(BytesIO(lines.content), formats=("JPEG",)) as picture:
        header = header_in(picture)._replace(height=lines.height)
        if header.width * header.height <= MOST_PIXELS:
            picture.draft("RGB", _COLOURS_AT)
            picture.load()
            return header
    return None


def known_fingerprint(digest: str, kept: Store) -> str | None:
    """The fingerprint of a picture that was found whole before, by the SHA-256 of its file in hexadecimal digits."""
    entry = kept.get(_KIND, _key(digest))
    return None if entry is None else entry.decode()


def _key(digest: str) -> str:
    return f"{digest} Pillow {pillow_version}"


def fingerprint(content: bytes) -> str:
    """The colours of a picture in 6 × 6 fields, as hexadecimal digits; empty for what is no picture, or too large.

    A picture that was encoded anew or scaled keeps nearly the same ones.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return ""
            picture.draft("RGB", _COLOURS_AT)
            return _colours(picture)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError):
        return ""


def _colours(picture: Image.Image) -> str:
    from PIL import Image

    in_rgb = picture if picture.mode == "RGB" else picture.convert("RGB")
    return in_rgb.resize((6, 6), Image.Resampling.BOX).tobytes().hex()


def _other_kind(path: Path) -> str:
    """What a file is whose name says that it is a picture for print; empty if nobody can tell."""
    with suppress(OSError), path.open("rb") as file:
        begin = file.read(512).lstrip()
        return next((kind for mark, kind in _OTHER_KINDS if begin.startswith(mark)), "")
    return ""


def _is_heic(path: Path) -> bool:
    """Whether a file is what telephones write: HEIC or AVIF, in the container of ISO/IEC 14496-12."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(12)
        return head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"}
    return False


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint lets Pillow fill up what a cut-off file lacks, for the whole process: not while we judge."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before

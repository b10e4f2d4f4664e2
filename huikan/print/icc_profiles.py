"""ICC profiles of printing conditions: which one is used, and colours through it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from PIL import Image, ImageCms, ImageMath

from huikan.finding import ContentError, Finding, MissingSystemPartError, Severity
from huikan.fingerprint import PROFILE_FOLDERS

Cmyk = tuple[float, float, float, float]
"""Shares of cyan, magenta, yellow and black, 0 to 1."""

MAX_TOTAL_INK = 3.0
"""Sum of the four inks on one spot that sheet-fed offset on coated paper takes (300 %)."""

MAX_PROFILE_BYTES = 20 * 1024 * 1024

_PREFERRED = ("fogra51", "psocoated_v3", "fogra39", "isocoated", "japancolor", "gracol", "swop", "default_cmyk")
"""Parts of file names, the best first: coated paper, offset, as booklets are printed."""


@dataclass(frozen=True, slots=True)
class PrintingCondition:
    """A CMYK output profile. `description` is what the profile calls itself."""

    path: Path
    data: bytes
    description: str


def find_cmyk_profile(user_path: Path | None) -> PrintingCondition:
    """The profile at `user_path`, or the best one of this machine.

    Raises ContentError when `user_path` is no CMYK output profile, MissingSystemPartError when there is none.
    """
    if user_path is not None:
        condition = _read(user_path)
        if condition is None:
            said = "this is " if user_path.is_file() else "there is no such file, and so "
            raise ContentError(
                [
                    Finding(
                        "HK055",
                        Severity.ERROR,
                        f"{said}no ICC output profile for CMYK",
                        "name the .icc file of the printing condition that the printer gave you",
                        file=str(user_path),
                    )
                ]
            )
        return condition
    for path in sorted(_candidates(), key=_preference):
        condition = _read(path)
        if condition is not None:
            return condition
    raise MissingSystemPartError(
        "no ICC profile for CMYK was found: name your printer's .icc file, or install one with\n"
        "    apt install ghostscript        (default_cmyk.icc)\n"
        "    brew install ghostscript"
    )


def _candidates() -> list[Path]:
    found = []
    for folder in PROFILE_FOLDERS:
        root = Path(folder).expanduser()
        if root.is_dir():
            found += [path for path in root.rglob("*") if path.suffix.lower() in (".icc", ".icm")]
    return found


def _preference(path: Path) -> tuple[int, str]:
    name = path.name.lower()
    rank = next((rank for rank, part in enumerate(_PREFERRED) if part in name), len(_PREFERRED))
    return rank, str(path)


def _read(path: Path) -> PrintingCondition | None:
    """The profile, when the file is an output profile for CMYK (ICC.1:2010 §7.2)."""
    try:
        if path.stat().st_size > MAX_PROFILE_BYTES:
            return None
        data = path.read_bytes()
        if data[12:20] != b"prtrCMYK" or data[36:40] != b"acsp":
            return None
        profile = ImageCms.getOpenProfile(io.BytesIO(data))
        description = profile.profile.profile_description or path.stem
    except (OSError, ImageCms.PyCMSError):
        return None
    return PrintingCondition(path, data, description)


class CmykConversion:
    """Colours and images into one printing condition, never with more than MAX_TOTAL_INK on a spot.

    Relative colorimetric with black point compensation: what a booklet's photos and flat tints both bear.
    """

    def __init__(self, condition: PrintingCondition) -> None:
        self.condition = condition
        self._target = ImageCms.getOpenProfile(io.BytesIO(condition.data))
        self._transforms: dict[tuple[str, bytes], ImageCms.ImageCmsTransform] = {}
        self.colour = lru_cache(maxsize=4096)(self._colour)

    def image(self, image: Image.Image, source_profile: bytes = b"") -> Image.Image:
        """`image` (RGB or Lab) in CMYK; without a usable `source_profile` RGB is taken as sRGB."""
        if image.mode not in ("RGB", "LAB"):
            image = image.convert("RGB")
        try:
            transform = self._transform(image.mode, source_profile)
            converted = ImageCms.applyTransform(image, transform)
        except (ImageCms.PyCMSError, ValueError):
            converted = ImageCms.applyTransform(image, self._transform(image.mode, b""))
        return limited_ink(cast("Image.Image", converted))

    def _colour(self, mode: str, components: tuple[int, int, int]) -> Cmyk:
        """One colour of three 8-bit components (`RGB`, or `LAB` as Pillow packs it) in CMYK."""
        pixel = self.image(Image.new(mode, (1, 1), components)).getpixel((0, 0))
        cyan, magenta, yellow, black = (round(value / 255, 4) for value in cast("tuple[int, ...]", pixel))
        return cyan, magenta, yellow, black

    def _transform(self, mode: str, source_profile: bytes) -> ImageCms.ImageCmsTransform:
        key = (mode, source_profile)
        if key not in self._transforms:
            if source_profile:
                source = ImageCms.getOpenProfile(io.BytesIO(source_profile))
            else:
                source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB"))
            self._transforms[key] = ImageCms.buildTransform(
                source,
                self._target,
                mode,
                "CMYK",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        return self._transforms[key]


def limited_ink(image: Image.Image) -> Image.Image:
    """A CMYK image with cyan, magenta and yellow reduced in proportion where the sum passes MAX_TOTAL_INK."""
    limit = int(MAX_TOTAL_INK * 255)
    cyan, magenta, yellow, black = (plate.convert("I") for plate in image.split())
    coloured = ImageMath.lambda_eval(lambda p: p["c"] + p["m"] + p["y"], c=cyan, m=magenta, y=yellow)
    if _largest(ImageMath.lambda_eval(lambda p: p["s"] + p["k"], s=coloured, k=black)) <= limit:
        return image
    room = ImageMath.lambda_eval(lambda p: p["min"](p["s"], limit - p["k"]), s=coloured, k=black)
    divisor = ImageMath.lambda_eval(lambda p: p["max"](p["s"], 1), s=coloured)
    plates = [
        ImageMath.lambda_eval(lambda p: p["x"] * p["r"] / p["d"], x=plate, r=room, d=divisor).convert("L")
        for plate in (cyan, magenta, yellow)
    ]
    return Image.merge("CMYK", [*plates, image.getchannel("K")])


def _largest(image: Image.Image) -> int:
    return int(cast("tuple[int, int]", image.getextrema())[1])

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
import weasyprint
from PIL import Image

from huikan.finding import ContentError, MissingSystemPartError
from huikan.print.content_stream.colour_spaces import Family
from huikan.print.content_stream.paints import PaintedImage
from huikan.print.content_stream.walker import ContentWalker
from huikan.print.icc_profiles import CmykConversion, find_cmyk_profile
from huikan.print.press_images import to_press_image

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def conversion() -> CmykConversion:
    try:
        return CmykConversion(find_cmyk_profile(None))
    except MissingSystemPartError as missing:
        pytest.skip(f"no CMYK profile on this machine: {missing}")


def photo(path: Path, mode: str = "RGB", size: tuple[int, int] = (2000, 1000), colour: object = "red") -> Path:
    Image.new(mode, size, colour).save(path)  # type: ignore[arg-type]
    return path


def test_a_photo_becomes_a_cmyk_jpeg_of_350_ppi(tmp_path: Path, conversion: CmykConversion) -> None:
    data = to_press_image(photo(tmp_path / "p.jpg"), (50.8, 25.4), conversion)
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "CMYK", (700, 350))
        cyan, magenta, yellow, _ = image.getpixel((9, 9))  # type: ignore[misc]
    assert cyan < 30
    assert magenta > 200
    assert yellow > 200


@pytest.mark.parametrize(("width", "left"), [(730, 730), (740, 700)])
def test_a_photo_hardly_finer_than_its_place_keeps_its_pixels(
    tmp_path: Path, conversion: CmykConversion, width: int, left: int
) -> None:
    data = to_press_image(photo(tmp_path / "p.jpg", size=(width, width // 2)), (50.8, 25.4), conversion)
    with Image.open(io.BytesIO(data)) as image:
        assert image.width == left


def test_a_place_of_another_aspect_is_covered(tmp_path: Path, conversion: CmykConversion) -> None:
    data = to_press_image(photo(tmp_path / "p.jpg"), (25.4, 25.4), conversion)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (700, 350)


def test_a_photo_is_never_enlarged(tmp_path: Path, conversion: CmykConversion) -> None:
    data = to_press_image(photo(tmp_path / "p.jpg", size=(200, 100)), (100, 50), conversion)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (200, 100)


@pytest.mark.parametrize(("mode", "colour"), [("L", 90), ("LA", (90, 255)), ("1", 1), ("P", 3), ("RGBA", (9, 9, 9, 0))])
def test_every_mode_becomes_gray_or_cmyk(tmp_path: Path, conversion: CmykConversion, mode: str, colour: object) -> None:
    data = to_press_image(photo(tmp_path / "p.png", mode, (40, 20), colour), (20, 10), conversion)
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == ("L" if mode in ("L", "1") else "CMYK")
        if mode == "RGBA":
            assert image.getpixel((5, 5)) == (0, 0, 0, 0), "what is transparent is paper"


def test_a_photo_is_turned_as_the_camera_was_held(tmp_path: Path, conversion: CmykConversion) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (80, 40), "red").save(tmp_path / "p.jpg", exif=turned)
    with Image.open(io.BytesIO(to_press_image(tmp_path / "p.jpg", (20, 40), conversion))) as image:
        assert image.size == (40, 80)


def test_a_converted_photo_keeps_its_colour_through_the_typesetter(tmp_path: Path, conversion: CmykConversion) -> None:
    data = to_press_image(photo(tmp_path / "p.jpg"), (40, 20), conversion)
    (tmp_path / "press.jpg").write_bytes(data)
    html = '<style>@page{size:60mm 60mm;margin:10mm}img{width:40mm}</style><img src="press.jpg">'
    weasyprint.HTML(string=html, base_url=str(tmp_path)).write_pdf(tmp_path / "p.pdf")
    with pikepdf.open(tmp_path / "p.pdf") as pdf:
        images = [p for p in ContentWalker().walk(pdf.pages[0]).paints if isinstance(p, PaintedImage)]
    assert [image.space.family for image in images] == [Family.CMYK]
    assert images[0].ppi == pytest.approx(350, abs=3)


def test_files_that_are_no_pictures_are_refused(tmp_path: Path, conversion: CmykConversion) -> None:
    (tmp_path / "no.jpg").write_bytes(b"no picture")
    for name in ("no.jpg", "missing.jpg"):
        with pytest.raises(ContentError, match="no readable picture"):
            to_press_image(tmp_path / name, (40, 20), conversion)


def test_a_picture_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, conversion: CmykConversion) -> None:
    Image.new("1", (13_000, 13_000)).save(tmp_path / "bomb.png")
    with pytest.raises(ContentError, match="more than 150 million pixels"):
        to_press_image(tmp_path / "bomb.png", (40, 20), conversion)


def test_a_users_profile_must_be_for_cmyk(tmp_path: Path, conversion: CmykConversion) -> None:
    own = tmp_path / "own.icc"
    own.write_bytes(conversion.condition.data)
    assert find_cmyk_profile(own).data == conversion.condition.data
    own.write_bytes(b"no profile")
    for path in (own, tmp_path / "missing.icc"):
        with pytest.raises(ContentError, match="no ICC output profile for CMYK"):
            find_cmyk_profile(path)

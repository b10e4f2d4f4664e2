"""Photographs at their printed size: as sharp as paper shows, upright, in sRGB, the same bytes kept or made anew."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFile, ImageStat

from huikan.build import BuildRequest, build
from huikan.cache import Cache, Memory
from huikan.content.load import load_publication
from huikan.content.model import Edition
from huikan.content.photos import look_at
from huikan.finding import ContentError
from huikan.render.archive.sources import publication_files
from huikan.render.photographs import header_of, in_srgb, photograph_at, pixels_for, remember_header
from huikan.render.screen_pictures import screen_picture
from huikan.render.workshop import Workshop
from tests.publication import write_small_publication

PRINTED = (730, 487)
"""Pixels of 150 × 100 pt at 350 ppi, rounded up."""


def camera_photo(path: Path, *, size: tuple[int, int] = (3000, 2000), orientation: int = 1) -> None:
    """A red field with a blue upper left quarter, as the sensor saw it."""
    image = Image.new("RGB", size, (200, 30, 40))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(20, 40, 200))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(path, quality=95, exif=exif)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def quarter(image: Image.Image, right: bool, lower: bool) -> tuple[float, ...]:
    width, height = image.size
    x, y = width * (3 if right else 1) // 4, height * (3 if lower else 1) // 4
    return tuple(ImageStat.Stat(image.convert("RGB").crop((x - 5, y - 5, x + 5, y + 5))).mean)


def is_blue(colour: tuple[float, ...]) -> bool:
    return colour[2] > 150 > colour[0]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_camera_gives_an_upright_picture(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "a.jpg"
    camera_photo(path, orientation=orientation)
    width, height, form, turned = header_of(path)
    assert (width, height) == ((3000, 2000) if orientation < 5 else (2000, 3000))
    assert (form, turned) == ("JPEG", orientation > 1)
    image = opened(photograph_at(path, (width // 4, height // 4), Workshop()))
    assert image.size == (width // 4, height // 4)
    blue_at = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[orientation]
    for right in (0, 1):
        for lower in (0, 1):
            assert is_blue(quarter(image, bool(right), bool(lower))) is ((right, lower) == blue_at)
    assert not image.getexif()


def test_a_kept_picture_has_the_bytes_of_one_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    camera_photo(path)
    workshop = Workshop(store=Cache(tmp_path / "cache"))
    first = photograph_at(path, PRINTED, workshop)
    entries = [entry for entry in (tmp_path / "cache").rglob("*") if entry.is_file() and entry.name != ".pruned"]
    assert len(entries) == 1
    assert photograph_at(path, PRINTED, workshop) == first == photograph_at(path, PRINTED, Workshop())
    assert photograph_at(path, (365, 244), workshop) != first
    camera_photo(path, orientation=3)
    assert photograph_at(path, PRINTED, workshop) != first


def test_a_scaled_picture_is_as_sharp_as_one_scaled_from_all_pixels(tmp_path: Path) -> None:
    """Lines of one printed pixel stay apart, though a JPEG is not decoded whole."""
    path, printed = tmp_path / "a.jpg", (750, 500)
    lines = Image.new("L", printed)
    for x in range(0, printed[0], 2):
        lines.paste(255, (x, 0, x + 1, printed[1]))
    lines.resize((6000, 4000), Image.Resampling.NEAREST).convert("RGB").save(path, quality=95)
    image = opened(photograph_at(path, printed, Workshop())).convert("L")
    dark = ImageStat.Stat(image.crop((101, 100, 102, 400))).mean[0]
    light = ImageStat.Stat(image.crop((100, 100, 101, 400))).mean[0]
    assert light - dark > 150


def test_colours_of_another_profile_come_out_in_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    image = Image.new("RGB", (4, 4), (10, 200, 30))
    assert in_srgb(image, srgb.tobytes()) is image
    assert in_srgb(image, b"") is image
    assert in_srgb(image, b"\0" * 16 + b"RGB " + b"\0" * 40) is image


def test_pictures_of_every_mode_are_scaled(tmp_path: Path) -> None:
    whole = Image.linear_gradient("L").resize((900, 600))
    for mode, suffix in (("1", "png"), ("P", "png"), ("LA", "png"), ("RGBA", "png"), ("L", "jpg"), ("CMYK", "jpg")):
        path = tmp_path / f"{mode}.{suffix}"
        whole.convert("RGB" if mode == "P" else mode).convert(mode).save(path)
        image = opened(photograph_at(path, (300, 200), Workshop()))
        assert image.size == (300, 200)
        assert image.format == ("JPEG" if suffix == "jpg" else "PNG")
        assert image.mode == {"1": "RGB", "P": "RGB"}.get(mode, mode)


def test_a_grey_picture_of_16_bits_keeps_its_greys(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    data = b"".join(level.to_bytes(2, "little") for _ in range(400) for level in range(0, 60_000, 100))
    Image.frombytes("I;16", (600, 400), data).save(path)
    for image in (opened(photograph_at(path, (300, 200), Workshop())), screen_picture("grey.png", tmp_path, 300)):
        greys = [ImageStat.Stat(image.convert("L").crop((at, 0, at + 2, 9))).mean[0] for at in (50, 150, 250)]
        assert greys == pytest.approx([39, 117, 195], abs=3)


@pytest.mark.parametrize("form", ["inks in a TIFF", "16 bits", "a tower"])
def test_unusual_pictures_are_printed_and_shown(publication: Path, tmp_path: Path, form: str) -> None:
    path = publication / "photos/shan-wei.png"
    grey = Image.linear_gradient("L").resize((600, 400))
    if form == "inks in a TIFF":
        path = path.with_suffix(".tif")
        grey.convert("CMYK").save(path)
    elif form == "16 bits":
        data = b"".join(bytes((0, level // 3)) for _ in range(400) for level in range(600))
        Image.frombytes("I;16", (600, 400), data).save(path)
    else:
        grey.resize((10, 20_000)).save(path)
    people = publication / "people.yaml"
    text = people.read_text(encoding="utf-8").replace("photos/shan-wei.jpg", f"photos/{path.name}")
    people.write_text(text, encoding="utf-8")
    for edition in (Edition.PRINT, Edition.WEB):
        assert built(publication, tmp_path / "output", edition)
    with pypdfium2.PdfDocument(tmp_path / "output/small-forum.zh-Hans.print.pdf") as pdf:
        pictures = [each for page in pdf for each in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
        shades = [ImageStat.Stat(each.get_bitmap().to_pil().convert("L")).stddev[0] for each in pictures]
    assert max(shades) > 30


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    write_small_publication(folder)
    return folder


def built(folder: Path, output: Path, edition: Edition, workshop: Workshop | None = None) -> bytes:
    request = BuildRequest(folder, output, (edition,), ("zh-Hans",))
    (file,) = build(request, workshop=workshop).files
    return (output / file.name).read_bytes()


@pytest.mark.parametrize("edition", [Edition.PRINT, Edition.ARCHIVE])
def test_the_pdf_holds_the_printed_pixels_alone(publication: Path, tmp_path: Path, edition: Edition) -> None:
    camera_photo(publication / "photos" / "shan-wei.jpg", orientation=3)
    pdf = built(publication, tmp_path / "output", edition)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sizes = [
            (int(stream.Width), int(stream.Height), str(stream.Filter))
            for stream in document.objects
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Image"
        ]
    assert sizes == [(*PRINTED, "/DCTDecode")]


def test_a_photo_no_finer_than_paper_is_embedded_as_it_is(publication: Path, tmp_path: Path) -> None:
    photo = publication / "photos" / "shan-wei.jpg"
    camera_photo(photo, size=(720, 480))
    with pikepdf.open(io.BytesIO(built(publication, tmp_path / "output", Edition.PRINT))) as document:
        raw = [
            stream.read_raw_bytes()
            for stream in document.objects
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Image"
        ]
    assert raw == [photo.read_bytes()]


@pytest.mark.parametrize("edition", [Edition.PRINT, Edition.REVIEW, Edition.ARCHIVE, Edition.WEB])
def test_builds_with_and_without_kept_pictures_are_the_same(
    publication: Path, tmp_path: Path, edition: Edition
) -> None:
    camera_photo(publication / "photos" / "shan-wei.jpg")
    without = built(publication, tmp_path / "one", edition)
    cache = Cache(tmp_path / "cache")
    assert built(publication, tmp_path / "two", edition, Workshop(store=cache)) == without
    assert built(publication, tmp_path / "three", edition, Workshop(store=cache)) == without


def test_word_gets_the_printed_pixels_of_a_camera_s_photo(publication: Path, tmp_path: Path) -> None:
    camera_photo(publication / "photos" / "shan-wei.jpg", orientation=3)
    document = built(publication, tmp_path / "output", Edition.REVIEW)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        photos = [opened(archive.read(name)) for name in archive.namelist() if name.endswith(".jpeg")]
    assert [photo.size for photo in photos] == [PRINTED]
    assert is_blue(quarter(photos[0], right=True, lower=True))


def test_pictures_found_whole_are_not_decoded_again_until_they_change(
    publication: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[str] = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", _counting(decoded))
    cache, photo = Cache(tmp_path / "cache"), publication / "photos" / "shan-wei.jpg"
    load_publication(publication, cache)
    assert decoded
    decoded.clear()
    load_publication(publication, cache)
    assert decoded == []
    photo.write_bytes(photo.read_bytes()[:-400])
    with pytest.raises(ContentError, match="HK034"):
        load_publication(publication, cache)
    with pytest.raises(ContentError, match="HK034"):
        load_publication(publication, cache)


def test_what_was_seen_of_a_picture_is_not_read_again_until_it_changes(
    publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = publication / "photos" / "shan-wei.jpg"
    camera_photo(photo, size=(400, 300), orientation=6)
    seen = look_at(publication, ["photos/shan-wei.jpg"], Memory())["photos/shan-wei.jpg"]
    assert seen.header is not None
    remember_header(photo, seen.state, seen.header)
    workshop = Workshop()
    workshop.remember_digest(photo, seen.state, seen.digest)
    with monkeypatch.context() as patch:
        patch.setattr("PIL.Image.open", lambda *_: pytest.fail("opened again"))
        patch.setattr(Path, "read_bytes", lambda _: pytest.fail("read again"))
        assert header_of(photo) == (300, 400, "JPEG", True)
        assert workshop.digest_of(photo) == seen.digest
    camera_photo(photo, size=(500, 300))
    assert header_of(photo) == (500, 300, "JPEG", False)
    assert workshop.digest_of(photo) == hashlib.sha256(photo.read_bytes()).hexdigest()


def test_a_picture_that_was_hashed_as_a_source_is_not_hashed_for_the_book(
    publication: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = publication / "photos" / "shan-wei.jpg"
    sources = publication_files(publication, [photo, publication / "booklet.yaml"])
    for name in sources:
        sources.sha256(name)
    (known,) = sources.pictures_known()
    assert known.digest == hashlib.sha256(photo.read_bytes()).hexdigest()
    workshop = Workshop()
    monkeypatch.chdir(tmp_path)
    workshop.remember_digest(Path(known.path).relative_to(tmp_path), known.state, known.digest)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: pytest.fail("read again"))
        assert workshop.digest_of(photo) == known.digest
    camera_photo(photo)
    assert workshop.digest_of(photo) != known.digest


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("1", (10_100, 10_000)).save(tmp_path / "large.png")
    decoded: list[str] = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", _counting(decoded))
    seen = look_at(tmp_path, ["large.png"], Memory())["large.png"]
    assert seen.problem is not None
    assert seen.problem[0] == "HK033"
    assert decoded == []


def _counting(decoded: list[str]) -> Callable[[ImageFile.ImageFile], object]:
    load = ImageFile.ImageFile.load

    def counted(image: ImageFile.ImageFile) -> object:
        decoded.append(str(image.filename))
        return load(image)

    return counted


def test_problems_are_told_by_picture(tmp_path: Path) -> None:
    for number in range(6):
        camera_photo(tmp_path / f"{number}.jpg", size=(300, 200))
    (tmp_path / "4.jpg").write_bytes((tmp_path / "4.jpg").read_bytes()[:600])
    seen = look_at(tmp_path, [f"{number}.jpg" for number in range(8)], Memory())
    assert {name: picture.problem[0] for name, picture in seen.items() if picture.problem} == {
        "4.jpg": "HK034",
        "6.jpg": "HK030",
        "7.jpg": "HK030",
    }


def printed_sizes(pdf: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            (int(stream.Width), int(stream.Height))
            for stream in document.objects
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Image"
        ]


@pytest.mark.parametrize(
    ("stored", "printed"), [((3000, 2000), (750, 500)), ((1200, 800), (750, 500)), ((2560, 1707), PRINTED)]
)
def test_an_upright_jpeg_is_printed_at_its_own_scale_if_that_is_hardly_finer(
    publication: Path, tmp_path: Path, stored: tuple[int, int], printed: tuple[int, int]
) -> None:
    camera_photo(publication / "photos" / "shan-wei.jpg", size=stored)
    assert printed_sizes(built(publication, tmp_path / "output", Edition.PRINT)) == [printed]


def test_a_picture_that_is_no_jpeg_or_turned_has_no_own_scale(tmp_path: Path) -> None:
    turned, drawn = tmp_path / "a.jpg", tmp_path / "b.png"
    camera_photo(turned, size=(1200, 800), orientation=6)
    Image.linear_gradient("L").resize((1200, 800)).save(drawn)
    assert pixels_for(turned, (487, 730)) == (487, 730)
    assert pixels_for(drawn, PRINTED) == PRINTED


def test_word_gets_a_jpeg_at_the_scale_that_print_has(publication: Path, tmp_path: Path) -> None:
    camera_photo(publication / "photos" / "shan-wei.jpg")
    with zipfile.ZipFile(io.BytesIO(built(publication, tmp_path / "output", Edition.REVIEW))) as archive:
        photos = [opened(archive.read(name)) for name in archive.namelist() if name.endswith(".jpeg")]
    assert [photo.size for photo in photos] == [(750, 500)]

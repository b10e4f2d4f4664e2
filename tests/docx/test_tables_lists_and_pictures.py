from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from huikan.finding import ContentError
from tests.docx.documents import W, body_of, find, names, page, part, tokens, values, written

PEOPLE = """<table class="people"><thead><tr><th>姓名</th><th>职务</th><th class="page-number">页码</th></tr></thead>
<tbody><tr class="group"><th colspan="3">主持人</th></tr>
<tr><th class="name-column"><span class="name">刘洁</span></th><td>主任</td><td class="page-number">3</td></tr>
<tr><th class="name-column"><span class="name">王志成</span></th><td>局长</td><td class="page-number">4</td></tr>
<tr><th class="name-column"><span class="name" lang="en">Al</span></th><td>局长</td><td class="page-number">5</td></tr>
</tbody></table>"""


def photo(folder: Path, name: str, size: tuple[int, int] = (90, 60), colour: str = "navy", **options: Any) -> str:
    Image.new("RGB", size, colour).save(folder / name, **options)
    return name


def portrait(source: str, alt: str = "肖像") -> str:
    return (
        f'<figure class="portrait"><img src="{source}" alt="{alt}"><figcaption><span class="number">图 1</span> '
        '<span class="line">局长王五</span><br><span class="line">出席论坛</span></figcaption></figure>'
    )


def test_header_rows_repeat_and_no_row_splits() -> None:
    body = body_of(page(PEOPLE))
    rows = find(body, "//w:tr")
    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in rows] == [True, False, False, False, False]
    assert all(find(row, "w:trPr/w:cantSplit") for row in rows)


def test_columns_are_fixed_and_add_up_to_the_measure() -> None:
    body = body_of(page(PEOPLE))
    widths = [int(width) for width in values(body, "//w:gridCol/@w:w")]
    assert len(widths) == 3
    assert sum(widths) == pytest.approx(tokens().length("measure") * 20, abs=2)
    assert values(body, "//w:tblLayout/@w:type") == ["fixed"]
    assert values(body, "//w:tr[2]/w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    for row in find(body, "//w:tr"):
        spans = [int((values(cell, "w:tcPr/w:gridSpan/@w:val") or ["1"])[0]) for cell in find(row, "w:tc")]
        assert sum(spans) == 3


def test_short_names_fill_three_characters_without_a_blank_in_the_text() -> None:
    body = body_of(page(PEOPLE))
    cells = ["".join(values(cell, ".//w:t/text()")) for cell in find(body, "//w:tr/w:tc[1]")]
    assert cells == ["姓名", "主持人", "刘洁", "王志成", "Al"]
    assert values(body, "//w:r[w:t='刘']/w:rPr/w:spacing/@w:val") == [str(round(tokens().length("size-body") * 20))]
    assert not find(body, "//w:r[w:t='洁']/w:rPr/w:spacing")
    assert not find(body, "//w:r[w:t='王志成' or w:t='Al']/w:rPr/w:spacing")


def test_a_table_of_five_hundred_rows_keeps_every_row_and_spreads_over_pages() -> None:
    rows = "".join(f'<tr id="r{n}"><td>第{n}行</td><td>内容</td></tr>' for n in range(500))
    document, pages = written(
        page(f"<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody>{rows}</tbody></table>")
    )
    body = part(document, "word/document.xml")
    assert values(body, "//w:tr[position() > 1]/w:tc[1]//w:t/text()") == [f"第{n}行" for n in range(500)]
    numbers = [pages.anchors[f"r{n}"] for n in range(500)]
    assert numbers == sorted(numbers)
    assert numbers[-1] > 10


def test_ragged_and_empty_tables_are_filled_or_left_out() -> None:
    body = body_of(page("<table><tr><td>一</td></tr><tr><td>二</td><td></td><td>三</td></tr></table><table></table>"))
    assert len(find(body, "//w:tbl")) == 1
    assert values(body, "//w:tr[1]/w:tc/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert all(find(cell, "w:p") for cell in find(body, "//w:tc"))


def test_lists_are_numbered_by_word_each_from_its_start() -> None:
    items = (
        "<ol><li><p>一</p><ul><li><p>甲</p></li></ul></li><li><p>二</p><p>续</p></li></ol>"
        "<ol start='4'><li><p>四</p></li></ol>"
    )
    document, _ = written(page(items))
    body, numbering = part(document, "word/document.xml"), part(document, "word/numbering.xml")
    placed = [
        (
            "".join(values(p, ".//w:t/text()")),
            values(p, "w:pPr/w:pStyle/@w:val")[0],
            values(p, "w:pPr/w:numPr/w:numId/@w:val"),
            values(p, "w:pPr/w:numPr/w:ilvl/@w:val"),
        )
        for p in find(body, "//w:p")
    ]
    assert placed == [
        ("一", "ListNumber", ["1"], ["0"]),
        ("甲", "ListBullet", ["2"], ["1"]),
        ("二", "ListNumber", ["1"], ["0"]),
        ("续", "ListParagraph", [], []),
        ("四", "ListNumber", ["3"], ["0"]),
    ]
    assert values(numbering, "//w:num[@w:numId='3']/w:lvlOverride[1]/w:startOverride/@w:val") == ["4"]
    assert values(numbering, "//w:num/w:abstractNumId/@w:val") == ["1", "0", "1"]


def test_pictures_are_inline_at_the_width_of_the_photo_column_with_their_words(tmp_path: Path) -> None:
    source = photo(tmp_path, "a.jpg", (120, 60))
    body = body_of(page(portrait(source, "王五的“肖像”")), folder=tmp_path)
    extent = find(body, "//wp:inline/wp:extent")[0]
    assert int(str(extent.get("cx"))) == round(tokens().length("photo-column") * 12700)
    assert int(str(extent.get("cy"))) == round(tokens().length("photo-height") * 12700)
    assert values(body, "//wp:docPr/@descr") == ["王五的“肖像”"]
    crop = find(body, "//a:srcRect")[0]
    assert (crop.get("l"), crop.get("r"), crop.get("t"), crop.get("b")) == ("12500", "12500", "0", "0")


def test_a_portrait_stays_with_its_caption_and_the_prose(tmp_path: Path) -> None:
    source = photo(tmp_path, "a.jpg")
    parts = f'<h3 class="speaker">王五</h3>{portrait(source)}<div class="prose"><p>话</p></div>'
    body = body_of(page(f'<article class="summary">{parts}</article>'), folder=tmp_path)
    kept = {values(p, "w:pPr/w:pStyle/@w:val")[0]: bool(find(p, "w:pPr/w:keepNext")) for p in find(body, "//w:p")}
    assert kept["Portrait"]
    assert kept["Caption"]
    assert not kept["BodyText"]


def test_the_same_photo_is_stored_once_and_jpegs_are_not_deflated(tmp_path: Path) -> None:
    first, second = photo(tmp_path, "a.jpg"), photo(tmp_path, "b.jpg")
    other = photo(tmp_path, "c.png", colour="red")
    document, _ = written(page(portrait(first) + portrait(second) + portrait(other)), folder=tmp_path)
    media = [name for name in names(document) if name.startswith("word/media/")]
    assert media == ["word/media/image1.jpeg", "word/media/image2.png"]
    with zipfile.ZipFile(BytesIO(document)) as archive:
        assert archive.getinfo(media[0]).compress_type == zipfile.ZIP_STORED
        assert archive.read(media[0]) == (tmp_path / "a.jpg").read_bytes()
    numbers = values(part(document, "word/document.xml"), "//wp:docPr/@id")
    assert len(set(numbers)) == len(numbers) == 3


def test_a_photo_that_the_camera_turned_is_stored_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    source = photo(tmp_path, "turned.jpg", (60, 90), exif=exif)
    document, _ = written(page(portrait(source)), folder=tmp_path)
    with zipfile.ZipFile(BytesIO(document)) as archive, Image.open(archive.open("word/media/image1.jpeg")) as stored:
        assert stored.size == (90, 60)
        assert stored.getexif().get(0x0112, 1) == 1


def test_a_format_that_word_does_not_show_becomes_png(tmp_path: Path) -> None:
    source = photo(tmp_path, "a.webp", lossless=True)
    document, _ = written(page(portrait(source)), folder=tmp_path)
    assert "word/media/image1.png" in names(document)


def test_a_missing_photo_leaves_the_caption_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    body = body_of(
        page('<figure class="portrait"><figcaption><span class="line">局长王五</span></figcaption></figure>')
    )
    assert "".join(values(body, "//w:t/text()")) == "局长王五"
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
    with pytest.raises(ContentError, match=r"broken\.jpg"):
        written(page(portrait("broken.jpg")), folder=tmp_path)
    with pytest.raises(ContentError, match=r"absent\.jpg"):
        written(page(portrait("absent.jpg")), folder=tmp_path)


def test_a_figure_keeps_its_shape_within_the_measure(tmp_path: Path) -> None:
    source = photo(tmp_path, "wide.png", (3000, 500))
    body = body_of(page(f'<figure class="figure"><img src="{source}" alt="图"></figure>'), folder=tmp_path)
    extent = find(body, "//wp:inline/wp:extent")[0]
    width, height = int(str(extent.get("cx"))), int(str(extent.get("cy")))
    assert width == round(tokens().length("measure") * 12700)
    assert width / height == pytest.approx(6, rel=0.01)
    assert find(body, "//w:p/w:pPr/w:pStyle[@w:val='Figure']")[0].tag == f"{W}pStyle"


def test_pictures_in_prose_begin_where_it_does_and_end_within_the_measure(tmp_path: Path) -> None:
    picture = f'<img src="{photo(tmp_path, "wide.png", (3000, 500))}" alt="图">'
    quoted = f"<blockquote><p>{picture}</p></blockquote>"
    listed = f"<ul><li><p>甲</p><p>{picture}</p><ul><li><p>乙</p><p>{picture}</p></li></ul></li></ul>"
    prose = f'<div class="prose"><p>{picture}</p>{quoted}{listed}<p>文字{picture}</p></div>'
    body, measure = body_of(page(prose), folder=tmp_path), tokens().length("measure")
    inches = [int(width) / 12700 for width in values(body, "//wp:inline/wp:extent/@cx")]
    size = tokens().length("size-body")
    assert inches == pytest.approx([measure - size * indent for indent in (0, 2.86, 2, 4, 0)], abs=0.01)
    paragraphs = find(body, "//w:p[.//wp:inline]")
    first_lines = [values(paragraph, "w:pPr/w:ind/@w:firstLineChars") for paragraph in paragraphs]
    assert first_lines == [["0"], [], [], [], []]


def test_pictures_of_the_same_digest_share_a_relationship(tmp_path: Path) -> None:
    source = photo(tmp_path, "a.jpg")
    document, _ = written(page(portrait(source) * 3), folder=tmp_path)
    digest = hashlib.sha256((tmp_path / source).read_bytes()).hexdigest()
    embedded = values(part(document, "word/document.xml"), "//a:blip/@r:embed")
    assert len(embedded) == 3
    assert len(set(embedded)) == 1, digest


def test_what_leads_in_to_a_list_or_a_table_stays_with_it() -> None:
    table = "<table><tr><td>一</td></tr></table>"
    prose = (
        f"<p>有三：</p><ul><li>甲</li></ul><p>如下:</p>{table}<p>没有。</p><ul><li>乙</li></ul><p>又说：</p><p>丙</p>"
    )
    body = body_of(page(f'<div class="prose">{prose}</div>'))
    kept = ["".join(values(each, ".//w:t/text()")) for each in find(body, "//w:p[w:pPr/w:keepNext]")]
    assert kept == ["有三：", "如下:"]

"""Pictures of a copy: the same one encoded anew is no change; replaced, deleted and added ones are seen."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.review.copies import AUTHOR, merged, planned, publication, rewritten, sent_copy, shown, snapshot

PHOTO = "photos/shan-wei.jpg"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)


def with_media(copy: Path, change: Callable[[bytes], bytes]) -> Path:
    """The copy with the bytes of its pictures changed, as "change picture" and compression do."""
    target = copy.with_name("media.docx")
    with zipfile.ZipFile(copy) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            after.writestr(entry.filename, change(content) if entry.filename.endswith(".jpeg") else content)
    return target


def encoded_anew(content: bytes) -> bytes:
    target = BytesIO()
    with Image.open(BytesIO(content)) as image:
        image.resize((image.width // 2, image.height // 2)).save(target, "JPEG", quality=60)
    return target.getvalue()


def another(content: bytes) -> bytes:
    target = BytesIO()
    Image.radial_gradient("L").convert("RGB").save(target, "JPEG")
    return target.getvalue()


def around_picture(copy: Path, before: str, after: str, *, again: str = "") -> Path:
    """The copy with the run of its first portrait put between `before` and `after`."""

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        start = text.rindex("<w:r>", 0, text.index("<wp:inline"))
        end = text.index("</w:r>", start) + len("</w:r>")
        run = text[start:end]
        return text[:start] + before + run + after + (again.replace("RUN", run) if again else "") + text[end:]

    return rewritten(copy, change, "picture.docx")


def found(copy: Path) -> list[tuple[str, str, str]]:
    edits = shown(copy)
    assert (edits.fields, edits.outside) == ((), ())
    return [(each.kind, each.source, each.author) for each in edits.pictures]


def test_a_picture_that_word_compressed_is_no_change(content: Path) -> None:
    assert found(with_media(sent_copy(content), encoded_anew)) == []


def test_a_replaced_picture_is_reported_with_its_file_and_not_written(content: Path) -> None:
    copy = with_media(sent_copy(content), another)
    assert ("replaced", PHOTO, "") in found(copy)
    before = snapshot(content)
    plan = merged(content, copy)
    assert snapshot(content) == before
    assert plan.notes[0].code == "HK076"
    assert PHOTO in plan.notes[0].message
    assert "word/media/image" in plan.notes[0].hint
    assert plan.pending == ((PHOTO,),)


def test_a_picture_put_in_place_by_hand_is_not_asked_for_again(content: Path) -> None:
    copy = with_media(sent_copy(content), another)
    with zipfile.ZipFile(copy) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".jpeg"))
        (content / PHOTO).write_bytes(archive.read(name))
    plan = planned(content, copy)
    assert (plan.notes, plan.pending) == ((), ((),))


def test_a_deleted_picture_is_reported_with_its_author(content: Path) -> None:
    copy = around_picture(sent_copy(content), f'<w:del w:id="900" {AUTHOR}>', "</w:del>")
    assert found(copy) == [("deleted", PHOTO, "林编辑")]
    assert "was deleted by 林编辑" in merged(content, copy).notes[0].message


def test_a_picture_deleted_with_tracking_off_is_found(content: Path) -> None:
    copy = around_picture(sent_copy(content), "<!--", "-->")
    assert found(copy) == [("deleted", PHOTO, "")]


def test_a_tracked_replacement_is_one_edit(content: Path) -> None:
    again = f'<w:ins w:id="901" {AUTHOR}>RUN</w:ins>'
    copy = around_picture(sent_copy(content), f'<w:del w:id="900" {AUTHOR}>', "</w:del>", again=again)
    assert found(copy) == [("replaced", PHOTO, "林编辑")]


def test_an_added_picture_is_reported(content: Path) -> None:
    copy = around_picture(sent_copy(content), "", "", again=f'<w:ins w:id="901" {AUTHOR}>RUN</w:ins>')
    assert found(copy) == [("added", "", "林编辑")]


def test_a_picture_pasted_into_a_text_does_not_hold_back_its_words(content: Path) -> None:
    """Alone in a paragraph, and behind changed words: the words are merged, the pictures reported."""

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        start = text.rindex("<w:r>", 0, text.index("<wp:inline"))
        run = text[start : text.index("</w:r>", start) + len("</w:r>")]
        place = text.rindex("城市依海而兴。")
        end = text.index("</w:p>", place)
        return (
            text[:place]
            + "城市依海岸而兴。"
            + text[place + len("城市依海而兴。") : end]
            + f"{run}</w:p><w:p>{run}"
            + text[end:]
        )

    copy = rewritten(sent_copy(content), change)
    assert [each.kind for each in shown(copy).pictures] == ["added", "added"]
    plan = merged(content, copy)
    assert plan.conflicts == ()
    text = (content / "summaries/shan-wei.md").read_text(encoding="utf-8")
    assert text.endswith("---\n\n城市依海岸而兴。\n\n- 第一，护岸。\n- 第二，护湾。\n")

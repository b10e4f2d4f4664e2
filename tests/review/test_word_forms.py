"""The forms that Word and WPS write, each by hand: split runs, moves, nested authors, fields, comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huikan.review.copy import read_copy
from huikan.review.edits import read_edits
from tests.review.copies import (
    AUTHOR,
    OTHER,
    SUMMARY,
    changed_lines,
    commented,
    deleted,
    edited,
    inserted,
    merged,
    publication,
    rewritten,
    sent_copy,
    shown,
    split_run,
)

SENTENCE = "城市依海而兴。"
KEY = "summaries/shan-wei.md#"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return publication(tmp_path)


def result(content: Path, copy: Path) -> list[str]:
    plan = merged(content, copy)
    assert not plan.conflicts
    return changed_lines(plan)


def test_runs_split_by_proofing_and_revision_ids_are_no_change(content: Path) -> None:
    split = (
        '城市</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:t>依海</w:t></w:r>'
        '<w:proofErr w:type="spellEnd"/><w:smartTag w:uri="urn:x" w:element="place"><w:r><w:lastRenderedPageBreak/>'
        "<w:t>而兴。"
    )
    copy = edited(sent_copy(content), (f"{SENTENCE}</w:t></w:r>", f"{split}</w:t></w:r></w:smartTag>"))
    assert shown(copy).fields == ()


def test_words_in_alternate_content_and_controls_are_read_once(content: Path) -> None:
    new = (
        "城市</w:t></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:r>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="w16"><w:t>依海</w:t></mc:Choice><mc:Fallback><w:t>依海</w:t></mc:Fallback>'
        "</mc:AlternateContent></w:r></w:sdtContent></w:sdt><w:r><w:t>而兴。"
    )
    assert shown(edited(sent_copy(content), (SENTENCE, new))).fields == ()


def test_a_move_is_two_changes_and_one_result(content: Path) -> None:
    copy = edited(
        sent_copy(content),
        (
            SENTENCE,
            f'</w:t></w:r><w:moveFromRangeStart w:id="1" w:name="move1" {AUTHOR}/>'
            f'<w:moveFrom w:id="2" {AUTHOR}><w:r><w:t>城市</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id="1"/>'
            f'<w:r><w:t>依海</w:t></w:r><w:moveToRangeStart w:id="3" w:name="move1" {AUTHOR}/>'
            f'<w:moveTo w:id="4" {AUTHOR}><w:r><w:t>城市</w:t></w:r></w:moveTo><w:moveToRangeEnd w:id="3"/>'
            "<w:r><w:t>而兴。",
        ),
    )
    (edit,) = shown(copy).fields
    assert [(each.kind, each.before + each.after) for each in edit.changes] == [
        ("move-from", "城市"),
        ("move-to", "城市"),
    ]
    assert not edit.untracked
    assert result(content, copy) == [f"-{SENTENCE}", "+依海城市而兴。"]


def test_one_author_deletes_what_another_inserted(content: Path) -> None:
    nested = (
        f'<w:ins w:id="1" {AUTHOR}><w:r><w:t>老</w:t></w:r><w:del w:id="2" {OTHER}><w:r><w:delText>大</w:delText></w:r>'
        "</w:del></w:ins>"
    )
    copy = edited(sent_copy(content), (SENTENCE, split_run("", nested) + SENTENCE))
    assert result(content, copy) == [f"-{SENTENCE}", f"+老{SENTENCE}"]


def test_a_split_and_a_joined_paragraph(content: Path) -> None:
    mark = f'<w:p><w:pPr><w:rPr><w:ins w:id="7" {AUTHOR}/></w:rPr></w:pPr><w:r><w:t>'
    copy = sent_copy(content)

    def split(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        before, after = text.split(SENTENCE)
        start = before.rindex("<w:p>")
        properties = before[start:]
        first = properties.replace("</w:pPr>", f'<w:rPr><w:ins w:id="7" {AUTHOR}/></w:rPr></w:pPr>', 1)
        return (
            before[:start]
            + first
            + "城市依海</w:t></w:r></w:p>"
            + mark.split("<w:rPr>")[0]
            + ("</w:pPr><w:r><w:t>而兴。" + after)
        )

    assert result(content, rewritten(copy, split)) == [f"-{SENTENCE}", "+城市依海", "+", "+而兴。"]


def test_a_deletion_inside_a_field_touches_no_words_of_content(content: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x.org" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>依</w:t></w:r>{deleted("海")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    copy = edited(sent_copy(content), (SENTENCE, split_run("城市", field) + "而兴。"))
    assert result(content, copy) == [f"-{SENTENCE}", "+城市依而兴。"]


def test_emphasis_ending_in_chinese_punctuation_is_written_so_that_it_is_read(content: Path) -> None:
    bold = (
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="5" ' + AUTHOR + "><w:rPr/></w:rPrChange></w:rPr><w:t>（依海）</w:t></w:r>"
    )
    summary = content / "summaries" / "shan-wei.md"
    summary.write_text(summary.read_text(encoding="utf-8").replace("依海", "（依海）"), encoding="utf-8")
    copy = edited(sent_copy(content), ("城市（依海）而兴。", split_run("城市", bold) + "而兴。"))
    (edit,) = shown(copy).fields
    assert [(each.kind, each.after) for each in edit.changes] == [("emphasis", "**（依海）**")]
    assert merged(content, copy).files
    assert not merged(content, copy).files
    (again,) = shown(copy).fields
    assert again.edited == edit.edited


def test_text_typed_over_a_whole_title_after_its_bookmark_belongs_to_it(content: Path) -> None:
    copy = sent_copy(content)

    def change(name: str, text: str) -> str:
        if name != "word/document.xml":
            return text
        at = text.rindex("<w:t>海岸与城市</w:t></w:r>")
        end = text.index("/>", text.index("<w:bookmarkEnd", at)) + 2
        gone = text[at:end].replace("<w:t>海岸与城市</w:t></w:r>", "<w:t></w:t></w:r>" + deleted("海岸与城市"))
        return text[:at] + gone + inserted("潮汐与人") + text[end:]

    lines = result(content, rewritten(copy, change))
    assert [line.strip() for line in lines] == [
        "-        topic: {zh: 海岸与城市, en: Coast and City}",
        "+        topic: {zh: 潮汐与人, en: Coast and City}",
    ]


def test_comments_with_replies_and_resolved_threads(content: Path) -> None:
    said = [("林编辑", "此处是否准确？", ""), ("Ada", "已核对。", "0")]
    copy = commented(sent_copy(content), SENTENCE, "依海", said, resolved=True)
    edits, comments = shown(copy), read_copy(copy).comments
    assert edits.fields == ()
    assert [(each.author, each.text, each.parent, each.resolved) for each in comments] == [
        ("林编辑", "此处是否准确？", "", True),
        ("Ada", "已核对。", "0", True),
    ]
    assert (edits.comments[0].fields, edits.comments[0].words) == (("summaries/shan-wei.md#1",), "依海")


TABLE = "\n| 港 | 厘米 |\n|---|---|\n| 东港 | 30 |\n| 西港 | 40 |\n"
ROW = r"<w:tr(?: [^>]*)?>(?:(?!</w:tr>).)*{}.*?</w:tr>"


@pytest.mark.parametrize("kind", ["ins", "del"])
def test_a_row_marked_as_a_whole_is_not_lost(content: Path, kind: str) -> None:
    """Word may mark the row alone, and not each run in it."""
    summary = content / KEY.rstrip("#")
    summary.write_text(summary.read_text(encoding="utf-8") + TABLE, encoding="utf-8")

    def mark(part: str, text: str) -> str:
        if part != "word/document.xml":
            return text
        row = re.search(ROW.format("西港"), text, re.DOTALL)
        assert row
        opening, rest = re.match(r"(<w:tr(?: [^>]*)?>)(.*)", row[0], re.DOTALL).groups()  # type: ignore[union-attr]
        own, mark = re.match(r"(?:<w:trPr>(.*?)</w:trPr>)?", rest, re.DOTALL), f'<w:{kind} w:id="9100" {AUTHOR}/>'
        assert own
        marked = f"{opening}<w:trPr>{own[1] or ''}{mark}</w:trPr>{rest[own.end() :]}"
        if kind == "ins":
            marked = row[0] + re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", marked).replace("西港", "南港")
        return text.replace(row[0], marked, 1)

    copy = rewritten(sent_copy(content), mark)
    (edit,) = shown(copy).fields
    (changed, *_) = (each.before + each.after for each in edit.changes)
    assert changed in {"西港", "南港"}
    assert not merged(content, copy).conflicts
    said = summary.read_text(encoding="utf-8")
    assert ("南港" in said, "西港" in said) == ((True, True) if kind == "ins" else (False, False))


def aligned(words: str, how: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="{how}"/></w:rPr><w:t>{words}</w:t></w:r>'


def test_raised_and_lowered_figures_are_the_characters_that_look_so(content: Path) -> None:
    new = split_run("城市", inserted("每m") + aligned("2", "superscript")) + "依海"
    new += f"</w:t></w:r>{aligned('2', 'subscript')}<w:r><w:t>"
    copy = edited(sent_copy(content), ("城市依海", new))
    assert result(content, copy) == ["-城市依海而兴。", "+城市每m²依海₂而兴。"]
    assert not merged(content, copy).files


def raised_with_tracking(content: Path) -> Path:
    """A figure of the text as sent, raised by somebody with tracking on."""
    (content / SUMMARY).write_text("---\nappearance: shan-wei\n---\n\n面积12 m2整。\n", encoding="utf-8")
    before = f'<w:rPrChange w:id="9300" {AUTHOR}><w:rPr/></w:rPrChange>'
    new = aligned("2", "superscript").replace("</w:rPr>", f"{before}</w:rPr>", 1)
    return edited(sent_copy(content), ("面积12 m2整", split_run("面积12 m", new) + "整"))


def test_a_figure_that_was_raised_with_tracking_on_is_a_change_of_its_author(content: Path) -> None:
    copy = raised_with_tracking(content)
    (edit,) = shown(copy).fields
    told = [(change.before, change.after, change.author) for change in edit.changes]
    assert told == [("2", "", "林编辑"), ("", "²", "林编辑")]
    assert not edit.untracked
    plan = merged(content, copy)
    assert changed_lines(plan) == ["-面积12 m2整。", "+面积12 m²整。"]
    assert not [note for note in plan.notes if "tracking off" in note.message]
    assert not merged(content, copy).files


def test_a_figure_that_somebody_raised_is_plain_when_their_changes_do_not_count(content: Path) -> None:
    copy = raised_with_tracking(content)
    edits = read_edits(read_copy(copy), lambda author: author != "林编辑")
    assert not [edit for edit in edits.fields if edit.is_changed]


def test_raised_letters_are_told_but_the_ordinals_that_word_raises(content: Path) -> None:
    new = split_run("城市", aligned("注", "superscript") + inserted("21") + aligned("st", "superscript")) + "依海"
    copy = edited(sent_copy(content), ("城市依海", new))
    assert [str(aside) for aside in shown(copy).asides] == ["raised words: “注”"]
    assert result(content, copy) == ["-城市依海而兴。", "+城市注21st依海而兴。"]


@pytest.mark.parametrize(
    "field",
    [
        '<w:fldSimple w:instr=" PAGEREF _x "><w:r><w:t>77</w:t></w:r></w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _x </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>77</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_the_number_of_a_page_put_into_a_text_is_told(content: Path, field: str) -> None:
    copy = edited(sent_copy(content), ("城市依海", split_run("城市", field) + "依海"))
    assert [str(aside) for aside in shown(copy).asides] == ["the number of a page in a text: “77 in 城市依海而兴。”"]

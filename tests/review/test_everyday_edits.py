"""What a secretariat does in Word every day, with tracking on and off: nothing is lost, doubled or put elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from huikan.build import BuildRequest, build
from tests.review.copies import SUMMARY, commented, merged, planned, sent_copy, settled, shown, text
from tests.review.word_edits import (
    NAMES,
    TRACKED,
    changed,
    delete_paragraph,
    inserted,
    made,
    new_paragraph,
    paragraph,
    run,
    tag,
    words_of,
)

FIRST, SECOND, LAST = "城市依海而兴，港口随潮而变。", "Ports change with the tide. So do cities.", "末段说完。"
ONE, TWO = "第一，护岸。", "第二，护湾。"
PROSE = f"{FIRST}\n\n{SECOND}\n\n- {ONE}\n- {TWO}\n\n第三段几个字。\n\n{LAST}\n"


@pytest.fixture
def worded(content: Path) -> Path:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{PROSE}", encoding="utf-8")
    return content


def retype(element: etree._Element, words: str) -> None:
    for each in [*element.iter(tag("r"))][1:]:
        each.getparent().remove(each)  # type: ignore[union-attr]
    next(element.iter(tag("t"))).text = words


def speakers_heading(root: etree._Element, name: str) -> etree._Element:
    return next(each for each in root.iter(tag("p")) if words_of(each) == name and _style(each) == "Heading2")


def _style(element: etree._Element) -> str:
    style = element.find("w:pPr/w:pStyle", NAMES)
    return "" if style is None else style.get(tag("val"), "")


@pytest.mark.parametrize(
    "words", ["the  tide.  So do cities.", "the tide. So do cities.  ", "the\ttide. So do cities."]
)
def test_blanks_typed_twice_or_at_the_end_are_no_words(worded: Path, words: str) -> None:
    copy = changed(sent_copy(worded), lambda root: retype(paragraph(root, SECOND), f"Ports must change with {words}"))
    settled(worded, copy)
    assert text(worded) == PROSE.replace("Ports", "Ports must")


@pytest.mark.parametrize("tracked", [True, False])
def test_a_line_broken_by_hand_in_a_text_is_broken_there(worded: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        element = paragraph(root, FIRST)
        retype(element, "城市依海而兴，")
        own = next(element.iter(tag("r")))
        own.addnext(run("港口随潮而变。"))
        line = made("r", made("br"))
        own.addnext(inserted(line) if tracked else line)

    settled(worded, changed(sent_copy(worded), change))
    assert text(worded) == PROSE.replace("而兴，", "而兴，\\\n")


def test_a_line_broken_by_hand_in_a_title_is_told(content: Path) -> None:
    def change(root: etree._Element) -> None:
        element = paragraph(root, "海岸与城市")
        retype(element, "海岸")
        own = next(element.iter(tag("r")))
        own.addnext(run("与城市"))
        own.addnext(made("r", made("br")))

    plan = planned(content, changed(sent_copy(content), change))
    assert not plan.files
    assert any("a line break is left to the typesetter: “海岸 ⏎ 与城市”" in note.message for note in plan.notes)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("item", [ONE, TWO])
def test_an_item_that_was_deleted_takes_nothing_with_it(worded: Path, item: str, tracked: bool) -> None:
    settled(worded, changed(sent_copy(worded), lambda root: delete_paragraph(paragraph(root, item), tracked=tracked)))
    assert text(worded) == PROSE.replace(f"- {item}\n", "")


def test_a_list_deleted_whole_leaves_the_paragraphs_around_it(worded: Path) -> None:
    def change(root: etree._Element) -> None:
        for item in (ONE, TWO):
            delete_paragraph(paragraph(root, item), tracked=False)

    settled(worded, changed(sent_copy(worded), change))
    assert text(worded) == PROSE.replace(f"- {ONE}\n- {TWO}\n\n", "")


def test_a_paragraph_written_anew_with_no_letter_of_the_old_is_that_paragraph(worded: Path) -> None:
    copy = changed(sent_copy(worded), lambda root: retype(paragraph(root, LAST), "四格起首"))
    assert shown(copy).outside == ()
    settled(worded, copy)
    assert text(worded) == PROSE.replace(LAST, "四格起首")


def test_an_item_moved_among_paragraphs_is_still_an_item(worded: Path) -> None:
    def change(root: etree._Element) -> None:
        paragraph(root, LAST).addnext(paragraph(root, ONE))

    settled(worded, changed(sent_copy(worded), change))
    assert text(worded) == PROSE.replace(f"- {ONE}\n", "") + f"\n- {ONE}\n"


def test_a_paragraph_pasted_below_a_list_in_no_style_is_no_item(worded: Path) -> None:
    def change(root: etree._Element) -> None:
        paragraph(root, TWO).addnext(made("p", made("pPr", made("jc", val="center")), run("粘贴的一段。")))

    settled(worded, changed(sent_copy(worded), change))
    assert f"- {TWO}\n\n粘贴的一段。\n\n第三段" in text(worded)


@pytest.mark.parametrize("tracked", [True, False])
def test_a_text_typed_for_a_speaker_without_one_is_not_given_to_the_next(content: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        caption = next(each for each in speakers_heading(root, "Ada Osei").itersiblings() if _style(each) == "Caption")
        caption.addnext(new_paragraph(paragraph(root, "城市依海而兴。"), "新写的摘要。", tracked=tracked))

    copy = changed(sent_copy(content), change)
    plan = planned(content, copy)
    assert not plan.files
    assert not any("单伟" in each.message for each in plan.conflicts)
    assert any("新写的摘要。" in note.message for note in plan.notes)


def test_nobody_approves_by_a_copy_with_a_text_that_is_not_merged(content: Path) -> None:
    output = content.parent / "output"
    (built,) = build(BuildRequest(content, output, languages=("zh-Hans",), only=("ada-osei",))).files

    def change(root: etree._Element) -> None:
        caption = next(each for each in speakers_heading(root, "Ada Osei").itersiblings() if _style(each) == "Caption")
        caption.addnext(new_paragraph(caption, "新写的摘要。", style="BodyText"))

    plan = planned(content, changed(output / built.name, change), approve=True)
    assert not plan.files
    assert any("ada-osei is not marked" in note.message for note in plan.notes)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("at_the_start", [True, False])
def test_a_paragraph_before_or_behind_everything_is_told(content: Path, at_the_start: bool, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        new = new_paragraph(paragraph(root, "城市依海而兴。"), "请寄样书三册。", tracked=tracked)
        body = root[0]
        if at_the_start:
            body.insert(0, new)
        else:
            body[-1].addprevious(new)

    plan = planned(content, changed(sent_copy(content), change))
    assert not plan.files
    told = [note.message for note in (*plan.notes, *plan.conflicts) if "请寄样书三册。" in note.message]
    assert told


def test_a_rank_typed_between_body_and_office_belongs_to_the_office(content: Path) -> None:
    def change(root: etree._Element) -> None:
        for piece in root.iter(tag("t")):
            piece.text = (piece.text or "").replace("海岸研究所所长", "海岸研究所副所长")

    merged(content, changed(sent_copy(content), change))
    assert "title: {zh: [海岸研究所, 副所长], en: Director}" in (content / "people.yaml").read_text(encoding="utf-8")


def test_hidden_words_and_signs_of_a_face_of_its_own_are_told_and_not_printed(worded: Path) -> None:
    def change(root: etree._Element) -> None:
        hidden = run("隐藏文字")
        hidden.insert(0, made("rPr", made("vanish")))
        paragraph(root, FIRST).append(hidden)
        paragraph(root, LAST).append(made("r", made("sym", font="Wingdings", char="F0FC")))
        paragraph(root, LAST).append(made("r", made("sym", font="Wingdings", char="F04A")))

    copy = changed(sent_copy(worded), change)
    assert [str(aside) for aside in shown(copy).asides] == [
        "hidden words: “隐藏文字”",
        "a symbol of a face of its own: “Wingdings F04A”",
    ]
    settled(worded, copy)
    assert text(worded) == PROSE.replace(LAST, f"{LAST}✓")


def test_formats_that_say_nothing_are_no_edit(worded: Path) -> None:
    """Another face, size, colour; an indent; a page or section break; empty paragraphs; a tracked format."""

    def change(root: etree._Element) -> None:
        first, last = paragraph(root, FIRST), paragraph(root, LAST)
        own = next(first.iter(tag("r")))
        was = made("rPrChange", made("rPr"), **TRACKED)
        look = (made("rFonts", eastAsia="楷体"), made("color", val="FF0000"), made("sz", val="32"), was)
        own.insert(0, made("rPr", *look))
        own.addprevious(made("r", made("br", type="page")))
        first.find("w:pPr", NAMES).append(made("pPrChange", made("pPr"), **TRACKED))  # type: ignore[union-attr]
        next(last.iter(tag("t"))).text = "　　" + LAST
        last.addprevious(made("p"))
        paragraph(root, SECOND).find("w:pPr", NAMES).append(made("sectPr"))  # type: ignore[union-attr]

    copy = changed(sent_copy(worded), change)
    assert not any(edit.is_changed and "　" not in "".join(x for x, _ in edit.edited) for edit in shown(copy).fields)
    assert not planned(worded, copy).files


@pytest.mark.parametrize(
    "new", [FIRST.replace("，", ","), FIRST.replace("。", "！"), "城市\u00a0依海而兴，港口随潮而变。"]
)
def test_full_and_half_width_punctuation_and_hard_blanks_are_merged_as_typed(worded: Path, new: str) -> None:
    settled(worded, changed(sent_copy(worded), lambda root: retype(paragraph(root, FIRST), new)))
    assert text(worded) == PROSE.replace(FIRST, new)


def test_half_of_the_changes_accepted_and_half_left_are_both_merged(worded: Path) -> None:
    def change(root: etree._Element) -> None:
        retype(paragraph(root, SECOND), SECOND.replace("cities", "towns"))
        own = next(paragraph(root, FIRST).iter(tag("r")))
        own.addnext(inserted(run("灯塔长明。")))

    copy = changed(sent_copy(worded), change)
    (edit,) = shown(copy).fields
    assert edit.untracked
    assert edit.authors == {"林编辑"}
    settled(worded, copy)
    assert text(worded) == PROSE.replace(FIRST, FIRST + "灯塔长明。").replace("cities", "towns")


def test_a_comment_on_words_that_were_deleted_is_kept_with_its_field(worded: Path) -> None:
    copy = commented(sent_copy(worded), FIRST, "依海", [("林编辑", "删去可否？", ""), ("Ada", "可。", "0")])

    def change(root: etree._Element) -> None:
        element = next(each for each in root.iter(tag("p")) if words_of(each) == FIRST)
        own = next(each for each in element.iter(tag("r")) if words_of(each) == "依海")
        own.getparent().remove(own)  # type: ignore[union-attr]

    edits = shown(changed(copy, change))
    assert edits.comments[0].fields == ("summaries/shan-wei.md#1",)
    assert merged(worded, changed(copy, change), keep_comments=True).files
    assert "Ada 2024-11-07: 可。" in (worded / SUMMARY).read_text(encoding="utf-8")
    assert text(worded).startswith("城市而兴，")


@pytest.mark.parametrize("tracked", [True, False])
def test_a_text_written_anew_is_running_text_though_the_old_one_had_items(worded: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        first = paragraph(root, FIRST)
        for words in ("全新第一段。", "全新第二段。"):
            first.addprevious(new_paragraph(first, words, tracked=tracked))
        for words in (FIRST, SECOND, ONE, TWO, "第三段几个字。", LAST):
            delete_paragraph(paragraph(root, words), tracked=tracked)

    settled(worded, changed(sent_copy(worded), change))
    assert text(worded) == "全新第一段。\n\n全新第二段。\n"

"""The numbers of a list stand in its source as they are printed, whatever was typed in Word."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from huikan.review.list_numbers import counted_on
from tests.review.copies import SUMMARY, merged, sent_copy, text
from tests.review.word_edits import changed, delete_paragraph, move_tracked, new_paragraph, paragraph


def written(content: Path, prose: str) -> Path:
    (content / SUMMARY).write_text(f"---\nappearance: shan-wei\n---\n\n{prose}", encoding="utf-8")
    return sent_copy(content)


def beside(copy: Path, item: str, new: str, *, above: bool, tracked: bool = False) -> Path:
    def change(root: etree._Element) -> None:
        own = paragraph(root, item)
        (own.addprevious if above else own.addnext)(new_paragraph(own, new, tracked=tracked))

    return changed(copy, change)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    ("prose", "item", "above", "expected"),
    [
        ("末段。\n\n3. 子\n4. 丑\n\n尾段。\n", "子", True, "末段。\n\n3. 新\n4. 子\n5. 丑\n\n尾段。\n"),
        ("末段。\n\n1. 子\n2. 丑\n3. 寅\n", "子", False, "末段。\n\n1. 子\n2. 新\n3. 丑\n4. 寅\n"),
        ("末段。\n\n1. 子\n", "子", True, "末段。\n\n1. 新\n2. 子\n"),
        ("末段。\n\n1) 子\n2) 丑\n", "子", False, "末段。\n\n1) 子\n2) 新\n3) 丑\n"),
        (
            "8. 子\n9. 丑\n   丑续。\n\n   丑段。\n10. 寅\n",
            "子",
            False,
            "8. 子\n9. 新\n10. 丑\n    丑续。\n\n    丑段。\n11. 寅\n",
        ),
        ("> 1. 子\n> 2. 丑\n", "子", False, "> 1. 子\n> 2. 新\n> 3. 丑\n"),
        ("1. 子\n   1. 内一\n   2. 内二\n2. 丑\n", "内一", False, "1. 子\n   1. 内一\n   2. 新\n   3. 内二\n2. 丑\n"),
    ],
)
def test_numbers_count_on_behind_a_new_item(
    content: Path, prose: str, item: str, above: bool, expected: str, tracked: bool
) -> None:
    copy = beside(written(content, prose), item, "新", above=above, tracked=tracked)
    assert not merged(content, copy).conflicts
    assert text(content) == expected
    assert not merged(content, copy).files


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("1. 子\n1. 丑\n1. 寅\n", "1. 子\n1. 新\n1. 丑\n1. 寅\n"),
        ("1. 子\n2. 丑\n\n末段。\n\n1. 甲\n1. 乙\n", "1. 子\n2. 新\n3. 丑\n\n末段。\n\n1. 甲\n1. 乙\n"),
    ],
)
def test_lists_whose_numbers_are_all_alike_stay_so(content: Path, prose: str, expected: str) -> None:
    copy = beside(written(content, prose), "子", "新", above=False)
    assert not merged(content, copy).conflicts
    assert text(content) == expected


TWO_LISTS = "1. 子\n2. 丑\n\n中段。\n\n5. 辰\n6. 巳\n7. 午\n\n末段。\n"


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize(
    ("prose", "gone", "expected"),
    [
        ("1. 子\n2. 丑\n3. 寅\n\n末段。\n\n1. 甲\n2. 乙\n", ("子",), "1. 丑\n2. 寅\n\n末段。\n\n1. 甲\n2. 乙\n"),
        ("1. 子\n2. 丑\n3. 寅\n\n末段。\n\n2. 甲\n3. 乙\n", ("子",), "1. 丑\n2. 寅\n\n末段。\n\n2. 甲\n3. 乙\n"),
        ("1. 子\n2. 丑\n3. 寅\n", ("子", "丑"), "1. 寅\n"),
        ("末段。\n\n5) 子\n6) 丑\n7) 寅\n", ("子",), "末段。\n\n5) 丑\n6) 寅\n"),
        ("1. 子\n\n   1. 港\n   2. 湾\n\n2. 丑\n", ("港",), "1. 子\n\n   1. 湾\n\n2. 丑\n"),
        ("9. 子\n10. 丑\n    丑续。\n\n    丑段。\n", ("子",), "9. 丑\n   丑续。\n\n   丑段。\n"),
        (TWO_LISTS, ("辰",), TWO_LISTS.replace("5. 辰\n6. 巳\n7. 午", "5. 巳\n6. 午")),
        (TWO_LISTS, ("子",), TWO_LISTS.replace("1. 子\n2. 丑", "1. 丑")),
        ("1. 子\n2. 丑\n\n末段。\n\n1. 辰\n2. 巳\n", ("辰",), "1. 子\n2. 丑\n\n末段。\n\n1. 巳\n"),
        ("1. 子\n2. 丑\n\n末段。\n\n3. 甲\n4. 乙\n", ("子",), "1. 丑\n\n末段。\n\n3. 甲\n4. 乙\n"),
    ],
)
def test_a_list_that_lost_its_first_items_begins_with_its_number(
    content: Path, prose: str, gone: tuple[str, ...], expected: str, tracked: bool
) -> None:
    def change(root: etree._Element) -> None:
        for words in gone:
            delete_paragraph(paragraph(root, words), tracked=tracked)

    copy = changed(written(content, prose), change)
    assert not merged(content, copy).conflicts
    assert text(content) == expected
    assert not merged(content, copy).files


@pytest.mark.parametrize("tracked", [True, False])
def test_a_list_whose_first_item_was_moved_down_begins_with_its_number(content: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        if tracked:
            move_tracked(root, "子", "寅")
        else:
            paragraph(root, "寅").addnext(paragraph(root, "子"))

    copy = changed(written(content, "1. 子\n2. 丑\n3. 寅\n\n末段。\n"), change)
    assert not merged(content, copy).conflicts
    assert text(content) == "1. 丑\n2. 寅\n3. 子\n\n末段。\n"


@pytest.mark.parametrize("tracked", [True, False])
def test_the_second_half_of_a_divided_list_counts_on(content: Path, tracked: bool) -> None:
    def change(root: etree._Element) -> None:
        between = new_paragraph(paragraph(root, "末段。"), "新段。", tracked=tracked, style="Quote")
        paragraph(root, "丑").addnext(between)
        delete_paragraph(paragraph(root, "子"), tracked=tracked)

    copy = changed(written(content, "1. 子\n2. 丑\n3. 寅\n\n末段。\n"), change)
    assert not merged(content, copy).conflicts
    assert text(content) == "1. 丑\n\n> 新段。\n2. 寅\n\n末段。\n"


def test_the_second_part_of_a_list_that_was_divided_goes_on() -> None:
    made = "1. 辰\n\n间段。\n\n2. 巳\n3. 午\n"
    assert counted_on("1. 辰\n2. 巳\n3. 午\n", made) == made

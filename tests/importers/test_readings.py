"""Surnames that common words mislead, in the order of the name index."""

from __future__ import annotations

import pytest

from huikan.content.readings import initial, reading, sort_key, surname


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("单伟", "shan wei"), ("曾明", "zeng ming"), ("仇英", "qiu ying"), ("解珍", "xie zhen"), ("区伟", "ou wei"),
        ("查良", "zha liang"), ("乐毅", "yue yi"), ("朴明", "piao ming"), ("盖文", "ge wen"), ("任静", "ren jing"),
        ("尉迟明", "yu chi ming"), ("万俟清", "mo qi qing"), ("长孙宁", "zhang sun ning"), ("缪文", "miao wen"),
        ("翟明", "zhai ming"), ("覃文", "qin wen"), ("冼星", "xian xing"), ("员明", "yun ming"), ("黑明", "he ming"),
        ("秘明", "bi ming"), ("折明", "she ming"), ("繁明", "po ming"), ("种明", "chong ming"), ("句明", "gou ming"),
        ("单于明", "chan yu ming"), ("令狐冲", "ling hu chong"), ("澹台明", "tan tai ming"), ("费明", "fei ming"),
    ],
)  # fmt: skip
def test_a_surname_has_its_own_reading(name: str, said: str) -> None:
    assert reading(name) == said
    assert initial(name) == said[0].upper()


def test_a_given_name_is_read_as_in_words() -> None:
    assert reading("王单乐") == "wang dan le"


def test_an_override_wins() -> None:
    assert reading("覃文", "Tan Wen") == "tan wen"


def test_foreign_names_in_han_characters_have_no_surname_and_their_dot_is_not_read() -> None:
    assert surname("单·某") == ""
    assert reading("爱德·华") == "ai de hua"


def test_han_names_sort_by_reading_before_latin_names() -> None:
    names = ["Anna Lopez", "单伟", "陈东", "仇英", "曾明", "Zed", "安平"]
    assert sorted(names, key=sort_key) == ["安平", "陈东", "仇英", "单伟", "曾明", "Anna Lopez", "Zed"]

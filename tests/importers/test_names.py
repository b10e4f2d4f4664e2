"""Names and titles told apart, ids made from names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huikan.importers.names import NameAndTitle, person_slug, slug, split_caption_name, split_entry, unique


@pytest.mark.parametrize(
    ("line", "name", "title"),
    [
        ("王小川 某部司长", "王小川", "某部司长"),
        ("某部司长 王小川", "王小川", "某部司长"),
        ("刘 洁\t某市市长", "刘洁", "某市市长"),
        ("刘 洁 某市市长", "刘洁", "某市市长"),
        ("刘　洁　某市市长", "刘洁", "某市市长"),
        ("某市市长\t刘 洁", "刘洁", "某市市长"),
        ("Anna Maria Lopez 某署署长", "Anna Maria Lopez", "某署署长"),
        ("某署署长 Anna Maria Lopez", "Anna Maria Lopez", "某署署长"),
        ("安·贝克 某会秘书长", "安·贝克", "某会秘书长"),
        ("| 乐 山 | 某会会长 |", "乐山", "某会会长"),
        ("王小川（某部司长）", "王小川", "某部司长"),
        ("王小川，某部司长", "王小川", "某部司长"),
        ("王小川", "王小川", ""),
        ("John Smith, Professor of Law, Harbour University", "John Smith", "Professor of Law, Harbour University"),
        ("John Smith (Professor of Law)", "John Smith", "Professor of Law"),
        ("Mary-Ann O’Brien – Chief Engineer, Dock Ltd.", "Mary-Ann O’Brien", "Chief Engineer, Dock Ltd."),
        ("Prof. Ludwig van Aken: Harbour University", "Prof. Ludwig van Aken", "Harbour University"),
        ("Martin King, Jr., Partner, Law & Co.", "Martin King, Jr.", "Partner, Law & Co."),
        ("Professor of Law, John Smith", "John Smith", "Professor of Law"),
        ("Vice Mayor of Chengjiang\tLe Shan", "Le Shan", "Vice Mayor of Chengjiang"),
        ("Le Shan\tVice Mayor", "Le Shan", "Vice Mayor"),
        ("Smith, John", "Smith, John", ""),
        ("Maria del Rio Vega", "Maria del Rio Vega", ""),
        ("山本直人子 某厅驻华代表", "山本直人子", "某厅驻华代表"),
    ],
)
def test_a_programme_line_falls_into_name_and_title(line: str, name: str, title: str) -> None:
    entry = split_entry(line)
    assert (entry.name, entry.title) == (name, title)


def test_a_caption_is_split_by_the_names_of_the_programme() -> None:
    known = ["刘洁", "Anna Lopez"]
    assert split_caption_name("某市市长刘洁", known) == NameAndTitle("刘洁", "某市市长")
    assert split_caption_name("某市市长刘 洁", known) == NameAndTitle("刘洁", "某市市长")
    assert split_caption_name("某署署长 Anna Lopez", known) == NameAndTitle("Anna Lopez", "某署署长")
    assert split_caption_name("Anna Lopez, Director, Coast", known) == NameAndTitle("Anna Lopez", "Director, Coast")
    assert split_caption_name("刘洁 某市市长", known) == NameAndTitle("刘洁", "某市市长")


def test_an_unknown_name_in_a_caption_is_guessed_and_says_so() -> None:
    assert split_caption_name("某公司总经理费小满", []) == NameAndTitle("费小满", "某公司总经理", guessed=True)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("单小河", "shan-xiaohe"),
        ("欧阳远帆", "ouyang-yuanfan"),
        ("万俟清", "moqi-qing"),
        ("托马斯·林登", "tuomasi-lindeng"),
        ("José Ángel", "jose-angel"),
        ("★", "person"),
    ],
)
def test_ids_read_as_people_would_spell_the_name(name: str, id: str) -> None:
    assert person_slug(name) == id


@given(st.text(max_size=120))
def test_every_id_fits_the_model(name: str) -> None:
    for id in (person_slug(name), slug(name) or "x"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", unique(id, {id}))
        assert len(unique(id, {id})) <= 64

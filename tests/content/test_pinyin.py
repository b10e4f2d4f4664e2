"""Readings come from kept tables as pypinyin would give them."""

import random
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from huikan.content.pinyin import Tables, syllables, syllables_by, tables_of_pypinyin


@pytest.fixture(scope="module")
def tables() -> Tables:
    return tables_of_pypinyin()


def by_pypinyin(text: str) -> list[str]:
    return [str(syllable) for syllable in lazy_pinyin(text, style=Style.NORMAL)]


def test_every_character_is_read_as_by_pypinyin(tables: Tables) -> None:
    assert len(tables.characters) > 40_000
    for character in random.Random(1).sample(sorted(tables.characters), 4_000):
        assert syllables_by(tables, character) == by_pypinyin(character)


_WORDS = st.sampled_from(sorted(PHRASES_DICT))


@given(st.lists(_WORDS | _WORDS.map(lambda word: word[:-1]) | _WORDS.map(lambda word: word[1:]), max_size=3))
@example(["不亦乐"])
@example(["长", "乐"])
@example(["重庆", "行"])
def test_any_characters_are_read_as_by_pypinyin(tables: Tables, words: list[str]) -> None:
    text = "".join(words)
    if all(character in tables.characters for character in text):
        assert syllables_by(tables, text) == by_pypinyin(text)


@given(st.text(st.sampled_from("张三a 1·女略々") | st.characters(), max_size=6))
def test_what_is_not_all_han_is_read_by_pypinyin_itself(text: str) -> None:
    assert syllables(text) == by_pypinyin(text)


def test_readings_are_had_without_loading_pypinyin_once_they_are_kept() -> None:
    code = (
        "import sys; from huikan.content.pinyin import syllables; print(syllables('乐山'), 'pypinyin' in sys.modules)"
    )
    keeping = [sys.executable, "-c", f"import sys; sys.dont_write_bytecode = False; {code}"]
    subprocess.run(keeping, check=True, capture_output=True)
    told = subprocess.run(keeping, check=True, capture_output=True, text=True).stdout
    assert told.split() == ["['le',", "'shan']", "False"]

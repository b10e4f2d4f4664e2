"""The nearest of many names is the one that difflib would find, without comparing each of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huikan.check.nearest_name import NearestName
from tests.check.editing import found

LIKENESS = 0.85
ALIKE = st.lists(st.sampled_from(["wei", "wie", "li", "lin", "na", "fang ", "ann ", "son", "é", "-"]), max_size=7)


@settings(max_examples=300, deadline=None)
@given(
    names=st.lists(ALIKE.map("".join).filter(bool), max_size=25),
    words=st.lists(ALIKE.map("".join).filter(bool), max_size=5),
    likeness=st.sampled_from([0.6, LIKENESS, 0.95]),
)
def test_the_nearest_name_is_that_of_difflib(names: list[str], words: list[str], likeness: float) -> None:
    nearest = NearestName(names, likeness)
    for word in words * 2:
        expected = get_close_matches(word, names, n=1, cutoff=likeness)
        assert nearest.of(word) == (expected[0] if expected else "")


def test_names_a_letter_or_two_off_are_found_among_thousands_as_difflib_finds_them() -> None:
    chance = random.Random(7)
    names = sorted({_name(chance) for _ in range(2000)})
    nearest = NearestName(names, LIKENESS)
    for name in chance.sample(names, 25):
        at = chance.randrange(len(name))
        for word in (name[:at] + name[at + 1 :], f"{name[:at]}q{name[at:]}", name[:at] + "zy" + name[at + 2 :]):
            assert [nearest.of(word)] == (get_close_matches(word, names, n=1, cutoff=LIKENESS) or [""])


def test_misspelt_names_among_many_alike_are_told_without_comparing_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(11)
    names = sorted({_name(chance).title() for _ in range(300)})
    people = "".join(f"p{number}:\n  name: {name}\n" for number, name in enumerate(names))
    items = "".join(f"      - p{number}\n" for number in range(len(names)))
    programme = f"sessions:\n  - id: talks\n    kind: panel\n    title: Talks\n    items:\n{items}"
    told = "\n\n".join(f"On the coast {name[:-1]}e spoke." for name in names)
    compared: Counter[str] = Counter()
    for step in ("quick_ratio", "ratio"):
        original = getattr(SequenceMatcher, step)

        def counted(matcher: SequenceMatcher[str], original: Callable[..., float] = original) -> float:
            compared[matcher.a] += 1  # type: ignore[attr-defined]  # which typeshed does not name
            return original(matcher)

        monkeypatch.setattr(SequenceMatcher, step, counted)
    findings = found(
        tmp_path,
        "HK111",
        ("people.yaml", "", people + "lin-yue:\n  name: 林悦\n"),
        ("programme.yaml", "", programme),
        ("report.yaml", "", "title: 潮汐报告\nabstract: 潮汐。\n"),
        ("summaries/shan-wei.md", "", "---\nappearance: p0\n---\n\n海岸。\n"),
        ("summaries/shan-wei.en.md", "", told),
    )
    assert len(findings) > 200
    assert compared.total() < 20 * len(names)


def _name(chance: random.Random) -> str:
    syllables = ["wei", "fang", "na", "xiu", "ying", "min", "jing", "li"]
    first = chance.choice(syllables) + chance.choice(syllables) + chance.choice("bcdfghk")
    return f"{first} {chance.choice(['wang', 'li', 'zhang', 'johnson'])}"

"""How names are read, for the order of the name index: pinyin for Han names, then Latin names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from huikan.content.pinyin import syllables

if TYPE_CHECKING:
    from huikan.content.values import Text

SURNAMES = {
    # Several characters: read as a whole, and never split between surname and given name.
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "令狐": "ling hu",
    "单于": "chan yu",
    "拓跋": "tuo ba",
    "宇文": "yu wen",
    "鲜于": "xian yu",
    "呼延": "hu yan",
    "皇甫": "huang fu",
    "诸葛": "zhu ge",
    "夏侯": "xia hou",
    "欧阳": "ou yang",
    "上官": "shang guan",
    "司马": "si ma",
    "司徒": "si tu",
    "司空": "si kong",
    "慕容": "mu rong",
    "公孙": "gong sun",
    "公羊": "gong yang",
    "钟离": "zhong li",
    "东方": "dong fang",
    "西门": "xi men",
    "南宫": "nan gong",
    "端木": "duan mu",
    "轩辕": "xuan yuan",
    "申屠": "shen tu",
    "濮阳": "pu yang",
    "淳于": "chun yu",
    "赫连": "he lian",
    "独孤": "du gu",
    "闻人": "wen ren",
    "太史": "tai shi",
    # One character, read otherwise than in common words.
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "乐": "yue",
    "朴": "piao",
    "盖": "ge",
    "任": "ren",
    "缪": "miao",
    "翟": "zhai",
    "覃": "qin",
    "召": "shao",
    "冼": "xian",
    "洗": "xian",
    "员": "yun",
    "贠": "yun",
    "黑": "he",
    "秘": "bi",
    "折": "she",
    "繁": "po",
    "种": "chong",
    "祭": "zhai",
    "句": "gou",
    "隗": "wei",
    "郗": "xi",
    "钭": "tou",
    "訾": "zi",
    "宓": "mi",
    "薄": "bo",
    "柏": "bai",
    "尹": "yin",
    "燕": "yan",
    "应": "ying",
    "宁": "ning",
    "纪": "ji",
    "华": "hua",
    "费": "fei",
    "葛": "ge",
    "晁": "chao",
    "谌": "chen",
    "逄": "pang",
    "幺": "yao",
    "那": "na",
    "粘": "nian",
    "干": "gan",
    "曲": "qu",
    "车": "che",
    "强": "qiang",
    "过": "guo",
    "都": "du",
    "会": "kuai",
    "长": "chang",
    "石": "shi",
    "沈": "shen",
    "卜": "bu",
    "臧": "zang",
    "阚": "kan",
    "瞿": "qu",
    "冯": "feng",
    "贾": "jia",
    "尧": "yao",
    "叶": "ye",
    "宿": "su",
    "殷": "yin",
    "俞": "yu",
    "於": "yu",
    "佘": "she",
    "哈": "ha",
    "撒": "sa",
    "勾": "gou",
    "盛": "sheng",
}
"""Surname → pinyin without tones, its syllables set apart as `reading` sets them (spelling: GB/T 28039)."""

MIDDLE_DOTS = "·•‧・"
"""Characters typed between the parts of a foreign name in Han characters."""


def surname(name: str) -> str:
    """The surname of a Han name: two characters where they are one surname, else the first; `''` for others."""
    if not is_han(name) or any(dot in name for dot in MIDDLE_DOTS):
        return ""
    two = name[:2]
    return two if two in SURNAMES and len(two) == 2 and len(name) > 2 else name[:1]


_expected: list[Callable[[], Mapping[str, str]]] = []
_learnt: dict[str, str] = {}
"""What another process has made of names."""


def pinyin_of(names: Iterable[str]) -> dict[str, str]:
    """What pinyin makes of names, by name."""
    return {name: _pinyin(name) for name in names}


def han_names(names: Iterable[Text]) -> list[str]:
    """Those of the names, as written for every language or for Chinese, whose characters have readings."""
    written = {"".join(name.parts(key)) for name in names for key in ("", "zh")}
    return sorted(name for name in written if not name.isascii())


def expect(readings: Callable[[], Mapping[str, str]]) -> None:
    """Wait for these, which `pinyin_of` makes in a process that has its words loaded, when a reading is needed."""
    _expected.append(readings)


@lru_cache(maxsize=4096)
def _pinyin(name: str) -> str:
    if name.isascii():
        return name.strip() if any(sign.isalnum() for sign in name) else ""
    while _expected:
        _learnt.update(_expected.pop()())
    if name in _learnt:
        return _learnt[name]
    family = surname(name)
    rest = name[len(family) :]
    if family not in SURNAMES:
        family, rest = "", name
    said = " ".join(syllable.strip() for syllable in syllables(rest) if any(sign.isalnum() for sign in syllable))
    return " ".join(part for part in (SURNAMES.get(family, ""), said) if part)


def reading(name: str, override: str | None = None) -> str:
    """The reading of a name in lower-case Latin letters, syllables set apart by spaces; `override` wins.

    Han names are read with the surname's own reading (单 shan, 万俟 mo qi), tones dropped, ü as v.
    """
    return (override or _pinyin(name) or name).casefold()


def is_han(name: str) -> bool:
    """Whether the name begins with a Han character."""
    return bool(name) and ("\u3400" <= name[0] <= "\u9fff" or "\U00020000" <= name[0] <= "\U0003ffff")


def sort_key(name: str, override: str | None = None) -> tuple[bool, str, str]:
    """Han names by reading, then Latin names; equal readings by the name itself."""
    return (not is_han(name), reading(name, override), name)


def initial(name: str, override: str | None = None) -> str:
    """The capital under which the name stands in the index."""
    return reading(name, override)[:1].upper()

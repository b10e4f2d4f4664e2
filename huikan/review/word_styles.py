"""What the styles of a reviewed copy mean, whatever the program that saved it calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOOKS = {
    "strong": "s",
    "emphasis": "e",
    "code": "c",
    "strong emphasis": "s",
    "要点": "s",
    "强调": "e",
    "加重": "s",
}
"""By the name of a character style in small letters."""
_CHINESE = {
    "正文文本": "Body Text",
    "列表项目符号": "List Bullet",
    "列表编号": "List Number",
    "列表段落": "List Paragraph",
    "列出段落": "List Paragraph",
    "引用": "Quote",
    "脚注文本": "Footnote Text",
    "题注": "Caption",
}
_CHINESE_HEADING = re.compile(r"标题 ?([1-9])")
_NAMES = (
    *("Body Text", "List Bullet", "List Number", "List Paragraph", "Quote", "Footnote Text", "Caption"),
    *(f"Heading {level}" for level in range(1, 10)),
)
_BY_SMALL_LETTERS = {name.lower(): name for name in _NAMES} | {"text body": "Body Text"}


@dataclass(frozen=True, slots=True)
class WordStyles:
    """`looks` are letters by the id of a character style, `names` those of paragraph styles by id."""

    looks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def name(self, id: str) -> str:
        """The name of a paragraph style as a copy was sent with it; its own for one that was not."""
        return self.names.get(id, id)


def read_styles(styles: etree._Element | None) -> WordStyles:
    """Of styles.xml."""
    looks: dict[str, str] = {}
    names: dict[str, str] = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        id, name = style.get(f"{_W}styleId", ""), style.find(f"{_W}name")
        words = name.get(f"{_W}val", "") if name is not None else ""
        if style.get(f"{_W}type") == "character" and words.lower() in _LOOKS:
            looks[id] = _LOOKS[words.lower()]
        elif style.get(f"{_W}type") == "paragraph":
            names[id] = _sent_name(words)
    return WordStyles(looks, names)


def _sent_name(words: str) -> str:
    """Word writes the names of its own styles in small letters, other programs as they like or in Chinese."""
    heading = _CHINESE_HEADING.fullmatch(words)
    return f"Heading {heading[1]}" if heading else _BY_SMALL_LETTERS.get(words.lower()) or _CHINESE.get(words, words)

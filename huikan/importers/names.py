"""Telling names from titles, and making ids from names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from huikan.content.readings import MIDDLE_DOTS, SURNAMES, is_han, reading, surname
from huikan.importers.source_text import compact, is_latin

MAX_ID = 64
"""Longest id of the content model, in characters."""

COMMON_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文"
    "牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲"
    "翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫"
    "米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥班"
    "况郁慕楚储宿苍鹿"
) | frozenset(SURNAMES)
_TITLE_END = re.compile(
    r"(长|主任|记者|代表|参赞|总裁|总监|教授|干事|主席|负责人|专家|大使|领事|顾问|经理|书记|委员|巡视员|调研员|专员|秘书"
    r"|院士|研究员|董事|合伙人|律师|工程师|分析师|创始人|官|讲师|博士|理事|主编|编辑|主持人|嘉宾|法官|检察官|[)）])$"
)
_TITLE_WORD = re.compile(
    r"(局长|司长|处长|部长|市长|省长|县长|院长|校长|会长|秘书长|理事长|董事长|所长|主任|记者|代表|参赞|总裁|总监|教授"
    r"|干事|主席|负责人|专家|大使|领事|顾问|经理|书记|委员|巡视员|调研员|专员|秘书|院士|研究员|董事|合伙人|律师|工程师"
    r"|创始人|官|讲师|博士|理事|主编|组长|队长|厅长|馆长|团长|[)）])"
)
_LATIN_TITLE = re.compile(
    r"\b(?:prof(?:essor)?|director|president|chair(?:man|woman|person)|secretary|ministers?|mayor|governor|ambassador|consul"
    r"|counsell?or|attach[ée]|dean|head|chief|officer|manager|partner|founder|co-founder|editor|journalist|researcher|fellow"
    r"|lawyer|judge|commissioner|representative|expert|engineer|scientist|lecturer|advis[eo]r|consultant|member|executive"
    r"|rector|vice|deputy|ceo|cto|cfo|coo|of|the|for|and|at|university|institute|company|ltd|inc|ministry|department"
    r"|office|bureau|association|centre|center|school|government)\b",
    re.IGNORECASE,
)
HONORIFIC = re.compile(r"^(?:(?:Prof|Dr|Mr|Mrs|Ms|Sir|Dame|Hon|H\.\s?E)\.?\s+)+")
_SUFFIX = re.compile(r"(?:,\s*(?:Jr|Sr)\.?|,\s*I{2,3}|,\s*IV)(?=,|$)")
_LATIN_GAP = re.compile(r"\s*[,:]\s+|\s+[-–—]+\s+")
_CELL = re.compile(r"\t+|\s*[|｜│]\s*|[ \u3000]{2,}|\u3000")
_BRACKETED = re.compile(r"^([^()（）]{1,40}?)\s*[(（](.+)[)）]$")
_COMMA = re.compile(r"^([^,，:：]{1,40}?)\s*[,，:：]\s*(.+)$")


@dataclass(frozen=True, slots=True)
class NameAndTitle:
    """A name and the title that stood beside it; `guessed` when the source left room for another reading.

    `latin` is the name in Latin letters that stood beside one in Han characters.
    """

    name: str
    title: str
    guessed: bool = False
    latin: str = ""


def split_entry(text: str) -> NameAndTitle:
    """Name and title of a programme line, in either order, set apart by a tab, table rules, or spaces.

    A Han name padded with spaces (刘 洁) loses them; the title keeps its characters.
    """
    cells = [cell.strip() for cell in _CELL.split(text) if cell.strip()]
    cells = _joined_padding(cells)
    if len(cells) == 1 and is_latin(text):
        return _of_latin(cells[0])
    if len(cells) < 2:
        cells = _joined_padding(" ".join(cells).split())
        return _of_words(cells, text)
    front = NameAndTitle(cells[0], " ".join(cells[1:]))
    back = NameAndTitle(cells[-1], " ".join(cells[:-1]))
    return _better(front, back)


def _joined_padding(cells: list[str]) -> list[str]:
    """`刘 洁` typed as one cell or as two: one name."""
    if len(cells) > 1 and all(len(cell) == 1 and is_han(cell) for cell in cells[:2]):
        cells = [cells[0] + cells[1], *cells[2:]]
    elif len(cells) > 1 and all(len(cell) == 1 and is_han(cell) for cell in cells[-2:]):
        cells = [*cells[:-2], cells[-2] + cells[-1]]
    return [compact(cell) if is_han(cell) and len(compact(cell)) <= 3 else cell for cell in cells]


def _of_words(words: list[str], text: str) -> NameAndTitle:
    if not words:
        return NameAndTitle(compact(text) or text, "", guessed=True)
    if len(words) == 1:
        return _of_one_word(words[0])
    lead = _run(words)
    trail = _run(list(reversed(words)))
    if lead == len(words):
        return NameAndTitle(" ".join(words), "", guessed=lead > 4)
    front = NameAndTitle(" ".join(words[: lead or 1]), " ".join(words[lead or 1 :]))
    back = NameAndTitle(" ".join(words[len(words) - (trail or 1) :]), " ".join(words[: len(words) - (trail or 1)]))
    return _better(front, back)


def _of_latin(text: str) -> NameAndTitle:
    """`John Smith, Professor of Law, …`, `John Smith (Professor)`, `John Smith – Professor`: the name, what follows."""
    bracketed = _BRACKETED.match(text)
    if bracketed and _is_latin_name(bracketed[1]):
        return NameAndTitle(bracketed[1], bracketed[2])
    suffix = _SUFFIX.search(text)
    gap = _LATIN_GAP.search(text, suffix.end() if suffix else 0)
    if not gap:
        words = text.split()
        return NameAndTitle(" ".join(words), "", guessed=len(words) > 4)
    name, title = text[: gap.start()], text[gap.end() :]
    if _is_latin_name(name.partition(",")[0]) or (" " not in name and _LATIN_TITLE.match(title)):
        return NameAndTitle(name, title)
    title, _, last = text.rpartition(", ")
    if _LATIN_TITLE.search(title) and _is_latin_name(last):
        return NameAndTitle(last, title, guessed=True)
    return NameAndTitle(" ".join(text.split()), "", guessed=True)


def has_post(text: str) -> bool:
    """Whether Latin words hold one that titles are made of: director, editor, university."""
    return bool(_LATIN_TITLE.search(text))


def _is_latin_name(text: str) -> bool:
    """Whether Latin words are a whole name: two to six, none of them a word of titles."""
    bare = HONORIFIC.sub("", text)
    return 2 <= len(bare.split()) <= 6 and likelihood(bare) == 3


def _run(words: list[str]) -> int:
    """How many words from the start are Latin: a name of several words."""
    return next((index for index, word in enumerate(words) if not is_latin(word)), len(words))


def _of_one_word(word: str) -> NameAndTitle:
    for pattern in (_BRACKETED, _COMMA):
        match = pattern.match(word)
        if match and likelihood(match[1]) >= 2:
            return NameAndTitle(match[1], match[2])
    if likelihood(word) >= 2:
        return NameAndTitle(word, "")
    return split_unknown(word)


def _better(front: NameAndTitle, back: NameAndTitle) -> NameAndTitle:
    ahead, behind = likelihood(front.name), likelihood(back.name)
    chosen = front if ahead >= behind else back
    unsure = max(ahead, behind) < 2 or (ahead == behind and bool(front.title))
    return NameAndTitle(chosen.name, chosen.title, guessed=unsure)


def likelihood(text: str) -> int:
    """How much a text looks like a person's name: 3 surely, 2 well, 1 perhaps, 0 no."""
    solid = compact(text)
    if is_latin(solid):
        words = text.split()
        shouted = (len(words) == 1 and solid.isupper()) or (len(words) > 1 and bool(_LATIN_TITLE.search(text)))
        return 1 if shouted or len(words) > 6 or len(solid) > 60 or any(sign.isdigit() for sign in solid) else 3
    if not is_han(solid):
        return 0
    if any(dot in solid for dot in MIDDLE_DOTS) and len(solid) <= 30:
        return 3
    if _TITLE_END.search(solid) or not all(is_han(sign) for sign in solid):
        return 0
    if 2 <= len(solid) <= 4:
        return 3 if surname(solid) in COMMON_SURNAMES else 2
    return 1 if len(solid) <= 7 else 0


def split_caption_name(text: str, known: Collection[str]) -> NameAndTitle:
    """Title and name of a caption line, which may touch: by the names the programme lists, else by their look."""
    solid = compact(text)
    for name in sorted(known, key=lambda name: (-len(compact(name)), name)):
        bare = compact(name)
        if bare and solid.endswith(bare):
            return NameAndTitle(name, _without_end(text, len(bare)))
    for name in sorted(known, key=lambda name: (-len(compact(name)), name)):
        bare = compact(name)
        if bare and solid.startswith(bare):
            return NameAndTitle(name, _without_end(text[::-1], len(bare))[::-1].lstrip(",，:：-–— "))
    if len(text.split()) > 1:
        entry = split_entry(text)
        return NameAndTitle(entry.name, entry.title, guessed=True)
    return split_unknown(text)


def _without_end(text: str, count: int) -> str:
    """The text without its last `count` characters that are not white space."""
    kept = text
    while count and kept:
        count -= not kept[-1].isspace()
        kept = kept[:-1]
    return kept.strip()


def split_unknown(text: str) -> NameAndTitle:
    """A guess at title and name that touch: the name is what follows the last word of a title."""
    for match in reversed(list(_TITLE_WORD.finditer(text))):
        rest = text[match.end() :]
        if likelihood(rest) >= 2:
            return NameAndTitle(rest, text[: match.end()], guessed=True)
    return NameAndTitle(text, "", guessed=True)


def slug(text: str) -> str:
    """Lower-case Latin letters, digits and single hyphens; Han characters by their reading; `''` if nothing is left."""
    said = reading(text)
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while words and len("-".join(words)) > MAX_ID - 4:
        words.pop()
    return "-".join(words) or re.sub(r"[^a-z0-9]", "", plain)[: MAX_ID - 4]


def person_slug(name: str) -> str:
    """`wang-zhicheng` for 王志成, `ouyang-xiu` for 欧阳修, the parts of foreign names as they are; else `person`."""
    name = HONORIFIC.sub("", name)
    family = surname(compact(name))
    if not family or (len(family) == 1 and len(compact(name)) > 4):
        foreign = (slug(part).replace("-", "") if is_han(part) else slug(part) for part in _name_parts(name))
        return slug(" ".join(part for part in foreign if part)) or "person"
    syllables = reading(compact(name)).split()
    head = "".join(syllables[: len(family)])
    return slug(f"{head} {''.join(syllables[len(family) :])}") or "person"


def _name_parts(name: str) -> Iterable[str]:
    return re.split(f"[{MIDDLE_DOTS}\\s]+", name)


def unique(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3`… if it is taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"

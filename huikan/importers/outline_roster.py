"""The lines of a list of people: who is a person with a title, what is a title alone, and what is prose."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from huikan.content.readings import MIDDLE_DOTS, is_han, surname
from huikan.importers.names import COMMON_SURNAMES, HONORIFIC, NameAndTitle, likelihood, split_entry, split_unknown
from huikan.importers.outline_grammar import bare_heading, ends_sentence
from huikan.importers.source_text import compact, is_latin

_POST = (
    r"(?:长|主任|记者|代表|参赞|总裁|总监|教授|干事|主席|负责人|专家|大使|领事|顾问|经理|书记|委员|巡视员|调研员|专员|秘书"
    r"|院士|研究员|董事|合伙人|律师|工程师|分析师|创始人|讲师|博士|理事|主编|编辑|主持人|法官|检察官|官员|学者|首席官|CEO)"
)
_BODY = (
    r"(?:大学|学院|研究院|研究所|公司|集团|中心|委员会|协会|学会|联盟|部|局|厅|委|办公室|银行|基金会|医院|社|馆|使馆)"
)
_HAN_TITLE = re.compile(rf"(?:{_POST}|{_BODY})(?:[（(][^（）()]*[）)])?$")
_SHORT_TITLE = (
    r"(?:常务|名誉)?(?:副|总|首席)?(?:[市省县区局司厅处部院校会所馆社]长|秘书长|董事长|理事长|教授|院士|博士|研究员|主任|总裁"
    r"|经理|主编|主席|书记|会长|代表|参赞|大使|专家|律师|工程师|先生|女士)"
)
_TOUCHING = re.compile(rf"^(?P<name>[\u3400-\u9fff]{{2,3}}?)(?P<title>{_SHORT_TITLE})$")
_TITLED_ACT = re.compile(
    rf"^(?P<people>[\u3400-\u9fff]{{2,3}}?{_SHORT_TITLE})(?:[作做]|发表)?"
    r"(?P<label>(?:欢迎|开幕|闭幕|总结)?致?[辞词]|(?:主旨|主题|专题|总结)?(?:报告|演讲|发言|讲话))$"
)
_SAYS = re.compile(r"表示|认为|指出|强调|介绍|提出|谈到|说道|称赞|分享了|呼吁|建议")
_LATIN_POST = re.compile(
    r"^(?:(?:the|former|acting|deputy|vice|vice-|associate|assistant|senior|executive|general|managing|chief|honorary|founding"
    r"|co-?|first|principal|lead|adjunct|emeritus|special|permanent|regional|global|head|research)[\s-]*)*"
    r"(?:prof(?:essor)?|director|president|chair(?:man|woman|person)?|secretary|ministers?|mayor|governor|ambassador|consul"
    r"|counsell?or|attach[ée]|dean|head|chief|officer|manager|partner|founder|editor|journalist|reporter|researcher|fellow"
    r"|lawyer|judge|commissioner|representative|expert|engineer|scientist|lecturer|advis[eo]r|consultant|member|executive"
    r"|rector|ceo|cto|cfo|coo|economist|analyst|author|writer|captain|architect|specialist|coordinator|curator|delegate)\b",
    re.IGNORECASE,
)
_LATIN_BODY = re.compile(
    r"\b(?:university|institute|company|ltd|inc|corp|ministry|department|office|bureau|association|centre|center|school|college"
    r"|government|academy|agency|authority|council|foundation|bank|group|society|union|committee|commission|organi[sz]ation"
    r"|embassy|laborator(?:y|ies)|press|museum|hospital)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:Ltd|Inc|Co|Corp|Jr|Sr|Dr|Prof|Ph\.D|[A-Z])\.$")
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "ten",
        "ter",
        "y",
        "e",
        "af",
        "av",
        "zu",
        "zur",
    ]
)
_BOTH_NAMES = re.compile(
    r"^(?P<name>[\u3400-\u9fff·•]{2,12})(?:\s+|\s*[（(]\s*)(?P<latin>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){1,4})\s*[)）]?"
    r"(?:\s*[，,|｜\t]\s*|\s+|$)(?P<title>(?:[\u3400-\u9fff].*)?)$",
    re.ASCII,
)
_HAN_DASH = re.compile(r"(?<=[\u3400-\u9fff）)])\s*(?:——?|–|-|/|／|\|)\s*(?=[\u3400-\u9fff])")
_LATIN_DASH = re.compile(r"(?<=\w)\s*—+\s*(?=\w)")
_SIGNS = re.compile(r"[\d，。；：！？!?;:“”\"《》〈〉|｜#*]")
_LATIN_SPEAKER = re.compile(
    r"^(?P<name>(?P<honorific>(?:Prof|Dr|Mr|Mrs|Ms)\.? )?[A-Z][^,.;:()]{3,50}?)"
    r"(?:, (?P<title>[^.;:]{3,120}),| \((?P<body>[^()]+)\))? "
    r"(?:said|opened|noted|stressed|argued|described|called|spoke|asked|agreed|added|explained|thanked|welcomed|pointed"
    r"|presented|shared|told|warned|proposed|introduced|showed|emphasi[sz]ed|highlighted|outlined|underlined|observed"
    r"|reported|delivered|closed|gave)\b"
)
LONG_NAME = 30
"""Characters beyond which nothing is a name."""


class Sort(StrEnum):
    """What a line of a list is: a person, the title of the person beside it, prose, or none of them for certain."""

    PERSON = "person"
    TITLE = "title"
    PROSE = "prose"
    UNCLEAR = "unclear"


def read_line(text: str) -> tuple[Sort, NameAndTitle]:
    """What the line is, and name and title as far as it holds them."""
    person = person_of(text)
    if person is not None:
        return Sort.PERSON, person
    if is_title(text):
        return Sort.TITLE, NameAndTitle("", text)
    return (Sort.PROSE if is_prose(text) else Sort.UNCLEAR), NameAndTitle("", "")


def person_of(text: str) -> NameAndTitle | None:
    """Name and title of a line that lists a person; None for one that cannot be told to do so."""
    bare = text.rstrip("。；;，,、：: ") if not is_latin(text) else text.rstrip(";:, ")
    if not bare or _SAYS.search(bare) or (is_latin(bare) and _is_said(bare)):
        return None
    entry = _entry(bare)
    if not can_be_name(entry.name) or (entry.title and not any(map(str.isalpha, entry.title))):
        return None
    sure = likelihood(HONORIFIC.sub("", entry.name))
    if is_latin(entry.name):
        if sure < 3:
            return None
        told = not is_latin(bare) or not entry.title or begins_with_post(entry.title) or has_body(entry.title)
        return entry if told else replace(entry, guessed=True)
    if not is_han(entry.name):
        return None if ends_sentence(text) else replace(entry, guessed=True)
    if not entry.title:
        return entry if sure >= 2 and not ends_sentence(text) and not _HAN_TITLE.search(bare) else None
    # A comma may also stand in a sentence, so that what follows it must look like a title.
    separated = re.match(r"[^，,]{1,30}[\t|｜│ \u3000]", bare) is not None
    if _is_title_of_han(entry.title) or (not ends_sentence(text) and separated and sure >= 1) or is_latin(entry.title):
        return entry if len(bare) <= 150 else None
    return None


def _entry(bare: str) -> NameAndTitle:
    both = _BOTH_NAMES.match(bare)
    if both and not begins_with_post(both["latin"]) and not both["latin"].isupper() and likelihood(both["name"]) >= 2:
        return NameAndTitle(both["name"], both["title"].strip(), latin=both["latin"].strip())
    touching = _TOUCHING.match(bare)
    if touching and surname(touching["name"]) in COMMON_SURNAMES:
        return NameAndTitle(touching["name"], touching["title"], guessed=True)
    parted = _HAN_DASH.sub("\t", bare, count=1) if not re.search(r"[\t|｜，,]", bare) else bare
    parted = _LATIN_DASH.sub(" — ", parted, count=1) if is_latin(parted) else parted
    comma = re.match(r"^([\u3400-\u9fff]{2,4})、(.+)$", parted)
    if comma and surname(comma[1]) in COMMON_SURNAMES and _HAN_TITLE.search(comma[2]):
        return NameAndTitle(comma[1], comma[2])
    entry = split_entry(parted)
    if not entry.title and any(dot in entry.name for dot in MIDDLE_DOTS):
        return split_unknown(entry.name)  # a foreign name may touch the title before it
    return entry


def can_be_name(name: str) -> bool:
    """Whether the words may be somebody's name: no digit, no mark of a sentence, no word of titles."""
    solid = compact(name)
    if (
        not solid
        or _SIGNS.search(name)
        or re.match(r"第[一二三四五六七八九十]", name)
        or len(solid) > LONG_NAME + 30 * is_latin(name)
    ):
        return False
    if is_latin(name):
        words = HONORIFIC.sub("", name).split()
        capital = all(word[0].isupper() or word.casefold() in _PARTICLES or word[0] in "‘’'(" for word in words)
        return capital and not _LATIN_POST.search(" ".join(words)) and not _LATIN_BODY.search(name)
    if not is_han(solid):
        return any(sign.isalpha() for sign in solid) and len(name.split()) <= 6
    if any(dot in solid for dot in MIDDLE_DOTS) or not all(map(is_han, solid)):
        return True
    return 2 <= len(solid) <= 7


def has_body(text: str) -> bool:
    """Whether Latin words name a body: a university, an office."""
    return bool(_LATIN_BODY.search(text))


def _is_said(text: str, *, words: int = 4) -> bool:
    """Whether Latin words make a sentence: a full stop that ends no abbreviation, and at least so many words."""
    ends = text.rstrip("”\"’')")
    return ends.endswith((".", "!", "?", "…")) and not _ABBREVIATED.search(ends) and len(text.split()) >= words


def says(text: str) -> bool:
    """Whether the words tell what somebody said: 表示, 认为."""
    return bool(_SAYS.search(text))


def speaker_of_prose(text: str) -> NameAndTitle | None:
    """Who speaks in a sentence that begins with title and name, or with a name and its title between commas."""
    if is_latin(text):
        match = _LATIN_SPEAKER.match(text)
        if not match or not can_be_name(match["name"]) or likelihood(HONORIFIC.sub("", match["name"])) < 3:
            return None
        is_told = match["body"] or match["honorific"] or begins_with_post(match["title"] or "")
        return NameAndTitle(match["name"], match["title"] or match["body"] or "", guessed=True) if is_told else None
    said = re.match(r"([^，。；：！？“”]{4,60}?)(?:表示|认为|指出|强调|介绍|提出|谈到|说|分享|呼吁|建议|作|致)", text)
    if not said:
        return None
    entry = _entry(said[1].strip())
    common = _is_common(entry.name) or any(dot in entry.name for dot in MIDDLE_DOTS) or is_latin(entry.name)
    return entry if common and can_be_name(entry.name) and _is_title_of_han(entry.title) else None


def names_people(text: str, *, is_address: bool) -> bool:
    """Whether the words behind a label are people and no theme; one bare name can be told behind 致辞 alone."""
    people = [person_of(part) for part in split_people(text)] if text else []
    if not people or not all(people):
        return False
    sure = [person for person in people if person and is_surely_person(person)]
    bare = [person for person in people if person and not person.title and not is_latin(person.name)]
    are_bare = len(bare) == len(people) and (len(bare) > 1 or (is_address and _is_common(text)))
    return are_bare or len(sure) == len(people)


def with_topic(text: str) -> tuple[str, str]:
    """A person and what they speak on, parted: 林娜 教授 《先治河》; else the line alone."""
    match = re.match(r"^(.*\S)\s+([《“][^》”]+[》”])$", text)
    person = person_of(match[1]) if match else None
    return (match[1], match[2]) if match and person and person.title else (text, "")


def with_people(text: str) -> tuple[str, str] | None:
    """A heading and who speaks, parted: 致辞（陈光）, Welcome by Chen Guang, Deputy Mayor; None for other lines."""
    match = re.match(r"^(?P<label>[^（()）：:，。]{2,20})[（(](?P<people>[^（()）]+)[)）]$", text)
    if match:
        people = re.sub(r"^(?:主持人?|Moderator|Chair)[：:]\s*", "", match["people"])
        is_told = bool(bare_heading(match["label"].strip())) and names_people(people, is_address=True)
        return (match["label"].strip(), match["people"]) if is_told else None
    match = _TITLED_ACT.match(text)
    if match:
        person = person_of(match["people"])
        return (match["label"], match["people"]) if person and person.title else None
    match = re.match(r"^(?P<label>[A-Z][\w ]{2,40}?) by (?P<people>[A-Z].+)$", text)
    person = person_of(match["people"]) if match else None
    return (match["label"], match["people"]) if match and person and is_surely_person(person) else None


def is_surely_person(entry: NameAndTitle) -> bool:
    """Whether it is a usual name before a title, as no theme is worded."""
    if entry.guessed or not entry.title:
        return False
    if is_latin(entry.name):
        return " " in entry.name and (
            begins_with_post(entry.title) or has_body(entry.title) or not is_latin(entry.title)
        )
    dotted = any(dot in entry.name for dot in MIDDLE_DOTS)
    return (dotted or _is_common(entry.name)) and _is_title_of_han(entry.title)


def begins_with_post(text: str) -> bool:
    """Whether Latin words begin with a post: Deputy Director, …"""
    return bool(_LATIN_POST.match(text.strip()))


def is_title(text: str) -> bool:
    """Whether a line is nothing but a title, or the name of a body."""
    if is_latin(text):
        words = text.split()
        fits = begins_with_post(text) or (bool(_LATIN_BODY.search(text)) and words[0][0].isupper())
        return fits and not _is_said(text) and len(words) <= 25
    return _is_title_of_han(text) and not ends_sentence(text)


def _is_title_of_han(text: str) -> bool:
    bare = text.rstrip("。；;，, ")
    return (
        len(bare) <= 80
        and not re.search(r"[。；！？]", bare)
        and bool(_HAN_TITLE.search(bare))
        and not _SAYS.search(bare)
    )


def is_prose(text: str) -> bool:
    """Whether a line is a sentence, or goes on as one."""
    if is_latin(text):
        return _is_said(text, words=3) or len(text.split()) > 20
    return ends_sentence(text) or len(text) > 45 or (len(text) > 20 and "，" in text) or len(text.split()) > 20


def split_people(text: str, *, several: bool = False) -> tuple[str, ...]:
    """The people of one line: parted at semicolons, and at commas or 、 where every part is a person of its own.

    Two Latin words between commas may be a name and a body (Ann Lee, Tides Weekly): names where `several` are due.
    """
    parts = [part.strip() for part in re.split(r"[;；]", text) if part.strip()]
    if len(parts) > 1:
        return tuple(parts)
    joined = r"|(?<=[\u3400-\u9fff])[和与及](?=[\u3400-\u9fff])|,?\s+and\s+" if several else ""
    for mark in (r"、", rf"(?:、{joined})", r"[,，]", rf"(?:[,，]{joined})") if several else (r"、", r"[,，]"):
        parts = [part.strip() for part in re.split(rf"{mark}(?![^（(]*[)）])", text) if part.strip()]
        is_sure = several or not is_latin(text) or all("(" in part for part in parts)
        if len(parts) > 1 and is_sure and all(map(_is_alone, parts)):
            return tuple(parts)
    words = text.split()
    if len(words) > 1 and not is_latin(text) and all(map(_is_titled, words)):
        return tuple(words)
    pairs = [" ".join(words[at : at + 2]) for at in range(0, len(words), 2)]
    if len(words) > 3 and all(_is_common(name) for name in words[::2]) and all(map(is_title, words[1::2])):
        return tuple(pairs)
    if len(words) > 1 and all(_is_common(word) for word in words) and not all(len(word) == 1 for word in words):
        return tuple(words)
    return (text,)


def people_of(text: str, *, several: bool = False) -> tuple[NameAndTitle, ...]:
    """The people of one line, if every part of it is one, or the line is; else nobody."""
    parts = [person_of(part) for part in split_people(text, several=several)]
    people = tuple(person for person in parts if person)
    if len(people) == len(parts):
        return people
    person = person_of(text)
    return (person,) if person else ()


def _is_titled(word: str) -> bool:
    person = person_of(word)
    return person is not None and is_surely_person(person)


def _is_alone(part: str) -> bool:
    """A name by itself, or with its title in brackets."""
    name = re.sub(r"\s*[（(][^（）()]+[)）]$", "", part)
    if is_latin(name):
        return len(name.split()) > 1 and "," not in name and can_be_name(name) and likelihood(name) == 3
    return can_be_name(name) and likelihood(name) >= 2 and (_is_common(name) or any(dot in name for dot in MIDDLE_DOTS))


def _is_common(word: str) -> bool:
    return 2 <= len(word) <= 4 and likelihood(word) == 3 and surname(word) in COMMON_SURNAMES

"""The forms that lines of an outline take: parts, headings, captions, rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from huikan.content.model import Mode, OrganiserRole, Role, SessionKind
from huikan.importers import outline_english as english
from huikan.importers.source_text import compact, is_latin

_PART = re.compile(r"^【\s*(.+?)\s*】\s*[：:]?$")
_RULE = re.compile(r"^[\s\-=_—–─━+|｜│*·.~:]+$")
_TITLE = re.compile(r"^[“\"「『《](?P<title>.+)[”\"」』》]\s*(?P<kind>\S{0,12})$")
_HEADING = re.compile(r"^(?P<label>[^：:。！？；“”《》]{1,40})[：:]\s*(?P<rest>.*)$")
_NUMBERED = re.compile(
    r"^(?P<label>(?:专题|主题|主旨|平行|圆桌)?(?:发言|演讲|讨论|对话|论坛)[一二三四五六七八九十\d]+)\s+(?P<rest>\S.*)$"
)
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]+$")
_SESSION_WORD = re.compile(
    r"致辞|致词|主旨|专题|主题|发言|演讲|报告|发布|讨论|研讨|圆桌|对话|交流|开幕|闭幕|环节|茶歇|休息|仪式"
)
_HOSTS = re.compile(r"^(?:主持人?|主持嘉宾|主持环节|总主持)$")
_HEADER_ROW = re.compile(r"^(?:序号)?(?:姓名|嘉宾|名字)(?:职务|职位|单位|单位及职务|职务/单位|单位职务|头衔)+$")
_SENTENCE_END = re.compile(r"[。！？；!?;…]$")
_ITEM = re.compile(
    r"[（(]?\d{1,2}(?:[、．）)]|\.(?!\d))|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[-–*•·●▪◆■]\s"
)
_CAPTION = re.compile(
    r"^(?P<who>.*?)(?P<mode>以?(?:视频|线上|远程|连线)(?:方式|形式)?)?\s*(?:出席|参加)\s*[“\"「『](?P<forum>[^”\"」』]+)[”\"」』]"
    r"\s*(?P<deed>\S.{0,80})$"
)
_DEED = re.compile(
    r"^(?:(?P<kind>[^并]{0,10})并(?P<act>\S.*)"
    r"|(?P<lone_kind>.{0,10}?)(?P<lone_act>(?:致|作|做|发表|参与|参加|主持|发布|担任).*))$"
)
_ACTS = (
    (re.compile(r"^致.{0,6}[辞词]"), Role.ADDRESS),
    (re.compile(r"^(?:作|做|发表)(?:主旨|主题)"), Role.KEYNOTE),
    (re.compile(r"^(?:参与|参加|作|做)?.{0,6}(?:报告发布|发布报告|报告解读)"), Role.REPORT),
    (re.compile(r"^发布"), Role.REPORT),
    (re.compile(r"^(?:作|做|发表)"), Role.SPEECH),
    (re.compile(r"^(?:参与|参加)"), Role.PANEL),
    (re.compile(r"^(?:主持|担任主持)"), Role.MODERATOR),
)
_KINDS = (
    (re.compile(r"茶歇|休息"), SessionKind.BREAK),
    (re.compile(r"致辞|致词|开幕"), SessionKind.OPENING),
    (re.compile(r"报告|发布"), SessionKind.REPORT),
    (re.compile(r"主旨"), SessionKind.KEYNOTE),
    (re.compile(r"讨论|研讨|圆桌|对话|交流"), SessionKind.DISCUSSION),
    (re.compile(r"专题|主题|发言|演讲"), SessionKind.PANEL),
)

FACT_LABELS = {
    "时间": "date",
    "日期": "date",
    "论坛时间": "date",
    "地点": "venue",
    "会场": "venue",
    "论坛地点": "venue",
    "系列": "series",
}
"""Labels of lines that state one fact of the event."""

ORGANISER_LABELS = {
    "主办": OrganiserRole.HOST,
    "承办": OrganiserRole.ORGANISER,
    "协办": OrganiserRole.CO_ORGANISER,
    "支持": OrganiserRole.SUPPORTER,
}
"""What a body does, as the record words it."""


class Part(StrEnum):
    """Where in the outline a line stands."""

    PREAMBLE = "preamble"
    PROGRAMME = "programme"
    INTRODUCTION = "introduction"
    BODY = "body"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Heading:
    """A label and what follows its colon: a theme, or nothing."""

    label: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """The second line of a caption: at which forum a person did what. `who` is a title and name on the same line."""

    who: str
    forum: str
    kind: str
    mode: Mode
    role: Role | None
    scope: str


def part_name(text: str) -> str | None:
    """The name of a 【…】 line, of an English [...] one, or of one that says Programme alone."""
    match = _PART.match(text)
    return match[1] if match else english.part_name(text)


def part_of(name: str) -> Part:
    """What a 【…】 part holds, by its name."""
    if re.search(r"基本信息|议程|日程|程序|嘉宾名单", name) or english.is_programme(name):
        return Part.PROGRAMME
    if re.search(r"简介|简要介绍|概况|背景|介绍$", name) or english.is_introduction(name):
        return Part.INTRODUCTION
    return Part.BODY if _SESSION_WORD.search(name) or english.names_session(name) else Part.UNKNOWN


def is_rule(text: str) -> bool:
    """A rule drawn with characters, as pasted tables leave behind."""
    return bool(_RULE.match(text))


def is_header_row(text: str) -> bool:
    """The header of a pasted table: 姓名 职务."""
    return bool(_HEADER_ROW.match(re.sub(r"[\s|｜│]+", "", text)))


def event_title(text: str) -> tuple[str, str]:
    """Title without its quotation marks, and what stood behind them (分论坛)."""
    match = _TITLE.match(text)
    return (match["title"].strip(), match["kind"]) if match else english.title_and_kind(text) or (text, "")


def labelled(text: str) -> Heading | None:
    """A line that begins with a short label and a colon."""
    if is_latin(text.partition(":")[0]):
        parts = english.label_and_rest(text)
        return Heading(*parts) if parts else None
    match = _HEADING.match(text) or _NUMBERED.match(text)
    return Heading(match["label"].strip(), match["rest"].strip()) if match else None


def bare_heading(text: str) -> Heading | None:
    """An English heading of the programme that has no colon behind it."""
    label = english.bare_heading(text)
    return Heading(label) if label else None


def is_session(heading: Heading) -> bool:
    """Whether a labelled line opens a session: its label is of that sort and no sentence follows."""
    if english.names_session(heading.label):
        return len(heading.rest) <= 160 and not re.search(r"[.。！？；!?;…]$", heading.rest)
    return bool(_SESSION_WORD.search(heading.label)) and len(heading.rest) <= 60 and not ends_sentence(heading.rest)


def fact_of(heading: Heading) -> str | None:
    """The field of the booklet that a labelled line states; None for other lines."""
    return FACT_LABELS.get(heading.label) or english.FACTS.get(heading.label.casefold())


def organisers_of(heading: Heading) -> OrganiserRole | None:
    """What the bodies of a labelled line do; None for other lines."""
    label = heading.label.removesuffix("单位").removesuffix("方")
    return ORGANISER_LABELS.get(label) or english.ORGANISERS.get(label.casefold())


def is_hosts(heading: Heading) -> bool:
    """主持人："""
    return bool(_HOSTS.match(compact(heading.label))) or english.is_hosts(heading.label)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as sentences do."""
    return bool(_SENTENCE_END.search(text.rstrip("”’」』）) ")))


def begins_item(text: str) -> bool:
    """Whether the text begins as the items of a list do."""
    return bool(_ITEM.match(text))


def label_key(label: str) -> str:
    """A label by which programme and body are matched: without 环节 and white space."""
    return re.sub(r"(环节|部分|阶段)$", "", compact(label))


def label_cores(label: str) -> tuple[str, ...]:
    """The sorts of session that a label names, without their numbers: 专题发言一 → 专题发言."""
    if is_latin(label):
        return english.label_cores(label)
    parts = re.split(r"[、/]", label_key(label))
    return tuple(core for part in parts if (core := _NUMBER.sub("", label_key(part)))) or (label_key(label),)


def session_kind(label: str) -> SessionKind | None:
    """The kind a label speaks of; None if it does not say."""
    found = next((kind for pattern, kind in _KINDS if pattern.search(label)), None)
    return found or (english.session_kind(label) if is_latin(label) else None)


def caption_deed(text: str) -> Deed | None:
    """The parts of `[以视频方式]出席“…”分论坛[并]…`, or of its English forms; None for other lines."""
    parts = english.caption_parts(text)
    if parts:
        who, forum, kind, is_video, role, scope = parts
        return Deed(who, forum, kind, Mode.VIDEO if is_video else Mode.ONSITE, role, scope)
    match = _CAPTION.match(text)
    if not match or ends_sentence(text) or len(match["who"]) > 80 or re.search(r"[。！？；]", text):
        return None
    deed = _DEED.match(match["deed"])
    if not deed:
        return None
    kind, act = (deed["kind"], deed["act"]) if deed["act"] else (deed["lone_kind"], deed["lone_act"])
    role = next((role for pattern, role in _ACTS if pattern.match(act)), None)
    scope = re.sub(r"^(?:担任)?主持人?", "", act) if role is Role.MODERATOR else ""
    mode = Mode.VIDEO if match["mode"] else Mode.ONSITE
    return Deed(match["who"].strip(), match["forum"].strip(), kind.strip(), mode, role, scope.strip())

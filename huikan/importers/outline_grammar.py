"""The forms that lines of an outline take: parts, headings, captions, rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from huikan.content.model import Mode, OrganiserRole, Role, SessionKind
from huikan.importers import outline_english as english
from huikan.importers.names import has_post, split_entry
from huikan.importers.source_text import compact, is_latin

_PART = re.compile(r"^【\s*(.+?)\s*】\s*[：:]?$")
_RULE = re.compile(r"^[\s\-=_—–─━+|｜│*·.~:]+$")
_TITLE = re.compile(r"^[“\"「『《](?P<title>.+)[”\"」』》]\s*(?P<kind>\S{0,12})$")
_HEADING = re.compile(r"^(?P<label>[^：:。！？；“”《》]{1,40})[：:]\s*(?P<rest>.*)$")
_NUMBERED = re.compile(
    r"^(?P<label>(?:专题|主题|主旨|平行|圆桌)?(?:发言|演讲|讨论|对话|论坛)[一二三四五六七八九十\d]+)\s+(?P<rest>\S.*)$"
)
_DASHED = re.compile(
    r"^(?P<label>[^：:。！？；“”《》，,、\s—–-]{2,14}|[A-Z][\w-]*(?: [\w-]+){0,3})"
    r"(?:\s*——?\s*|\s+[–-]\s+)(?P<rest>\S.*)$"
)
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]+$")
_SESSION_WORD = re.compile(
    r"致辞|致词|主旨|专题|主题|发言|演讲|报告|发布|讨论|研讨|圆桌|对话|交流|开幕|闭幕|环节|茶歇|休息|仪式"
)
_HOSTS = re.compile(r"^(?:(?:圆桌|对话|讨论|会议|论坛|本场|环节)?主持(?:人|嘉宾)?|主持环节|总主持|司仪)$")
_ROLE_LABEL = re.compile(
    r"^(?:(?P<act>致[辞词]|主旨(?:发言|演讲)?|主题(?:发言|演讲)?|专题(?:发言|演讲)?|发言|演讲|对话|讨论|研讨|圆桌|互动|发布|报告"
    r"|参与|点评|特邀|受邀|主要)?(?:嘉宾|专家|代表|人)|演讲者|讲者|主讲)(?:名单)?$"
)
_PRESENT = re.compile(
    r"^(?:(?:出席|与会|参会|参加)(?:嘉宾|人员|专家|代表|领导)?|participants|attendees|attendance|(?:those )?present)$",
    re.IGNORECASE,
)
_ROLES = (
    (re.compile(r"致[辞词]|\bremarks|\baddress|\bwelcom"), Role.ADDRESS),
    (re.compile(r"主旨|\bkeynote"), Role.KEYNOTE),
    (re.compile(r"发布|报告"), Role.REPORT),
    (re.compile(r"对话|讨论|研讨|圆桌|互动|\bpanell?ist|\bdiscussant"), Role.PANEL),
    (re.compile(r"专题|主题"), Role.SPEECH),
)
_BARE_SESSION = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}(?:场|环节|部分|单元|阶段|节)"
    r"|[^，。！？；：:、\s\d]{0,10}?(?:开幕式?|闭幕式?|致[辞词]|演讲|发言|讨论|研讨|对话|圆桌|发布|仪式|茶歇|休息|午餐|午休|晚宴"
    r"|签到|注册|合影|总结|环节|交流|沙龙|问答|参观)(?:环节|阶段|部分)?[一二三四五六七八九十\d]{0,2})$"
)
_BARE_PART = re.compile(
    r"^(?:会议|论坛|大会|活动)?(?:基本信息|议程|日程|议程安排|日程安排|程序|嘉宾名单|简介|简要介绍|概况|基本情况|背景|背景介绍)[：:]?$"
)
_FORM_LABELS = {
    **dict.fromkeys(("单位", "职务", "职位", "职称", "单位及职务", "单位职务", "position", "affiliation"), "title"),
    **dict.fromkeys(("organisation", "organization", "title"), "title"),
    **dict.fromkeys(("题目", "演讲题目", "发言题目", "演讲主题", "发言主题", "topic", "title of talk"), "topic"),
    **dict.fromkeys(("摘要", "发言摘要", "演讲摘要", "发言内容", "发言要点", "主要观点", "主要内容", "要点"), "words"),
    **dict.fromkeys(("summary", "abstract", "remarks", "key points"), "words"),
}
_SUMMARIES = re.compile(
    r"^(?:会议内容|(?:嘉宾|会议|论坛)?(?:发言|演讲)(?:摘要|内容|要点|实录|汇编)|(?:嘉宾|精彩|主要)观点"
    r"|summaries|summar(?:y|ies) of (?:the )?(?:speeches|sessions|discussions?)|proceedings)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:会堂|中心|酒店|宾馆|饭店|大厦|大厅|会议室|会议厅|报告厅|会场|楼|厅|馆)(?:[（(].+[)）])?$"
    r"|\b(?:hall|hotel|cent(?:re|er)|room|building|palace|auditorium|campus|house|theatre)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"^(?:会议|论坛|大会)?(?:记录|纪要|实录)$|^(?:meeting )?(?:record|minutes)$", re.IGNORECASE)
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

_WIDEST_TYPED_LINE = 100
"""Characters: longer lines are whole paragraphs, a shorter one may end in a full stop by chance."""

FACT_LABELS = {
    "时间": "date",
    "日期": "date",
    "论坛时间": "date",
    "地点": "venue",
    "地址": "venue",
    "会场": "venue",
    "会议时间": "date",
    "会议日期": "date",
    "举办时间": "date",
    "活动时间": "date",
    "会议地点": "venue",
    "举办地点": "venue",
    "活动地点": "venue",
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
    """The name of a 【…】 line, of an English [...] one, or of one that says 议程 or Programme alone."""
    match = _PART.match(text)
    if match:
        return match[1]
    bare = text.rstrip("：:")
    return bare if _BARE_PART.match(text) or heads_summaries(bare) else english.part_name(text)


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


def programme_heading(text: str) -> Heading | None:
    """`labelled` as the programme has it: labels spread (致    辞：) or in two languages, a dash for the colon."""
    heading = labelled(text)
    if heading is None:
        match = _DASHED.match(text)
        label = match["label"].strip() if match else ""
        is_told = bool(_SESSION_WORD.search(label)) or english.names_session(label)
        return Heading(label, match["rest"].strip()) if match and is_told else None
    if all(len(piece) == 1 for piece in heading.label.split()):
        return Heading(compact(heading.label), heading.rest)
    han, _, latin = heading.label.partition(" ")
    known = Heading(han, heading.rest)
    if is_latin(latin) and (is_hosts(known) or is_role_label(known) or is_fact(known) or form_label(han)):
        return known
    return heading


def bare_heading(text: str) -> Heading | None:
    """A heading of the programme that has no colon behind it: 开幕式, Keynote Speeches."""
    han, _, latin = text.partition(" ")
    is_han_heading = bool(_BARE_SESSION.match(han)) and (not latin or is_latin(latin))
    label = text if is_han_heading else english.bare_heading(text)
    return Heading(label) if label else None


def is_session(heading: Heading) -> bool:
    """Whether a labelled line opens a session: its label is of that sort and no sentence follows."""
    if english.names_session(heading.label):
        return len(heading.rest) <= 160 and not re.search(r"[.。！？；!?;…]$", heading.rest)
    return bool(_SESSION_WORD.search(heading.label)) and len(heading.rest) <= 60 and not ends_sentence(heading.rest)


def opens_session(heading: Heading) -> bool:
    """`is_session`, of which the theme may be a question."""
    return is_session(Heading(heading.label, heading.rest.rstrip("?？")))


def fact_of(heading: Heading) -> str | None:
    """The field of the booklet that a labelled line states; None for other lines."""
    return FACT_LABELS.get(heading.label) or english.FACTS.get(heading.label.casefold())


def organisers_of(heading: Heading) -> OrganiserRole | None:
    """What the bodies of a labelled line do; None for other lines."""
    label = heading.label.removesuffix("单位").removesuffix("方")
    return ORGANISER_LABELS.get(label) or english.ORGANISERS.get(label.casefold())


def is_fact(heading: Heading) -> bool:
    """Whether a labelled line states a fact of the event."""
    return bool(heading.rest) and bool(fact_of(heading) or organisers_of(heading))


def is_person_hosting(heading: Heading) -> bool:
    """Host: Ada Osei, Professor, … names who moderates; Host: Coast Institute, which body invites."""
    if heading.label.casefold() not in {"host", "hosts", "hosted by"} or not is_latin(heading.rest):
        return False
    entry = split_entry(heading.rest)
    return bool(entry.title) and not entry.guessed and " " in entry.name and has_post(entry.title)


def is_hosts(heading: Heading) -> bool:
    """主持人："""
    return bool(_HOSTS.match(compact(heading.label))) or english.is_hosts(heading.label)


def is_role_label(heading: Heading) -> bool:
    """发言嘉宾：, Speakers: a label for those who do one thing in a session."""
    is_told = bool(_ROLE_LABEL.match(compact(heading.label))) or english.is_role_label(heading.label)
    return is_told or lists_those_present(heading)


def lists_those_present(heading: Heading) -> bool:
    """出席：, Participants: who was there, whatever they did."""
    return bool(_PRESENT.match(compact(heading.label) if not is_latin(heading.label) else heading.label))


def role_of_label(label: str) -> Role | None:
    """What the people under such a label do; None where any speaker is meant (发言嘉宾)."""
    return next((role for pattern, role in _ROLES if pattern.search(label.casefold())), None)


def form_label(label: str) -> str | None:
    """What a label of a form about one person holds: `title`, `topic` or `words`."""
    return _FORM_LABELS.get(compact(label)) or _FORM_LABELS.get(label.casefold())


def heads_summaries(name: str) -> bool:
    """Whether the sessions of the programme follow again, with what was said."""
    return bool(_SUMMARIES.match(name))


def names_document(text: str) -> bool:
    """A line that says what the document is, 会议记录 or Minutes, and not what the event is called."""
    return bool(_DOCUMENT.match(text))


def names_place(text: str) -> bool:
    """Whether a short line holds a word for a place: a hall, a hotel, 会堂, 中心."""
    return len(text) <= 80 and not ends_sentence(text) and bool(_PLACE.search(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as sentences do."""
    return bool(_SENTENCE_END.search(text.rstrip("”’」』）) ")))


def begins_item(text: str) -> bool:
    """Whether the text begins as the items of a list do."""
    return bool(_ITEM.match(text))


def goes_on_from(above: str, text: str) -> bool:
    """Whether a line goes on from the line above: that one ends no sentence, and this is no item of a list."""
    if above.endswith((".", ".”")) and len(above) > _WIDEST_TYPED_LINE:
        return False
    return not (ends_sentence(above) or (begins_item(text) and (above.endswith(("：", ":")) or begins_item(above))))


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

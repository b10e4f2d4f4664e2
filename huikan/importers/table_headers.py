"""What the columns of a table hold, guessed from their headers in Chinese, English and German."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from huikan.importers.located import Value
from huikan.importers.table_cells import Row


class Column(StrEnum):
    """What a column holds; the value says it in the report."""

    TITLE = "the title of a talk"
    SUBTITLE = "its subtitle"
    NAME = "the name of a speaker"
    NAME_EN = "the name of a speaker in English"
    FIRST_NAME = "a given name"
    MIDDLE_NAME = "a middle name"
    LAST_NAME = "a surname"
    JOB = "the title of a person"
    AFFILIATION = "the body of a person"
    BIO = "the biography of a person"
    PHOTO = "the picture of a person"
    PERSON_ID = "what a person is told by"
    HOST = "the name of a moderator"
    ROLE = "what a person does"
    SESSION = "the session"
    TYPE = "the type of a talk"
    TRACK = "the track"
    ROOM = "the room"
    DATE = "the date"
    START = "when a talk begins"
    END = "when a talk ends"
    TIME = "when a talk begins and ends"
    DURATION = "how long a talk takes"
    ABSTRACT = "the abstract"
    LANGUAGE = "the language of a talk"
    LINK = "a link"
    TALK_ID = "what a talk is told by"


_NAMES: dict[Column, str] = {
    Column.SUBTITLE: "副标题|副题|subtitle|untertitel",
    Column.NAME: "姓名|名字|中文姓名|中文名|嘉宾|嘉宾姓名|演讲人|演讲者"
    "|演讲嘉宾|发言人|发言嘉宾|主讲人|主讲嘉宾|报告人|讲者|讲师"
    "|作者|专家"
    "|与会嘉宾|name|full name|speaker|speakers|speaker name|speaker names|presenter|presenters|author|authors|person"
    "|persons|panelist|panelists|vortragende|vortragender|referent|referenten|referentin",
    Column.NAME_EN: "英文名|英文姓名|外文姓名|english name|name in english|name en",
    Column.FIRST_NAME: "名|first name|given name|forename|vorname",
    Column.MIDDLE_NAME: "middle name",
    Column.LAST_NAME: "姓|姓氏|last name|surname|family name|nachname",
    Column.JOB: "职务|职位|职称|头衔|职务职称|职务头衔|单位职务|单位及职务"
    "|单位和职务|job title|job|position|title and affiliation",
    Column.AFFILIATION: "单位|工作单位|所在单位|机构|公司|组织|学校|affiliation"
    "|affiliations|institution|institute|organisation"
    "|organization|company|university|firma",
    Column.BIO: "简介|个人简介|嘉宾简介|简历|bio|biography|speaker bio|about the speaker|biografie",
    Column.PHOTO: "照片|头像|相片|photo|picture|avatar|headshot|portrait|image|foto",
    Column.PERSON_ID: "邮箱|电子邮箱|email|e mail|mail|speaker id|username",
    Column.HOST: "主持|主持人|会议主持|moderator|moderators|host|hosts|chair|chairs|session chair|convener|moderation",
    Column.ROLE: "角色|身份|role|speaker role",
    Column.SESSION: "环节|会议环节|单元|专场|分论坛|场次|板块|session|session title|session name|block|panel",
    Column.TYPE: "类型|形式|发言类型|报告类型|type|talk type|session type|format|kind|submission type|typ",
    Column.TRACK: "主题方向|方向|领域|track|tracks|stream|topic area|subject area",
    Column.ROOM: "地点|会场|场地|会议室|房间|教室|room|location|venue|place|hall|ort|raum|saal",
    Column.DATE: "日期|date|day|datum|tag",
    Column.START: "开始|开始时间|起始时间|start|start time|begin|begins|from|beginn|uhrzeit|von",
    Column.END: "结束|结束时间|end|end time|to|until|ende|bis",
    Column.TIME: "时间|时段|时间段|time|time slot|slot|zeit",
    Column.DURATION: "时长|用时|分钟|duration|length|minutes|dauer",
    Column.ABSTRACT: "摘要|内容|内容摘要|内容简介|发言摘要|报告摘要|描述|说明"
    "|abstract|description|summary|beschreibung|zusammenfassung",
    Column.LANGUAGE: "语言|language|lang|sprache",
    Column.LINK: "链接|网址|link|links|url|website|webseite",
    Column.TALK_ID: "编号|序号|id|code|no|number|submission id|paper id|talk id|nr",
    Column.TITLE: "题目|标题|议题|演讲题目|演讲主题|发言题目|发言主题|报告题目"
    "|论文题目|报告名称|主题|title|talk title|talk|topic"
    "|paper title"
    "|presentation|presentation title|titel|thema|event",
}
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_NUMBERED = re.compile(r"^(?:(?P<front>\d{1,2})\s*[:：.\-]?\s+(?P<rest>\D.*)|(?P<head>\D.*?)\s*(?P<back>\d{1,2}))$")
_TIMETABLE = {Column.DATE, Column.START, Column.TIME, Column.END, Column.DURATION, Column.ABSTRACT, Column.ROOM,
              Column.TRACK, Column.TALK_ID, Column.SUBTITLE}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """A column's header: what it holds, and of which person of the row (0 where it is not numbered)."""

    column: Column
    person: int
    value: Value


@dataclass(frozen=True, slots=True)
class TableHead:
    """The headers by column; `rows` is how many rows stand above the first row of data."""

    headers: dict[int, Header]
    rows: int


def find_head(rows: Sequence[Row]) -> TableHead | None:
    """The head of a table among its first ten rows: the row that names the most columns, two at least.

    A lone header is enough where it names talks or speakers and the table has no more columns.
    """
    best: TableHead | None = None
    for number, row in enumerate(rows[:10]):
        headers = _headers(row, rows[number - 1] if number else {})
        enough = 2 if len(row) > 1 else 1
        if len(headers) >= enough and len(headers) * 3 >= len(row) and len(headers) > len(best.headers if best else ()):
            best = TableHead(headers, number + 1)
    return best


def _headers(row: Row, above: Row) -> dict[int, Header]:
    headers: dict[int, Header] = {}
    for column, value in row.items():
        found = _named(value.text) or _below(column, value, above)
        if found and not (found[1] == 0 and any((other.column, other.person) == found for other in headers.values())):
            headers[column] = Header(*found, value)
    columns = {header.column for header in headers.values()}
    if Column.TITLE in columns and not columns & _TIMETABLE and columns & {Column.NAME, Column.LAST_NAME}:
        headers = {
            column: Header(Column.JOB, header.person, header.value)
            if header.column is Column.TITLE and plain_header(header.value.text) == "title"
            else header
            for column, header in headers.items()
        }
    return headers


def _named(text: str) -> tuple[Column, int] | None:
    plain = plain_header(text)
    if plain in _COLUMNS:
        return _COLUMNS[plain], 0
    match = _NUMBERED.match(plain)
    if match:
        name = (match["rest"] or match["head"]).strip()
        if name in _COLUMNS:
            return _COLUMNS[name], int(match["front"] or match["back"])
    return None


def _below(column: int, value: Value, above: Row) -> tuple[Column, int] | None:
    """Columns 1, 2, 3… below a header that spans them, such as `Speakers`."""
    if not re.fullmatch(r"\d{1,2}", value.text):
        return None
    spanning = [other for other in sorted(above) if other <= column]
    found = _named(above[spanning[-1]].text) if spanning else None
    return (found[0], int(value.text)) if found and found[0] is Column.NAME else None


def plain_header(text: str) -> str:
    """A header as it is looked up: small letters, brackets and punctuation dropped, Chinese without spaces."""
    bare = re.sub(r"[(（\[【<].*?[)）\]】>]", " ", text.casefold())
    bare = " ".join(re.sub(r"[*:：_/\-.。、，,]+", " ", bare).split())
    return "".join(bare.split()) if re.search("[\u4e00-\u9fff]", bare) else bare

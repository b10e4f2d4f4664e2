"""Rows of an agenda that is a table: 时间 | 内容 | 嘉宾, by its header, or by the hours in its first cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from huikan.importers.draft import Ledger
from huikan.importers.outline_grammar import Heading, is_hosts, is_role_label, labelled
from huikan.importers.outline_hours import Hours, only_hours
from huikan.importers.outline_list import PeopleList
from huikan.importers.outline_parts import HostGroup, Outline
from huikan.importers.outline_roster import is_title, people_of, person_of, split_people, with_people
from huikan.importers.source_text import SourceLine


class Column(StrEnum):
    """What a column of an agenda holds."""

    HOURS = "hours"
    CONTENT = "content"
    PEOPLE = "people"
    HOSTS = "hosts"
    TITLE = "title"
    ROOM = "room"
    NUMBER = "number"
    OTHER = "other"


_HEADERS = {
    Column.HOURS: "时间 时段 起止时间 time times hours",
    Column.CONTENT: (
        "内容 议程 环节 议题 主题 事项 活动 流程 议程内容 会议内容 活动内容 题目"
        " session sessions programme program item topic activity agenda content event"
    ),
    Column.PEOPLE: (
        "嘉宾 发言人 演讲人 演讲嘉宾 发言嘉宾 姓名 参与嘉宾 主讲人 出席嘉宾"
        " speaker speakers name names guests guest panellists panelists participants"
    ),
    Column.HOSTS: "主持人 主持 moderator moderators chair host",
    Column.TITLE: (
        "职务 职位 单位 单位及职务 职务/单位 单位/职务 单位职务 头衔"
        " title position affiliation organisation organization"
    ),
    Column.ROOM: "地点 会场 会议室 room venue place",
    Column.NUMBER: "序号 编号 no. no #",
    Column.OTHER: "备注 说明 时长 notes note remark duration",
}
_COLUMNS = {word: column for column, words in _HEADERS.items() for word in words.split()}


def cells_of(text: str) -> list[str]:
    """The cells of a row with tabs, bars or wide gaps; one cell for any other line."""
    if re.search(r"[|｜│]", text):
        return [cell.strip() for cell in re.split(r"[|｜│]", text.strip("|｜│ \t"))]
    return [cell.strip() for cell in re.split(r"\t", text)] if "\t" in text else re.split(r" {2,}|\u3000+", text)


def header_of(text: str) -> tuple[Column, ...] | None:
    """The columns of a header row, if every cell names one and there are several."""
    cells = cells_of(text)
    if len(cells) < 2:
        cells = text.split()
    columns = tuple(_COLUMNS.get("".join(cell.split()).casefold().strip("*")) for cell in cells)
    known = tuple(column for column in columns if column)
    return known if len(known) == len(columns) > 1 and len(set(known)) > 1 else None


def is_agenda(columns: Sequence[Column]) -> bool:
    """Whether rows under that header are sessions, and not people alone."""
    return Column.HOURS in columns or Column.CONTENT in columns


def columns_of_row(text: str) -> tuple[Column, ...] | None:
    """The columns of a row without a header: hours, then what is on, then who takes part."""
    cells = cells_of(text)
    if len(cells) < 2 or not _hours_of(cells[0]):
        return None
    return (Column.HOURS, Column.CONTENT, *(Column.PEOPLE for _ in cells[2:]))


class AgendaRows:
    """Takes the rows of an agenda; `open_session` is called with the line, its heading and hours."""

    def __init__(
        self,
        people: PeopleList,
        outline: Outline,
        ledger: Ledger,
        open_session: Callable[[SourceLine, Heading, Hours | None], None],
    ) -> None:
        self.list = people
        self.outline = outline
        self.ledger = ledger
        self.open_session = open_session
        self.columns: tuple[Column, ...] = ()

    def take(self, line: SourceLine) -> bool:
        """Whether the line is a row, or the header, of an agenda: then it is taken."""
        header = header_of(line.text)
        if header:
            self.columns = header if is_agenda(header) else ()
            self.ledger.structure(line.number, line.text)
            return True
        cells = cells_of(line.text)
        columns = self.columns if len(cells) == len(self.columns) else columns_of_row(line.text)
        if columns is None:
            return False
        told = list(zip(columns, cells, strict=True))
        hours = next((_hours_of(cell) for column, cell in told if column is Column.HOURS), None)
        content = " ".join(cell for column, cell in told if column is Column.CONTENT and cell)
        if not content and (self.list.session is None or not any(column is Column.PEOPLE for column, _ in told)):
            return False
        self.ledger.structure(line.number, line.text)
        told_people = with_people(content)
        if told_people:
            content = told_people[0]
            self.ledger.guess(line.number, f"“{told_people[1]}” is taken for who takes part in “{content}”")
        if content:
            self._open(line, content, hours)
        if told_people:
            self._take_cell(line, told_people[1], is_host=False)
        for part, is_host in _people_of(told):
            self._take_cell(line, part, is_host=is_host)
        room = next((cell for column, cell in told if column is Column.ROOM and cell), "")
        if room and self.list.session is not None:
            self.list.session.room = (line, room)
        return True

    def _open(self, line: SourceLine, content: str, hours: Hours | None) -> None:
        heading = labelled(content) or Heading(content)
        session = self.list.session
        if session is None or session.heading != heading:
            self.open_session(line, heading, replace(hours, words="") if hours else None)
        elif session.hours and hours:
            session.hours = replace(session.hours, end=hours.end)

    def _take_cell(self, line: SourceLine, cell: str, *, is_host: bool) -> None:
        for part in re.split(r"[;；]", cell):
            self._take_people(line, part.strip(), is_host=is_host)

    def _take_people(self, line: SourceLine, part: str, *, is_host: bool) -> None:
        heading = labelled(part)
        is_labelled = heading is not None and bool(heading.rest) and (is_hosts(heading) or is_role_label(heading))
        if heading and is_labelled:
            is_host, part = is_hosts(heading), heading.rest
        for at, words in enumerate(split_people(part) if part else ()):
            person = person_of(words)
            is_host = is_host and (at == 0 or not is_labelled)  # 主持人： is said of one paragraph of a cell
            if person is None:
                self.ledger.guess(line.number, f"“{words}” names nobody for certain: add by hand whom it names")
            elif is_host and self.list.session is not None:
                group = HostGroup(line.number, "", session=self.list.session)
                self.outline.host_groups.append(group)
                self.list.open_hosts(group)
                self.list.add_host(line, person)
                self.list.close_hosts()
            else:
                self.list.add(line, person)


def _hours_of(cell: str) -> Hours | None:
    """The hours of a cell, where 11.30 alone is no other number."""
    return only_hours(re.sub(r"(?<=\d)\.(?=\d\d\b)", ":", cell))


def _is_lone_title(cell: str) -> bool:
    return is_title(cell) and labelled(cell) is None and not people_of(cell)


def _people_of(told: Sequence[tuple[Column, str]]) -> Iterator[tuple[str, bool]]:
    """The cells that name people, a title with the name beside it; whether they moderate."""
    for (column, cell), (next_column, following) in zip(told, [*told[1:], (Column.OTHER, "")], strict=True):
        if column not in {Column.PEOPLE, Column.HOSTS} or not cell or _is_lone_title(cell):
            continue
        has_title = following and (next_column is Column.TITLE or (next_column is column and _is_lone_title(following)))
        yield (f"{cell}\t{following}" if has_title else cell), column is Column.HOSTS

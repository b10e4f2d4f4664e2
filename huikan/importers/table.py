"""The importer `table`: talks and people as organisers type them, in CSV or XLSX."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from huikan.importers.clock import (
    Slot,
    on_day,
    programme_day,
    read_date,
    read_date_of_year,
    read_duration,
    read_moment,
    read_time,
    slot_of,
)
from huikan.importers.event_model import Event, Link, SessionFacts, Speaker, Talk
from huikan.importers.located import Value, Words, one_line, surname_first, words
from huikan.importers.marked_up import as_prose
from huikan.importers.names import split_entry
from huikan.importers.source_text import is_latin
from huikan.importers.table_cells import Row, Sheet
from huikan.importers.table_headers import Column, Header, TableHead, find_head

_RANGE = re.compile(r"\s*(?:-|–|—|－|~|～|〜|至|到|to)\s*")
_SEVERAL = re.compile(r"\s*(?:[;；、/\n|&]|\s+and\s+|\s+und\s+|，)\s*")
_INHERITED = (Column.DATE, Column.SESSION, Column.ROOM, Column.TRACK)
_DESCRIBES_TALK = {Column.TITLE, Column.SESSION, Column.START, Column.TIME, Column.ABSTRACT}

INDICO_COLUMNS = (
    Column.START,
    Column.DURATION,
    Column.TITLE,
    Column.FIRST_NAME,
    Column.LAST_NAME,
    Column.AFFILIATION,
    Column.PERSON_ID,
)
"""The columns of Indico's contribution CSV, which has no header."""


def event_of_table(sheets: Sequence[Sheet]) -> Event:
    """The event of a table; a sheet without a header that names talks or people stays among the leaves."""
    leaves = {value.position: value.text for sheet in sheets for row in sheet.rows for value in row.values()}
    talks: list[Talk] = []
    people: list[Speaker] = []
    remarks: list[tuple[str, str]] = []
    title: Value | None = None
    for sheet in sheets:
        head = find_head(sheet.rows) or _headless(sheet.rows)
        if head is None:
            if sheet.rows:
                position = next(iter(sheet.rows[0].values())).position
                remarks.append((position, "no header that names talks or people: the sheet is left out"))
            continue
        for header in head.headers.values():
            number = f" {header.person}" if header.person else ""
            remarks.append(
                (header.value.position, f"“{one_line(header.value.text)}” taken for {header.column}{number}")
            )
            if head.rows:
                leaves.pop(header.value.position, None)
        if title is None and head.rows > 1:
            title = next(iter(sheet.rows[0].values()))
            remarks.append((title.position, f"“{one_line(title.text)}” taken for the title of the event"))
        reader = _Reader(head)
        for row in sheet.rows[head.rows :]:
            talk, known = reader.row(row)
            if talk:
                talks.append(talk)
            people += known
        remarks += reader.remarks
    return Event(
        title=words(title),
        talks=tuple(talks),
        people=tuple(people),
        remarks=tuple(dict.fromkeys(remarks)),
        leaves=leaves,
    )


def _headless(rows: Sequence[Row]) -> TableHead | None:
    """Indico's columns, where the first row begins with a moment and a duration."""
    if not rows or not {0, 1, 2} <= rows[0].keys():
        return None
    if not read_moment(rows[0][0].text) or not read_duration(rows[0][1].text):
        return None
    headers = {
        number: Header(column, 0, rows[0].get(number, rows[0][0])) for number, column in enumerate(INDICO_COLUMNS)
    }
    return TableHead(headers, 0)


class _Reader:
    """Reads rows one after another: a date or a session stands for the rows below it too."""

    def __init__(self, head: TableHead) -> None:
        self.head = head
        self.remarks: list[tuple[str, str]] = []
        self.above: dict[Column, Value] = {}
        self.year: int | None = None

    def row(self, row: Row) -> tuple[Talk | None, list[Speaker]]:
        """The talk of a row, if it describes one, and the people that it only lists."""
        cells: dict[tuple[Column, int], Value] = {}
        for number, header in self.head.headers.items():
            if number in row:
                cells[header.column, header.person] = row[number]
        own = {column for column, _ in cells}
        speakers = [*self._speakers(cells)]
        hosts = [*self._people_in(cells.get((Column.HOST, 0)), Column.HOST)]
        if not own & _DESCRIBES_TALK and not (speakers and Column.SESSION in self.above):
            return None, speakers
        for column in _INHERITED:
            if (column, 0) in cells:
                self.above[column] = cells[column, 0]
            elif column in self.above and (column is not Column.TRACK or Column.TITLE in own):
                cells[column, 0] = self.above[column]
                self.remarks.append((self.above[column].position, "stands for the rows below it that leave it empty"))
        return self._talk(cells, speakers, hosts, next(iter(row.values())).position), []

    def _talk(
        self, cells: dict[tuple[Column, int], Value], speakers: list[Speaker], hosts: list[Speaker], position: str
    ) -> Talk:
        slot, times = self._slot(cells)
        session, title = cells.get((Column.SESSION, 0)), cells.get((Column.TITLE, 0))
        if title is None and not speakers:  # a row of the session alone: a break, a ceremony
            session, title = None, session
        room = words(cells.get((Column.ROOM, 0)))
        identity = cells.get((Column.TALK_ID, 0))
        texts = [as_prose(cells[key]) for key in cells if key[0] is Column.ABSTRACT]
        return Talk(
            key=identity.text if identity else position,
            title=words(title),
            subtitle=words(cells.get((Column.SUBTITLE, 0))),
            slot=slot,
            times=times,
            room=room,
            track=words(cells.get((Column.TRACK, 0))),
            kind=cells.get((Column.TYPE, 0)) or cells.get((Column.ROLE, 0)),
            language=cells.get((Column.LANGUAGE, 0)),
            texts=tuple(words(text) for text in texts),
            links=tuple(Link(value) for (column, _), value in cells.items() if column is Column.LINK),
            speakers=tuple(speakers),
            hosts=tuple(hosts),
            session=SessionFacts(one_line(session.text), words(session), room=room) if session else None,
        )

    def _slot(self, cells: dict[tuple[Column, int], Value]) -> tuple[Slot, Words]:
        date_value, start_value = cells.get((Column.DATE, 0)), cells.get((Column.START, 0))
        end_value, time_value = cells.get((Column.END, 0)), cells.get((Column.TIME, 0))
        duration_value = cells.get((Column.DURATION, 0))
        if time_value and start_value is None:
            start_value, time_value = time_value, None
        day = self._day(date_value) if date_value else None
        start, finish = _moments(start_value.text, day) if start_value else (None, None)
        if start_value and start is None and day is None:
            day = read_date(start_value.text)
        if end_value and finish is None:
            finish = _moments(end_value.text, day or (programme_day(start) if start else None))[0]
        duration = read_duration(duration_value.text) if duration_value else None
        slot = slot_of(start, end=finish, duration=duration, day=day)
        used = (
            date_value if day else None,
            start_value if start or (day and not date_value) else None,
            end_value if slot.end and finish == slot.end else None,
            duration_value if slot.end and duration and finish is None else None,
        )
        return slot, words(*used)

    def _day(self, value: Value) -> dt.date | None:
        """The date in a cell; one without a year is of the year of those above."""
        day = read_date(value.text)
        if day is None and self.year is not None:
            day = read_date_of_year(value.text, self.year)
            if day is not None:
                self.remarks.append((value.position, f"taken for {day}, in the year of the dates above"))
        self.year = day.year if day else self.year
        return day

    def _speakers(self, cells: dict[tuple[Column, int], Value]) -> Iterator[Speaker]:
        for person in sorted({number for column, number in cells if column in _OF_PERSON}):
            facts = {column: value for (column, number), value in cells.items() if number == person}
            name, english = facts.get(Column.NAME), facts.get(Column.NAME_EN)
            parts = [facts[part] for part in (Column.FIRST_NAME, Column.MIDDLE_NAME, Column.LAST_NAME) if part in facts]
            if name is None and parts:
                yield self._joined(parts, facts)
            elif name is None and english is not None:
                yield self._with(facts, Speaker(f"name:{one_line(english.text)}", words(english)))
            elif name is not None:
                found = [*self._people_in(name, Column.NAME, numbered=person > 0)]
                if len(found) == 1:
                    both = (*found[0].name, replace(english, language="en")) if english else found[0].name
                    if english:
                        both = (replace(both[0], language="zh"), *both[1:])
                    yield self._with(facts, replace(found[0], name=both))
                else:
                    self._leave_facts(facts, name)
                    yield from found

    def _leave_facts(self, facts: dict[Column, Value], names: Value) -> None:
        """Tell of the facts beside a cell of several people: whose they are is not said."""
        for column, value in facts.items():
            if column in _ABOUT_PERSON:
                told = f"“{one_line(value.text)}” is left out: it does not say whose it is of those in {names.position}"
                self.remarks.append((value.position, told))

    def _joined(self, parts: list[Value], facts: dict[Column, Value]) -> Speaker:
        """One name of given name and surname; of Han characters the surname comes first, without a space."""
        latin = all(is_latin(part.text) for part in parts)
        ordered = parts if latin else [*parts[-1:], *parts[:-1]]
        name = (" " if latin else "").join(one_line(part.text) for part in ordered)
        sort = surname_first(parts[0], parts[-1]) if len(parts) > 1 else ""
        speaker = Speaker(f"name:{name}", (Value(name, parts[0].position),), sort=sort, others=tuple(parts[1:]))
        return self._with(facts, speaker)

    def _with(self, facts: dict[Column, Value], speaker: Speaker) -> Speaker:
        identity, bio = facts.get(Column.PERSON_ID), facts.get(Column.BIO)
        affiliation, job = facts.get(Column.AFFILIATION), facts.get(Column.JOB)
        return replace(
            speaker,
            key=f"id:{identity.text}" if identity else speaker.key,
            title=words(job) or speaker.title,
            affiliations=(words(affiliation),) if affiliation else speaker.affiliations,
            bio=words(as_prose(bio)) if bio else (),
            picture=facts.get(Column.PHOTO),
        )

    def _people_in(self, value: Value | None, column: Column, *, numbered: bool = False) -> Iterator[Speaker]:
        """The people of a cell: several set apart by signs, or one with a body after a comma."""
        if value is None:
            return
        if numbered and "," in value.text:
            name, _, body = (part.strip() for part in value.text.partition(","))
            if name and body:
                self.remarks.append((value.position, f"name: {name}; body: {body}"))
                yield Speaker(
                    f"name:{name}", (replace(value, text=name),), affiliations=((replace(value, text=body),),)
                )
                return
        names = [name for name in _SEVERAL.split(value.text) if name]
        if len(names) == 1 and "," in value.text:
            names = [name.strip() for name in value.text.split(",") if name.strip()]
        if len(names) > 1:
            self.remarks.append((value.position, f"{len(names)} people: {'; '.join(names)}"))
        for name in names:
            entry = split_entry(name)
            titled = entry.title and not is_latin(name) and not entry.guessed
            if titled:
                self.remarks.append((value.position, f"name: {entry.name}; title: {entry.title}"))
            own = entry.name if titled or (not is_latin(name) and not entry.title) else one_line(name)
            title = (replace(value, text=entry.title),) if titled else ()
            yield Speaker(f"name:{own}", (replace(value, text=own),), title=title)


_ABOUT_PERSON = {Column.JOB, Column.AFFILIATION, Column.BIO, Column.PHOTO, Column.PERSON_ID}
_OF_PERSON = {
    Column.NAME,
    Column.NAME_EN,
    Column.FIRST_NAME,
    Column.MIDDLE_NAME,
    Column.LAST_NAME,
}


def _moments(text: str, day: dt.date | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Start and end of `09:00`, `09:00–09:30`, or a moment with its date."""
    moment = read_moment(text)
    if moment:
        return moment.replace(tzinfo=None), None
    date = read_date(text)
    clock = text
    if date and len(text.split()) > 1:
        clock, day = text.split(maxsplit=1)[1], date
    first, *rest = _RANGE.split(clock, maxsplit=1)
    start = on_day(day, read_time(first))
    end = on_day(day, read_time(rest[0])) if rest else None
    if start and end and end < start:
        end += dt.timedelta(days=1)
    return start, end

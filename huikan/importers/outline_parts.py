"""The parts of an outline, each with the lines it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from huikan.content.model import Role
from huikan.importers.names import NameAndTitle
from huikan.importers.outline_grammar import Deed, Heading
from huikan.importers.outline_hours import Day, Hours
from huikan.importers.source_text import SourceLine


@dataclass(slots=True)
class Listed:
    """A person as the programme lists them, with what stands below: lines of the title, paragraphs of what was said.

    `text` is the whole line.
    """

    line: int
    entry: NameAndTitle
    title_lines: list[SourceLine] = field(default_factory=list)
    paragraphs: list[list[SourceLine]] = field(default_factory=list)
    role: Role | None = None
    hours: Hours | None = None
    topic: tuple[SourceLine, str] | None = None
    text: str = ""


@dataclass(slots=True)
class HostGroup:
    """Hosts and the sessions they moderate, as the programme words it; neither scope nor session means all."""

    line: int
    scope: str
    people: list[Listed] = field(default_factory=list)
    session: OutlineSession | None = None


@dataclass(slots=True)
class Captioned:
    """A caption of one or two lines and the paragraphs below it, each with the lines it came from."""

    who: SourceLine
    deed_line: SourceLine
    deed: Deed
    paragraphs: list[list[SourceLine]] = field(default_factory=list)

    @property
    def who_text(self) -> str:
        """Title and name."""
        return self.deed.who or self.who.text


@dataclass(slots=True)
class OutlineSession:
    """A session as the programme lists it, as the body heads it, or both; `is_role` when 发言嘉宾： alone heads it."""

    line: int
    heading: Heading
    listed: list[Listed] = field(default_factory=list)
    captions: list[Captioned] = field(default_factory=list)
    description: list[list[SourceLine]] = field(default_factory=list)
    in_programme: bool = True
    hours: Hours | None = None
    hours_line: int = 0
    day: Day | None = None
    room: tuple[SourceLine, str] | None = None
    is_role: bool = False


@dataclass(slots=True)
class Outline:
    """The parts of an outline, each with its lines."""

    title: SourceLine | None = None
    facts: list[tuple[SourceLine, Heading]] = field(default_factory=list)
    host_groups: list[HostGroup] = field(default_factory=list)
    sessions: list[OutlineSession] = field(default_factory=list)
    headed: list[tuple[SourceLine, OutlineSession, str]] = field(default_factory=list)
    introduction: list[list[SourceLine]] = field(default_factory=list)
    loose_captions: list[Captioned] = field(default_factory=list)

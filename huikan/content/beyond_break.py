"""What else is wrong in a YAML text that breaks: the entry that breaks it is taken out, and the rest read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from huikan.content.broken_yaml import UNCLEAR
from huikan.content.indents import line_start
from huikan.content.marks import Node, YamlProblemError, read_yaml
from huikan.content.slips import rest_of_line
from huikan.finding import Finding

MOST_BREAKS = 12
"""Of one file: each costs a reading, and more are hardly mended before the next build."""

BeginsEntry = Callable[[str], bool]
"""Whether a key in the first column surely begins an entry of its file."""

_WORD = r"[^\s#:\[\]{}\"'-][^\s#:\[\]{}\"']*"
_ENTRY = re.compile(rf"(?P<indent> *)(?:(?P<hyphen>-)|(?P<key>{_WORD})[ ]*:)(?:[ ]|$)", re.MULTILINE)
_DOCUMENT = re.compile(r"(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_UNDECIDED = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_OF_ANCHORS = "refers to nothing above"


@dataclass(slots=True)
class Beyond:
    """The breaks behind the first one; the tree without what breaks, if it can be read; where that was taken out."""

    findings: list[Finding] = field(default_factory=list)
    root: Node | None = None
    gaps: list[int] = field(default_factory=list)

    def whole_entries(self, begins_entry: BeginsEntry) -> Iterator[tuple[str, Node]]:
        """The entries of the tree that cannot have lost a part: maps of their own, not the last before a gap."""
        if self.root is None or not isinstance(self.root.value, dict):
            return
        starts = {key: place.start for key, place in self.root.keys.items()}
        before = {max((start for start in starts.values() if start < gap), default=-1) for gap in self.gaps}
        for key, node in self.root.value.items():
            if begins_entry(key) and isinstance(node.value, dict) and starts[key] not in before:
                yield key, node


def beyond_break(text: str, file: str, problem: YamlProblemError, begins_entry: BeginsEntry) -> Beyond:
    """What else breaks a text that `problem` broke.

    Reading goes on where an entry surely begins: at an item of a list that was open, or at a key in the first column
    for which `begins_entry`. It ends where a break may be only another effect of the one before.
    """
    beyond = Beyond()
    stops = {problem.stopped}
    while problem.at >= 0 and problem.finding.code in {"HK002", "HK003"} and len(beyond.findings) < MOST_BREAKS:
        gap = _entry_around(text, problem.at, begins_entry)
        if gap is None:
            break
        begin, end = gap
        text = text[:begin] + re.sub("[^\n]", "#", text[begin:end]) + text[end:]
        beyond.gaps.append(begin)
        try:
            beyond.root = read_yaml(text, file)[0]
            break
        except YamlProblemError as next_problem:
            before, problem = problem.finding, next_problem
        if problem.stopped in stops or problem.finding.hint == UNCLEAR or _is_of_one_line(problem.finding, before):
            break
        stops.add(problem.stopped)
        if not problem.finding.message.endswith(_OF_ANCHORS):  # the anchor may stand in what was taken out
            beyond.findings.append(problem.finding)
    return beyond


def _is_of_one_line(finding: Finding, before: Finding) -> bool:
    """Whether both say that they do not fit to one and the same line."""
    return "(line " in finding.message and finding.message == before.message


def _entry_around(text: str, at: int, begins_entry: BeginsEntry) -> tuple[int, int] | None:
    """Where the innermost entry around an offset begins and ends; None where nobody can tell."""
    start = line_start(text, at)
    if _UNDECIDED.search(text):
        return None
    if _DOCUMENT.match(text, start):
        return start, start + len(rest_of_line(text, start))
    begin, columns = _open_items(text, start)
    line = start
    while True:
        line += len(rest_of_line(text, line)) + 1
        if line >= len(text):
            end = len(text)
            break
        entry = _ENTRY.match(text, line)
        if entry is None:
            continue
        column = len(entry["indent"])
        if (column in columns) if entry["hyphen"] else (column == 0 and begins_entry(entry["key"])):
            end = line
            break
        columns = {each for each in columns if each < column}  # the others end here
    return (begin, end) if text[begin:end].strip() else None


def _open_items(text: str, line: int) -> tuple[int, set[int]]:
    """Where the innermost entry begins that is open on a line, and the columns, from 0, of the lists it stands in."""
    here = rest_of_line(text, line)
    begin, columns, left = -1, set[int](), len(here) - len(here.lstrip(" ")) + 1
    while left > 0:
        entry = _ENTRY.match(text, line)
        column = len(entry["indent"]) if entry else left
        if entry and column < left:
            left = column
            if entry["hyphen"]:
                columns.add(column)
            if begin < 0 and (entry["hyphen"] or column == 0):
                begin = line
        if line == 0:
            break
        line = line_start(text, line - 1)
    return (begin if begin >= 0 else line), columns

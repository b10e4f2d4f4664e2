"""What goes out as comments: the notes of the content, and what check finds, each with the field it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from huikan.content.load import LoadedPublication
from huikan.content.marks import Node
from huikan.finding import Finding
from huikan.render.docx import Question

_NOTE = "note"
_LANGUAGES = {"zh", "en"}
_APPEARANCES = {"hosts", "items"}
_KNOWN_BY = ("name", "label", "title", "caption", "topic")


def questions_of(loaded: LoadedPublication, findings: Sequence[Finding] = ()) -> tuple[Question, ...]:
    """The notes in the order of the files, then the findings."""
    notes = [note for file, root in loaded.roots.items() for note in _notes(root, file, "")]
    return (*notes, *(_question(loaded, finding) for finding in findings))


def open_notes(loaded: LoadedPublication) -> tuple[tuple[str, str], ...]:
    """Each note: the field that it is about, and its words."""
    return tuple((question.fields[0], question.words) for question in questions_of(loaded))


def _notes(node: Node, file: str, path: str) -> Iterator[Question]:
    if isinstance(node.value, list):
        for number, below in enumerate(node.value):
            step = below.name if isinstance(below.value, dict) and below.name else number
            yield from _notes(below, file, f"{path}.{step}")
    elif isinstance(node.value, dict):
        for key, below in node.value.items():
            if key == _NOTE and isinstance(below.value, str):
                yield Question(_subjects(file, path, node), below.value.strip(), _above(file, path))
            else:
                yield from _notes(below, file, f"{path}.{key}" if path else key)


def _subjects(file: str, path: str, node: Node) -> tuple[str, ...]:
    """What a note in a map is about: the field by which it is known, the whole of it, and for an appearance who."""
    person = node.value.get("person")
    known = next((key for key in _KNOWN_BY if key in node.value), "")
    fields = [f"{file}#{path}.{known}".replace("#.", "#")] if known and path not in node.value else []
    return (*fields, f"{file}#{path}", *([f"people.yaml#{person.value}"] if person else []))


def _above(file: str, path: str) -> tuple[str, ...]:
    """What a field lies in; of people and bodies only their own entry counts. Last comes the booklet's title."""
    steps = path.split(".")
    least = 1 if file in {"people.yaml", "organisations.yaml"} else 0
    above = [f"{file}#{'.'.join(steps[:size])}" for size in range(len(steps) - 1, least - 1, -1)]
    return (*above, "booklet.yaml#title")


def _question(loaded: LoadedPublication, finding: Finding) -> Question:
    hint = f" → {finding.hint}" if finding.hint else ""
    excerpt = f"“{finding.excerpt}” " if finding.excerpt else ""
    fields, above = _fields_at(loaded, finding)
    return Question(fields, f"{excerpt}{finding.message}{hint} [{finding.code}]", above)


def _fields_at(loaded: LoadedPublication, finding: Finding) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The field at a place of a file, and what it lies in; nothing else for a field of one language."""
    file = finding.file
    body = loaded.bodies.get(file)
    if body is not None and finding.line >= body.line:
        return (f"{file}#{_block_at(loaded, file, finding.line - body.line)}", f"{file}#"), ()
    node, steps = loaded.roots.get(file), [""]
    person = ""
    while node is not None and (found := _child_at(node, finding.line, finding.column)):
        step, node = found
        if steps[-1] in _APPEARANCES:
            person = str(node.value["person"].value if isinstance(node.value, dict) else node.value)
        steps.append(step)
    path = ".".join(steps[1:])
    fields = (f"{file}#{path}", *([f"people.yaml#{person}"] if person else []))
    return fields, (() if _LANGUAGES.intersection(steps) else _above(file, path))


def _child_at(node: Node, line: int, column: int) -> tuple[str, Node] | None:
    """The child in which, or in whose key, a place lies: the last that begins before it."""
    if isinstance(node.value, dict):
        entries = [(key, node.keys.get(key, below.place), below) for key, below in node.value.items()]
    elif isinstance(node.value, list):
        entries = [
            (str(below.name if isinstance(below.value, dict) and below.name else number), below.place, below)
            for number, below in enumerate(node.value)
        ]
    else:
        return None
    starts = [(place.line, place.column) for _, place, _ in entries]
    found = bisect_right(starts, (line, column)) - 1
    if found < 0:
        return None
    name, _, below = entries[found]
    return name, below


def _block_at(loaded: LoadedPublication, file: str, line: int) -> int:
    """The number of the block of prose on a line, counted from 0 in the prose."""
    from huikan.review.markdown_leaves import UnwritableError, blocks_of  # not for copies without findings

    id, _, key = file.removeprefix("summaries/").removesuffix(".md").partition(".")
    prose = loaded.publication.summaries[id].prose
    try:
        leaves = blocks_of(prose[key or next(iter(prose))]).leaves
    except UnwritableError:
        return 1
    return max(1, sum(leaf.lines[0] <= line for leaf in leaves))

"""Put right what needs no judgement: only the characters that a finding means are rewritten."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from huikan.check.run import Fix, check_publication
from huikan.check.subject import source_text
from huikan.content.load import load_publication
from huikan.content.marks import Node, YamlProblemError, read_yaml
from huikan.outputs import replace_all

_MOST_ROUNDS = 8
"""One fix may uncover another; a bound in case two rules should ever disagree."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """How many stretches were rewritten, and the changes as a unified diff."""

    count: int
    diff: str


def fix_folder(folder: Path) -> Fixed:
    """Put right every safe finding in the publication, until none is left.

    Files keep their line ends and their byte order mark. A fix after which a YAML file would mean anything else than
    the same keys with other words is left out.

    Raises ContentError when the publication cannot be loaded.
    """
    before: dict[str, str] = {}
    count = 0
    for _ in range(_MOST_ROUNDS):
        fixes = check_publication(load_publication(folder)).fixes
        written = 0
        for file, of_file in _by_file(fixes).items():
            source = source_text(folder / file)
            text, applied = rewritten(source, of_file, is_yaml=file.endswith(".yaml"))
            if applied:
                before.setdefault(file, source)
                _write(folder / file, text)
                written += applied
        count += written
        if not written:
            break
    diff = "".join(_diff(file, text, source_text(folder / file)) for file, text in sorted(before.items()))
    return Fixed(count, diff)


def rewritten(source: str, fixes: Iterable[Fix], *, is_yaml: bool) -> tuple[str, int]:
    """The text with the fixes applied, and how many were; of two that overlap the first counts."""
    text, applied, shift, last = source, 0, 0, 0
    for fix in sorted(set(fixes), key=lambda each: (each.start, each.end)):
        if fix.start < last or source[fix.start : fix.end] == fix.text:
            continue
        changed = text[: fix.start + shift] + fix.text + text[fix.end + shift :]
        if is_yaml and not _same_shape(text, changed):
            continue
        text, applied, last = changed, applied + 1, fix.end
        shift += len(fix.text) - (fix.end - fix.start)
    return text, applied


def _by_file(fixes: Iterable[Fix]) -> dict[str, list[Fix]]:
    grouped: dict[str, list[Fix]] = defaultdict(list)
    for fix in fixes:
        grouped[fix.file].append(fix)
    return grouped


def _same_shape(before: str, after: str) -> bool:
    """Whether two YAML texts have the same keys in the same places, and values of the same type, none emptied."""
    try:
        old, _ = read_yaml(before, "")
        new, problems = read_yaml(after, "")
    except YamlProblemError:
        return False
    return not problems and old is not None and new is not None and _shape(old) == _shape(new)


def _shape(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: _shape(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [_shape(below) for below in node.value]
    return type(node.value), bool(str(node.value).strip())


def _write(path: Path, text: str) -> None:
    raw = path.read_bytes()
    if b"\r\n" in raw:
        text = text.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    replace_all(path.parent, {path.name: mark + text.encode()}, durable=True)


def _diff(file: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{file}", f"b/{file}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

"""People and bodies that are written by name where their ids belong."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from huikan.content.marks import Node, Place
from huikan.content.other_words import id_meant
from huikan.content.problems import ID_HINT, NO_ID, NO_LIST
from huikan.finding import Finding

_FILES = ("people.yaml", "organisations.yaml")


def with_ids(findings: Sequence[Finding], roots: Mapping[str, Node]) -> list[Finding]:
    """The findings; where a name stands for an id, with the id to write."""
    if not findings:
        return []
    ids = dict(reversed([each for file in _FILES for each in _named(roots.get(file))]))
    return [_with_ids(finding, ids) for finding in findings]


def _with_ids(finding: Finding, ids: Mapping[str, str]) -> Finding:
    if finding.message.endswith(NO_ID) and _bare(finding.excerpt) in ids:
        return replace(finding, hint=_hint(ids[_bare(finding.excerpt)], finding))
    names = [_bare(name) for name in re.split("[,，、;；]", finding.excerpt)]
    if finding.message.endswith(NO_LIST) and all(name in ids for name in names):
        key = finding.message.partition(":")[0]
        return replace(finding, hint=f"write {key}: [{', '.join(ids[name] for name in names)}]")
    return finding


def _hint(id: str, finding: Finding) -> str:
    return f"name it {id}.md" if Path(finding.file).stem == finding.excerpt else f"write {id}"


def id_of_entry(key: str, entry: Node) -> str:
    """What to write for a key that is no id: its letters as an id has them, or the entry's name in English."""
    id = id_meant(key) or _english_id(entry)
    return f"write {id}: lower-case Latin letters, digits and hyphens, the same in every file" if id else ID_HINT


def ids_of(root: Node) -> frozenset[str]:
    """The ids that a file gives to its entries, or should give."""
    return frozenset(
        ({id_meant(key) or _english_id(entry) for key, entry in root.value.items()} | {*root.value}) - {""}
    )


def swallowed_by(entry: Node, model: type[BaseModel]) -> dict[str, Place]:
    """The ids of entries that are indented into this one, and where they stand."""
    below = entry.value if isinstance(entry.value, dict) else {}
    return {key: entry.keys[key] for key, node in below.items() if node.value is None and key not in model.model_fields}


def without_echoes(findings: list[Finding], swallowed: Iterable[Place], ends: Iterable[Place]) -> list[Finding]:
    """The findings less those of keys that stand twice because an entry is swallowed by the one above.

    `ends` are the places at which entries of that file begin.
    """
    starts = list(ends)
    for place in swallowed:
        end = min((start.line for start in starts if start.line > place.line), default=sys.maxsize)
        findings = [
            each
            for each in findings
            if each.code != "HK005" or each.file != place.file or not place.line < each.line < end
        ]
    return findings


def _named(root: Node | None) -> Iterator[tuple[str, str]]:
    """Every name in a file of people or bodies, and the id that it stands for."""
    entries = root.value if root is not None and isinstance(root.value, dict) else {}
    for key, entry in entries.items():
        for field in ("name", "short", "aliases"):
            for word in _words(entry.child(field)):
                yield _bare(word), key if id_meant(key) == key else id_meant(key) or key


def _english_id(entry: Node) -> str:
    return next((id_meant(word) for word in _words(entry.child("name")) if id_meant(word)), "")


def _words(node: Node | None) -> Iterator[str]:
    if node is None:
        return
    if isinstance(node.value, str):
        yield node.value
    elif isinstance(node.value, dict):
        for key, below in node.value.items():
            yield from _words(below) if key != "note" else ()
    elif isinstance(node.value, list):
        yield "".join(str(below.value) for below in node.value)
        for below in node.value:
            yield from _words(below)


def _bare(name: str) -> str:
    """A name without its blanks and points, whatever its case."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())

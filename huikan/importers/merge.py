"""Merging a new import into edited content: three-way, field by field; what a human changed stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from huikan.finding import ContentError, Finding, Severity

_MISSING = object()
_KEYED = frozenset({"sessions", "hosts", "items"})
"""Lists whose elements have names: an `id`, a `person`, or themselves."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that a human and the source changed differently; the human's version was kept."""

    field: str
    message: str


def merged_text(base: str | None, mine: str | None, theirs: str | None, name: str) -> tuple[str | None, list[Conflict]]:
    """A text that is not taken apart (a summary): one that only one side changed is that side's; None is no file."""
    if base == theirs or mine == theirs:
        return mine, []
    if base == mine:
        return theirs, []
    if theirs is None:
        return mine, [Conflict(name, "edited here, and gone from the source: kept")]
    if mine is None:
        return None, [Conflict(name, "deleted here, and changed in the source: stays deleted")]
    return mine, [Conflict(name, "edited here, and changed in the source: the edited text is kept")]


def merged_yaml(base: str, mine: str, theirs: str, name: str) -> tuple[str, list[Conflict]]:
    """A YAML file with the source's changes in every field that nobody edited. Comments and layout of `mine` stay.

    Raises ContentError when one of the texts is not YAML.
    """
    if base == theirs or mine == theirs:
        return mine, []
    if base == mine:
        return theirs, []
    trees = [_read(text, name) for text in (base, mine, theirs)]
    merging = _Merging(name)
    merging.maps(trees[0], trees[1], trees[2], "")
    if not merging.changed:
        return mine, merging.conflicts
    target = StringIO()
    _yaml().dump(trees[1], target)
    text = target.getvalue()
    if _plain(_read(text, name)) != _plain(trees[1]):
        return mine, [Conflict(name, "could not be merged: take over by hand what changed in .huikan-import/")]
    return text, merging.conflicts


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 10**9
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(text: str, name: str) -> Any:
    try:
        tree = _yaml().load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        hint = "correct it (huikan check names the line), then update again"
        raise ContentError([Finding("HK806", Severity.ERROR, f"{name} is not YAML", hint, name)]) from error
    if tree is None:
        return CommentedMap()
    if not isinstance(tree, dict):
        raise ContentError([Finding("HK806", Severity.ERROR, f"{name} is no map of keys", "correct it", name)])
    return tree


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def _same(one: Any, other: Any) -> bool:
    if one is _MISSING or other is _MISSING:
        return one is other
    return bool(_plain(one) == _plain(other))


class _Merging:
    """Changes the tree `mine` in place."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.conflicts: list[Conflict] = []
        self.changed = False

    def maps(self, base: Mapping[str, Any], mine: Any, theirs: Mapping[str, Any], place: str) -> None:
        before: str | None = None
        for key, new in theirs.items():
            old, own = base.get(key, _MISSING), mine.get(key, _MISSING)
            field = f"{place}.{key}" if place else str(key)
            if own is _MISSING and old is _MISSING:
                keys = list(mine)
                mine.insert(keys.index(before) + 1 if before in keys else len(keys), key, new)
                self.changed = True
            elif own is _MISSING:
                if not _same(old, new):
                    self._tell(field, "deleted here, and changed in the source: stays deleted")
            else:
                mine[key] = self._value(old, own, new, field, str(key))
            before = key if key in mine else before
        for key in [key for key in base if key in mine and key not in theirs]:
            if _same(base[key], mine[key]):
                del mine[key]
                self.changed = True
            else:
                self._tell(f"{place}.{key}" if place else str(key), "edited here, and gone from the source: kept")

    def _value(self, old: Any, own: Any, new: Any, field: str, key: str) -> Any:
        """What stands in a field that both sides have."""
        if _same(own, new) or _same(old, new):
            return own
        if _same(old, own):
            self.changed = True
            return new
        if isinstance(own, dict) and isinstance(new, dict):
            self.maps(old if isinstance(old, dict) else {}, own, new, field)
            return own
        if key in _KEYED and isinstance(own, list) and isinstance(new, list):
            self._lists(old if isinstance(old, list) else [], own, new, field)
            return own
        self._tell(field, f"“{_shown(own)}” here, “{_shown(new)}” in the source: kept as it is here")
        return own

    def _lists(self, base: list[Any], mine: Any, theirs: list[Any], place: str) -> None:
        old_by, new_by = _by_name(base), _by_name(theirs)
        before: str | None = None
        for name, new in new_by.items():
            names = [_name(item) for item in mine]
            old = old_by.get(name, _MISSING)
            if name in names:
                at = names.index(name)
                own = mine[at]
                if not _same(own, new) and not _same(own, old) and isinstance(own, str) != isinstance(new, str):
                    own, new, old = _as_map(own), _as_map(new), _as_map(old)
                mine[at] = self._value(old, own, new, f"{place}.{name}", "")
            elif old is _MISSING:
                mine.insert(names.index(before) + 1 if before in names else len(names), new)
                self.changed = True
            elif not _same(old, new):
                self._tell(f"{place}.{name}", "deleted here, and changed in the source: stays deleted")
            before = name if name in [_name(item) for item in mine] else before
        for name in [name for name in old_by if name not in new_by]:
            names = [_name(item) for item in mine]
            if name in names and _same(mine[names.index(name)], old_by[name]):
                del mine[names.index(name)]
                self.changed = True
            elif name in names:
                self._tell(f"{place}.{name}", "edited here, and gone from the source: kept")
        common = [name for name in old_by if name in new_by]
        if common != [name for name in new_by if name in old_by]:
            self._tell(place, f"another order in the source: {', '.join(new_by)}")

    def _tell(self, field: str, message: str) -> None:
        self.conflicts.append(Conflict(f"{self.name}#{field}", message))


def _name(item: Any) -> str:
    if isinstance(item, dict):
        return str(item.get("id") or item.get("person") or "")
    return str(item)


def _by_name(items: list[Any]) -> dict[str, Any]:
    return {_name(item): item for item in items}


def _as_map(item: Any) -> Any:
    return CommentedMap(person=str(item)) if isinstance(item, str) else item


def _shown(value: Any) -> str:
    """A value in one line, cut short."""
    line = " ".join(_told(value).split())
    return line if len(line) <= 60 else f"{line[:57]}…"


def _told(value: Any) -> str:
    """A value as an editor reads it: the parts of a text set apart by commas, texts by language with theirs."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_told(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return "" if value is None else str(value)

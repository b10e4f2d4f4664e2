"""Fixed words by language: the labels of `templates/i18n/*.yaml`, the publication's own before the built-in ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from huikan.content.encodings import why_not_text
from huikan.content.marks import Node, YamlProblemError, read_yaml
from huikan.finding import ContentError, Finding, Severity


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one language. `labels["toc.heading"]` walks the nested maps; a missing label is a KeyError."""

    language: str
    words: dict[str, Any]

    def __getitem__(self, path: str) -> str:
        value = self._at(path)
        if not isinstance(value, str):
            raise KeyError(path)
        return value

    def lines(self, path: str) -> tuple[str, ...]:
        """A label of several lines, such as the two of a caption."""
        value = self._at(path)
        if not isinstance(value, list):
            raise KeyError(path)
        return tuple(value)

    def _at(self, path: str) -> Any:
        value: Any = self.words
        for step in path.split("."):
            if not isinstance(value, dict) or step not in value:
                raise KeyError(path)
            value = value[step]
        return value


def load_labels(language: str, folders: tuple[Path, ...]) -> Labels:
    """Labels of `language` from the `i18n/` of the template `folders`, nearest first and strongest.

    Raises ContentError when no folder has the language, or when a nearer file does not fit the ones below it:
    another form of value, or a placeholder that they do not fill.
    """
    words: dict[str, Any] = {}
    for folder in reversed(folders):
        path = folder / "i18n" / f"{language}.yaml"
        if not path.is_file():
            continue
        root = _read(path)
        misfits = [*_misfits(words, root, "")] if words else []
        if misfits:
            raise ContentError(misfits)
        words = _overlaid(words, root.plain())
    if not words:
        raise ContentError([Finding("HK091", Severity.ERROR, f"no labels for language {language}")])
    return Labels(language, words)


def _read(path: Path) -> Node:
    file = f"templates/i18n/{path.name}"
    try:
        raw = path.read_bytes()
        root, findings = read_yaml(raw.decode("utf-8-sig"), file)
    except YamlProblemError as error:
        raise ContentError([error.finding]) from error
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ContentError([Finding("HK008", Severity.ERROR, *why_not_text(raw), file, line, column)]) from error
    except OSError as error:
        problem = Finding("HK090", Severity.ERROR, f"labels cannot be read: {error.strerror}", file=file)
        raise ContentError([problem]) from error
    if findings:
        raise ContentError(findings)
    if root is None or not isinstance(root.value, dict):
        hint = "write the labels as KEY: WORDS lines"
        raise ContentError([Finding("HK090", Severity.ERROR, "labels must be a map of words", hint, file, 1, 1)])
    return root


def _misfits(base: Any, node: Node, path: str) -> Iterator[Finding]:
    """What in `node` cannot stand in the place of `base`; labels that `base` does not have are free."""
    value = node.value
    if isinstance(base, dict) and isinstance(value, dict):
        for key, below in value.items():
            if key in base:
                yield from _misfits(base[key], below, f"{path}.{key}".strip("."))
        return
    if isinstance(base, list) and isinstance(value, list) and len(base) == len(value):
        known = {name for line in base for name in _placeholders(line) or ()}
        for below in value:
            yield from _misfits("".join(f"{{{name}}}" for name in known), below, path)
        return
    if isinstance(base, str) and isinstance(value, str):
        names = _placeholders(value)
        if names is not None and names <= (_placeholders(base) or set()):
            return
        known = _placeholders(base) or set()
        hint = f"these are filled in: {', '.join(f'{{{name}}}' for name in sorted(known))}" if known else "write words"
        message = f"{path}: the braces name what is not filled in here"
    else:
        message = f"{path}: another form than the built-in label's"
        hint = f"write {_form(base)}"
    yield Finding("HK090", Severity.ERROR, message, hint, node.place.file, node.place.line, node.place.column)


def _placeholders(pattern: str) -> set[str] | None:
    """The names in braces of a pattern; None if it is not well formed."""
    try:
        fields = [(name, form) for _, name, form, _ in Formatter().parse(pattern) if name is not None]
        return {f"{name}:{form}" if form else name for name, form in fields}
    except ValueError:
        return None


def _form(base: Any) -> str:
    if isinstance(base, dict):
        return "a map"
    return f"a list of {len(base)} texts" if isinstance(base, list) else "a text"


def _overlaid(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = _overlaid(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result

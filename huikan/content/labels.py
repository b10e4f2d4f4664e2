"""Fixed words by language: the labels of `templates/i18n/*.yaml`, the publication's own before the built-in ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from huikan.finding import ContentError, Finding, Severity


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one language. `labels["toc.heading"]` walks the nested maps; a missing label is a KeyError."""

    language: str
    words: dict[str, Any]

    def __getitem__(self, path: str) -> str:
        value: Any = self.words
        for step in path.split("."):
            value = value[step]
        if not isinstance(value, str):
            raise KeyError(path)
        return value

    def lines(self, path: str) -> tuple[str, ...]:
        """A label of several lines, such as the two of a caption."""
        value: Any = self.words
        for step in path.split("."):
            value = value[step]
        return tuple(value)


def load_labels(language: str, folders: tuple[Path, ...]) -> Labels:
    """Labels of `language` from the `i18n/` of the template `folders`, nearest first and strongest.

    Raises ContentError when no folder has the language or a file is not a map.
    """
    words: dict[str, Any] = {}
    for folder in reversed(folders):
        path = folder / "i18n" / f"{language}.yaml"
        if not path.is_file():
            continue
        try:
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problem = Finding("HK090", Severity.ERROR, f"labels cannot be read: {error}", file=str(path))
            raise ContentError([problem]) from error
        if not isinstance(loaded, dict):
            problem = Finding("HK090", Severity.ERROR, "labels must be a map of words", file=str(path))
            raise ContentError([problem])
        words = _overlaid(words, loaded)
    if not words:
        raise ContentError([Finding("HK091", Severity.ERROR, f"no labels for language {language}")])
    return Labels(language, words)


def _overlaid(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = _overlaid(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result

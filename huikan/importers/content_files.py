"""Plain values as content files that people like to read and edit."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from pydantic import BaseModel

from huikan.content.readings import is_han

LITERAL_LENGTH = 120
"""Texts longer than this many characters stand as block scalars."""


class LanguageMap(dict[str, Any]):
    """A text by language; on one line where it is short."""


class Prose(str):
    """A long text, always a block scalar."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _language_map(dumper: _Dumper, data: LanguageMap) -> yaml.Node:
    flow = not any(isinstance(value, Prose) for value in data.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=flow)


def _prose(dumper: _Dumper, data: Prose) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style="|")


def _sequence(dumper: _Dumper, data: Sequence[Any]) -> yaml.Node:
    flow = all(isinstance(item, str) for item in data) and sum(len(item) for item in data) <= LITERAL_LENGTH
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flow)


_Dumper.add_representer(LanguageMap, _language_map)
_Dumper.add_representer(Prose, _prose)
_Dumper.add_representer(list, _sequence)
_Dumper.add_representer(tuple, _sequence)


def text(words: str | Sequence[str]) -> LanguageMap | str | list[str]:
    """Words with Han characters as a Chinese text; others are the same in every language."""
    parts = [words] if isinstance(words, str) else list(words)
    value = parts[0] if len(parts) == 1 else parts
    return LanguageMap(zh=value) if any(is_han(sign) for part in parts for sign in part) else value


def prose(markdown: str) -> LanguageMap | Prose:
    """`text` for Markdown."""
    value = Prose(markdown)
    return LanguageMap(zh=value) if any(map(is_han, markdown)) else value


def in_model_order(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in the order of the model's fields, without those that are None or empty."""
    return {
        name: values[name] for name in model.model_fields if name in values and values[name] not in (None, "", [], {})
    }


def yaml_file(comment: str, value: Mapping[str, Any], *, spread: bool = False) -> str:
    """A YAML file under a comment. `spread` sets the entries (of a lone list: its items) apart by empty lines.

    The same value gives the same bytes, and `yaml.safe_load` gives the value back.
    """
    head = "".join(f"# {line}\n" for line in comment.splitlines()) + "\n"
    if not value:
        return f"{head}{{}}\n"
    if not spread:
        return head + _dump(dict(value))
    key, only = next(iter(value.items()))
    if len(value) == 1 and isinstance(only, (list, tuple)) and only:
        items = (textwrap.indent(_dump([item]), "  ") for item in only)
        return f"{head}{key}:\n" + "\n".join(items)
    return head + "\n".join(_dump({key: entry}) for key, entry in value.items())


def _dump(value: Any) -> str:
    # A width without end: a break inside a Chinese scalar would read back as a space.
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)


def summary_file(appearance: str, markdown: str) -> str:
    """A file of `summaries/`: front matter, then the prose."""
    return f"---\n{_dump({'appearance': appearance})}---\n\n{markdown}\n"

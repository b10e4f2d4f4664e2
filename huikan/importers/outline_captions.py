"""Whether a caption of the source follows from the facts, as the booklet derives it."""

from __future__ import annotations

from functools import cache

from huikan.content.labels import load_labels
from huikan.content.model import Mode, Role
from huikan.content.resolved import Phrase
from huikan.content.wording import Wording
from huikan.importers.source_text import compact
from huikan.resources import builtin


@cache
def _wording(language: str) -> Wording:
    labels = load_labels(language, (builtin("templates"),))
    return Wording(labels, labels.language)


def follows_from_facts(
    lines: tuple[str, ...],
    *,
    name: str,
    title: str,
    forum: str,
    kind: str,
    role: Role,
    scope: str,
    mode: Mode,
    language: str,
) -> bool:
    """Whether the built-in wording makes these very lines from the facts, white space aside.

    `kind` is what stands behind the forum's name; `''` is the wording's own word for it.
    """
    wording = _wording(language)
    derived = wording.caption(
        _phrase(name, language),
        _phrase(title, language) if title else None,
        _phrase(forum, language),
        _phrase(kind or wording.labels["kind"], language),
        role.value,
        _phrase(scope, language),
        mode,
    )
    return [compact(line) for line in lines] == [compact(phrase.text) for phrase in derived]


def _phrase(words: str, language: str) -> Phrase:
    return Phrase((words,), language)

"""Languages: translations whose original has changed since.

`translations.yaml` in the content folder holds, for each text and language, a short digest of its words on the day when
the translation was last looked at. A digest of the original that differs, beside one of the translation that does not,
means that the original moved on alone. No version control is needed, and copies of the folder keep the record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from huikan.check.passages import Kind, Passage
from huikan.check.registry import Remark, at, in_source, rule
from huikan.check.subject import TRANSLATIONS, Subject
from huikan.content.marks import YamlProblemError, read_yaml
from huikan.finding import Severity
from huikan.outputs import replace_all

_DIGITS = 12
STATE = re.compile(rf"[0-9a-f]{{{_DIGITS}}}/[0-9a-f]{{{_DIGITS}}}")
"""The digests of an original and its translation, as they stand in the record."""
LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands in the text of a record for what is not UTF-8."""
_LANGUAGES = {"zh": "Chinese", "en": "English"}
_HEAD = """\
# The state of every text when its translation was last looked at; `huikan check` notices what has changed since.
# Written by `huikan translated`. Keep it with the content, and do not edit it.
"""


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in two languages, and the digests of its words; `field` has no language (`people.yaml#liu-jie.title`)."""

    field: str
    language: str
    passages: tuple[Passage, ...]
    original: tuple[Passage, ...]
    original_language: str

    @property
    def state(self) -> tuple[str, str]:
        """The digests of original and translation."""
        return _digest(self.original), _digest(self.passages)


def translations_of(subject: Subject) -> tuple[Translation, ...]:
    """Every text that stands in the booklet's first language and in another, in the order of the files."""
    first, *others = subject.keys
    return tuple(
        Translation(field, key, texts[key], texts[first], first)
        for field, texts in subject.texts_by_language(without={Kind.NOTE}).items()
        for key in others
        if first in texts and key in texts
    )


def _digest(passages: tuple[Passage, ...]) -> str:
    words = "\n".join(" ".join(passage.text.split()) for passage in passages)
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]


def recorded(text: str) -> dict[tuple[str, str], tuple[str, str]]:
    """The digests of original and translation by field and language. Raises YamlProblemError; odd entries are left."""
    root, _ = read_yaml(text, TRANSLATIONS)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for field, node in root.value.items() if root and isinstance(root.value, dict) else ():
        values = node.plain()
        for language, state in values.items() if isinstance(values, dict) else ():
            if isinstance(state, str) and STATE.fullmatch(state):
                original, _, translation = state.partition("/")
                found[field, language] = (original, translation)
    return found


@rule("HK402", Severity.WARNING)
def translations_follow_their_original(subject: Subject) -> Iterator[Remark]:
    """A translation follows its original.

    The original has changed since the translation was last looked at, and the translation has not. Correct the
    translation, or, if it still holds, say so: `huikan translated --accept liu-jie`.

    `huikan translated` records the state of all translations in `translations.yaml`; run it when the translations are
    done, and again after later changes. Nothing is said of texts that are not recorded.
    """
    record = subject.beside.get(TRANSLATIONS, "")
    try:
        known = recorded(record)
    except YamlProblemError as problem:
        if LOST in record:  # of which HK406 tells
            return
        yield in_source(
            TRANSLATIONS,
            max(problem.at, 0),
            f"cannot be read: {problem.finding.message}",
            "run huikan translated again",
        )
        return
    for each in translations_of(subject):
        if is_stale(each, known):
            message = f"the {_LANGUAGES[each.original_language]} of this text has changed since it was translated"
            hint = f"translate what is new; if nothing is: huikan translated --accept {each.field}"
            yield at(each.passages[0], 0, len(each.passages[0].text), message, hint)


def is_stale(translation: Translation, known: Mapping[tuple[str, str], tuple[str, str]]) -> bool:
    """Whether the original has changed since the record, and the translation has not."""
    before = known.get((translation.field, translation.language))
    original, translated = translation.state
    return before is not None and before[0] != original and before[1] == translated


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a run of `record` did: texts written down, texts left because their original changed, names of nothing."""

    count: int
    stale: tuple[str, ...]
    unknown: tuple[str, ...]


def record(subject: Subject, accept: Collection[str] = ()) -> Recorded:
    """Write translations.yaml: the state of every translation, stale ones only if accepted.

    `accept` names fields, or a part of one: `people.yaml`, `liu-jie`. A record that cannot be read is written anew.
    """
    folder: Path = subject.loaded.folder
    try:
        known = recorded(subject.beside.get(TRANSLATIONS, ""))
    except YamlProblemError:
        known = {}
    states: dict[str, dict[str, tuple[str, str]]] = {}
    stale: list[str] = []
    translations = translations_of(subject)
    for each in translations:
        state = each.state
        if is_stale(each, known) and not any(_names(name, each.field) for name in accept):
            stale.append(each.field)
            state = known[each.field, each.language]
        states.setdefault(each.field, {})[each.language] = state
    lines = [
        f"{field}: {{{', '.join(f'{language}: {one}/{other}' for language, (one, other) in by_language.items())}}}\n"
        for field, by_language in sorted(states.items())
    ]
    replace_all(folder, {TRANSLATIONS: (_HEAD + "".join(lines)).encode()}, durable=True)
    unknown = (name for name in accept if not any(_names(name, each.field) for each in translations))
    return Recorded(len(translations) - len(stale), tuple(dict.fromkeys(stale)), tuple(unknown))


def _names(name: str, field: str) -> bool:
    """Whether a field is meant by its whole id, or by a file or an entry in it."""
    return name == field or name in re.split(r"[#./]", field) or field.startswith((f"{name}#", f"{name}."))

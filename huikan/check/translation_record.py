"""Languages: what in translations.yaml is not as `huikan translated` writes it, so that changes would go unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from huikan.check.registry import Remark, in_source, rule
from huikan.check.subject import TRANSLATIONS, Subject
from huikan.check.translations import LOST, STATE, translations_of
from huikan.content.marks import Lines, Node, YamlProblemError, read_yaml
from huikan.finding import Finding, Severity

_AGAIN = "restore the file from a backup, or look through these translations and run huikan translated"
_MOST_NAMED = 5
_NO_TRANSLATION = "no language that the booklet is translated into"


@rule("HK406", Severity.WARNING)
def the_record_of_translations_is_whole(subject: Subject) -> Iterator[Remark]:
    """The record of translations is whole.

    `huikan translated` writes `translations.yaml`. An entry that is not as it writes them (no field with a language, a
    language that the booklet does not have, something else than two digests, an entry that stands twice) is not
    looked at: a translation that fell behind its original is not told. Take the file from a backup or from version
    control; or look through the translations that are meant and run `huikan translated`.
    """
    text = subject.beside.get(TRANSLATIONS, "")
    if LOST in text:
        message = "not UTF-8 text: the record was saved by another program"
        yield in_source(TRANSLATIONS, text.index(LOST), message, _AGAIN)
        return
    try:
        root, twice = read_yaml(text, TRANSLATIONS)
    except YamlProblemError:  # of which HK402 tells
        return
    lines = Lines(text, TRANSLATIONS)
    for each in twice:
        yield in_source(TRANSLATIONS, lines.starts[each.line - 1] + each.column - 1, each.message, each.hint)
    if root is None or root.value is None:
        return
    if not isinstance(root.value, dict):
        found = "a list" if isinstance(root.value, list) else "a text"
        yield in_source(TRANSLATIONS, root.place.start, f"expected a map of fields, found {found}", _AGAIN)
        return
    entries = [entry.value for entry in root.value.values() if isinstance(entry.value, dict)]
    recorded = Counter(language for states in entries for language in states)
    told = set[str]()
    for field, entry in root.value.items():
        yield from _in_entry(field, entry, root.keys[field].start, subject, recorded, told)


def _in_entry(
    field: str, entry: Node, start: int, subject: Subject, recorded: Mapping[str, int], told: set[str]
) -> Iterator[Remark]:
    """What is odd in one entry. A language that is none of the booklet's is told once: of how many texts it is."""
    if not isinstance(entry.value, dict):
        yield in_source(TRANSLATIONS, start, f"{field}: expected a language and two digests", _AGAIN)
        return
    first, *others = subject.keys
    for language, state in entry.value.items():
        if language not in others:
            if language not in told:
                told.add(language)
                kind = "that of the originals" if language == first else _NO_TRANSLATION
                more = f", also in {recorded[language] - 1} more texts" if recorded[language] > 1 else ""
                known = f"known here: {', '.join(others)}" if others else "huikan translated leaves it out"
                message = f"{field}: {language!r} is {kind}{more}"
                yield in_source(TRANSLATIONS, entry.keys[language].start, message, known)
        elif not (isinstance(state.value, str) and STATE.fullmatch(state.value)):
            shown = repr(state.written) if state.written else "this"
            message = f"{field}: {shown} is not the state of a text"
            yield in_source(TRANSLATIONS, state.place.start, message, _AGAIN)


@rule("HK407", Severity.NOTE)
def the_record_names_texts_that_are_there(subject: Subject) -> Iterator[Remark]:
    """The record of translations names texts that are there.

    A text was deleted, or is called otherwise since its translation was recorded: an id of a person or a session was
    changed, an item of a list was moved. Under its new name it is not recorded, and nothing is told of it. Look whether
    its translation still holds, then run `huikan translated`.
    """
    text = subject.beside.get(TRANSLATIONS, "")
    try:
        root, _ = read_yaml(text, TRANSLATIONS)
    except YamlProblemError:
        return
    if LOST in text or root is None or not isinstance(root.value, dict):
        return
    known = {each.field for each in translations_of(subject)}
    gone = [field for field, entry in root.value.items() if field not in known and isinstance(entry.value, dict)]
    if gone:
        shown = ", ".join(gone[:_MOST_NAMED])
        more = f" and {len(gone) - _MOST_NAMED} more" if gone[_MOST_NAMED:] else ""
        message = f"recorded, and not there or not translated any more: {shown}{more}"
        hint = "look whether they are called otherwise now, then run huikan translated"
        yield in_source(TRANSLATIONS, root.keys[gone[0]].start, message, hint)


def unread_entries(subject: Subject) -> list[Finding]:
    """What of the record was not understood, for whoever is about to write it anew."""
    text = subject.beside.get(TRANSLATIONS, "")
    try:
        read_yaml(text, TRANSLATIONS)
    except YamlProblemError as problem:
        if LOST not in text:
            return [replace(problem.finding, severity=Severity.WARNING)]
    lines = Lines(text, TRANSLATIONS)
    found = []
    for remark in the_record_of_translations_is_whole(subject):
        place = lines.place(remark.offset, remark.offset)
        found.append(
            Finding("HK406", Severity.WARNING, remark.message, remark.hint, TRANSLATIONS, place.line, place.column)
        )
    return found

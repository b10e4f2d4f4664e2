"""Files that nobody would read because of their names or folders: `people.yml`, `summaries/lin-yue.txt`, `摘要/`."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from huikan.content.front_matter import FENCE, head_of
from huikan.content.marks import Place
from huikan.content.other_words import id_meant, meant
from huikan.content.problems import ID_HINT, NO_ID
from huikan.content.terms import LANGUAGE_KEYS
from huikan.content.values import ID_PATTERN, LONGEST_ID
from huikan.finding import Finding, Severity

_YAML = re.compile(r"\.(?:ya?ml)?(?:\.txt)?$", re.IGNORECASE)
_TEXT = re.compile(r"\.(?:md|markdown|mdown|txt)(?:\.txt)?$", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:docx?|wps|rtf|odt|pdf)$", re.IGNORECASE)
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?---\s*\n(?:[^\n]*\n){0,5}?appearance\s*:")
_HEAD = 1000
_COPY = re.compile(r"[ _-]*(?:\(\d+\)|（\d+）|-? ?副本.*|[ _-]copy.*|最终.*|终稿.*|定稿.*|修改.*|v\d+)$", re.IGNORECASE)
_HIDDEN = (".", "~")
_KNOWN_FOLDERS = frozenset({"summaries", "photos", "styles", "templates", "output"})
UNREAD = "nobody reads a file of this name"


def probably_meant(folder: Path, name: str) -> str:
    """The file of `folder` that was probably meant to be `name`, which is not there; empty if there is none."""
    stems = {
        _YAML.sub("", entry).casefold(): entry
        for entry in _names(folder)
        if _YAML.search(entry) and entry != name and (folder / entry).is_file()
    }
    near = difflib.get_close_matches(name.removesuffix(".yaml"), stems, n=1, cutoff=0.85)
    return stems[near[0]] if near else ""


def unread_summaries(folder: Path) -> Iterator[Finding]:
    """Texts in the folder of summaries that do not end in `.md`, and summaries that lie in another folder."""
    texts = folder / "summaries"
    for entry in _names(texts):
        wanted = f"{_TEXT.sub('', _DOCUMENT.sub('', entry))}.md"
        if _DOCUMENT.search(entry) and (texts / entry).is_file():
            yield _unread(f"summaries/{entry}", f"save its text as {wanted} if it is a summary")
        elif _TEXT.search(entry) and not entry.endswith(".md") and (texts / entry).is_file():
            yield _unread(f"summaries/{entry}", f"rename it to {wanted} if it is a summary")
    others = [place for place in _folders(folder) if place.name not in _KNOWN_FOLDERS]
    for place in (*others, *_folders(texts)):
        key = meant(place.name, LANGUAGE_KEYS.values()) if place.parent == texts else ""  # translations have no head
        found = [name for name in _names(place) if name.endswith(".md") and (key or _is_summary(place / name))]
        if found:
            name = place.relative_to(folder).as_posix()
            count = "a summary" if len(found) == 1 else f"{len(found)} summaries"
            named = f", each named ID.{key}.md if it is a translation" if key else ""
            yield _unread(f"{name}/{found[0]}", f"put what lies in {name}/ ({count}) into summaries/ itself{named}")


def fault_of_name(id: str, key: str, first: str, name: str) -> Finding | None:
    """What is wrong with the name of a summary's file: its id, or the `key` of its language; `first` needs none."""
    if is_id(id) and key != first and (not key or key in LANGUAGE_KEYS.values()):
        return None
    stem = Path(name).stem
    if not is_id(id):
        code, message, hint = "HK010", f"{stem!r} {NO_ID}", _hint_for_stem(stem)
    elif key == first:
        code, message, hint = "HK024", _needs_no_mark(key), f"name it {id}.md"
    else:
        language = meant(key, LANGUAGE_KEYS.values())
        code, message = "HK024", f"{stem.partition('.')[2]!r} is no language"
        hint = f"name it {id}.{language}.md" if language else "name a translation ID.en.md or ID.zh.md"
    return Finding(code, Severity.ERROR, message, hint, name, 1, 1, stem if code == "HK010" else "")


def told_as_order(findings: list[Finding], folder: Path, first: str, place: Place | None) -> list[Finding]:
    """The findings; where all translations seem misnamed, told once as languages in the wrong order, at `place`."""
    wrong = [each for each in findings if each.message == _needs_no_mark(first)]
    beside = [each for each in wrong if (folder / each.file.replace(f".{first}.md", ".md")).is_file()]
    if place is None or len(beside) < 2 or len(beside) < len(wrong):
        return findings
    message = f"the first language is {first!r}, and {len(wrong)} summaries have files ID.{first}.md beside ID.md"
    hint = "begin the list with the language of the files ID.md"
    order = Finding("HK024", Severity.ERROR, message, hint, place.file, place.line, place.column)
    return [*(each for each in findings if each not in wrong), order]


def _needs_no_mark(language: str) -> str:
    return f"the booklet's first language, {language!r}, needs no mark"


def how_to_begin(text: str, id: str, folder: Path) -> str:
    """What to do with a summary's text that begins without a head: write one, or name it as a translation."""
    original, _, key = id.rpartition("-")
    if key in LANGUAGE_KEYS.values() and (folder / "summaries" / f"{original}.md").is_file():
        return f"name it {original}.{key}.md"
    if head_of(text.lstrip()):
        return f"begin the file with the line {FENCE}: delete the blanks and the empty lines above it"
    return f"begin it with three lines: {FENCE}, appearance: {id}, {FENCE}"


def _hint_for_stem(stem: str) -> str:
    copied = _COPY.search(stem)
    if copied:
        return f"delete it if it is a copy of {stem[: copied.start()]}.md; a name is no place for versions"
    original, _, key = stem.rpartition("_")
    if key in LANGUAGE_KEYS.values() and id_meant(original):
        return f"name it {id_meant(original)}.{key}.md"
    return f"name it {id_meant(stem)}.md" if id_meant(stem) else ID_HINT


def is_id(word: str) -> bool:
    """Whether a word may be an id."""
    return len(word) <= LONGEST_ID and re.fullmatch(ID_PATTERN, word) is not None


def _unread(name: str, hint: str) -> Finding:
    return Finding("HK026", Severity.WARNING, UNREAD, hint, name, 1, 1)


def _is_summary(path: Path) -> bool:
    """Whether a text begins by saying whose it is."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return _BEGINS.match(file.read(_HEAD)) is not None
    except OSError:
        pass
    return False


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / each.name for each in entries if each.is_dir() and not each.name.startswith(_HIDDEN))
    except OSError:
        return []


def _names(folder: Path) -> list[str]:
    """What lies in a folder, less what programs hide there; nothing if it cannot be read."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith(_HIDDEN))
    except OSError:
        return []

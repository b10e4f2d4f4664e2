"""Texts of an event as values of content files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from huikan.content.model import LANGUAGE_KEYS
from huikan.content.readings import is_han
from huikan.importers.content_files import LanguageMap
from huikan.importers.event_model import Event, Link
from huikan.importers.located import Words, one_line
from huikan.importers.programme_blocks import name_of


def content_text(texts: Words) -> Any:
    """A one-line text: by language where the source gives both, `zh:` where it holds Han, else the words alone."""
    by_key: dict[str, str] = {}
    for value in texts:
        by_key.setdefault(_key_of(value.language), one_line(value.text))
    if not by_key:
        return None
    if {"zh", "en"} <= by_key.keys():
        return LanguageMap(zh=by_key["zh"], en=by_key["en"])
    text = by_key.get("") or next(iter(by_key.values()))
    return LanguageMap(zh=text) if any(map(is_han, text)) else text


def printed_of(texts: Words) -> Words:
    """Those of the values that `content_text` keeps."""
    by_key = {_key_of(value.language): value for value in reversed(texts)}
    if {"zh", "en"} <= by_key.keys():
        return (by_key["zh"], by_key["en"])
    return texts[:1] if "" not in by_key else (by_key[""],)


def _key_of(language: str) -> str:
    return next((key for key in LANGUAGE_KEYS.values() if language.startswith(key)), "")


def in_parts(first: Any, second: Any) -> Any:
    """Title and subtitle as the parts of one text, between which it breaks well."""
    if not first or not second:
        return first or second
    if isinstance(first, dict) or isinstance(second, dict):
        heads = first if isinstance(first, dict) else {"zh": first}
        tails = second if isinstance(second, dict) else {"zh": second}
        return LanguageMap(
            {key: [part for part in (heads.get(key), tails.get(key)) if part] for key in {**heads, **tails}}
        )
    return [first, second]


def link_line(link: Link) -> str:
    """A Markdown list line of a link; an address that no link can hold stands as its words."""
    address = "".join(link.address.text.split())
    label = one_line(link.words.text) if link.words else ""
    if not address.startswith(("https://", "http://", "mailto:")) or any(sign in address for sign in "<>\\"):
        return f"- {escaped(f'{label}: {address}' if label else address)}"
    return f"- [{escaped(label)}](<{address}>)" if label and label != address else f"- <{address}>"


def escaped(label: str) -> str:
    """A label between brackets, every sign of it plain."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>&!~|^" else sign for sign in label)


def clock_time(moment: dt.datetime | None) -> str | None:
    """`09:30`."""
    return moment.strftime("%H:%M") if moment else None


def commonest(texts: Iterable[str]) -> str:
    """The text that stands most often; of equals the last in order of characters; `''` of none."""
    counts = Counter(texts)
    return max(counts, key=lambda word: (counts[word], word)) if counts else ""


def booklet_languages(event: Event) -> tuple[str, ...]:
    """The event's own languages, those that a booklet can have; else Chinese where most titles are, else English."""
    named = [tag for language in event.languages for tag, key in LANGUAGE_KEYS.items() if language.startswith(key)]
    if named:
        return tuple(dict.fromkeys(named))
    titles = [title for title in (*map(name_of, (talk.title for talk in event.talks)), name_of(event.title)) if title]
    chinese = sum(any(map(is_han, title)) for title in titles)
    return ("zh-Hans",) if chinese * 2 >= len(titles) and chinese else ("en",)

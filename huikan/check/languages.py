"""Languages: what is not translated, or hardly can be a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huikan.check.figures import pairs
from huikan.check.passages import HAN, Kind, has_han
from huikan.check.registry import Remark, at, on, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

FEWEST_WORDS, MOST_WORDS = 0.3, 1.2
"""English words for each Chinese character, between which a translation lies; 0.55 to 0.75 is usual."""

_SHORTEST = 60
_GLOSS = re.compile(r"(?<=[A-Za-z\d.])\s*[(（\[“《][^)）\]”》]*[)）\]”》]")


@rule("HK401", Severity.WARNING)
def everything_is_translated(subject: Subject) -> Iterator[Remark]:
    """Everything is translated.

    A text that one language of the booklet has and another has not prints in the first language. A text given
    without a language (`name: Ada Osei`) stands for all, unless it is Chinese in a booklet that is also English.
    """
    if len(subject.keys) < 2:
        return
    seen: dict[str, set[str]] = {}
    for passage in subject.passages:
        if passage.kind is Kind.NOTE or passage.file.startswith("summaries/"):
            continue
        base, _, key = passage.field.partition("/")[0].rpartition(".")
        if key in {"zh", "en"}:
            seen.setdefault(base, set()).add(key)
        elif "en" in subject.keys and has_han(passage.text) and passage.kind is not Kind.CELL:
            yield on(passage.field.partition("/")[0], "a Chinese text for every language", "write zh: and en:")
    for base, present in seen.items():
        for key in subject.keys:
            if key not in present:
                yield on(base, f"{base.rpartition('#')[2]} has no {key}:", f"add {key}:")
    for part in subject.parts:
        summary = None if part.is_host else subject.summaries.get(part.appearance.key)
        for key in subject.keys if summary else ():
            if summary and key not in summary.prose:
                yield on(
                    f"summaries/{summary.id}.md", f"the summary has no {key}", f"write summaries/{summary.id}.{key}.md"
                )


@rule("HK403", Severity.NOTE)
def translations_are_of_like_length(subject: Subject) -> Iterator[Remark]:
    """A translation is about as long as its original.

    English has between 0.3 and 1.2 words for each Chinese character (0.6 is usual). Outside of that a paragraph is
    missing or stands twice. Texts of fewer than 60 Chinese characters are not compared.
    """
    for chinese, english in pairs(subject):
        characters = sum(len(re.findall(f"[{HAN}]", passage.text)) for passage in chinese)
        words = sum(len(passage.text.split()) for passage in english)
        if characters >= _SHORTEST and not FEWEST_WORDS <= words / characters <= MOST_WORDS:
            message = f"{words} English words for {characters} Chinese characters"
            yield at(english[0], 0, len(english[0].text), message, "compare the two, paragraph by paragraph")


@rule("HK404", Severity.WARNING)
def english_has_no_chinese(subject: Subject) -> Iterator[Remark]:
    """English texts have no Chinese in them.

    A name or a term left untranslated, unless it stands in brackets or quotation marks behind its translation.
    """
    for passage in subject.printed("en"):
        for found in re.finditer(f"[{HAN}·]+", passage.text):
            before = passage.text[: found.start()].rstrip()[-1:]
            if before not in {"(", "（", "“", "《", "["} and has_han(found.group()):
                yield at(passage, *found.span(), f"“{found.group()}” is not translated", "write it in English")


@rule("HK405", Severity.WARNING)
def languages_stand_in_their_places(subject: Subject) -> Iterator[Remark]:
    """Chinese and English have not changed places.

    A text without a Chinese character under `zh:`, or in the Chinese file, whose English is Chinese: more of its
    characters than of its letters, in which a gloss in brackets or quotation marks behind a word does not count.
    """
    for texts in subject.texts_by_language(without={Kind.NOTE, Kind.CELL}).values():
        chinese, english = texts.get("zh", ()), texts.get("en", ())
        words = "".join(passage.text for passage in chinese)
        if re.search("[A-Za-z]{2}", words) and not has_han(words) and any(_is_chinese(each.text) for each in english):
            first = chinese[0]
            message = "a Chinese text without a Chinese character, and its English has some"
            yield at(first, 0, len(first.text), message, "exchange the two")


def _is_chinese(text: str) -> bool:
    words = _GLOSS.sub("", text)
    return len(re.findall(f"[{HAN}]", words)) > len(re.findall("[A-Za-z]", words))

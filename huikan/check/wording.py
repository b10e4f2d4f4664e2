"""Text: characters, repeated words, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huikan.check.characters import converter
from huikan.check.passages import HAN, Kind
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

LONGEST_SENTENCE = 120
"""Characters of a Chinese sentence beyond which it is hard to follow."""

LONGEST_ENGLISH_SENTENCE = 60
"""Words of an English sentence beyond which it is hard to follow."""

_SET_PHRASES = {"党中央国务院": "党中央、国务院", "国务院中央军委": "国务院、中央军委"}
_NO_PARAGRAPHS = ("|", "｜", "#", "＃", "！[", "<!--")
"""How headings, tables and pictures begin that were not understood: HK229 tells them."""
_ENDS = tuple("。！？…”’》）.!?:：；)")
_REPEATED = re.compile(f"([{HAN}]{{2,6}})\\1|(?<!目)(的|了|是|在|和|与|被|把|将|向)\\2")
_REPEATED_WORD = re.compile(r"\b([A-Za-z]{2,}) \1\b", re.IGNORECASE)
_FREE_REPEATS = {"了了", "在在", "是是", "一步一步", "一个一个", "一次一次", "一点一点", "一年一年", "一天一天"}


def _is_traditional_only(character: str) -> bool:
    """Whether no simplified text has the character: 劉, but not 沈, which OpenCC takes for a form of 沉."""
    return bool(converter("s2t").convert(character) == character)


@rule("HK209", Severity.WARNING)
def simplified_is_not_mixed(subject: Subject) -> Iterator[Remark]:
    """Simplified Chinese is not mixed with traditional characters.

    Found by OpenCC, less the characters that are simplified too (沈, a surname). `--fix` writes
    the simplified character, except in names, whose owners choose their characters.
    """
    for passage in subject.printed("zh"):
        simplified: str = converter("t2s").convert(passage.text)
        if simplified == passage.text or len(simplified) != len(passage.text):
            continue
        differs = "".join(
            "x" if a != b and _is_traditional_only(a) else "." for a, b in zip(passage.text, simplified, strict=True)
        )
        for found in re.finditer("x+", differs):
            words, plain = passage.text[slice(*found.span())], simplified[slice(*found.span())]
            replacement = None if passage.kind is Kind.NAME else plain
            message = f"“{words}” is a traditional form"
            yield at(passage, *found.span(), message, f"write {plain}", replacement=replacement)


@rule("HK210", Severity.WARNING)
def no_word_stands_twice(subject: Subject) -> Iterator[Remark]:
    """No word stands twice in a row.

    `进一步进一步`, `的的`, `the the`. Reduplicated single characters (一张张) are words of their own.
    """
    for passage in subject.printed("zh"):
        for found in _REPEATED.finditer(passage.text):
            word = found[1] or found[2]
            if found.group() in _FREE_REPEATS or (len(set(word)) == 1 and found[1]):
                continue
            yield at(passage, *found.span(), f"“{word}” stands twice", "delete one of them")
    for passage in subject.printed("en"):
        for found in _REPEATED_WORD.finditer(passage.text):
            if (
                found[1].casefold() not in {"that", "had"}
                and found[1][0].islower() == found.group().split()[1][0].islower()
            ):
                yield at(passage, *found.span(), f"“{found[1]}” stands twice", "delete one of them")


@rule("HK211", Severity.WARNING)
def paragraphs_end(subject: Subject) -> Iterator[Remark]:
    """Every paragraph ends with a mark.

    A paragraph or quotation of prose that stops without 。！？ or another closing mark has lost its end.
    """
    for key in ("zh", "en"):
        for passage in subject.prose(key):
            text = passage.text.rstrip("\ufffc \n")
            if text.startswith(_NO_PARAGRAPHS):
                continue
            if passage.block in {"paragraph", "quote", "footnote"} and len(text) > 1 and not text.endswith(_ENDS):
                stop = "。" if key == "zh" else "."
                yield at(
                    passage, len(text) - 1, len(text), "the paragraph does not end", f"add {stop} or what is missing"
                )


@rule("HK213", Severity.NOTE)
def sentences_can_be_followed(subject: Subject) -> Iterator[Remark]:
    """A sentence can be followed.

    One of more than 120 Chinese characters or 60 English words is hard to read aloud; most are two sentences.
    """
    for passage in subject.prose("zh"):
        for found in re.finditer(r"[^。！？；\n]+[。！？；]?", passage.text):
            length = len(re.sub(r"\s", "", found.group()))
            if length > LONGEST_SENTENCE:
                yield at(passage, *found.span(), f"a sentence of {length} characters", "divide it")
    for passage in subject.prose("en"):
        for found in re.finditer(r"[^.!?]+", passage.text):
            length = len(found.group().split())
            if length > LONGEST_ENGLISH_SENTENCE:
                yield at(passage, *found.span(), f"a sentence of {length} words", "divide it")


@rule("HK222", Severity.WARNING)
def set_phrases_keep_their_marks(subject: Subject) -> Iterator[Remark]:
    """Set phrases keep their marks.

    Two bodies named side by side are set apart: 党中央、国务院. `--fix` writes the 、.
    """
    for passage in subject.printed("zh"):
        for phrase, right in _SET_PHRASES.items():
            for found in re.finditer(phrase, passage.text):
                yield at(passage, *found.span(), f"“{phrase}” names two bodies", f"write {right}", replacement=right)


@rule("HK224", Severity.WARNING)
def headings_and_captions_have_no_stop(subject: Subject) -> Iterator[Remark]:
    """A heading, a title or a caption has no full stop.

    They stand by themselves, and 。 ， ； behind them are slips of the pen. `--fix` deletes them.
    """
    kinds = {Kind.HEADING, Kind.CAPTION, Kind.TITLE}
    for passage in subject.printed("zh"):
        if passage.kind in kinds and passage.text.endswith(("。", "；", "，")) and len(passage.text) > 1:
            end = len(passage.text)
            message = f"“{passage.text[-1]}” ends a {passage.kind}"
            yield at(passage, end - 1, end, message, "delete it", replacement="")

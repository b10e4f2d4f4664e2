"""Text: the marks of each language, in pairs, none twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huikan.check.passages import HAN, Kind, Passage
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.finding import Severity

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
_HALF = {"，": ", ", "。": ". ", "；": "; ", "：": ": ", "！": "! ", "？": "? ", "（": " (", "）": ") ", "、": ", "}
_AROUND_HAN = f"[{HAN}”》）」』]"
_HALF_IN_CHINESE = re.compile(f"(?<={_AROUND_HAN})[,;:!?.](?=\\s*(?:[{HAN}“《（]|$|\n)) ?")
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "「": "」", "『": "』", "【": "】", "〔": "〕"}
_DOUBLED = re.compile(r"([，。；：、？！])\1+|[，。；：、][，。；：、]|[，；：、][？！]|[？！][，。；：、]")


def _language(subject: Subject, language: str) -> Iterator[Passage]:
    return subject.printed(language)


@rule("HK201", Severity.WARNING)
def chinese_has_full_width_marks(subject: Subject) -> Iterator[Remark]:
    """Chinese text has full-width punctuation.

    A half-width `,` `;` `:` `!` `?` or `.` between Chinese characters, and half-width parentheses around Chinese.
    `--fix` writes the full-width mark. (GB/T 15834.)
    """
    for passage in _language(subject, "zh"):
        for found in _HALF_IN_CHINESE.finditer(passage.text):
            mark = _FULL[found.group()[0]]
            yield at(passage, *found.span(), f"half-width “{found.group()[0]}”", f"write {mark}", replacement=mark)
        for found in re.finditer(r"\(([^()\n]*)\)", passage.text):
            before, after = passage.text[: found.start()][-1:], passage.text[found.end() :][:1]
            if re.search(f"[{HAN}]", before + found[1] + after) and not re.match(r"[A-Za-z]", before):
                for start, mark in ((found.start(), "（"), (found.end() - 1, "）")):
                    hint = f"write {mark}"
                    yield at(passage, start, start + 1, "half-width parenthesis", hint, replacement=mark)


@rule("HK202", Severity.WARNING)
def english_has_half_width_marks(subject: Subject) -> Iterator[Remark]:
    """English text has half-width punctuation.

    Full-width commas, stops, colons and parentheses belong to Chinese. `--fix` writes the half-width mark and its
    space, outside Chinese words quoted in English.
    """
    for passage in _language(subject, "en"):
        for found in re.finditer("[，。；：！？（）、]", passage.text):
            around = passage.text[: found.start()][-1:] + passage.text[found.end() :][:1]
            if re.search(f"[{HAN}]", around):
                continue
            half = _HALF[found.group()]
            before, after = passage.text[: found.start()][-1:], passage.text[found.end() :][:1]
            half = half.lstrip() if before in {"", " ", "\n"} else half
            half = half.rstrip() if after in {"", " ", "\n", ".", ",", ")"} else half
            hint = f"write {half.strip()}"
            yield at(passage, *found.span(), f"full-width “{found.group()}”", hint, replacement=half)


@rule("HK203", Severity.WARNING)
def letters_and_digits_are_half_width(subject: Subject) -> Iterator[Remark]:
    """Letters and digits are half-width.

    Full-width forms (２０２４, ＡＩ) break searching and look unlike the other figures. `--fix` writes the plain ones.
    """
    for passage in subject.passages:
        for found in _WIDE.finditer(passage.text):
            plain = "".join(chr(ord(character) - 0xFEE0) for character in found.group())
            yield at(passage, *found.span(), f"full-width “{found.group()}”", f"write {plain}", replacement=plain)


@rule("HK204", Severity.WARNING)
def quotation_marks_are_curly(subject: Subject) -> Iterator[Remark]:
    """Quotation marks are curly.

    A straight `"` or `'` is a typewriter's. `--fix` writes “ and ” where the text has an even number of `"`,
    and ’ for an apostrophe inside a word.
    """
    for passage in (*_language(subject, "zh"), *_language(subject, "en")):
        straight = [found.start() for found in re.finditer('"', passage.text)]
        for number, place in enumerate(straight):
            curly = "“”"[number % 2]
            paired = len(straight) % 2 == 0
            hint = f"write {curly}" if paired else "write “ or ”"
            yield at(passage, place, place + 1, "straight quotation mark", hint, replacement=curly if paired else None)
        for found in re.finditer("'", passage.text):
            place = found.start()
            is_apostrophe = (
                passage.text[max(0, place - 1) : place].isalpha() and passage.text[place + 1 : place + 2].isalpha()
            )
            mark = "’" if is_apostrophe else None
            hint = "write ’" if mark else "write ‘ or ’"
            yield at(passage, place, place + 1, "straight apostrophe or quotation mark", hint, replacement=mark)


@rule("HK205", Severity.WARNING)
def marks_are_not_doubled(subject: Subject) -> Iterator[Remark]:
    """No mark stands twice.

    `，，` and `。。` are slips, and so are two marks that contradict each other (`，。`). `--fix` keeps one of two
    equal marks. Three and more stops are an ellipsis (HK215).
    """
    for passage in _language(subject, "zh"):
        for found in _DOUBLED.finditer(passage.text):
            if found[1] in {"？", "！"} or (found[1] == "。" and len(found.group()) > 2):
                continue
            replacement = found[1] or None
            hint = f"write {found[1]}" if found[1] else "keep one of them"
            yield at(passage, *found.span(), f"“{found.group()}”: two marks in a row", hint, replacement=replacement)


@rule("HK206", Severity.WARNING)
def marks_come_in_pairs(subject: Subject) -> Iterator[Remark]:
    """Quotation marks, brackets and 《》 come in pairs.

    Each opening mark has its closing mark in the same paragraph, in the right order. A ’ in English may be an
    apostrophe.
    """
    closers = {closing: opening for opening, closing in _PAIRS.items()}
    for passage in subject.passages:
        if passage.kind is Kind.NOTE:
            continue
        waiting: list[tuple[str, int]] = []
        for place, mark in enumerate(passage.text):
            if mark in "‘’" and passage.language == "en":
                continue
            if mark in _PAIRS:
                waiting.append((mark, place))
            elif mark in closers:
                if waiting and waiting[-1][0] == closers[mark]:
                    waiting.pop()
                else:
                    hint = f"write {closers[mark]} before it, or delete it"
                    yield at(passage, place, place + 1, f"“{mark}” closes nothing", hint)
        for mark, place in waiting:
            yield at(passage, place, place + 1, f"“{mark}” is not closed", f"write {_PAIRS[mark]}, or delete it")


@rule("HK214", Severity.WARNING)
def dashes_are_dashes(subject: Subject) -> Iterator[Remark]:
    """A dash is a dash.

    `--` is a typewriter's. `--fix` writes —— in Chinese and — in English.
    """
    for passage in (*_language(subject, "zh"), *_language(subject, "en")):
        for found in re.finditer(r"(?<![-\w!])-{2}(?![->])|(?<=\w)-{2}(?=\w)", passage.text):
            dash = "——" if passage.language == "zh" else "—"
            yield at(passage, *found.span(), "two hyphens for a dash", f"write {dash}", replacement=dash)


@rule("HK215", Severity.WARNING)
def ellipses_are_ellipses(subject: Subject) -> Iterator[Remark]:
    """An ellipsis is an ellipsis.

    Three full stops are not one. `--fix` writes …… in Chinese and … in English. (GB/T 15834.)
    """
    for passage in (*_language(subject, "zh"), *_language(subject, "en")):
        for found in re.finditer(r"\.{3,}|。{3,}|(?<!…)…(?!…)", passage.text):
            mark = "……" if passage.language == "zh" else "…"
            if found.group() == mark:
                continue
            message = f"“{found.group()}” for an ellipsis"
            yield at(passage, *found.span(), message, f"write {mark}", replacement=mark)


@rule("HK219", Severity.WARNING)
def no_comma_before_and(subject: Subject) -> Iterator[Remark]:
    """No 、 before 以及, 和, 及 and 与.

    The conjunction joins the last two; a 、 before it is one mark too many. `--fix` deletes it. (GB/T 15834.)
    """
    pattern = re.compile("、(?=以及|和(?![平谐解睦气美约缓蔼煦])|及(?![时格早其])|与(?![会时]))")
    for passage in _language(subject, "zh"):
        for found in pattern.finditer(passage.text):
            yield at(passage, *found.span(), "“、” before a conjunction", "delete it", replacement="")


@rule("HK223", Severity.NOTE)
def no_comma_between_quoted_names(subject: Subject) -> Iterator[Remark]:
    """No 、 between 》 and 《, nor between ” and “.

    The marks themselves set apart names that stand side by side. `--fix` deletes it. (GB/T 15834.)
    """
    for passage in _language(subject, "zh"):
        for found in re.finditer("(?<=》)、(?=《)|(?<=”)、(?=“)", passage.text):
            yield at(passage, *found.span(), "“、” between quoted names", "delete it", replacement="")

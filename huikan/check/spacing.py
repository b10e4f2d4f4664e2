"""Text: no typed gaps, no typed lines; the typesetter makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huikan.check.passages import HAN, Kind, Passage
from huikan.check.prose import setext_rules
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject, variant
from huikan.finding import Severity

_LATIN = r"A-Za-z0-9%℃"
_NARROW = re.compile(
    f"(?<=[{HAN}]) +([{_LATIN}](?:[^{HAN}\\n，。；：！？、（）《》“”]*[{_LATIN}.])?) *(?=[{HAN}])"
    f"|(?<=[{HAN}]) +([{_LATIN}](?:[^{HAN}\\n，。；：！？、（）《》“”]*[{_LATIN}.])?)(?![{_LATIN}])"
    f"|(?<![{_LATIN}])([{_LATIN}](?:[^{HAN}\\n，。；：！？、（）《》“”]*[{_LATIN}.])?) +(?=[{HAN}])"
)
_WORK = re.compile("《[^《》\n]*》")
_QUOTED = re.compile("“[^“”\n]*”")
_MARKDOWN = re.compile(r"\*\*|~~|\[\^[^\]\s]+\]")
_RULE = re.compile(r"[-—_=+|\s]*[-—_=]{3,}[-—_=+|\s]*")


def _stretches(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


def _inside(place: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)


def _headings(subject: Subject) -> list[str]:
    """The titles that are themselves written with a space: 深化交流 推进国际合作."""
    booklet = subject.publication.booklet
    report = subject.publication.report
    texts = [booklet.title, booklet.short_title, booklet.series, report.title if report else None]
    texts += [text for session in subject.publication.programme.sessions for text in (session.title, session.label)]
    return [title for title in (variant(text, "zh", " ") for text in texts) if " " in title]


@rule("HK207", Severity.WARNING)
def nothing_is_aligned_with_spaces(subject: Subject) -> Iterator[Remark]:
    """Nothing is aligned with spaces.

    Full-width spaces, tabs, several spaces in a row, and single spaces between Chinese characters of prose
    are typed to align or to indent, which the typesetter does. `--fix` deletes them. Titles of two parts
    (`深化交流 推进国际合作`) and words in “” and 《》 keep a single space.
    """
    headings = _headings(subject)
    for passage in subject.printed("zh"):
        yield from _typed_gaps(passage, headings)


def _typed_gaps(passage: Passage, headings: list[str]) -> Iterator[Remark]:
    text = passage.text
    if passage.kind is Kind.NAME:
        return
    quoted = _stretches(_QUOTED, text) + _stretches(_WORK, text)
    quoted += [found.span() for title in headings for found in re.finditer(re.escape(title), text)]
    pattern = f"[\u3000\t]+ *|(?<=\\S)  +(?=\\S)|(?<=[{HAN}，。；：、！？]) (?=[{HAN}])"
    for found in re.finditer(pattern, text):
        single = found.group() == " "
        if single and (passage.kind is not Kind.PROSE or passage.block == "cell" or _inside(found.start(), quoted)):
            continue
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        is_title = passage.kind is Kind.HEADING
        keeps = bool(before and after) and (is_title or (before + after).isascii())
        hint = "write one space" if keeps else "delete it"
        message = "a space between Chinese characters" if single else "spaces typed to align"
        yield at(passage, *found.span(), message, hint, replacement=" " if keeps else "")


@rule("HK208", Severity.NOTE)
def no_spaces_around_figures(subject: Subject) -> Iterator[Remark]:
    """No typed space between Chinese and figures or Latin letters.

    The typesetter makes the gap, in `193个` as in `193 个`, but a text that types it in one place and not in the next
    can be neither searched nor compared. `--fix` deletes it.
    """
    names = {variant(person.name, "zh") for person in subject.publication.people.values()}
    for passage in subject.printed("zh"):
        works = _stretches(_WORK, passage.text)
        for found in _NARROW.finditer(passage.text):
            words = next(group for group in found.groups() if group)
            if not _inside(found.start(), works) and "://" not in words:
                what = "the name" if words in names else "the figure" if words[0].isdigit() else "the Latin word"
                message = f"a typed space beside {what} {words}"
                yield at(passage, *found.span(), message, f"write {words} without it", replacement=words)


@rule("HK220", Severity.WARNING)
def no_spaces_in_titles_of_works(subject: Subject) -> Iterator[Remark]:
    """No space inside 《》.

    `--fix` deletes spaces that touch a Chinese character or the marks themselves.
    """
    for passage in subject.printed("zh"):
        for work in _WORK.finditer(passage.text):
            for found in re.finditer(f"(?<=[{HAN}《])\\s+|\\s+(?=[{HAN}》])", work.group()):
                start = work.start() + found.start()
                end = work.start() + found.end()
                yield at(passage, start, end, f"a space inside {work.group()}", "delete it", replacement="")


@rule("HK221", Severity.WARNING)
def no_stray_rules(subject: Subject) -> Iterator[Remark]:
    """No stray rules.

    A line of hyphens, left over from a table or typed to set something apart, prints as a line or turns the paragraph
    above it into a heading. Delete it, and leave an empty line between paragraphs.
    """
    for passage in subject.passages:
        if passage.block == "rule" or (passage.text.strip() and _RULE.fullmatch(passage.text)):
            yield at(passage, 0, len(passage.text), "a line of hyphens", "delete it")
            continue
        for line in re.finditer(r"(?m)^.*$", passage.text):
            is_table = passage.text.startswith("|")  # or was meant as one: HK229
            if _RULE.fullmatch(line.group()) and not is_table:
                yield at(passage, *line.span(), "a line of hyphens", "delete it")
    yield from _headings_by_mistake(subject)


def _headings_by_mistake(subject: Subject) -> Iterator[Remark]:
    for passage in subject.passages:
        if passage.block == "heading" and passage.kind is Kind.PROSE and passage.text:
            source = subject.sources[passage.file]
            below = source[passage.offset(len(passage.text) - 1) :].partition("\n")[2]
            if any(True for _ in setext_rules(f"{passage.text}\n{below.partition(chr(10))[0]}\n")):
                hint = "leave an empty line below the text, or delete the hyphens"
                yield at(passage, 0, len(passage.text), "a line of hyphens makes this a heading", hint)


@rule("HK227", Severity.WARNING)
def markdown_is_understood(subject: Subject) -> Iterator[Remark]:
    """No mark of Markdown is left in print.

    `**重点。**后文` prints its asterisks: in Chinese the stop stands behind them, `**重点**。后文`. `[^1]` is printed
    as it is typed where no line `[^1]: …` stands below, and `~~` is no mark here.
    """
    for passage in (*subject.prose("zh"), *subject.prose("en")):
        for found in _MARKDOWN.finditer(passage.text) if passage.block != "rule" else ():
            hint = _instead_of(found[0], passage.text, *found.span())
            yield at(passage, *found.span(), f"“{found[0]}” is printed as it is typed", hint)


def _instead_of(mark: str, text: str, start: int, end: int) -> str:
    if mark == "~~":
        return "delete it"
    if mark != "**":
        is_note = not start and text.startswith("：", end)
        return f"write a half-width colon: {mark}: …" if is_note else f"write the note on a line below: {mark}: …"
    if text.count("**") % 2:
        return "close it with ** behind the words, or delete it"
    if re.search(r"\*\*[ \u3000]|[ \u3000]\*\*", text):
        return "write no blank between the asterisks and the words: **…**"
    return "put the stop behind the closing asterisks: **…**。"

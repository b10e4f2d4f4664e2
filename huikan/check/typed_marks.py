"""Text: marks that look like Markdown to whoever typed them, and print as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from huikan.check.passages import HAN, Kind, Passage
from huikan.check.registry import Remark, at, rule
from huikan.check.subject import Subject
from huikan.content.markdown import line_starts, parser
from huikan.finding import Severity

_ADDRESS = r"(?:https?:|mailto:|www\.|photos/)"
_LONGEST = 30
_BULLET = "[•●○▪■◆]"
_NUMBER = (
    r"(?:\d{1,2}(?:、(?!\d)|[．)）])|[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|"
    rf"\d{{1,2}}\.(?=[{HAN}“《]))"
)
_TAGS = {
    "b": "write **words**",
    "strong": "write **words**",
    "i": "write *words*",
    "em": "write *words*",
    "br": "leave an empty line for a new paragraph",
    "p": "leave an empty line for a new paragraph",
    "a": "write [words](https://…)",
    "img": "write ![what is seen](photos/…)",
    "sup": "write the raised character itself: ²",
    "sub": "write the lowered character itself: ₂",
    "table": "write rows with bars: | … | … |",
}

Hint = str | Callable[[re.Match[str]], str]


def _tag_hint(found: re.Match[str]) -> str:
    return _TAGS.get(found["name"].casefold(), "delete it: HTML is not read")


_TYPED = "{} is printed as it is typed"
_RUNS_ON = "{} begins no line of its own in print: the lines of a paragraph run on"
_NO_ADDRESS = "{} is no address that a reader could follow"

_NAMES = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|details|div|dl|dt|dd|em|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|"
    "mark|ol|p|pre|q|ruby|rt|s|script|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|video"
)
_FORMULA = r"(?<![0-9A-Za-z$])\$\$?(?![\s\d])[^$\n]*[\\^_{][^$\n]*(?<!\s)\$\$?(?!\d)|(?m:^\$\$[ \t]*$)"
"""Prices are none: `$5亿[^1]，进口额为$6亿`."""
_TIGHT_HEADING = r"(?m)^[ \t]{0,3}(?:#{2,6}(?=[^#\s\d])|#(?=[^#\s\d])(?![^#\n]*#|[^\n]*[。！？.!?][ \t]*$))"
"""A hashtag is none: `#进博会# …`."""
_MARKS: tuple[tuple[str, str, Hint], ...] = (
    (r"(?s)<!--.*?(?:-->|$)", _TYPED, "write it behind note: in the head of the file, or delete it"),
    (rf"<(?P<name>{_NAMES})(?:\s+[A-Za-z-]+\s*=[^<>\n]*|\s*)/?>", _TYPED, _tag_hint),
    (
        r"(?P<marks>＊{1,2})(?![＊，。、；\s])[^＊\n]+(?<![，。、；\s])(?P=marks)(?!＊)",
        _TYPED,
        "write half-width asterisks: **words**",
    ),
    (r"[［【]\^[^\]］】\s]+[］】\]]", _TYPED, "write the note's name in half-width brackets: [^1]"),
    (rf"\[[^\[\]\n]*\](?P<at>（){_ADDRESS}", _TYPED, "write half-width ( and ) around the address"),
    (rf"[【［][^\[\]\n]*[】］]\({_ADDRESS}[^)\n]*\)", _TYPED, "write half-width [ and ] around the words"),
    (r"！\[[^\[\]\n]*\]\([^)\n]*\)", _TYPED, "write a half-width ! before the picture"),
    (r"(?m)^[ \t]*＃+", _TYPED, "write # and a blank for a heading"),
    (_TIGHT_HEADING, _TYPED, lambda found: f"write a blank behind {found[0].strip()}"),
    (r"(?m)^[ \t]*＞", _TYPED, "write > for a quotation"),
    (r"(?m)^[ \t]*｜.*｜[ \t]*$", _TYPED, "write half-width bars for a table: |"),
    (r"\A[ \t]*｜(?=\s)", _TYPED, "write | directly behind the key, and the text on the lines below"),
    (rf"(?m)^[ \t]*[-+](?=[{HAN}“《])", _TYPED, lambda found: f"write a blank behind {found[0].strip()} for a list"),
    (rf"(?m)^[ \t]*{_BULLET}(?=[ \t\u3000]*\S)", _TYPED, "write - and a blank for an item of a list"),
    (
        rf"(?<=\S)\n[ \t]*{_NUMBER}(?=[^\n]*\S)",
        _RUNS_ON,
        "write 1. and a blank for a list, or leave an empty line above",
    ),
    (_FORMULA, _TYPED, "write plain characters, or show a picture"),
    (r"(?<![A-Za-z0-9=])==(?=\S)[^=\n]+==(?![A-Za-z0-9=])", _TYPED, "delete the marks, or write **words**"),
    (r"(?mi)^\[toc\][ \t]*$", _TYPED, "delete it: the contents page is made by itself"),
    (r"(?m)^[ \t]*[-*+] (?P<at>\[[ xX]\]) ", _TYPED, "delete the box"),
    (r"(?m)^:{3,}.*$", _TYPED, "delete the line"),
    (r"(?m)^[ \t]{0,3}#{7,}(?=\s).*$", _TYPED, "write no more than six #"),
    (
        r"(?m)^(?:<{7}|>{7})(?: .*)?$",
        "{} is left of two versions that were merged and nobody decided between",
        "keep one of the two, and delete the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    (r"(?<=\n):(?= +\S)", _TYPED, "write the term and its meaning as one paragraph: **term** meaning"),
    (r"(?<!!)\[[^\[\]\n]+\]\(\s*(?:<\s*>)?\s*\)", "{} is a link without an address", "write it: (https://…)"),
    (
        r"(?<!!)\[[^\[\]\n]+\]\((?P<at>(?![A-Za-z]+:|#)[^()\s<>]+)\)",
        _NO_ADDRESS,
        lambda found: _address_hint(found["at"]),
    ),
)
"""What to look for in Markdown without its code, what is wrong with it, what to write instead."""

_IN_FIELDS: tuple[tuple[str, Hint], ...] = (
    (
        r"</?(?P<name>br|b|i|u|em|strong|sup|sub|p|span|div|font|a|img)(?:\s[^<>\n]*)?/?>",
        lambda found: "write a list, whose parts break well: [first, second]" if found["name"] == "br" else "delete it",
    ),
    (r"\*\*(?=\S)[^*\n]+\*\*", "delete the asterisks: a title has no Markdown"),
    (r"\\n|&nbsp;|&amp;|&lt;|&gt;", "delete it, or write the character itself"),
    (
        r"^[［【][^［【】］]*[,，、][^［【】］]*[】］]$",
        "write half-width brackets and commas for a list: [first, second]",
    ),
)
"""What to look for in titles, names and other short texts, which are no Markdown."""

_LEFT = (
    (
        r"!\[[^\[\]\n]*\]\((?:[^()\n]|\([^()\n]*\))+\)",
        _TYPED,
        "the path of a picture has no blanks: rename the file, and write ![what is seen](photos/NAME.jpg)",
    ),
    (r"!?\[[^\[\]\n]+\]\[[^\[\]\n]*\]", _TYPED, "write the address itself: [words](https://…)"),
    (
        r"(?<!!)\[[^\[\]\n]+\]\((?:[^()\n]|\([^()\n]*\))+\)",
        _TYPED,
        "an address has no blanks, and begins with https:// or mailto:",
    ),
    (
        r"\A\|[^|\n]*\|[^|\n]*\|",
        "{} is no table, and is printed as it is typed",
        "write below the head a line of hyphens with as many cells: | --- | --- |",
    ),
)
"""What stands in the text as it is read where a link or a table was not understood."""


@rule("HK229", Severity.WARNING)
def marks_do_what_was_meant(subject: Subject) -> Iterator[Remark]:
    """Marks do what they were typed for.

    HTML, formulas, boxes to tick and other dialects of Markdown print as they are typed, and so do full-width marks
    (`＊＊`, `［^1］`, `＃`, `｜`), lists without a blank behind their hyphen or number, tables without a line of
    hyphens, and links that name their address otherwise than in `[words](https://…)`. Lines of one paragraph that
    begin with numbers run on. A paragraph that begins with four blanks is set as code. A note that is referred to
    twice is printed twice, with two numbers; one that another note refers to
    stands there in brackets. Code that does not end takes all
    below it. Titles and names are no Markdown at all: `<br>` and `**` print there.
    """
    for passage in subject.markup:
        tokens = parser().parse(passage.text)
        text = _without_code(passage.text, tokens)
        told: list[tuple[int, int]] = []
        begun = {token.map[0] for token in tokens if token.map}
        for pattern, message, hint in _MARKS:
            for found in re.finditer(pattern, text):
                start, end = found.span("at") if "at" in found.re.groupindex else found.span()
                start += len(text[start:end]) - len(text[start:end].lstrip())
                if any(first < end and start < last for first, last in told):
                    continue
                if message is _RUNS_ON and (text.count("\n", 0, start) in begun or _is_in_brackets(text, start)):
                    continue
                told.append((start, end))
                words = hint if isinstance(hint, str) else hint(found)
                yield at(passage, start, end, message.format(_shown(text[start:end])), words)
        yield from _code_by_blanks(passage, tokens)
        yield from _code_without_end(passage, tokens)
        yield from _notes_again(passage, text)
    for text_of_field in subject.passages:
        if text_of_field.kind not in {Kind.PROSE, Kind.NOTE}:
            for pattern, hint in _IN_FIELDS:
                for found in re.finditer(pattern, text_of_field.text):
                    words = hint if isinstance(hint, str) else hint(found)
                    yield at(text_of_field, *found.span(), _TYPED.format(_shown(found[0])), words)
    for language in ("zh", "en"):
        for block in subject.prose(language):
            for pattern, message, hint in _LEFT:
                for found in re.finditer(pattern, block.text):
                    yield at(block, *found.span(), message.format(_shown(found[0])), hint)


def _is_in_brackets(text: str, at: int) -> bool:
    """Whether the bracket that a number ends was opened on the line above: `(see fig.` and below `3) …`."""
    above = text[:at].rpartition("\n\n")[2]
    return above.count("(") + above.count("（") > above.count(")") + above.count("）")


def _notes_again(passage: Passage, text: str) -> Iterator[Remark]:
    """Marks of a note behind the first one: each prints the note at the foot of its page, under a number of its own."""
    seen: set[str] = set()
    inside: dict[str, set[str]] = {}
    for found in re.finditer(r"\[\^([^\]\s]+)\](?!:)", text):
        note = re.match(r"[ \t>]*\[\^([^\]\s]+)\]:", text[text.rfind("\n", 0, found.start()) + 1 :])
        if note:
            inside.setdefault(note[1], set()).add(found[1])
        if note and _leads_to(found[1], note[1], inside):
            message = f"the note [^{note[1]}] refers to itself"
            yield at(passage, *found.span(), message, f"delete {found[0]} here: it is printed as it is typed")
        elif note:
            message = f"a note inside the note [^{note[1]}]: its words are printed there in brackets"
            yield at(passage, *found.span(), message, "write the words themselves, as part of the one note")
        elif found[1] in seen and f"[^{found[1]}]:" in text:
            message = f"the note {found[0]} is referred to again: it is printed twice"
            yield at(passage, *found.span(), message, "delete the mark, or write a note of its own")
        seen.add(found[1])


def _leads_to(name: str, wanted: str, inside: dict[str, set[str]]) -> bool:
    """Whether a note is the wanted one, or refers to it through notes that it holds."""
    reached, waiting = set[str](), [name]
    while waiting:
        each = waiting.pop()
        if each not in reached:
            reached.add(each)
            waiting += inside.get(each, ())
    return wanted in reached


def _shown(words: str) -> str:
    line = words.strip().partition("\n")[0]
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"


def _address_hint(address: str) -> str:
    if address.startswith("www."):
        return f"write https://{address}"
    if address.startswith("photos/"):
        return "write ! before the [ for a picture"
    return "write an address of the web, https://…; the booklet carries no other files"


def _without_code(text: str, tokens: list[Any]) -> str:
    """The text with its code as blanks, so that places stay."""
    lines = text.split("\n")
    for token in tokens:
        if token.type in {"fence", "code_block"} and token.map:
            for number in range(*token.map):
                lines[number : number + 1] = [" " * len(each) for each in lines[number : number + 1]]
    return re.sub(r"(`+)(?:(?!`)[^\n]|(?<!`)\n(?!\n))+?\1(?!`)|\\[!-/:-@\[-`{-~]", _blanks, "\n".join(lines))


def _blanks(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _code_without_end(passage: Passage, tokens: list[Any]) -> Iterator[Remark]:
    starts = line_starts(passage.text)
    for token in tokens:
        if token.type == "fence" and token.map:
            first, last = (passage.text[starts[line] :].partition("\n")[0] for line in (token.map[0], token.map[1] - 1))
            if token.map[1] - token.map[0] > 1 and last.strip(" \t>").startswith(token.markup):
                continue
            start = starts[token.map[0]] + first.index(token.markup)
            message = f"{_shown(first)} begins code that does not end: all below it is set as code"
            yield at(passage, start, start + len(token.markup), message, f"delete it, or write {token.markup} below it")


def _code_by_blanks(passage: Passage, tokens: list[Any]) -> Iterator[Remark]:
    starts = line_starts(passage.text)
    for token in tokens:
        if token.type == "code_block" and token.map and re.search(f"[{HAN}]", token.content):
            line = passage.text[starts[token.map[0]] : starts[token.map[0] + 1] - 1]
            start = starts[token.map[0]] + len(line) - len(line.lstrip())
            message = "a paragraph that begins with four blanks or a tab is set as code"
            yield at(passage, start, start + len(line.strip()), message, "delete the blanks")

"""Facts: names in running text are those of people.yaml, spelt alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from huikan.check.characters import converter
from huikan.check.nearest_name import NearestName
from huikan.check.passages import HAN, Kind, Passage, has_han
from huikan.check.registry import Remark, at, on, rule
from huikan.check.subject import Subject, variant
from huikan.finding import Severity

_SAYS = "表示|指出|认为|介绍|强调|分享|说|谈到|提出|呼吁|回顾"
_POSTS = (
    "所长|馆长|台长|行长|局长|司长|部长|主任|总裁|参赞|代表|市长|省长|区长|县长|秘书长|理事长|董事长|会长|院长|校长|教授|记者|总监|主席|大使|公使"
    "|总干事|总经理|研究员|巡视员|处长|庭长|法官|律师|博士|先生|女士"
)
_STRANGER = re.compile(f"(?:{_POSTS})([{HAN}·]{{2,8}}?)(?={_SAYS})")
_LATIN_WORD = "[A-ZÀ-Þ][A-Za-zÀ-ÿ’'-]+"
_LIKENESS = 0.85
_NO_PART_OF_A_NAME = re.compile(r"[“”\"《》「」]|^[,，、;；:：。.·]|[,，、;；:：。·]$|\n(?=.)")
_NICKNAME = re.compile(r"(?<=\w )(?:“\w[^“”\"\n]*”|\"\w[^“”\"\n]*\")(?= \w)")
_NOT_A_NAME = re.compile("还|也|则|均|就|在|从|对|以|并|最后|首先|随后|同时|一行|[一二三四五六七八九十]")


def _names(subject: Subject, key: str) -> list[str]:
    names = (variant(person.name, key) for person in subject.publication.people.values())
    return [name for name in names if name]


def _han_names(subject: Subject) -> list[str]:
    return [re.sub(r"\s", "", name) for name in _names(subject, "zh") if re.fullmatch(f"[{HAN}·\\s]+", name)]


@rule("HK110", Severity.WARNING)
def names_have_no_spaces(subject: Subject) -> Iterator[Remark]:
    """A Chinese name has no spaces.

    Two-character names are spread in lists by the typesetter: write 刘洁, never 刘 洁. `--fix` deletes the spaces.
    """
    names = [name for name in _han_names(subject) if len(name) > 1]
    if not names:
        return
    spread = re.compile("|".join(r"\s*".join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True)))
    for passage in subject.passages:
        for found in spread.finditer(passage.text):
            if re.search(r"\s", found.group()) and "\n" not in found.group():
                name = re.sub(r"\s", "", found.group())
                yield at(passage, *found.span(), f"spaces in the name {name}", f"write {name}", replacement=name)


@rule("HK150", Severity.WARNING)
def names_are_nothing_but_names(subject: Subject) -> Iterator[Remark]:
    """A name is nothing but a name.

    Quotation marks, a mark of punctuation at either end and a second line print wherever the name does, and a name that
    has them is not found in texts. What is not the name belongs to `title:` or `note:`. Quotation marks around a
    nickname between other names (William “Bill” Gates) are part of the name.
    """
    for passage in subject.passages:
        if passage.kind is Kind.NAME:
            plain = _NICKNAME.sub(lambda nickname: "n" * len(nickname[0]), passage.text)
            for found in _NO_PART_OF_A_NAME.finditer(plain):
                what = "a second line" if found[0] == "\n" else f"the mark {found[0]}"
                message = f"{what} in the name {' '.join(passage.text.split())}"
                yield at(passage, *found.span(), message, "write the name alone")


@rule("HK151", Severity.WARNING)
def readings_are_in_letters(subject: Subject) -> Iterator[Remark]:
    """A reading is written in Latin letters.

    `sort:` says how a name is read where the index would read it otherwise: `shan wei` for 单伟. Characters in it are
    sorted by how they are read, which is what `sort:` was to put right.
    """
    for id, person in subject.publication.people.items():
        if person.sort and any(has_han("".join(person.sort.parts(key))) for key in ("", "zh", "en")):
            yield on(f"people.yaml#{id}.sort", "a reading in characters", "write it in Latin letters: shan wei")


@rule("HK111", Severity.WARNING)
def names_are_spelt_alike(subject: Subject) -> Iterator[Remark]:
    """A name is spelt as in people.yaml.

    Names of three and more characters are found with one character wrong. Shorter ones are found wrong only where
    the sentence shows that a speaker is meant (`市长刘杰表示`), or in the other set of characters (劉潔 for 刘洁).
    In English, names of two and more words are found with a letter or two wrong.
    """
    known = set(_han_names(subject))
    other_forms = {form: name for name in sorted(known) for form in other_characters(name) if form not in known}
    masked = {mask: name for name in sorted(known) if len(name) > 2 for _, mask in _masks(name)}
    spelt = known | set(other_forms)
    lengths = sorted({len(form) for form in other_forms})
    for passage in subject.printed("zh"):
        if passage.kind in {Kind.PROSE, Kind.CAPTION, Kind.WORDS}:
            yield from _near_han(passage, spelt, masked)
            for length, start in product(lengths, range(len(passage.text))):
                form = passage.text[start : start + length]
                if form in other_forms:
                    name = other_forms[form]
                    yield at(passage, start, start + length, f"“{form}” is {name} in people.yaml", f"write {name}")
    latin = {name for name in _names(subject, "en") if len(name.split()) > 1}
    latin |= {name for name in _names(subject, "zh") if re.fullmatch(r"[^\W\d_][\w .’'-]+", name) and name.isascii()}
    by_words = _by_words(latin)
    for passage in subject.passages:
        if passage.kind in {Kind.PROSE, Kind.CAPTION, Kind.WORDS}:
            yield from _near_latin(passage, by_words)


def _near_han(passage: Passage, known: set[str], masked: dict[str, str]) -> Iterator[Remark]:
    text = passage.text
    for length in sorted({len(wanted) for wanted in masked}):
        for start in range(len(text) - length + 1):
            window = text[start : start + length]
            if window in known:
                continue
            name = next((masked[mask] for i, mask in _masks(window) if mask in masked and has_han(window[i])), None)
            if name:
                message = f"“{window}” is one character off {name}"
                hint = f"write {name}, or add the person to people.yaml"
                yield at(passage, start, start + length, message, hint)


def other_characters(name: str) -> set[str]:
    """The name in simplified and in traditional characters, where it is written otherwise."""
    forms = (converter(configuration).convert(name) for configuration in ("t2s", "s2t"))
    return {form for form in forms if form != name and len(form) == len(name)}


def _masks(name: str) -> Iterator[tuple[int, str]]:
    """The name with each of its characters hidden in turn, and which one it is."""
    for i in range(len(name)):
        yield i, f"{name[:i]}\0{name[i + 1 :]}"


def _near_latin(passage: Passage, known: dict[int, tuple[dict[str, str], NearestName]]) -> Iterator[Remark]:
    for count, (names, nearest) in known.items():
        name_of_as_many_words = rf"{_LATIN_WORD}(?: {_LATIN_WORD}){{{count - 1}}}"
        for found in re.finditer(rf"(?<![A-Za-z-])(?=({name_of_as_many_words})(?![A-Za-z-]))", passage.text):
            written = found[1].removesuffix("’s").removesuffix("'s")
            folded = written.casefold()
            near = "" if folded in names else nearest.of(folded)
            if near and abs(len(near) - len(folded)) <= 2 and folded not in near and near not in folded:
                message = f"“{written}” is nearly {names[near]}"
                yield at(passage, found.start(1), found.start(1) + len(written), message, f"write {names[near]}")


def _by_words(names: set[str]) -> dict[int, tuple[dict[str, str], NearestName]]:
    """Names by the number of their words, then by their letters without regard to case."""
    grouped: dict[int, dict[str, str]] = {}
    for name in sorted(names):
        grouped.setdefault(len(name.split()), {})[name.casefold()] = name
    return {count: (folded, NearestName(folded, _LIKENESS)) for count, folded in grouped.items()}


@rule("HK122", Severity.NOTE)
def guests_from_abroad_are_written_alike(subject: Subject) -> Iterator[Remark]:
    """Names from abroad are written alike in Chinese.

    Where one guest's name is transcribed (爱德华·夸夸), another's should not stand in Latin letters alone. Ask for the
    transcription that the guest uses, or say that there is none.
    """
    transcribed = [name for name in _han_names(subject) if "·" in name]
    if "zh" not in subject.keys or not transcribed:
        return
    for id, person in subject.publication.people.items():
        name = variant(person.name, "zh")
        if name and not has_han(name):
            message = f"{name} has no Chinese form, {transcribed[0]} has"
            yield on(f"people.yaml#{id}.name", message, "write name: {zh: …, en: …}")


@rule("HK112", Severity.WARNING)
def everyone_named_is_listed(subject: Subject) -> Iterator[Remark]:
    """Whoever is said to have spoken is in people.yaml.

    In Chinese a name between a post and a verb of saying (`局长李明表示`), in English one behind Mr, Ms, Dr or Prof.
    """
    known = set(_han_names(subject))
    for passage in subject.prose("zh"):
        for found in _STRANGER.finditer(passage.text):
            name = found[1]
            if any(each.startswith(name) or name.startswith(each) for each in known) or _NOT_A_NAME.match(name):
                continue
            near = [each for each in known if len(each) == len(name) and each[0] == name[0]]
            hint = f"{near[0]}?" if near else "add the person to people.yaml, or correct the name"
            yield at(passage, *found.span(1), f"nobody is called {name}", hint)
    words = {word for name in (*_names(subject, "en"), *_names(subject, "zh")) for word in name.split()}
    for passage in subject.prose("en"):
        for found in re.finditer(rf"\b(?:Mr|Mrs|Ms|Dr|Prof)\.? ({_LATIN_WORD}(?: {_LATIN_WORD})*)", passage.text):
            named = re.sub(r"[’']s$", "", found[1])
            if words and not words & set(named.split()):
                yield at(passage, *found.span(1), f"nobody is called {named}", "correct the name, or list the person")

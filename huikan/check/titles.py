"""Facts: one person has one title, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from huikan.check.passages import Kind, Passage
from huikan.check.registry import Remark, at, on, rule
from huikan.check.subject import Part, Subject, variant
from huikan.finding import Severity

_NO_TITLE = re.compile(r"[，。；：！？“”《》\n]")
_QUOTED_TITLE = re.compile(r"[：:]\s*([^：:。；\n]{3,})$")
_LONGEST_OPENING = 70
_SPACES = re.compile(r"\s+")


def _official(subject: Subject, part: Part, key: str) -> str:
    """The title in full, as lists print it."""
    entry = subject.entries.get((key, part.field))
    if entry and entry.title:
        return entry.title.text
    return variant(part.appearance.title or subject.person(part).title, key)


def _bare(text: str) -> str:
    return _SPACES.sub("", text)


def _is_variant(title: str, official: str) -> bool:
    """Whether `title` is another wording of `official`, not something else before a name."""
    title, official = _bare(title), _bare(official)
    if not title or not official or title == official:
        return False
    return title[-1] == official[-1] or SequenceMatcher(None, title, official).ratio() >= 0.5


def _opening(subject: Subject, part: Part) -> tuple[Passage, int] | None:
    """The first block of a Chinese summary, and where the speaker's name stands in its opening words."""
    blocks = subject.summary_blocks(part, "zh")
    name = variant(subject.person(part).name, "zh")
    if not blocks or not name:
        return None
    place = blocks[0].text.find(name)
    if not 0 <= place <= _LONGEST_OPENING or _NO_TITLE.search(blocks[0].text[:place]):
        return None
    return blocks[0], place


@rule("HK101", Severity.WARNING)
def one_person_has_one_title(subject: Subject) -> Iterator[Remark]:
    """One person has one title.

    The title in `people.yaml` is the official one. The opening words of the summary, a caption of its own, a title
    given for one appearance and a title quoted in a note (`…：上海市政府副秘书长`) are compared with it. A title that
    an appearance gives for itself counts as official for that appearance's summary and caption.
    Correct the one that is wrong; if a person held two posts, say so in the title.
    """
    captions = [each for each in subject.printed("zh") if each.kind is Kind.CAPTION and each.file == "programme.yaml"]
    for part in subject.parts:
        person = subject.person(part)
        official = _official(subject, part, "zh")
        own = variant(part.appearance.title, "zh")
        listed = variant(person.title, "zh")
        if own and listed and _is_variant(own, listed):
            message = f"{variant(person.name, 'zh')} is “{own}” here and “{listed}” in people.yaml"
            yield on(f"{part.field}.title", message, "write one title in both places")
        opening = _opening(subject, part)
        if opening and official and _is_variant(opening[0].text[: opening[1]], official):
            passage, end = opening
            message = f"the summary opens with “{passage.text[:end].strip()}”, the official title is “{official}”"
            yield at(passage, 0, end, message, f"write {official}, or correct people.yaml")
        own_captions = [each for each in captions if each.field.startswith(f"{part.field}.caption")]
        yield from _captions(subject, part, official, own_captions)
    yield from _notes(subject)


def _captions(subject: Subject, part: Part, official: str, captions: list[Passage]) -> Iterator[Remark]:
    name = variant(subject.person(part).name, "zh")
    for passage in captions:
        place = passage.text.find(name)
        title = passage.text[:place].strip() if place > 0 else ""
        if title and official and not _NO_TITLE.search(title) and _bare(title) != _bare(official):
            message = f"the caption says “{title}”, the official title is “{official}”"
            yield at(passage, 0, place, message, f"write {official}, or correct people.yaml")


def _notes(subject: Subject) -> Iterator[Remark]:
    notes = [each for each in subject.passages_by_file.get("people.yaml", ()) if each.kind is Kind.NOTE]
    for passage in notes:
        person = subject.publication.people.get(passage.field.removeprefix("people.yaml#").removesuffix(".note"))
        listed = variant(person.title, "zh") if person else ""
        if person and listed:
            quoted = _QUOTED_TITLE.search(passage.text)
            if quoted and listed and quoted[1].strip()[-2:] == listed[-2:] and _is_variant(quoted[1], listed):
                message = f"the note gives {variant(person.name, 'zh')} the title “{quoted[1]}”, title: is “{listed}”"
                hint = "settle which is right, then delete the note"
                yield at(passage, quoted.start(1), quoted.end(1), message, hint)


@rule("HK102", Severity.WARNING)
def summaries_open_alike(subject: Subject) -> Iterator[Remark]:
    """Summaries open alike.

    Where two thirds of the Chinese summaries, and at least three, open with the speaker's title and name
    (`上海市人民政府副秘书长庄木弟表示，`), the others should too. Nothing is said where most open in another way.
    """
    with_title, without = 0, []
    summarised = [part for part in subject.parts if subject.summary_blocks(part, "zh")]
    for part in summarised:
        opening = _opening(subject, part)
        title = _bare(_official(subject, part, "zh"))
        if opening and title and _bare(opening[0].text[: opening[1]]).endswith(title[-2:]):
            with_title += 1
        elif opening and opening[1] == 0 and title:
            without.append((opening[0], part, title))
    if with_title < 3 or 3 * with_title < 2 * len(summarised):
        return
    for passage, part, title in without:
        name = variant(subject.person(part).name, "zh")
        message = f"the summary opens with the name alone; {with_title} others open with title and name"
        yield at(passage, 0, len(name), message, f"open with {title}{name}")

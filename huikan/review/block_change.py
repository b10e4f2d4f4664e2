"""One block of Markdown with other words: the changed characters alone replaced, or all of it made anew."""

from __future__ import annotations

from huikan.render.docx.sent import NOTE, PICTURE, split_look
from huikan.review.markdown_leaves import Leaf, Printed, UnwritableError
from huikan.review.markdown_text import escaped, serialised
from huikan.review.paragraph_hunks import Hunk, hunks
from huikan.review.rich import Rich


def change_of_block(leaf: Leaf, now: Rich, wanted: Rich, *, rewrite: bool, careful: bool) -> tuple[int, int, str]:
    """Where the block begins and ends in its source, and what stands there when it prints as `wanted`, not as `now`.

    Raises UnwritableError for a line break in a title or a cell.
    """
    content = None if rewrite else _spliced(leaf, now, wanted)
    if content is None:
        content = _rewritten(leaf, now, wanted, careful=careful)
    if leaf.kind != "paragraph" and "\n" in content:
        raise UnwritableError("a line break cannot stand there")
    if leaf.kind == "cell":
        content = content.replace("|", r"\|")
    return leaf.start, leaf.end, content.replace("\n", "\n" + leaf.prefix)


def _spliced(leaf: Leaf, now: Rich, wanted: Rich) -> str | None:
    """The block's Markdown with the changed characters alone replaced; None if looks change or places are unclear."""
    printed = _placed(leaf, now)
    made, place = [], 0
    for hunk in hunks(now, wanted):
        removed = [each for each in printed[hunk.start : hunk.end] if each is not None]
        added = wanted[hunk.new_start : hunk.new_end]
        if any(letter in {NOTE, PICTURE, "\n"} for letter, _ in added):
            return None
        before = next((each for each in reversed(printed[: hunk.start]) if each is not None), None)
        after = next((each for each in printed[hunk.end :] if each is not None), None)
        if removed:
            start = removed[0].start
        elif before is not None and _suits(added, before):
            start = before.end
        elif after is not None and _suits(added, after):
            start = after.start
        else:
            return None
        if removed and added and not _suits(added, removed[0]):
            return None
        if start < place:
            return None
        in_code = bool(added and "c" in split_look(added[0][1])[0])
        text = "".join(letter for letter, _ in added)
        made.append(leaf.content[place:start] + (text if in_code else escaped(text)))
        place = start
        for each in removed:
            made.append(leaf.content[place : each.start])
            place = max(place, each.end)
    content = "".join(made) + leaf.content[place:]
    return None if content.count("[](") > leaf.content.count("[](") else content


def _suits(added: Rich, neighbour: Printed) -> bool:
    return all(look == neighbour.look or letter.isspace() for letter, look in added) and neighbour.letter not in {
        NOTE,
        PICTURE,
    }


def _placed(leaf: Leaf, now: Rich) -> list[Printed | None]:
    """For each printed character of `now` its place; blanks that the typesetter dropped or made have none."""
    made: list[Printed | None] = []
    place = 0
    for letter, _ in now:
        if letter.isspace():
            if place < len(leaf.printed) and leaf.printed[place].letter.isspace():
                made.append(leaf.printed[place])
                place += 1
            else:
                made.append(None)
            continue
        while place < len(leaf.printed) and leaf.printed[place].letter.isspace():
            place += 1
        made.append(leaf.printed[place] if place < len(leaf.printed) else None)
        place += 1
    return made


def _rewritten(leaf: Leaf, now: Rich, wanted: Rich, *, careful: bool) -> str:
    """The block's Markdown made anew from its words; links, notes and pictures are those it had."""
    printed = _placed(leaf, now)
    letters: list[tuple[str, str, Printed | None]] = []
    place = 0
    # the mark of a new note is not the one of another
    found = hunks([letter for letter, _ in now], [look if look.startswith("^") else letter for letter, look in wanted])
    for hunk in [*found, Hunk(len(now), len(now), len(wanted), len(wanted))]:
        for _ in range(place, hunk.start):
            letters.append((*wanted[len(letters)], printed[place]))
            place += 1
        letters += [(letter, look, None) for letter, look in wanted[hunk.new_start : hunk.new_end]]
        place = hunk.end
    return serialised(letters, leaf.content, careful=careful)

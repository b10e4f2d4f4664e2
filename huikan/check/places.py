"""Print: what only the laid-out pages show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from huikan.check.registry import Remark, at, on, rule
from huikan.check.subject import Subject
from huikan.finding import Severity
from huikan.render.fit import HIGHEST_NOTE, Misfit, Place

_LONGEST = 24
_MOST_CELLS = 3
"""Cells of a table that are told one by one."""


@rule("HK305", Severity.WARNING, needs_pages=True)
def titles_fit_their_places(subject: Subject) -> Iterator[Remark]:
    """A title fits its place.

    A running head has one line; titles have as many as look meant: on the cover five, a session's heading four, a
    speaker's title three. Where a title takes more, break it otherwise (a list gives the parts), give `short_title:`
    or a shorter `label:`, or make room in the design. Measured on the pages of the print edition; `--no-layout`
    leaves it out.
    """
    for misfit in _misfits(subject):
        if misfit.place in {Place.RUNNING_HEAD, Place.TITLE}:
            what = f"{misfit.lines} lines in a {misfit.place} that has {misfit.most}"
            yield _remark(subject, misfit, what, "shorten it, or give short_title:, label: or the parts of the title")


@rule("HK306", Severity.WARNING, needs_pages=True)
def lines_and_cells_hold_their_words(subject: Subject) -> Iterator[Remark]:
    """No line, table cell or page runs over.

    A word or an address too long to break stands out of its line, or a block too high for a page is cut off at its
    foot. A footnote stays whole on one page: above half of its height it stands over the text, or out of the page,
    and one that has no room is left for a page behind the text. Measured on the pages of the print edition;
    `--no-layout` leaves it out.
    """
    for pages in subject.pages:
        misfits = [each for each in pages.misfits if each.place not in {Place.RUNNING_HEAD, Place.TITLE}]
        counts = Counter(misfit.table for misfit in misfits)
        crowded = [table for table, cells in sorted(counts.items()) if table and cells > _MOST_CELLS]
        for table in crowded:
            cells = [misfit for misfit in misfits if misfit.table == table]
            what = f"words stand up to {max(each.over for each in cells):.0f} pt beyond the end of cells of a table"
            yield _remark(subject, cells[0], what, "give it fewer columns or shorter words, or make two tables of it")
        for misfit in misfits:
            if misfit.place is Place.NOTE_BEHIND:
                what = "a footnote has no room on the page that refers to it, and stands on one behind the text"
                yield _remark(subject, misfit, what, "shorten this note or the one before it, or tell it in the text")
            elif misfit.place is Place.NOTE:
                what = f"a footnote takes {misfit.over:.0%} of the page's height, and notes are not divided"
                hint = f"cut {1 - HIGHEST_NOTE / misfit.over:.0%} of it or more, or tell it in the text or in two notes"
                yield _remark(subject, misfit, what, hint)
            elif misfit.table not in crowded:
                side = "foot" if misfit.place is Place.PAGE else "end"
                what = f"words stand {misfit.over:.0f} pt beyond the {side} of their {misfit.place}"
                yield _remark(subject, misfit, what, "shorten or divide them, or make room in the design")


@rule("HK307", Severity.WARNING, needs_pages=True)
def faces_have_every_character(subject: Subject) -> Iterator[Remark]:
    """Every character has a glyph.

    No installed face of the design has the character, and a build will stop (HK088). Measured on the pages of the print
    edition; `--no-layout` leaves it out.
    """
    glyphs = [glyph for pages in subject.pages for glyph in pages.glyphs]
    placed = {glyph.character for glyph in glyphs if glyph.field}
    first = {
        (glyph.character, glyph.field): glyph
        for glyph in reversed(glyphs)
        if glyph.field or glyph.character not in placed
    }
    for glyph in reversed(first.values()):
        message = f"no installed face has {glyph.character!r} ({glyph.name}), on page {glyph.page}"
        hint = "install a face that has it and name it in styles/tokens.css, or write another character"
        yield _where(subject, glyph.field, glyph.character, message, hint)


def _misfits(subject: Subject) -> Iterator[Misfit]:
    return (misfit for pages in subject.pages for misfit in pages.misfits)


def _remark(subject: Subject, misfit: Misfit, what: str, hint: str) -> Remark:
    words = misfit.text if len(misfit.text) <= _LONGEST else f"{misfit.text[:_LONGEST]}…"
    return _where(subject, misfit.field, misfit.text, f"page {misfit.page}: {what}: “{words}”", hint)


def _where(subject: Subject, field: str, words: str, message: str, hint: str) -> Remark:
    """A remark about the words where they stand in the field; about the field where they stand otherwise."""
    found = subject.find(words, field)
    if found is None:
        return on(field or "booklet.yaml", message, hint)
    passage, start = found
    return at(passage, start, start + len(words), message, hint)

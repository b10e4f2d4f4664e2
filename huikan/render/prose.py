"""A prose field to semantic HTML: most paragraphs have no markup but strong words, and are not read as Markdown."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from huikan.content.resolved import Prose

_PLAIN = re.compile(
    r"""
    (?:
        (?![0-9]{1,9}[.)]|[-+=:\#~])  # what begins a list, a rule, a heading, a fence, or underlines a heading
        [^\s\x00-\x1f\\`*_\[\]<>&"!|~^{}]
        (?:[^\n\x00-\x1f\\`*_\[\]<>&"!|~^{}\x85\u2028\u2029]*[^\s\x00-\x1f\\`*_\[\]<>&"!|~^{}])?
        (?:\n|\Z)
    )+
    """,
    re.VERBOSE,
)
"""Lines in which no character can mean anything in Markdown, and none begins or ends with a blank."""
_WORD = "[0-9A-Za-z\u4e00-\u9fff]"
_STRONG = re.compile(rf"(?<!\*)\*\*({_WORD}(?:[^\n*]*{_WORD})?)\*\*(?!\*)")
"""Strong words that begin and end with a letter: there, asterisks open and close whatever stands around them."""
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_REACHING = re.compile(r"\]:|\^\[|[`~\t\r\x00]")
"""What may reach over blank lines, or may be changed before anything is read: where links lead, notes, fences, tabs."""


@lru_cache(maxsize=4096)
def render_prose(prose: Prose) -> Markup:
    """HTML of a prose field, kept for the next build of this process. Raw HTML in the Markdown is set as text.

    Each leaf block is marked with the id of its content field.
    """
    if _REACHING.search(prose.markdown):
        return Markup(_rendered(prose.markdown, prose.field, 1)[0])
    made, number, field = [], 1, escape(prose.field)
    for is_plain, group in groupby(_PARAGRAPH.finditer(prose.markdown), key=lambda part: _is_plain(part[0])):
        parts = list(group)
        if is_plain:
            for part in parts:
                words = _STRONG.sub(r"<strong>\1</strong>", part[0])
                made.append(f'<p data-field="{field}{number}">{words}</p>')
                number += 1
        else:
            html, number = _rendered(prose.markdown[parts[0].start() : parts[-1].end()], prose.field, number)
            made.append(html)
    return Markup("\n".join(filter(None, made)))


def _is_plain(paragraph: str) -> bool:
    """Whether nothing in it is marked up but strong words."""
    return _PLAIN.fullmatch(_STRONG.sub(r"\1", paragraph)) is not None


def _rendered(markdown: str, field: str, number: int) -> tuple[str, int]:
    from huikan.render.markdown_prose import render_markdown  # not for prose without markup

    return render_markdown(markdown, field, number)

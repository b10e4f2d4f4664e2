"""Comments of a reviewed copy: what was said, by whom, as an answer to what, and whether it is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from huikan.review.package import ReviewedFile
from huikan.review.walker import W
from huikan.review.wordml import WordParagraph, known_date

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `parent` is the id of the comment it answers, empty for the first of a thread."""

    id: str
    author: str
    date: str
    text: str
    parent: str = ""
    resolved: bool = False


def read_comments(file: ReviewedFile, paragraphs: Iterable[WordParagraph] = ()) -> tuple[Comment, ...]:
    """Every comment in the order of the file; answers are joined by the paragraph ids of commentsExtended.

    LibreOffice before 7.6 writes none: there an answer stands, without a range, right behind what it answers.
    """
    root = _tree(file, "comments")
    if root is None:
        return ()
    threads = _threads(_tree(file, "commentsExtended"))
    by_paragraph: dict[str, str] = {}
    last_paragraphs: dict[str, str] = {}
    for entry in root.iterfind(f"{W}comment"):
        id = entry.get(f"{W}id", "")
        for paragraph in entry.iter(f"{W}p"):
            name = paragraph.get(f"{_W14}paraId", "")
            if name:
                by_paragraph[name] = id
                last_paragraphs[id] = name
    comments = []
    for entry in root.iterfind(f"{W}comment"):
        id = entry.get(f"{W}id", "")
        parent, resolved = threads.get(last_paragraphs.get(id, ""), ("", False))
        comments.append(
            Comment(
                id,
                entry.get(f"{W}author", ""),
                known_date(entry.get(f"{W}date", "")),
                "\n".join(_words(paragraph) for paragraph in entry.iter(f"{W}p")).strip(),
                by_paragraph.get(parent, ""),
                resolved,
            )
        )
    if any(comment.parent for comment in comments):
        return tuple(comments)
    behind = _behind(paragraphs)
    return tuple(replace(comment, parent=behind.get(comment.id, "")) for comment in comments)


def _behind(paragraphs: Iterable[WordParagraph]) -> dict[str, str]:
    """By comment without a range, the comment with one whose reference stands right before its own."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        ranged = {mark.name for mark in paragraph.marks if mark.kind == "comment-end"}
        first, place = "", -1
        for mark in paragraph.marks:
            if mark.kind == "comment" and mark.name in ranged:
                first, place = mark.name, mark.offset
            elif mark.kind == "comment" and first and mark.offset == place:
                found[mark.name] = first
    return found


def _threads(extended: etree._Element | None) -> dict[str, tuple[str, bool]]:
    """By paragraph id: the paragraph id of the comment answered, and whether the thread is settled."""
    found: dict[str, tuple[str, bool]] = {}
    for entry in extended.iter(f"{_W15}commentEx") if extended is not None else ():
        done = entry.get(f"{_W15}done", "0") in {"1", "true", "on"}
        found[entry.get(f"{_W15}paraId", "")] = (entry.get(f"{_W15}paraIdParent", ""), done)
    return found


def _words(paragraph: etree._Element) -> str:
    parts = []
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        parts.append((element.text or "") if element.tag == f"{W}t" else "\n" if element.tag == f"{W}br" else "\t")
    return "".join(parts)


def _tree(file: ReviewedFile, kind: str) -> etree._Element | None:
    names = file.related(kind)
    return file.tree(names[0]) if names else None

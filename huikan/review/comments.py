"""Comments of a reviewed copy: what was said, by whom, as an answer to what, and whether it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from huikan.review.package import ReviewedFile
from huikan.review.walker import W

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


def read_comments(file: ReviewedFile) -> tuple[Comment, ...]:
    """Every comment in the order of the file; answers are joined by the paragraph ids of commentsExtended."""
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
        date = entry.get(f"{W}date", "")
        comments.append(
            Comment(
                id,
                entry.get(f"{W}author", ""),
                "" if date.startswith(("0000", "1970-01-01T00:00:00")) else date,
                "\n".join(_words(paragraph) for paragraph in entry.iter(f"{W}p")).strip(),
                by_paragraph.get(parent, ""),
                resolved,
            )
        )
    return tuple(comments)


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

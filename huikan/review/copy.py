"""One reviewed copy: its paragraphs, the text as sent that travelled in it, its comments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from huikan.content.photos import fingerprint
from huikan.finding import ContentError, Finding, Severity
from huikan.render.docx.sent import (
    FIELDS_NAMESPACE,
    SentParagraph,
    read_addresses,
    read_field_map,
    read_surroundings,
    tells_places_of_links,
)
from huikan.review.comments import Comment, read_comments
from huikan.review.links import NEW_ADDRESS, new_addresses
from huikan.review.package import ReviewedFile
from huikan.review.picture_edits import PictureFile
from huikan.review.surroundings import changed_surroundings
from huikan.review.walker import StoryReader
from huikan.review.word_styles import read_styles
from huikan.review.wordml import Aside, WordParagraph

_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


@dataclass(frozen=True, slots=True)
class ReviewedCopy:
    """A copy as it came home. `sent` is in the order in which it was written, notes after their paragraphs."""

    file: str
    booklet: str
    language: str
    sent: tuple[SentParagraph, ...]
    paragraphs: tuple[WordParagraph, ...]
    comments: tuple[Comment, ...]
    person: str = ""
    """Whose part it is, if it is not the whole."""
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    """By the relationship that leads to it."""
    asides: tuple[Aside, ...] = ()
    addresses: frozenset[str] | None = None
    """Where links led when it was sent; None where it is not known which words they were."""


def read_copy(path: Path, name: str = "") -> ReviewedCopy:
    """Read a reviewed copy in bounded memory; it is called `name` in messages, else as its file.

    Raises ContentError for a file that is broken, dangerous, or no review copy of a booklet.
    """
    with ReviewedFile(path) as file:
        properties = _properties(file)
        field_map = _field_map(file)
        sent = () if field_map is None else read_field_map(field_map)
        if field_map is None or not sent or not properties.get("huikan.booklet"):
            hint = "merge the copy that `huikan build --edition review` made, saved by Word, WPS or LibreOffice"
            message = "is no review copy of a booklet: the list of its fields is missing"
            raise ContentError([Finding("HK072", Severity.ERROR, message, hint, path.name)])
        styles = read_styles(_first_tree(file, "styles"), _first_tree(file, "numbering"))
        story = StoryReader(styles, links=file.links(file.main))
        paragraphs, asides, used = list(story.paragraphs(file, file.main)), story.asides, [*story.links.values()]
        used += story.addresses
        for kind in ("footnotes", "endnotes"):
            for part in file.related(kind):
                story = StoryReader(styles, is_note=True, links=file.links(part))
                paragraphs += [note for note in story.paragraphs(file, part) if note.note]
                used += [*story.links.values(), *story.addresses]
                asides |= story.asides
        furniture: dict[str, list[WordParagraph]] = {"header": [], "footer": []}
        for kind, made in furniture.items():
            for part in file.related(kind):
                story = StoryReader(styles)
                own = list(story.paragraphs(file, part))
                made += own
                for paragraph in own:
                    story.keep_changes_aside(f"a {kind}", paragraph)
                asides |= story.asides
        around = read_surroundings(field_map)
        if around is not None:
            asides |= dict.fromkeys(changed_surroundings(around, paragraphs, *furniture.values()))
        addresses = read_addresses(field_map)
        if addresses is not None:
            asides |= dict.fromkeys(Aside(NEW_ADDRESS, each) for each in new_addresses(used, addresses))
        return ReviewedCopy(
            name or path.name,
            properties["huikan.booklet"],
            properties.get("huikan.language", ""),
            sent,
            tuple(paragraphs),
            read_comments(file, paragraphs),
            properties.get("huikan.person", ""),
            _pictures(file, sent, paragraphs),
            tuple(asides),
            addresses if tells_places_of_links(field_map) else None,
        )


def _pictures(
    file: ReviewedFile, sent: Sequence[SentParagraph], paragraphs: Sequence[WordParagraph]
) -> dict[str, PictureFile]:
    """Only what was not sent is looked at: a picture that is the same needs no fingerprint."""
    known = {picture.digest for paragraph in sent for picture in paragraph.pictures}
    found: dict[str, PictureFile] = {}
    for name in {piece.picture for paragraph in paragraphs if not paragraph.is_note for piece in paragraph.pieces}:
        relation = file.relations.get(name)
        if relation is None or relation.external:
            continue
        content = file.content(relation.target)
        if not content:
            continue
        digest = hashlib.sha256(content).hexdigest()
        found[name] = PictureFile(relation.target, digest, "" if digest in known else fingerprint(content))
    return found


def _first_tree(file: ReviewedFile, kind: str) -> etree._Element | None:
    names = file.related(kind)
    return file.tree(names[0]) if names else None


def _properties(file: ReviewedFile) -> dict[str, str]:
    root = file.tree("docProps/custom.xml")
    entries = root.iter(_PROPERTY) if root is not None else ()
    return {entry.get("name", ""): str(entry.xpath("string()")) for entry in entries}


def _field_map(file: ReviewedFile) -> etree._Element | None:
    for name in file.related("customXml"):
        root = file.tree(name)
        if root is not None and root.tag == f"{{{FIELDS_NAMESPACE}}}fields":
            return root
    return None

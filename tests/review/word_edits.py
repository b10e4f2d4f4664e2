"""Edits of a copy's XML by element, as a word processor makes them: paragraphs, runs, items, rows, notes, links."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from tests.review.copies import W

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"w": W, "r": R}
DOCUMENT = "word/document.xml"
TRACKED = {"author": "林编辑", "date": "2024-11-07T09:00:00Z", "id": "9500"}


def changed(
    copy: Path, change: Callable[[etree._Element], None], part: str = DOCUMENT, name: str = "changed.docx"
) -> Path:
    """The copy with one part's tree changed."""
    return rebuilt(copy, {part: change}, name)


def rebuilt(copy: Path, changes: dict[str, Callable[[etree._Element], None]], name: str = "changed.docx") -> Path:
    """The copy with the trees of parts changed, by the names of these."""
    target = copy.with_name(name)
    with zipfile.ZipFile(copy) as before:
        parts = {entry: before.read(entry) for entry in before.namelist()}
    for part, change in changes.items():
        root = etree.fromstring(parts[part])
        change(root)
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for entry, content in parts.items():
            after.writestr(entry, content)
    return target


def tag(name: str) -> str:
    return f"{{{W}}}{name}"


def made(name: str, *children: etree._Element, **attributes: str) -> etree._Element:
    element = etree.Element(tag(name), {tag(key): value for key, value in attributes.items()}, nsmap={"w": W})
    element.extend(children)
    return element


def run(words: str, *, deleted: bool = False) -> etree._Element:
    text = made("delText" if deleted else "t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made("r", text)


def words_of(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(tag("t")))


def paragraph(root: etree._Element, words: str) -> etree._Element:
    """The last paragraph outside the contents that has exactly these words."""
    found = [each for each in root.iter(tag("p")) if words_of(each) == words]
    assert found, words
    return found[-1]


def row_of(element: etree._Element) -> etree._Element:
    return next(each for each in element.iterancestors() if each.tag == tag("tr"))


def without_bookmarks(element: etree._Element) -> etree._Element:
    """What a program makes when it copies an element: bookmarks stay with the first."""
    for each in [*element.iter(tag("bookmarkStart"), tag("bookmarkEnd"))]:
        parent = each.getparent()
        assert parent is not None
        parent.remove(each)
    return element


def new_paragraph(like: etree._Element, words: str, *, tracked: bool = False, style: str = "") -> etree._Element:
    """A paragraph with the properties of another one, and words of its own."""
    properties = like.find("w:pPr", NAMES)
    own = made("pPr") if properties is None else etree.fromstring(etree.tostring(properties))
    if style:
        own = made("pPr", made("pStyle", val=style))
    for section in own.findall("w:sectPr", NAMES):
        own.remove(section)
    if tracked:
        own.append(made("rPr", made("ins", **TRACKED)))
    return made("p", own, inserted(run(words)) if tracked else run(words))


def inserted(*runs: etree._Element) -> etree._Element:
    return made("ins", *runs, **TRACKED)


def delete_runs(element: etree._Element, *, tracked: bool) -> None:
    """Delete the words of an element, with their marks as Word leaves them or without a trace."""
    for each in [*element.iter(tag("r"))]:
        parent = each.getparent()
        assert parent is not None
        if not tracked:
            parent.remove(each)
            continue
        for text in each.iter(tag("t")):
            text.tag = tag("delText")
        parent.replace(each, made("del", **TRACKED))
        next(mark for mark in parent.iter(tag("del")) if not len(mark)).append(each)


def delete_paragraph(element: etree._Element, *, tracked: bool) -> None:
    parent = element.getparent()
    assert parent is not None
    if not tracked:
        parent.remove(element)
        return
    delete_runs(element, tracked=True)
    properties = element.find("w:pPr", NAMES)
    assert properties is not None
    properties.append(made("rPr", made("del", **TRACKED)))


def fields(kind: str) -> etree._Element:
    return made("r", made("fldChar", fldCharType=kind))


def code(words: str, *, deleted: bool = False) -> etree._Element:
    text = made("delInstrText" if deleted else "instrText")
    text.text = words
    return made("r", text)


def move_tracked(root: etree._Element, words: str, beside: str) -> etree._Element:
    """Move a paragraph behind another as Word does with tracking on: it stands in both places, marked; the new one."""
    old = paragraph(root, words)
    new = without_bookmarks(etree.fromstring(etree.tostring(old)))
    for each, kind, id in ((old, "moveFrom", "801"), (new, "moveTo", "802")):
        for own in [*each.iter(tag("r"))]:
            around = own.getparent()
            assert around is not None
            mark = made(kind, **TRACKED)
            around.replace(own, mark)
            mark.append(own)
        properties = each.find("w:pPr", NAMES)
        assert properties is not None
        properties.append(made("rPr", made(kind, **TRACKED)))
        start = made(f"{kind}RangeStart", **{**TRACKED, "id": id})
        start.set(tag("name"), "move1")
        properties.addnext(start)
        each.append(made(f"{kind}RangeEnd", id=id))
    paragraph(root, beside).addnext(new)
    return new

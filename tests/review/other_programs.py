"""A copy as other programs leave it on saving: ids and names of styles, noise in runs, wrappers, moved bookmarks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from tests.review.word_edits import DOCUMENT, made, rebuilt, tag

Mutation = dict[str, Callable[[etree._Element], None]]
STYLES = "word/styles.xml"
NOTES = "word/footnotes.xml"
_REFERENCES = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink")
CHINESE = {
    "Body Text": "正文文本",
    "List Bullet": "列表项目符号",
    "List Number": "列表编号",
    "List Paragraph": "列出段落",
    "Quote": "引用",
    **{f"Heading {level}": f"标题 {level}" for level in range(1, 6)},
}


def _ids_renamed(root: etree._Element) -> None:
    """As WPS does: `a0`, `a1`, …, by a count that is the same in every part."""
    for style in root.iter(tag("style")):
        style.set(tag("styleId"), _id(style.get(tag("styleId"), "")))
    for name in _REFERENCES:
        for reference in root.iter(tag(name)):
            reference.set(tag("val"), _id(reference.get(tag("val"), "")))


def _id(name: str) -> str:
    return f"a{sum(ord(letter) * (place + 1) for place, letter in enumerate(name))}"


def _names(change: Callable[[str], str]) -> Callable[[etree._Element], None]:
    def rename(root: etree._Element) -> None:
        for name in root.iter(tag("name")):
            if name.getparent().tag == tag("style"):  # type: ignore[union-attr]
                old = name.get(tag("val"), "")
                standard = next((each for each in CHINESE if each.lower() == old.lower()), old)
                name.set(tag("val"), change(standard))

    return rename


def _noise(root: etree._Element) -> None:
    for number, run in enumerate([*root.iter(tag("r"))]):
        run.set(tag("rsidR"), f"{number:08X}")
        run.set(tag("rsidRPr"), "00AB12CD")
        properties = run.find(tag("rPr"))
        if properties is None:
            properties = made("rPr")
            run.insert(0, properties)
        for each in (
            made("rFonts", eastAsia="宋体", hint="eastAsia"),
            made("kern", val="2"),
            made("lang", val="zh-CN"),
        ):
            properties.append(each)
        run.addprevious(made("proofErr", type="spellStart"))
    for paragraph in root.iter(tag("p")):
        paragraph.set(tag("rsidR"), "00C0FFEE")
        paragraph.append(made("proofErr", type="gramEnd"))


def _split(root: etree._Element) -> None:
    """Every run in runs of one character."""
    for run in [*root.iter(tag("r"))]:
        text = run.find(tag("t"))
        if text is None or len(run.findall(tag("t"))) != 1 or len(text.text or "") < 2:
            continue
        words = text.text or ""
        for letter in words[:-1]:
            copy = etree.fromstring(etree.tostring(run))
            own = copy.find(tag("t"))
            assert own is not None
            own.text = letter
            own.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(copy)
        text.text = words[-1]


def _wrapped(root: etree._Element) -> None:
    """Runs in smart tags and content controls by turns, paragraphs of the body in content controls."""
    for number, run in enumerate([*root.iter(tag("r"))]):
        if run.find(tag("t")) is None or run.getparent().tag != tag("p"):  # type: ignore[union-attr]
            continue
        place = made("smartTag", uri="urn:x", element="place")
        inner = made("sdtContent")
        wrapper = place if number % 2 else made("sdt", made("sdtPr"), inner)
        run.getparent().replace(run, wrapper)  # type: ignore[union-attr]
        (place if number % 2 else inner).append(run)
    body = root.find(tag("body"))
    for number, paragraph in enumerate([] if body is None else body.findall(tag("p"))):
        if number % 3 == 0 and paragraph.find(f"{tag('pPr')}/{tag('sectPr')}") is None:
            content = made("sdtContent")
            paragraph.getparent().replace(paragraph, made("sdt", made("sdtPr"), content))  # type: ignore[union-attr]
            content.append(paragraph)


def _bookmarks_between_paragraphs(root: etree._Element) -> None:
    """As Word leaves those that began at the beginning of a paragraph."""
    for paragraph in [*root.iter(tag("p"))]:
        for mark in paragraph.findall(tag("bookmarkStart")):
            if not any(each.tag == tag("r") for each in mark.itersiblings(preceding=True)):
                paragraph.addprevious(mark)


def _bookmarks_at_the_end(root: etree._Element) -> None:
    for paragraph in root.iter(tag("p")):
        for mark in paragraph.findall(tag("bookmarkEnd")):
            paragraph.append(mark)


def _looks_by_hand(root: etree._Element) -> None:
    """Character styles resolved into formatting, as when words were pasted."""
    for style in [*root.iter(tag("rStyle"))]:
        by_hand = {"Strong": made("b"), "Emphasis": made("em", val="dot")}.get(style.get(tag("val"), ""))
        if by_hand is not None:
            style.getparent().replace(style, by_hand)  # type: ignore[union-attr]


PROGRAMS: dict[str, Mutation] = {
    "ids of styles renamed": dict.fromkeys((DOCUMENT, STYLES, NOTES, "word/numbering.xml"), _ids_renamed),
    "names of styles in small letters": {STYLES: _names(str.lower)},
    "names of styles in capitals": {STYLES: _names(str.upper)},
    "names of styles in Chinese": {STYLES: _names(lambda name: CHINESE.get(name, name))},
    "names of styles unknown": {STYLES: _names(lambda name: f"样式{_id(name)}")},
    "noise in runs": dict.fromkeys((DOCUMENT, NOTES), _noise),
    "runs split by character": dict.fromkeys((DOCUMENT, NOTES), _split),
    "smart tags and content controls": {DOCUMENT: _wrapped},
    "bookmarks between paragraphs": {DOCUMENT: _bookmarks_between_paragraphs},
    "bookmarks that end with the paragraph": dict.fromkeys((DOCUMENT, NOTES), _bookmarks_at_the_end),
    "looks by hand": {DOCUMENT: _looks_by_hand},
}


def saved_by_another_program(copy: Path, *programs: str) -> Path:
    """The copy with the changes of these, one after the other."""
    for number, program in enumerate(programs):
        copy = rebuilt(copy, PROGRAMS[program], f"saved-{number}.docx")
    return copy

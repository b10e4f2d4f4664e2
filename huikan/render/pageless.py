"""The semantic tree made fit for faces without pages: no page numbers, notes at the end of their section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from huikan.content.labels import Labels
from huikan.render.characters import INTERPUNCTS
from huikan.render.vocabulary import classes_of

Parents = dict[Element, Element]
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_SPANS = frozenset({"html", "head", "title", "style", "script", "pre"})
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOTS = "".join(sorted(INTERPUNCTS))
_BEFORE_INTERPUNCT = re.compile(f"([{_HAN}][{_DOTS}]|[^\\s][{_DOTS}](?=[{_HAN}]))")


def parents_of(root: Element) -> Parents:
    """Each element's parent."""
    return {child: parent for parent in root.iter() for child in parent}


def remove(element: Element, parent: Element) -> None:
    """Take an element out; the words behind it stay."""
    index = list(parent).index(element)
    if element.tail:
        if index:
            parent[index - 1].tail = (parent[index - 1].tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def remove_other_faces(root: Element) -> None:
    """Take out what is meant for a face with pages alone, and comments."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.get("data-only", "web") != "web":
                remove(child, parent)


def remove_editors_marks(root: Element, *, draft: bool) -> None:
    """Take off the attributes that only the makers read; drafts keep the mark of a missing translation."""
    kept = {"data-untranslated"} if draft else set()
    for element in root.iter():
        for name in [name for name in element.attrib if name.startswith("data-") and name not in kept]:
            del element.attrib[name]


def link_without_pages(root: Element) -> None:
    """Turn page references into links with words.

    A name with one reference is the link itself; several references are named by the sections that they lead to.
    Columns of page numbers go.
    """
    parents = parents_of(root)
    targets = {element.get("id"): element for element in root.iter() if element.get("id")}
    for reference in [element for element in root.iter("a") if "page-ref" in classes_of(element)]:
        holder = parents[reference]
        row = parents[holder] if "page-number" in classes_of(holder) else holder
        name = next((element for element in row.iter("span") if "name" in classes_of(element)), None)
        alone = sum("page-ref" in classes_of(element) for element in row.iter("a")) == 1
        if name is not None and alone:
            _wrap_content(name, Element("a", {"href": reference.get("href", "")}))
            remove(reference, holder)
        else:
            target = targets.get(reference.get("href", "").removeprefix("#"))
            reference.text = _section_name(target, parents) or reference.get("title", "")
            reference.attrib.pop("title", None)
    _remove_page_columns(root)


def _wrap_content(element: Element, wrapper: Element) -> None:
    wrapper.text, element.text = element.text, None
    for child in list(element):
        element.remove(child)
        wrapper.append(child)
    element.append(wrapper)


def _section_name(element: Element | None, parents: Parents) -> str:
    """What the section of an element is called: its label where its heading has one, else the heading."""
    while element is not None:
        heading = next((child for child in element if child.tag in {"h2", "h3"}), None)
        if element.tag == "section" and heading is not None:
            label = next((part for part in heading if "label" in classes_of(part)), heading)
            return "".join(label.itertext()).strip()
        element = parents.get(element)
    return ""


def _remove_page_columns(root: Element) -> None:
    for table in root.iter("table"):
        cells = [(row, cell) for row in table.iter("tr") for cell in row if "page-number" in classes_of(cell)]
        for row, cell in cells:
            remove(cell, row)
        if cells:
            for cell in table.iter("th"):
                if int(cell.get("colspan", "1")) > 1:
                    cell.set("colspan", str(int(cell.get("colspan", "1")) - 1))


def set_notes(root: Element, labels: Labels) -> None:
    """Set footnotes as linked notes at the end of their section, numbered through the booklet as in print."""
    parents = parents_of(root)
    notes = [element for element in root.iter("span") if "footnote" in classes_of(element)]
    lists: dict[Element, Element] = {}
    for number, note in enumerate(notes, start=1):
        above = list(_above(note, parents))
        section = next((element for element in above if element.tag in {"article", "section"}), root)
        language = next((element.get("lang") for element in above if element.get("lang")), labels.language)
        _put_call(note, number, above, parents)
        if section not in lists:
            lists[section] = SubElement(section, "ol", {"class": "footnotes", "role": "list"})
        item = SubElement(lists[section], "li", {"id": f"note-{number}", "value": str(number)})
        item.set("lang", language or labels.language)
        item.text = note.text
        item.extend(list(note))
        name = f"{labels['web.back']} {number}"
        back = {"class": "back", "href": f"#note-{number}-call", "aria-label": name, "lang": labels.language}
        link = SubElement(item, "a", back)
        link.text = "↩"


def _above(element: Element, parents: Parents) -> Iterator[Element]:
    while element in parents:
        element = parents[element]
        yield element


def _put_call(note: Element, number: int, above: list[Element], parents: Parents) -> None:
    """Put the raised number in the note's place; behind the link, if the note stands in one."""
    call = Element("sup", {"class": "footnote-call"})
    link = SubElement(call, "a", {"href": f"#note-{number}", "id": f"note-{number}-call", "role": "doc-noteref"})
    link.text = str(number)
    around = next((element for element in above if element.tag == "a"), None)
    place = note if around is None else around
    parent = parents[place]
    call.tail, place.tail = place.tail, None
    parent.insert(list(parent).index(place) + 1, call)
    parents[call] = parent
    remove(note, parents[note])


def bind_interpuncts(root: Element) -> None:
    """Keep the dot inside a Chinese name with the character before it: browsers would let a line begin with it."""
    for element in [element for element in root.iter() if element.tag not in _NO_SPANS and element.tag[:1] != "{"]:
        _bind(element, None, element.text)
        for child in list(element):
            _bind(element, child, child.tail)


def _bind(parent: Element, after: Element | None, text: str | None) -> None:
    """Bind in `parent`'s text, or in the tail of its child `after`."""
    head, *pieces = _BEFORE_INTERPUNCT.split(text or "")
    if not pieces:
        return
    if after is None:
        parent.text, position = head, 0
    else:
        after.tail, position = head, list(parent).index(after) + 1
    for offset, (pair, tail) in enumerate(zip(pieces[::2], pieces[1::2], strict=True)):
        bound = Element("span", {"class": "bound"})
        bound.text, bound.tail = pair, tail
        parent.insert(position + offset, bound)


def order_headings(root: Element) -> None:
    """Let no heading skip a level: one in the introduction's prose stands directly below the section's."""
    open_levels: list[tuple[int, int]] = []
    for heading in [element for element in root.iter() if element.tag in _HEADINGS]:
        level = int(heading.tag[1])
        while open_levels and open_levels[-1][0] >= level:
            open_levels.pop()
        lowered = open_levels[-1][1] + 1 if open_levels else 1
        open_levels.append((level, lowered))
        heading.tag = f"h{lowered}"


def let_tables_scroll(root: Element, labels: Labels) -> None:
    """Put tables of data, which may be wider than a phone, into boxes that scroll and take the focus."""
    parents = parents_of(root)
    for table in [element for element in root.iter("table") if _holds_data(element, parents)]:
        parent = parents[table]
        caption = next((element for element in parent.iter("figcaption")), None)
        name = line(caption) if caption is not None else labels["table"]
        box = Element("div", {"class": "scroll", "role": "group", "tabindex": "0", "aria-label": name})
        box.tail, table.tail = table.tail, None
        parent[list(parent).index(table)] = box
        box.append(table)


def _holds_data(table: Element, parents: Parents) -> bool:
    return "data" in classes_of(table) or any("prose" in classes_of(element) for element in _above(table, parents))


def line(element: Element) -> str:
    """The element's words in one line."""
    return " ".join("".join(element.itertext()).split())


def say_once(cover: Element, title_page: Element) -> None:
    """The title page repeats the cover; where one follows the other, the lines that the cover has already go."""
    said = {_letters(paragraph) for paragraph in cover.iter() if paragraph.tag in {"p", "h1"}}
    for paragraph in [child for child in title_page if child.tag == "p" and _letters(child) in said]:
        remove(paragraph, title_page)


def _letters(element: Element) -> str:
    return "".join("".join(element.itertext()).split())

"""WeasyPrint's boxes to a chapter's tags, and these to PDF objects. The only door to its tagging."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from huikan.render.structure.line_ends import words_at_line_end
from huikan.render.structure.roles import HEADINGS
from huikan.render.structure.tree import Annotated, Marked, Node, StructureBuilder

_PT_PER_PX = 0.75
_LAYOUT = {"Type": "/Layout"}
_PAGINATION = {"Type": "/Pagination"}
_PRINT = 1 << 2
"""The flag of an annotation that is printed (ISO 19005-3 §6.3.2 wants it)."""


class StructureWriter:
    """Tags the pages that are painted into `pdf`: what belongs to which element of `root`, and what is not read."""

    def __init__(self, root: Element, pdf: Any) -> None:
        self.pdf = pdf
        self.builder = StructureBuilder(root)
        self.reader = _BoxReader(self.builder)

    def read(self, box: Any, stream: Any, leaf: Any) -> None:
        """Read the next page: its box, the stream it was painted on with tags, and its dictionary."""
        self.reader.read(box, stream, leaf)

    def write(self) -> None:
        """Write the pages' part of the tag tree, which `JoinedTags` joins with others."""
        _TreeWriter(self.pdf, self.reader.pages).write(self.builder.finished())


def mark_as_artifacts(stream: Any) -> None:
    """Let nothing on the stream be read: it stands on the page because of the page's place in the book."""
    _mark_artifacts(stream, dict.fromkeys((mark["mcid"] for mark in stream._tags.values()), _PAGINATION))


class _BoxReader:
    """Reads pages in order: which marked content belongs to which element, and what is an artifact."""

    def __init__(self, builder: StructureBuilder) -> None:
        self.builder = builder
        self.pages = 0
        self.headers: set[Any] = set()
        self.line_ends: dict[Any, tuple[Any, int, str]] = {}

    def read(self, page: Any, stream: Any, leaf: Any) -> None:
        self.number, self.page, self.stream, self.tags = self.pages, page, stream, stream._tags
        self.artifacts: dict[int, dict[str, str]] = {}
        self.dropped: list[bytes] = []
        self.marks: dict[Any, int] = {}
        self._visit(page, None, None)
        for unplaced in self.tags.values():
            self.artifacts[unplaced["mcid"]] = _LAYOUT
        _mark_artifacts(stream, self.artifacts)
        if self.dropped:
            leaf["Annots"] = pydyf.Array(ref for ref in leaf["Annots"] if ref not in self.dropped)
        self.pages += 1

    def _visit(self, box: Any, artifact: dict[str, str] | None, linked: Node | None) -> None:
        """Read a box. `artifact` is the property list of the artifact it is in, `linked` the link that is active."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if self._is_repeated_header(box):
            artifact = _PAGINATION
        elif artifact is None and (box.is_leader or self._is_decoration(box)):
            artifact = _LAYOUT
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            self._place_content(box, artifact)
        if box.link_annotation and not isinstance(box, boxes.TextBox):
            linked = self._place_link(box, linked)
        if isinstance(box, boxes.TableCellBox) and artifact is None and box.element is not None:
            self.builder.place(box.element)
        if isinstance(box, boxes.ParentBox):
            for child in box.children:
                self._visit(child, artifact, linked)
        if isinstance(box, boxes.LineBox) and artifact is None and box.element is not None:
            self._join_lines(box)

    def _join_lines(self, line: Any) -> None:
        """Say the words at the end of the element's line before, now that this one tells how they go on."""
        texts = [box for box in line.descendants() if box in self.marks]
        if not texts:
            return
        key = line.element, line.element_tag
        if key in self.line_ends:
            stream, mcid, text = self.line_ends[key]
            actual = words_at_line_end(text, texts[0].text, self.builder.language(line.element))
            if actual is not None:
                _properties(stream, mcid)["ActualText"] = pydyf.String(actual)
        self.line_ends[key] = self.stream, self.marks[texts[-1]], texts[-1].text

    def _is_decoration(self, box: Any) -> bool:
        return box.element is not None and self.builder.is_decoration(box.element)

    def _is_repeated_header(self, box: Any) -> bool:
        if not (isinstance(box, boxes.TableRowGroupBox) and box.is_header):
            return False
        if box.element in self.headers:
            return True
        self.headers.add(box.element)
        return False

    def _place_content(self, box: Any, artifact: dict[str, str] | None) -> None:
        mark = self.tags.pop(box, None)
        if mark is None:
            return
        if artifact is not None or box.element is None:
            self.artifacts[mark["mcid"]] = artifact or _LAYOUT
            return
        node = self._node_of(box)
        node.kids.append(Marked(self.number, mark["mcid"]))
        if isinstance(box, boxes.TextBox):
            self.marks[box] = mark["mcid"]
        if node.role == "Figure":
            node.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": self._bounds(box)}

    def _node_of(self, box: Any) -> Node:
        _, _, pseudo = (box.element_tag or "").partition("::")
        return self.builder.place_of_pseudo(box.element, pseudo) if pseudo else self.builder.place(box.element)

    def _place_link(self, box: Any, linked: Node | None) -> Node | None:
        """Give the annotation to its link; one inside another of the same link says nothing new and goes."""
        annotation = box.link_annotation
        link = self.builder.link(box.element) if box.element is not None else None
        if link is None or link is linked:
            self.dropped.append(annotation.reference)
            return linked
        anchor = next(step for step in reversed(self.builder.path(box.element)) if step.tag == "a")
        annotation["F"] = _PRINT
        annotation["Contents"] = pydyf.String(anchor.get("title") or "".join(anchor.itertext()).strip())
        link.kids.append(Annotated(self.number, annotation))
        return link

    def _bounds(self, box: Any) -> pydyf.Array:
        """The picture's rectangle in the page's user space (pt, origin below left)."""
        left, top = box.content_box_x(), box.content_box_y()
        height = self.page.margin_height()
        edges = (left, height - top - box.height, left + box.width, height - top)
        return pydyf.Array(round(edge * _PT_PER_PX, 3) for edge in edges)


def _properties(stream: Any, mcid: int) -> Any:
    """The property list of a marked-content sequence, among the page's own operators."""
    return next(item for item in stream.stream if isinstance(item, pydyf.Dictionary) and item.get("MCID") == mcid)


def _mark_artifacts(stream: Any, artifacts: dict[int, dict[str, str]]) -> None:
    """Turn marked content into artifacts, in the page's own operators."""
    operators = stream.stream
    for index, operand in enumerate(operators):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in artifacts:
            operators[index - 1] = "/Artifact"
            operators[index] = pydyf.Dictionary(artifacts[operand["MCID"]])


class _TreeWriter:
    """Writes the tree with its parent tree (ISO 32000-1 §14.7.2–14.7.4).

    The root also lists what the place of the chapter in the book decides: headings, notes, pictures.
    """

    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.marks: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self.annotations: list[tuple[Any, bytes]] = []
        self.headings: list[bytes] = []
        self.notes: list[bytes] = []
        self.figures: list[bytes] = []

    def write(self, document: Node) -> None:
        root = self._object({"Type": "/StructTreeRoot"})
        root["K"] = pydyf.Array([self._element(document, root.reference)])
        parents = pydyf.Array()
        for number, marks in enumerate(self.marks):
            refs = (marks.get(mcid, b"null") for mcid in range(max(marks, default=-1) + 1))
            parents.extend([number, pydyf.Array(refs)])
        for key, (annotation, reference) in enumerate(self.annotations, start=len(self.marks)):
            annotation["StructParent"] = key
            parents.extend([key, reference])
        root["ParentTree"] = self._object({"Nums": parents}).reference
        for name, references in (("Headings", self.headings), ("Notes", self.notes), ("Figures", self.figures)):
            root[name] = pydyf.Array(references)
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _object(self, values: dict[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(values)
        self.pdf.add_object(dictionary)
        return dictionary

    def _element(self, node: Node, parent: bytes) -> bytes:
        element = self._object({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        if node.role in HEADINGS:
            self.headings.append(element.reference)
        elif node.role == "Note":
            self.notes.append(element.reference)
        elif node.role == "Figure":
            self.figures.append(element.reference)
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = self.pdf.page_references[page]
        if node.language:
            element["Lang"] = pydyf.String(node.language)
        if node.alternative:
            element["Alt"] = pydyf.String(node.alternative)
        if node.attributes:
            element["A"] = pydyf.Dictionary(node.attributes)
        element["K"] = pydyf.Array(self._kid(kid, element.reference, page) for kid in node.kids)
        return bytes(element.reference)

    def _kid(self, kid: Node | Marked | Annotated, parent: bytes, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, parent)
        if isinstance(kid, Annotated):
            self.annotations.append((kid.annotation, parent))
            reference = {"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": self.pdf.page_references[kid.page]}
            return pydyf.Dictionary(reference)
        self.marks[kid.page][kid.mcid] = parent
        if kid.page == page:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pdf.page_references[kid.page], "MCID": kid.mcid})

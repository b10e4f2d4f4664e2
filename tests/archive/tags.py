"""A tagged PDF as a reader of tags sees it: the tree with its words, and what of the pages it does not cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw


class Tag:
    """A structure element with the words below it, in the tree's order."""

    def __init__(self, element: pikepdf.Object, pdf: TaggedPdf) -> None:
        self.element, self.pdf = element, pdf

    @property
    def role(self) -> str:
        return str(self.element.S)[1:]

    @property
    def language(self) -> str:
        return str(self.element.get("/Lang", ""))

    @property
    def alternative(self) -> str:
        return str(self.element.get("/Alt", ""))

    @property
    def identifier(self) -> str:
        return str(self.element.get("/ID", ""))

    @property
    def bounds(self) -> tuple[float, ...]:
        return tuple(float(edge) for edge in self.element.A.BBox)

    def attribute(self, name: str) -> str:
        return str(self.element.A.get(f"/{name}", "")) if "/A" in self.element else ""

    def _kids(self) -> Iterator[Tag | tuple[int, int] | pikepdf.Object]:
        """Tags below, (page, id) of marked content, and annotations."""
        for kid in self.element.get("/K", []):
            if isinstance(kid, int):
                yield self.pdf.page_numbers[self.element.Pg.objgen], kid
            elif kid.get("/Type") == "/MCR":
                yield self.pdf.page_numbers[kid.Pg.objgen], int(kid.MCID)
            elif kid.get("/Type") == "/OBJR":
                yield kid.Obj
            else:
                yield Tag(kid, self.pdf)

    @property
    def children(self) -> list[Tag]:
        return [kid for kid in self._kids() if isinstance(kid, Tag)]

    @property
    def content(self) -> list[tuple[int, int]]:
        return [kid for kid in self._kids() if isinstance(kid, tuple)]

    @property
    def annotations(self) -> list[pikepdf.Object]:
        return [kid for kid in self._kids() if isinstance(kid, pikepdf.Object)]

    @property
    def target(self) -> str:
        return str(self.annotations[0].A.URI)

    @property
    def pages(self) -> set[int]:
        return {page for tag in self.walk() for page, _ in tag.content}

    @property
    def text(self) -> str:
        words = [kid.text if isinstance(kid, Tag) else self.pdf.words.get(kid, "") for kid in self._kids_with_words()]
        return "".join(words)

    def _kids_with_words(self) -> Iterator[Tag | tuple[int, int]]:
        for kid in self._kids():
            if not isinstance(kid, pikepdf.Object):
                yield kid

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()


class TaggedPdf:
    """A PDF's tag tree, and the marked content of its pages."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(content))
        self.page_numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.pages = len(self.pdf.pages)
        self.language = str(self.pdf.Root.Lang)
        self.width, self.height = (float(edge) for edge in list(self.pdf.pages[0].mediabox)[2:])
        self.words = _words_by_content(content)
        for page in range(self.pages):
            for _, properties in self._marks(page):
                if "/ActualText" in properties and "/MCID" in properties:
                    self.words[page, int(properties.MCID)] = str(properties.ActualText)

    @property
    def document(self) -> Tag:
        return Tag(self.pdf.Root.StructTreeRoot.K[0], self)

    def walk(self) -> Iterator[Tag]:
        return self.document.walk()

    def find(self, role: str) -> Iterator[Tag]:
        return (tag for tag in self.walk() if tag.role == role)

    def tagged_ids(self, page: int) -> set[int]:
        return {id for tag in self.walk() for number, id in tag.content if number == page}

    def marked_ids(self, page: int) -> set[int]:
        return {int(properties.MCID) for _, properties in self._marks(page) if "/MCID" in properties}

    def artifacts(self, page: int, kind: str) -> int:
        return sum(tag == "/Artifact" and properties.get("/Type") == kind for tag, properties in self._marks(page))

    def _marks(self, page: int) -> list[tuple[pikepdf.Object, pikepdf.Object]]:
        """Tag and property list of each marked content that has one."""
        steps = pikepdf.parse_content_stream(self.pdf.pages[page], "BDC")
        return [(step.operands[0], step.operands[1]) for step in steps if str(step.operator) == "BDC"]

    def parent_tree_problems(self) -> list[str]:
        """Where the parent tree and the tags disagree."""
        parents = dict(pikepdf.NumberTree(self.pdf.Root.StructTreeRoot.ParentTree).items())
        problems = []
        for tag in self.walk():
            for page, id in tag.content:
                if parents[int(self.pdf.pages[page].StructParents)][id].objgen != tag.element.objgen:
                    problems.append(f"content {id} of page {page} is not below {tag.role}")
            for annotation in tag.annotations:
                if parents[int(annotation.StructParent)].objgen != tag.element.objgen:
                    problems.append(f"an annotation is not below {tag.role}")
        return problems


def _words_by_content(content: bytes) -> dict[tuple[int, int], str]:
    words: dict[tuple[int, int], str] = {}
    document = pdfium.PdfDocument(content)
    for number, page in enumerate(document):
        text_page = page.get_textpage()
        for item in page.get_objects(max_depth=5):
            if item.type == raw.FPDF_PAGEOBJ_TEXT:
                key = number, raw.FPDFPageObj_GetMarkedContentID(item.raw)
                length = raw.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
                buffer = ctypes.create_string_buffer(length)
                pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
                raw.FPDFTextObj_GetText(item.raw, text_page.raw, pointer, length)
                words[key] = words.get(key, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
        text_page.close()
        page.close()
    document.close()
    return words

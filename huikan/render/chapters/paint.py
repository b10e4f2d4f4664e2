"""Laid-out pages painted into a PDF of their own, whose fonts come later: one set for the whole book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from huikan.render.chapters import engine
from huikan.render.chapters.painted import FontUse, PageKind, PaintedPage
from huikan.render.structure.writer import StructureWriter, mark_as_artifacts

Brush = Callable[[Any, Any], None]
"""Paints a page box onto a stream."""


def paint(
    pages: Sequence[Any],
    brushes: Sequence[Brush],
    options: Mapping[str, Any],
    *,
    names_from: int = 0,
    tree: Element | None = None,
) -> tuple[bytes, tuple[PaintedPage, ...], dict[str, FontUse]]:
    """Paint page boxes: one content stream a page and brush. Also the facts of each page and the glyphs used.

    `tree` is the document that the pages were made from; without it they are furniture, without links and never read.
    Numbered resources get numbers from `names_from`, so that two such files can lend their resources to one page.
    """
    fonts: dict[Any, Any] = {}
    images: dict[str, Any] = {}
    pdf = engine.pydyf.PDF()
    resources = _resources(names_from)
    resources["Font"] = engine.pydyf.Dictionary()
    pdf.add_object(resources["Font"])
    font_reference = resources["Font"].reference
    intent = options["output_intent"]
    facts = []
    is_tagged = options["pdf_tags"]
    structure = StructureWriter(tree, pdf) if is_tagged and tree is not None else None
    with _described_fonts():
        for box in pages:
            page = engine.Page(box)
            paper = _paper(page)
            streams = [_stream(fonts, paper, resources, images, intent, {} if is_tagged else None) for _ in brushes]
            for stream, brush in zip(streams, brushes, strict=True):
                pdf.add_object(stream)
                with stream.stacked():
                    stream.transform(d=-1, f=page.height * engine.PT_PER_PX)
                    stream.transform(a=engine.PT_PER_PX, d=engine.PT_PER_PX)
                    brush(box, stream)
            leaf = _leaf(pdf, page, streams, resources)
            pdf.add_page(leaf)
            facts.append(_facts(box, page, pdf, leaf if tree is not None else None))
            for stream in streams if is_tagged else ():
                if structure is None:
                    mark_as_artifacts(stream)
                else:
                    structure.read(box, stream, leaf)
    if structure is not None:
        structure.write()
    uses = {font.hash: _use(font) for font in fonts.values()}
    resources["Font"] = font_reference
    pdf.add_object(resources)
    engine.use_references(pdf, resources, images, {})
    for leaf in pdf.objects:
        if isinstance(leaf, engine.pydyf.Dictionary) and leaf.get("Type") == "/Page":
            leaf["Resources"] = resources.reference
    target = BytesIO()
    pdf.write(target, options["pdf_version"] or "1.7", compress=True)
    return target.getvalue(), tuple(facts), uses


def paint_content(box: Any, stream: Any) -> None:
    """What stands on the page, above its ground."""
    engine.draw_stacking_context(stream, engine.StackingContext.from_page(box))


def paint_ground(box: Any, stream: Any) -> None:
    """The page's ground and border, beneath its content."""
    engine.draw_background(stream, box.background, clip_box=False, bleed=box.bleed, marks=box.style["marks"])
    engine.set_mask_border(stream, box)
    engine.draw_background(stream, box.canvas_background, clip_box=False)
    engine.draw_border(stream, box)


class _Numbered(engine.pydyf.Dictionary):  # type: ignore[misc]
    """A resource dictionary whose length, from which the engine makes names, does not begin at 0."""

    first = 0

    def __len__(self) -> int:
        return self.first + int(super().__len__())


def _resources(names_from: int) -> Any:
    pydyf = engine.pydyf
    resources = pydyf.Dictionary({"ColorSpace": pydyf.Dictionary()})
    for kind in ("ExtGState", "XObject", "Pattern", "Shading"):
        resources[kind] = _Numbered()
        resources[kind].first = names_from
    return resources


@contextmanager
def _described_fonts() -> Iterator[None]:
    before = engine.pdf_stream.Font
    engine.pdf_stream.Font = engine.DescribedFont
    try:
        yield
    finally:
        engine.pdf_stream.Font = before


def _paper(page: Any) -> tuple[float, float, float, float]:
    """The sheet with its bleed: left, bottom, width, height in px, as the engine counts it."""
    bleed = page.bleed
    return (
        -bleed["left"],
        -bleed["top"],
        page.width + bleed["left"] + bleed["right"],
        page.height + bleed["top"] + bleed["bottom"],
    )


def _stream(fonts: Any, paper: Any, resources: Any, images: Any, intent: Any, tags: Any) -> Any:
    return engine.Stream(fonts, paper, resources, images, tags, {}, intent, compress=True)


def _leaf(pdf: Any, page: Any, streams: Sequence[Any], resources: Any) -> Any:
    pydyf, scale = engine.pydyf, engine.PT_PER_PX
    left, top, width, height = (scale * value for value in _paper(page))
    right, bottom = left + width, top + height
    inset = {side: scale * page.bleed[side] for side in ("left", "top", "right", "bottom")}
    trim = (left + inset["left"], top + inset["top"], right - inset["right"], bottom - inset["bottom"])
    bleed = (
        trim[0] - min(10, inset["left"]),
        trim[1] - min(10, inset["top"]),
        trim[2] + min(10, inset["right"]),
        trim[3] + min(10, inset["bottom"]),
    )
    return pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array([left, top, right, bottom]),
            "TrimBox": pydyf.Array(trim),
            "BleedBox": pydyf.Array(bleed),
            "Contents": pydyf.Array([stream.reference for stream in streams]),
        }
    )


def _facts(box: Any, page: Any, pdf: Any, leaf: Any) -> PaintedPage:
    scale = engine.PT_PER_PX
    matrix = engine.Matrix(scale, 0, 0, -scale, 0, page.height * scale)
    anchors = {name: _point(matrix, x, y) for name, (x, y, _, _) in page.anchors.items()}
    links = []
    for kind, target, rectangle, linked in page.links if leaf is not None else ():
        if kind not in ("internal", "external"):
            continue
        if kind == "internal":
            links.append(target)
        linked.link_annotation = _link(pdf, kind, target, rectangle, matrix)
        leaf.setdefault("Annots", engine.pydyf.Array()).append(linked.link_annotation.reference)
    return PaintedPage(
        PageKind(*box.page_type),
        tuple((name, text) for inner in box.descendants() for name, text in _strings_of(inner)),
        anchors,
        tuple((level, label, _point(matrix, x, y), state) for level, label, (x, y), state in page.bookmarks),
        tuple(links),
    )


def _point(matrix: Any, x: float, y: float) -> tuple[float, float]:
    moved_x, moved_y = matrix.transform_point(x, y)
    return float(moved_x), float(moved_y)


def _strings_of(box: Any) -> Sequence[tuple[str, str]]:
    return box.string_set if box.string_set and box.string_set != "none" else ()


def _link(pdf: Any, kind: str, target: str, rectangle: Sequence[float], matrix: Any) -> Any:
    pydyf = engine.pydyf
    (x1, y1), (x2, y2) = matrix.transform_point(*rectangle[:2]), matrix.transform_point(*rectangle[2:])
    annotation = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array([x1, y1, x2, y2]),
            "BS": pydyf.Dictionary({"W": 0}),
        }
    )
    if kind == "internal":
        annotation["Dest"] = pydyf.String(target)
    else:
        action = {"Type": "/Action", "S": "/URI", "URI": pydyf.String(target)}
        annotation["A"] = pydyf.Dictionary(action)
    pdf.add_object(annotation)
    return annotation


def _use(font: Any) -> FontUse:
    return FontUse(font.description, font.font_size, dict(font.widths), dict(font.to_unicode))

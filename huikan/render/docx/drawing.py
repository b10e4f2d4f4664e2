"""Pictures in DrawingML: in the line of words, or behind a whole page."""

from __future__ import annotations

from huikan.render.docx.ooxml import Xml, element, emu, w

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def inline_picture(
    relation: str, number: int, width: float, height: float, alt: str, crop: tuple[float, float] = (0, 0)
) -> Xml:
    """A run with a picture `width` × `height` pt; `crop` is what left and right, top and bottom each lose."""
    drawing = element(
        "wp:inline",
        element("wp:extent", cx=emu(width), cy=emu(height)),
        _description(number, alt),
        _frame_locks(),
        _graphic(relation, number, width, height, crop),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return w("r", w("drawing", drawing))


def page_picture(relation: str, number: int, width: float, height: float) -> Xml:
    """A run with a picture behind the words of its whole page, `width` × `height` pt. It is decoration."""

    def position(axis: str) -> Xml:
        return element(f"wp:position{axis}", element("wp:posOffset", Xml("0")), relativeFrom="page")

    drawing = element(
        "wp:anchor",
        element("wp:simplePos", x=0, y=0),
        position("H"),
        position("V"),
        element("wp:extent", cx=emu(width), cy=emu(height)),
        element("wp:effectExtent", l=0, t=0, r=0, b=0),
        element("wp:wrapNone"),
        _description(number, ""),
        _frame_locks(),
        _graphic(relation, number, width, height, (0, 0)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
        simplePos=0,
        relativeHeight=0,
        behindDoc=1,
        locked=1,
        layoutInCell=1,
        allowOverlap=1,
    )
    return w("r", w("drawing", drawing))


def _description(number: int, alt: str) -> Xml:
    return element("wp:docPr", id=number, name=f"Picture {number}", descr=alt)


def _frame_locks() -> Xml:
    return element("wp:cNvGraphicFramePr", element("a:graphicFrameLocks", noChangeAspect=1))


def _graphic(relation: str, number: int, width: float, height: float, crop: tuple[float, float]) -> Xml:
    x, y = (round(100_000 * part) for part in crop)
    cropped = [element("a:srcRect", l=x, t=y, r=x, b=y)] if x or y else []
    stretch = element("a:stretch", element("a:fillRect"))
    fill = element("pic:blipFill", element("a:blip", **{"r:embed": relation}), *cropped, stretch)
    transform = element("a:xfrm", element("a:off", x=0, y=0), element("a:ext", cx=emu(width), cy=emu(height)))
    shape = element("pic:spPr", transform, element("a:prstGeom", element("a:avLst"), prst="rect"))
    names = element("pic:nvPicPr", element("pic:cNvPr", id=number, name=f"Picture {number}"), element("pic:cNvPicPr"))
    picture = element("pic:pic", names, fill, shape)
    return element("a:graphic", element("a:graphicData", picture, uri=_PICTURE))

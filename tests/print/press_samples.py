"""A sound four-page press PDF and a sound archive PDF, for tests to break one thing at a time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from tests.print.samples import MM, PageSpec, add_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pikepdf import Object

BLEED = 3.0
SOUND_CONTENT = f"""
/DeviceCMYK cs 0.6 0.1 0 0 scn {-3 * MM:.4f} {110 * MM:.4f} {106 * MM:.4f} {33 * MM:.4f} re f
0 0 0 1 k BT /Body 10 Tf {20 * MM:.4f} {90 * MM:.4f} Td (AAA AAA) Tj ET
0 0 0 1 K 0.5 w {20 * MM:.4f} {80 * MM:.4f} m {80 * MM:.4f} {80 * MM:.4f} l S
q {25.4 * MM:.4f} 0 0 {25.4 * MM:.4f} {20 * MM:.4f} {40 * MM:.4f} cm /Photo Do Q
"""


def drawn_font(pdf: Pdf) -> Object:
    """A Type3 font whose A is a block: text without any font file."""
    glyph = pdf.make_stream(b"700 0 0 0 600 700 d1 0 0 600 700 re f")
    space = pdf.make_stream(b"300 0 0 0 0 0 d1")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 600, 700]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            FirstChar=32,
            LastChar=65,
            Widths=Array([300] + [0] * 32 + [700]),
            Encoding=Dictionary(Differences=Array([32, Name.space, 65, Name.A])),
            CharProcs=Dictionary(A=glyph, space=space),
            Resources=Dictionary(),
        )
    )


def helvetica(pdf: Pdf) -> Object:
    """The font every PDF once took for granted: named, not embedded."""
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )


def photo(pdf: Pdf, mode: str = "CMYK", pixels: int = 300, colour: tuple[int, ...] = (40, 80, 20, 10)) -> Object:
    """A JPEG of one colour, `pixels` square."""
    data = io.BytesIO()
    Image.new(mode, (pixels, pixels), colour).save(data, "JPEG", quality=92)
    space = {"CMYK": Name.DeviceCMYK, "RGB": Name.DeviceRGB, "L": Name.DeviceGray}[mode]
    image = pdf.make_stream(data.getvalue())
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, space
    image.Width = image.Height = pixels
    image.BitsPerComponent, image.Filter = 8, Name.DCTDecode
    if mode == "CMYK":
        # Pillow writes CMYK JPEGs inverted, as Photoshop does.
        image.Decode = Array([1, 0] * 4)
    return image


def sound_press_pdf(pages: int = 4, content: str = SOUND_CONTENT) -> Pdf:
    """Four pages with bleed, CMYK artwork, a 300 ppi photo, black text and a CMYK output intent."""
    pdf = pikepdf.new()
    font, image = drawn_font(pdf), photo(pdf)
    for _ in range(pages):
        resources = Dictionary(
            Font=Dictionary(Body=font),
            XObject=Dictionary(Photo=image),
            ExtGState=Dictionary(),
            ColorSpace=Dictionary(),
            Pattern=Dictionary(),
            Shading=Dictionary(),
        )
        add_page(pdf, PageSpec(content, bleed=BLEED, slug=7.0, resources=resources))
    profile = pdf.make_stream(b"the printing condition", N=4)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier="Custom",
                Info="test",
                DestOutputProfile=profile,
            )
        ]
    )
    return pdf


def add_content(pdf: Pdf, content: str, page: int = 0) -> None:
    """Draw more on a page of `sound_press_pdf`, with the origin at the trim's lower left."""
    inset = 10 * MM
    added = pdf.make_stream(f"q 1 0 0 1 {inset:.4f} {inset:.4f} cm\n{content}\nQ".encode("latin-1"))
    before = pdf.pages[page].Contents
    streams = list(before.as_list()) if isinstance(before, Array) else [before]
    pdf.pages[page].Contents = Array([*streams, added])


def saved(pdf: Pdf, path: Path, breaking: Callable[[Pdf], object] | None = None) -> Path:
    """Break the PDF, save it and close it."""
    with pdf:
        if breaking is not None:
            breaking(pdf)
        # Otherwise saving would mend XMP that a test has broken.
        pdf.save(path, fix_metadata_version=False)
    return path


XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<rdf:Description rdf:about="" pdfaid:part="{part}" pdfaid:conformance="A"><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Report</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def sound_archive_pdf(part: str = "3") -> Pdf:
    """One tagged page that says it is PDF/A and PDF/UA-1, with an attached source file."""
    pdf = pikepdf.new()
    resources = Dictionary(Font=Dictionary(Body=drawn_font(pdf)), XObject=Dictionary(), ExtGState=Dictionary())
    add_page(pdf, PageSpec("0 g BT /Body 10 Tf 60 200 Td (AAA) Tj ET", resources=resources))
    metadata = pdf.make_stream(XMP.format(part=part).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root = pdf.Root
    root.Metadata = metadata
    root.Lang = "zh-Hans"
    root.MarkInfo = Dictionary(Marked=True)
    root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB",
                DestOutputProfile=pdf.make_stream(b"sRGB", N=3),
            )
        ]
    )
    attached = pikepdf.AttachedFileSpec(pdf, b"title: x", filename="booklet.yaml", relationship=Name.Source)
    pdf.attachments["booklet.yaml"] = attached
    root.AF = Array([pdf.attachments["booklet.yaml"].obj])
    return pdf
